//! The Gaussian and the t copula.
use super::{Place, below_one, place};
use crate::traits::room;
use crate::{
    BoxEstimate, BoxProbability, Error, MultivariateDistribution, MultivariateNormal, MultivariateT, check,
};
use crate::{bivariate_normal_cdf, trivariate_normal_cdf};
use ferronum_distuv::{ContinuousDistribution, StudentT};
use ferronum_mat::{Mat, MatRef};
use ferronum_special::{norm_cdf, norm_quantile};
use rand::Rng;
use std::f64::consts::PI;

fn unit_diagonal(law: &'static str, r: MatRef<'_, f64>) -> Result<(), Error> {
    let n = check::square(law, "correlation", r)?;
    check::at_least(law, "correlation", 2, n)?;
    match (0..n).find(|&i| r[(i, i)] != 1.0) {
        Some(i) => Err(Error::InvalidEntry {
            law,
            parameter: "correlation",
            row: i,
            col: i,
            requirement: "1 on the diagonal",
            value: r[(i, i)],
        }),
        None => Ok(()),
    }
}

/// Gaussian copula: the dependence of normal variables with correlation matrix R.
///
/// # Source
/// Nelsen, *An Introduction to Copulas*, 2nd ed. (2006); Joe, *Dependence Modeling with Copulas* (2014), §4.3.
///
/// # Examples
/// ```
/// use ferronum_distmv::GaussianCopula;
/// let copula = GaussianCopula::bivariate(0.5)?;
/// assert!((copula.cdf(&[0.5, 0.5])?.value - 1.0 / 3.0).abs() < 1e-15);
/// assert!((copula.kendall_tau(0, 1)? - 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct GaussianCopula {
    normal: MultivariateNormal,
}

impl GaussianCopula {
    const LAW: &'static str = "GaussianCopula";

    /// Builds the copula from a correlation matrix.
    ///
    /// # Errors
    /// [`Error::InvalidEntry`] unless the diagonal is 1; otherwise as [`MultivariateNormal::new`].
    pub fn new<'a>(correlation: impl Into<MatRef<'a, f64>>) -> Result<Self, Error> {
        let r = correlation.into();
        unit_diagonal(Self::LAW, r)?;
        Ok(Self { normal: MultivariateNormal::new(&vec![0.0; r.nrows()], r)? })
    }

    /// Builds the bivariate copula.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless −1 < ρ < 1.
    pub fn bivariate(rho: f64) -> Result<Self, Error> {
        check::require(rho.abs() < 1.0, Self::LAW, "rho", "strictly between -1 and 1", rho)?;
        Self::new(&pair(rho))
    }

    /// Builds the bivariate copula with this Kendall τ: ρ = sin(πτ/2).
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless −1 < τ < 1.
    pub fn with_kendall_tau(tau: f64) -> Result<Self, Error> {
        check::require(tau.abs() < 1.0, Self::LAW, "tau", "strictly between -1 and 1", tau)?;
        Self::bivariate((0.5 * PI * tau).sin())
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.normal.dim()
    }

    /// Kendall's τ of two variables, (2/π) asin ρ.
    ///
    /// # Errors
    /// [`Error::Coordinate`].
    pub fn kendall_tau(&self, i: usize, j: usize) -> Result<f64, Error> {
        check::coordinates(Self::LAW, self.dim(), &[i, j])?;
        Ok(2.0 / PI * self.normal.covariance()[(i, j)].asin())
    }

    /// P(U ≤ u): exact in two and three dimensions, otherwise by [`BoxProbability`] with its default settings. NaN gives NaN.
    ///
    /// # Errors
    /// [`Error::Dimension`].
    pub fn cdf(&self, u: &[f64]) -> Result<BoxEstimate, Error> {
        check::length(Self::LAW, "u", self.dim(), u.len())?;
        let exact = |value: f64| BoxEstimate { value, error: 1e-14 * value, points: 1, converged: true };
        if let Err(value) = below_one(u, self.dim()) {
            return Ok(exact(value));
        }
        let z: Vec<f64> = u.iter().map(|&u| norm_quantile(u.min(1.0))).collect();
        let r = self.normal.covariance();
        match *z.as_slice() {
            [x, y] => Ok(exact(bivariate_normal_cdf(x, y, r[(0, 1)]))),
            [x, y, w] => Ok(exact(trivariate_normal_cdf([x, y, w], [r[(0, 1)], r[(0, 2)], r[(1, 2)]]))),
            _ => BoxProbability::default().normal(&self.normal, &vec![f64::NEG_INFINITY; z.len()], &z),
        }
    }

    /// Logarithm of the density; NaN for a NaN, an infinity or a wrong length, -∞ outside the open unit cube.
    pub fn ln_pdf(&self, u: &[f64]) -> f64 {
        match place(u, self.dim()) {
            Place::Invalid => return f64::NAN,
            Place::Outside => return f64::NEG_INFINITY,
            Place::Inside => {}
        }
        let z: Vec<f64> = u.iter().map(|&u| norm_quantile(u)).collect();
        let square: f64 = z.iter().map(|z| z * z).sum();
        -0.5 * (self.normal.ln_det_covariance() + self.normal.mahalanobis_squared(&z) - square)
    }

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    pub fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim());
        self.normal.sample_into(rng, out);
        out.iter_mut().for_each(|x| *x = norm_cdf(*x));
    }
}

