//! Γ, its logarithm, and its ratio over a half step.
use crate::double_ln::ln_dd_quick;
use crate::{Scaled, ln_gamma_1p, ln1p_minus_x, stirling, stirling_remainder};
use ferronum_dd::Dd;

/// Gamma function Γ(x).
///
/// ±∞ at ±0, NaN at the negative integers and -∞, ∞ above 171.62; 0 or -0 far below 0.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// x ≥ 1: Stirling's formula, its exponent in double-double; integers up to 23 by the exact product. |x| < 1: Γ(1 + x)/x.
/// x ≤ -1: reflection, DLMF 5.5.3.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::gamma(5.0), 24.0);
/// ```
pub fn gamma(x: f64) -> f64 {
    if x >= 1.0 {
        if x <= 23.0 && x.fract() == 0.0 {
            return (2..x as u32).fold(1.0, |product, k| product * f64::from(k));
        }
        if x > 172.0 { f64::INFINITY } else { stirling_form(x).value() }
    } else if x > -1.0 {
        // Next to 0 the relative error of ln Γ(1 + x) vanishes; ±0 gives ±∞.
        ln_gamma_1p_wide(x).exp() / x
    } else if x.fract() == 0.0 || !x.is_finite() {
        f64::NAN
    } else {
        // Γ(x) Γ(-x) = -π/(x sin πx).
        let (numerator, denominator) = (-std::f64::consts::PI / (x * crate::sin_pi(x)), -x);
        if denominator > 200.0 {
            return 0.0f64.copysign(numerator);
        }
        let Scaled { mantissa, exponent } = stirling_form(denominator);
        Scaled { mantissa: numerator / mantissa, exponent: -exponent }.value()
    }
}

/// Γ(x) for x ≥ 1 as √(2π) e^δ(x) · e^((x - ½) ln x - x).
fn stirling_form(x: f64) -> Scaled {
    let exponent = ln_dd_quick(Dd::from(x)) * (x - 0.5) - x;
    Scaled { mantissa: std::f64::consts::TAU.sqrt() * stirling_remainder(x).exp(), exponent }
}

/// Γ(x) over any range of exponents; ±∞ at a pole.
pub(crate) fn gamma_scaled(x: f64) -> Scaled {
    if x >= 1.0 {
        stirling_form(x)
    } else if x > -1.0 || x.fract() == 0.0 {
        Scaled::plain(if x > -1.0 { gamma(x) } else { f64::INFINITY })
    } else {
        let Scaled { mantissa, exponent } = stirling_form(-x);
        Scaled { mantissa: -std::f64::consts::PI / (x * crate::sin_pi(x)) / mantissa, exponent: -exponent }
    }
}

/// ln Γ(1 + x) for -1 < x ≤ 1.
fn ln_gamma_1p_wide(x: f64) -> f64 {
    // ln Γ(1 + x) = ln Γ(2 + x) - ln(1 + x), and 1 + x is exact below -½.
    if x < -0.5 { ln_gamma_1p(1.0 + x) - x.ln_1p() } else { ln_gamma_1p(x) }
}

/// ln |Γ(x)|.
///
/// ∞ at 0, at the negative integers and at ±∞.
///
/// # Accuracy
/// 2 ulp for x > 0; for x < 0 relative to max(1, |ln |Γ||), since it passes through 0 between the poles.
///
/// # Source
/// `libm::lgamma` (fdlibm).
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_gamma(100.0) / 359.1342053695754 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln |Γ(x)| and the sign of Γ(x), as ±1 (+1 at a pole).
///
/// # Examples
/// ```
/// let (ln, sign) = ferronum_special::ln_gamma_sign(-0.5); // Γ(-½) = -2√π
/// assert!((ln - 1.2655121234846454).abs() < 1e-15 && sign == -1.0);
/// ```
pub fn ln_gamma_sign(x: f64) -> (f64, f64) {
    let odd = x < 0.0 && x.floor() != x && x.floor().rem_euclid(2.0) == 1.0;
    let negative_zero = x == 0.0 && x.is_sign_negative();
    (libm::lgamma(x), if odd || negative_zero { -1.0 } else { 1.0 })
}

