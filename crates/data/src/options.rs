//! How a source is to be read.

/// The layout of a file. `Source::open` finds it from the first bytes and the extension; naming it
/// in [`ReadOptions::format`] overrides both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Delimited text with a header row (`.csv`, `.tsv`), plain or compressed with gzip or zstd.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC file format (`.arrow`, `.feather`).
    ArrowFile,
    /// Arrow IPC stream format (`.arrows`).
    ArrowStream,
    /// NumPy array file (`.npy`).
    Npy,
    /// Raw little-endian `f64` rows behind one page of header (`.f64`), described in `docs/raw-format.md` of this crate.
    Raw,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
            Self::ArrowFile => "Arrow IPC file",
            Self::ArrowStream => "Arrow IPC stream",
            Self::Npy => ".npy",
            Self::Raw => "raw f64",
        })
    }
}

/// How a source is read; the default suits most files.
///
/// ```
/// use ferronum_data::ReadOptions;
/// let survey = ReadOptions { na_tokens: vec!["-99".into(), "refused".into()], ..ReadOptions::default() };
/// assert!(survey.has_header && survey.delimiter.is_none());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ReadOptions {
    /// The layout of the file; `None` finds it.
    pub format: Option<Format>,
    /// CSV: tokens that mean *missing*, besides the usual ones: an empty field, `NA`, `N/A`, `NaN`, `nan`, `NULL`, `null`
    /// (what R and pandas have in common, and the spellings in between). They are compared exactly, after spaces around
    /// the field are taken off, quoted or not. A number such as `-99` may be one.
    pub na_tokens: Vec<String>,
    /// CSV: the byte between fields; `None` chooses among comma, tab, semicolon and `|` by the file's head.
    pub delimiter: Option<u8>,
    /// CSV: whether the first row names the columns. If not they are called `x1`, `x2`, …
    pub has_header: bool,
    /// CSV: how many rows at the head decide whether a column holds numbers or text.
    pub infer_rows: usize,
    /// CSV: columns, by name, that hold text even if the head looks like numbers (codes, ZIP codes).
    pub text_columns: Vec<String>,
    /// The most rows in a batch. A CSV batch also ends after about 1 MiB of text, and a batch of very many columns has
    /// fewer rows, so that it stays within some megabytes.
    pub batch_rows: usize,
    /// Whether to map the file, read it, or choose by what the page cache holds.
    pub access: Access,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            na_tokens: Vec::new(),
            delimiter: None,
            has_header: true,
            infer_rows: 10_000,
            text_columns: Vec::new(),
            batch_rows: 65_536,
            access: Access::Auto,
        }
    }
}

/// How the bytes of a file reach the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Access {
    /// Map the file if the page cache holds most of it; otherwise read it, past the cache if it is too large to stay there.
    /// Decided anew for each pass.
    #[default]
    Auto,
    /// Map the file. It must not be truncated by another program meanwhile: touching a page that is gone ends the
    /// process (`SIGBUS`).
    Map,
    /// Read the file in large blocks through the page cache.
    Read,
    /// Read the file in large blocks past the page cache (`O_DIRECT`), where the file system can; otherwise as
    /// [`Access::Read`]. For raw and `.npy` rows; other formats read through the cache.
    Direct,
}
