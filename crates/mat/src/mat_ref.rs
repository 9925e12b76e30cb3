//! The read-only view of a matrix, over memory with any strides.
use crate::{Error, Mat, Scalar};
use std::fmt;
use std::ops::{Index, Range};

/// Read-only view of an m×n matrix in someone else's memory.
///
/// Element (i, j) lies `i · row_stride + j · col_stride` elements after element (0, 0). A column-major matrix has the
/// strides (1, m), a row-major one (n, 1); the transpose of a view swaps them, and a view of every second row doubles
/// the first. Nothing is copied. Views are `Copy`: pass them by value.
///
/// # Examples
/// ```
/// use ferronum_mat::MatRef;
/// let table = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]; // two rows of three
/// let a = MatRef::row_major(&table, 2, 3)?;
/// assert_eq!(a[(1, 0)], 4.0);
/// assert_eq!(a.transpose()[(0, 1)], 4.0);
/// assert_eq!(a.subcols(1..3).row_slice(0), Some(&[2.0, 3.0][..]));
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub struct MatRef<'a, T> {
    inner: faer::MatRef<'a, T>,
    /// All memory from the first element to the last is initialised and borrowed for `'a`, gaps between elements
    /// included; so a slice may cover it.
    solid: bool,
}

impl<T> Copy for MatRef<'_, T> {}
impl<T> Clone for MatRef<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Checks that an m×n view with these strides stays within `len` elements; returns the number of elements it spans.
pub(crate) fn check_strides(
    len: usize,
    nrows: usize,
    ncols: usize,
    row_stride: usize,
    col_stride: usize,
) -> Result<usize, Error> {
    if nrows == 0 || ncols == 0 {
        return Ok(0);
    }
    let last = (nrows - 1)
        .checked_mul(row_stride)
        .zip((ncols - 1).checked_mul(col_stride))
        .and_then(|(down, right)| down.checked_add(right))
        .filter(|&last| last < len && isize::try_from(last).is_ok());
    match last {
        Some(last) => Ok(last + 1),
        None => Err(Error::StrideOutOfBounds { nrows, ncols, row_stride, col_stride, len }),
    }
}

/// Checks that `len` is exactly rows × columns.
pub(crate) fn check_length(len: usize, nrows: usize, ncols: usize) -> Result<(), Error> {
    match nrows.checked_mul(ncols) {
        Some(size) if size == len => Ok(()),
        Some(_) => Err(Error::Length { nrows, ncols, found: len }),
        None => Err(Error::TooLarge { nrows, ncols }),
    }
}

/// A stride no element ever uses (one row, one column, or none) may be any number; keep it within `isize`.
pub(crate) fn stride(value: usize) -> isize {
    isize::try_from(value).unwrap_or(1)
}

/// Constructors over a slice.
impl<'a, T: Scalar> MatRef<'a, T> {
    /// Views a slice that holds the matrix column after column (Fortran, R, Julia, MATLAB).
    ///
    /// # Errors
    /// [`Error::Length`] if the slice does not have `nrows · ncols` elements, [`Error::TooLarge`] if that product
    /// overflows.
    pub fn column_major(data: &'a [T], nrows: usize, ncols: usize) -> Result<Self, Error> {
        check_length(data.len(), nrows, ncols)?;
        Self::strided(data, nrows, ncols, 1, nrows)
    }

    /// Views a slice that holds the matrix row after row (C, NumPy's default, Gonum).
    ///
    /// # Errors
    /// [`Error::Length`] if the slice does not have `nrows · ncols` elements, [`Error::TooLarge`] if that product
    /// overflows.
    pub fn row_major(data: &'a [T], nrows: usize, ncols: usize) -> Result<Self, Error> {
        check_length(data.len(), nrows, ncols)?;
        Self::strided(data, nrows, ncols, ncols, 1)
    }

