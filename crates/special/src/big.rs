//! Floating-point numbers of N·64 bits with an unbounded exponent, for sums that cancel beyond double-double.
use crate::double_ln::LN_2_DD;
use crate::scaled::Scaled;
use ferronum_dd::Dd;

/// ±0.m · 2^exponent with the limbs of m in decreasing order; the top bit of `limbs[0]` is set unless the number is zero.
///
/// Results are truncated: an operation is right to 2 units of the last limb, an addition relative to its larger operand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Big<const N: usize> {
    negative: bool,
    exponent: i64,
    limbs: [u64; N],
}

impl<const N: usize> Big<N> {
    pub const ZERO: Self = Self { negative: false, exponent: 0, limbs: [0; N] };

    /// The number itself, for any finite `x`.
    pub fn from_f64(x: f64) -> Self {
        if x == 0.0 {
            return Self::ZERO;
        }
        let bits = x.to_bits();
        let (field, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
        let (mantissa, power) =
            if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
        let shift = mantissa.leading_zeros();
        let mut limbs = [0; N];
        limbs[0] = mantissa << shift;
        Self { negative: x < 0.0, exponent: power + 64 - i64::from(shift), limbs }
    }

    pub fn from_dd(x: Dd) -> Self {
        Self::from_f64(x.hi()).add(Self::from_f64(x.lo()))
    }

    pub fn is_zero(&self) -> bool {
        self.limbs[0] == 0
    }

    /// e with 2^(e-1) ≤ |x| < 2^e; far below every other for zero.
    pub fn exponent(&self) -> i64 {
        if self.is_zero() { i64::MIN / 4 } else { self.exponent }
    }

    pub fn neg(self) -> Self {
        Self { negative: !self.negative, ..self }
    }

    /// The product with 2^k.
    pub fn scale(self, k: i64) -> Self {
        Self { exponent: self.exponent + k, ..self }
    }

    pub fn add(self, other: Self) -> Self {
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let distance = large.exponent - small.exponent;
        if distance >= 64 * N as i64 {
            return large;
        }
        let shifted = shift_right(&small.limbs, distance as usize);
        if large.negative == small.negative { large.plus(&shifted) } else { large.minus(&shifted) }
    }

    pub fn sub(self, other: Self) -> Self {
        self.add(other.neg())
    }

    /// Adds a mantissa of the same exponent and sign.
    fn plus(mut self, other: &[u64; N]) -> Self {
        let mut carry = false;
        for i in (0..N).rev() {
            let (sum, first) = self.limbs[i].overflowing_add(other[i]);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            self.limbs[i] = sum;
            carry = first || second;
        }
        if carry {
            self.limbs = shift_right(&self.limbs, 1);
            self.limbs[0] |= 1 << 63;
            self.exponent += 1;
        }
        self
    }

    /// Subtracts a mantissa of the same exponent.
    fn minus(mut self, other: &[u64; N]) -> Self {
        let mut borrow = false;
        for i in (0..N).rev() {
            let (difference, first) = self.limbs[i].overflowing_sub(other[i]);
            let (difference, second) = difference.overflowing_sub(u64::from(borrow));
            self.limbs[i] = difference;
            borrow = first || second;
        }
        if borrow {
            // The other was larger: take the two's complement.
            self.negative = !self.negative;
            let mut carry = true;
            for limb in self.limbs.iter_mut().rev() {
                let (value, over) = (!*limb).overflowing_add(u64::from(carry));
                *limb = value;
                carry = over;
            }
        }
        self.normalized()
    }

    fn normalized(mut self) -> Self {
        let Some(first) = self.limbs.iter().position(|&limb| limb != 0) else {
            return Self::ZERO;
        };
        let bits = self.limbs[first].leading_zeros();
        for i in 0..N {
            let at = |j: usize| if j < N { self.limbs[j] } else { 0 };
            let high = at(i + first) << bits;
            let low = if bits == 0 { 0 } else { at(i + first + 1) >> (64 - bits) };
            self.limbs[i] = high | low;
        }
        self.exponent -= 64 * first as i64 + i64::from(bits);
        self
    }

    pub fn mul(self, other: Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::ZERO;
        }
        // Short numbers in straight code; long ones by what is used of them, since parameters have few limbs.
        let (m, n) = if N <= 4 { (N, N) } else { (used(&self.limbs), used(&other.limbs)) };
        let mut limbs = [0u64; N];
        let mut guard = 0;
        let (mut low, mut high) = (0u128, 0u64);
        // Limb products of equal weight, from the first below the last limb kept.
        for column in (0..=N).rev() {
            for i in (column + 1).saturating_sub(n)..m.min(column + 1) {
                let product = u128::from(self.limbs[i]) * u128::from(other.limbs[column - i]);
                let (sum, over) = low.overflowing_add(product);
                low = sum;
                high += u64::from(over);
            }
            if column + 1 < N {
                limbs[column + 1] = low as u64;
            } else if column + 1 == N {
                guard = low as u64;
            }
            low = low >> 64 | u128::from(high) << 64;
            high = 0;
        }
        limbs[0] = low as u64;
        let mut exponent = self.exponent + other.exponent;
        if limbs[0] >> 63 == 0 {
            for i in 0..N {
                let next = if i + 1 < N { limbs[i + 1] } else { guard };
                limbs[i] = limbs[i] << 1 | next >> 63;
            }
            exponent -= 1;
        }
        Self { negative: self.negative != other.negative, exponent, limbs }
    }

