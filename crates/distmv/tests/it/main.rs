//! The tests of this crate from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod golden;
mod hostile;
mod sampling;
