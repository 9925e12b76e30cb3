//! The non-central F distribution.
use crate::continuous::chi_squared::Sampler;
use crate::continuous::fisher_f::at_zero;
use crate::continuous::mixture::{Averages, Mixture, Tails};
use crate::continuous::quadrature::panels;
use crate::continuous::{FisherF, NoncentralChiSquared};
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, beta_inc_inv_odds, digamma};
use rand::Rng;
use rand::distr::Distribution;

/// Non-central F distribution: the ratio (χ′²₁/d₁)/(χ²₂/d₂) of a non-central and a central chi-squared variable, with
///
/// ```text
/// P(X ≤ x) = Σ_j e^(-λ/2) (λ/2)^j/j! I_y(d₁/2 + j, d₂/2),    y = d₁x/(d₁x + d₂)
/// d₁ = d1 > 0, d₂ = d2 > 0, λ = noncentrality ≥ 0
/// ```
///
/// For λ = 0 it is Fisher's F law. It gives the power of an F test.
///
/// # Special values
/// At x = 0 the density is ∞ for d₁ < 2, e^(-λ/2) for d₁ = 2, 0 above. Moments are infinite or undefined for the same d₂ as those of
/// [`FisherF`].
///
/// # Accuracy
/// 1e-13 for both tails, their logarithms and the density, beside the conditioning in `x`; 1e-12 for quantiles. The
/// time grows as √λ. The entropy comes from numerical integration, to about 1e-12 for d₁ ≥ 1.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 30. The mixture is summed from its largest term
/// to both sides, in recurrences that add positive numbers: Benton & Krishnamoorthy, *Computational Statistics & Data Analysis* 43 (2003)
/// 249–267.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, FisherF, NoncentralF};
/// let critical = FisherF::new(2.0, 10.0)?.isf(0.05);
/// let power = NoncentralF::new(2.0, 10.0, 8.0)?.sf(critical);
/// assert!(power > 0.5 && power < 0.7);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoncentralF {
    d1: f64,
    d2: f64,
    noncentrality: f64,
    central: FisherF,
    top: NoncentralChiSquared,
    bottom: Sampler,
}

impl NoncentralF {
    /// Builds the distribution from the degrees of freedom of numerator and denominator, and the non-centrality.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `d1` or `d2` is not positive and finite, or `noncentrality` is not between 0 and 1e10.
    pub fn new(d1: f64, d2: f64, noncentrality: f64) -> Result<Self, Error> {
        check::positive("NoncentralF", "d1", d1)?;
        check::positive("NoncentralF", "d2", d2)?;
        let holds = (0.0..=1e10).contains(&noncentrality);
        check::require(holds, "NoncentralF", "noncentrality", "between 0 and 1e10", noncentrality)?;
        Ok(Self {
            d1,
            d2,
            noncentrality,
            central: FisherF::new(d1, d2)?,
            top: NoncentralChiSquared::new(d1, noncentrality)?,
            bottom: Sampler::new("NoncentralF", "d2", d2)?,
        })
    }

    /// Degrees of freedom d₁ of the numerator.
    pub fn d1(&self) -> f64 {
        self.d1
    }

    /// Degrees of freedom d₂ of the denominator.
    pub fn d2(&self) -> f64 {
        self.d2
    }

    /// Non-centrality λ.
    pub fn noncentrality(&self) -> f64 {
        self.noncentrality
    }

    fn is_central(&self) -> bool {
        self.noncentrality < 1e-290
    }

    fn mixture(&self, x: f64) -> Mixture {
        let x = if x < 0.0 { 0.0 } else { x };
        let (mut u, mut v) = (x, self.d2);
        // Powers of two keep the product d₁x, with its rounding error, inside the exponent range.
        if (x < 1e-150 || self.d1 < 1e-150) && x * self.d1 < 1e-250 && self.d2 < 1e100 {
            (u, v) = (u * 2f64.powi(600), v * 2f64.powi(600));
        } else if x * self.d1 > 1e200 && x < f64::INFINITY {
            (u, v) = (u * 2f64.powi(-500), v * 2f64.powi(-500));
        }
        let u = if u.is_finite() { Dd::product(self.d1, u) } else { Dd::from(u) };
        let mean = Dd::from(0.5 * self.noncentrality);
        Mixture { a: 0.5 * self.d1, b: 0.5 * self.d2, shift: 0.0, mean, u, v: Dd::from(v) }
    }

