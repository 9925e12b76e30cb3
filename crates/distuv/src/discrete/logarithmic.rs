//! The logarithmic distribution.
use super::beta_tails::{power, whole};
use super::sums::{self, ln, value};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, ln_dd, ln1p_minus_x};
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Logarithmic (log-series) distribution, the law of the number of individuals of a species,
///
/// ```text
/// p(k) = p^k/(-k ln(1 - p)),    k = 1, 2, …,    0 < p < 1
/// ```
///
/// # Accuracy
/// 1e-14 for probabilities, tails and their logarithms, tails of 1e-300 and below included; quantiles are exact with respect to `cdf`
/// and `sf`.
///
/// # Source
/// Tails by `sums::total`. Sampling: Kemp, *Applied Statistics* 30 (1981) 249–253. Johnson, Kemp & Kotz, *Univariate Discrete
/// Distributions*, 3rd ed. (2005), ch. 7.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Logarithmic};
/// let species = Logarithmic::new(0.5)?;
/// assert!((species.pmf(1) - 0.5 / std::f64::consts::LN_2).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logarithmic {
    probability: f64,
}

impl Logarithmic {
    /// Builds the distribution from its parameter p.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `probability` is not strictly between 0 and 1.
    pub fn new(probability: f64) -> Result<Self, Error> {
        let holds = probability > 0.0 && probability < 1.0;
        check::require(holds, "Logarithmic", "probability", "strictly between 0 and 1", probability)?;
        Ok(Self { probability })
    }

    /// Parameter p.
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// -ln(1 - p).
    fn constant(&self) -> f64 {
        -(-self.probability).ln_1p()
    }

    /// p(k) for a k ≥ 1.
    fn probability_of(&self, k: i64) -> Scaled {
        // p/(-ln(1 - p)) is near 1 for small p.
        let first = self.probability / self.constant();
        power(ln_dd(Dd::from(self.probability)), whole(k - 1)).times(first / k as f64)
    }

    /// Σ_{t=0}^{length} p^t first/(first + t).
    fn sum(&self, first: f64, length: f64) -> f64 {
        let ln = self.probability.ln();
        let relative = |t: f64| (t * ln).exp() * (first / (first + t));
        sums::total(relative, |t| (first + t).min(-8.0 / ln), length)
    }

    fn upper(&self, k: i64) -> Scaled {
        self.probability_of(k.saturating_add(1)).times(self.sum(k as f64 + 1.0, f64::INFINITY))
    }

    fn side(&self, k: i64, upper: bool) -> (Scaled, bool) {
        let first = self.upper(k);
        if first.value() > 0.5 {
            (self.probability_of(1).times(self.sum(1.0, (k - 1) as f64)), !upper)
        } else {
            (first, upper)
        }
    }

    fn moments(&self) -> [f64; 4] {
        let ln = self.probability.ln();
        sums::moments(|t| (t * ln).exp() / (1.0 + t), |t| (1.0 + t).min(-8.0 / ln), f64::INFINITY)
    }
}

impl DiscreteDistribution for Logarithmic {
    fn support(&self) -> (i64, i64) {
        (1, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { self.probability_of(k).value().min(1.0) }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < 1 {
            f64::NEG_INFINITY
        } else if k == 1 && self.probability < 0.5 {
            (-self.upper(1).value()).ln_1p()
        } else {
            self.probability_of(k).ln().min(0.0)
        }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { value(self.side(k, false)) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 1 { 1.0 } else { value(self.side(k, true)) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 1 { f64::NEG_INFINITY } else { ln(self.side(k, false)) }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { ln(self.side(k, true)) }
    }

    fn mean(&self) -> f64 {
        self.probability / self.constant() / (1.0 - self.probability)
    }

    fn variance(&self) -> f64 {
        let (p, c, q) = (self.probability, self.constant(), 1.0 - self.probability);
        // p(c - p)/(c q)².
        p / c * (-ln1p_minus_x(-p) / c) / (q * q)
    }

    fn skewness(&self) -> f64 {
        self.moments()[2]
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments()[3]
    }

    fn entropy(&self) -> f64 {
        let (ln, front) = (self.probability.ln(), self.probability / self.constant());
        let ln_first = self.ln_pmf(1);
        let term = |t: f64| {
            let ln_p = ln_first + t * ln - t.ln_1p();
            -ln_p * (front * (t * ln).exp() / (1.0 + t))
        };
        sums::total(term, |t| (1.0 + t).min(-8.0 / ln), f64::INFINITY)
    }

    fn mode(&self) -> i64 {
        1
    }
}

impl Distribution<i64> for Logarithmic {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let v: f64 = rng.random();
        if v >= self.probability {
            return 1;
        }
        // 1 - (1 - p)^u: given it the count is geometric.
        let q = -(-rng.random::<f64>() * self.constant()).exp_m1();
        if v > q {
            1
        } else if v > q * q {
            2
        } else if v == 0.0 {
            i64::MAX
        } else {
            ((v.ln() / q.ln()) as i64).saturating_add(1)
        }
    }
}

impl Parametric for Logarithmic {
    type Outcome = i64;
    const LAW: &'static str = "Logarithmic";
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
        let (p, mean) = (self.probability, self.mean());
        out[0] = if k < 1 { f64::NAN } else { (k as f64 - mean) / p };
    }

    /// The p of the sample's mean, by bisection on the logit of p.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        if sample.max() == 1.0 {
            return Err(
                sample.degenerate("all counts are 1, so that the likelihood has no maximum at a positive p")
            );
        }
        let (mut low, mut high) = (-745.0, 36.0);
        let at = |logit: f64| 1.0 / (1.0 + f64::exp(-logit));
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            let reached = Self::new(at(middle)).is_ok_and(|law| law.mean() >= sample.mean());
            if reached { high = middle } else { low = middle }
        }
        Ok(vec![at(0.5 * (low + high))])
    }

    /// The maximum of the likelihood has the mean of the sample.
    fn closed_form(sample: &Sample<'_, i64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Self::moment_estimate(sample).map(Some)
    }
}
