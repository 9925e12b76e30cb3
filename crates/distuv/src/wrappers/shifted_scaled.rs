//! Any law moved, stretched and mirrored.
use super::ln_density;
use crate::{ContinuousDistribution, Error, check};
use rand::Rng;
use rand::distr::Distribution;

/// The law of `location + scale · Z` for a Z of any law.
///
/// ```text
/// f(x) = g(z) / |scale|,    z = (x - location) / scale
/// ```
///
/// A negative scale mirrors the law: the lower tail is the upper tail of Z.
///
/// # Special values
/// As those of the law of Z. At a corner of a mirrored density `score_x` is the derivative from the left.
///
/// # Accuracy
/// That of the law of Z, beside the conditioning in `x`, `location` and `scale`.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Gamma, ShiftedScaled};
/// // Minus a gamma variable, ending at 10.
/// let law = ShiftedScaled::new(Gamma::new(2.0, 1.0)?, 10.0, -1.0)?;
/// assert_eq!(law.support(), (f64::NEG_INFINITY, 10.0));
/// assert_eq!((law.mean(), law.variance()), (8.0, 2.0));
/// assert!((law.cdf(9.0) - 2.0 * (-1.0f64).exp()).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftedScaled<D> {
    inner: D,
    location: f64,
    scale: f64,
}

impl<D> ShiftedScaled<D> {
    /// Builds the law from that of Z, the location and the scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` is 0 or not finite.
    pub fn new(inner: D, location: f64, scale: f64) -> Result<Self, Error> {
        check::finite("ShiftedScaled", "location", location)?;
        let holds = scale.is_finite() && scale != 0.0;
        check::require(holds, "ShiftedScaled", "scale", "finite and not 0", scale)?;
        Ok(Self { inner, location, scale })
    }

    /// The law of Z.
    pub fn inner(&self) -> &D {
        &self.inner
    }

    /// Location.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale, negative if the law is mirrored.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    fn mirrored(&self) -> bool {
        self.scale < 0.0
    }

    fn place(&self, z: f64) -> f64 {
        z.mul_add(self.scale, self.location)
    }
}

impl<D: ContinuousDistribution> ShiftedScaled<D> {
    /// z, or the end of the support that x is at or beyond: -1 below, 1 above.
    fn z(&self, x: f64) -> Result<f64, f64> {
        let (low, high) = self.support();
        if x <= low {
            return Err(-1.0);
        }
        if x >= high {
            return Err(1.0);
        }
        let (from, to) = self.inner.support();
        let z = (x - self.location) / self.scale;
        // Rounding must not leave the support.
        Ok(if z < from {
            from
        } else if z > to {
            to
        } else {
            z
        })
    }

    /// z for the density, which at the ends of the support is that of Z there; `None` outside.
    fn z_of_density(&self, x: f64) -> Option<f64> {
        let (low, high) = self.support();
        let (from, to) = self.inner.support();
        if x < low || x > high {
            return None;
        }
        Some(if x == low {
            if self.mirrored() { to } else { from }
        } else if x == high {
            if self.mirrored() { from } else { to }
        } else {
            self.z(x).unwrap_or(f64::NAN)
        })
    }
}

impl<D: ContinuousDistribution> ContinuousDistribution for ShiftedScaled<D> {
    fn support(&self) -> (f64, f64) {
        let (low, high) = self.inner.support();
        let (a, b) = (self.place(low), self.place(high));
        if self.mirrored() { (b, a) } else { (a, b) }
    }

    fn pdf(&self, x: f64) -> f64 {
        self.z_of_density(x).map_or(0.0, |z| self.inner.pdf(z) / self.scale.abs())
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let Some(z) = self.z_of_density(x) else { return f64::NEG_INFINITY };
        ln_density(self.inner.pdf(z) / self.scale.abs(), || self.inner.ln_pdf(z) - self.scale.abs().ln())
    }

    fn cdf(&self, x: f64) -> f64 {
        match self.z(x) {
            Err(side) => f64::from(u8::from(side > 0.0)),
            Ok(z) if self.mirrored() => self.inner.sf(z),
            Ok(z) => self.inner.cdf(z),
        }
    }

