//! The half-Cauchy distribution.
use crate::continuous::cauchy::balance;
use crate::continuous::maxwell::positive_part;
use crate::double::{LN_2, ln_ratio};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::Dd;
use rand::Rng;
use rand::distr::{Distribution, Open01};
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, PI};

/// Half-Cauchy distribution: the size |X| of a Cauchy variable of location 0, with density
///
/// ```text
/// f(x) = 2 / (π σ (1 + (x/σ)²)),    x ≥ 0,    σ = scale > 0
/// ```
///
/// # Special values
/// The mean is ∞; variance, skewness and kurtosis are NaN, as they would be formed from it.
///
/// # Accuracy
/// 4 ulp for every function.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 16.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, HalfCauchy};
/// let law = HalfCauchy::new(1.0)?;
/// assert!((law.sf(1e6) / 6.3661977236736914e-7 - 1.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HalfCauchy {
    scale: f64,
}

impl HalfCauchy {
    /// Builds the distribution from its scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `scale` is not positive and finite.
    pub fn new(scale: f64) -> Result<Self, Error> {
        check::positive("HalfCauchy", "scale", scale)?;
        Ok(Self { scale })
    }

    /// The median.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: ln[(σ₁ + σ₂)²/(4σ₁σ₂)].
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let apart = self.scale - other.scale;
        (0.25 * (apart / self.scale) * (apart / other.scale)).ln_1p()
    }

    fn z(&self, x: f64) -> f64 {
        x / self.scale
    }

    /// ln(x/σ), also where the quotient is out of range.
    fn ln_z(&self, x: f64) -> f64 {
        ln_ratio(Dd::from(x), self.scale).hi()
    }
}

impl ContinuousDistribution for HalfCauchy {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        let z = self.z(x);
        if x < 0.0 {
            0.0
        } else if z > 1e8 {
            FRAC_2_PI / self.scale / z / z
        } else {
            FRAC_2_PI / self.scale / (1.0 + z * z)
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let pdf = self.pdf(x);
        if x < 0.0 || (pdf > 1e-300 && pdf < 1e300) {
            return pdf.ln();
        }
        let z = self.z(x);
        FRAC_2_PI.ln() - self.scale.ln() - if z > 1e8 { 2.0 * self.ln_z(x) } else { (z * z).ln_1p() }
    }

    fn cdf(&self, x: f64) -> f64 {
        positive_part(x, 0.0, 1.0, || {
            let z = self.z(x);
            if z <= 1.0 { z.atan() * FRAC_2_PI } else { 1.0 - (1.0 / z).atan() * FRAC_2_PI }
        })
    }

    fn sf(&self, x: f64) -> f64 {
        positive_part(x, 1.0, 0.0, || {
            let z = self.z(x);
            if z <= 1.0 { 1.0 - z.atan() * FRAC_2_PI } else { (1.0 / z).atan() * FRAC_2_PI }
        })
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        positive_part(x, f64::NEG_INFINITY, 0.0, || {
            let z = self.z(x);
            if z < 1e-290 {
                self.ln_z(x) + FRAC_2_PI.ln()
            } else if z < 1.0 {
                self.cdf(x).ln()
            } else {
                (-self.sf(x)).ln_1p()
            }
        })
    }

    fn ln_sf(&self, x: f64) -> f64 {
        positive_part(x, 0.0, f64::NEG_INFINITY, || {
            let z = self.z(x);
            if z > 1e290 {
                FRAC_2_PI.ln() - self.ln_z(x)
            } else if z > 1.0 {
                self.sf(x).ln()
            } else {
                (-self.cdf(x)).ln_1p()
            }
        })
    }

    fn quantile(&self, p: f64) -> f64 {
        if p <= 0.5 { self.scale * standard_quantile(p) } else { self.scale / standard_quantile(1.0 - p) }
    }

    fn isf(&self, p: f64) -> f64 {
        if p <= 0.5 { self.scale / standard_quantile(p) } else { self.scale * standard_quantile(1.0 - p) }
    }

    fn score_x(&self, x: f64) -> f64 {
        if x > 0.0 {
            let z = self.z(x);
            -2.0 / (z + 1.0 / z) / self.scale
        } else if x == 0.0 {
            0.0
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        f64::INFINITY
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
        PI.ln() + LN_2.hi() + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        0.0
    }

    fn median(&self) -> f64 {
        self.scale
    }
}

/// tan(πp/2) for 0 ≤ p ≤ ½; NaN elsewhere.
fn standard_quantile(p: f64) -> f64 {
    if (0.0..=0.5).contains(&p) { (FRAC_PI_2 * p).tan() } else { f64::NAN }
}

impl Distribution<f64> for HalfCauchy {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(Open01.sample(rng))
    }
}

impl Parametric for HalfCauchy {
    type Outcome = f64;
    const LAW: &'static str = "HalfCauchy";
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
        out[0] = if x >= 0.0 { balance(self.z(x)) / self.scale } else { f64::NAN };
    }

    /// The median: moments do not exist.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        let median = sample.median();
        if median > 0.0 {
            Ok(vec![median])
        } else {
            Err(sample.degenerate("half of the observations are 0, so that the likelihood has no maximum"))
        }
    }
}
