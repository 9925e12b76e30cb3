//! QR with column pivoting.
use super::Reflectors;
use crate::{Error, Mat, MatMut, MatRef, Scalar, Triangle, check};

/// Householder QR factorisation of an m×n matrix with column pivoting
///
/// ```text
/// A P = Q R,    P a permutation of the columns, |r₁₁| ≥ |r₂₂| ≥ …
/// ```
///
/// Each step takes the column whose part outside the span of the columns taken so far is longest, so the columns come in
/// the order of what each adds, and dependent ones come last.
///
/// # Source
/// Businger & Golub, *Numerische Mathematik* 7 (1965) 269–276.
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, PivotedQr};
/// // The third column is the sum of the first two.
/// let a = Mat::from_rows(&[[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 2.0, 3.0]])?;
/// let qr = PivotedQr::new(&a)?;
/// assert_eq!(qr.rank(qr.default_tolerance()), 2);
/// assert_eq!(qr.column_order()[0], 2); // the longest
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PivotedQr<T: Scalar> {
    reflectors: Reflectors<T>,
    order: Vec<usize>,
}

impl<T: Scalar> PivotedQr<T> {
    /// Factorises `a`, of any shape.
    ///
    /// # Errors
    /// [`Error::NotFinite`], [`Error::Overflow`] if the norm of a column overflows.
    pub fn new<'a>(a: impl Into<MatRef<'a, T>>) -> Result<Self, Error> {
        let a = a.into();
        let mut order: Vec<usize> = (0..a.ncols()).collect();
        let max = a.norm_max();
        let kernel = |mut packed: MatMut<'_, T>, coefficients: MatMut<'_, T>| {
            if max == T::ZERO {
                // The kernel divides by the longest column; without one any order will do.
                return T::qr(packed.inner(), coefficients.inner());
            }
            // It squares lengths of columns too: keep them near one. The Householder vectors do not depend on scale.
            let exponent = max.exponent();
            packed.apply(|x| x.scale_by_power_of_two(-exponent));
            T::pivoted_qr(packed.reborrow().inner(), coefficients.inner(), &mut order);
            for j in 0..packed.ncols() {
                for i in 0..packed.nrows().min(j + 1) {
                    packed[(i, j)] = packed[(i, j)].scale_by_power_of_two(exponent);
                }
            }
        };
        Ok(Self { reflectors: Reflectors::new("pivoted QR", a, kernel)?, order })
    }

    /// The factor `R`, min(m, n)×n, upper triangular (trapezoidal if m < n), its diagonal descending in absolute value
    /// (elements below √ε of the first only roughly, since lengths of columns are updated, not recomputed).
    pub fn r(&self) -> Mat<T> {
        self.reflectors.r()
    }

    /// The first min(m, n) columns of `Q`.
    pub fn q(&self) -> Mat<T> {
        let (m, n) = self.reflectors.shape();
        self.reflectors.q(m.min(n))
    }

    /// The whole m×m matrix `Q`.
    pub fn full_q(&self) -> Mat<T> {
        self.reflectors.q(self.reflectors.shape().0)
    }

    /// The permutation: column k of `Q R` is column `column_order()[k]` of `A`.
    pub fn column_order(&self) -> &[usize] {
        &self.order
    }

    /// The number of diagonal elements of `R` above `tol` times the largest.
    ///
    /// Reliable but for rare matrices made to defeat it (Kahan's); [`Svd::rank`](crate::Svd::rank) is never fooled.
    pub fn rank(&self, tol: T) -> usize {
        let largest = self.reflectors.r_diagonal().fold(T::ZERO, |max, r| r.abs().max_or_nan(max));
        self.reflectors.r_diagonal().take_while(|r| r.abs() > tol * largest).count()
    }

    /// max(m, n)·ε, the relative size of rounding error in `R`.
    pub fn default_tolerance(&self) -> T {
        let (m, n) = self.reflectors.shape();
        T::from_f64(m.max(n) as f64) * T::EPSILON
    }

    /// A least-squares solution of `A X = B` that uses the columns the factorisation took first, as many as the rank at
    /// [`Self::default_tolerance`], with zeros for the others (the *basic* solution). `B` is m×k, the result n×k.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if `b` does not have m rows, [`Error::NotFinite`], [`Error::Overflow`] if the result does.
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
        check::same_rows("pivoted QR solve", (m, n), b.shape())?;
        check::same_shape("pivoted QR solve (output)", (n, b.ncols()), out.shape())?;
        check::finite("pivoted QR solve (right-hand side)", b)?;
        let rank = self.rank(self.default_tolerance());
        let mut rotated = b.to_owned();
        self.reflectors.apply_q_transpose(rotated.view_mut());
        let mut basic = rotated.view_mut().subrows(0..rank);
        let r = self.reflectors.leading_r(rank);
        T::solve_triangular(r.inner(), Triangle::Upper, basic.reborrow().inner());
        out.fill(T::ZERO);
        for j in 0..basic.ncols() {
            for k in 0..rank {
                out[(self.order[k], j)] = basic[(k, j)];
            }
        }
        check::result("pivoted QR solve", out.view())
    }
}