    /// The quotient by a positive integer.
    pub fn div_u64(mut self, divisor: u64) -> Self {
        let divisor = divisor.max(1);
        let mut rest = 0;
        for limb in &mut self.limbs {
            (*limb, rest) = divide(rest, *limb, divisor);
        }
        // The bits that normalising moves in come from one more limb of the quotient.
        let guard = divide(rest, 0, divisor).0;
        let shift = self.limbs[0].leading_zeros();
        if shift == 64 || shift == 0 {
            return self.normalized();
        }
        let mut result = self.normalized();
        result.limbs[N - 1] |= guard >> (64 - shift);
        result
    }

    /// 1/x by Newton's iteration, which doubles the digits each time; ZERO for zero.
    pub fn recip(self) -> Self {
        if self.is_zero() {
            return self;
        }
        let unit = Self { exponent: 0, ..self };
        let one = Self::from_f64(1.0);
        let mut r = Self::from_f64(1.0 / unit.to_f64());
        for _ in 0..10 {
            let error = one.sub(unit.mul(r));
            r = r.add(r.mul(error));
            if error.exponent() < -32 * N as i64 {
                break;
            }
        }
        r.scale(-self.exponent)
    }

    /// Mantissa ½ ≤ |m| ≤ 1 and the power of two.
    fn parts(&self) -> (f64, i64) {
        // The sticky bit stands for the limbs left out in the rounding to 53 bits.
        let sticky = u64::from(self.limbs[1..].iter().any(|&limb| limb != 0));
        let m = (self.limbs[0] | sticky) as f64 / 18446744073709551616.0;
        (if self.negative { -m } else { m }, self.exponent)
    }

    /// The nearest `f64`: 0 or ±∞ out of range.
    pub fn to_f64(self) -> f64 {
        let (m, e) = self.parts();
        let e = e.clamp(-3000, 3000) as i32;
        let (first, second) = (e / 2, e - e / 2);
        let power =
            |k: i32| if k.abs() < 1000 { 2f64.powi(k) } else { 2f64.powi(k / 2) * 2f64.powi(k - k / 2) };
        m * power(first) * power(second)
    }

    /// The number as mantissa and power of e.
    pub fn to_scaled(self) -> Scaled {
        let (mantissa, e) = self.parts();
        Scaled { mantissa, exponent: LN_2_DD * e as f64 }
    }
}

/// Quotient and rest of the two limbs rest·2⁶⁴ + limb, rest < divisor.
#[inline]
fn divide(rest: u64, limb: u64, divisor: u64) -> (u64, u64) {
    if divisor < 1 << 32 {
        // Two divisions of 64 bits in place of one of 128.
        let high = (rest << 32) | (limb >> 32);
        let low = ((high % divisor) << 32) | (limb & 0xffff_ffff);
        return (((high / divisor) << 32) | (low / divisor), low % divisor);
    }
    let whole = (u128::from(rest) << 64) | u128::from(limb);
    ((whole / u128::from(divisor)) as u64, (whole % u128::from(divisor)) as u64)
}

/// The number of limbs before the trailing zeros.
#[inline]
fn used<const N: usize>(limbs: &[u64; N]) -> usize {
    limbs.iter().rposition(|&limb| limb != 0).map_or(0, |last| last + 1)
}

#[inline]
fn shift_right<const N: usize>(limbs: &[u64; N], distance: usize) -> [u64; N] {
    let (whole, bits) = (distance / 64, distance % 64);
    let mut out = [0; N];
    for i in whole..N {
        let low = limbs[i - whole] >> bits;
        let high = if bits > 0 && i > whole { limbs[i - whole - 1] << (64 - bits) } else { 0 };
        out[i] = low | high;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(x: f64) -> Big<3> {
        Big::from_f64(x)
    }

    #[test]
    fn exact_operations() {
        for (x, y) in
            [(3.0, 5.0), (-3.5, 0.1), (1e300, 1e-300), (1.0, -1.0), (5e-324, 7.0), (1e17, -1e17 + 16.0)]
        {
            assert_eq!(big(x).to_f64(), x);
            assert_eq!(big(x).add(big(y)).to_f64(), x + y, "{x} {y}");
            assert_eq!(big(x).sub(big(y)).to_f64(), x - y, "{x} {y}");
            assert_eq!(big(x).mul(big(y)).to_f64(), x * y, "{x} {y}");
            assert_eq!(big(y).recip().to_f64(), 1.0 / y, "{y}");
        }
        assert!(big(2.0).sub(big(2.0)).is_zero());
        assert!(big(1.0).div_u64(3).mul(big(3.0)).sub(big(1.0)).exponent() < -189);
        assert_eq!(big(7.0).div_u64(7).to_f64(), 1.0);
    }

    #[test]
    fn keeps_what_cancels() {
        let tiny = 2f64.powi(-150);
        let sum = big(1.0).add(big(tiny)).sub(big(1.0));
        assert_eq!(sum.to_f64(), tiny);
        let square = big(1.0).add(big(tiny));
        let square = square.mul(square).sub(big(1.0));
        assert_eq!(square.to_f64(), 2.0 * tiny);
        let third = big(3.0).recip();
        assert!(third.mul(big(3.0)).sub(big(1.0)).exponent() < -188);
    }

    #[test]
    fn beyond_the_range_of_f64() {
        let mut x = big(1e300);
        for _ in 0..5 {
            x = x.mul(x);
        }
        assert_eq!(x.to_f64(), f64::INFINITY);
        assert!((x.to_scaled().ln() / (9600.0 * 10f64.ln()) - 1.0).abs() < 1e-15);
        assert_eq!(x.recip().to_f64(), 0.0);
    }
}
