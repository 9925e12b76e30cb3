//! The normal law without building it: one evaluation or draw from a factor at hand.
use super::{LAW, MultivariateNormal};
use crate::scatter::{dot, forward};
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution};
use ferronum_mat::{Cholesky, MatRef};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::TAU;

/// Logarithm of the normal density at `x`, given the mean and the factorised covariance.
///
/// NaN for a number that is not finite, or lengths that differ.
///
/// # Examples
/// ```
/// use ferronum_mat::{Cholesky, Mat};
/// let cholesky = Cholesky::new(&Mat::from_diagonal(&[4.0, 1.0]))?;
/// let ln = ferronum_distmv::normal_ln_pdf(&[2.0, 0.0], &[0.0, 0.0], &cholesky);
/// assert!((ln - -3.0310242469692907).abs() < 1e-15);
/// # Ok::<(), ferronum_mat::Error>(())
/// ```
pub fn normal_ln_pdf(x: &[f64], mean: &[f64], cholesky: &Cholesky<f64>) -> f64 {
    let l = cholesky.l();
    if !(regular(x, l.nrows()) && regular(mean, l.nrows())) {
        return f64::NAN;
    }
    let mut v: Vec<f64> = x.iter().zip(mean).map(|(x, m)| x - m).collect();
    forward(&l.to_owned(), &mut v);
    -0.5 * (dot(&v, &v) + cholesky.ln_det() + v.len() as f64 * TAU.ln())
}

/// Writes a draw of the normal law with this mean and factorised covariance into `out`.
///
/// # Panics
/// If `mean` or `out` does not have as many elements as the covariance has rows.
pub fn normal_sample_into<R: Rng + ?Sized>(
    rng: &mut R,
    mean: &[f64],
    cholesky: &Cholesky<f64>,
    out: &mut [f64],
) {
    let l = cholesky.l();
    room(out.len(), l.nrows());
    out.copy_from_slice(mean);
    for j in 0..l.ncols() {
        let z: f64 = StandardNormal.sample(rng);
        (j..l.nrows()).for_each(|i| out[i] += l[(i, j)] * z);
    }
}

/// One draw of the normal law with this mean and covariance, which may be singular.
///
/// # Errors
/// As [`MultivariateNormal::degenerate`].
pub fn rand_cov<'a, R: Rng + ?Sized>(
    rng: &mut R,
    mean: &[f64],
    covariance: impl Into<MatRef<'a, f64>>,
) -> Result<Vec<f64>, Error> {
    let covariance = covariance.into();
    // The triangular factor is cheaper where there is one.
    let law = MultivariateNormal::new(mean, covariance).or_else(|error| match error {
        Error::NotPositiveDefinite { law: LAW, .. } => MultivariateNormal::degenerate(mean, covariance),
        other => Err(other),
    })?;
    let mut out = vec![0.0; mean.len()];
    law.sample_into(rng, &mut out);
    Ok(out)
}
