//! The Cauchy distribution.
use crate::continuous::normal::standardised;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use rand::Rng;
use rand::distr::{Distribution, Open01};
use std::f64::consts::PI;

/// Cauchy distribution with density
///
/// ```text
/// f(x) = 1 / (π γ (1 + z²)),    z = (x - x₀)/γ,    x₀ = location, γ = scale > 0
/// ```
///
/// The quartiles are at x₀ ± γ.
///
/// # Special values
/// Mean, variance, skewness and kurtosis are NaN: not even the first moment exists.
///
/// # Accuracy
/// 4 ulp for every function, beside the conditioning in `x`.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 16; the divergence: Chyzak & Nielsen,
/// arXiv:1905.10965 (2019).
///
/// # Examples
/// ```
/// use ferronum_distuv::{Cauchy, ContinuousDistribution};
/// let law = Cauchy::new(0.0, 1.0)?;
/// assert!((law.sf(1e10) / 3.1830988618379068e-11 - 1.0).abs() < 1e-15);
/// assert!((law.quantile(0.75) - 1.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cauchy {
    location: f64,
    scale: f64,
}

impl Cauchy {
    /// Builds the distribution from its location and scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        check::finite("Cauchy", "location", location)?;
        check::positive("Cauchy", "scale", scale)?;
        Ok(Self { location, scale })
    }

    /// Median and mode.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Half the distance between the quartiles.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats. It is symmetric.
    ///
    /// ```text
    /// ln[1 + ((γ₁ - γ₂)² + (x₁ - x₂)²) / (4γ₁γ₂)]
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let apart = (self.scale - other.scale).hypot(self.location - other.location);
        (0.25 * (apart / self.scale) * (apart / other.scale)).ln_1p()
    }

    fn z(&self, x: f64) -> f64 {
        standardised(x, self.location, self.scale).hi()
    }

    /// ln |z|, also where z overflows.
    fn ln_size(&self, x: f64) -> f64 {
        (x - self.location).abs().ln() - self.scale.ln()
    }
}

/// P(Z ≤ z) of the standard law.
fn below(z: f64) -> f64 {
    if z < -1.0 { (-1.0 / z).atan() / PI } else { 0.5 + z.atan() / PI }
}

/// The logarithm of [`below`]; `ln_size` gives ln |z| where the value underflows.
fn ln_below(z: f64, ln_size: impl Fn() -> f64) -> f64 {
    if z < -1e300 {
        -PI.ln() - ln_size()
    } else if z < 0.0 {
        below(z).ln()
    } else {
        (-below(-z)).ln_1p()
    }
}

/// Quantile of the standard law; differences from ½ and from 1 are exact where they are taken.
fn standard_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if p < 0.25 {
        -1.0 / (PI * p).tan()
    } else if p <= 0.75 {
        (PI * (p - 0.5)).tan()
    } else {
        1.0 / (PI * (1.0 - p)).tan()
    }
}

/// (z² - 1)/(z² + 1), infinite z included.
pub(crate) fn balance(z: f64) -> f64 {
    let w = if z.abs() > 1.0 { 1.0 / z } else { z };
    let value = (1.0 - w) * (1.0 + w) / (1.0 + w * w);
    if z.abs() > 1.0 { value } else { -value }
}

impl ContinuousDistribution for Cauchy {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        let z = self.z(x);
        if z.abs() > 1e8 {
            1.0 / (PI * self.scale * z.abs()) / z.abs()
        } else {
            1.0 / (PI * self.scale) / (1.0 + z * z)
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let pdf = self.pdf(x);
        if pdf > 1e-300 && pdf < 1e300 {
            return pdf.ln();
        }
        let z = self.z(x);
        let ln_square = if z.abs() > 1e8 { 2.0 * self.ln_size(x) } else { (z * z).ln_1p() };
        -(PI.ln() + self.scale.ln()) - ln_square
    }

    fn cdf(&self, x: f64) -> f64 {
        below(self.z(x))
    }

    fn sf(&self, x: f64) -> f64 {
        below(-self.z(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        ln_below(self.z(x), || self.ln_size(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_below(-self.z(x), || self.ln_size(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        standard_quantile(p).mul_add(self.scale, self.location)
    }

    fn isf(&self, p: f64) -> f64 {
        (-standard_quantile(p)).mul_add(self.scale, self.location)
    }

    fn score_x(&self, x: f64) -> f64 {
        let z = self.z(x);
        if z == 0.0 { 0.0 } else { -2.0 / (z + 1.0 / z) / self.scale }
    }

    fn mean(&self) -> f64 {
        f64::NAN
    }

    fn variance(&self) -> f64 {
        f64::NAN
    }

    fn skewness(&self) -> f64 {
        f64::NAN
    }

    fn excess_kurtosis(&self) -> f64 {
        f64::NAN
    }

    fn entropy(&self) -> f64 {
        (4.0 * PI).ln() + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.location
    }

    fn median(&self) -> f64 {
        self.location
    }
}

impl Distribution<f64> for Cauchy {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(Open01.sample(rng))
    }
}

impl Parametric for Cauchy {
    type Outcome = f64;
    const LAW: &'static str = "Cauchy";
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

    fn score(&self, x: f64, out: &mut [f64]) {
        out[0] = -self.score_x(x);
        out[1] = balance(self.z(x)) / self.scale;
    }

    /// The median and half the distance of the quartiles: moments do not exist.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let spread = 0.5 * sample.quantile(0.75) - 0.5 * sample.quantile(0.25);
        if spread > 0.0 {
            Ok(vec![sample.median(), spread])
        } else {
            Err(sample
                .degenerate("half of the observations are equal, so that the likelihood has no maximum"))
        }
    }
}
