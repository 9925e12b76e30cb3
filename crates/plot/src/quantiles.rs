//! Points of a normal quantile–quantile plot.
use crate::sample::quantile;
use ferronum_distuv::{ContinuousDistribution, Normal};

/// Above this many values the middle of the plot is thinned.
const THIN_FROM: usize = 2_000;
/// Order statistics kept at each end when thinning.
const TAIL: usize = 250;
/// Order statistics kept between the tails.
const MIDDLE: usize = 400;

/// Points and reference line of a normal Q–Q plot.
pub(crate) struct NormalQuantiles {
    /// Normal quantile, sample quantile; ascending.
    pub points: Vec<(f64, f64)>,
    /// For each point its rank among the values, from 0.
    pub ranks: Vec<usize>,
    /// Intercept and slope of the line through the quartiles; `None` where they coincide.
    pub line: Option<(f64, f64)>,
}

impl NormalQuantiles {
    /// From ascending finite values; large samples keep their tails and a middle even in normal quantiles.
    pub(crate) fn new(sorted: &[f64]) -> Self {
        let n = sorted.len();
        let (q1, q3) = if n == 0 { (0.0, 0.0) } else { (quantile(sorted, 0.25), quantile(sorted, 0.75)) };
        Self::at(sorted, |i| plotting_position(i, n), (q1, q3))
    }

    /// From ascending finite values of a subsample; `counts` are the numbers of values that each stands for. Each is plotted in the
    /// middle of the ranks of those.
    pub(crate) fn of_subsample(sorted: &[f64], counts: &[f64]) -> Self {
        let total: f64 = counts.iter().sum();
        let mut before = 0.0;
        let positions: Vec<f64> = counts
            .iter()
            .map(|count| {
                before += count;
                (before - 0.5 * count) / total
            })
            .collect();
        let quartile = |p: f64| at_position(sorted, &positions, p);
        Self::at(sorted, |i| positions[i], (quartile(0.25), quartile(0.75)))
    }

    fn at(sorted: &[f64], position: impl Fn(usize) -> f64, (q1, q3): (f64, f64)) -> Self {
        let ranks = kept(sorted.len());
        let points = ranks.iter().map(|&i| (normal_quantile(position(i)), sorted[i])).collect();
        let z = normal_quantile(0.75);
        let slope = 0.5 * (q3 / z - q1 / z);
        let line = (slope > 0.0 && slope.is_finite()).then_some((0.5 * q1 + 0.5 * q3, slope));
        Self { points, ranks, line }
    }
}

/// The value at probability `p`, linear between the ascending positions of the values.
fn at_position(sorted: &[f64], positions: &[f64], p: f64) -> f64 {
    let above = positions.partition_point(|position| *position < p);
    match (above.checked_sub(1), positions.get(above)) {
        (Some(below), Some(high)) => {
            let t = (p - positions[below]) / (high - positions[below]);
            sorted[below] * (1.0 - t) + sorted[above] * t
        }
        (Some(last), None) => sorted[last],
        (None, _) => sorted.first().copied().unwrap_or(0.0),
    }
}

/// Probability at which the `i`-th of `n` order statistics is plotted, `i` from 0: `(i + 1 − a) / (n + 1 − 2a)`, a = 3/8 up to ten
/// values and 1/2 beyond, as R's `ppoints`.
pub(crate) fn plotting_position(i: usize, n: usize) -> f64 {
    let a = if n <= 10 { 0.375 } else { 0.5 };
    (i as f64 + 1.0 - a) / (n as f64 + 1.0 - 2.0 * a)
}

pub(crate) fn normal_quantile(p: f64) -> f64 {
    Normal::standard().quantile(p)
}

