//! Requirements on parameters.
use crate::Error;

pub(crate) fn finite(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require(value.is_finite(), law, parameter, "finite", value)
}

pub(crate) fn positive(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require(value > 0.0 && value < f64::INFINITY, law, parameter, "positive and finite", value)
}

pub(crate) fn require(
    holds: bool,
    law: &'static str,
    parameter: &'static str,
    requirement: &'static str,
    value: f64,
) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::InvalidParameter { law, parameter, requirement, value }) }
}

pub(crate) fn count(law: &'static str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found { Ok(()) } else { Err(Error::ParameterCount { law, expected, found }) }
}
