//! The one-sided Jacobi method: slower than divide and conquer, but it always converges.
//!
//! Hestenes, *J. SIAM* 6 (1958) 51–90; with a QR factorisation first, Drmač & Veselić, *SIAM J. Matrix Anal.* 29 (2008)
//! 1322–1342.
use crate::{Error, Mat, Qr, Scalar, Svd};

/// A sweep visits each pair of columns once; convergence is quadratic in the end, and takes 6 to 10 sweeps in practice.
const MAX_SWEEPS: usize = 60;

/// Thin decomposition of a matrix whose elements are of order one.
pub(super) fn svd<T: Scalar>(a: &Mat<T>) -> Result<Svd<T>, Error> {
    if a.nrows() < a.ncols() {
        let Svd { u, values, v } = svd(&a.transpose().to_owned())?;
        return Ok(Svd { u: v, values, v: u });
    }
    let first = Qr::new(a)?;
    let mut w = first.r();
    let mut v = Mat::identity(w.ncols());
    orthogonalise(&mut w, &mut v)?;
    let order = descending(&w);
    let take = |m: &Mat<T>| Mat::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, order[j])]);
    let (w, mut v) = (take(&w), take(&v));
    // W = U₂ Σ with orthogonal columns: its R is diagonal, and Q is orthonormal even where σ is zero.
    let second = Qr::new(&w)?;
    let mut values: Vec<T> = second.r().diagonal().collect();
    for (j, value) in values.iter_mut().enumerate() {
        if *value < T::ZERO {
            *value = -*value;
            v.col_slice_mut(j).iter_mut().for_each(|x| *x = -*x);
        }
    }
    let mut u = Mat::zeros(a.nrows(), a.ncols());
    u.view_mut().subrows(0..a.ncols()).copy_from(&second.q())?;
    first.apply_q(&mut u)?;
    // Rounding may leave neighbours of the same size out of order by an ulp.
    for j in 1..values.len() {
        if values[j] > values[j - 1] {
            values[j] = values[j - 1];
        }
    }
    Ok(Svd { u, values, v })
}

/// Appends orthonormal columns until there are `ncols`.
pub(super) fn complete<T: Scalar>(q: Mat<T>, ncols: usize) -> Result<Mat<T>, Error> {
    if q.ncols() == ncols {
        return Ok(q);
    }
    let mut full = Qr::new(&q)?.full_q();
    full.view_mut().subcols(0..q.ncols()).copy_from(&q)?;
    Ok(full)
}

/// Rotates pairs of columns of W, and of V alike, until all columns of W are orthogonal to working precision.
fn orthogonalise<T: Scalar>(w: &mut Mat<T>, v: &mut Mat<T>) -> Result<(), Error> {
    let n = w.ncols();
    // Rounding in an inner product of n terms, and in the two columns just rotated.
    let limit = T::EPSILON * T::from_f64((n + 10) as f64);
    // A column this short is rounding error of the matrix; its direction need not settle.
    let noise = T::EPSILON * w.norm_fro() / T::from_f64(n.max(1) as f64);
    for _ in 0..MAX_SWEEPS {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                rotated |= rotate(w, v, (p, q), limit, noise);
            }
        }
        if !rotated {
            return Ok(());
        }
    }
    Err(Error::NoConvergence { operation: super::OPERATION })
}

/// Makes columns p and q of W orthogonal; false if they were, up to `limit` as the cosine of their angle.
fn rotate<T: Scalar>(w: &mut Mat<T>, v: &mut Mat<T>, (p, q): (usize, usize), limit: T, noise: T) -> bool {
    let dot = |i: usize, j: usize| w.col_slice(i).iter().zip(w.col_slice(j)).map(|(&x, &y)| x * y).sum::<T>();
    let (alpha, beta, gamma) = (dot(p, p), dot(q, q), dot(p, q));
    let (p_length, q_length) = (alpha.sqrt(), beta.sqrt());
    if p_length <= noise || q_length <= noise || gamma.abs() <= limit * p_length * q_length {
        return false;
    }
    // tan of the angle, the smaller root of t² + 2ζt − 1 = 0.
    let zeta = (beta - alpha) / (gamma + gamma);
    let magnitude = T::ONE / (zeta.abs() + zeta.hypot(T::ONE));
    let t = if zeta < T::ZERO { -magnitude } else { magnitude };
    let c = T::ONE / t.hypot(T::ONE);
    let s = c * t;
    for matrix in [w, v] {
        for i in 0..matrix.nrows() {
            let (x, y) = (matrix[(i, p)], matrix[(i, q)]);
            matrix[(i, p)] = c * x - s * y;
            matrix[(i, q)] = s * x + c * y;
        }
    }
    true
}

/// The columns by descending length.
fn descending<T: Scalar>(w: &Mat<T>) -> Vec<usize> {
    let lengths: Vec<f64> = (0..w.ncols()).map(|j| w.col(j).norm_fro().to_f64()).collect();
    let mut order: Vec<usize> = (0..w.ncols()).collect();
    order.sort_by(|&a, &b| lengths[b].total_cmp(&lengths[a]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reproducible matrix without pattern (Weyl's sequence).
    fn scattered(m: usize, n: usize) -> Mat<f64> {
        Mat::from_fn(m, n, |i, j| ((i * 31 + j * 17 + 1) as f64 * 0.618_033_988_749_895).fract() - 0.5)
    }

    fn check(a: &Mat<f64>) {
        let Svd { u, values, v } = svd(a).unwrap();
        let k = values.len();
        let tolerance = 10.0 * a.nrows().max(a.ncols()) as f64 * f64::EPSILON;
        let sigma = Mat::from_diagonal(&values);
        let back = &(&u * &sigma) * v.transpose();
        assert!((&back - a).norm_fro() <= tolerance * a.norm_fro());
        for q in [&u, &v] {
            assert!((&q.gram() - &Mat::identity(k)).norm_max() <= tolerance);
        }
        let fast = crate::singular_values(a).unwrap();
        let difference = fast.iter().zip(&values).fold(0.0, |max: f64, (x, y)| max.max((x - y).abs()));
        assert!(difference <= tolerance * values[0].max(f64::MIN_POSITIVE), "{difference}");
        let full = complete(u, a.nrows()).unwrap();
        assert!((&full.gram() - &Mat::identity(a.nrows())).norm_max() <= tolerance);
    }

    #[test]
    fn agrees_with_the_fast_algorithm() {
        for (m, n) in [(1, 1), (5, 5), (20, 7), (7, 20), (33, 33)] {
            check(&scattered(m, n));
        }
        check(&Mat::zeros(4, 3));
        check(&Mat::from_fn(12, 12, |i, j| 1.0 / (i + j + 1) as f64));
        check(&Mat::from_fn(9, 6, |i, j| ((i + 1) * (j + 1)) as f64)); // rank one
        check(&Mat::from_fn(8, 8, |i, j| scattered(8, 8)[(i, j)] * 0.01f64.powi(j as i32)));
    }
}
