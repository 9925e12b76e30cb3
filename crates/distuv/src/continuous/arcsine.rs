//! The arcsine distribution.
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::Dd;
use rand::Rng;
use rand::distr::{Distribution, StandardUniform};
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, PI};

/// Arcsine distribution on an interval, with density
///
/// ```text
/// f(x) = 1 / (π √((x - a)(b - x))),    a ≤ x ≤ b,    a = lower < b = upper
/// ```
///
/// # Special values
/// The density is ∞ at both ends; [`mode`](ContinuousDistribution::mode) gives the lower one.
///
/// # Accuracy
/// 4 ulp for every function: distances from the ends are exact.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 25.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Arcsine, ContinuousDistribution};
/// let law = Arcsine::new(0.0, 1.0)?;
/// assert!((law.cdf(0.25) - 1.0 / 3.0).abs() < 1e-16);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arcsine {
    lower: f64,
    upper: f64,
}

impl Arcsine {
    /// Builds the distribution from the ends of its interval.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `lower` is not finite, or `upper` is not above it by a finite number.
    pub fn new(lower: f64, upper: f64) -> Result<Self, Error> {
        check::finite("Arcsine", "lower", lower)?;
        let holds = upper > lower && (upper - lower).is_finite();
        check::require(holds, "Arcsine", "upper", "above lower by a finite number", upper)?;
        Ok(Self { lower, upper })
    }

    /// Lower end.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// Upper end.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    fn width(&self) -> Dd {
        Dd::sum(self.upper, -self.lower)
    }

    fn holds(&self, x: f64) -> bool {
        x >= self.lower && x <= self.upper
    }

    /// (2/π) arcsin √(d/(b - a)), d the distance from an end, for d at most half the width; else by the other end.
    fn share(&self, near: Dd, far: Dd) -> f64 {
        if near.hi() <= far.hi() {
            FRAC_2_PI * (near / self.width()).hi().sqrt().asin()
        } else {
            1.0 - FRAC_2_PI * (far / self.width()).hi().sqrt().asin()
        }
    }

    /// Distances from the lower and the upper end, x clamped between them.
    fn distances(&self, x: f64) -> (Dd, Dd) {
        let x = x.clamp(self.lower, self.upper);
        (Dd::sum(x, -self.lower), Dd::sum(self.upper, -x))
    }

    /// The point with the probability ½ + d below it.
    fn beyond_middle(&self, d: f64) -> f64 {
        let middle = Dd::from(0.5 * self.lower) + 0.5 * self.upper;
        (middle + self.width() * (0.5 * (PI * d).sin())).hi()
    }

    /// The distance from an end that holds the probability p ≤ ½.
    fn reach(&self, p: f64) -> f64 {
        let sine = (FRAC_PI_2 * p).sin();
        (self.width() * (sine * sine)).hi()
    }
}

fn ln_of(value: f64, other: f64) -> f64 {
    if value < other { value.ln() } else { (-other).ln_1p() }
}

impl ContinuousDistribution for Arcsine {
    fn support(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.holds(x) {
            1.0 / (PI * (x - self.lower).sqrt() * (self.upper - x).sqrt())
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.pdf(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        let (lower, upper) = self.distances(x);
        self.share(lower, upper)
    }

    fn sf(&self, x: f64) -> f64 {
        let (lower, upper) = self.distances(x);
        self.share(upper, lower)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        ln_of(self.cdf(x), self.sf(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_of(self.sf(x), self.cdf(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p < 0.25 {
            self.lower + self.reach(p)
        } else if p <= 0.75 {
            self.beyond_middle(p - 0.5)
        } else {
            self.upper - self.reach(1.0 - p)
        }
    }

    fn isf(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p < 0.25 {
            self.upper - self.reach(p)
        } else if p <= 0.75 {
            self.beyond_middle(0.5 - p)
        } else {
            self.lower + self.reach(1.0 - p)
        }
    }

    /// ½ (1/(b - x) - 1/(x - a)).
    fn score_x(&self, x: f64) -> f64 {
        if self.holds(x) { 0.5 / (self.upper - x) - 0.5 / (x - self.lower) } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        0.5 * self.lower + 0.5 * self.upper
    }

    fn variance(&self) -> f64 {
        let width = self.width().hi();
        0.125 * width * width
    }

    fn std_dev(&self) -> f64 {
        self.width().hi() * 0.125f64.sqrt()
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        -1.5
    }

    fn entropy(&self) -> f64 {
        (0.25 * PI).ln() + self.width().hi().ln()
    }

    fn mode(&self) -> f64 {
        self.lower
    }

    fn median(&self) -> f64 {
        self.mean()
    }
}

impl Distribution<f64> for Arcsine {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(StandardUniform.sample(rng))
    }
}

impl Parametric for Arcsine {
    type Outcome = f64;
    const LAW: &'static str = "Arcsine";
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
        let holds = self.holds(x);
        out[0] = if holds { 0.5 / (x - self.lower) } else { f64::NAN };
        out[1] = if holds { -0.5 / (self.upper - x) } else { f64::NAN };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let half = std::f64::consts::SQRT_2 * sample.std_dev();
        Ok(vec![sample.mean() - half, sample.mean() + half])
    }

    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (Some(lower), Some(upper)) = (fixed[0], fixed[1]) else {
            let reason =
                "the likelihood is infinite where an end meets an observation; use the method of moments";
            return Err(sample.degenerate(reason));
        };
        if lower > sample.min() || upper < sample.max() {
            return Err(sample.degenerate("an observation lies beyond an end that is held fixed"));
        }
        Ok(Some(vec![lower, upper]))
    }
}
