//! The logistic distribution.
use crate::continuous::normal::standardised;
use crate::double::{power, softplus_dd};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::{Distribution, Open01};
use std::f64::consts::PI;

/// Logistic distribution with density
///
/// ```text
/// f(x) = e^-z / (s (1 + e^-z)²),    z = (x - μ)/s,    μ = location, s = scale > 0
/// ```
///
/// The variance is `π²s²/3`.
///
/// # Accuracy
/// 4 ulp for every function; z is held in double-double, so that a far tail keeps its digits.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 23.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Logistic};
/// let law = Logistic::new(0.0, 1.0)?;
/// assert!((law.sf(50.0) / 1.9287498479639178e-22 - 1.0).abs() < 1e-15);
/// assert_eq!(law.quantile(0.5), 0.0);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logistic {
    location: f64,
    scale: f64,
}

impl Logistic {
    /// Builds the distribution from its location and scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        check::finite("Logistic", "location", location)?;
        check::positive("Logistic", "scale", scale)?;
        Ok(Self { location, scale })
    }

    /// Mean, median and mode.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale: √3/π standard deviations.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    fn odds(&self, x: f64) -> LnOdds {
        LnOdds(standardised(x, self.location, self.scale))
    }

    fn ln_density(&self, x: f64) -> Dd {
        self.odds(x).ln_density(-ln_dd(Dd::from(self.scale)))
    }
}

/// The logarithm y of the odds cdf/sf: the logistic law and its transformations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LnOdds(pub Dd);

impl LnOdds {
    /// 1/(1 + e^-y).
    pub fn below(self) -> f64 {
        if self.0.hi() < 0.0 {
            let odds = power(self.0);
            odds / (1.0 + odds)
        } else {
            1.0 / (1.0 + power(-self.0))
        }
    }

    /// -ln(1 + e^-y).
    pub fn ln_below(self) -> f64 {
        let y = self.0;
        if y.hi() < 0.0 { (y - power(y).ln_1p()).hi() } else { -power(-y).ln_1p() }
    }

    /// The other tail.
    pub fn flip(self) -> Self {
        Self(-self.0)
    }

    /// ln of e^-y/(1 + e^-y)², plus `slope` = ln |dy/dx|.
    pub fn ln_density(self, slope: Dd) -> Dd {
        let size = self.0.abs();
        if size.hi() == f64::INFINITY { -size } else { slope - size - softplus_dd(-size) * 2.0 }
    }
}

/// ln(p/(1 - p)), its digits kept around ½; NaN outside \[0, 1\].
pub(crate) fn logit(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if p > 0.25 && p < 0.75 {
        // Both differences are exact or nearly so: p/(1 - p) - 1 = (2p - 1)/(1 - p).
        ((2.0 * p - 1.0) / (1.0 - p)).ln_1p()
    } else {
        p.ln() - (-p).ln_1p()
    }
}

impl ContinuousDistribution for Logistic {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.odds(x).below()
    }

    fn sf(&self, x: f64) -> f64 {
        self.odds(x).flip().below()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.odds(x).ln_below()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.odds(x).flip().ln_below()
    }

    fn quantile(&self, p: f64) -> f64 {
        logit(p).mul_add(self.scale, self.location)
    }

    fn isf(&self, p: f64) -> f64 {
        (-logit(p)).mul_add(self.scale, self.location)
    }

    fn score_x(&self, x: f64) -> f64 {
        -(0.5 * (x - self.location) / self.scale).tanh() / self.scale
    }

    fn mean(&self) -> f64 {
        self.location
    }

    fn variance(&self) -> f64 {
        PI * PI / 3.0 * self.scale * self.scale
    }

    fn std_dev(&self) -> f64 {
        PI / 3f64.sqrt() * self.scale
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        1.2
    }

    fn entropy(&self) -> f64 {
        2.0 + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.location
    }

    fn median(&self) -> f64 {
        self.location
    }
}

impl Distribution<f64> for Logistic {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(Open01.sample(rng))
    }
}

impl Parametric for Logistic {
    type Outcome = f64;
    const LAW: &'static str = "Logistic";
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
        let z = (x - self.location) / self.scale;
        let slope = (0.5 * z).tanh();
        out[0] = slope / self.scale;
        out[1] = (z * slope - 1.0) / self.scale;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![sample.mean(), sample.std_dev() * 3f64.sqrt() / PI])
    }
}
