//! A positive (semi)definite matrix with the factor that whitens and colours vectors.
use crate::eigen::symmetric_eigen;
use crate::{Error, check};
use ferronum_mat::{Cholesky, Mat, MatRef, Triangle, invert_triangular};

/// How far a point may lie off the support of a degenerate law, relative to the size of its coordinates.
const SUPPORT_TOLERANCE: f64 = 1e-9;

/// A symmetric matrix S = F Fᵀ: F lower triangular where S is positive definite, otherwise n×r with orthogonal columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scatter {
    matrix: Mat<f64>,
    factor: Mat<f64>,
    /// Squared lengths of the columns of F, where S is singular.
    eigenvalues: Option<Vec<f64>>,
    ln_det: f64,
}

impl Scatter {
    /// From a positive definite matrix.
    pub(crate) fn definite(
        law: &'static str,
        parameter: &'static str,
        a: MatRef<'_, f64>,
    ) -> Result<Self, Error> {
        let matrix = check::symmetric(law, parameter, a)?;
        let cholesky = Cholesky::new(&matrix).map_err(|error| match error {
            ferronum_mat::Error::NotPositiveDefinite { pivot } => {
                Error::NotPositiveDefinite { law, parameter, pivot }
            }
            other => other.into(),
        })?;
        let factor = cholesky.l().to_owned();
        if let Some(pivot) = factor.diagonal().position(|x| !(x > 0.0 && x.is_finite())) {
            return Err(Error::NotPositiveDefinite { law, parameter, pivot });
        }
        check::finite_matrix(law, parameter, factor.view())?;
        Ok(Self { matrix, ln_det: ln_det(&factor), factor, eigenvalues: None })
    }

    /// From a positive semidefinite matrix: eigenvalues below n·ε of the largest count as zero.
    pub(crate) fn semidefinite(
        law: &'static str,
        parameter: &'static str,
        a: MatRef<'_, f64>,
    ) -> Result<Self, Error> {
        let matrix = check::symmetric(law, parameter, a)?;
        let (lambda, v) = symmetric_eigen(&matrix);
        let largest = lambda.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        let tolerance = 4.0 * lambda.len() as f64 * f64::EPSILON * largest;
        let least = lambda.iter().copied().fold(f64::INFINITY, f64::min);
        // Rounding in the matrix itself can make a zero eigenvalue negative by more than rounding here does.
        if least < -1e-10 * largest {
            return Err(Error::NotSemidefinite { law, parameter, eigenvalue: least });
        }
        let kept: Vec<usize> = (0..lambda.len()).filter(|&j| lambda[j] > tolerance).collect();
        let factor = Mat::from_fn(lambda.len(), kept.len(), |i, j| v[(i, kept[j])] * lambda[kept[j]].sqrt());
        let eigenvalues: Vec<f64> = kept.iter().map(|&j| lambda[j]).collect();
        let ln_det = eigenvalues.iter().map(|x| x.ln()).sum();
        Ok(Self { matrix, factor, eigenvalues: Some(eigenvalues), ln_det })
    }

    /// From the lower triangular factor; what is above its diagonal is not read.
    pub(crate) fn from_lower(
        law: &'static str,
        parameter: &'static str,
        l: MatRef<'_, f64>,
    ) -> Result<Self, Error> {
        let n = check::square(law, parameter, l)?;
        if let Some(pivot) = l.diagonal().position(|x| x <= 0.0) {
            return Err(Error::NotPositiveDefinite { law, parameter, pivot });
        }
        let factor = Mat::from_fn(n, n, |i, j| if i >= j { l[(i, j)] } else { 0.0 });
        let matrix = factor.transpose().gram();
        check::finite_matrix(law, parameter, matrix.view())?;
        Ok(Self { matrix, ln_det: ln_det(&factor), factor, eigenvalues: None })
    }

    /// From the inverse: P = U Uᵀ with U upper triangular gives S = U⁻ᵀ U⁻¹ without inverting P itself.
    pub(crate) fn from_inverse(
        law: &'static str,
        parameter: &'static str,
        p: MatRef<'_, f64>,
    ) -> Result<Self, Error> {
        let n = check::square(law, parameter, p)?;
        let reversed = Mat::from_fn(n, n, |i, j| p[(n - 1 - i, n - 1 - j)]);
        let flipped = Self::definite(law, parameter, reversed.view())?.factor;
        let upper = Mat::from_fn(n, n, |i, j| flipped[(n - 1 - i, n - 1 - j)]);
        let inverse = invert_triangular(&upper, Triangle::Upper)?;
        Self::from_lower(law, parameter, inverse.transpose())
    }

    pub(crate) fn dim(&self) -> usize {
        self.matrix.nrows()
    }

    /// Number of dimensions that the probability fills.
    pub(crate) fn rank(&self) -> usize {
        self.factor.ncols()
    }

    pub(crate) fn is_singular(&self) -> bool {
        self.eigenvalues.is_some()
    }

    pub(crate) fn matrix(&self) -> &Mat<f64> {
        &self.matrix
    }

    pub(crate) fn factor(&self) -> &Mat<f64> {
        &self.factor
    }

    /// ln det S; of the nonzero eigenvalues where S is singular.
    pub(crate) fn ln_det(&self) -> f64 {
        self.ln_det
    }

