//! Robust locally weighted regression.

/// Smoothing that [`lowess`] applies; the default is R's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lowess {
    /// Share of the points in each neighbourhood.
    pub span: f64,
    /// Number of robustifying passes.
    pub iterations: usize,
    /// Points closer than this to the last one fitted are interpolated; `None` is a hundredth of the range of x.
    pub delta: Option<f64>,
}

impl Default for Lowess {
    fn default() -> Self {
        Self { span: 2.0 / 3.0, iterations: 3, delta: None }
    }
}

/// Fitted values at each `x`, which must be finite and ascending.
///
/// A straight line is fitted around each point by least squares with tricube weights over the nearest `span · n` points;
/// then `iterations` times more, with bisquare weights of the residuals over six times their median absolute value. With
/// `delta` a hundredth of the range there are at most about 100 fits a pass, whatever the number of points.
///
/// # Source
/// W. S. Cleveland, *Robust locally weighted regression and smoothing scatterplots*, JASA 74 (1979) 829–836, and the
/// interpolation of his LOWESS program (The American Statistician 35 (1981) 54).
pub(crate) fn lowess(x: &[f64], y: &[f64], settings: Lowess) -> Vec<f64> {
    let n = x.len().min(y.len());
    if n < 2 {
        return y[..n].to_vec();
    }
    let neighbours = ((settings.span * n as f64 + 1e-7) as usize).clamp(2, n);
    let range = x[n - 1] - x[0];
    let delta = settings.delta.unwrap_or(0.01 * range);
    let mut fitted = vec![0.0; n];
    let mut robustness: Option<Vec<f64>> = None;
    let mut work = vec![0.0; n];
    for pass in 0..=settings.iterations {
        let fit = LocalFit { x: &x[..n], y: &y[..n], robustness: robustness.as_deref(), range };
        one_pass(&fit, neighbours, delta, &mut fitted, &mut work);
        if pass == settings.iterations {
            break;
        }
        match bisquare(&y[..n], &fitted) {
            Some(weights) => robustness = Some(weights),
            None => break,
        }
    }
    fitted
}

/// Fits at points at least `delta` apart and interpolates between them.
fn one_pass(fit: &LocalFit<'_>, neighbours: usize, delta: f64, fitted: &mut [f64], work: &mut [f64]) {
    let (x, n) = (fit.x, fit.x.len());
    let (mut left, mut right) = (0, neighbours - 1);
    let mut last: Option<usize> = None; // the last point fitted
    let mut i = 0;
    loop {
        // Slide the neighbourhood while that brings its far end closer.
        while right + 1 < n && x[i] - x[left] > x[right + 1] - x[i] {
            left += 1;
            right += 1;
        }
        fitted[i] = fit.at(i, left, right, work).unwrap_or(fit.y[i]);
        if let Some(last) = last {
            let gap = x[i] - x[last];
            for j in last + 1..i {
                let alpha = (x[j] - x[last]) / gap;
                fitted[j] = alpha * fitted[i] + (1.0 - alpha) * fitted[last];
            }
        }
        let mut end = i;
        let cut = x[end] + delta;
        let mut next = end + 1;
        while next < n && x[next] <= cut {
            if x[next] == x[end] {
                fitted[next] = fitted[end]; // ties share the fit
                end = next;
            }
            next += 1;
        }
        last = Some(end);
        if end + 1 >= n {
            break;
        }
        i = (end + 1).max(next - 1);
    }
}

struct LocalFit<'a> {
    x: &'a [f64],
    y: &'a [f64],
    robustness: Option<&'a [f64]>,
    range: f64,
}

