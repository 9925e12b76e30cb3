//! Public items of a library, from rustdoc's JSON.
//!
//! JSON output is unstable, and the toolchain is a pinned stable one. It is switched on for the rustdoc process alone: cargo is
//! given this program as its rustdoc, which starts the real one with `RUSTC_BOOTSTRAP=1`. Set for cargo itself, the variable
//! would reach the compiler and the build scripts, and dependencies would be built again.
use crate::Outcome;
use crate::workspace::{Package, cargo, output};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Set for this program when it stands in for rustdoc; holds the real one.
const REAL_RUSTDOC: &str = "FERRONUM_XTASK_RUSTDOC";

/// Runs the real rustdoc with the arguments of this program, if it was started in its place.
pub fn act_as_rustdoc() -> Option<ExitCode> {
    let rustdoc = std::env::var_os(REAL_RUSTDOC)?;
    let mut command = Command::new(rustdoc);
    command.args(std::env::args_os().skip(1)).env("RUSTC_BOOTSTRAP", "1").env_remove(REAL_RUSTDOC);
    match command.status() {
        Ok(status) => {
            Some(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
        }
        Err(error) => {
            eprintln!("error: rustdoc: {error}");
            Some(ExitCode::FAILURE)
        }
    }
}

/// The public items of a library with all its features, one line each, grouped by type.
pub fn public_items(package: &Package) -> Outcome<Vec<String>> {
    let this = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let json = target_folder()?.join("doc").join(format!("{}.json", package.name.replace('-', "_")));
    let args = ["rustdoc", "--quiet", "--lib", "--all-features", "--package", &package.name];
    let mut command = cargo(&args);
    command.args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"]);
    output(command.env("RUSTDOC", this).env(REAL_RUSTDOC, rustdoc))?;
    let api = public_api::Builder::from_rustdoc_json(&json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .map_err(|error| format!("{}: {error}", json.display()))?;
    // A trait's methods are listed at the type and again at the trait: once is enough.
    let mut seen = std::collections::BTreeSet::new();
    Ok(api.items().map(ToString::to_string).filter(|line| seen.insert(line.clone())).collect())
}

fn target_folder() -> Outcome<PathBuf> {
    let text = output(&mut cargo(&["metadata", "--no-deps", "--format-version", "1", "--offline"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    Ok(PathBuf::from(metadata["target_directory"].as_str().unwrap_or("target")))
}
