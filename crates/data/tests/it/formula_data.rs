//! Missing rows, bad values, batches, threads and storage.
use ferronum_data::formula::{Design, Formula, FormulaProblem, Learned, Learner, NaPolicy, Part};
use ferronum_data::{Batch, Column, Field, Kind, MISSING, Schema};

use crate::formula::{Table, fit, labels, learn};

const NA: f64 = f64::NAN;

fn numbers(values: &[f64]) -> Column {
    Column::Numbers(values.to_vec())
}

fn design_on(table: &Table, formula: &str) -> Result<Design, ferronum_data::formula::FormulaError> {
    let bound = Formula::parse(formula)?.bind(&table.schema)?;
    learn(bound.learner(), &table.batches(bound.columns(), 4))
}

#[track_caller]
fn message(result: Result<impl std::fmt::Debug, ferronum_data::formula::FormulaError>) -> String {
    result.unwrap_err().to_string()
}

/// A large table whose values are awkward to sum.
fn large() -> Table {
    let n = 10_000;
    let x = (0..n).map(|i| 1e6 + f64::from(i % 997) * 0.1 + f64::from(i).sin()).collect();
    let y = (0..n).map(|i| if i % 101 == 0 { NA } else { f64::from(i) * 0.3 }).collect();
    let names = ["p", "q", "r", "s", "t"];
    let g = labels((0..n).map(|i| if i % 89 == 0 { None } else { Some(names[(i * i % 13 % 5) as usize]) }));
    Table::new(vec![("y", Column::Numbers(y)), ("x", Column::Numbers(x)), ("g", g)])
}

#[test]
fn learning_uses_the_rows_that_are_kept() {
    let table = Table::new(vec![
        ("y", numbers(&[1.0, NA, 3.0, 4.0, 5.0])),
        ("x", numbers(&[1.0, 100.0, 2.0, 3.0, NA])),
        ("g", labels([Some("b"), Some("only here"), Some("a"), Some("b"), Some("c")])),
        ("w", numbers(&[1.0, 1.0, 1.0, NA, 1.0])),
    ]);
    let design = design_on(&table, "y ~ center(x) + g").unwrap();
    assert_eq!(design.term_names(), ["center(x)", "g[T.b]"]);
    let bound = Formula::parse("y ~ center(x) + g").unwrap().bind(&table.schema).unwrap();
    let bound = bound.with_extras(&["w", "g"]).unwrap();
    let batches = table.batches(bound.columns(), 5);
    let design = learn(bound.learner(), &batches).unwrap();
    let block = design.evaluate(&batches[0], NaPolicy::Drop, Part::Full).unwrap();
    assert_eq!(block.kept, Some(vec![0, 2]));
    assert_eq!(block.dropped, 3);
    assert_eq!(block.column(0), [-0.5, 0.5]);
    assert_eq!(block.y, Some(vec![1.0, 3.0]));
    assert_eq!(block.extras[0], numbers(&[1.0, 1.0]));
    let Column::Labels { codes, levels } = &block.extras[1] else { panic!("labels") };
    let texts: Vec<&str> = codes.iter().map(|&c| levels[c as usize].as_str()).collect();
    assert_eq!(texts, ["b", "a"]);
    assert_eq!((block.row_number(0), block.row_number(1)), (1, 3));

    let error = message(design.evaluate(&batches[0], NaPolicy::Error, Part::Full));
    assert!(error.starts_with("row 2, column `y`: the value is missing"), "{error}");
}