/// Logarithm of the multivariate gamma function of order `p`, the constant of the Wishart law.
///
/// ```text
/// ln Γₚ(a) = p(p - 1)/4 ln π + Σⱼ ln Γ(a - j/2),    j = 0, …, p - 1,    a > (p - 1)/2
/// ```
///
/// 0 for p = 0, NaN for a ≤ (p - 1)/2, ∞ at ∞. Costs p evaluations of ln Γ.
///
/// # Accuracy
/// 4 ulp of the largest term.
///
/// # Source
/// Muirhead, *Aspects of Multivariate Statistical Theory* (1982), theorem 2.1.12.
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_multivariate_gamma(3, 2.5) / 1.8809954616117742 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_multivariate_gamma(p: u32, a: f64) -> f64 {
    let order = f64::from(p);
    if p > 0 && (a.is_nan() || a <= 0.5 * (order - 1.0)) {
        return f64::NAN;
    }
    let start = order * (order - 1.0) / 4.0 * std::f64::consts::PI.ln();
    (0..p).fold(start, |sum, j| sum + ln_gamma(a - 0.5 * f64::from(j)))
}

/// Γ(x + ½) / Γ(x), the constant of Student's t.
///
/// 0 at 0, ∞ at ∞, NaN below 0.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// x ≥ 1: √x exp(x·log1pmx(1/(2x)) + δ(x + ½) - δ(x)), from Stirling's formula with its remainder δ; the exponent is
/// below 1/8. x < 1: one step of the recurrence.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::gamma_ratio_half(0.5), 1.0 / std::f64::consts::PI.sqrt());
/// ```
pub fn gamma_ratio_half(x: f64) -> f64 {
    if x >= 1.0 {
        if x > 1e16 {
            return x.sqrt();
        }
        x.sqrt() * (x * ln1p_minus_x(0.5 / x) + stirling::stirling_difference(x, 0.5)).exp()
    } else if x > 0.0 {
        // Γ(x + ½) = Γ(1 + y)/(½ + x) with y = x + ½, Γ(x) = Γ(1 + x)/x.
        x / (0.5 + x) * (ln_gamma_1p(x + 0.5) - ln_gamma_1p(x)).exp()
    } else if x == 0.0 {
        0.0
    } else {
        f64::NAN
    }
}

/// ln(Γ(x + ½)/(Γ(x)√x)), relatively accurate: -1/(8x) + 1/(192x³) - … for large x.
///
/// NaN for x ≤ 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_gamma_ratio_half_scaled(1e20) / -1.25e-21 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_gamma_ratio_half_scaled(x: f64) -> f64 {
    if x >= 1.0 {
        x * ln1p_minus_x(0.5 / x) + stirling::stirling_difference(x, 0.5)
    } else {
        ln_gamma_1p(x + 0.5) - ln_gamma_1p(x) - (x + 0.5).ln() + 0.5 * x.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((gamma(0.0), gamma(-0.0)), (f64::INFINITY, f64::NEG_INFINITY));
        assert_eq!((gamma(1.0), gamma(2.0), gamma(23.0)), (1.0, 1.0, 1124000727777607680000.0));
        assert_eq!((gamma(f64::INFINITY), gamma(200.0)), (f64::INFINITY, f64::INFINITY));
        assert!(gamma(f64::NEG_INFINITY).is_nan());
        assert!(gamma(-3.0).is_nan() && gamma(f64::NAN).is_nan());
        assert_eq!(ln_gamma(-3.0), f64::INFINITY);
        assert_eq!(ln_gamma(1.0), 0.0);
        assert_eq!((ln_multivariate_gamma(0, 1.0), ln_multivariate_gamma(1, 5.0)), (0.0, ln_gamma(5.0)));
        assert!(ln_multivariate_gamma(3, 1.0).is_nan() && ln_multivariate_gamma(2, f64::NAN).is_nan());
        assert_eq!(ln_gamma_sign(-0.5).1, -1.0);
        assert_eq!(ln_gamma_sign(-1.5).1, 1.0);
        assert_eq!(ln_gamma_sign(2.5).1, 1.0);
        assert_eq!(gamma_ratio_half(0.0), 0.0);
        assert_eq!(gamma_ratio_half(f64::INFINITY), f64::INFINITY);
        assert!(gamma_ratio_half(-1.0).is_nan());
    }
}