    fn sf(&self, x: f64) -> f64 {
        match self.z(x) {
            Err(side) => f64::from(u8::from(side < 0.0)),
            Ok(z) if self.mirrored() => self.inner.cdf(z),
            Ok(z) => self.inner.sf(z),
        }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        match self.z(x) {
            Err(side) => f64::from(u8::from(side > 0.0)).ln(),
            Ok(z) if self.mirrored() => self.inner.ln_sf(z),
            Ok(z) => self.inner.ln_cdf(z),
        }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        match self.z(x) {
            Err(side) => f64::from(u8::from(side < 0.0)).ln(),
            Ok(z) if self.mirrored() => self.inner.ln_cdf(z),
            Ok(z) => self.inner.ln_sf(z),
        }
    }

    fn score_x(&self, x: f64) -> f64 {
        self.z_of_density(x).map_or(f64::NAN, |z| self.inner.score_x(z) / self.scale)
    }

    fn mean(&self) -> f64 {
        self.place(self.inner.mean())
    }

    fn variance(&self) -> f64 {
        self.scale * (self.scale * self.inner.variance())
    }

    fn std_dev(&self) -> f64 {
        self.scale.abs() * self.inner.std_dev()
    }

    fn skewness(&self) -> f64 {
        self.inner.skewness() * self.scale.signum()
    }

    fn excess_kurtosis(&self) -> f64 {
        self.inner.excess_kurtosis()
    }

    fn entropy(&self) -> f64 {
        self.inner.entropy() + self.scale.abs().ln()
    }

    fn mode(&self) -> f64 {
        self.place(self.inner.mode())
    }

    fn median(&self) -> f64 {
        self.place(self.inner.median())
    }

    fn quantile(&self, p: f64) -> f64 {
        self.place(if self.mirrored() { self.inner.isf(p) } else { self.inner.quantile(p) })
    }

    fn isf(&self, p: f64) -> f64 {
        self.place(if self.mirrored() { self.inner.quantile(p) } else { self.inner.isf(p) })
    }
}

impl<D: Distribution<f64>> Distribution<f64> for ShiftedScaled<D> {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.place(self.inner.sample(rng))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Exponential, Normal, StudentT};

    #[test]
    fn moved_normal_is_normal() {
        let law = ShiftedScaled::new(Normal::new(0.0, 1.0).unwrap(), 3.0, -0.5).unwrap();
        let same = Normal::new(3.0, 0.5).unwrap();
        for x in [-15.0, 1.0, 3.0, 3.25, 9.0] {
            assert!((law.ln_cdf(x) / same.ln_cdf(x) - 1.0).abs() < 1e-15);
            assert!((law.ln_sf(x) / same.ln_sf(x) - 1.0).abs() < 1e-15);
            assert!((law.ln_pdf(x) - same.ln_pdf(x)).abs() < 1e-13);
        }
        assert_eq!((law.mean(), law.std_dev(), law.median(), law.mode()), (3.0, 0.5, 3.0, 3.0));
        assert!((law.entropy() - same.entropy()).abs() < 1e-15);
    }

    #[test]
    fn mirrored_ends() {
        let law = ShiftedScaled::new(Exponential::new(1.0).unwrap(), 0.1, -0.3).unwrap();
        let (low, high) = law.support();
        assert_eq!((low, high), (f64::NEG_INFINITY, 0.1));
        assert_eq!((law.cdf(high), law.sf(high), law.pdf(high)), (1.0, 0.0, 1.0 / 0.3));
        assert_eq!((law.pdf(0.2), law.ln_pdf(0.2)), (0.0, f64::NEG_INFINITY));
        assert!(law.score_x(0.2).is_nan() && law.pdf(f64::NAN).is_nan() && law.cdf(f64::NAN).is_nan());
        assert_eq!(law.skewness(), -2.0);
    }

    #[test]
    fn refusals() {
        let inner = StudentT::standard(3.0).unwrap();
        for (location, scale) in [(f64::NAN, 1.0), (f64::INFINITY, 1.0), (0.0, 0.0), (0.0, f64::NAN)] {
            let error = ShiftedScaled::new(inner, location, scale).unwrap_err();
            assert!(matches!(error, Error::InvalidParameter { law: "ShiftedScaled", .. }));
        }
    }
}
