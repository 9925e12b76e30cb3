//! The error of this crate.

/// Why a distribution cannot be built or fitted.
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
    /// A list of parameters has the wrong length.
    #[error("{law} has {expected} parameters, got {found}")]
    ParameterCount {
        /// Name of the distribution.
        law: &'static str,
        /// Its number of parameters.
        expected: usize,
        /// The number given.
        found: usize,
    },
    /// A parameter to be held fixed is not one of the law.
    #[error("{law} has no parameter {name:?}; it has {parameters}")]
    UnknownParameter {
        /// Name of the distribution.
        law: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        parameters: String,
    },
    /// A fit to no data.
    #[error("{law}: no observation of positive weight to fit to")]
    EmptyData {
        /// Name of the distribution.
        law: &'static str,
    },
    /// An observation that the law cannot produce.
    #[error("{law}: observation {position} must be {requirement}, got {value}")]
    Data {
        /// Name of the distribution.
        law: &'static str,
        /// 1-based position.
        position: usize,
        /// What an observation has to be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
    /// A wrong weight.
    #[error("{law}: weight {position} must be finite and at least 0, got {value}")]
    Weight {
        /// Name of the distribution.
        law: &'static str,
        /// 1-based position.
        position: usize,
        /// What it was.
        value: f64,
    },
    /// As many weights as observations are needed.
    #[error("{law}: {found} weights for {expected} observations")]
    WeightCount {
        /// Name of the distribution.
        law: &'static str,
        /// Number of observations.
        expected: usize,
        /// Number of weights.
        found: usize,
    },
    /// The data do not determine the parameters, or the likelihood has no maximum.
    #[error("{law}: {reason}")]
    Degenerate {
        /// Name of the distribution.
        law: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// A parameter that has to be held fixed in this fit.
    #[error("{law}: {parameter} cannot be estimated together with the rest; hold it fixed")]
    Unfixed {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
    },
}
