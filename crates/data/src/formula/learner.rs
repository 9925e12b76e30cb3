//! The passes over the data that come before a design.
use std::sync::Arc;

use super::constants::{Accumulator, Constants, Outcome};
use super::error::{FormulaError, FormulaProblem};
use super::frame::Frame;
use super::plan::{Item, ItemKind, Plan};
use super::{Design, NaPolicy};
use crate::{Batch, Kind};

/// Collects what the terms of a formula depend on: levels of factors, means, standard deviations, polynomials.
///
/// It looks at the rows that a fit keeps: those complete in every column of the formula and in the extras. What it learns does not
/// depend on how the rows are cut into batches or merged, to the bit: sums are exact.
///
/// Levels of a text column are sorted by code points (R sorts by the locale's collation), those of a numeric column by
/// value.
#[derive(Debug, Clone)]
pub struct Learner {
    plan: Arc<Plan>,
    constants: Vec<Constants>,
    accumulators: Vec<Option<Accumulator>>,
    rows: u64,
}

/// What a pass came to.
#[derive(Debug, Clone)]
pub enum Learned {
    /// Another pass over the same data is needed: `poly(x, k)` takes k + 1, a transform of a transform takes its turn after
    /// the inner one.
    Again(Learner),
    /// The design is complete.
    Done(Design),
}

impl Learner {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        let constants = vec![Constants::Pending; plan.items.len()];
        let mut learner = Self { accumulators: vec![None; constants.len()], plan, constants, rows: 0 };
        learner.start_ready_items();
        learner
    }

    /// Takes a batch that holds the columns of [`BoundFormula::columns`](super::BoundFormula::columns).
    ///
    /// # Errors
    /// An infinite value, a transform that is not finite at a kept row, a factor of more than 100,000 levels, and a batch
    /// of the wrong columns.
    pub fn observe(&mut self, batch: &Batch) -> Result<(), FormulaError> {
        let frame = Frame::new(&self.plan, batch, self.plan.columns.len(), NaPolicy::Drop)?;
        for (accumulator, item) in self.accumulators.iter_mut().zip(&self.plan.items) {
            if let Some(accumulator) = accumulator {
                accumulator.observe(&frame, item, &self.constants)?;
            }
        }
        self.rows += frame.rows as u64;
        Ok(())
    }

    /// Adds what another learner of the same formula and pass has seen.
    ///
    /// A learner to merge is a clone taken before the pass; one of another formula is left out.
    pub fn merge(&mut self, other: Self) {
        if self.plan.items.len() != other.plan.items.len() {
            return;
        }
        for (mine, theirs) in self.accumulators.iter_mut().zip(other.accumulators) {
            if let (Some(mine), Some(theirs)) = (mine, theirs) {
                mine.merge(theirs);
            }
        }
        self.rows += other.rows;
    }

    /// The number of complete rows seen in this pass.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends a pass.
    ///
    /// # Errors
    /// No complete row; a factor of one level, or without its reference level; nothing to scale by; a polynomial of too
    /// high a degree; a design of more than 20,000 columns.
    pub fn finish(mut self) -> Result<Learned, FormulaError> {
        if self.plan.items.is_empty() {
            return Design::new(self.plan, self.constants).map(Learned::Done);
        }
        if self.rows == 0 {
            return Err(FormulaError::new(FormulaProblem::NoRows));
        }
        for (i, item) in self.plan.items.iter().enumerate() {
            let Some(accumulator) = self.accumulators[i].take() else { continue };
            match accumulator.finish(item, self.rows).map_err(|p| self.plan.error(p, item.span))? {
                Outcome::Again(next) => self.accumulators[i] = Some(next),
                Outcome::Done(constants) => self.constants[i] = constants,
            }
        }
        self.rows = 0;
        self.start_ready_items();
        if self.accumulators.iter().all(Option::is_none) {
            Design::new(self.plan, self.constants).map(Learned::Done)
        } else {
            Ok(Learned::Again(self))
        }
    }

    /// Gives an accumulator to each item that has none and whose argument can be computed.
    fn start_ready_items(&mut self) {
        for (i, item) in self.plan.items.iter().enumerate() {
            let waiting = self.constants[i] == Constants::Pending && self.accumulators[i].is_none();
            if waiting && is_ready(item, &self.constants) {
                self.accumulators[i] = Some(Accumulator::new(item, is_text(&self.plan, item)));
            }
        }
    }
}

fn is_ready(item: &Item, constants: &[Constants]) -> bool {
    match &item.kind {
        ItemKind::Levels { .. } => true,
        ItemKind::Center(argument) | ItemKind::Scale(argument) | ItemKind::Poly { argument, .. } => {
            argument.is_ready(constants)
        }
    }
}

/// Whether an item is the levels of a text column.
pub(super) fn is_text(plan: &Plan, item: &Item) -> bool {
    matches!(item.kind, ItemKind::Levels { slot } if plan.columns[slot].kind == Kind::Text)
}
