//! The normal distribution cut to an interval.
use crate::continuous::normal::standardised;
use crate::continuous::quadrature::{gauss, panels};
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, erfcx, norm_cdf, norm_quantile};
use rand::distr::Distribution;
use rand::{Rng, RngExt};
use rand_distr::{Exp1, StandardNormal};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Normal distribution cut to an interval, with density
///
/// ```text
/// f(x) = φ(z) / (σ (Φ(β) - Φ(α))),    lower ≤ x ≤ upper,    z = (x - μ)/σ, α = (lower - μ)/σ, β = (upper - μ)/σ
/// ```
///
/// μ = mean and σ = std_dev are those of the law before the cut. Either end may be infinite. The interval may lie anywhere, also 40 or 10⁶
/// standard deviations out: probabilities are relative to φ at the end next to μ.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-12 for quantiles and moments.
///
/// # Source
/// Φ(β) - Φ(α) = φ(α) ∫₀^(β-α) e^(-αs - s²/2) ds: by the difference of two Mills ratios, or, where that cancels, by Gauss's formula.
/// Moments by Gauss's formula about the end. Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 13.10.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, TruncatedNormal};
/// let tail = TruncatedNormal::new(0.0, 1.0, 40.0, f64::INFINITY)?;
/// assert!((tail.mean() - 40.0249688472).abs() < 1e-9);
/// assert!((tail.sf(40.1) - 0.0181789).abs() < 1e-8);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruncatedNormal {
    mean: f64,
    std_dev: f64,
    lower: f64,
    upper: f64,
    moments: Moments,
}

/// Of s, the distance of x from `origin` in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moments {
    origin: f64,
    first: f64,
    variance: f64,
    third: f64,
    fourth: f64,
    /// ln ∫ e^(-(z² - peak²)/2) dz + E(z² - peak²)/2.
    entropy: f64,
}

impl TruncatedNormal {
    /// Builds the distribution from mean and standard deviation of the normal law and the ends of the interval.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` is not finite, `std_dev` is not positive and finite, an end is NaN, or `lower` < `upper`
    /// does not hold in units of `std_dev`.
    pub fn new(mean: f64, std_dev: f64, lower: f64, upper: f64) -> Result<Self, Error> {
        check::finite("TruncatedNormal", "mean", mean)?;
        check::positive("TruncatedNormal", "std_dev", std_dev)?;
        check::require(lower < f64::INFINITY, "TruncatedNormal", "lower", "a number or -∞", lower)?;
        check::require(upper > lower, "TruncatedNormal", "upper", "above lower", upper)?;
        let none = Moments { origin: mean, first: 0.0, variance: 0.0, third: 0.0, fourth: 0.0, entropy: 0.0 };
        let mut law = Self { mean, std_dev, lower, upper, moments: none };
        law.moments = law.integrate();
        let holds = law.moments.variance > 0.0 && law.moments.entropy.is_finite();
        check::require(holds, "TruncatedNormal", "upper", "far enough above lower", upper)?;
        Ok(law)
    }

    /// Mean of the normal law before the cut.
    pub fn parent_mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation of the normal law before the cut.
    pub fn parent_std_dev(&self) -> f64 {
        self.std_dev
    }

    fn z(&self, x: f64) -> Dd {
        standardised(x, self.mean, self.std_dev)
    }

    /// The probability between two points of the normal law before the cut.
    fn between(&self, from: f64, to: f64) -> Scaled {
        let width = standardised(to, from, self.std_dev).to_f64();
        area(self.z(from), self.z(to), width)
    }

    /// The probability between two points.
    fn share(&self, from: f64, to: f64) -> Scaled {
        let (part, whole) = (self.between(from, to), self.between(self.lower, self.upper));
        Scaled { mantissa: part.mantissa / whole.mantissa, exponent: part.exponent - whole.exponent }
    }

    /// Where the density is largest.
    fn peak(&self) -> f64 {
        self.mean.clamp(self.lower, self.upper)
    }

    fn density(&self, x: f64) -> Scaled {
        let whole = self.between(self.lower, self.upper);
        let z = self.z(x);
        let mantissa = 1.0 / ((2.0 * PI).sqrt() * whole.mantissa);
        Scaled { mantissa, exponent: z * z * -0.5 - whole.exponent }.over(self.std_dev)
    }

