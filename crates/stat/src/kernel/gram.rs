//! Sum of outer products of short rows held in cache.
//!
//! Every entry is one chain of fused multiply–adds over the rows, in row order, whatever the SIMD width or tile shape:
//! all widths give the same bits.
use pulp::{Arch, Simd, WithSimd};

/// Rows of a packed block are padded with zeros to a multiple of this many columns: one AVX-512 register.
pub(crate) const PAD: usize = 8;

/// `ncols` rounded up to the padding.
pub(crate) fn padded(ncols: usize) -> usize {
    ncols.next_multiple_of(PAD)
}

/// Adds the upper triangle of `Σᵣ lᵣ rᵣᵀ` over the rows `lᵣ` of `left` and `rᵣ` of `right` to `out`, and beside it
/// the column of products with the variable that follows the `ncols` ones.
///
/// Both blocks are row-major with `padded(ncols + 1)` columns, and `out` is square of that size. With ones in column
/// `ncols` of `right`, column `ncols` of `out` is the sum of `left`, at no cost where a register has room. Entries below the
/// diagonal are left as they were, apart from those that share a register with the diagonal.
///
/// Meanwhile memory is asked for the values of `ahead`, which will be wanted soon.
pub(crate) fn outer_products(left: &[f64], right: &[f64], ncols: usize, ahead: &[f64], out: &mut [f64]) {
    let stride = padded(ncols + 1);
    debug_assert!(
        left.len() == right.len() && left.len().is_multiple_of(stride) && out.len() == stride * stride
    );
    Arch::new().dispatch(OuterProducts { left, right, ncols, ahead, next: 0, step: 0, stride, out });
}

/// Asks memory for the cache line of a value.
#[inline(always)]
pub(super) fn prefetch(value: &f64) {
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code)]
    // SAFETY: a prefetch reads nothing and cannot fault; SSE, which has it, is part of x86-64. The address is a live reference.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

struct OuterProducts<'a> {
    left: &'a [f64],
    right: &'a [f64],
    ncols: usize,
    ahead: &'a [f64],
    /// The value of `ahead` to be asked for next, and how far on the one after it is.
    next: usize,
    step: usize,
    stride: usize,
    out: &'a mut [f64],
}

impl WithSimd for OuterProducts<'_> {
    type Output = ();

    /// Walks the upper triangle by tiles of M broadcast columns times N registers. A tile keeps M·N accumulators in
    /// registers: at least 8 hide the latency of the multiply–add, at most 12 fit beside the operands in 16 registers.
    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let registers = (self.ncols + 1).div_ceil(S::F64_LANES);
        // Each row of each tile asks for its share of the values ahead, so that memory is busy all the while.
        let rows = self.left.len() / self.stride * count_tiles(self.ncols, S::F64_LANES);
        self.step = self.ahead.len().div_ceil(rows.max(1));
        let mut i = 0;
        while i < self.ncols {
            let first = i / S::F64_LANES;
            let height = tile_height(registers - first, self.ncols - i);
            let mut j = first;
            while j < registers {
                let width = (registers - j).min(TILE_WIDTH);
                self.tile(simd, i, height, j, width);
                j += width;
            }
            i += height;
        }
    }
}

/// Most registers of a row of a tile.
const TILE_WIDTH: usize = 3;

/// Broadcast columns of a tile, where that many registers and columns are left.
#[inline(always)]
fn tile_height(registers: usize, left: usize) -> usize {
    match registers {
        1 => left.min(12),
        2 => left.min(6),
        _ => left.min(4),
    }
}

fn count_tiles(ncols: usize, lanes: usize) -> usize {
    let registers = (ncols + 1).div_ceil(lanes);
    let (mut i, mut count) = (0, 0);
    while i < ncols {
        let across = registers - i / lanes;
        count += across.div_ceil(TILE_WIDTH);
        i += tile_height(across, ncols - i);
    }
    count
}

