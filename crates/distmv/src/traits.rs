//! What every law of vectors answers.
use ferronum_mat::Mat;
use rand::Rng;

/// A distribution on ℝᵈ, or on a surface in it.
///
/// A NaN or an infinity in `x`, and an `x` of the wrong length, give NaN; an `x` outside the support gives the logarithm -∞ and the
/// density 0.
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateDistribution, MultivariateNormal};
/// let law = MultivariateNormal::standard(3)?;
/// assert!((law.ln_pdf(&[0.0; 3]) + 2.756815599614018).abs() < 1e-15);
/// assert!(law.ln_pdf(&[0.0; 2]).is_nan());
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
pub trait MultivariateDistribution {
    /// Number of coordinates.
    fn dim(&self) -> usize;

    /// Logarithm of the density at `x`.
    fn ln_pdf(&self, x: &[f64]) -> f64;

    /// Mean; NaN in coordinates where it does not exist.
    fn mean(&self) -> Vec<f64>;

    /// Covariance matrix; NaN or ∞ where the law's documentation says so.
    fn covariance(&self) -> Mat<f64>;

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64]);

    /// Density at `x`.
    fn pdf(&self, x: &[f64]) -> f64 {
        self.ln_pdf(x).exp()
    }

    /// Draws `n` vectors, one in each row.
    fn sample_rows<R: Rng + ?Sized>(&self, rng: &mut R, n: usize) -> Mat<f64> {
        let mut row = vec![0.0; self.dim()];
        let mut rows = Mat::zeros(n, self.dim());
        for i in 0..n {
            self.sample_into(rng, &mut row);
            row.iter().enumerate().for_each(|(j, &x)| rows[(i, j)] = x);
        }
        rows
    }
}

/// A distribution of vectors of counts.
///
/// Counts are `i64`, as in the univariate laws. Counts outside the support, or of the wrong number, have probability 0.
pub trait MultivariateCounts {
    /// Number of coordinates.
    fn dim(&self) -> usize;

    /// Logarithm of the probability of `k`.
    fn ln_pmf(&self, k: &[i64]) -> f64;

    /// Mean.
    fn mean(&self) -> Vec<f64>;

    /// Covariance matrix.
    fn covariance(&self) -> Mat<f64>;

    /// Writes one draw into `out`.
    ///
    /// # Panics
    /// If `out` does not have [`Self::dim`] elements.
    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [i64]);

    /// Probability of `k`.
    fn pmf(&self, k: &[i64]) -> f64 {
        self.ln_pmf(k).exp()
    }
}

/// No NaN and no infinity in a vector of the right length.
pub(crate) fn regular(x: &[f64], dim: usize) -> bool {
    x.len() == dim && x.iter().all(|v| v.is_finite())
}

/// Refuses room of the wrong size for a draw.
#[track_caller]
pub(crate) fn room(found: usize, dim: usize) {
    assert_eq!(found, dim, "room for {found} coordinates, a draw has {dim}");
}

/// `rand`'s own trait, one draw as a vector.
macro_rules! draws {
    ($($law:ident),* $(,)?) => {$(
        impl rand::distr::Distribution<Vec<f64>> for crate::$law {
            fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Vec<f64> {
                let mut out = vec![0.0; MultivariateDistribution::dim(self)];
                self.sample_into(rng, &mut out);
                out
            }
        }
    )*};
}

macro_rules! draws_counts {
    ($($law:ident),* $(,)?) => {$(
        impl rand::distr::Distribution<Vec<i64>> for crate::$law {
            fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Vec<i64> {
                let mut out = vec![0; MultivariateCounts::dim(self)];
                self.sample_into(rng, &mut out);
                out
            }
        }
    )*};
}

draws!(
    MultivariateNormal,
    MultivariateT,
    Dirichlet,
    VonMisesFisher,
    UnitVector,
    UniformBox,
    UniformBall,
    UniformSimplex,
    GaussianMixture
);
draws_counts!(Multinomial, DirichletMultinomial, MultivariateHypergeometric);
