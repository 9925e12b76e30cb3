//! Condition numbers: how much a problem magnifies the errors of its data.
use crate::{Error, Mat, MatRef, Qr, Scalar, check, singular_values};

/// The condition number σ₁ / σₖ of an m×n matrix in the Euclidean norm, k = min(m, n).
///
/// A relative error ε in the data may cost log₁₀(condition) digits of a solution. Infinite if the matrix is singular (rank
/// below k), one if it has no elements. A condition beyond 1/ε ≈ 4.5e15 says only that the matrix is singular to working
/// precision: σₖ is then rounding error.
///
/// # Errors
/// Those of [`singular_values`].
///
/// # Examples
/// ```
/// use ferronum_mat::{Mat, condition_number};
/// let hilbert = Mat::from_fn(4, 4, |i, j| 1.0 / (i + j + 1) as f64);
/// assert!((condition_number(&hilbert)? - 15513.738738929).abs() < 1e-6);
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub fn condition_number<'a, T: Scalar>(a: impl Into<MatRef<'a, T>>) -> Result<T, Error> {
    Ok(ratio(&singular_values(a)?))
}

/// Largest by smallest of descending singular values.
pub(crate) fn ratio<T: Scalar>(values: &[T]) -> T {
    match (values.first(), values.last()) {
        (Some(_), Some(&smallest)) if smallest == T::ZERO => T::INFINITY,
        (Some(&largest), Some(&smallest)) => largest / smallest,
        _ => T::ONE,
    }
}

/// Estimate of the reciprocal condition number 1 / (‖A‖₁ ‖A⁻¹‖₁) of a square matrix, from its QR factorisation.
///
/// Cheaper than [`condition_number`], never too small and seldom more than three times too large; zero if the matrix is
/// singular. A caller who has a factorisation already asks it for its `rcond`.
///
/// # Errors
/// [`Error::NotSquare`], [`Error::NotFinite`], [`Error::Overflow`].
pub fn reciprocal_condition_number<'a, T: Scalar>(a: impl Into<MatRef<'a, T>>) -> Result<T, Error> {
    let a = a.into();
    check::square("condition number", a)?;
    Qr::new(a)?.rcond()
}

/// 1 / (norm · inverse_norm), zero for a singular matrix, one for an empty one.
pub(crate) fn reciprocal<T: Scalar>(norm: T, inverse_norm: T) -> T {
    if norm == T::ZERO && inverse_norm == T::ZERO {
        T::ONE
    } else if norm == T::ZERO || inverse_norm == T::ZERO {
        T::ZERO
    } else {
        T::ONE / inverse_norm / norm
    }
}

/// Estimate of ‖A⁻¹‖₁ for an n×n matrix given `x ← A⁻¹ x` and `x ← A⁻ᵀ x`; infinite if a solve overflows.
///
/// Never larger than the norm. At most five steps and one last try with an alternating vector, as in Higham's algorithm
/// 4.1 (ACM TOMS 14, 1988), LAPACK's xLACN2.
pub(crate) fn inverse_norm_1<T: Scalar>(
    n: usize,
    solve: impl Fn(&mut Mat<T>),
    solve_transpose: impl Fn(&mut Mat<T>),
) -> T {
    const STEPS: usize = 5;
    if n == 0 {
        return T::ZERO;
    }
    let sign = |x: T| if x < T::ZERO { -T::ONE } else { T::ONE };
    let mut x = Mat::filled(n, 1, T::ONE / T::from_f64(n as f64));
    solve(&mut x);
    let mut estimate = x.norm_1();
    let mut signs = x.map(sign);
    let mut tried = usize::MAX;
    for _ in 0..STEPS {
        let mut z = signs.clone();
        solve_transpose(&mut z);
        let j = largest(&z);
        if j == tried || !estimate.is_finite() || z.iter().any(|z| !z.is_finite()) {
            break;
        }
        tried = j;
        x = Mat::from_fn(n, 1, |i, _| if i == j { T::ONE } else { T::ZERO });
        solve(&mut x);
        let next = x.norm_1();
        let next_signs = x.map(sign);
        if next <= estimate {
            break;
        }
        estimate = next;
        if next_signs == signs {
            break;
        }
        signs = next_signs;
    }
    // A vector of alternating signs and growing size catches matrices made to defeat the iteration.
    let step = T::from_f64(1.0 / (n.max(2) - 1) as f64);
    x = Mat::from_fn(n, 1, |i, _| {
        let size = T::ONE + T::from_f64(i as f64) * step;
        if i % 2 == 0 { size } else { -size }
    });
    solve(&mut x);
    let last = x.norm_1() * T::from_f64(2.0 / (3 * n) as f64);
    let estimate = if last > estimate { last } else { estimate };
    if estimate.is_finite() && last.is_finite() { estimate } else { T::INFINITY }
}

/// Row of the largest element of a column.
fn largest<T: Scalar>(z: &Mat<T>) -> usize {
    let mut best = 0;
    for (i, x) in z.iter().enumerate() {
        if x.abs() > z[(best, 0)].abs() {
            best = i;
        }
    }
    best
}
