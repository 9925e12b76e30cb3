//! Linear regression, in memory or in passes over data of any size.
//!
//! [`ols`] fits data in memory. [`OlsState`] collects cross-products batch by batch; where they lose too many digits a second
//! pass feeds a [`QrState`]; robust covariances take a pass over the residuals, a [`ScoreState`].
//!
//! ```
//! use ferronum_stat::regression::{OlsOptions, ols};
//! let fit = ols(&[&[1.0, 2.0, 3.0, 4.0]], &[3.1, 4.9, 7.2, 8.8], &OlsOptions::default())?;
//! assert!((fit.r_squared - 18.818 / 18.9).abs() < 1e-14);
//! # Ok::<(), ferronum_stat::Error>(())
//! ```
mod diagnostics;
mod evaluator;
mod factor;
mod fit;
mod inference;
#[cfg(feature = "serde")]
mod nan;
mod observations;
mod ols;
mod options;
mod real;
mod scores;
mod solved;
mod state;
mod table;
mod triangle;

pub use diagnostics::{Diagnostics, Influence, diagnostics};
pub use evaluator::RowEvaluator;
pub use fit::{LinearFit, Prediction, Term};
pub use observations::Observations;
pub use ols::{ols, ols_dd};
pub use options::{Covariance, Method, OlsOptions, WeightKind};
pub use scores::ScoreState;
pub use solved::Solved;
pub use state::{OlsState, QrState, Solution};
