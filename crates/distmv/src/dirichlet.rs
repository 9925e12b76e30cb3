//! The Dirichlet distribution.
use crate::draw::ln_gamma_variable;
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, check};
use ferronum_mat::{Mat, MatRef};
use ferronum_special::{digamma, ln_sum_exp, ln1p_minus_x, stirling_remainder, trigamma};
use rand::Rng;
use std::f64::consts::TAU;

const LAW: &str = "Dirichlet";

/// How far Σx may be from 1 on the simplex.
const SUPPORT_TOLERANCE: f64 = 1e-9;

/// Dirichlet distribution on the simplex x₁ + … + x_d = 1, x ≥ 0, with density by the first d − 1 coordinates
///
/// ```text
/// f(x) = Γ(α₀) Π xᵢ^(αᵢ - 1) / Γ(αᵢ),    αᵢ > 0 the concentrations, α₀ = Σ αᵢ
/// ```
///
/// # Special values
/// 0 off the simplex (Σx further than 1e-9 from 1, or a negative coordinate). Where xᵢ = 0: 0 for αᵢ > 1, ∞ for αᵢ < 1, NaN if both occur.
///
/// # Accuracy
/// The gamma functions and powers are joined by Stirling's formula into Σ D(αᵢ, α₀xᵢ), D the Poisson deviance, so that large
/// concentrations lose no digits near the mean.
///
/// # Source
/// Kotz, Balakrishnan & Johnson, *Continuous Multivariate Distributions* vol. 1 (2000), ch. 49.
///
/// # Examples
/// ```
/// use ferronum_distmv::{Dirichlet, MultivariateDistribution};
/// let law = Dirichlet::new(&[1.0, 2.0, 3.0])?;
/// assert!((law.pdf(&[0.2, 0.3, 0.5]) - 4.5).abs() < 1e-14);
/// assert_eq!(law.mean(), [1.0 / 6.0, 1.0 / 3.0, 0.5]);
/// assert_eq!(law.marginal_beta(2)?, (3.0, 3.0));
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dirichlet {
    concentration: Vec<f64>,
    total: f64,
}

impl Dirichlet {
    /// Builds the distribution from at least two concentrations.
    ///
    /// # Errors
    /// [`Error::TooShort`], [`Error::InvalidElement`] unless each is positive and finite.
    pub fn new(concentration: &[f64]) -> Result<Self, Error> {
        concentrations(LAW, concentration)?;
        Ok(Self { concentration: concentration.to_vec(), total: concentration.iter().sum() })
    }

    /// The concentrations α.
    pub fn concentration(&self) -> &[f64] {
        &self.concentration
    }

    /// Differential entropy, in nats.
    pub fn entropy(&self) -> f64 {
        let k = self.concentration.len() as f64;
        let linear: f64 = self.concentration.iter().map(|a| (a - 1.0) * digamma(*a)).sum();
        ln_multivariate_beta(&self.concentration) + (self.total - k) * digamma(self.total) - linear
    }

    /// The point of largest density, (αᵢ − 1)/(α₀ − d); NaN unless every αᵢ > 1, where there is no such point, or not one only.
    pub fn mode(&self) -> Vec<f64> {
        let unimodal = self.concentration.iter().all(|&a| a > 1.0);
        let sum: f64 = self.concentration.iter().map(|a| a - 1.0).sum();
        self.concentration.iter().map(|a| if unimodal { (a - 1.0) / sum } else { f64::NAN }).collect()
    }

    /// E ln xᵢ = ψ(αᵢ) − ψ(α₀)
    pub fn mean_ln(&self) -> Vec<f64> {
        self.concentration.iter().map(|&a| digamma(a) - digamma(self.total)).collect()
    }

    /// The parameters (a, b) = (αᵢ, α₀ − αᵢ) of the beta law of one coordinate.
    ///
    /// # Errors
    /// [`Error::Coordinate`].
    pub fn marginal_beta(&self, coordinate: usize) -> Result<(f64, f64), Error> {
        check::coordinates(LAW, self.concentration.len(), &[coordinate])?;
        let others = self.concentration.iter().enumerate().filter(|(i, _)| *i != coordinate);
        Ok((self.concentration[coordinate], others.map(|(_, a)| a).sum()))
    }

    /// The law of some coordinates, in the order named, and of the sum of the others at the end.
    ///
    /// # Errors
    /// [`Error::Coordinate`], [`Error::TooShort`] unless at least one coordinate is named and one is left over.
    pub fn marginal(&self, coordinates: &[usize]) -> Result<Self, Error> {
        check::coordinates(LAW, self.concentration.len(), coordinates)?;
        let rest = check::others(self.concentration.len(), coordinates);
        check::at_least(LAW, "coordinates left", 1, rest.len())?;
        let mut concentration: Vec<f64> = coordinates.iter().map(|&i| self.concentration[i]).collect();
        concentration.push(rest.iter().map(|&i| self.concentration[i]).sum());
        Self::new(&concentration)
    }

