//! NIST Statistical Reference Datasets: `nist/univariate.json`, `linear.json`, `anova.json`, `nonlinear.json`.
use super::{ReferenceFile, report::Report};
use ferronum_stat::autocorrelation_dd;
use ferronum_stat::online::{Moments, OnlineState};
use ferronum_testkit::{Bar, Comparison, Dd, Error, Survey, decimal, decimals, read_json};
use serde_json::Value;

/// Compares one file; `false` if there is nothing for it.
pub fn evaluate(file: &ReferenceFile, report: &mut Report) -> Result<bool, Error> {
    let evaluate_set = match file.name.as_str() {
        "univariate" => univariate,
        _ => return Ok(false),
    };
    let document = read_json(&file.path)?;
    for set in document["datasets"].as_array().into_iter().flatten() {
        let name = format!("{} {}", file.name, set["name"].as_str().unwrap_or("?"));
        report.add(&file.family, evaluate_set(&name, set)?);
    }
    Ok(true)
}

/// Mean, SD and lag-1 autocorrelation against the exact values. The data are decimals and are taken as such.
fn univariate(name: &str, set: &Value) -> Result<Vec<Survey>, Error> {
    let y = decimals(&set["y"])?;
    let mut moments = Moments::new();
    let summary = moments.update_dd(&y).and_then(|()| moments.finish()).ok();
    // Naive code has 8 digits of the SD of NumAcc4, and so has any code that rounds its data to f64 first.
    let sd_bar = if name.ends_with("NumAcc4") { 8.0 } else { 13.0 };
    let exact = &set["exact_rational_recomputation"];
    let answers = [
        ("mean", 14.0, summary.map(|s| s.mean)),
        ("sd", sd_bar, summary.map(|s| s.std_dev)),
        ("autocorr_lag1", 13.0, autocorrelation_dd(&y, 1).ok()),
    ];
    answers
        .into_iter()
        .filter_map(|(key, digits, answer)| one(name, key, digits, answer, &exact[key]).transpose())
        .collect()
}

/// One value in correct digits; an answer that could not be computed counts as NaN.
fn one(
    name: &str,
    key: &str,
    digits: f64,
    answer: Option<f64>,
    exact: &Value,
) -> Result<Option<Survey>, Error> {
    let Some(expected) = decimal(exact)? else { return Ok(None) };
    let mut survey = Survey::new(format!("{name} {key}"), Bar::digits(digits));
    survey.push(compare(key, answer.unwrap_or(f64::NAN), expected));
    Ok(Some(survey))
}

fn compare(at: &str, actual: f64, expected: Dd) -> Comparison {
    Comparison::relative(at, actual, expected, 0.0)
}
