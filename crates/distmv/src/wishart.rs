//! The Wishart and inverse Wishart distributions.
use crate::draw::ln_chi_squared;
use crate::scatter::{Scatter, forward};
use crate::{Error, check};
use ferronum_mat::{Cholesky, Mat, MatRef, Triangle, invert_triangular};
use ferronum_special::{digamma, ln_gamma};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::{LN_2, PI};

/// Wishart distribution of symmetric positive definite p×p matrices with density
///
/// ```text
/// f(X) = det(X)^((ν-p-1)/2) exp(-tr(V⁻¹X)/2) / (2^(νp/2) det(V)^(ν/2) Γ_p(ν/2)),    V = scale, ν = dof > p - 1
/// ```
///
/// The density is by the p(p+1)/2 elements of one triangle. For whole ν it is the law of Σ zzᵀ over ν normal vectors of covariance V.
///
/// # Source
/// Anderson (2003), ch. 7; sampling: Bartlett, *Proc. Royal Soc. Edinburgh* 53 (1933) 260–283, whose χ² diagonal takes real ν.
///
/// # Examples
/// ```
/// use ferronum_distmv::Wishart;
/// use ferronum_mat::Mat;
/// let law = Wishart::new(&Mat::identity(2), 3.0)?;
/// assert!((law.ln_pdf(&Mat::identity(2)) - -3.5310242469692907).abs() < 1e-14);
/// assert_eq!(law.mean()[(0, 0)], 3.0);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Wishart {
    scale: Scatter,
    dof: f64,
}

/// Checks the parameters that both laws share.
fn parts(law: &'static str, scale: MatRef<'_, f64>, dof: f64) -> Result<Scatter, Error> {
    let scale = Scatter::definite(law, "scale", scale)?;
    let enough = dof > scale.dim() as f64 - 1.0 && dof < f64::INFINITY;
    check::require(enough, law, "dof", "finite and more than the number of rows less 1", dof)?;
    Ok(scale)
}

/// The lower factor of a matrix argument: NaN if it is not a matrix of this size, -∞ if not positive definite.
fn argument(x: MatRef<'_, f64>, p: usize) -> Result<Mat<f64>, f64> {
    if x.shape() != (p, p) || x.iter().any(|v| !v.is_finite()) {
        return Err(f64::NAN);
    }
    let symmetric = check::symmetric("", "", x).map_err(|_| f64::NEG_INFINITY)?;
    Ok(Cholesky::new(&symmetric).map_err(|_| f64::NEG_INFINITY)?.l().to_owned())
}

/// ln of the multivariate gamma function, Γ_p(a) = π^(p(p−1)/4) Π Γ(a − j/2).
pub(crate) fn ln_multivariate_gamma(p: usize, a: f64) -> f64 {
    let constant = 0.25 * (p * (p - 1)) as f64 * PI.ln();
    constant + (0..p).map(|j| ln_gamma(a - 0.5 * j as f64)).sum::<f64>()
}

fn ln_det(l: &Mat<f64>) -> f64 {
    2.0 * l.diagonal().map(f64::ln).sum::<f64>()
}

/// ‖A⁻¹ B‖² for lower triangular A, B.
fn relative_norm(a: &Mat<f64>, mut b: Mat<f64>) -> f64 {
    (0..b.ncols()).for_each(|j| forward(a, b.col_slice_mut(j)));
    b.iter().map(|x| x * x).sum()
}

/// Bartlett's lower triangular factor of a Wishart matrix of identity scale.
fn bartlett<R: Rng + ?Sized>(rng: &mut R, p: usize, dof: f64) -> Mat<f64> {
    let mut a = Mat::zeros(p, p);
    for i in 0..p {
        a[(i, i)] = (0.5 * ln_chi_squared(rng, dof - i as f64)).exp();
        for j in 0..i {
            a[(i, j)] = StandardNormal.sample(rng);
        }
    }
    a
}

/// L A for lower triangular matrices.
fn lower_product(l: &Mat<f64>, a: &Mat<f64>) -> Mat<f64> {
    let p = l.nrows();
    Mat::from_fn(p, p, |i, j| (j..=i).map(|k| l[(i, k)] * a[(k, j)]).sum())
}

