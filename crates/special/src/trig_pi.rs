//! Sine and cosine of multiples of π.
use std::f64::consts::PI;

/// sin πx, exactly 0 at the integers and ±1 halfway between them. NaN at ±∞.
///
/// # Accuracy
/// 2 ulp for every `x`, next to the zeros as well: the reduction to |r| ≤ ½ is exact.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::sin_pi(1e15 + 0.5), 1.0);
/// ```
pub fn sin_pi(x: f64) -> f64 {
    let (r, odd) = reduce(x);
    let sine = if r.abs() <= 0.25 { (PI * r).sin() } else { (PI * (0.5 - r.abs())).cos().copysign(r) };
    if odd { -sine } else { sine }
}

/// cos πx, exactly ±1 at the integers and 0 halfway between them. NaN at ±∞.
///
/// # Accuracy
/// 2 ulp for every `x`, next to the zeros as well.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::cos_pi(0.5), 0.0);
/// assert_eq!(ferronum_special::cos_pi(1.0), -1.0);
/// ```
pub fn cos_pi(x: f64) -> f64 {
    let (r, odd) = reduce(x);
    let cosine = if r.abs() <= 0.25 { (PI * r).cos() } else { (PI * (0.5 - r.abs())).sin() };
    if odd { -cosine } else { cosine }
}

/// sin(πx)/(πx), 1 at 0 and 0 at the other integers and at ±∞.
///
/// # Accuracy
/// 3 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::sinc_pi(0.5), 2.0 / std::f64::consts::PI);
/// ```
pub fn sinc_pi(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        1.0 // the next term is (πx)²/6 < 2e-18
    } else if x.is_infinite() {
        0.0
    } else {
        sin_pi(x) / PI / x
    }
}

/// x = n + r with |r| ≤ ½, and whether n is odd.
#[inline]
fn reduce(x: f64) -> (f64, bool) {
    let n = x.round_ties_even();
    (x - n, n % 2.0 != 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((sin_pi(1.5), sin_pi(-0.5), sin_pi(7.0), sin_pi(0.0)), (-1.0, -1.0, 0.0, 0.0));
        assert_eq!((cos_pi(1.5), cos_pi(0.0), cos_pi(7.0), cos_pi(1e300)), (0.0, 1.0, -1.0, 1.0));
        assert_eq!((sinc_pi(0.0), sinc_pi(3.0), sinc_pi(f64::NEG_INFINITY)), (1.0, 0.0, 0.0));
        for f in [sin_pi, cos_pi] {
            assert!(f(f64::INFINITY).is_nan() && f(f64::NAN).is_nan());
        }
        assert!(sinc_pi(f64::NAN).is_nan());
    }
}
