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
    fn with_simd<S: Simd>(self, simd: S) {
        match self.ncols.div_ceil(S::F64_LANES) {
            1 => self.run::<S, 1>(simd),
            2 => self.run::<S, 2>(simd),
            3 => self.run::<S, 3>(simd),
            4 => self.run::<S, 4>(simd),
            _ => {
                let mut this = self;
                this.plain(0);
            }
        }
    }
}

impl PackRows<'_> {
    /// Whole registers, which may reach into the row that follows: the cells beyond `ncols` hold nothing of meaning.
    #[inline(always)]
    fn run<S: Simd, const N: usize>(mut self, simd: S) {
        let wide = N * S::F64_LANES;
        let mut shift = [simd.splat_f64s(0.0); N];
        for (n, register) in shift.iter_mut().enumerate() {
            let from = n * S::F64_LANES;
            *register = simd
                .partial_load_f64s(&self.shift[from.min(self.ncols)..self.ncols.min(from + S::F64_LANES)]);
        }
        let mut done = 0;
        for (at, cells) in (0..).step_by(self.step).zip(self.out.chunks_exact_mut(self.stride)) {
            let Some(row) = self.values.get(at..at + wide) else { break };
            let row = &S::as_simd_f64s(row).0[..N];
            let cells = &mut S::as_mut_simd_f64s(cells).0[..N];
            for n in 0..N {
                cells[n] = simd.sub_f64s(row[n], shift[n]);
            }
            done += 1;
        }
        self.plain(done);
    }

    /// The rows from `first` on, one value at a time.
    #[inline(always)]
    fn plain(&mut self, first: usize) {
        let (values, out) = (self.values.chunks(self.step), self.out.chunks_exact_mut(self.stride));
        for (row, cells) in values.zip(out).skip(first) {
            for ((cell, x), s) in cells[..self.ncols].iter_mut().zip(&row[..self.ncols]).zip(self.shift) {
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
