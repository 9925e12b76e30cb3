//! Per-observation diagnostics of a linear fit.
use super::fit::LinearFit;
use super::observations::{Observations, Totals};
use super::ols::{factor_dd, is_small};
use super::options::WeightKind;
use super::real::dot;
use super::scores::project;
use crate::Error;
use ferronum_dd::Dd;

/// Fitted values, residuals and influence of single observations, one entry per kept observation.
///
/// With `e` the residual, `h` the leverage, `s²` the residual variance and `p` the rank, the internally studentized
/// residual is `e / (s √(1 − h))` and Cook's distance `D = r² h / (p (1 − h))`.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostics {
    /// 1-based row number in the data.
    pub rows: Vec<u64>,
    /// Fitted values.
    pub fitted: Vec<f64>,
    /// Residuals `y − ŷ`.
    pub residuals: Vec<f64>,
    /// Internally studentized residuals; NaN where the leverage is 1.
    pub standardized: Vec<f64>,
    /// Leverage: the diagonal of the hat matrix, between 0 and 1.
    pub leverage: Vec<f64>,
    /// Cook's distance; NaN where the leverage is 1.
    pub cooks: Vec<f64>,
    /// Rows of the fit; more than `rows.len()` when only a subsample is held.
    pub total_rows: u64,
    /// Number of estimated coefficients, p.
    pub rank: usize,
    /// For each entry of a subsample the number of rows that it stands for, 1 or more; empty where all rows are there.
    pub stands_for: Vec<f64>,
}

/// What one observation has to do with the fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// Fitted value.
    pub fitted: f64,
    /// Residual.
    pub residual: f64,
    /// Internally studentized residual; NaN where the leverage is 1.
    pub standardized: f64,
    /// Leverage.
    pub leverage: f64,
    /// Cook's distance; NaN where the leverage is 1.
    pub cooks: f64,
}

impl Influence {
    /// From the residual and `d = q qᵀ`, the leverage of a row of weight one.
    pub(super) fn new(
        fit: &LinearFit,
        y: f64,
        residual: f64,
        d: f64,
        weight: Option<(f64, WeightKind)>,
    ) -> Self {
        let w = match weight {
            None | Some((_, WeightKind::Frequency)) => 1.0,
            Some((w, _)) => w,
        };
        let leverage = (w * d).clamp(0.0, 1.0);
        let left = if leverage > 1.0 - 1e-12 { f64::NAN } else { 1.0 - leverage };
        let standardized = w.sqrt() * residual / (fit.scale * left).sqrt();
        let cooks = standardized * standardized * leverage / (fit.rank as f64 * left);
        Self { fitted: y - residual, residual, standardized, leverage, cooks }
    }
}

impl LinearFit {
    /// Residual, leverage and influence of one observation of the fit. A frequency weight does not enter: the row stands for
    /// each of its observations.
    ///
    /// # Errors
    /// [`Error::Shape`] if `x` does not have one value for each column.
    pub fn influence(
        &self,
        x: &[f64],
        y: f64,
        weight: Option<(f64, WeightKind)>,
    ) -> Result<Influence, Error> {
        let columns: Vec<&[f64]> = x.iter().map(std::slice::from_ref).collect();
        let weights = weight.as_ref().map(|(w, kind)| (std::slice::from_ref(w), *kind));
        let mut out = Vec::new();
        self.evaluator().influence_into(&columns, &[y], weights, &mut out)?;
        Ok(out[0])
    }
}

/// Residuals, leverages and influence of all observations of a fit to data in memory.
///
/// `x`, `y` and `weights` are those of the fit. Small problems are done in double-double arithmetic, as in
/// [`ols`](super::ols).
///
/// # Errors
/// [`Error::Shape`], [`Error::NotFinite`] or [`Error::InvalidWeight`] as for the fit.
///
/// # Examples
/// ```
/// use ferronum_stat::regression::{OlsOptions, diagnostics, ols};
/// let (x, y) = ([1.0, 2.0, 3.0, 4.0], [3.1, 4.9, 7.2, 8.8]);
/// let fit = ols(&[&x], &y, &OlsOptions::default())?;
/// let diagnostics = diagnostics(&fit, &[&x], &y, None)?;
/// assert!((diagnostics.leverage.iter().sum::<f64>() - 2.0).abs() < 1e-14);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
pub fn diagnostics(
    fit: &LinearFit,
    x: &[&[f64]],
    y: &[f64],
    weights: Option<(&[f64], WeightKind)>,
) -> Result<Diagnostics, Error> {
    let batch = Observations { x, y, weights: weights.map(|(w, _)| w), groups: &[] };
    batch.check(fit.centre.len(), 0, weights.map(|(_, kind)| kind))?;
    let weight = |i: usize| weights.map(|(w, kind)| (w[i], kind));
    let mut out = Diagnostics {
        rows: (1..=y.len() as u64).collect(),
        total_rows: y.len() as u64,
        rank: fit.rank,
        ..Diagnostics::default()
    };
    if is_small(x.len(), y.len()) {
        let factor = factor_dd(&batch, &mut Totals::new(weights.map(|(_, kind)| kind)), fit.intercept)?;
        let mut q = vec![Dd::ZERO; factor.rank()];
        for (i, y) in y.iter().enumerate() {
            let (_, e) = project(&factor, &batch, i, &mut q);
            out.push(Influence::new(fit, *y, e.to_f64(), dot(&q, &q).to_f64(), weight(i)));
        }
        return Ok(out);
    }
    let mut found = Vec::new();
    fit.evaluator().influence_into(x, y, weights, &mut found)?;
    found.into_iter().for_each(|influence| out.push(influence));
    Ok(out)
}

impl Diagnostics {
    /// Appends what one observation has to do with the fit; `rows` is left to the caller.
    pub fn push(&mut self, influence: Influence) {
        self.fitted.push(influence.fitted);
        self.residuals.push(influence.residual);
        self.standardized.push(influence.standardized);
        self.leverage.push(influence.leverage);
        self.cooks.push(influence.cooks);
    }
}
