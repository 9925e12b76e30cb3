//! Small statistics that figures need: finite parts, quantiles, ranges.
use crate::Error;

/// The finite pairs of two slices, with the index of each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    pub points: Vec<(f64, f64)>,
    pub index: Vec<usize>,
}

impl Pairs {
    pub(crate) fn finite(x: &[f64], y: &[f64]) -> Self {
        let mut pairs = Self::default();
        for (i, (&x, &y)) in x.iter().zip(y).enumerate() {
            if x.is_finite() && y.is_finite() {
                pairs.points.push((x, y));
                pairs.index.push(i);
            }
        }
        pairs
    }

    pub(crate) fn len(&self) -> usize {
        self.points.len()
    }
}

/// Smallest and largest of the finite values; `(NaN, NaN)` without any.
pub(crate) fn range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    values
        .into_iter()
        .filter(|v| v.is_finite())
        .fold((f64::NAN, f64::NAN), |(lo, hi), v| (lo.min(v), hi.max(v)))
}

/// The finite values in ascending order.
pub(crate) fn sorted_finite(figure: &'static str, values: &[f64]) -> Result<Vec<f64>, Error> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    if sorted.is_empty() {
        return Err(Error::NoData { figure, given: values.len() });
    }
    sorted.sort_unstable_by(f64::total_cmp);
    Ok(sorted)
}

/// Sample quantile of ascending values, type 7 of Hyndman & Fan (R's default): linear between order statistics at
/// 1 + (n − 1) p.
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let at = p * last as f64;
    let low = (at.floor() as usize).min(last);
    let (a, b, t) = (sorted[low], sorted[(low + 1).min(last)], at - low as f64);
    if t == 0.0 { a } else { a * (1.0 - t) + b * t }
}

/// Checks that two slices describe the same observations.
pub(crate) fn same_length(
    figure: &'static str,
    name: &'static str,
    len: usize,
    expected: usize,
) -> Result<(), Error> {
    if len == expected { Ok(()) } else { Err(Error::LengthMismatch { figure, name, len, expected }) }
}

/// What a caption says of `count` values that are not drawn and why: `3 rows are not drawn (missing or infinite)`.
pub(crate) fn left_out(count: usize, what: &str, why: &str) -> Option<String> {
    let (noun, verb) = if count == 1 { (what.to_owned(), "is") } else { (format!("{what}s"), "are") };
    (count > 0).then(|| format!("{} {noun} {verb} not drawn ({why})", crate::ticks::count(count as u64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_type_seven() {
        let v = [1.0, 2.0, 4.0, 8.0];
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(|p| quantile(&v, p)), [1.0, 1.75, 3.0, 5.0, 8.0]);
        assert_eq!(quantile(&[3.0], 0.4), 3.0);
    }

    #[test]
    fn only_finite_values_count() {
        assert_eq!(range([f64::NAN, 2.0, f64::INFINITY, -1.0]), (-1.0, 2.0));
        let pairs = Pairs::finite(&[1.0, f64::NAN, 3.0], &[1.0, 2.0, f64::NEG_INFINITY]);
        assert_eq!((pairs.len(), pairs.index), (1, vec![0]));
        assert!(matches!(sorted_finite("x", &[f64::NAN]), Err(Error::NoData { given: 1, .. })));
    }
}
