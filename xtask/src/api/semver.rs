//! Whether a version was raised enough for a change.
use crate::Outcome;
use crate::workspace::{self, Package, output, run};
use std::process::Command;

/// Whether a snapshot may be rewritten.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// The least version that may carry the change.
    NeedsVersion(String),
}

/// Judges a change between the version of the snapshot and that of the crate.
///
/// Removing or changing a line breaks users of a released version, and needs a higher major version, or a higher minor version
/// below 1.0, or a higher patch version below 0.1. A version not yet released has no users.
pub fn verdict(recorded: &str, current: &str, removes: bool, released: bool) -> Verdict {
    let (Some(old), Some(new)) = (parts(recorded), parts(current)) else { return Verdict::Allowed };
    let needed = match old {
        [0, 0, patch] => [0, 0, patch + 1],
        [0, minor, _] => [0, minor + 1, 0],
        [major, _, _] => [major + 1, 0, 0],
    };
    if removes && released && new < needed {
        Verdict::NeedsVersion(needed.map(|n| n.to_string()).join("."))
    } else {
        Verdict::Allowed
    }
}

fn parts(version: &str) -> Option<[u64; 3]> {
    let core = version.split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(|n| n.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

/// Whether a tag `v<version>` exists.
pub fn is_released(version: &str) -> Outcome<bool> {
    let tag = format!("v{version}");
    let tags = git(&["tag", "--list", &tag])?;
    Ok(tags.lines().any(|line| line.trim() == tag))
}

/// Runs `cargo semver-checks` against the last release, where both exist.
pub fn run_installed_checks(packages: &[Package]) -> Outcome {
    let last = git(&["tag", "--list", "v*", "--sort=-version:refname", "--merged"])?;
    let Some(tag) = last.lines().next() else { return Ok(()) };
    let installed =
        workspace::cargo(&["semver-checks", "--version"]).output().is_ok_and(|o| o.status.success());
    if !installed {
        println!("cargo-semver-checks is not installed; the snapshots alone were compared");
        return Ok(());
    }
    let mut command = workspace::cargo(&["semver-checks", "check-release", "--baseline-rev", tag]);
    packages.iter().for_each(|package| {
        command.args(["--package", &package.name]);
    });
    run(&mut command)
}

/// What git says; nothing outside a repository.
fn git(args: &[&str]) -> Outcome<String> {
    Ok(output(Command::new("git").args(args).current_dir(workspace::root())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breaking_change_needs_the_right_part_raised() {
        let needs = |v: &str| Verdict::NeedsVersion(v.into());
        assert_eq!(verdict("0.1.0", "0.1.1", true, true), needs("0.2.0"));
        assert_eq!(verdict("0.1.0", "0.2.0", true, true), Verdict::Allowed);
        assert_eq!(verdict("1.4.2", "1.5.0", true, true), needs("2.0.0"));
        assert_eq!(verdict("0.0.3", "0.0.4", true, true), Verdict::Allowed);
        assert_eq!(verdict("0.1.0-rc.1", "0.1.0", true, true), needs("0.2.0"));
        assert_eq!(verdict("0.1.0", "0.1.0", false, true), Verdict::Allowed);
        assert_eq!(verdict("0.1.0", "0.1.0", true, false), Verdict::Allowed);
    }
}
