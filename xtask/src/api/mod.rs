//! Public-API snapshots: `docs/api/<crate>.txt`.
//!
//! The listing is made by `public-api` from the JSON of the pinned rustdoc, so that it is the same on every machine.
mod diff;
mod rustdoc;
mod semver;
pub mod snapshot;

pub use rustdoc::act_as_rustdoc;

use crate::Outcome;
use crate::workspace::{self, Package};
use diff::Diff;
use semver::{Verdict, verdict};
use snapshot::Snapshot;

/// Options of `cargo xtask api`.
#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 if all snapshots agree or were written, else 1.")]
pub struct Options {
    /// Rewrite the snapshots; refused for a breaking change of a released version
    #[arg(long)]
    update: bool,
    /// Only these packages, such as ferronum-dd
    #[arg(value_name = "PACKAGE")]
    packages: Vec<String>,
}

impl Options {
    /// Compare all packages.
    pub fn compare() -> Self {
        Self { update: false, packages: Vec::new() }
    }
}

/// Runs the task.
pub fn run(options: &Options) -> Outcome {
    let all: Vec<Package> = workspace::packages()?.into_iter().filter(|p| p.library && p.published).collect();
    if let Some(unknown) = options.packages.iter().find(|name| all.iter().all(|p| p.name != **name)) {
        let known: Vec<_> = all.iter().map(|p| p.name.as_str()).collect();
        return Err(format!("`{unknown}` is not a published library; there are {}", known.join(", ")));
    }
    let wanted = |p: &&Package| options.packages.is_empty() || options.packages.contains(&p.name);
    let mut failures = Vec::new();
    for package in all.iter().filter(wanted) {
        match check(package, options.update) {
            Ok(()) => {}
            Err(message) => {
                eprintln!("{message}");
                failures.push(package.name.as_str());
            }
        }
    }
    if options.packages.is_empty() {
        remove_stale(&all, options.update, &mut failures)?;
    }
    if !failures.is_empty() {
        return Err(format!("docs/api does not agree, see above: {}", failures.join(", ")));
    }
    semver::run_installed_checks(&all)
}

fn check(package: &Package, update: bool) -> Outcome {
    let current = Snapshot::of(package, rustdoc::public_items(package)?);
    let Some(recorded) = Snapshot::read(&package.name)? else {
        if update {
            println!("{}: {} items, new snapshot", package.name, current.items.len());
            return current.write();
        }
        return Err(format!(
            "{}: no snapshot; review the API and run `cargo xtask api --update`",
            package.name
        ));
    };
    let diff = Diff::between(&recorded.items, &current.items);
    if diff.is_empty() && recorded.version == current.version {
        println!("{}: {} items, unchanged", package.name, current.items.len());
        return Ok(());
    }
    let released = semver::is_released(&recorded.version)?;
    let verdict = verdict(&recorded.version, &current.version, diff.removes(), released);
    match (update, verdict) {
        (true, Verdict::Allowed) => {
            println!("{}: {} items, snapshot rewritten\n{diff}", package.name, current.items.len());
            current.write()
        }
        (_, Verdict::NeedsVersion(needed)) => Err(format!(
            "{}: lines were removed or changed since the released {}; raise the version to {needed} or later\n{diff}",
            package.name, recorded.version
        )),
        (false, Verdict::Allowed) if diff.is_empty() => Err(format!(
            "{}: the snapshot is of version {}, the crate is {}; run `cargo xtask api --update`",
            package.name, recorded.version, current.version
        )),
        (false, Verdict::Allowed) => {
            Err(format!("{}: review this change and run `cargo xtask api --update`\n{diff}", package.name))
        }
    }
}

/// A snapshot of a crate that is gone.
fn remove_stale(packages: &[Package], update: bool, failures: &mut Vec<&str>) -> Outcome {
    for path in snapshot::paths()? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if packages.iter().any(|package| package.name == name) {
            continue;
        }
        if update {
            std::fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("{name}: no such library any more, snapshot removed");
        } else {
            eprintln!("{}: no such library; run `cargo xtask api --update`", workspace::shown(&path));
            failures.push("stale snapshots");
        }
    }
    Ok(())
}
