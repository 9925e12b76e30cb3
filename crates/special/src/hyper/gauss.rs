//! Gauss's function 2F1.
use super::confluent::plain_or_scaled;
use super::continuation::continued;
use super::is_pole;
use super::series::{Series, rising_precision};
use crate::double_ln::ln_dd;
use crate::gamma::gamma_scaled;
use crate::scaled::Scaled;
use ferronum_dd::Dd;

/// Gauss hypergeometric function ₂F₁(a, b; c; x) for real x ≤ 1.
///
/// ```text
/// 2F1(a, b; c; x) = Σ_k (a)_k (b)_k/(c)_k · x^k/k!    for |x| < 1, and its continuation to x < -1
/// ```
///
/// 1 at x = 0, Γ(c)Γ(c-a-b)/(Γ(c-a)Γ(c-b)) or ±∞ at x = 1. For a or b = -m a polynomial, for every `x`; else NaN for x > 1. NaN for
/// infinite parameters or x = -∞, and for c = 0, -1, … unless the series ends before. NaN also where more than 4·10⁵ terms or 4096
/// bits would be needed (parameters beyond about 10⁴), and for x < -2¹⁰⁰ where the leading terms of the two solutions cancel by 2⁴⁰.
///
/// A call takes microseconds for -3 ≤ x ≤ ¾, some milliseconds beyond, and more where parameters are in the hundreds.
///
/// # Accuracy
/// 4 ulp, next to the zeros in `x` as well, and however near c - a - b or a - b is to an integer.
///
/// # Source
/// * -½ ≤ x ≤ ¾, and polynomials: the series DLMF 15.2.1, its sum in as many digits as the terms cancel (128, 256, … 4096 bits);
/// * c - a or c - b = -m: Euler's transformation DLMF 15.8.1 to a polynomial;
/// * x < -½: Pfaff's transformation DLMF 15.8.1 to x/(x-1), whose distance to 1 is 1/(1-x);
/// * nearer than ¼ to 1: Taylor steps of the differential equation DLMF 15.10.1, each halving the distance to the singular point,
///   in rising precision until two agree. In place of the connection formulas DLMF 15.8.4 and their limits 15.8.8–12, since they
///   need no case for integers.
///
/// # Examples
/// ```
/// let value = ferronum_special::hyp2f1(1.0, 1.0, 2.0, 0.5); // -ln(1 - x)/x
/// assert_eq!(value, 2.0 * std::f64::consts::LN_2);
/// ```
pub fn hyp2f1(a: f64, b: f64, c: f64, x: f64) -> f64 {
    if !(a.is_finite() && b.is_finite() && c.is_finite() && x.is_finite()) {
        return f64::NAN;
    }
    let ends = |p: f64| is_pole(p) && (!is_pole(c) || p >= c);
    let polynomial = ends(a) || ends(b);
    if (is_pole(c) || x > 1.0) && !polynomial {
        return f64::NAN;
    }
    if x == 0.0 || a == 0.0 || b == 0.0 {
        return 1.0;
    }
    let (a, b, c) = (Dd::from(a), Dd::from(b), Dd::from(c));
    if polynomial {
        return sum(a, b, c, (Dd::from(x), Dd::ONE), (Dd::ZERO, 1.0));
    }
    if x == 1.0 {
        return at_one(a.hi(), b.hi(), c.hi());
    }
    let one_minus_x = Dd::sum(1.0, -x);
    let exact_pole = |p: Dd| is_pole(p.hi()) && p.lo() == 0.0;
    if exact_pole(c - a) || exact_pole(c - b) {
        let z = (Dd::from(x), Dd::ONE);
        return sum(c - a, c - b, c, z, (c - a - b, x));
    }
    if (-0.5..=0.75).contains(&x) {
        return sum(a, b, c, (Dd::from(x), Dd::ONE), (Dd::ZERO, x));
    }
    if x > 0.75 {
        return near_one(a, b, c, (one_minus_x, Dd::ONE), (Dd::ZERO, x));
    }
    // Pfaff, with the numerator parameter of smaller size kept.
    let (a, b) = if a.hi().abs() <= b.hi().abs() { (a, b) } else { (b, a) };
    if x >= -3.0 {
        sum(a, c - b, c, (Dd::from(-x), one_minus_x), (-a, x))
    } else {
        near_one(a, c - b, c, (Dd::ONE, one_minus_x), (-a, x))
    }
}

/// Parameters, argument or its complement as a quotient, and the power of 1 - x before.
type Data = (Dd, Dd, Dd, (Dd, Dd));

/// (1 - x)^p · value.
fn times_power(value: Scaled, (p, x): (Dd, f64)) -> f64 {
    if p.hi() == 0.0 {
        return value.value();
    }
    Scaled { exponent: value.exponent + p * ln_dd(Dd::sum(1.0, -x)), ..value }.value()
}

