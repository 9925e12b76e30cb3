//! Laws on the integers, one per file.
mod bernoulli;
mod beta_binomial;
mod beta_tails;
mod binomial;
mod categorical;
mod discrete_uniform;
mod gauss;
mod geometric;
mod hypergeometric;
mod logarithmic;
mod negative_binomial;
mod poisson;
mod sums;
mod zeta;
mod zipf;

pub use bernoulli::Bernoulli;
pub use beta_binomial::BetaBinomial;
pub use binomial::Binomial;
pub use categorical::Categorical;
pub use discrete_uniform::DiscreteUniform;
pub use geometric::Geometric;
pub use hypergeometric::Hypergeometric;
pub use logarithmic::Logarithmic;
pub use negative_binomial::NegativeBinomial;
pub use poisson::Poisson;
pub use zeta::Zeta;
pub use zipf::Zipf;
