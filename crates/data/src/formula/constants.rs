//! What is learned from the data, before and after.
use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::ast::{Reference, write_number};
use super::error::{FormulaError, FormulaProblem};
use super::exact::{ExactSum, mean, mean_remainder, variance};
use super::frame::Frame;
use super::functions::nearest;
use super::plan::{Item, ItemKind};
use super::polynomial::{Recurrence, Step, Stieltjes};
use crate::{Column, MISSING};

/// Levels of the largest factor.
pub(super) const MAX_LEVELS: usize = 100_000;

/// The constants of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Constants {
    /// Not learned yet.
    Pending,
    /// Levels of a text column, in code-point order.
    Levels(Vec<String>),
    /// Levels of a numeric column, ascending.
    Numbers(Vec<f64>),
    /// The mean is `mean + rest`, to twice the digits of a double.
    Center {
        mean: f64,
        rest: f64,
    },
    Scale {
        mean: f64,
        rest: f64,
        sd: f64,
    },
    Poly(Recurrence),
}

impl Constants {
    /// The mean, its rest, and what a centred or scaled argument is divided by.
    pub fn centre_and_divisor(&self) -> (f64, f64, f64) {
        match self {
            Self::Center { mean, rest } => (*mean, *rest, 1.0),
            Self::Scale { mean, rest, sd } => (*mean, *rest, *sd),
            _ => (f64::NAN, 0.0, 1.0),
        }
    }

    /// The levels as text.
    pub fn labels(&self) -> Vec<String> {
        match self {
            Self::Levels(levels) => levels.clone(),
            Self::Numbers(levels) => levels.iter().map(|v| number_label(*v)).collect(),
            _ => Vec::new(),
        }
    }

    /// The level that a reference names.
    pub fn find(&self, reference: &Reference) -> Result<usize, Option<String>> {
        let found = match (self, reference) {
            (Self::Levels(levels), Reference::Name(text) | Reference::Text(text)) => {
                levels.binary_search(text).ok()
            }
            (Self::Levels(levels), Reference::Number(value)) => {
                levels.binary_search(&number_label(*value)).ok()
            }
            (Self::Numbers(levels), Reference::Number(value)) => levels.iter().position(|l| l == value),
            (Self::Numbers(levels), Reference::Name(text) | Reference::Text(text)) => {
                text.trim().parse::<f64>().ok().and_then(|value| levels.iter().position(|l| *l == value))
            }
            _ => None,
        };
        found.ok_or_else(|| {
            let wanted = reference_text(reference);
            let labels = self.labels();
            nearest(&wanted, labels.iter().map(String::as_str)).map(str::to_owned)
        })
    }

    /// Whether these are constants such as `item` learns.
    pub fn fits(&self, item: &Item, is_text: bool) -> bool {
        match (&item.kind, self) {
            (ItemKind::Levels { .. }, Self::Levels(levels)) => {
                is_text
                    && levels.len() >= 2
                    && levels.len() <= MAX_LEVELS
                    && levels.windows(2).all(|w| w[0] < w[1])
            }
            (ItemKind::Levels { .. }, Self::Numbers(levels)) => {
                !is_text
                    && levels.len() >= 2
                    && levels.len() <= MAX_LEVELS
                    && levels.iter().all(|v| v.is_finite())
                    && levels.windows(2).all(|w| w[0] < w[1])
            }
            (ItemKind::Center(_), Self::Center { mean, rest }) => mean.is_finite() && rest.is_finite(),
            (ItemKind::Scale(_), Self::Scale { mean, rest, sd }) => {
                mean.is_finite() && rest.is_finite() && sd.is_finite() && *sd > 0.0
            }
            (ItemKind::Poly { degree, .. }, Self::Poly(recurrence)) => {
                recurrence.degree() == *degree && recurrence.is_sound()
            }
            _ => false,
        }
    }
}

pub(super) fn reference_text(reference: &Reference) -> String {
    match reference {
        Reference::Name(text) | Reference::Text(text) => text.clone(),
        Reference::Number(value) => number_label(*value),
    }
}

pub(super) fn number_label(value: f64) -> String {
    let mut label = String::new();
    // Writing to a String does not fail.
    let _ = write_number(&mut label, value);
    label
}

/// The sums and sets of one item during one pass. None depends on the order of rows or on how they are cut into batches.
#[derive(Debug, Clone)]
pub(super) enum Accumulator {
    Levels(BTreeSet<String>),
    Numbers(HashSet<u64>),
    Center(ExactSum),
    Scale(ExactSum, ExactSum),
    Poly(Stieltjes),
}

/// What a pass came to for one item.
pub(super) enum Outcome {
    Again(Accumulator),
    Done(Constants),
}

impl Accumulator {
    pub fn new(item: &Item, is_text: bool) -> Self {
        match item.kind {
            ItemKind::Levels { .. } if is_text => Self::Levels(BTreeSet::new()),
            ItemKind::Levels { .. } => Self::Numbers(HashSet::new()),
            ItemKind::Center(_) => Self::Center(ExactSum::new()),
            ItemKind::Scale(_) => Self::Scale(ExactSum::new(), ExactSum::new()),
            ItemKind::Poly { degree, .. } => Self::Poly(Stieltjes::new(degree)),
        }
    }

