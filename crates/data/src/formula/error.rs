//! What can be wrong with a formula, and how it is shown.
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A formula that cannot be read, bound to columns, learned or evaluated.
///
/// `Display` prints the message, the formula with a caret line under the place, and what to do:
///
/// ```text
/// unknown column `dep_dela`
///   arr_delay ~ dep_dela + distance
///               ^^^^^^^^
///   did you mean `dep_delay`?
/// ```
///
/// # Examples
/// ```
/// use ferronum_data::formula::{Formula, FormulaProblem};
/// let error = Formula::parse("y ~ (x1 + x2").unwrap_err();
/// assert!(matches!(error.problem(), FormulaProblem::Unclosed));
/// assert_eq!(error.to_string().lines().nth(2), Some("      ^"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaError {
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    problem: FormulaProblem,
    place: Option<(Arc<str>, Span)>,
}

/// The bytes of the formula's text that something stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub fn to(self, end: Span) -> Self {
        Self { start: self.start, end: end.end }
    }
}

/// The kinds of fault, with the names and numbers that explain them.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormulaProblem {
    /// No text at all.
    #[error("the formula is empty")]
    Empty,
    /// No `~` in the text.
    #[error("the formula has no `~`")]
    MissingTilde,
    /// More than one `~`.
    #[error("a formula has one `~`, this is the second")]
    SecondTilde,
    /// Nothing between `~` and the end.
    #[error("nothing stands on the right of `~`")]
    NothingOnRight,
    /// The terms cancel: neither an intercept nor a column is left.
    #[error("the right side leaves neither an intercept nor a term")]
    NothingLeft,
    /// A character outside the language.
    #[error("unexpected character `{character}`")]
    UnexpectedCharacter {
        /// The character.
        character: char,
    },
    /// A quotation that never ends.
    #[error("the quotation that opens here with {quote} is never closed")]
    UnclosedQuote {
        /// The opening quotation mark.
        quote: char,
    },
    /// A name that starts with a digit, outside back quotes.
    #[error("`{text}` is neither a number nor a name")]
    BadName {
        /// What stands there.
        text: String,
    },
    /// A number too large for `f64`.
    #[error("the number {text} is out of range")]
    NumberOutOfRange {
        /// The number as written.
        text: String,
    },
    /// A `(` without its `)`.
    #[error("this `(` is never closed")]
    Unclosed,
    /// A `)` without its `(`.
    #[error("this `)` closes nothing")]
    Unopened,
    /// Parentheses or powers nested beyond the limit.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A text beyond the limit.
    #[error("the formula has {length} bytes, more than {limit}")]
    TooLong {
        /// Bytes of the text.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// Something else was expected.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What could stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// A number other than 0 and 1 among the terms, or one inside an interaction.
    #[error("among terms a number is 0 or 1 in a sum (without or with intercept)")]
    NumberAmongTerms,
    /// An exponent that is not a whole number from 1 up.
    #[error("the power of a sum of terms is a whole number from 1 up, written out")]
    BadPower,
    /// A function the language does not have.
    #[error("unknown function `{name}`")]
    UnknownFunction {
        /// The name as written.
        name: String,
        /// The nearest function, or what to write in its place.
        suggestion: Option<String>,
    },
    /// Too many or too few arguments.
    #[error("{function} takes {expected}, here it has {found}")]
    ArgumentCount {
        /// The function.
        function: String,
        /// What it takes.
        expected: &'static str,
        /// Arguments found.
        found: usize,
    },
    /// An argument of the wrong kind.
    #[error("{function}: {requirement}")]
    BadArgument {
        /// The function.
        function: String,
        /// What the argument has to be.
        requirement: &'static str,
    },
    /// `C(...)`, `poly(...)`, `offset(...)` or `.` in a place where it has no meaning.
    #[error("{what} cannot stand here")]
    Misplaced {
        /// What it is.
        what: &'static str,
        /// Where it can stand.
        hint: &'static str,
    },
    /// The response also stands among the terms.
    #[error("`{name}` is the response and stands on the right side too")]
    ResponseAmongTerms {
        /// The response as written.
        name: String,
    },
    /// A term that is the same for every row.
    #[error("`{term}` uses no column")]
    NoColumn {
        /// The term.
        term: String,
    },
    /// No such column.
    #[error("unknown column `{name}`")]
    UnknownColumn {
        /// The name as written.
        name: String,
        /// The nearest column.
        suggestion: Option<String>,
    },
    /// Arithmetic on a text column.
    #[error("`{column}` holds text, and arithmetic needs numbers")]
    TextInArithmetic {
        /// The column.
        column: String,
    },
    /// A text column as the response.
    #[error("the response `{column}` holds text")]
    TextResponse {
        /// The column.
        column: String,
    },
    /// The terms multiply out to more than the limit.
    #[error("the formula expands to more than {limit} terms")]
    TooManyTerms {
        /// The limit.
        limit: usize,
    },
    /// The design would have more columns than the limit.
    #[error("the design would have {columns} columns, more than {limit}")]
    TooManyColumns {
        /// Columns of the design.
        columns: u128,
        /// The limit.
        limit: usize,
    },
    /// A factor with more levels than the limit.
    #[error("`{variable}` has more than {limit} levels")]
    TooManyLevels {
        /// The factor.
        variable: String,
        /// The limit.
        limit: usize,
    },
    /// A factor with one level.
    #[error("`{variable}` has the single level `{level}`; a factor needs two")]
    SingleLevel {
        /// The factor.
        variable: String,
        /// Its level.
        level: String,
    },
    /// The reference level does not occur in the rows kept.
    #[error("`{variable}` has no level `{level}`")]
    UnknownLevel {
        /// The factor.
        variable: String,
        /// The level asked for.
        level: String,
        /// The nearest level that occurs.
        suggestion: Option<String>,
    },
    /// Orthogonal polynomial contrasts of more levels than can be represented.
    #[error("`{variable}` has {levels} levels; polynomial contrasts are exact enough up to {limit}")]
    TooManyPolynomialLevels {
        /// The factor.
        variable: String,
        /// Its levels.
        levels: usize,
        /// The limit.
        limit: usize,
    },
    /// No row is complete, so nothing can be learned.
    #[error("no row is complete in the columns of the formula")]
    NoRows,
    /// A standard deviation of zero.
    #[error("`{term}`: the values do not vary, so there is nothing to divide by")]
    Constant {
        /// The transform.
        term: String,
    },
    /// A polynomial of a degree that the values do not determine.
    #[error("`{term}` needs more than {degree} distinct values, the data have {distinct}")]
    TooFewDistinct {
        /// The transform.
        term: String,
        /// Its degree.
        degree: usize,
        /// Distinct values found.
        distinct: usize,
    },
    /// The constants of a transform overflow.
    #[error("`{term}`: the values are too large or too unequal for its constants")]
    Overflow {
        /// The transform.
        term: String,
    },
    /// A missing value where none may be.
    #[error("row {row}, column `{column}`: the value is missing")]
    MissingValue {
        /// Data row, counted from 1.
        row: u64,
        /// The column.
        column: String,
    },
    /// An infinite value in the data.
    #[error("row {row}, column `{column}`: the value is infinite")]
    InfiniteValue {
        /// Data row, counted from 1.
        row: u64,
        /// The column.
        column: String,
    },
    /// A transform that has no finite value at a row.
    #[error("row {row}: `{term}` is {value}{given}")]
    NotFinite {
        /// Data row, counted from 1.
        row: u64,
        /// The term.
        term: String,
        /// `inf`, `-inf` or `not a number`.
        value: &'static str,
        /// The columns' values there, as ` (x = 0)`.
        given: String,
    },
    /// A level that did not occur when the design was learned.
    #[error("row {row}, column `{column}`: the level `{level}` did not occur when the model was fitted")]
    UnseenLevel {
        /// Data row, counted from 1.
        row: u64,
        /// The column.
        column: String,
        /// The level.
        level: String,
    },
    /// A column that changed between text and numbers.
    #[error("column `{column}` holds {found}, the model was fitted on {expected}")]
    KindChanged {
        /// The column.
        column: String,
        /// `text` or `numbers`.
        expected: &'static str,
        /// `text` or `numbers`.
        found: &'static str,
    },
    /// A batch that was not read for this formula.
    #[error("the batch does not fit the formula: {reason}")]
    BatchMismatch {
        /// What is wrong with it.
        reason: String,
    },
    /// A stored design of another version, or one that contradicts itself.
    #[error("the stored design cannot be used: {reason}")]
    BadDesign {
        /// What is wrong with it.
        reason: String,
    },
}

