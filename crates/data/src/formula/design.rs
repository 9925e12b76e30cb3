//! A formula with everything learned: the recipe of a design matrix.
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bind::unknown_column;
use super::constants::Constants;
use super::error::{FormulaError, FormulaProblem};
use super::frame::kind_changed;
use super::layout::{Layout, TermGroup};
use super::plan::Plan;
use super::stored::Stored;
use crate::Schema;

/// Turns batches into rows of the design matrix. Holds the formula and the learned constants, and no data.
///
/// Stored (with serde) it is the formula's text, its columns and the constants, under a version number; read back, it
/// evaluates to the same bits.
///
/// # Examples
/// ```
/// use ferronum_data::formula::{Formula, Learned};
/// use ferronum_data::{Field, Kind, Schema};
/// let field = |name: &str| Field { name: name.into(), kind: Kind::Number };
/// let schema = Schema::new(vec![field("y"), field("x")]);
/// let bound = Formula::parse("y ~ x + I(x^2)")?.bind(&schema)?;
/// let Learned::Done(design) = bound.learner().finish()? else { unreachable!("nothing to learn") };
/// assert_eq!(design.term_names(), ["x", "I(x^2)"]);
/// assert_eq!(design.response_name(), Some("y"));
/// assert!(design.has_intercept());
/// # Ok::<(), ferronum_data::formula::FormulaError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Design {
    pub(super) plan: Arc<Plan>,
    pub(super) constants: Arc<Vec<Constants>>,
    pub(super) layout: Arc<Layout>,
}

impl Design {
    pub(super) fn new(plan: Arc<Plan>, constants: Vec<Constants>) -> Result<Self, FormulaError> {
        let layout = Arc::new(Layout::new(&plan, &constants)?);
        Ok(Self { plan, constants: Arc::new(constants), layout })
    }

    /// The formula as it was written.
    pub fn formula(&self) -> &str {
        &self.plan.text
    }

    /// The response as written, such as `log(y)`; `None` for a formula without one.
    pub fn response_name(&self) -> Option<&str> {
        self.plan.response.as_ref().map(|r| r.name.as_str())
    }

    /// Whether the model has an intercept. It is not a column of x: whoever fits adds it.
    pub fn has_intercept(&self) -> bool {
        self.plan.intercept
    }

    /// Whether the formula has an `offset(...)`.
    pub fn has_offset(&self) -> bool {
        !self.plan.offsets.is_empty()
    }

    /// The name of each column of x: `x`, `g[T.b]` (treatment), `g[b]` (every level), `g[S.b]`, `g[H.b]`, `g.Linear`, `poly(x, 2)[1]`,
    /// joined by `:` in interactions.
    pub fn term_names(&self) -> &[String] {
        &self.layout.names
    }

    /// The terms of the formula in model order, each with its columns of x.
    pub fn term_groups(&self) -> &[TermGroup] {
        &self.layout.groups
    }

    /// The names of the columns that were read for the fit: those of the right side, of the response, and the extras.
    pub fn column_names(&self) -> impl Iterator<Item = &str> {
        self.plan.columns.iter().map(|f| f.name.as_str())
    }

    /// The columns to read from a table for [`evaluate`](Self::evaluate), in batch order.
    ///
    /// The columns of the right side must be there. Those of the response follow if the table has them all, and after them
    /// the extras if it has them all too.
    ///
    /// # Errors
    /// [`FormulaProblem::UnknownColumn`]; [`FormulaProblem::KindChanged`] if a column holds text instead of numbers or
    /// the reverse.
    pub fn columns(&self, schema: &Schema) -> Result<Vec<usize>, FormulaError> {
        let plan = &*self.plan;
        let mut found = Vec::with_capacity(plan.columns.len());
        for (slot, field) in plan.columns.iter().enumerate() {
            match schema.index_of(&field.name) {
                Some(at) if schema.fields()[at].kind == field.kind => found.push(at),
                Some(_) if slot < plan.predictor_columns => {
                    return Err(FormulaError::new(kind_changed(&field.name, field.kind)));
                }
                None if slot < plan.predictor_columns => {
                    return Err(FormulaError::new(unknown_column(&field.name, schema)));
                }
                _ if slot < plan.fit_columns => {
                    found.truncate(plan.predictor_columns);
                    break;
                }
                _ => {
                    found.truncate(plan.fit_columns);
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Whether batches of that many columns hold the response and the extras too.
    pub fn is_full(&self, columns: usize) -> bool {
        columns >= self.plan.columns.len()
    }
}

impl From<FormulaProblem> for FormulaError {
    fn from(problem: FormulaProblem) -> Self {
        Self::new(problem)
    }
}
