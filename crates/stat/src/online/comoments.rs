//! Means and cross-products of several columns.
use super::bytes::{ByteReader, ByteWriter, fault};
use super::node::Node;
use super::tree::Tree;
use super::{CHUNK_ROWS, OnlineState};
use crate::kernel::gram::{outer_products, padded};
use crate::kernel::narrow::{Block, narrow_products};
use crate::kernel::pack::{pack_shifted, scale_rows};
use crate::rows::Layout;
use crate::{Error, Rows};
use rayon::prelude::*;

/// Rows that are summed about one shift before pairwise merging starts.
const BLOCK_ROWS: usize = 1024;

/// Rows whose products are one chain of additions; the chains of a block are then added up. A column of two values rounds every
/// addition the same way, so that the error grows with the length of a chain.
const RUN_ROWS: usize = 128;

/// Rows that are copied into cache and multiplied before the next ones are: few enough that the processor goes on fetching
/// the rows to come while it multiplies.
const STRIP_ROWS: usize = 64;

/// Count, means and centred cross-products of k columns.
///
/// ```text
/// x̄ⱼ = Σ w xⱼ / Σ w        Sᵢⱼ = Σ w (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)
/// ```
///
/// with w = 1 without weights. Each block of 1024 rows is centred before its products are formed and blocks are merged
/// pairwise, with means held to twice the precision of `f64`, so that adding 1e8 to a column costs no digit.
///
/// # Accuracy
/// Relative error of Sⱼⱼ below 1e-14 for any number of rows and any offset of the column.
///
/// # Source
/// Chan, Golub & LeVeque, *Am. Stat.* 37 (1983), 242–247.
///
/// # Examples
/// ```
/// use ferronum_stat::{Rows, online::{CoMoments, OnlineState}};
/// let mut state = CoMoments::new(2)?;
/// state.update(&Rows::columns(&[&[1.0, 2.0, 3.0], &[1e8 + 2.0, 1e8 + 4.0, 1e8 + 6.0]])?)?;
/// let summary = state.finish()?;
/// assert_eq!(summary.scatter(0, 1), 4.0);
/// assert_eq!(summary.correlation(0, 1), 1.0);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CoMoments {
    ncols: usize,
    rows: u64,
    tree: Tree<Node>,
}

/// What a [`CoMoments`] has seen.
#[derive(Debug, Clone, PartialEq)]
pub struct CoMomentsSummary {
    node: Node,
}

impl CoMoments {
    const TAG: [u8; 4] = *b"COMO";
    const VERSION: u16 = 1;
    /// More columns than this would take more memory than any machine has.
    const MAX_COLS: usize = 1 << 20;

    /// An empty state for `ncols` columns.
    ///
    /// # Errors
    /// [`Error::Shape`] if `ncols` is 0 or over 2²⁰.
    pub fn new(ncols: usize) -> Result<Self, Error> {
        if ncols == 0 || ncols > Self::MAX_COLS {
            let expected = "between 1 and 1048576 columns";
            return Err(Error::Shape {
                what: "co-moments",
                expected,
                expected_len: Self::MAX_COLS,
                found_len: ncols,
            });
        }
        Ok(Self { ncols, rows: 0, tree: Tree::default() })
    }

    /// Number of columns.
    pub fn ncols(&self) -> usize {
        self.ncols
    }

    /// Takes in rows with a non-negative weight each.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::NotFinite`], [`Error::InvalidWeight`] or [`Error::Overflow`]; rows are counted over all
    /// batches. The state is then unchanged.
    pub fn update_weighted(&mut self, rows: &Rows<'_>, weights: &[f64]) -> Result<(), Error> {
        let mut work = Workspace::new(self.ncols, true);
        self.absorb(rows, Some(weights), |chunks| chunks.map(|chunk| work.chunk(chunk)).collect())
    }

    /// As [`OnlineState::update`], or with weights as [`Self::update_weighted`], with the chunks spread over the threads of
    /// the current rayon pool. The bits of the result are the same.
    ///
    /// # Errors
    /// As [`Self::update_weighted`].
    pub fn par_update(&mut self, rows: &Rows<'_>, weights: Option<&[f64]>) -> Result<(), Error> {
        let ncols = self.ncols;
        self.absorb(rows, weights, |chunks| {
            let chunks: Vec<Chunk<'_>> = chunks.collect();
            chunks
                .into_par_iter()
                .map_init(|| Workspace::new(ncols, weights.is_some()), |work, chunk| work.chunk(chunk))
                .collect()
        })
    }

