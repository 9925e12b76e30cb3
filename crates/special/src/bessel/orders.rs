//! Orders 0 and 1.
use super::{bessel_i, bessel_i_scaled, bessel_j, bessel_k, bessel_k_scaled, bessel_y};

/// I₀(x). Even in x; ∞ at ±∞. See [`bessel_i`] for accuracy.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i0(1.0) / 1.2660658777520084 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i0(x: f64) -> f64 {
    bessel_i(0.0, x)
}

/// e^-|x| I₀(x), which does not overflow.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i0_scaled(1e3) / 0.012617240455891257 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i0_scaled(x: f64) -> f64 {
    bessel_i_scaled(0.0, x)
}

/// I₁(x). Odd in x.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i1(1.0) / 0.565159103992485 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i1(x: f64) -> f64 {
    bessel_i(1.0, x)
}

/// e^-|x| I₁(x).
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i1_scaled(1e3) / 0.01261093025692863 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i1_scaled(x: f64) -> f64 {
    bessel_i_scaled(1.0, x)
}

/// J₀(x). Even in x; 0 at ±∞. See [`bessel_j`] for accuracy.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_j0(1.0) / 0.7651976865579666 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_j0(x: f64) -> f64 {
    bessel_j(0.0, x)
}

/// J₁(x). Odd in x.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_j1(1.0) / 0.4400505857449335 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_j1(x: f64) -> f64 {
    bessel_j(1.0, x)
}

/// Y₀(x); -∞ at 0, NaN for x < 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_y0(1.0) / 0.08825696421567696 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_y0(x: f64) -> f64 {
    bessel_y(0.0, x)
}

/// Y₁(x); -∞ at 0, NaN for x < 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_y1(1.0) / -0.7812128213002887 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_y1(x: f64) -> f64 {
    bessel_y(1.0, x)
}

/// K₀(x); ∞ at 0, NaN for x < 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k0(1.0) / 0.42102443824070834 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k0(x: f64) -> f64 {
    bessel_k(0.0, x)
}

/// e^x K₀(x), which does not underflow.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k0_scaled(1e3) / 0.03962832160075422 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k0_scaled(x: f64) -> f64 {
    bessel_k_scaled(0.0, x)
}

/// K₁(x); ∞ at 0, NaN for x < 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k1(1.0) / 0.6019072301972346 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k1(x: f64) -> f64 {
    bessel_k(1.0, x)
}

/// e^x K₁(x).
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k1_scaled(1e3) / 0.03964813081296021 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k1_scaled(x: f64) -> f64 {
    bessel_k_scaled(1.0, x)
}
