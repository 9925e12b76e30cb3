//! Products with logarithms, and powers less one.

/// x ln y, with 0 · ln 0 = 0: the terms of entropies and likelihoods. NaN if either is NaN or y < 0.
///
/// # Accuracy
/// 2 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::xlogy(0.0, 0.0), 0.0);
/// assert_eq!(ferronum_special::xlogy(2.0, 1.0), 0.0);
/// ```
pub fn xlogy(x: f64, y: f64) -> f64 {
    if x == 0.0 && y >= 0.0 { 0.0 } else { x * y.ln() }
}

/// x ln(1 + y), with 0 where x = 0. NaN if either is NaN or y < -1.
///
/// # Accuracy
/// 2 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::xlog1py(0.0, -1.0), 0.0);
/// assert_eq!(ferronum_special::xlog1py(2.0, 1e-20), 2e-20);
/// ```
pub fn xlog1py(x: f64, y: f64) -> f64 {
    if x == 0.0 && y >= -1.0 { 0.0 } else { x * y.ln_1p() }
}

/// x^y - 1, without the cancellation where the power is near 1.
///
/// NaN for a negative `x` unless `y` is an integer, as the power.
///
/// # Accuracy
/// 3 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::powm1(2.0, 1e-20), 6.931471805599453e-21);
/// assert_eq!(ferronum_special::powm1(-1.0, 4.0), 0.0);
/// ```
pub fn powm1(x: f64, y: f64) -> f64 {
    let even = y % 2.0 == 0.0;
    if x > 0.0 || (x < 0.0 && even) {
        let exponent = y * x.abs().ln();
        if exponent.abs() < 0.7 {
            return exponent.exp_m1();
        }
    }
    x.powf(y) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(xlogy(0.0, f64::INFINITY), 0.0);
        assert!(xlogy(0.0, f64::NAN).is_nan() && xlogy(0.0, -1.0).is_nan() && xlogy(f64::NAN, 1.0).is_nan());
        assert!(xlog1py(0.0, f64::NAN).is_nan() && xlog1py(0.0, -1.1).is_nan());
        assert_eq!(xlogy(1.0, 0.0), f64::NEG_INFINITY);
        assert_eq!((powm1(0.0, 0.0), powm1(0.0, 1.0), powm1(5.0, 0.0)), (0.0, -1.0, 0.0));
        assert_eq!((powm1(-2.0, 3.0), powm1(-2.0, 2.0)), (-9.0, 3.0));
        assert_eq!((powm1(0.0, -1.0), powm1(1.0, f64::INFINITY)), (f64::INFINITY, 0.0));
        assert!(powm1(-2.0, 0.5).is_nan() && powm1(f64::NAN, 1.0).is_nan() && powm1(2.0, f64::NAN).is_nan());
    }
}
