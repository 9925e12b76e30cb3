//! Raw rows behind one page of header: `docs/raw-format.md`.
use super::{Element, Header, MAX_COLUMNS, Order};
use crate::input::Input;
use crate::{Error, Format};
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// The first bytes of a raw file.
pub(crate) const MAGIC: [u8; 8] = *b"\x89F64ROWS";

const VERSION: u32 = 1;

/// Bytes before the names.
const FIXED: u64 = 40;

/// Rows start at a multiple of this.
const PAGE: u64 = 4096;

/// The longest names block read: the most columns with names of 64 bytes.
const MAX_NAMES: u64 = 64 << 20;

/// Reads the header; the number of rows is not checked yet.
pub(super) fn read(input: &Input) -> Result<Header, Error> {
    let damaged =
        |detail: String| Error::Damaged { path: input.name().to_owned(), format: "raw f64", detail };
    let head = input.head(FIXED as usize)?;
    if !head.starts_with(&MAGIC) {
        return Err(damaged("it does not start with the magic number of raw rows".into()));
    }
    if head.len() < FIXED as usize {
        return Err(damaged("it ends within the header".into()));
    }
    let u32_at = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| head[at + i]));
    let u64_at = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| head[at + i]));
    let (version, names_len) = (u32_at(8), u64::from(u32_at(12)));
    let (ncols, nrows, offset) = (u64_at(16), u64_at(24), u64_at(32));
    if version != VERSION {
        let (what, detail) =
            (format!("version {version} of the raw format"), format!("version {VERSION} is"));
        return Err(Error::Unsupported { path: input.name().to_owned(), what, detail });
    }
    if offset > input.len() || FIXED + names_len > offset {
        let promised = format!("rows from byte {offset} and {names_len} bytes of names");
        let held = input.len() - FIXED;
        return Err(Error::Overpromised {
            path: input.name().to_owned(),
            format: Format::Raw,
            promised,
            held,
        });
    }
    if !offset.is_multiple_of(PAGE) || names_len > MAX_NAMES || ncols > MAX_COLUMNS {
        return Err(damaged(format!(
            "its header is not valid: offset {offset}, {ncols} columns, {names_len} bytes of names"
        )));
    }
    let head = input.head((FIXED + names_len) as usize)?;
    let names = names(head.get(FIXED as usize..).unwrap_or_default(), ncols);
    let names = names.ok_or_else(|| damaged(format!("its names are not {ncols} distinct UTF-8 strings")))?;
    Ok(Header { offset, nrows, ncols, element: Element::F64_LE, order: Order::RowMajor, names })
}

/// Reads the names block, which has no names or exactly `ncols` distinct ones.
fn names(mut block: &[u8], ncols: u64) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while let Some((len, rest)) = block.split_first_chunk::<4>() {
        let (name, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*len)).ok()?)?;
        names.push(String::from_utf8(name.to_vec()).ok()?);
        block = rest;
    }
    let distinct: std::collections::HashSet<&str> = names.iter().map(String::as_str).collect();
    let valid = block.is_empty()
        && distinct.len() == names.len()
        && (names.is_empty() || names.len() as u64 == ncols);
    valid.then_some(names)
}

/// Writes raw rows, which [`Source::dense`](crate::Source::dense) maps without a copy. The format is in `docs/raw-format.md` of
/// this crate.
///
/// # Examples
/// ```
/// use ferronum_data::{RawWriter, ReadOptions, Source};
/// let path = std::env::temp_dir().join(format!("ferronum-doc-{}.f64", std::process::id()));
/// let mut writer = RawWriter::create(&path, &["y", "x"])?;
/// writer.write_rows(&[1.0, 10.0, 2.0, 20.0])?;
/// assert_eq!(writer.finish()?, 2);
///
/// let source = Source::open(path.to_str().expect("a UTF-8 path"), &ReadOptions::default())?;
/// let rows = source.dense().expect("raw rows are dense");
/// assert_eq!((rows.nrows, rows.ncols, rows.values), (2, 2, &[1.0, 10.0, 2.0, 20.0][..]));
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), ferronum_data::Error>(())
/// ```
#[derive(Debug)]
pub struct RawWriter {
    file: BufWriter<File>,
    path: String,
    ncols: usize,
    values: u64,
}

impl RawWriter {
    /// Creates or replaces the file. With no names at all there would be no columns, so there is at least one; the names
    /// are distinct.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Unsupported`] for no names, more than 1,048,576, or repeated ones.
    pub fn create(path: &Path, names: &[&str]) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let mut block = Vec::new();
        for name in names {
            block.extend_from_slice(&(name.len() as u32).to_le_bytes());
            block.extend_from_slice(name.as_bytes());
        }
        let distinct = !names.is_empty() && self::names(&block, names.len() as u64).is_some();
        if !distinct || names.len() as u64 > MAX_COLUMNS || block.len() as u64 > MAX_NAMES {
            let what = format!("a raw file of {} columns", names.len());
            let detail = format!("names must be distinct, 1 to {MAX_COLUMNS}");
            return Err(Error::Unsupported { path: shown, what, detail });
        }
        let offset = (FIXED + block.len() as u64).next_multiple_of(PAGE);
        let mut header = MAGIC.to_vec();
        header.extend_from_slice(&VERSION.to_le_bytes());
        header.extend_from_slice(&(block.len() as u32).to_le_bytes());
        header.extend_from_slice(&(names.len() as u64).to_le_bytes());
        header.extend_from_slice(&0u64.to_le_bytes()); // rows: written by `finish`
        header.extend_from_slice(&offset.to_le_bytes());
        header.extend_from_slice(&block);
        header.resize(offset as usize, 0);
        let file = File::create(path).map_err(|e| Error::io(&shown, "create", &e))?;
        let mut file = BufWriter::with_capacity(1 << 20, file);
        file.write_all(&header).map_err(|e| Error::io(&shown, "write", &e))?;
        Ok(Self { file, path: shown, ncols: names.len(), values: 0 })
    }

    /// Appends values, row by row; a call may end within a row.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn write_rows(&mut self, values: &[f64]) -> Result<(), Error> {
        let write = |file: &mut BufWriter<File>| -> io::Result<()> {
            if cfg!(target_endian = "little") {
                return file.write_all(bytemuck::cast_slice(values));
            }
            values.iter().try_for_each(|value| file.write_all(&value.to_le_bytes()))
        };
        write(&mut self.file).map_err(|e| Error::io(&self.path, "write", &e))?;
        self.values += values.len() as u64;
        Ok(())
    }

    /// Completes the header and the file; the number of rows. A file that is not finished cannot be opened.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Unsupported`] if the last row is incomplete.
    pub fn finish(mut self) -> Result<u64, Error> {
        let rows = self.values / self.ncols as u64;
        if rows * self.ncols as u64 != self.values {
            let what = format!("{} values in rows of {}", self.values, self.ncols);
            return Err(Error::Unsupported {
                path: self.path,
                what,
                detail: "the last row is incomplete".into(),
            });
        }
        let finish = |file: &mut BufWriter<File>| {
            file.seek(SeekFrom::Start(24))?;
            file.write_all(&rows.to_le_bytes())?;
            file.flush()
        };
        finish(&mut self.file).map_err(|e| Error::io(&self.path, "write", &e))?;
        Ok(rows)
    }
}
