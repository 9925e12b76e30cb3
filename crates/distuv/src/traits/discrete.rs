//! The trait of discrete distributions.
use super::search;
use ferronum_special::{norm_isf, norm_quantile};
use rand::Rng;
use rand::distr::Distribution;

/// A distribution on the integers.
///
/// Counts are `i64`, so that every one of them is exact; `i64::MIN` and `i64::MAX` stand for infinite ends of the support.
/// The required methods are those whose accuracy no other one can supply, as for
/// [`ContinuousDistribution`](crate::ContinuousDistribution). The provided quantiles are exact with respect to `cdf` and `sf`.
pub trait DiscreteDistribution {
    /// Smallest and largest integer that carry probability, `i64::MAX` for no largest one.
    fn support(&self) -> (i64, i64);

    /// Probability of `k`; 0 outside the support.
    fn pmf(&self, k: i64) -> f64;

    /// Logarithm of the probability of `k`, right where the probability underflows; -∞ outside the support.
    fn ln_pmf(&self, k: i64) -> f64;

    /// Distribution function P(X ≤ k), with full relative accuracy in the lower tail.
    fn cdf(&self, k: i64) -> f64;

    /// Upper tail P(X > k), with full relative accuracy.
    fn sf(&self, k: i64) -> f64;

    /// ln P(X ≤ k), right where `cdf` underflows and next to 1.
    fn ln_cdf(&self, k: i64) -> f64;

    /// ln P(X > k), right where `sf` underflows and next to 1.
    fn ln_sf(&self, k: i64) -> f64;

    /// Mean; ∞ where it is infinite, NaN where it does not exist.
    fn mean(&self) -> f64;

    /// Variance; ∞ where it is infinite, NaN where it does not exist.
    fn variance(&self) -> f64;

    /// Skewness E(X-μ)³/σ³; ∞ or NaN as the law's documentation says.
    fn skewness(&self) -> f64;

    /// Kurtosis E(X-μ)⁴/σ⁴ minus 3; ∞ or NaN as the law's documentation says.
    fn excess_kurtosis(&self) -> f64;

    /// Shannon entropy -E ln p(X), in nats.
    fn entropy(&self) -> f64;

    /// A value of largest probability; the smallest of them where there are several.
    fn mode(&self) -> i64;

    /// The smallest k with `cdf(k) ≥ p`; `None` for a p that is NaN or outside \[0, 1\].
    ///
    /// At p = 0 the lower end of the support; at p = 1 the smallest k whose `cdf` rounds to 1, or the upper end of a finite support.
    ///
    /// Where a law is so wide that its probabilities are below the rounding error of `cdf`, neighbouring values need not rise, and k is
    /// one with `cdf(k) ≥ p > cdf(k - 1)`.
    fn quantile(&self, p: f64) -> Option<i64> {
        search::smallest(self, p, norm_quantile(p), |k| self.cdf(k) >= p)
    }

    /// The smallest k with `sf(k) ≤ p`: the quantile counted from the upper end; `None` for a p that is NaN or outside \[0, 1\].
    ///
    /// At p = 0 the upper end of the support, `i64::MAX` if there is none.
    fn isf(&self, p: f64) -> Option<i64> {
        if p == 0.0 {
            return Some(self.support().1);
        }
        search::smallest(self, p, norm_isf(p), |k| self.sf(k) <= p)
    }

    /// The smallest k with `cdf(k) ≥ ½`.
    fn median(&self) -> i64 {
        self.quantile(0.5).unwrap_or(self.support().0)
    }

    /// Standard deviation, √variance.
    fn std_dev(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Writes `pmf(k)` of each k.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn pmf_into(&self, k: &[i64], out: &mut [f64]) {
        map(k, out, |k| self.pmf(k));
    }

    /// Writes `ln_pmf(k)` of each k.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn ln_pmf_into(&self, k: &[i64], out: &mut [f64]) {
        map(k, out, |k| self.ln_pmf(k));
    }

    /// Writes `cdf(k)` of each k.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn cdf_into(&self, k: &[i64], out: &mut [f64]) {
        map(k, out, |k| self.cdf(k));
    }

    /// Fills a slice with independent draws: the same numbers as drawing one by one.
    fn fill<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [i64])
    where
        Self: Sized + Distribution<i64>,
    {
        out.iter_mut().for_each(|k| *k = self.sample(rng));
    }
}

fn map(k: &[i64], out: &mut [f64], f: impl Fn(i64) -> f64) {
    assert_eq!(k.len(), out.len(), "{} counts and room for {} values", k.len(), out.len());
    k.iter().zip(out).for_each(|(k, out)| *out = f(*k));
}
