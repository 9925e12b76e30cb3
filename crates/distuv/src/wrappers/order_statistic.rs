//! Order statistics of samples of any law.
use super::moments::{Moments, entropy, moments};
use super::peak::peak;
use super::{ln_density, ln_value};
use crate::continuous::beta::OddsSampler;
use crate::traits::solve;
use crate::{ContinuousDistribution, Error, check};
use ferronum_special::{Dd, IncompleteBeta, beta_inc_inv_pair};
use rand::Rng;
use rand::distr::Distribution;

/// The k-th smallest of n independent draws from a law with density g and distribution function G:
///
/// ```text
/// F(x) = I_{G(x)}(k, n-k+1),    f(x) = G(x)^(k-1) (1 - G(x))^(n-k) g(x) / B(k, n-k+1),    1 ≤ k ≤ n
/// ```
///
/// k = 1 is the minimum, k = n the maximum.
///
/// # Special values
/// At an end of the support where g is infinite the density is the value at the next number inside. Moments towards an infinite end where
/// the tail falls as x^-α are infinite for orders of α and above; α is that of the order statistic, n-k+1 times that of the law.
///
/// # Accuracy
/// That of G and 1 - G times k and n-k+1, which is their conditioning, and 1e-14; quantiles as those of the law. Moments and entropy to
/// 1e-12, 1e-10 next to an infinite moment; each call integrates anew.
///
/// # Source
/// David & Nagaraja, *Order Statistics*, 3rd ed. (2003), §2.1. The incomplete beta function takes both G and 1 - G.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, OrderStatistic, Uniform};
/// // The second smallest of five uniform numbers is a beta variable with shapes 2 and 4.
/// let law = OrderStatistic::new(Uniform::new(0.0, 1.0)?, 2, 5)?;
/// assert!((law.mean() - 2.0 / 6.0).abs() < 1e-13);
/// assert!((law.cdf(0.5) - 26.0 / 32.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderStatistic<D> {
    inner: D,
    rank: u64,
    size: u64,
    odds: OddsSampler,
}

impl<D> OrderStatistic<D> {
    /// Builds the law of the `rank`-th smallest of `size` draws.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if not 1 ≤ `rank` ≤ `size` ≤ 2⁵³.
    pub fn new(inner: D, rank: u64, size: u64) -> Result<Self, Error> {
        let holds = (1..=1 << 53).contains(&size);
        check::require(holds, "OrderStatistic", "size", "between 1 and 2^53", size as f64)?;
        let holds = (1..=size).contains(&rank);
        check::require(holds, "OrderStatistic", "rank", "between 1 and size", rank as f64)?;
        let odds = OddsSampler::new("OrderStatistic", rank as f64, (size - rank + 1) as f64)?;
        Ok(Self { inner, rank, size, odds })
    }

    /// The law of one draw.
    pub fn inner(&self) -> &D {
        &self.inner
    }

    /// Rank k, counted from the smallest.
    pub fn rank(&self) -> u64 {
        self.rank
    }

    /// Number of draws n.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Shapes k and n - k + 1.
    fn shapes(&self) -> (f64, f64) {
        (self.rank as f64, (self.size - self.rank + 1) as f64)
    }
}

impl<D: ContinuousDistribution> OrderStatistic<D> {
    fn tails(&self, x: f64) -> Tails {
        let (a, b) = self.shapes();
        let (below, above) = (self.inner.cdf(x), self.inner.sf(x));
        if below > 1e-290 && above > 1e-290 {
            let law = IncompleteBeta::from_ratio(a, b, Dd::from(below), Dd::from(above));
            Tails { law, mirrored: false }
        } else if below <= 1e-290 {
            Tails { law: IncompleteBeta::at_ln(a, b, Dd::from(self.inner.ln_cdf(x))), mirrored: false }
        } else {
            Tails { law: IncompleteBeta::at_ln(b, a, Dd::from(self.inner.ln_sf(x))), mirrored: true }
        }
    }

    /// Where x is outside the support: 0 below, 1 above.
    fn outside(&self, x: f64) -> Option<f64> {
        let (low, high) = self.inner.support();
        if x.is_nan() {
            Some(x)
        } else if x <= low || self.inner.ln_cdf(x) == f64::NEG_INFINITY {
            Some(0.0)
        } else if x >= high || self.inner.ln_sf(x) == f64::NEG_INFINITY {
            Some(1.0)
        } else {
            None
        }
    }

