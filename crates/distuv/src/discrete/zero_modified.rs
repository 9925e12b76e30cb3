//! Laws of counts with another probability of zero.
use crate::{DiscreteDistribution, Error, check};
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// A law of counts mixed with zero: with probability π the count is 0 whatever the law says,
///
/// ```text
/// p(0) = π + (1 - π) q(0),    p(k) = (1 - π) q(k) for k ≥ 1,    π = inflation
/// ```
///
/// where q is a law on 0, 1, 2, … Its parameters are those of q and π; since they vary with q it is not
/// [`Parametric`](crate::Parametric).
///
/// # Special values
/// π = 1 puts all probability at 0: variance 0, skewness and kurtosis NaN. Moments of q that are ∞ or NaN stay so.
///
/// # Accuracy
/// That of q, with 2 ulp more; skewness and kurtosis are formed from central moments, relative to the largest of their terms.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Poisson, ZeroInflated};
/// let fish = ZeroInflated::new(Poisson::new(3.0)?, 0.4)?;
/// assert!((fish.mean() - 1.8).abs() < 1e-15);
/// assert!((fish.pmf(0) - (0.4 + 0.6 * (-3.0f64).exp())).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZeroInflated<D> {
    law: D,
    inflation: f64,
}

/// A law of counts with a hurdle at zero: with probability π the count is 0, and otherwise it is drawn from the law given that it is
/// positive,
///
/// ```text
/// p(0) = π,    p(k) = (1 - π) q(k)/(1 - q(0)) for k ≥ 1,    π = zero
/// ```
///
/// where q is a law on 0, 1, 2, … Its parameters are those of q and π; since they vary with q it is not
/// [`Parametric`](crate::Parametric).
///
/// # Special values
/// As for [`ZeroInflated`], but skewness and kurtosis lose digits where q has a mean near 0: 7 are left at a Poisson mean of 1e-8.
///
/// # Accuracy
/// As for [`ZeroInflated`], but skewness and kurtosis lose digits where q has a mean near 0: 7 are left at a Poisson mean of 1e-8.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Hurdle, Poisson};
/// let visits = Hurdle::new(Poisson::new(1.0)?, 0.7)?;
/// assert_eq!(visits.pmf(0), 0.7);
/// assert!((visits.mean() - 0.3 / (1.0 - (-1.0f64).exp())).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hurdle<D> {
    law: D,
    zero: f64,
}

fn check_law<D: DiscreteDistribution>(name: &'static str, law: &D) -> Result<(), Error> {
    let low = law.support().0;
    check::require(low >= 0, name, "the smallest value of the law", "at least 0", low as f64)
}

impl<D: DiscreteDistribution> ZeroInflated<D> {
    /// Builds the distribution from a law on 0, 1, 2, … and the probability π of a zero beside it.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if the law has negative values, or `inflation` is not between 0 and 1.
    pub fn new(law: D, inflation: f64) -> Result<Self, Error> {
        check_law("ZeroInflated", &law)?;
        check::probability("ZeroInflated", "inflation", inflation)?;
        Ok(Self { law, inflation })
    }

    /// The law q.
    pub fn law(&self) -> &D {
        &self.law
    }

    /// The probability π of a zero beside the law.
    pub fn inflation(&self) -> f64 {
        self.inflation
    }

    fn weight(&self) -> f64 {
        1.0 - self.inflation
    }

    fn ln_weight(&self) -> f64 {
        (-self.inflation).ln_1p()
    }
}

impl<D: DiscreteDistribution> Hurdle<D> {
    /// Builds the distribution from a law on 0, 1, 2, … and the probability π of a zero.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if the law has negative values or no positive ones, or `zero` is not between 0 and 1.
    pub fn new(law: D, zero: f64) -> Result<Self, Error> {
        check_law("Hurdle", &law)?;
        check::probability("Hurdle", "zero", zero)?;
        let positive = law.sf(0);
        check::require(
            positive > 0.0,
            "Hurdle",
            "the law's probability of a positive count",
            "positive",
            positive,
        )?;
        Ok(Self { law, zero })
    }

