//! Laws of directions: von Mises–Fisher, and unit vectors without preference.
use crate::draw::{ln_beta_variable, uniform};
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, check};
use ferronum_mat::{Mat, MatRef};
use ferronum_special::{bessel_i_ratio, ln_bessel_i, ln_gamma};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::{LN_2, PI, TAU};

/// How far |x| may be from 1 on the sphere.
const SUPPORT_TOLERANCE: f64 = 1e-9;

/// Von Mises–Fisher distribution of directions: on the unit sphere |x| = 1 of ℝᵈ, d ≥ 2, with density by area
///
/// ```text
/// f(x) = κ^(d/2-1) exp(κ μᵀx) / ((2π)^(d/2) I_(d/2-1)(κ)),    μ = mean direction, κ = concentration ≥ 0
/// ```
///
/// # Special values
/// κ = 0 is uniform. 0 off the sphere (|x| further than 1e-9 from 1).
///
/// # Source
/// Mardia & Jupp, *Directional Statistics* (2000), §9.3; draws: Wood, *Commun. Stat. Simul.* 23 (1994) 157–164.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, VonMisesFisher};
/// let north = VonMisesFisher::new(&[0.0, 0.0, 1.0], 2.0)?;
/// // κ / (4π sinh κ) exp κ on the pole of the ordinary sphere
/// let expected = 2.0 / (4.0 * std::f64::consts::PI * 2f64.sinh()) * 2f64.exp();
/// assert!((north.pdf(&[0.0, 0.0, 1.0]) - expected).abs() < 1e-15);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct VonMisesFisher {
    direction: Vec<f64>,
    concentration: f64,
    ln_norm: f64,
}

impl VonMisesFisher {
    const LAW: &'static str = "VonMisesFisher";

    /// Builds the distribution from its mean direction, of any length but 0, and concentration.
    ///
    /// # Errors
    /// [`Error::TooShort`] for fewer than two coordinates, [`Error::InvalidElement`] if one is not finite, [`Error::InvalidParameter`] if
    /// the direction has length 0, or the concentration is negative or not finite.
    pub fn new(direction: &[f64], concentration: f64) -> Result<Self, Error> {
        let law = Self::LAW;
        check::at_least(law, "direction", 2, direction.len())?;
        check::finite(law, "direction", direction)?;
        let largest = direction.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        check::require(largest > 0.0, law, "length of direction", "positive", largest)?;
        let valid = (0.0..f64::INFINITY).contains(&concentration);
        check::require(valid, law, "concentration", "finite and at least 0", concentration)?;
        let scaled: Vec<f64> = direction.iter().map(|x| x / largest).collect();
        let length = scaled.iter().map(|x| x * x).sum::<f64>().sqrt();
        let direction = scaled.iter().map(|x| x / length).collect();
        Ok(Self { ln_norm: ln_norm(scaled.len(), concentration), direction, concentration })
    }

    /// Mean direction μ, of length 1.
    pub fn direction(&self) -> &[f64] {
        &self.direction
    }

    /// Concentration κ.
    pub fn concentration(&self) -> f64 {
        self.concentration
    }

    /// Length of the mean vector, I_(d/2)(κ) / I_(d/2−1)(κ).
    pub fn mean_resultant_length(&self) -> f64 {
        bessel_i_ratio(0.5 * self.direction.len() as f64 - 1.0, self.concentration)
    }

    /// Differential entropy by area, in nats.
    pub fn entropy(&self) -> f64 {
        self.ln_norm - self.concentration * self.mean_resultant_length()
    }

