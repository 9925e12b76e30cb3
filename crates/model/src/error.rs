//! What can be wrong with a model.
use ferronum_data::formula::FormulaError;

/// Why a model could not be fitted, stored or used; the message names the file, and the row and column where they apply.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data could not be read.
    #[error(transparent)]
    Data(#[from] ferronum_data::Error),
    /// The formula is not well formed.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// The formula does not go with the data.
    #[error("{path}: {error}")]
    Design {
        /// The file or data set.
        path: String,
        /// What is wrong.
        error: FormulaError,
    },
    /// A formula without a left side.
    #[error("{formula}: there is no response; write it on the left: `y ~ x1 + x2`")]
    NoResponse {
        /// The formula.
        formula: String,
    },
    /// The regression cannot be computed.
    #[error("{path}: {error}")]
    Regression {
        /// The file or data set.
        path: String,
        /// What is wrong.
        error: ferronum_stat::Error,
    },
    /// Every row has a missing value in a column of the model.
    #[error(
        "{path}: no complete row is left of {rows}; missing values: {}; leave such a column out or declare what its fields mean",
        list(missing)
    )]
    NoRowsLeft {
        /// The file or data set.
        path: String,
        /// Rows read.
        rows: u64,
        /// Columns of the model that have missing values, with their number.
        missing: Vec<(String, u64)>,
    },
    /// A weight that is no weight.
    #[error("{path}, row {row}, column `{column}`: the weight {value} must be {requirement}")]
    Weight {
        /// The file or data set.
        path: String,
        /// 1-based data row.
        row: u64,
        /// The column of weights.
        column: String,
        /// The value.
        value: f64,
        /// What it must be.
        requirement: &'static str,
    },
    /// A column that must hold numbers holds text.
    #[error("{path}: column `{column}` holds text; {what} must be numbers")]
    NotNumeric {
        /// The file or data set.
        path: String,
        /// The column.
        column: String,
        /// What the column was to be.
        what: &'static str,
    },
    /// A column that is not there.
    #[error("{path}: there is no column `{column}`; the columns are {columns}")]
    NoSuchColumn {
        /// The file or data set.
        path: String,
        /// The name asked for.
        column: String,
        /// The names there are.
        columns: String,
    },
    /// A model file that cannot be used.
    #[error("{path}: {reason}")]
    Saved {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that cannot be written or read.
    #[error("{path}: cannot {action}: {message}")]
    Io {
        /// The file.
        path: String,
        /// `read` or `write`.
        action: &'static str,
        /// The system's words.
        message: String,
    },
}

fn list(missing: &[(String, u64)]) -> String {
    let all: Vec<String> = missing.iter().map(|(name, count)| format!("`{name}` {count}")).collect();
    all.join(", ")
}
