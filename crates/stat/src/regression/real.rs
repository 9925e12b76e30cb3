//! The two arithmetics of a fit: `f64` and double-double.
use ferronum_dd::Dd;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A real number in which a fit can be computed.
pub(crate) trait Real:
    Copy
    + From<f64>
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// Relative residual norm below which a column is a combination of those before it.
    const COLLINEAR: f64;
    /// Relative norm after centring below which a column is constant.
    const CONSTANT: f64;
    /// Share of the sum of squares left below which the fit is exact.
    const EXACT: f64;
    fn sqrt(self) -> Self;
    fn to_f64(self) -> f64;
    /// `self − centre`, the centre known to more digits than `f64` holds.
    fn minus(self, centre: Dd) -> Self;
    /// The exact value.
    fn to_dd(self) -> Dd;
    /// Rounded, if need be.
    fn from_dd(x: Dd) -> Self;
}

impl Real for f64 {
    const COLLINEAR: f64 = 1e-11;
    const CONSTANT: f64 = 1e-13;
    const EXACT: f64 = 0.0;
    fn sqrt(self) -> Self {
        self.sqrt()
    }
    fn to_f64(self) -> f64 {
        self
    }
    fn minus(self, centre: Dd) -> Self {
        (self - centre.hi()) - centre.lo()
    }
    fn to_dd(self) -> Dd {
        Dd::from(self)
    }
    fn from_dd(x: Dd) -> Self {
        x.to_f64()
    }
}

impl Real for Dd {
    const COLLINEAR: f64 = 1e-13;
    const CONSTANT: f64 = 1e-25;
    const EXACT: f64 = 1e-48;
    fn sqrt(self) -> Self {
        Dd::sqrt(self)
    }
    fn to_f64(self) -> f64 {
        Dd::to_f64(self)
    }
    fn minus(self, centre: Dd) -> Self {
        self - centre
    }
    fn to_dd(self) -> Dd {
        self
    }
    fn from_dd(x: Dd) -> Self {
        x
    }
}

/// `Σ aᵢ bᵢ` by eight interleaved sums, combined in a fixed order.
pub(crate) fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    let zero = T::from(0.0);
    let mut lanes = [zero; 8];
    let ((a8, a_rest), (b8, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (a, b) in a8.iter().zip(b8) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane = *lane + *a * *b;
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(zero, |sum, (a, b)| sum + *a * *b);
    let [a, b, c, d, e, f, g, h] = lanes;
    (((a + b) + (c + d)) + ((e + f) + (g + h))) + rest
}

/// `y ← y + factor · x`.
pub(crate) fn add_multiple<T: Real>(y: &mut [T], factor: T, x: &[T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = *y + factor * *x;
    }
}
