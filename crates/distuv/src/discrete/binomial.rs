//! The binomial distribution.
use super::beta_tails::{incomplete_beta, ln_complement, power, weight, whole};
use super::{bernoulli, sums};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, Scaled, ln_dd};
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Binomial distribution: the number of successes in n independent trials that each succeed with probability p,
///
/// ```text
/// p(k) = n!/(k! (n-k)!) p^k (1-p)^(n-k),    k = 0, …, n,    n = trials ≤ 2⁶⁰,  0 ≤ p ≤ 1
/// ```
///
/// # Special values
/// n = 0, p = 0 and p = 1 put all probability at one value: variance 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 1e-14 for probabilities and their logarithms, tails of 1e-300 and below included; 1e-13 in such tails for n > 2⁵³. Quantiles are
/// exact with respect to `cdf` and `sf`.
///
/// # Source
/// P(X ≤ k) = I_{1-p}(n - k, k + 1) (DLMF 8.17.5) by [`IncompleteBeta`], and p(k) from its power term. Johnson, Kemp & Kotz,
/// *Univariate Discrete Distributions*, 3rd ed. (2005), ch. 3.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Binomial, DiscreteDistribution};
/// let heads = Binomial::new(100, 0.5)?;
/// assert!((heads.sf(59) - 0.02844396682).abs() < 1e-11);
/// assert_eq!(heads.quantile(0.975), Some(60));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Binomial {
    trials: i64,
    probability: f64,
}

impl Binomial {
    /// Builds the distribution from the number of trials and the probability of a success in each.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `trials` is not between 0 and 2⁶⁰, or `probability` not between 0 and 1.
    pub fn new(trials: i64, probability: f64) -> Result<Self, Error> {
        check::count_up_to_limit("Binomial", "trials", trials)?;
        check::probability("Binomial", "probability", probability)?;
        Ok(Self { trials, probability })
    }

    /// Number of trials n.
    pub fn trials(&self) -> i64 {
        self.trials
    }

    /// Probability p of a success.
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats.
    ///
    /// ∞ if `other` has fewer trials and this law goes beyond them; NaN if it has more, where there is no closed form.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.trials == other.trials {
            return self.trials as f64 * bernoulli::divergence(self.probability, other.probability);
        }
        if self.trials > other.trials && self.probability > 0.0 { f64::INFINITY } else { f64::NAN }
    }

    fn failure(&self) -> Dd {
        Dd::sum(1.0, -self.probability)
    }

    /// The only possible value, if there is just one.
    fn constant(&self) -> Option<i64> {
        if self.probability == 0.0 {
            Some(0)
        } else if self.probability == 1.0 || self.trials == 0 {
            Some(self.trials)
        } else {
            None
        }
    }

    /// I_{1-p}(n - k, k + 1), for 0 ≤ k < n and 0 < p < 1.
    fn tails(&self, k: i64) -> IncompleteBeta {
        incomplete_beta(whole(self.trials - k), whole(k + 1), self.failure(), Dd::from(self.probability))
    }

    fn probability_of(&self, k: i64) -> Scaled {
        if let Some(value) = self.constant() {
            return Scaled::plain(f64::from(u8::from(k == value)));
        }
        if k < 0 || k > self.trials {
            Scaled::plain(0.0)
        } else if k == 0 {
            power(ln_complement(self.probability), whole(self.trials))
        } else if k == self.trials {
            power(ln_dd(Dd::from(self.probability)), whole(self.trials))
        } else {
            let weight =
                weight(whole(self.trials - k), whole(k + 1), self.failure(), Dd::from(self.probability));
            weight.over(self.probability).over((self.trials - k) as f64)
        }
    }
}

/// (1 - 6 p q)/(n p q), without cancellation next to its zeros.
pub(super) fn excess_kurtosis(trials: f64, p: f64) -> f64 {
    let spread = Dd::sum(1.0, -p) * p;
    ((Dd::ONE - spread * 6.0) / (spread * trials)).to_f64()
}

impl DiscreteDistribution for Binomial {
    fn support(&self) -> (i64, i64) {
        (0, self.trials)
    }

    fn pmf(&self, k: i64) -> f64 {
        self.probability_of(k).value().min(1.0)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        self.probability_of(k).ln().min(0.0)
    }

    fn cdf(&self, k: i64) -> f64 {
        match self.constant() {
            _ if k < 0 => 0.0,
            _ if k >= self.trials => 1.0,
            Some(value) => f64::from(u8::from(k >= value)),
            None => self.tails(k).lower(),
        }
    }

