//! Descriptive statistics, mergeable online state and regression.
//!
//! Everything works on plain slices; files and formulas are the business of crates above.
// One prefetch in the kernel; nothing else.
#![deny(unsafe_code)]

mod autocorrelation;
mod error;
mod kernel;
pub mod online;
pub mod regression;
mod rows;

pub use autocorrelation::{autocorrelation, autocorrelation_dd};
pub use error::Error;
pub use rows::Rows;
