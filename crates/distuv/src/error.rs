//! The error of this crate.

/// Why a distribution cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A parameter is out of its range, infinite or NaN.
    #[error("{law}: {parameter} must be {requirement}, got {value}")]
    InvalidParameter {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// What the parameter has to be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
}
