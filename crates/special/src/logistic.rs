//! The logistic function, its inverse and their logarithms.
use crate::softplus;
use std::f64::consts::LN_2;

/// The part of ln 2 below its `f64`.
const LN_2_LOW: f64 = 2.3190468138462996e-17;

/// Logistic function 1/(1 + e^-x), the inverse of [`logit`]. 0 at -∞, 1 at ∞.
///
/// # Accuracy
/// 2 ulp, the lower tail included.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::expit(0.0), 0.5);
/// assert_eq!(ferronum_special::expit(-700.0), (-700f64).exp());
/// ```
pub fn expit(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// ln(1/(1 + e^-x)), right where [`expit`] underflows and where it rounds to 1. -∞ at -∞, 0 at ∞.
///
/// # Accuracy
/// 2 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln_expit(-1000.0), -1000.0);
/// assert_eq!(ferronum_special::ln_expit(50.0), -(-50f64).exp());
/// ```
pub fn ln_expit(x: f64) -> f64 {
    -softplus(-x)
}

/// Log-odds ln(p/(1 - p)): -∞ at 0, ∞ at 1, NaN outside \[0, 1\].
///
/// # Accuracy
/// 3 ulp, next to the zero p = ½ as well.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::logit(0.75), 3f64.ln());
/// assert_eq!(ferronum_special::logit(0.5 + 1e-10), 4.000000330961484e-10);
/// ```
pub fn logit(p: f64) -> f64 {
    if p > 0.3 && p < 0.65 {
        // p/(1-p) = 1 + (2p-1)/(1-p), and 2p - 1 is exact.
        ((2.0 * p - 1.0) / (1.0 - p)).ln_1p()
    } else {
        (p / (1.0 - p)).ln()
    }
}

/// ln(e^x - 1), the inverse of [`softplus`]. -∞ at 0, ∞ at ∞, NaN below 0.
///
/// # Accuracy
/// 3 ulp, next to the zero x = ln 2 as well.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln_expm1(1e-300), 1e-300f64.ln());
/// assert_eq!(ferronum_special::ln_expm1(1e3), 1e3);
/// ```
pub fn ln_expm1(x: f64) -> f64 {
    let over = x - LN_2;
    if over.abs() < 0.3 {
        // e^x - 1 = 1 + 2(e^(x - ln 2) - 1), and x - ln 2 is exact up to the low part of ln 2.
        (2.0 * (over - LN_2_LOW).exp_m1()).ln_1p()
    } else if x < 1.0 {
        x.exp_m1().ln()
    } else {
        x + (-(-x).exp()).ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((expit(f64::NEG_INFINITY), expit(f64::INFINITY)), (0.0, 1.0));
        assert_eq!((ln_expit(f64::NEG_INFINITY), ln_expit(f64::INFINITY)), (f64::NEG_INFINITY, 0.0));
        assert_eq!((logit(0.0), logit(0.5), logit(1.0)), (f64::NEG_INFINITY, 0.0, f64::INFINITY));
        assert!(logit(-0.1).is_nan() && logit(1.1).is_nan());
        assert_eq!((ln_expm1(0.0), ln_expm1(f64::INFINITY)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(ln_expm1(-1.0).is_nan());
        for f in [expit, ln_expit, logit, ln_expm1] {
            assert!(f(f64::NAN).is_nan());
        }
    }

    #[test]
    fn near_the_zeros() {
        // mpmath, 40 digits, at the very doubles.
        for (x, expected) in [(LN_2, -4.638093627692599e-17), (0.7, 0.013658997191614801)] {
            let got = ln_expm1(x);
            assert!((got / expected - 1.0).abs() < 1e-13, "{x}: {got:e}");
        }
    }
}
