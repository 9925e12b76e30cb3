//! NIST Statistical Reference Datasets: `nist/univariate.json`, `linear.json`, `anova.json`, `nonlinear.json`.
use super::{ReferenceFile, report::Report};
use ferronum_stat::autocorrelation_dd;
use ferronum_stat::online::{Moments, OnlineState};
use ferronum_stat::regression::{LinearFit, OlsOptions, ols_dd};
use ferronum_testkit::{Bar, Comparison, Dd, Error, Survey, decimal, decimals, read_json};
use serde_json::Value;

/// Compares one file; `false` if there is nothing for it.
pub fn evaluate(file: &ReferenceFile, report: &mut Report) -> Result<bool, Error> {
    let evaluate_set = match file.name.as_str() {
        "univariate" => univariate,
        "linear" => linear,
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

/// Coefficients, standard errors, residual SD and R² against the exact values, from the published decimals.
fn linear(name: &str, set: &Value) -> Result<Vec<Survey>, Error> {
    let y = decimals(&set["y"])?;
    let given: Vec<Vec<Dd>> =
        set["x"].as_array().into_iter().flatten().map(decimals).collect::<Result<_, _>>()?;
    let x = match set["design"]["degree"].as_i64() {
        // Powers of the one predictor, formed to twice the precision of f64.
        Some(degree) => (1..=degree as i32).map(|n| given[0].iter().map(|x| x.powi(n)).collect()).collect(),
        None => given,
    };
    let columns: Vec<&[Dd]> = x.iter().map(Vec::as_slice).collect();
    let intercept = set["design"]["intercept"].as_bool().unwrap_or(true);
    let fit = ols_dd(&columns, &y, &OlsOptions { intercept, ..OlsOptions::default() }).ok();
    // The condition number of Filip is 1e15; every other set leaves 9 digits even to careful f64 arithmetic.
    let digits = if name.ends_with("Filip") { 7.0 } else { 9.0 };
    let exact = &set["exact_rational_recomputation"];
    let terms = |value: fn(&LinearFit) -> Vec<f64>| fit.as_ref().map(value).unwrap_or_default();
    let mut surveys = vec![
        several(name, "params", digits, &terms(LinearFit::coefficients), &exact["params"])?,
        several(
            name,
            "sd",
            digits,
            &terms(|fit| fit.terms.iter().map(|t| t.std_error).collect()),
            &exact["sd"],
        )?,
    ];
    let scalars = [
        ("residual_sd", fit.as_ref().map(|fit| fit.scale.sqrt())),
        ("r_squared", fit.as_ref().map(|fit| fit.r_squared)),
        ("ss_residual", fit.as_ref().map(|fit| fit.rss)),
        ("ss_regression", fit.as_ref().map(|fit| fit.tss - fit.rss)),
        ("f_statistic", fit.as_ref().map(|fit| fit.f_statistic)),
    ];
    for (key, answer) in scalars {
        surveys.extend(one(name, key, digits, answer, &exact[key])?);
    }
    Ok(surveys)
}

/// Several values of one kind in correct digits.
fn several(name: &str, key: &str, digits: f64, answers: &[f64], exact: &Value) -> Result<Survey, Error> {
    let mut survey = Survey::new(format!("{name} {key}"), Bar::digits(digits));
    for (i, expected) in decimals(exact)?.into_iter().enumerate() {
        let answer = answers.get(i).copied().unwrap_or(f64::NAN);
        survey.push(compare(&format!("{key}[{i}]"), answer, expected));
    }
    Ok(survey)
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
