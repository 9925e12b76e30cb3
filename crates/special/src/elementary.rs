//! Small compositions of exp and ln that avoid a cancellation.
use crate::poly::polynomial;

/// ln(1 + x) - x, without the cancellation at small `x`.
///
/// ```text
/// ln(1 + x) - x = -x²/2 + x³/3 - …
/// ```
///
/// -∞ at `x = -1`, NaN below it, -∞ at ∞.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// With r = x/(2 + x), ln(1 + x) = 2 atanh r and 2r - x = -r x, so the value is r(2r²(1/3 + r²/5 + …) - x).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln1p_minus_x(1e-10), -4.999999999666667e-21);
/// ```
pub fn ln1p_minus_x(x: f64) -> f64 {
    if x > -0.4 && x < 0.6 {
        ln1p_minus_x_inner(x)
    } else if x == f64::INFINITY {
        f64::NEG_INFINITY
    } else {
        x.ln_1p() - x
    }
}

/// The same for -0.4 < x < 0.6, where r² < 0.0625: eleven terms leave less than 2⁻⁵⁶ of the bracket.
#[inline]
fn ln1p_minus_x_inner(x: f64) -> f64 {
    const C: [f64; 12] = [
        1.0 / 3.0,
        1.0 / 5.0,
        1.0 / 7.0,
        1.0 / 9.0,
        1.0 / 11.0,
        1.0 / 13.0,
        1.0 / 15.0,
        1.0 / 17.0,
        1.0 / 19.0,
        1.0 / 21.0,
        1.0 / 23.0,
        1.0 / 25.0,
    ];
    let r = x / (2.0 + x);
    let r2 = r * r;
    r * (2.0 * r2 * polynomial(&C, r2) - x)
}

/// ln(1 - e^x) for x ≤ 0: the logarithm of a complement from the logarithm of a probability.
///
/// -∞ at 0, 0 at -∞, NaN for x > 0.
///
/// # Accuracy
/// 2 ulp, beside the conditioning in `x`.
///
/// # Source
/// Mächler, *Accurately computing log(1 - exp(-|a|))* (2012), equation 7.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln1m_exp(-1e-20), -46.051701859880914);
/// assert_eq!(ferronum_special::ln1m_exp(-50.0), -1.9287498479639178e-22);
/// ```
pub fn ln1m_exp(x: f64) -> f64 {
    if x > -std::f64::consts::LN_2 { (-x.exp_m1()).ln() } else { (-x.exp()).ln_1p() }
}

/// ln Σ e^xᵢ without overflow. -∞ for an empty slice, ∞ if any is ∞, NaN if any is NaN.
///
/// # Accuracy
/// A few ulp of the largest term's logarithm.
///
/// # Examples
/// ```
/// let total = ferronum_special::ln_sum_exp(&[1000.0, 1000.0]);
/// assert!((total - 1000.6931471805599).abs() < 1e-12);
/// ```
pub fn ln_sum_exp(x: &[f64]) -> f64 {
    let Some(top) = x
        .iter()
        .position(|&v| v.is_nan())
        .or_else(|| (0..x.len()).reduce(|best, i| if x[i] > x[best] { i } else { best }))
    else {
        return f64::NEG_INFINITY;
    };
    let largest = x[top];
    if !largest.is_finite() {
        return largest;
    }
    let rest: f64 = x.iter().enumerate().filter(|&(i, _)| i != top).map(|(_, &v)| (v - largest).exp()).sum();
    largest + rest.ln_1p()
}

/// ln(1 + e^x), the smooth positive part. 0 at -∞, ∞ at ∞.
///
/// # Accuracy
/// 2 ulp.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::softplus(-100.0), (-100f64).exp());
/// assert_eq!(ferronum_special::softplus(800.0), 800.0);
/// ```
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(ln1p_minus_x(0.0), 0.0);
        assert_eq!(ln1p_minus_x(-1.0), f64::NEG_INFINITY);
        assert!(ln1p_minus_x(-1.5).is_nan() && ln1p_minus_x(f64::NAN).is_nan());
        assert_eq!(ln1p_minus_x(f64::INFINITY), f64::NEG_INFINITY);
        assert_eq!(ln1m_exp(0.0), f64::NEG_INFINITY);
        assert_eq!(ln1m_exp(f64::NEG_INFINITY), 0.0);
        assert!(ln1m_exp(1.0).is_nan());
        assert_eq!(ln_sum_exp(&[]), f64::NEG_INFINITY);
        assert_eq!(ln_sum_exp(&[f64::NEG_INFINITY; 3]), f64::NEG_INFINITY);
        assert_eq!(ln_sum_exp(&[0.0, f64::INFINITY]), f64::INFINITY);
        assert!(ln_sum_exp(&[0.0, f64::NAN, 1.0]).is_nan());
    }
}
