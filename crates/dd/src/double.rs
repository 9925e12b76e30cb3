//! The double-double number.
use crate::eft::{fast_two_sum, two_prod, two_sum};
use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// A number `hi + lo` with `|lo| ≤ ½ ulp(hi)`: 106 significant bits over the exponent range of `f64`.
///
/// # Accuracy
/// Relative error of each operation, with u = 2⁻⁵³: `+`, `-` ≤ 3u², `*` ≤ 5u², `/` ≤ 10u², `sqrt` ≤ 4u², as long as no
/// intermediate result overflows or falls under 2⁻¹⁰²² · 2⁵³. Beyond that range, and for infinities and NaN, `hi` follows
/// IEEE 754 and `lo` is 0 or NaN.
///
/// # Source
/// Joldes, Muller & Popescu, *Tight and rigorous error bounds for basic building blocks of double-word arithmetic*,
/// ACM Trans. Math. Softw. 44 (2017), algorithms 6, 12 and 17.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dd {
    hi: f64,
    lo: f64,
}

impl Dd {
    /// Zero.
    pub const ZERO: Self = Self { hi: 0.0, lo: 0.0 };
    /// One.
    pub const ONE: Self = Self { hi: 1.0, lo: 0.0 };

    /// The sum `hi + lo` of two numbers already normalised: `|lo| ≤ ½ ulp(hi)`. Meant for constants.
    #[inline]
    pub const fn from_parts(hi: f64, lo: f64) -> Self {
        Self { hi, lo }
    }

    /// The exact sum of any two numbers.
    #[inline]
    pub fn sum(a: f64, b: f64) -> Self {
        let (hi, lo) = two_sum(a, b);
        Self { hi, lo }
    }

    /// The exact product of any two numbers.
    #[inline]
    pub fn product(a: f64, b: f64) -> Self {
        let (hi, lo) = two_prod(a, b);
        Self { hi, lo }
    }

    /// The leading part: the number rounded to `f64`.
    #[inline]
    pub const fn hi(self) -> f64 {
        self.hi
    }

    /// The trailing part, what rounding to `f64` leaves over.
    #[inline]
    pub const fn lo(self) -> f64 {
        self.lo
    }

    /// The number rounded to the nearest `f64`.
    #[inline]
    pub fn to_f64(self) -> f64 {
        self.hi
    }

    /// Absolute value.
    #[inline]
    pub fn abs(self) -> Self {
        if self.hi < 0.0 || (self.hi == 0.0 && self.lo < 0.0) { -self } else { self }
    }

    /// Whether the number is neither infinite nor NaN.
    #[inline]
    pub fn is_finite(self) -> bool {
        self.hi.is_finite()
    }

    /// Square root; NaN for a negative number, 0 for 0, ∞ for ∞.
    pub fn sqrt(self) -> Self {
        if self.hi <= 0.0 || !self.hi.is_finite() {
            return Self::from(self.hi.sqrt());
        }
        let root = self.hi.sqrt();
        let rest = (self - Self::product(root, root)).hi;
        let (hi, lo) = fast_two_sum(root, rest / (2.0 * root));
        Self { hi, lo }
    }

    /// Integer power by repeated squaring; `powi(0)` is 1, a negative exponent gives the reciprocal.
    pub fn powi(self, n: i32) -> Self {
        let mut base = self;
        let mut left = n.unsigned_abs();
        let mut power = Self::ONE;
        while left > 0 {
            if left & 1 == 1 {
                power *= base;
            }
            left >>= 1;
            if left > 0 {
                base *= base;
            }
        }
        if n < 0 { Self::ONE / power } else { power }
    }

    /// Multiplies by 2ⁿ exactly, within the exponent range.
    pub fn ldexp(self, n: i32) -> Self {
        let half = n / 2;
        let (a, b) = (2f64.powi(half), 2f64.powi(n - half));
        Self { hi: self.hi * a * b, lo: self.lo * a * b }
    }

    #[inline]
    fn plus_f64(self, b: f64) -> Self {
        let (s, e) = two_sum(self.hi, b);
        Self::normalised(s, self.lo + e)
    }

    #[inline]
    fn times_f64(self, b: f64) -> Self {
        let (p, e) = two_prod(self.hi, b);
        Self::normalised(p, self.lo.mul_add(b, e))
    }

    /// Keeps infinities: the error terms of an overflowed operation are NaN.
    #[inline]
    fn normalised(s: f64, e: f64) -> Self {
        let (hi, lo) = fast_two_sum(s, e);
        if s.is_finite() && hi.is_finite() {
            Self { hi, lo }
        } else {
            Self::from(if s.is_finite() { hi } else { s })
        }
    }
}

impl From<f64> for Dd {
    #[inline]
    fn from(value: f64) -> Self {
        Self { hi: value, lo: 0.0 }
    }
}

impl From<Dd> for f64 {
    #[inline]
    fn from(value: Dd) -> Self {
        value.hi
    }
}

impl PartialOrd for Dd {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.hi.partial_cmp(&other.hi)? {
            Ordering::Equal => self.lo.partial_cmp(&other.lo),
            unequal => Some(unequal),
        }
    }
}

impl Neg for Dd {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self { hi: -self.hi, lo: -self.lo }
    }
}

