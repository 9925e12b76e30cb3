//! From a triangular factor to coefficients and their tests.
use super::factor::Factor;
use super::fit::{LinearFit, Term};
use super::inference::{p_value_f, p_value_t, reach};
use super::observations::Totals;
use super::options::{Covariance, Method, OlsOptions, WeightKind};
use super::real::Real;
use super::scores::{ScoreState, Scores};
use crate::Error;
use ferronum_dd::Dd;
use std::sync::Arc;

/// A solved regression: the fit with its classical covariance, and what a second pass for a robust one needs.
#[derive(Debug, Clone)]
pub struct Solved {
    fit: LinearFit,
    factor: Arc<Factor<f64>>,
    totals: Totals,
    covariance: Covariance,
    small_sample: bool,
}

impl Solved {
    pub(crate) fn new(
        factor: Factor<f64>,
        totals: Totals,
        options: &OlsOptions<'_>,
        method: Method,
    ) -> Result<Self, Error> {
        Ok(Self {
            fit: assemble(&factor, &totals, options, method)?,
            factor: Arc::new(factor),
            totals,
            covariance: effective_covariance(&options.covariance, totals.kind),
            small_sample: options.small_sample,
        })
    }

    /// The fit with its classical covariance; final unless [`Self::needs_scores`].
    pub fn fit(&self) -> &LinearFit {
        &self.fit
    }

    /// As [`Self::fit`], by value.
    pub fn into_fit(self) -> LinearFit {
        self.fit
    }

    /// Whether the covariance asked for takes a pass over the residuals: feed [`Self::scores`].
    pub fn needs_scores(&self) -> bool {
        self.covariance.is_robust()
    }

    /// An empty state for the pass over residuals. Give each batch, or each thread, a clone of it and merge in row order.
    ///
    /// # Errors
    /// [`Error::Covariance`] if the estimator does not go with the weights.
    pub fn scores(&self) -> Result<ScoreState, Error> {
        let scores =
            Scores::new(Arc::clone(&self.factor), &self.covariance, self.small_sample, self.totals.kind)?;
        Ok(ScoreState::new(scores, self.fit.clone(), self.totals.rows))
    }
}

pub(crate) fn effective_covariance(asked: &Covariance, kind: Option<WeightKind>) -> Covariance {
    match (asked, kind) {
        (Covariance::NonRobust, Some(WeightKind::Probability)) => Covariance::Hc1,
        _ => asked.clone(),
    }
}

/// The fit with its classical covariance.
pub(crate) fn assemble<T: Real>(
    factor: &Factor<T>,
    totals: &Totals,
    options: &OlsOptions<'_>,
    method: Method,
) -> Result<LinearFit, Error> {
    options.check(factor.ncols)?;
    let (n, rank) = (totals.nobs(), factor.rank());
    if n <= rank as f64 {
        let (needed, found) = (rank as u64 + 1, n as u64);
        return Err(Error::TooFewRows { what: "a regression with these columns", needed, found });
    }
    let df_resid = n - rank as f64;
    let (rss, tss) = (factor.rss.to_f64(), factor.tss.to_f64());
    let scale = rss / df_resid;
    let unexplained = (factor.rss / factor.tss).to_f64();
    // Whichever of the two shares is smaller keeps its digits.
    let explained = (super::real::dot(&factor.z, &factor.z) / factor.tss).to_f64();
    let lead = usize::from(options.intercept);
    let ln_weights = match totals.kind {
        Some(WeightKind::Analytic | WeightKind::Probability) => 0.5 * totals.ln_weights.to_f64(),
        _ => 0.0,
    };
    let log_likelihood = -0.5 * n * ((std::f64::consts::TAU * (rss / n)).ln() + 1.0) + ln_weights;
    let (condition_number, scaled_condition) = factor.condition_numbers();
    let mut fit = LinearFit {
        terms: terms(factor, options),
        nobs: n as u64,
        sum_weights: totals.sum_weights.to_f64(),
        rank,
        df_resid,
        df_model: (rank - lead) as f64,
        r_squared: match tss > 0.0 {
            true if explained < 0.5 => explained,
            true => 1.0 - unexplained,
            false => f64::NAN,
        },
        adj_r_squared: if tss > 0.0 { 1.0 - unexplained * (n - lead as f64) / df_resid } else { f64::NAN },
        f_statistic: f64::NAN,
        f_p_value: f64::NAN,
        scale,
        rss,
        tss,
        log_likelihood,
        aic: -2.0 * log_likelihood + 2.0 * rank as f64,
        bic: -2.0 * log_likelihood + rank as f64 * n.ln(),
        condition_number,
        digits_lost: scaled_condition.log10().max(0.0) * if method == Method::Gram { 2.0 } else { 1.0 },
        method,
        cov_type: String::new(),
        df_inference: df_resid,
        confidence: options.confidence,
        intercept: options.intercept,
        cov: Vec::new(),
        unscaled_cov: Vec::new(),
        response: options.response.clone(),
        centre: factor.centre.x.iter().map(|c| c.to_f64()).collect(),
        centre_response: response_at_rounded_centre(factor),
        centred_cov: Vec::new(),
    };
    let mut identity = vec![T::from(0.0); rank * rank];
    (0..rank).for_each(|i| identity[i * rank + i] = T::from(1.0));
    fit.unscaled_cov = spread(factor, &sandwich(&factor.root(false), &identity, rank));
    let s2 = factor.rss / T::from(df_resid);
    identity.iter_mut().for_each(|x| *x = *x * s2);
    infer(&mut fit, factor, &identity, "nonrobust".to_string(), df_resid);
    Ok(fit)
}

