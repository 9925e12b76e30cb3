//! Fits that are right, the same with any number of threads, and what is written.
use crate::support::Folder;
use serde_json::Value;

const FLIGHTS: &str = "arr_delay ~ dep_delay + distance + C(carrier)";

#[track_caller]
fn close(found: &Value, expected: &Value, digits: i32) {
    let expected: f64 = expected.as_str().unwrap().parse().unwrap();
    let found = found.as_f64().unwrap();
    let relative = ((found - expected) / expected).abs();
    assert!(relative < 10_f64.powi(-digits), "{found} is not {expected} to {digits} digits");
}

#[test]
fn flights_have_the_coefficients_of_r() {
    let golden: Value = serde_json::from_str(include_str!("../golden/flights_ols.json")).unwrap();
    let folder = Folder::new("flights");
    let made: Value = serde_json::from_str(&folder.good(&["fit", FLIGHTS, "flights", "--json"])).unwrap();
    assert_eq!(made["nobs"], golden["nobs"]);
    let terms = made["terms"].as_array().unwrap();
    let expected = golden["terms"].as_array().unwrap();
    assert_eq!(terms.len(), expected.len());
    for (term, expected) in terms.iter().zip(expected) {
        close(&term["estimate"], &expected["estimate"], 10);
        close(&term["std_error"], &expected["std_error"], 10);
    }
    close(&made["r_squared"], &golden["r_squared"], 11);
    close(&made["scale"], &golden["scale"], 11);
}

#[test]
fn keys_of_the_document() {
    let folder = Folder::new("keys");
    let made: Value = serde_json::from_str(&folder.good(&["fit", "mpg ~ wt", "mtcars", "--json"])).unwrap();
    let keys = [
        "model",
        "formula",
        "method",
        "nobs",
        "df_resid",
        "df_model",
        "terms",
        "r_squared",
        "adj_r_squared",
        "f_statistic",
        "f_p_value",
        "scale",
        "log_likelihood",
        "aic",
        "bic",
        "condition_number",
        "cov_type",
    ];
    for key in keys {
        assert!(!made[key].is_null(), "{key}");
    }
    for key in ["name", "estimate", "std_error", "statistic", "p_value", "ci_low", "ci_high"] {
        assert!(!made["terms"][1][key].is_null(), "{key}");
    }
}

#[test]
fn the_same_bits_with_any_number_of_threads() {
    let folder = Folder::new("threads");
    for cov in ["nonrobust", "HC3", "cluster(carrier)", "newey-west(3)"] {
        let run =
            |threads| folder.good(&["fit", FLIGHTS, "flights", "--json", "--cov", cov, "--threads", threads]);
        let one = run("1");
        assert_eq!(one, run("2"), "{cov}");
        assert_eq!(one, run("7"), "{cov}");
    }
    let run = |threads| folder.good(&["describe", "flights", "--json", "--threads", threads]);
    assert_eq!(run("1"), run("7"));
}

#[test]
fn report_plot_and_saved_model() {
    let folder = Folder::new("files");
    let files = ["--report", "r.html", "--plot", "p.png", "--save", "m.json"];
    let table = folder.good(&[&["fit", "mpg ~ wt + hp", "mtcars"][..], &files].concat());
    assert!(table.contains("wt") && table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let page = String::from_utf8(read("r.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("mpg ~ wt + hp") && page.ends_with("</html>\n"));
    assert!(!page.contains("src=") && !page.contains("<link"));
    assert!(read("p.png").starts_with(b"\x89PNG"));
    let predicted = folder.good(&["predict", "m.json", "mtcars"]);
    assert_eq!(predicted.lines().count(), 33);
    let first: Vec<f64> = predicted.lines().nth(1).unwrap().split(',').map(|x| x.parse().unwrap()).collect();
    // R 4.2.2: predict(lm(mpg ~ wt + hp, mtcars))[1]
    assert!((first[1] / 23.5723294033092 - 1.0).abs() < 1e-14, "{first:?}");
    assert_eq!(folder.good(&["predict", "m.json", "mtcars", "--output", "made.csv"]), "");
    assert_eq!(String::from_utf8(read("made.csv")).unwrap(), predicted);
    assert_eq!(folder.names(), ["m.json", "made.csv", "p.png", "r.html"]);
}

#[test]
fn a_saved_model_is_small() {
    let folder = Folder::new("small");
    folder.good(&["fit", FLIGHTS, "flights", "--cov", "HC1", "--save", "m.json"]);
    let size = std::fs::metadata(folder.path().join("m.json")).unwrap().len();
    assert!(size <= 10_000, "{size} bytes for 18 terms");
}

#[test]
fn help_fits_a_terminal() {
    let folder = Folder::new("help");
    for command in ["describe", "fit", "predict", "plot", "datasets", "completions"] {
        let text = folder.good(&[command, "--help"]);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    assert!(folder.good(&["completions", "bash"]).contains("ferronum"));
    assert!(folder.good(&["datasets"]).contains("flights"));
}
