//! Backward errors of the decompositions: the product of the factors is the matrix, orthogonal factors are orthogonal.
use crate::examples::{all, hilbert, kahan, random, rank_deficient};
use ferronum_mat::{Cholesky, Error, Mat, MatRef, PivotedQr, Qr, Scalar, Svd, singular_values};

/// Asserts ‖A − B‖ ≤ 10·n·ε·‖A‖, in a scale where no norm leaves the range of numbers.
#[track_caller]
fn assert_close<T: Scalar>(name: &str, a: &Mat<T>, b: &Mat<T>) {
    let exponent = if a.norm_max() == T::ZERO { 0 } else { -a.norm_max().exponent() };
    let (a, b) = (a.map(|x| x.scale_by_power_of_two(exponent)), b.map(|x| x.scale_by_power_of_two(exponent)));
    let error = (&a - &b).norm_fro();
    let limit = T::from_f64(10.0 * a.nrows().max(a.ncols()) as f64) * T::EPSILON * a.norm_fro();
    assert!(error <= limit, "{name}: {:e} > {:e}", error.to_f64(), limit.to_f64());
}

#[track_caller]
fn assert_orthonormal<T: Scalar>(name: &str, q: &Mat<T>) {
    let error = (&q.gram() - &Mat::identity(q.ncols())).norm_fro();
    let limit = T::from_f64(10.0 * q.nrows().max(q.ncols()) as f64) * T::EPSILON;
    assert!(error <= limit, "{name}: orthogonality {:e} > {:e}", error.to_f64(), limit.to_f64());
}

fn times_diagonal<T: Scalar>(u: MatRef<'_, T>, values: &[T]) -> Mat<T> {
    Mat::from_fn(u.nrows(), values.len(), |i, j| u[(i, j)] * values[j])
}

fn check_all<T: Scalar>(name: &str, a: &Mat<T>) {
    let k = a.nrows().min(a.ncols());

    let qr = Qr::new(a).unwrap();
    assert_close(&format!("QR of {name}"), a, &(&qr.q() * &qr.r()));
    assert_orthonormal(&format!("Q of {name}"), &qr.full_q());
    assert_close(&format!("thin Q of {name}"), &qr.full_q().subcols(0..k).to_owned(), &qr.q());
    let mut b = a.clone();
    qr.apply_q_transpose(&mut b).unwrap();
    assert_close(&format!("Qᵀ A of {name}"), &qr.r(), &b.subrows(0..k).to_owned());

    let pivoted = PivotedQr::new(a).unwrap();
    let order = pivoted.column_order();
    let permuted = Mat::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, order[j])]);
    assert_close(&format!("pivoted QR of {name}"), &permuted, &(&pivoted.q() * &pivoted.r()));
    assert_orthonormal(&format!("pivoted Q of {name}"), &pivoted.full_q());
    // Lengths of columns below √ε of the longest are known roughly; above it the diagonal descends.
    let diagonal: Vec<T> = pivoted.r().diagonal().map(T::abs).collect();
    let known = |r: &T| *r > T::from_f64(2.0) * T::EPSILON.sqrt() * diagonal[0];
    let known: Vec<T> = diagonal.iter().copied().take_while(known).collect();
    assert!(known.is_sorted_by(|x, y| *x * T::from_f64(1.001) >= *y), "{name}: {known:?}");

    for svd in [Svd::new(a).unwrap(), Svd::full(a).unwrap()] {
        let (u, v) = (svd.u().to_owned(), svd.v().to_owned());
        let back = &times_diagonal(u.view(), svd.values()) * v.subcols(0..k).transpose();
        assert_close(&format!("SVD of {name}"), a, &back);
        assert_orthonormal(&format!("U of {name}"), &u);
        assert_orthonormal(&format!("V of {name}"), &v);
        assert!(svd.values().is_sorted_by(|x, y| x >= y));
    }
    let values = Mat::from_vec(singular_values(a).unwrap(), k, 1).unwrap();
    let with_vectors = Svd::new(a).unwrap().values().to_vec();
    assert_close(&format!("values of {name}"), &Mat::from_vec(with_vectors, k, 1).unwrap(), &values);
}

#[test]
fn backward_errors() {
    for (name, a) in all() {
        check_all(&name, &a);
    }
}

#[test]
fn backward_errors_in_f32() {
    for (m, n) in [(1, 1), (7, 5), (5, 7), (60, 60), (100, 9)] {
        let a = random(m, n, 1);
        for scale in [1.0, 1e37, 1e-25] {
            check_all(&format!("f32 {m}×{n} times {scale:e}"), &to_f32(&a.scale(scale)));
        }
    }
}

fn to_f32(a: &Mat<f64>) -> Mat<f32> {
    Mat::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] as f32)
}

#[test]
fn cholesky_backward_errors() {
    for n in [1, 2, 3, 17, 64, 150] {
        let mut a = random(n + 3, n, 2).gram();
        check_cholesky(n, &a);
        check_cholesky(n, &a.scale(1e300 / n as f64));
        check_cholesky(n, &a.scale(1e-290));
        // Only the lower triangle is read.
        let same = Cholesky::new(&a).unwrap();
        for j in 1..n {
            a.col_slice_mut(j)[..j].fill(f64::NAN);
        }
        assert_eq!(Cholesky::new(&a).unwrap(), same);
    }
    check_cholesky(10, &hilbert(10));
    let single = to_f32(&random(40, 30, 2).gram());
    let l = Cholesky::new(&single).unwrap().l().to_owned();
    assert_close("f32", &single, &(&l * l.transpose()));
}

