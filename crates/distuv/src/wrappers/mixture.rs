//! Finite mixtures of laws.
use super::moments::entropy;
use super::peak::peak;
use super::{ln_density, ln_value};
use crate::traits::solve;
use crate::{ContinuousDistribution, Error, check};
use ferronum_special::ln_sum_exp;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// A mixture of laws of one type: a draw comes from component i with probability wᵢ,
///
/// ```text
/// f(x) = Σ wᵢ fᵢ(x),    wᵢ ≥ 0, Σ wᵢ = 1
/// ```
///
/// Laws of several types go into a mixture of boxes, `Mixture<Box<dyn ContinuousDistribution>>`; that one cannot be sampled directly,
/// but by its quantiles at uniform numbers.
///
/// # Special values
/// Components of weight 0 do not count. Where a component's mean is infinite so is the variance. `score_x` is NaN where no component
/// has density. In a gap between components the quantile is any point of the gap. Of several highest points the mode is one.
///
/// # Accuracy
/// Sums of positive terms: that of the components and a few ulp. Moments in closed form from those of the components; the entropy by
/// quadrature to 1e-12.
///
/// # Source
/// McLachlan & Peel, *Finite Mixture Models* (2000), ch. 1.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Mixture, Normal};
/// let law = Mixture::new(&[3.0, 1.0], vec![Normal::new(0.0, 1.0)?, Normal::new(4.0, 2.0)?])?;
/// assert_eq!(law.weights(), [0.75, 0.25]);
/// assert_eq!((law.mean(), law.variance()), (1.0, 4.75)); // 1.75 within components, 3 between them
/// assert!((law.responsibilities(4.0)[1] - 0.9980914824).abs() < 1e-9);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture<D> {
    weights: Vec<f64>,
    ln_weights: Vec<f64>,
    components: Vec<D>,
}

impl<D> Mixture<D> {
    /// Builds the mixture from weights, which need not add to 1, and components.
    ///
    /// # Errors
    /// [`Error::WeightCount`] if there are not as many weights as components, [`Error::Weight`] if a weight is negative, infinite or
    /// NaN, [`Error::InvalidParameter`] if their sum is 0 or overflows.
    pub fn new(weights: &[f64], components: Vec<D>) -> Result<Self, Error> {
        let (expected, found) = (components.len(), weights.len());
        if expected != found {
            return Err(Error::WeightCount { law: "Mixture", expected, found });
        }
        if let Some(i) = weights.iter().position(|w| !(*w >= 0.0 && w.is_finite())) {
            return Err(Error::Weight { law: "Mixture", position: i + 1, value: weights[i] });
        }
        let sum: f64 = weights.iter().sum();
        let holds = sum > 0.0 && sum.is_finite();
        check::require(holds, "Mixture", "the sum of the weights", "positive and finite", sum)?;
        let weights: Vec<f64> = weights.iter().map(|w| w / sum).collect();
        let ln_weights = weights.iter().map(|w| w.ln()).collect();
        Ok(Self { weights, ln_weights, components })
    }

    /// Weights, with sum 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Components.
    pub fn components(&self) -> &[D] {
        &self.components
    }

    /// Components of positive weight.
    fn parts(&self) -> impl Iterator<Item = (f64, &D)> {
        self.weights.iter().copied().zip(&self.components).filter(|(w, _)| *w > 0.0)
    }

    fn sum(&self, f: impl Fn(&D) -> f64) -> f64 {
        self.parts().map(|(w, law)| w * f(law)).sum()
    }

    fn ln_sum(&self, f: impl Fn(&D) -> f64) -> f64 {
        let parts = self.ln_weights.iter().zip(&self.components).filter(|(w, _)| **w > f64::NEG_INFINITY);
        ln_sum_exp(&parts.map(|(w, law)| w + f(law)).collect::<Vec<_>>())
    }
}

