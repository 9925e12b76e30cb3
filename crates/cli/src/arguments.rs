//! The command line.
use clap::{Args, Parser, Subcommand, ValueEnum};
use ferronum_data::ReadOptions;
use ferronum_data::Source;
use ferronum_stat::regression::{Covariance, WeightKind};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  ferronum datasets
  ferronum describe flights
  ferronum fit \"arr_delay ~ dep_delay + distance + C(carrier)\" flights
  ferronum fit \"mpg ~ wt + hp\" mtcars --cov HC3 --report cars.html";

const FIT_EXAMPLES: &str = "\
Examples:
  A summary, and a page with the diagnostic plots:
    ferronum fit \"mpg ~ wt + hp\" mtcars --report cars.html
  Standard errors that allow for dependence within a carrier:
    ferronum fit \"arr_delay ~ dep_delay\" flights --cov \"cluster(carrier)\"
  JSON for another program:
    ferronum fit \"arr_delay ~ dep_delay + distance\" flights --json
  A model kept for `ferronum predict`:
    ferronum fit \"mpg ~ wt\" mtcars --save mpg.json";

/// Statistics on tables in files, in bounded memory.
#[derive(Parser)]
#[command(name = "ferronum", version, after_help = EXAMPLES, max_term_width = 80)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Count, mean, spread and shape of each column
    Describe(Describe),
    /// Fit a linear model by a formula
    Fit(Box<Fit>),
    /// Predict the response for new rows, as CSV
    Predict(Predict),
    /// Draw one or two columns
    Plot(Plot),
    /// List the bundled data sets
    Datasets {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How the data is read.
#[derive(Args)]
pub struct Reading {
    /// A CSV, TSV, Parquet, Arrow, .npy or raw f64 file, or the name of a
    /// bundled data set
    pub data: String,
    /// A field that means a missing value, besides NA, NaN, null and none at
    /// all; may be given several times
    #[arg(long = "na-token", value_name = "TOKEN", allow_hyphen_values = true)]
    pub na_tokens: Vec<String>,
    /// The character between fields of a CSV file [default: found]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// A CSV column to be read as text; may be given several times
    #[arg(long = "text", value_name = "COLUMN")]
    pub text_columns: Vec<String>,
    /// Rows of a CSV file that decide what its columns hold
    #[arg(long, value_name = "ROWS", default_value_t = 10_000)]
    pub infer_rows: usize,
    /// Number of threads [default: all]; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Reading {
    pub fn open(&self) -> Result<Source, ferronum_data::Error> {
        let options = ReadOptions {
            na_tokens: self.na_tokens.clone(),
            delimiter: self.delimiter,
            text_columns: self.text_columns.clone(),
            infer_rows: self.infer_rows,
            ..ReadOptions::default()
        };
        if let Some(threads) = self.threads {
            // Fails only if a pool has been made before, which nothing has done.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
        }
        Source::open(&self.data, &options)
    }

    pub fn threads(&self) -> Option<usize> {
        self.threads.map(usize::from)
    }
}

#[derive(Args)]
pub struct Describe {
    #[command(flatten)]
    pub reading: Reading,
    /// Columns to describe [default: all]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
#[command(after_help = FIT_EXAMPLES)]
pub struct Fit {
    /// What to fit: "y ~ x1 + log(x2) + C(group)"
    pub formula: String,
    #[command(flatten)]
    pub reading: Reading,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Write a self-contained page with table and plots
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Write the diagnostic plots
    #[arg(long, value_name = "FILE.svg|png", value_parser = figure_file)]
    pub plot: Option<PathBuf>,
    /// Write the model, for `ferronum predict`
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// The column of weights
    #[arg(long, value_name = "COLUMN", requires = "weight_kind")]
    pub weights: Option<String>,
    /// What weights mean: equal rows, precisions, or inverse sampling
    /// probabilities
    #[arg(long, value_name = "KIND", requires = "weights")]
    pub weight_kind: Option<Kind>,
    /// Covariance: nonrobust, HC0, HC1, HC2, HC3, cluster(x), cluster(x, y)
    /// or newey-west(LAGS)
    #[arg(long, value_name = "KIND", default_value = "nonrobust", value_parser = covariance)]
    pub cov: Covariance,
    /// What to do with rows that have missing values
    #[arg(long, value_name = "POLICY", default_value = "drop")]
    pub na: Missing,
    /// Coverage of confidence intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    pub confidence: f64,
}

#[derive(Args)]
pub struct Predict {
    /// A model written by `ferronum fit --save`
    pub model: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
    /// Write the CSV to a file, complete or not at all [default: print it]
    #[arg(long, short, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
    /// Coverage of intervals [default: that of the fit]
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub confidence: Option<f64>,
    /// What to do with rows that have missing values
    #[arg(long, value_name = "POLICY", default_value = "drop")]
    pub na: Missing,
}

#[derive(Args)]
pub struct Plot {
    #[command(flatten)]
    pub reading: Reading,
    /// The figure: of X alone a histogram, or with --kind a box or Q-Q plot; with Y a scatter
    #[arg(long, short, value_name = "FILE.svg|png", value_parser = figure_file)]
    pub output: PathBuf,
    /// The column to draw
    #[arg(long, value_name = "COLUMN")]
    pub x: String,
    /// The column to draw against X
    #[arg(long, value_name = "COLUMN")]
    pub y: Option<String>,
    /// The kind of figure of X alone
    #[arg(long, value_name = "KIND", default_value = "histogram", conflicts_with = "y")]
    pub kind: Single,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Single {
    Histogram,
    Box,
    Qq,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Missing {
    /// Leave them out, and say how many
    Drop,
    /// Stop at the first
    Error,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Frequency,
    Analytic,
    Probability,
}

impl From<Kind> for WeightKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Frequency => Self::Frequency,
            Kind::Analytic => Self::Analytic,
            Kind::Probability => Self::Probability,
        }
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] => Ok(*byte),
        b"\\t" => Ok(b'\t'),
        _ => Err("one character, or \\t for a tab".to_owned()),
    }
}

fn covariance(text: &str) -> Result<Covariance, String> {
    text.parse().map_err(|error: ferronum_stat::Error| error.to_string())
}

fn level(text: &str) -> Result<f64, String> {
    let level: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if level > 0.0 && level < 1.0 { Ok(level) } else { Err("between 0 and 1, such as 0.95".to_owned()) }
}

fn figure_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg" | "png") => Ok(path),
        _ => Err("the name must end in .svg or .png".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
