//! What a linear regression says.
use super::options::Method;
use crate::Error;

/// One coefficient. A dropped one has NaN throughout.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Term {
    /// Name of the column, `(Intercept)` for the constant.
    pub name: String,
    /// The coefficient.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub estimate: f64,
    /// Its standard error.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub std_error: f64,
    /// `estimate / std_error`.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub statistic: f64,
    /// Two-sided p-value of Student's t.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub p_value: f64,
    /// Lower end of the confidence interval.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub ci_low: f64,
    /// Upper end of the confidence interval.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub ci_high: f64,
    /// Whether the column was left out, being a combination of columns before it.
    pub dropped: bool,
}

/// A fitted linear regression. Its `Display` is a summary table of at most 80 columns.
///
/// # Accuracy
/// Coefficients carry about `16 − digits_lost` correct digits ([`Method::DoubleDouble`]: `32 − digits_lost`, at most 16).
///
/// # Examples
/// ```
/// use ferronum_stat::regression::{OlsOptions, ols};
/// let x = [1.0, 2.0, 3.0, 4.0];
/// let fit = ols(&[&x], &[3.1, 4.9, 7.2, 8.8], &OlsOptions::default())?;
/// assert!((fit.terms[1].estimate - 1.94).abs() < 1e-14);
/// assert!((fit.predict_row(&[5.0])?.mean - 10.85).abs() < 1e-14);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LinearFit {
    /// Coefficients, the intercept first.
    pub terms: Vec<Term>,
    /// Number of observations n: rows of positive weight, or Σw for frequencies.
    pub nobs: u64,
    /// Σw; n without weights.
    pub sum_weights: f64,
    /// Number of estimated coefficients k.
    pub rank: usize,
    /// n − k.
    pub df_resid: f64,
    /// k, less the intercept.
    pub df_model: f64,
    /// 1 − rss/tss; tss is about zero without intercept. NaN for a constant response.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub r_squared: f64,
    /// 1 − (1 − R²)(n − 1)/(n − k); n in place of n − 1 without intercept.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub adj_r_squared: f64,
    /// Test that all coefficients but the intercept are zero; a Wald test under a robust covariance.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub f_statistic: f64,
    /// Its p-value, with `df_model` and `df_inference` degrees of freedom.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub f_p_value: f64,
    /// Residual variance s² = rss / df_resid.
    pub scale: f64,
    /// Weighted sum of squared residuals.
    pub rss: f64,
    /// Weighted sum of squares of the response, about its mean when there is an intercept.
    pub tss: f64,
    /// Gaussian log-likelihood at the maximum.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub log_likelihood: f64,
    /// −2 ll + 2k.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub aic: f64,
    /// −2 ll + k ln n.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub bic: f64,
    /// Condition number, 2-norm, of the weighted design with its column of ones.
    #[cfg_attr(feature = "serde", serde(with = "super::nan"))]
    pub condition_number: f64,
    /// Decimal digits the method loses to the conditioning of the centred and scaled design.
    pub digits_lost: f64,
    /// How it was computed.
    pub method: Method,
    /// Covariance estimator with its small-sample convention.
    pub cov_type: String,
    /// Degrees of freedom of t and F.
    pub df_inference: f64,
    /// Coverage of the intervals.
    pub confidence: f64,
    /// Whether the first term is an intercept.
    pub intercept: bool,
    /// Covariance of the coefficients, row-major over all terms, NaN for dropped ones.
    #[cfg_attr(feature = "serde", serde(with = "super::nan::list"))]
    pub cov: Vec<f64>,
    /// `(XᵀWX)⁻¹`, likewise.
    #[cfg_attr(feature = "serde", serde(with = "super::nan::list"))]
    pub unscaled_cov: Vec<f64>,
    /// Name of the response.
    pub response: String,
    /// Means of the columns of x, from which a prediction measures them; zeros without intercept.
    pub centre: Vec<f64>,
    /// Fitted value there, the mean of the response; zero without intercept.
    pub centre_response: f64,
    /// Covariance of the coefficients when x is measured from `centre`: no digits cancel in it however large the means.
    #[cfg_attr(feature = "serde", serde(with = "super::nan::list"))]
    pub centred_cov: Vec<f64>,
}

/// A predicted response.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Estimated mean.
    pub mean: f64,
    /// Standard error of the mean.
    pub std_error: f64,
    /// Lower end of the confidence interval of the mean.
    pub ci_low: f64,
    /// Upper end.
    pub ci_high: f64,
    /// Lower end of the prediction interval of a new observation (of weight one).
    pub pi_low: f64,
    /// Upper end.
    pub pi_high: f64,
}

impl LinearFit {
    /// The coefficients in the order of `terms`, NaN where dropped.
    pub fn coefficients(&self) -> Vec<f64> {
        self.terms.iter().map(|term| term.estimate).collect()
    }

    /// Mean, confidence interval and prediction interval at one row of x, without the column of ones.
    ///
    /// # Errors
    /// [`Error::Shape`] if `x` does not have one value for each column.
    pub fn predict_row(&self, x: &[f64]) -> Result<Prediction, Error> {
        self.predict_row_at(x, self.confidence)
    }

    /// As [`Self::predict_row`] with another coverage.
    ///
    /// # Errors
    /// As [`Self::predict_row`].
    pub fn predict_row_at(&self, x: &[f64], confidence: f64) -> Result<Prediction, Error> {
        let columns: Vec<&[f64]> = x.iter().map(std::slice::from_ref).collect();
        let mut out = Vec::new();
        self.evaluator().predict_into(&columns, 1, confidence, &mut out)?;
        Ok(out[0])
    }

    /// Predictions for columns of x, row by row; no rows if there are no columns. For many batches see
    /// [`Self::evaluator`].
    ///
    /// # Errors
    /// [`Error::Shape`] if the number or lengths of the columns do not fit.
    pub fn predict(&self, x: &[&[f64]], confidence: f64) -> Result<Vec<Prediction>, Error> {
        let rows = x.first().map_or(0, |column| column.len());
        let mut out = Vec::new();
        self.evaluator().predict_into(x, rows, confidence, &mut out)?;
        Ok(out)
    }
}
