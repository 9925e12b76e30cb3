//! Newton's method for the maximum of a log-likelihood.
use super::likelihood::{Likelihood, Local};
use super::{FitStatus, small};
use crate::{Error, Parametric};

/// Where the search ended.
pub(super) struct Found {
    pub values: Vec<f64>,
    pub status: FitStatus,
    pub iterations: usize,
}

/// A logarithm or logit of this size says that the maximum is at infinity.
const FAR: f64 = 300.0;

/// Maximises from `start` by Newton steps whose curvature is made positive, halved until the likelihood rises (Nocedal & Wright,
/// *Numerical Optimization*, 2nd ed. 2006, §3.4). It ends when a step promises less than rounding allows to see.
pub(super) fn maximise<D: Parametric>(
    likelihood: &Likelihood<'_, D>,
    start: Vec<f64>,
    max_iterations: usize,
) -> Result<Found, Error> {
    let mut at = likelihood.coordinates(&start);
    let done =
        |at: &[f64], status, iterations| Ok(Found { values: likelihood.values(at), status, iterations });
    for iteration in 0..max_iterations {
        let Some(local) = likelihood.local(&at) else {
            let reason = "the likelihood or its slope does not exist at the starting point of the search";
            return if iteration == 0 {
                Err(Error::Degenerate { law: likelihood.law(), reason })
            } else {
                done(&at, FitStatus::Stalled, iteration)
            };
        };
        let step = direction(&local, likelihood.len());
        let promise: f64 = step.iter().zip(&local.gradient).map(|(d, g)| d * g).sum();
        if promise <= 1e-26 * (1.0 + local.value.abs()) {
            return done(&at, FitStatus::Converged, iteration);
        }
        match ascend(likelihood, &at, &local, &step, promise) {
            Some(next) => at = next,
            None if promise <= 1e-10 * (1.0 + local.value.abs()) => {
                return done(&at, FitStatus::Converged, iteration);
            }
            None => return done(&at, FitStatus::Stalled, iteration),
        }
        if at.iter().any(|c| c.abs() > FAR && !likelihood.values(&at).iter().any(|v| v == c)) {
            let reason = "the likelihood has no maximum: a parameter runs to the edge of its range";
            return Err(Error::Degenerate { law: likelihood.law(), reason });
        }
    }
    done(&at, FitStatus::MaxIterations, max_iterations)
}

/// The Newton direction, with the diagonal raised until the information is positive definite.
fn direction(local: &Local, k: usize) -> Vec<f64> {
    let mut raise = 0.0;
    for _ in 0..40 {
        let mut matrix = local.information.clone();
        for i in 0..k {
            let size = local.information[i * k + i].abs();
            matrix[i * k + i] += raise * if size > 0.0 { size } else { 1.0 };
        }
        if let Some(inverse) = small::inverse(&matrix, k) {
            return small::times(&inverse, &local.gradient);
        }
        raise = if raise == 0.0 { 1e-3 } else { 4.0 * raise };
    }
    local.gradient.clone()
}

/// The first of the points at + step, at + step/2, … where the likelihood is higher, if any of 50 is.
fn ascend<D: Parametric>(
    likelihood: &Likelihood<'_, D>,
    at: &[f64],
    local: &Local,
    step: &[f64],
    promise: f64,
) -> Option<Vec<f64>> {
    let longest = step.iter().zip(at).map(|(d, c)| d.abs() / (2.0 + c.abs())).fold(0.0, f64::max);
    let mut length = if longest > 1.0 { 1.0 / longest } else { 1.0 };
    // Close to the maximum the rise is below what the sum of logarithms resolves.
    let noise = 4e-15 * (1.0 + local.value.abs());
    for _ in 0..50 {
        let next: Vec<f64> = at.iter().zip(step).map(|(c, d)| c + length * d).collect();
        if next == at {
            return None;
        }
        let value = likelihood.value(&next);
        if value >= local.value + 1e-4 * length * promise - noise && value.is_finite() {
            return Some(next);
        }
        length *= 0.5;
    }
    None
}
