//! Quantiles of any continuous law from its distribution function alone.
use crate::ContinuousDistribution;

/// The root of `cdf(x) = p`, equivalently `sf(x) = q`; p + q = 1 and the smaller one is used.
///
/// Bisection over the ordered bit patterns of `f64`, which reaches adjacent numbers from any bracket in 64 steps, sped up by
/// secant steps in the logarithm of the tail. Ends with the bracket closed to neighbouring numbers.
pub(crate) fn root<D: ContinuousDistribution + ?Sized>(law: &D, p: f64, q: f64) -> f64 {
    let (mut low, mut high) = law.support();
    if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
        return f64::NAN;
    }
    if p == 0.0 {
        return low;
    }
    if q == 0.0 {
        return high;
    }
    // Positive above the root: how far the logarithm of the smaller tail is beyond its target.
    let excess = |x: f64| if p <= q { law.ln_cdf(x) - p.ln() } else { q.ln() - law.ln_sf(x) };
    low = low.max(-f64::MAX);
    high = high.min(f64::MAX);
    let (mut at_low, mut at_high) = (excess(low), excess(high));
    if at_low >= 0.0 {
        return low;
    }
    if at_high <= 0.0 {
        return high;
    }
    for step in 0..200 {
        let (i, j) = (order(low), order(high));
        if j - i <= 1 {
            break;
        }
        let middle = from_order((i + j).div_euclid(2));
        // A secant step two times out of three; the bisection in between bounds the number of steps.
        let secant = low + (high - low) * (at_low / (at_low - at_high));
        let x = if step % 3 != 0 && secant > low && secant < high { secant } else { middle };
        let at = excess(x);
        if at.is_nan() {
            return f64::NAN;
        }
        if at < 0.0 {
            (low, at_low) = (x, at);
        } else {
            (high, at_high) = (x, at);
        }
    }
    if -at_low < at_high { low } else { high }
}

/// As [`root`] for laws on (0, ∞) whose ln X has a log-concave density: Newton steps for the logarithm of the smaller tail in ln x
/// converge from anywhere, in about five steps from a fair `start`.
pub(crate) fn newton<D: ContinuousDistribution + ?Sized>(law: &D, p: f64, q: f64, start: f64) -> f64 {
    if !(p > 0.0 && q > 0.0 && start > 1e-290 && start < 1e290) {
        return root(law, p, q);
    }
    let mut x = start;
    for _ in 0..60 {
        let (ln_tail, tail, target, sign) =
            if p <= q { (law.ln_cdf(x), law.cdf(x), p, 1.0) } else { (law.ln_sf(x), law.sf(x), q, -1.0) };
        let mut excess = ln_tail - target.ln();
        if excess.abs() < 0.5 && target > 1e-290 {
            excess = ((tail - target) / target).ln_1p();
        }
        let rate = x * (law.ln_pdf(x) - ln_tail).exp();
        let step = -sign * excess / rate;
        // Logarithms this large say nothing of the slope.
        if ln_tail < -1e12 {
            return root(law, p, q);
        }
        if !step.is_finite() {
            return root(law, p, q);
        }
        x *= step.clamp(-5.0, 5.0).exp();
        if !(x > 1e-290 && x < 1e290) {
            return root(law, p, q);
        }
        if step.abs() < 1e-9 && excess.abs() < 0.5 {
            return x;
        }
    }
    root(law, p, q)
}

/// Numbers the `f64` from -MAX to MAX in their order.
fn order(x: f64) -> i128 {
    let size = i128::from(x.abs().to_bits());
    if x.is_sign_negative() { -size } else { size }
}

fn from_order(i: i128) -> f64 {
    let size = f64::from_bits(i.unsigned_abs() as u64);
    if i < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_order_of_numbers() {
        for (a, b) in [(-1.0, -0.5), (-5e-324, 0.0), (0.0, 5e-324), (1.0, 1.0000000000000002)] {
            assert!(order(a) < order(b));
            assert_eq!(from_order(order(a)), a);
        }
        assert_eq!(order(5e-324) - order(-5e-324), 2);
    }
}
