//! Multivariate and matrix distributions, copulas and quasi-random sequences.
//!
//! Laws of vectors answer through [`MultivariateDistribution`], laws of vectors of counts through [`MultivariateCounts`]; laws of matrices
//! have methods of the same names that take and return matrices. Densities come from triangular factors, never from an explicit
//! inverse, and their constants from saddle-point forms that keep their digits for large parameters. Sampling also implements `rand`'s
//! `Distribution`; the random source is the caller's.
//!
//! # A worked problem
//!
//! Monthly returns of three funds. How likely is it that all lose, and what is to be expected of the other two when the first has
//! lost 10 %?
//!
//! ```
//! use ferronum_distmv::{BoxProbability, MultivariateDistribution, MultivariateNormal};
//! use ferronum_mat::Mat;
//!
//! let covariance = Mat::from_rows(&[[16.0, 6.0, -1.0], [6.0, 9.0, 0.5], [-1.0, 0.5, 4.0]])?; // in %²
//! let returns = MultivariateNormal::new(&[0.8, 0.6, 0.3], &covariance)?;
//!
//! let all_lose = BoxProbability::default().normal(&returns, &[f64::NEG_INFINITY; 3], &[0.0; 3])?;
//! assert!(all_lose.converged && (all_lose.value - 0.1104031).abs() < 1e-6);
//!
//! let others = returns.conditional(&[0], &[-10.0])?;
//! assert!((others.mean()[0] - (0.6 + 6.0 / 16.0 * -10.8)).abs() < 1e-13);
//! assert!((others.covariance()[(0, 0)] - (9.0 - 36.0 / 16.0)).abs() < 1e-13);
//!
//! // Half of the money in each of the first two: a normal law of one coordinate.
//! let half = returns.affine(&Mat::from_rows(&[[0.5, 0.5, 0.0]])?, &[0.0])?.marginal_single(0)?;
//! use ferronum_distuv::ContinuousDistribution;
//! assert!((half.std_dev() - 9.25f64.sqrt()).abs() < 1e-14);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What to use
//!
//! | subject | items |
//! |---|---|
//! | vectors | [`MultivariateNormal`] (degenerate too), [`MultivariateT`], [`GaussianMixture`] with [`GaussianMixtureFit`] |
//! | proportions | [`Dirichlet`], [`UniformSimplex`] |
//! | counts | [`Multinomial`], [`DirichletMultinomial`], [`MultivariateHypergeometric`] |
//! | matrices | [`Wishart`], [`InverseWishart`], [`MatrixNormal`], [`LkjCorrelation`] |
//! | directions, regions | [`VonMisesFisher`], [`UnitVector`], [`UniformBall`], [`UniformBox`] |
//! | orders | [`UniformPermutation`] |
//! | probabilities of boxes | [`BoxProbability`], [`bivariate_normal_cdf`], [`trivariate_normal_cdf`] |
//! | copulas | [`GaussianCopula`], [`StudentTCopula`], [`ClaytonCopula`], [`FrankCopula`], [`GumbelCopula`] |
//! | one evaluation or draw | [`normal_ln_pdf`], [`normal_sample_into`], [`rand_cov`] |
//!
//! # Promises
//!
//! * A constructor refuses a wrong parameter with an [`Error`] that names the law, the parameter, what it has to be and what it was: the
//!   element, the pair that is not symmetric, the pivot that is not positive.
//! * Densities answer every argument: NaN for a NaN, an infinity or a wrong length, -∞ (logarithm) outside the support.
//! * Draws and fits are the same for the same seed.
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
