//! The fields of delimited text, one after the other (RFC 4180, and what R and pandas accept beyond it).
//!
//! A field that starts with `"` is quoted: it ends at the next `"` that is not doubled, and may hold delimiters and
//! newlines. Text between a closing quote and the delimiter is kept as it is. A quote inside an unquoted field is an
//! ordinary byte. A row ends with `\n` or `\r\n`, the last one also with the text; blank lines are skipped.
use super::masks::Separators;

/// What is done with the fields of each row.
pub(super) trait Visit {
    type Error;
    /// Field `index` of the row, without quotes.
    fn field(&mut self, index: usize, token: &[u8]) -> Result<(), Self::Error>;
    /// The end of a row of `fields` fields; `end` is the position after its line break.
    fn row(&mut self, fields: usize, end: usize) -> Result<(), Self::Error>;
    /// A quoted field starts at `position` and does not end.
    fn unclosed(&mut self, position: usize) -> Result<(), Self::Error>;
}

/// Visits every row of `text`, which starts at the start of a row.
pub(super) fn walk<V: Visit>(text: &[u8], delimiter: u8, visitor: &mut V) -> Result<(), V::Error> {
    let mut separators = Separators::new(text, delimiter);
    let mut scratch = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut index = 0;
        loop {
            let quoted = text.get(start) == Some(&b'"');
            let mut end = if quoted { start } else { separators.next() };
            if quoted {
                let Some(close) = closing_quote(text, start) else {
                    return visitor.unclosed(start);
                };
                separators.seek(close + 1);
                end = separators.next();
                let ends_row = text.get(end) != Some(&delimiter);
                visitor.field(index, unquote(&text[start..end], close - start, ends_row, &mut scratch))?;
            } else if text.get(end) == Some(&delimiter) {
                visitor.field(index, &text[start..end])?;
            } else {
                let token = text[start..end].strip_suffix(b"\r").unwrap_or(&text[start..end]);
                if index == 0 && token.is_empty() {
                    start = end + 1;
                    break; // a blank line
                }
                visitor.field(index, token)?;
            }
            index += 1;
            start = end + 1;
            if text.get(end) != Some(&delimiter) {
                visitor.row(index, start.min(text.len()))?;
                break;
            }
        }
    }
    Ok(())
}

/// The position of the quote that closes the one at `open`.
fn closing_quote(text: &[u8], open: usize) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let quote = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// The content of the quoted `field`, whose closing quote is at `close`.
fn unquote<'a>(field: &'a [u8], close: usize, ends_row: bool, scratch: &'a mut Vec<u8>) -> &'a [u8] {
    let inside = &field[1..close];
    let mut after = &field[close + 1..];
    if ends_row {
        after = after.strip_suffix(b"\r").unwrap_or(after);
    }
    if after.is_empty() && memchr::memchr(b'"', inside).is_none() {
        return inside;
    }
    scratch.clear();
    let mut rest = inside;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        // Quotes inside come in pairs: keep the first, skip the second.
        scratch.extend_from_slice(&rest[..=quote]);
        rest = &rest[(quote + 2).min(rest.len())..];
    }
    scratch.extend_from_slice(rest);
    scratch.extend_from_slice(after);
    scratch
}

/// All rows of `text` as owned fields, at most `limit` rows; the position of an unclosed quote ends it.
pub(super) fn rows(text: &[u8], delimiter: u8, limit: usize) -> (Vec<Vec<Vec<u8>>>, Option<usize>) {
    let mut collect = Collect { rows: Vec::new(), row: Vec::new(), limit };
    let unclosed = walk(text, delimiter, &mut collect).err().flatten();
    (collect.rows, unclosed)
}

struct Collect {
    rows: Vec<Vec<Vec<u8>>>,
    row: Vec<Vec<u8>>,
    limit: usize,
}

impl Visit for Collect {
    type Error = Option<usize>;

    fn field(&mut self, _: usize, token: &[u8]) -> Result<(), Self::Error> {
        self.row.push(token.to_vec());
        Ok(())
    }

    fn row(&mut self, _: usize, _: usize) -> Result<(), Self::Error> {
        self.rows.push(std::mem::take(&mut self.row));
        if self.rows.len() < self.limit { Ok(()) } else { Err(None) }
    }

    fn unclosed(&mut self, position: usize) -> Result<(), Self::Error> {
        Err(Some(position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Vec<Vec<String>> {
        let (rows, unclosed) = rows(text.as_bytes(), b',', usize::MAX);
        assert_eq!(unclosed, None);
        rows.into_iter().map(|row| row.into_iter().map(|f| String::from_utf8(f).unwrap()).collect()).collect()
    }

    #[test]
    fn quotes_line_breaks_and_blank_lines() {
        assert_eq!(parse("a,b\r\n\r\n\n1,\"x,\ny\"\n"), [["a", "b"], ["1", "x,\ny"]]);
        assert_eq!(parse("\"he said \"\"no\"\"\",\"\"\n"), [["he said \"no\"", ""]]);
        assert_eq!(parse("5\" pipe,a\"\"b\r\n"), [["5\" pipe", "a\"\"b"]]);
        assert_eq!(parse("\"ab\"cd,\"e\" \r\n"), [["abcd", "e "]]);
        assert_eq!(parse("1,2"), [["1", "2"]]);
        assert_eq!(parse("1,"), [["1", ""]]);
        assert_eq!(parse(",\n,"), [["", ""], ["", ""]]);
        assert_eq!(parse("\"\"\n\"a\""), [[""], ["a"]]);
        assert_eq!(parse(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn an_open_quote_is_found_where_it_opens() {
        assert_eq!(rows(b"a,b\n1,\"2\n3,4\n", b',', usize::MAX).1, Some(6));
        assert_eq!(rows(b"\"a\"\"", b',', usize::MAX).1, Some(0));
    }
}
