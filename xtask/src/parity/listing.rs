//! The rows of the listing.
use crate::Outcome;

/// Columns of the file.
const HEADER: &str = "package\tsymbol\tkind\ttarget\ttier\tferronum";

pub struct Listing {
    /// The file, for messages.
    pub name: String,
    pub rows: Vec<Row>,
}

/// One public item of Gonum.
pub struct Row {
    pub line: usize,
    pub package: String,
    pub symbol: String,
    pub kind: String,
    /// The crate of ours where it belongs.
    pub target: String,
    /// 1: what everybody uses, 2: what some use, 3: the rest.
    pub tier: u8,
    pub answer: Answer,
}

/// What we have for it.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// Paths of our items, written with commas between them.
    Items(Vec<String>),
    /// Nothing, written `- reason`. A reason that begins with `planned` is work to do.
    None(String),
}

impl Answer {
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text.strip_prefix('-').map(str::trim) {
            Some("") => Err("`-` needs a reason after it"),
            Some(reason) => Ok(Self::None(reason.into())),
            None if text.trim().is_empty() => Err("no path and no `- reason`"),
            None => Ok(Self::Items(text.split(',').map(|path| path.trim().to_string()).collect())),
        }
    }

    /// Whether we mean to have it.
    pub fn is_planned(&self) -> bool {
        matches!(self, Self::None(reason) if reason.starts_with("planned"))
    }
}

impl Listing {
    pub fn parse(name: &str, text: &str) -> Outcome<Self> {
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, header)| header) != Some(HEADER) {
            return Err(format!("{name}: the header is not `{}`", HEADER.replace('\t', " ")));
        }
        let rows =
            lines.map(|(i, line)| row(i + 1, line).map_err(|what| format!("{name}:{}: {what}", i + 1)));
        Ok(Self { name: name.into(), rows: rows.collect::<Result<_, _>>()? })
    }
}

fn row(line: usize, text: &str) -> Outcome<Row> {
    let cells: Vec<&str> = text.split('\t').collect();
    let [package, symbol, kind, target, tier, ferronum] = cells[..] else {
        return Err(format!("{} cells, the header has 6", cells.len()));
    };
    let tier = match tier {
        "1" => 1,
        "2" => 2,
        "3" => 3,
        _ => return Err(format!("tier `{tier}` is not 1, 2 or 3")),
    };
    let [package, symbol, kind, target] = [package, symbol, kind, target].map(Into::into);
    Ok(Row { line, package, symbol, kind, target, tier, answer: Answer::parse(ferronum)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        assert_eq!(Answer::parse("a::b, a::c"), Ok(Answer::Items(vec!["a::b".into(), "a::c".into()])));
        assert!(Answer::parse("- planned: mat").unwrap().is_planned());
        assert!(!Answer::parse("- no counterpart").unwrap().is_planned());
        assert!(Answer::parse("-").is_err() && Answer::parse("").is_err());
    }

    #[test]
    fn bad_rows_name_their_line() {
        let text = format!("{HEADER}\nmat\tX\ttype\tmat\t7\ta::b\n");
        assert_eq!(Listing::parse("g.tsv", &text).err().unwrap(), "g.tsv:2: tier `7` is not 1, 2 or 3");
        assert!(Listing::parse("g.tsv", "package\n").is_err());
        assert!(Listing::parse("g.tsv", &format!("{HEADER}\nmat\tX\n")).err().unwrap().contains("2 cells"));
    }
}
