//! faer's kernels, compiled here once for `f64` and once for `f32`.

/// Kernels of one scalar type; sealed, for this crate alone.
#[doc(hidden)]
pub trait Kernels: Sized {}
impl Kernels for f64 {}
impl Kernels for f32 {}
