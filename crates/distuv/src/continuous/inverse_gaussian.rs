//! The inverse Gaussian (Wald) distribution.
use crate::continuous::quadrature::gauss;
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, erfcx, ln1p_minus_x, norm_quantile};
use rand::distr::Distribution;
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use std::f64::consts::{FRAC_1_SQRT_2, PI, TAU};

/// Inverse Gaussian (Wald) distribution: the time at which a Brownian motion with drift first reaches a level, with density
///
/// ```text
/// f(x) = √(λ/(2πx³)) exp(-λ(x - μ)²/(2μ²x)),    x > 0,    μ = mean > 0, λ = shape > 0
/// ```
///
/// The variance is μ³/λ.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// With u, v = √(λ/x)(x/μ ∓ 1) the textbook form Φ(u) + e^(2λ/μ)Φ(-v) is ½e^(-u²/2) (erfcx(-u/√2) + erfcx(v/√2)), since
/// v² - u² = 4λ/μ: a sum for the lower tail, a difference for the upper one, which is taken as an integral of -erfcx′ where it cancels.
/// Chhikara & Folks, *The Inverse Gaussian Distribution* (1989).
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, InverseGaussian};
/// let passage = InverseGaussian::new(1.0, 1.0)?;
/// assert!((passage.cdf(1.0) - 0.6681020012231706).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InverseGaussian {
    mean: f64,
    shape: f64,
}

/// One tail, and whether it is the lower one.
type Tail = (Scaled, bool);

impl InverseGaussian {
    /// Builds the distribution from its mean and its shape.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` or `shape` is not positive and finite.
    pub fn new(mean: f64, shape: f64) -> Result<Self, Error> {
        check::positive("InverseGaussian", "mean", mean)?;
        check::positive("InverseGaussian", "shape", shape)?;
        Ok(Self { mean, shape })
    }

    /// Shape λ.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats.
    ///
    /// ```text
    /// ½ (λ₂/λ₁ - 1 - ln(λ₂/λ₁)) + λ₂(μ₁ - μ₂)²/(2μ₁μ₂²)
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let apart = (self.mean - other.mean) / other.mean;
        let shapes = -ln1p_minus_x((other.shape - self.shape) / self.shape);
        0.5 * (shapes + other.shape / self.mean * apart * apart)
    }

    /// u with its sign, and u² in double-double.
    fn standard(&self, x: f64) -> (f64, Dd) {
        let ratio = Dd::sum(x, -self.mean) / Dd::from(self.mean);
        let square = ratio * (Dd::from(self.shape) / Dd::from(x)) * ratio;
        (square.hi().max(0.0).sqrt().copysign(ratio.hi()), square)
    }

    /// For 0 < x < ∞: the tail that is computed directly and not near 1.
    fn tail(&self, x: f64) -> Tail {
        let (u, square) = self.standard(x);
        if !square.is_finite() {
            return (Scaled::plain(0.0), x < self.mean);
        }
        let exponent = square * -0.5;
        let low = u * FRAC_1_SQRT_2;
        let gap = (2.0 * (self.shape / x)).sqrt();
        if u < 0.0 {
            let lower = Scaled { mantissa: 0.5 * (erfcx(-low) + erfcx(low + gap)), exponent };
            if u < -5.0 || lower.value() < 0.7 {
                return (lower, true);
            }
        }
        (Scaled { mantissa: 0.5 * erfcx_fall(low, gap), exponent }, false)
    }

    fn value(&self, x: f64, lower: bool) -> f64 {
        match self.end(x, lower) {
            Some(value) => value,
            None => {
                let (tail, is_lower) = self.tail(x);
                let value = tail.value().min(1.0);
                if is_lower == lower { value } else { 1.0 - value }
            }
        }
    }

    fn ln_value(&self, x: f64, lower: bool) -> f64 {
        match self.end(x, lower) {
            Some(value) => value.ln(),
            None => {
                let (tail, is_lower) = self.tail(x);
                if is_lower == lower { tail.ln().min(0.0) } else { (-tail.value().min(1.0)).ln_1p() }
            }
        }
    }

    /// Values outside (0, ∞).
    fn end(&self, x: f64, lower: bool) -> Option<f64> {
        if x.is_nan() {
            Some(x)
        } else if x <= 0.0 {
            Some(f64::from(u8::from(!lower)))
        } else if x == f64::INFINITY {
            Some(f64::from(u8::from(lower)))
        } else {
            None
        }
    }

    fn density(&self, x: f64) -> Scaled {
        let (_, square) = self.standard(x);
        if !square.is_finite() {
            return Scaled::plain(0.0);
        }
        let front = self.shape.sqrt() / x.sqrt() / TAU.sqrt();
        Scaled { mantissa: front, exponent: square * -0.5 }.over(x)
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        // ln X is nearly normal.
        let spread = (self.mean / self.shape).ln_1p();
        let z = if p < q { norm_quantile(p) } else { -norm_quantile(q) };
        let start = self.mean * (spread.sqrt() * z - 0.5 * spread).exp();
        let floor = self.shape / (z * z + 2.0 * self.shape / self.mean + 1.0);
        solve::newton(self, p, q, if z < 0.0 { start.max(floor.min(self.mean)) } else { start })
    }
}

