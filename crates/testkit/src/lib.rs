//! Accuracy assertions and golden-file readers for the tests of Ferronum; unpublished.
//!
//! Accuracy is stated in correct digits, LRE = −log₁₀(|actual − expected| / |expected|). An expected value is held to about
//! 32 digits ([`ferronum_dd::Dd`]), so that an error below half an ulp is still seen as one.
//!
//! One value in a unit test:
//!
//! ```
//! use ferronum_testkit::assert_lre;
//! assert_lre!(2f64.sqrt(), "1.41421356237309504880168872421", 15.5);
//! assert_lre!(0.1 + 0.2, 0.3, 15.0);
//! ```
//!
//! A whole reference file, each point held to a [`Bar`] after the error that its own rounded inputs excuse:
//!
//! ```
//! use ferronum_testkit::{Bar, Table, survey_function};
//! let table = Table::parse("log", "x\tvalue\n2\t0.693147180559945309417232121458\n")?;
//! let summary = survey_function("log", &table, Bar::SPECIAL, &[], |x| x[0].ln())?.summary();
//! assert!(summary.pass && summary.digits > 15.0);
//! # Ok::<(), ferronum_testkit::Error>(())
//! ```
#![forbid(unsafe_code)]

mod assert;
mod conditioning;
mod error;
mod golden;
mod json;
mod law;
mod measure;
mod survey;
mod table;

pub use assert::{assert_lre, assert_ulps};
pub use conditioning::input_allowance;
pub use error::Error;
pub use ferronum_dd::Dd;
pub use golden::{golden_dir, golden_file, golden_json, golden_table};
pub use json::{decimal, decimals, numbers, read_json};
pub use law::{LawFunction, Parameters, survey_law};
pub use measure::{Expected, MAX_DIGITS, lre, relative_error, ulp, ulp_error};
pub use survey::{Bar, Comparison, Summary, Survey, survey_function};
pub use table::{Row, Table};
