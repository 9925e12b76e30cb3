//! The power-function distribution.
use crate::continuous::fisher_f::at_zero;
use crate::double::{grown, hazard_above, hazard_below, ln_power_rest, ln_ratio, power, power_rest};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Power-function distribution, with
///
/// ```text
/// F(x) = (x/b)^α,    0 ≤ x ≤ b,    α = shape > 0, b = scale > 0
/// ```
///
/// 1/X is a Pareto variable.
///
/// # Special values
/// At x = 0 the density is ∞ for α < 1, 1/b for α = 1, 0 above; the mode is then 0, else b.
///
/// # Accuracy
/// 2 ulp for every function: ln(x/b) is held in double-double.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 20.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Power};
/// let law = Power::new(3.0, 2.0)?;
/// assert_eq!((law.cdf(1.0), law.mean()), (0.125, 1.5));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    shape: f64,
    scale: f64,
}

impl Power {
    /// Builds the distribution from its exponent and its largest value.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `scale` is not positive and finite.
    pub fn new(shape: f64, scale: f64) -> Result<Self, Error> {
        check::positive("Power", "shape", shape)?;
        check::positive("Power", "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Exponent.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The largest value.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats; ∞ if `other` ends below this law.
    ///
    /// ```text
    /// α₂ ln(b₂/b₁) + r - 1 - ln r,    r = α₂/α₁
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.scale > other.scale {
            return f64::INFINITY;
        }
        let apart = ln_ratio(Dd::from(other.scale), self.scale).hi();
        other.shape * apart - ferronum_special::ln1p_minus_x((other.shape - self.shape) / self.shape)
    }

    /// -ln cdf.
    fn depth(&self, x: f64) -> Dd {
        if x > 0.0 && x < self.scale {
            -(ln_ratio(Dd::from(x), self.scale) * self.shape)
        } else if x.is_nan() {
            Dd::from(x)
        } else if x <= 0.0 {
            Dd::from(f64::INFINITY)
        } else {
            Dd::ZERO
        }
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x <= self.scale {
            ln_dd(Dd::from(self.shape)) - ln_dd(Dd::from(x)) - self.depth(x)
        } else if x == 0.0 {
            Dd::from(at_zero(2.0 * self.shape, 1.0 / self.scale).ln())
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_depth(&self, depth: f64) -> f64 {
        grown(self.scale, -depth / self.shape)
    }
}

impl ContinuousDistribution for Power {
    fn support(&self) -> (f64, f64) {
        (0.0, self.scale)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x == 0.0 { at_zero(2.0 * self.shape, 1.0 / self.scale) } else { power(self.ln_density(x)) }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        power(-self.depth(x))
    }

    fn sf(&self, x: f64) -> f64 {
        power_rest(self.depth(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        -self.depth(x).hi()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_power_rest(self.depth(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_depth(hazard_above(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_depth(hazard_below(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 && x <= self.scale { (self.shape - 1.0) / x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        self.scale * (self.shape / (self.shape + 1.0))
    }

    fn variance(&self) -> f64 {
        let spread = self.scale / (self.shape + 1.0);
        spread * spread * (self.shape / (self.shape + 2.0))
    }

    /// 2 (1 - α)/(α + 3) √((α + 2)/α).
    fn skewness(&self) -> f64 {
        let a = self.shape;
        2.0 * ((1.0 - a) / (a + 3.0)) * ((a + 2.0) / a).sqrt()
    }

    /// 6 (α³ - α² - 6α + 2)/(α (α + 3)(α + 4)).
    fn excess_kurtosis(&self) -> f64 {
        let w = Dd::ONE / self.shape;
        let top = Dd::ONE - w * (Dd::ONE + w * (Dd::from(6.0) - w * 2.0));
        (top * 6.0 / (w * 3.0 + 1.0) / (w * 4.0 + 1.0)).hi()
    }

    fn entropy(&self) -> f64 {
        (Dd::sum(self.scale.ln(), -self.shape.ln()) + (1.0 - 1.0 / self.shape)).hi()
    }

    fn mode(&self) -> f64 {
        if self.shape < 1.0 { 0.0 } else { self.scale }
    }
}

impl Distribution<f64> for Power {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_depth(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Power {
    type Outcome = f64;
    const LAW: &'static str = "Power";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Positive), Parameter::new("scale", Domain::End)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.shape, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        if x >= 0.0 && x <= self.scale {
            out[0] = 1.0 / self.shape + ln_ratio(Dd::from(x), self.scale).hi();
            out[1] = -self.shape / self.scale;
        } else {
            out[..2].fill(f64::NAN);
        }
    }

    /// The likelihood estimate.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Self::closed_form(sample, &[None, None]).map(Option::unwrap_or_default)
    }

    /// The largest observation b, and 1/mean(ln(b/x)).
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let scale = fixed[1].unwrap_or(sample.max());
        if scale < sample.max() {
            return Err(sample.degenerate("an observation lies above the scale, which is held fixed"));
        }
        let shape = fixed[0].unwrap_or_else(|| -1.0 / sample.average(|x| ln_ratio(Dd::from(x), scale).hi()));
        if !(shape > 0.0 && shape.is_finite()) {
            return Err(
                sample.degenerate("all observations are equal, so that the likelihood has no maximum")
            );
        }
        Ok(Some(vec![shape, scale]))
    }
}