fn sum(a: Dd, b: Dd, c: Dd, z: (Dd, Dd), power: (Dd, f64)) -> f64 {
    rising_precision!(series, (a, b, c, z)).map_or(f64::NAN, |value| times_power(value, power))
}

fn series<const N: usize>((a, b, c, z): Data) -> Option<(Scaled, i64)> {
    let (sum, bits) = Series { upper: &[a, b], lower: &[c], z }.sum::<N>()?;
    Some((plain_or_scaled(sum.to_f64(), sum.to_scaled()), bits))
}

fn near_one(a: Dd, b: Dd, c: Dd, w: (Dd, Dd), power: (Dd, f64)) -> f64 {
    rising_precision!(agreement, (a, b, c, w)).map_or(f64::NAN, |value| times_power(value, power))
}

/// The continuation at half as much more precision, trusted if the plain one agrees.
fn agreement<const N: usize>((a, b, c, w): Data) -> Option<(Scaled, i64)> {
    let more = match N {
        2 => continued::<3>(a, b, c, w)?,
        4 => continued::<6>(a, b, c, w)?,
        8 => continued::<12>(a, b, c, w)?,
        16 => continued::<24>(a, b, c, w)?,
        32 => continued::<48>(a, b, c, w)?,
        _ => continued::<96>(a, b, c, w)?,
    };
    let once = continued::<N>(a, b, c, w)?;
    let ratio =
        Scaled { mantissa: once.0.mantissa / more.0.mantissa, exponent: once.0.exponent - more.0.exponent };
    let agree = (ratio.value() - 1.0).abs() < 1e-15 && more.1 > 60;
    Some((more.0, if agree { 64 } else { 0 }))
}

/// Gauss's sum, DLMF 15.4.20, or the infinity of DLMF 15.4.21–23.
fn at_one(a: f64, b: f64, c: f64) -> f64 {
    let s = Dd::sum(c, -a) - b;
    if s.hi() <= 0.0 {
        let sign = |x: f64| crate::ln_gamma_sign(x).1;
        return f64::INFINITY * sign(c) * sign(a) * sign(b);
    }
    let (p, q) = (c - a, c - b);
    if is_pole(p) || is_pole(q) {
        return 0.0;
    }
    let [c, s, p, q] = [c, s.to_f64(), p, q].map(gamma_scaled);
    let mantissa = c.mantissa / p.mantissa * (s.mantissa / q.mantissa);
    Scaled { mantissa, exponent: c.exponent + s.exponent - p.exponent - q.exponent }.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((hyp2f1(1.0, 2.0, 3.0, 0.0), hyp2f1(0.0, 2.0, 3.0, 0.9)), (1.0, 1.0));
        assert_eq!(hyp2f1(-1.0, 2.0, 4.0, 2.0), 0.0);
        assert_eq!(hyp2f1(-1.0, 2.0, -4.0, 2.0), 2.0);
        assert_eq!(hyp2f1(1.0, 1.0, 2.0, 1.0), f64::INFINITY);
        assert_eq!(hyp2f1(2.0, -0.5, 1.0, 1.0), f64::NEG_INFINITY);
        assert!((hyp2f1(1.0, 1.0, 3.0, 1.0) - 2.0).abs() < 1e-15);
        for (a, b, c, x) in [
            (1.0, 1.0, 2.0, 1.1),
            (1.0, 1.0, -2.0, 0.5),
            (-3.0, 1.0, -2.0, 0.5),
            (1.0, 1.0, 2.0, f64::NEG_INFINITY),
            (f64::NAN, 1.0, 2.0, 0.5),
            (1.0, f64::NAN, 2.0, 0.5),
            (1.0, 1.0, f64::NAN, 0.5),
            (1.0, 1.0, 2.0, f64::NAN),
        ] {
            assert!(hyp2f1(a, b, c, x).is_nan(), "{a} {b} {c} {x}");
        }
    }

    #[test]
    fn logarithm_over_the_whole_line() {
        for x in [
            -1e300,
            -1e20,
            -1e3,
            -3.0,
            -2.9,
            -0.51,
            -0.5,
            -1e-9,
            0.3,
            0.75,
            0.76,
            0.99,
            1.0 - 1e-10,
            1.0 - 2e-16,
        ] {
            let expected = -f64::ln_1p(-x) / x;
            let got = hyp2f1(1.0, 1.0, 2.0, x);
            assert!((got / expected - 1.0).abs() < 1e-15, "{x}: {got:e} {expected:e}");
        }
    }

    #[test]
    fn powers_near_the_singular_point() {
        for x in [-1e200, -40.0, 0.8, 1.0 - 1e-12] {
            // (1 - x)^-a.
            let expected = (1.0f64 - x).powf(-0.75);
            let got = hyp2f1(0.75, 2.3, 2.3, x);
            assert!((got / expected - 1.0).abs() < 1e-14, "{x}: {got:e} {expected:e}");
        }
    }
}