    /// Views a slice in which element (i, j) is `data[i · row_stride + j · col_stride]`.
    ///
    /// The slice may be longer than the view needs, and a stride of zero repeats a row or a column.
    ///
    /// # Errors
    /// [`Error::StrideOutOfBounds`] if the last element lies beyond the slice, or its position overflows.
    ///
    /// # Examples
    /// ```
    /// use ferronum_mat::MatRef;
    /// // Three records of (id, x, y); look at x and y only.
    /// let records = [1.0, 0.5, 0.7, 2.0, 0.1, 0.9, 3.0, 0.4, 0.2];
    /// let xy = MatRef::strided(&records[1..], 3, 2, 3, 1)?;
    /// assert_eq!(xy[(2, 1)], 0.2);
    /// assert!(MatRef::strided(&records[2..], 3, 2, 3, 1).is_err()); // y of the last record would lie outside
    /// # Ok::<(), ferronum_mat::Error>(())
    /// ```
    pub fn strided(
        data: &'a [T],
        nrows: usize,
        ncols: usize,
        row_stride: usize,
        col_stride: usize,
    ) -> Result<Self, Error> {
        check_strides(data.len(), nrows, ncols, row_stride, col_stride)?;
        // SAFETY: the position of the last element was checked to lie within `data`, which is borrowed for 'a; every
        // other element (i, j) has i ≤ nrows - 1 and j ≤ ncols - 1, and the strides are not negative, so it lies
        // between the first element and the last. An empty view reads nothing.
        let inner = unsafe {
            faer::MatRef::from_raw_parts(data.as_ptr(), nrows, ncols, stride(row_stride), stride(col_stride))
        };
        Ok(Self { inner, solid: true })
    }

    /// Views a slice as a matrix of one column.
    pub fn column(data: &'a [T]) -> Self {
        Self { inner: faer::MatRef::from_column_major_slice(data, data.len(), 1), solid: true }
    }

    /// Views a slice as a matrix of one row.
    pub fn row_vector(data: &'a [T]) -> Self {
        Self::column(data).transpose()
    }

    /// Views faer's matrix view.
    #[cfg(feature = "faer")]
    pub(crate) fn from_inner(inner: faer::MatRef<'a, T>) -> Self {
        Self { inner, solid: false }
    }

    /// Views faer's matrix view, part of memory that is initialised throughout and that nobody else may write.
    pub(crate) fn from_solid_inner(inner: faer::MatRef<'a, T>, solid: bool) -> Self {
        Self { inner, solid }
    }

    /// The view as faer's.
    #[inline]
    pub(crate) fn inner(self) -> faer::MatRef<'a, T> {
        self.inner
    }
}

/// Shape, elements and memory.
impl<'a, T: Scalar> MatRef<'a, T> {
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

    /// True if there is no element.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.nrows() == 0 || self.ncols() == 0
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

