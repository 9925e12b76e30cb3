//! Eigenvalues of small symmetric matrices.
use ferronum_mat::Mat;

/// A sweep visits each pair once; convergence is quadratic in the end and takes 6 to 10 sweeps in practice.
const MAX_SWEEPS: usize = 60;

/// Eigenvalues λ and orthonormal eigenvectors V (columns) of a symmetric matrix, A = V diag(λ) Vᵀ, by cyclic Jacobi rotations.
///
/// # Accuracy
/// Each λ to c·n·ε·‖A‖.
///
/// # Source
/// Golub & Van Loan, *Matrix Computations*, 4th ed. (2013), §8.5.
pub(crate) fn symmetric_eigen(a: &Mat<f64>) -> (Vec<f64>, Mat<f64>) {
    let n = a.nrows();
    let scale = a.norm_max();
    let mut v = Mat::identity(n);
    if !(scale > 0.0 && scale.is_finite()) {
        return (vec![scale; n], v);
    }
    let mut a = a.map(|x| x / scale);
    for _ in 0..MAX_SWEEPS {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                rotated |= rotate(&mut a, &mut v, p, q);
            }
        }
        if !rotated {
            break;
        }
    }
    (a.diagonal().map(|x| x * scale).collect(), v)
}

fn rotate(a: &mut Mat<f64>, v: &mut Mat<f64>, p: usize, q: usize) -> bool {
    let (app, aqq, apq) = (a[(p, p)], a[(q, q)], a[(p, q)]);
    // Against the whole matrix, scaled to largest element 1: what is below cannot move an eigenvalue by an ulp of the norm.
    if apq.abs() <= 1e-17 {
        return false;
    }
    let zeta = (aqq - app) / (2.0 * apq);
    let t = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
    let c = 1.0 / t.hypot(1.0);
    let s = c * t;
    let n = a.nrows();
    for k in 0..n {
        let (x, y) = (a[(k, p)], a[(k, q)]);
        (a[(k, p)], a[(k, q)]) = (c * x - s * y, s * x + c * y);
    }
    for k in 0..n {
        let (x, y) = (a[(p, k)], a[(q, k)]);
        (a[(p, k)], a[(q, k)]) = (c * x - s * y, s * x + c * y);
        let (x, y) = (v[(k, p)], v[(k, q)]);
        (v[(k, p)], v[(k, q)]) = (c * x - s * y, s * x + c * y);
    }
    (a[(p, q)], a[(q, p)]) = (0.0, 0.0);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_matrix_together_again() {
        let a = Mat::from_fn(7, 7, |i, j| 1.0 / (i + j + 1) as f64);
        let (lambda, v) = symmetric_eigen(&a);
        let back = &(&v * &Mat::from_diagonal(&lambda)) * v.transpose();
        assert!((&back - &a).norm_max() < 5e-15);
        assert!((&v.gram() - &Mat::identity(7)).norm_max() < 1e-14);
        let swap = Mat::from_rows(&[[0.0, 2.0], [2.0, 0.0]]).unwrap();
        let mut lambda = symmetric_eigen(&swap).0;
        lambda.sort_by(f64::total_cmp);
        assert!((lambda[0] + 2.0).abs() < 1e-15 && (lambda[1] - 2.0).abs() < 1e-15);
    }
}
