//! The Rice distribution.
use crate::continuous::NoncentralChiSquared;
use crate::continuous::normal::standardised;
use crate::continuous::quadrature::panels;
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Marcum, Scaled, bessel_i_ratio, bessel_i0_scaled, expint_e1};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;

/// Rice distribution: the distance from the origin of a normal point in the plane, with density
///
/// ```text
/// f(x) = x/σ² exp(-(x² + ν²)/(2σ²)) I₀(xν/σ²),    x ≥ 0,    ν = distance ≥ 0 of the mean, σ = scale > 0 of each coordinate
/// ```
///
/// For ν = 0 it is the Rayleigh law.
///
/// # Accuracy
/// 1e-13 for both tails, their logarithms and the density, beside the conditioning in `x`; 1e-12 for quantiles. Mean, variance and entropy
/// come from numerical integration, to about 1e-14 of σ, σ² and 1; skewness and kurtosis, which tend to 0 for large ν/σ, to 1e-14
/// absolutely.
///
/// # Source
/// cdf = 1 - Q₁(ν/σ, x/σ), Marcum's function, by [`Marcum`]. Rice, *Bell System Technical Journal* 24 (1945) 46–156.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Rice};
/// let law = Rice::new(0.0, 2.0)?;
/// assert!((law.sf(2.0) - (-0.5f64).exp()).abs() < 1e-15); // Rayleigh
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rice {
    distance: f64,
    scale: f64,
    /// (X/σ)² follows this law.
    square: NoncentralChiSquared,
}

impl Rice {
    /// Builds the distribution from the distance ν of the mean and the scale σ.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `distance` is negative or not finite, `scale` is not positive and finite, or `distance` exceeds 1e150
    /// times `scale`.
    pub fn new(distance: f64, scale: f64) -> Result<Self, Error> {
        check::positive("Rice", "scale", scale)?;
        let ratio = distance / scale;
        let holds = (0.0..f64::INFINITY).contains(&distance) && ratio <= 1e150;
        check::require(holds, "Rice", "distance", "at least 0 and at most 1e150 times the scale", distance)?;
        Ok(Self { distance, scale, square: NoncentralChiSquared::new(2.0, ratio * ratio)? })
    }

    /// Distance ν of the mean from the origin.
    pub fn distance(&self) -> f64 {
        self.distance
    }

    /// Scale σ of each coordinate.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    fn ratio(&self) -> f64 {
        self.distance / self.scale
    }

    fn tails(&self, x: f64) -> Marcum {
        let x = if x < 0.0 { 0.0 } else { x };
        let half = |x: f64| {
            let z = standardised(x, 0.0, self.scale);
            if z.hi() < 1e150 { z * z * 0.5 } else { Dd::from(0.5 * z.hi() * z.hi()) }
        };
        if x > 0.0 && x / self.scale < 1e-130 {
            return Marcum::new(1.0, self.ratio(), x / self.scale);
        }
        Marcum::from_halves(1.0, half(self.distance), half(x))
    }

    /// For 0 < x < ∞.
    fn density(&self, x: f64) -> Scaled {
        let away = standardised(x, self.distance, self.scale);
        let exponent =
            if away.hi().abs() < 1e150 { away * away * -0.5 } else { Dd::from(-0.5 * away.hi() * away.hi()) };
        let z = x / self.scale;
        if z.is_nan() || z >= 1e150 {
            return Scaled { mantissa: 1.0, exponent };
        }
        Scaled { mantissa: z * bessel_i0_scaled(z * self.ratio()), exponent }.over(self.scale)
    }

    fn locate(&self, x: f64) -> f64 {
        self.scale * x.sqrt()
    }

    /// E(X/σ - c)^k for k = 0…4, and -E ln(f(x)/x) of X/σ, over the 11 standard deviations around ν/σ that carry all probability.
    fn integrals(&self, c: f64) -> [f64; 6] {
        let s = self.ratio();
        let start = (s - 10.5).max(0.0);
        panels(s + 10.5 - start, 60, |u| {
            let x = start + u;
            let ln_front = -0.5 * (x - s) * (x - s);
            let (front, bessel) = (x * ln_front.exp(), bessel_i0_scaled(x * s));
            let f = front * bessel;
            let d = x - c;
            [f, f * d, f * d * d, f * d.powi(3), f * d.powi(4), -f * (ln_front + bessel.ln())]
        })
    }

    /// The mean of X/σ, and the integrals around it.
    fn central(&self) -> (f64, [f64; 6]) {
        let s = self.ratio();
        // Next to ν/σ, so that no digits of a large ratio are lost.
        let first = self.integrals(s);
        let mean = s + first[1] / first[0];
        (mean, self.integrals(mean))
    }
}