impl FormulaError {
    pub(crate) fn at(problem: FormulaProblem, text: &Arc<str>, span: Span) -> Self {
        Self { inner: Box::new(Inner { problem, place: Some((text.clone(), span)) }) }
    }

    pub(crate) fn new(problem: FormulaProblem) -> Self {
        Self { inner: Box::new(Inner { problem, place: None }) }
    }

    /// What is wrong.
    pub fn problem(&self) -> &FormulaProblem {
        &self.inner.problem
    }

    /// The formula's text, where the fault has to do with one.
    pub fn formula(&self) -> Option<&str> {
        self.inner.place.as_ref().map(|(text, _)| &**text)
    }

    /// The bytes of [`formula`](Self::formula) that the caret line stands under.
    pub fn place(&self) -> Option<Range<usize>> {
        self.inner.place.as_ref().map(|(_, span)| span.start..span.end)
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        hint(&self.inner.problem)
    }
}

impl std::error::Error for FormulaError {}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.inner.problem)?;
        if let Some((text, span)) = &self.inner.place
            && !text.is_empty()
        {
            let (line, carets) = picture(text, *span);
            write!(f, "\n  {line}\n  {carets}")?;
        }
        if let Some(hint) = self.hint() {
            write!(f, "\n  {hint}")?;
        }
        Ok(())
    }
}

/// The widest piece of a formula that is shown, in characters.
const WINDOW: usize = 96;

