//! One pass over a source.
use crate::{Batch, Error, csv, dense, ipc, parquet_file};
use std::sync::Arc;

/// One pass over some columns of a [`Source`](crate::Source): an iterator of [`Chunk`]s in row order.
///
/// `next` does what must be done in sequence: it finds where rows end, reads, decompresses text. It ends after an error.
pub struct Scan {
    pieces: Pieces,
    len: u64,
    order: Option<Arc<[usize]>>,
    failed: bool,
}

pub(crate) enum Pieces {
    Csv(csv::Pieces),
    Parquet(parquet_file::Pieces),
    Ipc(ipc::Pieces),
    Dense(dense::Pieces),
}

impl Scan {
    pub(crate) fn new(pieces: Pieces, len: u64, order: Option<Arc<[usize]>>) -> Self {
        Self { pieces, len, order, failed: false }
    }

    /// Bytes of the file that the chunks given so far take, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        match &self.pieces {
            Pieces::Csv(pieces) => pieces.bytes_read(),
            Pieces::Parquet(pieces) => pieces.bytes_read(),
            Pieces::Ipc(pieces) => pieces.bytes_read(),
            Pieces::Dense(pieces) => pieces.bytes_read(),
        }
    }

    /// What [`Self::bytes_read`] will be at the end.
    pub fn bytes_total(&self) -> Option<u64> {
        match &self.pieces {
            Pieces::Parquet(pieces) => Some(pieces.bytes_total()),
            Pieces::Dense(pieces) => Some(pieces.bytes_total()),
            Pieces::Csv(_) | Pieces::Ipc(_) => Some(self.len),
        }
    }
}

impl Iterator for Scan {
    type Item = Result<Chunk, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let piece = match &mut self.pieces {
            Pieces::Csv(pieces) => pieces.next()?.map(Piece::Csv),
            Pieces::Parquet(pieces) => pieces.next()?.map(Piece::Parquet),
            Pieces::Ipc(pieces) => pieces.next()?.map(Piece::Ipc),
            Pieces::Dense(pieces) => pieces.next()?.map(Piece::Dense),
        };
        self.failed = piece.is_err();
        Some(piece.map(|piece| Chunk { piece, order: self.order.clone() }))
    }
}

/// Some rows that are not decoded yet. Holds some megabytes at most.
pub struct Chunk {
    piece: Piece,
    order: Option<Arc<[usize]>>,
}

enum Piece {
    Csv(csv::Piece),
    Parquet(parquet_file::Piece),
    Ipc(ipc::Piece),
    Dense(dense::Piece),
}

impl Chunk {
    /// Decodes the rows: the expensive part, for any thread.
    ///
    /// # Errors
    /// What is wrong with a row: [`Error::NotANumber`], [`Error::RaggedRow`], [`Error::InvalidUtf8`]; or with
    /// the file: [`Error::Damaged`], [`Error::Io`].
    pub fn decode(self) -> Result<Batch, Error> {
        let mut batch = match self.piece {
            Piece::Csv(piece) => piece.decode()?,
            Piece::Parquet(piece) => piece.decode()?,
            Piece::Ipc(piece) => piece.decode()?,
            Piece::Dense(piece) => piece.decode()?,
        };
        if let Some(order) = self.order {
            batch.columns = order.iter().map(|&i| batch.columns[i].clone()).collect();
        }
        Ok(batch)
    }
}

impl std::fmt::Debug for Scan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("bytes_read", &self.bytes_read()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Chunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunk").finish_non_exhaustive()
    }
}
