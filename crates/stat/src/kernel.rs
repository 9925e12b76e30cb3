//! Inner loops over memory: the only place in this crate that knows about SIMD and cache lines.
pub(crate) mod gram;
pub(crate) mod narrow;
pub(crate) mod pack;