fn pair(rho: f64) -> Mat<f64> {
    Mat::from_fn(2, 2, |i, j| if i == j { 1.0 } else { rho })
}

/// Student t copula: the dependence of a multivariate t law with correlation matrix R and ν degrees of freedom. Unlike the Gaussian
/// copula it has dependent extremes.
///
/// # Source
/// Demarta & McNeil, *International Statistical Review* 73 (2005) 111–129.
///
/// # Examples
/// ```
/// use ferronum_distmv::StudentTCopula;
/// let copula = StudentTCopula::bivariate(0.0, 1.0)?;
/// // Uncorrelated is not independent: the density in the middle is π/2, not 1.
/// assert!((copula.ln_pdf(&[0.5, 0.5]) - (std::f64::consts::PI / 2.0).ln()).abs() < 1e-14);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StudentTCopula {
    joint: MultivariateT,
    margin: StudentT,
}

impl StudentTCopula {
    const LAW: &'static str = "StudentTCopula";

    /// Builds the copula from a correlation matrix and the degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidEntry`] unless the diagonal is 1; otherwise as [`MultivariateT::new`].
    pub fn new<'a>(correlation: impl Into<MatRef<'a, f64>>, dof: f64) -> Result<Self, Error> {
        let r = correlation.into();
        unit_diagonal(Self::LAW, r)?;
        let joint = MultivariateT::new(&vec![0.0; r.nrows()], r, dof)?;
        Ok(Self { joint, margin: StudentT::standard(dof)? })
    }

    /// Builds the bivariate copula.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless −1 < ρ < 1 and `dof` is positive and finite.
    pub fn bivariate(rho: f64, dof: f64) -> Result<Self, Error> {
        check::require(rho.abs() < 1.0, Self::LAW, "rho", "strictly between -1 and 1", rho)?;
        Self::new(&pair(rho), dof)
    }

    /// Builds the bivariate copula with this Kendall τ: ρ = sin(πτ/2), whatever ν.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless −1 < τ < 1 and `dof` is positive and finite.
    pub fn with_kendall_tau(tau: f64, dof: f64) -> Result<Self, Error> {
        check::require(tau.abs() < 1.0, Self::LAW, "tau", "strictly between -1 and 1", tau)?;
        Self::bivariate((0.5 * PI * tau).sin(), dof)
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.joint.dim()
    }

    /// Kendall's τ of two variables, (2/π) asin ρ.
    ///
    /// # Errors
    /// [`Error::Coordinate`].
    pub fn kendall_tau(&self, i: usize, j: usize) -> Result<f64, Error> {
        check::coordinates(Self::LAW, self.dim(), &[i, j])?;
        Ok(2.0 / PI * self.joint.shape()[(i, j)].asin())
    }

    /// Probability that both of two variables are extreme, given that one is, in the limit (either end alike).
    ///
    /// # Errors
    /// [`Error::Coordinate`].
    pub fn tail_dependence(&self, i: usize, j: usize) -> Result<f64, Error> {
        check::coordinates(Self::LAW, self.dim(), &[i, j])?;
        let (rho, dof) = (self.joint.shape()[(i, j)], self.joint.dof());
        let law = StudentT::standard(dof + 1.0)?;
        Ok(2.0 * law.sf(((dof + 1.0) * (1.0 - rho) / (1.0 + rho)).sqrt()))
    }

    /// P(U ≤ u) by [`BoxProbability`] with these settings. NaN gives NaN.
    ///
    /// # Errors
    /// [`Error::Dimension`].
    pub fn cdf(&self, u: &[f64], settings: &BoxProbability) -> Result<BoxEstimate, Error> {
        check::length(Self::LAW, "u", self.dim(), u.len())?;
        if let Err(value) = below_one(u, self.dim()) {
            return Ok(BoxEstimate { value, error: 0.0, points: 1, converged: true });
        }
        let z: Vec<f64> = u.iter().map(|&u| self.margin.quantile(u.min(1.0))).collect();
        settings.student_t(&self.joint, &vec![f64::NEG_INFINITY; z.len()], &z)
    }

    /// Logarithm of the density; NaN for a NaN, an infinity or a wrong length, -∞ outside the open unit cube.
    pub fn ln_pdf(&self, u: &[f64]) -> f64 {
        match place(u, self.dim()) {
            Place::Invalid => return f64::NAN,
            Place::Outside => return f64::NEG_INFINITY,
            Place::Inside => {}
        }
        let z: Vec<f64> = u.iter().map(|&u| self.margin.quantile(u)).collect();
        self.joint.ln_pdf(&z) - z.iter().map(|&z| self.margin.ln_pdf(z)).sum::<f64>()
    }

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    pub fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim());
        self.joint.sample_into(rng, out);
        out.iter_mut().for_each(|x| *x = self.margin.cdf(*x));
    }
}
