//! The header of NumPy's `.npy` files (NEP 1): versions 1 to 3.
use super::{Element, Header, Order};
use crate::input::Input;
use crate::{Error, Format};

/// The longest header read: NumPy itself refuses 10,000 characters unless told otherwise.
const MAX_HEADER: usize = 1 << 20;

const FORMAT: &str = ".npy";

/// Reads the header; sizes are not checked yet.
pub(super) fn read(input: &Input) -> Result<Header, Error> {
    let damaged = |detail: &str| {
        let (path, detail) = (input.name().to_owned(), detail.to_owned());
        Error::Damaged { path, format: FORMAT, detail }
    };
    let head = input.head(12)?;
    let Some(rest) = head.strip_prefix(b"\x93NUMPY") else {
        return Err(damaged("it does not start with the magic string of .npy files"));
    };
    let (start, len) = match rest {
        [1, _, a, b, ..] => (10, u64::from(u16::from_le_bytes([*a, *b]))),
        [2 | 3, _, a, b, c, d] => (12, u64::from(u32::from_le_bytes([*a, *b, *c, *d]))),
        [1..=3, ..] | [] => return Err(damaged("it ends within the header")),
        [major, ..] => {
            let detail = "versions 1 to 3 are".to_owned();
            return Err(Error::Unsupported {
                path: input.name().into(),
                what: format!(".npy version {major}"),
                detail,
            });
        }
    };
    let offset = start as u64 + len;
    if offset > input.len() {
        let promised = format!("a header of {len} bytes");
        let held = input.len() - start as u64;
        return Err(Error::Overpromised {
            path: input.name().to_owned(),
            format: Format::Npy,
            promised,
            held,
        });
    }
    if len > MAX_HEADER as u64 {
        return Err(damaged("its header is longer than any real one"));
    }
    let head = input.head(offset as usize)?;
    let text = std::str::from_utf8(head.get(start..).unwrap_or_default());
    let text = text.map_err(|_| damaged("its header is not text"))?;
    let fields = Literal::parse(text).ok_or_else(|| damaged("its header is not a Python dictionary"))?;
    header(&fields, offset, input.name())
}

/// What the dictionary says.
fn header(dictionary: &Literal, offset: u64, name: &str) -> Result<Header, Error> {
    let unsupported = |what: String, detail: &str| {
        Err(Error::Unsupported { path: name.to_owned(), what, detail: detail.to_owned() })
    };
    let missing = |key: &str| {
        let detail = format!("its header has no valid `{key}`");
        Error::Damaged { path: name.to_owned(), format: FORMAT, detail }
    };
    let element = match dictionary.get("descr") {
        Some(Literal::Text(descr)) => match Element::from_numpy(descr) {
            Some(element) => element,
            None => {
                let detail =
                    "numbers are: f8, f4, i1 to i8, u1 to u8, b1; convert the array with .astype('f8')";
                return unsupported(format!("dtype `{descr}`"), detail);
            }
        },
        Some(Literal::Sequence(_)) => {
            return unsupported("a structured dtype".into(), "save a plain two-dimensional array");
        }
        _ => return Err(missing("descr")),
    };
    let Some(Literal::Bool(fortran)) = dictionary.get("fortran_order") else {
        return Err(missing("fortran_order"));
    };
    let Some(Literal::Sequence(shape)) = dictionary.get("shape") else { return Err(missing("shape")) };
    let shape: Vec<u64> = shape
        .iter()
        .map(|n| match n {
            Literal::Integer(n) => Ok(*n),
            _ => Err(missing("shape")),
        })
        .collect::<Result<_, _>>()?;
    let (nrows, ncols) = match shape[..] {
        [n] => (n, 1),
        [n, p] => (n, p),
        _ => {
            return unsupported(
                format!("a {}-dimensional array", shape.len()),
                "arrays of one or two dimensions are",
            );
        }
    };
    let order = if *fortran { Order::ColumnMajor } else { Order::RowMajor };
    Ok(Header { offset, nrows, ncols, element, order, names: Vec::new() })
}

