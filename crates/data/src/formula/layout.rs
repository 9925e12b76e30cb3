//! Which columns of the design belong to which term, and what they are called.
use std::ops::Range;

use super::ast::Contrast;
use super::constants::{Constants, reference_text};
use super::contrasts::{Coding, MAX_POLYNOMIAL_LEVELS};
use super::error::{FormulaError, FormulaProblem};
use super::plan::{Plan, Variable, VariableKind};

/// Columns of the widest design.
pub(super) const MAX_COLUMNS: usize = 20_000;

/// A term of the formula and its columns of x.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermGroup {
    /// The term as multiplied out, such as `C(carrier)` or `x:g`.
    pub name: String,
    /// Its columns of [`Block::x`](super::Block::x).
    pub columns: Range<usize>,
}

/// The design's columns, computed once from plan and constants.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub names: Vec<String>,
    pub groups: Vec<TermGroup>,
    pub terms: Vec<Vec<Part>>,
}

/// One variable within a term. Its columns step by `stride`: the first variable of a term varies fastest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub variable: usize,
    pub width: usize,
    pub stride: usize,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// The variable's own columns.
    Columns,
    /// For each level the column that is 1 there, or [`NONE`].
    Indicators(Vec<u32>),
    /// For each column the value at each level.
    Contrasts(Vec<Vec<f64>>),
}

/// The reference level has no indicator.
pub(super) const NONE: u32 = u32::MAX;

impl Layout {
    pub fn new(plan: &Plan, constants: &[Constants]) -> Result<Self, FormulaError> {
        let contrasts = plan
            .variables
            .iter()
            .map(|v| contrast_coding(plan, v, constants))
            .collect::<Result<Vec<_>, _>>()?;
        check_width(plan, constants)?;
        let mut layout = Self { names: Vec::new(), groups: Vec::new(), terms: Vec::new() };
        for (term, full) in plan.terms.iter().zip(&plan.full) {
            let start = layout.names.len();
            let mut names = vec![String::new()];
            let mut parts = Vec::with_capacity(term.len());
            for (&number, &full) in term.iter().zip(full) {
                let variable = &plan.variables[number as usize];
                let coding = if full { Some(Coding::Full) } else { contrasts[number as usize] };
                let own = column_names(variable, constants, coding);
                parts.push(Part {
                    variable: number as usize,
                    width: own.len(),
                    stride: names.len(),
                    source: source(variable, constants, coding),
                });
                names = cross_names(&names, &own);
            }
            layout.names.extend(names);
            layout.groups.push(TermGroup { name: plan.term_label(term), columns: start..layout.names.len() });
            layout.terms.push(parts);
        }
        Ok(layout)
    }
}

/// How a factor is coded where its margin is in the model; `None` for other variables.
fn contrast_coding(
    plan: &Plan,
    variable: &Variable,
    constants: &[Constants],
) -> Result<Option<Coding>, FormulaError> {
    let VariableKind::Factor { item, contrast, .. } = &variable.kind else { return Ok(None) };
    let levels = &constants[*item];
    let count = level_count(levels);
    Ok(Some(match contrast {
        Contrast::Default | Contrast::Treatment(None) => Coding::Treatment { reference: 0 },
        Contrast::Treatment(Some(reference)) => {
            let found = levels.find(reference).map_err(|suggestion| {
                let level = reference_text(reference);
                let problem =
                    FormulaProblem::UnknownLevel { variable: variable.name.clone(), level, suggestion };
                plan.error(problem, variable.span)
            })?;
            Coding::Treatment { reference: found }
        }
        Contrast::Sum => Coding::Sum,
        Contrast::Helmert => Coding::Helmert,
        Contrast::Poly if count > MAX_POLYNOMIAL_LEVELS => {
            let variable_name = variable.name.clone();
            let problem = FormulaProblem::TooManyPolynomialLevels {
                variable: variable_name,
                levels: count,
                limit: MAX_POLYNOMIAL_LEVELS,
            };
            return Err(plan.error(problem, variable.span));
        }
        Contrast::Poly => Coding::Poly,
    }))
}

fn level_count(levels: &Constants) -> usize {
    match levels {
        Constants::Levels(levels) => levels.len(),
        Constants::Numbers(levels) => levels.len(),
        _ => 0,
    }
}

/// Bounds the columns before any of them is written out.
fn check_width(plan: &Plan, constants: &[Constants]) -> Result<(), FormulaError> {
    let mut total: u128 = 0;
    let mut widest = (0_u128, 0);
    for (at, (term, full)) in plan.terms.iter().zip(&plan.full).enumerate() {
        let widths = term.iter().zip(full).map(|(&v, &full)| match &plan.variables[v as usize].kind {
            VariableKind::Number(_) => 1,
            VariableKind::Powers { degree, .. } => *degree as u128,
            VariableKind::Poly { item, .. } => match &constants[*item] {
                Constants::Poly(recurrence) => recurrence.degree() as u128,
                _ => 1,
            },
            VariableKind::Factor { item, .. } => {
                (level_count(&constants[*item]) - usize::from(!full)) as u128
            }
        });
        let width = widths.fold(1, u128::saturating_mul);
        total = total.saturating_add(width);
        widest = widest.max((width, at));
    }
    if total > MAX_COLUMNS as u128 {
        let first = plan.terms[widest.1][0];
        let problem = FormulaProblem::TooManyColumns { columns: total, limit: MAX_COLUMNS };
        return Err(plan.error(problem, plan.variables[first as usize].span));
    }
    Ok(())
}

fn column_names(variable: &Variable, constants: &[Constants], coding: Option<Coding>) -> Vec<String> {
    let name = &variable.name;
    let powers = |degree: usize| (1..=degree).map(|k| format!("{name}[{k}]")).collect();
    match (&variable.kind, coding) {
        (VariableKind::Factor { item, .. }, Some(coding)) => {
            let suffixes = coding.suffixes(&constants[*item].labels());
            suffixes.into_iter().map(|suffix| format!("{name}{suffix}")).collect()
        }
        (VariableKind::Powers { degree, .. }, _) => powers(*degree),
        (VariableKind::Poly { item, .. }, _) => match &constants[*item] {
            Constants::Poly(recurrence) => powers(recurrence.degree()),
            _ => Vec::new(),
        },
        _ => vec![name.clone()],
    }
}

fn source(variable: &Variable, constants: &[Constants], coding: Option<Coding>) -> Source {
    match (&variable.kind, coding) {
        (VariableKind::Factor { item, .. }, Some(coding)) => {
            let count = level_count(&constants[*item]);
            if coding.is_indicator() {
                let column = |level| coding.indicator(level).map_or(NONE, |c| c as u32);
                Source::Indicators((0..count).map(column).collect())
            } else {
                Source::Contrasts(coding.matrix(count))
            }
        }
        _ => Source::Columns,
    }
}

fn cross_names(left: &[String], right: &[String]) -> Vec<String> {
    let join = |l: &String, r: &String| if l.is_empty() { r.clone() } else { format!("{l}:{r}") };
    right.iter().flat_map(|r| left.iter().map(move |l| join(l, r))).collect()
}
