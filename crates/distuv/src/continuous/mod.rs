//! Laws on the real line, one per file.
mod cauchy;
pub(crate) mod chi_squared;
mod exponential;
pub(crate) mod fisher_f;
mod laplace;
mod log_normal;
mod logistic;
pub(crate) mod normal;
mod pareto;
mod student_t;
mod uniform;

pub use cauchy::Cauchy;
pub use chi_squared::ChiSquared;
pub use exponential::Exponential;
pub use fisher_f::FisherF;
pub use laplace::Laplace;
pub use log_normal::LogNormal;
pub use logistic::Logistic;
pub use normal::Normal;
pub use pareto::Pareto;
pub use student_t::StudentT;
pub use uniform::Uniform;
