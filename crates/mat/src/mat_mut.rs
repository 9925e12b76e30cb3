//! The mutable view of a matrix, over memory with any strides.
use crate::mat_ref::{check_length, check_part, check_strides, stride};
use crate::{Error, Mat, MatRef, Scalar};
use std::fmt;
use std::ops::{Index, IndexMut, Range};

/// Mutable view of an m×n matrix in someone else's memory; the counterpart of [`MatRef`].
///
/// A method that narrows the view takes it by value; [`Self::reborrow`] lends it for a while.
///
/// # Examples
/// ```
/// use ferronum_mat::MatMut;
/// let mut table = [0.0; 6];
/// let mut a = MatMut::row_major(&mut table, 2, 3)?;
/// a[(1, 2)] = 5.0;
/// a.reborrow().subcols(0..1).fill(1.0);
/// assert_eq!(table, [1.0, 0.0, 0.0, 1.0, 0.0, 5.0]);
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub struct MatMut<'a, T> {
    inner: faer::MatMut<'a, T>,
    /// As in [`MatRef`]: the gaps between elements belong to this view too.
    solid: bool,
}

/// Constructors over a slice.
impl<'a, T: Scalar> MatMut<'a, T> {
    /// Views a slice that holds the matrix column after column.
    ///
    /// # Errors
    /// [`Error::Length`] if the slice does not have `nrows · ncols` elements, [`Error::TooLarge`] if that product
    /// overflows.
    pub fn column_major(data: &'a mut [T], nrows: usize, ncols: usize) -> Result<Self, Error> {
        check_length(data.len(), nrows, ncols)?;
        Self::strided(data, nrows, ncols, 1, nrows)
    }

    /// Views a slice that holds the matrix row after row.
    ///
    /// # Errors
    /// [`Error::Length`] if the slice does not have `nrows · ncols` elements, [`Error::TooLarge`] if that product
    /// overflows.
    pub fn row_major(data: &'a mut [T], nrows: usize, ncols: usize) -> Result<Self, Error> {
        check_length(data.len(), nrows, ncols)?;
        Self::strided(data, nrows, ncols, ncols, 1)
    }

    /// Views a slice in which element (i, j) is `data[i · row_stride + j · col_stride]`.
    ///
    /// # Errors
    /// [`Error::StrideOutOfBounds`] if the last element lies beyond the slice; [`Error::Overlap`] unless the columns
    /// follow each other without overlap, or the rows do.
    pub fn strided(
        data: &'a mut [T],
        nrows: usize,
        ncols: usize,
        row_stride: usize,
        col_stride: usize,
    ) -> Result<Self, Error> {
        let span = check_strides(data.len(), nrows, ncols, row_stride, col_stride)?;
        // One direction is walked within each step of the other: n steps of `inner` stay below one step of `outer`.
        let nested = |inner: usize, n: usize, outer: usize, m: usize| {
            (n == 1 || inner >= 1) && (m == 1 || outer > (n - 1) * inner)
        };
        if span > 0
            && !nested(row_stride, nrows, col_stride, ncols)
            && !nested(col_stride, ncols, row_stride, nrows)
        {
            return Err(Error::Overlap { nrows, ncols, row_stride, col_stride });
        }
        // SAFETY: the last element was checked to lie within `data`, which is borrowed mutably for 'a, and the strides
        // are not negative, so every element lies within. No two elements share memory: in one of the two directions
        // the elements of a line are distinct and end before the next line begins.
        let inner = unsafe {
            faer::MatMut::from_raw_parts_mut(
                data.as_mut_ptr(),
                nrows,
                ncols,
                stride(row_stride),
                stride(col_stride),
            )
        };
        Ok(Self { inner, solid: true })
    }

    /// Views a slice as a matrix of one column.
    pub fn column(data: &'a mut [T]) -> Self {
        let nrows = data.len();
        Self { inner: faer::MatMut::from_column_major_slice_mut(data, nrows, 1), solid: true }
    }

    /// Views faer's mutable view of memory whose gaps, if any, belong to it.
    pub(crate) fn from_solid_inner(inner: faer::MatMut<'a, T>) -> Self {
        Self { inner, solid: true }
    }

    /// Views faer's mutable view.
    #[cfg(feature = "faer")]
    pub(crate) fn from_inner(inner: faer::MatMut<'a, T>) -> Self {
        Self { inner, solid: false }
    }

