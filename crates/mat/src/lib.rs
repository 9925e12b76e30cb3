//! Matrices, views over a user's memory, and decompositions.
//!
//! [`Mat`] owns its elements; [`MatRef`] and [`MatMut`] are views of elements that lie elsewhere, in any regular order. Every
//! function takes `&Mat`, a view, or a slice (one column) alike. The kernels are those of the faer library, compiled here for
//! `f64` and `f32`.
//!
//! # A worked problem
//!
//! Fit a parabola y = a + b t + c t² to six measurements, and ask how far to trust it:
//!
//! ```
//! use ferronum_mat::{Mat, MatRef, Qr, condition_number, lstsq};
//!
//! let t = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
//! let y = [1.1, 1.9, 5.1, 9.9, 17.2, 25.8];
//! let design = Mat::from_fn(t.len(), 3, |i, j| f64::powi(t[i], j as i32));
//!
//! let fit = Qr::new(&design)?.solve(&y)?;
//! assert_eq!(format!("{fit:.4}"), "[[ 1.0214 ]\n [ 0.0307 ]\n [ 0.9893 ]]");
//!
//! let residual = MatRef::column(&y).sub(&design.matmul(&fit)?)?;
//! assert!(residual.norm_fro() < 0.4);
//!
//! // The problem magnifies errors of the data about 40 times: one or two digits of sixteen.
//! assert!(condition_number(&design)? < 50.0);
//!
//! // A column that repeats another makes Qr's answer meaningless; lstsq decides the rank and takes the shortest solution.
//! let doubled = Mat::from_fn(t.len(), 4, |i, j| design[(i, j.min(2))]);
//! let shortest = lstsq(&doubled, &y)?;
//! assert_eq!(shortest.rank, 3);
//! assert!((shortest.solution[(2, 0)] + shortest.solution[(3, 0)] - fit[(2, 0)]).abs() < 1e-12);
//! # Ok::<(), ferronum_mat::Error>(())
//! ```
//!
//! # What to use
//!
//! | problem | item |
//! |---|---|
//! | `A x = b`, A symmetric positive definite | [`Cholesky`] |
//! | `A x = b`, or least squares with independent columns | [`Qr`] |
//! | which columns depend on others | [`PivotedQr`] |
//! | least squares of any rank, shortest solution | [`lstsq`] |
//! | rank, singular vectors, pseudo-inverse | [`Svd`] |
//! | digits lost | [`condition_number`], [`reciprocal_condition_number`] |
//! | triangular systems | [`solve_triangular`], [`invert_triangular`] |
//!
//! # Promises
//!
//! * Every computation runs on the calling thread and gives the same bits whatever the number of threads in the process.
//! * A NaN or an infinity in the input of a decomposition or a solve is an error that names the element; elementwise
//!   operations, products and norms follow IEEE 754.
//! * Matrices without rows or columns are valid everywhere.
//! * Only indexing, taking parts by range, the operators `+ - *`, and constructors asked for more elements than memory can
//!   address panic; beside each stands a method that returns an error or `None`.
mod check;
mod cholesky;
mod condition;
mod display;
mod error;
#[cfg(feature = "faer")]
mod interop;
mod kernel;
mod lstsq;
mod mat;
mod mat_mut;
mod mat_ref;
mod norm;
mod ops;
mod qr;
mod scalar;
mod svd;
mod triangular;

pub use cholesky::Cholesky;
pub use condition::{condition_number, reciprocal_condition_number};
pub use error::Error;
pub use lstsq::{LeastSquares, lstsq, lstsq_with_tolerance};
pub use mat::Mat;
pub use mat_mut::MatMut;
pub use mat_ref::MatRef;
pub use qr::{PivotedQr, Qr};
pub use scalar::Scalar;
pub use svd::{Svd, singular_values};
pub use triangular::{Triangle, invert_triangular, solve_triangular, solve_triangular_in_place};
