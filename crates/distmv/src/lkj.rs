//! The LKJ distribution of correlation matrices.
use crate::draw::ln_beta_variable;
use crate::{Error, check};
use ferronum_mat::{Cholesky, Mat, MatRef};
use ferronum_special::ln_beta;
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::LN_2;

const LAW: &str = "LkjCorrelation";

/// Distribution of d×d correlation matrices with density
///
/// ```text
/// f(R) = det(R)^(η-1) / c(d, η),    η = shape > 0
/// ln c = Σ (d - k) [(2bₖ - 1) ln 2 + ln B(bₖ, bₖ)] over k = 1 … d - 1,    bₖ = η + (d - k - 1)/2
/// ```
///
/// by the d(d−1)/2 correlations. η = 1 is uniform; larger η favours the identity. Each correlation follows a beta law on (−1, 1) with both
/// parameters η − 1 + d/2.
///
/// # Source
/// Lewandowski, Kurowicka & Joe, *J. Multivariate Analysis* 100 (2009) 1989–2001: (16) for the constant, the onion method (§3.2) for draws.
///
/// # Examples
/// ```
/// use ferronum_distmv::LkjCorrelation;
/// use ferronum_mat::Mat;
/// let uniform = LkjCorrelation::new(3, 1.0)?;
/// // The correlation matrices of three variables fill a volume of π²/2.
/// assert!((uniform.ln_pdf(&Mat::identity(3)) + (std::f64::consts::PI.powi(2) / 2.0).ln()).abs() < 1e-14);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LkjCorrelation {
    dim: usize,
    shape: f64,
    ln_norm: f64,
}

impl LkjCorrelation {
    /// Builds the distribution from the number of variables, at least 1, and the shape.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`].
    pub fn new(dim: usize, shape: f64) -> Result<Self, Error> {
        check::require(dim >= 1, LAW, "dim", "at least 1", dim as f64)?;
        check::positive(LAW, "shape", shape)?;
        let term = |k: usize| {
            let b = shape + 0.5 * (dim - k - 1) as f64;
            (dim - k) as f64 * ((2.0 * b - 1.0) * LN_2 + ln_beta(b, b))
        };
        Ok(Self { dim, shape, ln_norm: (1..dim).map(term).sum() })
    }

    /// Number of variables d.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Shape η.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Logarithm of the normalising constant c.
    pub fn ln_norm(&self) -> f64 {
        self.ln_norm
    }

    /// Logarithm of the density; NaN for a matrix of the wrong size or with elements that are not finite, -∞ for one that is no positive
    /// definite correlation matrix (diagonal of 1 up to 1e-9).
    pub fn ln_pdf<'a>(&self, r: impl Into<MatRef<'a, f64>>) -> f64 {
        let r = r.into();
        if r.shape() != (self.dim, self.dim) || r.iter().any(|x| !x.is_finite()) {
            return f64::NAN;
        }
        let unit = r.diagonal().all(|x| (x - 1.0).abs() <= 1e-9);
        match check::symmetric(LAW, "r", r).ok().and_then(|r| Cholesky::new(&r).ok()) {
            Some(cholesky) if unit => (self.shape - 1.0) * cholesky.ln_det() - self.ln_norm,
            _ => f64::NEG_INFINITY,
        }
    }

    /// Density.
    pub fn pdf<'a>(&self, r: impl Into<MatRef<'a, f64>>) -> f64 {
        self.ln_pdf(r).exp()
    }

    /// Logarithm of the density of the Cholesky factor L by its elements below the diagonal:
    ///
    /// ```text
    /// Σᵢ₌₂ᵈ (d - i + 2η - 2) ln lᵢᵢ - ln c
    /// ```
    ///
    /// NaN for a matrix of the wrong size or with elements that are not finite; -∞ unless L is lower triangular with positive diagonal and
    /// rows of length 1 (up to 1e-9).
    pub fn ln_pdf_cholesky<'a>(&self, l: impl Into<MatRef<'a, f64>>) -> f64 {
        let l = l.into();
        if l.shape() != (self.dim, self.dim) || l.iter().any(|x| !x.is_finite()) {
            return f64::NAN;
        }
        let row_fits = |i: usize| {
            let length: f64 = (0..=i).map(|j| l[(i, j)] * l[(i, j)]).sum();
            (length - 1.0).abs() <= 1e-9 && l[(i, i)] > 0.0 && (i + 1..self.dim).all(|j| l[(i, j)] == 0.0)
        };
        if !(0..self.dim).all(row_fits) {
            return f64::NEG_INFINITY;
        }
        let power = |i: usize| (self.dim - 1 - i) as f64 + 2.0 * (self.shape - 1.0);
        (1..self.dim).map(|i| power(i) * l[(i, i)].ln()).sum::<f64>() - self.ln_norm
    }

    /// One draw.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        let mut r = self.sample_cholesky(rng).transpose().gram();
        (0..self.dim).for_each(|i| r[(i, i)] = 1.0);
        r
    }

    /// The Cholesky factor of one draw.
    ///
    /// Row by row: its squared length left of the diagonal is a beta variable, its direction uniform on the sphere.
    pub fn sample_cholesky<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        let d = self.dim;
        let mut l = Mat::identity(d);
        for i in 1..d {
            let b = self.shape + 0.5 * (d - 1 - i) as f64;
            let (ln_square, ln_rest) = ln_beta_variable(rng, 0.5 * i as f64, b);
            let z: Vec<f64> = (0..i).map(|_| StandardNormal.sample(rng)).collect();
            let length = z.iter().map(|z| z * z).sum::<f64>().sqrt();
            let radius = (0.5 * ln_square).exp();
            z.iter().enumerate().for_each(|(j, z)| l[(i, j)] = radius * z / length);
            l[(i, i)] = (0.5 * ln_rest).exp();
        }
        l
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_variables_have_a_beta_correlation() {
        let law = LkjCorrelation::new(2, 2.5).unwrap();
        let r = Mat::from_rows(&[[1.0, 0.3], [0.3, 1.0]]).unwrap();
        let expected = 1.5 * (1.0f64 - 0.09).ln() - 4.0 * LN_2 - ln_beta(2.5, 2.5);
        assert!((law.ln_pdf(&r) - expected).abs() < 1e-14);
        // Here the Jacobian of R by L is 1.
        let l = Cholesky::new(&r).unwrap().l().to_owned();
        assert!((law.ln_pdf_cholesky(&l) - expected).abs() < 1e-14);
        let no = Mat::from_rows(&[[1.0, 1.3], [1.3, 1.0]]).unwrap();
        assert_eq!(law.ln_pdf(&no), f64::NEG_INFINITY);
        assert!(law.ln_pdf(&Mat::identity(3)).is_nan());
        assert!(LkjCorrelation::new(0, 1.0).is_err() && LkjCorrelation::new(2, -1.0).is_err());
    }
}
