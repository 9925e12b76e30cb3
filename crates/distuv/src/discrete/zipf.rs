//! Zipf's distribution.
use super::beta_tails::{power, whole};
use super::sums::{self, ln, value};
use super::zeta::pareto_exponent;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Zipf's distribution, a power law on 1, …, N,
///
/// ```text
/// p(k) = k^-s/H,    H = Σ_{j=1}^{N} j^-s,    s = exponent ≥ 0,  N = size ≤ 2⁵³
/// ```
///
/// # Special values
/// N = 1 puts all probability at 1: variance 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 1e-14 for probabilities, tails and their logarithms; quantiles are exact with respect to `cdf` and `sf`.
///
/// # Source
/// All sums by `sums::total`: 20 terms for each doubling of k. Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed.
/// (2005), §11.2.20.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Zipf};
/// let words = Zipf::new(1.0, 3)?; // weights 1, 1/2, 1/3
/// assert!((words.pmf(1) - 6.0 / 11.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zipf {
    exponent: f64,
    size: i64,
    /// H.
    total: f64,
}

impl Zipf {
    /// Builds the distribution from its exponent s and the largest value N.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `exponent` is negative or not finite, or `size` not between 1 and 2⁵³.
    pub fn new(exponent: f64, size: i64) -> Result<Self, Error> {
        let holds = (0.0..f64::INFINITY).contains(&exponent);
        check::require(holds, "Zipf", "exponent", "finite and at least 0", exponent)?;
        let holds = (1..=1 << 53).contains(&size);
        check::require(holds, "Zipf", "size", "between 1 and 2^53", size as f64)?;
        Ok(Self { exponent, size, total: sums::power_sum(exponent, size) })
    }

    /// Exponent s.
    pub fn exponent(&self) -> f64 {
        self.exponent
    }

    /// Largest value N.
    pub fn size(&self) -> i64 {
        self.size
    }

    fn probability(&self, k: i64) -> Scaled {
        power(ln_dd(whole(k)), Dd::from(-self.exponent)).times(1.0 / self.total)
    }

    /// P(X > k) if `upper`, else P(X ≤ k), for 1 ≤ k < N.
    fn tail(&self, k: i64, upper: bool) -> Scaled {
        if !upper {
            return Scaled::plain(sums::power_sum(self.exponent, k) / self.total);
        }
        let (first, s) = (k as f64 + 1.0, self.exponent);
        let relative = |t: f64| (-s * (t / first).ln_1p()).exp();
        let scale = |t: f64| (first + t) * (8.0 / s).min(1.0);
        self.probability(k + 1).times(sums::total(relative, scale, (self.size - k - 1) as f64))
    }

    fn side(&self, k: i64, upper: bool) -> (Scaled, bool) {
        let first = self.tail(k, true);
        if first.value() > 0.5 { (self.tail(k, false), !upper) } else { (first, upper) }
    }

    fn moments(&self) -> [f64; 4] {
        let s = self.exponent;
        let scale = |t: f64| (1.0 + t) * (8.0 / s).min(1.0);
        sums::moments(|t| (1.0 + t).powf(-s), scale, (self.size - 1) as f64)
    }

    /// E ln k.
    fn mean_ln(&self) -> f64 {
        let s = self.exponent;
        let scale = |t: f64| (1.0 + t) * (8.0 / s).min(1.0);
        sums::total(|t| t.ln_1p() * (1.0 + t).powf(-s), scale, (self.size - 1) as f64) / self.total
    }
}

impl DiscreteDistribution for Zipf {
    fn support(&self) -> (i64, i64) {
        (1, self.size)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 1 || k > self.size { 0.0 } else { self.probability(k).value() }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < 1 || k > self.size {
            f64::NEG_INFINITY
        } else if k == 1 && self.total < 1.5 && self.size > 1 {
            (-self.tail(1, true).value()).ln_1p()
        } else {
            self.probability(k).ln()
        }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 1 || k >= self.size { f64::from(u8::from(k >= 1)) } else { value(self.side(k, false)) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 1 || k >= self.size { f64::from(u8::from(k < 1)) } else { value(self.side(k, true)) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 1 || k >= self.size { self.cdf(k).ln() } else { ln(self.side(k, false)) }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 1 || k >= self.size { self.sf(k).ln() } else { ln(self.side(k, true)) }
    }

    fn mean(&self) -> f64 {
        1.0 + self.moments()[0]
    }

    fn variance(&self) -> f64 {
        self.moments()[1]
    }

    fn skewness(&self) -> f64 {
        self.moments()[2]
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments()[3]
    }

    /// ln H + s E ln k.
    fn entropy(&self) -> f64 {
        self.exponent * self.mean_ln() - self.ln_pmf(1)
    }

    fn mode(&self) -> i64 {
        1
    }
}

impl Distribution<i64> for Zipf {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        // `rand_distr` refuses no parameters that the constructor takes.
        rand_distr::Zipf::new(self.size as f64, self.exponent).map_or(1, |law| law.sample(rng) as i64)
    }
}

impl Parametric for Zipf {
    type Outcome = i64;
    const LAW: &'static str = "Zipf";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("exponent", Domain::Real), Parameter::new("size", Domain::Count)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.exponent, self.size as f64]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], check::whole("Zipf", "size", values[1])?)
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        out[0] = if k < 1 || k > self.size { f64::NAN } else { self.mean_ln() - (k as f64).ln() };
        out[1] = f64::NAN;
    }

    /// The exponent as for [`Zeta`](crate::Zeta), and the largest count.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        Ok(vec![pareto_exponent(sample)?, sample.max()])
    }
}
