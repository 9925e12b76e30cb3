//! Laws on the real line, one per file.
pub(crate) mod chi_squared;
mod exponential;
pub(crate) mod fisher_f;
pub(crate) mod normal;
mod student_t;

pub use chi_squared::ChiSquared;
pub use exponential::Exponential;
pub use fisher_f::FisherF;
pub use normal::Normal;
pub use student_t::StudentT;
