//! Benches in release mode, beside recorded figures of other programs.
//!
//! A bench that takes part in the comparison prints a line `bench-result TASK SECONDS`. `benches/peers.json` holds what others take:
//!
//! ```json
//! {"peers": [{"task": "panel", "peer": "NumPy, X'X by batches", "seconds": 4.2, "note": "two-core AVX2 machine, page cache"}]}
//! ```
use crate::Outcome;
use crate::table::{Align, render};
use crate::workspace::{self, Package, cargo, describe};
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Options {
    /// The bench; all of them without a name
    name: Option<String>,
    /// Arguments for it
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
    arguments: Vec<String>,
}

#[derive(Deserialize)]
struct Recorded {
    peers: Vec<Peer>,
}

/// What another program took.
#[derive(Deserialize)]
struct Peer {
    task: String,
    peer: String,
    seconds: f64,
    #[serde(default)]
    note: String,
}

const PACKAGE: &str = "ferronum-benches";

/// Runs the task.
pub fn run(options: &Options) -> Outcome {
    let packages = workspace::packages()?;
    let package =
        packages.iter().find(|p| p.name == PACKAGE).ok_or_else(|| format!("no package `{PACKAGE}`"))?;
    let all: Vec<&String> = package.binaries.iter().chain(&package.benches).collect();
    let names: Vec<&String> = match &options.name {
        None => all,
        Some(name) => vec![all.iter().find(|n| **n == name).ok_or_else(|| unknown(name, &all))?],
    };
    if names.is_empty() {
        return Err(format!("`{PACKAGE}` has no bench yet"));
    }
    let mut results = Vec::new();
    for name in &names {
        results.extend(run_one(package, name, &options.arguments)?);
    }
    let peers = recorded()?;
    // A task is called after its bench: `panel-1e8` is one of `panel`.
    let ours = |peer: &&Peer| names.iter().any(|name| peer.task.starts_with(name.as_str()));
    print!("{}", comparison(&results, &peers.iter().filter(ours).collect::<Vec<_>>()));
    Ok(())
}

fn unknown(name: &str, all: &[&String]) -> String {
    let names: Vec<_> = all.iter().map(|n| n.as_str()).collect();
    format!("no bench `{name}`; there are: {}", names.join(", "))
}

/// Runs one bench with its output on the terminal, and returns the results it announces.
fn run_one(package: &Package, name: &str, arguments: &[String]) -> Outcome<Vec<(String, f64)>> {
    let kind = if package.binaries.iter().any(|b| b == name) {
        ["run", "--release", "--bin"]
    } else {
        ["bench", "--quiet", "--bench"]
    };
    let mut command = cargo(&kind);
    command.args([name, "--package", PACKAGE]);
    if !arguments.is_empty() {
        command.arg("--").args(arguments);
    }
    let failed = |error: std::io::Error| format!("{name}: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut results = Vec::new();
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(failed)?;
        println!("{line}");
        results.extend(result(&line));
    }
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(results) } else { Err(format!("`{}` ended with {status}", describe(&command))) }
}

fn result(line: &str) -> Option<(String, f64)> {
    let (task, seconds) = line.strip_prefix("bench-result ")?.rsplit_once(' ')?;
    Some((task.to_string(), seconds.parse().ok()?))
}

fn recorded() -> Outcome<Vec<Peer>> {
    let path = workspace::root().join("benches/peers.json");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let recorded: Recorded = serde_json::from_str(&workspace::read(&path)?)
        .map_err(|error| format!("{}: {error}", workspace::shown(&path)))?;
    Ok(recorded.peers)
}

/// Our times beside those recorded for the same tasks, then tasks that were not run; empty if there is nothing to show.
fn comparison(results: &[(String, f64)], peers: &[&Peer]) -> String {
    let mut rows = Vec::new();
    for (task, ours) in results {
        rows.push(vec![task.clone(), "ferronum".into(), format!("{ours:.3}"), "1.00".into(), String::new()]);
        for peer in peers.iter().filter(|peer| peer.task == *task) {
            let ratio = format!("{:.2}", peer.seconds / ours);
            rows.push(vec![
                String::new(),
                peer.peer.clone(),
                format!("{:.3}", peer.seconds),
                ratio,
                peer.note.clone(),
            ]);
        }
    }
    for peer in peers.iter().filter(|peer| results.iter().all(|(task, _)| *task != peer.task)) {
        let seconds = format!("{:.3}", peer.seconds);
        rows.push(vec![peer.task.clone(), peer.peer.clone(), seconds, "–".into(), peer.note.clone()]);
    }
    if rows.is_empty() {
        return String::new();
    }
    let header = [
        ("task", Align::Left),
        ("program", Align::Left),
        ("seconds", Align::Right),
        ("ratio", Align::Right),
        ("note", Align::Left),
    ];
    format!("\n{}", render(&header, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_beside_their_peers() {
        assert_eq!(result("bench-result panel fit 0.5"), Some(("panel fit".into(), 0.5)));
        assert_eq!(result("rows/s 1e9"), None);
        let recorded: Recorded =
            serde_json::from_str(r#"{"peers": [{"task": "panel", "peer": "NumPy", "seconds": 4.2}]}"#)
                .unwrap();
        let peers: Vec<&Peer> = recorded.peers.iter().collect();
        let text = comparison(&[("panel".into(), 2.0)], &peers);
        assert!(text.contains("NumPy       4.200   2.10"), "{text}");
        assert!(comparison(&[("other".into(), 2.0)], &peers).contains("4.200      –"));
        assert_eq!(comparison(&[], &[]), "");
    }

    #[test]
    fn recorded_figures_can_be_read() {
        recorded().unwrap();
    }
}