    /// The view as faer's.
    #[inline]
    pub(crate) fn inner(self) -> faer::MatMut<'a, T> {
        self.inner
    }
}

/// Shape and elements.
impl<'a, T: Scalar> MatMut<'a, T> {
    /// Number of rows.
    #[inline]
    pub fn nrows(&self) -> usize {
        self.inner.nrows()
    }

    /// Number of columns.
    #[inline]
    pub fn ncols(&self) -> usize {
        self.inner.ncols()
    }

    /// Rows and columns.
    #[inline]
    pub fn shape(&self) -> (usize, usize) {
        (self.nrows(), self.ncols())
    }

    /// Distance in memory from one row to the next, in elements.
    #[inline]
    pub fn row_stride(&self) -> isize {
        self.inner.row_stride()
    }

    /// Distance in memory from one column to the next, in elements.
    #[inline]
    pub fn col_stride(&self) -> isize {
        self.inner.col_stride()
    }

    /// The matrix, read-only.
    #[inline]
    pub fn view(&self) -> MatRef<'_, T> {
        MatRef::from_solid_inner(self.inner.as_ref(), self.solid)
    }

    /// The same view for a shorter time.
    #[inline]
    pub fn reborrow(&mut self) -> MatMut<'_, T> {
        MatMut { inner: self.inner.as_mut(), solid: self.solid }
    }

    /// Element (i, j), or `None` outside the matrix.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> Option<T> {
        self.view().get(i, j)
    }

    /// Element (i, j) to write to, or `None` outside the matrix.
    #[inline]
    pub fn get_mut(&mut self, i: usize, j: usize) -> Option<&mut T> {
        if i < self.nrows() && j < self.ncols() { Some(self.at_mut(i, j)) } else { None }
    }

    #[inline]
    #[track_caller]
    fn at_mut(&mut self, i: usize, j: usize) -> &mut T {
        assert!(
            i < self.nrows() && j < self.ncols(),
            "element ({i}, {j}) of a {}×{} matrix",
            self.nrows(),
            self.ncols()
        );
        // SAFETY: i < nrows and j < ncols were just checked; each such element belongs to this view alone, which is
        // borrowed mutably while the reference lives.
        unsafe { &mut *self.inner.as_mut().ptr_inbounds_at_mut(i, j) }
    }

    /// Column `j` as a mutable slice; `None` if there is no such column or its elements are not neighbours in memory.
    #[inline]
    pub fn col_slice_mut(&mut self, j: usize) -> Option<&mut [T]> {
        if j >= self.ncols() || (self.nrows() > 1 && self.row_stride() != 1) {
            return None;
        }
        let nrows = self.nrows();
        if nrows == 0 {
            return Some(&mut []);
        }
        // SAFETY: column j exists and its nrows ≥ 1 elements are neighbours that belong to this view alone, which is
        // borrowed mutably while the slice lives.
        Some(unsafe { std::slice::from_raw_parts_mut(self.inner.as_mut().ptr_inbounds_at_mut(0, j), nrows) })
    }

    /// Row `i` as a mutable slice; `None` if there is no such row or its elements are not neighbours in memory.
    #[inline]
    pub fn row_slice_mut(&mut self, i: usize) -> Option<&mut [T]> {
        let transposed = MatMut { inner: self.inner.as_mut().transpose_mut(), solid: self.solid };
        transposed.into_col_slice_mut(i)
    }

    fn into_col_slice_mut(self, j: usize) -> Option<&'a mut [T]> {
        if j >= self.ncols() || (self.nrows() > 1 && self.row_stride() != 1) {
            return None;
        }
        let nrows = self.nrows();
        if nrows == 0 {
            return Some(&mut []);
        }
        // SAFETY: as in `col_slice_mut`; the view is consumed, so its whole lifetime passes to the slice.
        Some(unsafe { std::slice::from_raw_parts_mut(self.inner.ptr_inbounds_at_mut(0, j), nrows) })
    }
}

/// Parts and changes.
impl<'a, T: Scalar> MatMut<'a, T> {
    /// The transpose, without a copy.
    #[inline]
    pub fn transpose(self) -> Self {
        Self { inner: self.inner.transpose_mut(), solid: self.solid }
    }