/// The ranks drawn.
fn kept(n: usize) -> Vec<usize> {
    if n <= THIN_FROM {
        return (0..n).collect();
    }
    let (first, last) = (TAIL, n - 1 - TAIL);
    let (a, b) = (normal_quantile(plotting_position(first, n)), normal_quantile(plotting_position(last, n)));
    let middle = (0..=MIDDLE).map(|j| {
        let z = a + (b - a) * j as f64 / MIDDLE as f64;
        // The rank whose normal quantile is nearest to z.
        let p = Normal::standard().cdf(z);
        ((p * n as f64 - 0.5).round().max(0.0) as usize).clamp(first, last)
    });
    let mut ranks: Vec<usize> = (0..first).chain(middle).chain(last..n).collect();
    ranks.dedup();
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::{assert_lre, numbers, read_json};
    use std::path::Path;

    #[test]
    fn positions_and_quantiles_agree_with_r() {
        let golden =
            read_json(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/figures.json"))).unwrap();
        for name in ["qq_ten", "qq_mtcars"] {
            let field = |field: &str| numbers(&golden[name][field]).unwrap();
            let (y, positions, theoretical) = (field("y"), field("ppoints"), field("theoretical"));
            let plot = NormalQuantiles::new(&y);
            for i in 0..y.len() {
                assert_lre!(plotting_position(i, y.len()), positions[i], 15.0, "{name} {i}");
                assert_lre!(plot.points[i].0, theoretical[i], 14.0, "{name} {i}");
                assert_eq!(plot.points[i].1, y[i]);
            }
            let quartiles = field("quartiles");
            let (intercept, slope) = plot.line.unwrap();
            let z = 0.674_489_750_196_081_7;
            assert_lre!(intercept - z * slope, quartiles[0], 14.0, "{name}");
            assert_lre!(intercept + z * slope, quartiles[1], 14.0, "{name}");
        }
    }

    #[test]
    fn thinning_keeps_both_tails_and_the_order() {
        let ranks = kept(1_000_000);
        assert!(ranks.len() < 2 * TAIL + MIDDLE + 3);
        assert!(ranks.windows(2).all(|w| w[0] < w[1]), "ascending");
        assert_eq!((ranks[0], ranks[TAIL - 1], ranks[ranks.len() - 1]), (0, TAIL - 1, 999_999));
        assert_eq!(kept(2_000).len(), 2_000);
        assert_eq!(kept(0).len(), 0);
    }

    /// Every eighth of four million normal values and the 500 most extreme, with and without the numbers they stand for.
    #[test]
    fn a_subsample_with_its_extremes_stays_on_the_line() {
        let (n, stride) = (4_000_000_usize, 8);
        let rank_kept = |i: usize| i < 250 || i >= n - 250 || i % stride == 3;
        let ranks: Vec<usize> = (0..n).filter(|&i| rank_kept(i)).collect();
        let values: Vec<f64> = ranks.iter().map(|&i| normal_quantile(plotting_position(i, n))).collect();
        let share = (n - 500) as f64 / (ranks.len() - 500) as f64;
        let counts: Vec<f64> =
            ranks.iter().map(|&i| if i < 250 || i >= n - 250 { 1.0 } else { share }).collect();
        let off = |plot: &NormalQuantiles| plot.points.iter().map(|(z, x)| (z - x).abs()).fold(0.0, f64::max);
        let plot = NormalQuantiles::of_subsample(&values, &counts);
        assert!(off(&plot) < 0.01, "{}", off(&plot));
        let (intercept, slope) = plot.line.unwrap();
        assert!(intercept.abs() < 1e-5 && (slope - 1.0).abs() < 1e-5, "{intercept} {slope}");
        assert!(off(&NormalQuantiles::new(&values)) > 0.4, "{}", off(&NormalQuantiles::new(&values)));
    }

    #[test]
    fn entries_that_stand_for_one_are_plotted_as_all_values_are() {
        let values: Vec<f64> = (0..40).map(|i| f64::from(i * i)).collect();
        let (one, all) = (NormalQuantiles::of_subsample(&values, &[1.0; 40]), NormalQuantiles::new(&values));
        for (one, all) in one.points.iter().zip(&all.points) {
            assert!((one.0 - all.0).abs() < 1e-14 && one.1 == all.1);
        }
    }

    #[test]
    fn constant_values_have_no_line() {
        assert!(NormalQuantiles::of_subsample(&[2.0; 5], &[3.0; 5]).line.is_none());
        assert!(NormalQuantiles::new(&[2.0; 5]).line.is_none());
    }
}
