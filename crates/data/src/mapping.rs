//! The one place where a file is mapped, and where the kernel is asked what it holds of it.
//!
//! A mapped file must not be truncated by another program while it is mapped: touching a page that is gone raises `SIGBUS`,
//! which ends the process. No library can rule that out; the length is checked at open and before each pass, which leaves
//! the time of a pass, and [`Access::Read`](crate::Access::Read) avoids the mapping altogether.
#![allow(unsafe_code)]
use bytes::Bytes;
use std::fs::File;
use std::io;

/// Maps `file` read-only. The mapping lives as long as the last clone or slice of the answer.
pub(crate) fn map(file: &File) -> io::Result<Bytes> {
    // SAFETY: the mapping is private to this function and the `Bytes` that owns it, and is never written through. That no
    // other program truncates or rewrites the file meanwhile cannot be proved here; it is the documented condition above.
    // What is read from the map is only ever interpreted as bytes or `f64`, for which every bit pattern is valid.
    let map = unsafe { memmap2::Mmap::map(file)? };
    Ok(Bytes::from_owner(map))
}

/// Which share of up to `samples` pages, spread evenly over `map`, the page cache holds; `None` where the system does not say.
///
/// `map` must be what [`map`] returned, undivided: then it starts on a page boundary.
pub(crate) fn resident_share(map: &[u8], samples: usize) -> Option<f64> {
    let page = rustix::param::page_size();
    if !(map.as_ptr() as usize).is_multiple_of(page) || map.is_empty() || samples == 0 {
        return None;
    }
    let pages = map.len().div_ceil(page);
    let samples = samples.min(pages);
    let mut resident = 0;
    for k in 0..samples {
        let index = (pages as u128 * k as u128 / samples as u128) as usize;
        let start = &map[index * page..];
        let mut flag = 0u8;
        // SAFETY: `start` points into the mapping at a multiple of the page size from its page-aligned start (checked above),
        // the one byte asked about is inside the mapping, and the kernel writes one status byte, to `flag`.
        let status = unsafe { libc::mincore(start.as_ptr().cast_mut().cast(), 1, (&raw mut flag).cast()) };
        if status != 0 {
            return None;
        }
        resident += usize::from(flag & 1);
    }
    Some(resident as f64 / samples as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_written_is_resident() {
        let path = std::env::temp_dir().join(format!("ferronum-mapping-{}", std::process::id()));
        std::fs::write(&path, vec![7u8; 100_000]).unwrap();
        let bytes = map(&File::open(&path).unwrap()).unwrap();
        assert_eq!(bytes.len(), 100_000);
        assert!(bytes.iter().all(|&b| b == 7));
        assert!(resident_share(&bytes, 16).is_none_or(|share| share == 1.0));
        assert_eq!(resident_share(&bytes[1..], 16), None);
        std::fs::remove_file(&path).unwrap();
    }
}
