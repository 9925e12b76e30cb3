//! Regression: `regression/linear.json` and the files of generalised and other models.
use super::{ReferenceFile, report::Report};
use ferronum_testkit::Error;

/// Compares one file; `false` if there is nothing for it.
pub fn evaluate(_file: &ReferenceFile, _report: &mut Report) -> Result<bool, Error> {
    Ok(false)
}
