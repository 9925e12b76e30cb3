//! One pass over a source: batches are worked on by threads and taken in order.
use crate::Error;
use crate::cache::Cache;
use ferronum_data::{Batch, Source};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// How far a pass has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What the pass is for: `levels`, `fit`, `digits`, `covariance`, `diagnostics`, `describe`, `predict`.
    pub pass: &'static str,
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// Bytes that the pass will read, if known.
    pub total: Option<u64>,
}

/// What is told of progress, after each batch, on the thread that called.
pub type Progressing<'a> = &'a (dyn Fn(Progress) + Sync);

/// Batches that may be ahead of the one to be taken next, for each thread.
const AHEAD: u64 = 3;

/// Gives the batch of a piece that was read.
type Decode = Box<dyn FnOnce() -> Result<Arc<Batch>, Error> + Send>;

/// Reads the next piece; gives the bytes read so far with it.
type Pieces = Box<dyn FnMut() -> Option<(Decode, u64)> + Send>;

/// A pass to be made.
pub(crate) struct Pass<'a> {
    pub source: &'a Source,
    pub columns: &'a [usize],
    pub threads: usize,
    pub name: &'static str,
    pub progress: Option<Progressing<'a>>,
    /// Where decoded batches are kept for the passes that follow, if any do.
    pub cache: Option<&'a Cache>,
}

/// The number of threads used where none is asked for: as many as the machine offers.
pub fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Pass<'_> {
    /// Calls `work` on each batch, on any thread, and `take` on each result, on this thread, in the order of the file.
    ///
    /// The first error in the order of the file is returned, whatever the number of threads.
    pub fn run<T: Send>(
        &self,
        work: impl Fn(&Batch) -> Result<T, Error> + Sync,
        mut take: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (mut pieces, total) = self.pieces()?;
        let filled = self.cache.filter(|cache| cache.wants());
        let work = |batch: Arc<Batch>| {
            let made = work(&batch)?;
            Ok((made, filled.is_some_and(Cache::wants).then_some(batch)))
        };
        let mut take = |result: Result<(T, Option<Arc<Batch>>), Error>, bytes: u64| {
            let (made, batch) = result?;
            if let (Some(cache), Some(batch)) = (filled, batch) {
                cache.keep(batch);
            }
            take(made)?;
            if let Some(progress) = self.progress {
                progress(Progress { pass: self.name, bytes, total });
            }
            Ok::<(), Error>(())
        };
        if self.threads <= 1 {
            while let Some((decode, bytes)) = pieces() {
                take(decode().and_then(&work), bytes)?;
            }
        } else {
            self.share(pieces, &work, &mut take)?;
        }
        if let Some(cache) = filled {
            cache.complete();
        }
        Ok(())
    }

    /// The pieces of the file, or the batches kept from an earlier pass, and the bytes that there will be.
    fn pieces(&self) -> Result<(Pieces, Option<u64>), Error> {
        if let Some(batches) = self.cache.and_then(Cache::batches) {
            let (mut at, total) = (0, self.source.byte_len());
            let pieces: Pieces = Box::new(move || {
                let batch = Arc::clone(batches.get(at)?);
                at += 1;
                let decode: Decode = Box::new(move || Ok(batch));
                Some((decode, (total as f64 * at as f64 / batches.len() as f64) as u64))
            });
            return Ok((pieces, Some(total)));
        }
        let mut scan = self.source.scan(self.columns)?;
        let total = scan.bytes_total();
        let pieces: Pieces = Box::new(move || {
            let chunk = scan.next()?;
            let decode: Decode = Box::new(move || Ok(Arc::new(chunk?.decode()?)));
            Some((decode, scan.bytes_read()))
        });
        Ok((pieces, total))
    }

    /// The pass on several threads.
    fn share<T: Send>(
        &self,
        pieces: Pieces,
        work: &(impl Fn(Arc<Batch>) -> Result<T, Error> + Sync),
        take: &mut impl FnMut(Result<T, Error>, u64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let shared = Shared {
            pieces: Mutex::new((pieces, 0)),
            bytes: AtomicU64::new(0),
            queue: Mutex::new(Queue { ready: BTreeMap::new(), next: 0, live: self.threads, stopped: false }),
            changed: Condvar::new(),
            ahead: AHEAD * self.threads as u64,
        };
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| shared.work(work));
            }
            let _stop = Stop(&shared);
            while let Some(result) = shared.next() {
                take(result, shared.bytes.load(Ordering::Relaxed))?;
            }
            Ok::<(), Error>(())
        })
    }
}

/// What the threads of a pass share.
struct Shared<T> {
    /// The scan, and the number of the piece it gives next.
    pieces: Mutex<(Pieces, u64)>,
    bytes: AtomicU64,
    queue: Mutex<Queue<T>>,
    changed: Condvar,
    ahead: u64,
}

struct Queue<T> {
    ready: BTreeMap<u64, Result<T, Error>>,
    next: u64,
    live: usize,
    stopped: bool,
}

impl<T> Shared<T> {
    /// The loop of one worker: ends at the end of the scan, or when the taker stops.
    fn work(&self, work: &impl Fn(Arc<Batch>) -> Result<T, Error>) {
        let _leave = Leave(self);
        loop {
            let (number, decode) = {
                let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
                // Waiting for room with the scan held keeps the others from reading further.
                if !self.wait_for_room(pieces.1) {
                    return;
                }
                let Some((decode, bytes)) = (pieces.0)() else { return };
                self.bytes.store(bytes, Ordering::Relaxed);
                pieces.1 += 1;
                (pieces.1 - 1, decode)
            };
            let result = decode().and_then(work);
            let mut queue = self.lock();
            if queue.stopped {
                return;
            }
            queue.ready.insert(number, result);
            self.changed.notify_all();
        }
    }

    fn wait_for_room(&self, number: u64) -> bool {
        let mut queue = self.lock();
        while !queue.stopped && number >= queue.next + self.ahead {
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        !queue.stopped
    }

    /// The next result in order; `None` when all workers have left and it is not there.
    fn next(&self) -> Option<Result<T, Error>> {
        let mut queue = self.lock();
        loop {
            let next = queue.next;
            if let Some(result) = queue.ready.remove(&next) {
                queue.next += 1;
                self.changed.notify_all();
                return Some(result);
            }
            if queue.live == 0 {
                return None;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker that leaves, even by a panic.
struct Leave<'a, T>(&'a Shared<T>);

impl<T> Drop for Leave<'_, T> {
    fn drop(&mut self) {
        self.0.lock().live -= 1;
        self.0.changed.notify_all();
    }
}

/// The taker that leaves: workers stop at their next batch.
struct Stop<'a, T>(&'a Shared<T>);

impl<T> Drop for Stop<'_, T> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
}
