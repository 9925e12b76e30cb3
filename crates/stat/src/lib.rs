//! Descriptive statistics, mergeable online state and regression.
pub mod regression;
