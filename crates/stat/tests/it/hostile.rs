//! Data nobody should feed, and settings nobody should ask for: errors, not panics.
use ferronum_stat::Error;
use ferronum_stat::regression::{Covariance, Method, OlsOptions, WeightKind, diagnostics, ols};
use proptest::prelude::*;

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -10.0..10.0_f64,
        4 => (0..3_i32).prop_map(f64::from),
        1 => prop_oneof![
            Just(0.0), Just(f64::NAN), Just(f64::INFINITY), Just(1e300), Just(1e-300), Just(1e155), Just(5e-324), Just(1e15)
        ],
    ]
}

fn covariance() -> impl Strategy<Value = Covariance> {
    prop_oneof![
        Just(Covariance::NonRobust),
        Just(Covariance::Hc0),
        Just(Covariance::Hc2),
        Just(Covariance::Hc3),
        Just(Covariance::Cluster(vec!["g".into()])),
        Just(Covariance::Cluster(vec!["g".into(), "h".into()])),
        Just(Covariance::Cluster(vec![])),
        (0..20_usize).prop_map(|lags| Covariance::NeweyWest { lags }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn never_a_panic(
        rows in 0..12_usize,
        cells in proptest::collection::vec(value(), 12 * 4),
        weights in proptest::option::of(proptest::collection::vec(prop_oneof![Just(0.0), 0.0..3.0, value()], 12)),
        codes in proptest::collection::vec(0..4_u64, 12),
        kind in 0..3_usize, ncols in 0..4_usize, intercept: bool, covariance in covariance(), method in 0..4_usize,
    ) {
        let y = &cells[..rows];
        let x: Vec<&[f64]> = (1..=ncols).map(|j| &cells[12 * j.min(3)..][..rows]).collect();
        let options = OlsOptions {
            intercept,
            weights: weights.as_ref().map(|w| &w[..rows]),
            weight_kind: [WeightKind::Frequency, WeightKind::Analytic, WeightKind::Probability][kind],
            groups: vec![&codes[..rows]],
            covariance,
            method: [None, Some(Method::Gram), Some(Method::Qr), Some(Method::DoubleDouble)][method],
            ..OlsOptions::default()
        };
        if let Ok(fit) = ols(&x, y, &options) {
            prop_assert!(fit.rank as f64 + fit.df_resid <= rows as f64 * 3e16);
            prop_assert!(fit.to_string().lines().all(|line| line.chars().count() <= 80));
            let weights = options.weights.map(|w| (w, options.weight_kind));
            let _ = diagnostics(&fit, &x, y, weights);
            let _ = fit.predict_row(&vec![1.0; ncols]);
        }
    }
}

#[test]
fn errors_name_the_place() {
    let plain = OlsOptions::default();
    let x = [1.0, 2.0, 3.0];
    assert!(matches!(ols(&[&x], &[1.0, 2.0], &plain), Err(Error::Shape { .. })));
    assert!(matches!(
        ols(&[&x], &[1.0, 2.0, f64::NAN], &plain),
        Err(Error::NotFinite { row: 3, column: 2, .. })
    ));
    assert!(matches!(ols(&[&[], &[]], &[], &plain), Err(Error::TooFewRows { found: 0, .. })));
    assert!(matches!(
        ols(&[&x[..2]], &[1.0, 2.0], &plain),
        Err(Error::TooFewRows { needed: 3, found: 2, .. })
    ));
    let zero = OlsOptions { weights: Some(&[0.0; 3]), ..plain.clone() };
    for method in [None, Some(Method::Gram)] {
        let options = OlsOptions { method, ..zero.clone() };
        assert!(matches!(ols(&[&x], &x, &options), Err(Error::TooFewRows { .. })));
    }
    let half =
        OlsOptions { weights: Some(&[1.0, 1.5, 1.0]), weight_kind: WeightKind::Frequency, ..plain.clone() };
    assert!(matches!(ols(&[&x], &x, &half), Err(Error::InvalidWeight { row: 2, .. })));
    let origin = OlsOptions { intercept: false, ..plain.clone() };
    assert!(matches!(ols(&[&[0.0; 3]], &x, &origin), Err(Error::NothingToEstimate)));
    let sure = OlsOptions { confidence: 1.0, ..plain };
    assert!(matches!(ols(&[&x], &x, &sure), Err(Error::InvalidArgument { .. })));
    for text in ["HC4", "cluster()", "cluster(a,b,c)", "newey-west(-1)", "cluster(a", ""] {
        assert!(matches!(text.parse::<Covariance>(), Err(Error::Covariance { .. })), "{text}");
    }
    assert_eq!("Newey-West( 4 )".parse(), Ok(Covariance::NeweyWest { lags: 4 }));
}

#[test]
fn a_constant_response_has_no_r_squared() {
    for method in [None, Some(Method::Gram), Some(Method::Qr)] {
        let options = OlsOptions { method, ..OlsOptions::default() };
        let fit = ols(&[&[1.0, 2.0, 4.0, 5.0]], &[0.1; 4], &options).unwrap();
        assert!(fit.r_squared.is_nan() && fit.f_statistic.is_nan(), "{method:?} {}", fit.r_squared);
        assert!((fit.terms[0].estimate - 0.1).abs() < 1e-16 && fit.terms[1].estimate.abs() < 1e-16);
    }
}