#[test]
fn prediction_needs_the_right_side_only() {
    let table = large();
    let bound = Formula::parse("log(y + 1) ~ scale(x) + g + offset(x)").unwrap().bind(&table.schema).unwrap();
    let bound = bound.with_extras(&["y"]).unwrap();
    let design = learn(bound.learner(), &table.batches(bound.columns(), 4096)).unwrap();
    let field = |name: &str, kind| Field { name: name.into(), kind };
    let other =
        Schema::new(vec![field("g", Kind::Text), field("id", Kind::Number), field("x", Kind::Number)]);
    assert_eq!(design.columns(&other).unwrap(), [2, 0]);
    let batch = Batch {
        first_row: 0,
        rows: 3,
        columns: vec![numbers(&[1e6, NA, 1e6]), labels([Some("q"), Some("p"), Some("s")])],
    };
    assert!(!design.is_full(batch.columns.len()));
    let block = design.evaluate(&batch, NaPolicy::Drop, Part::PredictorsOnly).unwrap();
    assert_eq!((block.rows, block.y.is_none(), block.extras.len()), (2, true, 0));
    assert_eq!(&block.x[2..], [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]); // q, r, s, t
    assert_eq!(block.offset, Some(vec![1e6, 1e6]));
    let full = design.evaluate(&batch, NaPolicy::Drop, Part::Full).unwrap_err();
    assert!(matches!(full.problem(), FormulaProblem::BatchMismatch { .. }));

    let all = Schema::new(vec![field("y", Kind::Number), field("g", Kind::Text), field("x", Kind::Number)]);
    assert_eq!(design.columns(&all).unwrap(), [2, 1, 0]);
    let without = Schema::new(vec![field("g", Kind::Text), field("X", Kind::Number)]);
    assert_eq!(message(design.columns(&without)), "unknown column `x`\n  did you mean `X`?");
    let changed = Schema::new(vec![field("g", Kind::Number), field("x", Kind::Number)]);
    assert_eq!(message(design.columns(&changed)), "column `g` holds numbers, the model was fitted on text");
}

#[test]
fn values_that_are_not_finite_name_their_row() {
    let table = Table::new(vec![
        ("y", numbers(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])),
        ("x", numbers(&[1.0, NA, 2.0, 0.0, -1.0, f64::INFINITY])),
        ("z", numbers(&[1.0, 1.0, 1.0, 1e200, 1.0, 1.0])),
    ]);
    let on_rows = |formula: &str, rows: std::ops::Range<usize>| {
        let (design, _) = fit(
            &Table::new(vec![("y", numbers(&[1.0])), ("x", numbers(&[1.0])), ("z", numbers(&[1.0]))]),
            formula,
        );
        let columns = design.columns(&table.schema).unwrap();
        let batch = Batch {
            first_row: 1000 + rows.start as u64,
            rows: rows.len(),
            columns: columns
                .iter()
                .map(|&c| match &table.columns[c] {
                    Column::Numbers(v) => numbers(&v[rows.clone()]),
                    other => other.clone(),
                })
                .collect(),
        };
        message(design.evaluate(&batch, NaPolicy::Drop, Part::Full))
    };
    assert_eq!(
        on_rows("y ~ log(x)", 0..5),
        "row 1004: `log(x)` is -inf (x = 0)\n  y ~ log(x)\n      ^^^^^^\n  take out such rows, or use a transform that is defined \
         there (log1p for log at zero)"
    );
    assert!(on_rows("y ~ sqrt(x)", 0..5).starts_with("row 1005: `sqrt(x)` is not a number (x = -1)\n"));
    assert!(on_rows("sqrt(x) ~ y", 0..5).starts_with("row 1005: `sqrt(x)` is not a number (x = -1)\n"));
    assert!(on_rows("y ~ I(y / x)", 0..5).starts_with("row 1004: `I(y/x)` is inf (y = 4, x = 0)\n"));
    assert!(on_rows("y ~ x", 0..6).starts_with("row 1006, column `x`: the value is infinite"));
    assert!(on_rows("y ~ exp(-x)", 0..6).starts_with("row 1006, column `x`: the value is infinite"));
    assert!(on_rows("y ~ z + offset(log(x))", 0..5).starts_with("row 1004: `log(x)` is -inf"));
    assert!(
        on_rows("y ~ poly(z, 3, raw = TRUE)", 0..5).starts_with("row 1004: `poly(z, 3, raw = TRUE)` is inf")
    );
    assert!(on_rows("y ~ I(z * 1):I(z / 1e60)", 0..5).starts_with("row 1004: `I(z * 1):I(z/1e60)` is inf"));
    // The learning pass finds the same faults.
    assert!(
        message(design_on(&table, "y ~ center(log(x))"))
            .starts_with("row 4: `center(log(x))` is -inf (x = 0)")
    );
}

