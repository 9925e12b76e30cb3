//! Copying a block of rows into cache, less a shift.
use crate::kernel::gram::padded;
use crate::rows::{Layout, Rows};
use pulp::{Arch, Simd, WithSimd};

/// Writes `row − shift` for each row into `out`, row-major with `padded(ncols + 1)` columns; the column after the last
/// becomes 1 and the rest of the padding is left alone.
pub(crate) fn pack_shifted(rows: &Rows<'_>, shift: &[f64], out: &mut [f64]) {
    let stride = padded(rows.ncols() + 1);
    debug_assert!(out.len() >= rows.nrows() * stride && shift.len() >= rows.ncols());
    match rows.layout() {
        Layout::RowMajor { values, stride: step } => {
            Arch::new().dispatch(PackRows { values, step: *step, ncols: rows.ncols(), stride, shift, out });
        }
        Layout::Columns(columns) => {
            for (j, column) in columns.iter().enumerate() {
                for (cell, x) in out[j..].iter_mut().step_by(stride).zip(*column) {
                    *cell = x - shift[j];
                }
            }
        }
    }
    for one in out[rows.ncols()..].iter_mut().step_by(stride).take(rows.nrows()) {
        *one = 1.0;
    }
}

struct PackRows<'a> {
    values: &'a [f64],
    step: usize,
    ncols: usize,
    stride: usize,
    shift: &'a [f64],
    out: &'a mut [f64],
}

impl WithSimd for PackRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let shift = &self.shift[..self.ncols];
        for (row, cells) in self.values.chunks(self.step).zip(self.out.chunks_exact_mut(self.stride)) {
            for ((cell, x), s) in cells[..self.ncols].iter_mut().zip(&row[..self.ncols]).zip(shift) {
                *cell = x - s;
            }
        }
    }
}

/// Multiplies each packed row by its weight: `out = w · row`.
pub(crate) fn scale_rows(packed: &[f64], weights: &[f64], stride: usize, out: &mut [f64]) {
    for ((from, to), w) in packed.chunks_exact(stride).zip(out.chunks_exact_mut(stride)).zip(weights) {
        for (cell, x) in to.iter_mut().zip(from) {
            *cell = w * x;
        }
    }
}
