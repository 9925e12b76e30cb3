//! The Frank copula.
use super::archimedean::dimension;
use super::{Place, below_one, place};
use crate::draw::{exponential, uniform};
use crate::traits::room;
use crate::{Error, check};
use ferronum_special::{dilog, ln_sum_exp, ln1m_exp, zeta};
use rand::Rng;
use std::f64::consts::PI;

/// Frank copula, symmetric in its two ends:
///
/// ```text
/// C(u) = -ln(1 + Π (exp(-θ uᵢ) - 1) / (exp(-θ) - 1)^(d-1)) / θ
/// ```
///
/// θ ≠ 0 in two dimensions, θ > 0 in more; |θ| ≤ 700. θ > 0 is positive dependence.
///
/// # Source
/// Nelsen (2006), (4.2.5); density: Hofert, Mächler & McNeil (2012), a polylogarithm of negative order by Stirling numbers; draws: Marshall &
/// Olkin (1988) with a logarithmic frailty (Kemp, *Applied Statistics* 30 (1981) 249–253), or for θ < 0 the conditional law.
///
/// # Examples
/// ```
/// use ferronum_distmv::FrankCopula;
/// let copula = FrankCopula::new(2, 5.0)?;
/// assert!((copula.cdf(&[0.3, 0.6]) - 0.27189107899679458).abs() < 1e-14);
/// assert!((FrankCopula::with_kendall_tau(2, copula.kendall_tau())?.theta() - 5.0).abs() < 1e-13);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrankCopula {
    dim: usize,
    theta: f64,
}

impl FrankCopula {
    const LAW: &'static str = "FrankCopula";

    /// Builds the copula from its number of variables and parameter.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless `dim` is at least 2 and 0 < |θ| ≤ 700, θ positive for more than two variables.
    pub fn new(dim: usize, theta: f64) -> Result<Self, Error> {
        dimension(Self::LAW, dim)?;
        let valid = theta != 0.0 && theta.abs() <= 700.0 && (dim == 2 || theta > 0.0);
        check::require(
            valid,
            Self::LAW,
            "theta",
            "other than 0, at most 700 in size, positive unless dim is 2",
            theta,
        )?;
        Ok(Self { dim, theta })
    }

