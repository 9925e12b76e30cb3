//! Student's t distribution with location and scale.
use crate::continuous::chi_squared::Sampler;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{
    Dd, IncompleteBeta, Scaled, beta_inc_inv_odds, gamma_ratio_half, ln_dd, ln_minus_digamma,
};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::PI;

/// Student's t distribution with density
///
/// ```text
/// f(x) = Γ((ν+1)/2) / (Γ(ν/2) √(πν) σ) · (1 + t²/ν)^(-(ν+1)/2),    t = (x - μ)/σ
/// μ = location, σ = scale > 0, ν = dof > 0
/// ```
///
/// # Special values
/// The mean exists for ν > 1, the skewness for ν > 3: NaN below. The variance is ∞ for 1 < ν ≤ 2, the kurtosis for 2 < ν ≤ 4; each is
/// NaN below that, where the moment it is relative to does not exist or is infinite.
///
/// # Accuracy
/// 1e-14 for `cdf`, `sf` and their logarithms, beside the conditioning in `x`, and 1e-13 for quantiles; tails of 1e-300 and below included.
///
/// # Source
/// 2 P(T > t) = I_x(ν/2, ½) with x = ν/(ν + t²), by [`IncompleteBeta`]. Johnson, Kotz & Balakrishnan, *Continuous Univariate
/// Distributions* vol. 2 (1995), ch. 28.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, StudentT};
/// let cauchy = StudentT::standard(1.0)?;
/// assert!((cauchy.sf(1e100) * 1e100 - std::f64::consts::FRAC_1_PI).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudentT {
    location: f64,
    scale: f64,
    dof: f64,
    sampler: Sampler,
}

impl StudentT {
    /// Builds the distribution from location, scale and degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` or `dof` is not positive and finite.
    pub fn new(location: f64, scale: f64, dof: f64) -> Result<Self, Error> {
        check::finite("StudentT", "location", location)?;
        check::positive("StudentT", "scale", scale)?;
        check::positive("StudentT", "dof", dof)?;
        Ok(Self { location, scale, dof, sampler: Sampler::new("StudentT", "dof", dof)? })
    }

    /// Location 0 and scale 1.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `dof` is not positive and finite.
    pub fn standard(dof: f64) -> Result<Self, Error> {
        Self::new(0.0, 1.0, dof)
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// x - μ, and the incomplete beta function at ν/(ν + t²): its lower tail is 2 P(T > |t|), its weight |x - μ| times the density.
    fn tails(&self, x: f64) -> (Dd, IncompleteBeta) {
        let a = 0.5 * self.dof;
        let distance = Dd::sum(x, -self.location);
        let size = distance.hi().abs();
        let t = if size < f64::INFINITY { distance / Dd::from(self.scale) } else { Dd::from(size) };
        if size < f64::INFINITY && (t.hi().abs() > 1e140 || t.hi().is_nan()) {
            // t² may overflow while its logarithm does not.
            let ln_t = ln_dd(distance.abs()) - ln_dd(Dd::from(self.scale));
            let ln_odds = ln_dd(Dd::from(self.dof)) - ln_t * 2.0;
            if ln_odds.hi() < -60.0 {
                return (distance, IncompleteBeta::at_ln(a, 0.5, ln_odds));
            }
        }
        (distance, IncompleteBeta::from_ratio(a, 0.5, Dd::from(self.dof), t * t))
    }

    fn density(&self, x: f64) -> Scaled {
        let (distance, tails) = self.tails(x);
        let size = distance.hi().abs();
        if size / self.scale < 1e-100 {
            Scaled::plain(gamma_ratio_half(0.5 * self.dof) / (PI * self.dof).sqrt()).over(self.scale)
        } else if size.is_infinite() {
            Scaled::plain(0.0)
        } else {
            tails.weight().over(size)
        }
    }

    /// The point with upper tail q = 1 - p.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
            return f64::NAN;
        }
        // 2 min(p, q) is the probability beyond ±t; 1 - 2 min(p, q) is exact where it is needed.
        let beyond = 2.0 * p.min(q);
        let odds = beta_inc_inv_odds(0.5, 0.5 * self.dof, 1.0 - beyond, beyond);
        let t = odds.sqrt().times(self.dof.sqrt()).value();
        let signed = if p < q { -t } else { t };
        if signed == 0.0 { self.location } else { signed.mul_add(self.scale, self.location) }
    }
}

impl ContinuousDistribution for StudentT {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        self.density(x).value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.density(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        let (distance, tails) = self.tails(x);
        let beyond = 0.5 * tails.lower();
        if distance.hi() <= 0.0 { beyond } else { 1.0 - beyond }
    }

    fn sf(&self, x: f64) -> f64 {
        let (distance, tails) = self.tails(x);
        let beyond = 0.5 * tails.lower();
        if distance.hi() >= 0.0 { beyond } else { 1.0 - beyond }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let (distance, tails) = self.tails(x);
        ln_half(&tails, distance.hi() <= 0.0)
    }

