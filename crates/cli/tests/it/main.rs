//! The built binary, run as a user would.
mod bad_input;
mod good;
mod support;
