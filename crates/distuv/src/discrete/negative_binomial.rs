//! The negative binomial distribution.
use super::beta_tails::{incomplete_beta, power, weight, whole};
use super::{bernoulli, sums};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, Scaled, ln_dd, ln_minus_digamma};
use rand::Rng;
use rand::distr::Distribution;

/// Negative binomial distribution: the number of failures before the r-th success in independent trials, for any real r > 0,
///
/// ```text
/// p(k) = Γ(r + k)/(Γ(r) k!) p^r (1-p)^k,    k = 0, 1, 2, …,    r = successes,  0 < p ≤ 1
/// ```
///
/// It is also the law of a count whose Poisson mean varies as a gamma law; [`Self::with_mean`] gives the form of regression models,
/// variance = mean + dispersion · mean².
///
/// # Special values
/// p = 1 puts all probability at 0: variance 0, skewness and kurtosis ∞, their limits.
///
/// # Accuracy
/// 1e-14 for probabilities and their logarithms, tails of 1e-300 and below included, beside the conditioning in r; quantiles are
/// exact with respect to `cdf` and `sf`.
///
/// # Source
/// P(X ≤ k) = I_p(r, k + 1) by [`IncompleteBeta`], and p(k) from its power term. Johnson, Kemp & Kotz, *Univariate Discrete
/// Distributions*, 3rd ed. (2005), ch. 5.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, NegativeBinomial};
/// let visits = NegativeBinomial::with_mean(3.0, 0.5)?; // variance 3 + 0.5·3²
/// assert!((visits.variance() - 7.5).abs() < 1e-15);
/// assert!((visits.pmf(0) - 0.16).abs() < 1e-15); // (2/5)²
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegativeBinomial {
    successes: f64,
    probability: Dd,
    failure: Dd,
}

impl NegativeBinomial {
    /// Builds the distribution from the number r of successes waited for and the probability of a success in each trial.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `successes` is not positive and finite, or `probability` not above 0 and at most 1.
    pub fn new(successes: f64, probability: f64) -> Result<Self, Error> {
        check::positive("NegativeBinomial", "successes", successes)?;
        check::positive_probability("NegativeBinomial", "probability", probability)?;
        Ok(Self { successes, probability: Dd::from(probability), failure: Dd::sum(1.0, -probability) })
    }

