//! The Burr distribution of type XII.
use crate::continuous::fisher_f::at_zero;
use crate::continuous::gumbel_right::EULER;
use crate::continuous::log_logistic::LogLogistic;
use crate::continuous::log_moments::{LogMoments, ln_moment_of_burr};
use crate::continuous::logistic::LnOdds;
use crate::double::{
    grown, hazard_above, hazard_below, ln_power_rest, ln_ratio, power, power_rest, softplus_dd,
};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, digamma, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Burr distribution of type XII (Singh–Maddala), with upper tail
///
/// ```text
/// P(X > x) = (1 + (x/λ)^c)^-k,    x ≥ 0,    c > 0, k > 0, λ = scale > 0
/// ```
///
/// k = 1 is the log-logistic law, c = 1 the Lomax law.
///
/// # Special values
/// At x = 0 the density is ∞ for c < 1, k/λ for c = 1, 0 above. The mean is ∞ for ck ≤ 1. The variance is ∞ for 1 < ck ≤ 2 and NaN
/// below; skewness and kurtosis are ∞ where their own moment is infinite but the variance is not (2 < ck ≤ 3 and ≤ 4), NaN below.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms: ln(1 + (x/λ)^c) is held in double-double. 1e-13 for moments and quantiles.
///
/// # Source
/// Tadikamalla, *International Statistical Review* 48 (1980) 337–344.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Burr, ContinuousDistribution};
/// let income = Burr::new(2.0, 3.0, 1.0)?;
/// assert!((income.sf(4.0) / 2.0354162426216161e-4 - 1.0).abs() < 1e-15); // 17^-3
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Burr {
    c: f64,
    k: f64,
    scale: f64,
}

impl Burr {
    /// Builds the distribution from its exponents and its scale.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `c`, `k` or `scale` is not positive and finite.
    pub fn new(c: f64, k: f64, scale: f64) -> Result<Self, Error> {
        check::positive("Burr", "c", c)?;
        check::positive("Burr", "k", k)?;
        check::positive("Burr", "scale", scale)?;
        Ok(Self { c, k, scale })
    }

    /// Exponent of the lower tail.
    pub fn c(&self) -> f64 {
        self.c
    }

    /// Exponent of the upper tail, divided by c.
    pub fn k(&self) -> f64 {
        self.k
    }

    /// Scale.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// c ln(x/λ).
    fn y(&self, x: f64) -> Dd {
        if x > 0.0 {
            ln_ratio(Dd::from(x), self.scale) * self.c
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn hazard(&self, x: f64) -> Dd {
        let y = self.y(x);
        if y.hi() == f64::NEG_INFINITY { Dd::ZERO } else { softplus_dd(y) * self.k }
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x < f64::INFINITY {
            let y = self.y(x);
            let front = ln_dd(Dd::from(self.c)) + ln_dd(Dd::from(self.k)) - ln_dd(Dd::from(x));
            // Far out y - (k + 1) softplus(y) is -k y: its large terms must not meet.
            let rest = if y.hi() > 0.0 {
                -(y * self.k) - softplus_dd(-y) * Dd::sum(1.0, self.k)
            } else {
                y - softplus_dd(y) * Dd::sum(1.0, self.k)
            };
            front + rest
        } else if x == 0.0 {
            Dd::from(at_zero(2.0 * self.c, self.k / self.scale).ln())
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_hazard(&self, h: f64) -> f64 {
        let t = h / self.k;
        // ln(e^t - 1)
        let y = if t > 40.0 { t } else { t.exp_m1().ln() };
        let y = if t > 0.7 && t <= 40.0 { t + (-(-t).exp()).ln_1p() } else { y };
        grown(self.scale, y / self.c)
    }

    fn inverse(&self) -> Dd {
        Dd::ONE / self.c
    }

    fn ln_mean(&self) -> Dd {
        ln_moment_of_burr(self.k, self.inverse()) + ln_dd(Dd::from(self.scale))
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_burr(self.k, self.inverse())
    }

    /// Whether the moment of order n exists, without rounding of c k.
    fn has_moment(&self, n: f64) -> bool {
        Dd::product(self.c, self.k) > Dd::from(n)
    }

    /// `value` where the moment of order n exists, ∞ where only the variance does, NaN else.
    fn moment(&self, n: f64, value: impl Fn() -> f64) -> f64 {
        if self.has_moment(n) {
            value()
        } else if self.has_moment(2.0) || (n == 2.0 && self.has_moment(1.0)) {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }

    /// The derivative of ln(x f) by y: 1 - (k + 1)/(1 + e^-y).
    fn slope(&self, y: Dd) -> f64 {
        let odds = LnOdds(y);
        odds.flip().below() - self.k * odds.below()
    }
}

impl ContinuousDistribution for Burr {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x == 0.0 { at_zero(2.0 * self.c, self.k / self.scale) } else { power(self.ln_density(x)) }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        power_rest(self.hazard(x))
    }

    fn sf(&self, x: f64) -> f64 {
        power(-self.hazard(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let y = self.y(x);
        if y.hi() < -600.0 {
            let ln = (y + ln_dd(Dd::from(self.k))).hi();
            if ln < -40.0 {
                return ln;
            }
        }
        ln_power_rest(self.hazard(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        -self.hazard(x).hi()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { (self.c * self.slope(self.y(x)) - 1.0) / x } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        if self.has_moment(1.0) { power(self.ln_mean()) } else { f64::INFINITY }
    }

    fn variance(&self) -> f64 {
        self.moment(2.0, || self.log_moments().variance(self.ln_mean(), self.inverse().hi()))
    }

    fn skewness(&self) -> f64 {
        self.moment(3.0, || self.log_moments().skewness())
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moment(4.0, || self.log_moments().excess_kurtosis())
    }

    /// 1 + 1/(ck) + (1 - 1/c)(γ + ψ(k + 1)) + ln(λ/(ck)).
    fn entropy(&self) -> f64 {
        let logs = Dd::sum(self.scale.ln(), -self.c.ln()) - self.k.ln();
        let spread = (1.0 - 1.0 / self.c) * (EULER + digamma(1.0 + self.k));
        (logs + 1.0 / self.c / self.k + spread + 1.0).hi()
    }

    fn mode(&self) -> f64 {
        if self.c > 1.0 {
            grown(self.scale, ((self.c - 1.0) / self.c.mul_add(self.k, 1.0)).ln() / self.c)
        } else {
            0.0
        }
    }
}

impl Distribution<f64> for Burr {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Burr {
    type Outcome = f64;
    const LAW: &'static str = "Burr";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("c", Domain::Positive),
        Parameter::new("k", Domain::Positive),
        Parameter::new("scale", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.c, self.k, self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// With y = c ln(x/λ) and s = 1 - (k + 1)/(1 + e^-y): (1 + y s)/c, 1/k - ln(1 + e^y) and -c s/λ.
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x < 0.0 {
            out[..3].fill(f64::NAN);
            return;
        }
        let y = self.y(x);
        let slope = self.slope(y);
        out[0] = (1.0 + y.hi() * slope) / self.c;
        out[1] = 1.0 / self.k - softplus_dd(y).hi();
        out[2] = -self.c / self.scale * slope;
    }

    /// The log-logistic law with the same mean and standard deviation of ln X.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        let start = LogLogistic::moment_estimate(sample)?;
        Ok(vec![start[1], 1.0, start[0]])
    }
}
