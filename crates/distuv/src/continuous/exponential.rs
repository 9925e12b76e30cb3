//! The exponential distribution.
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::vector::exponential as slices;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::LN_2;

/// Exponential distribution: the time to the first event of a process of constant rate, with density
///
/// ```text
/// f(x) = λ e^(-λx),    x ≥ 0,    λ = rate > 0, in events per unit of x
/// ```
///
/// # Accuracy
/// 2 ulp for every function, beside the conditioning in `x`.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 19.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Exponential};
/// let wait = Exponential::with_mean(5.0)?;
/// assert!((wait.sf(10.0) - 0.1353352832366127).abs() < 1e-16);
/// assert_eq!(wait.ln_sf(1e6), -2e5);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponential {
    rate: f64,
}

impl Exponential {
    /// Builds the distribution from its rate.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `rate` is not positive and finite.
    pub fn new(rate: f64) -> Result<Self, Error> {
        check::positive("Exponential", "rate", rate)?;
        Ok(Self { rate })
    }

    /// Builds the distribution from its mean, the scale 1/rate.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` or its reciprocal is not positive and finite.
    pub fn with_mean(mean: f64) -> Result<Self, Error> {
        check::positive("Exponential", "mean", mean)?;
        Self::new(1.0 / mean)
    }

    /// Events per unit of x.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        // ln(λ/μ) + μ/λ − 1 = r − ln(1 + r), r = μ/λ − 1.
        -ferronum_special::ln1p_minus_x((other.rate - self.rate) / self.rate)
    }
}

impl ContinuousDistribution for Exponential {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { self.rate * (-self.rate * x).exp() }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x < 0.0 { f64::NEG_INFINITY } else { self.rate.ln() - self.rate * x }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { -(-self.rate * x).exp_m1() }
    }

    fn sf(&self, x: f64) -> f64 {
        if x < 0.0 { 1.0 } else { (-self.rate * x).exp() }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if x < 0.0 { f64::NEG_INFINITY } else { ferronum_special::ln1m_exp(-self.rate * x) }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { -self.rate * x }
    }

    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { -(-p).ln_1p() / self.rate } else { f64::NAN }
    }

    fn isf(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { -p.ln() / self.rate } else { f64::NAN }
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { -self.rate } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        1.0 / self.rate
    }

    fn variance(&self) -> f64 {
        1.0 / self.rate / self.rate
    }

    fn std_dev(&self) -> f64 {
        1.0 / self.rate
    }

    fn skewness(&self) -> f64 {
        2.0
    }

    fn excess_kurtosis(&self) -> f64 {
        6.0
    }

    fn entropy(&self) -> f64 {
        1.0 - self.rate.ln()
    }

    fn mode(&self) -> f64 {
        0.0
    }

    fn median(&self) -> f64 {
        LN_2 / self.rate
    }

    fn pdf_into(&self, x: &[f64], out: &mut [f64]) {
        slices::pdf(self.rate, x, out);
    }

    fn ln_pdf_into(&self, x: &[f64], out: &mut [f64]) {
        slices::ln_pdf(self.rate, x, out);
    }

    fn cdf_into(&self, x: &[f64], out: &mut [f64]) {
        slices::cdf(self.rate, x, out);
    }

    fn quantile_into(&self, p: &[f64], out: &mut [f64]) {
        slices::quantile(self.rate, p, out);
    }
}

impl Distribution<f64> for Exponential {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let unit: f64 = rand_distr::Exp1.sample(rng);
        unit / self.rate
    }
}

impl Parametric for Exponential {
    type Outcome = f64;
    const LAW: &'static str = "Exponential";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("rate", Domain::Positive)];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.rate]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        out[0] = if x >= 0.0 { 1.0 / self.rate - x } else { f64::NAN };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        if sample.mean() > 0.0 {
            Ok(vec![1.0 / sample.mean()])
        } else {
            Err(sample.degenerate("all observations are 0, so that the likelihood has no maximum"))
        }
    }

    fn closed_form(sample: &Sample<'_, f64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Self::moment_estimate(sample).map(Some)
    }
}
