//! The matrices that test a decomposition.
use ferronum_mat::Mat;

/// Numbers without pattern in [−½, ½), the same in every run (a multiplicative congruential generator, Lehmer 1951).
pub fn random(m: usize, n: usize, seed: u64) -> Mat<f64> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    for _ in 0..8 {
        state = state.wrapping_mul(6_364_136_223_846_793_005);
    }
    Mat::from_fn(m, n, |_, _| {
        state = state.wrapping_mul(6_364_136_223_846_793_005);
        (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    })
}

pub fn hilbert(n: usize) -> Mat<f64> {
    Mat::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64)
}

/// Rows and columns whose sizes fall from 1 to 1e-12.
pub fn graded(m: usize, n: usize) -> Mat<f64> {
    let a = random(m, n, 7);
    let size = |i: usize, len: usize| 10f64.powf(-6.0 * i as f64 / len.max(1) as f64);
    Mat::from_fn(m, n, |i, j| a[(i, j)] * size(i, m) * size(j, n))
}

pub fn vandermonde(m: usize, n: usize) -> Mat<f64> {
    Mat::from_fn(m, n, |i, j| ((i + 1) as f64 / m as f64).powi(j as i32))
}

/// Kahan's matrix: its pivoted QR shows no sign of how nearly singular it is.
pub fn kahan(n: usize) -> Mat<f64> {
    let (s, c) = 1.2f64.sin_cos();
    Mat::from_fn(n, n, |i, j| {
        let row = s.powi(i as i32);
        if i == j {
            row * (1.0 + 1e-13 * (n - i) as f64)
        } else if j > i {
            -c * row
        } else {
            0.0
        }
    })
}

pub fn rank_deficient(m: usize, n: usize, rank: usize) -> Mat<f64> {
    &random(m, rank, 3) * &random(rank, n, 4)
}

/// All of them with a name, of all kinds of shape, up to 200.
pub fn all() -> Vec<(String, Mat<f64>)> {
    let mut list = Vec::new();
    for (m, n) in
        [(1, 1), (2, 2), (3, 2), (2, 3), (17, 17), (64, 33), (33, 64), (150, 150), (200, 20), (20, 200)]
    {
        list.push((format!("random {m}×{n}"), random(m, n, 1)));
        list.push((format!("graded {m}×{n}"), graded(m, n)));
        list.push((format!("zero {m}×{n}"), Mat::zeros(m, n)));
        let rank = (m.min(n) / 2).max(1);
        list.push((format!("rank {rank} {m}×{n}"), rank_deficient(m, n, rank)));
    }
    for n in [5, 12, 40] {
        list.push((format!("Hilbert {n}"), hilbert(n)));
        list.push((format!("Vandermonde {n}"), vandermonde(2 * n, n)));
        list.push((format!("Kahan {n}"), kahan(n)));
    }
    for scale in [1e300, 1e150, 1e-150, 1e-200, 1e-290] {
        list.push((format!("random 30×20 times {scale:e}"), random(30, 20, 5).scale(scale)));
        list.push((format!("random 9×25 times {scale:e}"), random(9, 25, 6).scale(scale)));
    }
    list
}
