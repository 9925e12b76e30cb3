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
        let ranks = kept(n);
        let points = ranks.iter().map(|&i| (normal_quantile(plotting_position(i, n)), sorted[i])).collect();
        let (q1, q3) = if n == 0 { (0.0, 0.0) } else { (quantile(sorted, 0.25), quantile(sorted, 0.75)) };
        let z = normal_quantile(0.75);
        let slope = 0.5 * (q3 / z - q1 / z);
        let line = (slope > 0.0 && slope.is_finite()).then_some((0.5 * q1 + 0.5 * q3, slope));
        Self { points, ranks, line }
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

    #[test]
    fn constant_values_have_no_line() {
        assert!(NormalQuantiles::new(&[2.0; 5]).line.is_none());
    }
}
