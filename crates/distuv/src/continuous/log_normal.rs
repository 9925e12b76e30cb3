//! The lognormal distribution.
use crate::continuous::normal::LN_SQRT_2PI;
use crate::double::{exp_dd, expm1_dd, power, power_rest};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Normal, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, ln_dd, ln_norm_cdf_dd, norm_cdf_dd, norm_quantile};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::TAU;

/// Lognormal distribution: ln X is normal. Its density is
///
/// ```text
/// f(x) = exp(-z²/2) / (x σ √(2π)),    x > 0, z = (ln x - μ)/σ,    μ = ln_mean, σ = ln_std_dev > 0
/// ```
///
/// where μ and σ are mean and standard deviation of ln X.
///
/// # Accuracy
/// 4 ulp for every function; z is held in double-double, so that a far tail keeps its digits. Quantiles 1e-13.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 14.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, LogNormal};
/// let law = LogNormal::new(0.0, 1.0)?;
/// assert!((law.sf(100.0) / 2.0606433959717201e-6 - 1.0).abs() < 1e-15);
/// assert!((law.mean() - 0.5f64.exp()).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    ln_mean: f64,
    ln_std_dev: f64,
}

impl LogNormal {
    /// Builds the distribution from mean and standard deviation of ln X.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `ln_mean` is not finite, or `ln_std_dev` is not positive and finite.
    pub fn new(ln_mean: f64, ln_std_dev: f64) -> Result<Self, Error> {
        check::finite("LogNormal", "ln_mean", ln_mean)?;
        check::positive("LogNormal", "ln_std_dev", ln_std_dev)?;
        Ok(Self { ln_mean, ln_std_dev })
    }

    /// Builds the distribution from the mean and the standard deviation of X itself.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` or `std_dev` is not positive and finite, or their ratio is out of range.
    pub fn with_moments(mean: f64, std_dev: f64) -> Result<Self, Error> {
        check::positive("LogNormal", "mean", mean)?;
        check::positive("LogNormal", "std_dev", std_dev)?;
        let ratio = std_dev / mean;
        let variance = if ratio < 1e100 { (ratio * ratio).ln_1p() } else { 2.0 * ratio.ln() };
        Self::new(mean.ln() - 0.5 * variance, if ratio < 1e-100 { ratio } else { variance.sqrt() })
    }

    /// Mean of ln X.
    pub fn ln_mean(&self) -> f64 {
        self.ln_mean
    }

    /// Standard deviation of ln X.
    pub fn ln_std_dev(&self) -> f64 {
        self.ln_std_dev
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: that of the normal laws of the logarithms.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        self.of_logarithm()
            .map_or(f64::NAN, |law| other.of_logarithm().map_or(f64::NAN, |other| law.kl_divergence(&other)))
    }

    fn of_logarithm(&self) -> Option<Normal> {
        Normal::new(self.ln_mean, self.ln_std_dev).ok()
    }

    fn z(&self, x: f64) -> Dd {
        if x > 0.0 {
            (ln_dd(Dd::from(x)) - self.ln_mean) / self.ln_std_dev
        } else if x.is_nan() {
            Dd::from(x)
        } else {
            Dd::from(f64::NEG_INFINITY)
        }
    }

    fn density(&self, x: f64) -> Scaled {
        let z = self.z(x);
        let square = z * z;
        let exponent = if square.is_finite() { square * -0.5 - ln_dd(Dd::from(x)) } else { -square };
        Scaled { mantissa: 1.0 / TAU.sqrt(), exponent }.over(self.ln_std_dev)
    }

    fn locate(&self, z: f64) -> f64 {
        power(Dd::product(self.ln_std_dev, z) + self.ln_mean)
    }

    fn ln_variance(&self) -> Dd {
        Dd::product(self.ln_std_dev, self.ln_std_dev)
    }
}

impl ContinuousDistribution for LogNormal {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        self.density(x).value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.density(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        norm_cdf_dd(self.z(x))
    }

    fn sf(&self, x: f64) -> f64 {
        norm_cdf_dd(-self.z(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        ln_norm_cdf_dd(self.z(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_norm_cdf_dd(-self.z(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(norm_quantile(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(-norm_quantile(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { -(self.z(x).hi() / self.ln_std_dev + 1.0) / x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        power(self.ln_variance() * 0.5 + self.ln_mean)
    }

    fn variance(&self) -> f64 {
        let s = self.ln_variance();
        power(s * 2.0 + Dd::product(2.0, self.ln_mean)) * power_rest(s)
    }

    fn std_dev(&self) -> f64 {
        let s = self.ln_variance();
        power(s + self.ln_mean) * power_rest(s).sqrt()
    }

    /// (w + 2)√(w - 1) with w = e^(σ²).
    fn skewness(&self) -> f64 {
        let s = self.ln_variance();
        (exp_dd(s).hi() + 2.0) * expm1_dd(s).hi().sqrt()
    }

    /// (w - 1)(w³ + 3w² + 6w + 6) with w = e^(σ²).
    fn excess_kurtosis(&self) -> f64 {
        let s = self.ln_variance();
        let w = exp_dd(s).hi();
        expm1_dd(s).hi() * (((w + 3.0) * w + 6.0) * w + 6.0)
    }

    fn entropy(&self) -> f64 {
        (Dd::sum(self.ln_mean, self.ln_std_dev.ln()) + (0.5 + LN_SQRT_2PI)).hi()
    }

    fn mode(&self) -> f64 {
        power(-self.ln_variance() + self.ln_mean)
    }

    fn median(&self) -> f64 {
        self.ln_mean.exp()
    }
}

impl Distribution<f64> for LogNormal {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = rand_distr::StandardNormal.sample(rng);
        (self.ln_mean + self.ln_std_dev * z).exp()
    }
}

impl Parametric for LogNormal {
    type Outcome = f64;
    const LAW: &'static str = "LogNormal";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("ln_mean", Domain::Real), Parameter::new("ln_std_dev", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.ln_mean, self.ln_std_dev]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        let z = if x >= 0.0 { self.z(x).hi() } else { f64::NAN };
        out[0] = z / self.ln_std_dev;
        out[1] = (z - 1.0) * (z + 1.0) / self.ln_std_dev;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let law = Self::with_moments(sample.mean(), sample.std_dev())?;
        Ok(vec![law.ln_mean, law.ln_std_dev])
    }

    /// Mean and standard deviation of the logarithms.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let mean = fixed[0].unwrap_or_else(|| {
            let rough = sample.average(f64::ln);
            rough + sample.average(|x| x.ln() - rough)
        });
        let std_dev = fixed[1].unwrap_or_else(|| sample.average(|x| (x.ln() - mean).powi(2)).sqrt());
        if std_dev == 0.0 || (fixed[0].is_none() && fixed[1].is_none()) {
            sample.expect_spread()?;
        }
        if std_dev == 0.0 {
            return Err(sample.degenerate("the logarithms of all observations are equal"));
        }
        Ok(Some(vec![mean, std_dev]))
    }
}
