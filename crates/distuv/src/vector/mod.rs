//! Functions of whole slices, compiled for the widest registers that the machine has.
//!
//! A [`Kernel`] is straight-line code on one `f64`: comparisons select values and nothing branches, so that the compiler puts
//! neighbouring elements side by side in registers. Every element goes through the same operations whatever the width: all machines
//! with fused multiply–add give the same bits.
pub(crate) mod elementary;
pub(crate) mod exponential;
pub(crate) mod normal;
pub(crate) mod table;

use pulp::{Arch, Simd, WithSimd};

/// A function of one number without branches.
pub(crate) trait Kernel: Copy {
    /// Marked `#[inline(always)]` in every implementation: a call would leave the code for wide registers.
    fn at(self, x: f64) -> f64;
}

/// Writes `kernel.at(x)` of each x.
///
/// # Panics
/// If the slices differ in length.
pub(crate) fn apply<K: Kernel>(kernel: K, x: &[f64], out: &mut [f64]) {
    assert_eq!(x.len(), out.len(), "{} arguments and room for {} values", x.len(), out.len());
    Arch::new().dispatch(Apply { kernel, x, out });
}

struct Apply<'a, K> {
    kernel: K,
    x: &'a [f64],
    out: &'a mut [f64],
}

impl<K: Kernel> WithSimd for Apply<'_, K> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (x, out) in self.x.iter().zip(self.out) {
            *out = self.kernel.at(*x);
        }
    }
}
