//! The Laplace (double exponential) distribution.
use crate::continuous::normal::standardised;
use crate::double::{LN_2, expm1_minus_x, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled};
use rand::Rng;
use rand::distr::{Distribution, StandardUniform};

/// Laplace distribution with density
///
/// ```text
/// f(x) = exp(-|x - μ| / b) / (2b),    μ = location, b = scale > 0
/// ```
///
/// The scale is in the units of `x`; the variance is `2b²`.
///
/// # Accuracy
/// 2 ulp for every function; (x - μ)/b is held in double-double, so that a far tail keeps its digits.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 24.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Laplace};
/// let noise = Laplace::new(0.0, 1.0)?;
/// assert_eq!(noise.pdf(0.0), 0.5);
/// assert!((noise.sf(40.0) / 2.1241771276457945e-18 - 1.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Laplace {
    location: f64,
    scale: f64,
}

impl Laplace {
    /// Builds the distribution from its location and scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        check::finite("Laplace", "location", location)?;
        check::positive("Laplace", "scale", scale)?;
        Ok(Self { location, scale })
    }

    /// Mean, median and mode.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Mean distance from the location.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats.
    ///
    /// ```text
    /// r (δ + e^-δ - 1) + r - 1 - ln r,    r = b₁/b₂, δ = |μ₁ - μ₂|/b₁
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let excess = (self.scale - other.scale) / other.scale;
        let apart = (self.location - other.location).abs() / self.scale;
        (1.0 + excess) * expm1_minus_x(-apart) - ferronum_special::ln1p_minus_x(excess)
    }

    fn density(&self, x: f64) -> Scaled {
        let z = standardised(x, self.location, self.scale);
        Scaled { mantissa: 0.5, exponent: -z.abs() }.over(self.scale)
    }

    /// The probability beyond |z| on the side of z.
    fn tail(&self, z: Dd) -> f64 {
        0.5 * power(-z.abs())
    }

    /// Quantile of the standard law.
    fn standard_quantile(p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p < 0.5 {
            (2.0 * p).ln()
        } else {
            -(2.0 * (1.0 - p)).ln()
        }
    }
}

impl ContinuousDistribution for Laplace {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        self.density(x).value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.density(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        let z = standardised(x, self.location, self.scale);
        if z.hi() < 0.0 { self.tail(z) } else { 1.0 - self.tail(z) }
    }

    fn sf(&self, x: f64) -> f64 {
        let z = standardised(x, self.location, self.scale);
        if z.hi() > 0.0 { self.tail(z) } else { 1.0 - self.tail(z) }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let z = standardised(x, self.location, self.scale);
        if z.hi() < 0.0 { (z - LN_2).hi() } else { (-self.tail(z)).ln_1p() }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        let z = standardised(x, self.location, self.scale);
        if z.hi() > 0.0 { (-z - LN_2).hi() } else { (-self.tail(z)).ln_1p() }
    }

    fn quantile(&self, p: f64) -> f64 {
        Self::standard_quantile(p).mul_add(self.scale, self.location)
    }

    fn isf(&self, p: f64) -> f64 {
        (-Self::standard_quantile(p)).mul_add(self.scale, self.location)
    }

    fn score_x(&self, x: f64) -> f64 {
        if x < self.location {
            1.0 / self.scale
        } else if x >= self.location {
            -1.0 / self.scale
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        self.location
    }

    fn variance(&self) -> f64 {
        2.0 * self.scale * self.scale
    }

    fn std_dev(&self) -> f64 {
        std::f64::consts::SQRT_2 * self.scale
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        3.0
    }

    fn entropy(&self) -> f64 {
        1.0 + std::f64::consts::LN_2 + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.location
    }

    fn median(&self) -> f64 {
        self.location
    }
}

impl Distribution<f64> for Laplace {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let size: f64 = rand_distr::Exp1.sample(rng);
        let below: bool = StandardUniform.sample(rng);
        self.location + self.scale * if below { -size } else { size }
    }
}

impl Parametric for Laplace {
    type Outcome = f64;
    const LAW: &'static str = "Laplace";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("location", Domain::Location), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.location, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// The slope by the location is 0 at an observation that equals it.
    fn score(&self, x: f64, out: &mut [f64]) {
        let z = (x - self.location) / self.scale;
        out[0] = if z == 0.0 { 0.0 } else { z.signum() / self.scale };
        out[1] = (z.abs() - 1.0) / self.scale;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![sample.mean(), sample.std_dev() * std::f64::consts::FRAC_1_SQRT_2])
    }

    /// The median, and the mean distance from it.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let location = fixed[0].unwrap_or_else(|| sample.median());
        let scale = fixed[1].unwrap_or_else(|| sample.average(|x| (x - location).abs()));
        if scale == 0.0 {
            return Err(
                sample.degenerate("all observations are equal, so that the likelihood has no maximum")
            );
        }
        Ok(Some(vec![location, scale]))
    }
}
