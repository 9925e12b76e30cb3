//! What can be wrong with a source.
use crate::Format;

/// What went wrong with a source; the message names the file, and the row and column where they apply, and says what to do.
///
/// Rows are 1-based data rows: the row below a CSV header is row 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Neither a file nor a bundled data set has that name.
    #[error("{path}: no such file, and no bundled data set has that name{}", hint(suggestion))]
    NotFound {
        /// What was asked for.
        path: String,
        /// The nearest data set or file, if one is near.
        suggestion: Option<String>,
    },
    /// The path is a directory, pipe or device.
    #[error("{path}: is a {what}, not a regular file; a source is read more than once, so name a file")]
    NotAFile {
        /// The path.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// The operating system refused.
    #[error("{path}: cannot {action}: {message}")]
    Io {
        /// The path.
        path: String,
        /// What was tried: `open`, `read`, `map`, `write`.
        action: &'static str,
        /// The system's words.
        message: String,
    },
    /// The file holds nothing: zero bytes, or a header with no rows below it, or no columns.
    #[error("{path}: {what}")]
    Empty {
        /// The path.
        path: String,
        /// What is missing.
        what: &'static str,
    },
    /// The format could not be told, or the file is not what its extension says.
    #[error("{path}: {detail}")]
    UnknownFormat {
        /// The path.
        path: String,
        /// What was seen.
        detail: String,
    },
    /// A CSV row has too few or too many fields.
    #[error(
        "{path}, row {row}: expected {expected} fields as in the header, found {found}; \
         check the delimiter and the quotes around fields that contain it"
    )]
    RaggedRow {
        /// The path.
        path: String,
        /// 1-based data row.
        row: u64,
        /// Fields of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// A field of a numeric column does not parse as a number.
    #[error(
        "{path}, row {row}, column `{column}`: `{token}` is not a number, but the first {infer_rows} rows of this column \
         are; declare the column as text, declare `{token}` as a missing-value token, or infer types from more \
         rows (--infer-rows)"
    )]
    NotANumber {
        /// The path.
        path: String,
        /// 1-based data row.
        row: u64,
        /// The column's name.
        column: String,
        /// The field, shortened if long.
        token: String,
        /// How many rows decided that the column is numeric.
        infer_rows: usize,
    },
    /// A text field, or the header, is not UTF-8.
    #[error(
        "{path}, row {row}, column `{column}`: the text is not valid UTF-8; convert the file, for example with iconv"
    )]
    InvalidUtf8 {
        /// The path.
        path: String,
        /// 1-based data row; 0 is the header.
        row: u64,
        /// The column's name.
        column: String,
    },
    /// A quoted field never ends.
    #[error("{path}, row {row}: a quoted field is opened and not closed")]
    UnclosedQuote {
        /// The path.
        path: String,
        /// 1-based data row in which the quote opens; 0 is the header.
        row: u64,
    },
    /// One CSV row is longer than any real row.
    #[error("{path}, row {row}: longer than {limit} bytes; is this a text table?")]
    RowTooLong {
        /// The path.
        path: String,
        /// 1-based data row; 0 is the header.
        row: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// A header promises more than the file holds.
    #[error(
        "{path}: the {format} header promises {promised}, but the file has {held} bytes after the header; the file is truncated or the header is damaged"
    )]
    Overpromised {
        /// The path.
        path: String,
        /// The format.
        format: Format,
        /// Rows, columns and bytes promised.
        promised: String,
        /// Bytes there are.
        held: u64,
    },
    /// The file is cut short or damaged.
    #[error("{path}: truncated or damaged {format} file: {detail}")]
    Damaged {
        /// The path.
        path: String,
        /// The format or compression.
        format: &'static str,
        /// What the decoder found.
        detail: String,
    },
    /// A layout or type that is not read.
    #[error("{path}: {what} is not supported: {detail}")]
    Unsupported {
        /// The path.
        path: String,
        /// The feature, such as a dtype.
        what: String,
        /// What is supported, or what to do.
        detail: String,
    },
    /// A column position outside the schema.
    #[error("{path}: there is no column {index}; the table has {columns}")]
    NoSuchColumn {
        /// The path.
        path: String,
        /// The 0-based position asked for.
        index: usize,
        /// The number of columns.
        columns: usize,
    },
    /// An option names a column that is not there.
    #[error("{path}: there is no column `{column}`, which was declared as text{}", hint(suggestion))]
    UnknownColumn {
        /// The path.
        path: String,
        /// The name.
        column: String,
        /// The nearest name there is.
        suggestion: Option<String>,
    },
    /// The file was changed after it was opened.
    #[error(
        "{path}: the file had {before} bytes when it was opened and has {now} now; read it again from the start"
    )]
    Changed {
        /// The path.
        path: String,
        /// Its length at open.
        before: u64,
        /// Its length now.
        now: u64,
    },
}

fn hint(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl Error {
    /// An I/O error on `path`.
    pub(crate) fn io(path: &str, action: &'static str, error: &std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), action, message: error.to_string() }
    }
}
