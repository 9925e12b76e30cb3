//! From a batch to rows of the design matrix.
use std::borrow::Cow;

use super::Design;
use super::arithmetic::{all_finite, describe};
use super::constants::Constants;
use super::error::{FormulaError, FormulaProblem};
use super::frame::Frame;
use super::layout::{NONE, Part as TermPart, Source};
use super::plan::{Quantity, Variable, VariableKind};
use crate::{Batch, Column, MISSING};

/// What happens to a row with a missing value in a column that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NaPolicy {
    /// The row is left out and counted in [`Block::dropped`].
    #[default]
    Drop,
    /// It is an error that names row and column.
    Error,
}

/// How much of a design to evaluate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The right side, the response and the extras; a row is kept if all are there.
    Full,
    /// The right side with its offset, for prediction; a row is kept if its columns are there.
    PredictorsOnly,
}

/// Rows of a design matrix.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Block {
    /// 0-based data row of the batch's first row.
    pub first_row: u64,
    /// The number of kept rows.
    pub rows: usize,
    /// The number of columns of `x`.
    pub ncols: usize,
    /// The design matrix without intercept, rows×ncols, by columns.
    pub x: Vec<f64>,
    /// The response.
    pub y: Option<Vec<f64>>,
    /// The sum of the offsets, if the formula has any.
    pub offset: Option<Vec<f64>>,
    /// The kept rows within the batch, ascending; `None` if all are kept.
    pub kept: Option<Vec<u32>>,
    /// The number of rows left out.
    pub dropped: usize,
    /// The extra columns at the kept rows; empty for [`Part::PredictorsOnly`].
    pub extras: Vec<Column>,
}

impl Block {
    /// Column `j` of x.
    ///
    /// # Panics
    /// If `j >= ncols`.
    pub fn column(&self, j: usize) -> &[f64] {
        &self.x[j * self.rows..(j + 1) * self.rows]
    }

    /// The data row, counted from 1, of the i-th kept row.
    pub fn row_number(&self, i: usize) -> u64 {
        let within = self.kept.as_ref().map_or(i as u64, |kept| u64::from(kept[i]));
        self.first_row + within + 1
    }
}

impl Design {
    /// Evaluates one batch, which holds the columns of [`columns`](Self::columns) or of
    /// [`BoundFormula::columns`](super::BoundFormula::columns) in that order.
    ///
    /// # Errors
    /// Each names the data row (counted from 1) and the column or term: an infinite value; a transform that gives an infinite
    /// value or not a number from values that are there, such as `log` of zero or of a negative number; a level that did
    /// not occur when the design was learned; a missing value, if `policy` is [`NaPolicy::Error`]. A batch that does not have
    /// the columns is [`FormulaProblem::BatchMismatch`].
    pub fn evaluate(&self, batch: &Batch, policy: NaPolicy, part: Part) -> Result<Block, FormulaError> {
        let mut block = Block::default();
        self.evaluate_into(batch, policy, part, &mut block)?;
        Ok(block)
    }

    /// As [`evaluate`](Self::evaluate), into a block whose memory is used again.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate); the block then holds nothing of use.
    pub fn evaluate_into(
        &self,
        batch: &Batch,
        policy: NaPolicy,
        part: Part,
        block: &mut Block,
    ) -> Result<(), FormulaError> {
        let plan = &*self.plan;
        let slots = match part {
            Part::Full => plan.columns.len(),
            Part::PredictorsOnly => plan.predictor_columns,
        };
        let frame = Frame::new(plan, batch, slots, policy)?;
        block.first_row = batch.first_row;
        block.rows = frame.rows;
        block.ncols = self.layout.names.len();
        self.fill_x(&frame, &mut block.x)?;
        block.offset = self.offset(&frame)?;
        block.y = match (&plan.response, part) {
            (Some(response), Part::Full) => Some(self.quantity(&frame, response)?.into_owned()),
            _ => None,
        };
        block.extras = match part {
            Part::Full => plan.extras.iter().map(|&slot| frame.column(slot)).collect(),
            Part::PredictorsOnly => Vec::new(),
        };
        block.dropped = batch.rows - frame.rows;
        block.kept = frame.kept;
        Ok(())
    }