    /// Builds the distribution from its mean and dispersion α, with variance `mean + α mean²`: r = 1/α, p = 1/(1 + α mean).
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` or `dispersion` is not positive and finite, or one over `dispersion` overflows.
    pub fn with_mean(mean: f64, dispersion: f64) -> Result<Self, Error> {
        check::positive("NegativeBinomial", "mean", mean)?;
        check::positive("NegativeBinomial", "dispersion", dispersion)?;
        let odds = Dd::product(dispersion, mean);
        let holds = (1.0 / dispersion).is_finite() && odds.hi() < 1e290;
        check::require(
            holds,
            "NegativeBinomial",
            "dispersion",
            "neither too small nor too large",
            dispersion,
        )?;
        let whole = odds + 1.0;
        Ok(Self { successes: 1.0 / dispersion, probability: Dd::ONE / whole, failure: odds / whole })
    }

    /// The number r of successes waited for.
    pub fn successes(&self) -> f64 {
        self.successes
    }

    /// Probability p of a success.
    pub fn probability(&self) -> f64 {
        self.probability.to_f64()
    }

    /// Dispersion 1/r: the variance is mean + dispersion · mean².
    pub fn dispersion(&self) -> f64 {
        1.0 / self.successes
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats, for laws of the same r; NaN otherwise, where there is
    /// no closed form.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.successes == other.successes {
            let (p, q) = (self.probability(), other.probability());
            self.successes * bernoulli::divergence(p, q) / p
        } else {
            f64::NAN
        }
    }

    fn tails(&self, k: i64) -> IncompleteBeta {
        incomplete_beta(Dd::from(self.successes), whole(k) + 1.0, self.probability, self.failure)
    }

    fn probability_of(&self, k: i64) -> Scaled {
        if k < 0 || (k > 0 && self.failure.hi() == 0.0) {
            Scaled::plain(0.0)
        } else if k == 0 {
            let ln = if self.failure.hi() < 1e-7 {
                super::beta_tails::ln_complement(self.failure.hi())
            } else {
                ln_dd(self.probability)
            };
            power(ln, Dd::from(self.successes))
        } else {
            self.weight(whole(k))
        }
    }

    /// The probability of k ≥ 0, real as well.
    fn weight(&self, k: Dd) -> Scaled {
        let weight = weight(Dd::from(self.successes), k + 1.0, self.probability, self.failure);
        weight.over(self.failure.hi()).over((k + self.successes).hi())
    }
}

impl DiscreteDistribution for NegativeBinomial {
    fn support(&self) -> (i64, i64) {
        (0, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        self.probability_of(k).value().min(1.0)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        self.probability_of(k).ln().min(0.0)
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { self.tails(k).lower() }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 0 { 1.0 } else { self.tails(k).upper() }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 0 { f64::NEG_INFINITY } else { self.tails(k).ln_lower() }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { self.tails(k).ln_upper() }
    }

    fn mean(&self) -> f64 {
        self.successes * (self.failure / self.probability).to_f64()
    }

    fn variance(&self) -> f64 {
        self.mean() / self.probability()
    }

    fn skewness(&self) -> f64 {
        (1.0 + self.failure.to_f64()) / (self.successes * self.failure.to_f64()).sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        let p = self.probability();
        (6.0 + p * p / self.failure.to_f64()) / self.successes
    }

    /// The sum itself; for a wide law of small r, whose shape is that of a gamma law with its pole, by panels that double in length.
    fn entropy(&self) -> f64 {
        if self.failure.hi() == 0.0 {
            return 0.0;
        }
        let p = self.probability();
        if self.successes >= 20.0 || p > 1e-2 {
            return sums::entropy(self);
        }
        let term = |k: f64| {
            let ln = if k == 0.0 { self.ln_pmf(0) } else { self.weight(Dd::from(k)).ln() };
            -ln * ln.exp()
        };
        let width = self.std_dev().max(2.0 / p);
        sums::total(term, |k| k.min(width), f64::INFINITY)
    }

    /// ⌈(r - 1)(1 - p)/p⌉ - 1, or 0: of two modes the smaller.
    fn mode(&self) -> i64 {
        let edge = (Dd::from(self.successes) - 1.0) * self.failure / self.probability;
        sums::ceiling(edge).saturating_sub(1).max(0)
    }
}

impl Distribution<i64> for NegativeBinomial {
    /// A Poisson count whose mean is a gamma variate.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let odds = (self.failure / self.probability).to_f64();
        let mean = rand_distr::Gamma::new(self.successes, odds).map_or(0.0, |law| law.sample(rng));
        if mean >= i64::MAX as f64 {
            return i64::MAX;
        }
        // A mean of 0, which the gamma law of a small r often gives, is refused and stands for a count of 0.
        rand_distr::Poisson::new(mean).map_or(0, |law| law.sample(rng) as i64)
    }
}

impl Parametric for NegativeBinomial {
    type Outcome = i64;
    const LAW: &'static str = "NegativeBinomial";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("successes", Domain::Positive), Parameter::new("probability", Domain::Unit)];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.successes, self.probability()]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        if k < 0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let (r, count) = (self.successes, whole(k));
        // ψ(r + k) - ψ(r) + ln p, with ln(p(r + k)/r) = ln(1 + d), d = (p k - q r)/r, free of cancellation for large r.
        let excess = self.probability * count - self.failure * r;
        let steps = ln_minus_digamma(r) - ln_minus_digamma((count + r).hi());
        let d = (excess / r).to_f64();
        let ln = if d > -0.5 { d.ln_1p() } else { (self.probability * (count + r) / r).to_f64().ln() };
        out[0] = ln + steps;
        out[1] = if k == 0 {
            r / self.probability()
        } else {
            (-excess / self.probability / self.failure).to_f64()
        };
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        let (mean, excess) = (sample.mean(), sample.variance() - sample.mean());
        if mean == 0.0 {
            return Err(sample.degenerate("all counts are 0, so that they do not determine the parameters"));
        }
        if excess <= 0.0 {
            return Err(sample.degenerate(
                "the variance is not above the mean: the likelihood rises towards a Poisson law, r = ∞",
            ));
        }
        Ok(vec![mean * mean / excess, mean / sample.variance()])
    }

    /// p = r/(r + mean) for a given r.
    fn closed_form(sample: &Sample<'_, i64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Ok(match fixed {
            [Some(r), None] => Some(vec![*r, r / (r + sample.mean())]),
            [Some(r), Some(p)] => Some(vec![*r, *p]),
            _ => None,
        })
    }
}
