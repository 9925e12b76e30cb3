//! Orders ν ≥ 30: Debye's expansions, and Olver's expansion in Airy functions next to the turning point x = ν.
use crate::Scaled;
use crate::airy;
use crate::double_ln::ln_dd;
use crate::double_trig::{PI, atan, sin_cos_phase};
use crate::poly::horner;
use crate::tables::bessel::DEBYE;
use crate::tables::olver::{OLVER_A, OLVER_B};
use ferronum_dd::Dd;
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, TAU};

/// u_k(p)/ν^k with p² replaced by sign·p² in the polynomial: sign -1 gives i^-k u_k(ip).
fn term(k: usize, p: f64, nu: f64, sign: f64) -> f64 {
    let square = sign * (p * p);
    if p <= 1.0 {
        (p / nu).powi(k as i32) * horner(DEBYE[k], square)
    } else {
        // From the highest power down, since p² may be large: (±p³/ν)^k Σ c_j (±p²)^(j-k).
        let sum = DEBYE[k].iter().fold(0.0, |sum, &c| sum / square + c);
        (sign * p * p * (p / nu)).powi(k as i32) * sum
    }
}

/// Σ_k s_k u_k(p)/ν^k by parity of k, with `sign` as in [`term`]. The terms fall like (k-1)!/(2π (πν)^k) for I and K, and like
/// (k-1)!/(2π (2ξ)^k) with ξ ≥ 30 for J and Y: the first one left out is below 1e-17.
fn sums(p: f64, nu: f64, sign: f64) -> (f64, f64) {
    let (mut even, mut odd) = (0.0, 0.0);
    let mut small = 0;
    for k in 0..DEBYE.len() {
        let value = term(k, p, nu, sign);
        let value = if sign < 0.0 && k & 2 != 0 { -value } else { value };
        if k & 1 == 0 {
            even += value
        } else {
            odd += value
        }
        small = if value.abs() < 1e-18 { small + 1 } else { 0 };
        if small == 2 {
            break;
        }
    }
    (even, odd)
}

/// ⁴√(ν² + x²), √(ν² + x²) - x - ν asinh(ν/x) and p = ν/√(ν² + x²).
fn exponent(nu: f64, x: f64) -> (f64, Dd, f64) {
    // The first two are homogeneous: next to the end of the range, a scale keeps the squares and sums in it.
    if nu.max(x) > 1e290 {
        let scale = 2f64.powi(-100);
        let (root, exponent, p) = exponent(nu * scale, x * scale);
        return (root / scale.sqrt(), exponent / scale, p);
    }
    let (large, small) = if nu > x { (nu, x) } else { (x, nu) };
    let ratio = Dd::from(small) / large;
    let root = (ratio * ratio + 1.0).sqrt() * large;
    let sum = root + nu;
    let ln = if x > 1e-10 * nu { ln_dd(sum / x) } else { ln_dd(sum) - ln_dd(Dd::from(x)) };
    // √(ν² + x²) - x = ν²/(√(ν² + x²) + x).
    let rest = Dd::from(nu) / (root + x);
    (root.to_f64().sqrt(), (rest - ln) * nu, nu / root.to_f64())
}

/// e^-x I_ν(x), DLMF 10.41.3.
pub(super) fn i_scaled(nu: f64, x: f64) -> Scaled {
    let (root, exponent, p) = exponent(nu, x);
    let (even, odd) = sums(p, nu, 1.0);
    Scaled { mantissa: (even + odd) / (TAU.sqrt() * root), exponent }
}

/// e^x K_ν(x), DLMF 10.41.4.
pub(super) fn k_scaled(nu: f64, x: f64) -> Scaled {
    let (root, exponent, p) = exponent(nu, x);
    let (even, odd) = sums(p, nu, 1.0);
    Scaled { mantissa: (even - odd) * (FRAC_PI_2.sqrt() / root), exponent: -exponent }
}

/// Where x stands to the turning point.
struct Turning {
    /// 1 - (x/ν)².
    sigma: Dd,
    /// √|σ|.
    root: Dd,
    /// (ξ/ν)/|σ|^(3/2).
    shape: Dd,
    /// ν|atanh √σ - √σ| for x < ν, ν(√-σ - atan √-σ) for x > ν.
    xi: Dd,
}

