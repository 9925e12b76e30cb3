//! The Fréchet distribution.
use crate::continuous::gumbel_right::{EULER, divergence};
use crate::continuous::log_moments::{LogMoments, ln_gamma_dd};
use crate::double::{DoubleExponential, grown, hazard_above, hazard_below, ln_ratio, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::LN_2;

/// Fréchet distribution (extreme values of type II) with distribution function
///
/// ```text
/// F(x) = exp(-((x - m)/s)^-α),    x > m,    α = shape > 0, s = scale > 0, m = location
/// ```
///
/// # Special values
/// The mean is ∞ for α ≤ 1. The variance is ∞ for 1 < α ≤ 2 and NaN below; skewness and kurtosis are ∞ where their own moment is
/// infinite but the variance is not (2 < α ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms, tails included: x - m is exact. 1e-14 for moments of any shape; quantiles 1e-13.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 22.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Frechet};
/// let law = Frechet::new(2.0, 1.0, 0.0)?;
/// assert!((law.sf(100.0) / 9.99950001666625e-5 - 1.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frechet {
    shape: f64,
    scale: f64,
    location: f64,
}

impl Frechet {
    /// Builds the distribution from its shape, its scale and its lower end.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `scale` is not positive and finite, or `location` is not finite.
    pub fn new(shape: f64, scale: f64, location: f64) -> Result<Self, Error> {
        check::positive("Frechet", "shape", shape)?;
        check::positive("Frechet", "scale", scale)?;
        check::finite("Frechet", "location", location)?;
        Ok(Self { shape, scale, location })
    }

    /// Exponent of the upper tail.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Distance from the lower end of the point with cdf = 1/e.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Lower end of the support.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats, for equal locations: that of the Gumbel laws of
    /// the logarithms. ∞ if `other` starts above this law, NaN if it starts below: there is no closed form.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.location == other.location {
            let apart = ln_ratio(Dd::from(self.scale), other.scale) * other.shape;
            divergence(Dd::from(other.shape) / self.shape, apart)
        } else if self.location < other.location {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// α ln(s/(x - m)), the logarithm of -ln cdf.
    fn y(&self, x: f64) -> Dd {
        let distance = Dd::sum(x, -self.location);
        if x == f64::INFINITY {
            Dd::from(f64::NEG_INFINITY)
        } else if distance.hi() > 0.0 {
            -(ln_ratio(distance, self.scale) * self.shape)
        } else {
            Dd::from(if x.is_nan() { x } else { f64::INFINITY })
        }
    }

    fn tails(&self, x: f64) -> DoubleExponential {
        DoubleExponential::new(self.y(x))
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > self.location && x < f64::INFINITY {
            let slope = ln_dd(Dd::from(self.shape)) - ln_dd(Dd::sum(x, -self.location));
            self.tails(x).ln_density(slope)
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_hazard(&self, h: f64) -> f64 {
        self.location + grown(self.scale, -h.ln() / self.shape)
    }

    fn exponent(&self) -> Dd {
        Dd::from(-1.0) / self.shape
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_ln_exponential(self.exponent())
    }

    /// Mean distance from the lower end, s Γ(1 - 1/α).
    fn mean_distance(&self) -> f64 {
        power(ln_gamma_dd(self.exponent() + 1.0) + ln_dd(Dd::from(self.scale)))
    }

    /// `value` where the moment of order n exists, ∞ where only the variance does, NaN else.
    fn moment(&self, n: f64, value: impl Fn() -> f64) -> f64 {
        if self.shape > n {
            value()
        } else if self.shape > 2.0 || (n == 2.0 && self.shape > 1.0) {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }
}

impl ContinuousDistribution for Frechet {
    fn support(&self) -> (f64, f64) {
        (self.location, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).tail()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).rest()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_tail()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_rest()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        let d = x - self.location;
        if d >= 0.0 { (self.shape * self.y(x).hi().exp_m1() - 1.0) / d } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        if self.shape > 1.0 { self.location + self.mean_distance() } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        let std_dev = self.std_dev();
        std_dev * std_dev
    }

    fn std_dev(&self) -> f64 {
        let u = self.exponent().hi().abs();
        self.moment(2.0, || self.mean_distance() * u * self.log_moments().variance_over_square(u).sqrt())
    }

    fn skewness(&self) -> f64 {
        self.moment(3.0, || self.log_moments().skewness())
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moment(4.0, || self.log_moments().excess_kurtosis())
    }

    fn entropy(&self) -> f64 {
        let logs = Dd::sum(self.scale.ln(), -self.shape.ln());
        (logs + EULER / self.shape + (1.0 + EULER)).hi()
    }

    fn mode(&self) -> f64 {
        self.at_hazard((self.shape + 1.0) / self.shape)
    }

    fn median(&self) -> f64 {
        self.at_hazard(LN_2)
    }
}

impl Distribution<f64> for Frechet {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Frechet {
    type Outcome = f64;
    const LAW: &'static str = "Frechet";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("shape", Domain::Positive),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("location", Domain::End),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.shape, self.scale, self.location]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With y = α ln(s/(x - m)): (1 + y (1 - e^y))/α, α (1 - e^y)/s and (1 + α (1 - e^y))/(x - m).
    fn score(&self, x: f64, out: &mut [f64]) {
        let y = self.y(x).hi();
        let rise = if x > self.location { y.exp_m1() } else { f64::NAN };
        out[0] = (1.0 - y * rise) / self.shape;
        out[1] = -self.shape / self.scale * rise;
        out[2] = (1.0 - self.shape * rise) / (x - self.location);
    }

    /// The lower end next to the smallest observation; shape and scale from the quartiles of the distances from it.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let location = sample.min() - 0.01 * (sample.median() - sample.min()).max(f64::MIN_POSITIVE);
        let (low, high) = (sample.quantile(0.25) - location, sample.quantile(0.75) - location);
        let spread = (high / low).ln();
        if !(spread > 0.0 && spread.is_finite()) {
            return Err(sample.degenerate("half of the observations are equal"));
        }
        // ln X has the quantiles ln s - ln(-ln p)/α.
        let (a, b) = (-(-(0.25f64.ln())).ln(), -(-(0.75f64.ln())).ln());
        let shape = (b - a) / spread;
        Ok(vec![shape, (low.ln() - a / shape).exp(), location])
    }

    /// With shape and location held, a power mean of the distances from the location.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let Some(location) = fixed[2] else { return Ok(None) };
        if location >= sample.min() {
            return Err(sample.degenerate("an observation is not above the location, which is held fixed"));
        }
        sample.expect_spread()?;
        let (Some(shape), None) = (fixed[0], fixed[1]) else { return Ok(None) };
        let least = sample.min() - location;
        let mean = sample.average(|x| (least / (x - location)).powf(shape));
        Ok(Some(vec![shape, least * mean.powf(-1.0 / shape), location]))
    }
}
