//! Logarithm and exponential between `f64` and double-double, for the exponents of tails: e^-700 to full precision needs
//! its exponent to 19 digits, and the exponents of large parameters are small differences of large logarithms.
use crate::tables::ln::{LN, LN_2};
use ferronum_dd::{Dd, fast_two_sum, two_prod, two_sum};

/// ln 2 to 32 digits.
pub(crate) const LN_2_DD: Dd = Dd::from_parts(std::f64::consts::LN_2, 2.3190468138462996e-17);

/// ln x for x = hi + lo > 0 in double-double.
///
/// # Accuracy
/// Absolute error < 2⁻¹⁰⁰·(1 + |k|) for x = 2^k m, and relative error < 2⁻⁹⁵
/// next to 1. Zero gives -∞, a negative number NaN.
///
/// # Source
/// Reduction x = 2^k m, √½ ≤ m < √2, then r = c m - 1 with a short c ≈ 1/m from a table (Tang, ACM TOMS 16 (1990) 378–400),
/// |r| < 0.0062, and ln(1 + r) by its series: five terms in double-double, the others in `f64`.
pub fn ln_dd(x: Dd) -> Dd {
    let (k, r, c) = match reduce(x) {
        Ok(parts) => parts,
        Err(special) => return Dd::from(special),
    };
    // Σ_{j≥6} (-1)^(j+1) r^j / j: the first term left out, r¹⁵/15, is below 2⁻¹¹³; its rounding below 2⁻⁵³ r⁶/6 < 2⁻¹⁰⁰.
    let h = r.hi();
    const TAIL: [f64; 9] = [
        -1.0 / 6.0,
        1.0 / 7.0,
        -1.0 / 8.0,
        1.0 / 9.0,
        -1.0 / 10.0,
        1.0 / 11.0,
        -1.0 / 12.0,
        1.0 / 13.0,
        -1.0 / 14.0,
    ];
    let tail = crate::poly::horner(&TAIL, h);
    const THIRD: Dd = Dd::from_parts(0.3333333333333333, 1.850371707708594e-17);
    const FIFTH: Dd = Dd::from_parts(0.2, -1.1102230246251566e-17);
    let mut sum = FIFTH + r * tail;
    sum = r * sum - 0.25;
    sum = r * sum + THIRD;
    sum = r * sum - 0.5;
    let series = r + r * r * sum;
    let k = f64::from(k);
    let scale = Dd::product(k, LN_2.0) + k * LN_2.1;
    scale + Dd::from_parts(c.1, c.2) + series
}

/// As [`ln_dd`] with an absolute error below 2⁻⁷⁴ for |ln x| < 1 (2⁻⁷⁰ up to |ln x| = 745), at half the cost.
pub(crate) fn ln_dd_quick(x: Dd) -> Dd {
    let (k, r, c) = match reduce(x) {
        Ok(parts) => parts,
        Err(special) => return Dd::from(special),
    };
    let h = r.hi();
    const TAIL: [f64; 7] = [1.0 / 3.0, -1.0 / 4.0, 1.0 / 5.0, -1.0 / 6.0, 1.0 / 7.0, -1.0 / 8.0, 1.0 / 9.0];
    let tail = crate::poly::horner(&TAIL, h) * h * h * h - h * r.lo();
    let (square, rest) = two_prod(h, h);
    let (s, e) = fast_two_sum(h, -0.5 * square);
    let e = e + (r.lo() - 0.5 * rest + tail);
    let k = f64::from(k);
    let (p, q) = two_prod(k, LN_2.0);
    let (p, q2) = two_sum(p, c.1);
    let (p, q3) = two_sum(p, s);
    let (hi, lo) = fast_two_sum(p, q + (k * LN_2.1 + c.2) + (q2 + (q3 + e)));
    Dd::from_parts(hi, lo)
}

type Reduced = (i32, Dd, (f64, f64, f64));

