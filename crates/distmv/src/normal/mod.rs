//! The multivariate normal distribution.
mod divergence;
mod free;
mod parts;

pub(crate) use parts::condition;

pub use free::{normal_ln_pdf, normal_sample_into, rand_cov};

use crate::moments::weighted_moments;
use crate::scatter::Scatter;
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, check};
use ferronum_mat::{Mat, MatRef};
use ferronum_special::norm_quantile;
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::TAU;

const LAW: &str = "MultivariateNormal";

/// Multivariate normal distribution with density
///
/// ```text
/// f(x) = (2π)^(-d/2) det(Σ)^(-1/2) exp(-(x - μ)ᵀ Σ⁻¹ (x - μ) / 2),    μ = mean, Σ = covariance
/// ```
///
/// [`Self::degenerate`] accepts a singular Σ of rank r: all probability lies in the r-dimensional plane through μ spanned by the
/// columns of Σ, and the density is that with respect to area in the plane, with r, the product of the positive
/// eigenvalues and the pseudo-inverse in place of d, det and Σ⁻¹. Off the plane (by more than 1e-9 of the coordinates) it is 0.
///
/// # Accuracy
/// The quadratic form comes from one triangular solve: its relative error is about ε times the condition number of Σ after its
/// diagonal is scaled to 1.
///
/// # Source
/// Anderson, *An Introduction to Multivariate Statistical Analysis*, 3rd ed. (2003), ch. 2.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, MultivariateNormal};
/// use ferronum_mat::Mat;
/// let height_weight = Mat::from_rows(&[[49.0, 50.0], [50.0, 100.0]])?;
/// let law = MultivariateNormal::new(&[175.0, 70.0], &height_weight)?;
/// assert!((law.ln_pdf(&[180.0, 80.0]) - -6.229489074577364).abs() < 1e-14);
/// // The weight of somebody 189 cm tall.
/// let tall = law.conditional(&[0], &[189.0])?;
/// assert!((tall.mean()[0] - 84.28571428571429).abs() < 1e-12);
/// assert!((tall.covariance()[(0, 0)] - 48.97959183673469).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MultivariateNormal {
    mean: Vec<f64>,
    scatter: Scatter,
}

