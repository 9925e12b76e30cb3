//! The chi distribution.
use crate::continuous::chi_squared::Sampler;
use crate::continuous::gamma::shape_score;
use crate::continuous::root_gamma::{RootMoments, root_quantile, square_tails};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{IncompleteGamma, ln_minus_digamma, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{FRAC_2_PI, PI};

/// Chi distribution: the length of a vector of k independent standard normal variables, with density
///
/// ```text
/// f(x) = x^(k-1) e^(-x²/2) / (2^(k/2 - 1) Γ(k/2)),    x ≥ 0,    k = dof > 0
/// ```
///
/// # Special values
/// At x = 0 the density is ∞ for k < 1, √(2/π) for k = 1, 0 above.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below
/// included. Moments to 1e-14, the variance (½ for large k) and the kurtosis (below 1/k²) as well.
///
/// # Source
/// cdf = P(k/2, x²/2) by [`IncompleteGamma`], with x² in double-double. Johnson, Kotz & Balakrishnan, *Continuous Univariate
/// Distributions* vol. 1 (1994), ch. 18.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Chi, ContinuousDistribution};
/// let speed = Chi::new(2.0)?;
/// assert_eq!(speed.ln_sf(1e3), -5e5); // e^(-x²/2)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chi {
    dof: f64,
    sampler: Sampler,
}

impl Chi {
    /// Builds the distribution from its degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `dof` is not positive and finite.
    pub fn new(dof: f64) -> Result<Self, Error> {
        check::positive("Chi", "dof", dof)?;
        Ok(Self { dof, sampler: Sampler::new("Chi", "dof", dof)? })
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    fn tails(&self, x: f64) -> IncompleteGamma {
        square_tails(0.5 * self.dof, x, 1.0, 2.0)
    }

    fn moments(&self) -> RootMoments {
        RootMoments::new(0.5 * self.dof)
    }
}

impl ContinuousDistribution for Chi {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).weight().times(2.0).over(x).value()
        } else if x == 0.0 {
            root_at_zero(self.dof, FRAC_2_PI.sqrt())
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
        root_quantile(0.5 * self.dof, p, 1.0 - p, 1.0, 2.0)
    }

    fn isf(&self, p: f64) -> f64 {
        root_quantile(0.5 * self.dof, 1.0 - p, p, 1.0, 2.0)
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (self.dof - 1.0) / x - x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        (self.dof * self.moments().mean_square).sqrt()
    }

    fn variance(&self) -> f64 {
        self.moments().variance
    }

    fn skewness(&self) -> f64 {
        self.moments().skewness
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments().excess_kurtosis
    }

    /// ½ ln π + δ(a) + (a - ½)(ln a - ψ(a)) with a = k/2 and δ the Stirling remainder: all large terms cancel on paper.
    fn entropy(&self) -> f64 {
        let a = 0.5 * self.dof;
        0.5 * PI.ln() + stirling_remainder(a) + (a - 0.5) * ln_minus_digamma(a)
    }

    fn mode(&self) -> f64 {
        (self.dof - 1.0).max(0.0).sqrt()
    }
}

/// The density at 0 of a law that behaves like x^(d - 1) there.
pub(crate) fn root_at_zero(d: f64, at_one: f64) -> f64 {
    if d < 1.0 {
        f64::INFINITY
    } else if d == 1.0 {
        at_one
    } else {
        0.0
    }
}

impl Distribution<f64> for Chi {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        match &self.sampler {
            Sampler::Direct(chi2) => chi2.sample(rng).sqrt(),
            log => (0.5 * log.ln_sample(rng)).exp(),
        }
    }
}

impl Parametric for Chi {
    type Outcome = f64;
    const LAW: &'static str = "Chi";
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

    /// ½ (ln(x²/2) - ψ(k/2)), with the large logarithms cancelled.
    fn score(&self, x: f64, out: &mut [f64]) {
        out[0] = if x >= 0.0 {
            let a = 0.5 * self.dof;
            let square = x * x;
            if square > 1e-290 && square < 1e290 {
                0.5 * shape_score(a, square, 0.5)
            } else {
                x.ln() - 0.5 * (2.0 * a).ln() + 0.5 * ln_minus_digamma(a)
            }
        } else {
            f64::NAN
        };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        let square = sample.average(|x| x * x);
        if square > 0.0 && square < f64::INFINITY {
            Ok(vec![square])
        } else {
            Err(sample.degenerate("the squares of the observations are out of range"))
        }
    }
}
