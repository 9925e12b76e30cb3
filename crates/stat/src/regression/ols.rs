//! Linear regression of data in memory.
use super::factor::{Centre, Factor};
use super::fit::LinearFit;
use super::observations::{Observations, Totals};
use super::options::{Covariance, Method, OlsOptions};
use super::real::Real;
use super::scores::Scores;
use super::solved::{assemble, effective_covariance};
use super::state::{OlsState, Solution};
use crate::Error;
use crate::online::OnlineState;
use ferronum_dd::Dd;
use std::sync::Arc;

/// Problems of at most this many multiplications are solved in double-double arithmetic.
const SMALL: f64 = 2e6;

/// Least squares of `y` on the columns of `x`,
///
/// ```text
/// minimise Σ wᵢ (yᵢ − β₀ − Σ xᵢⱼ βⱼ)²
/// ```
///
/// Small problems (n k² ≤ 2e6) are solved by Householder QR in double-double arithmetic. Larger ones by the Cholesky factor of
/// the centred cross-products, or by Householder QR of the centred rows where those lose more than six digits; `method` and
/// `digits_lost` of the fit say which and how many.
///
/// Columns that are combinations of columns before them are dropped, and kept in `terms` with `dropped` set.
///
/// # Errors
/// [`Error::Shape`], [`Error::NotFinite`] and [`Error::InvalidWeight`] name what is wrong with the data;
/// [`Error::TooFewRows`] if there are not more observations than coefficients; [`Error::NothingToEstimate`];
/// [`Error::Covariance`] for a robust covariance that does not exist; [`Error::Overflow`] for values beyond about 1e150.
///
/// # Source
/// Björck, *Numerical Methods for Least Squares Problems* (1996).
///
/// # Examples
/// ```
/// use ferronum_stat::regression::{OlsOptions, ols};
/// let dose = [0.0, 1.0, 2.0, 3.0, 4.0];
/// let response = [1.2, 1.9, 3.2, 3.8, 5.1];
/// let options = OlsOptions { names: vec!["dose".into()], covariance: "HC3".parse()?, ..OlsOptions::default() };
/// let fit = ols(&[&dose], &response, &options)?;
/// assert!((fit.terms[1].estimate - 0.97).abs() < 1e-15);
/// println!("{fit}");
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
pub fn ols(x: &[&[f64]], y: &[f64], options: &OlsOptions<'_>) -> Result<LinearFit, Error> {
    match options.method {
        Some(Method::DoubleDouble) => in_double_double(x, y, options),
        None if is_small(x.len(), y.len()) => in_double_double(x, y, options),
        _ => by_states(x, y, options),
    }
}

/// As [`ols`], of data known to more digits than `f64` holds, in double-double arithmetic.
///
/// # Errors
/// As [`ols`].
pub fn ols_dd(x: &[&[Dd]], y: &[Dd], options: &OlsOptions<'_>) -> Result<LinearFit, Error> {
    in_double_double(x, y, options)
}

pub(crate) fn is_small(ncols: usize, rows: usize) -> bool {
    rows as f64 * ((ncols + 1) as f64).powi(2) <= SMALL
}

/// The factor in double-double arithmetic, with the totals of the data.
pub(crate) fn factor_dd<X: Real>(
    batch: &Observations<'_, X>,
    totals: &mut Totals,
    intercept: bool,
) -> Result<Factor<Dd>, Error>
where
    Dd: From<X>,
{
    let ncols = batch.x.len();
    batch.check(ncols, 0, totals.kind)?;
    totals.update(batch.y.len(), batch.weights);
    if totals.active == 0 {
        let needed = (ncols + usize::from(intercept) + 1) as u64;
        return Err(Error::TooFewRows { what: "a regression", needed, found: 0 });
    }
    let mut triangle = super::triangle::Triangle::new(ncols + 1 + usize::from(intercept));
    let shift = Centre { x: vec![Dd::ZERO; ncols], y: Dd::ZERO };
    batch.absorb_into(&mut triangle, &shift, intercept, usize::MAX);
    Factor::from_triangle(&triangle, shift, totals.sum_weights, intercept)
}

fn in_double_double<X: Real>(x: &[&[X]], y: &[X], options: &OlsOptions<'_>) -> Result<LinearFit, Error>
where
    Dd: From<X>,
{
    options.check(x.len())?;
    check_groups(options)?;
    let batch = Observations { x, y, weights: options.weights, groups: &options.groups };
    let mut totals = Totals::new(options.weights.map(|_| options.weight_kind));
    let factor = factor_dd(&batch, &mut totals, options.intercept)?;
    let mut fit = assemble(&factor, &totals, options, Method::DoubleDouble)?;
    let covariance = effective_covariance(&options.covariance, totals.kind);
    if covariance.is_robust() {
        let mut scores = Scores::new(Arc::new(factor), &covariance, options.small_sample, totals.kind)?;
        scores.update(&batch)?;
        scores.finish(&mut fit)?;
    }
    Ok(fit)
}

fn by_states(x: &[&[f64]], y: &[f64], options: &OlsOptions<'_>) -> Result<LinearFit, Error> {
    options.check(x.len())?;
    check_groups(options)?;
    let batch = Observations { x, y, weights: options.weights, groups: &options.groups };
    let mut state = OlsState::new(x.len(), options.intercept, options.weights.map(|_| options.weight_kind))?;
    state.par_update(&batch)?;
    let solved = match state.solve(options)? {
        Solution::Done(solved) => *solved,
        Solution::NeedsQr(mut qr) => {
            qr.update(&batch)?;
            qr.solve(options)?
        }
    };
    if !solved.needs_scores() {
        return Ok(solved.into_fit());
    }
    let mut scores = solved.scores()?;
    scores.update(&batch)?;
    scores.finish()
}

fn check_groups(options: &OlsOptions<'_>) -> Result<(), Error> {
    let ways = if let Covariance::Cluster(names) = &options.covariance { names.len() } else { 0 };
    if ways != 0 && ways != options.groups.len() {
        return Err(Error::Shape {
            what: "groups",
            expected: "one slice for each way of clustering",
            expected_len: ways,
            found_len: options.groups.len(),
        });
    }
    Ok(())
}
