//! Regression: `regression/linear.json`; the files of generalised and other models have no evaluator yet.
use super::{ReferenceFile, entries, report::Report};
use ferronum_stat::regression::{Covariance, LinearFit, OlsOptions, diagnostics, ols};
use ferronum_testkit::{Bar, Comparison, Dd, Error, Survey, decimal, decimals, numbers, read_json};
use serde_json::Value;

/// Compares one file; `false` if there is nothing for it.
pub fn evaluate(file: &ReferenceFile, report: &mut Report) -> Result<bool, Error> {
    if file.name != "linear" {
        return Ok(false);
    }
    let document = read_json(&file.path)?;
    let mut surveys: Vec<Survey> = Vec::new();
    for (i, case) in document["cases"].as_array().into_iter().flatten().enumerate() {
        let label = entries::label(case, i);
        let problem = Problem::read(case)?;
        for (model, results) in case["results"].as_object().into_iter().flatten() {
            for (key, expected) in results.as_object().into_iter().flatten() {
                if expected.is_string() && decimal(expected).is_err() {
                    continue; // a remark
                }
                match problem.answer(model, key) {
                    Some(answers) => {
                        let name = format!("{} {model} {key}", file.name);
                        compare(survey(&mut surveys, name, expected), &label, expected, &answers)?;
                    }
                    None => report.gap(&file.shown, format!("{label} {model} {key}")),
                }
            }
        }
    }
    report.add(&file.family, surveys);
    Ok(true)
}

/// The survey of one quantity over all cases. Decimal strings were computed to 50 digits, plain numbers in `f64`.
fn survey<'a>(surveys: &'a mut Vec<Survey>, name: String, expected: &Value) -> &'a mut Survey {
    let first = expected.as_array().and_then(|items| items.first()).unwrap_or(expected);
    let bar = Bar::relative(if first.is_string() { 1e-11 } else { 1e-8 });
    let at = surveys.iter().position(|survey| survey.name() == name).unwrap_or_else(|| {
        surveys.push(Survey::new(name, bar));
        surveys.len() - 1
    });
    &mut surveys[at]
}

/// One point per value; values that are missing count as NaN.
fn compare(survey: &mut Survey, label: &str, expected: &Value, answers: &[f64]) -> Result<(), Error> {
    let expected: Vec<Dd> =
        if expected.is_array() { decimals(expected)? } else { decimal(expected)?.into_iter().collect() };
    for (i, value) in expected.iter().enumerate() {
        let at = if expected.len() > 1 { format!("{label} [{i}]") } else { label.to_string() };
        survey.push(Comparison::relative(at, answers.get(i).copied().unwrap_or(f64::NAN), *value, 0.0));
    }
    Ok(())
}

/// The data of one case.
struct Problem {
    /// Columns of the design after the constant.
    x: Vec<Vec<f64>>,
    y: Vec<f64>,
    weights: Vec<f64>,
    groups: Vec<u64>,
}

impl Problem {
    fn read(case: &Value) -> Result<Self, Error> {
        let rows: Vec<Vec<f64>> =
            case["X"].as_array().into_iter().flatten().map(numbers).collect::<Result<_, _>>()?;
        let columns = rows.first().map_or(0, Vec::len);
        let x = (1..columns).map(|j| rows.iter().map(|row| row[j]).collect()).collect();
        let groups = case["groups"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        Ok(Self { x, y: numbers(&case["y"])?, weights: numbers(&case["weights"])?, groups })
    }

    /// Our values for one key of the results; `None` if we do not have the quantity. A fit that fails has no values.
    fn answer(&self, model: &str, key: &str) -> Option<Vec<f64>> {
        let weighted = match model {
            "ols" => false,
            "wls" => true,
            _ => return None,
        };
        let fit = |covariance: Covariance| self.fit(weighted, covariance, key != "se_cluster_CR0");
        let errors = |covariance: Covariance| fit(covariance).map(|fit| each(&fit, |term| term.std_error));
        let plain = |value: fn(&LinearFit) -> f64| fit(Covariance::NonRobust).map(|fit| vec![value(&fit)]);
        let influence = |value: fn(ferronum_stat::regression::Diagnostics) -> Vec<f64>| {
            let columns: Vec<&[f64]> = self.x.iter().map(Vec::as_slice).collect();
            let found = diagnostics(&fit(Covariance::NonRobust)?, &columns, &self.y, None).ok()?;
            Some(value(found))
        };
        let answer = match key {
            "params" => fit(Covariance::NonRobust).map(|fit| fit.coefficients()),
            "bse" => errors(Covariance::NonRobust),
            "p_values_t" => fit(Covariance::NonRobust).map(|fit| each(&fit, |term| term.p_value)),
            "se_HC0" => errors(Covariance::Hc0),
            "se_HC1" => errors(Covariance::Hc1),
            "se_HC2" => errors(Covariance::Hc2),
            "se_HC3" => errors(Covariance::Hc3),
            "se_cluster_CR0" | "se_cluster_CR1" => errors(Covariance::Cluster(vec!["group".into()])),
            "se_HAC_bartlett_maxlags1_nocorr" => errors(Covariance::NeweyWest { lags: 1 }),
            "se_HAC_bartlett_maxlags4_nocorr" => errors(Covariance::NeweyWest { lags: 4 }),
            "scale" => plain(|fit| fit.scale),
            "rss" => plain(|fit| fit.rss),
            "r_squared" => plain(|fit| fit.r_squared),
            "r_squared_adj" => plain(|fit| fit.adj_r_squared),
            "f_statistic" => plain(|fit| fit.f_statistic),
            "loglik" => plain(|fit| fit.log_likelihood),
            "aic_k_params" => plain(|fit| fit.aic),
            "bic_k_params" => plain(|fit| fit.bic),
            "condition_number_2norm" => plain(|fit| fit.condition_number),
            "leverage" => influence(|found| found.leverage),
            "cooks_distance" => influence(|found| found.cooks),
            "student_internal" => influence(|found| found.standardized),
            _ => return None,
        };
        Some(answer.unwrap_or_default())
    }

    fn fit(&self, weighted: bool, covariance: Covariance, small_sample: bool) -> Option<LinearFit> {
        let columns: Vec<&[f64]> = self.x.iter().map(Vec::as_slice).collect();
        let groups = if matches!(covariance, Covariance::Cluster(_)) {
            vec![self.groups.as_slice()]
        } else {
            Vec::new()
        };
        let weights = weighted.then_some(self.weights.as_slice());
        let options = OlsOptions { weights, covariance, groups, small_sample, ..OlsOptions::default() };
        ols(&columns, &self.y, &options).ok()
    }
}

fn each(fit: &LinearFit, value: fn(&ferronum_stat::regression::Term) -> f64) -> Vec<f64> {
    fit.terms.iter().map(value).collect()
}
