//! Accuracy, laws and hostile input.
#![allow(clippy::unwrap_used, clippy::panic)]

mod linear;
mod nist;
