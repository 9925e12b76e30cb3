//! Inverses of the incomplete beta function in `x`.
use crate::beta::ln_a_beta;
use crate::double_ln::ln_dd;
use crate::gamma_inv::halley;
use crate::scaled::Scaled;
use crate::tail::Side;
use crate::{IncompleteBeta, norm_quantile};
use ferronum_dd::Dd;

/// The `x` with I_x(a, b) = p: the beta quantile. 0 at p = 0, 1 at p = 1; NaN for p outside \[0, 1\] or a, b ≤ 0.
///
/// Where `x` is near 1 only 1 - x has digits: see [`beta_inc_inv_pair`].
///
/// # Accuracy
/// The accuracy of I divided by its slope: a few ulp, beside the conditioning in `p`, `a` and `b`.
///
/// # Source
/// Halley's method for the logarithm of the smaller tail in ln(x/(1-x)), where both are concave since the density of the
/// log-odds is log-concave: Newton steps converge from anywhere.
///
/// # Examples
/// ```
/// let x = ferronum_special::beta_inc_inv(2.0, 1.0, 1e-200);
/// assert!((x / 1e-100 - 1.0).abs() < 1e-15); // x² = p
/// ```
pub fn beta_inc_inv(a: f64, b: f64, p: f64) -> f64 {
    beta_inc_inv_pair(a, b, p, 1.0 - p).0
}

/// The `x` with 1 - I_x(a, b) = q.
///
/// # Examples
/// ```
/// let x = ferronum_special::beta_inc_c_inv(1.0, 2.0, 0.25);
/// assert!((x - 0.5).abs() < 1e-15); // (1 - x)² = q
/// ```
pub fn beta_inc_c_inv(a: f64, b: f64, q: f64) -> f64 {
    beta_inc_inv_pair(a, b, 1.0 - q, q).0
}

/// The pair (x, 1 - x), each to full relative accuracy, with I_x(a, b) = p and 1 - I_x(a, b) = q; p + q = 1.
///
/// # Examples
/// ```
/// let (x, y) = ferronum_special::beta_inc_inv_pair(1.0, 1.0, 1.0 - 1e-300, 1e-300);
/// assert!(x == 1.0 && (y / 1e-300 - 1.0).abs() < 1e-14);
/// ```
pub fn beta_inc_inv_pair(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    let odds = beta_inc_inv_odds(a, b, p, q);
    let o = odds.value();
    if o == 0.0 {
        (0.0, 1.0)
    } else if o.is_infinite() {
        (1.0, Scaled { mantissa: 1.0 / odds.mantissa, exponent: -odds.exponent }.value())
    } else if o < 1.0 {
        (o / (1.0 + o), 1.0 / (1.0 + o))
    } else {
        (1.0 / (1.0 + 1.0 / o), 1.0 / (1.0 + o))
    }
}

/// The odds x/(1 - x) of the `x` with I_x(a, b) = p and 1 - I_x(a, b) = q, p + q = 1, over any range of exponents: the quantiles
/// of Fisher's F and Student's t are multiples of the odds and of their root.
pub fn beta_inc_inv_odds(a: f64, b: f64, p: f64, q: f64) -> Scaled {
    let positive = |s: f64| s > 0.0 && s < f64::INFINITY;
    let probability = |s: f64| (0.0..=1.0).contains(&s);
    if !(positive(a) && positive(b) && probability(p) && probability(q)) {
        return Scaled::plain(f64::NAN);
    }
    if p == 0.0 || q == 0.0 {
        return Scaled::plain(if p == 0.0 { 0.0 } else { f64::INFINITY });
    }
    if p <= q { odds(a, b, p) } else { inverse(odds(b, a, q)) }
}

fn inverse(odds: Scaled) -> Scaled {
    Scaled { mantissa: 1.0 / odds.mantissa, exponent: -odds.exponent }
}

/// The odds for p ≤ ½.
fn odds(a: f64, b: f64, p: f64) -> Scaled {
    // Leading term of the lower tail: x^a = p a B(a, b), next one smaller by (1-b) a x/(a+1).
    let leading = (ln_dd(Dd::from(p)) + ln_a_beta(a, b)) / a;
    if leading.hi() < -40.0 - b.max(1.0).ln() {
        return Scaled { mantissa: 1.0, exponent: leading };
    }
    // The same from the other end when b is so small that x is next to 1 although p ≤ ½: 1 - x from ln q.
    let trailing = ((-p).ln_1p() + ln_a_beta(b, a)) / b;
    if trailing < -40.0 - a.max(1.0).ln() {
        return Scaled { mantissa: 1.0, exponent: Dd::from(-trailing) };
    }
    let mut o = start(a, b, p, leading.hi(), trailing);
    let scale = 1e-5 / a.min(b).max(1.0).sqrt();
    for iteration in 0..100 {
        let at = IncompleteBeta::from_ratio(a, b, Dd::from(o), Dd::ONE);
        let slope = if o < 1.0 { (a - b * o) / (1.0 + o) } else { (a / o - b) / (1.0 + 1.0 / o) };
        let (step, converged) = halley(at.tails(), at.weight(), slope, Side::Lower, p, scale, iteration);
        o = (o * step.exp()).clamp(1e-300, 1e300);
        if converged {
            break;
        }
    }
    Scaled::plain(o)
}

/// A first guess for the odds, given the logarithms of x and of 1 - x by the leading terms.
fn start(a: f64, b: f64, p: f64, leading: f64, trailing: f64) -> f64 {
    if leading < (0.1 * ((a + 1.0) / (a + b)).min(1.0)).ln() {
        return leading.exp();
    }
    if trailing < (0.1 * ((b + 1.0) / (a + b)).min(1.0)).ln() {
        return (-trailing).exp();
    }
    if a > 0.6 && b > 0.6 {
        // Abramowitz & Stegun 26.5.22.
        let z = norm_quantile(p);
        let (u, v) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let h = 2.0 / (u + v);
        let l = (z * z - 3.0) / 6.0;
        let w = -z * (h + l).max(0.0).sqrt() / h - (v - u) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return (a / b) * (-2.0 * w).clamp(-100.0, 100.0).exp();
    }
    // Two power laws met at the mean (Press et al., *Numerical Recipes*, §6.4).
    let mean = a / (a + b);
    let (t, u) = (mean.powf(a) / a, (1.0 - mean).powf(b) / b);
    let x = if p < t / (t + u) {
        (a * (t + u) * p).powf(1.0 / a)
    } else {
        1.0 - (b * (t + u) * (1.0 - p)).powf(1.0 / b)
    };
    let x = x.clamp(1e-10, 1.0 - 1e-10);
    x / (1.0 - x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(beta_inc_inv(2.0, 3.0, 0.0), 0.0);
        assert_eq!(beta_inc_inv(2.0, 3.0, 1.0), 1.0);
        assert_eq!(beta_inc_c_inv(2.0, 3.0, 0.0), 1.0);
        assert_eq!(beta_inc_c_inv(2.0, 3.0, 1.0), 0.0);
        for (a, b, p) in
            [(0.0, 1.0, 0.5), (1.0, -1.0, 0.5), (1.0, 1.0, 1.5), (f64::NAN, 1.0, 0.5), (1.0, 1.0, f64::NAN)]
        {
            assert!(beta_inc_inv(a, b, p).is_nan() && beta_inc_c_inv(a, b, p).is_nan());
        }
    }
}
