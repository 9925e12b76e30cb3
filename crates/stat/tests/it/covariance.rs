//! Weights, clusters, and columns that are dropped.
use crate::passes::noise;
use ferronum_stat::regression::{LinearFit, Method, OlsOptions, WeightKind, ols};

fn close(a: &LinearFit, b: &LinearFit, bound: f64) {
    for (a, b) in a.terms.iter().zip(&b.terms) {
        assert!((a.estimate - b.estimate).abs() <= bound * b.estimate.abs(), "{} {}", a.estimate, b.estimate);
        assert!((a.std_error / b.std_error - 1.0).abs() <= bound, "{} {}", a.std_error, b.std_error);
        assert!((a.p_value - b.p_value).abs() <= bound * 10.0, "{} {}", a.p_value, b.p_value);
    }
    assert!((a.log_likelihood - b.log_likelihood).abs() <= bound * b.log_likelihood.abs());
    assert!((a.f_statistic / b.f_statistic - 1.0).abs() <= bound);
    assert_eq!((a.nobs, a.df_resid, a.df_inference), (b.nobs, b.df_resid, b.df_inference));
}

/// Frequencies are the rows written out, under every covariance.
#[test]
fn frequencies_repeat_rows() {
    let (x, y) = (noise(1, 30), noise(2, 30));
    let weights: Vec<f64> = (0..30).map(|i| f64::from(i % 4)).collect();
    let repeat = |values: &[f64]| -> Vec<f64> {
        values.iter().zip(&weights).flat_map(|(v, w)| std::iter::repeat_n(*v, *w as usize)).collect()
    };
    let codes: Vec<u64> = (0..30).map(|i| i / 4).collect();
    let long_codes: Vec<u64> =
        codes.iter().zip(&weights).flat_map(|(v, w)| std::iter::repeat_n(*v, *w as usize)).collect();
    for covariance in ["nonrobust", "HC0", "HC1", "HC2", "HC3", "cluster(g)"] {
        for method in [Method::Gram, Method::Qr, Method::DoubleDouble] {
            let options = OlsOptions {
                covariance: covariance.parse().unwrap(),
                method: Some(method),
                ..OlsOptions::default()
            };
            let short = OlsOptions {
                weights: Some(&weights),
                weight_kind: WeightKind::Frequency,
                groups: vec![&codes],
                ..options.clone()
            };
            let long = OlsOptions { groups: vec![&long_codes], ..options };
            close(&ols(&[&x], &y, &short).unwrap(), &ols(&[&repeat(&x)], &repeat(&y), &long).unwrap(), 1e-11);
        }
    }
}

#[test]
fn probability_weights_are_robust() {
    let (x, y) = (noise(3, 40), noise(4, 40));
    let weights: Vec<f64> = noise(5, 40).iter().map(|w| w + 1.0).collect();
    let options = OlsOptions { weights: Some(&weights), ..OlsOptions::default() };
    let survey = OlsOptions { weight_kind: WeightKind::Probability, ..options.clone() };
    let hc1 = OlsOptions { covariance: "HC1".parse().unwrap(), ..options };
    let survey = ols(&[&x], &y, &survey).unwrap();
    assert!(survey.cov_type.starts_with("HC1"), "{}", survey.cov_type);
    close(&survey, &ols(&[&x], &y, &hc1).unwrap(), 1e-14);
}

/// Two equal ways of clustering are one; and singleton clusters are HC1 but for the factor n/(n − 1)·(n − 1)/n = 1.
#[test]
fn clusters_of_one_and_clusters_twice() {
    let (x, y) = (noise(6, 40), noise(7, 40));
    let codes: Vec<u64> = (0..40).map(|i| i % 9).collect();
    let single: Vec<u64> = (0..40).collect();
    let run = |covariance: &str, groups: Vec<&[u64]>| {
        let options = OlsOptions { covariance: covariance.parse().unwrap(), groups, ..OlsOptions::default() };
        ols(&[&x], &y, &options).unwrap()
    };
    let once = run("cluster(g)", vec![&codes]);
    close(&run("cluster(g, h)", vec![&codes, &codes]), &once, 1e-12);
    assert_eq!(once.df_inference, 8.0);
    assert!(
        once.cov_type.contains("G/(G−1)·(n−1)/(n−k)") && once.cov_type.contains("G = 9"),
        "{}",
        once.cov_type
    );
    let (each, hc1) = (run("cluster(i)", vec![&single]), run("HC1", vec![]));
    assert!((each.terms[1].std_error / hc1.terms[1].std_error - 1.0).abs() < 1e-13);
    // Crossed clusters: V₁ + V₂ − V₁₂, the last of single rows.
    let rows: Vec<u64> = (0..40).map(|i| i / 9).collect();
    let variance = |fit: &LinearFit| fit.terms[1].std_error.powi(2);
    let both = run("cluster(g, h)", vec![&codes, &rows]);
    let expected = variance(&once) + variance(&run("cluster(h)", vec![&rows])) - variance(&each);
    assert!((variance(&both) - expected).abs() < 1e-13 * expected.abs());
    assert_eq!(both.df_inference, 4.0);
}

#[test]
fn later_columns_of_a_combination_are_dropped() {
    let (a, b, y) = (noise(8, 60), noise(9, 60), noise(10, 60));
    let sum: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 2.0 * a - b + 3.0).collect();
    let constant = vec![0.1; 60];
    let c = noise(11, 60);
    let names = ["a", "constant", "b", "sum", "c"].map(String::from).to_vec();
    for method in [None, Some(Method::Qr), Some(Method::DoubleDouble)] {
        let options = OlsOptions { names: names.clone(), method, ..OlsOptions::default() };
        let fit = ols(&[&a, &constant, &b, &sum, &c], &y, &options).unwrap();
        let plain = ols(&[&a, &b, &c], &y, &OlsOptions { method, ..OlsOptions::default() }).unwrap();
        let dropped: Vec<&str> =
            fit.terms.iter().filter(|term| term.dropped).map(|term| term.name.as_str()).collect();
        assert_eq!(dropped, ["constant", "sum"], "{method:?}");
        assert_eq!((fit.rank, fit.df_resid), (4, 56.0));
        assert!(fit.terms[4].estimate.is_nan() && fit.cov[4 * 6].is_nan());
        for (i, j) in [(0, 0), (1, 1), (3, 2), (5, 3)] {
            assert!((fit.terms[i].estimate / plain.terms[j].estimate - 1.0).abs() < 1e-12);
            assert!((fit.terms[i].std_error / plain.terms[j].std_error - 1.0).abs() < 1e-12);
        }
        let row = fit.predict_row(&[0.1, 0.1, 0.2, 3.0, 0.3]).unwrap();
        let expected = plain.predict_row(&[0.1, 0.2, 0.3]).unwrap();
        assert!((row.mean - expected.mean).abs() < 1e-13 && (row.pi_low - expected.pi_low).abs() < 1e-12);
    }
}

/// The interval at the mean of x is ȳ ± t s/√n, whatever the offset of x.
#[test]
fn predictions_survive_an_offset() {
    let x: Vec<f64> = (0..100).map(|i| 1e8 + f64::from(i)).collect();
    let y = noise(12, 100);
    let fit = ols(&[&x], &y, &OlsOptions::default()).unwrap();
    let at_mean = fit.predict_row(&[1e8 + 49.5]).unwrap();
    assert!((at_mean.mean - y.iter().sum::<f64>() / 100.0).abs() < 1e-15);
    assert!((at_mean.std_error / (fit.scale / 100.0).sqrt() - 1.0).abs() < 1e-14);
}