/// Sets covariance, standard errors, tests and intervals from the covariance `meat` of `z`, in the coordinates of the factor.
pub(crate) fn infer<T: Real>(fit: &mut LinearFit, factor: &Factor<T>, meat: &[T], cov_type: String, df: f64) {
    let rank = factor.rank();
    fit.cov = spread(factor, &sandwich(&factor.root(false), meat, rank));
    fit.centred_cov = spread(factor, &sandwich(&factor.root(true), meat, rank));
    (fit.cov_type, fit.df_inference) = (cov_type, df);
    let (k, t) = (fit.terms.len(), reach(fit.confidence, df));
    for (i, term) in fit.terms.iter_mut().enumerate().filter(|(_, term)| !term.dropped) {
        term.std_error = fit.cov[i * k + i].sqrt();
        term.statistic = term.estimate / term.std_error;
        term.p_value = p_value_t(term.statistic, df);
        (term.ci_low, term.ci_high) =
            (term.estimate - t * term.std_error, term.estimate + t * term.std_error);
    }
    fit.f_statistic = wald(factor, meat).unwrap_or(f64::NAN) / fit.df_model;
    if factor.rss.to_f64() == 0.0 && fit.tss > 0.0 {
        fit.f_statistic = f64::INFINITY;
    }
    fit.f_p_value = p_value_f(fit.f_statistic, fit.df_model, df);
}

/// `zᵀ M⁻¹ z` over the slopes, by a Cholesky factor of M; none if M is singular.
fn wald<T: Real>(factor: &Factor<T>, meat: &[T]) -> Option<f64> {
    let (q, rank) = (factor.order(), factor.rank());
    let lead = rank - q;
    let mut l = vec![0.0; q * q];
    let mut w = vec![0.0; q];
    for i in 0..q {
        for j in 0..=i {
            let m = meat[(i + lead) * rank + j + lead].to_f64();
            let s = (0..j).fold(m, |s, c| s - l[i * q + c] * l[j * q + c]);
            if i == j && s <= 1e-13 * m {
                return None;
            }
            l[i * q + j] = if i == j { s.sqrt() } else { s / l[j * q + j] };
        }
        let s = (0..i).fold(factor.z[i].to_f64(), |s, c| s - l[i * q + c] * w[c]);
        w[i] = s / l[i * q + i];
    }
    (q > 0).then(|| w.iter().map(|w| w * w).sum())
}

/// `A M Aᵀ`, rounded.
fn sandwich<T: Real>(a: &[T], meat: &[T], rank: usize) -> Vec<f64> {
    let zero = T::from(0.0);
    let mut am = vec![zero; rank * rank];
    for i in 0..rank {
        for l in (0..rank).filter(|l| a[i * rank + l] != zero) {
            super::real::add_multiple(
                &mut am[i * rank..][..rank],
                a[i * rank + l],
                &meat[l * rank..][..rank],
            );
        }
    }
    let mut out = vec![0.0; rank * rank];
    for i in 0..rank {
        for j in i..rank {
            let v = super::real::dot(&am[i * rank..][..rank], &a[j * rank..][..rank]).to_f64();
            (out[i * rank + j], out[j * rank + i]) = (v, v);
        }
    }
    out
}

/// A matrix over estimated coefficients as one over all terms, NaN for dropped ones.
fn spread<T: Real>(factor: &Factor<T>, inner: &[f64]) -> Vec<f64> {
    let lead = usize::from(factor.intercept);
    let (k, rank) = (factor.ncols + lead, factor.rank());
    let at: Vec<usize> = (0..lead).chain(factor.kept.iter().map(|c| c + lead)).collect();
    let mut out = vec![f64::NAN; k * k];
    for i in 0..rank {
        for j in 0..rank {
            out[at[i] * k + at[j]] = inner[i * rank + j];
        }
    }
    out
}

/// The fitted value where x is the centre rounded to `f64`.
fn response_at_rounded_centre<T: Real>(factor: &Factor<T>) -> f64 {
    let slopes = factor.slopes();
    let shifted = factor.kept.iter().zip(&slopes).fold(factor.centre.y, |s, (c, b)| {
        let centre = factor.centre.x[*c];
        s + (Dd::from(centre.to_f64()) - centre) * b.to_dd()
    });
    shifted.to_f64()
}

fn terms<T: Real>(factor: &Factor<T>, options: &OlsOptions<'_>) -> Vec<Term> {
    let slopes = factor.slopes();
    let term = |name, estimate: Option<f64>| Term {
        name,
        estimate: estimate.unwrap_or(f64::NAN),
        std_error: f64::NAN,
        statistic: f64::NAN,
        p_value: f64::NAN,
        ci_low: f64::NAN,
        ci_high: f64::NAN,
        dropped: estimate.is_none(),
    };
    let first =
        options.intercept.then(|| term("(Intercept)".to_string(), Some(factor.intercept(&slopes).to_f64())));
    let rest = (0..factor.ncols).map(|j| {
        let at = factor.kept.binary_search(&j).ok();
        term(options.name(j), at.map(|at| slopes[at].to_f64()))
    });
    first.into_iter().chain(rest).collect()
}
