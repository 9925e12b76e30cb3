//! The Lévy distribution.
use crate::continuous::gumbel_right::EULER;
use crate::continuous::normal::LN_SQRT_2PI;
use crate::double::{LN_2, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, erf, erf_inv, ln_dd, ln_norm_cdf_dd, norm_cdf_dd, norm_quantile};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Lévy distribution: the stable law of exponent ½ on a half-line, with density
///
/// ```text
/// f(x) = √(c/(2π)) exp(-c/(2(x - μ))) / (x - μ)^(3/2),    x > μ,    μ = location, c = scale > 0
/// ```
///
/// c/(X - μ) is the square of a standard normal variable.
///
/// # Special values
/// The mean is ∞; variance, skewness and kurtosis are NaN, as they would be formed from it.
///
/// # Accuracy
/// 4 ulp for every function: x - μ is exact and c/(x - μ) is held in double-double.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 12.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Levy};
/// let law = Levy::new(0.0, 1.0)?;
/// assert!((law.cdf(0.01) / 1.5239706048321052e-23 - 1.0).abs() < 1e-14); // erfc(√50)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levy {
    location: f64,
    scale: f64,
}

impl Levy {
    /// Builds the distribution from its lower end and its scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        check::finite("Levy", "location", location)?;
        check::positive("Levy", "scale", scale)?;
        Ok(Self { location, scale })
    }

    /// Lower end of the support.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale: three times the distance of the mode from the lower end.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats, for equal locations: ½ (r - 1 - ln r) with
    /// r = c₂/c₁. ∞ if `other` starts above this law, NaN if it starts below: there is no closed form.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        if self.location == other.location {
            -0.5 * ferronum_special::ln1p_minus_x((other.scale - self.scale) / self.scale)
        } else if self.location < other.location {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// x - μ where it is positive and finite.
    fn distance(&self, x: f64) -> Option<Dd> {
        let distance = Dd::sum(x, -self.location);
        (distance.hi() > 0.0 && distance.hi() < f64::INFINITY).then_some(distance)
    }

    /// √(c/(x - μ)): ∞ at and below the lower end.
    fn root(&self, x: f64) -> Dd {
        match self.distance(x) {
            Some(distance) => {
                power_of_half(ln_dd(Dd::from(self.scale)) - ln_dd(distance), self.scale, distance)
            }
            None if x.is_nan() => Dd::from(x),
            None if x > self.location => Dd::ZERO,
            None => Dd::from(f64::INFINITY),
        }
    }

    fn ln_density(&self, x: f64) -> Dd {
        let Some(distance) = self.distance(x) else {
            return Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY });
        };
        let root = self.root(x);
        let square = root * root * 0.5;
        if !square.is_finite() {
            return -square;
        }
        ln_dd(Dd::from(self.scale)) * 0.5 - ln_dd(distance) * 1.5 - square - LN_SQRT_2PI
    }
}

/// √(c/d), by its logarithm where the quotient is out of range.
fn power_of_half(ln: Dd, c: f64, d: Dd) -> Dd {
    if ln.hi().abs() < 600.0 && c > 1e-270 && c < 1e270 && d.hi() < 1e270 && d.hi() > 1e-270 {
        (Dd::from(c) / d).sqrt()
    } else {
        Dd::from(power(ln * 0.5))
    }
}

impl ContinuousDistribution for Levy {
    fn support(&self) -> (f64, f64) {
        (self.location, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        2.0 * norm_cdf_dd(-self.root(x))
    }

    fn sf(&self, x: f64) -> f64 {
        erf(self.root(x).hi() * FRAC_1_SQRT_2)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let root = self.root(x);
        if root.hi() < 0.7 { (-self.sf(x)).ln_1p() } else { ln_norm_cdf_dd(-root) + LN_2.hi() }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if self.root(x).hi() < 0.7 { self.sf(x).ln() } else { (-self.cdf(x)).ln_1p() }
    }

    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if p > 0.5 {
            return self.isf(1.0 - p);
        }
        let root = norm_quantile(0.5 * p);
        self.location + self.scale / root / root
    }

    fn isf(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if p < 0.5 {
            let root = erf_inv(p);
            self.location + 0.5 * self.scale / root / root
        } else {
            self.quantile(1.0 - p)
        }
    }

    fn score_x(&self, x: f64) -> f64 {
        let d = x - self.location;
        if d >= 0.0 { (0.5 * self.scale / d - 1.5) / d } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        f64::INFINITY
    }

    fn variance(&self) -> f64 {
        f64::NAN
    }

    fn skewness(&self) -> f64 {
        f64::NAN
    }

    fn excess_kurtosis(&self) -> f64 {
        f64::NAN
    }

    fn entropy(&self) -> f64 {
        0.5 * (1.0 + 3.0 * EULER + (16.0 * PI).ln()) + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.location + self.scale / 3.0
    }
}

impl Distribution<f64> for Levy {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = rand_distr::StandardNormal.sample(rng);
        self.location + self.scale / z / z
    }
}

impl Parametric for Levy {
    type Outcome = f64;
    const LAW: &'static str = "Levy";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("location", Domain::Location), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.location, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        out[0] = -self.score_x(x);
        let ratio = self.scale / (x - self.location);
        out[1] = if x >= self.location { 0.5 * (1.0 - ratio) / self.scale } else { f64::NAN };
    }

    /// The line through two quantiles, its lower end kept below the data: moments do not exist.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let unit = Self { location: 0.0, scale: 1.0 };
        let (low, high) = (sample.quantile(0.2), sample.quantile(0.6));
        let scale = (high - low) / (unit.quantile(0.6) - unit.quantile(0.2));
        if scale <= 0.0 {
            return Err(sample.degenerate("half of the observations are equal"));
        }
        let location = (low - scale * unit.quantile(0.2)).min(sample.min() - 0.05 * scale);
        Ok(vec![location, scale])
    }

    /// With the location held, the harmonic mean of the distances from it.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let Some(location) = fixed[0] else { return Ok(None) };
        if location >= sample.min() {
            return Err(sample.degenerate("an observation is not above the location, which is held fixed"));
        }
        Ok(Some(vec![location, fixed[1].unwrap_or_else(|| 1.0 / sample.average(|x| 1.0 / (x - location)))]))
    }
}