    fn tails(&self, x: f64) -> Tails {
        self.mixture(x).tails()
    }

    /// For 0 < x < ∞.
    fn density(&self, x: f64) -> Scaled {
        self.mixture(x).weight().over(x)
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        if !(p > 0.0 && q > 0.0) {
            return solve::root(self, p, q);
        }
        // Patnaik's approximation of the numerator by a multiple of a chi-squared variable.
        let (k, lambda) = (self.d1, self.noncentrality);
        let half = 0.5 * (k + lambda) / (k + 2.0 * lambda) * (k + lambda);
        let odds = beta_inc_inv_odds(half, 0.5 * self.d2, p, q);
        let x = solve::newton(self, p, q, odds.times(0.5 * self.d2 / half * (1.0 + lambda / k)).value());
        // The end of the range of `f64` stands for what lies beyond it.
        if x == f64::MAX { f64::INFINITY } else { x }
    }

    /// Mean, and central moments 2, 3, 4, in double-double, as far as they exist.
    fn moments(&self) -> [Dd; 4] {
        let (n, m) = (Dd::from(self.d1), Dd::from(self.noncentrality));
        // Raw moments of the numerator from its cumulants 2^(r-1) (r-1)! (n + rλ).
        let k1 = n + m;
        let k2 = (n + m * 2.0) * 2.0;
        let k3 = (n + m * 3.0) * 8.0;
        let k4 = (n + m * 4.0) * 48.0;
        let square = k1 * k1;
        let a = [
            k1,
            square + k2,
            square * k1 + k1 * k2 * 3.0 + k3,
            square * square + square * k2 * 6.0 + k2 * k2 * 3.0 + k1 * k3 * 4.0 + k4,
        ];
        // E χ^-2k = 1/((d₂ - 2)(d₂ - 4)…).
        let scale = Dd::from(self.d2) / n;
        let mut power = Dd::ONE;
        let mut raw = [Dd::ONE; 4];
        for (i, raw) in raw.iter_mut().enumerate() {
            power = power * scale / Dd::sum(self.d2, -2.0 * (i as f64 + 1.0));
            *raw = a[i] * power;
        }
        let mean = raw[0];
        let second = raw[1] - mean * mean;
        let third = raw[2] - mean * raw[1] * 3.0 + mean * mean * mean * 2.0;
        let fourth =
            raw[3] - mean * raw[2] * 4.0 + mean * mean * raw[1] * 6.0 - mean * mean * mean * mean * 3.0;
        [mean, second, third, fourth]
    }
}

impl ContinuousDistribution for NoncentralF {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.is_central() {
            self.central.pdf(x)
        } else if x > 0.0 && x < f64::INFINITY {
            self.density(x).value()
        } else if x == 0.0 {
            at_zero(self.d1, (-0.5 * self.noncentrality).exp())
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.is_central() {
            self.central.ln_pdf(x)
        } else if x > 0.0 && x < f64::INFINITY {
            self.density(x).ln()
        } else if x == 0.0 && self.d1 == 2.0 {
            -0.5 * self.noncentrality
        } else {
            self.pdf(x).ln()
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.cdf(x) } else { self.tails(x).value(true) }
    }

