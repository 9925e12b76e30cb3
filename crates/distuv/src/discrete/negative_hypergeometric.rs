//! The negative hypergeometric distribution.
use super::BetaBinomial;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use rand::Rng;
use rand::distr::Distribution;

/// Negative hypergeometric distribution: the number of successes drawn before the r-th failure, without replacement from a population of N
/// with K successes,
///
/// ```text
/// p(k) = C(k + r - 1, k) C(N - r - k, K - k)/C(N, K),    k = 0, …, K
/// ```
///
/// with N = population ≤ 2⁵³, K = successes < N, r = failures from 1 to N - K.
///
/// # Special values
/// K = 0 puts all probability at 0: variance 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 2e-14 for probabilities, tails and their logarithms, tails of 1e-300 and below included; quantiles are exact with respect to `cdf`
/// and `sf`.
///
/// # Source
/// It is the [`BetaBinomial`] law of K trials and shapes r and N - K - r + 1. Johnson, Kemp & Kotz, *Univariate Discrete
/// Distributions*, 3rd ed. (2005), §6.2.2.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, NegativeHypergeometric};
/// let before_the_first_ace = NegativeHypergeometric::new(52, 48, 1)?;
/// assert!((before_the_first_ace.mean() - 9.6).abs() < 1e-14);
/// assert!((before_the_first_ace.pmf(0) - 1.0 / 13.0).abs() < 1e-16);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegativeHypergeometric {
    population: i64,
    failures: i64,
    law: BetaBinomial,
}

impl NegativeHypergeometric {
    /// Builds the distribution from the size of the population, the number of successes in it, and the number of failures that end the
    /// drawing.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `population` is not between 1 and 2⁵³, `successes` not between 0 and `population - 1`, or
    /// `failures` not between 1 and `population - successes`.
    pub fn new(population: i64, successes: i64, failures: i64) -> Result<Self, Error> {
        let within = |name, requirement, value: i64, holds| {
            check::require(holds, "NegativeHypergeometric", name, requirement, value as f64)
        };
        let holds = (1..=1 << 53).contains(&population);
        within("population", "between 1 and 2^53", population, holds)?;
        let holds = (0..population).contains(&successes);
        within("successes", "at least 0 and below population", successes, holds)?;
        let all_failures = population - successes;
        let holds = (1..=all_failures).contains(&failures);
        within("failures", "between 1 and population - successes", failures, holds)?;
        let law = BetaBinomial::new(successes, failures as f64, (all_failures - failures + 1) as f64)?;
        Ok(Self { population, failures, law })
    }

    /// Size N of the population.
    pub fn population(&self) -> i64 {
        self.population
    }

    /// Number K of successes in the population.
    pub fn successes(&self) -> i64 {
        self.law.trials()
    }

    /// Number r of failures that end the drawing.
    pub fn failures(&self) -> i64 {
        self.failures
    }
}

impl DiscreteDistribution for NegativeHypergeometric {
    fn support(&self) -> (i64, i64) {
        self.law.support()
    }

    fn pmf(&self, k: i64) -> f64 {
        self.law.pmf(k)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        self.law.ln_pmf(k)
    }

    fn cdf(&self, k: i64) -> f64 {
        self.law.cdf(k)
    }

    fn sf(&self, k: i64) -> f64 {
        self.law.sf(k)
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        self.law.ln_cdf(k)
    }

    fn ln_sf(&self, k: i64) -> f64 {
        self.law.ln_sf(k)
    }

    fn mean(&self) -> f64 {
        self.law.mean()
    }

    fn variance(&self) -> f64 {
        self.law.variance()
    }

    fn skewness(&self) -> f64 {
        self.law.skewness()
    }

    fn excess_kurtosis(&self) -> f64 {
        self.law.excess_kurtosis()
    }

    fn entropy(&self) -> f64 {
        self.law.entropy()
    }

    fn mode(&self) -> i64 {
        self.law.mode()
    }
}

impl Distribution<i64> for NegativeHypergeometric {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        self.law.sample(rng)
    }
}

impl Parametric for NegativeHypergeometric {
    type Outcome = i64;
    const LAW: &'static str = "NegativeHypergeometric";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("population", Domain::Count),
        Parameter::new("successes", Domain::Count),
        Parameter::new("failures", Domain::Count),
    ];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.population as f64, self.law.trials() as f64, self.failures as f64]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        let whole = |name, value| check::whole("NegativeHypergeometric", name, value);
        let (population, successes) = (whole("population", values[0])?, whole("successes", values[1])?);
        Self::new(population, successes, whole("failures", values[2])?)
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    /// NaN: all parameters are counts.
    fn score(&self, _: i64, out: &mut [f64]) {
        out[..3].fill(f64::NAN);
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        Err(sample.degenerate("the counts alone do not determine population, successes and failures"))
    }

    /// Only with all parameters held.
    fn closed_form(_: &Sample<'_, i64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Ok(fixed.iter().copied().collect())
    }
}
