//! Predictions for new data.
use crate::pass::{Pass, Progressing, default_threads};
use crate::{Error, Model};
use ferronum_data::Source;
use ferronum_data::formula::{NaPolicy, Part};
use ferronum_stat::regression::Prediction;

/// Settings of a prediction.
#[derive(Clone)]
pub struct PredictOptions<'a> {
    /// Coverage of the intervals; that of the fit if `None`.
    pub confidence: Option<f64>,
    /// What to do with rows that have missing values.
    pub na: NaPolicy,
    /// Number of threads; all of the machine's if `None`.
    pub threads: Option<usize>,
    /// Told of progress.
    pub progress: Option<Progressing<'a>>,
}

impl Default for PredictOptions<'_> {
    fn default() -> Self {
        Self { confidence: None, na: NaPolicy::Drop, threads: None, progress: None }
    }
}

/// The predictions for one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Predicted {
    /// 1-based data row.
    pub row: u64,
    /// Mean, its standard error, its confidence interval and the prediction interval.
    pub value: Prediction,
}

/// Predictions for all complete rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Predictions {
    /// One entry for each complete row.
    pub values: Vec<Predicted>,
    /// Rows read; those not in `values` had missing values.
    pub rows_read: u64,
}

impl Model {
    /// Predicts the response for the rows of a source that has the columns of the formula; the response is not needed.
    ///
    /// # Errors
    /// [`Error::Design`] if a column is missing or of another kind, or a row has a level that the fit has not seen;
    /// [`Error::Data`] if the source cannot be read.
    ///
    /// # Examples
    /// ```
    /// use ferronum_data::{ReadOptions, Source};
    /// use ferronum_model::{FitOptions, PredictOptions, fit};
    /// let cars = Source::open("mtcars", &ReadOptions::default())?;
    /// let model = fit("mpg ~ wt", &cars, &FitOptions::default())?;
    /// let made = model.predict(&cars, &PredictOptions::default())?;
    /// // R 4: predict(lm(mpg ~ wt, mtcars))[1]
    /// assert!((made.values[0].value.mean - 23.2826106468086).abs() < 1e-12);
    /// # Ok::<(), ferronum_model::Error>(())
    /// ```
    pub fn predict(&self, source: &Source, options: &PredictOptions<'_>) -> Result<Predictions, Error> {
        let mut out = Predictions::default();
        out.rows_read = predict_each(self, source, options, |batch| {
            out.values.extend_from_slice(batch);
            Ok(())
        })?;
        Ok(out)
    }
}

/// As [`Model::predict`], handing the predictions of each batch to `take`, in the order of the file; returns the rows read.
///
/// # Errors
/// As [`Model::predict`], and those of `take`.
pub fn predict_each(
    model: &Model,
    source: &Source,
    options: &PredictOptions<'_>,
    mut take: impl FnMut(&[Predicted]) -> Result<(), Error>,
) -> Result<u64, Error> {
    let in_file = |error| Error::Design { path: source.name().to_owned(), error };
    let columns = model.design.columns(source.schema()).map_err(in_file)?;
    let confidence = options.confidence.unwrap_or(model.fit.confidence);
    let threads = options.threads.unwrap_or_else(default_threads).max(1);
    let pass =
        Pass { source, columns: &columns, threads, name: "predict", progress: options.progress, cache: None };
    let mut rows_read = 0;
    pass.run(
        |batch| {
            let block = model.design.evaluate(batch, options.na, Part::PredictorsOnly).map_err(in_file)?;
            let x: Vec<&[f64]> = (0..block.ncols).map(|j| block.column(j)).collect();
            let mut values = Vec::new();
            let made = model.fit.evaluator().predict_into(&x, block.rows, confidence, &mut values);
            made.map_err(|error| Error::Regression { path: source.name().to_owned(), error })?;
            if let Some(offset) = &block.offset {
                values.iter_mut().zip(offset).for_each(|(value, o)| shift(value, *o));
            }
            let rows = (0..block.rows).map(|i| block.row_number(i));
            let made: Vec<Predicted> =
                rows.zip(values).map(|(row, value)| Predicted { row, value }).collect();
            Ok((batch.rows as u64, made))
        },
        |(rows, made)| {
            rows_read += rows;
            take(&made)
        },
    )?;
    Ok(rows_read)
}

fn shift(value: &mut Prediction, offset: f64) {
    for x in [&mut value.mean, &mut value.ci_low, &mut value.ci_high, &mut value.pi_low, &mut value.pi_high] {
        *x += offset;
    }
}
