//! A design as it is stored.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::constants::Constants;
use super::error::{FormulaError, FormulaProblem};
use super::learner::is_text;
use super::{BoundFormula, Design, Formula};
use crate::{Field, Kind, Schema};

/// The version written. Raised when the meaning of a stored design changes.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    version: u32,
    formula: String,
    columns: Vec<StoredColumn>,
    /// The columns that `.` stands for.
    dot: Option<Vec<String>>,
    extras: Vec<String>,
    /// Constants by the text of the factor or transform.
    learned: BTreeMap<String, Constants>,
}

#[derive(Serialize, Deserialize)]
struct StoredColumn {
    name: String,
    text: bool,
}

impl From<Design> for Stored {
    fn from(design: Design) -> Self {
        let plan = &design.plan;
        let column = |f: &Field| StoredColumn { name: f.name.clone(), text: f.kind == Kind::Text };
        let named = plan.items.iter().map(|i| i.name.clone()).zip(design.constants.iter().cloned());
        Self {
            version: VERSION,
            formula: plan.text.to_string(),
            columns: plan.columns.iter().map(column).collect(),
            dot: plan.dot.clone(),
            extras: plan.extras.iter().map(|&slot| plan.columns[slot].name.clone()).collect(),
            learned: named.collect(),
        }
    }
}

impl TryFrom<Stored> for Design {
    type Error = FormulaError;

    /// Binds the formula again to the stored columns and puts the constants in their places.
    fn try_from(mut stored: Stored) -> Result<Self, FormulaError> {
        if stored.version != VERSION {
            return Err(bad(format!(
                "it has version {}, this program reads version {VERSION}",
                stored.version
            )));
        }
        let kind = |text| if text { Kind::Text } else { Kind::Number };
        let fields: Vec<Field> =
            stored.columns.into_iter().map(|c| Field { name: c.name, kind: kind(c.text) }).collect();
        let extras: Vec<&str> = stored.extras.iter().map(String::as_str).collect();
        let formula = Formula::parse(&stored.formula)?;
        let bound = BoundFormula::again(&formula, &Schema::new(fields.clone()), stored.dot, &extras)?;
        let plan = bound.plan();
        if plan.columns != fields {
            return Err(bad("its columns are not those of its formula".to_owned()));
        }
        let mut constants = Vec::with_capacity(plan.items.len());
        for item in &plan.items {
            match stored.learned.remove(&item.name) {
                Some(found) if found.fits(item, is_text(plan, item)) => constants.push(found),
                _ => return Err(bad(format!("the constants of `{}` are missing or wrong", item.name))),
            }
        }
        if let Some(left) = stored.learned.keys().next() {
            return Err(bad(format!("it has constants of `{left}`, which its formula does not have")));
        }
        Design::new(plan.clone(), constants)
    }
}

fn bad(reason: String) -> FormulaError {
    FormulaError::new(FormulaProblem::BadDesign { reason })
}