#[test]
fn factors_that_cannot_be_coded() {
    let table = Table::new(vec![
        ("y", numbers(&[1.0, 2.0, 3.0, 4.0])),
        ("one", labels([Some("a"), Some("a"), None, Some("a")])),
        ("g", labels([Some("alpha"), Some("beta"), Some("beta"), Some("alpha")])),
        ("k", numbers(&[7.0, 8.0, 8.0, 7.0])),
        ("none", numbers(&[NA; 4])),
        ("same", numbers(&[0.1; 4])),
    ]);
    let first = |formula: &str| message(design_on(&table, formula)).lines().next().unwrap().to_owned();
    assert_eq!(first("y ~ one"), "`one` has the single level `a`; a factor needs two");
    assert_eq!(first("y ~ C(same)"), "`C(same)` has the single level `0.1`; a factor needs two");
    assert_eq!(first("y ~ C(g, Treatment(\"Beta\"))"), "`C(g, Treatment(\"Beta\"))` has no level `Beta`");
    assert_eq!(first("y ~ C(k, Treatment(9))"), "`C(k, Treatment(9))` has no level `9`");
    assert_eq!(first("y ~ g + none"), "no row is complete in the columns of the formula");
    assert_eq!(
        first("y ~ scale(same)"),
        "`scale(same)`: the values do not vary, so there is nothing to divide by"
    );
    assert_eq!(first("y ~ poly(k, 2)"), "`poly(k, 2)` needs more than 2 distinct values, the data have 2");
    assert!(message(design_on(&table, "y ~ C(g, Treatment(Beta))")).ends_with("did you mean `beta`?"));
    let ok = design_on(&table, "y ~ C(g, Treatment(beta)) + C(k, Treatment(reference = \"8\"))").unwrap();
    assert_eq!(ok.term_names(), ["C(g, Treatment(beta))[T.alpha]", "C(k, Treatment(\"8\"))[T.7]"]);
}

