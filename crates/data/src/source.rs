//! A table, opened.
use crate::compression::Compression;
use crate::csv::CsvFile;
use crate::dense::{DenseFile, RAW_MAGIC};
use crate::input::Input;
use crate::ipc::IpcFile;
use crate::parquet_file::ParquetFile;
use crate::scan::{Pieces, Scan};
use crate::{DenseBlocks, DenseRows, Error, Format, ReadOptions, Schema, datasets};
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;

/// Bytes of the numbers in one batch, at most: many columns make batches of fewer rows.
const BATCH_BYTES: usize = 16 << 20;

/// A table in a file or in the library, read as often as needed, in batches, in bounded memory.
///
/// Columns hold numbers or text ([`Kind`](crate::Kind)). In Parquet and Arrow files booleans are numbers (0 and 1), dates are
/// days since 1970-01-01, timestamps seconds since then, times of day seconds since midnight, durations seconds; columns of
/// lists, structs and bytes are [left out](Self::left_out). In `.npy` files and raw files without names the columns are `x1`,
/// `x2`, ….
///
/// A file must not be changed while it is read. Its length is checked before each pass; a mapped file that is cut short
/// *during* a pass ends the process ([`Access::Map`](crate::Access::Map)).
#[derive(Debug)]
pub struct Source {
    input: Arc<Input>,
    format: Format,
    schema: Schema,
    batch_rows: usize,
    table: Table,
}

#[derive(Debug)]
enum Table {
    Csv(CsvFile),
    Parquet(ParquetFile),
    Ipc(IpcFile),
    Dense(DenseFile),
}

