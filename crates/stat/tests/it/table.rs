//! The printed summary.
use crate::passes::noise;
use ferronum_stat::regression::{OlsOptions, ols};

#[test]
fn a_table_of_eighty_columns() {
    let (a, e) = (noise(1, 60), noise(2, 60));
    let b: Vec<f64> = noise(3, 60).iter().map(|b| 1e6 * b).collect();
    let twice: Vec<f64> = a.iter().map(|a| 2.0 * a).collect();
    let y: Vec<f64> = (0..60).map(|i| 4.0 + 1.5 * a[i] - 2e-6 * b[i] + 0.3 * e[i]).collect();
    let options = OlsOptions {
        names: ["dose", "a_name_much_longer_than_the_column", "dose_twice"].map(String::from).to_vec(),
        response: "yield".into(),
        covariance: "newey-west(4)".parse().unwrap(),
        ..OlsOptions::default()
    };
    let text = ols(&[&a, &b, &twice], &y, &options).unwrap().to_string();
    println!("{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    for part in [
        "yield",
        "dose_twice",
        "dropped",
        "***",
        "Newey–West, 4 lags",
        "condition number",
        "digits lost",
        "R²",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// Names that differ in their last letters only are told apart, one of more than 80 letters too.
#[test]
fn long_names_are_shown_in_full() {
    let long = |end: &str| format!("weight:C(cylinders){}[{end}]", ":C(gears)[T.4]".repeat(5));
    let names = [
        "weight:C(cylinders)[T.4]".to_owned(),
        "weight:C(cylinders)[T.6]".to_owned(),
        long("T.4"),
        long("T.6"),
    ];
    let x: Vec<Vec<f64>> = (1..=4).map(|seed| noise(seed, 60)).collect();
    let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
    let options = OlsOptions { names: names.to_vec(), ..OlsOptions::default() };
    let text = ols(&columns, &noise(9, 60), &options).unwrap().to_string();
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    for name in &names[..2] {
        assert!(text.lines().any(|line| line == name), "no `{name}` in\n{text}");
    }
    for name in &names[2..] {
        let (head, tail) = name.split_at(80);
        assert!(text.contains(&format!("{head}\n{tail}\n ")), "no `{name}` in\n{text}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn json_keeps_a_fit_with_nan() {
    let x = noise(4, 20);
    let fit = ols(&[&x, &x], &noise(5, 20), &OlsOptions::default()).unwrap();
    let text = serde_json::to_string(&fit).unwrap();
    let back: ferronum_stat::regression::LinearFit = serde_json::from_str(&text).unwrap();
    assert!(back.terms[2].dropped && back.terms[2].estimate.is_nan());
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
}
