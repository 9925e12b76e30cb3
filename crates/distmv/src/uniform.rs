//! Uniform laws: on a box, in a ball, on the simplex.
use crate::directional::{ln_sphere_area, unit_vector};
use crate::draw::{exponential, uniform};
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, check};
use ferronum_mat::Mat;
use rand::Rng;

/// Uniform distribution on a box, lowerᵢ ≤ xᵢ ≤ upperᵢ.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, UniformBox};
/// let law = UniformBox::new(&[0.0, -1.0], &[2.0, 1.0])?;
/// assert_eq!(law.cdf(&[1.0, 0.5]), 0.375);
/// assert_eq!(law.pdf(&[3.0, 0.0]), 0.0);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct UniformBox {
    lower: Vec<f64>,
    upper: Vec<f64>,
}

impl UniformBox {
    const LAW: &'static str = "UniformBox";

    /// Builds the distribution from the corners of the box.
    ///
    /// # Errors
    /// [`Error::TooShort`], [`Error::Dimension`], [`Error::InvalidElement`] unless lower < upper, both finite, at a finite distance.
    pub fn new(lower: &[f64], upper: &[f64]) -> Result<Self, Error> {
        let law = Self::LAW;
        check::at_least(law, "lower", 1, lower.len())?;
        check::length(law, "upper", lower.len(), upper.len())?;
        check::finite(law, "lower", lower)?;
        check::finite(law, "upper", upper)?;
        if let Some(index) =
            (0..lower.len()).find(|&i| !(lower[i] < upper[i] && (upper[i] - lower[i]).is_finite()))
        {
            let requirement = "above the lower end, at a finite distance";
            return Err(Error::InvalidElement {
                law,
                parameter: "upper",
                index,
                requirement,
                value: upper[index],
            });
        }
        Ok(Self { lower: lower.to_vec(), upper: upper.to_vec() })
    }

    /// The unit cube.
    ///
    /// # Errors
    /// [`Error::TooShort`] for dimension 0.
    pub fn unit(dim: usize) -> Result<Self, Error> {
        Self::new(&vec![0.0; dim], &vec![1.0; dim])
    }

    /// The lower and upper corner.
    pub fn bounds(&self) -> (&[f64], &[f64]) {
        (&self.lower, &self.upper)
    }

    fn widths(&self) -> impl Iterator<Item = f64> + '_ {
        self.lower.iter().zip(&self.upper).map(|(a, b)| b - a)
    }

    /// Differential entropy, the logarithm of the volume.
    pub fn entropy(&self) -> f64 {
        self.widths().map(f64::ln).sum()
    }

    /// P(X₁ ≤ x₁, …, X_d ≤ x_d). Infinite coordinates are welcome; NaN, and a wrong length, give NaN.
    pub fn cdf(&self, x: &[f64]) -> f64 {
        if x.len() != self.lower.len() || x.iter().any(|x| x.is_nan()) {
            return f64::NAN;
        }
        (0..x.len())
            .map(|i| ((x[i] - self.lower[i]) / (self.upper[i] - self.lower[i])).clamp(0.0, 1.0))
            .product()
    }

    /// Writes lower + u (upper − lower): points of the unit cube become points of the box; NaN for u outside \[0, 1\].
    ///
    /// # Panics
    /// If `u` or `out` has the wrong length.
    pub fn quantile_into(&self, u: &[f64], out: &mut [f64]) {
        room(out.len(), self.lower.len());
        room(u.len(), self.lower.len());
        for (i, out) in out.iter_mut().enumerate() {
            let u = if (0.0..=1.0).contains(&u[i]) { u[i] } else { f64::NAN };
            *out = self.lower[i] * (1.0 - u) + self.upper[i] * u;
        }
    }

    /// Kullback–Leibler divergence of `other` from this law: ∞ unless this box lies in the other.
    ///
    /// # Errors
    /// [`Error::Dimension`] if the dimensions differ.
    pub fn kl_divergence(&self, other: &Self) -> Result<f64, Error> {
        check::length(Self::LAW, "other", self.lower.len(), other.lower.len())?;
        let inside =
            (0..self.lower.len()).all(|i| other.lower[i] <= self.lower[i] && self.upper[i] <= other.upper[i]);
        let ln_ratio: f64 = self.widths().zip(other.widths()).map(|(a, b)| (b / a).ln()).sum();
        Ok(if inside { ln_ratio } else { f64::INFINITY })
    }

    /// Bhattacharyya distance −ln ∫ √(f g): ∞ for boxes that do not meet.
    ///
    /// # Errors
    /// [`Error::Dimension`] if the dimensions differ.
    pub fn bhattacharyya_distance(&self, other: &Self) -> Result<f64, Error> {
        check::length(Self::LAW, "other", self.lower.len(), other.lower.len())?;
        let mut sum = 0.0;
        for i in 0..self.lower.len() {
            let common = self.upper[i].min(other.upper[i]) - self.lower[i].max(other.lower[i]);
            if common <= 0.0 {
                return Ok(f64::INFINITY);
            }
            let (a, b) = (self.upper[i] - self.lower[i], other.upper[i] - other.lower[i]);
            sum += 0.5 * ((a / common).ln() + (b / common).ln());
        }
        Ok(sum)
    }
}

