//! The non-central beta distribution.
use crate::continuous::Beta;
use crate::continuous::NoncentralChiSquared;
use crate::continuous::chi_squared::Sampler;
use crate::continuous::mixture::{Averages, Mixture, Tails};
use crate::continuous::quadrature::panels;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, digamma};
use rand::Rng;
use rand::distr::Distribution;

/// Non-central beta distribution: χ′²/(χ′² + χ²) of a non-central and a central chi-squared variable with 2α and 2β degrees of freedom,
///
/// ```text
/// P(X ≤ x) = Σ_j e^(-λ/2) (λ/2)^j/j! I_x(α + j, β),    α > 0, β > 0, λ = noncentrality ≥ 0
/// ```
///
/// For λ = 0 it is the beta law.
///
/// # Accuracy
/// 1e-13 for both tails, their logarithms and the density, beside the conditioning in `x`; 1e-12 for quantiles, which
/// bracket the root. The entropy comes from numerical integration, to about 1e-10 for α and β of at least 1.
///
/// # Source
/// As for the non-central F law, of which this is the law of d₁X/(d₁X + d₂).
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, NoncentralBeta};
/// let law = NoncentralBeta::new(1.0, 1.0, 2.0)?;
/// assert!((law.cdf(0.5) - 0.5 * (-0.5f64).exp()).abs() < 1e-15); // x e^(-λ(1-x)/2)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoncentralBeta {
    alpha: f64,
    beta: f64,
    noncentrality: f64,
    central: Beta,
    top: NoncentralChiSquared,
    bottom: Sampler,
}

impl NoncentralBeta {
    /// Builds the distribution from its shapes and its non-centrality.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `alpha` or `beta` is not positive and finite, or `noncentrality` is not between 0 and 1e10.
    pub fn new(alpha: f64, beta: f64, noncentrality: f64) -> Result<Self, Error> {
        check::positive("NoncentralBeta", "alpha", alpha)?;
        check::positive("NoncentralBeta", "beta", beta)?;
        let holds = (0.0..=1e10).contains(&noncentrality);
        check::require(holds, "NoncentralBeta", "noncentrality", "between 0 and 1e10", noncentrality)?;
        Ok(Self {
            alpha,
            beta,
            noncentrality,
            central: Beta::new(alpha, beta)?,
            top: NoncentralChiSquared::new(2.0 * alpha, noncentrality)?,
            bottom: Sampler::new("NoncentralBeta", "beta", 2.0 * beta)?,
        })
    }

    /// First shape α.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Second shape β.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Non-centrality λ.
    pub fn noncentrality(&self) -> f64 {
        self.noncentrality
    }

    fn is_central(&self) -> bool {
        self.noncentrality < 1e-290
    }

    fn mixture(&self, x: f64) -> Mixture {
        let x = if x.is_nan() { x } else { x.clamp(0.0, 1.0) };
        let mean = Dd::from(0.5 * self.noncentrality);
        Mixture { a: self.alpha, b: self.beta, shift: 0.0, mean, u: Dd::from(x), v: Dd::sum(1.0, -x) }
    }

    fn tails(&self, x: f64) -> Tails {
        self.mixture(x).tails()
    }

    /// For 0 < x < 1.
    fn density(&self, x: f64) -> Scaled {
        self.mixture(x).weight().over(x).over(1.0 - x)
    }

    /// E X and the central moments 2, 3, 4, over the density in logit x.
    fn moments(&self) -> [f64; 4] {
        let logit = |x: f64, rest: f64| x.max(1e-300).ln() - rest.max(1e-300).ln();
        let (a, b) = (self.quantile(1e-20), self.isf(1e-20));
        let (low, high) = (logit(a, 1.0 - a).max(-690.0), logit(b, 1.0 - b).min(60.0));
        let integrate = |center: f64| {
            panels(high - low, 200, |s| {
                let t = low + s;
                let x = 1.0 / (1.0 + (-t).exp());
                let f = if x < 1.0 { self.mixture(x).weight().value() } else { 0.0 };
                let d = x - center;
                [f, f * d, f * d * d, f * d.powi(3), f * d.powi(4)]
            })
        };
        let first = integrate(0.0);
        let mean = first[1] / first[0];
        let [total, _, second, third, fourth] = integrate(mean);
        [mean, second / total, third / total, fourth / total]
    }
}

