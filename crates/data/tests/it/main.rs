//! Sources of all formats from files, and formulas on them.
#![allow(clippy::unwrap_used, clippy::panic)]
mod binary;
mod csv;
mod open;
mod support;
