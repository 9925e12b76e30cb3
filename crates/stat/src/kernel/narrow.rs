//! Sum of outer products of rows that are few registers wide, straight from the caller's memory.
//!
//! All sums stay in registers from the first row of a block to the last, and nothing is copied but one row at a time. That takes
//! the 32 registers of AVX-512; 256 bits of each are used, which fit rows of about ten columns better than 512 do.
use super::gram::{padded, prefetch};
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use pulp::{Simd, WithSimd};

/// Lanes of a register.
const LANES: usize = 4;

/// Most registers of a row: with three, 24 sums, three values and a few more fit in 32 registers.
const MAX_GROUPS: usize = 3;

/// A row of at most this many columns, and a one after them, fits.
const MAX_COLS: usize = MAX_GROUPS * LANES - 1;

/// Cells of a packed row: a power of two keeps its address cheap.
const WIDTH: usize = 16;

/// Packed rows: one is multiplied three rows after it was written, when it can be read again without a wait.
const SLOTS: usize = 4;

/// How far ahead of a row memory is asked for, in values.
const AHEAD: usize = 256;

/// Every so many rows memory is asked for a value this far ahead, which may be on another page: its address is then known by
/// the time that the rows on that page are asked for.
const FAR: usize = 768;
const FAR_EVERY: usize = 16;

/// Rows in memory, `step` values from one to the next; memory goes on with values that will be wanted soon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(crate) values: &'a [f64],
    pub(crate) step: usize,
    pub(crate) nrows: usize,
    pub(crate) ncols: usize,
    /// Rows of which each product is one chain; the chains are then added up.
    pub(crate) run: usize,
}

/// Writes the upper triangle of `Σ d dᵀ`, with `d` each row less `shift`, to the first `ncols` columns of `out` and `Σ d` to
/// the column after them; `out` is square of `padded(ncols + 1)`. Every entry is the chain of fused multiply–adds that
/// [`outer_products`](super::gram::outer_products) forms, to the bit.
///
/// Returns false, with `out` as it was, where the processor has too few registers or the rows are too wide.
pub(crate) fn narrow_products(block: Block<'_>, shift: &[f64], out: &mut [f64]) -> bool {
    debug_assert!(block.values.len() >= block.nrows * block.step && shift.len() >= block.ncols);
    debug_assert!(out.len() == padded(block.ncols + 1).pow(2) && block.step >= block.ncols);
    if block.ncols > MAX_COLS {
        return false;
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new()
        && std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512vl")
    {
        let mut total = [0.0; TOTAL];
        for first in (0..block.nrows).step_by(block.run) {
            let nrows = (block.nrows - first).min(block.run);
            let block = Block { values: &block.values[first * block.step..], nrows, ..block };
            #[allow(unsafe_code)]
            // SAFETY: both features of the function that `V3` does not vouch for were just found.
            unsafe {
                with_32_registers(simd, Run { block, shift, total: &mut total });
            }
        }
        unpack(&total, block.ncols, out);
        return true;
    }
    false
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx,avx2,fma,bmi1,bmi2,avx512f,avx512vl")]
fn with_32_registers(simd: V3, run: Run<'_>) {
    run.with_simd(simd);
}

/// Registers of sums: `LANES` for each pair of groups.
const TOTAL: usize = MAX_GROUPS * MAX_GROUPS * LANES * LANES;

/// Where the sums of column `m` of group `j` times group `i` begin.
#[inline(always)]
fn place(i: usize, j: usize, m: usize) -> usize {
    ((i * MAX_GROUPS + j) * LANES + m) * LANES
}

/// Columns of group `j` that are multiplied by group `i`: the one needs no row of its own.
#[inline(always)]
fn count(i: usize, j: usize, groups: usize, last: usize) -> usize {
    match (j + 1 == groups, i == j) {
        (true, true) => last - 1,
        (true, false) => last,
        _ => LANES,
    }
}

/// The sums as a square matrix.
fn unpack(total: &[f64; TOTAL], ncols: usize, out: &mut [f64]) {
    let (groups, last, stride) = (ncols / LANES + 1, ncols % LANES + 1, padded(ncols + 1));
    for j in 0..groups {
        for i in 0..=j {
            for m in 0..count(i, j, groups, last) {
                let column = j * LANES + m;
                for (other, sum) in (i * LANES..).zip(&total[place(i, j, m)..][..LANES]) {
                    out[column.min(other) * stride + column.max(other)] = *sum;
                }
            }
        }
    }
}

/// One run of rows, whose sums are added to `total`.
struct Run<'a> {
    block: Block<'a>,
    shift: &'a [f64],
    total: &'a mut [f64; TOTAL],
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.block.ncols {
            0..4 => self.width::<S, 1>(simd),
            4..8 => self.width::<S, 2>(simd),
            _ => self.width::<S, 3>(simd),
        }
    }
}