    fn absorb<'a>(
        &mut self,
        rows: &'a Rows<'a>,
        weights: Option<&'a [f64]>,
        run: impl FnOnce(&mut dyn Iterator<Item = Chunk<'a>>) -> Result<Vec<Node>, Error>,
    ) -> Result<(), Error> {
        if rows.ncols() != self.ncols {
            return Err(Error::Shape {
                what: "a batch",
                expected: "as many columns as the state",
                expected_len: self.ncols,
                found_len: rows.ncols(),
            });
        }
        if let Some(weights) = weights {
            check_weights(weights, rows.nrows(), self.rows)?;
        }
        let mut chunks = (0..rows.nrows()).step_by(CHUNK_ROWS).map(|from| {
            let to = (from + CHUNK_ROWS).min(rows.nrows());
            Chunk {
                rows: rows.slice(from, to),
                weights: weights.map(|w| &w[from..to]),
                first: self.rows + from as u64,
            }
        });
        for node in run(&mut chunks)? {
            self.tree.push(0, node, drop);
        }
        self.rows += rows.nrows() as u64;
        Ok(())
    }
}

/// Checks length, sign and finiteness of weights; `first` rows came before.
pub(crate) fn check_weights(weights: &[f64], nrows: usize, first: u64) -> Result<(), Error> {
    if weights.len() != nrows {
        let expected = "one weight for each row";
        return Err(Error::Shape {
            what: "weights",
            expected,
            expected_len: nrows,
            found_len: weights.len(),
        });
    }
    match weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        Some(at) => Err(Error::InvalidWeight {
            row: first + at as u64 + 1,
            value: weights[at],
            requirement: "a number of at least 0",
        }),
        None => Ok(()),
    }
}

/// At most [`CHUNK_ROWS`] rows of a batch, `first` rows after the start of the data.
struct Chunk<'a> {
    rows: Rows<'a>,
    weights: Option<&'a [f64]>,
    first: u64,
}

/// All are looked at, which takes less time than to stop at the first.
fn all_finite(values: &[f64]) -> bool {
    values.iter().fold(true, |finite, x| finite & x.is_finite())
}

/// The buffers of one thread, reused from block to block.
struct Workspace {
    ncols: usize,
    shift: Vec<f64>,
    /// Sums of the block's columns about the shift, and these over its weight.
    sums: Vec<f64>,
    offsets: Vec<f64>,
    packed: Vec<f64>,
    weighted: Vec<f64>,
    products: Vec<f64>,
    run_products: Vec<f64>,
    free: Vec<Node>,
}

impl Workspace {
    fn new(ncols: usize, weighted: bool) -> Self {
        let stride = padded(ncols + 1);
        let strip = STRIP_ROWS * stride;
        Self {
            ncols,
            shift: vec![0.0; ncols],
            sums: vec![0.0; ncols],
            offsets: vec![0.0; ncols],
            packed: vec![0.0; strip],
            weighted: vec![0.0; if weighted { strip } else { 0 }],
            products: vec![0.0; stride * stride],
            run_products: vec![0.0; stride * stride],
            free: Vec::new(),
        }
    }

    fn chunk(&mut self, chunk: Chunk<'_>) -> Result<Node, Error> {
        let mut tree = Tree::default();
        self.guess_shift(&chunk.rows);
        for from in (0..chunk.rows.nrows()).step_by(BLOCK_ROWS) {
            let to = (from + BLOCK_ROWS).min(chunk.rows.nrows());
            let rows = chunk.rows.slice(from, to);
            let mut node = self.free.pop().unwrap_or_else(|| Node::empty(self.ncols));
            let weights = chunk.weights.map(|w| &w[from..to]);
            self.block(&rows, weights, chunk.first + from as u64, &mut node)?;
            tree.push(0, node, |node| self.free.push(node));
        }
        let total = tree.total().unwrap_or_else(|| Node::empty(self.ncols));
        self.free.extend(tree.subtrees.into_iter().map(|(_, node)| node));
        Ok(total)
    }

    /// The mean of the first eight rows: near enough to the mean of a block for most data.
    fn guess_shift(&mut self, rows: &Rows<'_>) {
        let few = rows.nrows().min(8);
        for j in 0..self.ncols {
            let start = rows.at(0, j);
            let offset: f64 = (1..few).map(|r| rows.at(r, j) - start).sum();
            self.shift[j] = start + offset / few as f64;
        }
    }

