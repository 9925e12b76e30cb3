//! Where the reference files of the repository lie.
use crate::{Error, Table, read_json};
use std::path::{Path, PathBuf};

/// The folder of reference files, `crates/testkit/golden`.
pub fn golden_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// A file below [`golden_dir`], such as `special/erf.tsv`.
pub fn golden_file(name: &str) -> PathBuf {
    golden_dir().join(name)
}

/// Reads the table `special/erf.tsv`, `dist/normal.points.tsv`, … from [`golden_dir`].
///
/// # Errors
/// [`Error::Io`] if it is not there, [`Error::Table`] if it is not a table.
pub fn golden_table(name: &str) -> Result<Table, Error> {
    Table::read(&golden_file(name))
}

/// Reads the document `nist/linear.json`, … from [`golden_dir`].
///
/// # Errors
/// [`Error::Io`] if it is not there, [`Error::Json`] if it is not JSON.
pub fn golden_json(name: &str) -> Result<serde_json::Value, Error> {
    read_json(&golden_file(name))
}
