//! A pass over an array file, column by column in batches like any other source.
use super::{Layout, Order};
use crate::input::Input;
use crate::residency::Way;
use crate::{Batch, Column, Error};
use bytes::Bytes;
use std::sync::Arc;

/// Bytes of the rows of one piece, at most.
const PIECE_BYTES: usize = 16 << 20;

/// Rows converted at a time, so that they stay in the cache while all their columns are picked.
const TILE_ROWS: usize = 256;

/// One pass over some columns.
pub(crate) struct Pieces {
    input: Arc<Input>,
    map: Option<Bytes>,
    layout: Layout,
    columns: Arc<[usize]>,
    batch_rows: usize,
    row: usize,
}

impl Pieces {
    pub(super) fn new(
        input: &Arc<Input>,
        layout: Layout,
        columns: &[usize],
        batch_rows: usize,
    ) -> Result<Self, Error> {
        input.check_length()?;
        let map = match input.way() {
            Way::Map => Some(input.bytes()?),
            Way::Read | Way::Direct => None,
        };
        if map.is_none() {
            input.advise_sequential();
        }
        let batch_rows = match layout.order {
            Order::RowMajor => batch_rows.min(PIECE_BYTES / (layout.ncols * layout.element.width())).max(1),
            Order::ColumnMajor => batch_rows,
        };
        Ok(Self { input: input.clone(), map, layout, columns: columns.into(), batch_rows, row: 0 })
    }

    pub fn bytes_read(&self) -> u64 {
        self.row as u64 * self.row_bytes()
    }

    pub fn bytes_total(&self) -> u64 {
        self.layout.nrows as u64 * self.row_bytes()
    }

    /// Bytes taken of each row.
    fn row_bytes(&self) -> u64 {
        let columns = match self.layout.order {
            Order::RowMajor => self.layout.ncols,
            Order::ColumnMajor => self.columns.len(),
        };
        (columns * self.layout.element.width()) as u64
    }

    /// `count` numbers from number `first` on.
    fn numbers(&self, first: usize, count: usize) -> Result<Bytes, Error> {
        let width = self.layout.element.width();
        let start = self.layout.offset + (first * width) as u64;
        let len = count * width;
        if let Some(map) = &self.map {
            return Ok(map.slice(start as usize..start as usize + len));
        }
        let mut buffer = vec![0; len];
        let got =
            self.input.read_at(&mut buffer, start).map_err(|e| Error::io(self.input.name(), "read", &e))?;
        if got < len {
            self.input.check_length()?;
            let detail = "the file ends before its length says".to_owned();
            return Err(Error::Damaged { path: self.input.name().to_owned(), format: "array", detail });
        }
        Ok(buffer.into())
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Layout { nrows, ncols, order, .. } = self.layout;
        let rows = self.batch_rows.min(nrows - self.row);
        if rows == 0 {
            return None;
        }
        let bytes = match order {
            _ if self.columns.is_empty() => Ok(Vec::new()),
            Order::RowMajor => self.numbers(self.row * ncols, rows * ncols).map(|block| vec![block]),
            Order::ColumnMajor => {
                self.columns.iter().map(|c| self.numbers(c * nrows + self.row, rows)).collect()
            }
        };
        let first_row = self.row;
        self.row += rows;
        let (layout, columns) = (self.layout, self.columns.clone());
        Some(bytes.map(|bytes| Piece { bytes, layout, columns, first_row, rows }))
    }
}

/// Some rows as they are in the file.
pub(crate) struct Piece {
    /// In row-major files one block, otherwise one for each column.
    bytes: Vec<Bytes>,
    layout: Layout,
    columns: Arc<[usize]>,
    first_row: usize,
    rows: usize,
}

impl Piece {
    pub fn decode(self) -> Result<Batch, Error> {
        let Layout { ncols, element, order, .. } = self.layout;
        let width = element.width();
        let mut columns = vec![Vec::with_capacity(self.rows); self.columns.len()];
        match order {
            Order::RowMajor => {
                let stride = ncols * width;
                let block = self.bytes.first().map_or(&[][..], |block| block);
                for tile in block.chunks(TILE_ROWS * stride) {
                    for (column, out) in self.columns.iter().zip(&mut columns) {
                        element.gather(&tile[column * width..], stride, out);
                    }
                }
            }
            Order::ColumnMajor => {
                for (bytes, out) in self.bytes.iter().zip(&mut columns) {
                    element.gather(bytes, width, out);
                }
            }
        }
        let columns = columns.into_iter().map(Column::Numbers).collect();
        Ok(Batch { first_row: self.first_row as u64, rows: self.rows, columns })
    }
}
