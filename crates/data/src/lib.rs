//! Data sources, bundled data sets, formulas and design matrices.
//!
//! A [`Source`] is a table that is read as often as needed, in batches, in bounded memory: a CSV or TSV file (plain,
//! gzip, zstd), Parquet, Arrow IPC, NumPy `.npy`, raw `f64` rows, or one of the bundled [`datasets`]. A
//! [`formula`] says which columns a model needs and turns each batch into rows of a design matrix.
//!
//! ```
//! use ferronum_data::{Column, ReadOptions, Source};
//!
//! let cars = Source::open("mtcars", &ReadOptions::default())?;
//! let mpg = cars.schema().index_of("mpg").expect("a column of mtcars");
//! let (mut sum, mut rows) = (0.0, 0);
//! for chunk in cars.scan(&[mpg])? {
//!     let batch = chunk?.decode()?;
//!     if let Column::Numbers(values) = &batch.columns[0] {
//!         sum += values.iter().sum::<f64>();
//!         rows += batch.rows;
//!     }
//! }
//! assert_eq!(rows, 32);
//! assert!((sum / rows as f64 - 20.090625).abs() < 1e-12);
//! # Ok::<(), ferronum_data::Error>(())
//! ```
//!
//! # The parts
//!
//! * [`Source::open`] finds the format, reads the header and infers the [`Schema`];
//! * [`Source::scan`] starts a pass over some columns: an iterator of [`Chunk`]s, the cheap and sequential part;
//! * [`Chunk::decode`] turns one into a [`Batch`]: the expensive part, for worker threads;
//! * [`Source::dense`] and [`Source::dense_blocks`] give the rows of a raw or `.npy` file without decoding at all.
//!
//! Where a pass is cut into batches depends on the file, the options and the columns asked for alone, never on the
//! number of threads, so that what is computed from the batches in order has the same bits every time.
#![deny(unsafe_code)]

mod arrow_column;
mod batch;
mod compression;
mod csv;
mod datasets;
mod dense;
mod error;
mod guard;
mod input;
mod intern;
mod ipc;
mod mapping;
mod options;
mod parquet_file;
mod residency;
mod scan;
mod schema;
mod source;

pub mod formula;

pub use batch::{Batch, Column, MISSING};
pub use datasets::{Dataset, datasets};
pub use dense::{DenseBlock, DenseBlocks, DenseRows, RawWriter};
pub use error::Error;
pub use options::{Access, Format, ReadOptions};
pub use scan::{Chunk, Scan};
pub use schema::{Field, Kind, Schema};
pub use source::Source;
