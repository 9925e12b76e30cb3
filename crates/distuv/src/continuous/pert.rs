//! The PERT distribution.
use crate::continuous::beta::{OddsSampler, beta_entropy, lean_and_peak, ln_ratio, power_slope};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, Scaled, beta_inc_inv_pair, ln_minus_digamma};
use rand::Rng;
use rand::distr::Distribution;

/// PERT distribution: a beta law on an interval, set by its ends and its mode, as experts state them, with density
///
/// ```text
/// f(x) = (x - min)^(α-1) (max - x)^(β-1) / (B(α, β) (max - min)^5),    min ≤ x ≤ max
/// α = 1 + 4 (mode - min)/(max - min),    β = 1 + 4 (max - mode)/(max - min)
/// ```
///
/// The mean is (min + 4 mode + max)/6.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`; that is severe next to an end of the support, where only
/// the distance from the end has a meaning. The shapes are held in double-double.
///
/// # Source
/// Malcolm, Roseboom, Clark & Fazar, *Operations Research* 7 (1959) 646–669; cdf by [`IncompleteBeta`].
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Pert};
/// let weeks = Pert::new(2.0, 3.0, 10.0)?;
/// assert_eq!((weeks.mean(), weeks.mode()), (4.0, 3.0));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pert {
    min: f64,
    mode: f64,
    max: f64,
    /// α and β with what rounding took from them.
    alpha: (f64, f64),
    beta: (f64, f64),
    odds: OddsSampler,
}

impl Pert {
    /// Builds the distribution from the ends of the support and the mode.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if a parameter or the width is not finite, or min < max or min ≤ mode ≤ max does not hold.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, Error> {
        check::finite("Pert", "min", min)?;
        check::finite("Pert", "mode", mode)?;
        check::finite("Pert", "max", max)?;
        let width = max - min;
        check::require(max > min && width.is_finite(), "Pert", "max", "above min by a finite width", max)?;
        check::require(min <= mode && mode <= max, "Pert", "mode", "between min and max", mode)?;
        let shape = |distance: Dd| distance / Dd::sum(max, -min) * 4.0 + 1.0;
        let alpha = shape(Dd::sum(mode, -min));
        let beta = shape(Dd::sum(max, -mode));
        let odds = OddsSampler::new("Pert", alpha.hi(), beta.hi())?;
        Ok(Self { min, mode, max, alpha: (alpha.hi(), alpha.lo()), beta: (beta.hi(), beta.lo()), odds })
    }

    /// Lower end of the support.
    pub fn min(&self) -> f64 {
        self.min
    }

    /// Upper end of the support.
    pub fn max(&self) -> f64 {
        self.max
    }

    fn width(&self) -> f64 {
        self.max - self.min
    }

    fn shapes(&self) -> (Dd, Dd) {
        (Dd::from_parts(self.alpha.0, self.alpha.1), Dd::from_parts(self.beta.0, self.beta.1))
    }

    fn tails(&self, x: f64) -> IncompleteBeta {
        // Not clamp: NaN stays.
        let x = if x < self.min {
            self.min
        } else if x > self.max {
            self.max
        } else {
            x
        };
        let (from, to) = (Dd::sum(x, -self.min), Dd::sum(self.max, -x));
        IncompleteBeta::from_ratio(self.alpha.0, self.beta.0, from, to)
    }

    /// What the rounding of the shapes leaves out in the logarithm of the density: (dα, dβ) times the score.
    fn correction(&self, x: f64) -> f64 {
        let (up, down) = self.shape_scores(x);
        self.alpha.1 * up + self.beta.1 * down
    }

    /// ∂α and ∂β of ln f, without the terms ψ(α + β), which cancel as α + β = 6.
    fn shape_scores(&self, x: f64) -> (f64, f64) {
        let part =
            |distance: f64, shape: f64| ln_ratio(distance / self.width(), shape) + ln_minus_digamma(shape);
        (part(x - self.min, self.alpha.0), part(self.max - x, self.beta.0))
    }

    fn inside(&self, x: f64) -> bool {
        x > self.min && x < self.max
    }

    fn density(&self, x: f64) -> Scaled {
        let weight = self.tails(x).weight().times(1.0 + self.correction(x));
        weight.over(x - self.min).over(self.max - x).times(self.width())
    }

    /// Far in a tail the logarithm of the tail moves with the shapes as that of the density does.
    fn tail_correction(&self, x: f64) -> f64 {
        let share = (x - self.min) / self.width();
        if self.inside(x) && !(1e-8..=1.0 - 1e-8).contains(&share) { self.correction(x) } else { 0.0 }
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        let (x, y) = beta_inc_inv_pair(self.alpha.0, self.beta.0, p, q);
        let width = self.width();
        let from_end = if x <= y { x.mul_add(width, self.min) } else { (-y).mul_add(width, self.max) };
        if from_end.is_nan() { from_end } else { from_end.clamp(self.min, self.max) }
    }
}

