//! An axis: a range of values, its ticks, and the map to pixels.
use crate::font::{self, Weight};
use crate::style::TICK_SIZE;
use crate::ticks::{Tick, Ticks};
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use std::ops::Range;

/// Share of the data's range added at either end.
const MARGIN: f64 = 0.04;

/// A linear or logarithmic axis over finite values.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    lo: f64,
    hi: f64,
    log: bool,
    /// Without ticks, for a panel that has nothing to show.
    blank: bool,
    pub ticks: Ticks,
}

impl Axis {
    /// A linear axis that covers `lo..=hi` and a margin. A range of no width, up to rounding, is widened;
    /// without values (`lo` is NaN) the axis has no ticks.
    pub(crate) fn covering(lo: f64, hi: f64) -> Self {
        if lo.is_nan() || hi.is_nan() || lo > hi {
            return Self { lo: 0.0, hi: 1.0, log: false, blank: true, ticks: Ticks::default() };
        }
        // A quarter of the largest finite number: sums and differences of the bounds stay finite.
        let (lo, hi) = (lo.clamp(-f64::MAX / 4.0, f64::MAX / 4.0), hi.clamp(-f64::MAX / 4.0, f64::MAX / 4.0));
        let largest = lo.abs().max(hi.abs());
        let (lo, hi) = if largest < 1e-300 {
            (-1.0, 1.0)
        } else if hi - lo <= 64.0 * f64::EPSILON * largest {
            let middle = 0.5 * (lo + hi);
            (middle - 0.1 * largest, middle + 0.1 * largest)
        } else {
            let margin = MARGIN * (hi - lo);
            (lo - margin, hi + margin)
        };
        Self { lo, hi, log: false, blank: false, ticks: Ticks::default() }
    }

    /// A linear axis over exactly `lo..hi`.
    pub(crate) fn exact(lo: f64, hi: f64) -> Self {
        Self { lo, hi, log: false, blank: false, ticks: Ticks::default() }
    }

    /// An axis of names, the first at the top; the `i`-th is at i + 1/2.
    pub(crate) fn names(names: Vec<String>) -> Self {
        let hi = names.len() as f64;
        let ticks =
            names.into_iter().enumerate().map(|(i, label)| Tick { value: i as f64 + 0.5, label }).collect();
        // Downwards: the low end of the page has the highest index. Ticks are kept as they are.
        Self { lo: hi, hi: 0.0, log: false, blank: false, ticks: Ticks { ticks, note: None } }
    }

    /// A logarithmic axis that covers `lo..=hi`, both positive.
    pub(crate) fn log10(lo: f64, hi: f64) -> Self {
        let (a, b) = (lo.max(f64::MIN_POSITIVE).log10(), hi.min(f64::MAX / 4.0).log10());
        let margin = if b - a < 1e-9 { 0.2 } else { MARGIN * (b - a) };
        let (lo, hi) =
            (10f64.powf(a - margin).max(f64::MIN_POSITIVE), 10f64.powf(b + margin).min(f64::MAX / 4.0));
        Self { lo, hi, log: true, blank: false, ticks: Ticks::default() }
    }

    pub(crate) fn lo(&self) -> f64 {
        self.lo
    }

    pub(crate) fn hi(&self) -> f64 {
        self.hi
    }

    /// Position of a value: 0 at the low end, 1 at the high end, beyond outside.
    pub(crate) fn position(&self, value: f64) -> f64 {
        if self.log {
            let (a, b) = (self.lo.log10(), self.hi.log10());
            (value.max(f64::MIN_POSITIVE).log10() - a) / (b - a)
        } else {
            // Halves, since the difference of two finite numbers may overflow.
            (0.5 * value - 0.5 * self.lo) / (0.5 * self.hi - 0.5 * self.lo)
        }
    }

    /// Chooses ticks for an axis that runs along the page, `length` pixels long: labels stand apart.
    pub(crate) fn along(mut self, length: f64) -> Self {
        let most = (length / 48.0).clamp(2.0, 12.0) as usize;
        self.ticks = self.choose(most, |axis, ticks| {
            let spans: Vec<(f64, f64)> = ticks
                .ticks
                .iter()
                .map(|t| {
                    let (x, w) =
                        (length * axis.position(t.value), font::width(&t.label, TICK_SIZE, Weight::Regular));
                    (x - 0.5 * w, x + 0.5 * w)
                })
                .collect();
            spans.windows(2).all(|w| w[0].1 + 12.0 <= w[1].0)
        });
        self
    }

    /// Chooses ticks for an axis that runs up the page, `length` pixels long.
    pub(crate) fn upwards(mut self, length: f64) -> Self {
        if self.lo > self.hi {
            return self; // names
        }
        let most = (length / 30.0).clamp(2.0, 10.0) as usize;
        self.ticks = self.choose(most, |axis, ticks| {
            ticks.ticks.windows(2).all(|w| {
                length * (axis.position(w[1].value) - axis.position(w[0].value)).abs() >= TICK_SIZE * 1.5
            })
        });
        self
    }

    fn choose(&self, most: usize, fits: impl Fn(&Self, &Ticks) -> bool) -> Ticks {
        if self.blank {
            return Ticks::default();
        }
        let fits = |ticks: &Ticks| fits(self, ticks);
        if self.log {
            Ticks::log10(self.lo, self.hi, most, fits)
        } else {
            Ticks::linear(self.lo, self.hi, most, fits)
        }
    }

    /// Width of the widest tick label in pixels.
    pub(crate) fn label_width(&self) -> f64 {
        self.ticks.ticks.iter().map(|t| font::width(&t.label, TICK_SIZE, Weight::Regular)).fold(0.0, f64::max)
    }

    /// The axis title with what the labels leave out: `distance (× 10⁶)`.
    pub(crate) fn titled(&self, title: &str) -> String {
        match &self.ticks.note {
            Some(note) if title.is_empty() => note.clone(),
            Some(note) => format!("{title} ({note})"),
            None => title.to_owned(),
        }
    }
}

/// The axis as a coordinate of plotters; its own range maps overflow where the values do.
impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let at = self.position(*value);
        // Far outside is as good as outside, and keeps clear of the ends of i32.
        let at = if at.is_nan() { 0.5 } else { at.clamp(-100.0, 100.0) };
        (f64::from(limit.0) + at * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks.ticks.iter().map(|t| t.value).take(hint.max_num_points()).collect()
    }

    fn range(&self) -> Range<f64> {
        self.lo..self.hi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_no_width_are_widened() {
        for v in [0.0, 1.0, -7.5e12, 1e-9, f64::MAX, 4e-324] {
            let axis = Axis::covering(v, v).along(300.0);
            assert!(axis.lo() < axis.hi() && axis.ticks.ticks.len() >= 2, "{v}: {axis:?}");
        }
        // 1e12 … 1e12 + 1 has a width.
        let axis = Axis::covering(1e12, 1e12 + 1.0);
        assert!(axis.hi() - axis.lo() < 2.0);
    }

    #[test]
    fn maps_its_ends_to_the_ends() {
        let axis = Axis::exact(-f64::MAX, f64::MAX);
        assert_eq!(axis.map(&-f64::MAX, (0, 1000)), 0);
        assert_eq!(axis.map(&0.0, (0, 1000)), 500);
        assert_eq!(axis.map(&f64::MAX, (0, 1000)), 1000);
        let log = Axis::log10(1e-3, 1e3);
        assert_eq!(log.map(&1.0, (0, 1000)), 500);
    }
}
