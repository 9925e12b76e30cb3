//! The multivariate Student t distribution.
use crate::draw::ln_chi_squared;
use crate::moments::{scatter_about, weighted_moments};
use crate::normal::condition;
use crate::scatter::{Scatter, forward};
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, check};
use ferronum_distuv::StudentT;
use ferronum_mat::{Mat, MatRef};
use ferronum_special::{digamma, gamma_ratio_half, ln_gamma};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::PI;

const LAW: &str = "MultivariateT";

/// Multivariate Student t distribution with density
///
/// ```text
/// f(x) = Γ((ν+d)/2) / (Γ(ν/2) (νπ)^(d/2) det(S)^½) (1 + (x - m)ᵀ S⁻¹ (x - m) / ν)^(-(ν+d)/2)
/// m = location, S = shape (positive definite), ν = dof > 0
/// ```
///
/// The covariance is S ν/(ν − 2), not S.
///
/// # Special values
/// The mean is NaN for ν ≤ 1, where its integral diverges. The covariance is ∞ on the diagonal and NaN off it for 1 < ν ≤ 2, NaN for ν ≤ 1.
///
/// # Source
/// Kotz & Nadarajah, *Multivariate t Distributions and Their Applications* (2004), ch. 1; conditional laws: Ding, *The American Statistician*
/// 70 (2016) 293–295.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, MultivariateT};
/// use ferronum_mat::Mat;
/// let law = MultivariateT::new(&[0.0, 0.0], &Mat::identity(2), 3.0)?;
/// assert!((law.pdf(&[0.0, 0.0]) - 0.5 / std::f64::consts::PI).abs() < 1e-15);
/// assert_eq!(law.covariance()[(0, 0)], 3.0);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MultivariateT {
    location: Vec<f64>,
    scatter: Scatter,
    dof: f64,
}

/// Outcome of a fit of [`MultivariateT`].
#[derive(Debug, Clone, PartialEq)]
pub struct MultivariateTFit {
    /// The law fitted.
    pub law: MultivariateT,
    /// Its weighted log-likelihood.
    pub ln_likelihood: f64,
    /// Iterations used.
    pub iterations: usize,
    /// Whether the log-likelihood settled to 1e-12 of itself before the iterations ran out.
    pub converged: bool,
}

