//! Fisher's F distribution.
use crate::continuous::chi_squared::Sampler;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteBeta, beta_inc_inv_odds, ln_minus_digamma, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::TAU;

/// Fisher's F distribution: the ratio (χ²₁/d₁)/(χ²₂/d₂) of independent chi-squared variables, with density
///
/// ```text
/// f(x) = y^a (1 - y)^b / (x B(a, b)),    y = d₁x/(d₁x + d₂), a = d₁/2, b = d₂/2
/// d₁ = d1 > 0 (numerator), d₂ = d2 > 0 (denominator degrees of freedom)
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for d₁ < 2, 1 for d₁ = 2, 0 above. The mean is ∞ for d₂ ≤ 2. The variance is ∞ for 2 < d₂ ≤ 4 and NaN
/// below; skewness and kurtosis are ∞ where their own moment is infinite but the variance is not (4 < d₂ ≤ 6 and ≤ 8), NaN below.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// cdf = I_y(d₁/2, d₂/2) by [`IncompleteBeta`], with y and 1 - y each in double-double. Johnson, Kotz & Balakrishnan, *Continuous
/// Univariate Distributions* vol. 2 (1995), ch. 27.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, FisherF};
/// let f = FisherF::new(2.0, 10.0)?;
/// assert!((f.sf(5.0) - 2f64.powi(-5)).abs() < 1e-16); // (1 + x/5)^-5
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherF {
    d1: f64,
    d2: f64,
    top: Sampler,
    bottom: Sampler,
}

impl FisherF {
    /// Builds the distribution from the degrees of freedom of numerator and denominator.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `d1` or `d2` is not positive and finite.
    pub fn new(d1: f64, d2: f64) -> Result<Self, Error> {
        check::positive("FisherF", "d1", d1)?;
        check::positive("FisherF", "d2", d2)?;
        let (top, bottom) = (Sampler::new("FisherF", "d1", d1)?, Sampler::new("FisherF", "d2", d2)?);
        Ok(Self { d1, d2, top, bottom })
    }

    fn tails(&self, x: f64) -> IncompleteBeta {
        let x = if x < 0.0 { 0.0 } else { x };
        let (mut u, mut v) = (x, self.d2);
        // Powers of two keep the product d₁x, with its rounding error, inside the exponent range.
        if (x < 1e-150 || self.d1 < 1e-150) && x * self.d1 < 1e-250 && self.d2 < 1e100 {
            (u, v) = (u * 2f64.powi(600), v * 2f64.powi(600));
        } else if x * self.d1 > 1e200 && x < f64::INFINITY {
            (u, v) = (u * 2f64.powi(-500), v * 2f64.powi(-500));
        }
        IncompleteBeta::from_ratio(0.5 * self.d1, 0.5 * self.d2, Dd::product(self.d1, u), Dd::from(v))
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        let odds = beta_inc_inv_odds(0.5 * self.d1, 0.5 * self.d2, p, q);
        odds.times(self.d2 / self.d1).value()
    }
}

