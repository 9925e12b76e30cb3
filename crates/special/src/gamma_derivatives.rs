//! Derivatives of the incomplete gamma functions, and their inverses in the shape.
use crate::quadrature::gauss_pair;
use crate::shape::{At, Monotone, invert};
use crate::{IncompleteGamma, digamma, ln_minus_digamma};

/// The tails P and Q at one point with their logarithmic derivatives: see [`gamma_p_derivatives`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaDerivatives {
    /// ∂P/∂a = -∂Q/∂a, never positive.
    pub shape: f64,
    /// ∂P/∂x = -∂Q/∂x, the density x^(a-1) e^(-x)/Γ(a).
    pub x: f64,
    /// ∂ ln P/∂a.
    pub ln_p_shape: f64,
    /// ∂ ln P/∂x.
    pub ln_p_x: f64,
    /// ∂ ln Q/∂a.
    pub ln_q_shape: f64,
    /// ∂ ln Q/∂x.
    pub ln_q_x: f64,
}

/// Derivatives of P(a, x) and of ln P, ln Q by shape and argument: the scores of gamma likelihoods with censored data.
///
/// ```text
/// ∂ ln P/∂a = E[ln T | T < x] - ψ(a),    ∂ ln Q/∂a = E[ln T | T > x] - ψ(a),    T gamma of shape a
/// ```
///
/// NaN outside a > 0, x > 0, both finite. The logarithmic derivatives keep their digits where P or Q underflow.
///
/// # Accuracy
/// 1e-14 of each value, tails included, beside the conditioning in `a` and `x`.
///
/// # Source
/// Where ln x < ψ(a), E(ln T | T < x) = ln x - E(v), v = ln(x/T), makes ∂ ln P/∂a a sum of two negative numbers; elsewhere
/// ∂ ln Q/∂a is one of two positive ones; the other tail's derivative follows from P + Q = 1. The means of `v` are quotients of
/// integrals of e^(∓av - x e^(∓v)), whose exponents are taken as (a - x)v + x(e^(-v) - 1 + v) and its like, by Gauss–Legendre rules of 20 points.
///
/// # Examples
/// ```
/// let d = ferronum_special::gamma_p_derivatives(1.0, 2.0);
/// assert!((d.x - (-2f64).exp()).abs() < 1e-16);
/// assert!((d.ln_q_x + 1.0).abs() < 1e-15); // Q = e^-x
/// assert!((d.ln_q_shape / 1.6316914623497007 - 1.0).abs() < 1e-14);
/// ```
pub fn gamma_p_derivatives(a: f64, x: f64) -> GammaDerivatives {
    let nan = f64::NAN;
    if !(a > 0.0 && x > 0.0 && a.is_finite() && x.is_finite()) {
        return GammaDerivatives {
            shape: nan,
            x: nan,
            ln_p_shape: nan,
            ln_p_x: nan,
            ln_q_shape: nan,
            ln_q_x: nan,
        };
    }
    let at = IncompleteGamma::new(a, x);
    let tails = at.tails();
    let density = at.weight().over(x);
    let (ln_p_x, ln_q_x) = (tails.rate(density, true), -tails.rate(density, false));
    let drift = ln_x_minus_digamma(a, x);
    let (ln_p_shape, ln_q_shape, shape) = if drift < 0.0 {
        let lower = drift - mean_below(a, x);
        let (shape, other) = tails.complement_slope(lower, true);
        (lower, other, shape)
    } else {
        let upper = drift + mean_above(a, x);
        let (shape, other) = tails.complement_slope(upper, false);
        (other, upper, -shape)
    };
    GammaDerivatives { shape, x: density.value(), ln_p_shape, ln_p_x, ln_q_shape, ln_q_x }
}

/// The shape `a` with P(a, x) = p: ∞ at p = 0, 0 at p = 1, NaN unless x > 0 and finite.
///
/// # Accuracy
/// That of P divided by its slope in ln a: a few ulp where that slope is about 1.
///
/// # Source
/// Newton's method for the logarithm of the smaller tail in ln a, safeguarded by bisection.
///
/// # Examples
/// ```
/// let a = ferronum_special::gamma_p_inv_a(2.0, ferronum_special::gamma_p(3.5, 2.0));
/// assert!((a - 3.5).abs() < 1e-14);
/// ```
pub fn gamma_p_inv_a(x: f64, p: f64) -> f64 {
    shape(x, p, 1.0 - p)
}

/// The shape `a` with Q(a, x) = q: 0 at q = 0, ∞ at q = 1, NaN unless x > 0 and finite.
///
/// # Examples
/// ```
/// let a = ferronum_special::gamma_q_inv_a(2.0, 1e-30);
/// assert!((ferronum_special::gamma_q(a, 2.0) / 1e-30 - 1.0).abs() < 1e-14);
/// ```
pub fn gamma_q_inv_a(x: f64, q: f64) -> f64 {
    shape(x, 1.0 - q, q)
}

