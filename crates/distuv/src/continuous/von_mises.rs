//! The von Mises distribution.
use crate::continuous::quadrature::panels;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, bessel_i_ratio, bessel_i0_scaled};
use rand::distr::Distribution;
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use std::f64::consts::{PI, TAU};

/// π in double-double.
const PI_DD: Dd = Dd::from_parts(PI, 1.2246467991473532e-16);

/// Von Mises distribution of an angle, in radians, with density
///
/// ```text
/// f(x) = e^(κ cos(x - μ)) / (2π I₀(κ)),    μ - π ≤ x ≤ μ + π,    μ = direction, κ = concentration > 0
/// ```
///
/// The distribution function starts at μ - π. Mean, variance, skewness and kurtosis are those of the angle as a number on that interval;
/// [`circular_mean`](Self::circular_mean) and [`circular_variance`](Self::circular_variance) those of the direction. A fit
/// takes angles modulo 2π.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, for every κ; 1e-13 for quantiles. The excess
/// kurtosis is right to 1e-14 absolutely.
///
/// # Source
/// The integral of the density by Gauss's formula over the side on which it falls, relative to its value at x: positive terms, none of
/// which cancel. Fisher, *Statistical Analysis of Circular Data* (1993), §3.3.6.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, VonMises};
/// let wind = VonMises::new(0.0, 2.0)?;
/// assert!((wind.cdf(0.0) - 0.5).abs() < 1e-15);
/// assert!((wind.circular_variance() - 0.302225342035992).abs() < 1e-14); // 1 - I₁(2)/I₀(2)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VonMises {
    direction: f64,
    concentration: f64,
    /// 2π e^(-κ) I₀(κ).
    norm: f64,
}

impl VonMises {
    /// Builds the distribution from its mean direction and its concentration.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `direction` is not finite, or `concentration` is not positive and finite.
    pub fn new(direction: f64, concentration: f64) -> Result<Self, Error> {
        check::finite("VonMises", "direction", direction)?;
        check::positive("VonMises", "concentration", concentration)?;
        Ok(Self { direction, concentration, norm: TAU * bessel_i0_scaled(concentration) })
    }

    /// Mean direction μ.
    pub fn direction(&self) -> f64 {
        self.direction
    }

    /// Concentration κ.
    pub fn concentration(&self) -> f64 {
        self.concentration
    }

    /// The mean direction, μ.
    pub fn circular_mean(&self) -> f64 {
        self.direction
    }

    /// One minus the mean resultant length: 1 - I₁(κ)/I₀(κ), relatively accurate for every κ (1/(2κ) for large κ).
    pub fn circular_variance(&self) -> f64 {
        if self.concentration < 1.0 {
            return 1.0 - bessel_i_ratio(0.0, self.concentration);
        }
        self.moments(|t| {
            let half = (0.5 * t).sin();
            2.0 * half * half
        })
    }

    /// E g(|θ|) over the angle θ from the mean direction.
    fn moments(&self, g: impl Fn(f64) -> f64) -> f64 {
        let reach = self.reach(0.0, PI, 60.0);
        let [value, total] = panels(reach, 48, |s| {
            let density = (-self.fall(s)).exp();
            [density * g(s), density]
        });
        value / total
    }

    /// 2κ sin²(θ/2), by which ln f at θ is below its peak.
    fn fall(&self, theta: f64) -> f64 {
        let half = (0.5 * theta).sin();
        2.0 * self.concentration * half * half
    }

    /// The distance from θ ≥ 0, at most `room`, over which ln f falls by `depth`.
    fn reach(&self, theta: f64, room: f64, depth: f64) -> f64 {
        // sin²(s) as large as it has to become, s = half the angle.
        let square = (self.fall(theta) + depth) / (2.0 * self.concentration);
        if square >= 1.0 {
            return room;
        }
        (2.0 * square.sqrt().asin() - theta).clamp(0.0, room)
    }

    /// x - μ and its distance π - |x - μ| from the end of the support.
    fn angle(&self, x: f64) -> (Dd, f64) {
        let theta = Dd::sum(x, -self.direction);
        (theta, (PI_DD - theta.abs()).to_f64().max(0.0))
    }

    /// The tail beyond |θ|, on the side of θ; at most ½.
    fn tail(&self, x: f64) -> Scaled {
        let (theta, room) = self.angle(x);
        let (size, rest) = (theta.abs().hi(), theta.abs().lo());
        let width = self.reach(size, room, 46.0);
        // sin²((θ + s)/2) - sin²(θ/2) = sin(s/2) sin(θ + s/2).
        let [area] = panels(width, 40, |s| {
            let half = 0.5 * s;
            [(-2.0 * self.concentration * half.sin() * (size + half).sin()).exp()]
        });
        let (sine, cosine) = (0.5 * size).sin_cos();
        let half = Dd::sum(sine, 0.5 * rest * cosine);
        Scaled { mantissa: area / self.norm, exponent: half * half * (-2.0 * self.concentration) }
    }

    fn side(&self, x: f64, lower: bool) -> Option<f64> {
        let (low, high) = self.support();
        if x.is_nan() {
            Some(x)
        } else if x <= low {
            Some(f64::from(u8::from(!lower)))
        } else if x >= high {
            Some(f64::from(u8::from(lower)))
        } else {
            None
        }
    }

    fn value(&self, x: f64, lower: bool) -> f64 {
        self.side(x, lower).unwrap_or_else(|| {
            let tail = self.tail(x).value();
            if (x < self.direction) == lower { tail } else { 1.0 - tail }
        })
    }

