//! The law of a draw from a sample.
use super::kde::check_sample;
use crate::Error;
use ferronum_special::Dd;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Empirical distribution: each observation with its weight,
///
/// ```text
/// F(x) = Σ_{xᵢ ≤ x} wᵢ / Σ wᵢ
/// ```
///
/// It is discrete, on values that are no integers, so that it implements neither trait of distributions; its functions have their
/// names. Weights count repetitions: moments are those of the sample as a population, divided by Σw.
///
/// # Special values
/// NaN gives NaN, and so does a quantile outside \[0, 1\]. Where all observations are equal the variance is 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 4 ulp; probabilities are sums in double-double, and either tail is its own sum.
///
/// # Source
/// Hyndman & Fan, *The American Statistician* 50 (1996) 361–365: quantiles of types 1 and 7, as R numbers them.
///
/// # Examples
/// ```
/// use ferronum_distuv::Empirical;
/// let waits = Empirical::new(&[3.0, 1.0, 2.0, 2.0])?;
/// assert_eq!((waits.cdf(2.0), waits.sf(2.0), waits.pmf(2.0)), (0.75, 0.25, 0.5));
/// assert_eq!((waits.quantile(0.8), waits.quantile_interpolated(0.8)), (3.0, 2.4000000000000004));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Empirical {
    /// Distinct values in their order.
    values: Vec<f64>,
    weights: Vec<f64>,
    /// Weight of values up to each one, and above it.
    below: Vec<Dd>,
    above: Vec<Dd>,
    total: Dd,
}

impl Empirical {
    /// Builds the distribution of a sample.
    ///
    /// # Errors
    /// [`Error::EmptyData`] for no data, [`Error::Data`] for an observation that is not finite.
    pub fn new(sample: &[f64]) -> Result<Self, Error> {
        Self::with_weights(sample, &vec![1.0; sample.len()])
    }

    /// Builds the distribution of a sample with weights. Observations of weight 0 do not count.
    ///
    /// # Errors
    /// As [`Self::new`]; [`Error::WeightCount`] and [`Error::Weight`] for wrong weights, [`Error::Degenerate`] if their sum overflows.
    pub fn with_weights(sample: &[f64], weights: &[f64]) -> Result<Self, Error> {
        let (mut values, mut weights_of): (Vec<f64>, Vec<Dd>) = (vec![], vec![]);
        for (x, w) in check_sample("Empirical", sample, weights)? {
            match (values.last(), weights_of.last_mut()) {
                (Some(last), Some(sum)) if *last == x => *sum += w,
                _ => {
                    values.push(x);
                    weights_of.push(Dd::from(w));
                }
            }
        }
        let running = |sum: &mut Dd, w: &Dd| {
            *sum += *w;
            Some(*sum)
        };
        let below: Vec<Dd> = weights_of.iter().scan(Dd::ZERO, running).collect();
        let mut above: Vec<Dd> = weights_of.iter().rev().scan(Dd::ZERO, running).collect();
        // What lies above a value excludes it.
        above.rotate_right(1);
        above[0] = Dd::ZERO;
        above.reverse();
        let total = below[below.len() - 1];
        let weights = weights_of.iter().map(|w| w.to_f64()).collect();
        Ok(Self { values, weights, below, above, total })
    }

    /// Distinct values in their order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Weights of the distinct values.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Smallest and largest value.
    pub fn support(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }

    /// Number of values up to x.
    fn rank(&self, x: f64) -> usize {
        self.values.partition_point(|v| *v <= x)
    }

    fn share(&self, weight: Dd) -> f64 {
        (weight / self.total).to_f64()
    }

