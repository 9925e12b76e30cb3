//! What can go wrong in a matrix computation.

/// Error of a matrix computation; every variant carries the numbers that explain it.
///
/// Rows, columns and pivots are counted from zero, as indices are.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Two operands whose shapes do not fit together.
    #[error("{operation}: shapes {}×{} and {}×{} do not fit", left.0, left.1, right.0, right.1)]
    ShapeMismatch {
        /// The operation asked for.
        operation: &'static str,
        /// Rows and columns of the first operand.
        left: (usize, usize),
        /// Rows and columns of the second operand.
        right: (usize, usize),
    },
    /// A square matrix is needed.
    #[error("{operation}: needs a square matrix, got {nrows}×{ncols}")]
    NotSquare {
        /// The operation asked for.
        operation: &'static str,
        /// Rows found.
        nrows: usize,
        /// Columns found.
        ncols: usize,
    },
    /// A problem with fewer equations than unknowns, given to a method that cannot choose among its solutions.
    #[error(
        "{operation}: {nrows} rows do not determine {ncols} unknowns (use lstsq for the solution of least norm)"
    )]
    Underdetermined {
        /// The operation asked for.
        operation: &'static str,
        /// Rows (equations).
        nrows: usize,
        /// Columns (unknowns).
        ncols: usize,
    },
    /// A slice whose length is not rows × columns.
    #[error("a {nrows}×{ncols} matrix needs {} elements, the slice has {found}", nrows.saturating_mul(*ncols))]
    Length {
        /// Rows asked for.
        nrows: usize,
        /// Columns asked for.
        ncols: usize,
        /// Length of the slice.
        found: usize,
    },
    /// Strides that reach beyond the slice.
    #[error(
        "a {nrows}×{ncols} view with strides {row_stride} (rows) and {col_stride} (columns) leaves its slice of {len} elements"
    )]
    StrideOutOfBounds {
        /// Rows asked for.
        nrows: usize,
        /// Columns asked for.
        ncols: usize,
        /// Distance from one row to the next, in elements.
        row_stride: usize,
        /// Distance from one column to the next, in elements.
        col_stride: usize,
        /// Length of the slice.
        len: usize,
    },
    /// Strides by which two elements of a mutable view would share memory.
    #[error(
        "a mutable {nrows}×{ncols} view with strides {row_stride} (rows) and {col_stride} (columns) overlaps itself"
    )]
    Overlap {
        /// Rows asked for.
        nrows: usize,
        /// Columns asked for.
        ncols: usize,
        /// Distance from one row to the next, in elements.
        row_stride: usize,
        /// Distance from one column to the next, in elements.
        col_stride: usize,
    },
    /// A matrix larger than memory can address.
    #[error("a {nrows}×{ncols} matrix is larger than memory can address")]
    TooLarge {
        /// Rows asked for.
        nrows: usize,
        /// Columns asked for.
        ncols: usize,
    },
    /// Rows of different lengths.
    #[error("row {row} has {found} elements, row 0 has {expected}")]
    RaggedRows {
        /// The row that differs.
        row: usize,
        /// Length of row 0.
        expected: usize,
        /// Length of this row.
        found: usize,
    },
    /// A part of a matrix that lies outside of it.
    #[error("rows {}..{} and columns {}..{} leave a {}×{} matrix", rows.0, rows.1, cols.0, cols.1, shape.0, shape.1)]
    OutOfBounds {
        /// First row, and one past the last.
        rows: (usize, usize),
        /// First column, and one past the last.
        cols: (usize, usize),
        /// Rows and columns of the matrix.
        shape: (usize, usize),
    },
    /// A NaN or an infinity where finite numbers are needed.
    #[error("{operation}: element ({row}, {col}) is {value}")]
    NotFinite {
        /// The operation asked for.
        operation: &'static str,
        /// Row of the first such element.
        row: usize,
        /// Column of the first such element.
        col: usize,
        /// The element.
        value: f64,
    },
    /// A Cholesky factorisation met a pivot that is not positive.
    #[error("the matrix is not positive definite: pivot {pivot} is not positive")]
    NotPositiveDefinite {
        /// Index of the pivot.
        pivot: usize,
    },
    /// A system that has no unique solution.
    #[error("{operation}: the matrix is singular, pivot {pivot} is zero")]
    Singular {
        /// The operation asked for.
        operation: &'static str,
        /// Index of the zero pivot.
        pivot: usize,
    },
    /// A result larger than the floating-point type can hold.
    #[error("{operation}: the result overflows")]
    Overflow {
        /// The operation asked for.
        operation: &'static str,
    },
    /// An iteration that did not converge within its bound.
    #[error("{operation}: no convergence")]
    NoConvergence {
        /// The operation asked for.
        operation: &'static str,
    },
}
