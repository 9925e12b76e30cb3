//! What can go wrong in this crate.

/// Why a statistic could not be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Slices whose lengths do not fit together.
    #[error("{what} must have {expected} ({expected_len}), found length {found_len}")]
    Shape {
        /// Which argument.
        what: &'static str,
        /// What it must match.
        expected: &'static str,
        /// The length, or divisor of the length, asked for.
        expected_len: usize,
        /// The length found.
        found_len: usize,
    },
    /// A NaN or an infinity among the data.
    #[error("row {row}, column {column}: {value} is not a finite number")]
    NotFinite {
        /// 1-based row of the batch or data.
        row: u64,
        /// 1-based column.
        column: usize,
        /// The value found.
        value: f64,
    },
    /// A weight that is negative, NaN or infinite, or a frequency that is not a whole number.
    #[error("row {row}: weight {value} must be {requirement}")]
    InvalidWeight {
        /// 1-based row.
        row: u64,
        /// The weight found.
        value: f64,
        /// What it must be.
        requirement: &'static str,
    },
    /// Finite data whose sums of squares exceed the range of `f64`.
    #[error("column {column}: values too large, their squares overflow; divide the column by a constant")]
    Overflow {
        /// 1-based column.
        column: usize,
    },
    /// Too few observations for what was asked.
    #[error("{what} needs at least {needed} observations, found {found}")]
    TooFewRows {
        /// Which statistic.
        what: &'static str,
        /// How many it needs.
        needed: u64,
        /// How many there are.
        found: u64,
    },
    /// A response without variation cannot be explained.
    #[error("{what} does not vary")]
    Constant {
        /// Which variable.
        what: String,
    },
    /// Every column of the design was dropped as collinear or constant.
    #[error("no predictor is left: every column of the design is zero or collinear with the others")]
    NothingToEstimate,
    /// An argument out of its range.
    #[error("{name} must be {requirement}, got {value}")]
    InvalidArgument {
        /// The argument.
        name: &'static str,
        /// What it must be.
        requirement: &'static str,
        /// What it was.
        value: f64,
    },
    /// Two states that cannot be merged.
    #[error("cannot merge: {reason}")]
    Merge {
        /// Where they differ.
        reason: String,
    },
    /// Bytes that are not a state of this type and version, or were damaged.
    #[error("state bytes: {reason}")]
    Bytes {
        /// What is wrong with them.
        reason: String,
    },
    /// A robust covariance that this fit cannot have.
    #[error("{what}: {reason}")]
    Covariance {
        /// The estimator.
        what: String,
        /// Why not.
        reason: String,
    },
    /// A decomposition failed.
    #[error(transparent)]
    Matrix(#[from] ferronum_mat::Error),
}