    /// Integrates on both sides of the peak as far as the density falls by e^-50.
    fn integrate(&self) -> Moments {
        let width = standardised(self.upper, self.lower, self.std_dev).to_f64();
        let middle = self.lower + 0.5 * (self.upper - self.lower);
        if width * (self.z(middle).hi().abs() + width) < 0.1 {
            return self.integrate_narrow(middle, width);
        }
        let peak = self.peak();
        let height = self.z(peak).to_f64();
        let reach = |end: f64, slope: f64| {
            let room = standardised(end, peak, self.std_dev).to_f64().abs();
            // slope·s + s²/2 = 50.
            room.min(100.0 / (slope + slope.hypot(10.0)))
        };
        let up = reach(self.upper, height.max(0.0));
        let down = reach(self.lower, (-height).max(0.0));
        let sides = |g: &dyn Fn(f64) -> [f64; 3]| {
            let density = |s: f64| (-s * (height + 0.5 * s)).exp();
            let part = |width: f64, sign: f64| {
                panels(width, 40, |s| {
                    let value = density(sign * s);
                    g(sign * s).map(|v| v * value)
                })
            };
            let (above, below) = (part(up, 1.0), part(down, -1.0));
            [above[0] + below[0], above[1] + below[1], above[2] + below[2]]
        };
        let [total, first, fall] = sides(&|s| [1.0, s, s * (height + 0.5 * s)]);
        let first = first / total;
        let central = sides(&|s| [(s - first).powi(2), (s - first).powi(3), (s - first).powi(4)]);
        Moments {
            origin: peak,
            first,
            variance: central[0] / total,
            third: central[1] / total,
            fourth: central[2] / total,
            entropy: total.ln() + fall / total,
        }
    }

    /// Where the law is nearly uniform: odd moments about the middle from the difference of the density to a constant.
    fn integrate_narrow(&self, origin: f64, width: f64) -> Moments {
        let height = self.z(origin).to_f64();
        let about = |g: &dyn Fn(f64) -> f64| gauss(width, |s| g(s - 0.5 * width));
        let fall = |t: f64| -t * (height + 0.5 * t);
        let total = about(&|t| fall(t).exp());
        let first = about(&|t| t * fall(t).exp_m1()) / total;
        let second = about(&|t| t * t * fall(t).exp()) / total;
        let third = about(&|t| t.powi(3) * fall(t).exp_m1()) / total;
        let fourth = about(&|t| (t - first).powi(4) * fall(t).exp()) / total;
        Moments {
            origin,
            first,
            variance: second - first * first,
            third: third - 3.0 * first * second + 2.0 * first.powi(3),
            fourth,
            entropy: total.ln() - about(&|t| fall(t) * fall(t).exp()) / total,
        }
    }

    /// Where x is outside the interval: 0 below, 1 above.
    fn outside(&self, x: f64) -> Option<f64> {
        if x.is_nan() {
            Some(x)
        } else if x <= self.lower {
            Some(0.0)
        } else if x >= self.upper {
            Some(1.0)
        } else {
            None
        }
    }

    fn value(&self, from: f64, to: f64, other: (f64, f64)) -> f64 {
        let value = self.share(from, to).value();
        // Next to 1 the complement is the exact one.
        if value > 0.7 { 1.0 - self.share(other.0, other.1).value() } else { value }
    }

    fn ln_value(&self, from: f64, to: f64, other: (f64, f64)) -> f64 {
        let share = self.share(from, to);
        if share.value() > 0.7 { (-self.share(other.0, other.1).value()).ln_1p() } else { share.ln() }
    }
}

/// Φ(to) - Φ(from) for from < to with the difference `width`.
fn area(from: Dd, to: Dd, width: f64) -> Scaled {
    if from.hi() >= 0.0 {
        beyond(from, width)
    } else if to.hi() <= 0.0 {
        beyond(-to, width)
    } else {
        // A sum of the two sides of 0.
        let side = |z: f64| 0.5 * ferronum_special::erf(z * FRAC_1_SQRT_2);
        Scaled::plain(side(to.hi()) + side(-from.hi()))
    }
}

/// Φ(a + w) - Φ(a) for a ≥ 0.
fn beyond(a: Dd, w: f64) -> Scaled {
    let z = a.hi();
    let fall = w * (z + 0.5 * w);
    let root = (2.0 * PI).sqrt();
    let mantissa = if fall < 0.5 {
        gauss(w, |s| (-s * (z + 0.5 * s)).exp()) / root
    } else {
        let mills = |z: f64| 0.5 * erfcx(z * FRAC_1_SQRT_2);
        let rest = (-fall).exp();
        mills(z) - if rest > 0.0 { rest * mills(z + w) } else { 0.0 }
    };
    Scaled { mantissa, exponent: a * a * -0.5 }
}

impl ContinuousDistribution for TruncatedNormal {
    fn support(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x < self.lower || x > self.upper || x.is_infinite() { 0.0 } else { self.density(x).value() }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.lower || x > self.upper || x.is_infinite() {
            return f64::NEG_INFINITY;
        }
        let z = self.z(x).hi();
        if z.abs() > 1e150 { -0.5 * z * z } else { self.density(x).ln() }
    }

    fn cdf(&self, x: f64) -> f64 {
        self.outside(x).unwrap_or_else(|| self.value(self.lower, x, (x, self.upper)))
    }

