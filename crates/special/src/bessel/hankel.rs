//! Large arguments: Hankel's asymptotic expansions for x ≥ 30 and ν < 30, or x > ν².
use crate::Scaled;
use crate::double_trig::{PI, sin_cos_phase, sin_cos_pi};
use ferronum_dd::Dd;

/// Σ_k s^k a_k(ν)/x^k split into even and odd k, with s = 1 for K and for the pair of J and Y, whose signs the caller gives.
///
/// a_k = Π (4ν² - (2j-1)²) / (k! 8^k), DLMF 10.17.1. Where ν² is near 2x the terms grow to e¹⁵ before they fall and then cancel,
/// hence double-double. The terms fall until k ≈ 2x ≥ 60, to about e^-2x (DLMF 10.17(iii), 10.40(iii)).
fn terms(nu: f64, x: f64, mut add: impl FnMut(u32, Dd)) {
    let mut term = Dd::ONE;
    add(0, term);
    if nu * nu < x {
        return plain_terms(nu, x, add);
    }
    // A power of two on both sides of the quotient keeps products with x in the range of f64.
    const SCALE: f64 = 1.0 / (1u64 << 50) as f64;
    let twice = 2.0 * nu * SCALE;
    let x = x * SCALE * SCALE;
    for k in 1..=120u32 {
        let odd = f64::from(2 * k - 1) * SCALE;
        let next = term * Dd::sum(twice, -odd) * Dd::sum(twice, odd) / Dd::product(8.0 * f64::from(k), x);
        let past = f64::from(k) > nu;
        if next.hi() == 0.0 || (past && next.hi().abs() >= term.hi().abs()) {
            return;
        }
        term = next;
        add(k, term);
        // The sum for I may be as small as e⁻¹⁵.
        if past && term.hi().abs() < 1e-26 {
            return;
        }
    }
}

/// The same in `f64` for ν² < x, where the terms fall from the start, each below half the one before it.
fn plain_terms(nu: f64, x: f64, mut add: impl FnMut(u32, Dd)) {
    let (mut term, twice, eighth) = (1.0, 2.0 * nu, 0.125 / x);
    for k in 1..=60u32 {
        let odd = f64::from(2 * k - 1);
        let next = term * ((twice - odd) / f64::from(k) * eighth * (twice + odd));
        if next == 0.0 || (f64::from(k) > nu && next.abs() >= f64::abs(term)) {
            return;
        }
        term = next;
        add(k, Dd::from(term));
        if f64::from(k) > nu && term.abs() < 1e-18 {
            return;
        }
    }
}

/// J_ν(x) and Y_ν(x), DLMF 10.17.3–4.
pub(super) fn jy(nu: f64, x: f64) -> (f64, f64) {
    let (mut even, mut odd) = (Dd::ZERO, Dd::ZERO);
    terms(nu, x, |k, term| {
        let signed = if k & 2 == 0 { term } else { -term };
        if k & 1 == 0 { even += signed } else { odd += signed }
    });
    let (sine, cosine) = phase(nu, x);
    let (p, q) = (even.to_f64(), odd.to_f64());
    let amplitude = (std::f64::consts::FRAC_2_PI / x).sqrt();
    (amplitude * (p * cosine - q * sine), amplitude * (p * sine + q * cosine))
}

/// sin and cos of x - (ν/2 + ¼)π.
pub(super) fn phase(nu: f64, x: f64) -> (f64, f64) {
    if x < 1e12 {
        return sin_cos_phase(Dd::from(x) - PI * Dd::sum(0.5 * nu, 0.25));
    }
    // The library's own reduction is exact; half an ulp of x is by far more than the rounding here.
    let turn = 0.5 * nu - 2.0 * (0.25 * nu).round_ties_even() + 0.25;
    let ((s, c), (u, v)) = (x.sin_cos(), sin_cos_pi(turn));
    (s * v - c * u, c * v + s * u)
}

/// e^-x I_ν(x), DLMF 10.40.1.
pub(super) fn i_scaled(nu: f64, x: f64) -> Scaled {
    let mut sum = Dd::ZERO;
    terms(nu, x, |k, term| sum += if k & 1 == 0 { term } else { -term });
    Scaled::plain(sum.to_f64() / (std::f64::consts::TAU.sqrt() * x.sqrt()))
}

/// e^x K_ν(x), DLMF 10.40.2.
pub(super) fn k_scaled(nu: f64, x: f64) -> Scaled {
    let mut sum = Dd::ZERO;
    terms(nu, x, |_, term| sum += term);
    Scaled::plain(sum.to_f64() * (std::f64::consts::FRAC_PI_2 / x).sqrt())
}
