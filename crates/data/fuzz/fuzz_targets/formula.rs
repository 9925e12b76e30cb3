//! Any bytes as a formula, parsed, bound and evaluated on a small table.
#![no_main]
use ferronum_data::formula::{Formula, Learned, NaPolicy, Part};
use ferronum_data::{Batch, Column, Field, Kind, Schema};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let field = |name: &str, kind| Field { name: name.into(), kind };
    let schema =
        Schema::new(vec![field("y", Kind::Number), field("x", Kind::Number), field("g", Kind::Text)]);
    let whole = [
        Column::Numbers(vec![1.0, 2.0, 4.0, 3.0, f64::NAN]),
        Column::Numbers(vec![0.0, -1.0, 2.5, 1e200, 1.0]),
        Column::Labels { codes: vec![0, 1, 2, 0, 1], levels: vec!["b".into(), "a".into(), "c".into()] },
    ];
    let Ok(bound) = Formula::parse(text).and_then(|f| f.bind(&schema)).map_err(|e| e.to_string()) else {
        return;
    };
    let columns = bound.columns().iter().map(|&c| whole[c].clone()).collect();
    let batch = Batch { first_row: 0, rows: 5, columns };
    let mut learner = bound.learner();
    let design = loop {
        if learner.observe(&batch).map_err(|e| e.to_string()).is_err() {
            return;
        }
        match learner.finish().map_err(|e| e.to_string()) {
            Ok(Learned::Again(next)) => learner = next,
            Ok(Learned::Done(design)) => break design,
            Err(_) => return,
        }
    };
    let _ = design.evaluate(&batch, NaPolicy::Drop, Part::Full).map_err(|e| e.to_string());
});
