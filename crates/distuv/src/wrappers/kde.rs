//! Kernel density estimates.
use super::moments::entropy;
use super::peak::peak;
use super::{Bandwidth, Kernel, ln_density, ln_value};
use crate::traits::solve;
use crate::{ContinuousDistribution, Error, check};
use ferronum_special::ln_sum_exp;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Kernel density estimate from a sample: a smooth law with a bump at each observation,
///
/// ```text
/// f(x) = Σ wᵢ K((x - xᵢ)/h) / h,    F(x) = Σ wᵢ ∫_{-∞}^{(x - xᵢ)/h} K
/// ```
///
/// K has standard deviation 1, h = bandwidth, wᵢ = 1/n or weights of sum 1.
///
/// # Special values
/// In a gap between the bumps of a kernel of finite reach the density is 0 and `score_x` is NaN; a quantile is any point of the gap.
///
/// # Accuracy
/// Exact sums over all observations, to a few ulp and the conditioning in `x`; an evaluation takes time in proportion to n. Moments in closed
/// form; entropy by quadrature to 1e-12.
///
/// # Source
/// Silverman, *Density Estimation for Statistics and Data Analysis* (1986).
///
/// # Examples
/// ```
/// use ferronum_distuv::{Bandwidth, ContinuousDistribution, Kde, Kernel};
/// let waits = [54.0, 62.0, 74.0, 79.0, 85.0];
/// let law = Kde::new(&waits, Kernel::Gaussian, Bandwidth::Silverman)?;
/// assert!((law.bandwidth() - 8.243297364).abs() < 1e-9);
/// assert!((law.mean() - 70.8).abs() < 1e-13);
/// assert!((law.cdf(law.median()) - 0.5).abs() < 1e-14);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Kde {
    /// Sorted observations.
    points: Vec<f64>,
    /// Their weights, with sum 1, and the running sums.
    weights: Vec<f64>,
    below: Vec<f64>,
    kernel: Kernel,
    bandwidth: f64,
}

impl Kde {
    /// Builds the estimate from a sample.
    ///
    /// # Errors
    /// [`Error::EmptyData`] for no data, [`Error::Data`] for an observation that is not finite, [`Error::InvalidParameter`] if a
    /// bandwidth is not positive and finite, [`Error::Degenerate`] if a rule gives none for the sample.
    pub fn new(sample: &[f64], kernel: Kernel, bandwidth: Bandwidth) -> Result<Self, Error> {
        Self::with_weights(sample, &vec![1.0; sample.len()], kernel, bandwidth)
    }

    /// Builds the estimate from a sample and weights, which need not add to 1. Observations of weight 0 do not count.
    ///
    /// # Errors
    /// As [`Self::new`]; [`Error::WeightCount`] and [`Error::Weight`] for wrong weights.
    pub fn with_weights(
        sample: &[f64],
        weights: &[f64],
        kernel: Kernel,
        bandwidth: Bandwidth,
    ) -> Result<Self, Error> {
        let pairs = check_sample("Kde", sample, weights)?;
        let points: Vec<f64> = pairs.iter().map(|(x, _)| *x).collect();
        let bandwidth = bandwidth.of(&points)?;
        check::positive("Kde", "bandwidth", bandwidth)?;
        let total: f64 = pairs.iter().map(|(_, w)| w).sum();
        let weights: Vec<f64> = pairs.iter().map(|(_, w)| w / total).collect();
        let below = weights
            .iter()
            .scan(0.0, |sum, w| {
                *sum += w;
                Some(*sum)
            })
            .collect();
        Ok(Self { points, weights, below, kernel, bandwidth })
    }

    /// Observations in their order.
    pub fn points(&self) -> &[f64] {
        &self.points
    }

    /// Weights of the observations in that order, with sum 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Kernel.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Bandwidth: the standard deviation of a bump.
    pub fn bandwidth(&self) -> f64 {
        self.bandwidth
    }

    fn parts(&self) -> impl Iterator<Item = (f64, f64)> {
        self.weights.iter().copied().zip(self.points.iter().copied())
    }

    /// Σ w f((x - xᵢ)/h).
    fn sum(&self, x: f64, f: impl Fn(f64) -> f64) -> f64 {
        self.parts().map(|(w, point)| w * f((x - point) / self.bandwidth)).sum()
    }

    fn ln_sum(&self, x: f64, f: impl Fn(f64) -> f64) -> f64 {
        let logs: Vec<f64> =
            self.parts().map(|(w, point)| w.ln() + f((x - point) / self.bandwidth)).collect();
        ln_sum_exp(&logs)
    }

