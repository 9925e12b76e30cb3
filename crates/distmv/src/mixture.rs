//! Mixtures of multivariate normal laws.
use crate::draw::uniform;
use crate::moments::{scatter_about, weighted_moments};
use crate::scatter::Scatter;
use crate::traits::{regular, room};
use crate::{Error, MultivariateDistribution, MultivariateNormal, check};
use ferronum_mat::{Mat, MatRef};
use ferronum_special::ln_sum_exp;
use rand::Rng;

const LAW: &str = "GaussianMixture";

/// Mixture of normal laws, f(x) = Σ wₖ fₖ(x).
///
/// # Source
/// McLachlan & Peel, *Finite Mixture Models* (2000), ch. 3.
///
/// # Examples
/// ```
/// use ferronum_distmv::{GaussianMixture, GaussianMixtureFit, MultivariateDistribution, MultivariateNormal};
/// use ferronum_mat::Mat;
/// use rand_pcg::Pcg64;
/// let near = MultivariateNormal::new(&[0.0], &Mat::filled(1, 1, 1.0))?;
/// let far = MultivariateNormal::new(&[8.0], &Mat::filled(1, 1, 1.0))?;
/// let truth = GaussianMixture::new(&[0.25, 0.75], vec![near, far])?;
/// let data = truth.sample_rows(&mut Pcg64::new(1, 2), 400);
/// let fit = GaussianMixtureFit::new(2).fit(&data, &mut Pcg64::new(3, 4))?;
/// assert!(fit.converged && fit.ln_likelihood > fit.trace[0]);
/// let larger = fit.law.weights().iter().fold(0.0, |m: f64, w| m.max(*w));
/// assert!((larger - 0.75).abs() < 0.07);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct GaussianMixture {
    weights: Vec<f64>,
    components: Vec<MultivariateNormal>,
}

impl GaussianMixture {
    /// Builds the mixture from weights, which are rescaled to sum to 1, and components of one dimension.
    ///
    /// # Errors
    /// [`Error::TooShort`] without components, [`Error::Dimension`], [`Error::InvalidElement`] unless each weight is finite and at least 0,
    /// [`Error::InvalidParameter`] if they sum to 0; [`Error::Degenerate`] for a degenerate component.
    pub fn new(weights: &[f64], components: Vec<MultivariateNormal>) -> Result<Self, Error> {
        check::at_least(LAW, "components", 1, components.len())?;
        check::length(LAW, "weights", components.len(), weights.len())?;
        check::elements(LAW, "weights", weights, "finite and at least 0", |w| w >= 0.0 && w.is_finite())?;
        let sum: f64 = weights.iter().sum();
        check::positive(LAW, "sum of weights", sum)?;
        for component in &components {
            check::length(LAW, "component", components[0].dim(), component.dim())?;
            if component.rank() < component.dim() {
                return Err(Error::Degenerate { law: LAW, reason: "a component is degenerate" });
            }
        }
        Ok(Self { weights: weights.iter().map(|w| w / sum).collect(), components })
    }

    /// The weights w, of sum 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The components.
    pub fn components(&self) -> &[MultivariateNormal] {
        &self.components
    }

    /// Probabilities that `x` came from each component; NaN where [`ln_pdf`](MultivariateDistribution::ln_pdf) is.
    pub fn responsibilities(&self, x: &[f64]) -> Vec<f64> {
        let terms = self.terms(x);
        let total = ln_sum_exp(&terms);
        terms.iter().map(|t| (t - total).exp()).collect()
    }

    fn terms(&self, x: &[f64]) -> Vec<f64> {
        self.weights.iter().zip(&self.components).map(|(w, law)| w.ln() + law.ln_pdf(x)).collect()
    }
}

impl MultivariateDistribution for GaussianMixture {
    fn dim(&self) -> usize {
        self.components[0].dim()
    }

    fn ln_pdf(&self, x: &[f64]) -> f64 {
        if regular(x, self.dim()) { ln_sum_exp(&self.terms(x)) } else { f64::NAN }
    }

    fn mean(&self) -> Vec<f64> {
        let mut mean = vec![0.0; self.dim()];
        for (w, law) in self.weights.iter().zip(&self.components) {
            mean.iter_mut().zip(law.mean()).for_each(|(m, x)| *m += w * x);
        }
        mean
    }

