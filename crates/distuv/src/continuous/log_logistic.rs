//! The log-logistic (Fisk) distribution.
use crate::continuous::fisher_f::at_zero;
use crate::continuous::log_moments::{LogMoments, ln_gamma_dd};
use crate::continuous::logistic::{LnOdds, logit};
use crate::double::{grown, ln_ratio, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::{Distribution, Open01};

/// Log-logistic distribution (Fisk): ln X is logistic. Its distribution function is
///
/// ```text
/// F(x) = 1 / (1 + (x/α)^-β),    x ≥ 0,    α = scale > 0, β = shape > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for β < 1, 1/α for β = 1, 0 above. The mean is ∞ for β ≤ 1. The variance is ∞ for 1 < β ≤ 2 and NaN below;
/// skewness and kurtosis are ∞ where their own moment is infinite but the variance is not (2 < β ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms, tails included; 1e-14 for moments of any shape; quantiles 1e-13.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 23.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, LogLogistic};
/// let law = LogLogistic::new(3.0, 2.5)?;
/// assert!((law.sf(100.0) / 1.5586027646860367e-4 - 1.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogLogistic {
    scale: f64,
    shape: f64,
}

impl LogLogistic {
    /// Builds the distribution from its scale and shape.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `scale` or `shape` is not positive and finite.
    pub fn new(scale: f64, shape: f64) -> Result<Self, Error> {
        check::positive("LogLogistic", "scale", scale)?;
        check::positive("LogLogistic", "shape", shape)?;
        Ok(Self { scale, shape })
    }

    /// The median.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Exponent of either tail.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    fn odds(&self, x: f64) -> LnOdds {
        if x > 0.0 {
            LnOdds(ln_ratio(Dd::from(x), self.scale) * self.shape)
        } else {
            LnOdds(Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY }))
        }
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x < f64::INFINITY {
            self.odds(x).ln_density(ln_dd(Dd::from(self.shape)) - ln_dd(Dd::from(x)))
        } else if x == 0.0 {
            Dd::from(at_zero(2.0 * self.shape, 1.0 / self.scale).ln())
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_logit(&self, y: f64) -> f64 {
        grown(self.scale, y / self.shape)
    }

    fn inverse_shape(&self) -> Dd {
        Dd::ONE / self.shape
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_logistic(self.inverse_shape())
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

impl ContinuousDistribution for LogLogistic {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x == 0.0 { at_zero(2.0 * self.shape, 1.0 / self.scale) } else { power(self.ln_density(x)) }
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
        self.at_logit(logit(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_logit(-logit(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { -(1.0 + self.shape * (0.5 * self.odds(x).0.hi()).tanh()) / x } else { f64::NAN }
    }

    /// α (π/β)/sin(π/β) = α Γ(1 + 1/β) Γ(1 - 1/β).
    fn mean(&self) -> f64 {
        if self.shape <= 1.0 {
            return f64::INFINITY;
        }
        let u = self.inverse_shape();
        power(ln_gamma_dd(u + 1.0) + ln_gamma_dd(-u + 1.0) + ln_dd(Dd::from(self.scale)))
    }

    fn variance(&self) -> f64 {
        let std_dev = self.std_dev();
        std_dev * std_dev
    }

    fn std_dev(&self) -> f64 {
        let u = self.inverse_shape().hi();
        self.moment(2.0, || self.mean() * u * self.log_moments().variance_over_square(u).sqrt())
    }

    fn skewness(&self) -> f64 {
        self.moment(3.0, || self.log_moments().skewness())
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moment(4.0, || self.log_moments().excess_kurtosis())
    }

    fn entropy(&self) -> f64 {
        (Dd::sum(self.scale.ln(), -self.shape.ln()) + 2.0).hi()
    }

    fn mode(&self) -> f64 {
        if self.shape > 1.0 { self.at_logit((-2.0 / (self.shape + 1.0)).ln_1p()) } else { 0.0 }
    }

    fn median(&self) -> f64 {
        self.scale
    }
}

impl Distribution<f64> for LogLogistic {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(Open01.sample(rng))
    }
}

impl Parametric for LogLogistic {
    type Outcome = f64;
    const LAW: &'static str = "LogLogistic";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("scale", Domain::Positive), Parameter::new("shape", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.scale, self.shape]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With y = β ln(x/α) and t = tanh(y/2): β t/α and (1 - y t)/β.
    fn score(&self, x: f64, out: &mut [f64]) {
        let y = if x >= 0.0 { self.odds(x).0.hi() } else { f64::NAN };
        let slope = (0.5 * y).tanh();
        out[0] = self.shape / self.scale * slope;
        out[1] = (1.0 - y * slope) / self.shape;
    }

    /// From mean and standard deviation of ln X, which is logistic.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let mean = sample.average(f64::ln);
        let spread = sample.average(|x| (x.ln() - mean).powi(2)).sqrt();
        if spread == 0.0 {
            return Err(sample.degenerate("the logarithms of all observations are equal"));
        }
        Ok(vec![mean.exp(), std::f64::consts::PI / 3f64.sqrt() / spread])
    }
}
