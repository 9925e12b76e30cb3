//! Hygiene of the files in the repository.
use crate::Outcome;
use crate::workspace::{self, output};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Largest file outside the data folders.
const MAX_BYTES: u64 = 2_000_000;
/// Folders whose files may be larger.
const DATA: [&str; 2] = ["crates/data/datasets/", "crates/testkit/golden/"];
/// Fields a crate takes from the workspace.
const INHERITED: [&str; 4] = ["version", "edition", "rust-version", "license"];
/// Beginnings of paths that exist on one machine only. In pieces, so that this file is not itself an offender.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];
/// Code that is not finished.
const UNFINISHED: [&str; 3] = [concat!("to", "do!("), concat!("unim", "plemented!("), concat!("db", "g!(")];

/// Runs the task.
pub fn run() -> Outcome {
    let mut faults = Vec::new();
    let files = tracked_files()?;
    for file in &files {
        check(file, &mut faults)?;
    }
    faults.iter().for_each(|fault| eprintln!("{fault}"));
    match faults.len() {
        0 => {
            println!("{} files in order", files.len());
            Ok(())
        }
        n => Err(format!("{n} faults in {} files", files.len())),
    }
}

/// Files under version control, and new ones that are not ignored.
fn tracked_files() -> Outcome<Vec<PathBuf>> {
    let args = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    let list = output(Command::new("git").args(args).current_dir(workspace::root()))?;
    // A file deleted but not yet committed is still listed.
    Ok(list.lines().map(|line| workspace::root().join(line)).filter(|path| path.is_file()).collect())
}

fn check(path: &Path, faults: &mut Vec<String>) -> Outcome {
    let shown = workspace::shown(path);
    let bytes = std::fs::metadata(path).map_err(|error| format!("{shown}: {error}"))?.len();
    if bytes > MAX_BYTES && !DATA.iter().any(|folder| shown.starts_with(folder)) {
        faults
            .push(format!("{shown}: {bytes} bytes, more than {MAX_BYTES}; only data sets may be that large"));
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if !matches!(extension, "rs" | "md" | "toml" | "yml" | "json" | "py" | "sh") || bytes > MAX_BYTES {
        return Ok(());
    }
    let text = workspace::read(path)?;
    let mut add = |line: usize, what: String| faults.push(format!("{shown}:{line}: {what}"));
    machine_paths(&text, &mut add);
    match extension {
        "rs" => source(&text, &mut add),
        "md" => links(&text, path.parent().unwrap_or(path), &mut add),
        "toml" if is_member_manifest(&shown) => manifest(&text, &mut add),
        _ => {}
    }
    Ok(())
}

fn machine_paths(text: &str, add: &mut dyn FnMut(usize, String)) {
    for (i, line) in text.lines().enumerate() {
        // Only where a path begins: not inside a URL or a longer path.
        let begins = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "/._-~:".contains(c));
        if let Some(found) = MACHINE_PATHS.iter().find(|p| line.find(*p).is_some_and(begins)) {
            add(i + 1, format!("a path of one machine, `{found}…`"));
        }
    }
}

fn source(text: &str, add: &mut dyn FnMut(usize, String)) {
    for (i, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        if let Some(found) = UNFINISHED.iter().find(|found| code.contains(*found)) {
            add(i + 1, format!("`{found}…)` is not finished code"));
        }
        if code.starts_with("#[ignore]") {
            add(i + 1, "say why: `#[ignore = \"slow: 40 s\"]`".into());
        }
    }
}

fn is_member_manifest(shown: &str) -> bool {
    let parts: Vec<&str> = shown.split('/').collect();
    matches!(parts[..], ["crates", _, "Cargo.toml"] | ["xtask" | "benches", "Cargo.toml"])
}

fn manifest(text: &str, add: &mut dyn FnMut(usize, String)) {
    let has = |line: &str| text.lines().any(|l| l.split_whitespace().collect::<String>() == line);
    for field in INHERITED {
        if !has(&format!("{field}.workspace=true")) {
            add(1, format!("`{field}.workspace = true` is missing"));
        }
    }
    if !text.contains("[lints]\nworkspace = true") {
        add(1, "`[lints] workspace = true` is missing".into());
    }
}

/// Relative links of a markdown file have to lead somewhere.
fn links(text: &str, folder: &Path, add: &mut dyn FnMut(usize, String)) {
    let mut inside_code = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            inside_code = !inside_code;
        }
        if inside_code {
            continue;
        }
        for target in link_targets(line) {
            let file = target.split('#').next().unwrap_or_default();
            let elsewhere = file.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !folder.join(file).exists() {
                add(i + 1, format!("the link to `{target}` leads nowhere"));
            }
        }
    }
}

/// The targets of `[text](target)` and `![text](target)` outside inline code.
fn link_targets(line: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    // Every other piece between backticks is code.
    for prose in line.split('`').step_by(2) {
        let mut rest = prose;
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, tail)) = after.split_once(')') else { break };
            targets.push(target.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']));
            rest = tail;
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(check: impl Fn(&mut dyn FnMut(usize, String))) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        check(&mut |line, what| found.push((line, what)));
        found
    }

    #[test]
    fn unfinished_code_and_silent_ignores() {
        let text = format!(
            "fn a() {{\n    {}\"x\");\n}}\n// {}\n#[ignore]\n#[ignore = \"slow\"]\n",
            UNFINISHED[0], UNFINISHED[0]
        );
        let lines: Vec<usize> = faults(|add| source(&text, add)).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn paths_of_one_machine() {
        let text = format!(
            "see {}ada/x\nhttps://example.org{}x\n`{}x`\n",
            MACHINE_PATHS[0], MACHINE_PATHS[3], MACHINE_PATHS[1]
        );
        let lines: Vec<usize> =
            faults(|add| machine_paths(&text, add)).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3]);
    }

    #[test]
    fn manifests_inherit() {
        let good = "[package]\nversion.workspace = true\nedition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n\n[lints]\nworkspace = true\n";
        assert!(faults(|add| manifest(good, add)).is_empty());
        assert_eq!(faults(|add| manifest("[package]\nversion = \"1.0.0\"\n", add)).len(), 5);
        assert!(
            is_member_manifest("crates/dd/Cargo.toml") && !is_member_manifest("crates/data/fuzz/Cargo.toml")
        );
    }

    #[test]
    fn links_lead_somewhere() {
        let text = "[a](Cargo.toml) [b](https://x.org/y) [`c`](gone.md) [d](#here)\n```\n[e](gone.md)\n```\n![f](src/main.rs \"t\")\n";
        let found = faults(|add| links(text, Path::new(env!("CARGO_MANIFEST_DIR")), add));
        assert_eq!(found, [(1, "the link to `gone.md` leads nowhere".to_string())]);
    }
}