    fn ln_value(&self, x: f64, lower: bool) -> f64 {
        if let Some(value) = self.side(x, lower) {
            return value.ln();
        }
        let tail = self.tail(x);
        if (x < self.direction) == lower { tail.ln() } else { (-tail.value()).ln_1p() }
    }

    /// Newton's method for the logarithm of the smaller tail, kept inside the half circle; the density is log-concave within a
    /// right angle of μ only, so that bisection takes over when a step leaves the bracket.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
            return f64::NAN;
        }
        let (low, high) = self.support();
        if p == 0.0 || q == 0.0 {
            return if p == 0.0 { low } else { high };
        }
        let target = p.min(q);
        let at = |t: f64| Self { direction: 0.0, ..*self }.tail(t);
        let (mut inner, mut outer) = (0.0, PI);
        let mut t = (-ferronum_special::norm_quantile(target) / (self.concentration + 0.3).sqrt())
            .min(PI * (1.0 - target));
        for _ in 0..80 {
            let tail = at(t);
            let mut excess = tail.ln() - target.ln();
            if excess.abs() < 0.5 && target > 1e-290 {
                excess = ((tail.value() - target) / target).ln_1p();
            }
            if excess > 0.0 {
                inner = t
            } else {
                outer = t
            }
            let ratio = Scaled {
                mantissa: 1.0 / (self.norm * tail.mantissa),
                exponent: -tail.exponent - self.fall(t),
            };
            let step = excess / ratio.value();
            let next = t + step;
            let inside = next >= inner && next <= outer;
            let moved = if inside { step.abs() } else { f64::INFINITY };
            t = if inside { next } else { 0.5 * (inner + outer) };
            if moved < 1e-9 * (PI - t) || outer - inner <= 4e-16 * t || excess == 0.0 {
                break;
            }
        }
        let x = if p <= q { self.direction - t } else { self.direction + t };
        x.clamp(low, high)
    }
}

impl ContinuousDistribution for VonMises {
    fn support(&self) -> (f64, f64) {
        (self.direction - PI, self.direction + PI)
    }

    fn pdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x < low || x > high {
            return 0.0;
        }
        let (theta, _) = self.angle(x);
        let (sine, cosine) = (0.5 * theta.hi()).sin_cos();
        let half = Dd::sum(sine, 0.5 * theta.lo() * cosine);
        Scaled { mantissa: 1.0 / self.norm, exponent: half * half * (-2.0 * self.concentration) }.value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x < low || x > high { f64::NEG_INFINITY } else { self.ln_likelihood(x) }
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

    /// -κ sin(x - μ).
    fn score_x(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x >= low && x <= high { -self.concentration * (x - self.direction).sin() } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        self.direction
    }

    fn variance(&self) -> f64 {
        self.moments(|t| t * t)
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        let variance = self.variance();
        self.moments(|t| {
            let square = t * t / variance;
            square * square
        }) - 3.0
    }

    /// ln(2π I₀(κ)) - κ I₁(κ)/I₀(κ), with e^κ taken out of both.
    fn entropy(&self) -> f64 {
        self.norm.ln() + self.concentration * self.circular_variance()
    }

    fn mode(&self) -> f64 {
        self.direction
    }

    fn median(&self) -> f64 {
        self.direction
    }
}

impl Distribution<f64> for VonMises {
    /// Rejection from the uniform law for κ < 1, else from a normal law: sin(t) ≥ 2t/π on \[0, π/2\], so that κ - κ cos θ ≥ 2κθ²/π². Of the
    /// proposals 0.46 and 0.64 or more are accepted.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let (low, high) = self.support();
        loop {
            let u: f64 = rng.random();
            let (theta, bound) = if self.concentration < 1.0 {
                let v: f64 = rng.random();
                (PI * (2.0 * v - 1.0), 0.0)
            } else {
                let z: f64 = StandardNormal.sample(rng);
                (z * 0.5 * PI / self.concentration.sqrt(), 0.5 * z * z)
            };
            if theta.abs() <= PI && u <= (bound - self.fall(theta)).exp() {
                return (self.direction + theta).clamp(low, high);
            }
        }
    }
}

impl Parametric for VonMises {
    type Outcome = f64;
    const LAW: &'static str = "VonMises";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("direction", Domain::Location), Parameter::new("concentration", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.direction, self.concentration]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    /// Of the angle modulo 2π.
    fn ln_likelihood(&self, x: f64) -> f64 {
        -self.fall(x - self.direction) - self.norm.ln()
    }

    /// ∂μ = κ sin θ, ∂κ = (1 - I₁/I₀) - 2 sin²(θ/2), θ = x - μ.
    fn score(&self, x: f64, out: &mut [f64]) {
        let theta = x - self.direction;
        let half = (0.5 * theta).sin();
        out[0] = self.concentration * theta.sin();
        out[1] = if self.concentration < 1e4 {
            theta.cos() - bessel_i_ratio(0.0, self.concentration)
        } else {
            self.circular_variance() - 2.0 * half * half
        };
    }

    /// The mean direction, and κ from the mean resultant length R by Banerjee's R(2 - R²)/(1 - R²).
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (sine, cosine) = (sample.average(f64::sin), sample.average(f64::cos));
        let length = sine.hypot(cosine);
        let direction = sine.atan2(cosine);
        // 1 - R as a mean of squares.
        let spread = sample.average(|x| 2.0 * (0.5 * (x - direction)).sin().powi(2));
        if !(length > 0.0 && spread > 0.0) {
            return Err(sample.degenerate("the observations have no mean direction, or are all the same"));
        }
        Ok(vec![direction, length * (2.0 - length * length) / (spread * (2.0 - spread))])
    }
}
