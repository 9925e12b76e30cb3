//! Data with weights, checked, and their moments.
use crate::{Error, Outcome, Parametric};

/// Observations that a law could have produced, with the number of times each occurred.
///
/// Never empty. Moments are of the sample as a population: divided by Σw.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a, T> {
    law: &'static str,
    values: &'a [T],
    weights: Option<&'a [f64]>,
    weight: f64,
    mean: f64,
    variance: f64,
}

impl<'a, T: Outcome> Sample<'a, T> {
    pub(crate) fn new<D: Parametric<Outcome = T>>(
        values: &'a [T],
        weights: Option<&'a [f64]>,
    ) -> Result<Self, Error> {
        let law = D::LAW;
        for (i, value) in values.iter().enumerate() {
            let value = value.to_f64();
            if let Some(requirement) = D::DATA.violated(value) {
                return Err(Error::Data { law, position: i + 1, requirement, value });
            }
        }
        if let Some(weights) = weights {
            if weights.len() != values.len() {
                return Err(Error::WeightCount { law, expected: values.len(), found: weights.len() });
            }
            if let Some(i) = weights.iter().position(|w| !(*w >= 0.0 && w.is_finite())) {
                return Err(Error::Weight { law, position: i + 1, value: weights[i] });
            }
        }
        let mut sample = Self { law, values, weights, weight: 1.0, mean: 0.0, variance: 0.0 };
        sample.weight = sample.iter().map(|(_, w)| w).sum();
        if !(sample.weight > 0.0 && sample.weight.is_finite()) {
            return Err(Error::EmptyData { law });
        }
        // Measured from the first value, and then from the mean: no digit is lost to an offset.
        let origin = sample.iter().next().map_or(0.0, |(x, _)| x);
        let mean = origin + sample.average(|x| x - origin);
        sample.mean = mean + sample.average(|x| x - mean);
        let mean = sample.mean;
        sample.variance = sample.average(|x| (x - mean) * (x - mean));
        if !(sample.mean.is_finite() && sample.variance.is_finite()) {
            // Halves cannot overflow; laws with heavy tails meet such data.
            sample.mean = 2.0 * sample.average(|x| 0.5 * x);
        }
        Ok(sample)
    }

    /// Values of positive weight, as numbers, with their weights.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> + use<'a, T> {
        self.outcomes().map(|(x, w)| (x.to_f64(), w))
    }

    /// Observations of positive weight with their weights.
    pub fn outcomes(&self) -> impl Iterator<Item = (T, f64)> + use<'a, T> {
        let weights = self.weights;
        self.values
            .iter()
            .enumerate()
            .map(move |(i, x)| (*x, weights.map_or(1.0, |w| w[i])))
            .filter(|(_, w)| *w > 0.0)
    }

    /// `Σ w f(x) / Σ w`, summed with compensation (Neumaier).
    pub fn average(&self, f: impl Fn(f64) -> f64) -> f64 {
        let (mut sum, mut rest) = (0.0, 0.0);
        for (x, w) in self.iter() {
            let term = w * f(x);
            let next = sum + term;
            rest += if f64::abs(sum) >= f64::abs(term) { (sum - next) + term } else { (term - next) + sum };
            sum = next;
        }
        if rest.is_finite() { (sum + rest) / self.weight } else { sum / self.weight }
    }

    /// Number of observations of positive weight.
    pub fn observations(&self) -> usize {
        self.outcomes().count()
    }

    /// Σw.
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance about the mean, divided by Σw.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Standard deviation, √variance.
    pub fn std_dev(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Third standardised moment; NaN for a constant sample.
    pub fn skewness(&self) -> f64 {
        let (mean, scale) = (self.mean, self.std_dev());
        self.average(|x| ((x - mean) / scale).powi(3))
    }

    /// Fourth standardised moment less 3; NaN for a constant sample.
    pub fn excess_kurtosis(&self) -> f64 {
        let (mean, scale) = (self.mean, self.std_dev());
        self.average(|x| ((x - mean) / scale).powi(4)) - 3.0
    }

    /// Smallest value.
    pub fn min(&self) -> f64 {
        self.iter().map(|(x, _)| x).fold(f64::INFINITY, f64::min)
    }

    /// Largest value.
    pub fn max(&self) -> f64 {
        self.iter().map(|(x, _)| x).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The values in increasing order with their weights.
    pub fn sorted(&self) -> Vec<(f64, f64)> {
        let mut sorted: Vec<(f64, f64)> = self.iter().collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        sorted
    }

    /// The smallest value with at least the share `p` of the weight at or below it; the mean of it and the next one where the
    /// share is met exactly.
    pub fn quantile(&self, p: f64) -> f64 {
        let sorted = self.sorted();
        let wanted = p * self.weight;
        let mut below = 0.0;
        for (i, (x, w)) in sorted.iter().enumerate() {
            below += w;
            if below > wanted || i + 1 == sorted.len() {
                return *x;
            }
            if below == wanted {
                return x + 0.5 * (sorted[i + 1].0 - x);
            }
        }
        f64::NAN
    }

    /// Middle of the sample.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// An error that says why this sample does not determine the parameters.
    pub fn degenerate(&self, reason: &'static str) -> Error {
        Error::Degenerate { law: self.law, reason }
    }

    /// Refuses a sample whose values are all the same.
    ///
    /// # Errors
    /// [`Error::Degenerate`].
    pub fn expect_spread(&self) -> Result<(), Error> {
        if self.min() < self.max() {
            Ok(())
        } else {
            Err(self.degenerate("all observations are equal, so that the likelihood has no maximum"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Normal;

    fn sample<'a>(x: &'a [f64], w: Option<&'a [f64]>) -> Sample<'a, f64> {
        Sample::new::<Normal>(x, w).unwrap()
    }

    #[test]
    fn moments_of_a_far_sample() {
        let x = [1e8 + 1.0, 1e8 + 2.0, 1e8 + 4.0];
        let s = sample(&x, None);
        assert_eq!(s.mean(), 1e8 + 7.0 / 3.0);
        assert!((s.variance() - 14.0 / 9.0).abs() < 1e-7);
        assert_eq!((s.min(), s.max(), s.median()), (1e8 + 1.0, 1e8 + 4.0, 1e8 + 2.0));
    }

    #[test]
    fn weights_are_repetitions() {
        let (a, b) = ([1.0, 2.0, 5.0], [1.0, 2.0, 2.0, 2.0, 5.0, 5.0]);
        let (a, b) = (sample(&a, Some(&[1.0, 3.0, 2.0])), sample(&b, None));
        assert!((a.mean() - b.mean()).abs() < 1e-15 && (a.skewness() - b.skewness()).abs() < 1e-15);
        assert_eq!((a.weight(), a.quantile(0.3), b.quantile(0.3)), (6.0, 2.0, 2.0));
    }

    #[test]
    fn wrong_data_is_named() {
        let text = |x: &[f64], w: Option<&[f64]>| Sample::new::<Normal>(x, w).unwrap_err().to_string();
        assert_eq!(text(&[1.0, f64::NAN], None), "Normal: observation 2 must be finite, got NaN");
        assert_eq!(text(&[], None), "Normal: no observation of positive weight to fit to");
        assert_eq!(text(&[1.0], Some(&[-1.0])), "Normal: weight 1 must be finite and at least 0, got -1");
        assert_eq!(text(&[1.0], Some(&[])), "Normal: 0 weights for 1 observations");
    }
}