    fn covariance(&self) -> Mat<f64> {
        let (d, mean) = (self.dim(), self.mean());
        let parts: Vec<(f64, Vec<f64>, Mat<f64>)> = self
            .weights
            .iter()
            .zip(&self.components)
            .map(|(w, law)| (*w, law.mean(), law.covariance()))
            .collect();
        let element = |i: usize, j: usize| {
            parts.iter().map(|(w, m, c)| w * (c[(i, j)] + (m[i] - mean[i]) * (m[j] - mean[j]))).sum::<f64>()
        };
        Mat::from_fn(d, d, element)
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]) {
        room(out.len(), self.dim());
        let mut u = uniform(rng);
        let mut chosen = 0;
        for (k, &w) in self.weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            chosen = k;
            u -= w;
            if u <= 0.0 {
                break;
            }
        }
        self.components[chosen].sample_into(rng, out);
    }
}

/// Shape of the covariances of a mixture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CovarianceKind {
    /// Any positive definite matrix for each component.
    Full,
    /// Independent coordinates within each component.
    Diagonal,
    /// One variance for each component.
    Spherical,
}

/// Settings of the EM algorithm for a mixture of normal laws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GaussianMixtureFit {
    /// Number of components.
    pub components: usize,
    /// Shape of the covariances; full by default.
    pub covariance: CovarianceKind,
    /// Starts by k-means++, the best of which counts; 5 by default.
    pub restarts: usize,
    /// Most iterations of each; 500 by default.
    pub max_iterations: usize,
    /// Increase of the log-likelihood per observation that ends the iterations; 1e-9 by default.
    pub tolerance: f64,
    /// Added to the variances, as a fraction of the mean variance of the data, so that no component shrinks to a point; 1e-6 by default.
    pub regularisation: f64,
}

/// Outcome of a fit of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct MixtureEstimate {
    /// The mixture.
    pub law: GaussianMixture,
    /// Log-likelihood of the data.
    pub ln_likelihood: f64,
    /// Log-likelihood before each iteration of the best start.
    pub trace: Vec<f64>,
    /// Bayesian information criterion, −2 ln L + p ln n with p free parameters: smaller is better.
    pub bic: f64,
    /// Number of free parameters p.
    pub parameters: usize,
    /// Whether the best start ended by the tolerance.
    pub converged: bool,
}

impl GaussianMixtureFit {
    /// Default settings for this number of components.
    pub fn new(components: usize) -> Self {
        Self {
            components,
            covariance: CovarianceKind::Full,
            restarts: 5,
            max_iterations: 500,
            tolerance: 1e-9,
            regularisation: 1e-6,
        }
    }