/// Past this ν/σ, X is normal to the last digit: every correction is below σ/(ν²).
const NORMAL: f64 = 1e8;

impl ContinuousDistribution for Rice {
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
        self.tails(x).lower()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).upper()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_lower()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_upper()
    }

    fn quantile(&self, p: f64) -> f64 {
        if p > 1e-250 { self.locate(self.square.quantile(p)) } else { solve::root(self, p, 1.0 - p) }
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(self.square.isf(p))
    }

    /// 1/x - (x - ν)/σ² - ν/σ² (1 - I₁/I₀).
    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 {
            let away = standardised(x, self.distance, self.scale).hi();
            let ratio = bessel_i_ratio(0.0, x / self.scale * self.ratio());
            1.0 / x - (away + self.ratio() * (1.0 - ratio)) / self.scale
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        if self.ratio() > NORMAL {
            return self.distance;
        }
        self.scale * self.central().0
    }

    fn variance(&self) -> f64 {
        if self.ratio() > NORMAL {
            return self.scale * self.scale;
        }
        self.scale * self.scale * self.central().1[2]
    }

    fn skewness(&self) -> f64 {
        if self.ratio() > NORMAL {
            return 0.0;
        }
        let (_, m) = self.central();
        m[3] / m[2].powf(1.5)
    }

    fn excess_kurtosis(&self) -> f64 {
        if self.ratio() > NORMAL {
            return 0.0;
        }
        let (_, m) = self.central();
        m[4] / m[2] / m[2] - 3.0
    }

    fn entropy(&self) -> f64 {
        if self.ratio() > NORMAL {
            return 0.5 + crate::continuous::normal::LN_SQRT_2PI + self.scale.ln();
        }
        // E ln(X/σ) in closed form, since ln x has no end at 0: ln s + ½ E₁(s²/2), ½(ln 2 - γ) at s = 0.
        let s = self.ratio();
        const EULER: f64 = 0.5772156649015329;
        let ln_mean = if s < 1e-8 {
            0.5 * (std::f64::consts::LN_2 - EULER)
        } else {
            s.ln() + 0.5 * expint_e1(0.5 * s * s)
        };
        self.integrals(s)[5] - ln_mean + self.scale.ln()
    }

    /// Where the slope of the density changes its sign, by bisection.
    fn mode(&self) -> f64 {
        let (mut low, mut high) = (0.5 * self.scale, self.distance + self.scale);
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if self.score_x(middle) > 0.0 { low = middle } else { high = middle }
        }
        low
    }
}

impl Distribution<f64> for Rice {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let (u, v): (f64, f64) = (StandardNormal.sample(rng), StandardNormal.sample(rng));
        (self.distance + self.scale * u).hypot(self.scale * v)
    }
}

impl Parametric for Rice {
    type Outcome = f64;
    const LAW: &'static str = "Rice";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("distance", Domain::Positive), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.distance, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With r = I₁/I₀ at xν/σ²: ∂ν = (x r - ν)/σ², ∂σ = ((x - ν)²/σ² + 2(xν/σ²)(1 - r) - 2)/σ.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let away = standardised(x, self.distance, self.scale).hi();
        let z = x / self.scale * self.ratio();
        let short = 1.0 - bessel_i_ratio(0.0, z);
        out[0] = (away - x / self.scale * short) / self.scale;
        out[1] = (away * away + 2.0 * z * short - 2.0) / self.scale;
    }

    /// From the second and fourth moments, E X² = ν² + 2σ², ν⁴ = 2(E X²)² - E X⁴; where these belong to no such law, from ν = σ.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let unit = sample.max();
        let second = sample.average(|x| (x / unit).powi(2));
        let fourth = sample.average(|x| (x / unit).powi(4));
        let square = (2.0 * second * second - fourth).max(0.0).sqrt();
        let (nu2, sigma2) = if square > 0.05 * second && square < second {
            (square, 0.5 * (second - square))
        } else {
            (second / 3.0, second / 3.0)
        };
        Ok(vec![unit * nu2.sqrt(), unit * sigma2.sqrt()])
    }
}
