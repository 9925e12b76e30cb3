//! The Lomax (Pareto type II) distribution.
use crate::continuous::generalized_pareto::unstretch;
use crate::continuous::pareto::{tail_excess_kurtosis, tail_skewness};
use crate::double::{hazard_above, hazard_below, ln_power_rest, ln_ratio, power, power_rest, softplus_dd};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Lomax distribution (Pareto of the second kind), with upper tail
///
/// ```text
/// P(X > x) = (1 + x/λ)^-α,    x ≥ 0,    α = shape > 0, λ = scale > 0
/// ```
///
/// X + λ is a Pareto variable.
///
/// # Special values
/// The mean is ∞ for α ≤ 1. The variance is ∞ for 1 < α ≤ 2 and NaN below; skewness and kurtosis are ∞ where their own moment is
/// infinite but the variance is not (2 < α ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 4 ulp for every function: ln(1 + x/λ) is held in double-double.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 20.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Lomax};
/// let law = Lomax::new(2.0, 3.0)?;
/// assert!((law.sf(27.0) - 0.01).abs() < 1e-17);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lomax {
    shape: f64,
    scale: f64,
}

impl Lomax {
    /// Builds the distribution from its shape and scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `scale` is not positive and finite.
    pub fn new(shape: f64, scale: f64) -> Result<Self, Error> {
        check::positive("Lomax", "shape", shape)?;
        check::positive("Lomax", "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Exponent of the tail.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Scale.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// ln(1 + x/λ) for x ≥ 0.
    fn stretched(&self, x: f64) -> Dd {
        if x > 0.0 {
            softplus_dd(ln_ratio(Dd::from(x), self.scale))
        } else {
            Dd::from(if x.is_nan() { x } else { 0.0 })
        }
    }

    fn hazard(&self, x: f64) -> Dd {
        self.stretched(x) * self.shape
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x < 0.0 || x == f64::INFINITY {
            return Dd::from(f64::NEG_INFINITY);
        }
        ln_dd(Dd::from(self.shape))
            - ln_dd(Dd::from(self.scale))
            - self.stretched(x) * Dd::sum(1.0, self.shape)
    }

    fn at_hazard(&self, h: f64) -> f64 {
        let t = h / self.shape;
        if t > 700.0 { (t + self.scale.ln()).exp() } else { self.scale * t.exp_m1() }
    }
}

impl ContinuousDistribution for Lomax {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        power_rest(self.hazard(x))
    }

    fn sf(&self, x: f64) -> f64 {
        power(-self.hazard(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if x > 0.0 && x / self.scale < 1e-290 {
            return (ln_ratio(Dd::from(x), self.scale) + ln_dd(Dd::from(self.shape))).hi();
        }
        ln_power_rest(self.hazard(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        -self.hazard(x).hi()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { -(self.shape + 1.0) / (self.scale + x) } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        if self.shape > 1.0 { self.scale / (self.shape - 1.0) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        let a = self.shape;
        if a > 2.0 {
            let mean = self.mean();
            mean * mean * (a / (a - 2.0))
        } else if a > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        tail_skewness(self.shape)
    }

    fn excess_kurtosis(&self) -> f64 {
        tail_excess_kurtosis(self.shape)
    }

    fn entropy(&self) -> f64 {
        (Dd::sum(self.scale.ln(), -self.shape.ln()) + (1.0 + 1.0 / self.shape)).hi()
    }

    fn mode(&self) -> f64 {
        0.0
    }
}

impl Distribution<f64> for Lomax {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Lomax {
    type Outcome = f64;
    const LAW: &'static str = "Lomax";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Positive), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::NonNegative;

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

    /// 1/α - ln(1 + x/λ) and (αx/λ - 1)/(λ + x).
    fn score(&self, x: f64, out: &mut [f64]) {
        if x >= 0.0 {
            out[0] = 1.0 / self.shape - self.stretched(x).hi();
            out[1] = (self.shape * (x / self.scale) - 1.0) / (self.scale + x);
        } else {
            out[..2].fill(f64::NAN);
        }
    }

    /// From the median and the upper quartile.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (half, upper) = (sample.median(), sample.quantile(0.75));
        let ratio = (upper - half) / half;
        if !(ratio > 0.0 && ratio.is_finite()) {
            return Err(sample.degenerate("a quarter of the observations are equal"));
        }
        let inverse_shape = ratio.log2().clamp(0.05, 10.0);
        let scale = half / unstretch(std::f64::consts::LN_2, inverse_shape) / inverse_shape;
        Ok(vec![1.0 / inverse_shape, scale])
    }

    /// With the scale held, α = 1/mean(ln(1 + x/λ)).
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (None, Some(scale)) = (fixed[0], fixed[1]) else { return Ok(None) };
        let mean = sample.average(|x| (x / scale).ln_1p());
        if mean > 0.0 {
            Ok(Some(vec![1.0 / mean, scale]))
        } else {
            Err(sample.degenerate("all observations are 0, so that the likelihood has no maximum"))
        }
    }
}
