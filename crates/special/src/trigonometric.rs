//! Sine and cosine integrals, circular and hyperbolic.
use crate::expint::{ei_half, expint_e1, expint_ei, ln_ratio_plus};
use crate::poly::piecewise;
use crate::tables::trigonometric::{
    CHI_NEAR, CHI_ROOT, CI_MIDDLE, CI_NEAR, CI_ROOT, CI_ROOT_2, F, G, SHI_NEAR, SI_NEAR,
};
use std::f64::consts::FRAC_PI_2;

/// Sine integral Si(x) = ∫₀ˣ sin t/t dt.
///
/// Odd; ±π/2 at ±∞.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// |x| ≤ 4: Si(x)/x; above: π/2 - f(x) cos x - g(x) sin x with the auxiliary functions of DLMF 6.2.19 against 1/x; all by piecewise polynomials
/// interpolated in 80 digits.
///
/// # Examples
/// ```
/// assert!((ferronum_special::sin_integral(1.0) / 0.946083070367183 - 1.0).abs() < 1e-15);
/// ```
pub fn sin_integral(x: f64) -> f64 {
    let size = x.abs();
    if size <= 4.0 {
        x * piecewise(&SI_NEAR, size)
    } else if size == f64::INFINITY {
        FRAC_PI_2.copysign(x)
    } else {
        let (f, g) = auxiliary(size);
        (FRAC_PI_2 - (f * size.cos() + g * size.sin())).copysign(x)
    }
}

/// Cosine integral for x ≥ 0,
///
/// ```text
/// Ci(x) = -∫ₓ^∞ cos t/t dt
/// ```
///
/// -∞ at 0, 0 at ∞, NaN for x < 0, where it is complex.
///
/// # Accuracy
/// 4 ulp, next to the zeros 0.6165… and 3.384… as well, and beside the conditioning at the later ones.
///
/// # Source
/// x < 2: ln(x/x₀) + (x - x₀) R(x); x < 5: (x - x₁) times a polynomial; above: f(x) sin x - g(x) cos x, DLMF 6.2.20, as [`sin_integral`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::cos_integral(1.0) / 0.33740392290096813 - 1.0).abs() < 1e-15);
/// ```
pub fn cos_integral(x: f64) -> f64 {
    if x < 2.0 {
        if x > 0.0 {
            ln_ratio_plus(x, CI_ROOT, piecewise(&CI_NEAR, x))
        } else if x == 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::NAN
        }
    } else if x < 5.0 {
        ((x - CI_ROOT_2.0) - CI_ROOT_2.1) * piecewise(&CI_MIDDLE, x)
    } else if x == f64::INFINITY {
        0.0
    } else {
        let (f, g) = auxiliary(x);
        f * x.sin() - g * x.cos()
    }
}

/// f(x) and g(x) for x ≥ 4.
fn auxiliary(x: f64) -> (f64, f64) {
    let w = 1.0 / x;
    (w * piecewise(&F, w), w * w * piecewise(&G, w))
}

/// Hyperbolic sine integral Shi(x) = ∫₀ˣ sinh t/t dt.
///
/// Odd; ±∞ at ±∞, overflowing beyond 717.05.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// |x| ≤ 3: Shi(x)/x by piecewise polynomials; above: (Ei(x) + E₁(x))/2, DLMF 6.2.15 and 6.5.
///
/// # Examples
/// ```
/// assert!((ferronum_special::sinh_integral(1.0) / 1.0572508753757286 - 1.0).abs() < 1e-15);
/// ```
pub fn sinh_integral(x: f64) -> f64 {
    let size = x.abs();
    if size <= 3.0 {
        x * piecewise(&SHI_NEAR, size)
    } else if size <= 30.0 {
        (0.5 * (expint_ei(size) + expint_e1(size))).copysign(x)
    } else {
        ei_half(size).copysign(x)
    }
}

/// Hyperbolic cosine integral for x ≥ 0,
///
/// ```text
/// Chi(x) = γ + ln x + ∫₀ˣ (cosh t - 1)/t dt
/// ```
///
/// -∞ at 0, ∞ at ∞, overflowing above 717.05, NaN for x < 0, where it is complex.
///
/// # Accuracy
/// 4 ulp, next to the zero 0.5238… as well.
///
/// # Source
/// x ≤ 3: ln(x/x₀) + (x - x₀) R(x); above: (Ei(x) - E₁(x))/2, DLMF 6.2.16 and 6.5.
///
/// # Examples
/// ```
/// assert!((ferronum_special::cosh_integral(1.0) / 0.8378669409802082 - 1.0).abs() < 1e-15);
/// ```
pub fn cosh_integral(x: f64) -> f64 {
    if x <= 0.0 || x.is_nan() {
        if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN }
    } else if x <= 3.0 {
        ln_ratio_plus(x, CHI_ROOT, piecewise(&CHI_NEAR, x))
    } else if x <= 30.0 {
        0.5 * (expint_ei(x) - expint_e1(x))
    } else {
        ei_half(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!((sin_integral(0.0), sin_integral(f64::NEG_INFINITY)), (0.0, -FRAC_PI_2));
        assert_eq!((cos_integral(0.0), cos_integral(f64::INFINITY)), (f64::NEG_INFINITY, 0.0));
        assert_eq!((sinh_integral(0.0), sinh_integral(f64::NEG_INFINITY)), (0.0, f64::NEG_INFINITY));
        assert_eq!((cosh_integral(0.0), cosh_integral(f64::INFINITY)), (f64::NEG_INFINITY, f64::INFINITY));
        for f in [sin_integral, cos_integral, sinh_integral, cosh_integral] {
            assert!(f(f64::NAN).is_nan());
        }
        assert!(cos_integral(-1.0).is_nan() && cosh_integral(-1.0).is_nan());
    }

    #[test]
    fn beside_the_zeros() {
        // mpmath, 60 digits
        assert_lre!(cos_integral(0.6165054856207162), "-9.121512798937271909461233e-17", 15.0);
        assert_lre!(cos_integral(3.3841804225511863), "5.656852201571236263241202e-17", 15.0);
        assert_lre!(cosh_integral(0.5238225713898644), "5.806356010173174017860127e-17", 15.0);
    }
}
