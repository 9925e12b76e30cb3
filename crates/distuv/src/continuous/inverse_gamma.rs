//! The inverse gamma distribution.
use crate::continuous::chi_squared::Sampler;
use crate::continuous::gamma::{Gamma, shape_score};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{
    Dd, IncompleteGamma, Scaled, gamma_inc_inv_scaled, ln_dd, ln_minus_digamma, stirling_remainder,
};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{LN_2, TAU};

/// Inverse gamma distribution: the law of the reciprocal of a gamma variable of rate `b`, with density
///
/// ```text
/// f(x) = b^a x^(-a-1) e^(-b/x) / Γ(a),    x > 0,    a = shape > 0, b = scale > 0
/// ```
///
/// # Special values
/// The mean is ∞ for a ≤ 1. The variance is ∞ for 1 < a ≤ 2 and NaN below; skewness and kurtosis are ∞ where their own moment is infinite
/// but the variance is not (2 < a ≤ 3 and 2 < a ≤ 4), NaN below.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// cdf = Q(a, b/x) by [`IncompleteGamma`], with b/x in double-double. Johnson, Kotz & Balakrishnan, *Continuous Univariate
/// Distributions* vol. 1 (1994), ch. 17.8.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, InverseGamma};
/// let variance = InverseGamma::new(1.0, 2.0)?;
/// assert_eq!(variance.ln_cdf(1e-6), -2e6); // e^(-b/x)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InverseGamma {
    shape: f64,
    scale: f64,
    sampler: Sampler,
}

impl InverseGamma {
    /// Builds the distribution from its shape and its scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `scale` is not positive and finite.
    pub fn new(shape: f64, scale: f64) -> Result<Self, Error> {
        check::positive("InverseGamma", "shape", shape)?;
        check::positive("InverseGamma", "scale", scale)?;
        Ok(Self { shape, scale, sampler: Sampler::new("InverseGamma", "shape", 2.0 * shape)? })
    }

    /// Shape a.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Scale b.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: that of the gamma laws of the reciprocals.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let reciprocal = |law: &Self| Gamma::new(law.shape, law.scale);
        match (reciprocal(self), reciprocal(other)) {
            (Ok(one), Ok(other)) => one.kl_divergence(&other),
            _ => f64::NAN,
        }
    }

    /// The incomplete gamma function at b/x: its upper tail is the lower one here.
    fn tails(&self, x: f64) -> IncompleteGamma {
        if x <= 0.0 {
            return IncompleteGamma::new(self.shape, f64::INFINITY);
        }
        let ratio = self.scale / x;
        if ratio < 1e-200 && x < f64::INFINITY {
            return IncompleteGamma::at_ln(self.shape, ln_dd(Dd::from(self.scale)) - ln_dd(Dd::from(x)));
        }
        let in_range = ratio < 1e290 && x > 1e-290 && x < f64::INFINITY;
        let exact = if in_range { Dd::from(self.scale) / Dd::from(x) } else { Dd::from(ratio) };
        IncompleteGamma::at(self.shape, exact)
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        let gamma = gamma_inc_inv_scaled(self.shape, q, p);
        if gamma.mantissa == 0.0 || gamma.mantissa.is_infinite() {
            return 1.0 / gamma.mantissa;
        }
        let inverse = Scaled { mantissa: self.scale, exponent: -gamma.exponent };
        inverse.over(gamma.mantissa).value()
    }
}

impl ContinuousDistribution for InverseGamma {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().over(x).value()
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
        self.tails(x).upper()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).lower()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_upper()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_lower()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// (b/x - a - 1)/x; ∞ at 0.
    fn score_x(&self, x: f64) -> f64 {
        if x == 0.0 {
            f64::INFINITY
        } else if x > 0.0 {
            (self.scale / x - self.shape - 1.0) / x
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        if self.shape > 1.0 { self.scale / (self.shape - 1.0) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        if self.shape > 2.0 {
            let mean = self.mean();
            mean * mean / (self.shape - 2.0)
        } else if self.shape > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        if self.shape > 3.0 {
            4.0 * (self.shape - 2.0).sqrt() / (self.shape - 3.0)
        } else if self.shape > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn excess_kurtosis(&self) -> f64 {
        let a = self.shape;
        if a > 4.0 {
            6.0 * (5.0 * a - 11.0) / (a - 3.0) / (a - 4.0)
        } else if a > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// ½ ln(2π/a) - ln a + ln b + δ(a) + (a + 1)(ln a - ψ(a)) with δ the Stirling remainder.
    fn entropy(&self) -> f64 {
        let a = self.shape;
        0.5 * (TAU / a).ln()
            + (self.scale.ln() - a.ln())
            + stirling_remainder(a)
            + (a + 1.0) * ln_minus_digamma(a)
    }

    fn mode(&self) -> f64 {
        self.scale / (self.shape + 1.0)
    }
}

impl Distribution<f64> for InverseGamma {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        match &self.sampler {
            Sampler::Direct(chi2) => self.scale / (0.5 * chi2.sample(rng)),
            log => (self.scale.ln() + LN_2 - log.ln_sample(rng)).exp(),
        }
    }
}

impl Parametric for InverseGamma {
    type Outcome = f64;
    const LAW: &'static str = "InverseGamma";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Positive), Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.shape, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// ∂a = ln(b/x) - ψ(a), with the large logarithms cancelled, and ∂b = a/b - 1/x.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x > 0.0 {
            out[0] = shape_score(self.shape, 1.0 / x, self.scale);
            out[1] = self.shape / self.scale - 1.0 / x;
        } else {
            out[..2].fill(f64::NAN);
        }
    }

    /// The moments of the gamma law of 1/x, which exist whatever the shape.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let mean = sample.average(|x| 1.0 / x);
        let variance = sample.average(|x| (1.0 / x - mean).powi(2));
        let shape = mean * mean / variance;
        if !(shape > 0.0 && shape < f64::INFINITY) {
            return Err(sample.degenerate("the reciprocals of the observations have no finite moments"));
        }
        Ok(vec![shape, shape / mean])
    }
}
