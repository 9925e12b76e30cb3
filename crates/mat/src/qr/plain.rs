//! QR without pivoting.
use super::Reflectors;
use crate::condition::{inverse_norm_1, reciprocal};
use crate::triangular::check_pivots;
use crate::{Error, Mat, MatMut, MatRef, Scalar, Triangle, check};

/// Householder QR factorisation of an m×n matrix
///
/// ```text
/// A = Q R,    Q orthogonal, R upper triangular
/// ```
///
/// Costs 2n²(m − n/3) flops for m ≥ n. The sign of the diagonal of R is not fixed.
///
/// # Accuracy
/// ‖A − Q R‖ and ‖Qᵀ Q − I‖ ≤ c·n·ε times ‖A‖ or one, column by column, whatever the condition of `A`. Least squares by
/// [`Self::solve`] is backward stable: it loses about log₁₀ κ digits, not twice that as the normal equations do.
///
/// # Source
/// Golub & Van Loan, *Matrix Computations*, 4th ed. (2013), §5.2 and §5.3.
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, Qr};
/// // The line through (1, 1), (2, 3), (3, 5), (4, 7).
/// let x = Mat::from_rows(&[[1.0, 1.0], [1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])?;
/// let line = Qr::new(&x)?.solve(&[1.0, 3.0, 5.0, 7.0])?;
/// assert_eq!(format!("{:.12}", line.transpose()), "[[ -1.000000000000  2.000000000000 ]]");
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Qr<T: Scalar> {
    reflectors: Reflectors<T>,
    norm_1: T,
}

impl<T: Scalar> Qr<T> {
    /// Factorises `a`, of any shape.
    ///
    /// # Errors
    /// [`Error::NotFinite`], [`Error::Overflow`] if the norm of a column overflows.
    pub fn new<'a>(a: impl Into<MatRef<'a, T>>) -> Result<Self, Error> {
        let a = a.into();
        let kernel = |packed: MatMut<'_, T>, coefficients: MatMut<'_, T>| {
            T::qr(packed.inner(), coefficients.inner());
        };
        Ok(Self { reflectors: Reflectors::new("QR", a, kernel)?, norm_1: a.norm_1() })
    }

    /// The factor `R`, min(m, n)×n, upper triangular (trapezoidal if m < n).
    pub fn r(&self) -> Mat<T> {
        self.reflectors.r()
    }

    /// The first min(m, n) columns of `Q`: an orthonormal basis of the columns of `A` if they are independent.
    pub fn q(&self) -> Mat<T> {
        let (m, n) = self.reflectors.shape();
        self.reflectors.q(m.min(n))
    }

    /// The whole m×m matrix `Q`. Prefer [`Self::apply_q`] where m is large.
    pub fn full_q(&self) -> Mat<T> {
        self.reflectors.q(self.reflectors.shape().0)
    }

    /// Replaces `B` (m×k) by `Q B`, without forming `Q`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have m rows.
    pub fn apply_q<'b>(&self, b: impl Into<MatMut<'b, T>>) -> Result<(), Error> {
        let b = b.into();
        check::same_rows("product with Q", self.reflectors.shape(), b.shape())?;
        self.reflectors.apply_q(b);
        Ok(())
    }

    /// Replaces `B` (m×k) by `Qᵀ B`, without forming `Q`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have m rows.
    pub fn apply_q_transpose<'b>(&self, b: impl Into<MatMut<'b, T>>) -> Result<(), Error> {
        let b = b.into();
        check::same_rows("product with Qᵀ", self.reflectors.shape(), b.shape())?;
        self.reflectors.apply_q_transpose(b);
        Ok(())
    }

    /// Solves `A X = B`, in the sense of least squares if m > n; `B` is m×k, the result n×k.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have m rows, [`Error::Underdetermined`] if m < n, [`Error::NotFinite`],
    /// [`Error::Singular`] if a diagonal element of `R` is zero, [`Error::Overflow`] if the result does. A matrix that is
    /// singular but for rounding gives a large, meaningless result: look at [`Self::rcond`], or use [`lstsq`](crate::lstsq).
    pub fn solve<'b>(&self, b: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        let b = b.into();
        let mut x = Mat::zeros(self.reflectors.shape().1, b.ncols());
        self.solve_into(b, &mut x)?;
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
        let (b, mut out) = (b.into(), out.into());
        let (m, n) = self.reflectors.shape();
        check::same_rows("QR solve", (m, n), b.shape())?;
        check::same_shape("QR solve (output)", (n, b.ncols()), out.shape())?;
        if m < n {
            return Err(Error::Underdetermined { operation: "QR solve", nrows: m, ncols: n });
        }
        check::finite("QR solve (right-hand side)", b)?;
        check_pivots("QR solve", self.reflectors.r_diagonal())?;
        let mut rotated = b.to_owned();
        self.reflectors.apply_q_transpose(rotated.view_mut());
        out.copy_from(rotated.subrows(0..n))?;
        T::solve_triangular(self.reflectors.leading_r(n).inner(), Triangle::Upper, out.reborrow().inner());
        check::result("QR solve", out.view())
    }

    /// The determinant of a square `A`; infinite or zero where it leaves the range of `T` (see [`Self::ln_det`]).
    ///
    /// # Errors
    /// [`Error::NotSquare`].
    pub fn det(&self) -> Result<T, Error> {
        self.square("determinant")?;
        let product = self.reflectors.r_diagonal().fold(T::ONE, |det, r| det * r);
        Ok(if self.reflectors.odd() { -product } else { product })
    }

    /// ln |det A| and the sign of det A, which is −1, 0 or 1.
    ///
    /// # Errors
    /// [`Error::NotSquare`].
    pub fn ln_det(&self) -> Result<(T, T), Error> {
        self.square("determinant")?;
        let mut sign = if self.reflectors.odd() { -T::ONE } else { T::ONE };
        let mut sum = T::ZERO;
        for r in self.reflectors.r_diagonal() {
            sum += r.abs().ln();
            if r < T::ZERO {
                sign = -sign;
            } else if r == T::ZERO {
                return Ok((-T::INFINITY, T::ZERO));
            }
        }
        Ok((sum, sign))
    }

    /// Estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁) of a square `A`, never too small and seldom more than three times too large; zero if
    /// `A` is singular.
    ///
    /// # Errors
    /// [`Error::NotSquare`].
    ///
    /// # Source
    /// Higham, *ACM TOMS* 14 (1988) 381–396, algorithm 4.1.
    pub fn rcond(&self) -> Result<T, Error> {
        let n = self.square("condition number")?;
        if check_pivots("", self.reflectors.r_diagonal()).is_err() {
            return Ok(T::ZERO);
        }
        let r = self.reflectors.leading_r(n);
        let solve = |x: &mut Mat<T>| {
            self.reflectors.apply_q_transpose(x.view_mut());
            T::solve_triangular(r.inner(), Triangle::Upper, x.view_mut().inner());
        };
        let solve_transpose = |x: &mut Mat<T>| {
            T::solve_triangular(r.transpose().inner(), Triangle::Lower, x.view_mut().inner());
            self.reflectors.apply_q(x.view_mut());
        };
        Ok(reciprocal(self.norm_1, inverse_norm_1(n, solve, solve_transpose)))
    }

    fn square(&self, operation: &'static str) -> Result<usize, Error> {
        let (nrows, ncols) = self.reflectors.shape();
        if nrows == ncols { Ok(nrows) } else { Err(Error::NotSquare { operation, nrows, ncols }) }
    }
}
