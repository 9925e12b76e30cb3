//! Whether to map a file or to read it, by what the page cache holds.
//!
//! Measured with `examples/throughput.rs` on 2 GB of raw rows in blocks of 8 MB, one thread, best of seven passes on a
//! two-core virtual machine with a virtual disk and other work going on; seconds of the pass, which adds all numbers, relative to the
//! best way:
//!
//! | | map | read | direct | `dd bs=8M` |
//! |---|---|---|---|---|
//! | warm | 1 | 1.7 | 5 | – |
//! | cold | 1.2 | 1 | 1.3 | 1.1 |
//! | cold, processor seconds | 0.5 | 1 | 0.5 | – |
//!
//! When the machine is busy the cold passes spread: mapped ones up to 4 times the best, because each fault waits for the
//! disk in the middle of the arithmetic. Direct reads leave nothing in the cache for the next pass, but also throw nothing out
//! of it: they are for files that could not stay there.
use crate::options::Access;

/// How one pass takes the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Through the mapping: no copy, a page fault where pages are touched first.
    Map,
    /// By large reads through the page cache.
    Read,
    /// By large reads past the page cache.
    Direct,
}

/// Pages looked at for the decision.
pub(crate) const SAMPLES: usize = 256;

/// The share of pages in the page cache from which a file counts as warm.
const WARM: f64 = 0.95;

/// Bytes of one read of a cold text file.
pub(crate) const READ_BLOCK: usize = 4 << 20;

/// The way for a file of `len` bytes of which the share `resident` is in the page cache, on a machine with `memory` bytes
/// (`None`: not known).
pub(crate) fn choose(access: Access, len: u64, resident: Option<f64>, memory: Option<u64>) -> Way {
    match access {
        Access::Map => Way::Map,
        Access::Read => Way::Read,
        Access::Direct => Way::Direct,
        Access::Auto if resident.is_none_or(|share| share >= WARM) => Way::Map,
        Access::Auto if memory.is_some_and(|memory| len > memory / 4 * 3) => Way::Direct,
        Access::Auto => Way::Read,
    }
}

/// Bytes of memory of the machine, where the system says so.
pub(crate) fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_files_are_mapped_and_cold_ones_read() {
        let auto = |resident, memory| choose(Access::Auto, 1000, resident, memory);
        assert_eq!(auto(Some(1.0), Some(1)), Way::Map);
        assert_eq!(auto(None, None), Way::Map);
        assert_eq!(auto(Some(0.5), None), Way::Read);
        assert_eq!(auto(Some(0.0), Some(2000)), Way::Read);
        assert_eq!(auto(Some(0.0), Some(1200)), Way::Direct);
        assert_eq!(choose(Access::Read, 1000, Some(1.0), None), Way::Read);
        assert_eq!(choose(Access::Direct, 1000, Some(1.0), None), Way::Direct);
        assert_eq!(choose(Access::Map, 1000, Some(0.0), None), Way::Map);
    }

    #[test]
    fn the_machine_has_memory() {
        assert!(memory().is_none_or(|bytes| bytes > 1 << 20));
    }
}
