//! Univariate probability distributions whose tails keep their digits.
//!
//! Laws on the line answer through [`ContinuousDistribution`], laws of counts through [`DiscreteDistribution`]: density or
//! probability, distribution function, upper tail, their logarithms, quantiles from either end, and moments. [`Parametric`] gives
//! the score and fits a law to data. A complement is computed as such and a logarithm is right where the probability
//! itself underflows. Sampling implements `rand`'s `Distribution<f64>`; the random source is the caller's.
//!
//! The p-value and confidence interval of an estimate with 24 degrees of freedom:
//!
//! ```
//! use ferronum_distuv::{ContinuousDistribution, StudentT};
//! let t = StudentT::standard(24.0)?;
//! let (estimate, std_error) = (2.5, 1.0);
//! let p_value = 2.0 * t.sf(estimate / std_error);
//! assert!((p_value - 0.019654169).abs() < 1e-8);
//! let reach = t.isf(0.025) * std_error;
//! assert!((reach - 2.063898562).abs() < 1e-8);
//! # Ok::<(), ferronum_distuv::Error>(())
//! ```
#![forbid(unsafe_code)]

mod check;
mod continuous;
mod discrete;
mod double;
mod error;
mod fit;
#[cfg(feature = "serde")]
mod serial;
mod traits;
mod vector;

pub use continuous::{
    Arcsine, AsymmetricLaplace, Beta, BetaPrime, Burr, Cauchy, Chi, ChiSquared, Erlang, Exponential, FisherF,
    Frechet, Gamma, GeneralizedExtremeValue, GeneralizedGamma, GeneralizedPareto, GumbelLeft, GumbelRight,
    HalfCauchy, HalfNormal, HyperbolicSecant, InverseGamma, InverseGaussian, Kumaraswamy, Laplace, Levy,
    LogLogistic, LogNormal, Logistic, Lomax, Maxwell, Nakagami, NoncentralBeta, NoncentralChiSquared,
    NoncentralF, NoncentralT, Normal, Pareto, Pert, Power, Rayleigh, Rice, SkewNormal, StudentT, Triangular,
    TruncatedNormal, Uniform, VonMises, Weibull,
};
pub use discrete::{
    Bernoulli, BetaBinomial, Binomial, Categorical, DiscreteUniform, Geometric, Hurdle, Hypergeometric,
    Logarithmic, NegativeBinomial, NegativeHypergeometric, Poisson, Skellam, ZeroInflated, Zeta, Zipf,
};
pub use error::Error;
pub use fit::{Estimate, FitMethod, FitOptions, FitStatus, Fitted, Sample};
pub use traits::{
    ContinuousDistribution, DataDomain, DiscreteDistribution, Domain, Outcome, Parameter, Parametric,
};
