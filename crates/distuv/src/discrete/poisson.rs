//! The Poisson distribution.
use super::sums;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::IncompleteGamma;
use rand::Rng;
use rand::distr::Distribution;

/// Poisson distribution: the number of events of a process of constant rate, with probabilities
///
/// ```text
/// p(k) = λᵏ e^(-λ) / k!,    k = 0, 1, 2, …,    λ = mean > 0
/// ```
///
/// # Accuracy
/// 1e-14 for probabilities and their logarithms, tails of 1e-300 and below included, for means up to 1e15; quantiles are exact with
/// respect to `cdf` and `sf`.
///
/// # Source
/// P(X ≤ k) = Q(k + 1, λ) by [`IncompleteGamma`]. Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), ch. 4.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Poisson};
/// let calls = Poisson::new(4.0)?;
/// assert!((calls.sf(9) - 0.008132242797).abs() < 1e-12);
/// assert_eq!(calls.quantile(0.99), Some(9));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Poisson {
    mean: f64,
}

impl Poisson {
    /// Largest mean: counts beyond are not exact in `f64`.
    const MAX_MEAN: f64 = 9e15;

    /// Builds the distribution from its mean λ.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` is not positive and at most 9e15.
    pub fn new(mean: f64) -> Result<Self, Error> {
        let holds = mean > 0.0 && mean <= Self::MAX_MEAN;
        check::require(holds, "Poisson", "mean", "positive and at most 9e15", mean)?;
        Ok(Self { mean })
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        // μ − λ + λ ln(λ/μ) = λ (r − ln(1 + r)), r = μ/λ − 1.
        let r = (other.mean - self.mean) / self.mean;
        -self.mean * ferronum_special::ln1p_minus_x(r)
    }

    fn tails(&self, k: i64) -> IncompleteGamma {
        IncompleteGamma::new(k as f64 + 1.0, self.mean)
    }
}

impl DiscreteDistribution for Poisson {
    fn support(&self) -> (i64, i64) {
        (0, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { self.tails(k).weight().over(self.mean).value() }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < 0 { f64::NEG_INFINITY } else { self.tails(k).weight().over(self.mean).ln() }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { self.tails(k).upper() }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 0 { 1.0 } else { self.tails(k).lower() }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 0 { f64::NEG_INFINITY } else { self.tails(k).ln_upper() }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { self.tails(k).ln_lower() }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean
    }

    fn skewness(&self) -> f64 {
        1.0 / self.mean.sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        1.0 / self.mean
    }

    /// The sum itself up to λ = 400; beyond, ½ ln(2πeλ) - 1/(12λ) - 1/(24λ²) - 19/(360λ³) - 9/(80λ⁴) - 863/(2520λ⁵) - …, which leaves
    /// about 1.4/λ⁶ < 4e-16.
    fn entropy(&self) -> f64 {
        let mean = self.mean;
        if mean <= 400.0 {
            return sums::entropy(self);
        }
        let w = 1.0 / mean;
        let series = w
            * (1.0 / 12.0 + w * (1.0 / 24.0 + w * (19.0 / 360.0 + w * (9.0 / 80.0 + w * (863.0 / 2520.0)))));
        0.5 * (std::f64::consts::TAU * std::f64::consts::E * mean).ln() - series
    }

    /// ⌈λ⌉ - 1: of the two modes λ - 1 and λ of a whole λ, the smaller.
    fn mode(&self) -> i64 {
        (self.mean.ceil() as i64 - 1).max(0)
    }
}

impl Distribution<i64> for Poisson {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        // `rand_distr` refuses no mean that the constructor takes.
        rand_distr::Poisson::new(self.mean).map_or(0, |law| law.sample(rng) as i64)
    }
}

impl Parametric for Poisson {
    type Outcome = i64;
    const LAW: &'static str = "Poisson";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("mean", Domain::Positive)];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.mean]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        out[0] = if k < 0 { f64::NAN } else { (k as f64 - self.mean) / self.mean };
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        if sample.mean() > 0.0 {
            Ok(vec![sample.mean()])
        } else {
            Err(sample
                .degenerate("all counts are 0, so that the likelihood has no maximum at a positive mean"))
        }
    }

    fn closed_form(sample: &Sample<'_, i64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Self::moment_estimate(sample).map(Some)
    }
}
