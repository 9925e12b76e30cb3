//! The two kinds of number a matrix may hold.
use crate::kernel::Kernels;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// Element of a matrix: `f64` or `f32`. Sealed, since each comes with kernels compiled in this crate.
pub trait Scalar:
    Kernels
    + Copy
    + Default
    + PartialEq
    + PartialOrd
    + fmt::Debug
    + fmt::Display
    + fmt::LowerExp
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + Sum
    + 'static
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// Distance from one to the next larger number: 2⁻⁵² or 2⁻²³.
    const EPSILON: Self;
    /// Positive infinity.
    const INFINITY: Self;
    /// Decimal digits that survive a round trip through text: 15 or 6.
    const DIGITS: usize;

    /// Absolute value.
    fn abs(self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// √(x² + y²) without overflow on the way.
    fn hypot(self, other: Self) -> Self;
    /// True if neither NaN nor infinite.
    fn is_finite(self) -> bool;
    /// True if NaN.
    fn is_nan(self) -> bool;
    /// The larger of two numbers, NaN if either is.
    fn max_or_nan(self, other: Self) -> Self;
    /// As an `f64`, exactly.
    fn to_f64(self) -> f64;
    /// The nearest number of this type.
    fn from_f64(value: f64) -> Self;
    /// Exponent `e` of the largest power of two `2ᵉ ≤ |x|`, for finite non-zero `x`.
    fn exponent(self) -> i32;
    /// `x · 2ᵉ`; exact unless the result is subnormal or overflows.
    fn scale_by_power_of_two(self, exponent: i32) -> Self;
}

macro_rules! scalar {
    ($t:ty) => {
        impl Scalar for $t {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const EPSILON: Self = <$t>::EPSILON;
            const INFINITY: Self = <$t>::INFINITY;
            const DIGITS: usize = <$t>::DIGITS as usize;

            #[inline]
            fn abs(self) -> Self {
                <$t>::abs(self)
            }
            #[inline]
            fn sqrt(self) -> Self {
                <$t>::sqrt(self)
            }
            #[inline]
            fn ln(self) -> Self {
                <$t>::ln(self)
            }
            #[inline]
            fn hypot(self, other: Self) -> Self {
                <$t>::hypot(self, other)
            }
            #[inline]
            fn is_finite(self) -> bool {
                <$t>::is_finite(self)
            }
            #[inline]
            fn is_nan(self) -> bool {
                <$t>::is_nan(self)
            }
            #[inline]
            fn max_or_nan(self, other: Self) -> Self {
                if self > other || self.is_nan() { self } else { other }
            }
            #[inline]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline]
            fn from_f64(value: f64) -> Self {
                value as $t
            }
            fn exponent(self) -> i32 {
                // Two steps, so that a subnormal number is normalised first.
                let (x, shift) = if <$t>::abs(self) < <$t>::MIN_POSITIVE {
                    (self / <$t>::EPSILON, <$t>::MANTISSA_DIGITS as i32 - 1)
                } else {
                    (self, 0)
                };
                let fraction_bits = <$t>::MANTISSA_DIGITS - 1;
                let biased = ((<$t>::abs(x)).to_bits() >> fraction_bits) as i32;
                biased - (<$t>::MAX_EXP - 1) - shift
            }
            fn scale_by_power_of_two(self, exponent: i32) -> Self {
                // 2ᵉ itself may be out of range where x·2ᵉ is not: two halves never are.
                let half = exponent / 2;
                self * (2.0 as $t).powi(half) * (2.0 as $t).powi(exponent - half)
            }
        }
    };
}
scalar!(f64);
scalar!(f32);