    /// ln f(x) from the logarithms of both tails.
    fn ln_density_far(&self, x: f64) -> f64 {
        let (a, b) = self.shapes();
        let (ln_below, ln_above) = (self.inner.ln_cdf(x), self.inner.ln_sf(x));
        let power = |k: f64, ln: f64| if k == 0.0 { 0.0 } else { k * ln };
        let value = power(a - 1.0, ln_below) + power(b - 1.0, ln_above) + self.inner.ln_pdf(x);
        value - ferronum_special::ln_beta(a, b)
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        let (a, b) = self.shapes();
        let (u, v) = beta_inc_inv_pair(a, b, p, q);
        if !(p == 0.0 || q == 0.0) && u.min(v) < 1e-290 {
            return solve::root(self, p, q);
        }
        if u <= v { self.inner.quantile(u) } else { self.inner.isf(v) }
    }

    fn moments(&self) -> Moments {
        moments(self, &[self.inner.mode()])
    }
}

/// Both tails of the beta law at G(x), or with the roles of the tails exchanged.
struct Tails {
    law: IncompleteBeta,
    mirrored: bool,
}

impl Tails {
    fn cdf(&self) -> f64 {
        if self.mirrored { self.law.upper() } else { self.law.lower() }
    }

    fn sf(&self) -> f64 {
        if self.mirrored { self.law.lower() } else { self.law.upper() }
    }

    fn ln_cdf(&self) -> f64 {
        if self.mirrored { self.law.ln_upper() } else { self.law.ln_lower() }
    }

    fn ln_sf(&self) -> f64 {
        if self.mirrored { self.law.ln_lower() } else { self.law.ln_upper() }
    }
}

impl<D: ContinuousDistribution> ContinuousDistribution for OrderStatistic<D> {
    fn support(&self) -> (f64, f64) {
        self.inner.support()
    }

    fn pdf(&self, x: f64) -> f64 {
        let density = self.inner.pdf(x);
        let (low, high) = self.support();
        if density.is_nan() || x < low || x > high {
            return if x.is_nan() { x } else { 0.0 };
        }
        if density == f64::INFINITY && x == low {
            return self.pdf(x.next_up());
        }
        if density == f64::INFINITY && x == high {
            return self.pdf(x.next_down());
        }
        let (below, above) = (self.inner.cdf(x), self.inner.sf(x));
        if below > 1e-290 && above > 1e-290 && density > 1e-290 {
            let (a, b) = self.shapes();
            let weight = IncompleteBeta::weight_from_ratio(a, b, Dd::from(below), Dd::from(above));
            return weight.over(below).over(above).times(density).value();
        }
        self.ln_density_far(x).exp()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x < low || x > high || x.is_infinite() {
            return f64::NEG_INFINITY;
        }
        ln_density(self.pdf(x), || {
            let density = self.inner.pdf(x);
            if density == f64::INFINITY || self.outside(x).is_some() && self.size == 1 {
                return self.pdf(x).ln();
            }
            self.ln_density_far(x)
        })
    }

    fn cdf(&self, x: f64) -> f64 {
        self.outside(x).unwrap_or_else(|| self.tails(x).cdf())
    }

    fn sf(&self, x: f64) -> f64 {
        self.outside(x).map_or_else(|| self.tails(x).sf(), |below| 1.0 - below)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return below.ln();
        }
        let tails = self.tails(x);
        ln_value(tails.cdf(), || tails.sf(), || tails.ln_cdf())
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return (1.0 - below).ln();
        }
        let tails = self.tails(x);
        ln_value(tails.sf(), || tails.cdf(), || tails.ln_sf())
    }

    /// g'/g + (k-1) g/G - (n-k) g/(1-G).
    fn score_x(&self, x: f64) -> f64 {
        let (a, b) = self.shapes();
        let (low, high) = self.support();
        if !(x >= low && x <= high) {
            return f64::NAN;
        }
        let ln_density = self.inner.ln_pdf(x);
        let rate = |k: f64, ln_tail: f64| if k == 0.0 { 0.0 } else { k * (ln_density - ln_tail).exp() };
        self.inner.score_x(x) + rate(a - 1.0, self.inner.ln_cdf(x)) - rate(b - 1.0, self.inner.ln_sf(x))
    }

    fn mean(&self) -> f64 {
        self.moments().mean
    }

    fn variance(&self) -> f64 {
        self.moments().variance
    }

    fn skewness(&self) -> f64 {
        self.moments().skewness
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments().excess_kurtosis
    }

    fn entropy(&self) -> f64 {
        entropy(self, &[self.inner.mode()])
    }

    fn mode(&self) -> f64 {
        let quantiles = [1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map(|p| self.quantile(p));
        let (low, high) = self.support();
        peak(self, quantiles.into_iter().chain([self.inner.mode(), self.isf(1e-6), low, high]))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }
}

