//! The error of this crate.

/// Why a distribution cannot be built, reduced or fitted. Rows, columns, coordinates and pivots are counted from zero.
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
    /// An element of a vector of parameters is out of its range, infinite or NaN.
    #[error("{law}: {parameter}[{index}] must be {requirement}, got {value}")]
    InvalidElement {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Position of the element.
        index: usize,
        /// What the element has to be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
    /// An element of a matrix of parameters is out of its range, infinite or NaN.
    #[error("{law}: {parameter}[({row}, {col})] must be {requirement}, got {value}")]
    InvalidEntry {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Row of the element.
        row: usize,
        /// Column of the element.
        col: usize,
        /// What the element has to be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
    /// A vector whose length, or a matrix whose number of rows or columns, does not fit.
    #[error("{law}: {parameter} must have {expected} elements, got {found}")]
    Dimension {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the argument.
        parameter: &'static str,
        /// The length needed.
        expected: usize,
        /// The length given.
        found: usize,
    },
    /// A distribution of too few dimensions.
    #[error("{law}: {parameter} must have at least {least} elements, got {found}")]
    TooShort {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the argument.
        parameter: &'static str,
        /// The least length.
        least: usize,
        /// The length given.
        found: usize,
    },
    /// A matrix that has to be square.
    #[error("{law}: {parameter} must be square, got {nrows}×{ncols}")]
    NotSquare {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Rows found.
        nrows: usize,
        /// Columns found.
        ncols: usize,
    },
    /// A matrix that has to be symmetric.
    #[error(
        "{law}: {parameter} must be symmetric, got {value} at ({row}, {col}) and {mirrored} at ({col}, {row})"
    )]
    NotSymmetric {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Row of the element.
        row: usize,
        /// Column of the element.
        col: usize,
        /// The element.
        value: f64,
        /// Its mirror image.
        mirrored: f64,
    },
    /// A matrix that has to be positive definite.
    #[error(
        "{law}: {parameter} must be positive definite, pivot {pivot} of its factorisation is not positive"
    )]
    NotPositiveDefinite {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// The first pivot that is not positive: the block before it is positive definite.
        pivot: usize,
    },
    /// A matrix that has to be positive semidefinite.
    #[error("{law}: {parameter} must be positive semidefinite, it has the eigenvalue {eigenvalue}")]
    NotSemidefinite {
        /// Name of the distribution.
        law: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// The least eigenvalue.
        eigenvalue: f64,
    },
    /// A coordinate that does not exist, or is named twice.
    #[error("{law} has coordinates 0 to {}, each to be named once, got {index}", dim.saturating_sub(1))]
    Coordinate {
        /// Name of the distribution.
        law: &'static str,
        /// The coordinate asked for.
        index: usize,
        /// The number of coordinates.
        dim: usize,
    },
    /// A fit to no data.
    #[error("{law}: no observation of positive weight to fit to")]
    EmptyData {
        /// Name of the distribution.
        law: &'static str,
    },
    /// An observation that the law cannot produce.
    #[error("{law}: observation {row}, coordinate {col}, must be {requirement}, got {value}")]
    Data {
        /// Name of the distribution.
        law: &'static str,
        /// Row of the observation.
        row: usize,
        /// Its coordinate.
        col: usize,
        /// What it has to be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
    /// A wrong weight.
    #[error("{law}: weight {row} must be finite and at least 0, got {value}")]
    Weight {
        /// Name of the distribution.
        law: &'static str,
        /// Row of the observation.
        row: usize,
        /// What it was.
        value: f64,
    },
    /// The data or arguments do not determine the answer, or the likelihood has no maximum.
    #[error("{law}: {reason}")]
    Degenerate {
        /// Name of the distribution.
        law: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// A matrix computation that failed.
    #[error(transparent)]
    Matrix(#[from] ferronum_mat::Error),
    /// A univariate law that cannot be built.
    #[error(transparent)]
    Univariate(#[from] ferronum_distuv::Error),
}