    /// Kullback–Leibler divergence of `other` from this law, in nats.
    ///
    /// # Errors
    /// [`Error::Dimension`] if the dimensions differ.
    pub fn kl_divergence(&self, other: &Self) -> Result<f64, Error> {
        let (a, b) = (&self.concentration, &other.concentration);
        check::length(LAW, "other", a.len(), b.len())?;
        let linear: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (digamma(*a) - digamma(self.total))).sum();
        Ok((ln_multivariate_beta(b) - ln_multivariate_beta(a) + linear).max(0.0))
    }

    /// Maximum likelihood for compositions in rows, each summing to 1.
    ///
    /// # Errors
    /// [`Error::Data`] unless every element is positive and at most 1 (a zero makes the likelihood unbounded), [`Error::Weight`],
    /// [`Error::EmptyData`]; [`Error::Degenerate`] if a row does not sum to 1, or all rows are the same.
    ///
    /// # Source
    /// Minka, *Estimating a Dirichlet distribution* (2000, revised 2012), §1: Newton's method with the Hessian inverted in closed form.
    pub fn fit<'a>(data: impl Into<MatRef<'a, f64>>, weights: Option<&[f64]>) -> Result<Self, Error> {
        let data = data.into();
        check::at_least(LAW, "data (columns)", 2, data.ncols())?;
        check::data(LAW, data, weights, "positive and at most 1", |x| x > 0.0 && x <= 1.0)?;
        if data.rows().any(|row| (row.iter().sum::<f64>() - 1.0).abs() > SUPPORT_TOLERANCE) {
            return Err(Error::Degenerate { law: LAW, reason: "every row of the data must sum to 1" });
        }
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let total: f64 = (0..data.nrows()).map(weight).sum();
        let average =
            |f: &dyn Fn(usize) -> f64| (0..data.nrows()).map(|i| weight(i) * f(i)).sum::<f64>() / total;
        let d = data.ncols();
        let mean_ln: Vec<f64> = (0..d).map(|j| average(&|i| data[(i, j)].ln())).collect();
        let mean: Vec<f64> = (0..d).map(|j| average(&|i| data[(i, j)])).collect();
        let spread: f64 = (0..d).map(|j| average(&|i| (data[(i, j)] - mean[j]).powi(2))).sum();
        if spread <= 1e-28 {
            return Err(Error::Degenerate {
                law: LAW,
                reason: "all rows are the same: the likelihood has no maximum",
            });
        }
        // Σ Var xᵢ = Σ mᵢ(1 - mᵢ) / (α₀ + 1)
        let precision = mean.iter().map(|m| m * (1.0 - m)).sum::<f64>() / spread - 1.0;
        let start: Vec<f64> = mean.iter().map(|m| m * precision.max(1e-3)).collect();
        Self::new(&newton(start, &mean_ln))
    }
}

/// Maximises α ↦ ln Γ(α₀) − Σ ln Γ(αᵢ) + Σ αᵢ gᵢ, which is concave.
fn newton(mut alpha: Vec<f64>, mean_ln: &[f64]) -> Vec<f64> {
    let value = |a: &[f64]| a.iter().zip(mean_ln).map(|(a, g)| a * g).sum::<f64>() - ln_multivariate_beta(a);
    let mut best = value(&alpha);
    for _ in 0..200 {
        let total: f64 = alpha.iter().sum();
        let gradient: Vec<f64> =
            alpha.iter().zip(mean_ln).map(|(&a, g)| digamma(total) - digamma(a) + g).collect();
        let q: Vec<f64> = alpha.iter().map(|&a| -trigamma(a)).collect();
        let z = trigamma(total);
        let b = gradient.iter().zip(&q).map(|(g, q)| g / q).sum::<f64>()
            / (1.0 / z + q.iter().map(|q| 1.0 / q).sum::<f64>());
        let step: Vec<f64> = gradient.iter().zip(&q).map(|(g, q)| (g - b) / q).collect();
        let largest = step.iter().zip(&alpha).fold(0.0, |m: f64, (s, a)| m.max((s / a).abs()));
        let mut damping = 1.0;
        for _ in 0..60 {
            let next: Vec<f64> = alpha.iter().zip(&step).map(|(a, s)| a - damping * s).collect();
            let reached = if next.iter().all(|&a| a > 0.0) { value(&next) } else { f64::NEG_INFINITY };
            // Next to the top the value cannot tell the points apart: the full step is right there.
            if reached >= best || (largest < 1e-5 && reached.is_finite()) {
                (alpha, best) = (next, reached);
                break;
            }
            damping *= 0.5;
        }
        if largest < 1e-14 || damping < 1e-15 {
            break;
        }
    }
    alpha
}

