//! Inverses of the incomplete gamma functions in `x`.
use crate::double_ln::ln_dd;
use crate::scaled::Scaled;
use crate::tail::{Side, Tails};
use crate::{IncompleteGamma, ln_gamma_1p, norm_quantile};
use ferronum_dd::Dd;

/// The `x` with P(a, x) = p: the gamma quantile. 0 at p = 0, ∞ at 1; NaN for p outside \[0, 1\] or a ≤ 0.
///
/// # Accuracy
/// The accuracy of P divided by its slope: a few ulp, beside the conditioning in `p` and `a`.
///
/// # Source
/// Halley's method for ln P or ln Q, whichever tail is smaller, in ln x, where both are concave: the gamma density of ln x is
/// log-concave, so that Newton steps converge from anywhere.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::gamma_p_inv(1.0, 1e-300), 1e-300);
/// ```
pub fn gamma_p_inv(a: f64, p: f64) -> f64 {
    gamma_inc_inv(a, p, 1.0 - p)
}

/// The `x` with Q(a, x) = q. ∞ at q = 0, 0 at 1.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::gamma_q_inv(1.0, 1e-300), 690.7755278982137); // -ln q
/// ```
pub fn gamma_q_inv(a: f64, q: f64) -> f64 {
    gamma_inc_inv(a, 1.0 - q, q)
}

/// The `x` with P(a, x) = p and Q(a, x) = q, for callers that hold both (p + q = 1): the smaller one is used.
pub fn gamma_inc_inv(a: f64, p: f64, q: f64) -> f64 {
    gamma_inc_inv_scaled(a, p, q).value()
}

/// As [`gamma_inc_inv`], over any range of exponents: with a small shape the quantile is often far below the range of `f64`, while a
/// power or a multiple of it is not.
pub fn gamma_inc_inv_scaled(a: f64, p: f64, q: f64) -> Scaled {
    if !(a > 0.0 && a < f64::INFINITY && (0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
        return Scaled::plain(f64::NAN);
    }
    if p == 0.0 || q == 0.0 {
        return Scaled::plain(if p == 0.0 { 0.0 } else { f64::INFINITY });
    }
    // P = x^a/Γ(1+a)·(1 - a x/(a+1) + …), so to leading order ln x is:
    let lower = p <= q;
    let leading = if lower {
        (ln_dd(Dd::from(p)) + ln_gamma_1p(a)) / a
    } else {
        Dd::from(((-q).ln_1p() + ln_gamma_1p(a)) / a)
    };
    if leading.hi() < -39.5 || (lower && leading.hi() < (a + 1.0).ln() - 40.0) {
        // x < 1e-17: the second term changes nothing. From the upper tail, q itself determines x through ln(1 - q).
        return Scaled { mantissa: 1.0, exponent: leading };
    }
    let (side, target) = if lower { (Side::Lower, p) } else { (Side::Upper, q) };
    let mut x = start(a, p, q, leading.hi());
    let scale = 1e-5 / a.max(1.0).sqrt();
    for iteration in 0..100 {
        let at = IncompleteGamma::new(a, x);
        let (step, converged) = halley(at.tails(), at.weight(), a - x, side, target, scale, iteration);
        x = (x * step.exp()).max(f64::MIN_POSITIVE);
        if converged {
            break;
        }
    }
    Scaled::plain(x)
}

/// One step in the logarithm of the variable towards `target`, and whether it was the last.
///
/// `weight` is the density of the logarithm, `slope` the derivative of its own logarithm.
pub(crate) fn halley(
    tails: Tails,
    weight: Scaled,
    slope: f64,
    side: Side,
    target: f64,
    scale: f64,
    iteration: u32,
) -> (f64, bool) {
    let ln_value = if side == tails.side { tails.tail.ln() } else { tails.ln(side) };
    // ln(value/target), by the quotient once they are close.
    let mut residual = ln_value - target.ln();
    if residual.abs() < 0.5 && target > 1e-290 {
        let value = tails.value(side);
        residual = ((value - target) / target).ln_1p();
    }
    // The logarithmic derivative of the tail, with the common power cancelled.
    let rate = if side == tails.side {
        (Scaled {
            mantissa: weight.mantissa / tails.tail.mantissa,
            exponent: weight.exponent - tails.tail.exponent,
        })
        .value()
    } else {
        weight.value() / tails.value(side)
    };
    let (rate, bend) = if side == Side::Lower { (rate, slope - rate) } else { (-rate, slope + rate) };
    if !(rate != 0.0 && rate.is_finite() && residual.is_finite()) {
        return (0.0, true);
    }
    let newton = -residual / rate;
    let correction = 1.0 + 0.5 * newton * bend;
    let step = if iteration < 30 { newton / correction.clamp(0.5, 4.0) } else { newton };
    (step.clamp(-300.0, 300.0), step.abs() < scale)
}

/// A first guess for `x`.
fn start(a: f64, p: f64, q: f64, leading: f64) -> f64 {
    if p <= q && leading < (0.1 * (a + 1.0)).ln() {
        return leading.exp();
    }
    if a < 0.5 && p > q {
        // Q ≈ a E₁(x): -γ - ln x for small x, e^-x/(x + 1) for large.
        let ratio = q / a;
        if ratio > 0.6 {
            return (-0.5772 - ratio + (-0.5772 - ratio).exp()).exp();
        }
        let x = -ratio.ln();
        return (x - (x.max(0.0) + 1.0).ln()).max(0.2);
    }
    // Wilson & Hilferty: (x/a)^(1/3) is nearly normal.
    let z = if p < q { norm_quantile(p) } else { -norm_quantile(q) };
    let c = 1.0 / (9.0 * a);
    let root = 1.0 - c + z * c.sqrt();
    if root > 0.1 {
        a * root * root * root
    } else if leading.is_finite() {
        leading.exp()
    } else {
        a
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(gamma_p_inv(2.0, 0.0), 0.0);
        assert_eq!(gamma_p_inv(2.0, 1.0), f64::INFINITY);
        assert_eq!(gamma_q_inv(2.0, 0.0), f64::INFINITY);
        assert_eq!(gamma_q_inv(2.0, 1.0), 0.0);
        for (a, p) in [(0.0, 0.5), (-1.0, 0.5), (1.0, -0.1), (1.0, 1.1), (f64::NAN, 0.5), (1.0, f64::NAN)] {
            assert!(gamma_p_inv(a, p).is_nan() && gamma_q_inv(a, p).is_nan());
        }
    }
}
