//! exp, ln and their relatives without branches.
use std::f64::consts::LOG2_E;

/// 1.5 · 2⁵²: added to a small number, it leaves the nearest integer in the last bits.
const ROUND: f64 = 6755399441055744.0;

/// ln 2 as a sum of two: the first part times any exponent of an `f64` is exact.
const LN2_HIGH: f64 = 0.693147180369123816490;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/// The polynomial with coefficients `c`, highest power first, as two interleaved chains in x²: half the wait for each product.
#[inline(always)]
pub(crate) fn polynomial<const N: usize>(x: f64, c: &[f64; N]) -> f64 {
    let square = x * x;
    let (mut sum, mut other) = (c[0], c[1]);
    let mut i = 2;
    while i + 1 < N {
        sum = sum.mul_add(square, c[i]);
        other = other.mul_add(square, c[i + 1]);
        i += 2;
    }
    if i < N { sum.mul_add(square, x.mul_add(other, c[i])) } else { sum.mul_add(x, other) }
}

/// The n and r of x = n ln 2 + r, |r| ≤ ½ ln 2: n as it stands in the last bits of a number, and as a number.
#[inline(always)]
fn reduce(x: f64) -> (i64, f64, f64) {
    let shifted = x.mul_add(LOG2_E, ROUND);
    let n = shifted - ROUND;
    let r = n.mul_add(-LN2_LOW, n.mul_add(-LN2_HIGH, x));
    (shifted.to_bits().wrapping_sub(ROUND.to_bits()) as i64, n, r)
}

/// e^r - 1 for |r| ≤ ½ ln 2, by Taylor's series to r¹³, whose next term is below 5e-18.
#[inline(always)]
fn exp_m1_reduced(r: f64) -> f64 {
    // 1/k!, k = 13 … 2.
    const C: [f64; 12] = [
        1.6059043836821613e-10,
        2.08767569878681e-9,
        2.505210838544172e-8,
        2.755731922398589e-7,
        2.7557319223985893e-6,
        2.48015873015873e-5,
        1.984126984126984e-4,
        1.388888888888889e-3,
        8.333333333333333e-3,
        4.1666666666666664e-2,
        1.6666666666666666e-1,
        0.5,
    ];
    (polynomial(r, &C) * r).mul_add(r, r)
}

/// 2ⁿ for n in the last bits, -1022 ≤ n ≤ 1023.
#[inline(always)]
fn power_of_two(n: i64) -> f64 {
    f64::from_bits((n.wrapping_add(1023) as u64) << 52)
}

/// e^x: 1 ulp; 0 below -745.14, ∞ above 709.79, NaN for NaN.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -760.0 { -760.0 } else { x };
    let (n, _, r) = reduce(x);
    // In two steps, so that the result may be subnormal.
    let biased = n.wrapping_add(2098) as u64;
    let first = biased >> 1;
    let second = biased.wrapping_sub(first);
    let value = (1.0 + exp_m1_reduced(r)) * power_of_two(first as i64 - 1049);
    value * power_of_two(second as i64 - 1049)
}

/// e^x - 1 for x ≤ 0: 1.5 ulp; NaN for NaN.
#[inline(always)]
pub(crate) fn exp_m1_negative(x: f64) -> f64 {
    let near = if x < -50.0 { -50.0 } else { x };
    let (n, _, r) = reduce(near);
    let power = power_of_two(n);
    let value = power.mul_add(exp_m1_reduced(r), power - 1.0);
    // -0 stays, and the smallest numbers.
    if x > -1e-300 { x } else { value }
}

