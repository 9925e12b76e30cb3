//! Marginal, conditional and transformed normal laws.
use super::{LAW, MultivariateNormal};
use crate::scatter::{Scatter, forward};
use crate::{Error, check};
use ferronum_distuv::Normal;
use ferronum_mat::{Mat, MatRef, Triangle, invert_triangular};

impl MultivariateNormal {
    /// The inverse of the covariance.
    ///
    /// # Errors
    /// [`Error::Degenerate`] for a degenerate law, [`Error::Matrix`] if the inverse overflows.
    pub fn precision(&self) -> Result<Mat<f64>, Error> {
        if self.scatter.is_singular() {
            return Err(Error::Degenerate { law: LAW, reason: "a degenerate law has no precision matrix" });
        }
        let inverse = invert_triangular(self.scatter.factor(), Triangle::Lower)?.gram();
        check::finite_matrix(LAW, "precision", inverse.view())?;
        Ok(inverse)
    }

    /// The law of some coordinates, in the order named.
    ///
    /// # Errors
    /// [`Error::Coordinate`] for a coordinate that does not exist or is named twice, [`Error::TooShort`] if none is named.
    pub fn marginal(&self, coordinates: &[usize]) -> Result<Self, Error> {
        check::coordinates(LAW, self.mean.len(), coordinates)?;
        let part = self.scatter.part(coordinates, coordinates);
        let scatter = if self.scatter.is_singular() {
            Scatter::semidefinite(LAW, "covariance", part.view())?
        } else {
            Scatter::definite(LAW, "covariance", part.view())?
        };
        let mean: Vec<f64> = coordinates.iter().map(|&i| self.mean[i]).collect();
        Self::build(&mean, scatter)
    }

    /// The law of one coordinate.
    ///
    /// # Errors
    /// [`Error::Coordinate`]; [`Error::Univariate`] if the coordinate is constant in a degenerate law.
    pub fn marginal_single(&self, coordinate: usize) -> Result<Normal, Error> {
        check::coordinates(LAW, self.mean.len(), &[coordinate])?;
        let variance = self.scatter.matrix()[(coordinate, coordinate)];
        Ok(Normal::new(self.mean[coordinate], variance.sqrt())?)
    }

    /// The law of the other coordinates, in their order, given the values of some.
    ///
    /// ```text
    /// mean μₐ + Σₐᵦ Σᵦᵦ⁻¹ (xᵦ - μᵦ),    covariance Σₐₐ - Σₐᵦ Σᵦᵦ⁻¹ Σᵦₐ
    /// ```
    ///
    /// # Accuracy
    /// The factor of the conditional covariance is the last block of the Cholesky factor with the given coordinates first: nothing is
    /// subtracted.
    ///
    /// # Errors
    /// [`Error::Coordinate`], [`Error::Dimension`], [`Error::InvalidElement`]; [`Error::TooShort`] if all coordinates are given;
    /// [`Error::Degenerate`] for values that a degenerate law cannot take.
    pub fn conditional(&self, given: &[usize], values: &[f64]) -> Result<Self, Error> {
        check::coordinates(LAW, self.mean.len(), given)?;
        check::length(LAW, "values", given.len(), values.len())?;
        check::finite(LAW, "values", values)?;
        let rest = check::others(self.mean.len(), given);
        check::at_least(LAW, "coordinates left", 1, rest.len())?;
        let shift: Vec<f64> = given.iter().zip(values).map(|(&i, v)| v - self.mean[i]).collect();
        let mut mean: Vec<f64> = rest.iter().map(|&i| self.mean[i]).collect();
        if given.is_empty() {
            return Self::build(&mean, self.scatter.clone());
        }
        if self.scatter.is_singular() {
            return self.conditional_degenerate(given, &rest, &shift, mean);
        }
        let (lower, tail) = condition(&self.scatter, given, &rest)?;
        let mut z = shift;
        forward(&lower, &mut z);
        for (j, z) in z.iter().enumerate() {
            let column = lower.col_slice(j);
            mean.iter_mut().enumerate().for_each(|(i, m)| *m += column[given.len() + i] * z);
        }
        Self::build(&mean, tail)
    }

    fn conditional_degenerate(
        &self,
        given: &[usize],
        rest: &[usize],
        shift: &[f64],
        mut mean: Vec<f64>,
    ) -> Result<Self, Error> {
        let s = &self.scatter;
        let known = Scatter::semidefinite(LAW, "covariance", s.part(given, given).view())?;
        let size = shift.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        let outside =
            Error::Degenerate { law: LAW, reason: "the given values lie outside the support of the law" };
        let weights = known.solve(shift, size).ok_or(outside)?;
        let across = s.part(rest, given);
        for (i, m) in mean.iter_mut().enumerate() {
            *m += (0..given.len()).map(|j| across[(i, j)] * weights[j]).sum::<f64>();
        }
        let mut covariance = s.part(rest, rest);
        for i in 0..rest.len() {
            let row: Vec<f64> = (0..given.len()).map(|j| across[(i, j)]).collect();
            let Some(solved) = known.solve(&row, f64::INFINITY) else { continue };
            for k in 0..rest.len() {
                covariance[(i, k)] -= (0..given.len()).map(|j| across[(k, j)] * solved[j]).sum::<f64>();
            }
        }
        // Differences at the level of rounding are zero.
        let noise = 1e-14 * s.matrix().norm_max();
        let n = rest.len();
        let covariance = Mat::from_fn(n, n, |i, j| {
            let x = 0.5 * (covariance[(i, j)] + covariance[(j, i)]);
            if x.abs() <= noise { 0.0 } else { x }
        });
        Self::build(&mean, Scatter::semidefinite(LAW, "covariance", covariance.view())?)
    }

