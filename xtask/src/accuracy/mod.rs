//! Evaluates everything we have on reference files, and lists what we do not have.
//!
//! A family is a folder of reference files. [`special`] and [`dist`] have one entry per file name, [`nist`] and
//! [`regression`] one function per document: a new item needs one more entry there, nothing here.
mod dist;
mod entries;
mod nist;
mod regression;
mod report;
mod special;

use crate::Outcome;
use crate::workspace;
use ferronum_testkit::{Error, golden_dir, read_json};
use report::Report;
use std::path::{Path, PathBuf};

/// Options of `cargo xtask accuracy`.
#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 if everything covered reaches its bar, else 1.")]
pub struct Options {
    /// Folder of reference files [default: crates/testkit/golden]
    #[arg(long, value_name = "DIR")]
    reference: Option<PathBuf>,
    /// Print the same as one JSON document
    #[arg(long)]
    json: bool,
    /// Only this folder of reference files: special, dist, nist, regression, …
    #[arg(long, value_name = "NAME")]
    family: Option<String>,
    /// Only files whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

impl Options {
    /// All golden files.
    pub fn golden() -> Self {
        Self { reference: None, json: false, family: None, only: None }
    }
}

/// Runs the task.
pub fn run(options: &Options) -> Outcome {
    let folder = options.reference.clone().unwrap_or_else(golden_dir);
    let report = survey(&folder, options)?;
    if options.json {
        let text = serde_json::to_string_pretty(&report.json()).map_err(|error| error.to_string())?;
        println!("{text}");
    } else {
        print!("{}", report.text());
    }
    match report.failed() {
        0 => Ok(()),
        n => Err(format!("{n} of {} functions miss their bar", report.lines.len())),
    }
}

fn survey(folder: &Path, options: &Options) -> Outcome<Report> {
    let mut report = Report::default();
    let mut seen = false;
    for path in workspace::files(folder)? {
        let relative = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
        let Some(file) = ReferenceFile::new(&path, &relative) else { continue };
        let wanted = options.family.as_ref().is_none_or(|family| *family == file.family)
            && options.only.as_ref().is_none_or(|only| file.name.contains(only.as_str()));
        if wanted {
            seen = true;
            file.evaluate(&mut report).map_err(|error| format!("{}: {error}", file.shown))?;
        }
    }
    if seen {
        Ok(report)
    } else {
        Err(format!("no reference file that is asked for in {}", folder.display()))
    }
}

/// A file with expected values.
pub struct ReferenceFile {
    /// Where it is.
    pub path: PathBuf,
    /// `special/erf.tsv`.
    pub shown: String,
    /// `special`.
    pub family: String,
    /// `erf`, or `normal.points`: the name without its last extension.
    pub name: String,
}

impl ReferenceFile {
    /// `None` for notes, which hold no data.
    fn new(path: &Path, relative: &Path) -> Option<Self> {
        let extension = relative.extension()?.to_str()?;
        if matches!(extension, "md" | "txt") {
            return None;
        }
        let family = relative.components().next()?.as_os_str().to_str()?.to_string();
        let name = relative.file_stem()?.to_str()?.to_string();
        Some(Self { path: path.into(), shown: relative.to_str()?.replace('\\', "/"), family, name })
    }

    fn evaluate(&self, report: &mut Report) -> Result<(), Error> {
        let covered = match self.family.as_str() {
            "special" => special::evaluate(self, report)?,
            "dist" => dist::evaluate(self, report)?,
            "nist" => nist::evaluate(self, report)?,
            "regression" => regression::evaluate(self, report)?,
            // tests, timeseries, optimize, posteriors: no evaluator yet.
            _ => false,
        };
        if !covered {
            self.list_as_gap(report)?;
        }
        Ok(())
    }

    fn list_as_gap(&self, report: &mut Report) -> Result<(), Error> {
        let entries = match self.path.extension().and_then(|e| e.to_str()) {
            Some("json") => entries::entries(&read_json(&self.path)?),
            _ => Vec::new(),
        };
        if entries.is_empty() {
            report.gap(&self.shown, "");
        }
        entries.into_iter().for_each(|entry| report.gap(&self.shown, entry));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_golden_file_is_compared_or_listed() {
        let report = survey(&golden_dir(), &Options::golden()).unwrap();
        for path in workspace::files(&golden_dir()).unwrap() {
            let relative = path.strip_prefix(golden_dir()).unwrap();
            let Some(file) = ReferenceFile::new(&path, relative) else { continue };
            let stem = file.name.split('.').next().unwrap().to_string();
            let compared =
                report.lines.iter().any(|l| l.family == file.family && l.summary.name.starts_with(&stem));
            let listed = report.not_covered.iter().any(|gap| gap.file == file.shown);
            assert!(compared || listed, "{} is skipped in silence", file.shown);
        }
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let options = Options { family: Some("nothing".into()), ..Options::golden() };
        assert!(survey(&golden_dir(), &options).is_err());
    }
}