impl Add for Dd {
    type Output = Self;
    #[inline]
    fn add(self, b: Self) -> Self {
        let (s, e) = two_sum(self.hi, b.hi);
        if !s.is_finite() {
            return Self::from(s);
        }
        let (t, f) = two_sum(self.lo, b.lo);
        let (s, e) = fast_two_sum(s, e + t);
        Self::normalised(s, e + f)
    }
}

impl Sub for Dd {
    type Output = Self;
    #[inline]
    fn sub(self, b: Self) -> Self {
        self + (-b)
    }
}

impl Mul for Dd {
    type Output = Self;
    #[inline]
    fn mul(self, b: Self) -> Self {
        let (p, e) = two_prod(self.hi, b.hi);
        let cross = self.lo.mul_add(b.hi, self.hi.mul_add(b.lo, self.lo * b.lo));
        Self::normalised(p, e + cross)
    }
}

impl Div for Dd {
    type Output = Self;
    #[inline]
    fn div(self, b: Self) -> Self {
        let q = self.hi / b.hi;
        if !q.is_finite() || !b.hi.is_finite() {
            return Self::from(q);
        }
        let r = self - b.times_f64(q);
        let q2 = r.hi / b.hi;
        let r = r - b.times_f64(q2);
        Self::normalised(q, q2).plus_f64(r.hi / b.hi)
    }
}

impl Add<f64> for Dd {
    type Output = Self;
    #[inline]
    fn add(self, b: f64) -> Self {
        self.plus_f64(b)
    }
}

impl Sub<f64> for Dd {
    type Output = Self;
    #[inline]
    fn sub(self, b: f64) -> Self {
        self.plus_f64(-b)
    }
}

impl Mul<f64> for Dd {
    type Output = Self;
    #[inline]
    fn mul(self, b: f64) -> Self {
        self.times_f64(b)
    }
}

impl Div<f64> for Dd {
    type Output = Self;
    #[inline]
    fn div(self, b: f64) -> Self {
        self / Self::from(b)
    }
}

impl<T> AddAssign<T> for Dd
where
    Self: Add<T, Output = Self>,
{
    #[inline]
    fn add_assign(&mut self, b: T) {
        *self = *self + b;
    }
}

impl<T> SubAssign<T> for Dd
where
    Self: Sub<T, Output = Self>,
{
    #[inline]
    fn sub_assign(&mut self, b: T) {
        *self = *self - b;
    }
}

impl<T> MulAssign<T> for Dd
where
    Self: Mul<T, Output = Self>,
{
    #[inline]
    fn mul_assign(&mut self, b: T) {
        *self = *self * b;
    }
}

impl<T> DivAssign<T> for Dd
where
    Self: Div<T, Output = Self>,
{
    #[inline]
    fn div_assign(&mut self, b: T) {
        *self = *self / b;
    }
}

impl std::iter::Sum for Dd {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

impl std::iter::Sum<f64> for Dd {
    fn sum<I: Iterator<Item = f64>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, |sum, x| sum + x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_third_is_right_to_32_digits() {
        let third = Dd::from(1.0) / 3.0;
        assert_eq!(third.hi(), 1.0 / 3.0);
        assert_eq!(third.lo(), 1.850371707708594e-17); // (1/3 − fl(1/3)) rounded: 1/3 · 2⁻⁵⁴
    }

    #[test]
    fn square_root_of_two() {
        // √2 = 1.41421356237309504880168872420969807857 (OEIS A002193): second part from 50 digits.
        let root = Dd::from(2.0).sqrt();
        let exact: Dd = "1.41421356237309504880168872420969807857".parse().unwrap();
        let error = ((root - exact) / exact).abs().to_f64();
        assert!(error < 5e-32, "{error:e}");
    }

    #[test]
    fn special_values() {
        let inf = Dd::from(f64::INFINITY);
        assert_eq!((inf + Dd::ONE).hi(), f64::INFINITY);
        assert_eq!((Dd::from(1e300) * Dd::from(1e300)).hi(), f64::INFINITY);
        assert_eq!((Dd::ONE / Dd::ZERO).hi(), f64::INFINITY);
        assert!((inf - inf).hi().is_nan());
        assert!(Dd::from(-1.0).sqrt().hi().is_nan());
        assert_eq!(Dd::from(7.0).powi(0), Dd::ONE);
        assert_eq!(Dd::from(2.0).powi(-2).to_f64(), 0.25);
        assert_eq!(Dd::from(3.0).ldexp(-2).to_f64(), 0.75);
        assert!(Dd::sum(1.0, 1e-20) > Dd::ONE);
    }

    proptest! {
        #[test]
        fn ring_laws(a in -1e6..1e6f64, b in -1e6..1e6f64, c in -1e6..1e6f64) {
            let (x, y, z) = (Dd::sum(a, c * 1e-18), Dd::from(b), Dd::from(c));
            let left = (x + y) * z;
            let right = x * z + y * z;
            let size = (x.abs() + y.abs()) * z.abs();
            prop_assert!((left - right).abs().to_f64() <= 1e-30 * size.to_f64());
        }

        #[test]
        fn division_undoes_multiplication(a in -1e100..1e100f64, b in 1e-50..1e50f64) {
            let back = Dd::from(a) * b / b;
            prop_assert!((back - a).abs().to_f64() <= 1e-30 * a.abs());
        }

        #[test]
        fn square_undoes_root(a in 1e-100..1e100f64) {
            let root = Dd::from(a).sqrt();
            prop_assert!((root * root - a).abs().to_f64() <= 1e-30 * a);
        }
    }
}
