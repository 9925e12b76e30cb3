//! Decoded batches kept between the passes of one fit.
use ferronum_data::{Batch, Column};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most bytes of numbers and codes that are kept. Data beyond is decoded anew in each pass.
const MOST: usize = 32 << 20;

/// The batches of the first pass, in the order of the file, if they are small: a second pass then needs no decoding.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Kept>);

enum Kept {
    /// The pass that fills it is to come, or under way.
    Part(Vec<Arc<Batch>>, usize),
    All(Arc<[Arc<Batch>]>),
    TooMuch,
}

impl Default for Kept {
    fn default() -> Self {
        Self::Part(Vec::new(), 0)
    }
}

impl Cache {
    /// All batches, if they are there; otherwise a pass that fills the cache starts.
    pub fn batches(&self) -> Option<Arc<[Arc<Batch>]>> {
        let mut kept = self.lock();
        match &mut *kept {
            Kept::All(batches) => Some(Arc::clone(batches)),
            Kept::Part(..) => {
                *kept = Kept::default();
                None
            }
            Kept::TooMuch => None,
        }
    }

    /// Whether batches are to be given to [`Self::keep`].
    pub fn wants(&self) -> bool {
        matches!(*self.lock(), Kept::Part(..))
    }

    /// Takes the next batch in the order of the file.
    pub fn keep(&self, batch: Arc<Batch>) {
        let mut kept = self.lock();
        if let Kept::Part(batches, bytes) = &mut *kept {
            *bytes += batch.columns.iter().map(size).sum::<usize>();
            if *bytes > MOST {
                *kept = Kept::TooMuch;
            } else {
                batches.push(batch);
            }
        }
    }

    /// Says that the pass has come to its end.
    pub fn complete(&self) {
        let mut kept = self.lock();
        if let Kept::Part(batches, _) = &mut *kept {
            *kept = Kept::All(std::mem::take(batches).into());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(column: &Column) -> usize {
    match column {
        Column::Numbers(values) => 8 * values.len(),
        Column::Labels { codes, levels } => {
            4 * codes.len() + levels.iter().map(|l| l.len() + size_of::<String>()).sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(first_row: u64, rows: usize) -> Arc<Batch> {
        Arc::new(Batch { first_row, rows, columns: vec![Column::Numbers(vec![0.0; rows])] })
    }

    #[test]
    fn small_data_is_kept_in_order_and_only_when_complete() {
        let cache = Cache::default();
        assert!(cache.batches().is_none() && cache.wants());
        cache.keep(batch(0, 10));
        // A pass that was broken off leaves nothing behind.
        assert!(cache.batches().is_none());
        cache.keep(batch(0, 10));
        cache.keep(batch(10, 5));
        cache.complete();
        let first: Vec<u64> = cache.batches().unwrap().iter().map(|batch| batch.first_row).collect();
        assert_eq!(first, [0, 10]);
        assert!(!cache.wants());
    }

    #[test]
    fn large_data_is_not_kept() {
        let cache = Cache::default();
        for at in 0..5 {
            cache.keep(batch(at << 20, 1 << 20));
        }
        assert!(!cache.wants());
        cache.complete();
        assert!(cache.batches().is_none());
    }
}
