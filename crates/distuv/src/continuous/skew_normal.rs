//! The skew normal distribution.
use crate::continuous::mixture::Tails;
use crate::continuous::normal::{LN_SQRT_2PI, standardised};
use crate::continuous::quadrature::panels;
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, erf, erfcx, norm_cdf, norm_quantile, owens_t};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, FRAC_PI_2, LN_2, TAU};

/// Skew normal distribution with density
///
/// ```text
/// f(x) = 2/ω φ(z) Φ(αz),    z = (x - ξ)/ω,    ξ = location, ω = scale > 0, α = shape
/// ```
///
/// φ and Φ are the density and distribution function of the standard normal law, which is the case α = 0. Positive α leans to the right; for
/// α → ±∞ a half-normal law is approached.
///
/// # Accuracy
/// 1e-14 for both tails, their logarithms and the density, beside the conditioning in `x`; 1e-13 for quantiles; 1e-14 for the entropy.
///
/// # Source
/// Azzalini, *Scandinavian Journal of Statistics* 12 (1985) 171–178. For z ≥ 0 the distribution function is Φ(z) - 2T(z, α), T Owen's
/// function, in forms that only add positive terms. Left of 0 and for α > 0 it is
///
/// ```text
/// 2 φ(z) φ(αz) ∫₀^∞ e^(-h c u - u²/2) M(αh + αu/c) du/c,    h = -z, c = √(1 + α²), M = Mills' ratio,
/// ```
///
/// by Gauss–Legendre rules, and 2Φ(z) less this for α < 0. The rest follows from 1 - F(z; α) = F(-z; -α).
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, SkewNormal};
/// let law = SkewNormal::new(0.0, 1.0, 1.0)?;
/// assert!((law.cdf(0.0) - 0.25).abs() < 1e-15); // ½ - arctan(α)/π
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkewNormal {
    location: f64,
    scale: f64,
    shape: f64,
}

impl SkewNormal {
    /// Builds the distribution from its location, scale and shape.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` or `shape` is not finite, or `scale` is not positive and finite.
    pub fn new(location: f64, scale: f64, shape: f64) -> Result<Self, Error> {
        check::finite("SkewNormal", "location", location)?;
        check::positive("SkewNormal", "scale", scale)?;
        check::finite("SkewNormal", "shape", shape)?;
        Ok(Self { location, scale, shape })
    }

    /// Location ξ, the argument where the factor Φ is ½.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale ω.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Shape α.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    fn z(&self, x: f64) -> Dd {
        standardised(x, self.location, self.scale)
    }

    /// The density of the standard law at a finite z.
    fn density(&self, z: Dd) -> Scaled {
        let y = z * self.shape;
        let square = if z.hi().abs() < 1e150 { z * z * -0.5 } else { Dd::from(-0.5 * z.hi() * z.hi()) };
        if y.hi() >= 0.0 {
            let mantissa = 2.0 / TAU.sqrt() * norm_cdf(y.hi());
            return Scaled { mantissa, exponent: square };
        }
        if !(y.hi().abs() < 1e150 && z.hi().abs() < 1e150) {
            return Scaled { mantissa: 1.0, exponent: Dd::from(square.hi() - 0.5 * y.hi() * y.hi()) };
        }
        Scaled { mantissa: 2.0 / TAU * mills(-y.hi()), exponent: square - y * y * 0.5 }
    }

    /// √(2/π) δ, the mean of the standard law.
    fn lean(&self) -> f64 {
        self.delta() * FRAC_2_PI.sqrt()
    }

    /// δ = α/√(1 + α²).
    fn delta(&self) -> f64 {
        self.shape / 1f64.hypot(self.shape)
    }

    fn spread(&self) -> f64 {
        let delta = self.delta();
        1.0 - FRAC_2_PI * delta * delta
    }

    /// Newton steps for the logarithm of the smaller tail, which is concave in x.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !(p > 0.0 && q > 0.0) {
            return solve::root(self, p, q);
        }
        let (lower, target) = if p <= q { (true, p) } else { (false, q) };
        let normal = if lower { norm_quantile(p) } else { -norm_quantile(q) };
        let mut z = self.lean() + self.spread().sqrt() * normal;
        for _ in 0..100 {
            let at = Dd::from(z);
            let tails = tails(at, self.shape);
            let ln_tail = tails.ln(lower);
            let mut excess = ln_tail - target.ln();
            if excess.abs() < 0.5 {
                excess = ((tails.value(lower) - target) / target).ln_1p();
            }
            let rate = (self.density(at).ln() - ln_tail).exp();
            let step = if lower { -excess / rate } else { excess / rate };
            if !step.is_finite() {
                break;
            }
            z += step.clamp(-2.0, 2.0);
            if step.abs() < 1e-9 * (z.abs() + rate.recip().min(1.0)) && excess.abs() < 0.5 {
                return z.mul_add(self.scale, self.location);
            }
        }
        solve::root(self, p, q)
    }
}