    /// Element (i, j), or `None` outside the matrix.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> Option<T> {
        if i < self.nrows() && j < self.ncols() { Some(*self.at(i, j)) } else { None }
    }

    /// Element (i, j), panics outside the matrix.
    #[inline]
    #[track_caller]
    fn at(&self, i: usize, j: usize) -> &'a T {
        assert!(
            i < self.nrows() && j < self.ncols(),
            "element ({i}, {j}) of a {}×{} matrix",
            self.nrows(),
            self.ncols()
        );
        // SAFETY: i < nrows and j < ncols were just checked, and each such element of a view is readable for 'a.
        unsafe { &*self.inner.ptr_inbounds_at(i, j) }
    }

    /// Column `j` as a matrix of one column.
    ///
    /// # Panics
    /// If there is no such column.
    #[inline]
    #[track_caller]
    pub fn col(&self, j: usize) -> Self {
        assert!(j < self.ncols(), "column {j} of a {}×{} matrix", self.nrows(), self.ncols());
        self.part(0..self.nrows(), j..j + 1)
    }

    /// Row `i` as a matrix of one row.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline]
    #[track_caller]
    pub fn row(&self, i: usize) -> Self {
        assert!(i < self.nrows(), "row {i} of a {}×{} matrix", self.nrows(), self.ncols());
        self.part(i..i + 1, 0..self.ncols())
    }

    /// Column `j` as a slice; `None` if there is no such column or its elements are not neighbours in memory.
    #[inline]
    pub fn col_slice(&self, j: usize) -> Option<&'a [T]> {
        if j < self.ncols() { self.part(0..self.nrows(), j..j + 1).as_slice() } else { None }
    }

    /// Row `i` as a slice; `None` if there is no such row or its elements are not neighbours in memory.
    #[inline]
    pub fn row_slice(&self, i: usize) -> Option<&'a [T]> {
        if i < self.nrows() { self.part(i..i + 1, 0..self.ncols()).transpose().as_slice() } else { None }
    }

    /// All elements, column after column, as a slice; `None` unless they lie in memory so, without gaps.
    #[inline]
    pub fn as_slice(&self) -> Option<&'a [T]> {
        let (m, n) = self.shape();
        if self.is_empty() {
            return Some(&[]);
        }
        let by_columns = (m == 1 || self.row_stride() == 1) && (n == 1 || self.col_stride() == m as isize);
        if !by_columns {
            return None;
        }
        // SAFETY: element (i, j) lies i + j·m after the first, so the m·n elements are one run of memory, each readable
        // for 'a. Their number fits: they exist.
        Some(unsafe { std::slice::from_raw_parts(self.inner.as_ptr(), m * n) })
    }

    /// All elements, row after row, as a slice; `None` unless they lie in memory so, without gaps.
    #[inline]
    pub fn as_row_major_slice(&self) -> Option<&'a [T]> {
        self.transpose().as_slice()
    }

    /// The memory from element (0, 0) to the last, gaps included, with the distance from one row and from one column
    /// to the next: element (i, j) is `slice[i · row_stride + j · col_stride]`.
    ///
    /// For kernels that walk the memory themselves. `Some` for every view made from a slice or of a [`Mat`]; `None` if the
    /// gaps may not be read (the view came from a split mutable view, or from another library) or a stride is negative:
    /// then copy with [`Self::to_owned`].
    ///
    /// # Examples
    /// ```
    /// use ferronum_mat::MatRef;
    /// let table = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
    /// let right = MatRef::row_major(&table, 2, 3)?.subcols(1..3);
    /// let (memory, row_stride, col_stride) = right.as_slice_with_strides().expect("made from a slice");
    /// assert_eq!((memory, row_stride, col_stride), (&[1.0, 2.0, 3.0, 4.0, 5.0][..], 3, 1));
    /// # Ok::<(), ferronum_mat::Error>(())
    /// ```
    #[inline]
    pub fn as_slice_with_strides(&self) -> Option<(&'a [T], usize, usize)> {
        let (m, n) = self.shape();
        if let Some(slice) = self.as_slice() {
            return Some((slice, 1, m));
        }
        if let Some(slice) = self.as_row_major_slice() {
            return Some((slice, n, 1));
        }
        let row_stride = usize::try_from(self.row_stride()).ok()?;
        let col_stride = usize::try_from(self.col_stride()).ok()?;
        if !self.solid {
            return None;
        }
        // A stride that is never used may be anything.
        let span = (if m > 1 { (m - 1) * row_stride } else { 0 })
            + (if n > 1 { (n - 1) * col_stride } else { 0 })
            + 1;
        // SAFETY: the strides are not negative, so all memory from the first element to the last, `span` elements,
        // lies in the slice or `Mat` that the view was made from; `solid` says that all of it is initialised and that
        // nobody writes to it during 'a.
        let slice = unsafe { std::slice::from_raw_parts(self.inner.as_ptr(), span) };
        Some((slice, row_stride, col_stride))
    }
}

/// Parts and iteration.
impl<'a, T: Scalar> MatRef<'a, T> {
    /// The transpose, without a copy.
    #[inline]
    pub fn transpose(&self) -> Self {
        Self { inner: self.inner.transpose(), solid: self.solid }
    }