/// x = 2^k m and r = c m - 1.
#[inline]
fn reduce(x: Dd) -> Result<Reduced, f64> {
    let hi = x.hi();
    if !(hi > 0.0 && hi < f64::INFINITY) {
        return Err(if hi == 0.0 {
            f64::NEG_INFINITY
        } else if hi > 0.0 {
            hi
        } else {
            f64::NAN
        });
    }
    if hi < f64::MIN_POSITIVE {
        let (k, r, c) = reduce(Dd::from(hi * 18014398509481984.0))?;
        return Ok((k - 54, r, c));
    }
    let bits = hi.to_bits();
    // Adding the complement of √½'s fraction carries into the exponent once the fraction passes √2.
    let k = ((bits.wrapping_add(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)) >> 52) as i32 - 1023;
    let (m, m_lo) = if k > -1000 && k < 1000 {
        let scale = f64::from_bits(((1023 - k) as u64) << 52);
        (hi * scale, x.lo() * scale)
    } else {
        let scale = f64::from_bits(((1023 - k / 2) as u64) << 52);
        let other = f64::from_bits(((1023 - (k - k / 2)) as u64) << 52);
        (hi * scale * other, x.lo() * scale * other)
    };
    let index = (m * 128.0).round_ties_even() as usize;
    let c = LN[index.clamp(90, 182) - 90];
    let (p, e) = two_prod(c.0, m);
    Ok((k, Dd::sum(p - 1.0, e) + c.0 * m_lo, c))
}

/// m·e^x for a double-double exponent: right to about one ulp over the whole range, subnormal results included.
#[inline]
pub(crate) fn scaled_exp(m: f64, x: Dd) -> f64 {
    let hi = x.hi();
    if hi > -700.0 && hi < 700.0 {
        let e = hi.exp();
        return m * (e + e * x.lo());
    }
    if m == 0.0 && hi < f64::INFINITY {
        return m;
    }
    if m == 0.0 || hi.is_nan() {
        return m * hi;
    }
    // Beyond the range of e^x the mantissa may bring the product back: take the power in two halves.
    let half = 0.5 * hi;
    let half_lo = 0.5 * x.lo();
    if half < -1400.0 {
        return 0.0 * m;
    }
    if half > 1400.0 {
        return f64::INFINITY * m;
    }
    if half.abs() > 700.0 {
        let quarter = (0.5 * half).exp();
        let quarter = quarter + quarter * 0.5 * half_lo;
        return m * quarter * quarter * quarter * quarter;
    }
    let e = half.exp();
    let e = e + e * half_lo;
    m * e * e
}

/// e^x in double-double, to a relative 2⁻⁹⁵ beside |x| 2⁻¹⁰⁰; 0 and ∞ beyond the range of `f64`.
///
/// # Source
/// One step of Halley's kind on [`ln_dd`]: with e = exp(hi) rounded and d = x - ln e below 2⁻⁵⁰, e^x = e(1 + d + d²/2).
///
/// # Examples
/// ```
/// use ferronum_special::{Dd, exp_dd, ln_dd};
/// let x = ln_dd(exp_dd(Dd::from(3.0)));
/// assert!((x - 3.0).abs().hi() < 1e-29);
/// ```
pub fn exp_dd(x: Dd) -> Dd {
    let e = x.hi().exp();
    if !(e > 1e-290 && e < f64::INFINITY) {
        return Dd::from(e);
    }
    let d = x - ln_dd(Dd::from(e));
    (d + d.hi() * d.hi() * 0.5 + 1.0) * e
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_keep_thirty_digits() {
        for (x, expected) in [
            (2.0, "0.6931471805599453094172321214581765680755"),
            (10.0, "2.302585092994045684017991454684364207601"),
            (1.0000000000000002, "2.220446049250312834328230454615487925982e-16"),
            (0.7, "-0.3566749439387324423539544041072745145718"),
            (1e300, "690.7755278982137052579021966605136811507"),
            (3e-310, "-712.7027665394860554092493554254658484336"),
            (1.4375, "0.3629054936893684531378243459774898461404"),
        ] {
            let expected: Dd = expected.parse().unwrap();
            let error = ((ln_dd(Dd::from(x)) - expected) / expected).abs().to_f64();
            assert!(error < 1e-28, "{x:e}: {error:e}");
            let quick = ((ln_dd_quick(Dd::from(x)) - expected) / expected).abs().to_f64();
            assert!(quick < 1e-21, "{x:e}: {quick:e}");
        }
        assert_eq!(ln_dd(Dd::ZERO).hi(), f64::NEG_INFINITY);
        assert!(ln_dd(Dd::from(-1.0)).hi().is_nan());
    }

    #[test]
    fn mantissa_brings_the_product_back() {
        let got = scaled_exp(1e200, Dd::from(-1000.0));
        assert!((got / 5.075958897549456e-235 - 1.0).abs() < 1e-15, "{got:e}"); // e^-1000 · 1e200, mpmath
        assert_eq!(scaled_exp(1.0, Dd::from(-1e9)), 0.0);
        assert_eq!(scaled_exp(1.0, Dd::from(1e9)), f64::INFINITY);
    }
}