    fn fill_x(&self, frame: &Frame<'_>, x: &mut Vec<f64>) -> Result<(), FormulaError> {
        let cells = frame.rows.checked_mul(self.layout.names.len());
        let cells = cells.filter(|&n| n <= isize::MAX as usize / 8).ok_or_else(|| {
            let reason = format!("{} rows of {} columns are too many", frame.rows, self.layout.names.len());
            FormulaError::new(FormulaProblem::BatchMismatch { reason })
        })?;
        if x.is_empty() {
            *x = vec![0.0; cells]; // the system's zero pages
        } else {
            x.clear();
            x.resize(cells, 0.0);
        }
        let values =
            self.plan.variables.iter().map(|v| self.variable(frame, v)).collect::<Result<Vec<_>, _>>()?;
        for (parts, group) in self.layout.terms.iter().zip(&self.layout.groups) {
            let columns = group.columns.start * frame.rows..group.columns.end * frame.rows;
            let out = &mut x[columns];
            fill_term(parts, &values, frame.rows, out);
            let numeric = parts.iter().filter(|p| p.source == Source::Columns).count();
            if numeric > 1 && !all_finite(out) {
                return Err(self.product_overflow(frame, out, group.columns.start));
            }
        }
        Ok(())
    }

    fn product_overflow(&self, frame: &Frame<'_>, out: &[f64], first_column: usize) -> FormulaError {
        let at = out.iter().position(|v| !v.is_finite()).unwrap_or(0);
        FormulaError::new(FormulaProblem::NotFinite {
            row: frame.row(at % frame.rows.max(1)),
            term: self.layout.names[first_column + at / frame.rows.max(1)].clone(),
            value: describe(out[at]),
            given: String::new(),
        })
    }

    fn quantity<'a>(&self, frame: &Frame<'a>, quantity: &Quantity) -> Result<Cow<'a, [f64]>, FormulaError> {
        quantity.value.evaluate(frame, &self.constants, &quantity.name, quantity.span)
    }

    fn offset(&self, frame: &Frame<'_>) -> Result<Option<Vec<f64>>, FormulaError> {
        let mut total: Option<Vec<f64>> = None;
        for offset in &self.plan.offsets {
            let values = self.quantity(frame, offset)?;
            total = Some(match total {
                None => values.into_owned(),
                Some(mut sum) => {
                    sum.iter_mut().zip(values.iter()).for_each(|(s, v)| *s += v);
                    sum
                }
            });
        }
        Ok(total)
    }

    fn variable<'a>(&self, frame: &Frame<'a>, variable: &Variable) -> Result<Values<'a>, FormulaError> {
        let evaluate = |argument: &super::arithmetic::Arithmetic| {
            argument.evaluate(frame, &self.constants, &variable.name, variable.span)
        };
        let columns = match &variable.kind {
            VariableKind::Number(value) => return Ok(Values::Number(evaluate(value)?)),
            VariableKind::Factor { item, slot, .. } => {
                return Ok(Values::Levels(level_numbers(frame, *slot, &self.constants[*item])?));
            }
            VariableKind::Powers { argument, degree } => powers(&evaluate(argument)?, *degree),
            VariableKind::Poly { item, argument } => {
                let x = evaluate(argument)?;
                match &self.constants[*item] {
                    Constants::Poly(recurrence) => recurrence.columns(&x),
                    _ => Vec::new(),
                }
            }
        };
        for column in &columns {
            if let Some(at) = column.iter().position(|v| !v.is_finite()) {
                let (term, value) = (variable.name.clone(), describe(column[at]));
                let problem =
                    FormulaProblem::NotFinite { row: frame.row(at), term, value, given: String::new() };
                return Err(frame.error(problem, variable.span));
            }
        }
        Ok(Values::Columns(columns))
    }
}

/// A variable at the kept rows.
enum Values<'a> {
    Number(Cow<'a, [f64]>),
    Columns(Vec<Vec<f64>>),
    /// The number of the level.
    Levels(Vec<u32>),
}

/// x, x², … by repeated multiplication.
fn powers(x: &[f64], degree: usize) -> Vec<Vec<f64>> {
    let mut columns = vec![x.to_vec()];
    for k in 1..degree {
        let next = columns[k - 1].iter().zip(x).map(|(p, x)| p * x).collect();
        columns.push(next);
    }
    columns
}

