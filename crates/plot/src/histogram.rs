//! Histograms.
use crate::axis::Axis;
use crate::panel::{Page, Words};
use crate::sample::{left_out, quantile, sorted_finite};
use crate::style::DATA;
use crate::ticks::{self, decimal};
use crate::words::titled;
use crate::{Error, Figure};
use plotters::element::Rectangle;
use plotters::style::{Color, RGBAColor};

const FIGURE: &str = "histogram";
/// At most this many bins are drawn.
const MOST_BINS: usize = 150;

/// A histogram. The bin width follows Freedman & Diaconis, rounded to 1, 2 or 5 times a power of ten; bins are closed on the left.
///
/// # Source
/// D. Freedman & P. Diaconis, *On the histogram as a density estimator: L₂ theory*, Z. Wahrscheinlichkeitstheorie 57 (1981)
/// 453–476: width `2 · IQR · n^(−1/3)`.
///
/// # Examples
/// ```
/// use ferronum_plot::Histogram;
/// let mpg = [21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2];
/// let histogram = Histogram::new(&mpg).x_label("mpg");
/// assert_eq!(histogram.bins()?.counts.iter().sum::<u64>(), 10);
/// histogram.render(640, 480)?;
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Histogram<'a> {
    values: &'a [f64],
    words: Words,
    wanted: Option<usize>,
}

/// The bins of a histogram: `counts[i]` values lie in `edges[i] ≤ v < edges[i + 1]`, the last bin closed on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// Ascending, one more than there are bins.
    pub edges: Vec<f64>,
    /// Values in each bin.
    pub counts: Vec<u64>,
    /// The common width as text, where it is a round number.
    pub(crate) width: Option<String>,
}

impl<'a> Histogram<'a> {
    /// A histogram of the finite values.
    pub fn new(values: &'a [f64]) -> Self {
        let words = Words { y: "Count".to_owned(), ..Words::default() };
        Self { values, words, wanted: None }
    }

    titled!();

    /// Sets the number of bins, from 1 to 150, of equal width between the smallest and the largest value.
    #[must_use]
    pub fn with_bins(mut self, count: usize) -> Self {
        self.wanted = Some(count.clamp(1, MOST_BINS));
        self
    }

    /// The bins that the figure shows.
    ///
    /// # Errors
    /// [`Error::NoData`] if no value is finite.
    pub fn bins(&self) -> Result<Bins, Error> {
        self.bins_at_most(MOST_BINS)
    }

    /// The bins, no more than `most` where the number is ours to choose.
    pub(crate) fn bins_at_most(&self, most: usize) -> Result<Bins, Error> {
        let sorted = sorted_finite(FIGURE, self.values)?;
        let (lo, hi) = (sorted[0], sorted[sorted.len() - 1]);
        let (edges, width) = match self.wanted {
            _ if hi - lo <= (64.0 * f64::EPSILON * lo.abs().max(hi.abs())).max(1e-300) => {
                let half = if hi.abs() < 1e-300 { 0.5 } else { 0.05 * lo.abs().max(hi.abs()) };
                (vec![(lo - half).max(-f64::MAX), (hi + half).min(f64::MAX)], None)
            }
            Some(count) => (even_edges(lo, hi, count), None),
            None => round_edges(&sorted, most),
        };
        let below: Vec<usize> = edges.iter().map(|&edge| sorted.partition_point(|&v| v < edge)).collect();
        let mut counts: Vec<u64> = below.windows(2).map(|w| (w[1] - w[0]) as u64).collect();
        if let Some(last) = counts.last_mut() {
            // The largest value may lie on the last edge.
            *last += (sorted.len() - below[below.len() - 1]) as u64;
        }
        Ok(Bins { edges, counts, width })
    }

    /// Draws the figure, `width` × `height` pixels.
    ///
    /// # Errors
    /// [`Error::NoData`] if no value is finite, [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let bins = self.bins()?;
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.words.title, &mut inside);
        let notes = self.notes(&bins);
        let tallest = bins.counts.iter().copied().max().unwrap_or(1).max(1) as f64;
        let x = Axis::covering(bins.edges[0], bins.edges[bins.edges.len() - 1]);
        let y = Axis::exact(0.0, 1.04 * tallest);
        let panel = page.single(page.above_foot(&notes, false, inside), x, y, &self.words.untitled());
        // A hairline between bars while they are wide enough for one.
        let gap = if panel.plot.width() / bins.counts.len() as f64 > 4.0 { 3 } else { 0 };
        let fill = RGBAColor::from(DATA.alpha(0.85)).filled();
        for (edge, &count) in bins.edges.windows(2).zip(&bins.counts).filter(|(_, count)| **count > 0) {
            let mut bar = Rectangle::new([(edge[0], 0.0), (edge[1], count as f64)], fill);
            bar.set_margin(0, 0, gap, gap);
            panel.draw(&bar)?;
        }
        panel.axes();
        page.foot(&notes, None, &inside);
        Ok(page.finish(&self.words.title, &format!("Histogram of {}", self.words.x)))
    }

    fn notes(&self, bins: &Bins) -> Vec<String> {
        let n: u64 = bins.counts.iter().sum();
        let size = format!("n = {}", ticks::count(n));
        let width = bins.width.as_ref().map(|width| format!("bin width {width}"));
        let missing = left_out(self.values.len() - n as usize, "value", "missing or infinite");
        self.words.notes([size].into_iter().chain(width).chain(missing))
    }
}

