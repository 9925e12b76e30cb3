//! Inner loops over memory: the only place in this crate that knows about SIMD and cache lines.
pub(crate) mod gram;
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
pub(crate) mod narrow;
pub(crate) mod pack;
