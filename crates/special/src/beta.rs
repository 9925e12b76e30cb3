//! The beta function and its logarithm.
use crate::double_ln::{ln_dd, ln_dd_quick, scaled_exp};
use crate::stirling::{LN_SQRT_2PI, ln_gamma_step};
use crate::{ln_gamma_1p, stirling_remainder};
use ferronum_dd::Dd;

/// Beta function B(a, b) = Γ(a)Γ(b)/Γ(a + b) for a, b ≥ 0.
///
/// ∞ if either is 0, 0 if either is ∞ (NaN for both), NaN for a negative argument.
///
/// # Accuracy
/// 4 ulp, beside the conditioning in `a` and `b`.
///
/// # Source
/// Both ≥ 1: √(2π(a+b)/(ab)) (a/(a+b))^a (b/(a+b))^b e^(δ(a)+δ(b)-δ(a+b)), the powers through logarithms in double-double and δ
/// the Stirling remainder. Otherwise by ln Γ(1 + x) and differences of ln Γ (DiDonato & Morris, *ACM TOMS* 18 (1992) 360–373).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::beta(2.0, 3.0), 1.0 / 12.0);
/// ```
pub fn beta(a: f64, b: f64) -> f64 {
    let (a, b) = if a >= b { (a, b) } else { (b, a) };
    if let Some(value) = outside(a, b) {
        return value;
    }
    let n = Dd::sum(a, b);
    if b >= 1.0 {
        let rest = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(n.hi());
        let exponent = ln_dd(Dd::from(a) / n) * a + ln_dd(Dd::from(b) / n) * b + rest;
        // √(2π(a + b)/(a b)), with the larger quotient inside [1, 2] first.
        scaled_exp((std::f64::consts::TAU * (n.hi() / a) / b).sqrt(), exponent)
    } else if a >= 1.0 {
        let exponent = ln_dd_quick(n) * -b + (ln_gamma_1p(b) - ln_gamma_step(a, b));
        scaled_exp(1.0 / b, exponent)
    } else {
        let rest = ln_gamma_1p(a) + ln_gamma_1p(b) - ln_gamma_1p(a + b);
        n.hi() / a / b * rest.exp()
    }
}

/// Logarithm of the beta function, ln B(a, b).
///
/// # Accuracy
/// 4 ulp, absolute next to B = 1.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_beta(1e5, 2e5);
/// assert!((ln / -190958.88527911686 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (a, b) = if a >= b { (a, b) } else { (b, a) };
    if let Some(value) = outside(a, b) {
        return value.ln();
    }
    if b >= 1.0 {
        let n = a + b;
        let rest = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(n);
        let front = LN_SQRT_2PI - 0.5 * (b / (n / a)).ln() + rest;
        front - (a * (b / a).ln_1p() + b * (a / b).ln_1p())
    } else if a >= 1.0 {
        ln_a_beta(b, a) - b.ln()
    } else {
        let rest = ln_gamma_1p(a) + ln_gamma_1p(b) - ln_gamma_1p(a + b);
        // (a + b)/(ab) may overflow where its logarithm does not.
        (1.0 + b / a).ln() - b.ln() + rest
    }
}

/// ln(a B(a, b)): the leading term of the incomplete beta function is x^a / (a B(a, b)). Relatively accurate as a → 0.
pub(crate) fn ln_a_beta(a: f64, b: f64) -> f64 {
    if a <= 1.0 { ln_gamma_1p(a) - (ln_gamma_step(b, a) + a * (a + b).ln()) } else { ln_beta(a, b) + a.ln() }
}

/// The value at the border of the domain a ≥ b > 0, finite.
fn outside(a: f64, b: f64) -> Option<f64> {
    if a.is_nan() || b.is_nan() || b < 0.0 {
        Some(f64::NAN)
    } else if b == 0.0 {
        Some(if a == f64::INFINITY { f64::NAN } else { f64::INFINITY })
    } else if a == f64::INFINITY {
        Some(0.0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(beta(0.0, 2.0), f64::INFINITY);
        assert_eq!(beta(f64::INFINITY, 2.0), 0.0);
        assert_eq!(ln_beta(f64::INFINITY, 2.0), f64::NEG_INFINITY);
        assert!(
            beta(-1.0, 2.0).is_nan() && beta(f64::NAN, 1.0).is_nan() && beta(0.0, f64::INFINITY).is_nan()
        );
        assert_eq!(ln_beta(1.0, 1.0), 0.0);
    }
}