/// The number of the level at each kept row.
fn level_numbers(frame: &Frame<'_>, slot: usize, levels: &Constants) -> Result<Vec<u32>, FormulaError> {
    let unseen = |i: usize, level: String| {
        let column = frame.plan.columns[slot].name.clone();
        FormulaError::new(FormulaProblem::UnseenLevel { row: frame.row(i), column, level })
    };
    match (&frame.batch.columns[slot], levels) {
        (Column::Labels { codes, levels: own }, Constants::Levels(known)) => {
            let find = |level| known.binary_search(level).map_or(MISSING, |n| n as u32);
            let numbers: Vec<u32> = own.iter().map(find).collect();
            let codes = frame.codes(codes);
            let found: Vec<u32> = codes.iter().map(|&code| numbers[code as usize]).collect();
            match found.iter().position(|&n| n == MISSING) {
                Some(i) => Err(unseen(i, own[codes[i] as usize].clone())),
                None => Ok(found),
            }
        }
        (Column::Numbers(_), Constants::Numbers(known)) => {
            let values = frame.numbers(slot);
            let mut last = 0;
            let mut found = Vec::with_capacity(values.len());
            for (i, &x) in values.iter().enumerate() {
                if known[last] != x {
                    let place = known.partition_point(|level| *level < x);
                    if known.get(place) != Some(&x) {
                        return Err(unseen(i, super::constants::number_label(x)));
                    }
                    last = place;
                }
                found.push(last as u32);
            }
            Ok(found)
        }
        _ => Ok(vec![0; frame.rows]),
    }
}

/// Writes the columns of one term into `out`, which is zero.
///
/// A row of a term is a product over its variables. Factors coded by indicators pick the column, and everything
/// else multiplies to the value that is put there.
fn fill_term(parts: &[TermPart], values: &[Values<'_>], rows: usize, out: &mut [f64]) {
    let picks = picked_columns(parts, values, rows);
    let dense: Vec<&TermPart> = parts.iter().filter(|p| !matches!(p.source, Source::Indicators(_))).collect();
    let combinations: usize = dense.iter().map(|p| p.width).product();
    let mut scratch = if picks.is_some() && !dense.is_empty() { vec![0.0; rows] } else { Vec::new() };
    for combination in 0..combinations {
        let (mut rest, mut offset) = (combination, 0);
        let mut factors = Vec::with_capacity(dense.len());
        for part in &dense {
            let own = rest % part.width;
            rest /= part.width;
            offset += own * part.stride;
            factors.push((*part, own));
        }
        match &picks {
            None => multiply(&factors, values, &mut out[offset * rows..(offset + 1) * rows]),
            Some(picks) => {
                multiply(&factors, values, &mut scratch);
                scatter(picks, &scratch, offset, rows, out);
            }
        }
    }
}

/// For each row the column that the indicators of a term pick, [`NONE`] at a reference level; `None` without indicators.
fn picked_columns(parts: &[TermPart], values: &[Values<'_>], rows: usize) -> Option<Vec<u32>> {
    let mut picks: Option<Vec<u32>> = None;
    for part in parts {
        let (Source::Indicators(columns), Values::Levels(levels)) = (&part.source, &values[part.variable])
        else {
            continue;
        };
        // Strides stay below the bound on the design's columns.
        let step: Vec<u32> =
            columns.iter().map(|&c| if c == NONE { NONE } else { c * part.stride as u32 }).collect();
        let picks = picks.get_or_insert_with(|| vec![0; rows]);
        for (pick, &level) in picks.iter_mut().zip(levels) {
            let step = step[level as usize];
            *pick = if *pick == NONE || step == NONE { NONE } else { *pick + step };
        }
    }
    picks
}

/// The product of one column of each part.
fn multiply(factors: &[(&TermPart, usize)], values: &[Values<'_>], out: &mut [f64]) {
    for (k, (part, own)) in factors.iter().enumerate() {
        let put = |out: &mut [f64], column: &[f64]| {
            if k == 0 {
                out.copy_from_slice(column);
            } else {
                out.iter_mut().zip(column).for_each(|(o, v)| *o *= v);
            }
        };
        match (&part.source, &values[part.variable]) {
            (_, Values::Number(column)) => put(out, column),
            (_, Values::Columns(columns)) => put(out, &columns[*own]),
            (Source::Contrasts(matrix), Values::Levels(levels)) => {
                let column = &matrix[*own];
                for (o, &level) in out.iter_mut().zip(levels) {
                    let value = column[level as usize];
                    *o = if k == 0 { value } else { *o * value };
                }
            }
            (_, Values::Levels(_)) => {}
        }
    }
}

/// Puts each row's value (1 if there are none) into the column picked for it.
fn scatter(picks: &[u32], values: &[f64], offset: usize, rows: usize, out: &mut [f64]) {
    for (i, &pick) in picks.iter().enumerate() {
        if pick != NONE {
            out[(pick as usize + offset) * rows + i] = values.get(i).copied().unwrap_or(1.0);
        }
    }
}