impl<D: ContinuousDistribution> Mixture<D> {
    /// The probability of each component given an observation at x; NaN where no component has density.
    pub fn responsibilities(&self, x: f64) -> Vec<f64> {
        let logs: Vec<f64> = self
            .ln_weights
            .iter()
            .zip(&self.components)
            .map(|(w, law)| if *w == f64::NEG_INFINITY { *w } else { w + law.ln_pdf(x) })
            .collect();
        let total = ln_sum_exp(&logs);
        logs.iter().map(|v| (v - total).exp()).collect()
    }

    /// One tail and, next to 1, the complement of the other.
    fn tail(&self, one: impl Fn(&D) -> f64, other: impl Fn(&D) -> f64) -> f64 {
        let value = self.sum(one);
        if value > 0.5 { 1.0 - self.sum(other).min(0.5) } else { value }
    }

    /// The quantile lies between those of the components.
    fn locate(&self, p: f64, q: f64, quantile: impl Fn(&D) -> f64) -> f64 {
        if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
            return f64::NAN;
        }
        let mut ends = (f64::INFINITY, f64::NEG_INFINITY);
        for (_, law) in self.parts() {
            let x = quantile(law);
            ends = (ends.0.min(x), ends.1.max(x));
        }
        if ends.0 >= ends.1 { ends.0 } else { solve::root_between(self, p, q, ends) }
    }

    /// Σ w (μ, σ², third and fourth central moment).
    fn moments(&self) -> [f64; 4] {
        let mean = self.sum(D::mean);
        if !mean.is_finite() {
            return [mean, if mean.is_nan() { mean } else { f64::INFINITY }, f64::NAN, f64::NAN];
        }
        let [mut second, mut third, mut fourth] = [0.0; 3];
        for (w, law) in self.parts() {
            let (d, variance) = (law.mean() - mean, law.variance());
            second += w * (variance + d * d);
            if !variance.is_finite() {
                continue;
            }
            let cubed = if variance > 0.0 { law.skewness() * variance * variance.sqrt() } else { 0.0 };
            third += w * (cubed + d * (3.0 * variance + d * d));
            let square = variance * variance;
            let peaked = if variance > 0.0 { (law.excess_kurtosis() + 3.0) * square } else { 0.0 };
            let lean = if d == 0.0 { 0.0 } else { 4.0 * d * cubed };
            fourth += w * (peaked + lean + d * d * (6.0 * variance + d * d));
        }
        if second.is_finite() { [mean, second, third, fourth] } else { [mean, second, f64::NAN, f64::NAN] }
    }
}

impl<D: ContinuousDistribution> ContinuousDistribution for Mixture<D> {
    fn support(&self) -> (f64, f64) {
        let mut ends = (f64::INFINITY, f64::NEG_INFINITY);
        for (low, high) in self.parts().map(|(_, law)| law.support()) {
            ends = (ends.0.min(low), ends.1.max(high));
        }
        ends
    }

