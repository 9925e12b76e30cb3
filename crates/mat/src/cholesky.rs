//! The Cholesky factorisation of a symmetric positive definite matrix.
use crate::condition::inverse_norm_1;
use crate::{Error, Mat, MatMut, MatRef, Scalar, Triangle, check, invert_triangular};

/// Cholesky factorisation
///
/// ```text
/// A = L Lᵀ,    A n×n symmetric positive definite, L lower triangular with positive diagonal
/// ```
///
/// Costs n³/3 flops. Only the lower triangle of `A` is read.
///
/// # Accuracy
/// ‖A − L Lᵀ‖ ≤ c·n·ε·‖A‖, c of order one, whatever the condition of `A`.
///
/// # Source
/// Golub & Van Loan, *Matrix Computations*, 4th ed. (2013), §4.2.
///
/// # Examples
/// ```
/// use ferronum_mat::{Cholesky, Error, Mat};
/// let a = Mat::from_rows(&[[4.0, 2.0], [2.0, 5.0]])?;
/// let cholesky = Cholesky::new(&a)?;
/// assert_eq!(cholesky.l()[(1, 0)], 1.0);
/// assert_eq!(cholesky.solve(&[8.0, 12.0])?.as_slice(), [1.0, 2.0]);
/// assert!((cholesky.ln_det() - 16f64.ln()).abs() < 1e-15);
/// let indefinite = Mat::from_rows(&[[1.0, 2.0], [2.0, 1.0]])?;
/// assert_eq!(Cholesky::new(&indefinite).unwrap_err(), Error::NotPositiveDefinite { pivot: 1 });
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Cholesky<T: Scalar> {
    l: Mat<T>,
    norm_1: T,
}

impl<T: Scalar> Cholesky<T> {
    /// Factorises `a`, of which only the lower triangle is read.
    ///
    /// # Errors
    /// [`Error::NotSquare`], [`Error::NotFinite`] for an element of the lower triangle, and
    /// [`Error::NotPositiveDefinite`] with the first pivot that is not positive: the leading block of that many rows still
    /// is positive definite.
    pub fn new<'a>(a: impl Into<MatRef<'a, T>>) -> Result<Self, Error> {
        let a = a.into();
        let n = check::square("Cholesky", a)?;
        check::finite_lower("Cholesky", a)?;
        let mut l = Mat::from_fn(n, n, |i, j| if i >= j { a[(i, j)] } else { T::ZERO });
        let norm_1 = symmetric_norm_1(&l);
        T::cholesky(l.view_mut().inner()).map_err(|pivot| Error::NotPositiveDefinite { pivot })?;
        for j in 1..n {
            l.col_slice_mut(j)[..j].fill(T::ZERO);
        }
        Ok(Self { l, norm_1 })
    }

    /// The factor `L`, lower triangular.
    pub fn l(&self) -> MatRef<'_, T> {
        self.l.view()
    }

    /// Solves `A X = B`; `B` and the result are n×k. Costs 2n²k flops.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have n rows, [`Error::NotFinite`], [`Error::Overflow`] if the result does.
    pub fn solve<'b>(&self, b: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        let mut x = b.into().to_owned();
        self.solve_in_place(&mut x)?;
        Ok(x)
    }

    /// Solves `A X = B` into `out`, which has the shape of `b`.
    ///
    /// # Errors
    /// Those of [`Self::solve`].
    pub fn solve_into<'b, 'c>(
        &self,
        b: impl Into<MatRef<'b, T>>,
        out: impl Into<MatMut<'c, T>>,
    ) -> Result<(), Error> {
        let mut out = out.into();
        out.copy_from(b)?;
        self.solve_in_place(out)
    }

    fn solve_in_place<'c>(&self, b: impl Into<MatMut<'c, T>>) -> Result<(), Error> {
        let mut b = b.into();
        check::same_rows("Cholesky solve", self.l.shape(), b.shape())?;
        check::finite("Cholesky solve (right-hand side)", b.view())?;
        self.solve_unchecked(b.reborrow());
        check::result("Cholesky solve", b.view())
    }

    fn solve_unchecked(&self, mut b: MatMut<'_, T>) {
        T::solve_triangular(self.l.view().inner(), Triangle::Lower, b.reborrow().inner());
        T::solve_triangular(self.l.transpose().inner(), Triangle::Upper, b.inner());
    }

    /// The inverse of `A`, symmetric to the last bit. Prefer [`Self::solve`] where you can.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the result does.
    pub fn inverse(&self) -> Result<Mat<T>, Error> {
        let inverse = invert_triangular(&self.l, Triangle::Lower)?.gram();
        check::result("inverse", inverse.view())?;
        Ok(inverse)
    }

    /// The determinant of `A`; infinite or zero where it leaves the range of `T` (see [`Self::ln_det`]).
    pub fn det(&self) -> T {
        self.l.diagonal().fold(T::ONE, |det, pivot| det * pivot * pivot)
    }

    /// The logarithm of the determinant of `A`.
    pub fn ln_det(&self) -> T {
        let half: T = self.l.diagonal().map(T::ln).sum();
        half + half
    }

    /// Estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁), never too small and seldom more than three times too large; near ε, solutions have no
    /// correct digit.
    ///
    /// # Source
    /// Higham, *ACM TOMS* 14 (1988) 381–396, algorithm 4.1.
    pub fn rcond(&self) -> T {
        let solve = |x: &mut Mat<T>| self.solve_unchecked(x.view_mut());
        crate::condition::reciprocal(self.norm_1, inverse_norm_1(self.l.nrows(), solve, solve))
    }
}

/// Largest column sum of absolute values of the symmetric matrix with this lower triangle.
fn symmetric_norm_1<T: Scalar>(lower: &Mat<T>) -> T {
    let n = lower.nrows();
    let mut sums = vec![T::ZERO; n];
    for j in 0..n {
        for i in j..n {
            let x = lower[(i, j)].abs();
            sums[j] += x;
            if i > j {
                sums[i] += x;
            }
        }
    }
    sums.into_iter().fold(T::ZERO, |max, sum| sum.max_or_nan(max))
}
