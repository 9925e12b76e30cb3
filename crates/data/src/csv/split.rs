//! Cutting delimited text at row boundaries into pieces of a fixed size, with the number of rows in each.
use super::masks::count_lines;
use super::walk::{Visit, walk};

/// Complete rows at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub bytes: usize,
    pub rows: u64,
}

/// Where to cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// A piece ends with the last row that fits in so many bytes, but has at least one row.
    pub bytes: usize,
    /// And has at most so many rows.
    pub rows: u64,
}

/// Why no row could be cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoCut {
    /// No row ends within the text; with more text one may.
    NeedMore,
    /// The text is at its end inside a quoted field that opens at this position.
    Unclosed(usize),
}

/// The first piece of `text`, which starts at the start of a row. Holds `limits.bytes` bytes or more, or `all` there are.
///
/// The same rows are cut off however much text follows.
pub(super) fn cut(text: &[u8], all: bool, delimiter: u8, limits: Limits) -> Result<Cut, NoCut> {
    let head = &text[..text.len().min(limits.bytes)];
    let complete = all && head.len() == text.len();
    if memchr::memchr(b'"', head).is_none() {
        let bytes = if complete { text.len() } else { memchr::memrchr(b'\n', head).map_or(0, |i| i + 1) };
        let rows = count_lines(&text[..bytes]) + u64::from(complete && has_unended_row(text));
        if bytes > 0 && rows <= limits.rows {
            return Ok(Cut { bytes, rows });
        }
    }
    // A row that the end of the text ends may go on in what follows.
    let open_end = (!all && !text.ends_with(b"\n")).then_some(text.len());
    let mut walker = Walker { limits, open_end, cut: Cut { bytes: 0, rows: 0 } };
    match walk(text, delimiter, &mut walker) {
        Err(Stop::Unclosed(position)) if walker.cut.rows == 0 => match all {
            true => Err(NoCut::Unclosed(position)),
            false => Err(NoCut::NeedMore),
        },
        // Blank lines at the end go with the last row only where that row's piece sees them whatever the look-ahead.
        Ok(()) if all && (complete || walker.cut.rows == 0) => Ok(Cut { bytes: text.len(), ..walker.cut }),
        _ if walker.cut.rows == 0 => Err(NoCut::NeedMore),
        _ => Ok(walker.cut),
    }
}

/// Whether the last row of `text` ends without a line break; a carriage return alone is no row.
fn has_unended_row(text: &[u8]) -> bool {
    let last = memchr::memrchr(b'\n', text).map_or(text, |i| &text[i + 1..]);
    !last.is_empty() && last != b"\r"
}

/// Follows the quotes row by row until a limit.
struct Walker {
    limits: Limits,
    open_end: Option<usize>,
    cut: Cut,
}

enum Stop {
    Full,
    Unclosed(usize),
}

impl Visit for Walker {
    type Error = Stop;

    fn field(&mut self, _: usize, _: &[u8]) -> Result<(), Stop> {
        Ok(())
    }

    fn row(&mut self, _: usize, end: usize) -> Result<(), Stop> {
        if (end > self.limits.bytes && self.cut.rows > 0) || self.open_end == Some(end) {
            return Err(Stop::Full);
        }
        self.cut = Cut { bytes: end, rows: self.cut.rows + 1 };
        if self.cut.rows == self.limits.rows { Err(Stop::Full) } else { Ok(()) }
    }

    fn unclosed(&mut self, position: usize) -> Result<(), Stop> {
        Err(Stop::Unclosed(position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Cuts all of `text` with `extra` bytes of look-ahead behind the limit.
    fn pieces(text: &[u8], limits: Limits, extra: usize) -> Result<Vec<Cut>, usize> {
        let (mut cuts, mut start, mut seen) = (Vec::new(), 0, limits.bytes + extra);
        while start < text.len() {
            let end = text.len().min(start + seen);
            match cut(&text[start..end], end == text.len(), b',', limits) {
                Ok(piece) => {
                    cuts.push(piece);
                    start += piece.bytes;
                    seen = limits.bytes + extra;
                }
                Err(NoCut::NeedMore) => seen *= 2,
                Err(NoCut::Unclosed(position)) => return Err(start + position),
            }
        }
        Ok(cuts)
    }

    #[test]
    fn blank_lines_at_the_end_do_not_depend_on_the_look_ahead() {
        let text = b"\r\r,a,\r,a\r\ra\n\n\"\"\n\r\n\r\",\r,\"a\"\r\r\n\n\n\n";
        let limits = Limits { bytes: 10, rows: 2 };
        assert_eq!(pieces(text, limits, 3), pieces(text, limits, text.len()));
    }

    proptest! {
        #[test]
        fn cuts_do_not_depend_on_the_look_ahead(
            text in "[a,\"\r\n]{0,120}", bytes in 1usize..40, rows in 1u64..8, extra in 0usize..50,
        ) {
            let limits = Limits { bytes, rows };
            let text = text.as_bytes();
            let all = pieces(text, limits, text.len());
            prop_assert_eq!(&pieces(text, limits, extra), &all);
            if let Ok(cuts) = all {
                let (whole, unclosed) = super::super::walk::rows(text, b',', usize::MAX);
                prop_assert_eq!(unclosed, None);
                prop_assert_eq!(cuts.iter().map(|c| c.rows).sum::<u64>(), whole.len() as u64);
                let mut start = 0;
                let mut joined = Vec::new();
                for c in &cuts {
                    prop_assert!(c.rows <= rows);
                    joined.extend(super::super::walk::rows(&text[start..start + c.bytes], b',', usize::MAX).0);
                    start += c.bytes;
                }
                prop_assert_eq!(joined, whole);
            }
        }
    }
}
