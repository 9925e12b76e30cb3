//! The beta prime distribution.
use crate::continuous::beta::{OddsSampler, ln_1p_or, odds_divergence};
use crate::continuous::fisher_f::at_zero;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, beta_inc_inv_odds, ln_minus_digamma, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::TAU;

/// Beta prime distribution (inverted beta, beta of the second kind): the odds x = y/(1 - y) of a beta variable y, with density
///
/// ```text
/// f(x) = x^(α-1) (1 + x)^(-α-β) / B(α, β),    x ≥ 0,    α = alpha > 0, β = beta > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for α < 1, β for α = 1, 0 above. The mean is ∞ for β ≤ 1. The variance is ∞ for 1 < β ≤ 2 and NaN below;
/// skewness and kurtosis are ∞ where their own moment is infinite but the variance is not (2 < β ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// cdf = I_y(α, β) by [`IncompleteBeta`], with y and 1 - y each in double-double. Johnson, Kotz & Balakrishnan, *Continuous
/// Univariate Distributions* vol. 2 (1995), ch. 25.7.
///
/// # Examples
/// ```
/// use ferronum_distuv::{BetaPrime, ContinuousDistribution};
/// let odds = BetaPrime::new(1.0, 5.0)?;
/// assert!((odds.sf(1.0) - 2f64.powi(-5)).abs() < 1e-16); // (1 + x)^-β
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaPrime {
    alpha: f64,
    beta: f64,
    odds: OddsSampler,
}

impl BetaPrime {
    /// Builds the distribution from its two shapes.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `alpha` or `beta` is not positive and finite.
    pub fn new(alpha: f64, beta: f64) -> Result<Self, Error> {
        check::positive("BetaPrime", "alpha", alpha)?;
        check::positive("BetaPrime", "beta", beta)?;
        Ok(Self { alpha, beta, odds: OddsSampler::new("BetaPrime", alpha, beta)? })
    }

    /// Shape α at 0.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Shape β, the exponent of the upper tail.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: that of the [`Beta`](crate::Beta) laws.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        odds_divergence((self.alpha, self.beta), (other.alpha, other.beta))
    }

    fn tails(&self, x: f64) -> IncompleteBeta {
        let x = if x < 0.0 { 0.0 } else { x };
        IncompleteBeta::from_ratio(self.alpha, self.beta, Dd::from(x), Dd::ONE)
    }
}

impl ContinuousDistribution for BetaPrime {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().over(x).value()
        } else if x == 0.0 {
            at_zero(2.0 * self.alpha, self.beta)
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY { self.tails(x).weight().over(x).ln() } else { self.pdf(x).ln() }
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
        beta_inc_inv_odds(self.alpha, self.beta, p, 1.0 - p).value()
    }

    fn isf(&self, p: f64) -> f64 {
        beta_inc_inv_odds(self.alpha, self.beta, 1.0 - p, p).value()
    }

    /// (α - 1)/x - (α + β)/(1 + x).
    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (self.alpha - 1.0) / x - (self.alpha + self.beta) / (1.0 + x) } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        if self.beta > 1.0 { self.alpha / (self.beta - 1.0) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        if b > 2.0 {
            let mean = self.mean();
            mean * ((a + (b - 1.0)) / (b - 1.0)) / (b - 2.0)
        } else if b > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        if b > 3.0 {
            2.0 * (2.0 * a + (b - 1.0)) / (b - 3.0) * ((b - 2.0) / a / (a + (b - 1.0))).sqrt()
        } else if b > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn excess_kurtosis(&self) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        if b > 4.0 {
            let first = (5.0 * b - 11.0) / (b - 3.0) / (b - 4.0);
            let second = (b - 1.0) / (b - 3.0) * ((b - 2.0) / (b - 4.0)) * ((b - 1.0) / (a + (b - 1.0))) / a;
            6.0 * (first + second)
        } else if b > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// With n = α + β, g(x) = ln x - ψ(x) and δ the Stirling remainder, all large terms cancel on paper:
    /// ½ ln(2πnα/β³) + δ(α) + δ(β) - δ(n) + (α - 1) g(α) + (β + 1) g(β) - n g(n).
    fn entropy(&self) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        let n = a + b;
        let rest = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(n);
        0.5 * (TAU * (n / b) * (a / b) / b).ln()
            + rest
            + (a - 1.0) * ln_minus_digamma(a)
            + (b + 1.0) * ln_minus_digamma(b)
            - n * ln_minus_digamma(n)
    }

    fn mode(&self) -> f64 {
        (self.alpha - 1.0).max(0.0) / (self.beta + 1.0)
    }
}

impl Distribution<f64> for BetaPrime {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.odds.sample(rng)
    }
}

impl Parametric for BetaPrime {
    type Outcome = f64;
    const LAW: &'static str = "BetaPrime";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("alpha", Domain::Positive), Parameter::new("beta", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

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

    /// With n = α + β and g(u) = ln u - ψ(u): ∂α = ln(n x/(α(1 + x))) + g(α) - g(n), ∂β = ln(n/(β(1 + x))) + g(β) - g(n).
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let n = self.alpha + self.beta;
        let common = ln_minus_digamma(n);
        // n x/(α(1 + x)) = 1 + e/α and n/(β(1 + x)) = 1 - e/β.
        let excess =
            if x < f64::INFINITY { self.beta.mul_add(x, -self.alpha) / (1.0 + x) } else { self.beta };
        let ln_upper = ln_1p_or(excess / self.alpha, || (n / self.alpha).ln() + x.ln() - x.ln_1p());
        let ln_lower = ln_1p_or(-excess / self.beta, || (n / self.beta).ln() - x.ln_1p());
        out[0] = ln_upper + ln_minus_digamma(self.alpha) - common;
        out[1] = ln_lower + ln_minus_digamma(self.beta) - common;
    }

    /// The moments of the beta law of x/(1 + x), which exist whatever the shapes.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let share = |x: f64| 1.0 / (1.0 + 1.0 / x);
        let mean = sample.average(share);
        let rest = sample.average(|x| 1.0 / (1.0 + x));
        let variance = sample.average(|x| (share(x) - mean).powi(2));
        let total = mean * rest / variance - 1.0;
        if !(total > 0.0 && total < f64::INFINITY) {
            return Err(sample.degenerate("the observations are too far apart or too close together"));
        }
        Ok(vec![mean * total, rest * total])
    }
}
