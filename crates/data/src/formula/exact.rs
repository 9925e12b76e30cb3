//! Sums of doubles and of products of doubles without rounding.
//!
//! The learning pass may be cut into batches and merged by any number of threads; an exact sum does not depend on
//! how. It also takes no harm from a large offset: the variance of `1e8 + noise` keeps every digit that the stored values carry.

/// Limbs hold 32 bits each, spaced by 32 bits: limb k counts units of 2^(32 k − BIAS).
const LIMBS: usize = 138;
/// 2^−2176 divides the smallest product of two doubles, 2^−2148.
const BIAS: i32 = 2176;
/// Additions to a limb, each below 2^32, before its 63 bits could overflow.
const PENDING: u32 = 1 << 28;

/// An exact sum, after Neal, *Fast exact summation using small and large superaccumulators* (2015), widened to products.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExactSum {
    limbs: Box<[i64; LIMBS]>,
    pending: u32,
}

impl ExactSum {
    pub fn new() -> Self {
        Self { limbs: Box::new([0; LIMBS]), pending: 0 }
    }

    /// Adds a finite number; others are left out.
    pub fn add(&mut self, x: f64) {
        if x.is_finite() {
            let (mantissa, exponent) = split(x);
            self.add_scaled(mantissa, exponent, x.is_sign_negative());
        }
    }

    /// Adds `x·y` of finite numbers; others are left out.
    pub fn add_product(&mut self, x: f64, y: f64) {
        if x.is_finite() && y.is_finite() {
            let (mx, ex) = split(x);
            let (my, ey) = split(y);
            let product = u128::from(mx) * u128::from(my);
            let negative = x.is_sign_negative() != y.is_sign_negative();
            self.add_scaled(product as u64, ex + ey, negative);
            self.add_scaled((product >> 64) as u64, ex + ey + 64, negative);
        }
    }

    pub fn merge(&mut self, mut other: Self) {
        self.carry();
        other.carry();
        self.limbs.iter_mut().zip(other.limbs.iter()).for_each(|(a, b)| *a += b);
        self.pending = 1;
        self.carry();
    }

    /// The sum as sign and magnitude; the magnitude counts units of 2^−BIAS.
    fn magnitude(&self) -> (bool, Big) {
        let mut copy = self.clone();
        copy.carry();
        let negative = copy.limbs[LIMBS - 1] < 0;
        if negative {
            copy.limbs.iter_mut().for_each(|l| *l = -*l);
            copy.pending = 1;
            copy.carry();
        }
        (negative, Big(copy.limbs.iter().map(|&l| l as u32).collect()))
    }

    /// The sum divided by `divisor`, to within an ulp of the quotient.
    pub fn over(&self, divisor: f64) -> f64 {
        let (negative, big) = self.magnitude();
        let value = big.over(divisor, -BIAS);
        if negative { -value } else { value }
    }

    fn add_scaled(&mut self, mantissa: u64, exponent: i32, negative: bool) {
        if mantissa == 0 {
            return;
        }
        let place = (exponent + BIAS) as usize;
        let mut wide = u128::from(mantissa) << (place % 32);
        for limb in &mut self.limbs[place / 32..place / 32 + 3] {
            let digit = (wide as u32) as i64;
            *limb += if negative { -digit } else { digit };
            wide >>= 32;
        }
        self.pending += 1;
        if self.pending >= PENDING {
            self.carry();
        }
    }

    /// Brings every limb but the last into 0..2^32.
    fn carry(&mut self) {
        if self.pending == 0 {
            return;
        }
        let mut carry = 0;
        for limb in &mut self.limbs[..LIMBS - 1] {
            let value = *limb + carry;
            *limb = value & 0xffff_ffff;
            carry = value >> 32;
        }
        self.limbs[LIMBS - 1] += carry;
        self.pending = 0;
    }
}

/// The mean `Σx / n`, to within a rounding or two of the exact one.
pub(super) fn mean(sum: &ExactSum, n: u64) -> f64 {
    let n = n as f64;
    let first = sum.over(n);
    let mut rest = sum.clone();
    rest.add_product(-first, n);
    first + rest.over(n)
}

/// What is left of the mean after `mean`: `Σx / n − mean`.
pub(super) fn mean_remainder(sum: &ExactSum, n: u64, mean: f64) -> f64 {
    let mut rest = sum.clone();
    rest.add_product(-mean, n as f64);
    rest.over(n as f64)
}

/// The sample variance `(Σx² − (Σx)²/n) / (n − 1)`; the difference is taken exactly.
pub(super) fn variance(sum: &ExactSum, squares: &ExactSum, n: u64) -> f64 {
    if n < 2 {
        return f64::NAN;
    }
    let (_, s) = sum.magnitude();
    let (_, q) = squares.magnitude();
    // n q counts 2^−BIAS, s² counts 2^−2BIAS: BIAS is a whole number of limbs.
    let scaled = q.times(&Big::from(n)).shifted(BIAS as usize / 32);
    let difference = scaled.minus(&s.times(&s));
    difference.over(n as f64 * (n - 1) as f64, -2 * BIAS)
}

/// `x = ± mantissa · 2^exponent`.
fn split(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52) as i32 & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

/// A natural number in 32-bit digits, least significant first.
#[derive(Debug, Clone)]
struct Big(Vec<u32>);

impl From<u64> for Big {
    fn from(value: u64) -> Self {
        Self(vec![value as u32, (value >> 32) as u32])
    }
}

