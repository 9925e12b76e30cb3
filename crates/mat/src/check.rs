//! Checks at the door: shapes and finite numbers.
use crate::{Error, MatRef, Scalar, Triangle};

/// Rows and columns are equal; returns their number.
pub(crate) fn square<T: Scalar>(operation: &'static str, a: MatRef<'_, T>) -> Result<usize, Error> {
    let (nrows, ncols) = a.shape();
    if nrows == ncols { Ok(nrows) } else { Err(Error::NotSquare { operation, nrows, ncols }) }
}

/// The two matrices have the same number of rows.
pub(crate) fn same_rows(
    operation: &'static str,
    left: (usize, usize),
    right: (usize, usize),
) -> Result<(), Error> {
    if left.0 == right.0 { Ok(()) } else { Err(Error::ShapeMismatch { operation, left, right }) }
}

/// The two matrices have the same shape.
pub(crate) fn same_shape(
    operation: &'static str,
    left: (usize, usize),
    right: (usize, usize),
) -> Result<(), Error> {
    if left == right { Ok(()) } else { Err(Error::ShapeMismatch { operation, left, right }) }
}

/// No NaN and no infinity in the matrix.
pub(crate) fn finite<T: Scalar>(operation: &'static str, a: MatRef<'_, T>) -> Result<(), Error> {
    finite_where(operation, a, |_| 0..a.nrows())
}

/// No NaN and no infinity on or below the diagonal.
pub(crate) fn finite_lower<T: Scalar>(operation: &'static str, a: MatRef<'_, T>) -> Result<(), Error> {
    finite_where(operation, a, |j| j.min(a.nrows())..a.nrows())
}

/// No NaN and no infinity in the part of a square matrix that a triangle reads.
pub(crate) fn finite_triangle<T: Scalar>(
    operation: &'static str,
    a: MatRef<'_, T>,
    triangle: Triangle,
) -> Result<(), Error> {
    let n = a.nrows();
    finite_where(operation, a, |j| match triangle {
        Triangle::Lower => j..n,
        Triangle::Upper => 0..j + 1,
        Triangle::UnitLower => j + 1..n,
        Triangle::UnitUpper => 0..j,
    })
}

fn finite_where<T: Scalar>(
    operation: &'static str,
    a: MatRef<'_, T>,
    rows: impl Fn(usize) -> std::ops::Range<usize>,
) -> Result<(), Error> {
    for j in 0..a.ncols() {
        if let Some(i) = rows(j).find(|&i| !a[(i, j)].is_finite()) {
            return Err(Error::NotFinite { operation, row: i, col: j, value: a[(i, j)].to_f64() });
        }
    }
    Ok(())
}

/// No overflow happened on the way to this result.
pub(crate) fn result<T: Scalar>(operation: &'static str, a: MatRef<'_, T>) -> Result<(), Error> {
    if a.iter().all(T::is_finite) { Ok(()) } else { Err(Error::Overflow { operation }) }
}