/// Mills' ratio (1 - Φ(y))/φ(y) for y ≥ 0.
fn mills(y: f64) -> f64 {
    FRAC_PI_2.sqrt() * erfcx(y * FRAC_1_SQRT_2)
}

/// φ(y)/Φ(y).
fn hazard(y: f64) -> f64 {
    if y < 0.0 { 1.0 / mills(-y) } else { (-0.5 * y * y).exp() / TAU.sqrt() / norm_cdf(y) }
}

/// The integral of the type's documentation: F(-h; α)/(2 φ(h) φ(αh)).
fn corner(h: f64, alpha: f64) -> f64 {
    let c = 1f64.hypot(alpha);
    let (rate, slope) = (h * c, alpha / c);
    // Beyond, the exponential is below e^-42.
    let end = 84.0 / (rate + (rate * rate + 84.0).sqrt());
    let [integral] = panels(end, 24, |u| [(-u * (rate + 0.5 * u)).exp() * mills(alpha * h + slope * u)]);
    integral / c
}

/// F(-h; α) for h > 0.
fn left(h: Dd, alpha: f64) -> Scaled {
    let (size, y) = (h.hi(), h * alpha.abs());
    if size > 1e150 {
        return Scaled { mantissa: 1.0, exponent: Dd::from(-0.5 * size * size) };
    }
    let square = h * h * -0.5;
    if alpha >= 0.0 && y.hi() > 1e150 {
        return Scaled { mantissa: 1.0, exponent: Dd::from(square.hi() - 0.5 * y.hi() * y.hi()) };
    }
    let corner = || 2.0 / TAU * corner(size, alpha.abs());
    if alpha >= 0.0 {
        return Scaled { mantissa: corner(), exponent: square - y * y * 0.5 };
    }
    let missing = if y.hi() > 40.0 { 0.0 } else { corner() * (-0.5 * y.hi() * y.hi()).exp() };
    Scaled { mantissa: 2.0 / TAU.sqrt() * mills(size) - missing, exponent: square }
}

/// F(z; α) for z ≥ 0.
fn right(z: f64, alpha: f64) -> f64 {
    if alpha <= 1.0 {
        norm_cdf(z) - 2.0 * owens_t(z, alpha)
    } else {
        erf(z * FRAC_1_SQRT_2) * norm_cdf(alpha * z) + 2.0 * owens_t(alpha * z, 1.0 / alpha)
    }
}

fn tails(z: Dd, alpha: f64) -> Tails {
    if z.hi().is_nan() {
        return Tails { tail: Scaled::plain(f64::NAN), is_lower: true };
    }
    if z.hi().is_infinite() {
        return Tails { tail: Scaled::plain(0.0), is_lower: z.hi() < 0.0 };
    }
    // As seen from the side of z where F(-h; ·) is small.
    let (h, alpha, is_lower) = if z.hi() < 0.0 { (-z, alpha, true) } else { (z, -alpha, false) };
    if h.hi() > 0.0 {
        let near = left(h, alpha);
        if near.value() <= 0.6 {
            return Tails { tail: near, is_lower };
        }
    }
    let far = right(h.hi(), -alpha);
    if far > 0.6 && h.hi() == 0.0 {
        return Tails { tail: Scaled::plain(right(0.0, alpha)), is_lower };
    }
    Tails { tail: Scaled::plain(far), is_lower: !is_lower }
}

