//! Whether to map a file or to read it, by what the page cache holds.
use crate::options::Access;

/// How one pass takes the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Through the mapping: no copy, a page fault for each 4 KiB at first touch.
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

/// Bytes of one read of a cold file.
pub(crate) const READ_BLOCK: usize = 4 << 20;

/// The way for a file of which the share `resident` is in the page cache (`None`: not known).
pub(crate) fn choose(access: Access, resident: Option<f64>) -> Way {
    match access {
        Access::Map => Way::Map,
        Access::Read => Way::Read,
        Access::Direct => Way::Direct,
        Access::Auto => match resident {
            Some(share) if share < WARM => Way::Read,
            _ => Way::Map,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_files_are_mapped_and_cold_ones_read() {
        assert_eq!(choose(Access::Auto, Some(1.0)), Way::Map);
        assert_eq!(choose(Access::Auto, Some(0.5)), Way::Read);
        assert_eq!(choose(Access::Auto, None), Way::Map);
        assert_eq!(choose(Access::Read, Some(1.0)), Way::Read);
        assert_eq!(choose(Access::Direct, Some(1.0)), Way::Direct);
    }
}
