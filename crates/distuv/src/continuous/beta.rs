//! The beta distribution.
use crate::continuous::chi_squared::Sampler;
use crate::continuous::divergence::{poisson_divergence, shape_divergence};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, beta_inc_inv_pair, ln_minus_digamma, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::TAU;

/// Beta distribution with density
///
/// ```text
/// f(x) = x^(α-1) (1 - x)^(β-1) / B(α, β),    0 ≤ x ≤ 1,    α = alpha > 0, β = beta > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for α < 1, β for α = 1, 0 above; likewise at 1 with the roles exchanged. Where both ends are poles the mode
/// is the one with the smaller exponent; that of the uniform law is ½.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// cdf = I_x(α, β) by [`IncompleteBeta`]. Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 25.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Beta, ContinuousDistribution};
/// // A uniform prior after 7 successes in 10 trials.
/// let rate = Beta::new(8.0, 4.0)?;
/// assert!((rate.mean() - 2.0 / 3.0).abs() < 1e-15);
/// assert!((rate.cdf(0.5) - 232.0 / 2048.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
    odds: OddsSampler,
}

impl Beta {
    /// Builds the distribution from its two shapes.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `alpha` or `beta` is not positive and finite.
    pub fn new(alpha: f64, beta: f64) -> Result<Self, Error> {
        check::positive("Beta", "alpha", alpha)?;
        check::positive("Beta", "beta", beta)?;
        Ok(Self { alpha, beta, odds: OddsSampler::new("Beta", alpha, beta)? })
    }

    /// Shape α at 0.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Shape β at 1.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    fn tails(&self, x: f64) -> IncompleteBeta {
        let x = x.clamp(0.0, 1.0);
        IncompleteBeta::from_ratio(self.alpha, self.beta, Dd::from(x), Dd::sum(1.0, -x))
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: a sum of parts without cancellation, so that close
    /// laws keep their digits.
    ///
    /// ```text
    /// ln B(α₂, β₂)/B(α₁, β₁) + (α₁ - α₂) ψ(α₁) + (β₁ - β₂) ψ(β₁) + (α₂ - α₁ + β₂ - β₁) ψ(α₁ + β₁)
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        odds_divergence((self.alpha, self.beta), (other.alpha, other.beta))
    }

    /// Bhattacharyya distance `-ln ∫ √(f g)`, in nats: the mean of the divergences of the two laws from the one in their middle.
    pub fn bhattacharyya_distance(&self, other: &Self) -> f64 {
        let middle = (0.5 * self.alpha + 0.5 * other.alpha, 0.5 * self.beta + 0.5 * other.beta);
        0.5 * (odds_divergence(middle, (self.alpha, self.beta))
            + odds_divergence(middle, (other.alpha, other.beta)))
    }

    /// Hellinger distance `√(1 - ∫ √(f g))`, from 0 to 1.
    pub fn hellinger_distance(&self, other: &Self) -> f64 {
        (-(-self.bhattacharyya_distance(other)).exp_m1()).sqrt()
    }
}