    fn ln_sf(&self, x: f64) -> f64 {
        let (distance, tails) = self.tails(x);
        ln_half(&tails, distance.hi() >= 0.0)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// -(ν + 1) t / ((ν + t²) σ).
    fn score_x(&self, x: f64) -> f64 {
        let t = (x - self.location) / self.scale;
        if t.abs() > 1e150 {
            -(self.dof + 1.0) / t / self.scale
        } else {
            -(self.dof + 1.0) * t / (self.dof + t * t) / self.scale
        }
    }

    fn mean(&self) -> f64 {
        if self.dof > 1.0 { self.location } else { f64::NAN }
    }

    fn variance(&self) -> f64 {
        if self.dof > 2.0 {
            self.scale * self.scale * (self.dof / (self.dof - 2.0))
        } else if self.dof > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    fn skewness(&self) -> f64 {
        if self.dof > 3.0 { 0.0 } else { f64::NAN }
    }

    fn excess_kurtosis(&self) -> f64 {
        if self.dof > 4.0 {
            6.0 / (self.dof - 4.0)
        } else if self.dof > 2.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// (a + ½)(ψ(a + ½) - ψ(a)) + ½ ln(πν) - ln(Γ(a + ½)/Γ(a)) + ln σ with a = ν/2; ψ enters as ln x - ψ(x), small for large ν.
    fn entropy(&self) -> f64 {
        let a = 0.5 * self.dof;
        let rise = (0.5 / a).ln_1p() + ln_minus_digamma(a) - ln_minus_digamma(a + 0.5);
        let constant = if a > 1.0 {
            0.5 * (2.0 * PI).ln() - (gamma_ratio_half(a) / a.sqrt()).ln()
        } else {
            0.5 * (PI * self.dof).ln() - gamma_ratio_half(a).ln()
        };
        (a + 0.5) * rise + constant + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.location
    }

    fn median(&self) -> f64 {
        self.location
    }
}

/// ln of the tail on the side of t, or of its complement.
fn ln_half(tails: &IncompleteBeta, near: bool) -> f64 {
    if near { tails.ln_lower() - std::f64::consts::LN_2 } else { (-0.5 * tails.lower()).ln_1p() }
}

impl Distribution<f64> for StudentT {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        let t = match &self.sampler {
            Sampler::Direct(chi2) => z * (self.dof / chi2.sample(rng)).sqrt(),
            // The logarithm of χ² does not underflow where χ² does.
            log => z * (0.5 * (self.dof.ln() - log.ln_sample(rng))).exp(),
        };
        self.location + self.scale * t
    }
}

impl Parametric for StudentT {
    type Outcome = f64;
    const LAW: &'static str = "StudentT";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("location", Domain::Location),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("dof", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.location, self.scale, self.dof]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With w = (ν + 1)/(ν + t²) and g(u) = ln u - ψ(u):
    /// ∂μ = w t/σ, ∂σ = (w t² - 1)/σ, ∂ν = ½ (g(ν/2) - g((ν+1)/2) + ln w + 1 - w).
    fn score(&self, x: f64, out: &mut [f64]) {
        let t = (x - self.location) / self.scale;
        out[0] = -self.score_x(x);
        if t.abs() > 1e150 {
            // t² may overflow; ν/t² is 0 beside 1.
            let ln_weight = (self.dof + 1.0).ln() - 2.0 * t.abs().ln();
            out[1] = self.dof / self.scale;
            out[2] = 0.5
                * (ln_minus_digamma(0.5 * self.dof) - ln_minus_digamma(0.5 * self.dof + 0.5)
                    + ln_weight
                    + 1.0);
            return;
        }
        let u = t * t;
        // w t² − 1 = ν (t² − 1)/(ν + t²).
        out[1] = self.dof * ((t - 1.0) / (self.dof + u) * (t + 1.0)) / self.scale;
        // w − 1, and ln w − (w − 1).
        let excess = (1.0 - u) / (self.dof + u);
        let ln_weight_less = if excess.abs() < 0.5 {
            ferronum_special::ln1p_minus_x(excess)
        } else {
            ((self.dof + 1.0) / (self.dof + u)).ln() - excess
        };
        let half = 0.5 * self.dof;
        out[2] = 0.5 * (ln_minus_digamma(half) - ln_minus_digamma(half + 0.5) + ln_weight_less);
    }

    /// Location and scale from the middle half of the sample, degrees of freedom from the kurtosis, between 2.5 and 30.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let kurtosis = sample.excess_kurtosis();
        let dof = if kurtosis > 0.0 { (4.0 + 6.0 / kurtosis).clamp(2.5, 30.0) } else { 30.0 };
        let middle = sample.quantile(0.75) - sample.quantile(0.25);
        let scale = if middle > 0.0 { middle / 1.4 } else { sample.std_dev() };
        Ok(vec![sample.median(), scale, dof])
    }
}
