//! What every law answers: evaluation, sampling, parameters.
mod continuous;
mod discrete;
mod parametric;
mod search;
pub(crate) mod solve;

pub use continuous::ContinuousDistribution;
pub(crate) use continuous::map;
pub use discrete::DiscreteDistribution;
pub(crate) use parametric::expect_parameters;
pub use parametric::{DataDomain, Domain, Outcome, Parameter, Parametric};
pub(crate) use search::smallest_near;
