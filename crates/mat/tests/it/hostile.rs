//! Every shape from 0 on, values of every kind: an answer or a typed error, never a panic; and laws that always hold.
use crate::examples::random;
use ferronum_mat::{
    Cholesky, Error, Mat, MatMut, MatRef, PivotedQr, Qr, Svd, Triangle, condition_number, invert_triangular,
    lstsq, reciprocal_condition_number, singular_values, solve_triangular,
};
use proptest::prelude::*;

/// Numbers from all over the range, with NaN and infinities now and then.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -1.0..1.0f64,
        2 => Just(0.0),
        1 => Just(-0.0),
        1 => prop_oneof![Just(f64::MAX), Just(-f64::MAX), Just(1e308), Just(1e-308), Just(5e-324), Just(1e155)],
        1 => any::<f64>(),
    ]
}

fn matrix() -> impl Strategy<Value = Mat<f64>> {
    let shape = (0usize..7, 0usize..7);
    shape.prop_flat_map(|(m, n)| {
        prop::collection::vec(value(), m * n).prop_map(move |data| Mat::from_vec(data, m, n).unwrap())
    })
}

fn all_finite(a: &Mat<f64>) -> bool {
    a.iter().all(f64::is_finite)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn never_a_panic_and_never_a_silent_nan(a in matrix(), b in matrix()) {
        let finite = all_finite(&a);
        let solves = [
            Qr::new(&a).and_then(|qr| qr.solve(&b)),
            PivotedQr::new(&a).and_then(|qr| qr.solve(&b)),
            Svd::new(&a).and_then(|svd| svd.solve(&b)),
            Cholesky::new(&a).and_then(|cholesky| cholesky.solve(&b)),
            solve_triangular(&a, Triangle::Lower, &b),
            solve_triangular(&a, Triangle::UnitUpper, &b),
            invert_triangular(&a, Triangle::Upper),
            Svd::full(&a).and_then(|svd| svd.pseudo_inverse()),
            Cholesky::new(&a).and_then(|cholesky| cholesky.inverse()),
            Qr::new(&a).map(|qr| qr.full_q()),
            PivotedQr::new(&a).map(|qr| qr.r()),
        ];
        for solution in solves.into_iter().flatten() {
            prop_assert!(all_finite(&solution), "{a:?} {b:?} {solution:?}");
        }
        if let Ok(fit) = lstsq(&a, &b) {
            prop_assert!(finite && all_finite(&fit.solution));
            prop_assert_eq!(fit.solution.shape(), (a.ncols(), b.ncols()));
        }
        if let Ok(values) = singular_values(&a) {
            prop_assert!(values.iter().all(|s| s.is_finite() && *s >= 0.0));
        }
        for condition in [condition_number(&a), reciprocal_condition_number(&a)].into_iter().flatten() {
            prop_assert!(condition >= 0.0);
        }
        if let Ok(qr) = Qr::new(&a) {
            prop_assert!(qr.det().is_ok() == (a.nrows() == a.ncols()));
        }
        if !finite {
            prop_assert!(Qr::new(&a).is_err() && PivotedQr::new(&a).is_err() && Svd::new(&a).is_err());
        }
        let _ = (a.to_string(), format!("{a:e}"), format!("{b:?}"));
        let _ = (a.norm_1(), a.norm_inf(), a.norm_fro(), a.norm_max(), a.norm_2());
        prop_assert_eq!(a.matmul(&b).is_ok(), a.ncols() == b.nrows());
        prop_assert_eq!(a.add(&b).is_ok(), a.shape() == b.shape());
    }

    #[test]
    fn any_view_is_checked(
        len in 0usize..40, m in 0usize..9, n in 0usize..9, row_stride in 0usize..12, col_stride in 0usize..12,
    ) {
        let mut data: Vec<f64> = (0..len).map(|i| i as f64).collect();
        let inside = m == 0 || n == 0 || (m - 1) * row_stride + (n - 1) * col_stride < len;
        let view = MatRef::strided(&data, m, n, row_stride, col_stride);
        prop_assert_eq!(view.is_ok(), inside);
        if let Ok(view) = view {
            for i in 0..m {
                for j in 0..n {
                    prop_assert_eq!(view[(i, j)], (i * row_stride + j * col_stride) as f64);
                }
            }
        }
        let view = MatMut::strided(&mut data, m, n, row_stride, col_stride);
        prop_assert!(view.is_err() || inside);
        if let Ok(mut view) = view {
            let mut next = -1.0;
            view.apply(|_| { next -= 1.0; next });
            // No element was written twice.
            let written: Vec<f64> = view.view().iter().collect();
            prop_assert!(written.is_sorted_by(|x, y| x > y));
        }
    }

    #[test]
    fn products_agree_with_their_definition(m in 0usize..20, k in 0usize..20, n in 0usize..20, seed in any::<u64>()) {
        let (a, b) = (random(m, k, seed), random(k, n, seed ^ 1));
        let plain = Mat::from_fn(m, n, |i, j| (0..k).map(|l| a[(i, l)] * b[(l, j)]).sum::<f64>());
        let by_rows: Vec<f64> = b.view().rows().flat_map(|row| row.iter().collect::<Vec<_>>()).collect();
        let mut strided = vec![f64::NAN; 3 * m * n + 1];
        let out = MatMut::strided(&mut strided, m, n, 3 * n, 3).unwrap();
        let b_rows = MatRef::row_major(&by_rows, k, n).unwrap();
        a.view().matmul_into(b_rows, out).unwrap();
        let written = if m * n == 0 { Mat::zeros(m, n) } else { MatRef::strided(&strided, m, n, 3 * n, 3).unwrap().to_owned() };
        for product in [&a * &b, &a * b_rows, written] {
            prop_assert!((&product - &plain).norm_max() <= 1e-14);
        }
        let gram = a.gram();
        prop_assert!((&gram - &(a.transpose() * &a)).norm_max() <= 1e-14);
        prop_assert_eq!(gram.transpose(), gram.view());
    }
}

