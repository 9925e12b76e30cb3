//! The chi-squared distribution.
use crate::continuous::fisher_f::at_zero;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, IncompleteGamma, gamma_inc_inv, ln_dd, ln_minus_digamma, stirling_remainder};
use rand::Rng;
use rand::distr::{Distribution, Open01};

/// Chi-squared distribution: the sum of the squares of k standard normal variables, with density
///
/// ```text
/// f(x) = x^(k/2 - 1) e^(-x/2) / (2^(k/2) Γ(k/2)),    k = dof > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for k < 2, ½ for k = 2, 0 above.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// cdf = P(k/2, x/2) by [`IncompleteGamma`]. Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 18.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ChiSquared, ContinuousDistribution};
/// let chi2 = ChiSquared::new(2.0)?;
/// assert_eq!(chi2.ln_sf(1e6), -5e5); // e^(-x/2)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquared {
    dof: f64,
    sampler: Sampler,
}

impl ChiSquared {
    /// Builds the distribution from its degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `dof` is not positive and finite.
    pub fn new(dof: f64) -> Result<Self, Error> {
        check::positive("ChiSquared", "dof", dof)?;
        Ok(Self { dof, sampler: Sampler::new("ChiSquared", "dof", dof)? })
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    fn tails(&self, x: f64) -> IncompleteGamma {
        if x > 0.0 && x < 1e-290 {
            // x/2 may lose its last bit, and x^(k/2) all of them.
            return IncompleteGamma::at_ln(0.5 * self.dof, ln_dd(Dd::from(x)) - ln_dd(Dd::from(2.0)));
        }
        IncompleteGamma::new(0.5 * self.dof, if x < 0.0 { 0.0 } else { 0.5 * x })
    }
}

impl ContinuousDistribution for ChiSquared {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().over(x).value()
        } else if x == 0.0 {
            at_zero(self.dof, 0.5)
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
        2.0 * gamma_inc_inv(0.5 * self.dof, p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        2.0 * gamma_inc_inv(0.5 * self.dof, 1.0 - p, p)
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (0.5 * self.dof - 1.0) / x - 0.5 } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        self.dof
    }

    fn variance(&self) -> f64 {
        2.0 * self.dof
    }

    fn skewness(&self) -> f64 {
        (8.0 / self.dof).sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        12.0 / self.dof
    }

    /// ½ ln(8πa) + δ(a) + (a - 1)(ln a - ψ(a)) with a = k/2 and δ the Stirling remainder: all large terms cancel on paper.
    fn entropy(&self) -> f64 {
        let a = 0.5 * self.dof;
        0.5 * (8.0 * std::f64::consts::PI * a).ln() + stirling_remainder(a) + (a - 1.0) * ln_minus_digamma(a)
    }

    fn mode(&self) -> f64 {
        (self.dof - 2.0).max(0.0)
    }
}

impl Distribution<f64> for ChiSquared {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        match &self.sampler {
            Sampler::Direct(chi2) => chi2.sample(rng),
            log => log.ln_sample(rng).exp(),
        }
    }
}

/// Draws chi-squared variables, or their logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sampler {
    /// k ≥ ½: Marsaglia & Tsang by `rand_distr`.
    Direct(rand_distr::ChiSquared<f64>),
    /// k < ½, where draws underflow: ln χ²_k = ln χ²_(k+2) + (2/k) ln U.
    Log { above: rand_distr::ChiSquared<f64>, inverse_shape: f64 },
}

impl Sampler {
    pub fn new(law: &'static str, parameter: &'static str, dof: f64) -> Result<Self, Error> {
        let build = |k| {
            let refused =
                Error::InvalidParameter { law, parameter, requirement: "positive and finite", value: dof };
            rand_distr::ChiSquared::new(k).map_err(|_| refused)
        };
        if dof >= 0.5 {
            Ok(Self::Direct(build(dof)?))
        } else {
            Ok(Self::Log { above: build(dof + 2.0)?, inverse_shape: 2.0 / dof })
        }
    }

    pub fn ln_sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        match self {
            Self::Direct(chi2) => chi2.sample(rng).ln(),
            Self::Log { above, inverse_shape } => {
                let u: f64 = Open01.sample(rng);
                above.sample(rng).ln() + inverse_shape * u.ln()
            }
        }
    }
}

impl Parametric for ChiSquared {
    type Outcome = f64;
    const LAW: &'static str = "ChiSquared";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("dof", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.dof]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// ½ ln(x/2) - ½ ψ(k/2), as ½ ln(x/k) + ½ (ln(k/2) - ψ(k/2)): no large terms are left.
    fn score(&self, x: f64, out: &mut [f64]) {
        out[0] =
            if x >= 0.0 { 0.5 * ((x / self.dof).ln() + ln_minus_digamma(0.5 * self.dof)) } else { f64::NAN };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Ok(vec![sample.mean()])
    }
}