/// The formula as one line (cut around the place if it is long) and the caret line under it, counted in characters.
fn picture(text: &str, span: Span) -> (String, String) {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let column = |byte: usize| text.char_indices().take_while(|(at, _)| *at < byte).count();
    let start = column(span.start);
    let end = column(span.end).max(start + 1);
    let from = if chars.len() <= WINDOW { 0 } else { start.saturating_sub(WINDOW / 3) };
    let to = chars.len().min(from + WINDOW);
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < chars.len() { "…" } else { "" });
    let line: String = chars[from..to].iter().collect();
    let pad = start - from + before.chars().count();
    let width = end.min(to.max(start + 1)) - start;
    (format!("{before}{line}{after}"), " ".repeat(pad) + &"^".repeat(width))
}

fn hint(problem: &FormulaProblem) -> Option<String> {
    use FormulaProblem as P;
    let text = match problem {
        P::Empty | P::MissingTilde => {
            "write the response on the left: `y ~ x1 + x2`, or `~ x1 + x2` without one"
        }
        P::NothingOnRight => "write the terms after `~`, or `1` for the mean alone",
        P::NothingLeft => "keep the intercept or add a term",
        P::UnexpectedCharacter { character: '|' } => {
            "terms that vary by group, `(1 | g)`, are not part of this language"
        }
        P::UnexpectedCharacter { character: '%' } => "for `a %in% b` write `a:b`",
        P::UnexpectedCharacter { character: '<' | '>' | '!' | '&' } => "make such a column before the fit",
        P::UnexpectedCharacter { .. } | P::BadName { .. } => {
            "a column of any name can be written in back quotes: `2nd value`"
        }
        P::NumberAmongTerms => "arithmetic goes into I(...): `I(2 * x)`",
        P::BadPower => "for a power of a column write `I(x^2)` or `poly(x, 2)`",
        P::UnknownFunction { suggestion: Some(s), .. } => return Some(s.clone()),
        P::UnknownFunction { .. } => {
            "the functions are C, I, offset, poly, scale, center, log, exp, sqrt, abs, log2, log10, log1p, expm1, sin, cos, tan, …"
        }
        P::Misplaced { hint, .. } => hint,
        P::UnknownColumn { suggestion: Some(name), .. } => return Some(format!("did you mean `{name}`?")),
        P::UnknownLevel { suggestion: Some(name), .. } => return Some(format!("did you mean `{name}`?")),
        P::TextInArithmetic { .. } => "a text column stands alone, in interactions or in C(...)",
        P::TextResponse { .. } => "regression needs a numeric response; recode it before the fit",
        P::ResponseAmongTerms { .. } => "take it out on one side",
        P::TooManyTerms { .. } => "use a lower power, or name the interactions that matter",
        P::TooManyColumns { .. } | P::TooManyLevels { .. } => {
            "group rare levels, leave the column out, or use it as a number if it is one"
        }
        P::SingleLevel { .. } => "leave it out: it is the same in every complete row",
        P::TooManyPolynomialLevels { .. } => "use poly(x, degree) of the numeric column",
        P::NoRows => "look for a column that is missing in every row",
        P::Constant { .. } => "leave the term out, or use center(...)",
        P::TooFewDistinct { .. } => "use a lower degree",
        P::Overflow { .. } => "rescale first: `poly(scale(x), 3)`, or a lower degree",
        P::MissingValue { .. } => "fill it in, or drop incomplete rows (`--na drop`)",
        P::InfiniteValue { .. } => "make it a number, or a missing value if it is unknown",
        P::NotFinite { .. } => {
            "take out such rows, or use a transform that is defined there (log1p for log at zero)"
        }
        P::UnseenLevel { .. } => "fit on rows that have it, or recode it to a known level",
        _ => return None,
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caret_counts_characters() {
        let text: Arc<str> = "größe ~ länge + fehlt".into();
        let start = text.find("fehlt").unwrap();
        let problem =
            FormulaProblem::UnknownColumn { name: "fehlt".into(), suggestion: Some("fehlte".into()) };
        let error = FormulaError::at(problem, &text, Span::new(start, text.len()));
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "unknown column `fehlt`");
        assert_eq!(lines[1], "  größe ~ länge + fehlt");
        assert_eq!(lines[2], "                  ^^^^^");
        assert_eq!(lines[3], "  did you mean `fehlte`?");
    }

    #[test]
    fn long_formulas_are_cut_around_the_place() {
        let text: Arc<str> = format!("y ~ {}zz", "x + ".repeat(1000)).into();
        let error = FormulaError::at(FormulaProblem::Unclosed, &text, Span::new(text.len() - 2, text.len()));
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].chars().count() <= WINDOW + 4);
        let caret = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().skip(caret).collect::<String>(), "zz");
    }

    #[test]
    fn place_at_the_end_of_the_text() {
        let text: Arc<str> = "y ~".into();
        let error = FormulaError::at(FormulaProblem::NothingOnRight, &text, Span::new(3, 3));
        assert_eq!(error.to_string().lines().nth(2), Some("     ^"));
    }
}