    fn sf(&self, k: i64) -> f64 {
        match self.constant() {
            _ if k < 0 => 1.0,
            _ if k >= self.trials => 0.0,
            Some(value) => f64::from(u8::from(k < value)),
            None => self.tails(k).upper(),
        }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if self.constant().is_some() || k < 0 || k >= self.trials {
            self.cdf(k).ln()
        } else {
            self.tails(k).ln_lower()
        }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if self.constant().is_some() || k < 0 || k >= self.trials {
            self.sf(k).ln()
        } else {
            self.tails(k).ln_upper()
        }
    }

    fn mean(&self) -> f64 {
        self.trials as f64 * self.probability
    }

    fn variance(&self) -> f64 {
        self.mean() * (1.0 - self.probability)
    }

    fn skewness(&self) -> f64 {
        (1.0 - 2.0 * self.probability) / self.std_dev()
    }

    fn excess_kurtosis(&self) -> f64 {
        excess_kurtosis(self.trials as f64, self.probability)
    }

    /// The sum itself, in steps of a fraction of a wide law's standard deviation.
    fn entropy(&self) -> f64 {
        if self.constant().is_some() { 0.0 } else { sums::entropy(self) }
    }

    /// ⌈(n + 1)p⌉ - 1: of two modes the smaller.
    fn mode(&self) -> i64 {
        let edge = whole(self.trials + 1) * self.probability;
        (sums::ceiling(edge) - 1).clamp(0, self.trials)
    }
}

impl Distribution<i64> for Binomial {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let (n, p) = (self.trials, self.probability);
        if let Some(value) = self.constant() {
            return value;
        }
        let rare = p.min(1.0 - p);
        if n as f64 * rare < 10.0 {
            // `rand_distr` 0.6 takes ln(1 - p) from the rounded 1 - p here (binomial.rs:133), 10 % off at p = 3e-16.
            let few = few_successes(n, rare, rng);
            return if p > 0.5 { n - few } else { few };
        }
        if n > 1 << 53 {
            // Its acceptance test for large laws counts in `f64` (binomial.rs:252).
            return sums::draw_log_concave(self, rng);
        }
        rand_distr::Binomial::new(n as u64, p).map_or(0, |law| law.sample(rng) as i64)
    }
}

/// By inversion from 0 upwards, for n p < 10.
fn few_successes<R: Rng + ?Sized>(n: i64, p: f64, rng: &mut R) -> i64 {
    let odds = p / (1.0 - p);
    let none = (n as f64 * (-p).ln_1p()).exp();
    loop {
        let mut u: f64 = rng.random();
        let mut probability = none;
        // Beyond 200 the probability is below 1e-200; what rounding leaves of u is drawn again.
        for k in 0..=n.min(200) {
            if u < probability {
                return k;
            }
            u -= probability;
            probability *= (n - k) as f64 / (k + 1) as f64 * odds;
        }
    }
}

impl Parametric for Binomial {
    type Outcome = i64;
    const LAW: &'static str = "Binomial";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("trials", Domain::Count), Parameter::new("probability", Domain::Unit)];
    const DATA: DataDomain = DataDomain::NonNegative;

    /// Numbers of trials beyond 2⁵³ are rounded.
    fn parameters(&self) -> Vec<f64> {
        vec![self.trials as f64, self.probability]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(check::whole("Binomial", "trials", values[0])?, values[1])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        let (n, p, q) = (self.trials, self.probability, self.failure());
        out[0] = f64::NAN;
        out[1] = if k < 0 || k > n {
            f64::NAN
        } else if k == 0 {
            -(n as f64) / q.hi()
        } else if k == n {
            n as f64 / p
        } else {
            ((whole(k) - whole(n) * p) / (q * p)).to_f64()
        };
    }

    /// n = mean²/(mean - variance), rounded, and p = mean/n; the largest count is the least n.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        let (mean, most) = (sample.mean(), sample.max());
        if most == 0.0 {
            return Err(
                sample.degenerate("all counts are 0, so that they do not determine the number of trials")
            );
        }
        let trials = (mean * (mean / (mean - sample.variance()))).round();
        if !(trials > 0.0 && trials <= check::LARGEST_COUNT as f64) {
            return Err(sample.degenerate("the variance is not below the mean, as it is in a binomial law"));
        }
        let trials = trials.max(most);
        Ok(vec![trials, mean / trials])
    }

    /// p = mean/n for a given number of trials n.
    fn closed_form(sample: &Sample<'_, i64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let Some(trials) = fixed[0] else { return Ok(None) };
        if sample.max() > trials {
            return Err(sample.degenerate("a count is larger than the number of trials"));
        }
        let share = sample.mean() / trials;
        Ok(Some(vec![trials, if trials == 0.0 { 0.0 } else { share }]))
    }
}
