//! Figures from the outside: well formed, bounded, the same twice, and never a panic.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod diagnostics;
mod files;
mod hostile;
mod support;