    /// The rows of the range.
    ///
    /// # Panics
    /// If the range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    pub fn subrows(self, rows: Range<usize>) -> Self {
        let ncols = self.ncols();
        self.submatrix(rows, 0..ncols)
    }

    /// The columns of the range.
    ///
    /// # Panics
    /// If the range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    pub fn subcols(self, cols: Range<usize>) -> Self {
        let nrows = self.nrows();
        self.submatrix(0..nrows, cols)
    }

    /// The block of these rows and columns.
    ///
    /// # Panics
    /// If a range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    #[allow(clippy::panic)] // documented, as for slices
    pub fn submatrix(self, rows: Range<usize>, cols: Range<usize>) -> Self {
        match self.try_submatrix(rows, cols) {
            Ok(part) => part,
            Err(error) => panic!("{error}"),
        }
    }

    /// The block of these rows and columns.
    ///
    /// # Errors
    /// [`Error::OutOfBounds`] if a range leaves the matrix or ends before it begins.
    #[inline]
    pub fn try_submatrix(self, rows: Range<usize>, cols: Range<usize>) -> Result<Self, Error> {
        check_part(self.shape(), &rows, &cols)?;
        let inner =
            self.inner.submatrix_mut(rows.start, cols.start, rows.end - rows.start, cols.end - cols.start);
        Ok(Self { inner, solid: self.solid })
    }

    /// The rows before `row` and the rows from it on, both to write to.
    ///
    /// # Errors
    /// [`Error::OutOfBounds`] if `row` is beyond the number of rows.
    pub fn split_at_row(self, row: usize) -> Result<(Self, Self), Error> {
        check_part(self.shape(), &(0..row), &(0..0))?;
        let (above, below) = self.inner.split_at_row_mut(row);
        // The gaps of one part hold elements of the other.
        Ok((Self { inner: above, solid: false }, Self { inner: below, solid: false }))
    }

    /// The columns before `col` and the columns from it on, both to write to.
    ///
    /// # Errors
    /// [`Error::OutOfBounds`] if `col` is beyond the number of columns.
    pub fn split_at_col(self, col: usize) -> Result<(Self, Self), Error> {
        let (left, right) = self.transpose().split_at_row(col).map_err(|error| match error {
            Error::OutOfBounds { rows, cols, shape } => {
                Error::OutOfBounds { rows: cols, cols: rows, shape: (shape.1, shape.0) }
            }
            other => other,
        })?;
        Ok((left.transpose(), right.transpose()))
    }

    /// Sets every element to `value`.
    pub fn fill(&mut self, value: T) {
        self.apply(|_| value);
    }

    /// Replaces each element by `f` of it, column after column.
    pub fn apply(&mut self, mut f: impl FnMut(T) -> T) {
        for j in 0..self.ncols() {
            for i in 0..self.nrows() {
                let x = self.at_mut(i, j);
                *x = f(*x);
            }
        }
    }

    /// Copies the elements of `source`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] if the shapes differ.
    pub fn copy_from<'b>(&mut self, source: impl Into<MatRef<'b, T>>) -> Result<(), Error> {
        let source = source.into();
        if self.shape() != source.shape() {
            return Err(Error::ShapeMismatch {
                operation: "copy",
                left: self.shape(),
                right: source.shape(),
            });
        }
        for j in 0..self.ncols() {
            for i in 0..self.nrows() {
                *self.at_mut(i, j) = source[(i, j)];
            }
        }
        Ok(())
    }
}

impl<T: Scalar> Index<(usize, usize)> for MatMut<'_, T> {
    type Output = T;
    #[inline]
    #[track_caller]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        assert!(
            i < self.nrows() && j < self.ncols(),
            "element ({i}, {j}) of a {}×{} matrix",
            self.nrows(),
            self.ncols()
        );
        // SAFETY: i < nrows and j < ncols were just checked; the view is borrowed while the reference lives.
        unsafe { &*self.inner.ptr_inbounds_at(i, j) }
    }
}

impl<T: Scalar> IndexMut<(usize, usize)> for MatMut<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        self.at_mut(i, j)
    }
}

impl<T: Scalar> fmt::Debug for MatMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::display::debug(self.view(), "MatMut", f)
    }
}

impl<'a, T: Scalar> From<&'a MatMut<'_, T>> for MatRef<'a, T> {
    fn from(matrix: &'a MatMut<'_, T>) -> Self {
        matrix.view()
    }
}

impl<'a, T: Scalar> From<&'a mut Mat<T>> for MatMut<'a, T> {
    fn from(matrix: &'a mut Mat<T>) -> Self {
        matrix.view_mut()
    }
}
