//! The Clayton and the Gumbel copula.
use super::{Place, below_one, place};
use crate::draw::{exponential, ln_gamma_variable, uniform};
use crate::traits::room;
use crate::{Error, check};
use ferronum_special::{ln_sum_exp, ln1m_exp};
use rand::Rng;
use std::f64::consts::PI;

/// Clayton copula in d dimensions, with dependent lower extremes:
///
/// ```text
/// C(u) = (Σ uᵢ^-θ - d + 1)^(-1/θ),    θ > 0
/// ```
///
/// # Source
/// Nelsen (2006), (4.2.1); density: Hofert, Mächler & McNeil, *J. Multivariate Analysis* 110 (2012) 133–150; draws: Marshall & Olkin, *JASA* 83
/// (1988) 834–841, with a gamma frailty.
///
/// # Examples
/// ```
/// use ferronum_distmv::ClaytonCopula;
/// let copula = ClaytonCopula::with_kendall_tau(2, 0.5)?;
/// assert_eq!(copula.theta(), 2.0);
/// assert!((copula.cdf(&[0.5, 0.5]) - 1.0 / 7f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClaytonCopula {
    dim: usize,
    theta: f64,
}

pub(super) fn dimension(law: &'static str, dim: usize) -> Result<(), Error> {
    check::require(dim >= 2, law, "dim", "at least 2", dim as f64)
}

impl ClaytonCopula {
    const LAW: &'static str = "ClaytonCopula";

    /// Builds the copula from its number of variables and parameter.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless `dim` is at least 2 and θ is positive and finite.
    pub fn new(dim: usize, theta: f64) -> Result<Self, Error> {
        dimension(Self::LAW, dim)?;
        check::positive(Self::LAW, "theta", theta)?;
        Ok(Self { dim, theta })
    }

    /// Builds the copula with this Kendall τ: θ = 2τ/(1 − τ).
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless 0 < τ < 1.
    pub fn with_kendall_tau(dim: usize, tau: f64) -> Result<Self, Error> {
        check::require(tau > 0.0 && tau < 1.0, Self::LAW, "tau", "strictly between 0 and 1", tau)?;
        Self::new(dim, 2.0 * tau / (1.0 - tau))
    }

    /// Parameter θ.
    pub fn theta(&self) -> f64 {
        self.theta
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Kendall's τ of any two variables, θ/(θ + 2).
    pub fn kendall_tau(&self) -> f64 {
        self.theta / (self.theta + 2.0)
    }

    /// ln(1 + Σ (uᵢ^-θ − 1))
    fn ln_sum(&self, u: &[f64]) -> f64 {
        let powers: Vec<f64> = u.iter().map(|u| -self.theta * u.ln()).collect();
        if powers.iter().all(|&p| p < 600.0) {
            return powers.iter().map(|p| p.exp_m1()).sum::<f64>().ln_1p();
        }
        // ln(e^p - 1) = p + ln(1 - e^-p)
        let terms: Vec<f64> =
            powers.iter().map(|&p| if p > 0.0 { p + ln1m_exp(-p) } else { f64::NEG_INFINITY }).collect();
        ln_sum_exp(&terms)
    }

    /// P(U ≤ u); coordinates outside \[0, 1\] count as the nearer end, NaN or a wrong length gives NaN.
    pub fn cdf(&self, u: &[f64]) -> f64 {
        match below_one(u, self.dim) {
            Ok(u) => (-self.ln_sum(&u) / self.theta).exp(),
            Err(value) => value,
        }
    }

    /// Logarithm of the density; NaN for a NaN, an infinity or a wrong length, -∞ outside the open unit cube.
    pub fn ln_pdf(&self, u: &[f64]) -> f64 {
        match place(u, self.dim) {
            Place::Invalid => return f64::NAN,
            Place::Outside => return f64::NEG_INFINITY,
            Place::Inside => {}
        }
        let (d, theta) = (self.dim as f64, self.theta);
        let constants: f64 = (1..self.dim).map(|k| (k as f64 * theta).ln_1p()).sum();
        let logs: f64 = u.iter().map(|u| u.ln()).sum();
        constants - (theta + 1.0) * logs - (d + 1.0 / theta) * self.ln_sum(u)
    }

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    pub fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim);
        let ln_frailty = ln_gamma_variable(rng, 1.0 / self.theta);
        for u in out {
            // (1 + E/V)^(-1/θ), the quotient as a logarithm because V underflows for large θ.
            let ln_ratio = exponential(rng).ln() - ln_frailty;
            *u = (-ferronum_special::softplus(ln_ratio) / self.theta).exp();
        }
    }
}

