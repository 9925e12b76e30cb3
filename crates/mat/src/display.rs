//! Matrices as text: aligned columns, the middle of a large matrix left out.
use crate::{Mat, MatMut, MatRef, Scalar};
use std::fmt::{self, Write};

/// A matrix with more rows (columns) than this shows only the first and the last [`EDGE`] of them.
const MANY: usize = 10;
const EDGE: usize = 4;
/// Significant digits shown unless a precision is asked for.
const DIGITS: usize = 6;

/// One row per line, each column with its own format, aligned.
///
/// Numbers show up to six significant digits; `{:.3}` asks for three decimals, `{:e}` and `{:.3e}` for exponents. More
/// than ten rows or columns are abbreviated by `…`, with the shape on a last line; `{:#}` shows all.
///
/// ```
/// let a = ferronum_mat::Mat::from_rows(&[[1.0, -20.25], [0.5, 1e-9]])?;
/// assert_eq!(a.to_string(), "[[ 1.0  -2.025e1 ]\n [ 0.5      1e-9 ]]");
/// assert_eq!(format!("{a:.2}"), "[[ 1.00  -20.25 ]\n [ 0.50    0.00 ]]");
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
impl<T: Scalar> fmt::Display for MatRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = f.precision().map_or(Style::Automatic, Style::Decimals);
        write(*self, style, f.alternate(), f)
    }
}

/// As [`Display`](fmt::Display), every number with an exponent.
impl<T: Scalar> fmt::LowerExp for MatRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(*self, Style::Exponent(f.precision().unwrap_or(DIGITS - 1)), f.alternate(), f)
    }
}

macro_rules! as_view {
    ($($matrix:ty),*) => {$(
        /// As [`MatRef`].
        impl<T: Scalar> fmt::Display for $matrix {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.view(), f)
            }
        }
        /// As [`MatRef`].
        impl<T: Scalar> fmt::LowerExp for $matrix {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::LowerExp::fmt(&self.view(), f)
            }
        }
    )*};
}
as_view!(Mat<T>, MatMut<'_, T>);

/// The name of the type, the shape, and the elements.
pub(crate) fn debug<T: Scalar>(a: MatRef<'_, T>, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{name} {}×{}", a.nrows(), a.ncols())?;
    if a.is_empty() {
        return Ok(());
    }
    f.write_char('\n')?;
    fmt::Display::fmt(&a, f)
}

#[derive(Clone, Copy)]
enum Style {
    Automatic,
    Decimals(usize),
    Exponent(usize),
}

/// The indices shown of `len`, with `None` where some are left out.
fn shown(len: usize, all: bool) -> Vec<Option<usize>> {
    if all || len <= MANY {
        return (0..len).map(Some).collect();
    }
    let first = (0..EDGE).map(Some);
    let last = (len - EDGE..len).map(Some);
    first.chain(std::iter::once(None)).chain(last).collect()
}

fn write<T: Scalar>(a: MatRef<'_, T>, style: Style, all: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if a.is_empty() {
        return write!(f, "[] ({}×{})", a.nrows(), a.ncols());
    }
    let rows = shown(a.nrows(), all);
    let cols = shown(a.ncols(), all);
    let columns: Vec<Vec<String>> = cols.iter().map(|&j| column_text(a, &rows, j, style)).collect();
    let widths: Vec<usize> =
        columns.iter().map(|texts| texts.iter().map(|t| t.chars().count()).max().unwrap_or(0)).collect();
    for i in 0..rows.len() {
        f.write_str(if i == 0 { "[[" } else { "\n [" })?;
        for (texts, width) in columns.iter().zip(&widths) {
            write!(f, " {:>width$}", texts[i])?;
            f.write_char(' ')?;
        }
        f.write_char(']')?;
    }
    f.write_char(']')?;
    if rows.len() < a.nrows() || cols.len() < a.ncols() {
        write!(f, " ({}×{})", a.nrows(), a.ncols())?;
    }
    Ok(())
}

/// The texts of column `j` (`None`: columns left out) in the rows shown.
fn column_text<T: Scalar>(
    a: MatRef<'_, T>,
    rows: &[Option<usize>],
    j: Option<usize>,
    style: Style,
) -> Vec<String> {
    let Some(j) = j else { return vec!["…".to_owned(); rows.len()] };
    let values: Vec<Option<T>> = rows.iter().map(|row| row.map(|i| a[(i, j)])).collect();
    let style = match style {
        Style::Automatic => automatic(values.iter().flatten().copied()),
        fixed => fixed,
    };
    let text = |value: &Option<T>| match (value, style) {
        (None, _) => "…".to_owned(),
        (Some(x), Style::Decimals(decimals)) => format!("{x:.decimals$}"),
        (Some(x), Style::Exponent(decimals)) => format!("{x:.decimals$e}"),
        (Some(x), Style::Automatic) => short_exponent(*x),
    };
    values.iter().map(text).collect()
}

/// Fixed decimals, as many as the column's numbers need at six significant digits, if that stays readable; otherwise
/// [`Style::Automatic`], which stands for the shortest form with an exponent.
fn automatic<T: Scalar>(values: impl Iterator<Item = T>) -> Style {
    let mut decimals = 0;
    let mut largest = i32::MIN;
    for x in values.filter(|x| x.is_finite() && *x != T::ZERO) {
        let (digits, exponent) = significant(x);
        largest = largest.max(exponent);
        decimals = decimals.max(digits as i32 - 1 - exponent);
    }
    if decimals > 8 || largest > 14 || decimals + largest > 14 {
        return Style::Automatic;
    }
    Style::Decimals(decimals.max(1) as usize)
}

/// Of a number rounded to six significant digits: how many of them remain without trailing zeros, and its exponent.
fn significant<T: Scalar>(x: T) -> (usize, i32) {
    let text = format!("{:.*e}", DIGITS - 1, x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    (digits.trim_end_matches('0').len().max(1), exponent.parse().unwrap_or(0))
}

fn short_exponent<T: Scalar>(x: T) -> String {
    if !x.is_finite() || x == T::ZERO {
        return format!("{x}");
    }
    let (digits, _) = significant(x);
    format!("{:.*e}", digits - 1, x)
}
