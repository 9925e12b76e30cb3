//! Estimation of the parameters of any law.
mod likelihood;
mod newton;
mod sample;
mod small;

pub use sample::Sample;

use crate::{Domain, Error, Parametric};
use likelihood::Likelihood;

/// How parameters are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FitMethod {
    /// The maximum of the likelihood: in closed form where there is one, else by Newton's method on the score.
    #[default]
    MaximumLikelihood,
    /// The method of moments (of quantiles where moments do not exist). Its standard errors are NaN.
    Moments,
}

/// Settings of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitOptions<'a> {
    /// How parameters are estimated.
    pub method: FitMethod,
    /// How many observations each value stands for (frequencies; fractions are allowed); one each if `None`.
    pub weights: Option<&'a [f64]>,
    /// Parameters held at a value, by name.
    pub fixed: &'a [(&'a str, f64)],
    /// Most Newton steps.
    pub max_iterations: usize,
}

impl Default for FitOptions<'_> {
    fn default() -> Self {
        Self { method: FitMethod::default(), weights: None, fixed: &[], max_iterations: 200 }
    }
}

/// How a fit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum FitStatus {
    /// The estimate has a closed form.
    ClosedForm,
    /// Newton's method converged.
    Converged,
    /// The likelihood could not be increased further, but the gradient is not small: often a maximum at the edge of the range.
    Stalled,
    /// [`FitOptions::max_iterations`] were done.
    MaxIterations,
}

/// One estimated parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Estimate {
    /// Name of the parameter.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Standard error from the observed information; 0 if the parameter was held, NaN if it is not regular (an end of the
    /// support) or the information matrix is not positive definite.
    pub std_error: f64,
    /// Whether it was held at a given value.
    pub fixed: bool,
}

/// A law fitted to data.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted<D> {
    /// The law with the estimated parameters.
    pub law: D,
    /// Parameters in the order of the constructor.
    pub estimates: Vec<Estimate>,
    /// Covariance of the estimates, row-major; rows and columns of held parameters are 0.
    pub covariance: Vec<f64>,
    /// `Σ w ln f(x)`.
    pub log_likelihood: f64,
    /// Observations of positive weight.
    pub observations: usize,
    /// Σw: the number of observations that the data stand for.
    pub sum_weights: f64,
    /// Akaike's criterion `2k − 2ℓ`, k the number of estimated parameters.
    pub aic: f64,
    /// Schwarz's criterion `k ln Σw − 2ℓ`.
    pub bic: f64,
    /// How the fit ended.
    pub status: FitStatus,
    /// Newton steps done.
    pub iterations: usize,
}

/// As [`Parametric::fit`].
pub(crate) fn fit<D: Parametric>(data: &[D::Outcome], options: &FitOptions<'_>) -> Result<Fitted<D>, Error> {
    let sample = Sample::new::<D>(data, options.weights)?;
    let fixed = held::<D>(options.fixed)?;
    let hold = |mut values: Vec<f64>| {
        values.iter_mut().zip(&fixed).for_each(|(value, held)| *value = held.unwrap_or(*value));
        values
    };
    let likelihood = Likelihood::<D>::new(&sample, &fixed);
    if options.method == FitMethod::Moments {
        let values = hold(D::moment_estimate(&sample)?);
        let unknown = vec![f64::NAN; values.len() * values.len()];
        return finish(&sample, &fixed, &values, unknown, FitStatus::ClosedForm, 0);
    }
    if let Some(values) = D::closed_form(&sample, &fixed)? {
        let values = hold(values);
        let covariance = likelihood.covariance(&values);
        return finish(&sample, &fixed, &values, covariance, FitStatus::ClosedForm, 0);
    }
    let cannot = |(parameter, held): (&crate::Parameter, &Option<f64>)| {
        (held.is_none() && matches!(parameter.domain, Domain::Count | Domain::End)).then_some(parameter.name)
    };
    if let Some(parameter) = D::PARAMETERS.iter().zip(&fixed).find_map(cannot) {
        return Err(Error::Unfixed { law: D::LAW, parameter });
    }
    let start = hold(D::moment_estimate(&sample)?);
    let found = newton::maximise(&likelihood, start, options.max_iterations)?;
    let covariance = likelihood.covariance(&found.values);
    finish(&sample, &fixed, &found.values, covariance, found.status, found.iterations)
}

/// The value at which each parameter is held.
fn held<D: Parametric>(fixed: &[(&str, f64)]) -> Result<Vec<Option<f64>>, Error> {
    let mut held = vec![None; D::PARAMETERS.len()];
    for (name, value) in fixed {
        let Some(at) = D::PARAMETERS.iter().position(|parameter| parameter.name == *name) else {
            let names: Vec<_> = D::PARAMETERS.iter().map(|parameter| parameter.name).collect();
            return Err(Error::UnknownParameter {
                law: D::LAW,
                name: (*name).to_owned(),
                parameters: names.join(", "),
            });
        };
        held[at] = Some(*value);
    }
    Ok(held)
}

fn finish<D: Parametric>(
    sample: &Sample<'_, D::Outcome>,
    fixed: &[Option<f64>],
    values: &[f64],
    covariance: Vec<f64>,
    status: FitStatus,
    iterations: usize,
) -> Result<Fitted<D>, Error> {
    let law = D::from_parameters(values)?;
    let k = values.len();
    let estimates = D::PARAMETERS.iter().enumerate().map(|(i, parameter)| Estimate {
        name: parameter.name,
        value: values[i],
        std_error: if fixed[i].is_some() { 0.0 } else { covariance[i * k + i].sqrt() },
        fixed: fixed[i].is_some(),
    });
    let estimates: Vec<Estimate> = estimates.collect();
    let log_likelihood = likelihood::total(sample, |x| law.ln_likelihood(x));
    let free = fixed.iter().filter(|held| held.is_none()).count() as f64;
    Ok(Fitted {
        law,
        estimates,
        covariance,
        log_likelihood,
        observations: sample.observations(),
        sum_weights: sample.weight(),
        aic: 2.0 * free - 2.0 * log_likelihood,
        bic: free * sample.weight().ln() - 2.0 * log_likelihood,
        status,
        iterations,
    })
}
