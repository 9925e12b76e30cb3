//! Exponential integrals E₁, Ei and Eₙ.
use crate::double_ln::scaled_exp;
use crate::poly::piecewise;
use crate::tables::expint::{E1_FAR, E1_NEAR, EI_FAR, EI_NEAR, EI_ROOT};
use ferronum_dd::Dd;

/// Exponential integral for x ≥ 0,
///
/// ```text
/// E₁(x) = ∫ₓ^∞ e^-t/t dt
/// ```
///
/// ∞ at 0, 0 at ∞, NaN for x < 0, where it is complex: see [`expint_ei`].
///
/// # Accuracy
/// 3 ulp, through the subnormal results above 701 as well.
///
/// # Source
/// x ≤ 1: E₁(x) + ln x, analytic (DLMF 6.6.2); above: x e^x E₁(x) against 1/x; both by piecewise polynomials interpolated in 80 digits.
///
/// # Examples
/// ```
/// assert!((ferronum_special::expint_e1(1.0) / 0.21938393439552029 - 1.0).abs() < 1e-15);
/// ```
pub fn expint_e1(x: f64) -> f64 {
    if x == f64::INFINITY {
        0.0
    } else if x > 1.0 {
        times_exp(piecewise(&E1_FAR, 1.0 / x) / x, -x)
    } else if x >= 0.0 {
        piecewise(&E1_NEAR, x) - x.ln()
    } else {
        f64::NAN
    }
}

/// Exponential integral, a Cauchy principal value for x > 0,
///
/// ```text
/// Ei(x) = -⨍_{-x}^∞ e^-t/t dt
/// ```
///
/// -∞ at 0, ∞ at ∞, 0 at -∞. For x < 0 it is -[`expint_e1`]`(-x)`. Overflows above 716.35.
///
/// # Accuracy
/// 4 ulp, next to the zero 0.3725… as well.
///
/// # Source
/// x ≤ 6: ln(x/x₀) + (x - x₀) R(x) with the zero x₀ in two parts, after Cody & Thacher, *Math. Comp.* 23 (1969) 289–303; above: x e^-x Ei(x)
/// against 1/x; both by piecewise polynomials interpolated in 80 digits.
///
/// # Examples
/// ```
/// assert!((ferronum_special::expint_ei(1.0) / 1.8951178163559368 - 1.0).abs() < 1e-15);
/// ```
pub fn expint_ei(x: f64) -> f64 {
    if x > 6.0 {
        if x == f64::INFINITY {
            return x;
        }
        times_exp(piecewise(&EI_FAR, 1.0 / x) / x, x)
    } else if x > 0.0 {
        ln_ratio_plus(x, EI_ROOT, piecewise(&EI_NEAR, x))
    } else {
        -expint_e1(-x)
    }
}

/// ln(x/x₀) + (x - x₀) r for a zero x₀ in two parts: both terms have the sign of x - x₀ where r > 0.
pub(crate) fn ln_ratio_plus(x: f64, root: (f64, f64), r: f64) -> f64 {
    let distance = (x - root.0) - root.1;
    let ratio = distance / root.0;
    // Next to x₀ the quotient x/x₀ would round the distance away.
    let ln = if ratio.abs() < 0.5 { ratio.ln_1p() } else { (x / root.0).ln() };
    ln + distance * r
}

/// Generalised exponential integral of integer order n ≥ 0 for x ≥ 0,
///
/// ```text
/// Eₙ(x) = ∫₁^∞ e^(-x t)/tⁿ dt
/// ```
///
/// 1/(n - 1) at 0 (∞ for n ≤ 1), 0 at ∞, NaN for x < 0.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// n = 0: e^-x/x. n = 1: [`expint_e1`]. x ≤ 1, n ≤ 20: the recurrence n Eₙ₊₁ = e^-x - x Eₙ upwards from E₁ (DLMF 8.19.12), stable while x < n.
/// Otherwise the continued fraction DLMF 8.19.17 in its even part, from the tail backwards.
///
/// # Examples
/// ```
/// assert!((ferronum_special::expint_en(3, 0.5) / 0.22160436427517846 - 1.0).abs() < 1e-15);
/// ```
pub fn expint_en(n: u32, x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    match n {
        0 => return if x == f64::INFINITY { 0.0 } else { times_exp(1.0 / x, -x) },
        1 => return expint_e1(x),
        _ => {}
    }
    if x == 0.0 {
        1.0 / (f64::from(n) - 1.0)
    } else if x == f64::INFINITY {
        0.0
    } else if x <= 1.0 && n <= 20 {
        let power = (-x).exp();
        (1..n).fold(expint_e1(x), |value, k| (power - x * value) / f64::from(k))
    } else {
        times_exp(1.0 / continued_fraction(f64::from(n), x), -x)
    }
}

/// e^-x/Eₙ(x) = x + n - 1·n/(x + n + 2 - 2(n + 1)/(x + n + 4 - …)), from the tail backwards.
fn continued_fraction(n: f64, x: f64) -> f64 {
    // The error falls like e^(-4√(k x)), and for x ≪ n like (k/n)^-n.
    let steps = if x > 1.0 { 10 + (110.0 / x).min(110.0) as u32 } else { 120 };
    let mut value = x + n + 2.0 * f64::from(steps);
    for k in (1..=steps).rev() {
        let k = f64::from(k);
        value = (x + (n + 2.0 * (k - 1.0))) - k * (n + k - 1.0) / value;
    }
    value
}

/// m e^x, right where e^x alone leaves the normal range.
fn times_exp(m: f64, x: f64) -> f64 {
    if x.abs() < 700.0 { m * x.exp() } else { scaled_exp(m, Dd::from(x)) }
}

/// m e^x for the hyperbolic integrals.
pub(crate) fn ei_half(x: f64) -> f64 {
    if x == f64::INFINITY { x } else { times_exp(0.5 * piecewise(&EI_FAR, 1.0 / x) / x, x) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!((expint_e1(0.0), expint_e1(f64::INFINITY)), (f64::INFINITY, 0.0));
        assert_eq!((expint_ei(0.0), expint_ei(f64::INFINITY)), (f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!(expint_ei(f64::NEG_INFINITY), 0.0);
        assert_eq!((expint_ei(717.0), expint_e1(800.0), expint_e1(1e300)), (f64::INFINITY, 0.0, 0.0));
        assert_eq!(
            (expint_en(0, 0.0), expint_en(1, 0.0), expint_en(3, 0.0)),
            (f64::INFINITY, f64::INFINITY, 0.5)
        );
        assert_eq!((expint_en(0, f64::INFINITY), expint_en(5, f64::INFINITY)), (0.0, 0.0));
        assert!(expint_e1(-1.0).is_nan() && expint_e1(f64::NAN).is_nan() && expint_ei(f64::NAN).is_nan());
        assert!(expint_en(2, -1.0).is_nan() && expint_en(2, f64::NAN).is_nan());
    }

    #[test]
    fn beside_the_zero_and_the_range() {
        // mpmath, 60 digits
        assert_lre!(expint_ei(0.3725074107813666), "-5.119698936555684702144609e-17", 15.0);
        assert_lre!(expint_ei(715.0), "4.643625670370571100383392e+307", 15.0);
        assert_lre!(expint_e1(735.0), "8.446538896504449390843302e-323", 4.0);
    }
}
