use std::path::PathBuf;

/// What keeps a reference file from being read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// A cell or a row of a table that does not have the documented form.
    #[error("{table}, line {line}: {what}")]
    Table {
        /// Name of the table.
        table: String,
        /// Line in the file, the header being 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A JSON value of another form than the reader asked for.
    #[error("expected {wanted}, found {found}")]
    Shape {
        /// What was asked for.
        wanted: &'static str,
        /// The start of what stood there.
        found: String,
    },
}
