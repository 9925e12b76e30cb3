//! The Nakagami distribution.
use crate::continuous::chi::root_at_zero;
use crate::continuous::chi_squared::Sampler;
use crate::continuous::root_gamma::{RootMoments, root_quantile, square_tails};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{IncompleteGamma, ln_minus_digamma, ln1p_minus_x, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{FRAC_2_PI, LN_2, PI};

/// Nakagami distribution: the root of a gamma variable, used for the amplitude of a fading signal, with density
///
/// ```text
/// f(x) = 2 m^m / (Γ(m) Ω^m) · x^(2m-1) e^(-m x²/Ω),    x ≥ 0,    m = shape > 0, Ω = spread > 0
/// ```
///
/// Ω = E X² is in the squared units of x. Some texts ask for m ≥ ½; the law exists for every m > 0.
///
/// # Special values
/// At x = 0 the density is ∞ for m < ½, √(2/(πΩ)) for m = ½, 0 above.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below
/// included. Moments to 1e-14, variance and kurtosis of nearly constant laws as well.
///
/// # Source
/// cdf = P(m, m x²/Ω) by [`IncompleteGamma`]. Nakagami, in Hoffman (ed.), *Statistical Methods in Radio Wave Propagation* (1960), 3–36.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Nakagami};
/// let amplitude = Nakagami::new(1.0, 2.0)?;
/// assert!((amplitude.sf(2.0) - (-2f64).exp()).abs() < 1e-16); // e^(-x²/Ω)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nakagami {
    shape: f64,
    spread: f64,
    sampler: Sampler,
}

impl Nakagami {
    /// Builds the distribution from its shape and its spread E X².
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` or `spread` is not positive and finite.
    pub fn new(shape: f64, spread: f64) -> Result<Self, Error> {
        check::positive("Nakagami", "shape", shape)?;
        check::positive("Nakagami", "spread", spread)?;
        Ok(Self { shape, spread, sampler: Sampler::new("Nakagami", "shape", 2.0 * shape)? })
    }

    /// Shape m.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Spread Ω.
    pub fn spread(&self) -> f64 {
        self.spread
    }

    fn tails(&self, x: f64) -> IncompleteGamma {
        square_tails(self.shape, x, self.shape, self.spread)
    }

    fn moments(&self) -> RootMoments {
        RootMoments::new(self.shape)
    }
}

impl ContinuousDistribution for Nakagami {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().times(2.0).over(x).value()
        } else if x == 0.0 {
            root_at_zero(2.0 * self.shape, (FRAC_2_PI / self.spread).sqrt())
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().times(2.0).over(x).ln()
        } else {
            self.pdf(x).ln()
        }
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
        root_quantile(self.shape, p, 1.0 - p, self.shape, self.spread)
    }

    fn isf(&self, p: f64) -> f64 {
        root_quantile(self.shape, 1.0 - p, p, self.shape, self.spread)
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (2.0 * self.shape - 1.0) / x - 2.0 * self.shape * (x / self.spread) } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        (self.spread * self.moments().mean_square).sqrt()
    }

    /// Ω(1 - W), W = mean²/Ω.
    fn variance(&self) -> f64 {
        0.5 * (self.spread / self.shape) * self.moments().variance
    }

    fn skewness(&self) -> f64 {
        self.moments().skewness
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments().excess_kurtosis
    }

    /// ½ ln(πΩ/(2m)) + δ(m) + (m - ½)(ln m - ψ(m)) with δ the Stirling remainder.
    fn entropy(&self) -> f64 {
        let m = self.shape;
        0.5 * (0.5 * PI).ln()
            + 0.5 * (self.spread.ln() - m.ln())
            + stirling_remainder(m)
            + (m - 0.5) * ln_minus_digamma(m)
    }

    fn mode(&self) -> f64 {
        let m = self.shape;
        if m > 0.5 { ((m - 0.5) / m).sqrt() * self.spread.sqrt() } else { 0.0 }
    }
}

impl Distribution<f64> for Nakagami {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        match &self.sampler {
            Sampler::Direct(chi2) => (0.5 * chi2.sample(rng) / self.shape).sqrt() * self.spread.sqrt(),
            log => (0.5 * (log.ln_sample(rng) - LN_2 + self.spread.ln() - self.shape.ln())).exp(),
        }
    }
}

impl Parametric for Nakagami {
    type Outcome = f64;
    const LAW: &'static str = "Nakagami";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Positive), Parameter::new("spread", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.shape, self.spread]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With r = x²/Ω: ∂m = ln m - ψ(m) + ln r + 1 - r, ∂Ω = m(r - 1)/Ω.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let root = x / self.spread.sqrt();
        let excess = (root - 1.0) * (root + 1.0);
        let rest = if excess > -0.5 && excess < 1.0 {
            ln1p_minus_x(excess)
        } else {
            2.0 * (x.ln() - 0.5 * self.spread.ln()) - excess
        };
        out[0] = ln_minus_digamma(self.shape) + rest;
        out[1] = self.shape * (excess / self.spread);
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let spread = sample.average(|x| x * x);
        let variance = sample.average(|x| (x * x - spread).powi(2));
        let shape = (spread / variance) * spread;
        if !(shape > 0.0 && shape < f64::INFINITY && spread < f64::INFINITY) {
            return Err(sample.degenerate("the squares of the observations have no finite moments"));
        }
        Ok(vec![shape, spread])
    }

    /// The spread is the mean square, whatever the shape: a closed form if the shape is held.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        match fixed {
            [Some(shape), None] => {
                let spread = sample.average(|x| x * x);
                if spread > 0.0 && spread < f64::INFINITY {
                    Ok(Some(vec![*shape, spread]))
                } else {
                    Err(sample.degenerate("the squares of the observations are out of range"))
                }
            }
            _ => Ok(None),
        }
    }
}
