//! Riemann's zeta function on the real line, and its derivative to the right of the pole.
use crate::double_ln::ln_dd_quick;
use crate::poly::piecewise;
use crate::tables::zeta::{DERIVATIVE, DERIVATIVE_TAIL, ZETA, ZETA_MINUS_1, ZETA_TAIL};
use crate::trig_pi::sin_pi;
use crate::{Scaled, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::{LN_2, TAU};

/// Riemann zeta function ζ(s) = Σ_{n≥1} n^-s, continued to all real s.
///
/// ∞ at the pole s = 1, 1 at ∞, 0 at the negative even integers, NaN at -∞. Beyond s ≈ -260 it oscillates out of the range.
///
/// # Accuracy
/// 4 ulp, beside the conditioning in `s`.
///
/// # Source
/// -1 ≤ s < 2: (s - 1) ζ(s) by polynomials interpolated in 80 digits; s ≥ 2: 1 + [`zeta_minus_1`]; s < -1: reflection, DLMF 25.4.1,
/// with 1 - s and the exponent in double-double.
///
/// # Examples
/// ```
/// use ferronum_special::zeta;
/// assert_eq!(zeta(2.0), std::f64::consts::PI.powi(2) / 6.0);
/// assert_eq!((zeta(0.0), zeta(-2.0)), (-0.5, 0.0));
/// ```
pub fn zeta(s: f64) -> f64 {
    if s >= 2.0 {
        1.0 + zeta_minus_1(s)
    } else if s >= -1.0 {
        if s == 1.0 { f64::INFINITY } else { piecewise(&ZETA, s) / (s - 1.0) }
    } else if s.is_finite() {
        reflected(s)
    } else {
        f64::NAN
    }
}

/// ζ(s) - 1, which keeps its digits where ζ(s) is next to 1: about 2^-s for large s.
///
/// ∞ at s = 1, 0 at ∞, NaN at -∞.
///
/// # Accuracy
/// 4 ulp for s ≥ -1, that of ζ(s) below.
///
/// # Source
/// s ≥ 32: the sum, as multiple of 2^-s. 2 ≤ s < 32: polynomials for 2^s (ζ(s) - 1), below for (s - 1)(ζ(s) - 1), interpolated in 80
/// digits.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::zeta_minus_1(100.0), 2f64.powi(-100));
/// ```
pub fn zeta_minus_1(s: f64) -> f64 {
    if s >= 32.0 {
        (-s).exp2() * (1.0 + TERMS.iter().map(|n| (2.0 / n).powf(s)).sum::<f64>())
    } else if s >= 2.0 {
        (-s).exp2() * piecewise(&ZETA_TAIL, s)
    } else if s >= -1.0 {
        if s == 1.0 { f64::INFINITY } else { piecewise(&ZETA_MINUS_1, s) / (s - 1.0) }
    } else {
        zeta(s) - 1.0
    }
}

/// For s ≥ 32 the terms from n = 8 on add less than (2/8)³² · 1.3 < 8e-20 to the first, 2^-s.
const TERMS: [f64; 5] = [7.0, 6.0, 5.0, 4.0, 3.0];

/// Derivative ζ′(s) = -Σ_{n≥2} ln n · n^-s for s > 1, as the likelihood of zeta laws needs it.
///
/// -∞ at s = 1, 0 at ∞, NaN below 1.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// As [`zeta_minus_1`], with polynomials for (s - 1)² ζ′(s) and 2^s ζ′(s).
///
/// # Examples
/// ```
/// let mean_ln = -ferronum_special::zeta_derivative(2.0) / ferronum_special::zeta(2.0); // E ln X for P(X = n) ∝ 1/n²
/// assert!((mean_ln - 0.5699609930945328).abs() < 1e-15);
/// ```
pub fn zeta_derivative(s: f64) -> f64 {
    if s >= 32.0 {
        if s == f64::INFINITY {
            return -0.0;
        }
        -(-s).exp2() * (LN_2 + TERMS.iter().map(|n| n.ln() * (2.0 / n).powf(s)).sum::<f64>())
    } else if s >= 2.0 {
        (-s).exp2() * piecewise(&DERIVATIVE_TAIL, s)
    } else if s >= 1.0 {
        piecewise(&DERIVATIVE, s) / ((s - 1.0) * (s - 1.0))
    } else {
        f64::NAN
    }
}

/// ζ(s) = 2 (2π)^-x sin(πs/2) Γ(x) ζ(x) with x = 1 - s, for s < -1.
fn reflected(s: f64) -> f64 {
    let sine = sin_pi(0.5 * s);
    if sine == 0.0 {
        return 0.0;
    }
    const LN_2PI: Dd = Dd::from_parts(1.8378770664093456, -7.756588316134483e-17);
    let x = Dd::sum(1.0, -s);
    // Γ(x) (2π)^-x = √(2π) e^δ(x) · exp((x - ½) ln x - x - x ln 2π).
    let exponent = ln_dd_quick(x) * (x - 0.5) - x - x * LN_2PI;
    let mantissa = 2.0 * TAU.sqrt() * stirling_remainder(x.hi()).exp() * sine * zeta(x.hi());
    Scaled { mantissa, exponent }.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!((zeta(1.0), zeta(f64::INFINITY)), (f64::INFINITY, 1.0));
        assert_eq!((zeta(-4.0), zeta(-1e300)), (0.0, 0.0));
        assert_eq!((zeta_minus_1(1.0), zeta_minus_1(f64::INFINITY)), (f64::INFINITY, 0.0));
        assert_eq!((zeta_derivative(1.0), zeta_derivative(f64::INFINITY)), (f64::NEG_INFINITY, 0.0));
        assert!(
            zeta(f64::NEG_INFINITY).is_nan() && zeta(f64::NAN).is_nan() && zeta_minus_1(f64::NAN).is_nan()
        );
        assert!(zeta_derivative(0.5).is_nan() && zeta_derivative(f64::NAN).is_nan());
        assert_eq!(zeta(-301.5).abs(), f64::INFINITY);
    }

    #[test]
    fn integers() {
        assert_lre!(zeta(-1.0), "-0.08333333333333333333333333", 15.5);
        assert_lre!(zeta(-3.0), "0.008333333333333333333333333", 15.5);
        assert_lre!(zeta(3.0), "1.202056903159594285399738", 15.5);
    }
}