    /// The law q.
    pub fn law(&self) -> &D {
        &self.law
    }

    /// The probability π of a zero.
    pub fn zero(&self) -> f64 {
        self.zero
    }

    /// (1 - π)/(1 - q(0)): what the probabilities of positive counts are multiplied by.
    fn weight(&self) -> f64 {
        (1.0 - self.zero) / self.law.sf(0)
    }

    fn ln_weight(&self) -> f64 {
        (-self.zero).ln_1p() - self.law.ln_sf(0)
    }
}

/// Variance, skewness and excess kurtosis of the mixture w·q + (1 - w)·δ₀ (w may exceed 1 for a hurdle), by the moments of q about the
/// mean of the mixture, d = mean of q less that mean, w d = -(1 - w)(0 - mean).
fn mixture<D: DiscreteDistribution>(law: &D, w: f64) -> [f64; 3] {
    let (m, v) = (law.mean(), law.variance());
    let mean = w * m;
    let (d, e, rest) = ((1.0 - w) * m, -mean, 1.0 - w);
    let third = law.skewness() * v.powf(1.5);
    let fourth = (law.excess_kurtosis() + 3.0) * v * v;
    // A law at one point has no skewness, but its central moments are 0.
    let [third, fourth] = if v == 0.0 { [0.0; 2] } else { [third, fourth] };
    let variance = w * v + w * rest * m * m;
    let third = w * (third + 3.0 * d * v + d.powi(3)) + rest * e.powi(3);
    let fourth = w * (fourth + 4.0 * d * third_of(law, v) + 6.0 * d * d * v + d.powi(4)) + rest * e.powi(4);
    [variance, third / variance.powf(1.5), fourth / (variance * variance) - 3.0]
}

fn third_of<D: DiscreteDistribution>(law: &D, v: f64) -> f64 {
    if v == 0.0 { 0.0 } else { law.skewness() * v.powf(1.5) }
}

impl<D: DiscreteDistribution> DiscreteDistribution for ZeroInflated<D> {
    fn support(&self) -> (i64, i64) {
        let (low, high) = self.law.support();
        match self.inflation {
            0.0 => (low, high),
            1.0 => (0, 0),
            _ => (0, high),
        }
    }

