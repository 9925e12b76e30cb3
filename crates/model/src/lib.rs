//! Models by formula over any data source: fit, predict, save, load, describe.
//!
//! ```
//! use ferronum_data::{ReadOptions, Source};
//! use ferronum_model::{FitOptions, fit};
//!
//! let cars = Source::open("mtcars", &ReadOptions::default())?;
//! let model = fit("mpg ~ wt", &cars, &FitOptions::default())?;
//! // R 4: coef(lm(mpg ~ wt, mtcars))
//! assert!((model.fit.terms[0].estimate - 37.285126167342).abs() < 1e-11);
//! assert!((model.fit.terms[1].estimate + 5.344471572722676).abs() < 1e-12);
//! # Ok::<(), ferronum_model::Error>(())
//! ```
//!
//! # The path of a fit
//! Batches of a [`Source`](ferronum_data::Source) are decoded and turned into rows of the design on worker threads, each
//! into a state of its own; states are merged in the order of the file. So a fit needs memory for a few batches, and has
//! the same bits with any number of threads.
#![forbid(unsafe_code)]

mod cache;
mod describe;
mod document;
mod error;
mod fit;
mod influence;
mod model;
mod pass;
mod predict;
mod saved;

pub use describe::{ColumnSummary, Levels, Table, describe};
pub use document::{FitDocument, TermDocument};
pub use error::Error;
pub use fit::{FitOptions, fit};
pub use model::Model;
pub use pass::{Progress, Progressing, default_threads};
pub use predict::{PredictOptions, Predicted, Predictions, predict_each};
