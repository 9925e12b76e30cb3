//! Diagnostics of single observations, of all rows or of a sample of fixed size.
use ferronum_data::formula::Block;
use ferronum_stat::Error;
use ferronum_stat::regression::{Diagnostics, Influence, LinearFit, WeightKind, diagnostics};

/// Most rows of a systematic sample.
const SAMPLE: usize = 1 << 20;

/// Rows of the greatest standardized residuals that are held besides.
const EXTREMES: usize = 500;

/// One observation with its 1-based data row.
pub(crate) type Point = (u64, Influence);

/// Diagnostics of data in memory.
pub(crate) fn of_held(
    fit: &LinearFit,
    rows: &[u64],
    x: &[Vec<f64>],
    y: &[f64],
    weights: Option<(&[f64], WeightKind)>,
) -> Result<Diagnostics, Error> {
    let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
    let mut made = diagnostics(fit, &columns, y, weights)?;
    made.rows = rows.to_vec();
    Ok(made)
}

/// The observations of a block; `y` is its response less the offset.
pub(crate) fn of_block(
    fit: &LinearFit,
    block: &Block,
    y: &[f64],
    weights: Option<(&[f64], WeightKind)>,
) -> Result<Vec<Point>, Error> {
    let mut row = vec![0.0; block.ncols];
    (0..block.rows)
        .map(|i| {
            row.iter_mut().enumerate().for_each(|(j, value)| *value = block.x[j * block.rows + i]);
            let weight = weights.map(|(w, kind)| (w[i], kind));
            Ok((block.row_number(i), fit.influence(&row, y[i], weight)?))
        })
        .collect()
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
    pub fn finish(mut self, rank: usize) -> Diagnostics {
        if self.stride_bits > 0 {
            self.kept.append(&mut self.extremes);
            self.kept.sort_by_key(|point| point.0);
            self.kept.dedup_by_key(|point| point.0);
        }
        let mut out = Diagnostics { total_rows: self.seen, rank, ..Diagnostics::default() };
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
    }
}
