//! Triangular systems and inverses.
use crate::{Error, Mat, MatMut, MatRef, Scalar, check};

/// Which triangle of a matrix counts, and whether its diagonal is read or taken to be one. The rest is never read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Triangle {
    /// On and below the diagonal.
    Lower,
    /// On and above the diagonal.
    Upper,
    /// Below the diagonal, which is one.
    UnitLower,
    /// Above the diagonal, which is one.
    UnitUpper,
}

impl Triangle {
    fn unit(self) -> bool {
        matches!(self, Self::UnitLower | Self::UnitUpper)
    }
}

/// Solves `T X = B` for a triangular n×n matrix `T`; `B` and the result are n×k.
///
/// Costs n²k flops. The transposed system is `solve_triangular(t.transpose(), …)` with the other triangle.
///
/// # Accuracy
/// Each column of the result solves a system (T + ΔT) x = b with |ΔT| ≤ c·n·ε·|T| element by element (Higham, *Accuracy
/// and Stability of Numerical Algorithms*, 2nd ed. 2002, theorem 8.5).
///
/// # Errors
/// [`Error::NotSquare`], [`Error::ShapeMismatch`] if `b` does not have n rows, [`Error::NotFinite`], [`Error::Singular`] if
/// a diagonal element is zero, [`Error::Overflow`] if the result does.
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, Triangle, solve_triangular};
/// let t = Mat::from_rows(&[[2.0, 0.0], [1.0, 4.0]])?;
/// let x = solve_triangular(&t, Triangle::Lower, &[2.0, 9.0])?;
/// assert_eq!(x.as_slice(), [1.0, 2.0]);
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub fn solve_triangular<'a, 'b, T: Scalar>(
    t: impl Into<MatRef<'a, T>>,
    triangle: Triangle,
    b: impl Into<MatRef<'b, T>>,
) -> Result<Mat<T>, Error> {
    let mut x = b.into().to_owned();
    solve_triangular_in_place(t, triangle, &mut x)?;
    Ok(x)
}

/// Replaces `B` by the solution `X` of `T X = B`; see [`solve_triangular`]. After an error `B` has no defined content.
///
/// # Errors
/// Those of [`solve_triangular`].
pub fn solve_triangular_in_place<'a, 'b, T: Scalar>(
    t: impl Into<MatRef<'a, T>>,
    triangle: Triangle,
    b: impl Into<MatMut<'b, T>>,
) -> Result<(), Error> {
    const OPERATION: &str = "triangular solve";
    let (t, mut b) = (t.into(), b.into());
    check_triangle(OPERATION, t, triangle)?;
    check::same_rows(OPERATION, t.shape(), b.shape())?;
    check::finite("triangular solve (right-hand side)", b.view())?;
    T::solve_triangular(t.inner(), triangle, b.reborrow().inner());
    check::result(OPERATION, b.view())
}

/// The inverse of a triangular matrix: triangular of the same kind, zero elsewhere.
///
/// # Errors
/// [`Error::NotSquare`], [`Error::NotFinite`], [`Error::Singular`] if a diagonal element is zero, [`Error::Overflow`] if
/// the result does.
pub fn invert_triangular<'a, T: Scalar>(
    t: impl Into<MatRef<'a, T>>,
    triangle: Triangle,
) -> Result<Mat<T>, Error> {
    const OPERATION: &str = "triangular inverse";
    let t = t.into();
    check_triangle(OPERATION, t, triangle)?;
    let mut inverse =
        if triangle.unit() { Mat::identity(t.nrows()) } else { Mat::zeros(t.nrows(), t.nrows()) };
    T::invert_triangular(inverse.view_mut().inner(), t.inner(), triangle);
    check::result(OPERATION, inverse.view())?;
    Ok(inverse)
}

fn check_triangle<T: Scalar>(
    operation: &'static str,
    t: MatRef<'_, T>,
    triangle: Triangle,
) -> Result<(), Error> {
    check::square(operation, t)?;
    check::finite_triangle(operation, t, triangle)?;
    if triangle.unit() {
        return Ok(());
    }
    check_pivots(operation, t.diagonal())
}

/// No pivot is zero.
pub(crate) fn check_pivots<T: Scalar>(
    operation: &'static str,
    mut pivots: impl Iterator<Item = T>,
) -> Result<(), Error> {
    match pivots.position(|pivot| pivot == T::ZERO) {
        Some(pivot) => Err(Error::Singular { operation, pivot }),
        None => Ok(()),
    }
}
