//! The matrix that owns its memory.
use crate::mat_ref::check_length;
use crate::{Error, MatMut, MatRef, Scalar};
use std::fmt;
use std::ops::{Index, IndexMut, Range};

/// An m×n matrix of `f64` or `f32` with its own memory, column after column, without gaps.
///
/// Everything that only reads a matrix is a method of the view [`MatRef`], which [`Self::view`] gives; the common ones
/// are here too. Functions of this crate take `&Mat` and `MatRef` alike.
///
/// # Examples
/// ```
/// use ferronum_mat::Mat;
/// let a = Mat::from_rows(&[[1.0, 2.0], [3.0, 4.0]])?;
/// let b = Mat::from_fn(2, 2, |i, j| (i + j) as f64);
/// assert_eq!((&a * &b)[(1, 1)], 11.0);
/// assert_eq!(a.transpose()[(0, 1)], 3.0); // a view
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Mat<T> {
    data: Vec<T>,
    nrows: usize,
    ncols: usize,
}

/// The number of elements of an m×n matrix.
///
/// # Panics
/// If it cannot be addressed; as with [`Vec::with_capacity`], such a size is a mistake in the program, not in data.
#[track_caller]
fn size<T>(nrows: usize, ncols: usize) -> usize {
    let bytes = nrows.checked_mul(ncols).and_then(|n| n.checked_mul(size_of::<T>()));
    assert!(bytes.is_some_and(|n| isize::try_from(n).is_ok()), "{}", Error::TooLarge { nrows, ncols });
    nrows * ncols
}

/// Constructors.
impl<T: Scalar> Mat<T> {
    /// A matrix of zeros.
    ///
    /// # Panics
    /// Here and in the other constructors that take a shape: if the matrix is larger than memory can address.
    #[track_caller]
    pub fn zeros(nrows: usize, ncols: usize) -> Self {
        Self { data: vec![T::ZERO; size::<T>(nrows, ncols)], nrows, ncols }
    }

    /// A matrix whose elements are all `value`.
    #[track_caller]
    pub fn filled(nrows: usize, ncols: usize, value: T) -> Self {
        Self { data: vec![value; size::<T>(nrows, ncols)], nrows, ncols }
    }

    /// The n×n identity.
    #[track_caller]
    pub fn identity(n: usize) -> Self {
        Self::from_fn(n, n, |i, j| if i == j { T::ONE } else { T::ZERO })
    }

    /// The square matrix with this diagonal and zeros elsewhere.
    #[track_caller]
    pub fn from_diagonal(diagonal: &[T]) -> Self {
        let n = diagonal.len();
        Self::from_fn(n, n, |i, j| if i == j { diagonal[i] } else { T::ZERO })
    }

    /// The matrix of `f(i, j)`, called column after column.
    #[track_caller]
    pub fn from_fn(nrows: usize, ncols: usize, mut f: impl FnMut(usize, usize) -> T) -> Self {
        let mut data = Vec::with_capacity(size::<T>(nrows, ncols));
        for j in 0..ncols {
            data.extend((0..nrows).map(|i| f(i, j)));
        }
        Self { data, nrows, ncols }
    }

    /// The matrix with these rows.
    ///
    /// # Errors
    /// [`Error::RaggedRows`] if the rows differ in length.
    ///
    /// # Examples
    /// ```
    /// let a = ferronum_mat::Mat::from_rows(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])?;
    /// assert_eq!(a.shape(), (2, 3));
    /// # Ok::<(), ferronum_mat::Error>(())
    /// ```
    pub fn from_rows<R: AsRef<[T]>>(rows: &[R]) -> Result<Self, Error> {
        let expected = rows.first().map_or(0, |row| row.as_ref().len());
        for (i, row) in rows.iter().enumerate() {
            let found = row.as_ref().len();
            if found != expected {
                return Err(Error::RaggedRows { row: i, expected, found });
            }
        }
        Ok(Self::from_fn(rows.len(), expected, |i, j| rows[i].as_ref()[j]))
    }

    /// The matrix whose elements, column after column, are `data`; takes the vector over without a copy.
    ///
    /// # Errors
    /// [`Error::Length`] if `data` does not have `nrows · ncols` elements, [`Error::TooLarge`] if that overflows.
    pub fn from_vec(data: Vec<T>, nrows: usize, ncols: usize) -> Result<Self, Error> {
        check_length(data.len(), nrows, ncols)?;
        Ok(Self { data, nrows, ncols })
    }

    /// The matrix of these elements, column after column; there must be nrows · ncols of them.
    pub(crate) fn from_elements(nrows: usize, ncols: usize, elements: impl Iterator<Item = T>) -> Self {
        let mut data = Vec::with_capacity(size::<T>(nrows, ncols));
        data.extend(elements);
        debug_assert_eq!(data.len(), nrows * ncols);
        Self { data, nrows, ncols }
    }

    /// The elements, column after column, without a copy.
    pub fn into_vec(self) -> Vec<T> {
        self.data
    }
}

/// Elements and memory.
impl<T: Scalar> Mat<T> {
    /// Number of rows.
    #[inline]
    pub fn nrows(&self) -> usize {
        self.nrows
    }

    /// Number of columns.
    #[inline]
    pub fn ncols(&self) -> usize {
        self.ncols
    }

    /// Rows and columns.
    #[inline]
    pub fn shape(&self) -> (usize, usize) {
        (self.nrows, self.ncols)
    }

