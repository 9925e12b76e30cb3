//! What was removed and what was added between two listings.
use std::collections::BTreeMap;

/// Lines of one listing that the other lacks. A changed line is one removed and one added.
#[derive(Debug, PartialEq, Eq)]
pub struct Diff {
    lines: Vec<(char, String)>,
}

impl Diff {
    pub fn between(old: &[String], new: &[String]) -> Self {
        let mut lines = lacking(old, new, '-');
        lines.extend(lacking(new, old, '+'));
        // A changed item's two lines end up side by side: they begin with the same path.
        lines.sort_by(|a, b| (path(&a.1), b.0, &a.1).cmp(&(path(&b.1), a.0, &b.1)));
        Self { lines }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether anything a user may have named is gone or different.
    pub fn removes(&self) -> bool {
        self.lines.iter().any(|(sign, _)| *sign == '-')
    }
}

impl std::fmt::Display for Diff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines.iter().try_for_each(|(sign, line)| writeln!(f, "  {sign} {line}"))
    }
}

/// The item's path, up to its parameters.
fn path(line: &str) -> &str {
    line.split(['(', '{', '=']).next().unwrap_or(line)
}

fn lacking(of: &[String], than: &[String], sign: char) -> Vec<(char, String)> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    than.iter().for_each(|line| *left.entry(line).or_default() += 1);
    let mut found = Vec::new();
    for line in of {
        match left.get_mut(line.as_str()) {
            Some(n) if *n > 0 => *n -= 1,
            _ => found.push((sign, line.clone())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn changed_lines_stand_together() {
        let old = list(&["pub fn a::f(x: f64)", "pub fn a::g()", "pub struct a::S"]);
        let new = list(&["pub fn a::f(x: f32)", "pub fn a::g()", "pub struct a::S", "pub fn a::h()"]);
        let diff = Diff::between(&old, &new);
        assert_eq!(diff.to_string(), "  - pub fn a::f(x: f64)\n  + pub fn a::f(x: f32)\n  + pub fn a::h()\n");
        assert!(diff.removes());
        assert!(!Diff::between(&old[1..], &old).removes());
        assert!(Diff::between(&old, &old).is_empty());
    }

    #[test]
    fn repeated_lines_count() {
        let diff = Diff::between(&list(&["a", "a"]), &list(&["a"]));
        assert_eq!(diff.to_string(), "  - a\n");
    }
}
