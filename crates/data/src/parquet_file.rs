//! Parquet files: only the columns asked for, in pieces of rows that are decoded independently.
use crate::arrow_column;
use crate::guard::guarded;
use crate::input::Input;
use crate::residency::Way;
use crate::{Batch, Error, Field, Schema};
use arrow_schema::DataType;
use bytes::{Buf, Bytes};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{ChunkReader, Length};
use std::io::{BufReader, Read};
use std::sync::Arc;

/// An opened Parquet file.
#[derive(Debug)]
pub(crate) struct ParquetFile {
    input: Arc<Input>,
    metadata: ArrowReaderMetadata,
    /// For each column of the schema its position among the columns of the file.
    roots: Vec<usize>,
    schema: Schema,
    pub left_out: Vec<(String, String)>,
    pub rows: u64,
}

impl ParquetFile {
    pub fn open(input: Arc<Input>) -> Result<Self, Error> {
        let way = input.way();
        let bytes = ParquetBytes::new(input.clone(), way)?;
        let damaged = |detail| damaged(&input, detail);
        let metadata = guarded(|| {
            let plain = ArrowReaderMetadata::load(&bytes, ArrowReaderOptions::new())?;
            // Strings are asked for as dictionaries: their codes are read without touching the strings.
            let fields = plain.schema().fields().iter().map(|field| match field.data_type() {
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                    let labels = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                    Arc::new(field.as_ref().clone().with_data_type(labels))
                }
                _ => field.clone(),
            });
            let hint = arrow_schema::Schema::new(fields.collect::<Vec<_>>());
            let options = ArrowReaderOptions::new().with_schema(Arc::new(hint));
            ArrowReaderMetadata::try_new(plain.metadata().clone(), options)
        })
        .map_err(damaged)?;
        let rows = check_sizes(metadata.metadata(), input.len()).map_err(damaged)?;
        if rows == 0 {
            return Err(Error::Empty { path: input.name().to_owned(), what: "the table has no rows" });
        }
        let (mut roots, mut fields, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for (root, field) in metadata.schema().fields().iter().enumerate() {
            match arrow_column::kind(field.data_type()) {
                Some(kind) => {
                    roots.push(root);
                    fields.push(Field { name: field.name().clone(), kind });
                }
                None => left_out.push((field.name().clone(), field.data_type().to_string())),
            }
        }
        Ok(Self { input, metadata, roots, schema: Schema::new(fields), left_out, rows })
    }

    pub fn schema(&self) -> Schema {
        self.schema.clone()
    }

    /// Starts a pass over distinct `columns`.
    pub fn pieces(&self, columns: &[usize], batch_rows: usize) -> Result<Pieces, Error> {
        self.input.check_length()?;
        let roots: Vec<usize> = columns.iter().map(|&c| self.roots[c]).collect();
        let descriptor = self.metadata.metadata().file_metadata().schema_descr();
        let mask = ProjectionMask::roots(descriptor, roots.iter().copied());
        // The reader gives the columns in file order.
        let mut in_file: Vec<usize> = roots.clone();
        in_file.sort_unstable();
        let order = roots.iter().filter_map(|root| in_file.binary_search(root).ok()).collect();
        let leaves = (0..descriptor.num_columns()).filter(|&leaf| mask.leaf_included(leaf)).collect();
        let way = self.input.way();
        if way != Way::Map {
            self.input.advise_sequential();
        }
        let pass = Pass {
            bytes: ParquetBytes::new(self.input.clone(), way)?,
            metadata: self.metadata.clone(),
            mask,
            order,
        };
        Ok(Pieces { pass: Arc::new(pass), leaves, batch_rows, group: 0, offset: 0, row: 0, bytes_read: 0 })
    }
}

fn damaged(input: &Input, detail: String) -> Error {
    Error::Damaged { path: input.name().to_owned(), format: "Parquet", detail }
}

/// Checks what the footer promises against the length of the file; the number of rows.
fn check_sizes(metadata: &ParquetMetaData, len: u64) -> Result<u64, String> {
    let mut rows = 0u64;
    for (i, group) in metadata.row_groups().iter().enumerate() {
        let here =
            u64::try_from(group.num_rows()).map_err(|_| format!("row group {i} has a negative row count"))?;
        rows = rows.checked_add(here).ok_or("the row groups have too many rows")?;
        for column in group.columns() {
            let end = chunk_range(column).and_then(|(start, size)| start.checked_add(size));
            if end.is_none_or(|end| end > len) {
                let name = column.column_path().string();
                return Err(format!("row group {i}, column `{name}` lies outside the file"));
            }
        }
    }
    match metadata.file_metadata().num_rows() == rows as i64 {
        true => Ok(rows),
        false => Err(format!(
            "the footer promises {} rows, its row groups {rows}",
            metadata.file_metadata().num_rows()
        )),
    }
}

