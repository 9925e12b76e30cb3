//! Statistics as states that grow by batches and merge.
//!
//! One state serves data in memory, data that streams past, data split over threads and data split over machines. A
//! statistic computed in one call is the same code as one fed batch by batch.
//!
//! # Grid
//! A batch is cut into chunks of [`CHUNK_ROWS`] rows from its start, and chunks are combined by a fixed binary tree. Which
//! thread computes a chunk does not matter, so the bits of a result do not depend on the number of threads; and batches
//! that end on multiples of [`CHUNK_ROWS`] give the bits of one large batch.
//!
//! ```
//! use ferronum_stat::online::{Moments, OnlineState};
//! let mut first = Moments::new();
//! first.update(&[1.0, 2.0, 3.0])?;
//! let mut second = Moments::new();
//! second.update(&[4.0, 5.0])?;
//! first.merge(&second)?;
//! let summary = first.finish()?;
//! assert_eq!((summary.count, summary.mean, summary.variance), (5, 3.0, 2.5));
//! # Ok::<(), ferronum_stat::Error>(())
//! ```
pub(crate) mod bytes;
mod comoments;
mod moments;
mod node;
#[cfg(test)]
mod tests;
mod tree;

pub use comoments::{CoMoments, CoMomentsSummary};
pub use moments::{Moments, MomentsSummary};

use crate::Error;

/// Rows of one chunk, the unit of the fixed grid on which sums are combined.
pub const CHUNK_ROWS: usize = 8192;

/// A statistic that is accumulated.
pub trait OnlineState: Sized {
    /// What one update reads.
    type Batch<'a>: ?Sized
    where
        Self: 'a;
    /// What the state says at the end.
    type Output;

    /// Takes in a batch of observations.
    ///
    /// # Errors
    /// As the state says; after an error the state is unchanged.
    fn update(&mut self, batch: &Self::Batch<'_>) -> Result<(), Error>;

    /// Takes in all that `other` has seen, as if its batches had followed those of `self`.
    ///
    /// # Errors
    /// [`Error::Merge`] if the two do not count the same thing; `self` is then unchanged.
    fn merge(&mut self, other: &Self) -> Result<(), Error>;

    /// The statistic of what has been seen so far.
    ///
    /// # Errors
    /// [`Error::TooFewRows`] if that is not enough, and others as the state says.
    fn finish(&self) -> Result<Self::Output, Error>;

    /// The state as bytes: versioned, little-endian, closed by a CRC-32.
    fn to_bytes(&self) -> Vec<u8>;

    /// A state from the bytes of [`Self::to_bytes`].
    ///
    /// # Errors
    /// [`Error::Bytes`] if they are cut, damaged, of another type or of a later version.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error>;
}