fn check_cholesky(n: usize, a: &Mat<f64>) {
    let cholesky = Cholesky::new(a).unwrap();
    let l = cholesky.l().to_owned();
    assert_close(&format!("Cholesky {n}"), a, &(&l * l.transpose()));
    assert!((1..n).all(|j| (0..j).all(|i| l[(i, j)] == 0.0)));
    let x = random(n, 2, 8);
    let b = a * &x;
    // Solutions are compared through the residual: ‖A x − b‖ ≤ c·n·ε·‖A‖·‖x‖.
    let found = cholesky.solve(&b).unwrap();
    let scale = 1.0 / a.norm_max();
    let residual = (&(&a.scale(scale) * &found) - &b.scale(scale)).norm_fro();
    assert!(residual <= 10.0 * n as f64 * f64::EPSILON * a.scale(scale).norm_fro() * found.norm_fro());
    let mut out = Mat::zeros(n, 2);
    cholesky.solve_into(&b, &mut out).unwrap();
    assert_eq!(out, found);
}

#[test]
fn the_failing_pivot_is_named() {
    for (n, pivot) in [(1, 0), (5, 3), (64, 40), (200, 150), (200, 199)] {
        let mut a = random(n + 3, n, 2).gram();
        a[(pivot, pivot)] -= 2.0 * a[(pivot, pivot)];
        assert_eq!(Cholesky::new(&a), Err(Error::NotPositiveDefinite { pivot }));
    }
    assert_eq!(Cholesky::new(&Mat::<f64>::zeros(3, 3)), Err(Error::NotPositiveDefinite { pivot: 0 }));
}

#[test]
fn rank_is_decided() {
    for (m, n, rank) in [(30, 20, 7), (20, 30, 19), (100, 50, 1), (5, 5, 5)] {
        let a = rank_deficient(m, n, rank);
        let svd = Svd::new(&a).unwrap();
        assert_eq!(svd.rank(svd.default_tolerance()), rank);
        let qr = PivotedQr::new(&a).unwrap();
        assert_eq!(qr.rank(qr.default_tolerance()), rank);
        // A basic solution of a consistent system solves it.
        let b = &a * &random(n, 3, 9);
        let x = qr.solve(&b).unwrap();
        assert!((&(&a * &x) - &b).norm_fro() <= 1e-11 * b.norm_fro());
        assert!(x.col(0).iter().filter(|&x| x != 0.0).count() <= rank);
    }
    // Kahan's matrix at 60: numerically singular, and pivoting moves no column.
    let a = kahan(90);
    let qr = PivotedQr::new(&a).unwrap();
    assert!(qr.column_order().iter().enumerate().all(|(k, &j)| k == j));
    let svd = Svd::new(&a).unwrap();
    assert!(svd.values()[89] < 1e-3 * qr.r()[(89, 89)].abs());
}

#[test]
fn determinants() {
    // A permutation matrix has determinant ±1, each exchange turns the sign.
    for n in 1..12 {
        let mut order: Vec<usize> = (0..n).collect();
        order.rotate_left(1);
        let cycle = Mat::from_fn(n, n, |i, j| if order[i] == j { 1.0 } else { 0.0 });
        let expected = if n % 2 == 1 { 1.0 } else { -1.0 };
        let qr = Qr::new(&cycle).unwrap();
        assert!((qr.det().unwrap() - expected).abs() < 1e-14, "{n}");
        assert_eq!(qr.ln_det().unwrap().1, expected);
    }
    for n in [2, 3, 40, 100] {
        let a = random(n, n, 11);
        let (ln_det, sign) = Qr::new(&a).unwrap().ln_det().unwrap();
        let (ln_swapped, sign_swapped) =
            Qr::new(&Mat::from_fn(n, n, |i, j| a[([1, 0].get(i).copied().unwrap_or(i), j)]))
                .unwrap()
                .ln_det()
                .unwrap();
        assert!((ln_det - ln_swapped).abs() < 1e-11);
        assert_eq!(sign, -sign_swapped);
        let spd = random(n + 2, n, 12).gram();
        let (from_qr, sign) = Qr::new(&spd).unwrap().ln_det().unwrap();
        assert!((from_qr - Cholesky::new(&spd).unwrap().ln_det()).abs() < 1e-9 && sign == 1.0);
    }
    let diagonal = Mat::from_diagonal(&[2.0, -3.0, 4.0]);
    assert_eq!(Qr::new(&diagonal).unwrap().det().unwrap(), -24.0);
    assert_eq!(Qr::new(&Mat::<f64>::zeros(2, 2)).unwrap().ln_det().unwrap(), (f64::NEG_INFINITY, 0.0));
    assert_eq!(Qr::new(&Mat::<f64>::zeros(0, 0)).unwrap().det().unwrap(), 1.0);
}

#[test]
fn row_major_and_column_major_give_the_same_bits() {
    for (m, n) in [(1, 4), (6, 3), (3, 6), (40, 40), (129, 31)] {
        let a = random(m, n, 13);
        let by_rows: Vec<f64> = a.view().rows().flat_map(|row| row.iter().collect::<Vec<_>>()).collect();
        let wide: Vec<f64> =
            a.view().rows().flat_map(|row| row.iter().chain([f64::NAN]).collect::<Vec<_>>()).collect();
        let b = random(m, 2, 14);
        for same in [
            MatRef::row_major(&by_rows, m, n).unwrap(),
            MatRef::row_major(&wide, m, n + 1).unwrap().subcols(0..n),
        ] {
            assert_eq!(Qr::new(same).unwrap(), Qr::new(&a).unwrap());
            assert_eq!(PivotedQr::new(same).unwrap(), PivotedQr::new(&a).unwrap());
            assert_eq!(Svd::new(same).unwrap(), Svd::new(&a).unwrap());
            assert_close("gram", &a.gram(), &same.gram());
            assert_close("product", &(a.transpose() * &b), &(same.transpose() * &b));
        }
    }
}
