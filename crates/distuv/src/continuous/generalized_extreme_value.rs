//! The generalised extreme-value distribution.
use crate::continuous::generalized_pareto::{outer_end, stretch, stretch_by_shape, unstretch};
use crate::continuous::gumbel_right::EULER;
use crate::continuous::log_moments::{LogMoments, ln_gamma_dd};
use crate::continuous::normal::standardised;
use crate::double::{DoubleExponential, expm1_dd, hazard_above, hazard_below, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::PI;

/// Generalised extreme-value distribution, the limit law of maxima, with distribution function
///
/// ```text
/// F(x) = exp(-(1 + ξz)^(-1/ξ)), exp(-e^-z) for ξ = 0,    z = (x - μ)/σ, 1 + ξz > 0
/// μ = location, σ = scale > 0, ξ = shape, of either sign
/// ```
///
/// ξ > 0 is a Fréchet law whose support starts at μ - σ/ξ, ξ < 0 a mirrored Weibull law whose support ends there (rounded outwards), ξ = 0 the Gumbel law.
///
/// # Special values
/// The mean is ∞ for ξ ≥ 1. The variance is ∞ for ½ ≤ ξ < 1 and NaN above; skewness and kurtosis are ∞ where their own moment is
/// infinite but the variance is not (ξ ≥ 1/3 and ≥ 1/4), NaN above. For ξ < -1 the density is ∞ at the upper end, which is the mode.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms at any ξ: x - μ is exact, and ln(1 + ξz)/ξ is held in double-double.
/// 1e-14 for moments, ξ near 0 included. Quantiles 1e-13 of their distance from μ.
///
/// # Source
/// Coles, *An Introduction to Statistical Modeling of Extreme Values* (2001), ch. 3; Hosking, *Applied Statistics* 34 (1985) 301–310.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, GeneralizedExtremeValue};
/// let flood = GeneralizedExtremeValue::new(0.0, 1.0, 0.2)?;
/// assert!((flood.isf(1e-6) / 74.244651698586806 - 1.0).abs() < 1e-14);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeneralizedExtremeValue {
    location: f64,
    scale: f64,
    shape: f64,
}

