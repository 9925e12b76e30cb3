//! Laws on the integers, one per file.
mod poisson;
mod sums;

pub use poisson::Poisson;
