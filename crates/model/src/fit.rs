//! Fitting a linear model.
use crate::cache::Cache;
use crate::influence::{self, Sample};
use crate::pass::{Pass, Progressing, default_threads};
use crate::{Error, Model};
use ferronum_data::formula::{
    Block, BoundFormula, Design, Formula, FormulaError, FormulaProblem, Learned, NaPolicy, Part,
};
use ferronum_data::{Batch, Column, Kind, Source};
use ferronum_stat::online::OnlineState;
use ferronum_stat::regression::{
    Covariance, Diagnostics, LinearFit, Observations, OlsOptions, OlsState, QrState, ScoreState, Solution,
    Solved, WeightKind, diagnostics, ols,
};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Kept rows up to which the data is held and solved at once, where it pays in double-double arithmetic.
const HELD_ROWS: usize = 10_000;

/// Settings of [`fit`].
#[derive(Clone)]
pub struct FitOptions<'a> {
    /// The column of weights, and what they mean.
    pub weights: Option<(String, WeightKind)>,
    /// Estimator of the covariance; the names of clusters are columns of the data.
    pub covariance: Covariance,
    /// What to do with rows that have missing values.
    pub na: NaPolicy,
    /// Number of threads; all of the machine's if `None`. Results do not depend on it.
    pub threads: Option<usize>,
    /// Coverage of confidence intervals.
    pub confidence: f64,
    /// Whether to make [`Model::diagnostics`], which takes a further pass.
    pub diagnostics: bool,
    /// Told of progress.
    pub progress: Option<Progressing<'a>>,
}

impl Default for FitOptions<'_> {
    fn default() -> Self {
        Self {
            weights: None,
            covariance: Covariance::NonRobust,
            na: NaPolicy::Drop,
            threads: None,
            confidence: 0.95,
            diagnostics: false,
            progress: None,
        }
    }
}

/// Fits a linear model, by least squares, to the rows of a source.
///
/// The first pass learns levels and centring constants, where the formula has any; the second sums cross-products. A further
/// one is made where these lose too many digits (QR), for robust covariances, and for diagnostics. Up to 10,000 rows
/// are held in memory and solved in double-double arithmetic, where the number of columns lets that be quick.
///
/// # Errors
/// As [`Error`] says: a fault in the formula, the data, or both.
///
/// # Examples
/// ```
/// use ferronum_data::{ReadOptions, Source};
/// use ferronum_model::{FitOptions, fit};
/// let flights = Source::open("flights", &ReadOptions::default())?;
/// let options = FitOptions { covariance: "HC3".parse().expect("a name of an estimator"), ..FitOptions::default() };
/// let model = fit("arr_delay ~ dep_delay + distance", &flights, &options)?;
/// assert_eq!((model.fit.nobs, model.rows_dropped), (327_346, 9_430));
/// # Ok::<(), ferronum_model::Error>(())
/// ```
pub fn fit(formula: &str, source: &Source, options: &FitOptions<'_>) -> Result<Model, Error> {
    Job::new(formula, source, options)?.run(formula)
}

/// A fit under way.
struct Job<'a> {
    source: &'a Source,
    options: &'a FitOptions<'a>,
    threads: usize,
    columns: Vec<usize>,
    design: Design,
    /// Whether an extra column of weights comes first among the extras.
    weights: Option<WeightKind>,
    /// The decoded data, where a further pass is foreseen and it is small.
    cache: Option<Cache>,
    /// Blocks whose memory is used again.
    spare: Mutex<Vec<Block>>,
}

