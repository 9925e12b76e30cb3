//! Kolmogorov's limit law.
use crate::scaled::Scaled;
use crate::shape::{At, Monotone, invert};
use crate::tail::{Side, Tails};
use ferronum_dd::Dd;
use std::f64::consts::PI;

/// π²/8 to 32 digits.
const PI_SQUARED_OVER_8: Dd = Dd::from_parts(1.2337005501361697, 7.831619385924639e-17);

/// Kolmogorov's distribution function, the limit law of √n times the two-sided Kolmogorov–Smirnov statistic.
///
/// ```text
/// K(x) = 1 - 2 Σ_{k≥1} (-1)^(k-1) e^(-2k²x²) = √(2π)/x Σ_{k≥1} e^(-(2k-1)²π²/(8x²))
/// ```
///
/// 0 for x ≤ 0.
///
/// # Accuracy
/// 4 ulp, the lower tail included.
///
/// # Source
/// Both series, which are each other's theta transform (DLMF 20.7.32): the second for x < 0.82, where K = ½, the first above.
///
/// # Examples
/// ```
/// assert!((ferronum_special::kolmogorov_cdf(1.36) - 0.95051412324462212).abs() < 1e-15);
/// ```
pub fn kolmogorov_cdf(x: f64) -> f64 {
    tails(x).value(Side::Lower)
}

/// Upper tail 1 - K(x): the asymptotic p-value of the two-sided Kolmogorov–Smirnov test.
///
/// # Examples
/// ```
/// let p = ferronum_special::kolmogorov_sf(10.0);
/// assert!((p / (2.0 * (-200f64).exp()) - 1.0).abs() < 1e-15);
/// ```
pub fn kolmogorov_sf(x: f64) -> f64 {
    tails(x).value(Side::Upper)
}

/// ln K(x), right where K underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_kolmogorov_cdf(1e-3);
/// assert!((ln / -1233692.7234423576 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_kolmogorov_cdf(x: f64) -> f64 {
    tails(x).ln(Side::Lower)
}

/// ln(1 - K(x)), right where the tail underflows.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln_kolmogorov_sf(1e3), std::f64::consts::LN_2 - 2e6);
/// ```
pub fn ln_kolmogorov_sf(x: f64) -> f64 {
    tails(x).ln(Side::Upper)
}

/// The x with K(x) = p: 0 at 0, ∞ at 1, NaN outside \[0, 1\].
///
/// # Accuracy
/// A few ulp, beside the conditioning in `p`.
///
/// # Examples
/// ```
/// assert!((ferronum_special::kolmogorov_quantile(0.95) - 1.3580986393225504).abs() < 1e-15);
/// ```
pub fn kolmogorov_quantile(p: f64) -> f64 {
    inverse(p, 1.0 - p)
}

/// The x with 1 - K(x) = p: the asymptotic critical value of the test.
///
/// # Examples
/// ```
/// let x = ferronum_special::kolmogorov_isf(1e-300); // √(½ ln(2/p))
/// assert!((x / 18.593932815286464 - 1.0).abs() < 1e-15);
/// ```
pub fn kolmogorov_isf(p: f64) -> f64 {
    inverse(1.0 - p, p)
}

/// The border of the two series, near the median.
const MIDDLE: f64 = 0.82;

fn tails(x: f64) -> Tails {
    if x.is_nan() {
        return Tails::nan();
    }
    if x <= 0.0 {
        return Tails::all(Side::Upper);
    }
    if x < MIDDLE {
        Tails { side: Side::Lower, tail: lower(x).0 }
    } else {
        Tails { side: Side::Upper, tail: upper(x).0 }
    }
}

