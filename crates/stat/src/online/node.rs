//! Weight, means and centred cross-products of a run of rows.
use super::tree::Combine;
use ferronum_dd::{fast_two_sum, two_sum};

/// Sums of one run of rows about their own mean.
///
/// The mean is an unevaluated sum of two `f64`, so that a column far from zero keeps the digits that its data carry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Rows with a weight other than zero.
    pub(crate) count: u64,
    /// Sum of the weights.
    pub(crate) weight: f64,
    pub(crate) mean: Vec<f64>,
    pub(crate) mean_low: Vec<f64>,
    /// Upper triangle, row by row, of `Σ w (x − x̄)(x − x̄)ᵀ`.
    pub(crate) scatter: Vec<f64>,
}

impl Node {
    pub(crate) fn empty(ncols: usize) -> Self {
        Self {
            count: 0,
            weight: 0.0,
            mean: vec![0.0; ncols],
            mean_low: vec![0.0; ncols],
            scatter: vec![0.0; ncols * (ncols + 1) / 2],
        }
    }

    /// `later` mean minus own mean of column `j`, to full relative precision.
    #[inline]
    fn shift(&self, later: &Self, j: usize) -> f64 {
        let (high, low) = two_sum(later.mean[j], -self.mean[j]);
        high + (low + (later.mean_low[j] - self.mean_low[j]))
    }
}

impl Combine for Node {
    /// Chan, Golub & LeVeque, *Algorithms for computing the sample variance*, Am. Stat. 37 (1983), eq. 2.1, for cross-products.
    fn combine(&mut self, later: &mut Self) {
        if later.weight == 0.0 {
            self.count += later.count;
            return;
        }
        if self.weight == 0.0 {
            let count = self.count;
            self.clone_from(later);
            self.count += count;
            return;
        }
        let ncols = self.mean.len();
        let weight = self.weight + later.weight;
        let share = later.weight / weight;
        let between = self.weight * share;
        for j in 0..ncols {
            let shift = self.shift(later, j);
            let (high, low) = two_sum(self.mean[j], shift * share);
            (self.mean[j], self.mean_low[j]) = fast_two_sum(high, low + self.mean_low[j]);
            later.mean[j] = shift;
        }
        let (mut own, mut other) = (&mut self.scatter[..], &later.scatter[..]);
        for i in 0..ncols {
            let shifts = &later.mean[i..];
            let factor = between * shifts[0];
            let (row, rest) = own.split_at_mut(shifts.len());
            let (later_row, later_rest) = other.split_at(shifts.len());
            for ((sum, later), shift) in row.iter_mut().zip(later_row).zip(shifts) {
                *sum += later + factor * shift;
            }
            (own, other) = (rest, later_rest);
        }
        self.count += later.count;
        self.weight = weight;
    }
}