impl ContinuousDistribution for FisherF {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().over(x).value()
        } else if x == 0.0 {
            at_zero(self.d1, 1.0)
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
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// (a - 1)/x - (a + b) d₁/(d₂ + d₁x) with a = d₁/2, b = d₂/2.
    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 {
            let (a, b) = (0.5 * self.d1, 0.5 * self.d2);
            (a - 1.0) / x - (a + b) / (self.d2 / self.d1 + x)
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        if self.d2 > 2.0 { self.d2 / (self.d2 - 2.0) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        let (m, n) = (self.d1, self.d2);
        if n > 4.0 {
            let mean = self.mean();
            2.0 * mean * mean * ((m + (n - 2.0)) / m / (n - 4.0))
        } else if n > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        let (m, n) = (self.d1, self.d2);
        if n > 6.0 {
            (2.0 * m + (n - 2.0)) / (n - 6.0) * (8.0 * (n - 4.0) / m / (m + (n - 2.0))).sqrt()
        } else if n > 4.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn excess_kurtosis(&self) -> f64 {
        let (m, n) = (self.d1, self.d2);
        if n > 8.0 {
            let first = (5.0 * n - 22.0) / (n - 6.0) / (n - 8.0);
            let second = (n - 4.0) / (n - 6.0) * ((n - 2.0) / (n - 8.0)) * ((n - 2.0) / (m + (n - 2.0))) / m;
            12.0 * (first + second)
        } else if n > 4.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// With a = d₁/2, b = d₂/2, n = a + b, g(x) = ln x - ψ(x) and δ the Stirling remainder, all large terms cancel on paper:
    /// ½ ln(2πn/(ab)) + δ(a) + δ(b) - δ(n) + a g(a) + b g(b) - n g(n) - g(a) + g(b).
    fn entropy(&self) -> f64 {
        let (a, b) = (0.5 * self.d1, 0.5 * self.d2);
        let n = a + b;
        let (ga, gb) = (ln_minus_digamma(a), ln_minus_digamma(b));
        let rest = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(n);
        0.5 * (TAU * (1.0 / a + 1.0 / b)).ln() + rest + (a - 1.0) * ga + (b + 1.0) * gb
            - n * ln_minus_digamma(n)
    }

    fn mode(&self) -> f64 {
        if self.d1 > 2.0 { (self.d1 - 2.0) / self.d1 * (self.d2 / (self.d2 + 2.0)) } else { 0.0 }
    }
}

/// The density at 0 of a law that behaves like x^(d/2 - 1) there.
pub(crate) fn at_zero(d: f64, at_two: f64) -> f64 {
    if d < 2.0 {
        f64::INFINITY
    } else if d == 2.0 {
        at_two
    } else {
        0.0
    }
}

impl Distribution<f64> for FisherF {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        if let (Sampler::Direct(top), Sampler::Direct(bottom)) = (&self.top, &self.bottom) {
            return (top.sample(rng) / bottom.sample(rng)) * (self.d2 / self.d1);
        }
        // Both may underflow: their ratio is taken in logarithms.
        let top = self.top.ln_sample(rng) - self.d1.ln();
        let bottom = self.bottom.ln_sample(rng) - self.d2.ln();
        (top - bottom).exp()
    }
}

impl Parametric for FisherF {
    type Outcome = f64;
    const LAW: &'static str = "FisherF";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("d1", Domain::Positive), Parameter::new("d2", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.d1, self.d2]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With n = a + b, g(u) = ln u - ψ(u) and y = d₁x/(d₁x + d₂):
    /// ∂₁ = ½ (ln(y n/a) + g(a) - g(n)) + ½ - ½ (n/a) y, and likewise with 1 - y and b for ∂₂.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let (a, b) = (0.5 * self.d1, 0.5 * self.d2);
        let n = a + b;
        let common = ln_minus_digamma(n);
        let odds = x * (self.d1 / self.d2);
        // y n / a and (1 − y) n / b, and their logarithms where the odds are out of range.
        let upper = (n / a) / (1.0 + 1.0 / odds);
        let lower = (n / b) / (1.0 + odds);
        let ln_odds = x.ln() + self.d1.ln() - self.d2.ln();
        let ln_upper = if odds > 1e-300 { upper.ln() } else { (n / a).ln() + ln_odds };
        let ln_lower = if odds < 1e300 { lower.ln() } else { (n / b).ln() - ln_odds };
        out[0] = 0.5 * (ln_upper + ln_minus_digamma(a) - common + (1.0 - upper));
        out[1] = 0.5 * (ln_lower + ln_minus_digamma(b) - common + (1.0 - lower));
    }

    /// From mean and variance where they are those of an F law, else 5 and 5.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (m, v) = (sample.mean(), sample.variance());
        let d2 = if m > 1.0 { (2.0 * m / (m - 1.0)).clamp(4.5, 1e3) } else { 1e3 };
        let top = 2.0 * m * m * (d2 - 2.0);
        let bottom = v * (d2 - 4.0) - 2.0 * m * m;
        Ok(vec![if bottom > 0.0 { (top / bottom).clamp(0.5, 1e3) } else { 5.0 }, d2])
    }
}