impl MultivariateDistribution for UniformBox {
    fn dim(&self) -> usize {
        self.lower.len()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if !regular(x, self.lower.len()) {
            return f64::NAN;
        }
        let inside = (0..x.len()).all(|i| self.lower[i] <= x[i] && x[i] <= self.upper[i]);
        if inside { -self.entropy() } else { f64::NEG_INFINITY }
    }

    fn mean(&self) -> Vec<f64> {
        self.lower.iter().zip(&self.upper).map(|(a, b)| 0.5 * a + 0.5 * b).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        Mat::from_diagonal(&self.widths().map(|w| w * w / 12.0).collect::<Vec<_>>())
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.lower.len());
        for (i, out) in out.iter_mut().enumerate() {
            let u = uniform(rng);
            *out = (self.lower[i] * (1.0 - u) + self.upper[i] * u).clamp(self.lower[i], self.upper[i]);
        }
    }
}

/// Uniform distribution in the ball |x| ≤ 1 of ℝᵈ.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, UniformBall};
/// assert!((UniformBall::new(2)?.pdf(&[0.1, 0.2]) - 1.0 / std::f64::consts::PI).abs() < 1e-15);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UniformBall {
    dim: usize,
}

impl UniformBall {
    /// Builds the distribution in a space of `dim` dimensions.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] for dimension 0.
    pub fn new(dim: usize) -> Result<Self, Error> {
        check::require(dim >= 1, "UniformBall", "dim", "at least 1", dim as f64)?;
        Ok(Self { dim })
    }

    /// Differential entropy, the logarithm of the volume.
    pub fn entropy(&self) -> f64 {
        ln_sphere_area(self.dim) - (self.dim as f64).ln()
    }
}

impl MultivariateDistribution for UniformBall {
    fn dim(&self) -> usize {
        self.dim
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if !regular(x, self.dim) {
            return f64::NAN;
        }
        if x.iter().map(|x| x * x).sum::<f64>() <= 1.0 { -self.entropy() } else { f64::NEG_INFINITY }
    }

    fn mean(&self) -> Vec<f64> {
        vec![0.0; self.dim]
    }

    fn covariance(&self) -> Mat<f64> {
        Mat::from_diagonal(&vec![1.0 / (self.dim as f64 + 2.0); self.dim])
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim);
        unit_vector(rng, out);
        let radius = (-exponential(rng) / self.dim as f64).exp();
        out.iter_mut().for_each(|x| *x *= radius);
    }
}

/// Uniform distribution on the simplex x ≥ 0, Σx = 1: the Dirichlet law with all concentrations 1, whose density by the first d − 1
/// coordinates is (d − 1)!.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, UniformSimplex};
/// assert!((UniformSimplex::new(4)?.pdf(&[0.25; 4]) - 6.0).abs() < 1e-14);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct UniformSimplex {
    law: crate::Dirichlet,
}

impl UniformSimplex {
    /// Builds the distribution with `dim` ≥ 2 coordinates.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`].
    pub fn new(dim: usize) -> Result<Self, Error> {
        check::require(dim >= 2, "UniformSimplex", "dim", "at least 2", dim as f64)?;
        Ok(Self { law: crate::Dirichlet::new(&vec![1.0; dim])? })
    }
}

impl MultivariateDistribution for UniformSimplex {
    fn dim(&self) -> usize {
        self.law.dim()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        self.law.ln_pdf(x)
    }

    fn mean(&self) -> Vec<f64> {
        self.law.mean()
    }

    fn covariance(&self) -> Mat<f64> {
        self.law.covariance()
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.law.dim());
        out.iter_mut().for_each(|x| *x = exponential(rng));
        let sum: f64 = out.iter().sum();
        out.iter_mut().for_each(|x| *x /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes() {
        let (small, large) = (
            UniformBox::new(&[0.0, 0.0], &[1.0, 1.0]).unwrap(),
            UniformBox::new(&[-1.0, 0.0], &[3.0, 2.0]).unwrap(),
        );
        assert!((small.kl_divergence(&large).unwrap() - 8f64.ln()).abs() < 1e-15);
        assert_eq!(large.kl_divergence(&small).unwrap(), f64::INFINITY);
        assert!((small.bhattacharyya_distance(&large).unwrap() - 0.5 * 8f64.ln()).abs() < 1e-15);
        assert!(
            UniformBox::new(&[0.0], &[0.0]).is_err() && UniformBox::new(&[-f64::MAX], &[f64::MAX]).is_err()
        );
        assert_eq!(small.cdf(&[f64::INFINITY, 0.5]), 0.5);
        let mut out = [0.0; 2];
        large.quantile_into(&[0.25, 2.0], &mut out);
        assert!(out[0] == 0.0 && out[1].is_nan());
    }
}