impl<'a> Job<'a> {
    fn new(formula: &str, source: &'a Source, options: &'a FitOptions<'a>) -> Result<Self, Error> {
        let in_file = |error: FormulaError| Error::Design { path: source.name().to_owned(), error };
        let bound = Formula::parse(formula)?.bind(source.schema()).map_err(in_file)?;
        if bound.response_name().is_none() {
            return Err(Error::NoResponse { formula: formula.trim().to_owned() });
        }
        let mut extras: Vec<&str> = Vec::new();
        if let Some((name, _)) = &options.weights {
            number_column(source, name)?;
            extras.push(name);
        }
        if let Covariance::Cluster(names) = &options.covariance {
            extras.extend(names.iter().map(String::as_str));
        }
        for name in &extras {
            find_column(source, name)?;
        }
        let bound = bound.with_extras(&extras).map_err(in_file)?;
        let columns = bound.columns().to_vec();
        let threads = options.threads.unwrap_or_else(default_threads).max(1);
        let weights = options.weights.as_ref().map(|(_, kind)| *kind);
        let robust = options.covariance.is_robust() || weights == Some(WeightKind::Probability);
        let cache = (bound.needs_pass() || robust || options.diagnostics).then(Cache::default);
        let (name, progress) = ("levels", options.progress);
        let pass = Pass { source, columns: &columns, threads, name, progress, cache: cache.as_ref() };
        let design = learn(&bound, &pass)?;
        Ok(Self { source, options, threads, columns, design, weights, cache, spare: Mutex::default() })
    }

    fn run(&self, formula: &str) -> Result<Model, Error> {
        let (gathered, counts) = self.first_pass()?;
        let settings = self.settings();
        let (fit, held) = match gathered {
            Gathered::Held(held) => (self.solve_held(&held, &settings)?, Some(held)),
            Gathered::State(state) => (self.solve_state(&state, &settings)?, None),
        };
        let diagnostics = match (self.options.diagnostics, held) {
            (false, _) => None,
            (true, Some(held)) => Some(self.diagnose_held(&fit, held)?),
            (true, None) => Some(self.diagnose(&fit)?),
        };
        Ok(Model {
            formula: formula.trim().to_owned(),
            fit,
            design: self.design.clone(),
            source: self.source.name().to_owned(),
            rows_read: counts.read,
            rows_dropped: counts.dropped,
            covariance: self.options.covariance.clone(),
            weights: self.options.weights.clone(),
            diagnostics,
        })
    }

