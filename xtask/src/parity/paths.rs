//! The paths that the public-API snapshots hold.
use std::collections::{BTreeMap, BTreeSet};

/// Every path a user may write.
#[derive(Default)]
pub struct PublicPaths {
    paths: BTreeSet<String>,
    /// Traits of a type, since a provided method is not listed again at the type.
    traits: BTreeMap<String, BTreeSet<String>>,
}

impl PublicPaths {
    /// Adds the items of one snapshot.
    pub fn add(&mut self, items: &[String]) {
        for line in items {
            if line.starts_with("impl") {
                if let Some((implemented, of)) = implementation(line) {
                    self.traits.entry(of).or_default().insert(implemented);
                }
            } else if let Some(path) = item_path(line) {
                self.paths.insert(path);
            }
        }
    }

    /// Whether the path is an item, or a trait's method at a type that has the trait.
    pub fn contains(&self, path: &str) -> bool {
        if self.paths.contains(path) {
            return true;
        }
        let Some((owner, method)) = path.rsplit_once("::") else { return false };
        let mut traits = self.traits.get(owner).into_iter().flatten();
        traits.any(|name| self.paths.contains(&format!("{name}::{method}")))
    }

    /// The path most like a wrong one: same owner and a name that shares its beginning, else the same last name.
    pub fn nearest(&self, wrong: &str) -> Option<&str> {
        let (owner, name) = wrong.rsplit_once("::")?;
        let common = |path: &str| {
            let last = path.rsplit("::").next().unwrap_or_default();
            last.chars().zip(name.chars()).take_while(|(a, b)| a == b).count()
        };
        let siblings =
            self.paths.iter().filter(|path| path.rsplit_once("::").is_some_and(|(o, _)| o == owner));
        let sibling = siblings.max_by_key(|path| common(path)).filter(|path| common(path) > 1);
        let namesake = || self.paths.iter().find(|path| path.rsplit("::").next() == Some(name));
        sibling.or_else(namesake).map(String::as_str)
    }
}

/// The path of a line such as `pub const fn a::B<T>::c(x: u8) -> u8`, without generics.
fn item_path(line: &str) -> Option<String> {
    let start = line.split(' ').scan(0, |at, word| {
        let here = *at;
        *at += word.len() + 1;
        Some((here, word))
    });
    let mut after_pub = start.skip_while(|(_, word)| *word != "pub").skip(1);
    let (at, _) = after_pub.find(|(_, word)| {
        !matches!(
            *word,
            "const"
                | "async"
                | "unsafe"
                | "extern"
                | "fn"
                | "struct"
                | "enum"
                | "trait"
                | "mod"
                | "type"
                | "use"
                | "static"
                | "mut"
                | "union"
                | "macro"
                | "\"C\""
        )
    })?;
    Some(strip(&line[at..])).filter(|path| !path.is_empty())
}

/// Trait and type of `impl<T> Trait<X> for Type<T> where …`, without generics.
fn implementation(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("impl")?;
    let rest = if rest.starts_with('<') { &rest[closing(rest)?..] } else { rest };
    let (implemented, of) = rest.trim_start().split_once(" for ")?;
    Some((strip(implemented), strip(of)))
}

/// A path up to what ends it, with everything in angle brackets left out.
fn strip(text: &str) -> String {
    let (mut path, mut depth) = (String::new(), 0usize);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ':' if chars.peek() == Some(&':') => {
                chars.next();
                path.push_str("::");
            }
            c if c.is_alphanumeric() || c == '_' => path.push(c),
            _ => break,
        }
    }
    path
}

/// Where the bracket that the text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_all_kinds_of_lines() {
        let path = |line: &str| item_path(line).unwrap();
        assert_eq!(path("pub mod ferronum_dd"), "ferronum_dd");
        assert_eq!(path("pub const fn ferronum_dd::Dd::hi(self) -> f64"), "ferronum_dd::Dd::hi");
        assert_eq!(path("pub const ferronum_dd::Dd::ONE: Self"), "ferronum_dd::Dd::ONE");
        assert_eq!(path("#[non_exhaustive] pub enum a::Error"), "a::Error");
        assert_eq!(path("pub a::Error::Bad { pub x: u8 }"), "a::Error::Bad");
        assert_eq!(path("pub a::Summary::mean: f64"), "a::Summary::mean");
        assert_eq!(path("pub fn a::Mat<T>::zeros<U: Into<usize>>(n: U) -> Self"), "a::Mat::zeros");
        assert_eq!(path("pub fn a::Mat<f64>::index(&self) -> &f64"), "a::Mat::index");
        assert_eq!(path("pub use a::b"), "a::b");
        assert_eq!(path("pub macro a::assert_lre!"), "a::assert_lre");
        assert_eq!(path("pub type a::It<'a> = core::slice::Iter<'a, f64>"), "a::It");
    }

    #[test]
    fn provided_methods_count_at_the_type() {
        let mut paths = PublicPaths::default();
        paths.add(&[
            "pub trait d::Law".into(),
            "pub fn d::Law::isf(&self, q: f64) -> f64".into(),
            "pub struct d::Normal".into(),
            "impl d::Law for d::Normal".into(),
            "impl<T> core::ops::Add<d::Mat<T>> for d::Mat<T> where T: Copy".into(),
        ]);
        assert!(paths.contains("d::Law::isf") && paths.contains("d::Normal::isf"));
        assert!(!paths.contains("d::Normal::pdf") && !paths.contains("d::Gamma::isf"));
        assert_eq!(paths.traits["d::Mat"].first().unwrap(), "core::ops::Add");
    }
}
