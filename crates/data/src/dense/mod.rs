//! Arrays of numbers: raw rows and `.npy` files.
mod blocks;
mod element;
mod npy;
mod pieces;
mod raw;

use crate::input::Input;
use crate::residency::Way;
use crate::{Error, Field, Format, Kind, Schema};
pub use blocks::{DenseBlock, DenseBlocks};
use element::Element;
pub(crate) use pieces::{Piece, Pieces};
pub(crate) use raw::MAGIC as RAW_MAGIC;
pub use raw::RawWriter;
use std::sync::Arc;

/// The most columns: a schema of so many names still fits in some 100 MB.
const MAX_COLUMNS: u64 = 1 << 20;

/// The numbers of a file where they are: row i is `values[i * ncols..(i + 1) * ncols]`.
#[derive(Debug, Clone, Copy)]
pub struct DenseRows<'a> {
    /// All numbers, row by row.
    pub values: &'a [f64],
    /// The number of rows.
    pub nrows: usize,
    /// The number of columns.
    pub ncols: usize,
}

/// Which index runs fastest through memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    RowMajor,
    ColumnMajor,
}

/// Where the numbers are and what they look like; checked against the length of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    offset: u64,
    nrows: usize,
    ncols: usize,
    element: Element,
    order: Order,
}

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Header {
    offset: u64,
    nrows: u64,
    ncols: u64,
    element: Element,
    order: Order,
    /// Empty for `x1`, `x2`, ….
    names: Vec<String>,
}

impl Header {
    /// Checks sizes without taking memory for them.
    fn check(&self, name: &str, format: Format, len: u64) -> Result<Layout, Error> {
        let Self { offset, nrows, ncols, element, order, .. } = *self;
        let held = len.saturating_sub(offset);
        let bytes = nrows.checked_mul(ncols).and_then(|n| n.checked_mul(element.width() as u64));
        if bytes.is_none_or(|bytes| bytes > held) {
            let bytes = bytes.map_or("more bytes than 64 bits count".to_owned(), |b| format!("{b} bytes"));
            let promised = format!("{nrows} rows × {ncols} columns ({bytes})");
            return Err(Error::Overpromised { path: name.to_owned(), format, promised, held });
        }
        if nrows == 0 || ncols == 0 {
            return Err(Error::Empty { path: name.to_owned(), what: "the array has no rows or no columns" });
        }
        if ncols > MAX_COLUMNS {
            let (what, detail) =
                (format!("{ncols} columns"), format!("at most {MAX_COLUMNS}; is it transposed?"));
            return Err(Error::Unsupported { path: name.to_owned(), what, detail });
        }
        // The numbers fit in the file, so both counts fit in memory's addresses where the file can be mapped at all.
        match (usize::try_from(nrows), usize::try_from(ncols)) {
            (Ok(nrows), Ok(ncols)) => Ok(Layout { offset, nrows, ncols, element, order }),
            _ => {
                let (what, detail) =
                    (format!("{nrows} rows"), "the machine's addresses are too short".to_owned());
                Err(Error::Unsupported { path: name.to_owned(), what, detail })
            }
        }
    }

    fn fields(self) -> Vec<Field> {
        let named = match self.names.is_empty() {
            true => (1..=self.ncols).map(|i| format!("x{i}")).collect(),
            false => self.names,
        };
        named.into_iter().map(|name| Field { name, kind: Kind::Number }).collect()
    }
}

/// An opened array file.
#[derive(Debug)]
pub(crate) struct DenseFile {
    input: Arc<Input>,
    layout: Layout,
    schema: Schema,
}

impl DenseFile {
    pub fn open_npy(input: Arc<Input>) -> Result<Self, Error> {
        let header = npy::read(&input)?;
        Self::new(input, header, Format::Npy)
    }

    pub fn open_raw(input: Arc<Input>) -> Result<Self, Error> {
        let header = raw::read(&input)?;
        let (nrows, ncols, offset) = (header.nrows, header.ncols, header.offset);
        let file = Self::new(input, header, Format::Raw)?;
        let held = file.input.len() - offset;
        match held == nrows * ncols * 8 {
            true => Ok(file),
            false => Err(Error::Damaged {
                path: file.input.name().to_owned(),
                format: "raw f64",
                detail: format!(
                    "the header promises {nrows} rows × {ncols} columns, the file has {held} bytes of them"
                ),
            }),
        }
    }

    fn new(input: Arc<Input>, header: Header, format: Format) -> Result<Self, Error> {
        let layout = header.check(input.name(), format, input.len())?;
        Ok(Self { input, layout, schema: Schema::new(header.fields()) })
    }

    pub fn schema(&self) -> Schema {
        self.schema.clone()
    }

    pub fn rows(&self) -> u64 {
        self.layout.nrows as u64
    }

    /// Starts a pass over distinct `columns`.
    pub fn pieces(&self, columns: &[usize], batch_rows: usize) -> Result<Pieces, Error> {
        Pieces::new(&self.input, self.layout, columns, batch_rows)
    }

    /// Whether the rows in the file are the rows in memory.
    fn is_dense(&self) -> bool {
        let native = self.layout.element == Element::F64_LE && cfg!(target_endian = "little");
        native && (self.layout.order == Order::RowMajor || self.layout.ncols == 1)
    }

    pub fn mapped_rows(&self) -> Option<DenseRows<'_>> {
        if !self.is_dense() {
            return None;
        }
        self.input.bytes().ok()?;
        let Layout { offset, nrows, ncols, .. } = self.layout;
        let start = usize::try_from(offset).ok()?;
        let bytes = self.input.mapped()?.get(start..)?.get(..nrows * ncols * 8)?;
        let values = bytemuck::try_cast_slice(bytes).ok()?;
        Some(DenseRows { values, nrows, ncols })
    }

    pub fn blocks(&self, rows_per_block: usize) -> Result<Option<DenseBlocks>, Error> {
        if !self.is_dense() {
            return Ok(None);
        }
        let way = match self.input.way() {
            Way::Map if self.mapped_rows().is_some() => Way::Map,
            Way::Direct if self.layout.offset.is_multiple_of(8) => Way::Direct,
            _ => Way::Read,
        };
        DenseBlocks::new(self.input.clone(), self.layout, way, rows_per_block).map(Some)
    }
}
