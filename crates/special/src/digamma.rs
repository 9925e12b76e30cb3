//! The logarithmic derivatives ψ and ψ′ of Γ.
use crate::poly::{Piece, horner};
use crate::tables::gamma::{DIGAMMA_NEAR_ROOT, DIGAMMA_REMAINDER, DIGAMMA_ROOT, TRIGAMMA_REMAINDER};
use crate::trig_pi::sin_pi;
use std::f64::consts::PI;

/// Digamma function ψ(x) = Γ′(x)/Γ(x).
///
/// NaN at 0, at the negative integers and at -∞; ∞ at ∞.
///
/// # Accuracy
/// 4 ulp for x > 0, next to the zero 1.4616… as well; for x < 0 beside the conditioning in `x`.
///
/// # Source
/// \[1, 2\]: (x - x₀) times a polynomial. x ≥ 2: ln x - 1/(2x) less a remainder (DLMF 5.11.2 from 16 on, polynomials in 1/x
/// below). x < 1: recurrence; x < 0: reflection, DLMF 5.5.4.
///
/// # Examples
/// ```
/// assert!((ferronum_special::digamma(1.0) + 0.5772156649015329).abs() < 2e-16); // -γ
/// ```
pub fn digamma(x: f64) -> f64 {
    if x >= 2.0 {
        if x == f64::INFINITY {
            return x;
        }
        let w = 1.0 / x;
        x.ln() - w * (0.5 + w * remainder(x, w))
    } else if x >= 1.0 {
        let near = if x < 1.25 {
            &DIGAMMA_NEAR_ROOT[0]
        } else if x < 1.5 {
            &DIGAMMA_NEAR_ROOT[1]
        } else {
            &DIGAMMA_NEAR_ROOT[2]
        };
        ((x - DIGAMMA_ROOT.0) - DIGAMMA_ROOT.1) * near.at(x)
    } else if x > 0.0 {
        digamma(x + 1.0) - 1.0 / x
    } else if x < 0.0 && x.floor() != x {
        if x > -0.5 {
            return digamma(1.0 - x) - 1.0 / (x * tan_pi_over(x));
        }
        digamma(1.0 - x) - PI / tan_pi(x)
    } else {
        f64::NAN
    }
}

/// ln x - ψ(x), relatively accurate: 1/(2x) + 1/(12x²) - … for large x. It carries the entropies of gamma and beta laws.
///
/// ∞ at 0, 0 at ∞, NaN below 0.
///
/// # Accuracy
/// 4 ulp for x ≥ 2, 1e-15 below.
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_minus_digamma(1e20) / 5e-21 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_minus_digamma(x: f64) -> f64 {
    if x >= 2.0 {
        let w = 1.0 / x;
        w * (0.5 + w * remainder(x, w))
    } else if x > 0.0 {
        x.ln() - digamma(x)
    } else if x == 0.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}

/// x²(ln x - 1/(2x) - ψ(x)) for x ≥ 2, w = 1/x.
#[inline]
fn remainder(x: f64, w: f64) -> f64 {
    if x >= 16.0 {
        // B₂ₖ/(2k): the first term left out, 0.44 w¹⁴, bounds the error.
        const C: [f64; 7] =
            [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];
        horner(&C, w * w)
    } else {
        piece(&DIGAMMA_REMAINDER, x).at(w)
    }
}

/// Trigamma function ψ′(x), the second derivative of ln Γ.
///
/// ∞ at 0 and the negative integers, 0 at ∞, NaN at -∞.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// As [`digamma`]: DLMF 5.15.8 from 16 on, polynomials in 1/x above 1, recurrence, reflection (DLMF 5.15.6).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::trigamma(1.0), std::f64::consts::PI.powi(2) / 6.0);
/// ```
pub fn trigamma(x: f64) -> f64 {
    if x >= 1.0 {
        if x == f64::INFINITY {
            return 0.0;
        }
        let w = 1.0 / x;
        w + w * w * (0.5 + w * trigamma_rest(x, w))
    } else if x > 0.0 {
        trigamma(x + 1.0) + 1.0 / (x * x)
    } else if x == 0.0 || (x < 0.0 && x.floor() == x && x.is_finite()) {
        f64::INFINITY
    } else if x < 0.0 && x.is_finite() {
        let t = PI / sin_pi(x);
        t * t - trigamma(1.0 - x)
    } else {
        f64::NAN
    }
}

