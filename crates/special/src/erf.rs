//! Error functions and their inverses.
use crate::normal::quantile_from;
use crate::tables::erf::ERFCX;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Error function, erf x = 2/√π ∫₀ˣ e^(-t²) dt.
///
/// # Accuracy
/// 1 ulp.
///
/// # Source
/// `libm::erf` (fdlibm).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::erf(0.5), 0.5204998778130465);
/// ```
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// Complementary error function 1 - erf x, without cancellation; underflows above 27.2.
///
/// # Accuracy
/// 2 ulp.
///
/// # Source
/// `libm::erfc` (fdlibm).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::erfc(10.0), 2.088487583762545e-45);
/// ```
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Scaled complementary error function e^(x²) erfc x, free of underflow; ∞ below -26.7.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// x ≥ 0: (1 + x) erfcx x is smooth in y = 2/(2 + x) ∈ (0, 1] (after Shepherd & Laframboise, *Math. Comp.* 36 (1981) 249–253);
/// twelve polynomials interpolated in 80 digits. x < 0: 2e^(x²) - erfcx(-x).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::erfcx(1e200), 5.641895835477563e-201); // 1/(x√π)
/// ```
pub fn erfcx(x: f64) -> f64 {
    if x >= 0.0 {
        erfcx_positive(x)
    } else if x < -26.7 {
        f64::INFINITY
    } else {
        // x = h + l with h short, so that h² is exact and e^(x²) = e^(h²) e^(l(x + h)).
        let h = (x * 67108864.0).round() / 67108864.0;
        let square = (h * h).exp() * ((x - h) * (x + h)).exp();
        2.0 * square - erfcx_positive(-x)
    }
}

/// [`erfcx`] for x ≥ 0.
#[inline]
pub(crate) fn erfcx_positive(x: f64) -> f64 {
    let y = 2.0 / (2.0 + x);
    let i = ((y * 12.0) as usize).min(11);
    ERFCX[i].at(y) / (1.0 + x)
}

/// Inverse of [`erf`]: ±∞ at ±1, NaN outside [-1, 1].
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// The normal quantile, [`crate::norm_quantile`], entered with ½ - p exact.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::erf_inv(0.5), 0.4769362762044699);
/// ```
pub fn erf_inv(x: f64) -> f64 {
    if x.abs() < 1e-8 {
        // x√π/2 (1 + πx²/12 + …): the next term is below 2⁻⁵⁶, and subnormal x lose nothing.
        return 0.5 * PI.sqrt() * x;
    }
    FRAC_1_SQRT_2 * quantile_from(0.5 * x, 0.5 * (1.0 - x.abs()))
}

/// Inverse of [`erfc`]: ∞ at 0, -∞ at 2, NaN outside [0, 2].
///
/// # Accuracy
/// 4 ulp, beside the conditioning next to x = 1.
///
/// # Examples
/// ```
/// let x = ferronum_special::erfc_inv(1e-300);
/// assert!((x - 26.209469960516).abs() < 1e-12);
/// ```
pub fn erfc_inv(x: f64) -> f64 {
    let half = 0.5 * x;
    // ½ - x/2 is exact for ½ ≤ x ≤ 2, where the central branch reads it; x/2 loses a bit only in the subnormals.
    let tail = if x <= 1.0 { half } else { 0.5 * (2.0 - x) };
    FRAC_1_SQRT_2 * quantile_from(0.5 - half, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(erf(f64::INFINITY), 1.0);
        assert_eq!(erfc(f64::NEG_INFINITY), 2.0);
        assert_eq!(erfcx(f64::INFINITY), 0.0);
        assert_eq!(erfcx(0.0), 1.0);
        assert_eq!(erfcx(f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(erf_inv(1.0), f64::INFINITY);
        assert_eq!(erf_inv(-1.0), f64::NEG_INFINITY);
        assert_eq!(erf_inv(0.0), 0.0);
        assert_eq!(erfc_inv(0.0), f64::INFINITY);
        assert_eq!(erfc_inv(2.0), f64::NEG_INFINITY);
        assert_eq!(erfc_inv(1.0), 0.0);
        for f in [erf, erfc, erfcx, erf_inv, erfc_inv] {
            assert!(f(f64::NAN).is_nan());
        }
        assert!(erf_inv(1.1).is_nan() && erfc_inv(-0.1).is_nan() && erfc_inv(2.1).is_nan());
    }
}