impl OuterProducts<'_> {
    #[inline(always)]
    fn tile<S: Simd>(&mut self, simd: S, i: usize, height: usize, j: usize, width: usize) {
        match (width, height) {
            (3, 1) => self.run::<S, 1, 3>(simd, i, j),
            (3, 2) => self.run::<S, 2, 3>(simd, i, j),
            (3, 3) => self.run::<S, 3, 3>(simd, i, j),
            (3, _) => self.run::<S, 4, 3>(simd, i, j),
            (2, 1) => self.run::<S, 1, 2>(simd, i, j),
            (2, 2) => self.run::<S, 2, 2>(simd, i, j),
            (2, 3) => self.run::<S, 3, 2>(simd, i, j),
            (2, 4) => self.run::<S, 4, 2>(simd, i, j),
            (2, 5) => self.run::<S, 5, 2>(simd, i, j),
            (2, _) => self.run::<S, 6, 2>(simd, i, j),
            (_, 1) => self.run::<S, 1, 1>(simd, i, j),
            (_, 2) => self.run::<S, 2, 1>(simd, i, j),
            (_, 3) => self.run::<S, 3, 1>(simd, i, j),
            (_, 4) => self.run::<S, 4, 1>(simd, i, j),
            (_, 5) => self.run::<S, 5, 1>(simd, i, j),
            (_, 6) => self.run::<S, 6, 1>(simd, i, j),
            (_, 7) => self.run::<S, 7, 1>(simd, i, j),
            (_, 8) => self.run::<S, 8, 1>(simd, i, j),
            (_, 9) => self.run::<S, 9, 1>(simd, i, j),
            (_, 10) => self.run::<S, 10, 1>(simd, i, j),
            (_, 11) => self.run::<S, 11, 1>(simd, i, j),
            _ => self.run::<S, 12, 1>(simd, i, j),
        }
    }

    /// Accumulates columns `i..i + M` of `left` against registers `j..j + N` of `right` over all rows.
    #[inline(always)]
    fn run<S: Simd, const M: usize, const N: usize>(&mut self, simd: S, i: usize, j: usize) {
        let mut acc = [[simd.splat_f64s(0.0); N]; M];
        for m in 0..M {
            let row = &self.out[(i + m) * self.stride..][..self.stride];
            acc[m].copy_from_slice(&S::as_simd_f64s(row).0[j..j + N]);
        }
        for (l, r) in self.left.chunks_exact(self.stride).zip(self.right.chunks_exact(self.stride)) {
            if let Some(value) = self.ahead.get(self.next) {
                prefetch(value);
            }
            self.next += self.step;
            let l = &l[i..i + M];
            let r = &S::as_simd_f64s(r).0[j..j + N];
            for m in 0..M {
                let broadcast = simd.splat_f64s(l[m]);
                for n in 0..N {
                    acc[m][n] = simd.mul_add_f64s(broadcast, r[n], acc[m][n]);
                }
            }
        }
        for m in 0..M {
            let row = &mut self.out[(i + m) * self.stride..][..self.stride];
            S::as_mut_simd_f64s(row).0[j..j + N].copy_from_slice(&acc[m]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One chain of fused multiply–adds per entry, written without tiles or registers.
    fn plain(left: &[f64], right: &[f64], ncols: usize) -> Vec<f64> {
        let stride = padded(ncols + 1);
        let mut out = vec![0.0; stride * stride];
        for (l, r) in left.chunks(stride).zip(right.chunks(stride)) {
            for i in 0..ncols {
                for j in 0..=ncols {
                    out[i * stride + j] = l[i].mul_add(r[j], out[i * stride + j]);
                }
            }
        }
        out
    }

    #[test]
    fn every_width_gives_the_same_bits_as_the_plain_loop() {
        for ncols in (1..=40).chain([63, 64, 65]) {
            let stride = padded(ncols + 1);
            let value = |at: usize| {
                if at % stride <= ncols { ((at * 37 + 11) % 101) as f64 / 7.0 - 6.3 } else { 0.0 }
            };
            let left: Vec<f64> = (0..19 * stride).map(value).collect();
            let right: Vec<f64> = (0..19 * stride).map(|at| value(at) * 1.25).collect();
            let expected = plain(&left, &right, ncols);
            let mut dispatched = vec![0.0; stride * stride];
            outer_products(&left, &right, ncols, &left, &mut dispatched);
            let mut scalar = vec![0.0; stride * stride];
            pulp::Scalar::new().vectorize(OuterProducts {
                left: &left,
                right: &right,
                ncols,
                ahead: &[],
                next: 0,
                step: 0,
                stride,
                out: &mut scalar,
            });
            for i in 0..ncols {
                for j in i..=ncols {
                    let at = i * stride + j;
                    assert_eq!(
                        dispatched[at].to_bits(),
                        expected[at].to_bits(),
                        "{ncols} columns, entry {i},{j}"
                    );
                    assert_eq!(
                        scalar[at].to_bits(),
                        expected[at].to_bits(),
                        "{ncols} columns, entry {i},{j}"
                    );
                }
            }
        }
    }
}