impl Big {
    fn times(&self, other: &Self) -> Self {
        let mut out = vec![0_u32; self.0.len() + other.0.len()];
        for (i, &a) in self.0.iter().enumerate().filter(|(_, a)| **a != 0) {
            let mut carry = 0_u64;
            for (j, &b) in other.0.iter().enumerate() {
                let value = u64::from(a) * u64::from(b) + u64::from(out[i + j]) + carry;
                out[i + j] = value as u32;
                carry = value >> 32;
            }
            out[i + other.0.len()] = carry as u32;
        }
        Self(out)
    }

    fn shifted(&self, limbs: usize) -> Self {
        Self(std::iter::repeat_n(0, limbs).chain(self.0.iter().copied()).collect())
    }

    /// `self − other`, which must not be negative.
    fn minus(&self, other: &Self) -> Self {
        let mut borrow = 0_i64;
        let digits = self.0.len().max(other.0.len());
        let digit = |n: &Self, k: usize| i64::from(n.0.get(k).copied().unwrap_or(0));
        let out = (0..digits).map(|k| {
            let value = digit(self, k) - digit(other, k) + borrow;
            borrow = value >> 32;
            value as u32
        });
        Self(out.collect())
    }

    /// `self · 2^exponent / divisor`, from the leading 64 bits.
    fn over(&self, divisor: f64, exponent: i32) -> f64 {
        let Some(top) = self.0.iter().rposition(|&d| d != 0) else { return 0.0 };
        let digit = |back: usize| u128::from(top.checked_sub(back).map_or(0, |k| self.0[k]));
        let head = digit(0) << 64 | digit(1) << 32 | digit(2);
        let spare = head.leading_zeros() - 32;
        let leading = ((head << spare) >> 32) as u64;
        let value = leading as f64 / divisor;
        // leading counts 2^(32 (top − 1) − spare) of the number's units: `top - 2` limbs below the head, plus its 32 low bits.
        scale(value, 32 * (top as i32 - 1) - spare as i32 + exponent)
    }
}

/// `x · 2^exponent` in steps that do not overflow before the result does.
fn scale(mut x: f64, mut exponent: i32) -> f64 {
    while exponent != 0 && x != 0.0 && x.is_finite() {
        let step = exponent.clamp(-900, 900);
        x *= 2.0_f64.powi(step);
        exponent -= step;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(values: &[f64]) -> (ExactSum, ExactSum) {
        let (mut sum, mut squares) = (ExactSum::new(), ExactSum::new());
        for &x in values {
            sum.add(x);
            squares.add_product(x, x);
        }
        (sum, squares)
    }

    #[test]
    fn cancellation_is_exact() {
        let (sum, _) = sums(&[1e300, 1.0, -1e300, 5e-324, -1.0]);
        assert_eq!(sum.over(1.0), 5e-324);
        let (sum, _) = sums(&[-3.0, 1.0]);
        assert_eq!(sum.over(2.0), -1.0);
        let (sum, _) = sums(&[f64::MAX, f64::MAX, f64::MAX]);
        assert_eq!(mean(&sum, 3), f64::MAX);
        assert_eq!(sums(&[]).0.over(1.0), 0.0);
    }

    #[test]
    fn order_and_cuts_do_not_matter() {
        let values: Vec<f64> =
            (0..2000).map(|i| (f64::from(i) * 0.7).sin() * 10f64.powi(i % 30 - 15)).collect();
        let (whole, squares) = sums(&values);
        let (mut left, mut left_squares) = sums(&values[700..]);
        let (right, right_squares) = sums(&values[..700]);
        left.merge(right);
        left_squares.merge(right_squares);
        assert_eq!(left.over(1.0), whole.over(1.0));
        assert_eq!(variance(&left, &left_squares, 2000), variance(&whole, &squares, 2000));
    }

    /// {1, 2, 3, 4} + 1e8 and {1, 2, 3, 4}·1e-200 and ·1e200: the variance of 1..4 is 5/3.
    #[test]
    fn variance_keeps_its_digits() {
        for shift in [0.0, 1e8, -1e12, 1e15] {
            let (sum, squares) = sums(&[1.0, 2.0, 3.0, 4.0].map(|x| x + shift));
            assert!((variance(&sum, &squares, 4) / (5.0 / 3.0) - 1.0).abs() < 1e-15, "{shift}");
            assert_eq!(mean(&sum, 4), 2.5 + shift);
        }
        let (sum, squares) = sums(&[2f64.powi(-600), 3.0 * 2f64.powi(-600)]);
        assert_eq!(variance(&sum, &squares, 2), 0.0); // 2^-1199 is below the smallest double
        let (sum, squares) = sums(&[2f64.powi(-500), 3.0 * 2f64.powi(-500)]);
        assert_eq!(variance(&sum, &squares, 2), 2.0 * 2f64.powi(-1000));
        let (sum, squares) = sums(&[0.1, 0.1, 0.1]);
        assert_eq!(variance(&sum, &squares, 3), 0.0);
    }

    #[test]
    fn remainder_of_the_mean() {
        let (sum, _) = sums(&[1e16, 1.0, 1.0]);
        let m = mean(&sum, 3);
        let exact_remainder = mean_remainder(&sum, 3, m);
        // 1e16 + 2 = 10000000000000002 is divisible by 3 with quotient 3333333333333334.
        assert_eq!(m, 3_333_333_333_333_334.0);
        assert_eq!(exact_remainder, 0.0);
    }
}