    /// True if there is no element.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The whole matrix, read-only.
    #[inline]
    pub fn view(&self) -> MatRef<'_, T> {
        let inner = faer::MatRef::from_column_major_slice(&self.data, self.nrows, self.ncols);
        MatRef::from_solid_inner(inner, true)
    }

    /// The whole matrix, to write to.
    #[inline]
    pub fn view_mut(&mut self) -> MatMut<'_, T> {
        MatMut::from_solid_inner(faer::MatMut::from_column_major_slice_mut(
            &mut self.data,
            self.nrows,
            self.ncols,
        ))
    }

    /// Element (i, j), or `None` outside the matrix.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> Option<T> {
        if i < self.nrows && j < self.ncols { Some(self.data[i + j * self.nrows]) } else { None }
    }

    /// Element (i, j) to write to, or `None` outside the matrix.
    #[inline]
    pub fn get_mut(&mut self, i: usize, j: usize) -> Option<&mut T> {
        if i < self.nrows && j < self.ncols { Some(&mut self.data[i + j * self.nrows]) } else { None }
    }

    /// The elements, column after column.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        &self.data
    }

    /// The elements, column after column, to write to.
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.data
    }

    /// Column `j`.
    ///
    /// # Panics
    /// If there is no such column.
    #[inline]
    #[track_caller]
    pub fn col_slice(&self, j: usize) -> &[T] {
        assert!(j < self.ncols, "column {j} of a {}×{} matrix", self.nrows, self.ncols);
        &self.data[j * self.nrows..(j + 1) * self.nrows]
    }

    /// Column `j`, to write to.
    ///
    /// # Panics
    /// If there is no such column.
    #[inline]
    #[track_caller]
    pub fn col_slice_mut(&mut self, j: usize) -> &mut [T] {
        assert!(j < self.ncols, "column {j} of a {}×{} matrix", self.nrows, self.ncols);
        &mut self.data[j * self.nrows..(j + 1) * self.nrows]
    }

    /// The elements, column after column.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + DoubleEndedIterator + Clone + '_ {
        self.data.iter().copied()
    }

    /// Replaces each element by `f` of it, column after column.
    pub fn apply(&mut self, mut f: impl FnMut(T) -> T) {
        for x in &mut self.data {
            *x = f(*x);
        }
    }
}

/// Parts, each a view.
impl<T: Scalar> Mat<T> {
    /// Column `j` as a matrix of one column; see [`MatRef::col`].
    #[inline]
    #[track_caller]
    pub fn col(&self, j: usize) -> MatRef<'_, T> {
        self.view().col(j)
    }

    /// Row `i` as a matrix of one row; see [`MatRef::row`].
    #[inline]
    #[track_caller]
    pub fn row(&self, i: usize) -> MatRef<'_, T> {
        self.view().row(i)
    }

    /// The rows of the range; see [`MatRef::subrows`].
    #[inline]
    #[track_caller]
    pub fn subrows(&self, rows: Range<usize>) -> MatRef<'_, T> {
        self.view().subrows(rows)
    }

    /// The columns of the range; see [`MatRef::subcols`].
    #[inline]
    #[track_caller]
    pub fn subcols(&self, cols: Range<usize>) -> MatRef<'_, T> {
        self.view().subcols(cols)
    }

    /// The block of these rows and columns; see [`MatRef::submatrix`].
    #[inline]
    #[track_caller]
    pub fn submatrix(&self, rows: Range<usize>, cols: Range<usize>) -> MatRef<'_, T> {
        self.view().submatrix(rows, cols)
    }

    /// The transpose, without a copy.
    #[inline]
    pub fn transpose(&self) -> MatRef<'_, T> {
        self.view().transpose()
    }

    /// A new matrix of `f` of each element.
    pub fn map(&self, f: impl FnMut(T) -> T) -> Self {
        self.view().map(f)
    }

    /// The diagonal elements, min(m, n) of them.
    pub fn diagonal(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.view().diagonal()
    }
}

impl<T: Scalar> Index<(usize, usize)> for Mat<T> {
    type Output = T;
    #[inline]
    #[track_caller]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        assert!(
            i < self.nrows && j < self.ncols,
            "element ({i}, {j}) of a {}×{} matrix",
            self.nrows,
            self.ncols
        );
        &self.data[i + j * self.nrows]
    }
}

impl<T: Scalar> IndexMut<(usize, usize)> for Mat<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        assert!(
            i < self.nrows && j < self.ncols,
            "element ({i}, {j}) of a {}×{} matrix",
            self.nrows,
            self.ncols
        );
        &mut self.data[i + j * self.nrows]
    }
}

impl<T: Scalar> PartialEq<MatRef<'_, T>> for Mat<T> {
    fn eq(&self, other: &MatRef<'_, T>) -> bool {
        self.view() == *other
    }
}

impl<T: Scalar> Default for Mat<T> {
    /// The matrix without rows and columns.
    fn default() -> Self {
        Self { data: Vec::new(), nrows: 0, ncols: 0 }
    }
}

impl<T: Scalar> fmt::Debug for Mat<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::display::debug(self.view(), "Mat", f)
    }
}

impl<T: Scalar> From<MatRef<'_, T>> for Mat<T> {
    fn from(view: MatRef<'_, T>) -> Self {
        view.to_owned()
    }
}