    /// Probability of x; 0 if it is none of the values.
    pub fn pmf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        match self.rank(x).checked_sub(1) {
            Some(i) if self.values[i] == x => self.share(Dd::from(self.weights[i])),
            _ => 0.0,
        }
    }

    /// Logarithm of the probability of x; -∞ if it is none of the values.
    pub fn ln_pmf(&self, x: f64) -> f64 {
        self.pmf(x).ln()
    }

    /// Distribution function P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        self.rank(x).checked_sub(1).map_or(0.0, |i| self.share(self.below[i]))
    }

    /// Upper tail P(X > x).
    pub fn sf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        self.rank(x).checked_sub(1).map_or(1.0, |i| self.share(self.above[i]))
    }

    /// ln P(X ≤ x), right next to 1.
    pub fn ln_cdf(&self, x: f64) -> f64 {
        let (below, above) = (self.cdf(x), self.sf(x));
        if below > 0.5 { (-above).ln_1p() } else { below.ln() }
    }

    /// ln P(X > x), right next to 1.
    pub fn ln_sf(&self, x: f64) -> f64 {
        let (below, above) = (self.cdf(x), self.sf(x));
        if above > 0.5 { (-below).ln_1p() } else { above.ln() }
    }

    /// The smallest value with `cdf ≥ p`: the quantile of type 1. The smallest value at p = 0.
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let i = self.below.partition_point(|sum| self.share(*sum) < p);
        self.values[i.min(self.values.len() - 1)]
    }

    /// The smallest value with `sf ≤ p`: the quantile of type 1 counted from the upper end.
    pub fn isf(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let i = self.above.partition_point(|sum| self.share(*sum) > p);
        self.values[i.min(self.values.len() - 1)]
    }

    /// The quantile of type 7: linear interpolation between order statistics, at position 1 + (W - 1)p for a total weight W,
    ///
    /// ```text
    /// x₍ⱼ₎ + (h - j)(x₍ⱼ₊₁₎ - x₍ⱼ₎),    h = 1 + (W - 1) p,    j = ⌊h⌋
    /// ```
    ///
    /// Weights count repetitions: x₍ⱼ₎ is the smallest value up to which the weight is j or more. NaN if W < 1.
    pub fn quantile_interpolated(&self, p: f64) -> f64 {
        let total = self.total.to_f64();
        if !(0.0..=1.0).contains(&p) || total < 1.0 {
            return f64::NAN;
        }
        let h = (total - 1.0).mul_add(p, 1.0);
        let at = |j: f64| {
            let i = self.below.partition_point(|sum| sum.to_f64() < j);
            self.values[i.min(self.values.len() - 1)]
        };
        let (low, high, part) = (at(h.floor()), at(h.floor() + 1.0), h.fract());
        // Written so that the difference of two values cannot overflow.
        if part == 0.0 || low == high { low } else { low * (1.0 - part) + high * part }
    }

    /// The quantile of type 7 at ½.
    pub fn median(&self) -> f64 {
        self.quantile_interpolated(0.5)
    }

    /// `Σ w f(x) / Σ w`.
    fn average(&self, f: impl Fn(f64) -> f64) -> f64 {
        let terms = self.values.iter().zip(&self.weights).map(|(x, w)| Dd::product(*w, f(*x)));
        self.share(terms.fold(Dd::ZERO, |sum, term| sum + term))
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        let origin = self.values[0];
        let mean = origin + self.average(|x| x - origin);
        mean + self.average(|x| x - mean)
    }

    /// Variance about the mean, divided by Σw.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.average(|x| (x - mean) * (x - mean))
    }

    /// Standard deviation, √variance.
    pub fn std_dev(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Skewness.
    pub fn skewness(&self) -> f64 {
        let (mean, deviation) = (self.mean(), self.std_dev());
        self.average(|x| ((x - mean) / deviation).powi(3))
    }

    /// Kurtosis minus 3.
    pub fn excess_kurtosis(&self) -> f64 {
        let (mean, deviation) = (self.mean(), self.std_dev());
        self.average(|x| ((x - mean) / deviation).powi(4)) - 3.0
    }

    /// Shannon entropy -Σ p ln p of the distinct values, in nats.
    pub fn entropy(&self) -> f64 {
        let shares = self.weights.iter().map(|w| self.share(Dd::from(*w)));
        shares.map(|p| if p > 0.0 { -p * p.ln() } else { 0.0 }).sum()
    }

    /// The value of largest weight; the smallest of them where there are several.
    pub fn mode(&self) -> f64 {
        let mut best = 0;
        for i in 1..self.values.len() {
            if self.weights[i] > self.weights[best] {
                best = i;
            }
        }
        self.values[best]
    }
}

impl Distribution<f64> for Empirical {
    /// A value found by bisection among the running sums: the bootstrap.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let u = rng.random::<f64>() * self.total.to_f64();
        let i = self.below.partition_point(|sum| sum.to_f64() <= u);
        self.values[i.min(self.values.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_repetitions() {
        let plain = Empirical::new(&[2.0, 1.0, 2.0, 5.0, 2.0]).unwrap();
        let weighted = Empirical::with_weights(&[5.0, 9.0, 1.0, 2.0], &[1.0, 0.0, 1.0, 3.0]).unwrap();
        assert_eq!(plain, weighted);
        assert_eq!(plain.support(), (1.0, 5.0));
        assert_eq!((plain.mean(), plain.mode(), plain.median()), (2.4, 2.0, 2.0));
        assert!((plain.variance() - 1.84).abs() < 1e-15);
    }

    #[test]
    fn special_values() {
        let law = Empirical::new(&[1.0, 2.0, 4.0, 4.0]).unwrap();
        assert_eq!((law.cdf(0.5), law.sf(0.5), law.ln_cdf(0.5)), (0.0, 1.0, f64::NEG_INFINITY));
        assert_eq!((law.cdf(4.0), law.sf(4.0), law.ln_sf(4.0)), (1.0, 0.0, f64::NEG_INFINITY));
        assert_eq!((law.pmf(3.0), law.pmf(4.0), law.ln_pmf(3.0)), (0.0, 0.5, f64::NEG_INFINITY));
        assert_eq!((law.quantile(0.0), law.quantile(0.25), law.quantile(0.26)), (1.0, 1.0, 2.0));
        assert_eq!((law.isf(1.0), law.isf(0.75), law.isf(0.5), law.isf(0.0)), (1.0, 1.0, 2.0, 4.0));
        for wrong in [f64::NAN, -0.1, 1.1] {
            assert!(law.quantile(wrong).is_nan() && law.isf(wrong).is_nan());
            assert!(law.quantile_interpolated(wrong).is_nan());
        }
        assert!(law.cdf(f64::NAN).is_nan() && law.sf(f64::NAN).is_nan() && law.pmf(f64::NAN).is_nan());
        let one = Empirical::new(&[7.0; 3]).unwrap();
        assert!(one.variance() == 0.0 && one.skewness().is_nan() && one.entropy() == 0.0);
    }

    #[test]
    fn refusals() {
        assert!(matches!(Empirical::new(&[]), Err(Error::EmptyData { law: "Empirical" })));
        assert!(matches!(Empirical::new(&[1.0, f64::INFINITY]), Err(Error::Data { position: 2, .. })));
        let build = |w: &[f64]| Empirical::with_weights(&[1.0, 2.0], w);
        assert!(matches!(build(&[1.0]), Err(Error::WeightCount { .. })));
        assert!(matches!(build(&[1.0, -1.0]), Err(Error::Weight { position: 2, .. })));
        assert!(matches!(build(&[0.0, 0.0]), Err(Error::EmptyData { .. })));
        assert!(matches!(build(&[f64::MAX, f64::MAX]), Err(Error::Degenerate { .. })));
    }
}
