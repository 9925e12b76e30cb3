//! Multivariate and matrix distributions, copulas and quasi-random sequences.
#![forbid(unsafe_code)]

mod check;
mod eigen;
mod error;
mod moments;
mod normal;
mod scatter;
mod traits;

pub use error::Error;
pub use normal::{MultivariateNormal, normal_ln_pdf, normal_sample_into, rand_cov};
pub use traits::{MultivariateCounts, MultivariateDistribution};
