//! The Kumaraswamy distribution.
use crate::continuous::log_moments::{LogMoments, ln_moment_of_kumaraswamy, zeta_drop};
use crate::double::{hazard_above, hazard_below, ln_power_rest, ln1m_exp_dd, power, power_rest};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Kumaraswamy distribution on \[0, 1\], with
///
/// ```text
/// F(x) = 1 - (1 - x^a)^b,    f(x) = a b x^(a - 1) (1 - x^a)^(b - 1),    a > 0, b > 0
/// ```
///
/// # Special values
/// The density is ∞ at 0 for a < 1 and at 1 for b < 1; b at 0 for a = 1, a at 1 for b = 1. The mode is 0 where both are below 1.
///
/// # Accuracy
/// 4 ulp for densities, probabilities and their logarithms: x^a and 1 - x^a are held as logarithms in double-double. 1e-14 for moments
/// and quantiles.
///
/// # Source
/// Jones, *Statistical Methodology* 6 (2009) 70–81.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Kumaraswamy};
/// let law = Kumaraswamy::new(2.0, 3.0)?;
/// assert!((law.cdf(0.5) - 0.578125).abs() < 1e-15); // 1 - (3/4)³
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kumaraswamy {
    a: f64,
    b: f64,
}

impl Kumaraswamy {
    /// Builds the distribution from its exponents.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `a` or `b` is not positive and finite.
    pub fn new(a: f64, b: f64) -> Result<Self, Error> {
        check::positive("Kumaraswamy", "a", a)?;
        check::positive("Kumaraswamy", "b", b)?;
        Ok(Self { a, b })
    }

    /// Exponent at 0.
    pub fn a(&self) -> f64 {
        self.a
    }

    /// Exponent at 1.
    pub fn b(&self) -> f64 {
        self.b
    }

    /// ln x^a for 0 < x < 1.
    fn ln_power(&self, x: f64) -> Dd {
        ln_dd(Dd::from(x)) * self.a
    }

    /// -ln sf.
    fn hazard(&self, x: f64) -> Dd {
        if x > 0.0 && x < 1.0 {
            -(ln1m_exp_dd(-self.ln_power(x)) * self.b)
        } else if x.is_nan() {
            Dd::from(x)
        } else if x <= 0.0 {
            Dd::ZERO
        } else {
            Dd::from(f64::INFINITY)
        }
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x < 1.0 {
            let ln_x = ln_dd(Dd::from(x));
            let front = ln_dd(Dd::from(self.a)) + ln_dd(Dd::from(self.b));
            return front
                + ln_x * Dd::sum(self.a, -1.0)
                + ln1m_exp_dd(-(ln_x * self.a)) * Dd::sum(self.b, -1.0);
        }
        let at_end = |exponent: f64, other: f64| {
            if exponent < 1.0 {
                f64::INFINITY
            } else if exponent == 1.0 {
                other.ln()
            } else {
                f64::NEG_INFINITY
            }
        };
        Dd::from(if x == 0.0 {
            at_end(self.a, self.b)
        } else if x == 1.0 {
            at_end(self.b, self.a)
        } else if x.is_nan() {
            x
        } else {
            f64::NEG_INFINITY
        })
    }

    fn at_hazard(&self, h: f64) -> f64 {
        (ln_power_rest(Dd::from(h) / self.b) / self.a).exp()
    }

    fn inverse(&self) -> Dd {
        Dd::ONE / self.a
    }

    fn ln_mean(&self) -> Dd {
        ln_moment_of_kumaraswamy(self.b, self.inverse())
    }

    fn log_moments(&self) -> LogMoments {
        LogMoments::of_kumaraswamy(self.b, self.inverse())
    }
}

impl ContinuousDistribution for Kumaraswamy {
    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
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
        if x > 0.0 && x < 1.0 && self.ln_power(x).hi() < -600.0 {
            // 1 - (1 - x^a)^b = b x^a, unless b is as large as 1/x^a.
            let ln = (self.ln_power(x) + ln_dd(Dd::from(self.b))).hi();
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
        if (0.0..1.0).contains(&x) {
            let odds = 1.0 / (-self.ln_power(x).hi()).exp_m1();
            (self.a - 1.0 - (self.b - 1.0) * self.a * odds) / x
        } else if x == 1.0 {
            if self.b == 1.0 { self.a - 1.0 } else { (1.0 - self.b) * f64::INFINITY }
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        power(self.ln_mean())
    }

    fn variance(&self) -> f64 {
        self.log_moments().variance(self.ln_mean(), self.inverse().hi())
    }

    fn skewness(&self) -> f64 {
        self.log_moments().skewness()
    }

    fn excess_kurtosis(&self) -> f64 {
        self.log_moments().excess_kurtosis()
    }

    /// 1 - 1/b + (1 - 1/a) H(b) - ln(ab), H the harmonic number.
    fn entropy(&self) -> f64 {
        let (a, b) = (self.a, self.b);
        let logs = Dd::sum(-a.ln(), -b.ln());
        (logs - 1.0 / b + zeta_drop(1, b) * (1.0 - 1.0 / a) + 1.0).hi()
    }

    fn mode(&self) -> f64 {
        let (a, b) = (self.a, self.b);
        if a > 1.0 && b > 1.0 {
            (((a - 1.0) / (a * b - 1.0)).ln() / a).exp()
        } else if a >= 1.0 && b <= 1.0 {
            1.0
        } else {
            0.0
        }
    }
}

impl Distribution<f64> for Kumaraswamy {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Kumaraswamy {
    type Outcome = f64;
    const LAW: &'static str = "Kumaraswamy";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("a", Domain::Positive), Parameter::new("b", Domain::Positive)];
    const DATA: DataDomain = DataDomain::OpenUnit;

    fn parameters(&self) -> Vec<f64> {
        vec![self.a, self.b]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// 1/a + ln x (1 - (b - 1) x^a/(1 - x^a)) and 1/b + ln(1 - x^a).
    fn score(&self, x: f64, out: &mut [f64]) {
        if !(0.0..=1.0).contains(&x) {
            out[..2].fill(f64::NAN);
            return;
        }
        let power = self.ln_power(x);
        let ln_x = ln_dd(Dd::from(x)).hi();
        out[0] = 1.0 / self.a + ln_x * (1.0 - (self.b - 1.0) / (-power.hi()).exp_m1());
        out[1] = 1.0 / self.b + ln1m_exp_dd(-power).hi();
    }

    /// From the quartiles, whose ratio of ln(1 - x^a) falls with a.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (low, high) = (sample.quantile(0.25), sample.quantile(0.75));
        let hazard = |x: f64, a: f64| -ln1m_exp_dd(-(ln_dd(Dd::from(x)) * a)).hi();
        let wanted = 0.75f64.ln() / 0.25f64.ln();
        let (mut left, mut right) = (-20.0, 20.0);
        for _ in 0..60 {
            let middle: f64 = 0.5 * (left + right);
            let a = middle.exp();
            if hazard(low, a) / hazard(high, a) > wanted { left = middle } else { right = middle }
        }
        let a = (0.5 * (left + right)).exp();
        let b = -(0.25f64.ln()) / hazard(high, a);
        if b > 0.0 && b.is_finite() { Ok(vec![a, b]) } else { Ok(vec![1.0, 1.0]) }
    }

    /// With a held, b = -1/mean(ln(1 - x^a)).
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let (Some(a), None) = (fixed[0], fixed[1]) else { return Ok(None) };
        let mean = sample.average(|x| ln1m_exp_dd(-(ln_dd(Dd::from(x)) * a)).hi());
        Ok(Some(vec![a, -1.0 / mean]))
    }
}