impl ContinuousDistribution for NoncentralBeta {
    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.is_central() {
            self.central.pdf(x)
        } else if x > 0.0 && x < 1.0 {
            self.density(x).value()
        } else if x.is_nan() {
            x
        } else {
            self.ln_pdf(x).exp()
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.is_central() {
            return self.central.ln_pdf(x);
        }
        if x > 0.0 && x < 1.0 {
            return self.density(x).ln();
        }
        // α e^(-λ/2) x^(α-1) B-factors at 0, and E (α + j)(1 - x)^(β-1) at 1: only exponents 0 leave a finite value.
        let end = |shape: f64, finite: f64| {
            if shape < 1.0 {
                f64::INFINITY
            } else if shape == 1.0 {
                finite
            } else {
                f64::NEG_INFINITY
            }
        };
        if x == 0.0 {
            end(self.alpha, self.beta.ln() - 0.5 * self.noncentrality)
        } else if x == 1.0 {
            end(self.beta, (self.alpha + 0.5 * self.noncentrality).ln())
        } else if x.is_nan() {
            x
        } else {
            f64::NEG_INFINITY
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

    /// (α - 1 + E j)/x - (β - 1)/(1 - x), the mean over the mixture given x.
    fn score_x(&self, x: f64) -> f64 {
        if self.is_central() || x == 0.0 || x == 1.0 {
            return self.central.score_x(x);
        }
        if !(x > 0.0 && x < 1.0) {
            return f64::NAN;
        }
        let j = self.mixture(x).averages().j;
        (self.alpha - 1.0 + j) / x - (self.beta - 1.0) / (1.0 - x)
    }

    fn mean(&self) -> f64 {
        if self.is_central() { self.central.mean() } else { self.moments()[0] }
    }

    fn variance(&self) -> f64 {
        if self.is_central() { self.central.variance() } else { self.moments()[1] }
    }

    fn skewness(&self) -> f64 {
        if self.is_central() {
            return self.central.skewness();
        }
        let [_, second, third, _] = self.moments();
        third / second.powf(1.5)
    }

    fn excess_kurtosis(&self) -> f64 {
        if self.is_central() {
            return self.central.excess_kurtosis();
        }
        let [_, second, _, fourth] = self.moments();
        fourth / second / second - 3.0
    }

    /// `-∫ f ln f` over x, between the quantiles that leave 1e-18 on either side.
    fn entropy(&self) -> f64 {
        if self.is_central() {
            return self.central.entropy();
        }
        let (low, high) = (self.quantile(1e-18), self.isf(1e-18));
        let [entropy] = panels(high - low, 300, |s| {
            let ln = self.ln_pdf(low + s);
            [-ln * ln.exp()]
        });
        entropy
    }

    /// Where the slope of the density changes its sign, by bisection; an end of the support where its shape is below 1.
    fn mode(&self) -> f64 {
        if self.is_central() {
            return self.central.mode();
        }
        if self.alpha < 1.0 {
            return 0.0;
        }
        if self.beta <= 1.0 {
            return 1.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
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

impl Distribution<f64> for NoncentralBeta {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let top = self.top.sample(rng);
        let ratio = match &self.bottom {
            Sampler::Direct(bottom) => bottom.sample(rng) / top,
            log => (log.ln_sample(rng) - top.ln()).exp(),
        };
        1.0 / (1.0 + ratio)
    }
}

impl Parametric for NoncentralBeta {
    type Outcome = f64;
    const LAW: &'static str = "NoncentralBeta";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("alpha", Domain::Positive),
        Parameter::new("beta", Domain::Positive),
        Parameter::new("noncentrality", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::OpenUnit;

    fn parameters(&self) -> Vec<f64> {
        vec![self.alpha, self.beta, self.noncentrality]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// Means over the mixture given x: ∂α = ln x + E ψ(α+β+j) - E ψ(α+j), ∂β = ln(1-x) + E ψ(α+β+j) - ψ(β), ∂λ = E j/λ - ½.
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(x > 0.0 && x < 1.0) {
            out[..3].fill(f64::NAN);
            return;
        }
        let Averages { j, digamma_a, digamma_n } = self.mixture(x).averages();
        out[0] = x.ln() + (digamma_n - digamma_a);
        out[1] = (-x).ln_1p() + (digamma_n - digamma(self.beta));
        out[2] = j / self.noncentrality - 0.5;
    }

    /// The beta law of the sample's mean and variance, with half of its first shape from the non-centrality.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (m, v) = (sample.mean(), sample.variance());
        let size = (m * (1.0 - m) / v - 1.0).clamp(0.1, 1e6);
        Ok(vec![0.5 * m * size, (1.0 - m) * size, m * size])
    }
}