impl MultivariateNormal {
    /// Builds the distribution from its mean and positive definite covariance.
    ///
    /// # Errors
    /// [`Error::Dimension`], [`Error::NotSquare`], [`Error::NotSymmetric`], [`Error::NotPositiveDefinite`] with the pivot,
    /// [`Error::InvalidElement`] or [`Error::InvalidEntry`] for a number that is not finite.
    pub fn new<'a>(mean: &[f64], covariance: impl Into<MatRef<'a, f64>>) -> Result<Self, Error> {
        Self::build(mean, Scatter::definite(LAW, "covariance", covariance.into())?)
    }

    /// Builds the distribution from its mean and a covariance that may be singular.
    ///
    /// # Errors
    /// As [`Self::new`], with [`Error::NotSemidefinite`] in place of [`Error::NotPositiveDefinite`].
    pub fn degenerate<'a>(mean: &[f64], covariance: impl Into<MatRef<'a, f64>>) -> Result<Self, Error> {
        Self::build(mean, Scatter::semidefinite(LAW, "covariance", covariance.into())?)
    }

    /// Builds the distribution from its mean and precision matrix Σ⁻¹, which is not inverted to evaluate or sample.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_precision<'a>(mean: &[f64], precision: impl Into<MatRef<'a, f64>>) -> Result<Self, Error> {
        Self::build(mean, Scatter::from_inverse(LAW, "precision", precision.into())?)
    }

    /// Builds the distribution from its mean and the lower triangular factor L of Σ = L Lᵀ; what is above the diagonal of `l` is not
    /// read.
    ///
    /// # Errors
    /// As [`Self::new`]; [`Error::NotPositiveDefinite`] if a diagonal element is not positive.
    pub fn with_cholesky<'a>(mean: &[f64], l: impl Into<MatRef<'a, f64>>) -> Result<Self, Error> {
        Self::build(mean, Scatter::from_lower(LAW, "l", l.into())?)
    }

    /// Independent standard normal coordinates.
    ///
    /// # Errors
    /// [`Error::TooShort`] for dimension 0.
    pub fn standard(dim: usize) -> Result<Self, Error> {
        Self::new(&vec![0.0; dim], &Mat::identity(dim))
    }

    pub(crate) fn build(mean: &[f64], scatter: Scatter) -> Result<Self, Error> {
        check::length(LAW, "mean", scatter.dim(), mean.len())?;
        check::finite(LAW, "mean", mean)?;
        Ok(Self { mean: mean.to_vec(), scatter })
    }

    /// The same law about another mean.
    ///
    /// # Errors
    /// [`Error::Dimension`], [`Error::InvalidElement`].
    pub fn with_mean(self, mean: &[f64]) -> Result<Self, Error> {
        Self::build(mean, self.scatter)
    }

    /// The factor F of Σ = F Fᵀ: lower triangular, or d×r for a degenerate law of rank r.
    pub fn factor(&self) -> MatRef<'_, f64> {
        self.scatter.factor().view()
    }

    /// Number of dimensions that the probability fills: d unless the law is degenerate.
    pub fn rank(&self) -> usize {
        self.scatter.rank()
    }

    /// ln det Σ, of the positive eigenvalues for a degenerate law.
    pub fn ln_det_covariance(&self) -> f64 {
        self.scatter.ln_det()
    }

    /// Squared Mahalanobis distance (x − μ)ᵀ Σ⁻¹ (x − μ); ∞ off the support of a degenerate law.
    pub fn mahalanobis_squared(&self, x: &[f64]) -> f64 {
        if !regular(x, self.mean.len()) {
            return f64::NAN;
        }
        let (v, size) = self.centred(x);
        self.scatter.quadratic(&v, size).unwrap_or(f64::INFINITY)
    }

    /// Gradient of [`ln_pdf`](MultivariateDistribution::ln_pdf) by x, −Σ⁻¹ (x − μ); NaN off the support of a degenerate law.
    pub fn score_x(&self, x: &[f64]) -> Vec<f64> {
        self.score_mean(x).iter().map(|s| -s).collect()
    }

    /// Gradient of [`ln_pdf`](MultivariateDistribution::ln_pdf) by the mean, Σ⁻¹ (x − μ); NaN off the support of a degenerate law.
    pub fn score_mean(&self, x: &[f64]) -> Vec<f64> {
        let nowhere = vec![f64::NAN; self.mean.len()];
        if !regular(x, self.mean.len()) {
            return nowhere;
        }
        let (v, size) = self.centred(x);
        self.scatter.solve(&v, size).unwrap_or(nowhere)
    }

    /// Differential entropy ½ (r (1 + ln 2π) + ln det Σ), in nats.
    pub fn entropy(&self) -> f64 {
        0.5 * (self.rank() as f64 * (1.0 + TAU.ln()) + self.scatter.ln_det())
    }

    /// Maps a point `u` of the unit cube to μ + F z, zᵢ the normal quantile of uᵢ: uniform points, random or quasi-random, become points
    /// of this law. `u` has [`Self::rank`] elements; one outside \[0, 1\] gives NaN.
    ///
    /// # Panics
    /// If `u` or `out` has the wrong length.
    pub fn quantile_into(&self, u: &[f64], out: &mut [f64]) {
        room(out.len(), self.mean.len());
        assert_eq!(u.len(), self.rank(), "{} uniform numbers, {} are needed", u.len(), self.rank());
        let z: Vec<f64> = u.iter().map(|&u| norm_quantile(u)).collect();
        out.copy_from_slice(&self.mean);
        self.scatter.colour_onto(&z, out);
    }

    /// Maximum likelihood: the weighted mean and covariance (divided by Σw) of observations in rows.
    ///
    /// # Errors
    /// [`Error::Data`], [`Error::Weight`], [`Error::EmptyData`]; [`Error::NotPositiveDefinite`] if the observations lie in a plane.
    ///
    /// # Examples
    /// ```
    /// use ferronum_distmv::{MultivariateDistribution, MultivariateNormal};
    /// use ferronum_mat::Mat;
    /// let data = Mat::from_rows(&[[1.0, 2.0], [3.0, 1.0], [5.0, 6.0]])?;
    /// let law = MultivariateNormal::fit(&data, None)?;
    /// assert_eq!(law.mean(), [3.0, 3.0]);
    /// assert!((law.covariance()[(0, 1)] - 8.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fit<'a>(data: impl Into<MatRef<'a, f64>>, weights: Option<&[f64]>) -> Result<Self, Error> {
        let data = data.into();
        check::data(LAW, data, weights, "finite", f64::is_finite)?;
        let (_, mean, covariance) = weighted_moments(data, |i| weights.map_or(1.0, |w| w[i]));
        Self::build(&mean, Scatter::definite(LAW, "covariance of the data", covariance.view())?)
    }

    /// x − μ, and the size of the numbers subtracted.
    fn centred(&self, x: &[f64]) -> (Vec<f64>, f64) {
        let size = x.iter().chain(&self.mean).fold(0.0, |m: f64, v| m.max(v.abs()));
        (x.iter().zip(&self.mean).map(|(x, m)| x - m).collect(), size)
    }
}

