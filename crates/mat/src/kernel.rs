//! faer's kernels, compiled here once for `f64` and once for `f32`.
//!
//! Nothing else in the crate calls an algorithm of faer, so that a crate above does not compile one again. Every call is
//! sequential (`Par::Seq`): the result never depends on the number of threads.
use crate::Triangle;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::{cholesky, householder, matmul, qr, svd, triangular_inverse, triangular_solve};
use faer::{Accum, Conj, MatMut, MatRef, Par};

/// Kernels of one scalar type; sealed, for this crate alone. Shapes are the caller's duty.
#[doc(hidden)]
pub trait Kernels: Sized {
    /// `out = A B`.
    fn matmul(out: MatMut<'_, Self>, a: MatRef<'_, Self>, b: MatRef<'_, Self>);
    /// The lower triangle of `out = Aᵀ A`; the rest of `out` stays.
    fn gram_lower(out: MatMut<'_, Self>, a: MatRef<'_, Self>);
    /// `B ← T⁻¹ B`.
    fn solve_triangular(t: MatRef<'_, Self>, kind: Triangle, b: MatMut<'_, Self>);
    /// The triangle of `out = T⁻¹`; the rest of `out` stays.
    fn invert_triangular(out: MatMut<'_, Self>, t: MatRef<'_, Self>, kind: Triangle);
    /// Lower triangle of `A` ← L with `A = L Lᵀ`, or the index of the first pivot that is not positive.
    fn cholesky(a: MatMut<'_, Self>) -> Result<(), usize>;
    /// Number of reflectors that [`Self::qr`] of an m×n matrix groups into one block.
    fn reflector_block(m: usize, n: usize) -> usize;
    /// `A` ← R on and above the diagonal, Householder vectors below; `coefficients` (block × min(m, n)) ← block factors.
    fn qr(a: MatMut<'_, Self>, coefficients: MatMut<'_, Self>);
    /// As [`Self::qr`] with column pivoting: column k of Q R is column `order[k]` of `A`.
    fn pivoted_qr(a: MatMut<'_, Self>, coefficients: MatMut<'_, Self>, order: &mut [usize]);
    /// `B ← Q B`, from the Householder vectors.
    fn apply_q(vectors: MatRef<'_, Self>, coefficients: MatRef<'_, Self>, b: MatMut<'_, Self>);
    /// `B ← Qᵀ B`, from the Householder vectors.
    fn apply_q_transpose(vectors: MatRef<'_, Self>, coefficients: MatRef<'_, Self>, b: MatMut<'_, Self>);
    /// Singular values, and vectors if asked for; false if the iteration did not converge.
    fn svd(
        a: MatRef<'_, Self>,
        values: &mut [Self],
        u: Option<MatMut<'_, Self>>,
        v: Option<MatMut<'_, Self>>,
    ) -> bool;
}

macro_rules! kernels {
    ($t:ty) => {
        impl Kernels for $t {
            fn matmul(out: MatMut<'_, $t>, a: MatRef<'_, $t>, b: MatRef<'_, $t>) {
                matmul::matmul(out, Accum::Replace, a, b, 1.0, Par::Seq);
            }

            fn gram_lower(out: MatMut<'_, $t>, a: MatRef<'_, $t>) {
                use matmul::triangular::BlockStructure::{Rectangular, TriangularLower};
                matmul::triangular::matmul(
                    out,
                    TriangularLower,
                    Accum::Replace,
                    a.transpose(),
                    Rectangular,
                    a,
                    Rectangular,
                    1.0,
                    Par::Seq,
                );
            }

            fn solve_triangular(t: MatRef<'_, $t>, kind: Triangle, b: MatMut<'_, $t>) {
                use triangular_solve::*;
                match kind {
                    Triangle::Lower => solve_lower_triangular_in_place(t, b, Par::Seq),
                    Triangle::Upper => solve_upper_triangular_in_place(t, b, Par::Seq),
                    Triangle::UnitLower => solve_unit_lower_triangular_in_place(t, b, Par::Seq),
                    Triangle::UnitUpper => solve_unit_upper_triangular_in_place(t, b, Par::Seq),
                }
            }

            fn invert_triangular(out: MatMut<'_, $t>, t: MatRef<'_, $t>, kind: Triangle) {
                use triangular_inverse::*;
                match kind {
                    Triangle::Lower => invert_lower_triangular(out, t, Par::Seq),
                    Triangle::Upper => invert_upper_triangular(out, t, Par::Seq),
                    Triangle::UnitLower => invert_unit_lower_triangular(out, t, Par::Seq),
                    Triangle::UnitUpper => invert_unit_upper_triangular(out, t, Par::Seq),
                }
            }

            fn cholesky(a: MatMut<'_, $t>) -> Result<(), usize> {
                use cholesky::llt::factor::*;
                let scratch = cholesky_in_place_scratch::<$t>(a.nrows(), Par::Seq, Default::default());
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                match cholesky_in_place(a, Default::default(), Par::Seq, stack, Default::default()) {
                    Ok(_) => Ok(()),
                    Err(LltError::NonPositivePivot { index }) => Err(index),
                }
            }

            fn reflector_block(m: usize, n: usize) -> usize {
                qr::no_pivoting::factor::recommended_block_size::<$t>(m, n)
            }

            fn qr(a: MatMut<'_, $t>, coefficients: MatMut<'_, $t>) {
                use qr::no_pivoting::factor::*;
                let (m, n, block) = (a.nrows(), a.ncols(), coefficients.nrows());
                let scratch = qr_in_place_scratch::<$t>(m, n, block, Par::Seq, Default::default());
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                qr_in_place(a, coefficients, Par::Seq, stack, Default::default());
            }

            fn pivoted_qr(a: MatMut<'_, $t>, coefficients: MatMut<'_, $t>, order: &mut [usize]) {
                use qr::col_pivoting::factor::*;
                let (m, n, block) = (a.nrows(), a.ncols(), coefficients.nrows());
                let scratch = qr_in_place_scratch::<usize, $t>(m, n, block, Par::Seq, Default::default());
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                let mut inverse = vec![0; n];
                qr_in_place(a, coefficients, order, &mut inverse, Par::Seq, stack, Default::default());
            }

            fn apply_q(vectors: MatRef<'_, $t>, coefficients: MatRef<'_, $t>, b: MatMut<'_, $t>) {
                use householder::*;
                let scratch = apply_block_householder_sequence_on_the_left_in_place_scratch::<$t>(
                    vectors.nrows(),
                    coefficients.nrows(),
                    b.ncols(),
                );
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                apply_block_householder_sequence_on_the_left_in_place_with_conj(
                    vectors,
                    coefficients,
                    Conj::No,
                    b,
                    Par::Seq,
                    stack,
                );
            }

            fn apply_q_transpose(vectors: MatRef<'_, $t>, coefficients: MatRef<'_, $t>, b: MatMut<'_, $t>) {
                use householder::*;
                let scratch = apply_block_householder_sequence_transpose_on_the_left_in_place_scratch::<$t>(
                    vectors.nrows(),
                    coefficients.nrows(),
                    b.ncols(),
                );
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                apply_block_householder_sequence_transpose_on_the_left_in_place_with_conj(
                    vectors,
                    coefficients,
                    Conj::No,
                    b,
                    Par::Seq,
                    stack,
                );
            }

            fn svd(
                a: MatRef<'_, $t>,
                values: &mut [$t],
                u: Option<MatMut<'_, $t>>,
                v: Option<MatMut<'_, $t>>,
            ) -> bool {
                use svd::{ComputeSvdVectors, svd, svd_scratch};
                let size = values.len();
                let vectors = |q: &Option<MatMut<'_, $t>>| match q {
                    None => ComputeSvdVectors::No,
                    Some(q) if q.ncols() == size => ComputeSvdVectors::Thin,
                    Some(_) => ComputeSvdVectors::Full,
                };
                let scratch = svd_scratch::<$t>(
                    a.nrows(),
                    a.ncols(),
                    vectors(&u),
                    vectors(&v),
                    Par::Seq,
                    Default::default(),
                );
                let mut memory = MemBuffer::new(scratch);
                let stack = MemStack::new(&mut memory);
                let diagonal = faer::diag::DiagMut::from_slice_mut(values);
                svd(a, diagonal, u, v, Par::Seq, stack, Default::default()).is_ok()
            }
        }
    };
}
kernels!(f64);
kernels!(f32);
