//! Diagnostics of single observations, of all rows or of a sample of fixed size.
use ferronum_data::formula::Block;
use ferronum_stat::Error;
use ferronum_stat::regression::{Diagnostics, Influence, LinearFit, WeightKind};

/// Most rows of a systematic sample.
const SAMPLE: usize = 1 << 20;

/// Rows of the greatest standardized residuals that are held besides.
const EXTREMES: usize = 500;

/// One observation with its 1-based data row.
pub(crate) type Point = (u64, Influence);

/// The observations of a block; `y` is its response less the offset, which the fitted values have again.
pub(crate) fn of_block(
    fit: &LinearFit,
    block: &Block,
    y: &[f64],
    weights: Option<(&[f64], WeightKind)>,
) -> Result<Vec<Point>, Error> {
    let columns: Vec<&[f64]> = (0..block.ncols).map(|j| block.column(j)).collect();
    let mut found = Vec::new();
    fit.evaluator().influence_into(&columns, y, weights, &mut found)?;
    if let Some(offset) = &block.offset {
        add_offset(found.iter_mut().map(|influence| &mut influence.fitted), offset);
    }
    Ok(found.into_iter().enumerate().map(|(i, influence)| (block.row_number(i), influence)).collect())
}

/// Fitted values of the response from those of the response less its offset.
pub(crate) fn add_offset<'a>(fitted: impl Iterator<Item = &'a mut f64>, offset: &[f64]) {
    fitted.zip(offset).for_each(|(fitted, offset)| *fitted += offset);
}

/// Every `stride`-th observation, the stride doubling when there are too many, and the most extreme ones.
#[derive(Default)]
pub(crate) struct Sample {
    seen: u64,
    stride_bits: u32,
    kept: Vec<Point>,
    /// The greatest |standardized residual| at the end; sorted when full.
    extremes: Vec<Point>,
}

impl Sample {
    pub fn extend(&mut self, points: Vec<Point>) {
        for point in points {
            if self.seen.trailing_zeros() >= self.stride_bits {
                if self.kept.len() == SAMPLE {
                    self.stride_bits += 1;
                    let mut odd = true;
                    self.kept.retain(|_| {
                        odd = !odd;
                        !odd
                    });
                }
                if self.seen.trailing_zeros() >= self.stride_bits {
                    self.kept.push(point);
                }
            }
            self.seen += 1;
            self.consider(point);
        }
    }

    fn consider(&mut self, point: Point) {
        let size = |p: &Point| p.1.standardized.abs();
        if size(&point).is_nan()
            || (self.extremes.len() == EXTREMES && size(&self.extremes[0]) >= size(&point))
        {
            return;
        }
        let at = self.extremes.partition_point(|p| size(p) < size(&point));
        self.extremes.insert(at, point);
        if self.extremes.len() > EXTREMES {
            self.extremes.remove(0);
        }
    }

    /// The sample in the order of the file.
    ///
    /// All of the extremes are known, so each stands for itself; the other entries share the other rows evenly.
    pub fn finish(mut self, rank: usize) -> Diagnostics {
        let mut out = Diagnostics { total_rows: self.seen, rank, ..Diagnostics::default() };
        if self.stride_bits > 0 {
            let mut extreme: Vec<u64> = self.extremes.iter().map(|point| point.0).collect();
            extreme.sort_unstable();
            self.kept.append(&mut self.extremes);
            self.kept.sort_by_key(|point| point.0);
            self.kept.dedup_by_key(|point| point.0);
            let others = (self.kept.len() - extreme.len()).max(1) as f64;
            let share = (self.seen - extreme.len() as u64) as f64 / others;
            let stands_for = |row: &u64| if extreme.binary_search(row).is_ok() { 1.0 } else { share };
            out.stands_for = self.kept.iter().map(|point| stands_for(&point.0)).collect();
        }
        for (row, point) in self.kept {
            out.rows.push(row);
            out.push(point);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_is_bounded_systematic_and_has_the_extremes() {
        let mut sample = Sample::default();
        let rows = 3 * SAMPLE as u64;
        for start in (0..rows).step_by(1 << 16) {
            let point = |i: u64| {
                let standardized = if i == 12_345 { -50.0 } else { (i % 7) as f64 / 7.0 };
                (i + 1, Influence { fitted: 0.0, residual: 0.0, standardized, leverage: 0.1, cooks: 0.0 })
            };
            sample.extend((start..start + (1 << 16)).map(point).collect());
        }
        let made = sample.finish(2);
        assert_eq!(made.total_rows, rows);
        assert!(made.rows.len() <= SAMPLE + EXTREMES && made.rows.len() > SAMPLE / 2);
        assert!(made.rows.is_sorted_by(|a, b| a < b));
        assert!(made.rows.contains(&12_346));
        assert!((1..rows).step_by(4).all(|row| made.rows.binary_search(&row).is_ok()));
        assert!((made.stands_for.iter().sum::<f64>() / rows as f64 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn every_row_of_few_stands_for_itself() {
        let mut sample = Sample::default();
        let influence =
            Influence { fitted: 0.0, residual: 0.0, standardized: 0.5, leverage: 0.1, cooks: 0.0 };
        sample.extend(vec![(1, influence), (2, influence)]);
        let made = sample.finish(1);
        assert_eq!((made.rows, made.stands_for), (vec![1, 2], vec![]));
    }

    /// Ranks of the sample, each entry counted as often as it says, are ranks in all rows: exactly so among the extremes.
    #[test]
    fn a_sample_has_the_tails_of_all_rows() {
        let (n, mut sample) = (4_000_000_u64, Sample::default());
        // Row i has the value of rank i·k mod n; k and n have no common divisor.
        let rank = |i: u64| i * 1_618_033 % n;
        let value = |rank: u64| (rank as f64 + 0.5) / n as f64 - 0.5;
        for start in (0..n).step_by(50_000) {
            let point = |i: u64| {
                let standardized = value(rank(i));
                (i + 1, Influence { fitted: 0.0, residual: 0.0, standardized, leverage: 0.1, cooks: 0.0 })
            };
            sample.extend((start..start + 50_000).map(point).collect());
        }
        let made = sample.finish(2);
        let mut entries: Vec<(f64, f64)> =
            made.standardized.iter().copied().zip(made.stands_for.iter().copied()).collect();
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut before = 0.0;
        for (standardized, count) in entries {
            let expected = (standardized + 0.5) * n as f64;
            let found = before + 0.5 * count;
            let tail = expected.min(n as f64 - expected);
            let bound = if tail < 249.0 { 1e-3 } else { 4.0 * tail.sqrt() };
            assert!((found - expected).abs() <= bound, "{found} for rank {expected}");
            before += count;
        }
    }
}
