//! An offset is part of the fitted values.
use ferronum_data::{ReadOptions, Source};
use ferronum_model::{FitOptions, fit};
use ferronum_testkit::{numbers, read_json};
use std::path::Path;

#[track_caller]
fn close(found: f64, expected: f64, bound: f64) {
    assert!((found / expected - 1.0).abs() < bound, "{found} is not {expected}");
}

/// R 4.2.2: `m <- lm(mpg ~ wt + offset(0.01 * hp), mtcars)`; `fitted(m)`, `residuals(m)`, `cooks.distance(m)`, `rstandard(m)`.
#[test]
fn of_rows_held_in_memory() {
    let cars = Source::open("mtcars", &ReadOptions::default()).unwrap();
    let options = FitOptions { diagnostics: true, ..FitOptions::default() };
    let model = fit("mpg ~ wt + offset(0.01 * hp)", &cars, &options).unwrap();
    let made = model.diagnostics.unwrap();
    for (at, fitted, residual, standardized, cooks) in OF_R {
        close(made.fitted[at], fitted, 1e-12);
        close(made.residuals[at], residual, 1e-12);
        close(made.standardized[at], standardized, 1e-12);
        close(made.cooks[at], cooks, 1e-12);
    }
}

/// Exact fractions, see `tests/golden/flights_exact.py`; R agrees to the nine digits that it has.
#[test]
fn of_streamed_rows() {
    let flights = Source::open("flights", &ReadOptions::default()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/flights_exact.json");
    let case = &read_json(&path).unwrap()["offset"];
    let options = FitOptions { diagnostics: true, ..FitOptions::default() };
    let model = fit(case["formula"].as_str().unwrap(), &flights, &options).unwrap();
    let made = model.diagnostics.unwrap();
    let list = |key: &str| numbers(&case[key]).unwrap();
    for ((at, fitted), residual) in list("rows").into_iter().zip(list("fitted")).zip(list("residuals")) {
        close(made.fitted[at as usize], fitted, 1e-11);
        close(made.residuals[at as usize], residual, 1e-11);
    }
    for (at, standardized, cooks) in OF_R_STREAMED {
        close(made.standardized[at], standardized, 1e-9);
        close(made.cooks[at], cooks, 1e-9);
    }
}

/// Row, fitted value, residual, standardized residual, Cook's distance.
const OF_R: [(usize, f64, f64, f64, f64); 3] = [
    (0, 23.19142654712054, -2.191426547120536, -0.6664993556251977, 0.01004514062959761),
    (16, 8.569880141254615, 6.130119858745385, 2.018537718872313, 0.4587496959930908),
    (30, 19.92565807535075, -4.925658075350753, -1.491997110311814, 0.04089818945448051),
];

/// R 4.2.2, `rstandard` and `cooks.distance` of the same `lm`.
const OF_R_STREAMED: [(usize, f64, f64); 3] = [
    (0, 0.564621481863274, 5.207401252477493e-07),
    (19999, 0.1846889826476933, 6.45125918237967e-08),
    (327345, -0.7192753348129014, 1.040672297836473e-06),
];
