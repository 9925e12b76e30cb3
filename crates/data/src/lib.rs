//! Data sources, bundled data sets, formulas and design matrices.
//!
//! A source is a table that is read as often as needed, in batches, in bounded memory: a CSV or TSV file (plain,
//! gzip, zstd), Parquet, Arrow IPC, NumPy `.npy`, raw `f64` rows, or one of the bundled data sets. A
//! [`formula`] says which columns a model needs and turns each batch into rows of a design matrix.
#![deny(unsafe_code)]

mod batch;
mod error;
mod options;
mod schema;

pub mod formula;

pub use batch::{Batch, Column, MISSING};
pub use error::Error;
pub use options::{Access, Format, ReadOptions};
pub use schema::{Field, Kind, Schema};
