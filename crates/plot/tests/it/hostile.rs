//! Whatever the data, a figure or a typed error.
use crate::support::{assert_well_formed, texts};
use ferronum_plot::{BoxPlot, DiagnosticPlots, Error, Figure, Histogram, LinePlot, QqPlot, Scatter};
use ferronum_stat::regression::Diagnostics;
use proptest::collection::vec;
use proptest::prelude::*;

/// Values that break figures: every class of float, constants, neighbours, far ends.
fn nasty() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1e3..1e3f64,
        2 => prop::num::f64::ANY,
        1 => prop::sample::select(vec![
            0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 1e300,
            -1e300, 1e-300, 1e12, 1e12 + 1.0, 1.0 + f64::EPSILON,
        ]),
    ]
}

fn check(result: Result<Figure, Error>) -> Result<(), TestCaseError> {
    match result {
        Ok(figure) => {
            assert_well_formed(&figure);
            prop_assert!(figure.to_svg().len() < 400_000);
        }
        Err(Error::NoData { .. } | Error::TooManyGroups { .. }) => {}
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_of_two_columns(pairs in vec((nasty(), nasty()), 0..60), width in 160u32..900, height in 160u32..700) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        check(Scatter::new(&x, &y).unwrap().smoother().title("T").render(width, height))?;
        check(Scatter::new(&x, &y).unwrap().smoother().log_x().log_y().render(width, height))?;
        check(LinePlot::new(&x, &y).unwrap().x_label("x").render(width, height))?;
        check(LinePlot::series(0.0, 1.0, &y).log_y().render(width, height))?;
        if let Ok(text) = Scatter::new(&x, &y).unwrap().to_terminal(60, 10) {
            prop_assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        }
    }

    #[test]
    fn figures_of_one_column(values in vec(nasty(), 0..60), bins in 1usize..40) {
        check(Histogram::new(&values).render(400, 300))?;
        check(Histogram::new(&values).with_bins(bins).render(400, 300))?;
        check(QqPlot::new(&values).render(400, 300))?;
        check(BoxPlot::new(&values).render(400, 300))?;
        let codes: Vec<u32> = (0..values.len()).map(|i| if i % 5 == 4 { u32::MAX } else { i as u32 % 3 }).collect();
        check(BoxPlot::by_group(&values, &codes, &["a", "<&\">", "a rather long name of a group, longer than there is room"]).unwrap().render(300, 200))?;
        if let Ok(bins) = Histogram::new(&values).bins() {
            let finite = values.iter().filter(|v| v.is_finite()).count() as u64;
            prop_assert_eq!(bins.counts.iter().sum::<u64>(), finite);
            prop_assert!(bins.edges.windows(2).all(|w| w[0] < w[1]), "{:?}", bins.edges);
        }
        if let Ok(text) = Histogram::new(&values).to_terminal(80) {
            prop_assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        }
    }

    #[test]
    fn diagnostics(rows in vec((nasty(), nasty(), nasty(), nasty()), 0..40), rank in 0usize..5, width in 160u32..1200) {
        let column = |f: fn(&(f64, f64, f64, f64)) -> f64| -> Vec<f64> { rows.iter().map(f).collect() };
        let fit = Diagnostics {
            rows: (1..=rows.len() as u64).collect(),
            fitted: column(|r| r.0),
            residuals: column(|r| r.1),
            standardized: column(|r| r.2),
            leverage: column(|r| r.3),
            cooks: column(|r| r.2 * r.2 * r.3),
            total_rows: u64::MAX,
            rank,
            stands_for: if rank > 2 { column(|r| r.3) } else { Vec::new() },
        };
        check(DiagnosticPlots::new(&fit).title("y ~ \u{0} <x> & \"z\" 数").render(width, 400))?;
    }

    #[test]
    fn ticks_are_round_few_and_apart(lo in -1e6..1e6f64, width in 1e-6..1e6f64, pixels in 200u32..1500) {
        let figure = Scatter::new(&[lo, lo + width], &[0.0, 1.0]).unwrap().render(pixels, 300).unwrap();
        let texts = texts(&figure);
        prop_assert!(texts.iter().all(|t| !t.contains('e') && !t.contains('-') && t.chars().count() < 40), "{:?}", texts);
        prop_assert!(texts.len() >= 4 && texts.len() < 40, "{:?}", texts);
    }
}

#[test]
fn nothing_to_draw_is_an_error() {
    for values in [vec![], vec![f64::NAN; 3], vec![f64::INFINITY]] {
        let n = values.len();
        let wants = |result: Result<Figure, Error>| match result {
            Err(Error::NoData { given, .. }) => assert_eq!(given, n),
            other => panic!("{other:?}"),
        };
        wants(Histogram::new(&values).render(400, 300));
        wants(QqPlot::new(&values).render(400, 300));
        wants(BoxPlot::new(&values).render(400, 300));
        wants(LinePlot::series(0.0, 1.0, &values).render(400, 300));
        wants(Scatter::new(&values, &values).unwrap().render(400, 300));
    }
    assert!(matches!(
        Scatter::new(&[1.0], &[]),
        Err(Error::LengthMismatch { name: "y", len: 0, expected: 1, .. })
    ));
}

#[test]
fn values_left_out_are_counted() {
    let figure =
        Scatter::new(&[1.0, f64::NAN, 3.0], &[1.0, 2.0, f64::INFINITY]).unwrap().render(400, 300).unwrap();
    assert!(
        texts(&figure).iter().any(|t| t == "2 points are not drawn (missing or infinite)"),
        "{:?}",
        texts(&figure)
    );
}

#[test]
fn groups_are_checked() {
    let error = BoxPlot::by_group(&[1.0, 2.0], &[0, 2], &["a", "b"]).unwrap_err();
    assert_eq!(error, Error::GroupCode { index: 1, code: 2, groups: 2 });
    let names: Vec<String> = (0..200).map(|i| i.to_string()).collect();
    let error = BoxPlot::by_group(&[1.0], &[0], &names).unwrap().render(400, 300).unwrap_err();
    assert!(
        matches!(error, Error::TooManyGroups { groups: 200, .. }) && error.to_string().contains("taller")
    );
}

#[test]
fn magnitudes_far_from_one() {
    for size in [1e-300, 1e-9, 1e12, 1e300] {
        let x: Vec<f64> = (0..50).map(|i| size * f64::from(i)).collect();
        let figure =
            Scatter::new(&x, &x).unwrap().x_label("x").y_label("y").smoother().render(640, 480).unwrap();
        assert_well_formed(&figure);
        assert!(texts(&figure).iter().any(|t| t.starts_with("x (× 10")), "{:?}", texts(&figure));
    }
}
