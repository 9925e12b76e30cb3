//! Raw and `.npy` rows.
use crate::input::Input;
use crate::{Batch, Error, Schema};
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct DenseFile;
pub(crate) struct Pieces;
pub(crate) struct Piece;
/// Rows.
#[derive(Debug)]
pub struct DenseRows<'a> {
    /// Row-major values.
    pub values: &'a [f64],
    /// Rows.
    pub nrows: usize,
    /// Columns.
    pub ncols: usize,
}
/// Blocks of rows.
#[derive(Debug)]
pub struct DenseBlocks;
impl DenseFile {
    pub fn open_npy(input: Arc<Input>) -> Result<Self, Error> {
        Err(Error::Unsupported { path: input.name().into(), what: "npy".into(), detail: "not yet".into() })
    }
    pub fn open_raw(input: Arc<Input>) -> Result<Self, Error> {
        Self::open_npy(input)
    }
    pub fn schema(&self) -> Schema {
        Schema::default()
    }
    pub fn rows(&self) -> u64 {
        0
    }
    pub fn pieces(&self, _: &[usize], _: usize) -> Result<Pieces, Error> {
        Ok(Pieces)
    }
    pub fn mapped_rows(&self) -> Option<DenseRows<'_>> {
        None
    }
    pub fn blocks(&self, _: usize) -> Result<Option<DenseBlocks>, Error> {
        Ok(None)
    }
}
impl Pieces {
    pub fn bytes_read(&self) -> u64 {
        0
    }
    pub fn bytes_total(&self) -> u64 {
        0
    }
}
impl Iterator for Pieces {
    type Item = Result<Piece, Error>;
    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}
impl Piece {
    pub fn decode(self) -> Result<Batch, Error> {
        Ok(Batch { first_row: 0, rows: 0, columns: Vec::new() })
    }
}
