//! The log-likelihood of a sample on unbounded scales.
use super::sample::Sample;
use super::small;
use crate::{Domain, Outcome, Parametric};

/// The log-likelihood of the free parameters: locations and reals as they are, positive ones as logarithms, those between 0 and 1 as
/// logits.
pub(super) struct Likelihood<'a, D: Parametric> {
    sample: &'a Sample<'a, D::Outcome>,
    fixed: &'a [Option<f64>],
    free: Vec<usize>,
    /// The unit of locations.
    spread: f64,
}

/// Value, gradient and curvature at a point.
pub(super) struct Local {
    pub value: f64,
    pub gradient: Vec<f64>,
    /// Minus the matrix of second derivatives, row-major.
    pub information: Vec<f64>,
}

impl<'a, D: Parametric> Likelihood<'a, D> {
    pub fn new(sample: &'a Sample<'a, D::Outcome>, fixed: &'a [Option<f64>]) -> Self {
        let free = (0..fixed.len()).filter(|i| fixed[*i].is_none()).collect();
        // The standard deviation of a sample with a heavy tail says nothing about its bulk.
        let located = D::PARAMETERS.iter().any(|parameter| parameter.domain == Domain::Location);
        let quartiles = if located { sample.quantile(0.75) - sample.quantile(0.25) } else { 0.0 };
        let deviation = sample.std_dev();
        let spread = if quartiles > 0.0 && (deviation.is_nan() || deviation >= quartiles) {
            quartiles
        } else {
            deviation
        };
        Self { sample, fixed, free, spread: if spread > 0.0 && spread.is_finite() { spread } else { 1.0 } }
    }

