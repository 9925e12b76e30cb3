//! Orders 0 and 1 by polynomials interpolated in 60 digits to 2e-18 (tools/bessel_orders.py).
use super::hankel;
use crate::Scaled;
use crate::poly::{Piece, horner};
use crate::tables::bessel_orders::*;
use ferronum_dd::Dd;
use std::f64::consts::FRAC_2_PI;

/// 1/(4^k k!²): I₀ and J₀ in powers of ±x², to 1e-22 at x = 1.
const ORDER_0: [f64; 11] = [
    1.0,
    1.0 / 4.0,
    1.0 / 64.0,
    1.0 / 2304.0,
    1.0 / 147456.0,
    1.0 / 14745600.0,
    1.0 / 2123366400.0,
    1.0 / 416179814400.0,
    1.0 / 106542032486400.0,
    1.0 / 34519618525593600.0,
    1.0 / 13807847410237440000.0,
];
/// ½/(4^k k! (k+1)!): I₁/x and J₁/x likewise.
const ORDER_1: [f64; 11] = [
    1.0 / 2.0,
    1.0 / 16.0,
    1.0 / 384.0,
    1.0 / 18432.0,
    1.0 / 1474560.0,
    1.0 / 176947200.0,
    1.0 / 29727129600.0,
    1.0 / 6658877030400.0,
    1.0 / 1917756584755200.0,
    1.0 / 690392370511872000.0,
    1.0 / 303772643025223680000.0,
];

/// The piece of `x`, given the inner ends of the pieces in rising order.
fn piece<'a>(pieces: &'a [Piece], ends: &[f64], x: f64) -> &'a Piece {
    let index = ends.iter().take_while(|&&end| x > end).count();
    &pieces[index.min(pieces.len() - 1)]
}

/// x minus a zero held in two parts.
fn off(x: f64, zero: (f64, f64)) -> f64 {
    (x - zero.0) - zero.1
}

/// The Taylor series of order 0 (J: sign -1, I: sign 1) or, divided by x, of order 1, for x ≤ 1.
fn taylor(first: bool, x: f64, sign: f64) -> f64 {
    horner(if first { &ORDER_1 } else { &ORDER_0 }, sign * (x * x))
}

/// I₀(x) - 1 for x ≤ 1.
pub(super) fn i0_minus_one(x: f64) -> f64 {
    x * x * horner(&ORDER_0[1..], x * x)
}

/// e^-x I₀(x), or e^-x I₁(x) where `first`.
pub(super) fn i_scaled(first: bool, x: f64) -> Scaled {
    let power = if first { x } else { 1.0 };
    if x <= 1.0 {
        return Scaled { mantissa: power * taylor(first, x, 1.0), exponent: Dd::from(-x) };
    }
    if x <= 8.0 {
        let pieces = if first { &I1_MIDDLE } else { &I0_MIDDLE };
        return Scaled::plain(power * piece(pieces, &[2.0, 4.0], x).at(x));
    }
    let w = 1.0 / x;
    let pieces = if first { &I1_LARGE } else { &I0_LARGE };
    Scaled::plain(piece(pieces, &[0.03125, 0.0625], w).at(w) / x.sqrt())
}

/// e^x K₀(x) or e^x K₁(x). For x ≤ 1 the logarithm of the second solution times the first, and an even polynomial.
pub(super) fn k_scaled(first: bool, x: f64) -> Scaled {
    if x <= 1.0 {
        let ln = (0.5 * x).ln();
        let (even, square) = (taylor(first, x, 1.0), x * x);
        let mantissa = if first {
            (1.0 + square * (ln * even + K1_SMALL[0].at(square))) / x
        } else {
            K0_SMALL[0].at(square) - ln * even
        };
        return Scaled { mantissa, exponent: Dd::from(x) };
    }
    let w = 1.0 / x;
    let pieces = if first { &K1_LARGE } else { &K0_LARGE };
    Scaled::plain(piece(pieces, &[0.125, 0.25, 0.5], w).at(w) / x.sqrt())
}

/// J₀(x) or J₁(x). Between 1 and 5 the factor x² - z² of the zero there is taken out.
pub(super) fn j(first: bool, x: f64) -> f64 {
    if x <= 1.0 {
        return if first { x } else { 1.0 } * taylor(first, x, -1.0);
    }
    if x > 5.0 {
        return wave(first, x).0;
    }
    let (zero, pieces) = if first { (J1_ZERO, &J1_MIDDLE) } else { (J0_ZERO, &J0_MIDDLE) };
    off(x, zero) * (x + zero.0) * piece(pieces, &[2.2, 3.5], x).at(x)
}

/// Y₀(x) or Y₁(x).
pub(super) fn y(first: bool, x: f64) -> f64 {
    if x > 5.0 {
        return wave(first, x).1;
    }
    let square = x * x;
    if first {
        if x > 1.0 {
            return off(x, Y1_ZERO) * piece(&Y1_MIDDLE, &[1.6, 2.6, 3.7], x).at(x);
        }
        let log = FRAC_2_PI * (0.5 * x).ln() * taylor(true, x, -1.0);
        return (square * (log + Y1_SMALL[0].at(square)) - FRAC_2_PI) / x;
    }
    if x <= 0.5 {
        FRAC_2_PI * (0.5 * x).ln() * taylor(false, x, -1.0) + Y0_SMALL[0].at(square)
    } else if x <= 2.2 {
        off(x, Y0_FIRST_ZERO) * piece(&Y0_MIDDLE, &[0.8, 1.3], x).at(x)
    } else {
        off(x, Y0_SECOND_ZERO) * piece(&Y0_NEXT, &[3.5], x).at(x)
    }
}

/// J and Y for x ≥ 5: Hankel's form √(2/(πx)) (P cos θ - Q sin θ, P sin θ + Q cos θ) with P and xQ as polynomials in 1/x.
fn wave(first: bool, x: f64) -> (f64, f64) {
    let w = 1.0 / x;
    let (ps, qs) = if first { (&P1, &Q1) } else { (&P0, &Q0) };
    let ends = [0.05, 0.1];
    let (p, q) = (piece(ps, &ends, w).at(w), w * piece(qs, &ends, w).at(w));
    let (sine, cosine) = hankel::phase(if first { 1.0 } else { 0.0 }, x);
    let amplitude = FRAC_2_PI.sqrt() / x.sqrt();
    (amplitude * (p * cosine - q * sine), amplitude * (p * sine + q * cosine))
}
