//! Conversions to and from faer's matrices.
//!
//! Views convert for free in both directions, and a [`Mat`] can be seen as a faer view. A faer matrix enters as a view too;
//! [`MatRef::to_owned`] then copies it into a `Mat`, whose memory has no gaps between columns.
use crate::{Mat, MatMut, MatRef, Scalar};

impl<'a, T: Scalar> From<faer::MatRef<'a, T>> for MatRef<'a, T> {
    fn from(view: faer::MatRef<'a, T>) -> Self {
        Self::from_inner(view)
    }
}

impl<'a, T: Scalar> From<&'a faer::Mat<T>> for MatRef<'a, T> {
    fn from(matrix: &'a faer::Mat<T>) -> Self {
        Self::from_inner(matrix.as_ref())
    }
}

impl<'a, T: Scalar> From<MatRef<'a, T>> for faer::MatRef<'a, T> {
    fn from(view: MatRef<'a, T>) -> Self {
        view.inner()
    }
}

impl<'a, T: Scalar> From<&'a Mat<T>> for faer::MatRef<'a, T> {
    fn from(matrix: &'a Mat<T>) -> Self {
        matrix.view().inner()
    }
}

impl<'a, T: Scalar> From<faer::MatMut<'a, T>> for MatMut<'a, T> {
    fn from(view: faer::MatMut<'a, T>) -> Self {
        Self::from_inner(view)
    }
}

impl<'a, T: Scalar> From<MatMut<'a, T>> for faer::MatMut<'a, T> {
    fn from(view: MatMut<'a, T>) -> Self {
        view.inner()
    }
}
