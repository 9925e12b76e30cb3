//! The tests of this crate from outside.
mod golden;
mod hostile;
mod sampling;