    /// Sums of one block about its own mean. The shift is the mean of the block before; where that turns out to be far
    /// off, so that correcting for it would cancel digits, the block is done again with its own mean.
    fn block(
        &mut self,
        rows: &Rows<'_>,
        weights: Option<&[f64]>,
        first: u64,
        node: &mut Node,
    ) -> Result<(), Error> {
        let stride = padded(self.ncols + 1);
        let weight = weights.map_or(rows.nrows() as f64, |w| w.iter().sum());
        node.count = weights.map_or(rows.nrows(), |w| w.iter().filter(|w| **w > 0.0).count()) as u64;
        node.weight = weight;
        for attempt in 0..3 {
            self.sum(rows, weights);
            let mut far = false;
            for j in 0..self.ncols {
                let (sum, square) = (self.products[j * stride + self.ncols], self.products[j * stride + j]);
                far |= sum * sum > 0.25 * weight * square;
                let offset = if weight > 0.0 { sum / weight } else { 0.0 };
                (node.mean[j], node.mean_low[j]) = ferronum_dd::two_sum(self.shift[j], offset);
                (self.sums[j], self.offsets[j]) = (sum, offset);
            }
            self.shift.copy_from_slice(&node.mean);
            if !far || attempt == 2 {
                break;
            }
        }
        self.centre(node);
        if !(all_finite(&node.scatter) && all_finite(&node.mean)) {
            return Err(self.explain(rows, first));
        }
        Ok(())
    }

    /// The products of a block about the shift, run by run.
    fn sum(&mut self, rows: &Rows<'_>, weights: Option<&[f64]>) {
        if let (Layout::RowMajor { values, stride }, None) = (rows.layout(), weights) {
            let (nrows, ncols) = (rows.nrows(), self.ncols);
            let block = Block { values, step: *stride, nrows, ncols, run: RUN_ROWS };
            if narrow_products(block, &self.shift, &mut self.products) {
                return;
            }
        }
        self.products.fill(0.0);
        for from in (0..rows.nrows()).step_by(RUN_ROWS) {
            let end = (from + RUN_ROWS).min(rows.nrows());
            self.run_products.fill(0.0);
            for from in (from..end).step_by(STRIP_ROWS) {
                let to = (from + STRIP_ROWS).min(end);
                let ahead = rows.memory(to + STRIP_ROWS, to + 2 * STRIP_ROWS);
                self.strip(&rows.slice(from, to), weights.map(|w| &w[from..to]), ahead);
            }
            for (total, sum) in self.products.iter_mut().zip(&self.run_products) {
                *total += sum;
            }
        }
    }

    /// Adds the products of a few rows about the shift.
    fn strip(&mut self, rows: &Rows<'_>, weights: Option<&[f64]>, ahead: &[f64]) {
        let stride = padded(self.ncols + 1);
        let cells = rows.nrows() * stride;
        pack_shifted(rows, &self.shift, &mut self.packed[..cells]);
        let right = &self.packed[..cells];
        let left = match weights {
            Some(weights) => {
                scale_rows(right, weights, stride, &mut self.weighted);
                &self.weighted[..cells]
            }
            None => right,
        };
        outer_products(left, right, self.ncols, ahead, &mut self.run_products);
    }

    /// `Σ w d dᵀ − (Σ w d)(Σ w d)ᵀ / Σ w`, which is exact but for rounding about any shift.
    fn centre(&self, node: &mut Node) {
        let stride = padded(self.ncols + 1);
        let mut scatter = &mut node.scatter[..];
        for (i, (row, offset)) in self.products.chunks_exact(stride).zip(&self.offsets).enumerate() {
            let (entries, rest) = scatter.split_at_mut(self.ncols - i);
            for ((entry, product), sum) in entries.iter_mut().zip(&row[i..]).zip(&self.sums[i..]) {
                *entry = product - offset * sum;
            }
            scatter = rest;
        }
    }

    fn explain(&self, rows: &Rows<'_>, first: u64) -> Error {
        match rows.first_non_finite() {
            Some((r, c)) => {
                Error::NotFinite { row: first + r as u64 + 1, column: c + 1, value: rows.at(r, c) }
            }
            None => {
                let stride = padded(self.ncols + 1);
                let column =
                    (0..self.ncols).find(|j| !self.products[j * stride + j].is_finite()).unwrap_or(0) + 1;
                Error::Overflow { column }
            }
        }
    }
}

impl OnlineState for CoMoments {
    type Batch<'a> = Rows<'a>;
    type Output = CoMomentsSummary;

    fn update(&mut self, batch: &Rows<'_>) -> Result<(), Error> {
        let mut work = Workspace::new(self.ncols, false);
        self.absorb(batch, None, |chunks| chunks.map(|chunk| work.chunk(chunk)).collect())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.ncols != other.ncols {
            let reason = format!("{} columns and {} columns", self.ncols, other.ncols);
            return Err(Error::Merge { reason });
        }
        for (level, node) in &other.tree.subtrees {
            self.tree.push(*level, node.clone(), drop);
        }
        self.rows += other.rows;
        Ok(())
    }

