//! Derivatives of the digamma function of any order.
use crate::double_ln::ln_dd;
use crate::hurwitz::{hurwitz_dd, hurwitz_ratio, power_scaled};
use crate::stirling::LN_SQRT_2PI;
use crate::tables::factorial::FACTORIAL;
use crate::{Scaled, digamma, stirling_remainder, trigamma};
use ferronum_dd::Dd;

/// Polygamma function ψ⁽ⁿ⁾(x), the n-th derivative of [`digamma`] (n = 0), [`trigamma`] (n = 1), …
///
/// ```text
/// ψ⁽ⁿ⁾(x) = (-1)ⁿ⁺¹ n! Σ_{k≥0} (x + k)^-(n+1),    n ≥ 1
/// ```
///
/// At 0 and the negative integers ∞ for odd n, where both sides agree, and NaN for even n. 0 at ∞ for n ≥ 1, NaN at -∞.
///
/// # Accuracy
/// 4 ulp, beside the conditioning in `x` next to the zeros of even orders at negative x.
///
/// # Source
/// x > 0: [`crate::hurwitz_zeta`], DLMF 25.11.12, through logarithms in double-double where a factor leaves the range. x < 0: the terms
/// with x + k < 0 as the difference of two zeta functions, so that the fractional part of x is exact.
///
/// # Examples
/// ```
/// let x = ferronum_special::polygamma(2, 1.0); // -2 ζ(3)
/// assert!((x / -2.404113806319188 - 1.0).abs() < 1e-15);
/// ```
pub fn polygamma(n: u32, x: f64) -> f64 {
    match n {
        0 => return digamma(x),
        1 => return trigamma(x),
        _ => {}
    }
    let even = n.is_multiple_of(2);
    if x.is_nan() || x == f64::NEG_INFINITY {
        f64::NAN
    } else if x <= 0.0 && x.fract() == 0.0 {
        if even { f64::NAN } else { f64::INFINITY }
    } else if x == f64::INFINITY {
        if even { -0.0 } else { 0.0 }
    } else {
        let size = if x > 0.0 { right(n, x) } else { left(n, x) };
        if even { -size } else { size }
    }
}

/// n! ζ(n + 1, x) for x > 0.
fn right(n: u32, x: f64) -> f64 {
    let s = f64::from(n) + 1.0;
    let q = Dd::from(x);
    let direct = FACTORIAL.get(n as usize).map(|factorial| (factorial, hurwitz_dd(s, q)));
    match direct {
        Some((factorial, zeta)) if zeta > 1e-290 && zeta < 1e290 => factorial * zeta,
        _ => scaled(n, q, hurwitz_ratio(s, q, q)),
    }
}

/// n! Σ over all k ≥ 0 of the terms at x < 0, which is no integer.
fn left(n: u32, x: f64) -> f64 {
    let s = f64::from(n) + 1.0;
    let floor = x.floor();
    // Both are exact below -1, and above with their trailing parts.
    let (above, below) = (Dd::sum(x, -floor), Dd::sum(floor + 1.0, -x));
    let past = Dd::sum(1.0, -x);
    let sign = if n.is_multiple_of(2) { -1.0 } else { 1.0 };
    if n <= 20 && above.hi() > 1e-10 && below.hi() > 1e-10 {
        let passed = hurwitz_dd(s, below) - hurwitz_dd(s, past);
        return FACTORIAL[n as usize] * (hurwitz_dd(s, above) + sign * passed);
    }
    let base = if above < below { above } else { below };
    let passed = hurwitz_ratio(s, below, base) - hurwitz_ratio(s, past, base);
    scaled(n, base, hurwitz_ratio(s, above, base) + sign * passed)
}

/// n! b^-(n+1) times a mantissa.
fn scaled(n: u32, b: Dd, mantissa: f64) -> f64 {
    let Scaled { exponent, .. } = power_scaled(b, f64::from(n) + 1.0);
    let factorial = match FACTORIAL.get(n as usize) {
        Some(&factorial) => ln_dd(Dd::from(factorial)),
        None => {
            let n = f64::from(n);
            ln_dd(Dd::from(n)) * (n + 0.5) - n + (LN_SQRT_2PI + stirling_remainder(n))
        }
    };
    Scaled { mantissa, exponent: exponent + factorial }.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!(polygamma(0, 2.5), digamma(2.5));
        assert_eq!(polygamma(1, -2.5), trigamma(-2.5));
        assert_eq!(polygamma(3, 0.0), f64::INFINITY);
        assert_eq!(polygamma(5, -7.0), f64::INFINITY);
        assert!(polygamma(2, 0.0).is_nan() && polygamma(4, -3.0).is_nan() && polygamma(2, f64::NAN).is_nan());
        assert!(polygamma(3, f64::NEG_INFINITY).is_nan());
        assert_eq!(polygamma(2, f64::INFINITY), 0.0);
        assert_eq!(polygamma(u32::MAX, 1.0), f64::INFINITY);
        assert_eq!(polygamma(u32::MAX, 1e300), 0.0);
    }

    #[test]
    fn orders_beyond_the_factorials() {
        // mpmath, 50 digits
        assert_lre!(polygamma(200, 50.0), "-2.582971393070535649634325e+33", 14.0);
    }
}
