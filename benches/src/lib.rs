//! What the benchmarks of Ferronum share: medians, percentiles, memory readings and the page cache.
use std::fs::File;
use std::io;
use std::path::Path;

/// Median of some measurements; NaN of none.
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// The value below which a share `p` of the measurements lies (nearest rank); NaN of none.
pub fn percentile(values: &[f64], p: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (p * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}

/// Anonymous resident memory of this process in bytes (`RssAnon`: no mapped pages), where the system tells.
pub fn anonymous_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}

/// Drops the pages of a file from the page cache, after writing them out.
pub fn evict(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    file.sync_all()?;
    Ok(rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn percentiles_by_nearest_rank() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(super::median(&values), 2.0);
        assert_eq!(super::percentile(&values, 0.99), 4.0);
        assert!(super::median(&[]).is_nan());
    }
}
