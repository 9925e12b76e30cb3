//! All checks of a change, in one table.
use crate::table::{Align, render};
use crate::workspace::{self, cargo, describe};
use crate::{Outcome, accuracy, api, parity, tidy};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A check: its name, whether it takes seconds rather than minutes, and what it does.
struct Step {
    name: &'static str,
    cheap: bool,
    check: fn() -> Outcome<String>,
}

const STEPS: &[Step] = &[
    Step { name: "format", cheap: true, check: format },
    Step { name: "tidy", cheap: true, check: || tidy::run().map(done) },
    Step { name: "clippy", cheap: false, check: clippy },
    Step { name: "tests", cheap: false, check: tests },
    Step { name: "api", cheap: true, check: || api::run(&api::Options::compare()).map(done) },
    Step { name: "doc", cheap: false, check: || doc(false).map(done) },
    Step { name: "parity", cheap: true, check: || parity::run(&parity::Options::check()).map(done) },
    Step { name: "accuracy", cheap: true, check: || accuracy::run(&accuracy::Options::golden()).map(done) },
];

fn done((): ()) -> String {
    String::new()
}

/// Runs the steps. After a failure only the cheap ones are run, so that one run shows all that is quick to see.
pub fn run() -> Outcome {
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    let start = Instant::now();
    for step in STEPS {
        if !failed.is_empty() && !step.cheap {
            rows.push(vec![
                step.name.into(),
                "skipped".into(),
                String::new(),
                "an earlier step failed".into(),
            ]);
            continue;
        }
        println!("\n== {} ==", step.name);
        let begun = Instant::now();
        let (verdict, note) = match (step.check)() {
            Ok(note) => ("ok", note),
            Err(message) => {
                eprintln!("error: {message}");
                failed.push(step.name);
                ("FAILED", message.lines().next().unwrap_or_default().to_string())
            }
        };
        rows.push(vec![step.name.into(), verdict.into(), seconds(begun), note]);
    }
    rows.push(vec![
        "all".into(),
        if failed.is_empty() { "ok" } else { "FAILED" }.into(),
        seconds(start),
        String::new(),
    ]);
    let header = [("step", Align::Left), ("", Align::Left), ("seconds", Align::Right), ("", Align::Left)];
    println!("\n{}", render(&header, &rows));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn seconds(since: Instant) -> String {
    format!("{:.1}", since.elapsed().as_secs_f64())
}

fn format() -> Outcome<String> {
    workspace::run(&mut cargo(&["fmt", "--all", "--check"]))
        .map(done)
        .map_err(|error| format!("{error}; run `cargo fmt --all`"))
}

fn clippy() -> Outcome<String> {
    workspace::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])).map(done)
}

/// Builds the documentation with warnings denied.
pub fn doc(open: bool) -> Outcome {
    let mut command = cargo(&["doc", "--workspace", "--no-deps"]);
    let flags = std::env::var("RUSTDOCFLAGS").unwrap_or_default();
    command.env("RUSTDOCFLAGS", format!("{flags} -D warnings").trim());
    if open {
        command.arg("--open");
    }
    workspace::run(&mut command)
}

/// Runs the test command of the README, so that what it promises is what is checked.
fn tests() -> Outcome<String> {
    let path = workspace::root().join("README.md");
    let words = test_command(&workspace::read(&path)?)
        .ok_or("README.md has no code block with a line that begins with `cargo test`")?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = cargo(&words);
    let mut tally = Tally::default();
    let failed = |command: &Command, what: String| format!("`{}` {what}", describe(command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| failed(&command, error.to_string()))?;
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(|error| failed(&command, error.to_string()))?;
        println!("{line}");
        tally.add(&line);
    }
    let status = child.wait().map_err(|error| failed(&command, error.to_string()))?;
    let found = format!("{} passed, {} failed, {} ignored", tally.passed, tally.failed, tally.ignored);
    match status.success() {
        true if tally.passed == 0 => Err(failed(&command, "ran no test".into())),
        true => Ok(found),
        false => Err(failed(&command, format!("ended with {status}: {found}"))),
    }
}

/// The arguments after `cargo` of the first test command in a code block.
fn test_command(readme: &str) -> Option<Vec<String>> {
    let mut inside = false;
    for line in readme.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        }
        let command = line.trim().trim_start_matches("$ ").split('#').next().unwrap_or_default().trim();
        if inside && command.starts_with("cargo test") {
            return Some(command.split_whitespace().skip(1).map(Into::into).collect());
        }
    }
    None
}

/// Sums of the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Tally {
    fn add(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test result: ") else { return };
        let words: Vec<&str> = rest.split([' ', ';']).collect();
        let before = |what: &str| {
            let at = words.iter().position(|word| *word == what)?;
            words.get(at.checked_sub(1)?)?.parse::<usize>().ok()
        };
        self.passed += before("passed").unwrap_or(0);
        self.failed += before("failed").unwrap_or(0);
        self.ignored += before("ignored").unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_command_of_a_readme() {
        let readme = "Run cargo test here.\n\n```sh\ncargo run --release -p ferronum-cli -- fit\ncargo test --workspace   # all\n```\n";
        assert_eq!(test_command(readme).unwrap(), ["test", "--workspace"]);
        assert_eq!(test_command("cargo test\n"), None);
        assert_eq!(test_command("```\n$ cargo test --release\n```\n").unwrap(), ["test", "--release"]);
    }

    #[test]
    fn results_are_summed() {
        let mut tally = Tally::default();
        tally.add(
            "test result: ok. 25 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.08s",
        );
        tally.add("test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out");
        tally.add("running 3 tests");
        assert_eq!((tally.passed, tally.failed, tally.ignored), (27, 3, 1));
    }
}
