//! The matrix normal distribution.
use crate::scatter::{Scatter, forward};
use crate::{Error, check};
use ferronum_mat::{Mat, MatRef};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::TAU;

const LAW: &str = "MatrixNormal";

/// Matrix normal distribution of n×p matrices: Cov(xᵢⱼ, xₖₗ) = Uᵢₖ Vⱼₗ,
///
/// ```text
/// f(X) = exp(-tr(V⁻¹ (X-M)ᵀ U⁻¹ (X-M))/2) / ((2π)^(np/2) det(U)^(p/2) det(V)^(n/2)),    M = mean, U among rows, V among columns
/// ```
///
/// # Source
/// Gupta & Nagar, *Matrix Variate Distributions* (2000), ch. 2.
///
/// # Examples
/// ```
/// use ferronum_distmv::MatrixNormal;
/// use ferronum_mat::Mat;
/// let law = MatrixNormal::new(&Mat::zeros(2, 3), &Mat::identity(2), &Mat::identity(3))?;
/// assert!((law.ln_pdf(&Mat::zeros(2, 3)) - -5.513631199228036).abs() < 1e-14);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixNormal {
    mean: Mat<f64>,
    rows: Scatter,
    cols: Scatter,
}

impl MatrixNormal {
    /// Builds the distribution from its mean and the covariances among rows (n×n) and among columns (p×p).
    ///
    /// # Errors
    /// [`Error::Dimension`], [`Error::NotSquare`], [`Error::NotSymmetric`], [`Error::NotPositiveDefinite`], [`Error::InvalidEntry`].
    pub fn new<'a, 'b, 'c>(
        mean: impl Into<MatRef<'a, f64>>,
        rows: impl Into<MatRef<'b, f64>>,
        cols: impl Into<MatRef<'c, f64>>,
    ) -> Result<Self, Error> {
        let mean = mean.into();
        check::finite_matrix(LAW, "mean", mean)?;
        let rows = Scatter::definite(LAW, "rows", rows.into())?;
        let cols = Scatter::definite(LAW, "cols", cols.into())?;
        check::length(LAW, "rows", mean.nrows(), rows.dim())?;
        check::length(LAW, "cols", mean.ncols(), cols.dim())?;
        Ok(Self { mean: mean.to_owned(), rows, cols })
    }

    /// Rows and columns of a draw.
    pub fn shape(&self) -> (usize, usize) {
        self.mean.shape()
    }

    /// Mean M.
    pub fn mean(&self) -> MatRef<'_, f64> {
        self.mean.view()
    }

    /// Covariance among rows, U.
    pub fn row_covariance(&self) -> MatRef<'_, f64> {
        self.rows.matrix().view()
    }

    /// Covariance among columns, V.
    pub fn col_covariance(&self) -> MatRef<'_, f64> {
        self.cols.matrix().view()
    }

    /// Covariance of the columns stacked on each other, V ⊗ U.
    pub fn stacked_covariance(&self) -> Mat<f64> {
        let (n, p) = self.shape();
        let (u, v) = (self.rows.matrix(), self.cols.matrix());
        Mat::from_fn(n * p, n * p, |i, j| v[(i / n, j / n)] * u[(i % n, j % n)])
    }

    /// Logarithm of the density; NaN for a matrix of another shape or with elements that are not finite.
    pub fn ln_pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        let x = x.into();
        if x.shape() != self.shape() || x.iter().any(|v| !v.is_finite()) {
            return f64::NAN;
        }
        let (n, p) = self.shape();
        let mut z = Mat::from_fn(n, p, |i, j| x[(i, j)] - self.mean[(i, j)]);
        (0..p).for_each(|j| forward(self.rows.factor(), z.col_slice_mut(j)));
        let mut z = z.transpose().to_owned();
        (0..n).for_each(|j| forward(self.cols.factor(), z.col_slice_mut(j)));
        let square: f64 = z.iter().map(|z| z * z).sum();
        let (n, p) = (n as f64, p as f64);
        -0.5 * (square + n * p * TAU.ln() + p * self.rows.ln_det() + n * self.cols.ln_det())
    }

    /// Density.
    pub fn pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        self.ln_pdf(x).exp()
    }

    /// Differential entropy, in nats.
    pub fn entropy(&self) -> f64 {
        let (n, p) = (self.mean.nrows() as f64, self.mean.ncols() as f64);
        0.5 * (n * p * (1.0 + TAU.ln()) + p * self.rows.ln_det() + n * self.cols.ln_det())
    }

    /// One draw.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        let (n, p) = self.shape();
        let z: Mat<f64> = Mat::from_fn(n, p, |_, _| StandardNormal.sample(rng));
        let (l, r) = (self.rows.factor(), self.cols.factor());
        let half: Mat<f64> = Mat::from_fn(n, p, |i, j| (0..=i).map(|k| l[(i, k)] * z[(k, j)]).sum());
        Mat::from_fn(n, p, |i, j| self.mean[(i, j)] + (0..=j).map(|k| half[(i, k)] * r[(j, k)]).sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MultivariateDistribution, MultivariateNormal};

    #[test]
    fn stacked_it_is_a_multivariate_normal_law() {
        let u = Mat::from_rows(&[[2.0, 0.5], [0.5, 1.0]]).unwrap();
        let v = Mat::from_rows(&[[1.0, 0.3, 0.0], [0.3, 2.0, -0.4], [0.0, -0.4, 1.5]]).unwrap();
        let mean = Mat::from_fn(2, 3, |i, j| (i + 2 * j) as f64);
        let law = MatrixNormal::new(&mean, &u, &v).unwrap();
        let x = Mat::from_fn(2, 3, |i, j| 1.0 - (i * j) as f64);
        let stacked = MultivariateNormal::new(mean.as_slice(), &law.stacked_covariance()).unwrap();
        assert!((law.ln_pdf(&x) - stacked.ln_pdf(x.as_slice())).abs() < 1e-13);
        assert!((law.entropy() - stacked.entropy()).abs() < 1e-13);
        assert!(MatrixNormal::new(&mean, &v, &u).is_err());
    }
}
