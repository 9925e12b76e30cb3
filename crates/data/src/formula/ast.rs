//! The shape of a formula: arithmetic on columns, and the algebra of terms above it.
use std::fmt;

use super::error::Span;
use super::functions::Function;
use super::lexer::{is_name_part, is_name_start};

/// A response (if any) and the right side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ast {
    pub response: Option<(Expr, Span)>,
    pub right: Node,
}

/// Whether an operand is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

/// Whether an operand multiplies or divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scaling {
    Times,
    Over,
}

/// `a * b` crosses, `a / b` nests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crossing {
    Cross,
    Nest,
}

/// The algebra of terms. Sums and products are flat, so that depth is bounded by the parentheses.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// `0` or `1`.
    Number(f64, Span),
    /// `.`: every column that the left side does not use.
    Dot(Span),
    Atom(Atom, Span),
    Offset(Expr, Span),
    Sum(Vec<(Sign, Node)>),
    Chain(Box<Node>, Vec<(Crossing, Node)>),
    Interaction(Vec<Node>),
    Power(Box<Node>, u32, Span),
}

/// A variable of the model.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// A bare column: a number, or a treatment-coded factor if it holds text.
    Column(String),
    Numeric(Expr),
    Factor {
        column: String,
        contrast: Contrast,
    },
    Poly {
        argument: Expr,
        degree: usize,
        raw: bool,
    },
}

/// How the levels of a factor become columns where the model already holds the factor's margin.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Contrast {
    /// Nothing written: treatment coding against the first level.
    Default,
    Treatment(Option<Reference>),
    Sum,
    Helmert,
    Poly,
}

/// A reference level as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reference {
    Name(String),
    Text(String),
    Number(f64),
}

/// Arithmetic on columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Number(f64),
    Column(String, Span),
    Negate(Box<Expr>),
    Sum(Vec<(Sign, Expr)>),
    Product(Vec<(Scaling, Expr)>),
    Power(Box<Expr>, Box<Expr>),
    Call(Function, Box<Expr>),
    Learned(Transform, Box<Expr>, Span),
}

/// A transform whose constants are learned from the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transform {
    Center,
    Scale,
}

impl Transform {
    pub fn name(self) -> &'static str {
        match self {
            Self::Center => "center",
            Self::Scale => "scale",
        }
    }
}

impl Expr {
    /// Calls `see` with each column and its place, from left to right.
    pub fn for_each_column<'a>(&'a self, see: &mut impl FnMut(&'a str, Span)) {
        match self {
            Self::Number(_) => {}
            Self::Column(name, span) => see(name, *span),
            Self::Negate(inner) | Self::Call(_, inner) | Self::Learned(_, inner, _) => {
                inner.for_each_column(see)
            }
            Self::Sum(items) => items.iter().for_each(|(_, e)| e.for_each_column(see)),
            Self::Product(items) => items.iter().for_each(|(_, e)| e.for_each_column(see)),
            Self::Power(base, exponent) => {
                base.for_each_column(see);
                exponent.for_each_column(see);
            }
        }
    }

    /// How tightly the outermost operator binds: sum 1, product 2, minus 3, power 4, the rest 5.
    fn binding(&self) -> u8 {
        match self {
            Self::Sum(_) => 1,
            Self::Product(_) => 2,
            Self::Negate(_) => 3,
            Self::Power(..) => 4,
            _ => 5,
        }
    }
}

/// Writes `expr`, in parentheses if it binds less tightly than `needed`.
fn write_bound(f: &mut fmt::Formatter<'_>, expr: &Expr, needed: u8) -> fmt::Result {
    if expr.binding() < needed { write!(f, "({expr})") } else { write!(f, "{expr}") }
}

/// The canonical text, with the spaces that R's `deparse` puts: `a + b`, `a * b`, `a/b`, `a^b`. Two variables are the same
/// if their canonical texts are.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(value) => write_number(f, *value),
            Self::Column(name, _) => write_name(f, name),
            Self::Negate(inner) => {
                f.write_str("-")?;
                write_bound(f, inner, 4)
            }
            Self::Sum(items) => {
                for (i, (sign, item)) in items.iter().enumerate() {
                    match (i, sign) {
                        (0, _) => write_bound(f, item, 1)?,
                        (_, Sign::Plus) => {
                            f.write_str(" + ")?;
                            write_bound(f, item, 2)?;
                        }
                        (_, Sign::Minus) => {
                            f.write_str(" - ")?;
                            write_bound(f, item, 2)?;
                        }
                    }
                }
                Ok(())
            }
            Self::Product(items) => {
                for (i, (scaling, item)) in items.iter().enumerate() {
                    match (i, scaling) {
                        (0, _) => {}
                        (_, Scaling::Times) => f.write_str(" * ")?,
                        (_, Scaling::Over) => f.write_str("/")?,
                    }
                    write_bound(f, item, if i == 0 { 2 } else { 3 })?;
                }
                Ok(())
            }
            Self::Power(base, exponent) => {
                write_bound(f, base, 5)?;
                f.write_str("^")?;
                write_bound(f, exponent, 3)
            }
            Self::Call(function, inner) => write!(f, "{}({inner})", function.name),
            Self::Learned(transform, inner, _) => write!(f, "{}({inner})", transform.name()),
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(name) => write_name(f, name),
            Self::Numeric(expr) => write!(f, "{expr}"),
            Self::Factor { column, contrast } => {
                f.write_str("C(")?;
                write_name(f, column)?;
                match contrast {
                    Contrast::Default => {}
                    Contrast::Treatment(None) => f.write_str(", Treatment")?,
                    Contrast::Treatment(Some(reference)) => write!(f, ", Treatment({reference})")?,
                    Contrast::Sum => f.write_str(", Sum")?,
                    Contrast::Helmert => f.write_str(", Helmert")?,
                    Contrast::Poly => f.write_str(", Poly")?,
                }
                f.write_str(")")
            }
            Self::Poly { argument, degree, raw } => {
                write!(f, "poly({argument}, {degree}{})", if *raw { ", raw = TRUE" } else { "" })
            }
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write_name(f, name),
            Self::Text(text) => write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            Self::Number(value) => write_number(f, *value),
        }
    }
}

/// A column's name as a formula writes it: bare if it can be, else in back quotes.
pub(super) fn write_name(f: &mut impl fmt::Write, name: &str) -> fmt::Result {
    let mut chars = name.chars();
    let bare = match (chars.next(), chars.next()) {
        (Some('.'), Some(second)) => is_name_start(second) || second == '.',
        (Some(first), _) => is_name_start(first),
        (None, _) => false,
    };
    if bare && name.chars().all(is_name_part) {
        f.write_str(name)
    } else {
        write!(f, "`{}`", name.replace('`', "``"))
    }
}

/// A number in the fewest digits that read back as the same number.
pub(super) fn write_number(f: &mut impl fmt::Write, value: f64) -> fmt::Result {
    let plain = value == 0.0 || (1e-5..1e16).contains(&value.abs());
    if plain { write!(f, "{value}") } else { write!(f, "{value:e}") }
}