    /// Fits a mixture to observations in rows. The starts are drawn from `rng`: the same state gives the same fit.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] for no components or starts, more components than rows, or a regularisation that is negative or not
    /// finite; [`Error::Data`], [`Error::EmptyData`]; [`Error::Degenerate`] if all rows are the same.
    ///
    /// # Source
    /// Dempster, Laird & Rubin, *JRSS B* 39 (1977) 1–38; starts: Arthur & Vassilvitskii, *SODA* 2007, 1027–1035.
    pub fn fit<'a, R: Rng + ?Sized>(
        &self,
        data: impl Into<MatRef<'a, f64>>,
        rng: &mut R,
    ) -> Result<MixtureEstimate, Error> {
        let data = data.into();
        check::data(LAW, data, None, "finite", f64::is_finite)?;
        let (n, d, k) = (data.nrows(), data.ncols(), self.components);
        check::require(k >= 1 && k <= n, LAW, "components", "from 1 to the number of rows", k as f64)?;
        check::require(self.restarts >= 1, LAW, "restarts", "at least 1", self.restarts as f64)?;
        let valid = self.regularisation >= 0.0 && self.regularisation.is_finite();
        check::require(valid, LAW, "regularisation", "finite and at least 0", self.regularisation)?;
        let (_, _, covariance) = weighted_moments(data, |_| 1.0);
        let variance = covariance.diagonal().sum::<f64>() / d as f64;
        if !(variance > 0.0 && variance.is_finite()) {
            return Err(Error::Degenerate { law: LAW, reason: "all rows are the same" });
        }
        let rows: Vec<Vec<f64>> = data.rows().map(|row| row.iter().collect()).collect();
        let mut best: Option<(GaussianMixture, Vec<f64>, f64, bool)> = None;
        let mut failure = Error::Degenerate { law: LAW, reason: "no start led to a mixture" };
        for _ in 0..self.restarts {
            let start = seed_responsibilities(&rows, k, rng);
            match self.run(data, &rows, start, variance * self.regularisation) {
                Ok(found) if best.as_ref().is_none_or(|b| found.2 > b.2) => best = Some(found),
                Ok(_) => {}
                Err(error) => failure = error,
            }
        }
        let (law, trace, ln_likelihood, converged) = best.ok_or(failure)?;
        let shape = match self.covariance {
            CovarianceKind::Full => d * (d + 1) / 2,
            CovarianceKind::Diagonal => d,
            CovarianceKind::Spherical => 1,
        };
        let parameters = k * (d + shape) + k - 1;
        let bic = -2.0 * ln_likelihood + parameters as f64 * (n as f64).ln();
        Ok(MixtureEstimate { law, ln_likelihood, trace, bic, parameters, converged })
    }

    fn run(
        &self,
        data: MatRef<'_, f64>,
        rows: &[Vec<f64>],
        start: Vec<Vec<f64>>,
        ridge: f64,
    ) -> Result<(GaussianMixture, Vec<f64>, f64, bool), Error> {
        let mut law = self.maximise(data, &start, ridge)?;
        let mut trace = Vec::new();
        let mut converged = false;
        let mut responsibilities = start;
        let mut current = expect(&law, rows, &mut responsibilities);
        for _ in 0..self.max_iterations {
            trace.push(current);
            law = self.maximise(data, &responsibilities, ridge)?;
            let next = expect(&law, rows, &mut responsibilities);
            converged = next - current <= self.tolerance * rows.len() as f64;
            current = next;
            if converged {
                break;
            }
        }
        if current.is_finite() {
            return Ok((law, trace, current, converged));
        }
        Err(Error::Degenerate { law: LAW, reason: "the likelihood is not finite" })
    }

    /// The M step. A component that lost its observations keeps weight 0 on the covariance of all the data.
    fn maximise(
        &self,
        data: MatRef<'_, f64>,
        responsibilities: &[Vec<f64>],
        ridge: f64,
    ) -> Result<GaussianMixture, Error> {
        let k = self.components;
        let mut weights = Vec::with_capacity(k);
        let mut components = Vec::with_capacity(k);
        for c in 0..k {
            let weight = |i: usize| responsibilities[i][c];
            let sum: f64 = (0..data.nrows()).map(weight).sum();
            let lost = sum <= 1e-10;
            let (total, mean, _) =
                if lost { weighted_moments(data, |_| 1.0) } else { weighted_moments(data, weight) };
            let raw = scatter_about(data, &mean, |i| if lost { 1.0 } else { weight(i) } / total);
            let d = mean.len();
            let shared = raw.diagonal().sum::<f64>() / d as f64;
            let covariance = Mat::from_fn(d, d, |i, j| match (i == j, self.covariance) {
                (true, CovarianceKind::Spherical) => shared + ridge,
                (true, _) => raw[(i, i)] + ridge,
                (false, CovarianceKind::Full) => raw[(i, j)],
                (false, _) => 0.0,
            });
            weights.push(if lost { 0.0 } else { sum });
            let scatter = Scatter::definite(LAW, "covariance of a component", covariance.view())?;
            components.push(MultivariateNormal::build(&mean, scatter)?);
        }
        GaussianMixture::new(&weights, components)
    }
}

/// The E step: fills the responsibilities, returns the log-likelihood.
fn expect(law: &GaussianMixture, rows: &[Vec<f64>], responsibilities: &mut [Vec<f64>]) -> f64 {
    let mut sum = 0.0;
    for (x, r) in rows.iter().zip(responsibilities) {
        let terms = law.terms(x);
        let total = ln_sum_exp(&terms);
        r.iter_mut().zip(&terms).for_each(|(r, t)| *r = (t - total).exp());
        sum += total;
    }
    sum
}

/// k-means++ centres, each drawn with probability proportional to the squared distance to those before; every row belongs to the nearest,
/// with a little of its weight spread over the others so that no component starts without spread.
fn seed_responsibilities<R: Rng + ?Sized>(rows: &[Vec<f64>], k: usize, rng: &mut R) -> Vec<Vec<f64>> {
    let n = rows.len();
    let distance = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
    let mut centre = crate::draw::below(rng, n as u64) as usize;
    let mut nearest = vec![(f64::INFINITY, 0usize); n];
    for c in 0..k {
        for (x, near) in rows.iter().zip(&mut nearest) {
            let d = distance(x, &rows[centre]);
            if d < near.0 {
                *near = (d, c);
            }
        }
        let total: f64 = nearest.iter().map(|n| n.0).sum();
        let mut u = uniform(rng) * total;
        centre = nearest
            .iter()
            .position(|n| {
                u -= n.0;
                u <= 0.0
            })
            .unwrap_or(n - 1);
    }
    let spread = 0.05 / k as f64;
    let of = |c: usize, own: usize| spread + if c == own { 0.95 } else { 0.0 };
    nearest.iter().map(|&(_, own)| (0..k).map(|c| of(c, own)).collect()).collect()
}
