//! What Stirling's formula leaves over, ln Γ(1 + a) next to its zeros, and differences of ln Γ without cancellation.
use crate::ln1p_minus_x;
use crate::poly::{Piece, horner};
use crate::tables::gamma::{LN_GAMMA_1P, STIRLING};

/// ln √(2π).
pub(crate) const LN_SQRT_2PI: f64 = 0.9189385332046727;

/// Remainder of Stirling's formula,
///
/// ```text
/// δ(x) = ln Γ(x) - [(x - ½) ln x - x + ½ ln 2π],    x > 0
/// ```
///
/// also the logarithm of the scaled gamma function Γ*(x). 0 at ∞, ∞ at 0, NaN below 0.
///
/// # Accuracy
/// 2 ulp for x ≥ 1, absolutely 1e-16·|ln x| below.
///
/// # Source
/// x ≥ 16: the asymptotic series, DLMF 5.11.1. 1 ≤ x < 16: piecewise polynomials in 1/x, interpolated in 80 digits.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::stirling_remainder(1e10), 1.0 / 12e10);
/// ```
pub fn stirling_remainder(x: f64) -> f64 {
    if x < 1.0 {
        if x <= 0.0 {
            return if x == 0.0 { f64::INFINITY } else { f64::NAN };
        }
        return ln_gamma_1p(x) - ((x + 0.5) * x.ln() - x + LN_SQRT_2PI);
    }
    if x == f64::INFINITY {
        return 0.0;
    }
    let w = 1.0 / x;
    if x >= 16.0 { w * series(w) } else { w * stirling_piece(x).at(w) }
}

/// x δ(x) for w = 1/x ≤ 1/16: B₂ₖ/(2k(2k-1)), the first term left out bounds the error: 0.03 w¹⁴ < 4e-19.
#[inline]
fn series(w: f64) -> f64 {
    const C: [f64; 7] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0];
    horner(&C, w * w)
}

/// The piece that holds w = 1/x; each is good for a tenth of its length beyond its ends.
#[inline]
fn stirling_piece(x: f64) -> &'static Piece {
    if x < 2.0 {
        &STIRLING[3]
    } else if x < 4.0 {
        &STIRLING[2]
    } else if x < 8.0 {
        &STIRLING[1]
    } else {
        &STIRLING[0]
    }
}

/// δ(x + h) - δ(x) for x ≥ 1, h ≥ 0, relative to its size.
pub(crate) fn stirling_difference(x: f64, h: f64) -> f64 {
    let (w, z) = (1.0 / x, 1.0 / (x + h));
    // f(w) = δ(1/w) = w g(w): f(z) - f(w) = (z - w)(g(w) + z g[w, z]), and z - w = -h w z.
    let step = -h * w * z;
    if x >= 16.0 {
        // g = Σ c_k w^2k: the divided difference in w² times (w + z).
        let (u, v) = (w * w, z * z);
        const C: [f64; 7] = [
            1.0 / 12.0,
            -1.0 / 360.0,
            1.0 / 1260.0,
            -1.0 / 1680.0,
            1.0 / 1188.0,
            -691.0 / 360360.0,
            1.0 / 156.0,
        ];
        let (mut value, mut slope) = (0.0, 0.0);
        for &c in C.iter().rev() {
            slope = slope * v + value;
            value = value * u + c;
        }
        return step * (value + z * slope * (w + z));
    }
    let piece = stirling_piece(x);
    if (z - piece.mid) * piece.scale >= -1.0 {
        let (value, slope) = piece.divided_difference(w, z);
        step * (value + z * slope)
    } else {
        stirling_remainder(x + h) - stirling_remainder(x)
    }
}

/// ln Γ(1 + a) for -½ < a, relatively accurate next to its zeros a = 0 and a = 1.
pub fn ln_gamma_1p(a: f64) -> f64 {
    if (0.0..=1.0).contains(&a) {
        a * (a - 1.0) * one_plus_piece(a).at(a)
    } else if a > 1.0 && a <= 2.0 {
        // Γ(1 + a) = a Γ(a), and a - 1 is exact; ln a = ln(1 + (a - 1)).
        ln_gamma_1p(a - 1.0) + (a - 1.0).ln_1p()
    } else if a < 0.0 && a > -0.5 {
        if a > -0.1 { a * (a - 1.0) * LN_GAMMA_1P[0].at(a) } else { ln_gamma_1p(1.0 + a) - a.ln_1p() }
    } else {
        crate::ln_gamma(1.0 + a)
    }
}

#[inline]
fn one_plus_piece(a: f64) -> &'static Piece {
    if a < 0.333 {
        &LN_GAMMA_1P[0]
    } else if a < 0.667 {
        &LN_GAMMA_1P[1]
    } else {
        &LN_GAMMA_1P[2]
    }
}

/// ln Γ(1 + x + h) - ln Γ(1 + x) for 0 ≤ x ≤ 1, 0 ≤ h, relative to its size where x + h ≤ 1.
fn ln_gamma_1p_difference(x: f64, h: f64) -> f64 {
    let z = x + h;
    let piece = one_plus_piece(x);
    if z > 1.0 || (z - piece.mid) * piece.scale > 1.0 {
        return ln_gamma_1p(z) - ln_gamma_1p(x);
    }
    // f(a) = a(a - 1) g(a): f[x, z] = (x + z - 1) g(x) + z(z - 1) g[x, z].
    let (value, slope) = piece.divided_difference(x, z);
    h * ((x + z - 1.0) * value + z * (z - 1.0) * slope)
}

/// ln Γ(x + h) - ln Γ(x) - h ln(x + h) for x > 0, 0 ≤ h ≤ about 1: small, and relatively accurate however small `h` is.
///
/// x ≥ 1: x·log1pmx(h/x) - ½ ln(1 + h/x) + δ(x + h) - δ(x). x < 1: ln Γ(1 + x) in place of ln Γ(x).
pub(crate) fn ln_gamma_step(x: f64, h: f64) -> f64 {
    if x >= 1.0 {
        let q = h / x;
        x * ln1p_minus_x(q) - 0.5 * q.ln_1p() + stirling_difference(x, h)
    } else {
        ln_gamma_1p_difference(x, h) - (h / x).ln_1p() - h * (x + h).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(stirling_remainder(f64::INFINITY), 0.0);
        assert_eq!(stirling_remainder(0.0), f64::INFINITY);
        assert!(stirling_remainder(-1.0).is_nan() && stirling_remainder(f64::NAN).is_nan());
        assert_eq!(ln_gamma_1p(0.0), 0.0);
        assert_eq!(ln_gamma_1p(1.0), 0.0);
    }

    #[test]
    fn pieces_meet() {
        for x in [1.0, 2.0, 4.0, 8.0, 16.0] {
            let (below, above) = (stirling_remainder(x * (1.0 - 1e-15)), stirling_remainder(x));
            assert!((below / above - 1.0).abs() < 4e-15, "{x}: {below:e} {above:e}");
        }
    }
}