    /// Maximum likelihood for directions in rows, each of length 1: the mean direction, and the κ whose mean resultant length is that of
    /// the data.
    ///
    /// # Errors
    /// [`Error::Data`], [`Error::Weight`], [`Error::EmptyData`]; [`Error::Degenerate`] if a row does not have length 1, if the directions
    /// cancel, or all are the same.
    ///
    /// # Source
    /// Start: Banerjee et al., *JMLR* 6 (2005) 1345–1382, (4.4); then Newton's method inside a bracket.
    pub fn fit<'a>(data: impl Into<MatRef<'a, f64>>, weights: Option<&[f64]>) -> Result<Self, Error> {
        let (data, law) = (data.into(), Self::LAW);
        check::at_least(law, "data (columns)", 2, data.ncols())?;
        check::data(law, data, weights, "finite", f64::is_finite)?;
        if data.rows().any(|row| (row.norm_fro() - 1.0).abs() > SUPPORT_TOLERANCE) {
            return Err(Error::Degenerate { law, reason: "every row of the data must have length 1" });
        }
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let total: f64 = (0..data.nrows()).map(weight).sum();
        let average = |j: usize| (0..data.nrows()).map(|i| weight(i) * data[(i, j)]).sum::<f64>() / total;
        let mean: Vec<f64> = (0..data.ncols()).map(average).collect();
        let length = mean.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length < 1e-15 {
            return Err(Error::Degenerate {
                law,
                reason: "the directions cancel: every mean direction fits as well",
            });
        }
        if length > 1.0 - 1e-15 {
            return Err(Error::Degenerate {
                law,
                reason: "all directions are the same: the likelihood has no maximum",
            });
        }
        Self::new(&mean, concentration_of(mean.len(), length))
    }
}

/// The κ whose mean resultant length is r, 0 < r < 1.
fn concentration_of(dim: usize, r: f64) -> f64 {
    let d = dim as f64;
    let nu = 0.5 * d - 1.0;
    let (mut low, mut high) = (0.0, f64::MAX);
    let mut kappa = r * (d - r * r) / ((1.0 - r) * (1.0 + r));
    for _ in 0..100 {
        let a = bessel_i_ratio(nu, kappa);
        if a < r {
            low = kappa
        } else {
            high = kappa
        }
        // A' = 1 - A² - (d-1) A/κ; for large κ it cancels, and (d-1)/2κ² is right.
        let slope = 1.0 - a * a - (d - 1.0) * a / kappa;
        let slope = if slope > 1e-12 { slope } else { 0.5 * (d - 1.0) / (kappa * kappa) };
        let next = kappa - (a - r) / slope;
        let next = if next > low && next < high { next } else { 0.5 * (low + high.min(2.0 * kappa + 1.0)) };
        if (next - kappa).abs() <= 1e-15 * kappa {
            return next;
        }
        kappa = next;
    }
    kappa
}

/// ln of the integral of exp(κ μᵀx) over the sphere.
fn ln_norm(dim: usize, kappa: f64) -> f64 {
    let (half, nu) = (0.5 * dim as f64, 0.5 * dim as f64 - 1.0);
    if kappa == 0.0 {
        return ln_sphere_area(dim);
    }
    half * TAU.ln() + ln_bessel_i(nu, kappa) - nu * kappa.ln()
}

/// ln of the area of the unit sphere in ℝᵈ, 2π^(d/2) / Γ(d/2).
pub(crate) fn ln_sphere_area(dim: usize) -> f64 {
    let half = 0.5 * dim as f64;
    LN_2 + half * PI.ln() - ln_gamma(half)
}

impl MultivariateDistribution for VonMisesFisher {
    fn dim(&self) -> usize {
        self.direction.len()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if !regular(x, self.direction.len()) {
            return f64::NAN;
        }
        let length = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        if (length - 1.0).abs() > SUPPORT_TOLERANCE {
            return f64::NEG_INFINITY;
        }
        let along: f64 = x.iter().zip(&self.direction).map(|(x, m)| x * m).sum();
        self.concentration * along - self.ln_norm
    }

    fn mean(&self) -> Vec<f64> {
        let length = self.mean_resultant_length();
        self.direction.iter().map(|m| length * m).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        // E (μᵀx)² = 1 - (d-1) A/κ; the other directions share (d-1) A/κ.
        let d = self.direction.len();
        let a = self.mean_resultant_length();
        let across = if self.concentration > 0.0 { a / self.concentration } else { 1.0 / d as f64 };
        let along = 1.0 - (d as f64 - 1.0) * across - a * a;
        let m = &self.direction;
        Mat::from_fn(d, d, |i, j| if i == j { across } else { 0.0 } + (along - across) * m[i] * m[j])
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.direction.len());
        let (ln_along, along) = self.height(rng);
        // 1 - w² without cancellation: (1-w)(1+w) with 1-w known.
        let across = (ln_along * (2.0 - ln_along)).max(0.0).sqrt();
        // A random direction orthogonal to μ.
        unit_vector(rng, out);
        let projection: f64 = out.iter().zip(&self.direction).map(|(x, m)| x * m).sum();
        out.iter_mut().zip(&self.direction).for_each(|(x, m)| *x -= projection * m);
        let length = out.iter().map(|x| x * x).sum::<f64>().sqrt();
        let turn = if length > 0.0 { across / length } else { 0.0 };
        out.iter_mut().zip(&self.direction).for_each(|(x, m)| *x = along * m + turn * *x);
    }
}