impl MultivariateT {
    /// Builds the distribution from its location, shape matrix and degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless `dof` is positive and finite; otherwise as [`crate::MultivariateNormal::new`].
    pub fn new<'a>(location: &[f64], shape: impl Into<MatRef<'a, f64>>, dof: f64) -> Result<Self, Error> {
        check::positive(LAW, "dof", dof)?;
        Self::build(location, Scatter::definite(LAW, "shape", shape.into())?, dof)
    }

    fn build(location: &[f64], scatter: Scatter, dof: f64) -> Result<Self, Error> {
        check::length(LAW, "location", scatter.dim(), location.len())?;
        check::finite(LAW, "location", location)?;
        Ok(Self { location: location.to_vec(), scatter, dof })
    }

    /// The location m.
    pub fn location(&self) -> &[f64] {
        &self.location
    }

    /// The shape matrix S.
    pub fn shape(&self) -> MatRef<'_, f64> {
        self.scatter.matrix().view()
    }

    /// Degrees of freedom ν.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// (x − m)ᵀ S⁻¹ (x − m)
    pub fn mahalanobis_squared(&self, x: &[f64]) -> f64 {
        if !regular(x, self.location.len()) {
            return f64::NAN;
        }
        let v: Vec<f64> = x.iter().zip(&self.location).map(|(x, m)| x - m).collect();
        self.scatter.quadratic(&v, 0.0).unwrap_or(f64::NAN)
    }

    /// The law of some coordinates, in the order named.
    ///
    /// # Errors
    /// [`Error::Coordinate`], [`Error::TooShort`] if none is named.
    pub fn marginal(&self, coordinates: &[usize]) -> Result<Self, Error> {
        check::coordinates(LAW, self.location.len(), coordinates)?;
        let location: Vec<f64> = coordinates.iter().map(|&i| self.location[i]).collect();
        Self::new(&location, &self.scatter.part(coordinates, coordinates), self.dof)
    }

    /// The law of one coordinate.
    ///
    /// # Errors
    /// [`Error::Coordinate`].
    pub fn marginal_single(&self, coordinate: usize) -> Result<StudentT, Error> {
        check::coordinates(LAW, self.location.len(), &[coordinate])?;
        let scale = self.scatter.matrix()[(coordinate, coordinate)].sqrt();
        Ok(StudentT::new(self.location[coordinate], scale, self.dof)?)
    }

    /// The law of the other coordinates, in their order, given the values of k of them: again a t law, with ν + k degrees of freedom and
    /// the shape of the normal case times (ν + q)/(ν + k), q the squared Mahalanobis distance of the values.
    ///
    /// # Errors
    /// [`Error::Coordinate`], [`Error::Dimension`], [`Error::InvalidElement`]; [`Error::TooShort`] if all coordinates are given.
    pub fn conditional(&self, given: &[usize], values: &[f64]) -> Result<Self, Error> {
        check::coordinates(LAW, self.location.len(), given)?;
        check::length(LAW, "values", given.len(), values.len())?;
        check::finite(LAW, "values", values)?;
        let rest = check::others(self.location.len(), given);
        check::at_least(LAW, "coordinates left", 1, rest.len())?;
        let (lower, tail) = condition(&self.scatter, given, &rest)?;
        let mut z: Vec<f64> = given.iter().zip(values).map(|(&i, v)| v - self.location[i]).collect();
        forward(&lower, &mut z);
        let mut location: Vec<f64> = rest.iter().map(|&i| self.location[i]).collect();
        for (j, z) in z.iter().enumerate() {
            location.iter_mut().enumerate().for_each(|(i, m)| *m += lower[(given.len() + i, j)] * z);
        }
        let dof = self.dof + given.len() as f64;
        let stretch = (self.dof + z.iter().map(|z| z * z).sum::<f64>()) / dof;
        Self::new(&location, &tail.matrix().scale(stretch), dof)
    }

    /// Maximum likelihood for observations in rows, by the EM algorithm; `dof` is held fixed where it is given and estimated otherwise,
    /// between 0.05 and 1e6.
    ///
    /// # Errors
    /// [`Error::Data`], [`Error::Weight`], [`Error::EmptyData`], [`Error::InvalidParameter`]; [`Error::NotPositiveDefinite`] if the
    /// observations lie in a plane, or most of them in one point.
    ///
    /// # Source
    /// Liu & Rubin, *Statistica Sinica* 5 (1995) 19–39: ECM with the weights' sum in the scatter (parameter expansion, Kent, Tyler & Vardi,
    /// *Commun. Stat. Simul.* 23 (1994) 441–453), and ν from the observed likelihood (ECME).
    pub fn fit<'a>(
        data: impl Into<MatRef<'a, f64>>,
        weights: Option<&[f64]>,
        dof: Option<f64>,
    ) -> Result<MultivariateTFit, Error> {
        const MAX_ITERATIONS: usize = 2000;
        let data = data.into();
        check::data(LAW, data, weights, "finite", f64::is_finite)?;
        if let Some(dof) = dof {
            check::positive(LAW, "dof", dof)?;
        }
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let (total, location, covariance) = weighted_moments(data, weight);
        let mut law = Self::new(&location, &covariance, dof.unwrap_or(10.0))?;
        let rows: Vec<Vec<f64>> = data.rows().map(|row| row.iter().collect()).collect();
        let likelihood = |law: &Self| (0..rows.len()).map(|i| weight(i) * law.ln_pdf(&rows[i])).sum::<f64>();
        let mut best = likelihood(&law);
        for iterations in 1..=MAX_ITERATIONS {
            let d = law.location.len() as f64;
            let distances: Vec<f64> = rows.iter().map(|x| law.mahalanobis_squared(x)).collect();
            let trust = |i: usize| weight(i) * (law.dof + d) / (law.dof + distances[i]);
            let (sum, location, _) = weighted_moments(data, trust);
            let shape = scatter_about(data, &location, |i| trust(i) / sum);
            let mut next = Self::new(&location, &shape, law.dof)?;
            if dof.is_none() {
                let distances: Vec<f64> = rows.iter().map(|x| next.mahalanobis_squared(x)).collect();
                next.dof =
                    best_dof(d, |f| (0..rows.len()).map(|i| weight(i) / total * f(distances[i])).sum());
            }
            let ln_likelihood = likelihood(&next);
            let moved = ln_likelihood - best;
            let step = (0..next.location.len()).fold((next.dof / law.dof).ln().abs(), |m, i| {
                let scale = law.scatter.matrix()[(i, i)].sqrt();
                m.max((next.location[i] - law.location[i]).abs() / scale)
                    .max((next.scatter.matrix()[(i, i)].sqrt() / scale).ln().abs())
            });
            (law, best) = (next, ln_likelihood);
            if step < 1e-11 || (moved.abs() <= 1e-15 * best.abs() && step < 1e-8) {
                return Ok(MultivariateTFit { law, ln_likelihood, iterations, converged: true });
            }
        }
        Ok(MultivariateTFit { law, ln_likelihood: best, iterations: MAX_ITERATIONS, converged: false })
    }
}