    fn finish(&self) -> Result<CoMomentsSummary, Error> {
        let node = self.tree.total().filter(|node| node.weight > 0.0);
        let node = node.ok_or(Error::TooFewRows { what: "co-moments", needed: 1, found: 0 })?;
        match (0..self.ncols).find(|j| !node.scatter[packed_index(self.ncols, *j, *j)].is_finite()) {
            Some(j) => Err(Error::Overflow { column: j + 1 }),
            None => Ok(CoMomentsSummary { node }),
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = ByteWriter::new(Self::TAG, Self::VERSION);
        out.u64(self.ncols as u64);
        out.u64(self.rows);
        out.u64(self.tree.subtrees.len() as u64);
        for (level, node) in &self.tree.subtrees {
            out.u64(u64::from(*level));
            out.u64(node.count);
            out.f64(node.weight);
            out.f64s(&node.mean);
            out.f64s(&node.mean_low);
            out.f64s(&node.scatter);
        }
        out.finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = ByteReader::new(bytes, Self::TAG, Self::VERSION)?;
        let ncols = reader.len(Self::MAX_COLS as u64)?;
        let mut state = Self::new(ncols).map_err(|_| fault("no columns"))?;
        state.rows = reader.u64()?;
        for _ in 0..reader.len(64)? {
            let level = reader.len(63)? as u32;
            let node = Node {
                count: reader.u64()?,
                weight: reader.f64()?,
                mean: reader.f64s(ncols)?,
                mean_low: reader.f64s(ncols)?,
                scatter: reader.f64s(ncols * (ncols + 1) / 2)?,
            };
            let sound =
                node.weight.is_finite() && node.weight >= 0.0 && node.mean.iter().all(|m| m.is_finite());
            if !sound || node.count > state.rows {
                return Err(fault("a weight, mean or count is impossible"));
            }
            state.tree.subtrees.push((level, node));
        }
        reader.finish()?;
        Ok(state)
    }
}

/// Position of entry (i, j), i ≤ j, in the upper triangle stored row by row.
fn packed_index(ncols: usize, i: usize, j: usize) -> usize {
    i * (2 * ncols - i + 1) / 2 + (j - i)
}

impl CoMomentsSummary {
    /// Number of columns.
    pub fn ncols(&self) -> usize {
        self.node.mean.len()
    }

    /// Number of rows with a weight other than zero.
    pub fn count(&self) -> u64 {
        self.node.count
    }

    /// Sum of the weights; the number of rows without weights.
    pub fn weight(&self) -> f64 {
        self.node.weight
    }

    /// Mean of column `j`.
    ///
    /// # Panics
    /// If `j` is not a column, as for every function here that takes one.
    pub fn mean(&self, j: usize) -> f64 {
        self.node.mean[j] + self.node.mean_low[j]
    }

    /// Mean of column `j` with the digits below `f64`.
    pub(crate) fn mean_dd(&self, j: usize) -> ferronum_dd::Dd {
        ferronum_dd::Dd::sum(self.node.mean[j], self.node.mean_low[j])
    }

    /// Centred cross-product `Σ w (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)`.
    ///
    /// # Panics
    /// If `i` or `j` is not a column.
    pub fn scatter(&self, i: usize, j: usize) -> f64 {
        assert!(i.max(j) < self.ncols(), "columns {i}, {j} of {}", self.ncols());
        self.node.scatter[packed_index(self.ncols(), i.min(j), i.max(j))]
    }

    /// Sample covariance `Sᵢⱼ / (Σw − 1)`: weights, if any, are taken as frequencies. NaN for fewer than two observations.
    ///
    /// # Panics
    /// If `i` or `j` is not a column.
    pub fn covariance(&self, i: usize, j: usize) -> f64 {
        if self.node.weight > 1.0 { self.scatter(i, j) / (self.node.weight - 1.0) } else { f64::NAN }
    }

    /// Pearson correlation, clamped to [−1, 1]; NaN if a column does not vary.
    ///
    /// # Panics
    /// If `i` or `j` is not a column.
    pub fn correlation(&self, i: usize, j: usize) -> f64 {
        let (a, b) = (self.scatter(i, i), self.scatter(j, j));
        // One root of the product is nearer to the truth than two roots, where the product is in range.
        let size =
            if (a * b).is_normal() && (a * b).is_finite() { (a * b).sqrt() } else { a.sqrt() * b.sqrt() };
        (self.scatter(i, j) / size).clamp(-1.0, 1.0)
    }
}
