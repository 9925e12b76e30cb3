//! A batch of observations as regressions read it.
use super::options::WeightKind;
use super::real::Real;
use super::triangle::Triangle;
use crate::Error;
use crate::regression::factor::Centre;

/// 2⁵³: whole numbers below it are exact.
const MAX_FREQUENCY: f64 = 9_007_199_254_740_992.0;

/// Rows of a batch given as columns, borrowed from the caller.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observations<'a, X = f64> {
    /// Columns of the design, without the column of ones.
    pub x: &'a [&'a [X]],
    /// The response.
    pub y: &'a [X],
    /// Weights, if the state takes them.
    pub weights: Option<&'a [f64]>,
    /// Codes of clusters, one slice for each way of clustering; read by scores alone.
    pub groups: &'a [&'a [u64]],
}

impl<'a, X> Observations<'a, X> {
    /// Observations without weights or clusters.
    pub fn new(x: &'a [&'a [X]], y: &'a [X]) -> Self {
        Self { x, y, weights: None, groups: &[] }
    }
}

// The arithmetic is this crate's own business.
#[allow(private_bounds)]
impl<X: Real> Observations<'_, X> {
    /// Checks shapes and values; `first` rows came before.
    pub(crate) fn check(&self, ncols: usize, first: u64, kind: Option<WeightKind>) -> Result<(), Error> {
        let shape = |what, expected, expected_len, found_len| {
            if expected_len == found_len {
                return Ok(());
            }
            Err(Error::Shape { what, expected, expected_len, found_len })
        };
        let rows = self.y.len();
        shape("x", "the number of columns", ncols, self.x.len())?;
        for (j, column) in self.x.iter().chain([&self.y]).enumerate() {
            shape("a column of x", "the length of y", rows, column.len())?;
            if let Some(at) = column.iter().position(|x| !x.to_f64().is_finite()) {
                let row = first + at as u64 + 1;
                return Err(Error::NotFinite { row, column: j + 1, value: column[at].to_f64() });
            }
        }
        for codes in self.groups {
            shape("groups", "the length of y", rows, codes.len())?;
        }
        let Some(kind) = kind else {
            return shape(
                "weights",
                "no weights: this fit is unweighted",
                0,
                self.weights.map_or(0, <[f64]>::len),
            );
        };
        let weights = self.weights.unwrap_or(&[]);
        shape("weights", "one weight for each row", rows, weights.len())?;
        let whole = kind == WeightKind::Frequency;
        let sound = |w: f64| w.is_finite() && w >= 0.0 && (!whole || (w.fract() == 0.0 && w < MAX_FREQUENCY));
        match weights.iter().position(|w| !sound(*w)) {
            Some(at) => Err(Error::InvalidWeight {
                row: first + at as u64 + 1,
                value: weights[at],
                requirement: if whole {
                    "a whole number between 0 and 2⁵³"
                } else {
                    "a number of at least 0"
                },
            }),
            None => Ok(()),
        }
    }

    /// Takes the rows `√w [1 x y]` into a triangular factor, x and y measured from `shift`.
    pub(crate) fn absorb_into<T: Real + From<X>>(
        &self,
        triangle: &mut Triangle<T>,
        shift: &Centre,
        intercept: bool,
        block_rows: usize,
    ) {
        let rows = self.y.len();
        let mut block: Vec<T> = Vec::with_capacity(triangle.order * block_rows.min(rows));
        for from in (0..rows).step_by(block_rows.max(1)) {
            let to = (from + block_rows).min(rows);
            block.clear();
            if intercept {
                block.resize(to - from, T::from(1.0));
            }
            for (column, shift) in self.x.iter().zip(&shift.x).chain([(&self.y, &shift.y)]) {
                block.extend(column[from..to].iter().map(|x| <T as From<X>>::from(*x).minus(*shift)));
            }
            if let Some(weights) = self.weights {
                let roots: Vec<T> =
                    weights[from..to].iter().map(|w| <T as From<f64>>::from(*w).sqrt()).collect();
                for column in block.chunks_exact_mut(to - from) {
                    column.iter_mut().zip(&roots).for_each(|(x, w)| *x = *x * *w);
                }
            }
            triangle.absorb(&mut block, to - from);
        }
    }
}

/// Counts and sums of weights that a fit reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Totals {
    pub(crate) rows: u64,
    /// Rows of positive weight.
    pub(crate) active: u64,
    pub(crate) sum_weights: ferronum_dd::Dd,
    /// Σ ln w over rows of positive weight.
    pub(crate) ln_weights: ferronum_dd::Dd,
    pub(crate) kind: Option<WeightKind>,
}

impl Totals {
    pub(crate) fn new(kind: Option<WeightKind>) -> Self {
        let zero = ferronum_dd::Dd::ZERO;
        Self { rows: 0, active: 0, sum_weights: zero, ln_weights: zero, kind }
    }

    pub(crate) fn update(&mut self, rows: usize, weights: Option<&[f64]>) {
        self.rows += rows as u64;
        let Some(weights) = weights else {
            self.active += rows as u64;
            self.sum_weights += rows as f64;
            return;
        };
        for w in weights.iter().filter(|w| **w > 0.0) {
            self.active += 1;
            self.sum_weights += *w;
            self.ln_weights += w.ln();
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.active += other.active;
        self.sum_weights += other.sum_weights;
        self.ln_weights += other.ln_weights;
    }

    /// The number of observations n.
    pub(crate) fn nobs(&self) -> f64 {
        match self.kind {
            Some(WeightKind::Frequency) => self.sum_weights.to_f64(),
            _ => self.active as f64,
        }
    }
}