    /// The rows of the range.
    ///
    /// # Panics
    /// If the range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    pub fn subrows(&self, rows: Range<usize>) -> Self {
        self.submatrix(rows, 0..self.ncols())
    }

    /// The columns of the range.
    ///
    /// # Panics
    /// If the range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    pub fn subcols(&self, cols: Range<usize>) -> Self {
        self.submatrix(0..self.nrows(), cols)
    }

    /// The block of these rows and columns.
    ///
    /// # Panics
    /// If a range leaves the matrix; [`Self::try_submatrix`] returns an error.
    #[inline]
    #[track_caller]
    #[allow(clippy::panic)] // documented, as for slices
    pub fn submatrix(&self, rows: Range<usize>, cols: Range<usize>) -> Self {
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
    pub fn try_submatrix(&self, rows: Range<usize>, cols: Range<usize>) -> Result<Self, Error> {
        check_part(self.shape(), &rows, &cols)?;
        Ok(self.part(rows, cols))
    }

    /// The block of these rows and columns, known to lie within.
    #[inline]
    fn part(&self, rows: Range<usize>, cols: Range<usize>) -> Self {
        let inner =
            self.inner.submatrix(rows.start, cols.start, rows.end - rows.start, cols.end - cols.start);
        Self { inner, solid: self.solid }
    }

    /// The elements, column after column.
    pub fn iter(&self) -> impl Iterator<Item = T> + Clone + use<'a, T> {
        let view = *self;
        (0..view.ncols()).flat_map(move |j| (0..view.nrows()).map(move |i| *view.at(i, j)))
    }

    /// The columns, each a matrix of one column.
    pub fn cols(&self) -> impl ExactSizeIterator<Item = MatRef<'a, T>> + DoubleEndedIterator + use<'a, T> {
        let view = *self;
        (0..view.ncols()).map(move |j| view.col(j))
    }

    /// The rows, each a matrix of one row.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = MatRef<'a, T>> + DoubleEndedIterator + use<'a, T> {
        let view = *self;
        (0..view.nrows()).map(move |i| view.row(i))
    }

    /// A copy with its own memory.
    pub fn to_owned(&self) -> Mat<T> {
        Mat::from_elements(self.nrows(), self.ncols(), self.iter())
    }

    /// A new matrix of `f` of each element.
    pub fn map(&self, f: impl FnMut(T) -> T) -> Mat<T> {
        Mat::from_elements(self.nrows(), self.ncols(), self.iter().map(f))
    }

    /// The diagonal elements, min(m, n) of them.
    pub fn diagonal(&self) -> impl ExactSizeIterator<Item = T> + use<'a, T> {
        let view = *self;
        (0..view.nrows().min(view.ncols())).map(move |i| *view.at(i, i))
    }
}

/// Checks that the ranges lie in a matrix of this shape.
pub(crate) fn check_part(
    shape: (usize, usize),
    rows: &Range<usize>,
    cols: &Range<usize>,
) -> Result<(), Error> {
    let within = |range: &Range<usize>, len| range.start <= range.end && range.end <= len;
    if within(rows, shape.0) && within(cols, shape.1) {
        return Ok(());
    }
    Err(Error::OutOfBounds { rows: (rows.start, rows.end), cols: (cols.start, cols.end), shape })
}

impl<T: Scalar> Index<(usize, usize)> for MatRef<'_, T> {
    type Output = T;
    #[inline]
    #[track_caller]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        self.at(i, j)
    }
}

impl<T: Scalar> PartialEq for MatRef<'_, T> {
    /// Same shape and equal elements; the strides do not matter. NaN equals nothing.
    fn eq(&self, other: &Self) -> bool {
        self.shape() == other.shape() && self.iter().zip(other.iter()).all(|(x, y)| x == y)
    }
}

impl<T: Scalar> PartialEq<Mat<T>> for MatRef<'_, T> {
    fn eq(&self, other: &Mat<T>) -> bool {
        *self == other.view()
    }
}

impl<T: Scalar> fmt::Debug for MatRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::display::debug(*self, "MatRef", f)
    }
}

impl<'a, T: Scalar> From<&'a Mat<T>> for MatRef<'a, T> {
    fn from(matrix: &'a Mat<T>) -> Self {
        matrix.view()
    }
}

/// A slice is a matrix of one column.
impl<'a, T: Scalar> From<&'a [T]> for MatRef<'a, T> {
    fn from(data: &'a [T]) -> Self {
        Self::column(data)
    }
}

/// A vector is a matrix of one column.
impl<'a, T: Scalar> From<&'a Vec<T>> for MatRef<'a, T> {
    fn from(data: &'a Vec<T>) -> Self {
        Self::column(data)
    }
}

/// An array is a matrix of one column.
impl<'a, T: Scalar, const N: usize> From<&'a [T; N]> for MatRef<'a, T> {
    fn from(data: &'a [T; N]) -> Self {
        Self::column(data)
    }
}
