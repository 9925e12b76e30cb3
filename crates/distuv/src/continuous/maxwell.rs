//! The Maxwell–Boltzmann distribution.
use crate::continuous::gumbel_right::EULER;
use crate::continuous::normal::{LN_SQRT_2PI, standardised};
use crate::continuous::rayleigh::{positive, root_mean_square, square_divergence};
use crate::double::{LN_2, ln_ratio};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteGamma, Scaled, erfcx, gamma_inc_inv};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, PI, SQRT_2};

/// Maxwell–Boltzmann distribution: the length of a vector of three independent normal components, with density
///
/// ```text
/// f(x) = √(2/π) x²/a³ exp(-x²/(2a²)),    x ≥ 0,    a = scale > 0
/// ```
///
/// # Accuracy
/// 4 ulp for densities, 1e-15 for probabilities and their logarithms, 1e-14 for quantiles.
///
/// # Source
/// cdf = P(3/2, z²/2) by [`IncompleteGamma`] for z = x/a < 3/2, sf = erfc(z/√2) + √(2/π) z e^(-z²/2) beyond. Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 18.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Maxwell};
/// let speed = Maxwell::new(1.0)?;
/// assert!((speed.cdf(1e-3) / 2.6596144047917995e-10 - 1.0).abs() < 1e-14);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Maxwell {
    scale: f64,
}

impl Maxwell {
    /// Builds the distribution from the standard deviation of a component.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `scale` is not positive and finite.
    pub fn new(scale: f64) -> Result<Self, Error> {
        check::positive("Maxwell", "scale", scale)?;
        Ok(Self { scale })
    }

    /// Standard deviation of a component.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: 3/2 (r - 1 - ln r) with r = (a₁/a₂)².
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        1.5 * square_divergence(self.scale, other.scale)
    }

    fn z(&self, x: f64) -> Dd {
        standardised(x, 0.0, self.scale)
    }

    /// The density for 0 < x < ∞, written with x² in the exponent, where it cannot underflow.
    fn density(&self, x: f64) -> Scaled {
        let z = self.z(x);
        let exponent = z * z * -0.5 + ln_ratio(Dd::from(x), self.scale) * 2.0;
        Scaled { mantissa: FRAC_2_PI.sqrt(), exponent }.over(self.scale)
    }

    /// P(3/2, z²/2) for x > 0.
    fn lower(&self, x: f64) -> IncompleteGamma {
        let z = self.z(x).hi();
        if z < 1e-140 {
            return IncompleteGamma::at_ln(1.5, ln_ratio(Dd::from(x), self.scale) * 2.0 - LN_2);
        }
        IncompleteGamma::new(1.5, 0.5 * z * z)
    }

    /// sf = erfc(z/√2) + √(2/π) z e^(-z²/2), a sum of positive terms.
    fn upper(&self, x: f64) -> Scaled {
        let z = self.z(x);
        let factor = FRAC_2_PI.sqrt() * z.hi() + erfcx(z.hi() * FRAC_1_SQRT_2);
        let mantissa = if factor.is_finite() { factor } else { 1.0 };
        Scaled { mantissa, exponent: z * z * -0.5 }
    }
}

/// What a law on the positive numbers is at the other ones: `inside` is asked for 0 < x < ∞.
pub(crate) fn positive_part(x: f64, below: f64, above: f64, inside: impl Fn() -> f64) -> f64 {
    if x > 0.0 && x < f64::INFINITY {
        inside()
    } else if x <= 0.0 {
        below
    } else if x.is_nan() {
        x
    } else {
        above
    }
}

impl ContinuousDistribution for Maxwell {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        positive_part(x, 0.0, 0.0, || self.density(x).value())
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        positive_part(x, f64::NEG_INFINITY, f64::NEG_INFINITY, || self.density(x).ln())
    }

    fn cdf(&self, x: f64) -> f64 {
        positive_part(x, 0.0, 1.0, || {
            if self.z(x).hi() < 1.5 { self.lower(x).lower() } else { 1.0 - self.upper(x).value() }
        })
    }

    fn sf(&self, x: f64) -> f64 {
        positive_part(x, 1.0, 0.0, || {
            if self.z(x).hi() < 1.5 { 1.0 - self.lower(x).lower() } else { self.upper(x).value() }
        })
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        positive_part(x, f64::NEG_INFINITY, 0.0, || {
            if self.z(x).hi() < 1.5 { self.lower(x).ln_lower() } else { (-self.upper(x).value()).ln_1p() }
        })
    }

    fn ln_sf(&self, x: f64) -> f64 {
        positive_part(x, 0.0, f64::NEG_INFINITY, || {
            if self.z(x).hi() < 1.5 { (-self.lower(x).lower()).ln_1p() } else { self.upper(x).ln() }
        })
    }

    fn quantile(&self, p: f64) -> f64 {
        self.scale * (2.0 * gamma_inc_inv(1.5, p, 1.0 - p)).sqrt()
    }

    fn isf(&self, p: f64) -> f64 {
        self.scale * (2.0 * gamma_inc_inv(1.5, 1.0 - p, p)).sqrt()
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { 2.0 / x - x / self.scale / self.scale } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        (8.0 / PI).sqrt() * self.scale
    }

    fn variance(&self) -> f64 {
        (3.0 - 8.0 / PI) * self.scale * self.scale
    }

    fn std_dev(&self) -> f64 {
        (3.0 - 8.0 / PI).sqrt() * self.scale
    }

    /// 2√2 (16 - 5π)/(3π - 8)^(3/2).
    fn skewness(&self) -> f64 {
        0.4856928280495908
    }

    /// -4 (96 - 40π + 3π²)/(3π - 8)².
    fn excess_kurtosis(&self) -> f64 {
        0.1081638428162942
    }

    fn entropy(&self) -> f64 {
        LN_SQRT_2PI + EULER - 0.5 + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        SQRT_2 * self.scale
    }
}

impl Distribution<f64> for Maxwell {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let [a, b, c]: [f64; 3] = std::array::from_fn(|_| rand_distr::StandardNormal.sample(rng));
        self.scale * (a * a + b * b + c * c).sqrt()
    }
}

impl Parametric for Maxwell {
    type Outcome = f64;
    const LAW: &'static str = "Maxwell";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        let z = x / self.scale;
        out[0] = if x >= 0.0 { (z * z - 3.0) / self.scale } else { f64::NAN };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Ok(vec![positive(sample, sample.mean() * (PI / 8.0).sqrt())?])
    }

    fn closed_form(sample: &Sample<'_, f64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Ok(Some(vec![root_mean_square(sample)? / 3f64.sqrt()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        let law = Maxwell::new(1.0).unwrap();
        let c = 3.0 * PI - 8.0;
        assert!((law.skewness() / (2.0 * SQRT_2 * (16.0 - 5.0 * PI) / c.powf(1.5)) - 1.0).abs() < 1e-13);
        assert!((law.excess_kurtosis() + 4.0 * (96.0 - 40.0 * PI + 3.0 * PI * PI) / (c * c)).abs() < 1e-13);
    }
}
