//! Matrices, views over a user's memory, and decompositions.
mod display;
mod error;
mod kernel;
mod mat;
mod mat_mut;
mod mat_ref;
mod scalar;

pub use error::Error;
pub use mat::Mat;
pub use mat_mut::MatMut;
pub use mat_ref::MatRef;
pub use scalar::Scalar;