    fn pmf(&self, k: i64) -> f64 {
        let beside = if k == 0 { self.inflation } else { 0.0 };
        (beside + self.weight() * self.law.pmf(k)).min(1.0)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k == 0 && self.inflation > 0.0 { self.ln_cdf(0) } else { self.ln_weight() + self.law.ln_pmf(k) }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 0 { 0.0 } else { (self.inflation + self.weight() * self.law.cdf(k)).min(1.0) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 0 { 1.0 } else { self.weight() * self.law.sf(k) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 0 {
            f64::NEG_INFINITY
        } else if self.inflation == 0.0 {
            self.law.ln_cdf(k)
        } else {
            let sf = self.sf(k);
            if sf < 0.5 { (-sf).ln_1p() } else { self.cdf(k).ln() }
        }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 0 {
            0.0
        } else if self.cdf(k) < 0.5 {
            (-self.cdf(k)).ln_1p()
        } else {
            self.ln_weight() + self.law.ln_sf(k)
        }
    }

    fn mean(&self) -> f64 {
        self.weight() * self.law.mean()
    }

    fn variance(&self) -> f64 {
        mixture(&self.law, self.weight())[0]
    }

    fn skewness(&self) -> f64 {
        mixture(&self.law, self.weight())[1]
    }

    fn excess_kurtosis(&self) -> f64 {
        mixture(&self.law, self.weight())[2]
    }

    /// From the entropy of q, whose term at 0 is exchanged.
    fn entropy(&self) -> f64 {
        exchanged(&self.law, self.weight(), self.ln_weight(), self.pmf(0), self.ln_pmf(0))
    }

    fn mode(&self) -> i64 {
        let mode = self.law.mode();
        if self.pmf(0) >= self.pmf(mode) { 0 } else { mode }
    }
}

/// -Σ p ln p for p(k) = w q(k), k ≥ 1: w[H(q) + q(0) ln q(0)] - w (1 - q(0)) ln w - p(0) ln p(0).
fn exchanged<D: DiscreteDistribution>(law: &D, w: f64, ln_w: f64, zero: f64, ln_zero: f64) -> f64 {
    let part = |size: f64, ln: f64| if size == 0.0 { 0.0 } else { size * ln };
    let positive = law.entropy() + part(law.pmf(0), law.ln_pmf(0));
    let own = part(w, positive) - part(w * law.sf(0), ln_w);
    own - part(zero, ln_zero)
}

impl<D: DiscreteDistribution> DiscreteDistribution for Hurdle<D> {
    fn support(&self) -> (i64, i64) {
        let (low, high) = self.law.support();
        match self.zero {
            0.0 => (low.max(1), high),
            1.0 => (0, 0),
            _ => (0, high),
        }
    }

    fn pmf(&self, k: i64) -> f64 {
        if k == 0 { self.zero } else { (self.weight() * self.law.pmf(k)).min(1.0) }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k == 0 { self.zero.ln() } else { (self.ln_weight() + self.law.ln_pmf(k)).min(0.0) }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 0 {
            return 0.0;
        }
        // P(1 ≤ X ≤ k) of the law: from its upper tails where its zero is likely.
        let below = if self.law.pmf(0) > 0.5 {
            self.law.sf(0) - self.law.sf(k)
        } else {
            self.law.cdf(k) - self.law.pmf(0)
        };
        let sf = self.sf(k);
        if sf < 0.5 { 1.0 - sf } else { (self.zero + self.weight() * below.max(0.0)).min(1.0) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 0 { 1.0 } else { (self.weight() * self.law.sf(k)).min(1.0) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        let sf = self.sf(k);
        if k < 0 {
            f64::NEG_INFINITY
        } else if sf < 0.5 {
            (-sf).ln_1p()
        } else {
            self.cdf(k).ln()
        }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 0 {
            0.0
        } else if k == 0 {
            (-self.zero).ln_1p()
        } else {
            (self.ln_weight() + self.law.ln_sf(k)).min(0.0)
        }
    }

    fn mean(&self) -> f64 {
        self.weight() * self.law.mean()
    }

    fn variance(&self) -> f64 {
        mixture(&self.law, self.weight())[0]
    }

    fn skewness(&self) -> f64 {
        mixture(&self.law, self.weight())[1]
    }

    fn excess_kurtosis(&self) -> f64 {
        mixture(&self.law, self.weight())[2]
    }

    fn entropy(&self) -> f64 {
        exchanged(&self.law, self.weight(), self.ln_weight(), self.zero, self.zero.ln())
    }

    /// Of 0 and the law's most likely positive count; laws here have one mode, so that this is their mode or 1.
    fn mode(&self) -> i64 {
        let mode = self.law.mode().max(1);
        if self.zero >= self.pmf(mode) { 0 } else { mode }
    }
}

impl<D: DiscreteDistribution + Distribution<i64>> Distribution<i64> for ZeroInflated<D> {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        if rng.random::<f64>() < self.inflation { 0 } else { self.law.sample(rng) }
    }
}

impl<D: DiscreteDistribution + Distribution<i64>> Distribution<i64> for Hurdle<D> {
    /// Draws from the law until a count is positive; after 100 zeros by inversion of its upper tail.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        if rng.random::<f64>() < self.zero {
            return 0;
        }
        for _ in 0..100 {
            let k = self.law.sample(rng);
            if k > 0 {
                return k;
            }
        }
        // 1 - u is in (0, 1].
        let u = 1.0 - rng.random::<f64>();
        let k = self.law.isf(u * self.law.sf(0)).unwrap_or(1);
        k.max(1)
    }
}
