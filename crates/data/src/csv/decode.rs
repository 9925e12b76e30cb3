//! A piece of delimited text to the columns asked for.
use super::missing::MissingTokens;
use super::walk::{Visit, walk};
use crate::intern::Interner;
use crate::{Batch, Column, Error, Field, Kind};
use bytes::Bytes;
use std::sync::Arc;

/// What all pieces of a file share.
#[derive(Debug)]
pub(super) struct Layout {
    pub name: String,
    pub delimiter: u8,
    pub missing: MissingTokens,
    pub fields: Vec<Field>,
    pub infer_rows: usize,
}

/// Whole rows of text, their number known.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(super) text: Bytes,
    pub(super) first_row: u64,
    pub(super) rows: u64,
    pub(super) layout: Arc<Layout>,
    /// For each field of a row the position among the columns asked for.
    pub(super) slots: Arc<[Option<usize>]>,
}

impl Piece {
    pub fn decode(self) -> Result<Batch, Error> {
        let layout = &*self.layout;
        let rows = self.rows as usize;
        let mut wanted: Vec<(usize, usize)> = self
            .slots
            .iter()
            .enumerate()
            .filter_map(|(field, slot)| slot.map(|slot| (slot, field)))
            .collect();
        wanted.sort_unstable();
        let columns =
            wanted.iter().map(|&(_, field)| Builder::new(layout.fields[field].kind, rows)).collect();
        let mut decoder = Decoder { layout, slots: &self.slots, columns, row: self.first_row };
        walk(&self.text, layout.delimiter, &mut decoder)?;
        let rows = (decoder.row - self.first_row) as usize;
        let columns = decoder.columns.into_iter().map(Builder::finish).collect();
        Ok(Batch { first_row: self.first_row, rows, columns })
    }
}

enum Builder {
    Numbers(Vec<f64>),
    Labels { codes: Vec<u32>, interner: Interner },
}

impl Builder {
    fn new(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Number => Self::Numbers(Vec::with_capacity(rows)),
            Kind::Text => Self::Labels { codes: Vec::with_capacity(rows), interner: Interner::default() },
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Numbers(values) => Column::Numbers(values),
            Self::Labels { codes, interner } => Column::Labels { codes, levels: interner.into_levels() },
        }
    }
}

struct Decoder<'a> {
    layout: &'a Layout,
    slots: &'a [Option<usize>],
    columns: Vec<Builder>,
    /// 0-based, in the file.
    row: u64,
}

impl Visit for Decoder<'_> {
    type Error = Error;

    #[inline]
    fn field(&mut self, index: usize, token: &[u8]) -> Result<(), Error> {
        let Some(&Some(slot)) = self.slots.get(index) else { return Ok(()) };
        match &mut self.columns[slot] {
            Builder::Numbers(values) => match self.layout.missing.number(token) {
                Some(value) => values.push(value),
                None => return Err(not_a_number(self.layout, self.row, index, token)),
            },
            Builder::Labels { codes, interner } => {
                let code = interner.code(token, |token| match std::str::from_utf8(token) {
                    Ok(_) => Ok(!self.layout.missing.contains(token)),
                    Err(_) => Err(invalid_utf8(self.layout, self.row, index)),
                })?;
                codes.push(code);
            }
        }
        Ok(())
    }

    #[inline]
    fn row(&mut self, fields: usize, _: usize) -> Result<(), Error> {
        self.row += 1;
        match fields == self.slots.len() {
            true => Ok(()),
            false => Err(ragged(self.layout, self.row, fields)),
        }
    }

    fn unclosed(&mut self, _: usize) -> Result<(), Error> {
        Err(Error::UnclosedQuote { path: self.layout.name.clone(), row: self.row + 1 })
    }
}

#[cold]
fn not_a_number(layout: &Layout, row: u64, index: usize, token: &[u8]) -> Error {
    Error::NotANumber {
        path: layout.name.clone(),
        row: row + 1,
        column: layout.fields[index].name.clone(),
        token: shorten(token),
        infer_rows: layout.infer_rows,
    }
}

#[cold]
fn invalid_utf8(layout: &Layout, row: u64, index: usize) -> Error {
    Error::InvalidUtf8 { path: layout.name.clone(), row: row + 1, column: layout.fields[index].name.clone() }
}

/// The error for 1-based `row`.
#[cold]
pub(super) fn ragged(layout: &Layout, row: u64, found: usize) -> Error {
    Error::RaggedRow { path: layout.name.clone(), row, expected: layout.fields.len(), found }
}

/// A token for a message: on one line and not too long.
fn shorten(token: &[u8]) -> String {
    let text = String::from_utf8_lossy(token).replace(['\n', '\r'], " ");
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