    fn sf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.sf(x) } else { self.tails(x).value(false) }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.ln_cdf(x) } else { self.tails(x).ln(true) }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.ln_sf(x) } else { self.tails(x).ln(false) }
    }

    fn quantile(&self, p: f64) -> f64 {
        if self.is_central() { self.central.quantile(p) } else { self.locate(p, 1.0 - p) }
    }

    fn isf(&self, p: f64) -> f64 {
        if self.is_central() { self.central.isf(p) } else { self.locate(1.0 - p, p) }
    }

    /// (a - 1)/x - (a + b) d₁/(d₂ + d₁x) + E j (1 - y)/x, the mean over the mixture given x.
    fn score_x(&self, x: f64) -> f64 {
        if self.is_central() || x == 0.0 {
            return self.central.score_x(x);
        }
        if !(x > 0.0 && x < f64::INFINITY) {
            return f64::NAN;
        }
        let (a, b) = (0.5 * self.d1, 0.5 * self.d2);
        let j = self.mixture(x).averages().j;
        let rest = 1.0 + x * (self.d1 / self.d2);
        (a - 1.0 + j / rest) / x - (a + b) / (self.d2 / self.d1 + x)
    }

    fn mean(&self) -> f64 {
        if self.d2 > 2.0 {
            self.d2 / (self.d2 - 2.0) * (1.0 + self.noncentrality / self.d1)
        } else {
            f64::INFINITY
        }
    }

    fn variance(&self) -> f64 {
        let (m, n, lambda) = (self.d1, self.d2, self.noncentrality);
        if n > 4.0 {
            let ratio = n / m / (n - 2.0);
            let sum = (m + lambda) * (m + lambda) + (m + 2.0 * lambda) * (n - 2.0);
            2.0 * ratio * ratio * sum / (n - 4.0)
        } else if n > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        if self.d2 > 6.0 {
            let [_, second, third, _] = self.moments();
            (third / (second * second.sqrt())).hi()
        } else if self.d2 > 4.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn excess_kurtosis(&self) -> f64 {
        if self.d2 > 8.0 {
            let [_, second, _, fourth] = self.moments();
            (fourth / (second * second) - 3.0).hi()
        } else if self.d2 > 4.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// `-∫ f ln f` over ln x, between the quantiles that leave 1e-18 on either side.
    fn entropy(&self) -> f64 {
        if self.is_central() {
            return self.central.entropy();
        }
        let (low, high) = (self.quantile(1e-18).max(1e-300).ln(), self.isf(1e-18).min(1e300).ln());
        let [entropy] = panels(high - low, 200, |s| {
            let ln_x = low + s;
            let ln = self.ln_pdf(ln_x.exp());
            [-ln * (ln + ln_x).exp()]
        });
        entropy
    }

    /// Where the slope of the density changes its sign, by bisection; 0 for d₁ < 2.
    fn mode(&self) -> f64 {
        if self.is_central() || self.d1 < 2.0 {
            return self.central.mode();
        }
        let (mut low, mut high) = (0.0, 1.0 + self.noncentrality / self.d1);
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high || middle < 1e-300 {
                break;
            }
            if self.score_x(middle) > 0.0 { low = middle } else { high = middle }
        }
        low
    }
}

impl Distribution<f64> for NoncentralF {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let top = self.top.sample(rng) / self.d1;
        match &self.bottom {
            Sampler::Direct(bottom) => top / bottom.sample(rng) * self.d2,
            log => (top.ln() + self.d2.ln() - log.ln_sample(rng)).exp(),
        }
    }
}

impl Parametric for NoncentralF {
    type Outcome = f64;
    const LAW: &'static str = "NoncentralF";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("d1", Domain::Positive),
        Parameter::new("d2", Domain::Positive),
        Parameter::new("noncentrality", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.d1, self.d2, self.noncentrality]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// Means over the mixture given x, with t = (a + E j)(1 - y) - b y: ∂₁ = ½ (ln y + E ψ(a+b+j) - E ψ(a+j)) + t/d₁,
    /// ∂₂ = ½ (ln(1-y) + E ψ(a+b+j) - ψ(b)) - t/d₂, ∂λ = E j/λ - ½.
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(x > 0.0 && x < f64::INFINITY) {
            out[..3].fill(f64::NAN);
            return;
        }
        let (a, b) = (0.5 * self.d1, 0.5 * self.d2);
        let odds = x * (self.d1 / self.d2);
        let (y, rest) = (1.0 / (1.0 + 1.0 / odds), 1.0 / (1.0 + odds));
        let Averages { j, digamma_a, digamma_n } = self.mixture(x).averages();
        let t = (a + j) * rest - b * y;
        out[0] = 0.5 * (-(1.0 / odds).ln_1p() + (digamma_n - digamma_a)) + t / self.d1;
        out[1] = 0.5 * (-odds.ln_1p() + (digamma_n - digamma(b))) - t / self.d2;
        out[2] = j / self.noncentrality - 0.5;
    }

    /// The non-centrality from the mean, for d₁ = 5 and d₂ = 10.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![5.0, 10.0, (4.0 * sample.mean() - 5.0).clamp(0.5, 1e4)])
    }
}
