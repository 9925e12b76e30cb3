//! Least squares for any matrix: the rank is decided, the solution of least norm returned.
use crate::{Error, Mat, MatRef, Scalar, Svd};

/// What [`lstsq`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastSquares<T: Scalar> {
    /// The solution, n×k: one column per right-hand side.
    pub solution: Mat<T>,
    /// The numerical rank of `A`.
    pub rank: usize,
    /// The singular values of `A`, descending.
    pub singular_values: Vec<T>,
    /// ‖b − A x‖₂ for each right-hand side.
    pub residual_norms: Vec<T>,
}

/// Minimises ‖B − A X‖ over X, and ‖X‖ among the minimisers; `A` is m×n of any shape and rank, `B` m×k.
///
/// The rank is the number of singular values above max(m, n)·ε·σ₁, as in NumPy's `matrix_rank`; smaller ones count as zero.
/// This limit compares columns in their own units: columns of very different size should be scaled first, lest a small one
/// count as noise.
///
/// # Accuracy
/// Backward stable, by the singular value decomposition.
///
/// # Errors
/// [`Error::ShapeMismatch`] if `b` does not have m rows, [`Error::NotFinite`], [`Error::Overflow`], [`Error::NoConvergence`].
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, lstsq};
/// // One equation, two unknowns: x + y = 2. The shortest solution is (1, 1).
/// let a = Mat::from_rows(&[[1.0, 1.0]])?;
/// let fit = lstsq(&a, &[2.0])?;
/// assert_eq!(fit.rank, 1);
/// assert_eq!(format!("{:.12}", fit.solution.transpose()), "[[ 1.000000000000  1.000000000000 ]]");
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub fn lstsq<'a, 'b, T: Scalar>(
    a: impl Into<MatRef<'a, T>>,
    b: impl Into<MatRef<'b, T>>,
) -> Result<LeastSquares<T>, Error> {
    let a = a.into();
    let largest = a.nrows().max(a.ncols());
    lstsq_with_tolerance(a, b, T::from_f64(largest as f64) * T::EPSILON)
}

/// As [`lstsq`], with singular values up to `tol · σ₁` counted as zero.
///
/// # Errors
/// Those of [`lstsq`].
pub fn lstsq_with_tolerance<'a, 'b, T: Scalar>(
    a: impl Into<MatRef<'a, T>>,
    b: impl Into<MatRef<'b, T>>,
    tol: T,
) -> Result<LeastSquares<T>, Error> {
    let (a, b) = (a.into(), b.into());
    crate::check::same_rows("least squares", a.shape(), b.shape())?;
    let svd = Svd::new(a)?;
    let rank = svd.rank(tol);
    let solution = svd.solve_with_rank(b, rank)?;
    let residual = b.sub(&a.matmul(&solution)?)?;
    let residual_norms = residual.view().cols().map(|col| col.norm_fro()).collect();
    Ok(LeastSquares { solution, rank, singular_values: svd.values().to_vec(), residual_norms })
}
