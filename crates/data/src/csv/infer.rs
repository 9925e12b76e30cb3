//! Delimiter, column names and column kinds from the head of the text.
use super::decode::{Layout, ragged};
use super::missing::MissingTokens;
use super::number;
use super::walk::{Visit, rows, walk};
use crate::{Error, Kind};
use std::collections::HashSet;

/// The bytes a delimiter is chosen from, in order of preference.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Rows looked at for the delimiter.
const SNIFF_ROWS: usize = 20;

/// The delimiter that cuts the rows of `head` into the same number of fields, the larger the better; comma if none does.
///
/// `complete` says that `head` is the whole text, so that its last row counts.
pub(super) fn delimiter(head: &[u8], complete: bool) -> u8 {
    let score = |delimiter: u8| {
        let (mut rows, unclosed) = rows(head, delimiter, SNIFF_ROWS);
        if !complete && unclosed.is_none() && rows.len() > 1 && rows.len() < SNIFF_ROWS {
            rows.pop();
        }
        let fields = rows.first().map_or(0, Vec::len);
        let same = rows.iter().filter(|row| row.len() == fields).count();
        // A delimiter that never occurs makes every row one field: no evidence.
        if fields < 2 { (0, 0) } else { (100 * same / rows.len(), fields) }
    };
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let new = score(delimiter);
        if new > best.1 {
            best = (delimiter, new);
        }
    }
    best.0
}

/// Column names from a header row: spaces around them taken off, an empty one called `x` and its position, a repeated one
/// numbered: `a`, `a.1`, `a.2` (as pandas and R do). The column of an invalid one is the error.
pub(super) fn names(header: Vec<Vec<u8>>) -> Result<Vec<String>, usize> {
    let mut seen = HashSet::new();
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (i, token) in header.into_iter().enumerate() {
        let name = String::from_utf8(token).map_err(|_| i)?;
        let name = match name.trim() {
            "" => format!("x{}", i + 1),
            name => name.to_owned(),
        };
        let mut unique = name.clone();
        let mut k = 0;
        while !seen.insert(unique.clone()) {
            k += 1;
            unique = format!("{name}.{k}");
        }
        names.push(unique);
    }
    Ok(names)
}

/// The kinds of the columns by the rows seen so far.
#[derive(Debug)]
pub(super) struct Kinds<'a> {
    layout: &'a Layout,
    missing: &'a MissingTokens,
    /// Whether a field of the column was text.
    text: Vec<bool>,
    pub rows: usize,
}

impl<'a> Kinds<'a> {
    pub fn new(layout: &'a Layout) -> Self {
        Self { layout, missing: &layout.missing, text: vec![false; layout.fields.len()], rows: 0 }
    }

    /// Looks at more rows, until there are `layout.infer_rows`.
    pub fn observe(&mut self, text: &[u8]) -> Result<(), Error> {
        match walk(text, self.layout.delimiter, self) {
            Err(Stop::Error(error)) => Err(error),
            Ok(()) | Err(Stop::Enough) => Ok(()),
        }
    }

    /// Whether enough rows have been seen.
    pub fn enough(&self) -> bool {
        self.rows >= self.layout.infer_rows
    }

    /// A column is text if one of its fields was: if all are missing it holds numbers.
    pub fn finish(&self) -> Vec<Kind> {
        self.text.iter().map(|&text| if text { Kind::Text } else { Kind::Number }).collect()
    }
}

pub(super) enum Stop {
    Enough,
    Error(Error),
}

impl Visit for Kinds<'_> {
    type Error = Stop;

    fn field(&mut self, index: usize, token: &[u8]) -> Result<(), Stop> {
        if let Some(text) = self.text.get_mut(index)
            && !*text
        {
            *text = number::parse(token).is_none() && !self.missing.contains(token);
        }
        Ok(())
    }

    fn row(&mut self, fields: usize, _: usize) -> Result<(), Stop> {
        self.rows += 1;
        match () {
            () if fields != self.text.len() => {
                Err(Stop::Error(ragged(self.layout, self.rows as u64, fields)))
            }
            () if self.enough() => Err(Stop::Enough),
            () => Ok(()),
        }
    }

    fn unclosed(&mut self, _: usize) -> Result<(), Stop> {
        let row = self.rows as u64 + 1;
        Err(Stop::Error(Error::UnclosedQuote { path: self.layout.name.clone(), row }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_told_apart() {
        assert_eq!(delimiter(b"a,b\n1,2\n", true), b',');
        assert_eq!(delimiter(b"a\tb c, d\n1\t2\n", true), b'\t');
        assert_eq!(delimiter(b"a;b\n1,5;2,5\n3,5;4,5\n", true), b';');
        assert_eq!(delimiter(b"a|b|c\n1|2|3", true), b'|');
        assert_eq!(delimiter(b"\"x;y\",b\n\"1;2\",3\n", true), b',');
        assert_eq!(delimiter(b"a\n1\n", true), b',');
        assert_eq!(delimiter(b"", true), b',');
        assert_eq!(delimiter(b"a,b\n1,2\n3", false), b',');
    }

    #[test]
    fn names_are_made_distinct() {
        let header = ["", "a", " a ", "a.1", "b"].map(|name| name.as_bytes().to_vec()).to_vec();
        assert_eq!(names(header), Ok(["x1", "a", "a.1", "a.1.1", "b"].map(String::from).to_vec()));
        assert_eq!(names(vec![b"a".to_vec(), vec![0xff]]), Err(1));
    }
}
