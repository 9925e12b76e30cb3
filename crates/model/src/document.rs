//! A fit as a document for other programs. Keys are stable once shipped.
use crate::Model;
use ferronum_stat::regression::{Method, WeightKind};
use serde::Serialize;

/// One coefficient in a [`FitDocument`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TermDocument {
    /// Name of the column.
    pub name: String,
    /// The coefficient; not a number where dropped, like the rest.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Student's t.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Lower end of the confidence interval.
    pub ci_low: f64,
    /// Upper end of the confidence interval.
    pub ci_high: f64,
    /// Whether the column was left out as collinear.
    pub dropped: bool,
}

/// What `ferronum fit --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FitDocument {
    /// `ols` or `wls`.
    pub model: &'static str,
    /// The formula.
    pub formula: String,
    /// `gram`, `qr` or `double-double`.
    pub method: &'static str,
    /// Number of observations.
    pub nobs: u64,
    /// n − k.
    pub df_resid: f64,
    /// k, less the intercept.
    pub df_model: f64,
    /// The coefficients.
    pub terms: Vec<TermDocument>,
    /// R².
    pub r_squared: f64,
    /// Adjusted R².
    pub adj_r_squared: f64,
    /// F of all coefficients but the intercept.
    pub f_statistic: f64,
    /// Its p-value.
    pub f_p_value: f64,
    /// Residual variance.
    pub scale: f64,
    /// Gaussian log-likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// Condition number of the design.
    pub condition_number: f64,
    /// Estimator of the covariance, with its small-sample convention.
    pub cov_type: String,
    /// Name of the response.
    pub response: String,
    /// The file or data set.
    pub source: String,
    /// Coverage of the intervals.
    pub confidence: f64,
    /// Degrees of freedom of t and F.
    pub df_inference: f64,
    /// Decimal digits lost to conditioning.
    pub digits_lost: f64,
    /// Rows read.
    pub rows_read: u64,
    /// Rows left out for missing values.
    pub rows_dropped: u64,
    /// The column of weights.
    pub weights: Option<String>,
    /// `frequency`, `analytic` or `probability`.
    pub weight_kind: Option<&'static str>,
    /// Σw.
    pub sum_weights: f64,
}

impl FitDocument {
    pub(crate) fn new(model: &Model) -> Self {
        let fit = &model.fit;
        let terms = fit.terms.iter().map(|term| TermDocument {
            name: term.name.clone(),
            estimate: term.estimate,
            std_error: term.std_error,
            statistic: term.statistic,
            p_value: term.p_value,
            ci_low: term.ci_low,
            ci_high: term.ci_high,
            dropped: term.dropped,
        });
        Self {
            model: if model.weights.is_some() { "wls" } else { "ols" },
            formula: model.formula.clone(),
            method: match fit.method {
                Method::Gram => "gram",
                Method::Qr => "qr",
                Method::DoubleDouble => "double-double",
            },
            nobs: fit.nobs,
            df_resid: fit.df_resid,
            df_model: fit.df_model,
            terms: terms.collect(),
            r_squared: fit.r_squared,
            adj_r_squared: fit.adj_r_squared,
            f_statistic: fit.f_statistic,
            f_p_value: fit.f_p_value,
            scale: fit.scale,
            log_likelihood: fit.log_likelihood,
            aic: fit.aic,
            bic: fit.bic,
            condition_number: fit.condition_number,
            cov_type: fit.cov_type.clone(),
            response: fit.response.clone(),
            source: model.source.clone(),
            confidence: fit.confidence,
            df_inference: fit.df_inference,
            digits_lost: fit.digits_lost,
            rows_read: model.rows_read,
            rows_dropped: model.rows_dropped,
            weights: model.weights.as_ref().map(|(column, _)| column.clone()),
            weight_kind: model.weights.as_ref().map(|(_, kind)| match kind {
                WeightKind::Frequency => "frequency",
                WeightKind::Analytic => "analytic",
                WeightKind::Probability => "probability",
            }),
            sum_weights: fit.sum_weights,
        }
    }
}
