//! The triangular distribution.
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::Dd;
use rand::Rng;
use rand::distr::{Distribution, StandardUniform};
use std::f64::consts::{LN_2, SQRT_2};

/// Triangular distribution: a density that rises linearly from a to c and falls linearly to b,
///
/// ```text
/// f(x) = 2(x - a)/((b - a)(c - a)) for a ≤ x ≤ c,    2(b - x)/((b - a)(b - c)) for c ≤ x ≤ b
/// a = lower ≤ c = mode ≤ b = upper, a < b
/// ```
///
/// # Accuracy
/// 4 ulp for every function: each tail is a sum of positive terms.
///
/// # Source
/// Kotz & van Dorp, *Beyond Beta* (2004), ch. 1; the likelihood estimate of the mode: Oliver, *The American Statistician* 26 (1972) 43.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Triangular};
/// let law = Triangular::new(0.0, 4.0, 1.0)?;
/// assert_eq!((law.cdf(1.0), law.sf(2.0), law.pdf(1.0)), (0.25, 1.0 / 3.0, 0.5));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangular {
    lower: f64,
    upper: f64,
    mode: f64,
}

impl Triangular {
    /// Builds the distribution from its ends and its mode.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `lower` is not finite, `upper` is not above it by a finite number, or `mode` is not between them.
    pub fn new(lower: f64, upper: f64, mode: f64) -> Result<Self, Error> {
        check::finite("Triangular", "lower", lower)?;
        let holds = upper > lower && (upper - lower).is_finite();
        check::require(holds, "Triangular", "upper", "above lower by a finite number", upper)?;
        check::require(
            mode >= lower && mode <= upper,
            "Triangular",
            "mode",
            "between lower and upper",
            mode,
        )?;
        Ok(Self { lower, upper, mode })
    }

    /// Lower end.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// Upper end.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    fn width(&self) -> f64 {
        self.upper - self.lower
    }

    fn rise(&self) -> f64 {
        self.mode - self.lower
    }

    fn fall(&self) -> f64 {
        self.upper - self.mode
    }

    fn holds(&self, x: f64) -> bool {
        x >= self.lower && x <= self.upper
    }

    /// cdf and sf, each a sum of positive terms.
    fn tails(&self, x: f64) -> (Tail, Tail) {
        let (u, v, w) = (self.rise(), self.fall(), self.width());
        if x <= self.lower {
            (Tail::ZERO, Tail::ONE)
        } else if x >= self.upper {
            (Tail::ONE, Tail::ZERO)
        } else if x <= self.mode {
            Tail::pair(x - self.lower, self.mode - x, u, v, w)
        } else {
            let (sf, cdf) = Tail::pair(self.upper - x, x - self.mode, v, u, w);
            (cdf, sf)
        }
    }
}

/// A probability d · factor.
#[derive(Debug, Clone, Copy)]
struct Tail {
    d: f64,
    factor: f64,
}

impl Tail {
    const ZERO: Self = Self { d: 0.0, factor: 1.0 };
    const ONE: Self = Self { d: 1.0, factor: 1.0 };

    /// The tail that ends d away in a side of length u, d²/(uw), and the other one, (v + s(2u - s)/u)/w at s = u - d from the mode.
    fn pair(d: f64, s: f64, u: f64, v: f64, w: f64) -> (Self, Self) {
        let here = Self { d, factor: d / u / w };
        let value = here.value();
        let rest = if value < 0.25 { 1.0 - value } else { (v + s * ((2.0 * u - s) / u)) / w };
        (here, Self { d: rest, factor: 1.0 })
    }

    fn value(self) -> f64 {
        self.d * self.factor
    }

    /// The logarithm, given the other tail.
    fn ln(self, other: Self) -> f64 {
        let value = self.value();
        if value < 1e-290 {
            self.d.ln() + self.factor.ln()
        } else if value < 0.5 {
            value.ln()
        } else {
            (-other.value()).ln_1p()
        }
    }
}

/// The point with the probability p before it, in the side of length v that follows the side of length u: its distance r from the
/// far end (`true`), or from the mode, s = v(pw - u)/(v + r), which solves u + s(2v - s)/v = pw.
fn beyond_mode(p: f64, u: f64, v: f64, w: f64) -> (bool, f64) {
    let r = ((1.0 - p) * w).sqrt() * v.sqrt();
    if r < 0.5 * v { (true, r) } else { (false, v * ((p * w - u) / (v + r))) }
}

