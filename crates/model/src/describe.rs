//! Summaries of the columns of a source.
use crate::Error;
use crate::fit::find_column;
use crate::pass::{Pass, Progressing, default_threads};
use ferronum_data::{Column, Kind, Source};
use ferronum_stat::online::{Moments, OnlineState};
use serde::Serialize;
use std::collections::HashMap;

/// Distinct levels of a text column that are counted; a column with more says so.
const MAX_LEVELS: usize = 100_000;

/// Levels that a summary lists.
const LISTED: usize = 10;

/// The most frequent values of a text column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Levels {
    /// Number of distinct values; a lower bound if there are more than 100,000.
    pub distinct: u64,
    /// Whether `distinct` is exact.
    pub exact: bool,
    /// The ten most frequent values with their counts; among equals the first by name.
    pub most_frequent: Vec<(String, u64)>,
}

/// What one column holds. What does not apply is NaN, `null` in JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ColumnSummary {
    /// The name.
    pub name: String,
    /// `number` or `text`.
    pub kind: String,
    /// Values present.
    pub count: u64,
    /// Values missing.
    pub missing: u64,
    /// Values that are infinite: they are counted, and left out of what follows.
    pub infinite: u64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation.
    pub std_dev: f64,
    /// Population skewness g₁.
    pub skewness: f64,
    /// Population excess kurtosis g₂.
    pub excess_kurtosis: f64,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// The values of a text column.
    pub levels: Option<Levels>,
}

/// What the columns of a source hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// The file or data set.
    pub source: String,
    /// Number of rows.
    pub rows: u64,
    /// The columns.
    pub columns: Vec<ColumnSummary>,
}

/// Summarises columns in one pass, all of them if `names` is empty.
///
/// # Errors
/// [`Error::NoSuchColumn`], or [`Error::Data`] if the source cannot be read.
///
/// # Examples
/// ```
/// use ferronum_data::{ReadOptions, Source};
/// let nile = Source::open("nile", &ReadOptions::default())?;
/// let table = ferronum_model::describe(&nile, &["volume"], None, None)?;
/// assert_eq!((table.rows, table.columns[0].mean), (100, 919.35));
/// # Ok::<(), ferronum_model::Error>(())
/// ```
pub fn describe(
    source: &Source,
    names: &[&str],
    threads: Option<usize>,
    progress: Option<Progressing<'_>>,
) -> Result<Table, Error> {
    let columns: Vec<usize> = if names.is_empty() {
        (0..source.schema().len()).collect()
    } else {
        names.iter().map(|name| find_column(source, name)).collect::<Result<_, _>>()?
    };
    let mut totals: Vec<Summing> = columns.iter().map(|_| Summing::default()).collect();
    let mut rows = 0;
    let threads = threads.unwrap_or_else(default_threads).max(1);
    let fault = |error| Error::Regression { path: source.name().to_owned(), error };
    Pass { source, columns: &columns, threads, name: "describe", progress, cache: None }.run(
        |batch| {
            let summed: Result<Vec<Summing>, _> = batch.columns.iter().map(Summing::of).collect();
            Ok((batch.rows as u64, summed.map_err(fault)?))
        },
        |(count, summed)| {
            rows += count;
            totals.iter_mut().zip(summed).try_for_each(|(total, part)| total.merge(part)).map_err(fault)
        },
    )?;
    let fields = source.schema().fields();
    let summary = |(&c, total): (&usize, Summing)| total.finish(fields[c].name.clone(), fields[c].kind);
    let columns = columns.iter().zip(totals).map(summary).collect();
    Ok(Table { source: source.name().to_owned(), rows, columns })
}

/// The sums of one column.
#[derive(Default)]
struct Summing {
    count: u64,
    missing: u64,
    infinite: u64,
    moments: Moments,
    levels: HashMap<String, u64>,
    overflowed: bool,
}

impl Summing {
    fn of(column: &Column) -> Result<Self, ferronum_stat::Error> {
        let mut sum = Self {
            missing: (0..column.len()).filter(|&i| column.is_missing(i)).count() as u64,
            ..Self::default()
        };
        sum.count = column.len() as u64 - sum.missing;
        match column {
            Column::Numbers(values) => {
                let values: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
                sum.infinite = sum.count - values.len() as u64;
                sum.moments.update(&values)?;
            }
            Column::Labels { codes, levels } => {
                let mut counts = vec![0_u64; levels.len()];
                for code in codes {
                    if let Some(count) = counts.get_mut(*code as usize) {
                        *count += 1;
                    }
                }
                sum.levels = levels.iter().cloned().zip(counts).collect();
            }
        }
        Ok(sum)
    }

    fn merge(&mut self, part: Self) -> Result<(), ferronum_stat::Error> {
        self.count += part.count;
        self.missing += part.missing;
        self.infinite += part.infinite;
        let mut new: Vec<(String, u64)> = Vec::new();
        for (level, count) in part.levels {
            match self.levels.get_mut(&level) {
                Some(total) => *total += count,
                None => new.push((level, count)),
            }
        }
        // Sorted, so that those beyond the limit do not depend on the order of a hash table.
        new.sort();
        for (level, count) in new {
            if self.levels.len() < MAX_LEVELS {
                self.levels.insert(level, count);
            } else {
                self.overflowed = true;
            }
        }
        self.moments.merge(&part.moments)
    }

    fn finish(self, name: String, kind: Kind) -> ColumnSummary {
        let moments = self.moments.finish().ok();
        let of = |value: fn(&ferronum_stat::online::MomentsSummary) -> f64| {
            moments.as_ref().map_or(f64::NAN, value)
        };
        let levels = (kind == Kind::Text).then(|| {
            let distinct = self.levels.len() as u64;
            let mut all: Vec<(String, u64)> = self.levels.into_iter().collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            all.truncate(LISTED);
            Levels { distinct, exact: !self.overflowed, most_frequent: all }
        });
        ColumnSummary {
            name,
            kind: kind.to_string(),
            count: self.count,
            missing: self.missing,
            infinite: self.infinite,
            mean: of(|m| m.mean),
            std_dev: of(|m| m.std_dev),
            skewness: of(|m| m.skewness),
            excess_kurtosis: of(|m| m.excess_kurtosis),
            min: of(|m| m.min),
            max: of(|m| m.max),
            levels,
        }
    }
}
