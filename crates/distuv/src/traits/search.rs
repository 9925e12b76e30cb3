//! Quantiles of any law on the integers from its distribution function alone.
use crate::DiscreteDistribution;

/// The smallest k of the support for which `reached` holds, given that it holds from some k on; the upper end if it holds nowhere.
///
/// The search starts at the Cornish–Fisher quantile μ + σ(z + γ(z² - 1)/6) for the standard normal quantile z, where moments exist.
pub(super) fn smallest<D: DiscreteDistribution + ?Sized>(
    law: &D,
    p: f64,
    z: f64,
    reached: impl Fn(i64) -> bool,
) -> Option<i64> {
    let (mean, spread) = (law.mean(), law.std_dev());
    let z = z.clamp(-9.0, 9.0);
    if !(mean.is_finite() && spread.is_finite()) {
        return smallest_near(
            law,
            p,
            if mean.is_finite() { mean as i64 } else { law.support().0 },
            1,
            reached,
        );
    }
    let skew = law.skewness();
    let bend = if skew.abs() < 1.0 { skew * (z * z - 1.0) / 6.0 } else { 0.0 };
    let first_step = (1e-4 * spread).clamp(1.0, 4e18) as i64;
    smallest_near(law, p, (mean + spread * (z + bend)) as i64, first_step, reached)
}

/// The same from another starting point: steps that double bracket it and bisection closes the bracket, at most 190 calls.
pub(crate) fn smallest_near<D: DiscreteDistribution + ?Sized>(
    law: &D,
    p: f64,
    start: i64,
    first_step: i64,
    reached: impl Fn(i64) -> bool,
) -> Option<i64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let (low, high) = law.support();
    if reached(low) {
        return Some(low);
    }
    let start = start.clamp(low, high);
    let (mut below, mut above);
    if reached(start) {
        above = start;
        let mut step = first_step;
        loop {
            let next = above.saturating_sub(step).max(low);
            if next == low || !reached(next) {
                below = next;
                break;
            }
            (above, step) = (next, step.saturating_mul(2));
        }
    } else {
        below = start;
        let mut step = first_step;
        loop {
            let next = below.saturating_add(step).min(high);
            if next == high || reached(next) {
                above = next;
                break;
            }
            (below, step) = (next, step.saturating_mul(2));
        }
    }
    // `below` does not reach it; `above` does, or is the end of the support.
    while i128::from(above) - i128::from(below) > 1 {
        let middle = ((i128::from(below) + i128::from(above)) >> 1) as i64;
        if reached(middle) { above = middle } else { below = middle }
    }
    Some(above)
}
