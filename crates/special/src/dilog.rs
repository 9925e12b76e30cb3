//! The dilogarithm.
use crate::poly::{horner, piecewise};
use crate::tables::dilog::{DILOG_NEAR_ROOT, DILOG_ROOT, DILOG_SERIES};
use std::f64::consts::PI;

/// Real part of the dilogarithm (Spence's function),
///
/// ```text
/// Li₂(x) = -∫₀ˣ ln|1 - t|/t dt = Σ_{k≥1} xᵏ/k²
/// ```
///
/// The sum holds for |x| ≤ 1. Above 1 the function is complex, with imaginary part ∓π ln x on the two sides of its cut; this is the
/// real part that both share. π²/6 at 1, -∞ at ±∞.
///
/// # Accuracy
/// 4 ulp, next to the zero 12.595… as well.
///
/// # Source
/// -3 ≤ x ≤ ¾: the series with Bernoulli numbers in u = -ln(1 - x), |u| < 1.39 (Lewin, *Polylogarithms and Associated Functions* (1981),
/// 1.3; DLMF 25.12.1); elsewhere the reflections x ↦ 1 - x and x ↦ 1/x, DLMF 25.12.4 and 25.12.6. 8 to 20: (x - x₀) times a polynomial.
///
/// # Examples
/// ```
/// use std::f64::consts::PI;
/// let half = ferronum_special::dilog(0.5);
/// assert!((half - (PI * PI / 12.0 - 0.5 * 2f64.ln().powi(2))).abs() < 1e-15);
/// ```
pub fn dilog(x: f64) -> f64 {
    if x < -3.0 {
        let ln = (-x).ln();
        -PI * PI / 6.0 - 0.5 * ln * ln - series(1.0 / x)
    } else if x <= 0.75 {
        series(x)
    } else if x < 3.0 {
        if x == 1.0 {
            return PI * PI / 6.0;
        }
        PI * PI / 6.0 - x.ln() * (x - 1.0).abs().ln() - series(1.0 - x)
    } else if (8.0..=20.0).contains(&x) {
        ((x - DILOG_ROOT.0) - DILOG_ROOT.1) * piecewise(&DILOG_NEAR_ROOT, x)
    } else {
        let ln = x.ln();
        PI * PI / 3.0 - 0.5 * ln * ln - series(1.0 / x)
    }
}

/// u - u²/4 + Σ B₂ₖ u^(2k+1)/(2k+1)! for u = -ln(1 - x), -3 ≤ x ≤ ¾: the terms fall like (u/2π)^2k, the first left out is below 1e-20.
fn series(x: f64) -> f64 {
    let u = -(-x).ln_1p();
    let v = u * u;
    u - 0.25 * v + u * v * horner(&DILOG_SERIES, v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!(dilog(0.0), 0.0);
        assert_eq!(dilog(1.0), PI * PI / 6.0);
        assert_eq!(dilog(f64::INFINITY), f64::NEG_INFINITY);
        assert_eq!(dilog(f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert!(dilog(f64::NAN).is_nan());
        assert_eq!(dilog(5e-324), 5e-324);
    }

    #[test]
    fn classical_values() {
        // -π²/12, π²/4 and the zero
        assert_lre!(dilog(-1.0), "-0.8224670334241132182362076", 15.5);
        assert_lre!(dilog(2.0), "2.467401100272339654708623", 15.5);
    }
}
