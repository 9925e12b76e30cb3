//! Weighted mean and covariance of rows.
use ferronum_mat::{Mat, MatRef};

/// Σw, mean, and covariance divided by Σw. The mean is measured from the first row, the covariance from the mean: an offset costs
/// no digits.
pub(crate) fn weighted_moments(
    data: MatRef<'_, f64>,
    weight: impl Fn(usize) -> f64,
) -> (f64, Vec<f64>, Mat<f64>) {
    let (n, d) = data.shape();
    let total: f64 = (0..n).map(&weight).sum();
    let average = |f: &dyn Fn(usize) -> f64| (0..n).map(|i| weight(i) * f(i)).sum::<f64>() / total;
    let mean: Vec<f64> = (0..d)
        .map(|j| {
            let origin = data[(0, j)];
            let first = origin + average(&|i| data[(i, j)] - origin);
            first + average(&|i| data[(i, j)] - first)
        })
        .collect();
    let covariance = scatter_about(data, &mean, |i| weight(i) / total);
    (total, mean, covariance)
}

/// Σ wᵢ (xᵢ − c)(xᵢ − c)ᵀ, symmetric to the last bit.
pub(crate) fn scatter_about(
    data: MatRef<'_, f64>,
    centre: &[f64],
    weight: impl Fn(usize) -> f64,
) -> Mat<f64> {
    let (n, d) = data.shape();
    Mat::from_fn(n, d, |i, j| weight(i).sqrt() * (data[(i, j)] - centre[j])).gram()
}
