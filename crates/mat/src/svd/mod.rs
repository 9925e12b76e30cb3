//! The singular value decomposition.
mod jacobi;

use crate::{Error, Mat, MatMut, MatRef, Scalar, check, condition};

const OPERATION: &str = "SVD";

/// Singular value decomposition of an m×n matrix
///
/// ```text
/// A = U diag(σ₁, …, σₖ) Vᵀ,    σ₁ ≥ … ≥ σₖ ≥ 0, k = min(m, n), U and V with orthonormal columns
/// ```
///
/// The input is scaled by a power of two first, so that no element is too large or too small for it. If the fast algorithm
/// (bidiagonalisation, then divide and conquer) fails to converge, the one-sided Jacobi method takes over.
///
/// # Accuracy
/// ‖A − U Σ Vᵀ‖ ≤ c·n·ε·‖A‖; each σ is right to c·n·ε·σ₁, small ones therefore only in the absolute sense.
///
/// # Source
/// Golub & Van Loan, *Matrix Computations*, 4th ed. (2013), §8.6; Gu & Eisenstat, *SIAM J. Matrix Anal.* 16 (1995) 79–92.
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, Svd};
/// let a = Mat::from_rows(&[[3.0, 0.0], [4.0, 5.0]])?;
/// let svd = Svd::new(&a)?;
/// assert!((svd.values()[0] - 45f64.sqrt()).abs() < 1e-14);
/// assert!((svd.condition_number() - 3.0).abs() < 1e-14);
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Svd<T: Scalar> {
    u: Mat<T>,
    values: Vec<T>,
    v: Mat<T>,
}

/// The singular values of a matrix, descending: [`Svd`] without the vectors, at a fraction of the cost.
///
/// # Errors
/// [`Error::NotFinite`], [`Error::Overflow`] if the largest value does, [`Error::NoConvergence`].
pub fn singular_values<'a, T: Scalar>(a: impl Into<MatRef<'a, T>>) -> Result<Vec<T>, Error> {
    let (scaled, exponent) = scale(a.into())?;
    let mut values = vec![T::ZERO; scaled.nrows().min(scaled.ncols())];
    if values.is_empty() {
        return Ok(values);
    }
    let converged = T::svd(scaled.view().inner(), &mut values, None, None);
    if !(converged && plausible(&values)) {
        values = jacobi::svd(&scaled)?.values;
    }
    unscale(&mut values, exponent)?;
    Ok(values)
}