impl ContinuousDistribution for Triangular {
    fn support(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if !self.holds(x) {
            0.0
        } else if x < self.mode {
            2.0 * ((x - self.lower) / self.rise()) / self.width()
        } else if x > self.mode {
            2.0 * ((self.upper - x) / self.fall()) / self.width()
        } else {
            2.0 / self.width()
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.pdf(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.tails(x).0.value() }
    }

    fn sf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.tails(x).1.value() }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let (cdf, sf) = self.tails(x);
        if x.is_nan() { x } else { cdf.ln(sf) }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        let (cdf, sf) = self.tails(x);
        if x.is_nan() { x } else { sf.ln(cdf) }
    }

    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p == 1.0 {
            self.upper
        } else if p * self.width() <= self.rise() {
            (self.lower + (p * self.width()).sqrt() * self.rise().sqrt()).min(self.mode)
        } else {
            let (near, distance) = beyond_mode(p, self.rise(), self.fall(), self.width());
            if near { self.upper - distance } else { self.mode + distance }
        }
    }

    fn isf(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p == 1.0 {
            self.lower
        } else if p * self.width() <= self.fall() {
            (self.upper - (p * self.width()).sqrt() * self.fall().sqrt()).max(self.mode)
        } else {
            let (near, distance) = beyond_mode(p, self.fall(), self.rise(), self.width());
            if near { self.lower + distance } else { self.mode - distance }
        }
    }

    fn score_x(&self, x: f64) -> f64 {
        if !self.holds(x) {
            f64::NAN
        } else if x < self.mode {
            1.0 / (x - self.lower)
        } else if self.fall() == 0.0 {
            f64::NEG_INFINITY
        } else {
            -1.0 / (self.upper - x)
        }
    }

    fn mean(&self) -> f64 {
        ((Dd::sum(self.lower, self.upper) + self.mode) / 3.0).hi()
    }

    fn variance(&self) -> f64 {
        let (u, v) = (self.rise(), self.fall());
        (u * u + u * v + v * v) / 18.0
    }

    /// √2 (v - u)(2u + v)(u + 2v)/(5 (u² + uv + v²)^(3/2)) with u = c - a, v = b - c.
    fn skewness(&self) -> f64 {
        let w = self.width();
        let (u, v) = (self.rise() / w, self.fall() / w);
        let lean = (Dd::sum(self.upper, -self.mode) - Dd::sum(self.mode, -self.lower)).hi() / w;
        SQRT_2 * lean * (2.0 * u + v) * (u + 2.0 * v) / (5.0 * (u * u + u * v + v * v).powf(1.5))
    }

    fn excess_kurtosis(&self) -> f64 {
        -0.6
    }

    fn entropy(&self) -> f64 {
        0.5 - LN_2 + self.width().ln()
    }

    fn mode(&self) -> f64 {
        self.mode
    }
}

impl Distribution<f64> for Triangular {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(StandardUniform.sample(rng))
    }
}

impl Parametric for Triangular {
    type Outcome = f64;
    const LAW: &'static str = "Triangular";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("lower", Domain::End),
        Parameter::new("upper", Domain::End),
        Parameter::new("mode", Domain::End),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.lower, self.upper, self.mode]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// At the mode, where the density has a corner, the slope from above.
    fn score(&self, x: f64, out: &mut [f64]) {
        if !self.holds(x) {
            out[..3].fill(f64::NAN);
            return;
        }
        let (u, v, w) = (self.rise(), self.fall(), self.width());
        let beyond = x - self.mode;
        if beyond < 0.0 {
            // -1/(x - a) + 1/(c - a) = (x - c)/((x - a)(c - a))
            out[0] = beyond / (x - self.lower) / u + 1.0 / w;
            out[1] = -1.0 / w;
            out[2] = -1.0 / u;
        } else {
            out[0] = 1.0 / w;
            out[1] = beyond / (self.upper - x) / v - 1.0 / w;
            out[2] = 1.0 / v;
        }
    }

    /// From mean, variance and skewness; a skewness beyond ±2√2/5 puts the mode at an end.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let wanted = sample.skewness();
        // The skewness of the unit triangle falls from t = 0 to t = 1.
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let t = 0.5 * (low + high);
            let unit = Self { lower: 0.0, upper: 1.0, mode: t };
            if unit.skewness() > wanted { low = t } else { high = t }
        }
        let unit = Self { lower: 0.0, upper: 1.0, mode: 0.5 * (low + high) };
        let width = sample.std_dev() / unit.std_dev();
        let lower = sample.mean() - width * unit.mean();
        Ok(vec![lower, lower + width, lower + width * unit.mode])
    }

    /// With both ends held, the likelihood is largest with the mode at one of the observations.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (Some(lower), Some(upper)) = (fixed[0], fixed[1]) else { return Ok(None) };
        if lower > sample.min() || upper < sample.max() {
            return Err(sample.degenerate("an observation lies beyond an end that is held fixed"));
        }
        let mode = fixed[2].unwrap_or_else(|| best_mode(&sample.sorted(), lower, upper));
        Ok(Some(vec![lower, upper, mode]))
    }
}

/// The observation c with the largest Σ ln((x - a)/(c - a)) over x < c plus Σ ln((b - x)/(b - c)) over x > c.
fn best_mode(sorted: &[(f64, f64)], lower: f64, upper: f64) -> f64 {
    let mut above: f64 = sorted.iter().map(|(_, w)| w).sum();
    let mut ln_above: f64 = sorted.iter().map(|(x, w)| w * (upper - x).ln()).sum();
    let (mut below, mut ln_below) = (0.0, 0.0);
    let mut best = (f64::NEG_INFINITY, 0.5 * lower + 0.5 * upper);
    for &(c, w) in sorted {
        // Observations equal to c count as 0 on either side.
        let (rise, fall) = ((c - lower).ln(), (upper - c).ln());
        let left = if below > 0.0 { ln_below - below * rise } else { 0.0 };
        let right = if above > w { (ln_above - w * fall) - (above - w) * fall } else { 0.0 };
        if left + right > best.0 {
            best = (left + right, c);
        }
        below += w;
        ln_below += w * rise;
        above -= w;
        ln_above -= w * fall;
    }
    best.1
}