    fn lower(&self, x: f64) -> f64 {
        self.sum(x, |z| self.kernel.cdf(z)).min(1.0)
    }

    fn upper(&self, x: f64) -> f64 {
        self.sum(x, |z| self.kernel.cdf(-z)).min(1.0)
    }

    /// Where x is at or beyond an end of the support: 0 below, 1 above.
    fn outside(&self, x: f64) -> Option<f64> {
        let (low, high) = self.support();
        if x.is_nan() {
            Some(x)
        } else if x <= low {
            Some(0.0)
        } else if x >= high {
            Some(1.0)
        } else {
            None
        }
    }

    /// Mean, and central moments of order 2 to 4 of the observations.
    fn moments(&self) -> [f64; 4] {
        let origin = self.points[0];
        let average = |f: &dyn Fn(f64) -> f64| self.parts().map(|(w, x)| w * f(x)).sum::<f64>();
        let mean = origin + average(&|x| x - origin);
        let mean = mean + average(&|x| x - mean);
        [
            mean,
            average(&|x| (x - mean).powi(2)),
            average(&|x| (x - mean).powi(3)),
            average(&|x| (x - mean).powi(4)),
        ]
    }

    /// The quantile lies within the bumps of the first and of the last observation.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
            return f64::NAN;
        }
        let h = self.bandwidth;
        // 40 standard deviations leave less than any positive f64.
        let reach = self.kernel.reach().min(40.0) * h;
        let bracket = (self.points[0] - reach, self.points[self.points.len() - 1] + reach);
        solve::root_between(self, p, q, bracket)
    }
}

/// Sorted observations of positive weight.
pub(super) fn check_sample(
    law: &'static str,
    sample: &[f64],
    weights: &[f64],
) -> Result<Vec<(f64, f64)>, Error> {
    let (expected, found) = (sample.len(), weights.len());
    if expected != found {
        return Err(Error::WeightCount { law, expected, found });
    }
    if let Some(i) = sample.iter().position(|x| !x.is_finite()) {
        return Err(Error::Data { law, position: i + 1, requirement: "finite", value: sample[i] });
    }
    if let Some(i) = weights.iter().position(|w| !(*w >= 0.0 && w.is_finite())) {
        return Err(Error::Weight { law, position: i + 1, value: weights[i] });
    }
    let total: f64 = weights.iter().sum();
    if total == f64::INFINITY {
        return Err(Error::Degenerate { law, reason: "the sum of the weights overflows" });
    }
    let pairs = sample.iter().copied().zip(weights.iter().copied());
    let mut pairs: Vec<(f64, f64)> = pairs.filter(|(_, w)| *w > 0.0).collect();
    if pairs.is_empty() {
        return Err(Error::EmptyData { law });
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(pairs)
}

impl ContinuousDistribution for Kde {
    fn support(&self) -> (f64, f64) {
        let reach = self.kernel.reach() * self.bandwidth;
        (self.points[0] - reach, self.points[self.points.len() - 1] + reach)
    }

    fn pdf(&self, x: f64) -> f64 {
        self.sum(x, |z| self.kernel.pdf(z)) / self.bandwidth
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        ln_density(self.pdf(x), || self.ln_sum(x, |z| self.kernel.ln_pdf(z)) - self.bandwidth.ln())
    }

    fn cdf(&self, x: f64) -> f64 {
        self.outside(x).unwrap_or_else(|| {
            let below = self.lower(x);
            if below > 0.5 { 1.0 - self.upper(x).min(0.5) } else { below }
        })
    }

    fn sf(&self, x: f64) -> f64 {
        self.outside(x).map_or_else(
            || {
                let above = self.upper(x);
                if above > 0.5 { 1.0 - self.lower(x).min(0.5) } else { above }
            },
            |below| 1.0 - below,
        )
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return below.ln();
        }
        ln_value(self.cdf(x), || self.upper(x), || self.ln_sum(x, |z| self.kernel.ln_cdf(z)))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return (1.0 - below).ln();
        }
        ln_value(self.sf(x), || self.lower(x), || self.ln_sum(x, |z| self.kernel.ln_cdf(-z)))
    }

    fn score_x(&self, x: f64) -> f64 {
        let total = self.ln_sum(x, |z| self.kernel.ln_pdf(z));
        let mut sum = 0.0;
        for (w, point) in self.parts() {
            let z = (x - point) / self.bandwidth;
            let share = w * (self.kernel.ln_pdf(z) - total).exp();
            if share != 0.0 {
                sum += share * self.kernel.score(z);
            }
        }
        sum / self.bandwidth
    }

    fn mean(&self) -> f64 {
        self.moments()[0]
    }

    fn variance(&self) -> f64 {
        self.moments()[1] + self.bandwidth * self.bandwidth
    }

    fn skewness(&self) -> f64 {
        let variance = self.variance();
        self.moments()[2] / (variance * variance.sqrt())
    }

    fn excess_kurtosis(&self) -> f64 {
        let [_, second, _, fourth] = self.moments();
        let (h2, variance) = (self.bandwidth * self.bandwidth, self.variance());
        (fourth + 6.0 * second * h2 + (self.kernel.excess_kurtosis() + 3.0) * h2 * h2) / variance / variance
            - 3.0
    }

    fn entropy(&self) -> f64 {
        let reach = self.kernel.reach() * self.bandwidth;
        let ends = self.points.iter().flat_map(|x| [x - reach, *x, x + reach]);
        let corners: Vec<f64> = ends.filter(|x| x.is_finite()).collect();
        entropy(self, if self.points.len() <= 1000 { &corners } else { &[] })
    }

    /// The best of the observations and of points between them, and the top next to it.
    fn mode(&self) -> f64 {
        peak(self, self.points.iter().copied())
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }
}

