//! The smoother drawn through a cloud of points.
use crate::lowess::{Lowess, lowess};

/// Clouds larger than this are thinned, evenly in rank of x, before smoothing.
const SMOOTHED: usize = 20_000;
/// Of much larger clouds about this many points are looked at.
const DRAWN: usize = 8 * SMOOTHED;
/// Fewer points than this show no trend.
const FEWEST: usize = 5;

/// The robust lowess line of a cloud, or `None` where there is no trend to show: fewer than five points, or one value of x.
pub(crate) fn smoother(points: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
    let mut sorted = sampled(points);
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let n = sorted.len();
    if n > SMOOTHED {
        sorted = (0..SMOOTHED)
            .map(|i| sorted[(i as u64 * (n as u64 - 1) / (SMOOTHED as u64 - 1)) as usize])
            .collect();
    }
    if n < FEWEST {
        return None;
    }
    let (lo, hi) = (sorted[0].0, sorted[sorted.len() - 1].0);
    if hi - lo <= 1e-13 * lo.abs().max(hi.abs()) {
        return None;
    }
    // Both coordinates are brought to order 1, so that squares neither overflow nor vanish.
    let (x_mid, x_half) = (0.5 * lo + 0.5 * hi, 0.5 * hi - 0.5 * lo);
    let y_size = sorted.iter().map(|p| p.1.abs()).fold(0.0, f64::max);
    let y_size = if y_size > 0.0 { y_size } else { 1.0 };
    let x: Vec<f64> = sorted.iter().map(|p| (p.0 - x_mid) / x_half).collect();
    let y: Vec<f64> = sorted.iter().map(|p| p.1 / y_size).collect();
    let fitted = lowess(&x, &y, Lowess::default());
    let mut curve: Vec<(f64, f64)> = Vec::new();
    for (p, f) in sorted.iter().zip(fitted) {
        if f.is_finite() && curve.last().is_none_or(|last| last.0 < p.0) {
            curve.push((p.0, f * y_size));
        }
    }
    Some(thinned(curve, (lo, hi)))
}

/// All points, or about [`DRAWN`] of very many: those whose index, scrambled, comes out low. That is as good as a random sample
/// and the same each time; every k-th row would follow any rhythm in the rows.
fn sampled(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if points.len() <= 2 * DRAWN {
        return points.to_vec();
    }
    let low = u64::MAX / points.len() as u64 * DRAWN as u64;
    points.iter().enumerate().filter(|(i, _)| scramble(*i as u64) < low).map(|(_, p)| *p).collect()
}

/// The output function of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
fn scramble(i: u64) -> u64 {
    let mut z = i.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Leaves out points closer than a 400th of the range to the last one kept: the line between them is straight anyway.
fn thinned(curve: Vec<(f64, f64)>, (lo, hi): (f64, f64)) -> Vec<(f64, f64)> {
    let step = (0.5 * hi - 0.5 * lo) / 200.0;
    let last = curve.len().saturating_sub(1);
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (i, p) in curve.into_iter().enumerate() {
        if i == last || kept.last().is_none_or(|k| p.0 - k.0 >= step) {
            kept.push(p);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_points_take_the_time_of_thousands() {
        let points: Vec<(f64, f64)> =
            (0..200_000u32).map(|i| (f64::from(i), f64::from(i.wrapping_mul(2_654_435_761) >> 16))).collect();
        let curve = smoother(&points).unwrap();
        assert!(curve.len() <= 402, "{}", curve.len());
        assert!(curve.iter().all(|p| (p.1 - 32_768.0).abs() < 2_000.0));
    }

    #[test]
    fn nothing_to_smooth() {
        assert!(smoother(&[(1.0, 2.0); 100]).is_none());
        assert!(smoother(&[(1.0, 2.0), (2.0, 3.0)]).is_none());
        let huge: Vec<(f64, f64)> =
            (0..9).map(|i| (f64::MAX / 9.0 * f64::from(i), f64::MAX / 9.0 * f64::from(i))).collect();
        assert!(smoother(&huge).unwrap().iter().all(|p| p.1.is_finite()));
    }
}
