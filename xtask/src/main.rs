//! Workspace automation: `cargo xtask --help`.
mod accuracy;
mod api;
mod bench;
mod ci;
mod parity;
mod table;
mod tidy;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a task ends with; the text says what is wrong and what to do.
type Outcome<T = ()> = Result<T, String>;

/// Checks and measures the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// All checks of a change: format, tidy, clippy, tests, API, docs, parity, accuracy
    Ci,
    /// Correct digits of every function on reference files
    Accuracy(accuracy::Options),
    /// Compare the public API of each library with its snapshot in docs/api
    Api(api::Options),
    /// Check docs/parity/gonum.tsv against the snapshots and print coverage
    Parity(parity::Options),
    /// Build and run benches in release mode
    Bench(bench::Options),
    /// Build the documentation, warnings denied
    Doc {
        /// Open it in a browser
        #[arg(long)]
        open: bool,
    },
    /// Hygiene of files: leftovers, machine paths, links, manifests, sizes
    Tidy,
}

fn main() -> ExitCode {
    // `cargo rustdoc` was told to call this program as its rustdoc: see api::rustdoc.
    if let Some(code) = api::act_as_rustdoc() {
        return code;
    }
    let outcome = match Cli::parse().task {
        Task::Ci => ci::run(),
        Task::Accuracy(options) => accuracy::run(&options),
        Task::Api(options) => api::run(&options),
        Task::Parity(options) => parity::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Doc { open } => ci::doc(open),
        Task::Tidy => tidy::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent_and_fits_80_columns() {
        super::Cli::command().debug_assert();
        let mut command = super::Cli::command();
        let mut pages = vec![command.render_long_help().to_string()];
        command.build();
        pages.extend(command.get_subcommands_mut().map(|task| task.render_long_help().to_string()));
        let wide = pages.iter().flat_map(|page| page.lines()).find(|line| line.chars().count() > 80);
        assert_eq!(wide, None);
    }
}
