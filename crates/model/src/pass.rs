//! One pass over a source: batches are worked on by threads and taken in order.
use crate::Error;
use ferronum_data::{Batch, Source};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How far a pass has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What the pass is for: `levels`, `fit`, `covariance`, `diagnostics`, `describe`, `predict`.
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
type Decode = Box<dyn FnOnce() -> Result<Batch, Error> + Send>;

/// Reads the next piece; gives the bytes read so far with it.
type Pieces = Box<dyn FnMut() -> Option<(Decode, u64)> + Send>;

/// A pass to be made.
pub(crate) struct Pass<'a> {
    pub source: &'a Source,
    pub columns: &'a [usize],
    pub threads: usize,
    pub name: &'static str,
    pub progress: Option<Progressing<'a>>,
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
        work: impl Fn(Batch) -> Result<T, Error> + Sync,
        mut take: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut scan = self.source.scan(self.columns)?;
        let total = scan.bytes_total();
        let mut pieces: Pieces = Box::new(move || {
            let chunk = scan.next()?;
            let decode: Decode = Box::new(move || Ok(chunk?.decode()?));
            Some((decode, scan.bytes_read()))
        });
        let mut take = |result: Result<T, Error>, bytes: u64| {
            take(result?)?;
            if let Some(progress) = self.progress {
                progress(Progress { pass: self.name, bytes, total });
            }
            Ok::<(), Error>(())
        };
        if self.threads <= 1 {
            while let Some((decode, bytes)) = pieces() {
                take(decode().and_then(&work), bytes)?;
            }
            return Ok(());
        }
        let shared = Shared {
            pieces: Mutex::new((pieces, 0)),
            bytes: AtomicU64::new(0),
            queue: Mutex::new(Queue { ready: BTreeMap::new(), next: 0, live: self.threads, stopped: false }),
            changed: Condvar::new(),
            ahead: AHEAD * self.threads as u64,
        };
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| shared.work(&work));
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
    fn work(&self, work: &impl Fn(Batch) -> Result<T, Error>) {
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