    /// The law of `a` x + `b`; degenerate where `a` does not have independent rows.
    ///
    /// # Errors
    /// [`Error::Dimension`] unless `a` has a column for each coordinate and a row for each element of `b`, [`Error::InvalidEntry`],
    /// [`Error::InvalidElement`].
    pub fn affine<'a>(&self, a: impl Into<MatRef<'a, f64>>, b: &[f64]) -> Result<Self, Error> {
        let a = a.into();
        check::length(LAW, "a (columns)", self.mean.len(), a.ncols())?;
        check::length(LAW, "b", a.nrows(), b.len())?;
        check::at_least(LAW, "b", 1, b.len())?;
        check::finite_matrix(LAW, "a", a)?;
        check::finite(LAW, "b", b)?;
        let mean: Vec<f64> = (0..a.nrows())
            .map(|i| b[i] + (0..a.ncols()).map(|j| a[(i, j)] * self.mean[j]).sum::<f64>())
            .collect();
        let covariance = a.matmul(self.scatter.factor())?.transpose().gram();
        let full = a.nrows() <= self.rank() && !self.scatter.is_singular();
        let scatter = match Scatter::definite(LAW, "covariance", covariance.view()) {
            Ok(scatter) if full => scatter,
            _ => Scatter::semidefinite(LAW, "covariance", covariance.view())?,
        };
        Self::build(&mean, scatter)
    }
}

/// The Cholesky factor with the coordinates `given` first, and its last block, the factor of the conditional scatter.
pub(crate) fn condition(s: &Scatter, given: &[usize], rest: &[usize]) -> Result<(Mat<f64>, Scatter), Error> {
    let order: Vec<usize> = given.iter().chain(rest).copied().collect();
    let whole = Scatter::definite(LAW, "covariance", s.part(&order, &order).view())?;
    let k = given.len();
    let lower = whole.factor();
    let tail = Mat::from_fn(rest.len(), rest.len(), |i, j| lower[(k + i, k + j)]);
    let first = Mat::from_fn(order.len(), k, |i, j| lower[(i, j)]);
    Ok((first, Scatter::from_lower(LAW, "covariance", tail.view())?))
}

#[cfg(test)]
mod tests {
    use crate::{Error, MultivariateDistribution, MultivariateNormal};
    use ferronum_mat::Mat;

    #[test]
    fn a_density_is_marginal_times_conditional() {
        let covariance = Mat::from_rows(&[[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]]).unwrap();
        let law = MultivariateNormal::new(&[1.0, 2.0, 3.0], &covariance).unwrap();
        let x = [0.5, -1.0, 4.0];
        for given in [vec![2], vec![2, 0], vec![1]] {
            let values: Vec<f64> = given.iter().map(|&i| x[i]).collect();
            let rest: Vec<f64> = (0..3).filter(|i| !given.contains(i)).map(|i| x[i]).collect();
            let sum = law.marginal(&given).unwrap().ln_pdf(&values)
                + law.conditional(&given, &values).unwrap().ln_pdf(&rest);
            assert!((sum - law.ln_pdf(&x)).abs() < 1e-14);
        }
        assert_eq!(
            law.marginal(&[3]).unwrap_err(),
            Error::Coordinate { law: "MultivariateNormal", index: 3, dim: 3 }
        );
        assert!(law.marginal(&[1, 1]).is_err() && law.conditional(&[0, 1, 2], &x).is_err());
    }

    #[test]
    fn a_sum_and_a_copy_are_degenerate() {
        let law = MultivariateNormal::new(&[1.0, 2.0], &Mat::from_diagonal(&[1.0, 4.0])).unwrap();
        let a = Mat::from_rows(&[[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]).unwrap();
        let three = law.affine(&a, &[0.0, 0.0, 1.0]).unwrap();
        assert_eq!((three.rank(), three.mean()), (2, vec![3.0, 1.0, 3.0]));
        // Given the sum and one term, the other term is known.
        let known = three.conditional(&[0, 1], &[4.0, 1.5]).unwrap();
        assert_eq!(known.rank(), 0);
        assert!((known.mean()[0] - 3.5).abs() < 1e-12);
        let sum = law.affine(&Mat::from_rows(&[[1.0, 1.0]]).unwrap(), &[0.0]).unwrap();
        assert!((sum.covariance()[(0, 0)] - 5.0).abs() < 1e-14 && sum.rank() == 1);
    }
}
