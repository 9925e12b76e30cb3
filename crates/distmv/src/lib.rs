//! Multivariate and matrix distributions, copulas and quasi-random sequences.
#![forbid(unsafe_code)]

mod bivariate;
mod box_probability;
mod check;
mod copula;
mod counts;
mod directional;
mod dirichlet;
mod draw;
mod eigen;
mod error;
mod lkj;
mod matrix_normal;
mod mixture;
mod moments;
mod normal;
mod permutation;
mod quadrature;
mod scatter;
mod student_t;
mod traits;
mod uniform;
mod wishart;

pub use bivariate::{bivariate_normal_cdf, trivariate_normal_cdf};
pub use box_probability::{BoxEstimate, BoxProbability};
pub use copula::{ClaytonCopula, FrankCopula, GaussianCopula, GumbelCopula, StudentTCopula};
pub use counts::{DirichletMultinomial, Multinomial, MultivariateHypergeometric};
pub use directional::{UnitVector, VonMisesFisher};
pub use dirichlet::Dirichlet;
pub use error::Error;
pub use lkj::LkjCorrelation;
pub use matrix_normal::MatrixNormal;
pub use mixture::{CovarianceKind, GaussianMixture, GaussianMixtureFit, MixtureEstimate};
pub use normal::{MultivariateNormal, normal_ln_pdf, normal_sample_into, rand_cov};
pub use permutation::UniformPermutation;
pub use student_t::{MultivariateT, MultivariateTFit};
pub use traits::{MultivariateCounts, MultivariateDistribution};
pub use uniform::{UniformBall, UniformBox, UniformSimplex};
pub use wishart::{InverseWishart, Wishart};