    /// The z with F z = v; `None` if there is none. `size` measures the numbers that `v` is the difference of.
    pub(crate) fn whiten(&self, v: &[f64], size: f64) -> Option<Vec<f64>> {
        let Some(eigenvalues) = &self.eigenvalues else {
            let mut z = v.to_vec();
            forward(&self.factor, &mut z);
            return Some(z);
        };
        let z: Vec<f64> =
            (0..self.rank()).map(|j| dot(self.factor.col_slice(j), v) / eigenvalues[j]).collect();
        let mut rest: Vec<f64> = v.iter().map(|x| -x).collect();
        self.colour_onto(&z, &mut rest);
        let off = rest.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        let spread = eigenvalues.iter().copied().fold(0.0, f64::max).sqrt();
        (off <= SUPPORT_TOLERANCE * (size + spread)).then_some(z)
    }

    /// vᵀ S⁻¹ v; `None` off the support of a singular S.
    pub(crate) fn quadratic(&self, v: &[f64], size: f64) -> Option<f64> {
        self.whiten(v, size).map(|z| z.iter().map(|z| z * z).sum())
    }

    /// S⁻¹ v, by the pseudo-inverse where S is singular; `None` off its support.
    pub(crate) fn solve(&self, v: &[f64], size: f64) -> Option<Vec<f64>> {
        let mut z = self.whiten(v, size)?;
        let Some(eigenvalues) = &self.eigenvalues else {
            backward(&self.factor, &mut z);
            return Some(z);
        };
        z.iter_mut().zip(eigenvalues).for_each(|(z, lambda)| *z /= lambda);
        let mut out = vec![0.0; self.dim()];
        self.colour_onto(&z, &mut out);
        Some(out)
    }

    /// Adds F z to `out`.
    pub(crate) fn colour_onto(&self, z: &[f64], out: &mut [f64]) {
        for (j, &z) in z.iter().enumerate() {
            out.iter_mut().zip(self.factor.col_slice(j)).for_each(|(out, f)| *out += f * z);
        }
    }

    /// The matrix of some rows and columns.
    pub(crate) fn part(&self, rows: &[usize], cols: &[usize]) -> Mat<f64> {
        Mat::from_fn(rows.len(), cols.len(), |i, j| self.matrix[(rows[i], cols[j])])
    }

    /// F as n×n, padded with zero columns.
    pub(crate) fn square_factor(&self) -> Mat<f64> {
        let n = self.dim();
        Mat::from_fn(n, n, |i, j| if j < self.rank() { self.factor[(i, j)] } else { 0.0 })
    }

    /// F₂⁻¹ F₁ for two definite matrices: lower triangular.
    pub(crate) fn relative_factor(&self, other: &Self) -> Mat<f64> {
        let mut m = self.factor.clone();
        for j in 0..m.ncols() {
            forward(&other.factor, m.col_slice_mut(j));
        }
        m
    }
}

fn ln_det(factor: &Mat<f64>) -> f64 {
    2.0 * factor.diagonal().map(f64::ln).sum::<f64>()
}

pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// Replaces v by L⁻¹ v, column by column.
pub(crate) fn forward(l: &Mat<f64>, v: &mut [f64]) {
    for j in 0..v.len() {
        let column = l.col_slice(j);
        let z = v[j] / column[j];
        v[j] = z;
        v[j + 1..].iter_mut().zip(&column[j + 1..]).for_each(|(v, l)| *v -= l * z);
    }
}

/// Replaces v by L⁻ᵀ v.
pub(crate) fn backward(l: &Mat<f64>, v: &mut [f64]) {
    for j in (0..v.len()).rev() {
        let column = l.col_slice(j);
        v[j] = (v[j] - dot(&column[j + 1..], &v[j + 1..])) / column[j];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hilbert(n: usize) -> Mat<f64> {
        Mat::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64)
    }

    #[test]
    fn the_three_factors_are_of_one_matrix() {
        let a = hilbert(4);
        let definite = Scatter::definite("Law", "a", a.view()).unwrap();
        let semidefinite = Scatter::semidefinite("Law", "a", a.view()).unwrap();
        let inverse = Cholesky::new(&a).unwrap().inverse().unwrap();
        let from_inverse = Scatter::from_inverse("Law", "a", inverse.view()).unwrap();
        for s in [&definite, &semidefinite, &from_inverse] {
            assert!((&(s.factor() * s.factor().transpose()) - &a).norm_max() < 1e-11);
            assert!((s.quadratic(&[1.0, -1.0, 0.5, 0.25], 1.0).unwrap() - 4231.0).abs() < 1e-6);
            assert_eq!(s.rank(), 4);
        }
    }

    #[test]
    fn refusals_name_the_flaw() {
        let skew = Mat::from_rows(&[[1.0, 0.5], [0.4, 1.0]]).unwrap();
        let error = Scatter::definite("Law", "scale", skew.view()).unwrap_err();
        assert_eq!(error.to_string(), "Law: scale must be symmetric, got 0.4 at (1, 0) and 0.5 at (0, 1)");
        let indefinite = Mat::from_rows(&[[1.0, 2.0], [2.0, 1.0]]).unwrap();
        let error = Scatter::definite("Law", "scale", indefinite.view()).unwrap_err();
        assert_eq!(error, Error::NotPositiveDefinite { law: "Law", parameter: "scale", pivot: 1 });
        let error = Scatter::semidefinite("Law", "scale", indefinite.view()).unwrap_err();
        assert!(
            matches!(error, Error::NotSemidefinite { eigenvalue, .. } if (eigenvalue + 1.0).abs() < 1e-15)
        );
    }
}
