//! The crate's error type.
use std::io::ErrorKind;
use std::path::PathBuf;

/// Why a figure could not be made, converted or written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is left to draw once missing and infinite values are set aside.
    #[error("{figure}: none of the {given} values given is finite, so there is nothing to draw")]
    NoData {
        /// The figure asked for.
        figure: &'static str,
        /// Number of observations given.
        given: usize,
    },
    /// Two slices that describe the same observations differ in length.
    #[error("{figure}: {name} has {len} entries where {expected} are needed")]
    LengthMismatch {
        /// The figure asked for.
        figure: &'static str,
        /// The argument that does not fit.
        name: &'static str,
        /// Its length.
        len: usize,
        /// The length of the argument it goes with.
        expected: usize,
    },
    /// A group code points past the list of group names.
    #[error("box plot: entry {index} has group code {code}, but there are {groups} groups")]
    GroupCode {
        /// Index of the observation.
        index: usize,
        /// Its code.
        code: u32,
        /// Number of groups named.
        groups: usize,
    },
    /// More groups than the figure has room for.
    #[error(
        "{figure}: {groups} groups do not fit into {height} pixels (room for {limit}); ask for a taller figure"
    )]
    TooManyGroups {
        /// The figure asked for.
        figure: &'static str,
        /// Number of groups.
        groups: usize,
        /// Number that fits.
        limit: usize,
        /// Height of the figure.
        height: u32,
    },
    /// The figure's size is out of range.
    #[error("a figure of {width} × {height} pixels: each side must be from {min} to {max}")]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// Smallest side drawn.
        min: u32,
        /// Largest side drawn.
        max: u32,
    },
    /// The scale of a PNG is not positive, or makes the picture too large.
    #[error("PNG scale {scale}: it must be positive and keep {width} × {height} pixels within {max} a side")]
    Scale {
        /// Scale asked for.
        scale: f64,
        /// Width of the figure.
        width: u32,
        /// Height of the figure.
        height: u32,
        /// Largest side of a PNG.
        max: u32,
    },
    /// The file name has an extension that is not a figure format.
    #[error("{}: a figure is written as .svg or .png, by the file's extension", path.display())]
    UnknownExtension {
        /// The file asked for.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error("{}: cannot write the figure: {message}", path.display())]
    Io {
        /// The file asked for.
        path: PathBuf,
        /// What the operating system reported.
        kind: ErrorKind,
        /// The same, as text.
        message: String,
    },
    /// The drawing layer refused a shape; this is a defect of this crate, not of the data.
    #[error("drawing failed: {message}")]
    Drawing {
        /// What it reported.
        message: String,
    },
}
