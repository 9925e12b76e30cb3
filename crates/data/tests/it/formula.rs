//! Design matrices against R, patsy and exact arithmetic.
use std::collections::HashMap;

use ferronum_data::formula::{Block, Design, Formula, Learned, Learner, NaPolicy, Part};
use ferronum_data::{Batch, Column, Field, Kind, Schema};
use serde_json::Value;

/// A table held in memory, served in batches.
pub struct Table {
    pub schema: Schema,
    pub columns: Vec<Column>,
    pub rows: usize,
}

impl Table {
    pub fn new(columns: Vec<(&str, Column)>) -> Self {
        let kind = |c: &Column| if matches!(c, Column::Numbers(_)) { Kind::Number } else { Kind::Text };
        let fields =
            columns.iter().map(|(name, c)| Field { name: (*name).to_owned(), kind: kind(c) }).collect();
        let rows = columns[0].1.len();
        Self { schema: Schema::new(fields), columns: columns.into_iter().map(|(_, c)| c).collect(), rows }
    }

    /// The columns asked for, cut into batches; text columns get a dictionary for each.
    pub fn batches(&self, columns: &[usize], rows: usize) -> Vec<Batch> {
        (0..self.rows.max(1))
            .step_by(rows)
            .map(|first| {
                let rows = rows.min(self.rows - first);
                let cut = |&c: &usize| match &self.columns[c] {
                    Column::Numbers(v) => Column::Numbers(v[first..first + rows].to_vec()),
                    Column::Labels { codes, levels } => {
                        let texts = codes[first..first + rows]
                            .iter()
                            .map(|&c| levels.get(c as usize).map(String::as_str));
                        labels(texts)
                    }
                };
                Batch { first_row: first as u64, rows, columns: columns.iter().map(cut).collect() }
            })
            .collect()
    }
}

/// A text column of these values.
pub fn labels<'a>(values: impl IntoIterator<Item = Option<&'a str>>) -> Column {
    let mut levels: Vec<String> = Vec::new();
    let mut known: HashMap<&str, u32> = HashMap::new();
    let code = |v: Option<&'a str>| match v {
        None => ferronum_data::MISSING,
        Some(v) => *known.entry(v).or_insert_with(|| {
            levels.push(v.to_owned());
            levels.len() as u32 - 1
        }),
    };
    let codes = values.into_iter().map(code).collect();
    Column::Labels { codes, levels }
}

/// All passes of a learner over batches.
pub fn learn(
    mut learner: Learner,
    batches: &[Batch],
) -> Result<Design, ferronum_data::formula::FormulaError> {
    loop {
        for batch in batches {
            learner.observe(batch)?;
        }
        match learner.finish()? {
            Learned::Again(next) => learner = next,
            Learned::Done(design) => return Ok(design),
        }
    }
}

/// The design of a formula on a table and its one block.
pub fn fit(table: &Table, formula: &str) -> (Design, Block) {
    let bound = Formula::parse(formula).and_then(|f| f.bind(&table.schema)).unwrap_or_else(|e| panic!("{e}"));
    let batches = table.batches(bound.columns(), table.rows);
    let design = learn(bound.learner(), &batches).unwrap_or_else(|e| panic!("{e}"));
    let block = design.evaluate(&batches[0], NaPolicy::Error, Part::Full).unwrap_or_else(|e| panic!("{e}"));
    (design, block)
}

pub fn golden(name: &str) -> Value {
    let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().parse().unwrap()).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

fn table_of(data: &Value) -> Table {
    let names = ["y", "x", "z", "w", "g", "h", "k"];
    let column = |name: &&'static str| {
        let values = strings(&data[*name]);
        match *name {
            "g" | "h" | "k" => (*name, labels(values.iter().map(|v| Some(v.as_str())))),
            _ => (*name, Column::Numbers(values.iter().map(|v| v.parse().unwrap()).collect())),
        }
    };
    Table::new(names.iter().map(column).collect())
}

