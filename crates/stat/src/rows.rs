//! A batch of observations as the accumulators read it.
use crate::Error;

/// A batch of rows of `f64`, borrowed from the caller without a copy: row-major memory, or one slice per column.
///
/// # Examples
/// ```
/// use ferronum_stat::Rows;
/// let by_row = Rows::row_major(&[1.0, 2.0, 3.0, 4.0], 2)?;
/// let by_column = Rows::columns(&[&[1.0, 3.0], &[2.0, 4.0]])?;
/// assert_eq!((by_row.nrows(), by_row.ncols()), (by_column.nrows(), by_column.ncols()));
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    nrows: usize,
    ncols: usize,
    layout: Layout<'a>,
}

#[derive(Debug, Clone)]
pub(crate) enum Layout<'a> {
    /// Row `r` is `values[r * stride..][..ncols]`; rows that come later may follow.
    RowMajor {
        values: &'a [f64],
        stride: usize,
    },
    Columns(Vec<&'a [f64]>),
}

impl<'a> Rows<'a> {
    /// Rows that follow each other in memory, `ncols` values each.
    ///
    /// # Errors
    /// [`Error::Shape`] if `ncols` is 0 or does not divide the length of `values`.
    pub fn row_major(values: &'a [f64], ncols: usize) -> Result<Self, Error> {
        if ncols == 0 || !values.len().is_multiple_of(ncols) {
            return Err(Error::Shape {
                what: "row-major values",
                expected: "a whole number of rows",
                expected_len: ncols,
                found_len: values.len(),
            });
        }
        Ok(Self { nrows: values.len() / ncols, ncols, layout: Layout::RowMajor { values, stride: ncols } })
    }

    /// One slice per column, all of one length.
    ///
    /// # Errors
    /// [`Error::Shape`] if there is no column, or the lengths differ.
    pub fn columns(columns: &[&'a [f64]]) -> Result<Self, Error> {
        let Some(first) = columns.first() else {
            return Err(Error::Shape {
                what: "columns",
                expected: "at least one",
                expected_len: 1,
                found_len: 0,
            });
        };
        if let Some(odd) = columns.iter().find(|column| column.len() != first.len()) {
            return Err(Error::Shape {
                what: "a column",
                expected: "the length of the first column",
                expected_len: first.len(),
                found_len: odd.len(),
            });
        }
        Ok(Self { nrows: first.len(), ncols: columns.len(), layout: Layout::Columns(columns.to_vec()) })
    }

    /// Number of observations.
    pub fn nrows(&self) -> usize {
        self.nrows
    }

    /// Number of variables.
    pub fn ncols(&self) -> usize {
        self.ncols
    }

    /// The value in row `row` and column `column`.
    ///
    /// # Panics
    /// If `row` or `column` is out of range.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        assert!(
            row < self.nrows && column < self.ncols,
            "({row}, {column}) outside {}×{}",
            self.nrows,
            self.ncols
        );
        match &self.layout {
            Layout::RowMajor { values, stride } => values[row * stride + column],
            Layout::Columns(columns) => columns[column][row],
        }
    }

    /// The rows `from..to`. Memory goes on after them where it did before.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Self {
        let layout = match &self.layout {
            Layout::RowMajor { values, stride } => {
                Layout::RowMajor { values: &values[from * stride..], stride: *stride }
            }
            Layout::Columns(columns) => {
                Layout::Columns(columns.iter().map(|column| &column[from..to]).collect())
            }
        };
        Self { nrows: to - from, ncols: self.ncols, layout }
    }

    /// The memory of rows `from..to`, which may be beyond the last one, where rows follow each other in memory.
    pub(crate) fn memory(&self, from: usize, to: usize) -> &'a [f64] {
        match &self.layout {
            Layout::RowMajor { values, stride } => {
                let end = values.len();
                &values[(from * stride).min(end)..(to * stride).min(end)]
            }
            Layout::Columns(_) => &[],
        }
    }

    pub(crate) fn layout(&self) -> &Layout<'a> {
        &self.layout
    }

    /// Row and column, both 0-based, of the first value that is NaN or infinite.
    pub(crate) fn first_non_finite(&self) -> Option<(usize, usize)> {
        (0..self.nrows)
            .flat_map(|r| (0..self.ncols).map(move |c| (r, c)))
            .find(|&(r, c)| !self.at(r, c).is_finite())
    }
}
