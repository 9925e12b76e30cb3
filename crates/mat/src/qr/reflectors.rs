//! The packed form of a Householder QR: what both factorisations share.
use crate::{Error, Mat, MatMut, MatRef, Scalar, check};

/// R on and above the diagonal, Householder vectors below it, and the block factors that turn them into Q.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reflectors<T: Scalar> {
    packed: Mat<T>,
    coefficients: Mat<T>,
}

impl<T: Scalar> Reflectors<T> {
    /// Factorises `a` by a kernel that takes the copy of it and the room for the block factors.
    pub(crate) fn new(
        operation: &'static str,
        a: MatRef<'_, T>,
        kernel: impl FnOnce(MatMut<'_, T>, MatMut<'_, T>),
    ) -> Result<Self, Error> {
        check::finite(operation, a)?;
        let (m, n) = a.shape();
        let mut packed = a.to_owned();
        let size = m.min(n);
        let mut coefficients = Mat::zeros(if size == 0 { 0 } else { T::reflector_block(m, n) }, size);
        if size > 0 {
            kernel(packed.view_mut(), coefficients.view_mut());
            check::result(operation, packed.view())?;
        }
        Ok(Self { packed, coefficients })
    }

    pub(crate) fn shape(&self) -> (usize, usize) {
        self.packed.shape()
    }

    fn size(&self) -> usize {
        self.coefficients.ncols()
    }

    /// R, min(m, n)×n.
    pub(crate) fn r(&self) -> Mat<T> {
        Mat::from_fn(
            self.size(),
            self.packed.ncols(),
            |i, j| if i <= j { self.packed[(i, j)] } else { T::ZERO },
        )
    }

    /// The first k rows and columns of R, of which only the upper triangle may be read.
    pub(crate) fn leading_r(&self, k: usize) -> MatRef<'_, T> {
        self.packed.submatrix(0..k, 0..k)
    }

    pub(crate) fn r_diagonal(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.packed.diagonal()
    }

    /// The first k ≤ m columns of Q.
    pub(crate) fn q(&self, k: usize) -> Mat<T> {
        let mut q = Mat::from_fn(self.packed.nrows(), k, |i, j| if i == j { T::ONE } else { T::ZERO });
        self.apply_q(q.view_mut());
        q
    }

    /// `B ← Q B` with the full m×m Q.
    pub(crate) fn apply_q(&self, b: MatMut<'_, T>) {
        if self.size() > 0 && b.ncols() > 0 {
            T::apply_q(self.vectors().inner(), self.coefficients.view().inner(), b.inner());
        }
    }

    /// `B ← Qᵀ B` with the full m×m Q.
    pub(crate) fn apply_q_transpose(&self, b: MatMut<'_, T>) {
        if self.size() > 0 && b.ncols() > 0 {
            T::apply_q_transpose(self.vectors().inner(), self.coefficients.view().inner(), b.inner());
        }
    }

    fn vectors(&self) -> MatRef<'_, T> {
        self.packed.subcols(0..self.size())
    }

    /// True if Q has an odd number of true reflections, so that det Q = −1.
    pub(crate) fn odd(&self) -> bool {
        let block = self.coefficients.nrows().max(1);
        // The reflection is I − v vᵀ/τ; an infinite τ stands for the identity.
        let reflections = (0..self.size()).filter(|&j| self.coefficients[(j % block, j)].is_finite());
        reflections.count() % 2 == 1
    }
}
