//! Requirements on parameters.
use crate::Error;

pub(crate) fn finite(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require(value.is_finite(), law, parameter, "finite", value)
}

pub(crate) fn positive(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require(value > 0.0 && value < f64::INFINITY, law, parameter, "positive and finite", value)
}

/// Largest count that laws take as a parameter, 2⁶⁰.
pub(crate) const LARGEST_COUNT: i64 = 1 << 60;

pub(crate) fn probability(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require((0.0..=1.0).contains(&value), law, parameter, "between 0 and 1", value)
}

pub(crate) fn positive_probability(
    law: &'static str,
    parameter: &'static str,
    value: f64,
) -> Result<(), Error> {
    require(value > 0.0 && value <= 1.0, law, parameter, "above 0 and at most 1", value)
}

pub(crate) fn count_up_to_limit(law: &'static str, parameter: &'static str, value: i64) -> Result<(), Error> {
    require((0..=LARGEST_COUNT).contains(&value), law, parameter, "between 0 and 2^60", value as f64)
}

/// A count given as a number.
pub(crate) fn whole(law: &'static str, parameter: &'static str, value: f64) -> Result<i64, Error> {
    let holds = value.fract() == 0.0 && value.abs() < 9e18;
    require(holds, law, parameter, "a whole number", value).map(|()| value as i64)
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
