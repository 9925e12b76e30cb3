//! The rows of a batch that are complete.
use std::borrow::Cow;

use super::NaPolicy;
use super::arithmetic::all_finite;
use super::error::{FormulaError, FormulaProblem, Span};
use super::plan::Plan;
use crate::{Batch, Column, Kind, MISSING};

/// A batch, checked against a plan, and which of its rows are kept.
pub(super) struct Frame<'a> {
    pub plan: &'a Plan,
    pub batch: &'a Batch,
    /// Kept rows of the batch, ascending; `None` if all are.
    pub kept: Option<Vec<u32>>,
    /// The number of kept rows.
    pub rows: usize,
}

impl<'a> Frame<'a> {
    /// Keeps the rows that are complete in the first `slots` columns.
    ///
    /// # Errors
    /// A batch that does not fit the plan; an infinite value in a kept row; a missing value, if the policy forbids it.
    pub fn new(
        plan: &'a Plan,
        batch: &'a Batch,
        slots: usize,
        policy: NaPolicy,
    ) -> Result<Self, FormulaError> {
        check_shape(plan, batch, slots)?;
        let columns = &batch.columns[..slots];
        let kept = complete_rows(columns, batch.rows);
        if let (Some(kept), NaPolicy::Error) = (&kept, policy) {
            return Err(first_missing(plan, batch, columns, kept));
        }
        let rows = kept.as_ref().map_or(batch.rows, Vec::len);
        let frame = Self { plan, batch, kept, rows };
        (0..slots).try_for_each(|slot| frame.check_infinite(slot))?;
        Ok(frame)
    }

    /// The data row (from 1) of the i-th kept row.
    pub fn row(&self, i: usize) -> u64 {
        let within = self.kept.as_ref().map_or(i as u64, |kept| u64::from(kept[i]));
        self.batch.first_row.saturating_add(within).saturating_add(1)
    }

    /// A numeric column at the kept rows.
    pub fn numbers(&self, slot: usize) -> Cow<'a, [f64]> {
        match (&self.batch.columns[slot], &self.kept) {
            (Column::Numbers(values), None) => Cow::Borrowed(values),
            (Column::Numbers(values), Some(kept)) => kept.iter().map(|&i| values[i as usize]).collect(),
            (Column::Labels { .. }, _) => Cow::Borrowed(&[]),
        }
    }

    /// A numeric column at the i-th kept row.
    pub fn number(&self, slot: usize, i: usize) -> f64 {
        let at = self.kept.as_ref().map_or(i, |kept| kept[i] as usize);
        match &self.batch.columns[slot] {
            Column::Numbers(values) => values[at],
            Column::Labels { .. } => f64::NAN,
        }
    }

    /// The codes of a text column at the kept rows.
    pub fn codes(&self, codes: &'a [u32]) -> Cow<'a, [u32]> {
        match &self.kept {
            None => Cow::Borrowed(codes),
            Some(kept) => kept.iter().map(|&i| codes[i as usize]).collect(),
        }
    }

    /// A whole column at the kept rows.
    pub fn column(&self, slot: usize) -> Column {
        match &self.batch.columns[slot] {
            Column::Numbers(_) => Column::Numbers(self.numbers(slot).into_owned()),
            Column::Labels { codes, levels } => {
                Column::Labels { codes: self.codes(codes).into_owned(), levels: levels.clone() }
            }
        }
    }

    pub fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError {
        self.plan.error(problem, span)
    }

    fn check_infinite(&self, slot: usize) -> Result<(), FormulaError> {
        let Column::Numbers(values) = &self.batch.columns[slot] else { return Ok(()) };
        if all_finite(values) {
            return Ok(());
        }
        match (0..self.rows).find(|&i| self.number(slot, i).is_infinite()) {
            Some(i) => Err(FormulaError::new(FormulaProblem::InfiniteValue {
                row: self.row(i),
                column: self.plan.columns[slot].name.clone(),
            })),
            None => Ok(()),
        }
    }
}

fn check_shape(plan: &Plan, batch: &Batch, slots: usize) -> Result<(), FormulaError> {
    let mismatch = |reason: String| Err(FormulaError::new(FormulaProblem::BatchMismatch { reason }));
    if batch.columns.len() < slots {
        return mismatch(format!("{} columns, needed are {slots}", batch.columns.len()));
    }
    if batch.rows >= MISSING as usize {
        return mismatch(format!("{} rows are too many for one batch", batch.rows));
    }
    for (field, column) in plan.columns.iter().zip(&batch.columns[..slots]) {
        let kind = match column {
            Column::Numbers(_) => Kind::Number,
            Column::Labels { .. } => Kind::Text,
        };
        if kind != field.kind {
            return Err(FormulaError::new(kind_changed(&field.name, field.kind)));
        }
        if column.len() != batch.rows {
            return mismatch(format!("column `{}` has {} rows of {}", field.name, column.len(), batch.rows));
        }
        if let Column::Labels { codes, levels } = column
            && codes.iter().any(|&c| c != MISSING && c as usize >= levels.len())
        {
            return mismatch(format!("column `{}` has a code without a level", field.name));
        }
    }
    Ok(())
}

/// The problem of a column that was of `kind` and is not any more.
pub(super) fn kind_changed(column: &str, kind: Kind) -> FormulaProblem {
    let (expected, found) = match kind {
        Kind::Number => ("numbers", "text"),
        Kind::Text => ("text", "numbers"),
    };
    FormulaProblem::KindChanged { column: column.to_owned(), expected, found }
}

/// The rows without a missing value, or `None` if that is all of them.
fn complete_rows(columns: &[Column], rows: usize) -> Option<Vec<u32>> {
    let mut complete: Option<Vec<bool>> = None;
    for column in columns {
        match column {
            Column::Numbers(values) if !all_finite(values) && values.iter().any(|v| v.is_nan()) => {
                let complete = complete.get_or_insert_with(|| vec![true; rows]);
                complete.iter_mut().zip(values).for_each(|(c, v)| *c &= !v.is_nan());
            }
            Column::Labels { codes, .. } if codes.contains(&MISSING) => {
                let complete = complete.get_or_insert_with(|| vec![true; rows]);
                complete.iter_mut().zip(codes).for_each(|(c, &code)| *c &= code != MISSING);
            }
            _ => {}
        }
    }
    complete.map(|complete| (0..rows as u32).filter(|&i| complete[i as usize]).collect())
}

fn first_missing(plan: &Plan, batch: &Batch, columns: &[Column], kept: &[u32]) -> FormulaError {
    let row = kept.iter().enumerate().find(|(i, k)| *i as u32 != **k).map_or(kept.len(), |(i, _)| i);
    let slot = columns.iter().position(|c| c.is_missing(row)).unwrap_or(0);
    FormulaError::new(FormulaProblem::MissingValue {
        row: batch.first_row.saturating_add(row as u64).saturating_add(1),
        column: plan.columns[slot].name.clone(),
    })
}
