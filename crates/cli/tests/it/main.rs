//! The built binary, run as a user would.
#![allow(clippy::unwrap_used, clippy::panic)]
mod bad_input;
mod good;
mod support;