/// K(x) and d ln K/d ln x for x < 0.82: four terms, the next is e^(-80π²/(8·0.67)).
fn lower(x: f64) -> (Scaled, f64) {
    let exponent = if x > 1e-140 {
        PI_SQUARED_OVER_8 / Dd::product(x, x)
    } else {
        Dd::from((PI_SQUARED_OVER_8.hi() / x / x).min(1e308))
    };
    let step = exponent.hi();
    let (mut sum, mut slope) = (1.0, step);
    for odd in [3.0, 5.0, 7.0] {
        let term = (-(odd * odd - 1.0) * step).exp();
        sum += term;
        slope += if term > 0.0 { odd * odd * step * term } else { 0.0 };
    }
    // √(2π)/x in the mantissa, or in the exponent where it is extreme.
    let tail = Scaled { mantissa: (2.0 * PI).sqrt() * sum, exponent: -exponent }.over(x);
    (tail, 2.0 * slope / sum - 1.0)
}

/// 1 - K(x) and its logarithmic slope for x ≥ 0.82: six terms, the next is e^(-96·0.67).
fn upper(x: f64) -> (Scaled, f64) {
    let square = if x < 1e150 { Dd::product(x, x) } else { Dd::from((x * x).min(1e308)) };
    let step = 2.0 * square.hi();
    let (mut sum, mut slope) = (1.0, step);
    let mut sign = -1.0;
    for k in [2.0, 3.0, 4.0, 5.0, 6.0] {
        let term = sign * (-(k * k - 1.0) * step).exp();
        sum += term;
        slope += if term == 0.0 { 0.0 } else { k * k * step * term };
        sign = -sign;
    }
    (Scaled { mantissa: 2.0 * sum, exponent: square * -2.0 }, -2.0 * slope / sum)
}

fn inverse(p: f64, q: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
        return f64::NAN;
    }
    if p == 0.0 || q == 0.0 {
        return if p == 0.0 { 0.0 } else { f64::INFINITY };
    }
    let lower_tail = p <= q;
    let target = p.min(q);
    // The leading terms, which are all of the tails to a few per cent.
    let start =
        if lower_tail { (1.2337 / (0.6 - target.ln())).sqrt() } else { (0.5 * (2.0 / target).ln()).sqrt() };
    invert(start, Monotone { rising: lower_tail, target }, |x| {
        // Either series converges beyond the border by the little that is needed.
        let (tail, slope) = if lower_tail { lower(x) } else { upper(x) };
        At { value: tail.value(), ln: tail.ln(), slope }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((kolmogorov_cdf(0.0), kolmogorov_sf(-1.0)), (0.0, 1.0));
        assert_eq!((kolmogorov_cdf(f64::INFINITY), kolmogorov_sf(f64::INFINITY)), (1.0, 0.0));
        assert_eq!((ln_kolmogorov_cdf(0.0), ln_kolmogorov_sf(0.0)), (f64::NEG_INFINITY, 0.0));
        assert_eq!((ln_kolmogorov_cdf(f64::INFINITY), ln_kolmogorov_sf(1e200)), (0.0, -1e308 * 2.0));
        assert_eq!((kolmogorov_quantile(0.0), kolmogorov_quantile(1.0)), (0.0, f64::INFINITY));
        assert_eq!((kolmogorov_isf(0.0), kolmogorov_isf(1.0)), (f64::INFINITY, 0.0));
        for f in [kolmogorov_cdf, kolmogorov_sf, ln_kolmogorov_cdf, kolmogorov_quantile, kolmogorov_isf] {
            assert!(f(f64::NAN).is_nan());
        }
        assert!(kolmogorov_quantile(1.1).is_nan() && kolmogorov_isf(-0.1).is_nan());
    }

    #[test]
    fn series_meet() {
        let sum = lower(MIDDLE).0.value() + upper(MIDDLE).0.value();
        assert!((sum - 1.0).abs() < 4e-16, "{sum}");
    }

    #[test]
    fn inverses() {
        for p in [1e-300, 1e-20, 0.01, 0.3, 0.49, 0.5] {
            let (low, high) = (kolmogorov_quantile(p), kolmogorov_isf(p));
            let slope = lower(low).1.abs().max(upper(high).1.abs());
            assert!((kolmogorov_cdf(low) / p - 1.0).abs() < 1e-15 + 4e-16 * slope, "{p}");
            assert!((kolmogorov_sf(high) / p - 1.0).abs() < 1e-15 + 4e-16 * slope, "{p}");
        }
    }
}