impl MultivariateDistribution for MultivariateNormal {
    fn dim(&self) -> usize {
        self.mean.len()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        -0.5 * (self.mahalanobis_squared(x) + self.scatter.ln_det() + self.rank() as f64 * TAU.ln())
    }

    fn mean(&self) -> Vec<f64> {
        self.mean.clone()
    }

    fn covariance(&self) -> Mat<f64> {
        self.scatter.matrix().clone()
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.mean.len());
        let z: Vec<f64> = (0..self.rank()).map(|_| StandardNormal.sample(rng)).collect();
        out.copy_from_slice(&self.mean);
        self.scatter.colour_onto(&z, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degenerate_law_lives_in_its_plane() {
        let covariance = Mat::from_rows(&[[1.0, 1.0], [1.0, 1.0]]).unwrap();
        let law = MultivariateNormal::degenerate(&[1.0, 2.0], &covariance).unwrap();
        assert_eq!(law.rank(), 1);
        // Along the diagonal the coordinate is √2 times a standard normal variable.
        let expected = -0.5 * (TAU * 2.0).ln() - 0.5;
        assert!((law.ln_pdf(&[2.0, 3.0]) - expected).abs() < 1e-14);
        assert_eq!(law.ln_pdf(&[2.0, 2.0]), f64::NEG_INFINITY);
        assert!(law.score_x(&[2.0, 2.0])[0].is_nan());
        let score = law.score_x(&[2.0, 3.0]);
        assert!((score[0] + 0.5).abs() < 1e-14 && (score[1] + 0.5).abs() < 1e-14);
        let mut out = [0.0; 2];
        law.quantile_into(&[0.9], &mut out);
        assert!((out[1] - out[0] - 1.0).abs() < 1e-14);
        let point = MultivariateNormal::degenerate(&[1.0, 2.0], &Mat::zeros(2, 2)).unwrap();
        assert_eq!((point.rank(), point.ln_pdf(&[1.0, 2.0])), (0, 0.0));
    }

    #[test]
    fn factors_and_precisions_give_one_law() {
        let covariance = Mat::from_rows(&[[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]]).unwrap();
        let (mean, x) = ([1.0, 2.0, 3.0], [0.5, -1.0, 4.0]);
        let law = MultivariateNormal::new(&mean, &covariance).unwrap();
        let precision = law.precision().unwrap();
        let by_precision = MultivariateNormal::with_precision(&mean, &precision).unwrap();
        let by_factor = MultivariateNormal::with_cholesky(&mean, law.factor()).unwrap();
        for other in [by_precision, by_factor] {
            assert!((other.ln_pdf(&x) - law.ln_pdf(&x)).abs() < 1e-14);
            assert!((&other.covariance() - &covariance).norm_max() < 1e-14);
        }
    }
}