/// Correct digits of each entry against the size of the column: an entry near zero of an orthogonal polynomial or of a centred
/// column carries the absolute error of its column.
#[track_caller]
fn check_column(what: &str, actual: &[f64], expected: &[f64], digits: f64) {
    assert_eq!(actual.len(), expected.len(), "{what}");
    let size = expected.iter().fold(0.0, |m: f64, v| m.max(v.abs())).max(f64::MIN_POSITIVE);
    for (i, (a, e)) in actual.iter().zip(expected).enumerate() {
        let error = (a - e).abs() / size;
        assert!(error <= 10f64.powf(-digits), "{what}, row {i}: {a} {e}, error {error:e}");
    }
}

/// Our names without brackets are R's, for treatment coding.
fn as_r(name: &str) -> String {
    name.replace("[T.", "").replace(['[', ']'], "")
}

#[test]
fn matrices_agree_with_r() {
    let golden = golden("formula_r");
    let table = table_of(&golden["data"]);
    for case in golden["matrices"].as_array().unwrap() {
        let formula = case["formula"].as_str().unwrap();
        let (design, block) = fit(&table, formula);
        assert_eq!(design.has_intercept(), case["intercept"] == 1, "{formula}");
        let expected = case["x"].as_array().unwrap();
        assert_eq!(block.ncols, expected.len(), "{formula}: {:?}", design.term_names());
        // What R computes with functions of the C library or sums in long double may differ in the last places.
        // Its polynomials carry the error of a QR of powers, its centred columns that of a mean rounded to a double.
        let rough = ["poly", "Poly", "scale", "center"].iter().any(|word| formula.contains(word));
        let digits = if rough { 13.8 } else { 15.2 };
        for (j, column) in expected.iter().enumerate() {
            check_column(
                &format!("{formula}: {}", design.term_names()[j]),
                block.column(j),
                &numbers(column),
                digits,
            );
        }
        match case.get("y") {
            Some(y) => check_column(formula, block.y.as_ref().unwrap(), &numbers(y), 15.2),
            None => assert_eq!(block.y, None),
        }
        match case.get("offset") {
            Some(offset) => check_column(formula, block.offset.as_ref().unwrap(), &numbers(offset), 15.2),
            None => assert_eq!(block.offset, None),
        }
        let mut assign = vec![0; block.ncols];
        for (t, group) in design.term_groups().iter().enumerate() {
            group.columns.clone().for_each(|j| assign[j] = t as u64 + 1);
        }
        let expected: Vec<u64> =
            case["assign"].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect();
        assert_eq!(assign, expected, "{formula}");
        // Where contrasts are written out or the name is ours, R's names are other words.
        let ours_alone = ["Sum", "Helmert", "Poly", "Treatment", "center", "poly(x, 1)"];
        if !ours_alone.iter().any(|word| formula.contains(word)) {
            let names: Vec<String> = design.term_names().iter().map(|n| as_r(n)).collect();
            let expected: Vec<String> =
                strings(&case["names"]).iter().map(|n| n.replace("factor(", "C(")).collect();
            assert_eq!(names, expected, "{formula}");
            let labels: Vec<&str> = design.term_groups().iter().map(|g| g.name.as_str()).collect();
            let expected: Vec<String> =
                strings(&case["labels"]).iter().map(|n| n.replace("factor(", "C(")).collect();
            assert_eq!(labels, expected, "{formula}");
        }
    }
}

#[test]
fn random_formulas_expand_and_are_coded_as_in_r() {
    let golden = golden("formula_r");
    let table = table_of(&golden["data"]);
    for case in golden["expansions"].as_array().unwrap() {
        let formula = case["formula"].as_str().unwrap();
        let (design, _) = fit(&table, formula);
        assert_eq!(design.has_intercept(), case["intercept"] == 1, "{formula}");
        let names: Vec<String> = design.term_names().iter().map(|n| as_r(n)).collect();
        let expected: Vec<String> =
            strings(&case["names"]).iter().map(|n| n.replace("factor(", "C(")).collect();
        assert_eq!(names, expected, "{formula}");
    }
}