impl VonMisesFisher {
    /// 1 − w and w = μᵀx of one draw (Wood's VM*). Rejection accepts more than ½ of the rounds; after 10000 the last stands.
    fn height<R: Rng + ?Sized>(&self, rng: &mut R) -> (f64, f64) {
        let (kappa, m) = (self.concentration, self.direction.len() as f64 - 1.0);
        // b = (-2κ + √(4κ² + m²)) / m without cancellation.
        let b = m / (2.0 * kappa + (2.0 * kappa).hypot(m));
        let x0 = (1.0 - b) / (1.0 + b);
        // 1 - x0² = 4b/(1+b)²
        let c = kappa * x0 + m * (4.0 * b / ((1.0 + b) * (1.0 + b))).ln();
        let mut rest = 0.0;
        for _ in 0..10_000 {
            let (ln_z, ln_1z) = ln_beta_variable(rng, 0.5 * m, 0.5 * m);
            let (z, not_z) = (ln_z.exp(), ln_1z.exp());
            // w = (1 - (1+b)z) / (1 - (1-b)z), 1 - w = 2bz / (1 - z + bz)
            let bottom = not_z + b * z;
            rest = 2.0 * b * z / bottom;
            let w = 1.0 - rest;
            // 1 - x0 w = 2b / ((1+b) (1 - (1-b) z))
            let test = kappa * w + m * (2.0 * b / ((1.0 + b) * bottom)).ln() - c;
            if test >= uniform(rng).ln() {
                break;
            }
        }
        (rest, 1.0 - rest)
    }
}

/// Fills `out` with a unit vector of uniform direction.
pub(crate) fn unit_vector<R: Rng + ?Sized>(rng: &mut R, out: &mut [f64]) {
    // A zero vector has probability 0; the bound is for generators that are broken.
    for _ in 0..100 {
        out.iter_mut().for_each(|x| *x = StandardNormal.sample(rng));
        let length = out.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            out.iter_mut().for_each(|x| *x /= length);
            return;
        }
    }
    out.fill(0.0);
    if let Some(first) = out.first_mut() {
        *first = 1.0;
    }
}

/// Uniform distribution on the unit sphere |x| = 1 of ℝᵈ: a direction without preference.
///
/// The density is by area, 1/area; for d = 1 the two points ±1 have ½ each.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, UnitVector};
/// let sphere = UnitVector::new(3)?;
/// assert!((sphere.pdf(&[0.6, 0.0, 0.8]) - 0.25 / std::f64::consts::PI).abs() < 1e-16);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitVector {
    dim: usize,
}

impl UnitVector {
    /// Builds the distribution in a space of `dim` dimensions.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] for dimension 0.
    pub fn new(dim: usize) -> Result<Self, Error> {
        check::require(dim >= 1, "UnitVector", "dim", "at least 1", dim as f64)?;
        Ok(Self { dim })
    }

    /// Differential entropy by area, in nats.
    pub fn entropy(&self) -> f64 {
        ln_sphere_area(self.dim)
    }
}

impl MultivariateDistribution for UnitVector {
    fn dim(&self) -> usize {
        self.dim
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if !regular(x, self.dim) {
            return f64::NAN;
        }
        let length = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        if (length - 1.0).abs() > SUPPORT_TOLERANCE { f64::NEG_INFINITY } else { -ln_sphere_area(self.dim) }
    }

    fn mean(&self) -> Vec<f64> {
        vec![0.0; self.dim]
    }

    fn covariance(&self) -> Mat<f64> {
        Mat::from_diagonal(&vec![1.0 / self.dim as f64; self.dim])
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim);
        unit_vector(rng, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concentration_inverts_the_mean_length() {
        for dim in [2, 3, 5, 50] {
            for kappa in [1e-6, 0.1, 1.0, 10.0, 1e3, 1e6] {
                let r = bessel_i_ratio(0.5 * dim as f64 - 1.0, kappa);
                // r carries half an ulp; 1 - r of it near 1.
                let tolerance = 1e-12 + 1e-15 * kappa;
                assert!((concentration_of(dim, r) / kappa - 1.0).abs() < tolerance, "{dim} {kappa}");
            }
        }
    }
}
