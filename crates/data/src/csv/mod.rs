//! Delimited text: CSV, TSV and their kin, plain or compressed.
mod decode;
mod infer;
mod masks;
mod missing;
mod number;
mod pieces;
mod split;
mod walk;

use crate::compression::Compression;
use crate::input::Input;
use crate::{Error, Field, Kind, ReadOptions, Schema};
use decode::Layout;
pub(crate) use decode::Piece;
use missing::MissingTokens;
pub(crate) use pieces::Pieces;
use pieces::{MAX_ROW, Text};
use split::{Limits, NoCut, cut};
use std::sync::Arc;

/// Text of one batch, at most (a single longer row apart).
const PIECE_BYTES: usize = 1 << 20;

/// An opened text file.
#[derive(Debug)]
pub(crate) struct CsvFile {
    text: Text,
    layout: Arc<Layout>,
    limits: Limits,
}

impl CsvFile {
    /// Reads the header and infers the kinds of the columns.
    pub fn open(input: Arc<Input>, options: &ReadOptions) -> Result<Self, Error> {
        let name = input.name().to_owned();
        let compression = Compression::detect(&input.head(4)?);
        let (delimiter, header, start) = header(&input, compression, options)?;
        let names = match options.has_header {
            true => infer::names(header).map_err(|i| Error::InvalidUtf8 {
                path: name.clone(),
                row: 0,
                column: format!("x{}", i + 1),
            })?,
            false => (1..=header.len()).map(|i| format!("x{i}")).collect(),
        };
        let mut layout = Layout {
            missing: MissingTokens::new(&options.na_tokens),
            fields: names.into_iter().map(|name| Field { name, kind: Kind::Number }).collect(),
            infer_rows: options.infer_rows.max(1),
            delimiter,
            name,
        };
        if let Some(column) =
            options.text_columns.iter().find(|name| !layout.fields.iter().any(|f| f.name == **name))
        {
            let names = layout.fields.iter().map(|field| &field.name);
            let nearest = names.min_by_key(|name| strsim::damerau_levenshtein(name, column)).cloned();
            return Err(Error::UnknownColumn {
                path: layout.name,
                column: column.clone(),
                suggestion: nearest,
            });
        }
        let text = Text { input, compression, start };
        let limits = Limits { bytes: PIECE_BYTES, rows: options.batch_rows.max(1) as u64 };
        let mut kinds = infer::Kinds::new(&layout);
        for piece in pieces::Cuts::new(&text, &layout, limits)? {
            kinds.observe(&piece?.text)?;
            if kinds.enough() {
                break;
            }
        }
        if kinds.rows == 0 {
            return Err(Error::Empty { path: layout.name, what: "there are no data rows below the header" });
        }
        let (rows, kinds) = (kinds.rows, kinds.finish());
        for (field, kind) in layout.fields.iter_mut().zip(kinds) {
            let declared = options.text_columns.contains(&field.name);
            field.kind = if declared { Kind::Text } else { kind };
        }
        layout.infer_rows = rows;
        Ok(Self { text, layout: Arc::new(layout), limits })
    }

    pub fn schema(&self) -> Schema {
        Schema::new(self.layout.fields.clone())
    }

    /// Starts a pass over distinct `columns`.
    pub fn pieces(&self, columns: &[usize], batch_rows: usize) -> Result<Pieces, Error> {
        let limits = Limits { rows: self.limits.rows.min(batch_rows as u64), ..self.limits };
        Pieces::new(&self.text, &self.layout, columns, limits)
    }
}

/// The delimiter, the fields of the first row, and where the data rows start.
fn header(
    input: &Arc<Input>,
    compression: Compression,
    options: &ReadOptions,
) -> Result<(u8, Vec<Vec<u8>>, usize), Error> {
    let path = || input.name().to_owned();
    let mut size = 64 << 10;
    loop {
        let head = compression.head(input, size)?;
        let all = head.len() < size;
        let text = check_text(&head, input.name())?;
        let bom = head.len() - text.len();
        let delimiter = options.delimiter.unwrap_or_else(|| infer::delimiter(text, all));
        match cut(text, all, delimiter, Limits { bytes: 1, rows: 1 }) {
            Ok(first) => {
                let fields = walk::rows(&text[..first.bytes], delimiter, 1).0.pop();
                let fields = fields
                    .ok_or_else(|| Error::Empty { path: path(), what: "there are only blank lines" })?;
                return Ok((delimiter, fields, if options.has_header { bom + first.bytes } else { bom }));
            }
            Err(NoCut::NeedMore) if all => {
                return Err(Error::Empty { path: path(), what: "there is no text" });
            }
            Err(NoCut::NeedMore) if size <= MAX_ROW => size *= 4,
            Err(NoCut::NeedMore) => return Err(Error::RowTooLong { path: path(), row: 0, limit: MAX_ROW }),
            Err(NoCut::Unclosed(_)) => return Err(Error::UnclosedQuote { path: path(), row: 0 }),
        }
    }
}

/// The text behind a byte order mark; an error if this is no text that can be read.
fn check_text<'a>(head: &'a [u8], name: &str) -> Result<&'a [u8], Error> {
    let unknown =
        |detail: &str| Err(Error::UnknownFormat { path: name.to_owned(), detail: detail.to_owned() });
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = head {
        return unknown("the text is UTF-16; convert it to UTF-8, for example with iconv");
    }
    if memchr::memchr(0, head).is_some() {
        return unknown("not a text table (it has zero bytes), and no format that is read starts like it");
    }
    if memchr::memchr(b'\n', head).is_none() && head.iter().filter(|&&b| b == b'\r').count() > 1 {
        return unknown("the lines end in a carriage return alone; convert it to \\n line ends");
    }
    Ok(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head))
}
