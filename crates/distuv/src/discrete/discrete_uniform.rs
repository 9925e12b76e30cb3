//! The uniform distribution on consecutive integers.
use crate::fit::Sample;
use crate::traits::{expect_parameters, smallest_near};
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::Dd;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Uniform distribution on the integers from `lower` to `upper`, both included,
///
/// ```text
/// p(k) = 1/n,    n = upper - lower + 1
/// ```
///
/// # Special values
/// Where both ends are the same the variance is 0 and skewness and kurtosis are NaN.
///
/// # Accuracy
/// 2 ulp.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, DiscreteUniform};
/// let die = DiscreteUniform::new(1, 6)?;
/// assert_eq!((die.mean(), die.sf(4)), (3.5, 1.0 / 3.0));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiscreteUniform {
    lower: i64,
    upper: i64,
}

impl DiscreteUniform {
    /// Largest size of an end.
    const FARTHEST: i64 = 1 << 62;

    /// Builds the distribution from the smallest and the largest value.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if an end is beyond ±2⁶², or `upper` below `lower`.
    pub fn new(lower: i64, upper: i64) -> Result<Self, Error> {
        let within = |end: i64| (-Self::FARTHEST..=Self::FARTHEST).contains(&end);
        check::require(within(lower), "DiscreteUniform", "lower", "at most 2^62 in size", lower as f64)?;
        check::require(within(upper), "DiscreteUniform", "upper", "at most 2^62 in size", upper as f64)?;
        check::require(upper >= lower, "DiscreteUniform", "upper", "at least lower", upper as f64)?;
        Ok(Self { lower, upper })
    }

    /// The smallest value.
    pub fn lower(&self) -> i64 {
        self.lower
    }

    /// The largest value.
    pub fn upper(&self) -> i64 {
        self.upper
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats; ∞ where `other` excludes a value that this law has.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if other.lower > self.lower || other.upper < self.upper {
            return f64::INFINITY;
        }
        (difference(other.count(), self.count()) / self.size()).to_f64().ln_1p()
    }

    /// The number n of values.
    fn count(&self) -> u64 {
        self.upper.abs_diff(self.lower) + 1
    }

    fn size(&self) -> Dd {
        difference(self.count(), 0)
    }

    /// n²: of the difference n² - 1 the other factor is exact.
    fn square(&self) -> f64 {
        (self.size() * self.size()).to_f64()
    }

    fn square_minus_1(&self) -> f64 {
        ((self.size() - 1.0) * (self.size() + 1.0)).to_f64()
    }

    /// `part`/n.
    fn share(&self, part: u64) -> f64 {
        (difference(part, 0) / self.size()).to_f64()
    }

    /// The value with about the share p below it.
    fn near(&self, p: f64) -> i64 {
        let at = i128::from(self.lower) + (p.clamp(0.0, 1.0) * self.size().hi()) as i128 - 1;
        at.clamp(i128::from(self.lower), i128::from(self.upper)) as i64
    }
}

/// a - b without rounding.
fn difference(a: u64, b: u64) -> Dd {
    let (exact, high) = (a - b, (a - b) as f64);
    Dd::sum(high, (i128::from(exact) - high as i128) as f64)
}

impl DiscreteDistribution for DiscreteUniform {
    fn support(&self) -> (i64, i64) {
        (self.lower, self.upper)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < self.lower || k > self.upper { 0.0 } else { self.share(1) }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < self.lower || k > self.upper { f64::NEG_INFINITY } else { -self.entropy() }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < self.lower { 0.0 } else { self.share(k.min(self.upper).abs_diff(self.lower) + 1) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < self.lower { 1.0 } else { self.share(self.upper.abs_diff(k.min(self.upper))) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        let (value, rest) = (self.cdf(k), self.sf(k));
        if rest < 0.5 { (-rest).ln_1p() } else { value.ln() }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        let (value, rest) = (self.sf(k), self.cdf(k));
        if rest < 0.5 { (-rest).ln_1p() } else { value.ln() }
    }

    fn mean(&self) -> f64 {
        let twice = i128::from(self.lower) + i128::from(self.upper);
        0.5 * twice as f64
    }

    fn variance(&self) -> f64 {
        self.square_minus_1() / 12.0
    }

    fn skewness(&self) -> f64 {
        if self.count() == 1 { f64::NAN } else { 0.0 }
    }

    fn excess_kurtosis(&self) -> f64 {
        if self.count() == 1 { f64::NAN } else { -1.2 * ((self.square() + 1.0) / self.square_minus_1()) }
    }

    fn entropy(&self) -> f64 {
        self.size().to_f64().ln()
    }

    fn mode(&self) -> i64 {
        self.lower
    }

    fn quantile(&self, p: f64) -> Option<i64> {
        smallest_near(self, p, self.near(p), 1, |k| self.cdf(k) >= p)
    }

    fn isf(&self, p: f64) -> Option<i64> {
        smallest_near(self, p, self.near(1.0 - p), 1, |k| self.sf(k) <= p)
    }
}

impl Distribution<i64> for DiscreteUniform {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        rng.random_range(self.lower..=self.upper)
    }
}

impl Parametric for DiscreteUniform {
    type Outcome = i64;
    const LAW: &'static str = "DiscreteUniform";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("lower", Domain::End), Parameter::new("upper", Domain::End)];
    const DATA: DataDomain = DataDomain::Real;

    /// Ends beyond 2⁵³ are rounded.
    fn parameters(&self) -> Vec<f64> {
        vec![self.lower as f64, self.upper as f64]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        let whole = |name, value| check::whole("DiscreteUniform", name, value);
        Self::new(whole("lower", values[0])?, whole("upper", values[1])?)
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    /// NaN: the likelihood has no slope in the ends.
    fn score(&self, _: i64, out: &mut [f64]) {
        out[..2].fill(f64::NAN);
    }

    /// mean ± (√(12 variance + 1) - 1)/2, rounded.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        let half = 0.5 * ((12.0 * sample.variance() + 1.0).sqrt() - 1.0);
        Ok(vec![(sample.mean() - half).round(), (sample.mean() + half).round()])
    }

    /// The smallest and the largest count.
    fn closed_form(sample: &Sample<'_, i64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (lower, upper) = (fixed[0].unwrap_or(sample.min()), fixed[1].unwrap_or(sample.max()));
        if sample.min() < lower || sample.max() > upper {
            return Err(sample.degenerate("a count lies outside the ends that are held"));
        }
        Ok(Some(vec![lower, upper]))
    }
}