impl Run<'_> {
    #[inline(always)]
    fn width<S: Simd, const GROUPS: usize>(self, simd: S) {
        match self.block.ncols % LANES {
            0 => self.sum::<S, GROUPS, 1>(simd),
            1 => self.sum::<S, GROUPS, 2>(simd),
            2 => self.sum::<S, GROUPS, 3>(simd),
            _ => self.sum::<S, GROUPS, 4>(simd),
        }
    }

    /// Rows of `GROUPS` registers, of which the last holds `LAST` values: columns, and a one after them.
    #[inline(always)]
    fn sum<S: Simd, const GROUPS: usize, const LAST: usize>(self, simd: S) {
        let Block { values, step, nrows, ncols, .. } = self.block;
        let zero = simd.splat_f64s(0.0);
        let mut shift = [zero; GROUPS];
        for g in 0..GROUPS {
            let from = g * LANES;
            shift[g] = simd.partial_load_f64s(&self.shift[from..ncols.min(from + LANES)]);
        }
        let lane = S::as_simd_f64s(&[0.0, 1.0, 2.0, 3.0]).0[0];
        let inside = simd.less_than_f64s(lane, simd.splat_f64s((LAST - 1) as f64));
        let mut sums = Sums::<S, GROUPS, LAST>([[[zero; LANES]; GROUPS]; GROUPS]);
        // The last rows of all may be too near the end of memory to be read by whole registers.
        let whole = nrows.min((values.len() + step).saturating_sub(GROUPS * LANES) / step);
        let mut ahead = values.get(AHEAD..).unwrap_or(&[]).chunks(step);
        let mut from = values;
        // A row is multiplied a few rows after it was packed. Before the first there are rows of zeros, which add nothing.
        let mut cells = Cells([[0.0; WIDTH]; SLOTS]);
        for r in 0..whole {
            let Some(row) = from.get(..GROUPS * LANES) else { break };
            if let Some([value, ..]) = ahead.next() {
                prefetch(value);
            }
            if r % FAR_EVERY == 0
                && let Some(value) = from.get(FAR)
            {
                prefetch(value);
            }
            sums.add(simd, &cells.0[(r + 1) % SLOTS]);
            pack(simd, row, &shift, inside, &mut cells.0[r % SLOTS]);
            from = from.get(step..).unwrap_or(&[]);
        }
        // A copy, so that the sums above never need an address: they would be stored row by row.
        let mut all = sums;
        for (r, row) in values.chunks(step).enumerate().take(nrows).skip(whole) {
            let mut copy = [0.0; WIDTH];
            copy[..ncols].copy_from_slice(&row[..ncols]);
            all.add(simd, &cells.0[(r + 1) % SLOTS]);
            pack(simd, &copy[..GROUPS * LANES], &shift, inside, &mut cells.0[r % SLOTS]);
        }
        for r in nrows..nrows + SLOTS - 1 {
            all.add(simd, &cells.0[(r + 1) % SLOTS]);
        }
        all.add_to(simd, self.total);
    }
}

/// Rows less their shift, a one after each.
#[repr(align(64))]
struct Cells([[f64; WIDTH]; SLOTS]);

/// Writes `row − shift` and a one after it.
#[inline(always)]
fn pack<S: Simd, const GROUPS: usize>(
    simd: S,
    row: &[f64],
    shift: &[S::f64s; GROUPS],
    inside: S::m64s,
    cells: &mut [f64; WIDTH],
) {
    let row = &S::as_simd_f64s(row).0[..GROUPS];
    let cells = &mut S::as_mut_simd_f64s(cells).0[..GROUPS];
    for g in 0..GROUPS {
        let centred = simd.sub_f64s(row[g], shift[g]);
        cells[g] =
            if g + 1 < GROUPS { centred } else { simd.select_f64s(inside, centred, simd.splat_f64s(1.0)) };
    }
}