#[test]
fn unseen_levels_are_named() {
    let table = Table::new(vec![
        ("y", numbers(&[1.0, 2.0, 3.0])),
        ("g", labels([Some("a"), Some("b"), Some("c")])),
        ("k", numbers(&[1.0, 2.5, 4.0])),
    ]);
    let (design, _) = fit(&table, "y ~ g + C(k)");
    assert_eq!(design.term_names(), ["g[T.b]", "g[T.c]", "C(k)[T.2.5]", "C(k)[T.4]"]);
    let batch = |g: Column, k: &[f64]| Batch { first_row: 10, rows: 2, columns: vec![g, numbers(k)] };
    let evaluate = |b: Batch| design.evaluate(&b, NaPolicy::Drop, Part::PredictorsOnly);
    let error = message(evaluate(batch(labels([Some("a"), Some("d")]), &[1.0, 1.0])));
    assert!(
        error.starts_with("row 12, column `g`: the level `d` did not occur when the model was fitted"),
        "{error}"
    );
    let error = message(evaluate(batch(labels([Some("a"), Some("b")]), &[3.0, 1.0])));
    assert!(error.starts_with("row 11, column `k`: the level `3` did not occur"), "{error}");
    // In a row that is left out, and in a dictionary that no row uses, it does no harm.
    let block = evaluate(batch(labels([Some("a"), Some("d")]), &[1.0, NA])).unwrap();
    assert_eq!((block.rows, block.dropped), (1, 1));
    let unused = Column::Labels { codes: vec![0, 0], levels: vec!["b".into(), "d".into()] };
    assert_eq!(
        evaluate(batch(unused, &[1.0, -0.0 + 1.0])).unwrap().x,
        [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    );
}

#[test]
fn batches_of_the_wrong_shape_are_refused() {
    let table = Table::new(vec![("y", numbers(&[1.0, 2.0])), ("g", labels([Some("a"), Some("b")]))]);
    let (design, _) = fit(&table, "y ~ g");
    let refuse = |columns: Vec<Column>| {
        let batch = Batch { first_row: 0, rows: 2, columns };
        message(design.evaluate(&batch, NaPolicy::Drop, Part::Full))
    };
    let g = || labels([Some("a"), Some("b")]);
    assert_eq!(refuse(vec![g()]), "the batch does not fit the formula: 1 columns, needed are 2");
    assert_eq!(
        refuse(vec![g(), numbers(&[1.0])]),
        "the batch does not fit the formula: column `y` has 1 rows of 2"
    );
    assert_eq!(
        refuse(vec![numbers(&[1.0, 2.0]), g()]),
        "column `g` holds numbers, the model was fitted on text"
    );
    let bad = Column::Labels { codes: vec![0, 3], levels: vec!["a".into()] };
    assert_eq!(
        refuse(vec![bad, numbers(&[1.0, 2.0])]),
        "the batch does not fit the formula: column `g` has a code without a level"
    );
    let empty = Batch { first_row: 0, rows: 0, columns: vec![labels([]), numbers(&[])] };
    assert_eq!(design.evaluate(&empty, NaPolicy::Error, Part::Full).unwrap().rows, 0);
    let missing = Column::Labels { codes: vec![MISSING, 0], levels: vec!["b".into()] };
    let batch = Batch { first_row: 0, rows: 2, columns: vec![missing, numbers(&[1.0, 2.0])] };
    assert_eq!(design.evaluate(&batch, NaPolicy::Drop, Part::Full).unwrap().x, [1.0]);
}

/// The same bits however the rows are cut and whatever the tree of merges.
#[test]
fn learning_does_not_depend_on_cuts_or_merges() {
    let table = large();
    let bound = Formula::parse("y ~ scale(x) + poly(log(x), 4) + center(scale(x)) + C(g, Poly)")
        .unwrap()
        .bind(&table.schema)
        .unwrap();
    let whole = learn(bound.learner(), &table.batches(bound.columns(), table.rows)).unwrap();
    let expected = serde_json::to_string(&whole).unwrap();
    for (rows, workers) in [(1000, 1), (333, 2), (4096, 7), (17, 3)] {
        let batches = table.batches(bound.columns(), rows);
        let mut learner = bound.learner();
        let design = loop {
            let part = batches.len().div_ceil(workers);
            let seen = batches.chunks(part).map(|chunk| {
                let mut own: Learner = learner.clone();
                chunk.iter().for_each(|b| own.observe(b).unwrap());
                own
            });
            let merged = seen
                .reduce(|mut a, b| {
                    a.merge(b);
                    a
                })
                .unwrap();
            match merged.finish().unwrap() {
                Learned::Again(next) => learner = next,
                Learned::Done(design) => break design,
            }
        };
        assert_eq!(serde_json::to_string(&design).unwrap(), expected, "{rows} {workers}");
    }
}

#[test]
fn blocks_of_batches_join_to_the_whole() {
    let table = large();
    let (design, _) = {
        let bound = Formula::parse("y ~ scale(x) * g").unwrap().bind(&table.schema).unwrap();
        (learn(bound.learner(), &table.batches(bound.columns(), 512)).unwrap(), ())
    };
    let columns = design.columns(&table.schema).unwrap();
    let whole = design.evaluate(&table.batches(&columns, table.rows)[0], NaPolicy::Drop, Part::Full).unwrap();
    let mut start = 0;
    let mut reused = ferronum_data::formula::Block::default();
    for batch in table.batches(&columns, 700) {
        let block = design.evaluate(&batch, NaPolicy::Drop, Part::Full).unwrap();
        design.evaluate_into(&batch, NaPolicy::Drop, Part::Full, &mut reused).unwrap();
        assert_eq!(block, reused);
        for j in 0..block.ncols {
            assert_eq!(block.column(j), &whole.column(j)[start..start + block.rows]);
        }
        assert_eq!(block.row_number(0), whole.row_number(start));
        start += block.rows;
    }
    assert_eq!(start, whole.rows);
}

#[test]
fn stored_designs_evaluate_to_the_same_bits() {
    let table = large();
    let formula =
        "log(y + 1) ~ . + scale(x) + poly(x, 3):C(g, Treatment(\"r\")) + I(x / 3) + offset(center(x))";
    let bound = Formula::parse(formula).unwrap().bind(&table.schema).unwrap().with_extras(&["y"]).unwrap();
    let batches = table.batches(bound.columns(), 5000);
    let design = learn(bound.learner(), &batches).unwrap();
    let text = serde_json::to_string(&design).unwrap();
    assert!(text.len() < 2000, "{text}");
    let read: Design = serde_json::from_str(&text).unwrap();
    assert_eq!(read, design);
    for batch in &batches {
        let (a, b) = [&design, &read].map(|d| d.evaluate(batch, NaPolicy::Drop, Part::Full).unwrap()).into();
        assert_eq!(a, b);
        assert!(a.x.iter().zip(&b.x).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}

#[test]
fn damaged_stored_designs_are_refused() {
    let (design, _) = fit(
        &Table::new(vec![
            ("y", numbers(&[1.0, 2.0, 4.0])),
            ("x", numbers(&[1.0, 2.0, 4.0])),
            ("g", labels([Some("a"), Some("b"), Some("a")])),
        ]),
        "y ~ g + poly(x, 2)",
    );
    let good = serde_json::to_value(&design).unwrap();
    type Spoil = fn(&mut serde_json::Value);
    let spoils: [(Spoil, &str); 9] = [
        (|v| v["version"] = 2.into(), "it has version 2, this program reads version 1"),
        (|v| v["formula"] = "y ~ ".into(), "nothing stands on the right"),
        (|v| v["formula"] = "y ~ x".into(), "its columns are not those of its formula"),
        (|v| v["formula"] = "y ~ q".into(), "unknown column `q`"),
        (
            |v| v["learned"]["g"] = serde_json::json!({"levels": ["b", "a"]}),
            "the constants of `g` are missing or wrong",
        ),
        (
            |v| v["learned"]["g"] = serde_json::json!({"numbers": [1, 2]}),
            "the constants of `g` are missing or wrong",
        ),
        (|v| v["learned"] = serde_json::json!({}), "the constants of `g` are missing or wrong"),
        (
            |v| v["learned"]["poly(x, 2)"]["poly"]["norm2"] = serde_json::json!([1, 2]),
            "the constants of `poly(x, 2)` are",
        ),
        (
            |v| v["columns"][0]["text"] = false.into(),
            "it has constants of `g`, which its formula does not have",
        ),
    ];
    for (spoil, expected) in spoils {
        let mut damaged = good.clone();
        spoil(&mut damaged);
        let error = serde_json::from_value::<Design>(damaged).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn sizes_are_bounded() {
    let n = 100_001;
    let ids: Vec<String> = (0..n).map(|i| format!("id{i}")).collect();
    let table = Table::new(vec![
        ("y", Column::Numbers((0..n).map(f64::from).collect())),
        ("id", Column::Labels { codes: (0..n as u32).collect(), levels: ids }),
        ("k", Column::Numbers((0..n).map(|i| f64::from(i % 200)).collect())),
        ("m", Column::Numbers((0..n).map(|i| f64::from(i % 199)).collect())),
    ]);
    let first = |formula: &str| {
        let bound = Formula::parse(formula).unwrap().bind(&table.schema).unwrap();
        let error = learn(bound.learner(), &table.batches(bound.columns(), table.rows)).unwrap_err();
        error.to_string().lines().next().unwrap().to_owned()
    };
    assert_eq!(first("y ~ id"), "`id` has more than 100000 levels");
    assert_eq!(first("~ C(y)"), "`C(y)` has more than 100000 levels");
    assert_eq!(first("y ~ C(k):C(m)"), "the design would have 39800 columns, more than 20000");
    assert_eq!(
        first("y ~ C(k, Poly)"),
        "`C(k, Poly)` has 200 levels; polynomial contrasts are exact enough up to 95"
    );
}

/// Prints the time on one core, apart from reading.
#[test]
#[ignore = "a measurement: run with --release --nocapture"]
fn time_on_flights() {
    let source = ferronum_data::Source::open("flights", &ferronum_data::ReadOptions::default()).unwrap();
    for formula in [
        "arr_delay ~ dep_delay + distance + C(carrier)",
        "arr_delay ~ dep_delay * C(carrier) + scale(distance) + poly(air_time, 3)",
        "log(air_time) ~ log(distance) + C(month, Sum):dep_delay",
    ] {
        let bound = Formula::parse(formula).unwrap().bind(source.schema()).unwrap();
        let batches: Vec<Batch> =
            source.scan(bound.columns()).unwrap().map(|chunk| chunk.unwrap().decode().unwrap()).collect();
        let rows: usize = batches.iter().map(|b| b.rows).sum();
        let start = std::time::Instant::now();
        let design = learn(bound.learner(), &batches).unwrap();
        let learned = start.elapsed();
        for round in 0..3 {
            let mut block = ferronum_data::formula::Block::default();
            let start = std::time::Instant::now();
            let mut kept = 0;
            for batch in &batches {
                design.evaluate_into(batch, NaPolicy::Drop, Part::Full, &mut block).unwrap();
                kept += block.rows;
            }
            let (evaluated, columns) = (start.elapsed(), block.ncols);
            println!(
                "{formula}: {kept} of {rows} rows, {columns} columns, {round}: learn {learned:?}, evaluate {evaluated:?}"
            );
        }
    }
}
