//! Integration tests of the matrix crate.
mod views;
