//! The `ferronum` command: describe, fit, predict and plot tables in files.
#![forbid(unsafe_code)]

mod arguments;
mod describe;
mod error;
mod fit;
mod output;
mod plot;
mod predict;
mod progress;
mod report;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A wrong command line ends here, with status 2.
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::ClosedPipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}

fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Describe(describe) => describe::run(&describe),
        Command::Fit(fit) => fit::run(&fit),
        Command::Predict(predict) => predict::run(&predict),
        Command::Plot(plot) => plot::run(&plot),
        Command::Datasets { json } => describe::datasets(json),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "ferronum", &mut script);
            output::print(&String::from_utf8_lossy(&script))
        }
    }
}
