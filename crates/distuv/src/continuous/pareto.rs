//! The Pareto distribution.
use crate::double::{grown, hazard_above, hazard_below, ln_power_rest, ln_ratio, power, power_rest};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Pareto distribution (of the first kind) with density
///
/// ```text
/// f(x) = α m^α / x^(α + 1),    x ≥ m,    m = scale > 0, α = shape > 0
/// ```
///
/// # Special values
/// The mean is ∞ for α ≤ 1. The variance is ∞ for 1 < α ≤ 2 and NaN below, where it would be ∞ - ∞; skewness and kurtosis are ∞ where
/// their own moment is infinite but the variance is not (2 < α ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 2 ulp for every function: ln(x/m) is held in double-double.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 20.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Pareto};
/// let law = Pareto::new(1.0, 3.0)?;
/// assert!((law.sf(10.0) - 1e-3).abs() < 1e-18);
/// assert_eq!(law.mean(), 1.5);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pareto {
    scale: f64,
    shape: f64,
}

impl Pareto {
    /// Builds the distribution from its smallest value and its exponent.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `scale` or `shape` is not positive and finite.
    pub fn new(scale: f64, shape: f64) -> Result<Self, Error> {
        check::positive("Pareto", "scale", scale)?;
        check::positive("Pareto", "shape", shape)?;
        Ok(Self { scale, shape })
    }

    /// The smallest value.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Exponent of the tail.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats; ∞ if `other` starts above this law.
    ///
    /// ```text
    /// α₂ ln(m₁/m₂) + r - 1 - ln r,    r = α₂/α₁
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.scale < other.scale {
            return f64::INFINITY;
        }
        let apart = ln_ratio(Dd::from(self.scale), other.scale).hi();
        other.shape * apart - ferronum_special::ln1p_minus_x((other.shape - self.shape) / self.shape)
    }

    /// -ln sf.
    fn hazard(&self, x: f64) -> Dd {
        if x > self.scale {
            ln_ratio(Dd::from(x), self.scale) * self.shape
        } else if x.is_nan() {
            Dd::from(x)
        } else {
            Dd::ZERO
        }
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x >= self.scale && x < f64::INFINITY {
            ln_dd(Dd::from(self.shape)) - ln_dd(Dd::from(x)) - self.hazard(x)
        } else if x.is_nan() {
            Dd::from(x)
        } else {
            Dd::from(f64::NEG_INFINITY)
        }
    }

    fn at_hazard(&self, hazard: f64) -> f64 {
        grown(self.scale, hazard / self.shape)
    }
}

impl ContinuousDistribution for Pareto {
    fn support(&self) -> (f64, f64) {
        (self.scale, f64::INFINITY)
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
        if x >= self.scale { -(self.shape + 1.0) / x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        if self.shape > 1.0 { self.scale * (self.shape / (self.shape - 1.0)) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        let a = self.shape;
        if a > 2.0 {
            self.scale * self.scale * (a / (a - 1.0) / (a - 1.0) / (a - 2.0))
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
        self.scale
    }
}

/// Skewness of a power tail of exponent a: 2 (a + 1)/(a - 3) √((a - 2)/a).
pub(crate) fn tail_skewness(a: f64) -> f64 {
    if a > 3.0 {
        2.0 * ((a + 1.0) / (a - 3.0)) * ((a - 2.0) / a).sqrt()
    } else if a > 2.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}

/// Excess kurtosis of a power tail of exponent a: 6 (a³ + a² - 6a - 2)/(a (a - 3)(a - 4)).
pub(crate) fn tail_excess_kurtosis(a: f64) -> f64 {
    if a > 4.0 {
        let w = 1.0 / a;
        6.0 * (1.0 + w * (1.0 - w * (6.0 + 2.0 * w))) * (a / (a - 3.0)) * (a / (a - 4.0))
    } else if a > 2.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}

impl Distribution<f64> for Pareto {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Pareto {
    type Outcome = f64;
    const LAW: &'static str = "Pareto";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("scale", Domain::End), Parameter::new("shape", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.scale, self.shape]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        if x >= self.scale {
            out[0] = self.shape / self.scale;
            out[1] = 1.0 / self.shape - ln_ratio(Dd::from(x), self.scale).hi();
        } else {
            out[..2].fill(f64::NAN);
        }
    }

    /// The likelihood estimate: moments need not exist.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Self::closed_form(sample, &[None, None]).map(Option::unwrap_or_default)
    }

    /// The smallest observation m, and 1/mean(ln(x/m)).
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let scale = fixed[0].unwrap_or(sample.min());
        if scale > sample.min() {
            return Err(sample.degenerate("an observation lies below the scale, which is held fixed"));
        }
        let shape = fixed[1].unwrap_or_else(|| 1.0 / sample.average(|x| ln_ratio(Dd::from(x), scale).hi()));
        if shape == f64::INFINITY {
            return Err(
                sample.degenerate("all observations are equal, so that the likelihood has no maximum")
            );
        }
        Ok(Some(vec![scale, shape]))
    }
}
