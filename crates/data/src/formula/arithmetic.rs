//! Arithmetic on whole columns of a batch.
use std::borrow::Cow;

use super::ast::{Scaling, Sign};
use super::constants::Constants;
use super::error::{FormulaError, FormulaProblem, Span};
use super::frame::Frame;
use super::functions::Function;

/// An expression whose columns are slots.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arithmetic {
    Number(f64),
    Column(usize),
    Negate(Box<Arithmetic>),
    Sum(Vec<(Sign, Arithmetic)>),
    Product(Vec<(Scaling, Arithmetic)>),
    Power(Box<Arithmetic>, Box<Arithmetic>),
    Call(Function, Box<Arithmetic>),
    /// The centred or scaled argument, by the constants of that item.
    Learned(usize, Box<Arithmetic>),
}

/// A value for every kept row.
enum Value<'a> {
    Same(f64),
    Each(Cow<'a, [f64]>),
}

impl Arithmetic {
    /// The value at each kept row. `name` and `span` say in an error what was to be computed.
    ///
    /// # Errors
    /// [`FormulaProblem::NotFinite`] where the value is infinite or not a number.
    pub fn evaluate<'a>(
        &self,
        frame: &Frame<'a>,
        constants: &[Constants],
        name: &str,
        span: Span,
    ) -> Result<Cow<'a, [f64]>, FormulaError> {
        let values = match self.value(frame, constants) {
            Value::Each(values) => values,
            Value::Same(value) => Cow::Owned(vec![value; frame.rows]),
        };
        if matches!(self, Self::Column(_)) || all_finite(&values) {
            return Ok(values);
        }
        let at = values.iter().position(|v| !v.is_finite()).unwrap_or(0);
        let problem = FormulaProblem::NotFinite {
            row: frame.row(at),
            term: name.to_owned(),
            value: describe(values[at]),
            given: self.given(frame, at),
        };
        Err(frame.error(problem, span))
    }

    /// Whether every item this depends on has been learned.
    pub fn is_ready(&self, constants: &[Constants]) -> bool {
        match self {
            Self::Number(_) | Self::Column(_) => true,
            Self::Negate(inner) | Self::Call(_, inner) => inner.is_ready(constants),
            Self::Sum(items) => items.iter().all(|(_, e)| e.is_ready(constants)),
            Self::Product(items) => items.iter().all(|(_, e)| e.is_ready(constants)),
            Self::Power(base, exponent) => base.is_ready(constants) && exponent.is_ready(constants),
            Self::Learned(item, inner) => constants[*item] != Constants::Pending && inner.is_ready(constants),
        }
    }

    fn value<'a>(&self, frame: &Frame<'a>, constants: &[Constants]) -> Value<'a> {
        match self {
            Self::Number(value) => Value::Same(*value),
            Self::Column(slot) => Value::Each(frame.numbers(*slot)),
            Self::Negate(inner) => inner.value(frame, constants).map(|x| -x),
            Self::Sum(items) => {
                let mut total = items[0].1.value(frame, constants);
                for (sign, item) in &items[1..] {
                    let item = item.value(frame, constants);
                    total = match sign {
                        Sign::Plus => total.zip(item, |a, b| a + b),
                        Sign::Minus => total.zip(item, |a, b| a - b),
                    };
                }
                total
            }
            Self::Product(items) => {
                let mut total = items[0].1.value(frame, constants);
                for (scaling, item) in &items[1..] {
                    let item = item.value(frame, constants);
                    total = match scaling {
                        Scaling::Times => total.zip(item, |a, b| a * b),
                        Scaling::Over => total.zip(item, |a, b| a / b),
                    };
                }
                total
            }
            Self::Power(base, exponent) => {
                let base = base.value(frame, constants);
                match exponent.value(frame, constants) {
                    // As R does: squares are products.
                    Value::Same(2.0) => base.map(|x| x * x),
                    exponent => base.zip(exponent, f64::powf),
                }
            }
            Self::Call(function, inner) => inner.value(frame, constants).map(function.apply),
            Self::Learned(item, inner) => {
                let (mean, rest, divisor) = constants[*item].centre_and_divisor();
                // Near the mean x - mean is exact, so that the rest of the mean still counts.
                inner.value(frame, constants).map(|x| ((x - mean) - rest) / divisor)
            }
        }
    }

    /// The first few columns' values at a row, as ` (x = 0, z = 3)`.
    fn given(&self, frame: &Frame<'_>, at: usize) -> String {
        let mut slots = Vec::new();
        self.slots(&mut slots);
        slots.dedup();
        slots.truncate(3);
        let shown = slots.iter().map(|&slot| {
            let value = frame.number(slot, at);
            format!("{} = {value}", frame.plan.columns[slot].name)
        });
        format!(" ({})", shown.collect::<Vec<_>>().join(", "))
    }

    fn slots(&self, out: &mut Vec<usize>) {
        match self {
            Self::Number(_) => {}
            Self::Column(slot) => out.push(*slot),
            Self::Negate(inner) | Self::Call(_, inner) | Self::Learned(_, inner) => inner.slots(out),
            Self::Sum(items) => items.iter().for_each(|(_, e)| e.slots(out)),
            Self::Product(items) => items.iter().for_each(|(_, e)| e.slots(out)),
            Self::Power(base, exponent) => {
                base.slots(out);
                exponent.slots(out);
            }
        }
    }
}

impl<'a> Value<'a> {
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Same(value) => Self::Same(f(value)),
            Self::Each(values) => {
                let mut values = values.into_owned();
                values.iter_mut().for_each(|v| *v = f(*v));
                Self::Each(Cow::Owned(values))
            }
        }
    }

    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (left, Self::Same(b)) => left.map(|a| f(a, b)),
            (Self::Same(a), right) => right.map(|b| f(a, b)),
            (Self::Each(left), Self::Each(right)) => {
                let mut left = left.into_owned();
                left.iter_mut().zip(right.iter()).for_each(|(a, b)| *a = f(*a, *b));
                Self::Each(Cow::Owned(left))
            }
        }
    }
}

/// Whether no value is infinite or NaN, in a loop that vectorises.
pub(super) fn all_finite(values: &[f64]) -> bool {
    values.chunks(1024).all(|chunk| chunk.iter().fold(true, |ok, v| ok & (v.abs() < f64::INFINITY)))
}

pub(super) fn describe(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "inf",
        f64::NEG_INFINITY => "-inf",
        _ => "not a number",
    }
}