#[test]
fn a_number_that_is_not_finite_is_named() {
    let mut a = Mat::identity(4);
    a[(2, 1)] = f64::NAN;
    let error = Svd::new(&a).unwrap_err();
    assert_eq!(error.to_string(), "SVD: element (2, 1) is NaN");
    a[(2, 1)] = f64::NEG_INFINITY;
    assert_eq!(Qr::new(&a).unwrap_err().to_string(), "QR: element (2, 1) is -inf");
    assert!(matches!(Cholesky::new(&a), Err(Error::NotFinite { row: 2, col: 1, .. })));
    let error = Qr::new(&Mat::identity(2)).unwrap().solve(&[1.0, f64::INFINITY]).unwrap_err();
    assert_eq!(error.to_string(), "QR solve (right-hand side): element (1, 0) is inf");
}

#[test]
fn shapes_are_named() {
    let a = Mat::<f64>::zeros(3, 2);
    let messages = [
        Cholesky::new(&a).unwrap_err().to_string(),
        Qr::new(&a).unwrap().solve(&[1.0]).unwrap_err().to_string(),
        Qr::new(a.transpose()).unwrap().solve(&[1.0, 2.0]).unwrap_err().to_string(),
        Qr::new(&Mat::from_diagonal(&[1.0, 0.0])).unwrap().solve(&[1.0, 2.0]).unwrap_err().to_string(),
        lstsq(&a, &Mat::zeros(2, 1)).unwrap_err().to_string(),
        solve_triangular(&Mat::<f64>::zeros(2, 2), Triangle::Lower, &[1.0, 2.0]).unwrap_err().to_string(),
        a.view().trace().unwrap_err().to_string(),
    ];
    let expected = [
        "Cholesky: needs a square matrix, got 3×2",
        "QR solve: shapes 3×2 and 1×1 do not fit",
        "QR solve: 2 rows do not determine 3 unknowns (use lstsq for the solution of least norm)",
        "QR solve: the matrix is singular, pivot 1 is zero",
        "least squares: shapes 3×2 and 2×1 do not fit",
        "triangular solve: the matrix is singular, pivot 0 is zero",
        "trace: needs a square matrix, got 3×2",
    ];
    assert_eq!(messages, expected);
}

#[test]
#[should_panic(expected = "sum: shapes 3×2 and 2×3 do not fit")]
fn an_operator_panics_with_both_shapes() {
    let a = Mat::<f64>::zeros(3, 2);
    let _ = &a + a.transpose();
}

#[test]
#[should_panic(expected = "matrix is larger than memory can address")]
fn a_size_beyond_memory_panics_with_the_shape() {
    let _ = Mat::<f64>::zeros(usize::MAX / 2, 3);
}

#[test]
fn empty_matrices_are_valid() {
    for (m, n) in [(0, 0), (0, 3), (3, 0)] {
        let a = Mat::<f64>::zeros(m, n);
        let full = Svd::full(&a).unwrap();
        assert_eq!((full.u().shape(), full.v().shape()), ((m, m), (n, n)));
        assert_eq!(full.u(), Mat::identity(m));
        assert_eq!(full.condition_number(), 1.0);
        let qr = Qr::new(&a).unwrap();
        assert_eq!((qr.q().shape(), qr.r().shape()), ((m, 0), (0, n)));
        assert_eq!(qr.full_q(), Mat::identity(m));
        let fit = lstsq(&a, &Mat::zeros(m, 2)).unwrap();
        assert_eq!((fit.solution, fit.rank), (Mat::zeros(n, 2), 0));
        assert_eq!(Svd::new(&a).unwrap().pseudo_inverse().unwrap().shape(), (n, m));
        assert_eq!(a.gram(), Mat::zeros(n, n));
        assert_eq!((a.norm_1(), a.norm_2().unwrap(), a.norm_fro()), (0.0, 0.0, 0.0));
    }
    let empty = Mat::<f64>::zeros(0, 0);
    let cholesky = Cholesky::new(&empty).unwrap();
    assert_eq!((cholesky.det(), cholesky.ln_det(), cholesky.rcond()), (1.0, 0.0, 1.0));
    assert_eq!(reciprocal_condition_number(&empty).unwrap(), 1.0);
    assert_eq!(&Mat::<f64>::zeros(2, 0) * &Mat::zeros(0, 3), Mat::zeros(2, 3));
}

#[test]
fn norms_of_special_values() {
    let a = Mat::from_rows(&[[3.0, -4.0], [0.0, 12.0]]).unwrap();
    assert_eq!((a.norm_max(), a.norm_1(), a.norm_inf(), a.norm_fro()), (12.0, 16.0, 12.0, 13.0));
    let small: f64 = a.scale(1e-300).norm_fro();
    assert!((small / 1.3e-299 - 1.0).abs() < 1e-15);
    assert_eq!(a.scale(5e-324).norm_fro(), 13.0 * 5e-324);
    assert!(Mat::from_rows(&[[f64::NAN, 5.0]]).unwrap().norm_max().is_nan());
    assert!(Mat::from_rows(&[[5.0, f64::NAN, 1.0]]).unwrap().norm_1().is_nan());
    assert_eq!(Mat::from_rows(&[[1.0, f64::NEG_INFINITY]]).unwrap().norm_fro(), f64::INFINITY);
}