impl GeneralizedExtremeValue {
    /// Builds the distribution from its location, scale and shape.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` or `shape` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64, shape: f64) -> Result<Self, Error> {
        check::finite("GeneralizedExtremeValue", "location", location)?;
        check::positive("GeneralizedExtremeValue", "scale", scale)?;
        check::finite("GeneralizedExtremeValue", "shape", shape)?;
        Ok(Self { location, scale, shape })
    }

    /// The point with cdf = 1/e.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Shape: 1/ξ is the exponent of the upper tail.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    fn z(&self, x: f64) -> Dd {
        standardised(x, self.location, self.scale)
    }

    fn holds(&self, x: f64) -> bool {
        let (low, high) = self.support();
        x > low && x < high
    }

    /// The logarithm of -ln cdf: -ln(1 + ξz)/ξ.
    fn y(&self, x: f64) -> Dd {
        if self.holds(x) {
            -stretch(self.z(x), self.shape)
        } else if x.is_nan() {
            Dd::from(x)
        } else if x <= self.support().0 {
            Dd::from(f64::INFINITY)
        } else {
            Dd::from(f64::NEG_INFINITY)
        }
    }

    fn tails(&self, x: f64) -> DoubleExponential {
        DoubleExponential::new(self.y(x))
    }

    fn ln_density(&self, x: f64) -> Dd {
        if !self.holds(x) {
            let at_end = x == self.support().1 && self.shape <= -1.0;
            let value = if !at_end {
                f64::NEG_INFINITY
            } else if self.shape == -1.0 {
                -self.scale.ln()
            } else {
                f64::INFINITY
            };
            return Dd::from(if x.is_nan() { x } else { value });
        }
        // |dy/dx| = 1/(σ(1 + ξz)) = e^(ξy)/σ.
        let y = self.y(x);
        if !y.is_finite() {
            return Dd::from(f64::NEG_INFINITY);
        }
        DoubleExponential::new(y).ln_density(y * self.shape - ln_dd(Dd::from(self.scale)))
    }

    fn at_hazard(&self, h: f64) -> f64 {
        let (low, high) = self.support();
        if h == 0.0 {
            high
        } else if h == f64::INFINITY {
            low
        } else {
            unstretch(-h.ln(), self.shape).mul_add(self.scale, self.location).clamp(low, high)
        }
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_ln_exponential(Dd::from(-self.shape))
    }

    /// Γ(1 - ξ).
    fn gamma(&self) -> f64 {
        power(ln_gamma_dd(Dd::sum(1.0, -self.shape)))
    }

    /// `value` where the moment of order n exists, ∞ where only the variance does, NaN else.
    fn moment(&self, n: f64, value: impl Fn() -> f64) -> f64 {
        if n * self.shape < 1.0 {
            value()
        } else if self.shape < 0.5 || (n == 2.0 && self.shape < 1.0) {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// The shape with the given ratio of the distances 90 % – 50 % and 50 % – 10 %, which rises with it.
    fn shape_of_ratio(ratio: f64) -> f64 {
        let [a, b, c] = [0.1f64, 0.5, 0.9].map(|p| -(-p.ln()).ln());
        let (mut low, mut high) = (-4.0, 4.0);
        for _ in 0..60 {
            let xi = 0.5 * (low + high);
            let [a, b, c] = [a, b, c].map(|y| unstretch(y, xi));
            if (c - b) / (b - a) < ratio { low = xi } else { high = xi }
        }
        0.5 * (low + high)
    }
}

impl ContinuousDistribution for GeneralizedExtremeValue {
    fn support(&self) -> (f64, f64) {
        let end = || outer_end(self.location, self.scale, self.shape);
        if self.shape > 0.0 {
            (end(), f64::INFINITY)
        } else if self.shape < 0.0 {
            (f64::NEG_INFINITY, end())
        } else {
            (f64::NEG_INFINITY, f64::INFINITY)
        }
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).tail()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).rest()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_tail()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_rest()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if !self.holds(x) {
            return f64::NAN;
        }
        let w = (self.z(x) * self.shape + 1.0).hi();
        (self.y(x).hi().exp_m1() - self.shape) / w / self.scale
    }

    /// μ + σ (Γ(1 - ξ) - 1)/ξ.
    fn mean(&self) -> f64 {
        let xi = self.shape;
        if xi >= 1.0 {
            return f64::INFINITY;
        }
        let distance = if xi.abs() < 1e-8 {
            Dd::from(EULER + xi * (0.5 * EULER * EULER + PI * PI / 12.0))
        } else {
            expm1_dd(ln_gamma_dd(Dd::sum(1.0, -xi))) / xi
        };
        (distance * self.scale + self.location).hi()
    }

    fn variance(&self) -> f64 {
        let std_dev = self.std_dev();
        std_dev * std_dev
    }

    fn std_dev(&self) -> f64 {
        self.moment(2.0, || {
            self.scale * self.gamma() * self.log_moments().variance_over_square(self.shape).sqrt()
        })
    }

    fn skewness(&self) -> f64 {
        self.moment(3.0, || {
            let skewness = self.log_moments().skewness();
            if self.shape > 0.0 { skewness } else { -skewness }
        })
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moment(4.0, || self.log_moments().excess_kurtosis())
    }

    fn entropy(&self) -> f64 {
        1.0 + EULER + EULER * self.shape + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        if self.shape <= -1.0 { self.support().1 } else { self.at_hazard(1.0 + self.shape) }
    }
}

impl Distribution<f64> for GeneralizedExtremeValue {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for GeneralizedExtremeValue {
    type Outcome = f64;
    const LAW: &'static str = "GeneralizedExtremeValue";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("location", Domain::Location),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("shape", Domain::Real),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.location, self.scale, self.shape]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With w = 1 + ξz, L = ln(w)/ξ, h = e^-L and s = (1 + ξ - h)/w: s/σ, (z s - 1)/σ and -L - (1 + ξ - h) ∂L/∂ξ.
    fn score(&self, x: f64, out: &mut [f64]) {
        if !self.holds(x) {
            out[..3].fill(f64::NAN);
            return;
        }
        let z = self.z(x);
        let w = (z * self.shape + 1.0).hi();
        let (z, y) = (z.hi(), self.y(x).hi());
        let rise = self.shape - y.exp_m1();
        out[0] = rise / w / self.scale;
        out[1] = (z * (rise / w) - 1.0) / self.scale;
        out[2] = y - rise * stretch_by_shape(z, self.shape);
    }

    /// From three quantiles; the shape is drawn towards 0 until all observations lie in the support.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| sample.quantile(p));
        let ratio = (high - middle) / (middle - low);
        if !(ratio > 0.0 && ratio.is_finite()) {
            return Err(sample.degenerate("four tenths of the observations are equal"));
        }
        let mut shape = Self::shape_of_ratio(ratio).clamp(-0.8, 3.0);
        for _ in 0..60 {
            let unit = Self { location: 0.0, scale: 1.0, shape };
            let scale = (high - low) / (unit.quantile(0.9) - unit.quantile(0.1));
            let law = Self { location: middle - scale * unit.median(), scale, shape };
            if law.holds(sample.min()) && law.holds(sample.max()) {
                return Ok(law.parameters());
            }
            shape *= 0.8;
        }
        let scale = sample.std_dev() * 6f64.sqrt() / PI;
        Ok(vec![sample.mean() - EULER * scale, scale, 0.0])
    }
}
