//! Dawson's integral.
use crate::poly::piecewise;
use crate::tables::dawson::{FAR, NEAR};

/// Dawson's integral,
///
/// ```text
/// D(x) = e^(-x²) ∫₀ˣ e^(t²) dt
/// ```
///
/// Odd, x next to 0, 1/(2x) far out, 0 at ±∞.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// |x| < 1: D(x)/x, else x D(x) against 1/x (DLMF 7.12.4 far out), both by piecewise polynomials interpolated in 80 digits.
///
/// # Examples
/// ```
/// assert!((ferronum_special::dawson(1.0) / 0.5380795069127684 - 1.0).abs() < 1e-15);
/// ```
pub fn dawson(x: f64) -> f64 {
    let size = x.abs();
    if size < 1.0 { x * piecewise(&NEAR, size) } else { piecewise(&FAR, 1.0 / size) / x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!((dawson(0.0), dawson(f64::INFINITY), dawson(f64::NEG_INFINITY)), (0.0, 0.0, 0.0));
        assert_eq!((dawson(5e-324), dawson(1e300)), (5e-324, 5e-301));
        assert!(dawson(f64::NAN).is_nan());
    }

    #[test]
    fn pieces_meet() {
        // mpmath, 50 digits
        assert_lre!(dawson(0.9999999999999999), "0.5380795069127684275917365", 15.0);
        assert_lre!(dawson(-1.0), "-0.5380795069127684191363874", 15.0);
    }
}