impl<D: ContinuousDistribution> Distribution<f64> for OrderStatistic<D> {
    /// The quantile of the law at a beta variable, from the end that is nearer.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let odds = self.odds.sample(rng);
        if odds <= 1.0 {
            self.inner.quantile(odds / (1.0 + odds))
        } else {
            self.inner.isf(1.0 / (1.0 + odds))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Beta, Exponential, Gamma, Pareto, Uniform};

    #[test]
    fn of_uniform_numbers_is_beta() {
        let law = OrderStatistic::new(Uniform::new(0.0, 1.0).unwrap(), 3, 7).unwrap();
        let beta = Beta::new(3.0, 5.0).unwrap();
        for x in [0.0, 1e-80, 0.2, 0.5, 0.9, 1.0] {
            assert!((law.pdf(x) - beta.pdf(x)).abs() <= 1e-14 * beta.pdf(x), "{x}");
            assert!((law.cdf(x) - beta.cdf(x)).abs() <= 1e-14 * beta.cdf(x), "{x}");
            assert!((law.sf(x) - beta.sf(x)).abs() <= 1e-14 * beta.sf(x), "{x}");
        }
        assert!((law.mode() - beta.mode()).abs() < 1e-14 && (law.mean() - beta.mean()).abs() < 1e-14);
        assert!((law.score_x(0.3) - beta.score_x(0.3)).abs() < 1e-13);
    }

    #[test]
    fn smallest_of_exponential_draws_is_exponential() {
        let law = OrderStatistic::new(Exponential::new(2.0).unwrap(), 1, 1000).unwrap();
        let same = Exponential::new(2000.0).unwrap();
        for x in [0.0, 1e-12, 1e-3, 0.5, 10.0, 400.0] {
            let (found, expected) = (law.ln_sf(x), same.ln_sf(x));
            assert!((found - expected).abs() <= 1e-14 * expected.abs(), "{x}: {found:e}, {expected:e}");
            let (found, expected) = (law.ln_pdf(x), same.ln_pdf(x));
            assert!((found - expected).abs() <= 1e-13 * expected.abs(), "{x}: {found:e}, {expected:e}");
        }
        assert_eq!(law.mode(), 0.0);
        assert!((law.entropy() - same.entropy()).abs() < 1e-11);
    }

    #[test]
    fn special_values() {
        let largest = OrderStatistic::new(Pareto::new(1.0, 1.5).unwrap(), 4, 4).unwrap();
        assert!(largest.mean().is_finite() && largest.variance() == f64::INFINITY);
        let pole = OrderStatistic::new(Gamma::new(0.5, 1.0).unwrap(), 1, 3).unwrap();
        assert!(pole.pdf(0.0) > 1e100 && pole.ln_pdf(0.0) > 200.0);
        assert!(pole.pdf(f64::NAN).is_nan() && pole.cdf(f64::NAN).is_nan() && pole.score_x(-1.0).is_nan());
        assert_eq!((pole.pdf(-1.0), pole.ln_pdf(-1.0)), (0.0, f64::NEG_INFINITY));
    }

    #[test]
    fn refusals() {
        let law = Uniform::new(0.0, 1.0).unwrap();
        for (rank, size) in [(0, 3), (4, 3), (0, 0), (1, u64::MAX)] {
            assert!(matches!(OrderStatistic::new(law, rank, size), Err(Error::InvalidParameter { .. })));
        }
    }
}