impl Distribution<f64> for Kde {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let u: f64 = rng.random();
        let i = self.below.partition_point(|sum| *sum <= u).min(self.points.len() - 1);
        self.bandwidth.mul_add(self.kernel.sample(rng), self.points[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Normal;

    #[test]
    fn one_observation_is_its_kernel() {
        let law = Kde::new(&[3.0], Kernel::Gaussian, Bandwidth::Fixed(0.5)).unwrap();
        let same = Normal::new(3.0, 0.5).unwrap();
        for x in [-15.0, 1.0, 3.0, 4.0, 30.0] {
            assert!((law.ln_pdf(x) / same.ln_pdf(x) - 1.0).abs() < 1e-14);
            assert!((law.ln_cdf(x) - same.ln_cdf(x)).abs() <= 1e-14 * same.ln_cdf(x).abs());
            assert!((law.ln_sf(x) - same.ln_sf(x)).abs() <= 1e-14 * same.ln_sf(x).abs());
        }
        assert!((law.entropy() - same.entropy()).abs() < 1e-12);
        assert_eq!((law.mean(), law.std_dev(), law.mode()), (3.0, 0.5, 3.0));
    }

    #[test]
    fn kernels_end() {
        for kernel in [
            Kernel::Epanechnikov,
            Kernel::Rectangular,
            Kernel::Triangular,
            Kernel::Biweight,
            Kernel::Triweight,
        ] {
            let law = Kde::new(&[0.0, 10.0], kernel, Bandwidth::Fixed(1.0)).unwrap();
            let (low, high) = law.support();
            assert_eq!((law.cdf(low), law.sf(high), law.pdf(5.0), law.cdf(5.0)), (0.0, 0.0, 0.0, 0.5));
            assert!(law.score_x(5.0).is_nan() && law.pdf(f64::NAN).is_nan() && law.cdf(f64::NAN).is_nan());
            assert!((law.variance() - 26.0).abs() < 1e-13);
        }
    }

    #[test]
    fn refusals() {
        let kde = |x: &[f64], h| Kde::new(x, Kernel::Gaussian, h);
        assert!(matches!(kde(&[], Bandwidth::Silverman), Err(Error::EmptyData { law: "Kde" })));
        assert!(matches!(kde(&[1.0, f64::NAN], Bandwidth::Silverman), Err(Error::Data { position: 2, .. })));
        for h in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(kde(&[1.0], Bandwidth::Fixed(h)), Err(Error::InvalidParameter { .. })));
        }
        assert!(matches!(kde(&[1.0], Bandwidth::Silverman), Err(Error::Degenerate { .. })));
        assert!(matches!(kde(&[1.0; 5], Bandwidth::SheatherJones), Err(Error::Degenerate { .. })));
        let short = Kde::with_weights(&[1.0, 2.0], &[1.0], Kernel::Gaussian, Bandwidth::Fixed(1.0));
        assert!(matches!(short, Err(Error::WeightCount { .. })));
        let wrong = Kde::with_weights(&[1.0, 2.0], &[1.0, -1.0], Kernel::Gaussian, Bandwidth::Fixed(1.0));
        assert!(matches!(wrong, Err(Error::Weight { position: 2, .. })));
    }
}
