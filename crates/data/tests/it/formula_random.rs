//! No text makes the formula code panic, and what it accepts evaluates.
use ferronum_data::formula::{Formula, NaPolicy, Part};
use ferronum_data::{Column, Schema};
use proptest::prelude::*;

use crate::formula::{Table, labels, learn};

fn table() -> Table {
    let n = 12;
    Table::new(vec![
        ("y", Column::Numbers((0..n).map(|i| f64::from(i * i % 7) + 1.0).collect())),
        ("x", Column::Numbers((0..n).map(|i| if i == 4 { f64::NAN } else { f64::from(i) + 0.5 }).collect())),
        ("x y", Column::Numbers((0..n).map(|i| f64::from(i % 5) - 2.0).collect())),
        ("g", labels((0..n).map(|i| if i == 7 { None } else { Some(["a", "b", "ü"][i as usize % 3]) }))),
        ("h", labels((0..n).map(|i| Some(["no", "yes"][i as usize % 2])))),
    ])
}

/// Takes a text all the way; every step may refuse, none may panic.
fn run(text: &str) -> Option<(usize, usize)> {
    let table = table();
    let explain = |e: ferronum_data::formula::FormulaError| {
        let shown = e.to_string();
        let mut lines = shown.lines();
        assert!(lines.next().is_some_and(|l| !l.is_empty()), "{text:?}: {shown}");
        if let Some(place) = e.place() {
            let formula = e.formula().unwrap();
            assert!(formula.is_char_boundary(place.start) && place.end <= formula.len(), "{text:?}: {shown}");
        }
    };
    let formula = Formula::parse(text).map_err(explain).ok()?;
    let _ = formula.bind(&Schema::default()).map_err(explain);
    let bound = formula.bind(&table.schema).map_err(explain).ok()?;
    let batches = table.batches(bound.columns(), 5);
    let design = learn(bound.learner(), &batches).map_err(explain).ok()?;
    let names = design.term_names().len();
    let stored = serde_json::to_string(&design).unwrap();
    let read: ferronum_data::formula::Design =
        serde_json::from_str(&stored).unwrap_or_else(|e| panic!("{text:?}: {e}"));
    assert_eq!(read, design, "{text:?}");
    let mut rows = 0;
    for batch in &batches {
        let block = design.evaluate(batch, NaPolicy::Drop, Part::Full).map_err(explain).ok()?;
        assert_eq!(block.x.len(), block.rows * names, "{text:?}");
        assert!(block.x.iter().all(|v| v.is_finite()), "{text:?}");
        assert_eq!(block.rows + block.dropped, batch.rows);
        rows += block.rows;
    }
    Some((names, rows))
}

/// Texts that follow the grammar, over the columns of the table and a few that are not there.
fn formulas() -> impl Strategy<Value = String> {
    let column = prop::sample::select(vec!["y", "x", "`x y`", "g", "h", "q"]);
    let numeric = prop::sample::select(vec!["x", "y", "`x y`", "2", "0.5", "g"]).prop_map(str::to_owned);
    let arithmetic = numeric.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", "-", "*", "/", "^", "**"]), inner.clone())
                .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            (
                prop::sample::select(vec!["log", "exp", "sqrt", "abs", "scale", "center", "I", "foo"]),
                inner.clone()
            )
                .prop_map(|(f, a)| format!("{f}({a})")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.prop_map(|a| format!("-{a}")),
        ]
    });
    let contrast = prop::sample::select(vec![
        "",
        ", Sum",
        ", Helmert",
        ", Poly",
        ", Treatment(b)",
        ", Treatment(1)",
        ", Treatment",
    ]);
    let atom = prop_oneof![
        4 => column.clone().prop_map(str::to_owned),
        2 => (column, contrast).prop_map(|(c, k)| format!("C({c}{k})")),
        2 => arithmetic.clone().prop_map(|a| format!("I({a})")),
        1 => (arithmetic.clone(), 1..5).prop_map(|(a, d)| format!("poly({a}, {d})")),
        1 => arithmetic.clone().prop_map(|a| format!("offset({a})")),
        1 => prop::sample::select(vec!["0", "1", ".", "-1"]).prop_map(str::to_owned),
    ];
    let terms = atom.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", "-", "*", "/", ":"]), inner.clone())
                .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            (inner, 1..4).prop_map(|(a, n)| format!("({a})^{n}")),
        ]
    });
    (prop_oneof![Just("y".to_owned()), Just(String::new()), arithmetic], terms)
        .prop_map(|(left, right)| format!("{left} ~ {right}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        run(&text);
    }

    #[test]
    fn any_tokens(words in prop::collection::vec(prop::sample::select(vec![
        "y", "x", "g", "~", "+", "-", "*", "/", ":", "^", "(", ")", ",", "=", ".", "0", "1", "2", "1e308", "C(", "poly(", "log(", "I(",
        "offset(", "scale(", "Sum", "Treatment", "\"b\"", "`x y`", "`", "raw", "TRUE", " ", "ü", "\u{301}",
    ]), 0..20)) {
        run(&words.concat());
    }

    #[test]
    fn grammatical(text in formulas()) {
        run(&text);
    }
}

/// The generator is of use only if many of its formulas go all the way.
#[test]
fn many_generated_formulas_evaluate() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let done =
        (0..500).filter(|_| run(&formulas().new_tree(&mut runner).unwrap().current()).is_some()).count();
    assert!(done > 50, "{done}");
}

/// Large texts end in time.
#[test]
fn large_texts() {
    let repeat = |unit: &str, n: usize| unit.repeat(n);
    for text in [
        format!("y ~ {}x", repeat("x + ", 100_000)),
        format!("y ~ {}x", repeat("x:", 100_000)),
        format!("y ~ {}x", repeat("x * ", 100_000)),
        format!("y ~ {}x", repeat("g / ", 100_000)),
        format!("y ~ I({}x)", repeat("x + ", 100_000)),
        format!("y ~ {}x", repeat("-", 100_000)),
        format!("y ~ {}", repeat("(", 100_000)),
        format!("y ~ {}x{}", repeat("(x + ", 60), repeat(")^4000000000", 60)),
        format!("y ~ {}x{}", repeat("log(", 63), repeat(")", 63)),
        format!("y ~ {}x{}", repeat("scale(", 30), repeat(")", 30)),
        format!("y ~ {}", (0..3000).map(|i| format!("I(x + {i}) + ")).collect::<String>() + "x"),
        format!("y ~ ({})^3", (0..100).map(|i| format!("I(x + {i}) + ")).collect::<String>() + "x"),
    ] {
        let start = std::time::Instant::now();
        run(&text);
        assert!(start.elapsed().as_secs() < 20, "{}", &text[..40]);
    }
}
