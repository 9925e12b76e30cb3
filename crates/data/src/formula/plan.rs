//! What a bound formula comes to.
use std::sync::Arc;

use super::arithmetic::Arithmetic;
use super::ast::Contrast;
use super::error::{FormulaError, FormulaProblem, Span};
use super::terms::Term;
use crate::Field;

/// Everything about a bound formula but the constants that are learned.
///
/// Columns are numbered by *slot*: first those of the right side, then those that only the response uses, then those that
/// are only extras, so that prediction can do with the first few.
#[derive(Debug, PartialEq)]
pub(super) struct Plan {
    pub text: Arc<str>,
    pub columns: Vec<Field>,
    pub predictor_columns: usize,
    pub fit_columns: usize,
    pub dot: Option<Vec<String>>,
    pub response: Option<Quantity>,
    pub offsets: Vec<Quantity>,
    pub variables: Vec<Variable>,
    pub terms: Vec<Term>,
    /// For each variable of each term, whether it is a factor coded in full.
    pub full: Vec<Vec<bool>>,
    pub intercept: bool,
    pub extras: Vec<usize>,
    pub items: Vec<Item>,
}

/// A named number per row.
#[derive(Debug, PartialEq)]
pub(super) struct Quantity {
    pub name: String,
    pub span: Span,
    pub value: Arithmetic,
}

#[derive(Debug, PartialEq)]
pub(super) struct Variable {
    pub name: String,
    pub span: Span,
    pub kind: VariableKind,
}

#[derive(Debug, PartialEq)]
pub(super) enum VariableKind {
    Number(Arithmetic),
    Powers { argument: Arithmetic, degree: usize },
    Poly { item: usize, argument: Arithmetic },
    Factor { item: usize, slot: usize, contrast: Contrast },
}

/// Something to learn; what it is computed from may use the items before it.
#[derive(Debug, PartialEq)]
pub(super) struct Item {
    pub name: String,
    pub span: Span,
    pub kind: ItemKind,
}

#[derive(Debug, PartialEq)]
pub(super) enum ItemKind {
    Levels { slot: usize },
    Center(Arithmetic),
    Scale(Arithmetic),
    Poly { argument: Arithmetic, degree: usize },
}

impl Plan {
    pub fn term_label(&self, term: &Term) -> String {
        term.iter().map(|&v| self.variables[v as usize].name.as_str()).collect::<Vec<_>>().join(":")
    }

    pub fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError {
        FormulaError::at(problem, &self.text, span)
    }
}
