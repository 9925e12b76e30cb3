//! The workspace as cargo sees it, and commands run in it.
use crate::Outcome;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// A path relative to the workspace, for messages.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// `cargo`, the one that runs this program, in the folder of the workspace.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    // Set by `cargo run` for this program; a cargo started from here sets its own.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs a command with its output on the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", describe(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", describe(command))) }
}

/// Runs a command and returns what it printed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|error| format!("{}: {error}", describe(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{}` ended with {}\n{}", describe(command), output.status, said.trim_end()));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("`{}` printed something that is not text", describe(command)))
}

/// The command as one would type it.
pub fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A text file.
pub fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", shown(path)))
}

/// A member of the workspace.
pub struct Package {
    /// Name, such as `ferronum-dd`.
    pub name: String,
    /// Version, such as `0.1.0`.
    pub version: String,
    /// Whether it has a library.
    pub library: bool,
    /// Whether it may be published.
    pub published: bool,
    /// Names of its binaries.
    pub binaries: Vec<String>,
    /// Names of its benches.
    pub benches: Vec<String>,
}

/// The members of the workspace by name.
pub fn packages() -> Outcome<Vec<Package>> {
    let text = output(&mut cargo(&["metadata", "--no-deps", "--format-version", "1", "--offline"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut packages: Vec<Package> =
        metadata["packages"].as_array().into_iter().flatten().map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn package(value: &serde_json::Value) -> Package {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let targets = || value["targets"].as_array().into_iter().flatten();
    let is = |target: &serde_json::Value, kind: &str| {
        target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k == kind))
    };
    let names = |kind: &str| targets().filter(|t| is(t, kind)).map(|t| text(&t["name"])).collect();
    Package {
        name: text(&value["name"]),
        version: text(&value["version"]),
        library: targets().any(|target| is(target, "lib")),
        published: value["publish"].as_array().is_none_or(|registries| !registries.is_empty()),
        binaries: names("bin"),
        benches: names("bench"),
    }
}

/// All files below a folder, sorted, without hidden ones and build output.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", shown(folder)))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", shown(folder)))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            collect(&path, found)?;
        } else if path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
