//! Accuracy, laws and hostile input.
#![allow(clippy::unwrap_used, clippy::panic)]

mod covariance;
mod hostile;
mod linear;
mod nist;
mod passes;
mod table;
mod univariate;
