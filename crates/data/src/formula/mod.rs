//! Formulas, and the design matrices they describe.
//!
//! `y ~ x1 + log(x2) + C(g)` says how the columns of a table become the response and the columns of a design matrix.
//! The way from text to numbers has four steps, and the last one works on one batch at a time:
//!
//! 1. [`Formula::parse`] reads the text;
//! 2. [`Formula::bind`] looks up its columns in a [`Schema`] and says which to read;
//! 3. a [`Learner`] passes over the data for what the terms depend on: levels of factors, means, polynomials;
//! 4. the [`Design`], which holds those constants and no data, turns each [`Batch`](crate::Batch) into a [`Block`].
//!
//! The same design evaluated on other data gives the same coding, which is what prediction needs.
//!
//! # Examples
//! ```
//! use ferronum_data::formula::{Formula, Learned, NaPolicy, Part};
//! use ferronum_data::{Batch, Column, Field, Kind, Schema};
//!
//! let field = |name: &str, kind| Field { name: name.into(), kind };
//! let schema = Schema::new(vec![field("fuel", Kind::Number), field("km", Kind::Number), field("car", Kind::Text)]);
//! let bound = Formula::parse("fuel ~ km + car")?.bind(&schema)?;
//! assert_eq!(bound.columns(), [1, 2, 0]); // predictors first
//!
//! let batch = Batch {
//!     first_row: 0,
//!     rows: 3,
//!     columns: vec![
//!         Column::Numbers(vec![100.0, 250.0, f64::NAN]),
//!         Column::Labels { codes: vec![0, 1, 0], levels: vec!["van".into(), "bus".into()] },
//!         Column::Numbers(vec![8.0, 60.0, 7.0]),
//!     ],
//! };
//! let mut learner = bound.learner();
//! learner.observe(&batch)?;
//! let Learned::Done(design) = learner.finish()? else { unreachable!("levels take one pass") };
//! assert_eq!(design.term_names(), ["km", "car[T.van]"]);
//!
//! let block = design.evaluate(&batch, NaPolicy::Drop, Part::Full)?;
//! assert_eq!((block.rows, block.dropped), (2, 1)); // the third row has no `km`
//! assert_eq!(block.x, [100.0, 250.0, 1.0, 0.0]); // by columns
//! assert_eq!(block.y, Some(vec![8.0, 60.0]));
//! # Ok::<(), ferronum_data::formula::FormulaError>(())
//! ```
mod arithmetic;
mod ast;
mod bind;
mod coding;
mod constants;
mod contrasts;
mod design;
mod error;
mod evaluate;
mod exact;
mod frame;
mod functions;
mod layout;
mod learner;
mod lexer;
mod parser;
mod plan;
mod polynomial;
mod stored;
mod terms;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub use bind::BoundFormula;
pub use design::Design;
pub use error::{FormulaError, FormulaProblem};
pub use evaluate::{Block, NaPolicy, Part};
pub use layout::TermGroup;
pub use learner::{Learned, Learner};

use crate::Schema;

/// A formula that has been read, and not yet been looked up in a table.
///
/// # Examples
/// ```
/// use ferronum_data::formula::Formula;
/// let formula: Formula = "log(price) ~ area * C(district, Sum)".parse()?;
/// assert!(formula.has_response());
/// assert!(Formula::parse("price ~ area +").is_err());
/// # Ok::<(), ferronum_data::formula::FormulaError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: Arc<str>,
    ast: Arc<ast::Ast>,
}

impl Formula {
    /// Reads a formula.
    ///
    /// The language is that of R with patsy's `C(...)`; the guide's page on formulas has it in full. Among terms, `+` adds,
    /// `-` takes away, `:` interacts, `a * b` is `a + b + a:b`, `a / b` is `a + a:b`, `^` multiplies a sum with itself, `.` is
    /// every column that the left side does not use, `1` and `0` say whether there is an intercept.
    ///
    /// # Errors
    /// [`FormulaError`] with the place, for a text that does not follow the grammar, is longer than 1 MiB or
    /// nests more than 64 deep.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let text: Arc<str> = text.into();
        let ast = Arc::new(parser::parse(&text)?);
        Ok(Self { text, ast })
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is something on the left of `~`.
    pub fn has_response(&self) -> bool {
        self.ast.response.is_some()
    }

    /// Looks up the columns, expands `.` and multiplies out the terms.
    ///
    /// # Errors
    /// [`FormulaError`] for an unknown column (with the nearest name), text where a number is needed, a term without a column, an
    /// expansion to more than 10,000 terms, and a right side that comes to nothing.
    pub fn bind(&self, schema: &Schema) -> Result<BoundFormula, FormulaError> {
        BoundFormula::new(self, schema, &[])
    }
}

impl FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        Self::parse(text)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The guide's page, so that its example runs.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/formulas.md")]
struct Guide;
