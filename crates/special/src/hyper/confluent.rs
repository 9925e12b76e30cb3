//! Kummer's function 1F1.
use super::is_pole;
use super::series::{Series, rising_precision};
use crate::double_ln::ln_dd;
use crate::gamma::gamma_scaled;
use crate::scaled::Scaled;
use ferronum_dd::Dd;

/// Confluent hypergeometric function ₁F₁(a; b; x), Kummer's M(a, b, x).
///
/// ```text
/// 1F1(a; b; x) = Σ_k (a)_k/(b)_k · x^k/k!
/// ```
///
/// 1 at x = 0 or a = 0; a polynomial in `x` for a = -m. NaN for infinite parameters and for b = 0, -1, … unless a = -m ≥ b ends
/// the series before. NaN also where more than 4·10⁵ terms or 4096 bits would be needed (parameters beyond about 10⁵).
///
/// # Accuracy
/// 2 ulp, next to the zeros in `x` as well; 1e-14 from the asymptotic series.
///
/// # Source
/// * the series DLMF 13.2.2, its sum in as many digits as the terms cancel: a pass in `f64` bounds Σ|t_k| and the number of terms,
///   a second one takes 128, 256, … 4096 bits until 60 are right;
/// * x < 0: Kummer's transformation DLMF 13.2.39, e^x ₁F₁(b - a; b; -x), unless a = -m;
/// * |x| > 1000 where its terms fall below 2⁻⁶⁰: the asymptotic series DLMF 13.7.1, the other exponential being below
///   e^(-40) of it.
///
/// # Examples
/// ```
/// let value = ferronum_special::hyp1f1(0.5, 1.5, -100.0); // √π erf(10)/20
/// assert!((value / 0.08862269254527581 - 1.0).abs() < 1e-15);
/// ```
pub fn hyp1f1(a: f64, b: f64, x: f64) -> f64 {
    if !(a.is_finite() && b.is_finite()) || x.is_nan() || (is_pole(b) && !(is_pole(a) && a >= b)) {
        return f64::NAN;
    }
    if x == 0.0 || a == 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return at_infinity(a, b, x);
    }
    let kummer = x < 0.0 && !is_pole(a);
    let data = if kummer { (Dd::sum(b, -a), b, -x, x) } else { (Dd::from(a), b, x, 0.0) };
    asymptotic(data).or_else(|| rising_precision!(attempt, data)).map_or(f64::NAN, Scaled::value)
}

/// a, b, x and the exponent of the factor before.
type Data = (Dd, f64, f64, f64);

fn attempt<const N: usize>((a, b, x, factor): Data) -> Option<(Scaled, i64)> {
    let series = Series { upper: &[a], lower: &[Dd::from(b)], z: (Dd::from(x), Dd::ONE) };
    let (sum, bits) = series.sum::<N>()?;
    if factor == 0.0 {
        return Some((plain_or_scaled(sum.to_f64(), sum.to_scaled()), bits));
    }
    let sum = sum.to_scaled();
    Some((Scaled { exponent: sum.exponent + factor, ..sum }, bits))
}

/// The `f64` itself where it is in range.
pub(super) fn plain_or_scaled(value: f64, scaled: Scaled) -> Scaled {
    if value.is_normal() || scaled.mantissa == 0.0 { Scaled::plain(value) } else { scaled }
}

/// e^x x^(a-b) Γ(b)/Γ(a) Σ (1-a)_k (b-a)_k/(k! x^k) for large x > 0, where the terms fall far enough.
fn asymptotic((a, b, x, factor): Data) -> Option<Scaled> {
    let size = a.hi().abs() + b.abs();
    let exact_pole = is_pole(a.hi()) && a.lo() == 0.0;
    if x <= 1000.0 || exact_pole || is_pole(b) || (2.0 * size + 2.0) * x.ln() + 80.0 > x {
        return None;
    }
    let (mut sum, mut term) = (Dd::ONE, Dd::ONE);
    let rest = Dd::from(b) - a;
    for k in 0..200 {
        let k = f64::from(k);
        let next = term * ((Dd::ONE - a + k) * (rest + k)) / (Dd::from(k + 1.0) * x);
        if next.hi().abs() > term.hi().abs() && k > size {
            return None;
        }
        term = next;
        sum += term;
        if term.hi().abs() < 8.7e-19 * sum.hi().abs() {
            let (top, bottom) = (gamma_scaled(b), gamma_scaled(a.hi()));
            // Γ(a) next to its poles depends on the low part of `a` through 1/(a + m).
            let near = a.hi().round();
            let moved = if a.hi() < 0.5 && a.lo() != 0.0 && a.hi() != near {
                1.0 + a.lo() / (a.hi() - near)
            } else {
                1.0
            };
            let mantissa = top.mantissa / bottom.mantissa * moved * sum.to_f64();
            let exponent =
                top.exponent - bottom.exponent - rest * ln_dd(Dd::from(x)) + (Dd::from(x) + factor);
            return Some(Scaled { mantissa, exponent });
        }
    }
    None
}