    pub fn observe(
        &mut self,
        frame: &Frame<'_>,
        item: &Item,
        constants: &[Constants],
    ) -> Result<(), FormulaError> {
        let argument = match &item.kind {
            ItemKind::Levels { slot } => {
                self.observe_levels(frame, *slot);
                return self.check_levels(frame, item);
            }
            ItemKind::Center(argument) | ItemKind::Scale(argument) | ItemKind::Poly { argument, .. } => {
                argument
            }
        };
        let values = argument.evaluate(frame, constants, &item.name, item.span)?;
        match self {
            Self::Center(sum) => values.iter().for_each(|&x| sum.add(x)),
            Self::Scale(sum, squares) => {
                for &x in values.iter() {
                    sum.add(x);
                    squares.add_product(x, x);
                }
            }
            Self::Poly(state) => state.observe(&values),
            Self::Levels(_) | Self::Numbers(_) => {}
        }
        Ok(())
    }

    fn observe_levels(&mut self, frame: &Frame<'_>, slot: usize) {
        match (self, &frame.batch.columns[slot]) {
            (Self::Levels(known), Column::Labels { codes, levels }) => {
                let mut seen = vec![false; levels.len()];
                let codes = frame.codes(codes);
                codes.iter().filter(|&&c| c != MISSING).for_each(|&c| seen[c as usize] = true);
                for (level, _) in levels.iter().zip(seen).filter(|(_, seen)| *seen) {
                    if !known.contains(level) {
                        known.insert(level.clone());
                    }
                }
            }
            (Self::Numbers(known), Column::Numbers(_)) => {
                let mut last = None;
                for &x in frame.numbers(slot).iter() {
                    // Adding zero turns −0 into 0.
                    let bits = (x + 0.0).to_bits();
                    if last != Some(bits) && known.len() <= MAX_LEVELS {
                        known.insert(bits);
                        last = Some(bits);
                    }
                }
            }
            _ => {}
        }
    }

    fn check_levels(&self, frame: &Frame<'_>, item: &Item) -> Result<(), FormulaError> {
        if self.levels() > MAX_LEVELS { Err(frame.error(too_many_levels(item), item.span)) } else { Ok(()) }
    }

    fn levels(&self) -> usize {
        match self {
            Self::Levels(known) => known.len(),
            Self::Numbers(known) => known.len(),
            _ => 0,
        }
    }

    /// Adds what another learner of the same pass has seen. More levels than the limit are found out at the end.
    pub fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Levels(a), Self::Levels(b)) if a.len() <= MAX_LEVELS => a.extend(b),
            (Self::Numbers(a), Self::Numbers(b)) if a.len() <= MAX_LEVELS => a.extend(b),
            (Self::Center(a), Self::Center(b)) => a.merge(b),
            (Self::Scale(a, aa), Self::Scale(b, bb)) => {
                a.merge(b);
                aa.merge(bb);
            }
            (Self::Poly(a), Self::Poly(b)) => a.merge(b),
            _ => {}
        }
    }

    pub fn finish(self, item: &Item, rows: u64) -> Result<Outcome, FormulaProblem> {
        if self.levels() > MAX_LEVELS {
            return Err(too_many_levels(item));
        }
        let term = || item.name.clone();
        Ok(Outcome::Done(match self {
            Self::Levels(known) => {
                Constants::Levels(at_least_two(known.into_iter().collect(), item, String::clone)?)
            }
            Self::Numbers(known) => {
                let mut levels: Vec<f64> = known.into_iter().map(f64::from_bits).collect();
                levels.sort_unstable_by(f64::total_cmp);
                Constants::Numbers(at_least_two(levels, item, |v| number_label(*v))?)
            }
            Self::Center(sum) => {
                let mean = mean(&sum, rows);
                if !mean.is_finite() {
                    return Err(FormulaProblem::Overflow { term: term() });
                }
                Constants::Center { mean, rest: mean_remainder(&sum, rows, mean) }
            }
            Self::Scale(sum, squares) => {
                let (mean, variance) = (mean(&sum, rows), variance(&sum, &squares, rows));
                let sd = variance.sqrt();
                if sd == 0.0 || rows < 2 {
                    return Err(FormulaProblem::Constant { term: term() });
                }
                if !mean.is_finite() || !sd.is_finite() {
                    return Err(FormulaProblem::Overflow { term: term() });
                }
                Constants::Scale { mean, rest: mean_remainder(&sum, rows, mean), sd }
            }
            Self::Poly(state) => match state.finish(rows) {
                Step::Again(state) => return Ok(Outcome::Again(Self::Poly(state))),
                Step::Done(recurrence) => Constants::Poly(recurrence),
                Step::Overflow => return Err(FormulaProblem::Overflow { term: term() }),
                Step::TooFewDistinct(distinct) => {
                    let ItemKind::Poly { degree, .. } = item.kind else {
                        return Ok(Outcome::Done(Constants::Pending));
                    };
                    return Err(FormulaProblem::TooFewDistinct { term: term(), degree, distinct });
                }
            },
        }))
    }
}

fn at_least_two<T>(
    levels: Vec<T>,
    item: &Item,
    label: impl Fn(&T) -> String,
) -> Result<Vec<T>, FormulaProblem> {
    match &levels[..] {
        [] => Err(FormulaProblem::NoRows),
        [only] => Err(FormulaProblem::SingleLevel { variable: item.name.clone(), level: label(only) }),
        _ => Ok(levels),
    }
}

fn too_many_levels(item: &Item) -> FormulaProblem {
    FormulaProblem::TooManyLevels { variable: item.name.clone(), limit: MAX_LEVELS }
}