    fn settings(&self) -> OlsOptions<'static> {
        OlsOptions {
            names: self.design.term_names().to_vec(),
            response: self.design.response_name().unwrap_or_default().to_owned(),
            intercept: self.design.has_intercept(),
            weight_kind: self.weights.unwrap_or_default(),
            covariance: self.options.covariance.clone(),
            confidence: self.options.confidence,
            ..OlsOptions::default()
        }
    }

    /// Cross-products of all rows, or the rows themselves if they are few.
    fn first_pass(&self) -> Result<(Gathered, Counts), Error> {
        let ncols = self.design.term_names().len();
        let intercept = self.design.has_intercept();
        let mut counts = Counts::default();
        let empty = OlsState::new(ncols, intercept, self.weights).map_err(|e| self.fault(e))?;
        let mut total = empty.clone();
        let mut held = Some(Held::new(ncols, self.group_count()));
        let few = AtomicBool::new(true);
        self.pass("fit").run(
            |batch| {
                let read = batch.rows as u64;
                let block = self.block(batch)?;
                let kept = block.rows() as u64;
                let mut state = empty.clone();
                block.observe(|batch| state.update(batch)).map_err(|e| self.fault(e))?;
                // Only the head of the data can end up among few rows.
                let keep = batch.first_row < (HELD_ROWS as u64) * 64 && few.load(Ordering::Relaxed);
                Ok((read, kept, state, if keep { Some(block) } else { self.done_with(block) }))
            },
            |(read, kept, state, block)| {
                counts.read += read;
                counts.dropped += read - kept;
                held = match (held.take(), block) {
                    (Some(held), Some(block)) => held.join(&block),
                    (held, _) if kept == 0 => held,
                    _ => None,
                };
                few.store(held.is_some(), Ordering::Relaxed);
                total.merge(&state).map_err(|e| self.fault(e))
            },
        )?;
        if counts.read == counts.dropped {
            return Err(no_rows_left(self.source, &self.columns, self.threads, counts.read));
        }
        Ok((held.map_or(Gathered::State(total), Gathered::Held), counts))
    }

    fn solve_held(&self, held: &Held, settings: &OlsOptions<'_>) -> Result<LinearFit, Error> {
        let x: Vec<&[f64]> = held.x.iter().map(Vec::as_slice).collect();
        let options = OlsOptions {
            weights: self.weights.map(|_| &held.weights[..]),
            groups: held.groups.iter().map(Vec::as_slice).collect(),
            ..settings.clone()
        };
        ols(&x, &held.y, &options).map_err(|e| self.fault(e))
    }

    fn solve_state(&self, state: &OlsState, settings: &OlsOptions<'_>) -> Result<LinearFit, Error> {
        let solved = match state.solve(settings).map_err(|e| self.fault(e))? {
            Solution::Done(solved) => *solved,
            Solution::NeedsQr(empty) => {
                let total = self.gather("digits", &empty, QrState::update, QrState::merge)?;
                total.solve(settings).map_err(|e| self.fault(e))?
            }
        };
        if !solved.needs_scores() {
            return Ok(solved.into_fit());
        }
        self.robust(&solved)?.finish().map_err(|e| self.fault(e))
    }

    /// The pass over scores. Those of clusters and of Newey and West depend on rows before, so one thread sums them.
    fn robust(&self, solved: &Solved) -> Result<ScoreState, Error> {
        let empty = solved.scores().map_err(|e| self.fault(e))?;
        if !matches!(self.options.covariance, Covariance::Cluster(_) | Covariance::NeweyWest { .. }) {
            return self.gather("covariance", &empty, ScoreState::update, ScoreState::merge);
        }
        let mut total = empty;
        let mut codes = vec![Codes::default(); self.group_count()];
        self.pass("covariance").run(
            |batch| self.block(batch),
            |block| {
                let groups: Vec<Vec<u64>> =
                    block.groups().iter().zip(&mut codes).map(|(column, codes)| codes.of(column)).collect();
                let groups: Vec<&[u64]> = groups.iter().map(Vec::as_slice).collect();
                let update =
                    |batch: &Observations<'_>| total.update(&Observations { groups: &groups, ..*batch });
                block.observe(update).map_err(|e| self.fault(e))
            },
        )?;
        Ok(total)
    }

    /// One pass that updates a clone of `empty` by each batch and merges them in order.
    fn gather<S: Clone + Send + Sync>(
        &self,
        name: &'static str,
        empty: &S,
        update: impl Fn(&mut S, &Observations<'_>) -> Result<(), ferronum_stat::Error> + Sync,
        merge: impl Fn(&mut S, &S) -> Result<(), ferronum_stat::Error>,
    ) -> Result<S, Error> {
        let mut total = empty.clone();
        self.pass(name).run(
            |batch| {
                let mut state = empty.clone();
                let block = self.block(batch)?;
                block.observe(|batch| update(&mut state, batch)).map_err(|e| self.fault(e))?;
                self.done_with(block);
                Ok(state)
            },
            |state| merge(&mut total, &state).map_err(|e| self.fault(e)),
        )?;
        Ok(total)
    }

    fn diagnose_held(&self, fit: &LinearFit, held: Held) -> Result<Diagnostics, Error> {
        let columns: Vec<&[f64]> = held.x.iter().map(Vec::as_slice).collect();
        let weights = self.weights.map(|kind| (&held.weights[..], kind));
        let mut made = diagnostics(fit, &columns, &held.y, weights).map_err(|error| self.fault(error))?;
        influence::add_offset(made.fitted.iter_mut(), &held.offset);
        made.rows = held.rows;
        Ok(made)
    }

    fn diagnose(&self, fit: &LinearFit) -> Result<Diagnostics, Error> {
        let mut sample = Sample::default();
        self.pass("diagnostics").run(
            |batch| {
                let block = self.block(batch)?;
                let weights = block.weights.as_deref().zip(self.weights);
                let points = influence::of_block(fit, &block.block, &block.response, weights);
                self.done_with(block);
                points.map_err(|e| self.fault(e))
            },
            |points| {
                sample.extend(points);
                Ok(())
            },
        )?;
        Ok(sample.finish(fit.rank))
    }

    /// The rows of one batch, with checked weights.
    fn block(&self, batch: &Batch) -> Result<Rows, Error> {
        let mut block = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let made = self.design.evaluate_into(batch, self.options.na, Part::Full, &mut block);
        made.map_err(|e| self.in_file(e))?;
        let mut response = block.y.take().unwrap_or_default();
        if let Some(offset) = &block.offset {
            response.iter_mut().zip(offset).for_each(|(y, o)| *y -= o);
        }
        let weights = match (self.weights, block.extras.first()) {
            (Some(kind), Some(Column::Numbers(values))) => {
                self.check_weights(values, kind, &block)?;
                Some(values.clone())
            }
            _ => None,
        };
        Ok(Rows { block, response, weights, first_group: usize::from(self.weights.is_some()) })
    }

    /// Puts the memory of a block by for the next.
    fn done_with(&self, rows: Rows) -> Option<Rows> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(rows.block);
        None
    }

    fn check_weights(&self, values: &[f64], kind: WeightKind, block: &Block) -> Result<(), Error> {
        let whole = kind == WeightKind::Frequency;
        let wrong = |w: &f64| !(w.is_finite() && *w >= 0.0) || (whole && w.fract() != 0.0);
        let Some(at) = values.iter().position(wrong) else { return Ok(()) };
        let column = self.options.weights.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        Err(Error::Weight {
            path: self.source.name().to_owned(),
            row: block.row_number(at),
            column,
            value: values[at],
            requirement: if whole { "a whole number, 0 or more" } else { "a number, 0 or more" },
        })
    }

    fn group_count(&self) -> usize {
        if let Covariance::Cluster(names) = &self.options.covariance { names.len() } else { 0 }
    }

    fn pass(&self, name: &'static str) -> Pass<'_> {
        Pass {
            source: self.source,
            columns: &self.columns,
            threads: self.threads,
            name,
            progress: self.options.progress,
            cache: self.cache.as_ref(),
        }
    }

    fn in_file(&self, error: FormulaError) -> Error {
        Error::Design { path: self.source.name().to_owned(), error }
    }

    fn fault(&self, error: ferronum_stat::Error) -> Error {
        Error::Regression { path: self.source.name().to_owned(), error }
    }
}