/// The root ν of the derivative of the likelihood at given distances; `mean` averages over the observations.
fn best_dof(d: f64, mean: impl Fn(&dyn Fn(f64) -> f64) -> f64) -> f64 {
    let slope = |nu: f64| {
        let log = mean(&|q| (q / nu).ln_1p() + (d - q) / (nu + q));
        digamma(0.5 * (nu + d)) - digamma(0.5 * nu) - log
    };
    // d/dν of the log-likelihood is half of this: positive below the root.
    let (mut low, mut high) = (0.05f64.ln(), 1e6f64.ln());
    if slope(high.exp()) >= 0.0 {
        return 1e6;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope(middle.exp()) > 0.0 { low = middle } else { high = middle }
    }
    (0.5 * (low + high)).exp()
}

/// ln Γ(x + d/2) − ln Γ(x): half steps through the ratio of neighbours, so that large x loses nothing.
fn ln_gamma_step(x: f64, d: usize) -> f64 {
    if d > 60 || x < 1.0 {
        return ln_gamma(x + 0.5 * d as f64) - ln_gamma(x);
    }
    let whole: f64 = (0..d / 2).map(|k| (x + k as f64).ln()).sum();
    let half = if d % 2 == 1 { gamma_ratio_half(x + (d / 2) as f64).ln() } else { 0.0 };
    whole + half
}

impl MultivariateDistribution for MultivariateT {
    fn dim(&self) -> usize {
        self.location.len()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        let (nu, d) = (self.dof, self.location.len());
        let q = self.mahalanobis_squared(x);
        let constant = ln_gamma_step(0.5 * nu, d) - 0.5 * (d as f64 * (nu * PI).ln() + self.scatter.ln_det());
        constant - 0.5 * (nu + d as f64) * (q / nu).ln_1p()
    }

    fn mean(&self) -> Vec<f64> {
        if self.dof > 1.0 { self.location.clone() } else { vec![f64::NAN; self.location.len()] }
    }

    fn covariance(&self) -> Mat<f64> {
        let n = self.location.len();
        if self.dof > 2.0 {
            return self.scatter.matrix().scale(self.dof / (self.dof - 2.0));
        }
        let diagonal = if self.dof > 1.0 { f64::INFINITY } else { f64::NAN };
        Mat::from_fn(n, n, |i, j| if i == j { diagonal } else { f64::NAN })
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.location.len());
        // The logarithm of χ² does not underflow where χ² does.
        let stretch = (0.5 * (self.dof.ln() - ln_chi_squared(rng, self.dof))).exp();
        let z: Vec<f64> =
            out.iter().map(|_| stretch * Distribution::<f64>::sample(&StandardNormal, rng)).collect();
        out.copy_from_slice(&self.location);
        self.scatter.colour_onto(&z, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_is_marginal_times_conditional() {
        let shape = Mat::from_rows(&[[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]]).unwrap();
        let law = MultivariateT::new(&[1.0, 2.0, 3.0], &shape, 2.5).unwrap();
        let x = [0.5, -1.0, 4.0];
        let sum = law.marginal(&[2, 0]).unwrap().ln_pdf(&[x[2], x[0]])
            + law.conditional(&[2, 0], &[x[2], x[0]]).unwrap().ln_pdf(&[x[1]]);
        assert!((sum - law.ln_pdf(&x)).abs() < 1e-14);
        assert!(MultivariateT::new(&[0.0], &Mat::identity(1), 0.0).is_err());
        assert!(MultivariateT::new(&[0.0], &Mat::identity(1), 1.0).unwrap().mean()[0].is_nan());
    }
}