    pub fn law(&self) -> &'static str {
        D::LAW
    }

    /// Number of free parameters.
    pub fn len(&self) -> usize {
        self.free.len()
    }

    fn domain(&self, i: usize) -> Domain {
        D::PARAMETERS[self.free[i]].domain
    }

    /// All parameters as unbounded coordinates of the free ones.
    pub fn coordinates(&self, values: &[f64]) -> Vec<f64> {
        let coordinate = |i: usize| {
            let value = values[self.free[i]];
            match self.domain(i) {
                Domain::Positive => value.ln(),
                Domain::Unit => value.ln() - (-value).ln_1p(),
                _ => value,
            }
        };
        (0..self.len()).map(coordinate).collect()
    }

    /// The inverse of [`Self::coordinates`].
    pub fn values(&self, coordinates: &[f64]) -> Vec<f64> {
        let mut values: Vec<f64> = self.fixed.iter().map(|held| held.unwrap_or(f64::NAN)).collect();
        for (i, c) in coordinates.iter().enumerate() {
            values[self.free[i]] = match self.domain(i) {
                Domain::Positive => c.exp(),
                Domain::Unit => 1.0 / (1.0 + (-c).exp()),
                _ => *c,
            };
        }
        values
    }

    /// d value / d coordinate of free parameter i.
    fn rate(&self, i: usize, values: &[f64]) -> f64 {
        let value = values[self.free[i]];
        match self.domain(i) {
            Domain::Positive => value,
            Domain::Unit => value * (1.0 - value),
            _ => 1.0,
        }
    }

    /// The log-likelihood; -∞ where the law does not exist.
    pub fn value(&self, coordinates: &[f64]) -> f64 {
        let Ok(law) = D::from_parameters(&self.values(coordinates)) else { return f64::NEG_INFINITY };
        let value = total(self.sample, |x| law.ln_likelihood(x));
        if value.is_nan() { f64::NEG_INFINITY } else { value }
    }

    fn gradient(&self, coordinates: &[f64]) -> Option<Vec<f64>> {
        let values = self.values(coordinates);
        let law = D::from_parameters(&values).ok()?;
        let mut one = vec![0.0; values.len()];
        let (mut sums, mut rests) = (vec![0.0; values.len()], vec![0.0; values.len()]);
        for (x, w) in self.sample.outcomes() {
            law.score(x, &mut one);
            for i in 0..one.len() {
                add(&mut sums[i], &mut rests[i], w * one[i]);
            }
        }
        let gradient: Vec<f64> = (0..self.len())
            .map(|i| (sums[self.free[i]] + rests[self.free[i]]) * self.rate(i, &values))
            .collect();
        gradient.iter().all(|g| g.is_finite()).then_some(gradient)
    }

    /// Steps of the difference quotients: a thousandth of what changes the law visibly.
    fn steps(&self) -> Vec<f64> {
        (0..self.len())
            .map(|i| 1e-3 * if self.domain(i) == Domain::Location { self.spread } else { 1.0 })
            .collect()
    }

    /// Value, gradient and information; `None` where the law or its score does not exist.
    pub fn local(&self, coordinates: &[f64]) -> Option<Local> {
        let gradient = self.gradient(coordinates)?;
        let steps = self.steps();
        let k = self.len();
        let mut information = vec![0.0; k * k];
        for i in 0..k {
            let slope = self.slope(coordinates, i, steps[i])?;
            for j in 0..k {
                information[i * k + j] -= 0.5 * slope[j];
                information[j * k + i] -= 0.5 * slope[j];
            }
        }
        Some(Local { value: self.value(coordinates), gradient, information })
    }

    /// Derivative of the gradient by coordinate i: central differences over h and h/2, extrapolated to an error of order h⁴. One
    /// side alone where the other leaves the range.
    fn slope(&self, at: &[f64], i: usize, h: f64) -> Option<Vec<f64>> {
        let moved = |by: f64| {
            let mut to = at.to_vec();
            to[i] += by;
            (to[i] - at[i], self.gradient(&to))
        };
        let central = |h: f64| {
            let ((up, above), (down, below)) = (moved(h), moved(-h));
            Some(quotient(&above?, &below?, up - down))
        };
        if let (Some(wide), Some(narrow)) = (central(h), central(0.5 * h)) {
            return Some(wide.iter().zip(&narrow).map(|(w, n)| n + (n - w) / 3.0).collect());
        }
        let here = self.gradient(at)?;
        [1e-3 * h, -1e-3 * h].into_iter().find_map(|h| {
            let (by, there) = moved(h);
            Some(quotient(&there?, &here, by))
        })
    }

    /// Covariance of the parameters from the information at the maximum; NaN where it is not positive definite, and for ends of the
    /// support; 0 for held parameters.
    pub fn covariance(&self, values: &[f64]) -> Vec<f64> {
        let k = values.len();
        let regular: Vec<usize> =
            (0..self.len()).filter(|i| !matches!(self.domain(*i), Domain::End | Domain::Count)).collect();
        let mut covariance = vec![0.0; k * k];
        for i in 0..k {
            for j in 0..k {
                covariance[i * k + j] =
                    if self.fixed[i].is_some() || self.fixed[j].is_some() { 0.0 } else { f64::NAN };
            }
        }
        let coordinates = self.coordinates(values);
        let steps = self.steps();
        let m = regular.len();
        let slopes: Option<Vec<Vec<f64>>> =
            regular.iter().map(|i| self.slope(&coordinates, *i, steps[*i])).collect();
        let Some(slopes) = slopes else { return covariance };
        let mut information = vec![0.0; m * m];
        for a in 0..m {
            for b in 0..m {
                information[a * m + b] = -0.5 * (slopes[a][regular[b]] + slopes[b][regular[a]]);
            }
        }
        let Some(inverse) = small::inverse(&information, m) else { return covariance };
        for a in 0..m {
            for b in 0..m {
                let (i, j) = (self.free[regular[a]], self.free[regular[b]]);
                covariance[i * k + j] =
                    inverse[a * m + b] * self.rate(regular[a], values) * self.rate(regular[b], values);
            }
        }
        covariance
    }
}

fn quotient(above: &[f64], below: &[f64], distance: f64) -> Vec<f64> {
    above.iter().zip(below).map(|(a, b)| (a - b) / distance).collect()
}

fn add(sum: &mut f64, rest: &mut f64, term: f64) {
    let next = *sum + term;
    *rest += if sum.abs() >= term.abs() { (*sum - next) + term } else { (term - next) + *sum };
    *sum = next;
}

/// `Σ w f(x)` with compensation; -∞ if a term is.
pub(super) fn total<T: Outcome>(sample: &Sample<'_, T>, f: impl Fn(T) -> f64) -> f64 {
    let (mut sum, mut rest) = (0.0, 0.0);
    for (x, w) in sample.outcomes() {
        add(&mut sum, &mut rest, w * f(x));
    }
    if rest.is_finite() { sum + rest } else { sum }
}