fn shape(x: f64, p: f64, q: f64) -> f64 {
    if !(x > 0.0 && x < f64::INFINITY && (0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
        return f64::NAN;
    }
    if p == 0.0 || q == 0.0 {
        return if p == 0.0 { f64::INFINITY } else { 0.0 };
    }
    let lower = p <= q;
    // For x ≪ a, P falls with a; Q rises.
    invert(x.max(0.1), Monotone { rising: !lower, target: p.min(q) }, |a| {
        let at = IncompleteGamma::new(a, x);
        let d = gamma_p_derivatives(a, x);
        if lower {
            At { value: at.lower(), ln: at.ln_lower(), slope: d.ln_p_shape * a }
        } else {
            At { value: at.upper(), ln: at.ln_upper(), slope: d.ln_q_shape * a }
        }
    })
}

/// ln x - ψ(a), each part relative to its own size.
fn ln_x_minus_digamma(a: f64, x: f64) -> f64 {
    if a < 2.0 {
        return x.ln() - digamma(a);
    }
    let ln_ratio = if x > 0.5 * a && x < 2.0 * a { ((x - a) / a).ln_1p() } else { x.ln() - a.ln() };
    ln_ratio + ln_minus_digamma(a)
}

/// E[v] under the density e^(-av - x e^(-v)) on v > 0; x below about `a`, so that it decreases.
fn mean_below(a: f64, x: f64) -> f64 {
    // e^(-v) ≈ 0 leaves the exponential law of rate a, up to a relative a x.
    if x < 1e-17 {
        return 1.0 / a;
    }
    let exponent = |v: f64| (a - x) * v + x * exp_m1_minus(-v);
    let top = reach(exponent, |v| a - x * (-v).exp(), 1.0 / a.max(1e-300));
    ratio_of_moments(top, exponent)
}

/// E[v] under the density e^(av - x e^v) on v > 0; x above about `a`.
fn mean_above(a: f64, x: f64) -> f64 {
    let exponent = |v: f64| (x - a) * v + x * exp_m1_minus(v);
    let top = reach(exponent, |v| x * v.exp() - a, (50.0 / x).ln_1p());
    ratio_of_moments(top, exponent)
}

/// e^v - 1 - v. For |v| < ½ its series: the term left out is below 2⁻⁵⁷ of v²/2.
pub(crate) fn exp_m1_minus(v: f64) -> f64 {
    if v.abs() >= 0.5 {
        return v.exp_m1() - v;
    }
    let sum = (3..16).rev().fold(1.0, |sum, k| 1.0 + sum * v / f64::from(k));
    0.5 * v * v * sum
}

/// Where a convex exponent with E(0) = 0 passes 45, by Newton's method from above: e^(-45) is 2^(-65).
pub(crate) fn reach(exponent: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64, start: f64) -> f64 {
    let mut v = start;
    for _ in 0..200 {
        if exponent(v) >= 45.0 {
            break;
        }
        v *= 2.0;
    }
    for _ in 0..60 {
        let step = (exponent(v) - 45.0) / slope(v);
        if !(step.is_finite() && v - step > 0.0) {
            break;
        }
        v -= step;
        if step.abs() < 0.01 * v {
            break;
        }
    }
    v
}

/// ∫ v e^(-E)/∫ e^(-E) over (0, top); pieces no longer than 1.5, since e^v varies on that scale, and at least six.
pub(crate) fn ratio_of_moments(top: f64, exponent: impl Fn(f64) -> f64) -> f64 {
    let panels = (top / 1.5).clamp(6.0, 2000.0).ceil();
    let step = top / panels;
    let (mut zeroth, mut first) = (0.0, 0.0);
    for i in 0..panels as usize {
        let lo = step * i as f64;
        let (mass, moment) = gauss_pair(lo, lo + step, |v| {
            let e = (-exponent(v)).exp();
            (e, v * e)
        });
        zeroth += mass;
        first += moment;
    }
    first / zeroth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gamma_p, gamma_q};

    #[test]
    fn outside_the_domain() {
        for (a, x) in [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert!(gamma_p_derivatives(a, x).shape.is_nan(), "{a} {x}");
        }
        assert_eq!((gamma_p_inv_a(2.0, 0.0), gamma_p_inv_a(2.0, 1.0)), (f64::INFINITY, 0.0));
        assert_eq!((gamma_q_inv_a(2.0, 0.0), gamma_q_inv_a(2.0, 1.0)), (0.0, f64::INFINITY));
        for (x, p) in [(0.0, 0.5), (-1.0, 0.5), (1.0, -0.1), (1.0, 1.1), (f64::NAN, 0.5), (1.0, f64::NAN)] {
            assert!(gamma_p_inv_a(x, p).is_nan() && gamma_q_inv_a(x, p).is_nan(), "{x} {p}");
        }
    }

    #[test]
    fn inverses_return_the_shape() {
        for a in [1e-8, 0.3, 2.0, 47.0, 1e4, 1e9] {
            for x in [0.1 * a, 0.99 * a, a, 1.01 * a, 3.0 * a + 1.0] {
                let (p, q) = (gamma_p(a, x), gamma_q(a, x));
                if p < 1e-300 || q < 1e-300 {
                    continue;
                }
                let back = if p < q { gamma_p_inv_a(x, p) } else { gamma_q_inv_a(x, q) };
                let d = gamma_p_derivatives(a, x);
                let slope = if p < q { d.ln_p_shape } else { d.ln_q_shape };
                let allowed = 4e-15 * a.max(1.0) * 10.0 / (slope * a).abs().min(1.0) * 1e-1 + 4e-15;
                assert!((back / a - 1.0).abs() < allowed, "{a} {x}: {back:e}");
            }
        }
    }
}