/// erfcx(t) - erfcx(t + h) > 0, h > 0, without cancellation.
fn erfcx_fall(t: f64, h: f64) -> f64 {
    if h > 0.3 && h > 0.3 * t { erfcx(t) - erfcx(t + h) } else { gauss(h, |s| erfcx_slope(t + s)) }
}

/// -erfcx′(t) = 2/√π - 2t erfcx(t) > 0.
///
/// t ≥ 1: 2 erfcx(t) times the ratio of the first two repeated integrals of erfc, by the continued fraction of DLMF 7.18.13 (positive terms)
/// from its end.
fn erfcx_slope(t: f64) -> f64 {
    if t < 1.0 {
        return 2.0 / PI.sqrt() - 2.0 * t * erfcx(t);
    }
    let mut n = (20.0 + 200.0 / (t * t)).ceil();
    let mut ratio = 0.0;
    while n >= 2.0 {
        ratio = 1.0 / (2.0 * t + 2.0 * n * ratio);
        n -= 1.0;
    }
    2.0 * erfcx(t) * ratio
}

/// e^x E₁(x) for x > 0: DLMF 6.6.2 below 1, the continued fraction 6.9.1 (its even part) from its end above.
fn scaled_exponential_integral(x: f64) -> f64 {
    const EULER: f64 = 0.5772156649015329;
    if x < 1.0 {
        let (mut sum, mut power) = (0.0, 1.0);
        for k in 1..25 {
            let k = f64::from(k);
            power *= -x / k;
            sum -= power / k;
        }
        return (sum - EULER - x.ln()) * x.exp();
    }
    let mut k = (20.0 + 100.0 / x).ceil();
    let mut rest = 0.0;
    while k >= 1.0 {
        rest = k * k / (x + 2.0 * k + 1.0 - rest);
        k -= 1.0;
    }
    1.0 / (x + 1.0 - rest)
}

impl ContinuousDistribution for InverseGaussian {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.density(x).value()
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY { self.density(x).ln() } else { self.pdf(x).ln() }
    }

    fn cdf(&self, x: f64) -> f64 {
        self.value(x, true)
    }

    fn sf(&self, x: f64) -> f64 {
        self.value(x, false)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.ln_value(x, true)
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.ln_value(x, false)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// -3/(2x) - λ(x - μ)(x + μ)/(2μ²x²).
    fn score_x(&self, x: f64) -> f64 {
        if x > 0.0 {
            let u = (x - self.mean) / self.mean / x;
            -1.5 / x - 0.5 * self.shape * u * (1.0 / self.mean + 1.0 / x)
        } else if x == 0.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * (self.mean * (self.mean / self.shape))
    }

    fn skewness(&self) -> f64 {
        3.0 * (self.mean / self.shape).sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        15.0 * (self.mean / self.shape)
    }

    /// ½ ln(2πe μ³/λ) - (3/2) e^t E₁(t), t = 2λ/μ.
    fn entropy(&self) -> f64 {
        let integral = scaled_exponential_integral(2.0 * (self.shape / self.mean));
        0.5 * (TAU.ln() + 1.0) + 1.5 * (self.mean.ln() - integral) - 0.5 * self.shape.ln()
    }

    /// μ/(w + √(1 + w²)), w = 3μ/(2λ).
    fn mode(&self) -> f64 {
        let w = 1.5 * (self.mean / self.shape);
        self.mean / (w + w.hypot(1.0))
    }
}

impl Distribution<f64> for InverseGaussian {
    /// Michael, Schucany & Haas, *The American Statistician* 30 (1976) 88–90, with the smaller root as μ/(1 + w + √(w(w + 2))): that of
    /// `rand_distr` 0.6 (inverse_gaussian.rs, `sample`) is a difference which cancels for λ far below μ.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        let w = 0.5 * z * z * (self.mean / self.shape);
        let large = 1.0 + w + (w * (w + 2.0)).sqrt();
        let u: f64 = rng.random();
        // The smaller root, of probability μ/(μ + x).
        if u * (1.0 + 1.0 / large) <= 1.0 { self.mean / large } else { self.mean * large }
    }
}

impl Parametric for InverseGaussian {
    type Outcome = f64;
    const LAW: &'static str = "InverseGaussian";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("mean", Domain::Positive), Parameter::new("shape", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.mean, self.shape]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// ∂μ = λ(x - μ)/μ³, ∂λ = (1 - u²)/(2λ).
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x <= 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let (u, _) = self.standard(x);
        out[0] = self.shape / self.mean * ((x - self.mean) / self.mean) / self.mean;
        out[1] = 0.5 * (1.0 - u) * (1.0 + u) / self.shape;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let mean = sample.mean();
        Ok(vec![mean, mean * (mean / sample.variance()) * mean])
    }

    /// The mean of the sample, whatever the shape, and 1/λ = mean of (x - μ)²/(μ²x).
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let mean = fixed[0].unwrap_or(sample.mean());
        let shape = match fixed[1] {
            Some(held) => held,
            None => {
                let inverse = sample.average(|x| {
                    let apart = (x - mean) / mean;
                    apart * apart / x
                });
                if inverse == 0.0 {
                    return Err(sample.degenerate(
                        "all observations are equal to the mean, so that the likelihood has no maximum",
                    ));
                }
                1.0 / inverse
            }
        };
        Ok(Some(vec![mean, shape]))
    }
}
