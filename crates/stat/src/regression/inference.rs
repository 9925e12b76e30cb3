//! p-values and quantiles of tests on coefficients.
use ferronum_distuv::{ContinuousDistribution, FisherF, StudentT};

/// Two-sided p-value of a t statistic; NaN without degrees of freedom.
pub(crate) fn p_value_t(t: f64, dof: f64) -> f64 {
    StudentT::standard(dof).map_or(f64::NAN, |law| 2.0 * law.sf(t.abs()))
}

/// Upper p-value of an F statistic; NaN without degrees of freedom.
pub(crate) fn p_value_f(f: f64, numerator: f64, denominator: f64) -> f64 {
    FisherF::new(numerator, denominator).map_or(f64::NAN, |law| law.sf(f))
}

/// Half-width of a confidence interval in standard errors.
pub(crate) fn reach(confidence: f64, dof: f64) -> f64 {
    StudentT::standard(dof).map_or(f64::NAN, |law| law.isf(0.5 * (1.0 - confidence)))
}