impl Turning {
    fn new(nu: f64, x: f64) -> Self {
        let down = Dd::sum(nu, -x) / nu;
        let sigma = down * (Dd::from(2.0) - down);
        let root = sigma.abs().sqrt();
        let cube = root * sigma.abs();
        if sigma.hi().abs() < 0.05 {
            // Both are |σ|^(3/2) Σ σ^k/(2k + 3).
            let shape = (0..26).rev().fold(Dd::ZERO, |sum, k| sum * sigma + Dd::ONE / f64::from(2 * k + 3));
            return Self { sigma, root, shape, xi: cube * shape * nu };
        }
        let difference = if sigma.hi() > 0.0 {
            let ratio = x / nu;
            let up = root + 1.0;
            let ln = if ratio > 1e-10 {
                ln_dd(up / (Dd::from(x) / nu))
            } else {
                ln_dd(up) + ln_dd(Dd::from(nu)) - ln_dd(Dd::from(x))
            };
            ln - root
        } else {
            root - atan(root)
        };
        Self { sigma, root, shape: difference / cube, xi: difference * nu }
    }
}

/// J_ν(x) and Y_ν(x).
///
/// ξ ≥ 30: Debye's expansions, DLMF 10.19.3 and 10.19.6. Nearer to the turning point: Olver's, DLMF 10.20.4–5.
pub(super) fn jy(nu: f64, x: f64) -> (Scaled, Scaled) {
    let turning = Turning::new(nu, x);
    if turning.xi.hi() < 30.0 {
        return olver(nu, &turning);
    }
    let root = turning.root.to_f64();
    if turning.sigma.hi() > 0.0 {
        let (even, odd) = sums(1.0 / root, nu, 1.0);
        let j = Scaled { mantissa: (even + odd) / (TAU.sqrt() * (nu * root).sqrt()), exponent: -turning.xi };
        let y = Scaled { mantissa: -(even - odd) * (FRAC_2_PI / (nu * root)).sqrt(), exponent: turning.xi };
        return (j, y);
    }
    let (even, odd) = sums(1.0 / root, nu, -1.0);
    let (sine, cosine) = sin_cos_phase(turning.xi - PI * 0.25);
    let amplitude = (FRAC_2_PI / (nu * root)).sqrt();
    let j = amplitude * (cosine * even + sine * odd);
    let y = amplitude * (sine * even - cosine * odd);
    (Scaled::plain(j), Scaled::plain(y))
}

/// ξ < 30, so that |ζ| ≤ (45/ν)^(2/3) ≤ 1.32 for ν ≥ 30. The coefficients are Taylor polynomials of degree 51 (|ζ/2.81|⁵² < 1e-17);
/// seven of each leave less than 1e-17 at ν = 30.
fn olver(nu: f64, turning: &Turning) -> (Scaled, Scaled) {
    // ζ = σ (3/2 · shape)^(2/3), y = ν^(2/3) ζ = ±(3ξ/2)^(2/3).
    let stretch = (1.5 * turning.shape.to_f64()).cbrt();
    let stretch = stretch * stretch;
    let zeta = turning.sigma.to_f64() * stretch;
    let third = nu.cbrt();
    let near = zeta * third * third;
    // One Newton step for |y|³ = (3ξ/2)² makes y double-double.
    let y = if near == 0.0 {
        Dd::ZERO
    } else {
        let target = turning.xi * 1.5;
        let size = Dd::from(near.abs());
        let size = size + (target * target - size * size * size) / (size * size * 3.0);
        if near < 0.0 { -size } else { size }
    };
    let w = 1.0 / (nu * nu);
    let (mut a, mut b, mut power) = (0.0, 0.0, 1.0);
    for k in 0..OLVER_A.len() {
        a += power * horner(OLVER_A[k], zeta);
        b += power * horner(OLVER_B[k], zeta);
        power *= w;
        if power < 1e-17 {
            break;
        }
    }
    let front = (4.0 * stretch).sqrt().sqrt() / third;
    let b = b / (nu * third);
    // b multiplies Ai'/ν^(5/3) against Ai/ν^(1/3): ν^(-4/3).
    let values = airy::evaluate(y);
    let combine = |f: Scaled, slope: Scaled, sign: f64| Scaled {
        mantissa: sign * front * (f.mantissa * a + slope.mantissa * b),
        exponent: f.exponent,
    };
    (combine(values.ai, values.ai_prime, 1.0), combine(values.bi, values.bi_prime, -1.0))
}
