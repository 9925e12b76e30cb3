//! Numbers beyond the range of `f64`.
use crate::double_ln::{ln_dd, ln_dd_quick, scaled_exp};
use ferronum_dd::Dd;

/// The number `mantissa · e^exponent`, held as such so that a tail far below the range of `f64` still has its logarithm, and
/// one of e^-700 all its digits.
#[derive(Debug, Clone, Copy)]
pub struct Scaled {
    /// The factor before the power.
    pub mantissa: f64,
    /// The exponent, in double-double.
    pub exponent: Dd,
}

impl Scaled {
    /// A number within the range of `f64`.
    pub fn plain(value: f64) -> Self {
        Self { mantissa: value, exponent: Dd::ZERO }
    }

    /// The product with a factor.
    #[inline]
    pub fn times(self, factor: f64) -> Self {
        Self { mantissa: self.mantissa * factor, ..self }
    }

    /// The quotient by x > 0. Where 1/x might overflow it goes into the exponent.
    #[inline]
    pub fn over(self, x: f64) -> Self {
        if x > 1e-200 && x < 1e200 {
            self.times(1.0 / x)
        } else {
            Self { exponent: self.exponent - ln_dd(Dd::from(x)), ..self }
        }
    }

    /// The square root.
    pub fn sqrt(self) -> Self {
        Self { mantissa: self.mantissa.sqrt(), exponent: self.exponent * 0.5 }
    }

    /// The number as `f64`: 0 or ∞ where it is out of range, gradually through the subnormals.
    #[inline]
    pub fn value(self) -> f64 {
        scaled_exp(self.mantissa, self.exponent)
    }

    /// The logarithm of the number: near 1 that of the rounded value, far from 1 the sum.
    pub fn ln(self) -> f64 {
        let hi = self.exponent.hi();
        if hi > -600.0 && hi < 600.0 && self.mantissa > 1e-40 && self.mantissa < 1e40 {
            self.value().ln()
        } else if self.mantissa > 0.0 {
            (self.exponent + ln_dd_quick(Dd::from(self.mantissa))).to_f64()
        } else {
            self.mantissa.ln()
        }
    }
}
