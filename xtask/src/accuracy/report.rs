//! What was found on the reference files, as text and as data.
use crate::table::{Align, render, wrap};
use ferronum_testkit::{Summary, Survey};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything found.
#[derive(Default, Serialize)]
pub struct Report {
    /// One line per function.
    pub lines: Vec<Line>,
    /// What no evaluator covers.
    pub not_covered: Vec<Gap>,
}

/// One function on one file.
#[derive(Serialize)]
pub struct Line {
    /// Folder of the file.
    pub family: String,
    #[serde(flatten)]
    pub summary: Summary,
}

/// A file, or an entry in it, for which there is no evaluator.
#[derive(Serialize)]
pub struct Gap {
    /// The file, relative to the folder of reference files.
    pub file: String,
    /// The entry; empty for the whole file.
    pub entry: String,
}

#[derive(Serialize)]
struct Totals {
    functions: usize,
    points: usize,
    passed: usize,
    failed: usize,
    not_covered: usize,
}

impl Report {
    pub fn add(&mut self, family: &str, surveys: impl IntoIterator<Item = Survey>) {
        let lines =
            surveys.into_iter().map(|survey| Line { family: family.into(), summary: survey.summary() });
        // A column that is empty throughout asks for nothing.
        self.lines.extend(lines.filter(|line| line.summary.points > 0));
    }

    pub fn gap(&mut self, file: &str, entry: impl Into<String>) {
        self.not_covered.push(Gap { file: file.into(), entry: entry.into() });
    }

    pub fn failed(&self) -> usize {
        self.lines.iter().filter(|line| !line.summary.pass).count()
    }

    fn totals(&self) -> Totals {
        Totals {
            functions: self.lines.len(),
            points: self.lines.iter().map(|line| line.summary.points).sum(),
            passed: self.lines.len() - self.failed(),
            failed: self.failed(),
            not_covered: self.not_covered.len(),
        }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({ "lines": self.lines, "not_covered": self.not_covered, "totals": self.totals() })
    }

    pub fn text(&self) -> String {
        let header = [
            ("family", Align::Left),
            ("function", Align::Left),
            ("points", Align::Right),
            ("median", Align::Right),
            ("worst", Align::Right),
            ("ulp", Align::Right),
            ("excess", Align::Right),
            ("digits", Align::Right),
            ("bar", Align::Left),
            ("", Align::Left),
            ("worst at", Align::Left),
        ];
        let rows: Vec<Vec<String>> = self.lines.iter().map(row).collect();
        let mut text = String::new();
        if !rows.is_empty() {
            text += &render(&header, &rows);
            text += "\nmedian, worst: error before, excess: after what the rounding of the inputs excuses.\n";
            text += "digits: correct digits at the worst point, with its excess as the error.\n\n";
        }
        text += &self.gaps();
        let t = self.totals();
        text += &format!(
            "{} functions on {} points: {} reach their bar, {} miss it; {} not covered\n",
            t.functions, t.points, t.passed, t.failed, t.not_covered
        );
        text
    }

    fn gaps(&self) -> String {
        let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for gap in &self.not_covered {
            files.entry(&gap.file).or_default().push(gap.entry.clone());
        }
        let mut text = String::new();
        // Whole files are listed by folder, the others one by one with their entries.
        let mut whole: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (file, entries) in files {
            if entries.iter().all(String::is_empty) {
                let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
                whole.entry(folder).or_default().push(name.to_string());
            } else {
                text += &format!(
                    "not covered: {file} ({} entries)\n{}",
                    entries.len(),
                    wrap(&entries, "    ", 110)
                );
            }
        }
        for (folder, names) in whole {
            text += &format!("not covered: {folder}/ ({} files)\n{}", names.len(), wrap(&names, "    ", 110));
        }
        if text.is_empty() { text } else { text + "\n" }
    }
}

fn row(line: &Line) -> Vec<String> {
    let s = &line.summary;
    vec![
        line.family.clone(),
        s.name.clone(),
        s.points.to_string(),
        error(s.median),
        error(s.worst),
        ulps(s.worst_ulps),
        error(s.excess),
        format!("{:.1}", s.digits),
        s.bar.to_string(),
        if s.pass { "pass".into() } else { format!("FAIL {}", s.failures) },
        s.worst_at.clone(),
    ]
}

fn error(x: f64) -> String {
    if x == 0.0 { "0".into() } else { format!("{x:.1e}") }
}

fn ulps(x: f64) -> String {
    if x < 1e4 { format!("{x:.1}") } else { format!("{x:.0e}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::{Bar, Comparison, Dd};

    #[test]
    fn failures_and_gaps_are_shown() {
        let mut survey = Survey::new("erf", Bar::SPECIAL);
        survey.push(Comparison::relative("x=1", 0.8427, Dd::from(0.8427007929497149), 0.0));
        let mut report = Report::default();
        report.add("special", [survey, Survey::new("empty", Bar::SPECIAL)]);
        report.gap("dist/levy.points.tsv", "");
        report.gap("tests/tests.json", "kruskal (5 cases)");
        assert_eq!(report.failed(), 1);
        let text = report.text();
        assert!(text.contains("FAIL 1") && text.contains("x=1"), "{text}");
        assert!(text.contains("not covered: dist/ (1 files)\n    levy.points.tsv\n"), "{text}");
        assert!(text.contains("    kruskal (5 cases)\n"), "{text}");
        assert!(
            text.ends_with("1 functions on 1 points: 0 reach their bar, 1 miss it; 2 not covered\n"),
            "{text}"
        );
        assert_eq!(report.json()["totals"]["failed"], 1);
        assert_eq!(report.json()["lines"][0]["name"], "erf");
    }
}