fn even_edges(lo: f64, hi: f64, count: usize) -> Vec<f64> {
    (0..=count)
        .map(|i| {
            let t = i as f64 / count as f64;
            if i == count { hi } else { lo * (1.0 - t) + hi * t }
        })
        .collect()
}

/// Edges at multiples of a round width near that of Freedman & Diaconis, and the width as text.
fn round_edges(sorted: &[f64], most: usize) -> (Vec<f64>, Option<String>) {
    let n = sorted.len();
    let (lo, hi) = (sorted[0], sorted[n - 1]);
    let spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    let range = 0.5 * hi - 0.5 * lo; // half: the whole may overflow
    let sturges = range / (0.5 * ((n as f64).log2().ceil() + 1.0));
    let ideal = if spread > 0.0 { 2.0 * spread / (n as f64).cbrt() } else { sturges };
    let whole = sorted.iter().all(|v| v.fract() == 0.0 && v.abs() < 1e15);
    let least = (range / (0.5 * (most - 2) as f64)).max(if whole { 1.0 } else { 0.0 });
    let target = ideal.max(least);
    if !target.is_finite() {
        return (even_edges(lo, hi, most.min(n)), None);
    }
    let decade = target.log10().floor() as i32;
    for k in decade..decade + 2 {
        for m in [1i64, 2, 5] {
            let step = ticks::scaled(m, k);
            // Within a factor √2 of the ideal width, and never finer than the limit.
            if step < least * (1.0 - 1e-9) || step * std::f64::consts::SQRT_2 < target {
                continue;
            }
            // Whole numbers one by one stand over the middle of their bin.
            let shift = if whole && step == 1.0 { 0.5 } else { 0.0 };
            let first = (lo / step + shift).floor();
            let last = (hi / step + shift).floor() + 1.0;
            let finite = (first * step).is_finite() && (last * step).is_finite();
            if !(finite && first.abs() < 1e15 && last.abs() < 1e15 && last - first <= most as f64) {
                continue;
            }
            let edge = |i: i64| ticks::scaled(i * m, k) - shift * step;
            // The quotients were rounded: move an end that fell inside of the data.
            let (first, last) = (first as i64, last as i64);
            let (first, last) = (first - i64::from(edge(first) > lo), last + i64::from(edge(last) < hi));
            let edges = (first..=last).map(edge).collect();
            return (edges, Some(decimal(m, k, true)));
        }
    }
    (even_edges(lo, hi, most.min(n)), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_round_and_all_values_counted() {
        let v: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.0137).collect();
        let bins = Histogram::new(&v).bins().unwrap();
        assert_eq!(bins.counts.iter().sum::<u64>(), 1000);
        // Freedman–Diaconis: 2 · 6.85 / 10 = 1.37.
        assert_eq!(bins.width.as_deref(), Some("1"));
        assert_eq!((bins.edges[0], bins.edges[1]), (0.0, 1.0));
    }

    #[test]
    fn whole_numbers_stand_over_their_bins() {
        let v: Vec<f64> = (0..600).map(|i| f64::from(i % 6 + 1)).collect();
        let bins = Histogram::new(&v).bins().unwrap();
        assert_eq!(bins.edges, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
        assert_eq!(bins.counts, [100; 6]);
    }

    #[test]
    fn awkward_values() {
        for v in [
            vec![3.0],
            vec![0.0; 9],
            vec![1e12, 1e12 + 1.0, 1e12 + 5.0],
            vec![-f64::MAX, f64::MAX],
            vec![5e-324, 0.0],
        ] {
            let bins = Histogram::new(&v).bins().unwrap();
            assert_eq!(bins.counts.iter().sum::<u64>(), v.len() as u64, "{v:?}");
            assert!(bins.edges.windows(2).all(|w| w[0] < w[1]), "{v:?}: {:?}", bins.edges);
        }
        let mut heavy: Vec<f64> = (0..10_000).map(|i| f64::from(i % 100)).collect();
        heavy.push(1e9);
        assert!(Histogram::new(&heavy).bins().unwrap().counts.len() <= MOST_BINS);
        assert_eq!(Histogram::new(&heavy).with_bins(7).bins().unwrap().counts.len(), 7);
    }
}