/// ln(w + c) for |c| at most an ulp of w: 1 ulp; -∞ at 0, NaN below, ∞ at ∞.
#[inline(always)]
fn ln_of_sum(w: f64, c: f64) -> f64 {
    // √½.
    const START: u64 = 0x3fe6a09e667f3bcd;
    const MANTISSA: u64 = (1 << 52) - 1;
    let tiny = w < f64::MIN_POSITIVE;
    let scaled = if tiny { w * 18014398509481984.0 } else { w };
    let offset = if tiny { 1023.0 + 54.0 } else { 1023.0 };
    let bits = scaled.to_bits().wrapping_sub(START).wrapping_add(1023 << 52);
    let m = f64::from_bits((bits & MANTISSA).wrapping_add(START));
    // The biased exponent as a number.
    let exponent = f64::from_bits(0x4330000000000000 | (bits >> 52)) - 4503599627370496.0 - offset;
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    // ln((1 + s)/(1 - s)) = 2s + s · 2(z/3 + z²/5 + …), |s| ≤ 0.172: the first term left out is below 1e-18.
    const C: [f64; 11] = [
        2.0 / 23.0,
        2.0 / 21.0,
        2.0 / 19.0,
        2.0 / 17.0,
        2.0 / 15.0,
        2.0 / 13.0,
        2.0 / 11.0,
        2.0 / 9.0,
        2.0 / 7.0,
        2.0 / 5.0,
        2.0 / 3.0,
    ];
    let sum = polynomial(z, &C);
    let half_square = 0.5 * f * f;
    // f - (f²/2 - s (f²/2 + …)): the leading term is exact.
    let rest = s.mul_add(half_square + z * sum, exponent.mul_add(LN2_LOW, c / w));
    let value = exponent.mul_add(LN2_HIGH, f - (half_square - rest));
    let value = if w == f64::INFINITY { w } else { value };
    let value = if w == 0.0 { f64::NEG_INFINITY } else { value };
    if w >= 0.0 { value } else { f64::NAN }
}

/// ln x: 1 ulp; -∞ at 0, NaN below, ∞ at ∞.
#[inline(always)]
pub(crate) fn ln(x: f64) -> f64 {
    ln_of_sum(x, 0.0)
}

/// ln(1 + x): 2 ulp; -∞ at -1, NaN below, ∞ at ∞.
#[inline(always)]
pub(crate) fn ln_1p(x: f64) -> f64 {
    let w = 1.0 + x;
    let c = x - (w - 1.0);
    // Where 1 + x is not finite, or 0, there is nothing to correct.
    let c = if w > 0.0 && w < 1e300 { c } else { 0.0 };
    let value = ln_of_sum(w, c);
    if w == 1.0 { x } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_ulps;

    #[test]
    fn special_values() {
        assert_eq!((exp(0.0), exp(-800.0), exp(800.0)), (1.0, 0.0, f64::INFINITY));
        assert_eq!((exp(f64::NEG_INFINITY), exp(f64::INFINITY)), (0.0, f64::INFINITY));
        assert_eq!((exp_m1_negative(f64::NEG_INFINITY), exp_m1_negative(-5e-324)), (-1.0, -5e-324));
        assert_eq!((ln(0.0), ln(1.0), ln(f64::INFINITY)), (f64::NEG_INFINITY, 0.0, f64::INFINITY));
        assert_eq!(
            (ln_1p(-1.0), ln_1p(1e-20), ln_1p(f64::INFINITY)),
            (f64::NEG_INFINITY, 1e-20, f64::INFINITY)
        );
        assert!(ln(-1.0).is_nan() && ln_1p(-1.5).is_nan());
        for f in [exp, exp_m1_negative, ln, ln_1p] {
            assert!(f(f64::NAN).is_nan());
        }
    }

    /// mpmath, 40 digits.
    #[test]
    fn values() {
        assert_ulps(exp(-745.0), "2.82235073047193707635344008206e-324", 0.5);
        assert_ulps(exp(1.0), "2.7182818284590452353602874713527", 1.0);
        assert_ulps(exp(-708.25), "2.57592486928376938275365326383e-308", 1.0);
        assert_ulps(ln(5e-324), "-744.440071921381262314107298446", 1.0);
        assert_ulps(ln(1.0000001), "9.99999950583870451775160996835e-8", 1.0);
        assert_ulps(ln_1p(-0.3), "-0.356674943938732363052309788025", 1.0);
        assert_ulps(exp_m1_negative(-0.3), "-0.259181779318282125708391764055", 1.5);
    }

    /// Against the standard library, which is right to 1 ulp.
    #[test]
    fn agrees_with_the_standard_library() {
        let mut x = 1e-5;
        while x < 700.0 {
            for (ours, theirs, what) in [
                (exp(x), x.exp(), "exp"),
                (exp(-x), (-x).exp(), "exp"),
                (exp_m1_negative(-x), (-x).exp_m1(), "expm1"),
                (ln(x), x.ln(), "ln"),
                (ln(1.0 / x), (1.0 / x).ln(), "ln"),
                (ln_1p(x), x.ln_1p(), "ln1p"),
                (ln_1p(-x.fract()), (-x.fract()).ln_1p(), "ln1p"),
            ] {
                assert!(
                    (ours - theirs).abs() <= 3.0 * ferronum_testkit::ulp(theirs),
                    "{what} {x:e}: {ours:e} {theirs:e}"
                );
            }
            x *= 1.00371;
        }
    }
}
