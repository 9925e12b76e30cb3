//! Correlation of a series with itself.
use crate::Error;
use ferronum_dd::Dd;

/// Autocorrelation at `lag`,
///
/// ```text
/// rₖ = Σ_{t>k} (xₜ − x̄)(xₜ₋ₖ − x̄) / Σ (xₜ − x̄)²
/// ```
///
/// the estimator of Box & Jenkins, R's `acf` and NIST. NaN if the series does not vary.
///
/// # Accuracy
/// Summed in double-double arithmetic: correct to 15 digits of the sum of absolute terms.
///
/// # Errors
/// [`Error::TooFewRows`] if there are not more than `lag` values, [`Error::NotFinite`] for NaN or infinities.
///
/// # Examples
/// ```
/// let r = ferronum_stat::autocorrelation(&[1.0, 2.0, 3.0, 4.0], 1)?;
/// assert_eq!(r, 0.25);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
pub fn autocorrelation(series: &[f64], lag: usize) -> Result<f64, Error> {
    let series: Vec<Dd> = series.iter().map(|x| Dd::from(*x)).collect();
    autocorrelation_dd(&series, lag)
}

/// As [`autocorrelation`], of values known to more digits than `f64` holds.
///
/// # Errors
/// As [`autocorrelation`].
pub fn autocorrelation_dd(series: &[Dd], lag: usize) -> Result<f64, Error> {
    if series.len() <= lag {
        let (needed, found) = (lag as u64 + 1, series.len() as u64);
        return Err(Error::TooFewRows { what: "autocorrelation", needed, found });
    }
    if let Some(at) = series.iter().position(|x| !x.is_finite()) {
        return Err(Error::NotFinite { row: at as u64 + 1, column: 1, value: series[at].to_f64() });
    }
    let mean = series.iter().copied().sum::<Dd>() / series.len() as f64;
    let centred: Vec<Dd> = series.iter().map(|x| *x - mean).collect();
    let total: Dd = centred.iter().map(|d| *d * *d).sum();
    let lagged: Dd = centred[lag..].iter().zip(&centred).map(|(a, b)| *a * *b).sum();
    Ok((lagged / total).to_f64())
}
