//! What the incomplete gamma and beta functions share: a pair of complementary tails, one of them computed, and the
//! exponent at a saddle point.
use crate::double_ln::{ln_dd, ln_dd_quick};
use crate::poly::polynomial;
use crate::scaled::Scaled;
use ferronum_dd::Dd;

/// Which tail was computed directly; the other is its complement, and not small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Lower,
    Upper,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Side::Lower => Side::Upper,
            Side::Upper => Side::Lower,
        }
    }
}

/// Two probabilities that add to one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tails {
    pub side: Side,
    pub tail: Scaled,
}

impl Tails {
    #[inline]
    pub fn value(&self, side: Side) -> f64 {
        let tail = self.tail.value();
        // Rounding may put a tail of nearly one an ulp above it.
        let tail = if tail > 1.0 { 1.0 } else { tail };
        if side == self.side { tail } else { 1.0 - tail }
    }

    pub fn ln(&self, side: Side) -> f64 {
        if side == self.side {
            let ln = self.tail.ln();
            if ln > 0.0 { 0.0 } else { ln }
        } else {
            (-self.value(self.side)).ln_1p()
        }
    }

    /// density / tail for the lower or the upper tail, with the common power cancelled.
    pub(crate) fn rate(&self, density: Scaled, lower: bool) -> f64 {
        let side = if lower { Side::Lower } else { Side::Upper };
        if side == self.side {
            let mantissa = density.mantissa / self.tail.mantissa;
            Scaled { mantissa, exponent: density.exponent - self.tail.exponent }.value()
        } else {
            density.value() / self.value(side)
        }
    }

    /// From ∂ ln T of the lower (or upper) tail T: ∂T, and ∂ ln(1 - T) = -∂T/(1 - T).
    pub(crate) fn complement_slope(&self, slope: f64, lower: bool) -> (f64, f64) {
        let side = if lower { Side::Lower } else { Side::Upper };
        let plain = slope * self.value(side);
        if side == self.side {
            (self.tail.times(slope).value(), -plain / self.value(side.other()))
        } else {
            let mantissa = -plain / self.tail.mantissa;
            (plain, Scaled { mantissa, exponent: -self.tail.exponent }.value())
        }
    }

    /// The pair (0, 1) or (1, 0): all the probability is on the side given.
    pub fn all(side: Side) -> Self {
        Self { side: side.other(), tail: Scaled::plain(0.0) }
    }

    pub fn nan() -> Self {
        Self { side: Side::Lower, tail: Scaled::plain(f64::NAN) }
    }
}

/// a·(μ - ln(1 + μ)) ≥ 0 in double-double, given μ and 1 + μ, both relatively accurate.
///
/// The exponent of a gamma or beta density relative to its peak. Near the peak it is aμ²(½ + t(μ)) with t in `f64`: its
/// rounding costs aμ²·|t|·2u, below u/2 as long as a|μ|³ < 1. Elsewhere the difference is taken of logarithms that carry
/// enough digits: an absolute 2⁻⁷⁴ for a < 1e5, 2⁻¹⁰⁰ beyond; above 1e14 the first form is good again, since an exponent with
/// a|μ|³ > 1 is then beyond 1e4 and only its relative error matters.
#[inline]
pub(crate) fn saddle_exponent(a: f64, mu: Dd, one_plus_mu: Dd) -> Dd {
    let m = mu.hi();
    if m > -0.4 && m < 0.6 && (a * (m * m * m).abs() < 1.0 || a > 1e14) {
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
        // With r = μ/(2 + μ): μ - ln(1 + μ) = rμ - 2r³(1/3 + r²/5 + …), hence t = -r/2 - 2r(1/3 + …)/(2 + μ)².
        let d = 1.0 / (2.0 + m);
        let r = m * d;
        let t = -r * (0.5 + 2.0 * d * d * polynomial(&C, r * r));
        return mu * mu * (Dd::from(0.5) + t) * a;
    }
    let ln = if a < 1e5 { ln_dd_quick(one_plus_mu) } else { ln_dd(one_plus_mu) };
    (mu - ln) * a
}
