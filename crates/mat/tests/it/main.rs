//! Integration tests of the matrix crate.
mod examples;
mod factors;
mod hostile;
mod references;
mod views;