/// `sums[i][j][m]`, i < j, is column m of group j times group i; `sums[j][j][m]` is column m of group j times that group. A
/// sum that would hold nothing of the triangle is not formed.
#[derive(Clone, Copy)]
struct Sums<S: Simd, const GROUPS: usize, const LAST: usize>([[[S::f64s; LANES]; GROUPS]; GROUPS]);

impl<S: Simd, const GROUPS: usize, const LAST: usize> Sums<S, GROUPS, LAST> {
    /// Adds the products of one packed row.
    #[inline(always)]
    fn add(&mut self, simd: S, cells: &[f64; WIDTH]) {
        let groups = &S::as_simd_f64s(cells).0[..GROUPS];
        // Bounds that do not depend on each other, so that everything is unrolled.
        for j in 0..GROUPS {
            for i in 0..GROUPS {
                for m in 0..LANES {
                    if i <= j && m < count(i, j, GROUPS, LAST) {
                        let broadcast = simd.splat_f64s(cells[j * LANES + m]);
                        self.0[i][j][m] = simd.mul_add_f64s(broadcast, groups[i], self.0[i][j][m]);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn add_to(&self, simd: S, total: &mut [f64; TOTAL]) {
        let total = S::as_mut_simd_f64s(total).0;
        for j in 0..GROUPS {
            for i in 0..GROUPS {
                for m in 0..LANES {
                    if i <= j && m < count(i, j, GROUPS, LAST) {
                        let register = &mut total[place(i, j, m) / LANES];
                        *register = simd.add_f64s(*register, self.0[i][j][m]);
                    }
                }
            }
        }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    /// One chain of fused multiply–adds per entry and run, written without registers.
    fn plain(block: Block<'_>, shift: &[f64]) -> Vec<f64> {
        let (ncols, stride) = (block.ncols, padded(block.ncols + 1));
        let rows: Vec<Vec<f64>> = (0..block.nrows)
            .map(|r| (0..ncols).map(|j| block.values[r * block.step + j] - shift[j]).chain([1.0]).collect())
            .collect();
        let mut out = vec![0.0; stride * stride];
        for run in rows.chunks(block.run) {
            for i in 0..ncols {
                for j in i..=ncols {
                    out[i * stride + j] += run.iter().fold(0.0, |sum, d| d[i].mul_add(d[j], sum));
                }
            }
        }
        out
    }

    #[track_caller]
    fn check(block: Block<'_>, found: &[f64], expected: &[f64]) {
        let stride = padded(block.ncols + 1);
        for i in 0..block.ncols {
            for j in i..=block.ncols {
                let (found, expected) = (found[i * stride + j], expected[i * stride + j]);
                assert_eq!(found.to_bits(), expected.to_bits(), "entry {i},{j} of {block:?}");
            }
        }
    }

    #[test]
    fn every_width_and_every_end_of_memory_gives_the_bits_of_the_plain_loop() {
        let values: Vec<f64> = (0..600).map(|at| ((at * 37 + 11) % 101) as f64 / 7.0 - 6.3).collect();
        let shift: Vec<f64> = (0..MAX_COLS).map(|j| j as f64 / 3.0 - 1.0).collect();
        for ncols in 1..=MAX_COLS {
            for (nrows, spare, gap) in [(1, 0, 0), (2, 0, 0), (3, 1, 0), (19, 0, 0), (23, 40, 0), (16, 0, 3)]
            {
                let step = ncols + gap;
                let block = Block { values: &values[..nrows * step + spare], step, nrows, ncols, run: 8 };
                let expected = plain(block, &shift);
                let mut out = vec![f64::NAN; expected.len()];
                if narrow_products(block, &shift, &mut out) {
                    check(block, &out, &expected);
                }
                let Some(simd) = V3::try_new() else { continue };
                let mut total = [0.0; TOTAL];
                for first in (0..nrows).step_by(block.run) {
                    let nrows = (nrows - first).min(block.run);
                    let block = Block { values: &block.values[first * step..], nrows, ..block };
                    Simd::vectorize(simd, Run { block, shift: &shift, total: &mut total });
                }
                unpack(&total, ncols, &mut out);
                check(block, &out, &expected);
            }
        }
    }

    #[test]
    fn wide_rows_are_left_alone() {
        let values = [1.0; 24];
        let block = Block { values: &values, step: 12, nrows: 2, ncols: 12, run: 8 };
        let mut out = vec![7.0; 256];
        assert!(!narrow_products(block, &values, &mut out));
        assert_eq!(out, vec![7.0; 256]);
    }
}
