//! The triangular factor of a matrix that arrives in blocks of rows.
use super::real::{Real, add_multiple, dot};

/// The p×p factor R of all rows taken in so far, `XᵀX = RᵀR`.
///
/// Each block of rows B is reduced by Householder reflections of `[R; B]`, which touch one row of R and the block only.
///
/// # Source
/// Golub & Van Loan, *Matrix Computations*, 4th ed., §5.2 and §12.5; Demmel, Grigori, Hoemmen & Langou, *SIAM J. Sci. Comput.*
/// 34 (2012), A206–A239.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Triangle<T> {
    pub(crate) order: usize,
    /// Row-major, entries below the diagonal zero.
    pub(crate) r: Vec<T>,
}

impl<T: Real> Triangle<T> {
    pub(crate) fn new(order: usize) -> Self {
        Self { order, r: vec![T::from(0.0); order * order] }
    }

    pub(crate) fn at(&self, i: usize, j: usize) -> T {
        self.r[i * self.order + j]
    }

    /// Takes in `nrows` rows, column-major; the block is overwritten.
    pub(crate) fn absorb(&mut self, block: &mut [T], nrows: usize) {
        if nrows == 0 {
            return;
        }
        let (zero, p) = (T::from(0.0), self.order);
        for j in 0..p {
            let (head, tail) = block.split_at_mut((j + 1) * nrows);
            let column = &head[j * nrows..];
            let below = dot(column, column);
            if below == zero {
                continue;
            }
            let diagonal = self.at(j, j);
            let norm = (diagonal * diagonal + below).sqrt();
            let new = if diagonal > zero { -norm } else { norm };
            let first = diagonal - new;
            // H = I − τ v vᵀ with v = (first, column), τ = 2 / vᵀv.
            let tau = -T::from(1.0) / (new * first);
            for (l, other) in (j + 1..p).zip(tail.chunks_exact_mut(nrows)) {
                let r = self.at(j, l);
                let s = (first * r + dot(column, other)) * tau;
                self.r[j * p + l] = r - s * first;
                add_multiple(other, -s, column);
            }
            self.r[j * p + j] = new;
        }
    }

    /// Takes in all rows of `other`.
    pub(crate) fn merge(&mut self, other: &Self) {
        let p = self.order;
        let mut block: Vec<T> = (0..p * p).map(|at| other.at(at % p, at / p)).collect();
        self.absorb(&mut block, p);
    }

    /// The factor with column `j` left out.
    pub(crate) fn without(&self, j: usize) -> Self {
        let p = self.order;
        let mut smaller = Self::new(p - 1);
        let columns = (0..p).filter(|l| *l != j);
        let mut block: Vec<T> = columns.flat_map(|l| (0..p).map(move |i| self.at(i, l))).collect();
        smaller.absorb(&mut block, p);
        smaller
    }
}