/// Gumbel (Gumbel–Hougaard) copula in d dimensions, with dependent upper extremes:
///
/// ```text
/// C(u) = exp(-(Σ (-ln uᵢ)^θ)^(1/θ)),    θ ≥ 1
/// ```
///
/// # Special values
/// θ = 1 is independence.
///
/// # Source
/// Nelsen (2006), (4.2.4); density: Hofert, Mächler & McNeil (2012), the polynomial by its recurrence, whose coefficients are all positive; draws:
/// Marshall & Olkin (1988), the positive stable frailty by Kanter, *Ann. Prob.* 3 (1975) 697–707.
///
/// # Examples
/// ```
/// use ferronum_distmv::GumbelCopula;
/// let copula = GumbelCopula::new(2, 2.0)?;
/// assert!((copula.cdf(&[0.5, 0.5]) - 0.5f64.powf(2f64.sqrt())).abs() < 1e-15);
/// assert_eq!(copula.kendall_tau(), 0.5);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GumbelCopula {
    dim: usize,
    theta: f64,
}

impl GumbelCopula {
    const LAW: &'static str = "GumbelCopula";

    /// Builds the copula from its number of variables and parameter.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless `dim` is at least 2 and θ is finite and at least 1.
    pub fn new(dim: usize, theta: f64) -> Result<Self, Error> {
        dimension(Self::LAW, dim)?;
        let valid = (1.0..f64::INFINITY).contains(&theta);
        check::require(valid, Self::LAW, "theta", "finite and at least 1", theta)?;
        Ok(Self { dim, theta })
    }

    /// Builds the copula with this Kendall τ: θ = 1/(1 − τ).
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless 0 ≤ τ < 1.
    pub fn with_kendall_tau(dim: usize, tau: f64) -> Result<Self, Error> {
        check::require((0.0..1.0).contains(&tau), Self::LAW, "tau", "at least 0 and below 1", tau)?;
        Self::new(dim, 1.0 / (1.0 - tau))
    }

    /// Parameter θ.
    pub fn theta(&self) -> f64 {
        self.theta
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Kendall's τ of any two variables, 1 − 1/θ.
    pub fn kendall_tau(&self) -> f64 {
        (self.theta - 1.0) / self.theta
    }

    /// ln Σ (−ln uᵢ)^θ
    fn ln_sum(&self, u: &[f64]) -> f64 {
        ln_sum_exp(&u.iter().map(|&u| self.theta * (-u.ln()).ln()).collect::<Vec<_>>())
    }

    /// P(U ≤ u); coordinates outside \[0, 1\] count as the nearer end, NaN or a wrong length gives NaN.
    pub fn cdf(&self, u: &[f64]) -> f64 {
        match below_one(u, self.dim) {
            Ok(u) => (-(self.ln_sum(&u) / self.theta).exp()).exp(),
            Err(value) => value,
        }
    }

    /// Logarithm of the density; NaN for a NaN, an infinity or a wrong length, -∞ outside the open unit cube.
    pub fn ln_pdf(&self, u: &[f64]) -> f64 {
        match place(u, self.dim) {
            Place::Invalid => return f64::NAN,
            Place::Outside => return f64::NEG_INFINITY,
            Place::Inside => {}
        }
        let alpha = 1.0 / self.theta;
        let ln_t = self.ln_sum(u);
        let x = (alpha * ln_t).exp();
        // (-1)^d ψ^(d)(t) = ψ(t) t^-d P_d(x), x = t^α: the coefficients of P from P_(n+1) = (n + αx) P_n - αx P_n'. Their logarithms
        // keep high dimensions from overflowing.
        let mut ln_a = vec![f64::NEG_INFINITY; self.dim + 1];
        ln_a[0] = 0.0;
        for n in 0..self.dim {
            for k in (0..=n + 1).rev() {
                let stay = (n as f64 - alpha * k as f64).max(0.0).ln() + ln_a[k];
                let rise = if k > 0 { alpha.ln() + ln_a[k - 1] } else { f64::NEG_INFINITY };
                ln_a[k] = ln_sum_exp(&[if stay.is_nan() { f64::NEG_INFINITY } else { stay }, rise]);
            }
        }
        let terms: Vec<f64> =
            ln_a.iter().enumerate().skip(1).map(|(k, a)| a + k as f64 * alpha * ln_t).collect();
        let inner: f64 =
            u.iter().map(|&u| self.theta.ln() + (self.theta - 1.0) * (-u.ln()).ln() - u.ln()).sum();
        -x - self.dim as f64 * ln_t + ln_sum_exp(&terms) + inner
    }

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    pub fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim);
        let alpha = 1.0 / self.theta;
        let ln_frailty = if self.theta == 1.0 { 0.0 } else { ln_positive_stable(rng, alpha) };
        out.iter_mut().for_each(|u| *u = (-(alpha * (exponential(rng).ln() - ln_frailty)).exp()).exp());
    }
}

/// Logarithm of a variable with Laplace transform exp(−t^α), 0 < α < 1.
fn ln_positive_stable<R: Rng + ?Sized>(rng: &mut R, alpha: f64) -> f64 {
    let angle = PI * uniform(rng);
    let rest = 1.0 - alpha;
    let ln_sine = |x: f64| x.sin().ln();
    let numerator = ln_sine(alpha * angle) + rest / alpha * ln_sine(rest * angle);
    numerator - ln_sine(angle) / alpha - rest / alpha * exponential(rng).ln()
}