/// Where a column chunk starts and how long it is.
fn chunk_range(column: &ColumnChunkMetaData) -> Option<(u64, u64)> {
    let start = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
    Some((u64::try_from(start).ok()?, u64::try_from(column.compressed_size()).ok()?))
}

/// What the pieces of one pass share.
struct Pass {
    bytes: ParquetBytes,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// For each column asked for its position among those the reader gives.
    order: Vec<usize>,
}

/// One pass: row ranges within row groups.
pub(crate) struct Pieces {
    pass: Arc<Pass>,
    leaves: Vec<usize>,
    batch_rows: usize,
    group: usize,
    /// Rows of the group already given.
    offset: usize,
    row: u64,
    bytes_read: u64,
}

impl Pieces {
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The bytes of the columns asked for.
    pub fn bytes_total(&self) -> u64 {
        (0..self.pass.metadata.metadata().num_row_groups()).map(|group| self.group_bytes(group)).sum()
    }

    fn group_bytes(&self, group: usize) -> u64 {
        let group = self.pass.metadata.metadata().row_group(group);
        self.leaves.iter().map(|&leaf| group.column(leaf).compressed_size().max(0) as u64).sum()
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let group = self.pass.metadata.metadata().row_groups().get(self.group)?;
            let in_group = group.num_rows() as usize;
            let rows = self.batch_rows.min(in_group - self.offset);
            let piece = Piece {
                pass: self.pass.clone(),
                group: self.group,
                offset: self.offset,
                rows,
                whole: rows == in_group,
                first_row: self.row,
            };
            self.row += rows as u64;
            self.offset += rows;
            if self.offset == in_group {
                self.bytes_read += self.group_bytes(self.group);
                self.group += 1;
                self.offset = 0;
            }
            if rows > 0 {
                return Some(Ok(piece));
            }
        }
    }
}

/// Some rows of one row group, not read yet.
pub(crate) struct Piece {
    pass: Arc<Pass>,
    group: usize,
    offset: usize,
    rows: usize,
    whole: bool,
    first_row: u64,
}

impl Piece {
    pub fn decode(self) -> Result<Batch, Error> {
        let damaged = |detail| damaged(&self.pass.bytes.input, detail);
        let batch = guarded(|| {
            let metadata = self.pass.metadata.clone();
            let mut builder =
                ParquetRecordBatchReaderBuilder::new_with_metadata(self.pass.bytes.clone(), metadata)
                    .with_row_groups(vec![self.group])
                    .with_projection(self.pass.mask.clone())
                    .with_batch_size(self.rows);
            if !self.whole {
                builder = builder.with_offset(self.offset).with_limit(self.rows);
            }
            match builder.build()?.next() {
                Some(batch) => batch.map_err(ParquetError::from),
                None => Err(ParquetError::EOF("no rows where the footer promises some".into())),
            }
        })
        .map_err(damaged)?;
        if batch.num_rows() != self.rows {
            let detail = format!("row group {} has {} rows of {}", self.group, batch.num_rows(), self.rows);
            return Err(damaged(detail));
        }
        let columns = self.pass.order.iter().map(|&i| match batch.columns().get(i) {
            Some(array) => guarded(|| arrow_column::column(array)),
            None => Err("a column is missing".to_owned()),
        });
        let columns = columns.collect::<Result<_, _>>().map_err(damaged)?;
        Ok(Batch { first_row: self.first_row, rows: self.rows, columns })
    }
}

/// The bytes of the file, mapped or read piece by piece; any number of threads may read.
#[derive(Clone)]
struct ParquetBytes {
    input: Arc<Input>,
    map: Option<Bytes>,
}

impl ParquetBytes {
    fn new(input: Arc<Input>, way: Way) -> Result<Self, Error> {
        let map = if way == Way::Map { Some(input.bytes()?) } else { None };
        Ok(Self { input, map })
    }
}

impl Length for ParquetBytes {
    fn len(&self) -> u64 {
        self.input.len()
    }
}

impl ChunkReader for ParquetBytes {
    type T = Box<dyn Read>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        match &self.map {
            Some(map) if start <= map.len() as u64 => Ok(Box::new(map.slice(start as usize..).reader())),
            Some(_) => Err(ParquetError::EOF(format!("offset {start} is past the end of the file"))),
            // Page headers are some ten bytes each.
            None => Ok(Box::new(BufReader::with_capacity(1024, self.input.reader_at(start)))),
        }
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.len()) {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} lie past the end of the file")));
        }
        if let Some(map) = &self.map {
            return Ok(map.slice(start as usize..start as usize + length));
        }
        let mut buffer = vec![0; length];
        match self.input.read_at(&mut buffer, start)? == length {
            true => Ok(buffer.into()),
            false => Err(ParquetError::EOF("the file ends early".into())),
        }
    }
}
