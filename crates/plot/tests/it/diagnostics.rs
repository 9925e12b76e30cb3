//! The diagnostic figure.
use crate::support::{assert_well_formed, heavy_tails, mtcars, texts};
use ferronum_plot::{DiagnosticPlots, Error};
use ferronum_stat::regression::Diagnostics;

#[test]
fn mtcars_names_the_rows_that_r_names() {
    let fit = mtcars();
    let figure = DiagnosticPlots::new(&fit).title("mpg ~ wt + hp").render(1000, 800).unwrap();
    assert_well_formed(&figure);
    let texts = texts(&figure);
    // plot.lm names Fiat 128 (18), Toyota Corolla (20), Chrysler Imperial (17), and by Cook's distance also Maserati Bora (31).
    for (row, times) in [("18", 3), ("20", 4), ("17", 4), ("31", 1)] {
        assert!(texts.iter().filter(|t| *t == row).count() >= times, "{row}: {texts:?}");
    }
    assert!(texts.iter().any(|t| t == "0.5") && texts.iter().any(|t| t == "Cook’s distance"));
    assert!(!texts.iter().any(|t| t.contains("hexagon")));
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let fit = heavy_tails(5_000);
    let draw = || DiagnosticPlots::new(&fit).render(900, 700).unwrap();
    assert_eq!(draw().to_svg(), draw().to_svg());
    assert_eq!(draw().to_png(1.0).unwrap(), draw().to_png(1.0).unwrap());
}

#[test]
fn large_data_stay_small() {
    for n in [1_999, 2_000, 2_001, 300_000] {
        let fit = heavy_tails(n);
        let figure = DiagnosticPlots::new(&fit).render(1000, 800).unwrap();
        let size = figure.to_svg().len();
        assert!(size < 400_000, "{n}: {size} bytes");
        assert_eq!(texts(&figure).iter().any(|t| t.starts_with("observations per hexagon")), n > 2_000);
    }
}

#[test]
fn a_subsample_is_owned_up_to() {
    let mut fit = heavy_tails(3_000);
    fit.total_rows = 1_234_567;
    let figure = DiagnosticPlots::new(&fit).render(1000, 800).unwrap();
    assert!(texts(&figure).iter().any(|t| t == "A subsample is shown: 3,000 of 1,234,567 rows"));
}

#[test]
fn leverage_of_one_is_named_and_left_out() {
    let mut fit = mtcars();
    fit.leverage[13] = 1.0;
    (fit.standardized[13], fit.cooks[13]) = (f64::NAN, f64::NAN);
    let figure = DiagnosticPlots::new(&fit).render(1000, 800).unwrap();
    assert_well_formed(&figure);
    assert!(texts(&figure).iter().any(|t| t.starts_with("Leverage 1") && t.ends_with("row 14")));
}

#[test]
fn a_perfect_fit_says_so() {
    let mut fit = mtcars();
    fit.residuals.fill(0.0);
    fit.standardized.fill(f64::NAN);
    fit.cooks.fill(f64::NAN);
    let figure = DiagnosticPlots::new(&fit).render(1000, 800).unwrap();
    assert_well_formed(&figure);
    assert_eq!(
        texts(&figure).iter().filter(|t| t.starts_with("Standardized residuals are undefined")).count(),
        3
    );
}

#[test]
fn fields_of_different_length_are_an_error() {
    let mut fit = mtcars();
    fit.cooks.pop();
    let error = DiagnosticPlots::new(&fit).render(1000, 800).unwrap_err();
    assert_eq!(
        error,
        Error::LengthMismatch { figure: "diagnostic plots", name: "cooks", len: 31, expected: 32 }
    );
    let empty = Diagnostics::default();
    assert!(matches!(DiagnosticPlots::new(&empty).render(1000, 800), Err(Error::NoData { given: 0, .. })));
}

#[test]
fn constant_fitted_values_and_tiny_samples() {
    for n in 1..6 {
        let mut fit = heavy_tails(n);
        assert_well_formed(&DiagnosticPlots::new(&fit).render(1000, 800).unwrap());
        fit.fitted.fill(20.09);
        fit.leverage.fill(1.0 / n as f64);
        assert_well_formed(&DiagnosticPlots::new(&fit).render(400, 300).unwrap());
    }
}