/// ln of Π Γ(αᵢ) / Γ(Σα)
pub(crate) fn ln_multivariate_beta(alpha: &[f64]) -> f64 {
    let mut total = 0.0;
    let mut sum = 0.0;
    for (i, &a) in alpha.iter().enumerate() {
        sum += if i == 0 { 0.0 } else { ferronum_special::ln_beta(total, a) };
        total += a;
    }
    sum
}

pub(crate) fn concentrations(law: &'static str, values: &[f64]) -> Result<(), Error> {
    check::at_least(law, "concentration", 2, values.len())?;
    check::elements(law, "concentration", values, "positive and finite", |a| a > 0.0 && a < f64::INFINITY)?;
    check::require(
        values.iter().sum::<f64>().is_finite(),
        law,
        "concentration",
        "of finite sum",
        f64::INFINITY,
    )
}

/// x ln(x/m) + m − x, without cancellation where x and m are close; m for x = 0.
pub(crate) fn deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let ratio = (m - x) / x;
    if ratio.abs() < 1.0 { -x * ln1p_minus_x(ratio) } else { x * (x.ln() - m.ln()) + m - x }
}

impl MultivariateDistribution for Dirichlet {
    fn dim(&self) -> usize {
        self.concentration.len()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if !regular(x, self.concentration.len()) {
            return f64::NAN;
        }
        if x.iter().any(|&x| x < 0.0) || (x.iter().sum::<f64>() - 1.0).abs() > SUPPORT_TOLERANCE {
            return f64::NEG_INFINITY;
        }
        let (a0, d) = (self.total, x.len() as f64);
        if x.contains(&0.0) || self.concentration.iter().any(|&a| a < 1.0) {
            let powers = x.iter().zip(&self.concentration).map(|(&x, a)| ferronum_special::xlogy(a - 1.0, x));
            return powers.sum::<f64>() - ln_multivariate_beta(&self.concentration);
        }
        let terms = x.iter().zip(&self.concentration);
        let sum: f64 =
            terms.map(|(&x, &a)| 0.5 * a.ln() - x.ln() - deviance(a, a0 * x) - stirling_remainder(a)).sum();
        sum + stirling_remainder(a0) - 0.5 * (a0.ln() + (d - 1.0) * TAU.ln())
    }

    fn mean(&self) -> Vec<f64> {
        self.concentration.iter().map(|a| a / self.total).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        let mean = self.mean();
        proportions_covariance(&mean, 1.0 / (self.total + 1.0))
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.concentration.len());
        // Logarithms: with concentrations of 1e-3 most gamma variables underflow, at times all of them.
        for (out, &a) in out.iter_mut().zip(&self.concentration) {
            *out = ln_gamma_variable(rng, a);
        }
        let sum = ln_sum_exp(out);
        out.iter_mut().for_each(|x| *x = (*x - sum).exp());
    }
}

/// factor · (diag(p) − p pᵀ)
pub(crate) fn proportions_covariance(p: &[f64], factor: f64) -> Mat<f64> {
    let others = |i: usize| p.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| p).sum::<f64>();
    Mat::from_fn(p.len(), p.len(), |i, j| factor * p[i] * if i == j { others(i) } else { -p[j] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_special::ln_gamma;

    #[test]
    fn edges_of_the_simplex() {
        let law = Dirichlet::new(&[2.0, 0.5, 1.0]).unwrap();
        assert_eq!(law.ln_pdf(&[0.0, 0.5, 0.5]), f64::NEG_INFINITY);
        assert_eq!(law.ln_pdf(&[0.5, 0.0, 0.5]), f64::INFINITY);
        assert!(law.ln_pdf(&[0.0, 0.0, 1.0]).is_nan());
        assert!(law.ln_pdf(&[0.5, 0.5, 0.0]).is_finite());
        assert_eq!(law.ln_pdf(&[0.5, 0.6, 0.5]), f64::NEG_INFINITY);
        assert!(law.ln_pdf(&[f64::NAN, 0.6, 0.5]).is_nan() && law.ln_pdf(&[0.5, 0.5]).is_nan());
        assert!(law.mode()[0].is_nan());
        assert!(Dirichlet::new(&[1.0]).is_err() && Dirichlet::new(&[1.0, 0.0]).is_err());
    }

    #[test]
    fn the_two_forms_of_the_density_meet() {
        let law = Dirichlet::new(&[1.5, 2.5, 7.0]).unwrap();
        let x: [f64; 3] = [0.1, 0.3, 0.6];
        let direct: f64 = ln_gamma(11.0)
            + x.iter().zip(law.concentration()).map(|(x, a)| (a - 1.0) * x.ln() - ln_gamma(*a)).sum::<f64>();
        assert!((law.ln_pdf(&x) - direct).abs() < 1e-14);
    }
}
