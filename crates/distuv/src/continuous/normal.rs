//! The normal (Gaussian) distribution.
use crate::fit::Sample;
use crate::traits::{expect_parameters, map};
use crate::vector::normal as slices;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, ln_norm_cdf_dd, norm_cdf_dd, norm_quantile};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::TAU;

/// ln √(2π).
pub(crate) const LN_SQRT_2PI: f64 = 0.9189385332046727;

/// Normal distribution with density
///
/// ```text
/// f(x) = exp(-z²/2) / (σ√(2π)),    z = (x - μ)/σ,    μ = mean, σ = std_dev > 0
/// ```
///
/// # Accuracy
/// 4 ulp for every function beside the conditioning in `x`; `z` is held in double-double, so that a far tail keeps its digits.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Normal};
/// let height = Normal::new(175.0, 7.0)?;
/// assert!((height.sf(200.0) - 1.7751970e-4).abs() < 1e-11);
/// assert!((Normal::standard().isf(1e-300) - 37.0470962993612).abs() < 1e-13);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    mean: f64,
    std_dev: f64,
}

impl Normal {
    /// Builds the distribution from its mean and standard deviation.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean` is not finite, or `std_dev` is not positive and finite.
    pub fn new(mean: f64, std_dev: f64) -> Result<Self, Error> {
        check::finite("Normal", "mean", mean)?;
        check::positive("Normal", "std_dev", std_dev)?;
        Ok(Self { mean, std_dev })
    }

    /// Mean 0, standard deviation 1.
    pub const fn standard() -> Self {
        Self { mean: 0.0, std_dev: 1.0 }
    }

    fn density(&self, x: f64) -> Scaled {
        let z = standardised(x, self.mean, self.std_dev);
        Scaled { mantissa: 1.0 / TAU.sqrt(), exponent: z * z * -0.5 }.over(self.std_dev)
    }

    /// The quantile whose standard form is `z`, with `sf = 1 - cdf = p` on the side of `z`.
    fn locate(&self, z: f64) -> f64 {
        z.mul_add(self.std_dev, self.mean)
    }
}

/// (x - location)/scale in double-double; ±∞ and overflow in the leading part alone.
#[inline]
pub(crate) fn standardised(x: f64, location: f64, scale: f64) -> Dd {
    let difference = Dd::sum(x, -location);
    if !difference.hi().is_finite() || !difference.lo().is_finite() {
        // Halving keeps a difference of two huge numbers finite; ±∞ stays.
        return Dd::from((0.5 * x - 0.5 * location) / (0.5 * scale));
    }
    let quotient = difference / Dd::from(scale);
    if quotient.hi().is_finite() && quotient.lo().is_finite() {
        quotient
    } else {
        Dd::from(difference.hi() / scale)
    }
}

impl ContinuousDistribution for Normal {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x.is_infinite() { 0.0 } else { self.density(x).value() }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        let z = standardised(x, self.mean, self.std_dev);
        if z.hi().abs() > 1e150 {
            return -0.5 * z.hi() * z.hi();
        }
        self.density(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        norm_cdf_dd(standardised(x, self.mean, self.std_dev))
    }

    fn sf(&self, x: f64) -> f64 {
        norm_cdf_dd(-standardised(x, self.mean, self.std_dev))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        ln_norm_cdf_dd(standardised(x, self.mean, self.std_dev))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        ln_norm_cdf_dd(-standardised(x, self.mean, self.std_dev))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(norm_quantile(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(-norm_quantile(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        -(x - self.mean) / self.std_dev / self.std_dev
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.std_dev * self.std_dev
    }

    fn std_dev(&self) -> f64 {
        self.std_dev
    }

    fn skewness(&self) -> f64 {
        0.0
    }

    fn excess_kurtosis(&self) -> f64 {
        0.0
    }

    fn entropy(&self) -> f64 {
        0.5 + LN_SQRT_2PI + self.std_dev.ln()
    }

    fn mode(&self) -> f64 {
        self.mean
    }

    fn median(&self) -> f64 {
        self.mean
    }

    fn pdf_into(&self, x: &[f64], out: &mut [f64]) {
        match slices::Standard::new(self.mean, self.std_dev) {
            Some(standard) => slices::pdf(standard, x, out),
            None => map(x, out, |x| self.pdf(x)),
        }
    }

    fn ln_pdf_into(&self, x: &[f64], out: &mut [f64]) {
        match slices::Standard::new(self.mean, self.std_dev) {
            Some(standard) => slices::ln_pdf(standard, x, out),
            None => map(x, out, |x| self.ln_pdf(x)),
        }
    }

    fn cdf_into(&self, x: &[f64], out: &mut [f64]) {
        match slices::Standard::new(self.mean, self.std_dev) {
            Some(standard) => slices::cdf(standard, x, out),
            None => map(x, out, |x| self.cdf(x)),
        }
    }

    fn quantile_into(&self, p: &[f64], out: &mut [f64]) {
        match slices::Standard::new(self.mean, self.std_dev) {
            Some(standard) => slices::quantile(standard, p, out, |p| self.quantile(p)),
            None => map(p, out, |p| self.quantile(p)),
        }
    }
}

impl Distribution<f64> for Normal {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = rand_distr::StandardNormal.sample(rng);
        self.mean + self.std_dev * z
    }
}

impl Normal {
    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats.
    ///
    /// ```text
    /// ln(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²) / (2σ₂²) - ½
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let z = (self.mean - other.mean) / other.std_dev;
        let ratio = self.std_dev / other.std_dev;
        // ½ (r² − 1) − ln r = ½ (u − ln(1 + u)) with u = r² − 1.
        let u = (ratio - 1.0) * (ratio + 1.0);
        0.5 * (z * z - ferronum_special::ln1p_minus_x(u))
    }

    /// Bhattacharyya distance `-ln ∫ √(f g)`, in nats.
    ///
    /// ```text
    /// (μ₁ - μ₂)² / (4(σ₁² + σ₂²)) + ½ ln((σ₁² + σ₂²) / (2 σ₁ σ₂))
    /// ```
    pub fn bhattacharyya_distance(&self, other: &Self) -> f64 {
        let scale = self.std_dev.hypot(other.std_dev);
        let z = (self.mean - other.mean) / scale;
        // (σ₁² + σ₂²)/(2σ₁σ₂) − 1 = (σ₁ − σ₂)²/(2σ₁σ₂).
        let difference = self.std_dev - other.std_dev;
        let excess = 0.5 * (difference / self.std_dev) * (difference / other.std_dev);
        0.25 * z * z + 0.5 * excess.ln_1p()
    }

    /// Hellinger distance `√(1 - ∫ √(f g))`, from 0 to 1.
    pub fn hellinger_distance(&self, other: &Self) -> f64 {
        (-(-self.bhattacharyya_distance(other)).exp_m1()).sqrt()
    }
}

impl Parametric for Normal {
    type Outcome = f64;
    const LAW: &'static str = "Normal";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("mean", Domain::Location), Parameter::new("std_dev", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.mean, self.std_dev]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        let z = (x - self.mean) / self.std_dev;
        out[0] = z / self.std_dev;
        out[1] = (z - 1.0) * (z + 1.0) / self.std_dev;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![sample.mean(), sample.std_dev()])
    }

    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let mean = fixed[0].unwrap_or(sample.mean());
        let std_dev = match fixed[1] {
            Some(held) => held,
            None => sample.std_dev().hypot(sample.mean() - mean),
        };
        if std_dev == 0.0 {
            sample.expect_spread()?;
        }
        Ok(Some(vec![mean, std_dev]))
    }
}