impl Wishart {
    /// Builds the distribution from its scale matrix and degrees of freedom.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] unless `dof` exceeds p − 1; [`Error::NotSquare`], [`Error::NotSymmetric`],
    /// [`Error::NotPositiveDefinite`], [`Error::InvalidEntry`].
    pub fn new<'a>(scale: impl Into<MatRef<'a, f64>>, dof: f64) -> Result<Self, Error> {
        Ok(Self { scale: parts("Wishart", scale.into(), dof)?, dof })
    }

    /// Number of rows p.
    pub fn dim(&self) -> usize {
        self.scale.dim()
    }

    /// Degrees of freedom ν.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// The scale matrix V.
    pub fn scale(&self) -> MatRef<'_, f64> {
        self.scale.matrix().view()
    }

    /// Mean, νV.
    pub fn mean(&self) -> Mat<f64> {
        self.scale.matrix().scale(self.dof)
    }

    /// Variances of the elements, ν (vᵢⱼ² + vᵢᵢ vⱼⱼ).
    pub fn variance(&self) -> Mat<f64> {
        let v = self.scale.matrix();
        Mat::from_fn(self.dim(), self.dim(), |i, j| {
            self.dof * (v[(i, j)] * v[(i, j)] + v[(i, i)] * v[(j, j)])
        })
    }

    /// The matrix of largest density, (ν − p − 1)V; `None` for ν < p + 1, where the density has no largest value.
    pub fn mode(&self) -> Option<Mat<f64>> {
        let factor = self.dof - self.dim() as f64 - 1.0;
        (factor >= 0.0).then(|| self.scale.matrix().scale(factor))
    }

    /// E ln det X
    pub fn mean_ln_det(&self) -> f64 {
        let p = self.dim();
        let sum: f64 = (0..p).map(|i| digamma(0.5 * (self.dof - i as f64))).sum();
        sum + p as f64 * LN_2 + self.scale.ln_det()
    }

    /// Differential entropy, in nats.
    pub fn entropy(&self) -> f64 {
        let p = self.dim() as f64;
        self.ln_norm() - 0.5 * (self.dof - p - 1.0) * self.mean_ln_det() + 0.5 * self.dof * p
    }

    /// Logarithm of the density; NaN for a matrix of the wrong size or with elements that are not finite, -∞ for one that is not symmetric
    /// positive definite.
    pub fn ln_pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        argument(x.into(), self.dim()).map_or_else(|e| e, |l| self.ln_pdf_lower(l))
    }

    /// Logarithm of the density of the matrix with this factorisation; NaN for one of the wrong size.
    pub fn ln_pdf_cholesky(&self, x: &Cholesky<f64>) -> f64 {
        if x.l().nrows() == self.dim() { self.ln_pdf_lower(x.l().to_owned()) } else { f64::NAN }
    }

    /// Density.
    pub fn pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        self.ln_pdf(x).exp()
    }

    fn ln_pdf_lower(&self, l: Mat<f64>) -> f64 {
        let power = 0.5 * (self.dof - self.dim() as f64 - 1.0);
        power * ln_det(&l) - 0.5 * relative_norm(self.scale.factor(), l) - self.ln_norm()
    }

    fn ln_norm(&self) -> f64 {
        let p = self.dim();
        0.5 * self.dof * (p as f64 * LN_2 + self.scale.ln_det()) + ln_multivariate_gamma(p, 0.5 * self.dof)
    }

    /// One draw.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        self.sample_cholesky(rng).transpose().gram()
    }

    /// The lower triangular factor of one draw.
    pub fn sample_cholesky<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        lower_product(self.scale.factor(), &bartlett(rng, self.dim(), self.dof))
    }
}

/// Inverse Wishart distribution: the law of X where X⁻¹ is Wishart with scale Ψ⁻¹,
///
/// ```text
/// f(X) = det(Ψ)^(ν/2) det(X)^(-(ν+p+1)/2) exp(-tr(Ψ X⁻¹)/2) / (2^(νp/2) Γ_p(ν/2)),    Ψ = scale, ν = dof > p - 1
/// ```
///
/// # Special values
/// The mean Ψ/(ν − p − 1) exists for ν > p + 1 only; elsewhere it is NaN (diagonal ∞).
///
/// # Source
/// Anderson (2003), §7.7.
///
/// # Examples
/// ```
/// use ferronum_distmv::InverseWishart;
/// use ferronum_mat::Mat;
/// let law = InverseWishart::new(&Mat::identity(2), 5.0)?;
/// assert_eq!(law.mean()[(1, 1)], 0.5);
/// assert!(law.ln_pdf(&Mat::zeros(2, 2)) == f64::NEG_INFINITY);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct InverseWishart {
    scale: Scatter,
    dof: f64,
}