#[test]
fn names_agree_with_patsy() {
    let data = &golden("formula_r")["data"];
    let table = table_of(data);
    for case in golden("formula_patsy")["cases"].as_array().unwrap() {
        let formula = case["formula"].as_str().unwrap();
        let (design, block) = fit(&table, formula);
        // patsy puts terms of numbers after those of factors, so columns are matched by name.
        let ours: HashMap<&str, usize> =
            design.term_names().iter().enumerate().map(|(j, n)| (n.as_str(), j)).collect();
        let theirs: Vec<String> = strings(&case["names"]).iter().map(|n| n.replace('\'', "\"")).collect();
        assert_eq!(ours.len(), theirs.len(), "{formula}");
        for (name, column) in theirs.iter().zip(case["x"].as_array().unwrap()) {
            let Some(&j) = ours.get(name.as_str()) else { panic!("{formula}: {name} of {ours:?}") };
            check_column(name, block.column(j), &numbers(column), 14.5);
        }
    }
}

#[test]
fn contrasts_agree_with_r_and_exact_values() {
    for case in golden("formula_r")["contrasts"].as_array().unwrap() {
        let expected: Vec<Vec<f64>> = case["columns"].as_array().unwrap().iter().map(numbers).collect();
        let contrast = match case["kind"].as_str().unwrap() {
            "treatment" => "Treatment",
            "sum" => "Sum",
            "helmert" => "Helmert",
            _ => "Poly",
        };
        // R's polynomials of 8 levels are 5e-15 from the exact ones, ours 3e-16.
        check_contrast(contrast, &expected, if contrast == "Poly" { 14.0 } else { 16.0 });
    }
    for case in golden("formula_exact")["contrasts"].as_array().unwrap() {
        let expected: Vec<Vec<f64>> = case["columns"].as_array().unwrap().iter().map(numbers).collect();
        check_contrast("Poly", &expected, 15.0);
    }
}

#[track_caller]
fn check_contrast(contrast: &str, expected: &[Vec<f64>], digits: f64) {
    let levels = expected[0].len();
    let values: Vec<f64> = (0..levels).map(|i| i as f64).collect();
    let (_, block) = fit(&Table::new(vec![("f", Column::Numbers(values))]), &format!("~ C(f, {contrast})"));
    assert_eq!(block.ncols, expected.len());
    for (j, expected) in expected.iter().enumerate() {
        check_column(&format!("{contrast} of {levels}, column {j}"), block.column(j), expected, digits);
    }
}

#[test]
fn polynomials_agree_with_exact_arithmetic() {
    for case in golden("formula_exact")["polynomials"].as_array().unwrap() {
        let (name, degree) = (case["name"].as_str().unwrap(), case["degree"].as_u64().unwrap());
        let table = Table::new(vec![("x", Column::Numbers(numbers(&case["values"])))]);
        let (design, block) = fit(&table, &format!("~ poly(x, {degree})"));
        assert_eq!(design.term_names()[1], format!("poly(x, {degree})[2]"));
        for (j, column) in case["columns"].as_array().unwrap().iter().enumerate() {
            check_column(&format!("{name}, degree {}", j + 1), block.column(j), &numbers(column), 14.3);
        }
    }
}

#[test]
fn scaling_agrees_with_exact_arithmetic() {
    for case in golden("formula_exact")["moments"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let table = Table::new(vec![("x", Column::Numbers(numbers(&case["values"])))]);
        let (design, block) = fit(&table, "~ scale(x)");
        let stored: Value = serde_json::to_value(&design).unwrap();
        let constants = &stored["learned"]["scale(x)"]["scale"];
        for key in ["mean", "sd"] {
            let expected: f64 = case[key].as_str().unwrap().parse().unwrap();
            let actual = constants[key].as_f64().unwrap();
            assert!(
                (actual - expected).abs() <= 2.0 * f64::EPSILON * expected.abs(),
                "{name} {key}: {actual} {expected}"
            );
        }
        check_column(name, block.column(0), &numbers(&case["scaled"]), 15.3);
    }
}