impl<T: Scalar> Svd<T> {
    /// The thin decomposition: `U` is m×k, `V` n×k.
    ///
    /// # Errors
    /// [`Error::NotFinite`], [`Error::Overflow`] if the largest value does, [`Error::NoConvergence`].
    pub fn new<'a>(a: impl Into<MatRef<'a, T>>) -> Result<Self, Error> {
        let a = a.into();
        let k = a.nrows().min(a.ncols());
        Self::compute(a, k, k)
    }

    /// The full decomposition: `U` is m×m, `V` n×n; their further columns span what `A` does not reach.
    ///
    /// # Errors
    /// Those of [`Self::new`].
    pub fn full<'a>(a: impl Into<MatRef<'a, T>>) -> Result<Self, Error> {
        let a = a.into();
        Self::compute(a, a.nrows(), a.ncols())
    }

    /// With this many columns of U and of V: min(m, n), or all.
    fn compute(a: MatRef<'_, T>, u_cols: usize, v_cols: usize) -> Result<Self, Error> {
        let (scaled, exponent) = scale(a)?;
        let (m, n) = scaled.shape();
        if m.min(n) == 0 {
            let identity = |rows, cols| Mat::identity(rows).subcols(0..cols).to_owned();
            return Ok(Self { u: identity(m, u_cols), values: Vec::new(), v: identity(n, v_cols) });
        }
        let mut values = vec![T::ZERO; m.min(n)];
        let mut u = Mat::zeros(m, u_cols);
        let mut v = Mat::zeros(n, v_cols);
        let (u_out, v_out) = (u.view_mut().inner(), v.view_mut().inner());
        let converged = T::svd(scaled.view().inner(), &mut values, Some(u_out), Some(v_out));
        if !(converged && plausible(&values)) {
            let thin = jacobi::svd(&scaled)?;
            u = jacobi::complete(thin.u, u_cols)?;
            v = jacobi::complete(thin.v, v_cols)?;
            values = thin.values;
        }
        unscale(&mut values, exponent)?;
        Ok(Self { u, values, v })
    }

    /// The left singular vectors, one per column.
    pub fn u(&self) -> MatRef<'_, T> {
        self.u.view()
    }

    /// The singular values, descending.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The right singular vectors, one per column (`V`, not `Vᵀ`).
    pub fn v(&self) -> MatRef<'_, T> {
        self.v.view()
    }

    /// The number of singular values above `tol` times the largest.
    pub fn rank(&self, tol: T) -> usize {
        let largest = self.values.first().copied().unwrap_or(T::ZERO);
        self.values.iter().take_while(|&&s| s > tol * largest).count()
    }

    /// max(m, n)·ε, the relative size of rounding error in the singular values; the limit NumPy and MATLAB use.
    pub fn default_tolerance(&self) -> T {
        T::from_f64(self.u.nrows().max(self.v.nrows()) as f64) * T::EPSILON
    }

    /// σ₁ / σₖ; infinite if σₖ is zero, one for an empty matrix.
    pub fn condition_number(&self) -> T {
        condition::ratio(&self.values)
    }

    /// The least-squares solution of `A X = B` of least norm, at the rank for [`Self::default_tolerance`]; `B` is m×k, the
    /// result n×k.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have m rows, [`Error::NotFinite`], [`Error::Overflow`] if the result does.
    pub fn solve<'b>(&self, b: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        self.solve_with_rank(b, self.rank(self.default_tolerance()))
    }

    /// As [`Self::solve`], with the first `rank` singular values only (all if there are fewer).
    ///
    /// # Errors
    /// Those of [`Self::solve`].
    pub fn solve_with_rank<'b>(&self, b: impl Into<MatRef<'b, T>>, rank: usize) -> Result<Mat<T>, Error> {
        let b = b.into();
        let mut x = Mat::zeros(self.v.nrows(), b.ncols());
        self.solve_rank_into(b, rank, x.view_mut())?;
        Ok(x)
    }

    /// Solves `A X = B` into `out`, n×k; see [`Self::solve`].
    ///
    /// # Errors
    /// Those of [`Self::solve`], and [`Error::ShapeMismatch`] if `out` is not n×k.
    pub fn solve_into<'b, 'c>(
        &self,
        b: impl Into<MatRef<'b, T>>,
        out: impl Into<MatMut<'c, T>>,
    ) -> Result<(), Error> {
        self.solve_rank_into(b.into(), self.rank(self.default_tolerance()), out.into())
    }

    fn solve_rank_into(&self, b: MatRef<'_, T>, rank: usize, mut out: MatMut<'_, T>) -> Result<(), Error> {
        check::same_rows("SVD solve", (self.u.nrows(), self.v.nrows()), b.shape())?;
        check::same_shape("SVD solve (output)", (self.v.nrows(), b.ncols()), out.shape())?;
        check::finite("SVD solve (right-hand side)", b)?;
        // A zero singular value adds nothing, whatever rank is asked for.
        let positive = self.values.iter().take_while(|&&s| s > T::ZERO).count();
        let rank = rank.min(positive);
        let mut coordinates = self.u.subcols(0..rank).transpose().matmul(b)?;
        for j in 0..coordinates.ncols() {
            for (x, s) in coordinates.col_slice_mut(j).iter_mut().zip(&self.values) {
                *x /= *s;
            }
        }
        self.v.subcols(0..rank).matmul_into(&coordinates, out.reborrow())?;
        check::result("SVD solve", out.view())
    }

    /// The pseudo-inverse `V Σ⁺ Uᵀ` (Moore, Penrose), n×m, at the rank for [`Self::default_tolerance`].
    ///
    /// # Errors
    /// [`Error::Overflow`] if the result does.
    pub fn pseudo_inverse(&self) -> Result<Mat<T>, Error> {
        let rank = self.rank(self.default_tolerance());
        let mut scaled = self.v.subcols(0..rank).to_owned();
        for j in 0..rank {
            for x in scaled.col_slice_mut(j) {
                *x /= self.values[j];
            }
        }
        let inverse = scaled.matmul(self.u.subcols(0..rank).transpose())?;
        check::result("pseudo-inverse", inverse.view())?;
        Ok(inverse)
    }
}

/// `A / 2ᵉ` with its largest element in [1, 2), and e. Squares inside the algorithm then neither overflow nor lose the
/// whole matrix to underflow; the scaling itself is exact.
fn scale<T: Scalar>(a: MatRef<'_, T>) -> Result<(Mat<T>, i32), Error> {
    check::finite(OPERATION, a)?;
    let max = a.norm_max();
    let exponent = if max == T::ZERO { 0 } else { max.exponent() };
    Ok((a.map(|x| x.scale_by_power_of_two(-exponent)), exponent))
}

fn unscale<T: Scalar>(values: &mut [T], exponent: i32) -> Result<(), Error> {
    for value in values.iter_mut() {
        *value = value.scale_by_power_of_two(exponent);
    }
    if values.iter().all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(Error::Overflow { operation: OPERATION })
    }
}

/// Singular values are finite, not negative, and descend.
fn plausible<T: Scalar>(values: &[T]) -> bool {
    values.iter().all(|&value| value.is_finite() && value >= T::ZERO) && values.is_sorted_by(|x, y| x >= y)
}