impl Source {
    /// Opens a file, or if there is no such file the bundled data set of that name.
    ///
    /// The format is told from the first bytes, and for text without a magic number from the lack of one: anything else
    /// that looks like text is CSV. Reads the header, and the head of a CSV file to infer types.
    ///
    /// # Errors
    /// Any [`Error`] but those of single rows further down: missing, empty, truncated or damaged files, a header that promises more
    /// than the file holds, a directory, ragged rows in the head.
    ///
    /// # Examples
    /// ```
    /// use ferronum_data::{Error, ReadOptions, Source};
    /// let flights = Source::open("flights", &ReadOptions::default())?;
    /// assert_eq!(flights.row_count(), Some(336_776));
    /// let typo = Source::open("flihgts", &ReadOptions::default()).unwrap_err();
    /// assert!(typo.to_string().contains("did you mean `flights`?"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn open(path_or_name: &str, options: &ReadOptions) -> Result<Self, Error> {
        let set = datasets::find(path_or_name).filter(|_| !Path::new(path_or_name).is_file());
        let input = match set {
            Some(set) => Input::memory(set.name, Bytes::from_static(set.bytes))?,
            None => Input::open(path_or_name, options.access)?,
        };
        Self::read_header(Arc::new(input), options)
    }

    /// Opens a file that is in memory. `name` stands for the path in messages, and its extension says what the bytes must
    /// be, as that of a path does.
    ///
    /// # Errors
    /// As [`Self::open`].
    ///
    /// # Examples
    /// ```
    /// use ferronum_data::{Column, ReadOptions, Source};
    /// let source = Source::from_bytes("upload.csv", b"x,y\n1,2\n3,4\n".to_vec(), &ReadOptions::default())?;
    /// let batch = source.scan(&[1])?.next().expect("a chunk")?.decode()?;
    /// assert_eq!(batch.columns, [Column::Numbers(vec![2.0, 4.0])]);
    /// # Ok::<(), ferronum_data::Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Self, Error> {
        Self::read_header(Arc::new(Input::memory(name, bytes.into())?), options)
    }

    fn read_header(input: Arc<Input>, options: &ReadOptions) -> Result<Self, Error> {
        let format = match options.format {
            Some(format) => format,
            None => detect(&input)?,
        };
        let table = match format {
            Format::Csv => Table::Csv(CsvFile::open(input.clone(), options)?),
            Format::Parquet => Table::Parquet(ParquetFile::open(input.clone())?),
            Format::ArrowFile => Table::Ipc(IpcFile::open_file(input.clone())?),
            Format::ArrowStream => Table::Ipc(IpcFile::open_stream(input.clone())?),
            Format::Npy => Table::Dense(DenseFile::open_npy(input.clone())?),
            Format::Raw => Table::Dense(DenseFile::open_raw(input.clone())?),
        };
        let schema = match &table {
            Table::Csv(file) => file.schema(),
            Table::Parquet(file) => file.schema(),
            Table::Ipc(file) => file.schema(),
            Table::Dense(file) => file.schema(),
        };
        if schema.is_empty() {
            let what = "there is no column of numbers or text";
            return Err(Error::Empty { path: input.name().to_owned(), what });
        }
        Ok(Self { input, format, schema, batch_rows: options.batch_rows.clamp(1, 1 << 24), table })
    }

    /// The path, or the name of the data set.
    pub fn name(&self) -> &str {
        self.input.name()
    }

    /// The path of a file; `None` for a bundled data set.
    pub fn path(&self) -> Option<&Path> {
        self.input.path()
    }

    /// The layout of the file.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The columns.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Bytes in the file.
    pub fn byte_len(&self) -> u64 {
        self.input.len()
    }

    /// The number of rows where the file says it; `None` for CSV and Arrow, where only a pass can tell.
    pub fn row_count(&self) -> Option<u64> {
        match &self.table {
            Table::Csv(_) | Table::Ipc(_) => None,
            Table::Parquet(file) => Some(file.rows),
            Table::Dense(file) => Some(file.rows()),
        }
    }

    /// Columns of the file that are neither numbers nor text, such as lists, by name and type: they are not in the schema.
    pub fn left_out(&self) -> &[(String, String)] {
        match &self.table {
            Table::Parquet(file) => &file.left_out,
            Table::Ipc(file) => &file.left_out,
            Table::Csv(_) | Table::Dense(_) => &[],
        }
    }

    /// Starts a pass over some columns, given by their positions in the schema; may be called any number of times.
    ///
    /// No columns at all is a pass that only counts rows.
    ///
    /// # Errors
    /// [`Error::NoSuchColumn`], [`Error::Changed`] if the file's length is not what it was at open, and [`Error::Io`].
    pub fn scan(&self, columns: &[usize]) -> Result<Scan, Error> {
        if let Some(&index) = columns.iter().find(|&&c| c >= self.schema.len()) {
            let path = self.name().to_owned();
            return Err(Error::NoSuchColumn { path, index, columns: self.schema.len() });
        }
        let mut distinct: Vec<usize> = Vec::with_capacity(columns.len());
        let order: Vec<usize> = columns
            .iter()
            .map(|column| {
                distinct.iter().position(|c| c == column).unwrap_or_else(|| {
                    distinct.push(*column);
                    distinct.len() - 1
                })
            })
            .collect();
        let batch_rows = self.batch_rows.min(BATCH_BYTES / (8 * distinct.len().max(1))).max(1);
        let pieces = match &self.table {
            Table::Csv(file) => Pieces::Csv(file.pieces(&distinct, batch_rows)?),
            Table::Parquet(file) => Pieces::Parquet(file.pieces(&distinct, batch_rows)?),
            Table::Ipc(file) => Pieces::Ipc(file.pieces(&distinct, batch_rows)?),
            Table::Dense(file) => Pieces::Dense(file.pieces(&distinct, batch_rows)?),
        };
        let repeated = distinct.len() < columns.len();
        Ok(Scan::new(pieces, self.input.len(), repeated.then(|| order.into())))
    }

    /// All rows of a raw file or a C-order `<f8` `.npy` file, mapped, without a copy; `None` for other files, and where the
    /// numbers are not aligned to 8 bytes or the machine is big-endian.
    ///
    /// A file that is not in the page cache is read faster by [`Self::dense_blocks`].
    pub fn dense(&self) -> Option<DenseRows<'_>> {
        match &self.table {
            Table::Dense(file) => file.mapped_rows(),
            _ => None,
        }
    }

    /// Starts a pass over the rows of a raw file or a `<f8` `.npy` file in C order, in blocks of `rows_per_block`: borrowed
    /// from the mapping if the file is in the page cache, otherwise read into buffers that are used again. `None` for
    /// other files.
    ///
    /// # Errors
    /// [`Error::Changed`] and [`Error::Io`].
    pub fn dense_blocks(&self, rows_per_block: usize) -> Result<Option<DenseBlocks>, Error> {
        match &self.table {
            Table::Dense(file) => file.blocks(rows_per_block),
            _ => Ok(None),
        }
    }
}

/// Tells the format by the first bytes, and by the extension what they must be.
fn detect(input: &Input) -> Result<Format, Error> {
    let head = input.head(16)?;
    let magic = match &head[..] {
        [b'P', b'A', b'R', b'1', ..] => Some(Format::Parquet),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Some(Format::ArrowFile),
        [0xff, 0xff, 0xff, 0xff, ..] => Some(Format::ArrowStream),
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => Some(Format::Npy),
        head if head.starts_with(&RAW_MAGIC) => Some(Format::Raw),
        _ => None,
    };
    let extension = Path::new(input.name()).extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
    let expected = match &extension[..] {
        "parquet" | "pq" => Some(Format::Parquet),
        "arrow" | "feather" | "ipc" => Some(Format::ArrowFile),
        "arrows" => Some(Format::ArrowStream),
        "npy" => Some(Format::Npy),
        "f64" => Some(Format::Raw),
        _ => None,
    };
    match (magic, expected) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Csv),
        (None, Some(_)) if Compression::detect(&head) != Compression::None => {
            let detail = format!(
                "is compressed as a whole, which is read for CSV only; decompress it to .{extension}"
            );
            Err(Error::UnknownFormat { path: input.name().to_owned(), detail })
        }
        (None, Some(format)) => {
            let detail = format!("does not start like a {format} file, which its extension says it is");
            Err(Error::UnknownFormat { path: input.name().to_owned(), detail })
        }
    }
}
