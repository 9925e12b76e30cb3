//! The Bernoulli distribution.
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::ln1p_minus_x;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Bernoulli distribution: one trial that succeeds with probability p,
///
/// ```text
/// p(0) = 1 - p,    p(1) = p,    0 ≤ p ≤ 1
/// ```
///
/// # Special values
/// p = 0 and p = 1 put all probability at one value: variance 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 2 ulp.
///
/// # Source
/// Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), ch. 3.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Bernoulli, DiscreteDistribution};
/// let defect = Bernoulli::new(0.02)?;
/// assert!((defect.entropy() - 0.0980391133).abs() < 1e-10);
/// assert_eq!(defect.quantile(0.98), Some(0));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bernoulli {
    probability: f64,
}

impl Bernoulli {
    /// Builds the distribution from the probability of a success.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `probability` is not between 0 and 1.
    pub fn new(probability: f64) -> Result<Self, Error> {
        check::probability("Bernoulli", "probability", probability)?;
        Ok(Self { probability })
    }

    /// Probability p of a success.
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats; ∞ where `other` excludes a value that this law has.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        divergence(self.probability, other.probability)
    }

    fn failure(&self) -> f64 {
        1.0 - self.probability
    }
}

/// p ln(p/p′) + q ln(q/q′) as p(r - ln(1 + r)) + q(s - ln(1 + s)) with r = p′/p - 1, s = q′/q - 1: since p r + q s = 0 it is the same, and
/// no term is negative.
pub(super) fn divergence(p: f64, other: f64) -> f64 {
    let (q, move_by) = (1.0 - p, other - p);
    let part = |size: f64, by: f64| if size == 0.0 { 0.0 } else { -size * ln1p_minus_x(by / size) };
    if p == 0.0 {
        -(-other).ln_1p()
    } else if q == 0.0 {
        -other.ln()
    } else {
        part(p, move_by) + part(q, -move_by)
    }
}

impl DiscreteDistribution for Bernoulli {
    fn support(&self) -> (i64, i64) {
        (0, 1)
    }

    fn pmf(&self, k: i64) -> f64 {
        match k {
            0 => self.failure(),
            1 => self.probability,
            _ => 0.0,
        }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        match k {
            0 => (-self.probability).ln_1p(),
            1 => self.probability.ln(),
            _ => f64::NEG_INFINITY,
        }
    }

    fn cdf(&self, k: i64) -> f64 {
        match k {
            ..0 => 0.0,
            0 => self.failure(),
            1.. => 1.0,
        }
    }

    fn sf(&self, k: i64) -> f64 {
        match k {
            ..0 => 1.0,
            0 => self.probability,
            1.. => 0.0,
        }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k == 0 { self.ln_pmf(0) } else { self.cdf(k).ln() }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k == 0 { self.ln_pmf(1) } else { self.sf(k).ln() }
    }

    fn mean(&self) -> f64 {
        self.probability
    }

    fn variance(&self) -> f64 {
        self.probability * self.failure()
    }

    fn skewness(&self) -> f64 {
        (1.0 - 2.0 * self.probability) / self.std_dev()
    }

    fn excess_kurtosis(&self) -> f64 {
        super::binomial::excess_kurtosis(1.0, self.probability)
    }

    fn entropy(&self) -> f64 {
        let (p, q) = (self.probability, self.failure());
        let part = |size: f64, ln: f64| if size == 0.0 { 0.0 } else { -size * ln };
        part(p, p.ln()) + part(q, (-p).ln_1p())
    }

    fn mode(&self) -> i64 {
        i64::from(self.probability > 0.5)
    }
}

impl Distribution<i64> for Bernoulli {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        i64::from(rng.random::<f64>() < self.probability)
    }
}

impl Parametric for Bernoulli {
    type Outcome = i64;
    const LAW: &'static str = "Bernoulli";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("probability", Domain::Unit)];
    const DATA: DataDomain = DataDomain::Unit;

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
            0 => -1.0 / self.failure(),
            1 => 1.0 / self.probability,
            _ => f64::NAN,
        };
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        Ok(vec![sample.mean()])
    }

    /// The share of successes, 0 and 1 included.
    fn closed_form(sample: &Sample<'_, i64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Self::moment_estimate(sample).map(Some)
    }
}