/// Rows read, and rows dropped for missing values.
#[derive(Default)]
struct Counts {
    read: u64,
    dropped: u64,
}

enum Gathered {
    Held(Held),
    State(OlsState),
}

/// The rows of one batch as a regression takes them.
struct Rows {
    block: Block,
    /// The response, less the offset.
    response: Vec<f64>,
    weights: Option<Vec<f64>>,
    first_group: usize,
}

impl Rows {
    fn rows(&self) -> usize {
        self.block.rows
    }

    fn columns(&self) -> Vec<&[f64]> {
        let rows = self.block.rows;
        (0..self.block.ncols).map(|j| &self.block.x[j * rows..(j + 1) * rows]).collect()
    }

    fn groups(&self) -> &[Column] {
        &self.block.extras[self.first_group..]
    }

    /// Hands the rows over, unless there are none.
    fn observe<E>(&self, mut update: impl FnMut(&Observations<'_>) -> Result<(), E>) -> Result<(), E> {
        if self.block.rows == 0 {
            return Ok(());
        }
        let columns = self.columns();
        let weights = self.weights.as_deref();
        update(&Observations { x: &columns, y: &self.response, weights, groups: &[] })
    }
}

/// Rows held in memory.
struct Held {
    rows: Vec<u64>,
    x: Vec<Vec<f64>>,
    /// The response, less the offset.
    y: Vec<f64>,
    /// Empty without one.
    offset: Vec<f64>,
    weights: Vec<f64>,
    groups: Vec<Vec<u64>>,
    codes: Vec<Codes>,
}

impl Held {
    fn new(ncols: usize, groups: usize) -> Self {
        Self {
            rows: Vec::new(),
            x: vec![Vec::new(); ncols],
            y: Vec::new(),
            offset: Vec::new(),
            weights: Vec::new(),
            groups: vec![Vec::new(); groups],
            codes: vec![Codes::default(); groups],
        }
    }