/// The Python literals that occur in headers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Literal {
    Text(String),
    Bool(bool),
    Integer(u64),
    /// A tuple or list.
    Sequence(Vec<Literal>),
    Dictionary(Vec<(String, Literal)>),
}

impl Literal {
    /// Reads one literal; nothing but blanks may follow.
    fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        let literal = value(&mut rest, 0)?;
        rest.trim().is_empty().then_some(literal)
    }

    fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Dictionary(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }
}

/// Reads a value from the start of `rest`. A structured dtype nests a little; the depth is bounded.
fn value(rest: &mut &str, depth: usize) -> Option<Literal> {
    *rest = rest.trim_start();
    match rest.chars().next()? {
        _ if depth > 16 => None,
        '\'' | '"' => text(rest).map(Literal::Text),
        '(' => sequence(rest, ')', depth).map(Literal::Sequence),
        '[' => sequence(rest, ']', depth).map(Literal::Sequence),
        '{' => {
            let mut entries = Vec::new();
            *rest = &rest[1..];
            while !take(rest, "}") {
                *rest = rest.trim_start();
                let key = text(rest)?;
                take(rest, ":").then_some(())?;
                entries.push((key, value(rest, depth + 1)?));
                if !take(rest, ",") {
                    return take(rest, "}").then_some(Literal::Dictionary(entries));
                }
            }
            Some(Literal::Dictionary(entries))
        }
        '0'..='9' => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let number = rest[..end].parse().ok()?;
            *rest = &rest[end..];
            take(rest, "L"); // as Python 2 wrote long integers
            Some(Literal::Integer(number))
        }
        _ if take(rest, "True") => Some(Literal::Bool(true)),
        _ if take(rest, "False") => Some(Literal::Bool(false)),
        _ => None,
    }
}

/// Reads a string without escapes.
fn text(rest: &mut &str) -> Option<String> {
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let end = rest[1..].find(quote)? + 1;
    let text = rest[1..end].to_owned();
    *rest = &rest[end + 1..];
    (!text.contains('\\')).then_some(text)
}

fn sequence(rest: &mut &str, close: char, depth: usize) -> Option<Vec<Literal>> {
    let close = close.to_string();
    let mut items = Vec::new();
    *rest = &rest[1..];
    while !take(rest, &close) {
        items.push(value(rest, depth + 1)?);
        if !take(rest, ",") {
            return take(rest, &close).then_some(items);
        }
    }
    Some(items)
}

/// Takes `token` from the start of `rest`, blanks before it too, if it is there.
fn take(rest: &mut &str, token: &str) -> bool {
    match rest.trim_start().strip_prefix(token) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Header, Error> {
        header(&Literal::parse(text).expect("a literal"), 128, "x.npy")
    }

    #[test]
    fn headers_that_numpy_writes() {
        let h = parse("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }   \n").unwrap();
        assert_eq!((h.nrows, h.ncols, h.order, h.element), (3, 4, Order::RowMajor, Element::F64_LE));
        let h = parse("{'descr': '>i4', 'fortran_order': True, 'shape': (7L,)}").unwrap();
        assert_eq!((h.nrows, h.ncols, h.order), (7, 1, Order::ColumnMajor));
    }

    #[test]
    fn headers_that_are_refused() {
        let unsupported = [
            "{'descr': '<c16', 'fortran_order': False, 'shape': (3,)}",
            "{'descr': [('a', '<f8'), ('b', '<i4', (2,))], 'fortran_order': False, 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': ()}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 3)}",
        ];
        for text in unsupported {
            assert!(matches!(parse(text), Err(Error::Unsupported { .. })), "{text}");
        }
        let damaged = [
            "{}",
            "{'descr': '<f8', 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': 1, 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': ('a',)}",
            "[]",
        ];
        for text in damaged {
            assert!(matches!(parse(text), Err(Error::Damaged { .. })), "{text}");
        }
        for text in
            ["", "{", "{'a'", "{'a': (1, 2}", "{'a': -1}", "{'a': 1} x", "{'a': 99999999999999999999}"]
        {
            assert_eq!(Literal::parse(text), None, "{text}");
        }
        assert_eq!(Literal::parse(&"(".repeat(10_000)), None);
    }
}