impl InverseWishart {
    /// Builds the distribution from its scale matrix and degrees of freedom.
    ///
    /// # Errors
    /// As [`Wishart::new`].
    pub fn new<'a>(scale: impl Into<MatRef<'a, f64>>, dof: f64) -> Result<Self, Error> {
        Ok(Self { scale: parts("InverseWishart", scale.into(), dof)?, dof })
    }

    /// Number of rows p.
    pub fn dim(&self) -> usize {
        self.scale.dim()
    }

    /// Degrees of freedom ν.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// Mean.
    pub fn mean(&self) -> Mat<f64> {
        let excess = self.dof - self.dim() as f64 - 1.0;
        if excess > 0.0 {
            return self.scale.matrix().scale(1.0 / excess);
        }
        Mat::from_fn(self.dim(), self.dim(), |i, j| if i == j { f64::INFINITY } else { f64::NAN })
    }

    /// The matrix of largest density, Ψ/(ν + p + 1).
    pub fn mode(&self) -> Mat<f64> {
        self.scale.matrix().scale(1.0 / (self.dof + self.dim() as f64 + 1.0))
    }

    /// Logarithm of the density; special values as [`Wishart::ln_pdf`].
    pub fn ln_pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        let p = self.dim();
        let l = match argument(x.into(), p) {
            Ok(l) => l,
            Err(answer) => return answer,
        };
        let power = 0.5 * (self.dof + p as f64 + 1.0);
        let norm = 0.5 * self.dof * (p as f64 * LN_2 - self.scale.ln_det())
            + ln_multivariate_gamma(p, 0.5 * self.dof);
        -power * ln_det(&l) - 0.5 * relative_norm(&l, self.scale.factor().clone()) - norm
    }

    /// Density.
    pub fn pdf<'a>(&self, x: impl Into<MatRef<'a, f64>>) -> f64 {
        self.ln_pdf(x).exp()
    }

    /// One draw: with T Bartlett's factor, X = L (T Tᵀ)⁻¹ Lᵀ, for which no matrix but T is inverted.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        let p = self.dim();
        let t = bartlett(rng, p, self.dof);
        // A χ² draw that underflowed has no inverse: an infinite matrix, as the limit is.
        match invert_triangular(&t, Triangle::Lower) {
            Ok(inverse) => {
                let l = self.scale.factor();
                let product = Mat::from_fn(p, p, |i, j| (0..=j).map(|k| inverse[(i, k)] * l[(j, k)]).sum());
                product.gram()
            }
            Err(_) => Mat::filled(p, p, f64::INFINITY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_distuv::{ChiSquared, ContinuousDistribution};

    #[test]
    fn one_by_one_it_is_chi_squared() {
        let law = Wishart::new(&Mat::filled(1, 1, 2.0), 3.5).unwrap();
        let chi2 = ChiSquared::new(3.5).unwrap();
        let x = Mat::filled(1, 1, 5.0);
        assert!((law.ln_pdf(&x) - (chi2.ln_pdf(2.5) - LN_2)).abs() < 1e-14);
        assert!((law.entropy() - (chi2.entropy() + LN_2)).abs() < 1e-14);
        // X = 2 / χ²: density of the inverse by the change of variables.
        let inverse = InverseWishart::new(&Mat::filled(1, 1, 2.0), 3.5).unwrap();
        assert!((inverse.ln_pdf(&x) - (chi2.ln_pdf(0.4) + (2f64 / 25.0).ln())).abs() < 1e-14);
        assert!(Wishart::new(&Mat::identity(3), 2.0).is_err());
        assert!(law.ln_pdf(&Mat::identity(2)).is_nan());
        assert_eq!(law.ln_pdf(&Mat::filled(1, 1, -1.0)), f64::NEG_INFINITY);
    }
}