impl ContinuousDistribution for Pert {
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.inside(x) {
            self.density(x).value()
        } else if x == self.mode {
            5.0 / self.width() // an end with shape 1
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.inside(x) { self.density(x).ln() } else { self.pdf(x).ln() }
    }

    fn cdf(&self, x: f64) -> f64 {
        let cdf = self.tails(x).lower();
        if x < self.mode { cdf * (1.0 + self.tail_correction(x)) } else { cdf }
    }

    fn sf(&self, x: f64) -> f64 {
        let sf = self.tails(x).upper();
        if x > self.mode { sf * (1.0 + self.tail_correction(x)) } else { sf }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_lower()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_upper()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// (α - 1)/(x - min) - (β - 1)/(max - x).
    fn score_x(&self, x: f64) -> f64 {
        if x >= self.min && x <= self.max {
            power_slope(self.alpha.0 - 1.0, x - self.min) - power_slope(self.beta.0 - 1.0, self.max - x)
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        let ends = Dd::sum(0.25 * self.min, 0.25 * self.max);
        ((ends + self.mode) * (2.0 / 3.0) + (ends + self.mode) * (Dd::from(2.0) / Dd::from(3.0) - 2.0 / 3.0))
            .to_f64()
    }

    /// (mean - min)(max - mean)/7.
    fn variance(&self) -> f64 {
        let width = self.width() / 6.0;
        width * self.alpha.0 * (width * self.beta.0) / 7.0
    }

    fn skewness(&self) -> f64 {
        let (a, b) = self.shapes();
        lean_and_peak(a, b).0
    }

    fn excess_kurtosis(&self) -> f64 {
        let (a, b) = self.shapes();
        lean_and_peak(a, b).1
    }

    fn entropy(&self) -> f64 {
        beta_entropy(self.alpha.0, self.beta.0) + self.width().ln()
    }

    fn mode(&self) -> f64 {
        self.mode
    }
}

impl Distribution<f64> for Pert {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.odds.share(rng).mul_add(self.width(), self.min).clamp(self.min, self.max)
    }
}

impl Parametric for Pert {
    type Outcome = f64;
    const LAW: &'static str = "Pert";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("min", Domain::End),
        Parameter::new("mode", Domain::Location),
        Parameter::new("max", Domain::End),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.min, self.mode, self.max]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With w = max - min and the scores A, B of the shapes (less ψ(α + β)):
    /// ∂mode = 4 (A - B)/w, ∂min = (5 + (β - 1)(B - A))/w - (α - 1)/(x - min), ∂max = (β - 1)/(max - x) - (5 + (α - 1)(A - B))/w.
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(x >= self.min && x <= self.max) {
            out[..3].fill(f64::NAN);
            return;
        }
        let width = self.width();
        let (up, down) = self.shape_scores(x);
        let (a, b) = (self.alpha.0 - 1.0, self.beta.0 - 1.0);
        out[0] = (5.0 + b * (down - up)) / width - power_slope(a, x - self.min);
        out[1] = 4.0 * (up - down) / width;
        out[2] = power_slope(b, self.max - x) - (5.0 + a * (up - down)) / width;
    }

    /// The ends of the sample, and the mode that gives its mean.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (min, max) = (sample.min(), sample.max());
        let mode = (1.5 * sample.mean() - 0.25 * min - 0.25 * max).clamp(min, max);
        Ok(vec![min, mode, max])
    }
}
