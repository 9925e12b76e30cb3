//! A pass over dense rows in blocks that need no decoding.
use super::{DenseRows, Layout};
use crate::Error;
use crate::input::{DirectFile, Input};
use crate::residency::Way;
use bytes::Bytes;
use std::sync::{Arc, Mutex, PoisonError};

/// One pass over dense rows: an iterator of [`DenseBlock`]s, from
/// [`Source::dense_blocks`](crate::Source::dense_blocks).
///
/// `next` reads if the file is cold and borrows from the mapping if it is warm. A block may be worked on in another
/// thread; its buffer is used again when it is dropped, so the memory in use is that of the blocks alive.
#[derive(Debug)]
pub struct DenseBlocks {
    input: Arc<Input>,
    layout: Layout,
    feed: Feed,
    rows_per_block: usize,
    row: usize,
}

#[derive(Debug)]
enum Feed {
    Map(Bytes),
    Read(Arc<Pool>),
    Direct(DirectFile, Arc<Pool>),
}

/// Buffers that are free.
type Pool = Mutex<Vec<Vec<f64>>>;

/// Numbers in a unit of direct reads: offset, length and address must be multiples of 4096 bytes.
const DIRECT: usize = 4096 / size_of::<f64>();

impl DenseBlocks {
    pub(super) fn new(
        input: Arc<Input>,
        layout: Layout,
        way: Way,
        rows_per_block: usize,
    ) -> Result<Self, Error> {
        input.check_length()?;
        let direct = if way == Way::Direct { input.open_direct() } else { None };
        let feed = match (way, direct) {
            (Way::Map, _) => Feed::Map(input.bytes()?),
            (_, Some(file)) => Feed::Direct(file, Arc::default()),
            (_, None) => {
                input.advise_sequential();
                Feed::Read(Arc::default())
            }
        };
        Ok(Self { input, layout, feed, rows_per_block: rows_per_block.max(1), row: 0 })
    }

    /// Whether blocks are borrowed from the mapping.
    pub fn is_mapped(&self) -> bool {
        matches!(self.feed, Feed::Map(_))
    }

    /// Rows given so far.
    pub fn rows_read(&self) -> u64 {
        self.row as u64
    }

    fn block(&self, row: usize, nrows: usize) -> Result<DenseBlock, Error> {
        let ncols = self.layout.ncols;
        let start = self.layout.offset + (row * ncols * 8) as u64;
        let len = nrows * ncols;
        let data = match &self.feed {
            Feed::Map(map) => Data::Mapped(map.slice(start as usize..start as usize + 8 * len)),
            Feed::Read(pool) => {
                let mut buffer = take(pool, len);
                let bytes = bytemuck::cast_slice_mut(&mut buffer[..len]);
                self.complete(self.input.read_at(bytes, start), 8 * len)?;
                Data::Buffer { buffer, start: 0, len, pool: pool.clone() }
            }
            Feed::Direct(file, pool) => {
                let before = (start % 4096) as usize / 8;
                let span = (before + len).next_multiple_of(DIRECT);
                let mut buffer = take(pool, span + DIRECT);
                let align = buffer.as_ptr().align_offset(4096).min(DIRECT);
                let bytes = bytemuck::cast_slice_mut(&mut buffer[align..align + span]);
                self.complete(file.read_at(bytes, start - 8 * before as u64), 8 * (before + len))?;
                Data::Buffer { buffer, start: align + before, len, pool: pool.clone() }
            }
        };
        Ok(DenseBlock { first_row: row as u64, nrows, ncols, data })
    }

    /// Checks that a read brought what was there at open.
    fn complete(&self, read: std::io::Result<usize>, wanted: usize) -> Result<(), Error> {
        let got = read.map_err(|e| Error::io(self.input.name(), "read", &e))?;
        if got >= wanted {
            return Ok(());
        }
        self.input.check_length()?;
        let detail = "the file ends before its length says".to_owned();
        Err(Error::Damaged { path: self.input.name().to_owned(), format: "f64", detail })
    }
}

/// A free buffer of at least `len` numbers.
fn take(pool: &Pool, len: usize) -> Vec<f64> {
    let free = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
    match free {
        Some(buffer) if buffer.len() >= len => buffer,
        _ => vec![0.0; len],
    }
}

impl Iterator for DenseBlocks {
    type Item = Result<DenseBlock, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let nrows = self.rows_per_block.min(self.layout.nrows - self.row);
        if nrows == 0 {
            return None;
        }
        let block = self.block(self.row, nrows);
        self.row = if block.is_ok() { self.row + nrows } else { self.layout.nrows };
        Some(block)
    }
}

/// Consecutive rows of a dense file, as `f64` in row-major order.
#[derive(Debug)]
pub struct DenseBlock {
    /// 0-based position of the first row in the file.
    pub first_row: u64,
    /// The number of rows.
    pub nrows: usize,
    /// The number of columns.
    pub ncols: usize,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Mapped(Bytes),
    Buffer { buffer: Vec<f64>, start: usize, len: usize, pool: Arc<Pool> },
}

impl DenseBlock {
    /// The numbers, row by row.
    pub fn values(&self) -> &[f64] {
        match &self.data {
            // All rows together were found to be aligned before the mapping was chosen.
            Data::Mapped(bytes) => bytemuck::cast_slice(bytes),
            Data::Buffer { buffer, start, len, .. } => &buffer[*start..*start + *len],
        }
    }

    /// The rows.
    pub fn rows(&self) -> DenseRows<'_> {
        DenseRows { values: self.values(), nrows: self.nrows, ncols: self.ncols }
    }
}

impl Drop for DenseBlock {
    fn drop(&mut self) {
        if let Data::Buffer { buffer, pool, .. } = &mut self.data {
            pool.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(buffer));
        }
    }
}