    /// Takes a batch in; `None` if there are too many rows then.
    fn join(mut self, block: &Rows) -> Option<Self> {
        if self.y.len() + block.rows() > HELD_ROWS {
            return None;
        }
        self.rows.extend((0..block.rows()).map(|i| block.block.row_number(i)));
        self.x.iter_mut().zip(block.columns()).for_each(|(held, column)| held.extend_from_slice(column));
        self.y.extend_from_slice(&block.response);
        self.offset.extend_from_slice(block.block.offset.as_deref().unwrap_or_default());
        self.weights.extend_from_slice(block.weights.as_deref().unwrap_or_default());
        for ((held, codes), column) in self.groups.iter_mut().zip(&mut self.codes).zip(block.groups()) {
            held.extend(codes.of(column));
        }
        Some(self)
    }
}

/// Numbers the values of a column of clusters by first appearance.
#[derive(Clone, Default)]
struct Codes {
    labels: HashMap<String, u64>,
    numbers: HashMap<u64, u64>,
}

impl Codes {
    fn of(&mut self, column: &Column) -> Vec<u64> {
        match column {
            Column::Numbers(values) => values
                .iter()
                .map(|x| {
                    let next = self.numbers.len() as u64;
                    // + 0.0 makes −0 and 0 one cluster.
                    *self.numbers.entry((x + 0.0).to_bits()).or_insert(next)
                })
                .collect(),
            Column::Labels { codes, levels } => {
                let known: Vec<u64> = levels
                    .iter()
                    .map(|level| {
                        let next = self.labels.len() as u64;
                        *self.labels.entry(level.clone()).or_insert(next)
                    })
                    .collect();
                codes.iter().map(|code| known.get(*code as usize).copied().unwrap_or(u64::MAX)).collect()
            }
        }
    }
}

/// The passes that learn levels and constants, as many as the formula needs.
fn learn(bound: &BoundFormula, pass: &Pass<'_>) -> Result<Design, Error> {
    let path = || pass.source.name().to_owned();
    let mut learner = bound.learner();
    let mut pass_needed = bound.needs_pass();
    loop {
        if pass_needed {
            let empty = learner.clone();
            let mut rows = 0;
            pass.run(
                |batch| {
                    let mut seen = empty.clone();
                    seen.observe(batch).map_err(|error| Error::Design { path: path(), error })?;
                    Ok((seen, batch.rows as u64))
                },
                |(seen, count)| {
                    rows += count;
                    learner.merge(seen);
                    Ok(())
                },
            )?;
            match learner.finish() {
                Ok(Learned::Done(design)) => return Ok(design),
                Ok(Learned::Again(next)) => learner = next,
                Err(error) if matches!(error.problem(), FormulaProblem::NoRows) => {
                    return Err(no_rows_left(pass.source, pass.columns, pass.threads, rows));
                }
                Err(error) => return Err(Error::Design { path: path(), error }),
            }
        } else {
            match learner.finish().map_err(|error| Error::Design { path: path(), error })? {
                Learned::Done(design) => return Ok(design),
                Learned::Again(next) => (learner, pass_needed) = (next, true),
            }
        }
    }
}

/// The error of a fit that has no row, with the columns that are to blame.
fn no_rows_left(source: &Source, columns: &[usize], threads: usize, rows: u64) -> Error {
    let mut missing: Vec<(String, u64)> =
        columns.iter().map(|&c| (source.schema().fields()[c].name.clone(), 0)).collect();
    let pass = Pass { source, columns, threads, name: "missing", progress: None, cache: None };
    let counted = pass.run(
        |batch| {
            let count = |column: &Column| (0..column.len()).filter(|&i| column.is_missing(i)).count() as u64;
            Ok(batch.columns.iter().map(count).collect::<Vec<u64>>())
        },
        |counts| {
            missing.iter_mut().zip(counts).for_each(|(total, count)| total.1 += count);
            Ok(())
        },
    );
    missing.retain(|(_, count)| *count > 0);
    counted.err().unwrap_or(Error::NoRowsLeft { path: source.name().to_owned(), rows, missing })
}

/// The position of a column.
pub(crate) fn find_column(source: &Source, name: &str) -> Result<usize, Error> {
    source.schema().index_of(name).ok_or_else(|| {
        let names: Vec<&str> = source.schema().fields().iter().map(|field| &field.name[..]).collect();
        let more = if names.len() > 12 { ", …" } else { "" };
        Error::NoSuchColumn {
            path: source.name().to_owned(),
            column: name.to_owned(),
            columns: names[..names.len().min(12)].join(", ") + more,
        }
    })
}

fn number_column(source: &Source, name: &str) -> Result<(), Error> {
    if source.schema().fields()[find_column(source, name)?].kind == Kind::Number {
        return Ok(());
    }
    Err(Error::NotNumeric { path: source.name().to_owned(), column: name.to_owned(), what: "weights" })
}
