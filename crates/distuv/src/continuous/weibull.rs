//! The Weibull distribution.
use crate::continuous::fisher_f::at_zero;
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

/// Weibull distribution with density
///
/// ```text
/// f(x) = (k/λ) (x/λ)^(k - 1) exp(-(x/λ)^k),    x ≥ 0,    k = shape > 0, λ = scale > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for k < 1, 1/λ for k = 1, 0 above.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms, tails included; 1e-14 for moments of any shape; quantiles 1e-13.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 21; the divergence: Bauckhage, arXiv:1310.3713 (2013).
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Weibull};
/// let life = Weibull::new(1.5, 2.0)?;
/// assert!((life.sf(5.0) / 0.019199960155009543 - 1.0).abs() < 1e-15);
/// assert!((life.ln_sf(5e5) + 1.25e8).abs() < 1e-6); // (2.5e5)^1.5
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// Builds the distribution from its shape and scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `scale` is not positive and finite.
    pub fn new(shape: f64, scale: f64) -> Result<Self, Error> {
        check::positive("Weibull", "shape", shape)?;
        check::positive("Weibull", "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Shape: the hazard falls below 1, is constant at 1 and rises above.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The point with sf = 1/e.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: that of the Gumbel laws of the logarithms.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let apart = ln_ratio(Dd::from(self.scale), other.scale) * other.shape;
        divergence(Dd::from(other.shape) / self.shape, -apart)
    }

    fn tails(&self, x: f64) -> DoubleExponential {
        let y = if x > 0.0 {
            ln_ratio(Dd::from(x), self.scale) * self.shape
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        };
        DoubleExponential::new(y)
    }

    /// The logarithm of the density for x > 0.
    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).ln_density(ln_dd(Dd::from(self.shape)) - ln_dd(Dd::from(x)))
        } else if x == 0.0 {
            Dd::from(at_zero(2.0 * self.shape, 1.0 / self.scale).ln())
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_hazard(&self, h: f64) -> f64 {
        grown(self.scale, h.ln() / self.shape)
    }

    fn inverse_shape(&self) -> Dd {
        Dd::ONE / self.shape
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_ln_exponential(self.inverse_shape())
    }
}

impl ContinuousDistribution for Weibull {
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
        self.tails(x).rest()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).tail()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_rest()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_tail()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (self.shape * (1.0 - self.tails(x).hazard()) - 1.0) / x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        power(ln_gamma_dd(self.inverse_shape() + 1.0) + ln_dd(Dd::from(self.scale)))
    }

    fn variance(&self) -> f64 {
        let std_dev = self.std_dev();
        std_dev * std_dev
    }

    fn std_dev(&self) -> f64 {
        let u = self.inverse_shape().hi();
        self.mean() * u * self.log_moments().variance_over_square(u).sqrt()
    }

    fn skewness(&self) -> f64 {
        self.log_moments().skewness()
    }

    fn excess_kurtosis(&self) -> f64 {
        self.log_moments().excess_kurtosis()
    }

    fn entropy(&self) -> f64 {
        let logs = Dd::sum(self.scale.ln(), -self.shape.ln());
        (logs - EULER / self.shape + (1.0 + EULER)).hi()
    }

    fn mode(&self) -> f64 {
        if self.shape > 1.0 { self.at_hazard(((self.shape - 1.0) / self.shape).abs()) } else { 0.0 }
    }

    fn median(&self) -> f64 {
        self.at_hazard(LN_2)
    }
}

impl Distribution<f64> for Weibull {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Weibull {
    type Outcome = f64;
    const LAW: &'static str = "Weibull";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Positive), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.shape, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With y = k ln(x/λ): (1 + y (1 - e^y))/k and k (e^y - 1)/λ.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let y = (ln_ratio(Dd::from(x), self.scale) * self.shape).hi();
        let rise = y.exp_m1();
        out[0] = (1.0 - y * rise) / self.shape;
        out[1] = self.shape / self.scale * rise;
    }

    /// From mean and standard deviation of ln X, which is a Gumbel law of minima.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let mean = sample.average(f64::ln);
        let spread = sample.average(|x| (x.ln() - mean).powi(2)).sqrt();
        if spread == 0.0 {
            return Err(sample.degenerate("the logarithms of all observations are equal"));
        }
        let scale = spread * 6f64.sqrt() / std::f64::consts::PI;
        Ok(vec![1.0 / scale, (mean + EULER * scale).exp()])
    }

    /// With the shape held, the power mean of the observations.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (Some(shape), None) = (fixed[0], fixed[1]) else { return Ok(None) };
        let top = sample.max();
        Ok(Some(vec![shape, top * sample.average(|x| (x / top).powf(shape)).powf(1.0 / shape)]))
    }
}
