//! Orders and arguments below 30: power series, Temme's series and an integral, in double-double where terms cancel.
use crate::double_ln::ln_dd;
use crate::double_trig::{exp, sin_cos_pi_half, sin_cos_small, sinhc_cosh};
use crate::tables::bessel::RECIPROCAL_GAMMA;
use crate::{Scaled, ln_gamma_1p, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::TAU;

/// (x/2)^ν / Γ(ν + 1) for x > 0, ν ≥ 0.
pub(super) fn leading(nu: f64, x: f64) -> Scaled {
    let ln_half = ln_dd(Dd::from(x)) - ln_dd(Dd::from(2.0));
    if nu <= 1.0 {
        return Scaled { mantissa: (-ln_gamma_1p(nu)).exp(), exponent: ln_half * nu };
    }
    // 1/Γ(1 + ν) = e^ν ν^-ν e^-δ(ν) / √(2πν).
    let mantissa = (-stirling_remainder(nu)).exp() / (TAU * nu).sqrt();
    Scaled { mantissa, exponent: (ln_half - ln_dd(Dd::from(nu)) + 1.0) * nu }
}

/// Σ_{k≥1} (±x²/4)^k / (k! (ν+1)_k), the series of J (sign -1) and I (sign 1) after their leading 1.
///
/// For x < 30 the terms of J exceed the sum by at most e³⁰, of 2¹⁰⁶: 19 digits of the amplitude are left. At most 70 terms.
pub(super) fn series_rest(nu: f64, x: f64, sign: f64) -> Dd {
    let q = Dd::product(0.5 * x, 0.5 * x) * sign;
    let (mut sum, mut term) = (Dd::ZERO, Dd::ONE);
    for k in 1..200 {
        let k = f64::from(k);
        term = term * q / (Dd::sum(nu, k) * k);
        sum += term;
        if term.hi().abs() < 1e-22 * (sum.hi() + 1.0).abs().min(1.0) {
            break;
        }
    }
    sum
}

/// J_ν(x) for 0 < x < 30.
pub(super) fn j(nu: f64, x: f64) -> Scaled {
    leading(nu, x).times((series_rest(nu, x, -1.0) + 1.0).to_f64())
}

/// e^-x I_ν(x) for 0 < x < 30.
pub(super) fn i_scaled(nu: f64, x: f64) -> Scaled {
    let front = leading(nu, x);
    Scaled { exponent: front.exponent - x, ..front }.times((series_rest(nu, x, 1.0) + 1.0).to_f64())
}

/// ln I_ν(x) for ν ≤ 1 and x < 5, where the value may be near 1.
pub(super) fn ln_i(nu: f64, x: f64) -> f64 {
    let rest = series_rest(nu, x, 1.0).to_f64().ln_1p() - ln_gamma_1p(nu);
    ((ln_dd(Dd::from(x)) - ln_dd(Dd::from(2.0))) * nu + rest).to_f64()
}

/// Y_ν(x), or K_ν(x) without scaling, at x so small that only the leading term ½Γ(ν)(2/x)^ν counts: ν ≥ ½ and x < 1e-40.
pub(super) fn pole(nu: f64, x: f64) -> Scaled {
    let Scaled { mantissa, exponent } = leading(nu, x);
    Scaled { mantissa: 0.5 / (nu * mantissa), exponent: -exponent }
}

/// The order as n + μ with an integer n and |μ| ≤ ½.
fn split(nu: f64) -> (u32, f64) {
    let n = nu.round();
    (n as u32, nu - n)
}

/// Y_ν(x) for 0 < x < 30, ν < 30.
pub(super) fn y(nu: f64, x: f64) -> Scaled {
    if x < 1e-40 && nu >= 0.5 {
        return pole(nu, x).times(-std::f64::consts::FRAC_2_PI);
    }
    let (n, mu) = split(nu);
    let (first, second) = temme(mu, x, -1.0);
    climb(n, mu, x, first, second, -1.0)
}

/// e^x K_ν(x) for 0 < x < 30, ν < 30.
pub(super) fn k_scaled(nu: f64, x: f64) -> Scaled {
    if x < 1e-40 && nu >= 0.5 {
        return pole(nu, x);
    }
    let (n, mu) = split(nu);
    if x > 1.0 {
        let (first, second) = integral(mu, x);
        return climb(n, mu, x, Dd::from(first), Dd::from(second), 1.0);
    }
    let (first, second) = temme(mu, x, 1.0);
    let k = climb(n, mu, x, first, second, 1.0);
    Scaled { exponent: k.exponent + x, ..k }
}

/// From orders μ and μ + 1 up to μ + n by f_(ν+1) = (2ν/x) f_ν ± f_(ν-1), the stable direction for Y and K.
fn climb(n: u32, mu: f64, x: f64, first: Dd, second: Dd, sign: f64) -> Scaled {
    let (mut below, mut here, mut exponent) = (first, second, Dd::ZERO);
    if n == 0 {
        return Scaled { mantissa: first.to_f64(), exponent };
    }
    for k in 1..n {
        let next = Dd::sum(mu, f64::from(k)) * 2.0 / x * here + below * sign;
        (below, here) = (here, next);
        if here.hi().abs() > 1e200 {
            // 2⁻⁶⁰⁰, exactly.
            (below, here) = (below.ldexp(-600), here.ldexp(-600));
            exponent += ln_dd(Dd::from(2.0)) * 600.0;
        }
    }
    Scaled { mantissa: here.to_f64(), exponent }
}

/// K_μ and K_(μ+1) (sign 1), or Y_μ and Y_(μ+1) (sign -1), for |μ| ≤ ½ by Temme's series.
///
/// K: x ≤ 1, where nothing cancels. Y: x < 30, whose terms exceed the sum by at most e³⁰.
///
/// # Source
/// Temme, *J. Comput. Phys.* 19 (1975) 324–337 (K) and 21 (1976) 343–350 (Y); Γ₁ and Γ₂ are the odd and even part of the Taylor
/// series of 1/Γ(1 + μ).
fn temme(mu: f64, x: f64, sign: f64) -> (Dd, Dd) {
    let ln = ln_dd(Dd::from(2.0)) - ln_dd(Dd::from(x)); // ln(2/x)
    let (gamma_1, gamma_2) = gamma_parts(mu);
    let sigma = ln * mu;
    let (sinhc, cosh) = sinhc_cosh(sigma);
    let (sine, _) = sin_cos_pi_half(mu);
    let angle = crate::double_trig::PI * mu;
    let ratio = if mu == 0.0 { Dd::ONE } else { angle / sine };
    let power = exp(sigma); // (x/2)^-μ
    // Γ(1 ± μ) = 1/(Γ₂ ∓ μ Γ₁).
    let mut p = power * 0.5 / (gamma_2 - gamma_1 * mu);
    let mut q = Dd::from(0.5) / (power * (gamma_2 + gamma_1 * mu));
    let mut f = ratio * (cosh * gamma_1 + sinhc * ln * gamma_2);
    // Y takes f + (4/μ)... as g = f + 2 sin²(πμ/2)/μ · q, both halved against Temme's scaling by 2/π.
    let half = if sign < 0.0 && mu != 0.0 {
        let (s, _) = sin_cos_small(angle * 0.5);
        s * s * 2.0 / mu
    } else {
        Dd::ZERO
    };
    let square = Dd::product(0.5 * x, 0.5 * x) * sign;
    let mut c = Dd::ONE;
    let g = f + half * q;
    let (mut first, mut second) = (g, p);
    let mu_square = Dd::product(mu, mu);
    for k in 1..200 {
        let k = f64::from(k);
        f = (f * k + p + q) / (Dd::from(k * k) - mu_square);
        p /= Dd::sum(k, -mu);
        q /= Dd::sum(k, mu);
        c = c * square / k;
        let g = f + half * q;
        let (one, two) = (c * g, c * (p - g * k));
        first += one;
        second += two;
        if one.hi().abs() < 1e-24 * first.hi().abs().min(1.0)
            && two.hi().abs() < 1e-24 * second.hi().abs().min(1.0)
        {
            break;
        }
    }
    if sign > 0.0 {
        (first, second * 2.0 / x)
    } else {
        let scale = Dd::from(-2.0) / crate::double_trig::PI;
        (first * scale, second * scale * 2.0 / x)
    }
}

/// Γ₁(μ) = [1/Γ(1-μ) - 1/Γ(1+μ)]/(2μ) and Γ₂(μ) = [1/Γ(1-μ) + 1/Γ(1+μ)]/2.
fn gamma_parts(mu: f64) -> (Dd, Dd) {
    let square = Dd::product(mu, mu);
    let part = |first: usize| {
        let last = RECIPROCAL_GAMMA.len() - 1;
        let mut sum = Dd::ZERO;
        for k in (first..=last).rev().filter(|k| k % 2 == first % 2) {
            sum = sum * square + Dd::from_parts(RECIPROCAL_GAMMA[k].0, RECIPROCAL_GAMMA[k].1);
        }
        sum
    };
    (-part(1), part(0))
}

/// e^x K_μ(x) and e^x K_(μ+1)(x) for 1 ≤ x ≤ 30, |μ| ≤ ½ (any |μ| ≤ 1 will do).
///
/// The trapezoidal rule with step h = 1/8 on
///
/// ```text
/// e^x K_μ(x) = ∫₀^∞ exp(-2x sinh²(t/2)) cosh(μt) dt    (DLMF 10.32.9)
/// ```
///
/// The integrand is analytic in |Im t| < π/2 and falls doubly exponentially, so that with d = 1.3 the error is below
/// e^(-2πd/h + x(1 - cos d)) < e^-43. All terms are positive.
pub(crate) fn integral(mu: f64, x: f64) -> (f64, f64) {
    const STEP: f64 = 0.125;
    let (mut first, mut second) = (0.0, 0.0);
    for j in 1..60 {
        let t = f64::from(j) * STEP;
        let s = (0.5 * t).sinh();
        let weight = (-2.0 * x * s * s).exp();
        let (one, two) = (weight * (mu * t).cosh(), weight * ((mu + 1.0) * t).cosh());
        first += one;
        second += two;
        if two < 1e-18 * second {
            break;
        }
    }
    ((first + 0.5) * STEP, (second + 0.5) * STEP)
}