/// The divergence of the beta law of shapes `(c, d)` from the one of `(a, b)`, which is also that of the laws of their odds: with
/// F(x) = ln Γ(x) - x ln x + x and m the mean, the Bregman distances of F at a, b less that at a + b, and (c + d) times the divergence of
/// the two-point laws of the means.
pub(crate) fn odds_divergence((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    let (n, total) = (a + b, c + d);
    let shapes = shape_divergence(a, c, c - a) + shape_divergence(b, d, d - b)
        - shape_divergence(n, total, (c - a) + (d - b));
    // c/total - a/n = (cb - ad)/(n total), the products exact.
    let apart = ((Dd::product(c, b) - Dd::product(a, d)) / n / total).to_f64();
    shapes + total * (poisson_divergence(a / n, apart) + poisson_divergence(b / n, -apart))
}

/// Skewness and excess kurtosis of the beta law of shapes `a`, `b`; differences of the shapes count in double-double.
pub(crate) fn lean_and_peak(a: Dd, b: Dd) -> (f64, f64) {
    let n = a + b;
    let apart = b - a;
    let skewness = (apart * 2.0 / (n + 2.0) * ((n + 1.0) / a / b).sqrt()).to_f64();
    // 6 ((a - b)²(n + 1) - ab(n + 2)) / (ab(n + 2)(n + 3)).
    let bracket = (apart / a) * (apart / b) * ((n + 1.0) / (n + 2.0)) - 1.0;
    (skewness, (bracket * 6.0 / (n + 3.0)).to_f64())
}

/// ½ ln(2π ab/n³) + δ(a) + δ(b) - δ(n) + (a - 1)(ln a - ψ(a)) + (b - 1)(ln b - ψ(b)) - (n - 2)(ln n - ψ(n)) with δ the Stirling
/// remainder: all large terms cancel on paper.
pub(crate) fn beta_entropy(a: f64, b: f64) -> f64 {
    let n = a + b;
    0.5 * (TAU * (a / n) * (b / n) / n).ln() + stirling_remainder(a) + stirling_remainder(b)
        - stirling_remainder(n)
        + (a - 1.0) * ln_minus_digamma(a)
        + (b - 1.0) * ln_minus_digamma(b)
        - (n - 2.0) * ln_minus_digamma(n)
}

/// Mode of x^(a-1) (1-x)^(b-1).
pub(crate) fn beta_mode(a: f64, b: f64) -> f64 {
    let (up, down) = (a - 1.0, b - 1.0);
    if up == 0.0 && down == 0.0 {
        0.5
    } else if up >= 0.0 && down >= 0.0 {
        up / (up + down)
    } else if up <= down {
        0.0
    } else {
        1.0
    }
}

impl ContinuousDistribution for Beta {
    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < 1.0 {
            self.tails(x).weight().over(x).over(1.0 - x).value()
        } else if x == 0.0 {
            end_value(self.alpha, self.beta)
        } else if x == 1.0 {
            end_value(self.beta, self.alpha)
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < 1.0 { self.tails(x).weight().over(x).over(1.0 - x).ln() } else { self.pdf(x).ln() }
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
        beta_inc_inv_pair(self.alpha, self.beta, p, 1.0 - p).0
    }

    fn isf(&self, p: f64) -> f64 {
        beta_inc_inv_pair(self.alpha, self.beta, 1.0 - p, p).0
    }

    /// (α - 1)/x - (β - 1)/(1 - x).
    fn score_x(&self, x: f64) -> f64 {
        if (0.0..=1.0).contains(&x) {
            power_slope(self.alpha - 1.0, x) - power_slope(self.beta - 1.0, 1.0 - x)
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    fn variance(&self) -> f64 {
        let n = self.alpha + self.beta;
        self.alpha / n * (self.beta / n) / (n + 1.0)
    }

    fn skewness(&self) -> f64 {
        lean_and_peak(Dd::from(self.alpha), Dd::from(self.beta)).0
    }

    fn excess_kurtosis(&self) -> f64 {
        lean_and_peak(Dd::from(self.alpha), Dd::from(self.beta)).1
    }

    fn entropy(&self) -> f64 {
        beta_entropy(self.alpha, self.beta)
    }

    fn mode(&self) -> f64 {
        beta_mode(self.alpha, self.beta)
    }
}

/// c/x, and 0 for c = 0 even at x = 0.
pub(crate) fn power_slope(c: f64, x: f64) -> f64 {
    if c == 0.0 { 0.0 } else { c / x }
}

/// The density at the end where the shape is `near`.
fn end_value(near: f64, far: f64) -> f64 {
    if near < 1.0 {
        f64::INFINITY
    } else if near == 1.0 {
        far
    } else {
        0.0
    }
}

/// Draws the odds G_a/G_b of two gamma variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct OddsSampler {
    top: Sampler,
    bottom: Sampler,
}

impl OddsSampler {
    pub fn new(law: &'static str, alpha: f64, beta: f64) -> Result<Self, Error> {
        let top = Sampler::new(law, "alpha", 2.0 * alpha)?;
        Ok(Self { top, bottom: Sampler::new(law, "beta", 2.0 * beta)? })
    }

    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        if let (Sampler::Direct(top), Sampler::Direct(bottom)) = (&self.top, &self.bottom) {
            return top.sample(rng) / bottom.sample(rng);
        }
        // Both may underflow: their ratio is taken in logarithms.
        (self.top.ln_sample(rng) - self.bottom.ln_sample(rng)).exp()
    }

    /// The share G_a/(G_a + G_b).
    pub fn share<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let odds = self.sample(rng);
        if odds < 1.0 { odds / (1.0 + odds) } else { 1.0 / (1.0 + 1.0 / odds) }
    }
}

impl Distribution<f64> for Beta {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.odds.share(rng)
    }
}

impl Parametric for Beta {
    type Outcome = f64;
    const LAW: &'static str = "Beta";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("alpha", Domain::Positive), Parameter::new("beta", Domain::Positive)];
    const DATA: DataDomain = DataDomain::OpenUnit;

    fn parameters(&self) -> Vec<f64> {
        vec![self.alpha, self.beta]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With g(u) = ln u - ψ(u): ∂α = ln(x/mean) + g(α) - g(α + β), ∂β = ln((1 - x)/(1 - mean)) + g(β) - g(α + β).
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(0.0..=1.0).contains(&x) {
            out[..2].fill(f64::NAN);
            return;
        }
        let n = self.alpha + self.beta;
        let common = ln_minus_digamma(n);
        // x n/α = 1 + e/α and (1 - x) n/β = 1 - e/β.
        let excess = x.mul_add(self.beta, -self.alpha * (1.0 - x));
        let ln_upper = ln_1p_or(excess / self.alpha, || ln_ratio(x, self.alpha / n));
        let ln_lower = ln_1p_or(-excess / self.beta, || ln_ratio(1.0 - x, self.beta / n));
        out[0] = ln_upper + ln_minus_digamma(self.alpha) - common;
        out[1] = ln_lower + ln_minus_digamma(self.beta) - common;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let mean = sample.mean();
        let total = mean * (1.0 - mean) / sample.variance() - 1.0;
        if !(total > 0.0 && total < f64::INFINITY) {
            return Err(sample.degenerate("the variance of the observations is too large or too small"));
        }
        Ok(vec![mean * total, (1.0 - mean) * total])
    }
}

/// ln(1 + e) next to 1; elsewhere `direct`, where 1 + e has lost digits or is out of range.
pub(crate) fn ln_1p_or(e: f64, direct: impl Fn() -> f64) -> f64 {
    if e > -0.5 && e < 1.0 { e.ln_1p() } else { direct() }
}

/// ln(x/y), also where the quotient is out of range.
pub(crate) fn ln_ratio(x: f64, y: f64) -> f64 {
    let ratio = x / y;
    if ratio > 1e-290 && ratio < 1e290 { ratio.ln() } else { x.ln() - y.ln() }
}