impl LocalFit<'_> {
    /// The weighted line around point `i` over the neighbourhood `left..=right`, evaluated there; `None` if all weights vanish.
    fn at(&self, i: usize, left: usize, right: usize, w: &mut [f64]) -> Option<f64> {
        let (x, y, n) = (self.x, self.y, self.x.len());
        let centre = x[i];
        let reach = (centre - x[left]).max(x[right] - centre);
        let (nearly_all, hardly_any) = (0.999 * reach, 0.001 * reach);
        let mut total = 0.0;
        let mut end = left; // one past the last point with a weight; ties may reach beyond `right`
        while end < n {
            let distance = (x[end] - centre).abs();
            w[end] = 0.0;
            if distance <= nearly_all {
                w[end] = if distance <= hardly_any { 1.0 } else { cube(1.0 - cube(distance / reach)) };
                if let Some(r) = self.robustness {
                    w[end] *= r[end];
                }
                total += w[end];
            } else if x[end] > centre {
                break;
            }
            end += 1;
        }
        if total <= 0.0 || total.is_nan() {
            return None;
        }
        w[left..end].iter_mut().for_each(|w| *w /= total);
        if reach > 0.0 {
            let mean: f64 = (left..end).map(|j| w[j] * x[j]).sum();
            let offset = centre - mean;
            let spread: f64 = (left..end).map(|j| w[j] * (x[j] - mean) * (x[j] - mean)).sum();
            // Tilt only where the points are spread enough for a slope.
            if spread.sqrt() > 0.001 * self.range {
                let slope = offset / spread;
                for j in left..end {
                    w[j] *= slope * (x[j] - mean) + 1.0;
                }
            }
        }
        Some((left..end).map(|j| w[j] * y[j]).sum())
    }
}

/// Bisquare weights of the residuals; `None` if the fit is as good as exact.
fn bisquare(y: &[f64], fitted: &[f64]) -> Option<Vec<f64>> {
    let n = y.len();
    let residuals: Vec<f64> = y.iter().zip(fitted).map(|(y, f)| (y - f).abs()).collect();
    let mean = residuals.iter().sum::<f64>() / n as f64;
    let mut sorted = residuals.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let six_mad =
        if n.is_multiple_of(2) { 3.0 * (sorted[n / 2] + sorted[n / 2 - 1]) } else { 6.0 * sorted[n / 2] };
    if !(six_mad >= 1e-7 * mean && six_mad > 0.0) {
        return None;
    }
    let weight = |r: f64| {
        if r <= 0.001 * six_mad {
            1.0
        } else if r <= 0.999 * six_mad {
            square(1.0 - square(r / six_mad))
        } else {
            0.0
        }
    };
    Some(residuals.into_iter().map(weight).collect())
}

fn square(x: f64) -> f64 {
    x * x
}

fn cube(x: f64) -> f64 {
    x * x * x
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::{assert_lre, numbers, read_json};
    use std::path::Path;

    #[test]
    fn agrees_with_r() {
        let golden =
            read_json(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/figures.json"))).unwrap();
        let mut cases = 0;
        for (name, case) in golden.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("lowess"))
        {
            let field = |field: &str| numbers(&case[field]).unwrap();
            let settings = Lowess {
                span: field("f")[0],
                iterations: field("iter")[0] as usize,
                delta: Some(field("delta")[0]),
            };
            let (x, y, expected) = (field("x"), field("y"), field("fitted"));
            let size = y.iter().map(|y| y.abs()).fold(0.0, f64::max);
            for (i, fitted) in lowess(&x, &y, settings).into_iter().enumerate() {
                // A fitted value near zero is a difference of values of the size of y.
                let digits = 13.0 - (size / expected[i].abs()).log10().max(0.0);
                assert_lre!(fitted, expected[i], digits, "{name}, point {i}");
            }
            cases += 1;
        }
        assert_eq!(cases, 7);
    }

    #[test]
    fn tiny_samples() {
        assert!(lowess(&[], &[], Lowess::default()).is_empty());
        assert_eq!(lowess(&[1.0], &[5.0], Lowess::default()), [5.0]);
        assert_eq!(lowess(&[1.0, 1.0], &[5.0, 7.0], Lowess::default()).len(), 2);
    }
}
