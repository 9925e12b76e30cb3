//! Ferronum: statistics and numerics for Rust.
//!
//! The facade names every crate of one release, pinned to versions that were tested together, behind one feature each:
//!
//! | feature | module | what it holds |
//! |---|---|---|
//! | `dd` | [`dd`] | double-double arithmetic |
//! | `special` | [`special`] | special functions |
//! | `distuv` | [`distuv`] | univariate distributions |
//! | `distmv` | `distmv` | multivariate distributions, copulas |
//! | `mat` | [`mat`] | matrices and decompositions |
//! | `stat` (default) | [`stat`] | online state, regression |
//! | `data` | `data` | sources, bundled data sets, formulas |
//! | `model` | `model` | models by formula over any source |
//! | `plot` | `plot` | figures |
//! | `full` | all of them | |
//!
//! ```
//! use ferronum::stat::online::{Moments, OnlineState};
//! let mut moments = Moments::new();
//! moments.update(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])?;
//! assert_eq!(moments.finish()?.mean, 5.0);
//! # Ok::<(), ferronum::stat::Error>(())
//! ```
#![forbid(unsafe_code)]

#[cfg(feature = "data")]
pub use ferronum_data as data;
#[cfg(feature = "dd")]
pub use ferronum_dd as dd;
#[cfg(feature = "distmv")]
pub use ferronum_distmv as distmv;
#[cfg(feature = "distuv")]
pub use ferronum_distuv as distuv;
#[cfg(feature = "mat")]
pub use ferronum_mat as mat;
#[cfg(feature = "model")]
pub use ferronum_model as model;
#[cfg(feature = "plot")]
pub use ferronum_plot as plot;
#[cfg(feature = "special")]
pub use ferronum_special as special;
#[cfg(feature = "stat")]
pub use ferronum_stat as stat;