    fn pdf(&self, x: f64) -> f64 {
        self.sum(|law| law.pdf(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        ln_density(self.pdf(x), || self.ln_sum(|law| law.ln_pdf(x)))
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tail(|law| law.cdf(x), |law| law.sf(x))
    }

    fn sf(&self, x: f64) -> f64 {
        self.tail(|law| law.sf(x), |law| law.cdf(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        ln_value(self.cdf(x), || self.sum(|law| law.sf(x)).min(0.5), || self.ln_sum(|law| law.ln_cdf(x)))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_value(self.sf(x), || self.sum(|law| law.cdf(x)).min(0.5), || self.ln_sum(|law| law.ln_sf(x)))
    }

    /// The mean of the components' scores, weighted by their responsibilities.
    fn score_x(&self, x: f64) -> f64 {
        let shares = self.responsibilities(x);
        let terms = shares.iter().zip(&self.components).filter(|(share, _)| **share != 0.0);
        terms.map(|(share, law)| share * law.score_x(x)).sum()
    }

    fn mean(&self) -> f64 {
        self.sum(D::mean)
    }

    fn variance(&self) -> f64 {
        self.moments()[1]
    }

    fn skewness(&self) -> f64 {
        let [_, second, third, _] = self.moments();
        third / (second * second.sqrt())
    }

    fn excess_kurtosis(&self) -> f64 {
        let [_, second, _, fourth] = self.moments();
        fourth / second / second - 3.0
    }

    fn entropy(&self) -> f64 {
        let corners: Vec<f64> = self.parts().flat_map(|(_, law)| [law.mode(), law.median()]).collect();
        entropy(self, &corners)
    }

    fn mode(&self) -> f64 {
        peak(self, self.parts().map(|(_, law)| law.mode()))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p, |law| law.quantile(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p, |law| law.isf(p))
    }
}

impl<D: Distribution<f64>> Distribution<f64> for Mixture<D> {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let mut rest: f64 = rng.random();
        let mut chosen = None;
        for (w, law) in self.parts() {
            chosen = Some(law);
            rest -= w;
            if rest < 0.0 {
                break;
            }
        }
        chosen.map_or(f64::NAN, |law| law.sample(rng))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cauchy, Exponential, Normal, Uniform};

    #[test]
    fn boxes_of_several_types() {
        let parts: Vec<Box<dyn ContinuousDistribution>> =
            vec![Box::new(Exponential::new(1.0).unwrap()), Box::new(Normal::new(-2.0, 1.0).unwrap())];
        let law = Mixture::new(&[0.5, 0.5], parts).unwrap();
        assert_eq!(law.support(), (f64::NEG_INFINITY, f64::INFINITY));
        // Both halves at once: 0.5 e^-800 beyond the range of f64.
        assert!((law.ln_sf(800.0) - (-800.0 + 0.5f64.ln())).abs() < 1e-12);
        assert!((law.mean() + 0.5).abs() < 1e-15);
    }

    #[test]
    fn special_values() {
        let apart = vec![Uniform::new(0.0, 1.0).unwrap(), Uniform::new(2.0, 3.0).unwrap()];
        let law = Mixture::new(&[1.0, 1.0], apart).unwrap();
        assert_eq!((law.pdf(1.5), law.ln_pdf(1.5), law.cdf(1.5)), (0.0, f64::NEG_INFINITY, 0.5));
        assert!(law.score_x(1.5).is_nan() && law.cdf(f64::NAN).is_nan() && law.quantile(1.5).is_nan());
        assert!((law.quantile(0.75) - 2.5).abs() < 1e-15);
        assert!((law.entropy() - 2f64.ln()).abs() < 1e-12);
        let single = vec![Cauchy::new(0.0, 1.0).unwrap(), Cauchy::new(5.0, 1.0).unwrap()];
        assert!(Mixture::new(&[1.0, 0.0], single).unwrap().mean().is_nan());
    }

    #[test]
    fn mode_between_the_components() {
        let pair = vec![Normal::new(-0.5, 1.0).unwrap(), Normal::new(0.5, 1.0).unwrap()];
        let law = Mixture::new(&[1.0, 1.0], pair).unwrap();
        assert!(law.mode().abs() < 1e-14 && law.median().abs() < 1e-15);
    }

    #[test]
    fn refusals() {
        let law = Normal::new(0.0, 1.0).unwrap();
        let weights = Mixture::new(&[1.0], vec![law, law]).unwrap_err();
        assert!(matches!(weights, Error::WeightCount { expected: 2, found: 1, .. }));
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            let error = Mixture::new(&[1.0, wrong], vec![law, law]).unwrap_err();
            assert!(matches!(error, Error::Weight { position: 2, .. }));
        }
        assert!(matches!(Mixture::new(&[0.0], vec![law]), Err(Error::InvalidParameter { .. })));
        assert!(Mixture::<Normal>::new(&[], vec![]).is_err());
    }
}
