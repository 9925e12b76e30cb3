//! NIST Statistical Reference Datasets.
use ferronum_dd::Dd;
use ferronum_stat::regression::{LinearFit, OlsOptions, ols, ols_dd};
use ferronum_testkit::{golden_json, lre};
use serde_json::Value;

fn list(value: &Value) -> Vec<Dd> {
    value.as_array().unwrap().iter().map(|x| x.as_str().unwrap().parse().unwrap()).collect()
}

/// The columns of the design, powers formed in the arithmetic that `round` leaves.
fn design(set: &Value, round: impl Fn(Dd) -> Dd) -> Vec<Vec<Dd>> {
    let x: Vec<Vec<Dd>> = set["x"].as_array().unwrap().iter().map(list).collect();
    match set["design"]["degree"].as_i64() {
        None => x,
        Some(degree) => (1..=degree)
            .map(|power| {
                x[0].iter().map(|x| (1..power).fold(round(*x), |p, _| round(p * round(*x)))).collect()
            })
            .collect(),
    }
}

/// Fewest correct digits among coefficients, standard errors, residual SD and R².
fn digits(set: &Value, fit: &LinearFit) -> [f64; 4] {
    let exact = &set["exact_rational_recomputation"];
    let worst = |got: Vec<f64>, expected: Vec<Dd>| {
        assert_eq!(got.len(), expected.len());
        got.into_iter().zip(expected).map(|(got, expected)| lre(got, expected)).fold(16.0, f64::min)
    };
    let one = |value: &Value| vec![value.as_str().unwrap().parse().unwrap()];
    [
        worst(fit.coefficients(), list(&exact["params"])),
        worst(fit.terms.iter().map(|term| term.std_error).collect(), list(&exact["sd"])),
        worst(vec![fit.scale.sqrt()], one(&exact["residual_sd"])),
        worst(vec![fit.r_squared], one(&exact["r_squared"])),
    ]
}

#[test]
fn linear_sets() {
    let golden = golden_json("nist/linear.json").unwrap();
    println!("{:<10} {:>32} {:>32}", "correct", "f64: b, se, s, R²", "decimal data: b, se, s, R²");
    let mut failures = Vec::new();
    for set in golden["datasets"].as_array().unwrap() {
        let name = set["name"].as_str().unwrap();
        let intercept = set["design"]["intercept"].as_bool().unwrap();
        let options = OlsOptions { intercept, ..OlsOptions::default() };
        let y = list(&set["y"]);

        let rounded: Vec<Vec<f64>> = design(set, |x| Dd::from(x.to_f64()))
            .iter()
            .map(|column| column.iter().map(|x| x.to_f64()).collect())
            .collect();
        let columns: Vec<&[f64]> = rounded.iter().map(Vec::as_slice).collect();
        let plain_y: Vec<f64> = y.iter().map(|y| y.to_f64()).collect();
        let plain = digits(set, &ols(&columns, &plain_y, &options).unwrap());

        let exact = design(set, |x| x);
        let columns: Vec<&[Dd]> = exact.iter().map(Vec::as_slice).collect();
        let exact = digits(set, &ols_dd(&columns, &y, &options).unwrap());

        let show = |d: [f64; 4]| d.map(|d| format!("{d:7.2}")).join(" ");
        println!("{name:<10} {:>32} {:>32}", show(plain), show(exact));
        let bar = if name == "Filip" { 7.0 } else { 9.0 };
        if plain.iter().any(|d| *d < bar) || exact.iter().any(|d| *d < 13.0) {
            failures.push(name);
        }
    }
    assert!(failures.is_empty(), "too few digits: {failures:?}");
}
