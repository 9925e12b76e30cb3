//! Parity with Gonum: `docs/parity/gonum.tsv` names, for each public item of Gonum, ours or the reason why there is none.
mod coverage;
mod listing;
mod paths;

use crate::Outcome;
use crate::api::snapshot::{self, Snapshot};
use crate::workspace;
use listing::{Answer, Listing};
use paths::PublicPaths;
use std::path::PathBuf;

/// Options of `cargo xtask parity`.
#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 if every path named is in a snapshot, else 1.")]
pub struct Options {
    /// List the rows that have no item of ours, for this crate
    #[arg(long, value_name = "CRATE")]
    missing: Option<String>,
    /// The listing to check [default: docs/parity/gonum.tsv]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Options {
    /// Check the listing of the repository.
    pub fn check() -> Self {
        Self { missing: None, file: None }
    }
}

/// Runs the task.
pub fn run(options: &Options) -> Outcome {
    let path = options.file.clone().unwrap_or_else(|| workspace::root().join("docs/parity/gonum.tsv"));
    let listing = Listing::parse(&workspace::shown(&path), &workspace::read(&path)?)?;
    let mut known = PublicPaths::default();
    for snapshot in snapshot::paths()? {
        known.add(&Snapshot::parse(&workspace::read(&snapshot)?)?.items);
    }
    if let Some(target) = &options.missing {
        return list_missing(&listing, target);
    }
    print!("{}", coverage::text(&listing));
    let wrong = wrong_paths(&listing, &known);
    wrong.iter().for_each(|message| eprintln!("{message}"));
    match wrong.len() {
        0 => Ok(()),
        n => Err(format!(
            "{n} paths are not in docs/api: correct them, or run `cargo xtask api --update` first"
        )),
    }
}

/// One message per path that no snapshot holds.
fn wrong_paths(listing: &Listing, known: &PublicPaths) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in &listing.rows {
        let Answer::Items(items) = &row.answer else { continue };
        for item in items.iter().filter(|item| !known.contains(item)) {
            let near = known.nearest(item).map_or_else(String::new, |near| format!("; is it `{near}`?"));
            wrong.push(format!(
                "{}:{}: {}.{} names `{item}`, which is not public{near}",
                listing.name, row.line, row.package, row.symbol
            ));
        }
    }
    wrong
}

fn list_missing(listing: &Listing, target: &str) -> Outcome {
    if listing.rows.iter().all(|row| row.target != target) {
        return Err(format!("no row has the target `{target}`"));
    }
    for row in listing.rows.iter().filter(|row| row.target == target) {
        if let Answer::None(reason) = &row.answer {
            println!("tier {}  {}.{} ({}): {reason}", row.tier, row.package, row.symbol, row.kind);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "package\tsymbol\tkind\ttarget\ttier\tferronum\n\
                        mat\tCholesky.SolveTo\tmethod\tmat\t1\tferronum_mat::Cholesky::solve, ferronum_mat::Cholesky::solve_into\n\
                        mat\tLU.Det\tmethod\tmat\t1\tferronum_mat::Lu::det\n\
                        mat\tMaybe\tfunc\tmat\t3\t- errors are values here\n";

    #[test]
    fn a_wrong_path_is_found_and_the_nearest_named() {
        let listing = Listing::parse("gonum.tsv", ROWS).unwrap();
        let mut known = PublicPaths::default();
        known.add(&[
            "pub fn ferronum_mat::Cholesky::solve(&self, b: &ferronum_mat::Mat<f64>) -> u8".into(),
            "pub fn ferronum_mat::Cholesky::solve_into(&self)".into(),
            "pub fn ferronum_mat::Lu::determinant(&self) -> f64".into(),
        ]);
        let wrong = wrong_paths(&listing, &known);
        assert_eq!(
            wrong,
            [
                "gonum.tsv:3: mat.LU.Det names `ferronum_mat::Lu::det`, which is not public; is it `ferronum_mat::Lu::determinant`?"
            ]
        );
    }

    #[test]
    fn the_listing_of_the_repository_is_well_formed() {
        let path = workspace::root().join("docs/parity/gonum.tsv");
        let listing = Listing::parse("gonum.tsv", &workspace::read(&path).unwrap()).unwrap();
        assert_eq!(listing.rows.len(), 1797);
    }
}
