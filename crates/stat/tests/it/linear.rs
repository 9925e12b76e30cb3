//! Regressions against results computed with 50 digits.
use ferronum_dd::Dd;
use ferronum_stat::regression::{LinearFit, Method, OlsOptions, diagnostics, ols};
use ferronum_testkit::{golden_json, relative_error};
use serde_json::Value;

struct Case {
    x: Vec<Vec<f64>>,
    y: Vec<f64>,
    weights: Vec<f64>,
    groups: Vec<u64>,
    results: Value,
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn decimal(value: &Value) -> Dd {
    value.as_str().map_or_else(|| Dd::from(number(value)), |text| text.parse().unwrap())
}

fn cases() -> Vec<Case> {
    let golden = golden_json("regression/linear.json").unwrap();
    let case = |case: &Value| {
        let rows: Vec<Vec<f64>> = case["X"].as_array().unwrap().iter().map(numbers).collect();
        Case {
            x: (1..rows[0].len()).map(|j| rows.iter().map(|row| row[j]).collect()).collect(),
            y: numbers(&case["y"]),
            weights: numbers(&case["weights"]),
            groups: case["groups"].as_array().unwrap().iter().map(|g| g.as_u64().unwrap()).collect(),
            results: case["results"].clone(),
        }
    };
    golden["cases"].as_array().unwrap().iter().map(case).collect()
}

struct Worst {
    method: Method,
    case: usize,
    bound: f64,
    worst: (f64, String),
    failed: Vec<String>,
}

impl Worst {
    fn see(&mut self, what: &str, got: f64, expected: &Value) {
        let error = relative_error(got, decimal(expected));
        if error.is_nan() || error > self.worst.0 {
            self.worst = (error, what.to_string());
        }
        if error.is_nan() || error > self.bound {
            let Self { method, case, bound, .. } = self;
            self.failed.push(format!("{method}, case {case}: {what} off by {error:e}, bound {bound:e}"));
        }
    }

    fn see_all(&mut self, what: &str, got: impl IntoIterator<Item = f64>, expected: &Value) {
        let got: Vec<f64> = got.into_iter().collect();
        let expected = expected.as_array().unwrap();
        assert_eq!(got.len(), expected.len(), "{what}");
        got.into_iter().zip(expected).for_each(|(got, expected)| self.see(what, got, expected));
    }
}

fn std_errors(fit: &LinearFit) -> Vec<f64> {
    fit.terms.iter().map(|term| term.std_error).collect()
}

#[test]
fn golden_cases_by_every_method() {
    let mut failed = Vec::new();
    for method in [Method::DoubleDouble, Method::Qr, Method::Gram] {
        for (id, case) in cases().iter().enumerate() {
            failed.extend(one_case(method, id, case));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

fn one_case(method: Method, id: usize, case: &Case) -> Vec<String> {
    let x: Vec<&[f64]> = case.x.iter().map(Vec::as_slice).collect();
    let options = OlsOptions { method: Some(method), ..OlsOptions::default() };
    let run = |covariance: &str, small_sample: bool| {
        let options = OlsOptions {
            covariance: covariance.parse().unwrap(),
            groups: vec![&case.groups],
            small_sample,
            ..options.clone()
        };
        ols(&x, &case.y, &options).unwrap()
    };
    let golden = &case.results["ols"];
    let fit = run("nonrobust", true);
    // What the method says it loses is what it may lose.
    let bound = match method {
        Method::DoubleDouble => 1e-11_f64,
        _ => 1e-11_f64.max(10.0 * f64::EPSILON * 10_f64.powf(fit.digits_lost)),
    };
    let mut worst = Worst { method, case: id, bound, worst: (0.0, String::new()), failed: Vec::new() };
    worst.see_all("params", fit.coefficients(), &golden["params"]);
    worst.see_all("bse", std_errors(&fit), &golden["bse"]);
    worst.see("scale", fit.scale, &golden["scale"]);
    worst.see("rss", fit.rss, &golden["rss"]);
    worst.see("R²", fit.r_squared, &golden["r_squared"]);
    worst.see("adjusted R²", fit.adj_r_squared, &golden["r_squared_adj"]);
    worst.see("F", fit.f_statistic, &golden["f_statistic"]);
    worst.see("loglik", fit.log_likelihood, &golden["loglik"]);
    worst.see("aic", fit.aic, &golden["aic_k_params"]);
    worst.see("bic", fit.bic, &golden["bic_k_params"]);
    // A p-value far in the tail magnifies the relative error of t by about t².
    for ((term, expected), t) in fit
        .terms
        .iter()
        .zip(golden["p_values_t"].as_array().unwrap())
        .zip(fit.terms.iter().map(|t| t.statistic))
    {
        let kept = worst.bound;
        worst.bound *= (0.1 * t * t).max(1.0);
        worst.see("p", term.p_value, expected);
        worst.bound = kept;
    }
    for (covariance, key) in [
        ("HC0", "se_HC0"),
        ("HC1", "se_HC1"),
        ("HC2", "se_HC2"),
        ("HC3", "se_HC3"),
        ("newey-west(1)", "se_HAC_bartlett_maxlags1_nocorr"),
        ("newey-west(4)", "se_HAC_bartlett_maxlags4_nocorr"),
        ("cluster(g)", "se_cluster_CR1"),
    ] {
        worst.see_all(key, std_errors(&run(covariance, true)), &golden[key]);
    }
    worst.see_all("CR0", std_errors(&run("cluster(g)", false)), &golden["se_cluster_CR0"]);
    let weighted = OlsOptions { weights: Some(&case.weights), ..options.clone() };
    let wls = ols(&x, &case.y, &weighted).unwrap();
    let golden_wls = &case.results["wls"];
    worst.see_all("wls params", wls.coefficients(), &golden_wls["params"]);
    worst.see_all("wls bse", std_errors(&wls), &golden_wls["bse"]);
    worst.see("wls scale", wls.scale, &golden_wls["scale"]);
    worst.see("wls rss", wls.rss, &golden_wls["rss"]);
    let influence = diagnostics(&fit, &x, &case.y, None).unwrap();
    worst.see_all("leverage", influence.leverage, &golden["leverage"]);
    worst.see_all("studentized", influence.standardized, &golden["student_internal"]);
    worst.see_all("Cook", influence.cooks, &golden["cooks_distance"]);
    worst.see("condition number", fit.condition_number, &golden["condition_number_2norm"]);
    println!(
        "{method}, case {id}: worst {:.1e} ({}), digits lost {:.1}",
        worst.worst.0, worst.worst.1, fit.digits_lost
    );
    worst.failed
}
