//! The geometric distribution.
use super::bernoulli;
use super::beta_tails::{ln_complement, power, whole};
use crate::fit::Sample;
use crate::traits::{expect_parameters, smallest_near};
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Scaled, ln1m_exp};
use rand::Rng;
use rand::distr::Distribution;

/// Geometric distribution: the number of independent trials up to and with the first success,
///
/// ```text
/// p(k) = p (1-p)^(k-1),    k = 1, 2, …,    0 < p ≤ 1
/// ```
///
/// The number of failures before it, k - 1 = 0, 1, …, is [`NegativeBinomial`](crate::NegativeBinomial)`::new(1.0, p)`.
///
/// # Special values
/// p = 1 puts all probability at 1: variance 0, skewness and kurtosis ∞, their limits.
///
/// # Accuracy
/// 4 ulp, tails of 1e-300 and below included; quantiles are exact with respect to `cdf` and `sf`, up to `i64::MAX`.
///
/// # Source
/// Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), ch. 5.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Geometric};
/// let six = Geometric::new(1.0 / 6.0)?;
/// assert!((six.sf(10) - 0.1615055829).abs() < 1e-10);
/// assert_eq!(six.quantile(0.99), Some(26));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometric {
    probability: f64,
}

impl Geometric {
    /// Builds the distribution from the probability of a success in each trial.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `probability` is not above 0 and at most 1.
    pub fn new(probability: f64) -> Result<Self, Error> {
        check::positive_probability("Geometric", "probability", probability)?;
        Ok(Self { probability })
    }

    /// Probability p of a success.
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        bernoulli::divergence(self.probability, other.probability) / self.probability
    }

    fn failure(&self) -> f64 {
        1.0 - self.probability
    }

    /// (1-p)^n.
    fn failures(&self, n: i64) -> Scaled {
        power(ln_complement(self.probability), whole(n))
    }

    /// The least k with (1-p)^k ≤ e^ln, up to rounding.
    fn near(&self, ln: f64) -> i64 {
        (ln / (-self.probability).ln_1p()).ceil() as i64
    }
}

impl DiscreteDistribution for Geometric {
    fn support(&self) -> (i64, i64) {
        (1, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { self.failures(k - 1).times(self.probability).value() }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < 1 { f64::NEG_INFINITY } else { self.failures(k - 1).times(self.probability).ln() }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { -self.failures(k).exponent.to_f64().exp_m1() }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 1 { 1.0 } else { self.failures(k).value() }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 1 { f64::NEG_INFINITY } else { ln1m_exp(self.failures(k).exponent.to_f64()) }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { self.failures(k).exponent.to_f64() }
    }

    fn mean(&self) -> f64 {
        1.0 / self.probability
    }

    fn variance(&self) -> f64 {
        self.failure() / self.probability / self.probability
    }

    fn skewness(&self) -> f64 {
        (2.0 - self.probability) / self.failure().sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        6.0 + self.probability * self.probability / self.failure()
    }

    fn entropy(&self) -> f64 {
        let failures =
            if self.probability == 1.0 { 0.0 } else { self.failure() * (-self.probability).ln_1p() };
        -self.probability.ln() - failures / self.probability
    }

    fn mode(&self) -> i64 {
        1
    }

    /// ⌈ln(1 - p)/ln q⌉, checked against its neighbours.
    fn quantile(&self, p: f64) -> Option<i64> {
        smallest_near(self, p, self.near((-p).ln_1p()), 1, |k| self.cdf(k) >= p)
    }

    fn isf(&self, p: f64) -> Option<i64> {
        if p == 0.0 {
            return Some(i64::MAX);
        }
        smallest_near(self, p, self.near(p.ln()), 1, |k| self.sf(k) <= p)
    }
}

impl Distribution<i64> for Geometric {
    /// ⌊E/λ⌋ + 1 with E exponential and e^-λ = 1 - p.
    ///
    /// `rand_distr` 0.6 works with the rounded 1 - p (geometric.rs:77), 10 % off at p = 3e-16.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let e: f64 = rand_distr::Exp1.sample(rng);
        ((e / -(-self.probability).ln_1p()) as i64).saturating_add(1)
    }
}

impl Parametric for Geometric {
    type Outcome = i64;
    const LAW: &'static str = "Geometric";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("probability", Domain::Unit)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.probability]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        out[0] = match k {
            ..1 => f64::NAN,
            1 => 1.0 / self.probability,
            // 1/p - (k - 1)/q = (1 - p k)/(p q).
            _ => ((-(whole(k) * self.probability) + 1.0) / self.probability / self.failure()).to_f64(),
        };
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        Ok(vec![1.0 / sample.mean()])
    }

    /// One over the mean; 1 if all counts are 1.
    fn closed_form(sample: &Sample<'_, i64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Self::moment_estimate(sample).map(Some)
    }
}
