//! Sources of all formats from files, and formulas on them.
#![allow(clippy::unwrap_used, clippy::panic)]
mod binary;
mod csv;
mod formula;
mod formula_data;
mod formula_random;
mod open;
mod support;
