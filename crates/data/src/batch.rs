//! A decoded piece of a table.

/// The code of a missing label in [`Column::Labels`].
pub const MISSING: u32 = u32::MAX;

/// The values of one column in one [`Batch`].
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Numbers, one per row. NaN is a missing value: a null, a token such as `NA`, or a NaN stored in the file.
    Numbers(Vec<f64>),
    /// Text, as codes into the distinct values of this batch.
    Labels {
        /// One per row: an index into `levels`, or [`MISSING`].
        codes: Vec<u32>,
        /// The distinct values in order of first appearance. Each occurs in this batch at least once; another batch
        /// of the same column has its own list.
        levels: Vec<String>,
    },
}

impl Column {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Labels { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value of row `i` is missing. Rows past the end are not.
    pub fn is_missing(&self, i: usize) -> bool {
        match self {
            Self::Numbers(values) => values.get(i).is_some_and(|v| v.is_nan()),
            Self::Labels { codes, .. } => codes.get(i) == Some(&MISSING),
        }
    }
}

/// Some consecutive rows of the columns asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// 0-based position of the first row among the data rows of the file (a header is not a data row).
    pub first_row: u64,
    /// The number of rows; each column has as many.
    pub rows: usize,
    /// The columns, in the order in which they were asked for.
    pub columns: Vec<Column>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_of_both_kinds() {
        let numbers = Column::Numbers(vec![1.0, f64::NAN]);
        assert_eq!([0, 1, 2].map(|i| numbers.is_missing(i)), [false, true, false]);
        let labels = Column::Labels { codes: vec![0, MISSING], levels: vec!["a".into()] };
        assert_eq!([0, 1, 2].map(|i| labels.is_missing(i)), [false, true, false]);
    }
}