    fn sf(&self, x: f64) -> f64 {
        let outside = self.outside(x).map(|below| 1.0 - below);
        outside.unwrap_or_else(|| self.value(x, self.upper, (self.lower, x)))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        match self.outside(x) {
            Some(below) => below.ln(),
            None => self.ln_value(self.lower, x, (x, self.upper)),
        }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        match self.outside(x) {
            Some(below) => (1.0 - below).ln(),
            None => self.ln_value(x, self.upper, (self.lower, x)),
        }
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= self.lower && x <= self.upper {
            -(x - self.mean) / self.std_dev / self.std_dev
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        self.moments.first.mul_add(self.std_dev, self.moments.origin)
    }

    fn variance(&self) -> f64 {
        self.std_dev * (self.std_dev * self.moments.variance)
    }

    fn std_dev(&self) -> f64 {
        self.std_dev * self.moments.variance.sqrt()
    }

    fn skewness(&self) -> f64 {
        self.moments.third / (self.moments.variance * self.moments.variance.sqrt())
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments.fourth / self.moments.variance / self.moments.variance - 3.0
    }

    fn entropy(&self) -> f64 {
        self.moments.entropy + self.std_dev.ln()
    }

    fn mode(&self) -> f64 {
        self.peak()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }
}

impl TruncatedNormal {
    /// Bisection and secant steps on the logarithm of the smaller tail; without a cut the normal quantile.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if self.lower == f64::NEG_INFINITY && self.upper == f64::INFINITY {
            let z = if p < q { norm_quantile(p) } else { -norm_quantile(q) };
            return z.mul_add(self.std_dev, self.mean);
        }
        solve::root(self, p, q)
    }
}

impl Distribution<f64> for TruncatedNormal {
    /// Robert, *Statistics and Computing* 5 (1995) 121–125: rejection from the uniform, the normal or a shifted exponential law.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let (alpha, beta) = (self.z(self.lower).hi(), self.z(self.upper).hi());
        let (low, high) = (self.lower, self.upper);
        if alpha < 0.0 && beta > 0.0 && beta - alpha > 2.0 && norm_cdf(beta) - norm_cdf(alpha) > 0.2 {
            loop {
                let z: f64 = StandardNormal.sample(rng);
                if z >= alpha && z <= beta {
                    return z.mul_add(self.std_dev, self.mean).clamp(low, high);
                }
            }
        }
        // s counts from the peak: the end next to μ, or μ itself.
        let peak = self.peak();
        let (height, sign) = if alpha >= 0.0 {
            (alpha, 1.0)
        } else if beta <= 0.0 {
            (-beta, -1.0)
        } else {
            (0.0, 1.0)
        };
        if alpha < 0.0 && beta > 0.0 {
            loop {
                let u: f64 = rng.random();
                let v: f64 = rng.random();
                let z = alpha + u * (beta - alpha);
                if v <= (-0.5 * z * z).exp() {
                    return z.mul_add(self.std_dev, self.mean).clamp(low, high);
                }
            }
        }
        let width = standardised(high, low, self.std_dev).hi();
        let narrow = width * (height + 0.5 * width) < 2.0;
        let rate = 0.5 * (height + height.hypot(2.0));
        loop {
            let v: f64 = rng.random();
            let (s, accept) = if narrow {
                let u: f64 = rng.random();
                let s = u * width;
                (s, (-s * (height + 0.5 * s)).exp())
            } else {
                let e: f64 = Exp1.sample(rng);
                let s = e / rate;
                let off = height + s - rate;
                (s, (-0.5 * off * off).exp())
            };
            if s <= width && v <= accept {
                return (sign * s).mul_add(self.std_dev, peak).clamp(low, high);
            }
        }
    }
}

impl Parametric for TruncatedNormal {
    type Outcome = f64;
    const LAW: &'static str = "TruncatedNormal";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("mean", Domain::Location),
        Parameter::new("std_dev", Domain::Positive),
        Parameter::new("lower", Domain::End),
        Parameter::new("upper", Domain::End),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.mean, self.std_dev, self.lower, self.upper]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2], values[3])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// ∂μ = (z - E z)/σ, ∂σ = (z² - E z²)/σ, counted from the peak or the middle; ∂lower = f(lower), ∂upper = -f(upper).
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(x >= self.lower && x <= self.upper) {
            out[..4].fill(f64::NAN);
            return;
        }
        let Moments { origin, first, variance, .. } = self.moments;
        let height = self.z(origin).to_f64();
        let s = (x - origin) / self.std_dev;
        let off = s - first;
        out[0] = off / self.std_dev;
        // z² - E z² with z = height + s.
        out[1] = (off * (2.0 * height + s + first) - variance) / self.std_dev;
        out[2] = self.pdf(self.lower);
        out[3] = -self.pdf(self.upper);
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![sample.mean(), sample.std_dev(), sample.min(), sample.max()])
    }
}
