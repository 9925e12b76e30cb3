//! The continuous uniform distribution.
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::Dd;
use rand::Rng;
use rand::distr::{Distribution, StandardUniform};

/// Uniform distribution on an interval, with density
///
/// ```text
/// f(x) = 1 / (b - a),    a ≤ x ≤ b,    a = lower < b = upper
/// ```
///
/// # Special values
/// Every point of the interval is a mode; [`mode`](ContinuousDistribution::mode) gives the middle.
///
/// # Accuracy
/// 2 ulp for every function: differences from the ends are exact.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 26.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Uniform};
/// let law = Uniform::new(2.0, 6.0)?;
/// assert_eq!((law.cdf(3.0), law.quantile(0.75), law.mean()), (0.25, 5.0, 4.0));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniform {
    lower: f64,
    upper: f64,
}

impl Uniform {
    /// Builds the distribution from the ends of its interval.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `lower` is not finite, or `upper` is not above it by a finite number.
    pub fn new(lower: f64, upper: f64) -> Result<Self, Error> {
        check::finite("Uniform", "lower", lower)?;
        let holds = upper > lower && (upper - lower).is_finite();
        check::require(holds, "Uniform", "upper", "above lower by a finite number", upper)?;
        Ok(Self { lower, upper })
    }

    /// The interval from 0 to 1.
    pub const fn standard() -> Self {
        Self { lower: 0.0, upper: 1.0 }
    }

    /// Lower end.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// Upper end.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats; ∞ if this law leaves the interval of `other`.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.lower >= other.lower && self.upper <= other.upper {
            let beyond = (self.lower - other.lower) + (other.upper - self.upper);
            (beyond / (self.upper - self.lower)).ln_1p()
        } else {
            f64::INFINITY
        }
    }

    fn width(&self) -> Dd {
        Dd::sum(self.upper, -self.lower)
    }

    fn holds(&self, x: f64) -> bool {
        x >= self.lower && x <= self.upper
    }
}

impl ContinuousDistribution for Uniform {
    fn support(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.holds(x) {
            1.0 / (self.upper - self.lower)
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.holds(x) { -(self.upper - self.lower).ln() } else { self.pdf(x).ln() }
    }

    fn cdf(&self, x: f64) -> f64 {
        (Dd::sum(x.clamp(self.lower, self.upper), -self.lower) / self.width()).hi()
    }

    fn sf(&self, x: f64) -> f64 {
        (Dd::sum(self.upper, -x.clamp(self.lower, self.upper)) / self.width()).hi()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let (cdf, sf) = (self.cdf(x), self.sf(x));
        if cdf < sf { cdf.ln() } else { (-sf).ln_1p() }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        let (cdf, sf) = (self.cdf(x), self.sf(x));
        if sf < cdf { sf.ln() } else { (-cdf).ln_1p() }
    }

    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { (self.width() * p + self.lower).hi() } else { f64::NAN }
    }

    fn isf(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { (-(self.width() * p) + self.upper).hi() } else { f64::NAN }
    }

    fn score_x(&self, x: f64) -> f64 {
        if self.holds(x) { 0.0 } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        0.5 * self.lower + 0.5 * self.upper
    }

    fn variance(&self) -> f64 {
        let width = self.upper - self.lower;
        width * width / 12.0
    }

    fn std_dev(&self) -> f64 {
        (self.upper - self.lower) / 12f64.sqrt()
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        -1.2
    }

    fn entropy(&self) -> f64 {
        (self.upper - self.lower).ln()
    }

    fn mode(&self) -> f64 {
        self.mean()
    }

    fn median(&self) -> f64 {
        self.mean()
    }
}

impl Distribution<f64> for Uniform {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let u: f64 = StandardUniform.sample(rng);
        (self.lower + (self.upper - self.lower) * u).min(self.upper)
    }
}

impl Parametric for Uniform {
    type Outcome = f64;
    const LAW: &'static str = "Uniform";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("lower", Domain::End), Parameter::new("upper", Domain::End)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.lower, self.upper]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        let slope = if self.holds(x) { 1.0 / (self.upper - self.lower) } else { f64::NAN };
        out[0] = slope;
        out[1] = -slope;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let half = 3f64.sqrt() * sample.std_dev();
        Ok(vec![sample.mean() - half, sample.mean() + half])
    }

    /// The smallest and the largest observation.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let lower = fixed[0].unwrap_or(sample.min());
        let upper = fixed[1].unwrap_or(sample.max());
        if lower > sample.min() || upper < sample.max() {
            return Err(sample.degenerate("an observation lies beyond an end that is held fixed"));
        }
        if lower == upper {
            sample.expect_spread()?;
        }
        Ok(Some(vec![lower, upper]))
    }
}