impl ContinuousDistribution for SkewNormal {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x.is_infinite() { 0.0 } else { self.density(self.z(x)).over(self.scale).value() }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_infinite() { f64::NEG_INFINITY } else { self.density(self.z(x)).over(self.scale).ln() }
    }

    fn cdf(&self, x: f64) -> f64 {
        tails(self.z(x), self.shape).value(true)
    }

    fn sf(&self, x: f64) -> f64 {
        tails(self.z(x), self.shape).value(false)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        tails(self.z(x), self.shape).ln(true)
    }

    fn ln_sf(&self, x: f64) -> f64 {
        tails(self.z(x), self.shape).ln(false)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// (-z + α φ(αz)/Φ(αz))/ω.
    fn score_x(&self, x: f64) -> f64 {
        let z = self.z(x).hi();
        (self.shape * hazard(self.shape * z) - z) / self.scale
    }

    fn mean(&self) -> f64 {
        self.lean().mul_add(self.scale, self.location)
    }

    fn variance(&self) -> f64 {
        self.scale * self.scale * self.spread()
    }

    fn std_dev(&self) -> f64 {
        self.scale * self.spread().sqrt()
    }

    fn skewness(&self) -> f64 {
        // (4 - π)/2
        0.42920367320510338 * (self.lean() / self.spread().sqrt()).powi(3)
    }

    fn excess_kurtosis(&self) -> f64 {
        // 2(π - 3)
        0.28318530717958648 * (self.lean() / self.spread().sqrt()).powi(4)
    }

    /// ½ + ln(ω √(2π)/2) - 2 ∫ φ(z) g(αz) dz with g = Φ ln Φ, an integrand confined to |z| and |αz| below 10.
    fn entropy(&self) -> f64 {
        let wide = self.shape.abs().max(1.0);
        let [integral] = panels(20.0, 80, |s| {
            let t = s - 10.0;
            let (z, y) = (t / wide, t * (self.shape / wide));
            [(-0.5 * z * z).exp() * norm_cdf(y) * ferronum_special::ln_norm_cdf(y)]
        });
        0.5 + LN_SQRT_2PI - LN_2 + self.scale.ln() - 2.0 / TAU.sqrt() * integral / wide
    }

    /// The zero of the concave function's slope, between 0 and the lesser of α and 1, by bisection.
    fn mode(&self) -> f64 {
        let alpha = self.shape.abs();
        let (mut low, mut high) = (0.0, alpha.min(1.0));
        for _ in 0..1100 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if alpha * hazard(alpha * middle) > middle { low = middle } else { high = middle }
        }
        (low * self.shape.signum()).mul_add(self.scale, self.location)
    }
}

impl Distribution<f64> for SkewNormal {
    /// δ|U| + √(1 - δ²) V for independent standard normal U and V.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let (u, v): (f64, f64) = (StandardNormal.sample(rng), StandardNormal.sample(rng));
        let z = self.delta() * u.abs() + v / 1f64.hypot(self.shape);
        self.location + self.scale * z
    }
}

impl Parametric for SkewNormal {
    type Outcome = f64;
    const LAW: &'static str = "SkewNormal";
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

    fn score(&self, x: f64, out: &mut [f64]) {
        let z = self.z(x).hi();
        let pull = hazard(self.shape * z);
        out[0] = (z - self.shape * pull) / self.scale;
        out[1] = ((z - 1.0) * (z + 1.0) - self.shape * z * pull) / self.scale;
        out[2] = z * pull;
    }

    /// From mean, standard deviation and skewness, which is kept from 0, where the likelihood has a saddle, and from its bound 0.995.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let skewness = sample.skewness();
        let size = skewness.abs().clamp(0.01, 0.95);
        let ratio = (size / 0.42920367320510338).cbrt(); // mean over standard deviation
        let mean = ratio / 1f64.hypot(ratio);
        let delta = mean / FRAC_2_PI.sqrt();
        let sign = if skewness < 0.0 { -1.0 } else { 1.0 };
        let scale = sample.std_dev() * 1f64.hypot(ratio);
        let shape = sign * delta / ((1.0 - delta) * (1.0 + delta)).sqrt();
        Ok(vec![sample.mean() - sign * scale * mean, scale, shape])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_1_PI;

    #[test]
    fn methods_meet_at_zero() {
        for alpha in [-1e3, -2.0, -1.0, -0.3, 0.0, 0.3, 1.0, 2.0, 1e3] {
            let exact = if alpha > 0.0 {
                (1.0f64 / alpha).atan() * FRAC_1_PI
            } else {
                0.5 - f64::atan(alpha) * FRAC_1_PI
            };
            for z in [-1e-18, 0.0, 1e-18] {
                let value = tails(Dd::from(z), alpha).value(true);
                assert!((value / exact - 1.0).abs() < 1e-14, "{alpha} {z}: {value:e} {exact:e}");
            }
        }
    }
}