    /// Builds the copula with this Kendall τ.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if τ is 0, or needs |θ| > 700 (|τ| > 0.9943), or is negative for more than two variables.
    pub fn with_kendall_tau(dim: usize, tau: f64) -> Result<Self, Error> {
        let valid = tau != 0.0 && tau.abs() <= kendall(700.0) && (dim == 2 || tau > 0.0);
        check::require(
            valid,
            Self::LAW,
            "tau",
            "other than 0, at most 0.994 in size, positive unless dim is 2",
            tau,
        )?;
        let target = tau.abs();
        let (mut low, mut high) = (0.0, 700.0);
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if kendall(middle) < target { low = middle } else { high = middle }
        }
        Self::new(dim, (0.5 * (low + high)).copysign(tau))
    }

    /// Parameter θ.
    pub fn theta(&self) -> f64 {
        self.theta
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Kendall's τ of any two variables, 1 − 4 (1 − D₁(θ))/θ with Debye's function D₁.
    pub fn kendall_tau(&self) -> f64 {
        kendall(self.theta)
    }

    /// ln of the product p Π (1 − e^(−θuᵢ))/p over p = 1 − e^(−θ), θ > 0.
    fn ln_product(&self, u: &[f64]) -> f64 {
        let ln_p = ln1m_exp(-self.theta);
        u.iter().map(|u| ln1m_exp(-self.theta * u) - ln_p).sum::<f64>() + ln_p
    }

    /// P(U ≤ u); coordinates outside \[0, 1\] count as the nearer end, NaN or a wrong length gives NaN.
    pub fn cdf(&self, u: &[f64]) -> f64 {
        let u = match below_one(u, self.dim) {
            Ok(u) => u,
            Err(value) => return value,
        };
        if self.theta > 0.0 {
            return -ln1m_exp(self.ln_product(&u)) / self.theta;
        }
        let product =
            (self.theta * -u[0]).exp_m1() * ((self.theta * -u[1]).exp_m1() / (-self.theta).exp_m1());
        -product.ln_1p() / self.theta
    }

    /// Logarithm of the density; NaN for a NaN, an infinity or a wrong length, -∞ outside the open unit cube.
    pub fn ln_pdf(&self, u: &[f64]) -> f64 {
        match place(u, self.dim) {
            Place::Invalid => return f64::NAN,
            Place::Outside => return f64::NEG_INFINITY,
            Place::Inside => {}
        }
        if self.theta < 0.0 {
            // (U, 1 - V) has the parameter -θ.
            return Self { dim: 2, theta: -self.theta }.ln_pdf(&[u[0], 1.0 - u[1]]);
        }
        let (d, theta) = (self.dim, self.theta);
        let ln_z = self.ln_product(u);
        // Li_-(d-1)(z) = Σ k! S(d, k+1) w^(k+1), w = z/(1-z): all terms positive.
        let ln_w = ln_z - ln1m_exp(ln_z);
        // ln S(d, k) by S(n+1, k) = k S(n, k) + S(n, k-1)
        let mut ln_s = vec![f64::NEG_INFINITY; d + 1];
        ln_s[0] = 0.0;
        for n in 1..=d {
            for k in (1..=n).rev() {
                ln_s[k] = ln_sum_exp(&[(k as f64).ln() + ln_s[k], ln_s[k - 1]]);
            }
            ln_s[0] = f64::NEG_INFINITY;
        }
        let mut ln_factorial = 0.0;
        let mut terms = Vec::with_capacity(d);
        for k in 0..d {
            if k > 0 {
                ln_factorial += (k as f64).ln();
            }
            terms.push(ln_factorial + ln_s[k + 1] + (k + 1) as f64 * ln_w);
        }
        // The generator's derivative is -θ / (e^(θu) - 1) = -θ e^(-θu) / (1 - e^(-θu)).
        let inner: f64 = u.iter().map(|u| -theta * u - ln1m_exp(-theta * u)).sum();
        (d as f64 - 1.0) * theta.ln() + ln_sum_exp(&terms) + inner
    }

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    pub fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim);
        let theta = self.theta.abs();
        if self.dim == 2 {
            let (u, p) = (uniform(rng), uniform(rng));
            // Inverse of the conditional law of the second variable.
            let top = p * (-theta).exp_m1();
            let v = -(top / (p + (1.0 - p) * (-theta * u).exp())).ln_1p() / theta;
            out[0] = u;
            out[1] = if self.theta > 0.0 { v } else { 1.0 - v };
            return;
        }
        let frailty = logarithmic(rng, theta);
        for u in out {
            *u = -ln1m_exp(ln1m_exp(-theta) - exponential(rng) / frailty) / theta;
        }
    }
}

/// Kemp's logarithmic variable with p = 1 − e^(−θ): ⌊1 + ln V / ln(1 − e^(−θU))⌋.
fn logarithmic<R: Rng + ?Sized>(rng: &mut R, theta: f64) -> f64 {
    let (u, v) = (uniform(rng), uniform(rng));
    (1.0 + v.ln() / ln1m_exp(-theta * u)).floor().clamp(1.0, f64::MAX)
}

/// Kendall's τ, odd in θ.
fn kendall(theta: f64) -> f64 {
    let x = theta.abs();
    let tau = if x <= 2.0 {
        // 4 Σ B₂ₖ x^(2k-1) / ((2k+1) (2k)!) with B₂ₖ = ±2 (2k)! ζ(2k) / (2π)^2k (DLMF 24.2.1, 25.6.2): ratio (x/2π)² ≤ 0.102.
        let ratio = x / (2.0 * PI);
        let term = |k: i32| {
            let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
            sign * 8.0 * zeta(f64::from(2 * k)) * ratio.powi(2 * k - 1) / (2.0 * PI) / f64::from(2 * k + 1)
        };
        (1..=20).rev().map(term).sum()
    } else {
        // D₁(x) = (π²/6 + x ln(1 - e^-x) - Li₂(e^-x)) / x
        let debye = (PI * PI / 6.0 + x * ln1m_exp(-x) - dilog((-x).exp())) / x;
        1.0 - 4.0 * (1.0 - debye) / x
    };
    tau.copysign(theta)
}