/// ψ′(x) - 1/x, relatively accurate: 1/(2x²) + 1/(6x³) + … for large x. It carries the divergences of gamma and beta laws.
///
/// ∞ at 0, 0 at ∞, NaN below 0.
///
/// # Accuracy
/// 4 ulp for x ≥ 1, 1e-15 below.
///
/// # Examples
/// ```
/// assert!((ferronum_special::trigamma_minus_reciprocal(1e20) / 5e-41 - 1.0).abs() < 1e-15);
/// ```
pub fn trigamma_minus_reciprocal(x: f64) -> f64 {
    if x >= 1.0 {
        let w = 1.0 / x;
        w * w * (0.5 + w * trigamma_rest(x, w))
    } else if x > 0.0 {
        // 1/x² - 1/x + ψ′(1 + x), each difference with a result above its terms' half.
        (1.0 - x) / x / x + trigamma(1.0 + x)
    } else if x == 0.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}

/// x³(ψ′(x) - 1/x - 1/(2x²)) for x ≥ 1, w = 1/x.
#[inline]
fn trigamma_rest(x: f64, w: f64) -> f64 {
    if x >= 16.0 {
        // B₂ₖ: the first term left out, 7.1 w¹⁶ of the leading one, bounds the error.
        const C: [f64; 7] =
            [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
        horner(&C, w * w)
    } else {
        piece(&TRIGAMMA_REMAINDER, x).at(w)
    }
}

#[inline]
fn piece(table: &'static [Piece], x: f64) -> &'static Piece {
    &table[if x < 2.0 {
        3
    } else if x < 4.0 {
        2
    } else if x < 8.0 {
        1
    } else {
        0
    }]
}

/// tan πx after exact reduction to |r| ≤ ½, by the cotangent of the complement above ¼.
fn tan_pi(x: f64) -> f64 {
    let r = x - x.round_ties_even();
    if r.abs() <= 0.25 { (PI * r).tan() } else { (1.0 / (PI * (0.5 - r.abs())).tan()).copysign(r) }
}

/// tan(πx)/(πx) for |x| < ½, which is 1 at 0.
fn tan_pi_over(x: f64) -> f64 {
    if x.abs() < 1e-9 { 1.0 } else { tan_pi(x) / (PI * x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        for x in [0.0, -1.0, -7.0, f64::NEG_INFINITY, f64::NAN] {
            assert!(digamma(x).is_nan(), "{x}");
        }
        assert_eq!(digamma(f64::INFINITY), f64::INFINITY);
        assert_eq!(trigamma(0.0), f64::INFINITY);
        assert_eq!(trigamma(-2.0), f64::INFINITY);
        assert_eq!(trigamma(f64::INFINITY), 0.0);
        assert!(trigamma(f64::NAN).is_nan());
        assert_eq!(sin_pi(1.5), -1.0);
        assert!((tan_pi(-0.25) + 1.0).abs() < 2e-16);
    }

    #[test]
    fn recurrence_across_the_pieces() {
        for x in [0.5, 1.0, 1.25, 1.5, 2.0, 4.0, 8.0, 15.5, 16.0] {
            let rise = digamma(x + 1.0) - digamma(x);
            assert!((rise * x - 1.0).abs() < 1e-14 * (1.0 + x), "{x}");
            let fall = trigamma(x) - trigamma(x + 1.0);
            assert!((fall * x * x - 1.0).abs() < 1e-14 * (1.0 + x * x), "{x}");
        }
    }
}