/// The limit at ±∞ by the leading term of the asymptotic series.
fn at_infinity(a: f64, b: f64, x: f64) -> f64 {
    let sign = |x: f64| crate::ln_gamma_sign(x).1;
    if is_pole(a) {
        // The leading term of the polynomial is (-x)^m/(b)_m, and (b)_m has the sign of Γ(b + m)/Γ(b), or (-1)^m before a pole.
        let m = -a;
        let odd = m % 2.0 != 0.0;
        let rising = if !is_pole(b) {
            sign(b + m) * sign(b)
        } else if odd {
            -1.0
        } else {
            1.0
        };
        return f64::INFINITY * if x > 0.0 && odd { -rising } else { rising };
    }
    if x > 0.0 {
        return f64::INFINITY * sign(b) * sign(a);
    }
    if a > 0.0 || is_pole(b - a) { 0.0 } else { f64::INFINITY * sign(b) * sign(b - a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: f64, b: f64, x: f64, expected: f64) {
        let got = hyp1f1(a, b, x);
        assert!((got / expected - 1.0).abs() < 1e-14, "1F1({a}; {b}; {x}) = {got:e}, not {expected:e}");
    }

    #[test]
    fn special_values() {
        assert_eq!((hyp1f1(2.0, 3.0, 0.0), hyp1f1(0.0, 3.0, 5.0)), (1.0, 1.0));
        assert_eq!(hyp1f1(-1.0, 2.0, 2.0), 0.0);
        assert_eq!(hyp1f1(-1.0, -2.0, 3.0), 2.5);
        assert_eq!(
            (hyp1f1(1.0, 2.0, f64::INFINITY), hyp1f1(1.0, 2.0, f64::NEG_INFINITY)),
            (f64::INFINITY, 0.0)
        );
        assert_eq!(hyp1f1(-0.5, 2.0, f64::INFINITY), f64::NEG_INFINITY);
        assert_eq!(hyp1f1(-3.0, 2.0, f64::INFINITY), f64::NEG_INFINITY);
        for (a, b, x) in [
            (1.0, -2.0, 1.0),
            (-3.0, -2.0, 1.0),
            (f64::NAN, 1.0, 1.0),
            (1.0, f64::NAN, 1.0),
            (1.0, 1.0, f64::NAN),
            (f64::INFINITY, 1.0, 1.0),
        ] {
            assert!(hyp1f1(a, b, x).is_nan(), "{a} {b} {x}");
        }
    }

    #[test]
    fn elementary_cases() {
        for x in [-600.0, -30.0, -1e-5, 1e-5, 0.7, 30.0, 700.0] {
            check(1.0, 1.0, x, f64::exp(x));
            check(1.0, 2.0, x, f64::exp_m1(x) / x);
        }
    }

    #[test]
    fn series_meets_asymptotics() {
        for (a, b) in [(0.3, 2.5), (-2.7, 0.4), (6.0, -1.5), (4.5, 1.25)] {
            // Two ulp of x move the value by a·2.3e-16; the asymptotic series is good to 1e-14.
            let x = -1000f64;
            let (below, above) = (hyp1f1(a, b, x.next_down()), hyp1f1(a, b, x.next_up()));
            assert!(
                (above / below - 1.0).abs() < 1e-14 + f64::abs(a) * 2.3e-16,
                "{a} {b}: {below:e} {above:e}"
            );
        }
    }
}
