//! One pass over the text of a file, cut into pieces of whole rows: the sequential part of reading.
use super::decode::{Layout, Piece};
use super::split::{Limits, NoCut, cut};
use super::walk;
use crate::Error;
use crate::compression::Compression;
use crate::input::Input;
use crate::residency::{READ_BLOCK, Way};
use bytes::Bytes;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest row, in bytes.
pub(super) const MAX_ROW: usize = 16 << 20;

/// Where the text is.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub input: Arc<Input>,
    pub compression: Compression,
    /// Where the first data row starts.
    pub start: usize,
}

/// Whole rows of the text.
pub(super) struct CutText {
    pub text: Bytes,
    pub first_row: u64,
    pub rows: u64,
}

/// The text of one pass, cut.
pub(super) struct Cuts {
    window: Window,
    /// The part of the window that is cut already.
    done: usize,
    row: u64,
    limits: Limits,
    name: String,
    delimiter: u8,
    compression: Compression,
}

/// The part of the text that is in reach.
enum Window {
    /// The whole text, mapped or embedded.
    Whole(Bytes),
    /// A reader and what it has given and is not cut yet.
    Stream { reader: Box<dyn Read + Send>, position: Arc<AtomicU64>, text: Bytes, skip: usize, end: bool },
}

impl Cuts {
    pub fn new(text: &Text, layout: &Layout, limits: Limits) -> Result<Self, Error> {
        text.input.check_length()?;
        let (window, done) = match (text.compression, text.input.way()) {
            (Compression::None, Way::Map) => (Window::Whole(text.input.bytes()?), text.start),
            _ => {
                let reader = text.input.reader();
                let position = reader.position();
                let reader = text.compression.reader(reader, text.input.name())?;
                (Window::Stream { reader, position, text: Bytes::new(), skip: text.start, end: false }, 0)
            }
        };
        let (name, delimiter, compression) = (layout.name.clone(), layout.delimiter, text.compression);
        Ok(Self { window, done, row: 0, limits, name, delimiter, compression })
    }

    /// Bytes of the file taken so far.
    pub fn bytes_read(&self) -> u64 {
        match &self.window {
            Window::Whole(_) => self.done as u64,
            Window::Stream { position, .. } => position.load(Ordering::Relaxed),
        }
    }

    /// The next piece, `None` at the end.
    fn step(&mut self) -> Result<Option<CutText>, Error> {
        let mut reach = self.limits.bytes;
        loop {
            let all = self.extend(reach)?;
            let text = match &self.window {
                Window::Whole(text) => &text[self.done..(self.done.saturating_add(reach)).min(text.len())],
                Window::Stream { text, .. } => &text[self.done..],
            };
            if text.is_empty() && all {
                return Ok(None);
            }
            match cut(text, all, self.delimiter, self.limits) {
                Ok(found) if found.bytes > MAX_ROW => return Err(self.too_long()),
                Ok(found) => {
                    let range = self.done..self.done + found.bytes;
                    let (Window::Whole(text) | Window::Stream { text, .. }) = &self.window;
                    let piece = CutText { text: text.slice(range), first_row: self.row, rows: found.rows };
                    self.done += found.bytes;
                    self.row += found.rows;
                    if found.rows > 0 {
                        return Ok(Some(piece));
                    }
                }
                Err(NoCut::Unclosed(_)) => return Err(self.unclosed()),
                Err(NoCut::NeedMore) if text.len() <= MAX_ROW => {
                    reach = (2 * text.len().max(reach)).min(MAX_ROW + 1)
                }
                Err(NoCut::NeedMore) if walk::rows(text, self.delimiter, 1).1.is_some() => {
                    return Err(self.unclosed());
                }
                Err(NoCut::NeedMore) => return Err(self.too_long()),
            }
        }
    }

    fn too_long(&self) -> Error {
        Error::RowTooLong { path: self.name.clone(), row: self.row + 1, limit: MAX_ROW }
    }

    fn unclosed(&self) -> Error {
        Error::UnclosedQuote { path: self.name.clone(), row: self.row + 1 }
    }

    /// Brings more than `reach` bytes into the window; says whether the text ends within its reach.
    fn extend(&mut self, reach: usize) -> Result<bool, Error> {
        let (reader, text, skip, end) = match &mut self.window {
            Window::Whole(text) => return Ok(text.len() - self.done <= reach),
            Window::Stream { reader, text, skip, end, .. } => (reader, text, skip, end),
        };
        if *end || text.len() - self.done > reach {
            return Ok(*end);
        }
        let rest = &text[self.done..];
        let target = rest.len() + READ_BLOCK.max(reach);
        let mut window = Vec::with_capacity(target);
        window.extend_from_slice(rest);
        while window.len() < target {
            let limit = (target - window.len() + *skip) as u64;
            let got = reader.by_ref().take(limit).read_to_end(&mut window);
            let got = got.map_err(|e| self.compression.error(&self.name, &e))?;
            let skipped = (*skip).min(window.len());
            if skipped > 0 {
                // Only before the first row, with nothing left over from earlier.
                window.drain(..skipped);
                *skip -= skipped;
            }
            if (got as u64) < limit {
                *end = true;
                break;
            }
        }
        *text = Bytes::from(window);
        self.done = 0;
        Ok(*end)
    }
}

impl Iterator for Cuts {
    type Item = Result<CutText, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// One pass over some columns.
pub(crate) struct Pieces {
    cuts: Cuts,
    layout: Arc<Layout>,
    slots: Arc<[Option<usize>]>,
}

impl Pieces {
    pub(super) fn new(
        text: &Text,
        layout: &Arc<Layout>,
        columns: &[usize],
        limits: Limits,
    ) -> Result<Self, Error> {
        let mut slots = vec![None; layout.fields.len()];
        for (slot, &column) in columns.iter().enumerate() {
            slots[column] = Some(slot);
        }
        Ok(Self { cuts: Cuts::new(text, layout, limits)?, layout: layout.clone(), slots: slots.into() })
    }

    pub fn bytes_read(&self) -> u64 {
        self.cuts.bytes_read()
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let piece = self.cuts.next()?;
        Some(piece.map(|CutText { text, first_row, rows }| Piece {
            text,
            first_row,
            rows,
            layout: self.layout.clone(),
            slots: self.slots.clone(),
        }))
    }
}
