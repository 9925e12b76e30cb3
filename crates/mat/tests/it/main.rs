//! Integration tests of the matrix crate.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, too
mod examples;
mod factors;
mod hostile;
mod references;
mod views;
