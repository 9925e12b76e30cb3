//! Against values computed in 40 digits; see `tests/golden/generate.py`.
use ferronum_distmv::*;
use ferronum_mat::Mat;
use ferronum_testkit::{decimal, numbers, read_json, relative_error};
use serde_json::Value;
use std::path::Path;

fn vector(entry: &Value, name: &str) -> Vec<f64> {
    numbers(&entry["in"][name]).unwrap()
}

fn number(entry: &Value, name: &str) -> f64 {
    entry["in"][name].as_f64().unwrap()
}

fn counts(entry: &Value, name: &str) -> Vec<i64> {
    entry["in"][name].as_array().unwrap().iter().map(|v| v.as_i64().unwrap()).collect()
}

fn matrix(entry: &Value, name: &str) -> Mat<f64> {
    let rows: Vec<Vec<f64>> =
        entry["in"][name].as_array().unwrap().iter().map(|r| numbers(r).unwrap()).collect();
    Mat::from_rows(&rows).unwrap()
}

/// Every value of this name to `bar` relative; prints the worst.
fn check(name: &str, bar: f64, f: impl Fn(&Value) -> f64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/values.json");
    let document = read_json(&path).unwrap();
    let entries = document["values"][name].as_array().unwrap();
    let mut worst: f64 = 0.0;
    for entry in entries {
        let (actual, expected) = (f(entry), decimal(&entry["out"]).unwrap().unwrap());
        let error = relative_error(actual, expected);
        assert!(error <= bar, "{name}: {actual:e} for {entry}: error {error:e}");
        worst = worst.max(error);
    }
    println!("{name}: {} points, worst relative error {worst:.1e}", entries.len());
}

#[test]
fn normal_and_t() {
    check("normal", 1e-14, |e| {
        MultivariateNormal::new(&vector(e, "mean"), &matrix(e, "scatter")).unwrap().ln_pdf(&vector(e, "x"))
    });
    check("student_t", 1e-14, |e| {
        let law = MultivariateT::new(&vector(e, "mean"), &matrix(e, "scatter"), number(e, "dof")).unwrap();
        law.ln_pdf(&vector(e, "x"))
    });
}

#[test]
fn divergences() {
    let laws = |e: &Value| {
        let first = MultivariateNormal::new(&[1.0, 2.0, 3.0], &matrix(e, "scatter")).unwrap();
        (first, MultivariateNormal::new(&[0.0, 1.0, 1.0], &matrix(e, "other")).unwrap())
    };
    type Distance = fn(&MultivariateNormal, &MultivariateNormal) -> Result<f64, Error>;
    let distances: [(&str, Distance); 4] = [
        ("kl", MultivariateNormal::kl_divergence),
        ("bhattacharyya", MultivariateNormal::bhattacharyya_distance),
        ("hellinger", MultivariateNormal::hellinger_distance),
        ("wasserstein", MultivariateNormal::wasserstein_distance),
    ];
    for (name, distance) in distances {
        check(name, 1e-14, |e| distance(&laws(e).0, &laws(e).1).unwrap());
    }
    check("renyi", 1e-14, |e| laws(e).0.renyi_divergence(&laws(e).1, 0.25).unwrap());
}

#[test]
fn proportions_and_counts() {
    check("dirichlet", 1e-13, |e| Dirichlet::new(&vector(e, "alpha")).unwrap().ln_pdf(&vector(e, "x")));
    check("dirichlet_entropy", 1e-13, |e| Dirichlet::new(&vector(e, "alpha")).unwrap().entropy());
    let trials = |e: &Value| e["in"]["n"].as_u64().unwrap();
    check("multinomial", 1e-13, |e| {
        Multinomial::new(trials(e), &vector(e, "p")).unwrap().ln_pmf(&counts(e, "k"))
    });
    check("dirichlet_multinomial", 1e-13, |e| {
        DirichletMultinomial::new(trials(e), &vector(e, "alpha")).unwrap().ln_pmf(&counts(e, "k"))
    });
    check("multivariate_hypergeometric", 1e-13, |e| {
        let sizes: Vec<u64> = counts(e, "sizes").iter().map(|&k| k as u64).collect();
        let k = counts(e, "k");
        MultivariateHypergeometric::new(&sizes, k.iter().sum::<i64>() as u64).unwrap().ln_pmf(&k)
    });
}

#[test]
fn matrices_and_directions() {
    check("wishart", 1e-13, |e| {
        Wishart::new(&matrix(e, "scale"), number(e, "dof")).unwrap().ln_pdf(&matrix(e, "x"))
    });
    check("inverse_wishart", 1e-13, |e| {
        InverseWishart::new(&matrix(e, "scale"), number(e, "dof")).unwrap().ln_pdf(&matrix(e, "x"))
    });
    check("von_mises_fisher", 1e-13, |e| {
        VonMisesFisher::new(&vector(e, "direction"), number(e, "kappa")).unwrap().ln_pdf(&vector(e, "x"))
    });
    check("lkj", 1e-13, |e| {
        LkjCorrelation::new(number(e, "dim") as usize, number(e, "eta")).unwrap().ln_norm()
    });
}

#[test]
fn normal_distribution_functions() {
    check("bivariate", 1e-13, |e| bivariate_normal_cdf(number(e, "h"), number(e, "k"), number(e, "rho")));
    check("trivariate", 1e-12, |e| {
        let (h, rho) = (vector(e, "h"), vector(e, "rho"));
        trivariate_normal_cdf([h[0], h[1], h[2]], [rho[0], rho[1], rho[2]])
    });
}

#[test]
fn copulas() {
    let parts = |e: &Value| (vector(e, "u"), number(e, "theta"));
    check("clayton_cdf", 1e-14, |e| {
        let (u, theta) = parts(e);
        ClaytonCopula::new(u.len(), theta).unwrap().cdf(&u)
    });
    check("clayton_ln_pdf", 1e-13, |e| {
        let (u, theta) = parts(e);
        ClaytonCopula::new(u.len(), theta).unwrap().ln_pdf(&u)
    });
    check("gumbel_cdf", 1e-14, |e| {
        let (u, theta) = parts(e);
        GumbelCopula::new(u.len(), theta).unwrap().cdf(&u)
    });
    check("gumbel_ln_pdf", 1e-13, |e| {
        let (u, theta) = parts(e);
        GumbelCopula::new(u.len(), theta).unwrap().ln_pdf(&u)
    });
    check("frank_cdf", 1e-14, |e| {
        let (u, theta) = parts(e);
        FrankCopula::new(u.len(), theta).unwrap().cdf(&u)
    });
    check("frank_ln_pdf", 1e-13, |e| {
        let (u, theta) = parts(e);
        FrankCopula::new(u.len(), theta).unwrap().ln_pdf(&u)
    });
    check("frank_tau", 1e-13, |e| FrankCopula::new(2, number(e, "theta")).unwrap().kendall_tau());
}

#[test]
fn boxes_agree_with_the_trivariate_function_within_their_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/values.json");
    let document = read_json(&path).unwrap();
    for entry in document["values"]["trivariate"].as_array().unwrap() {
        let (h, rho) = (vector(entry, "h"), vector(entry, "rho"));
        let r =
            Mat::from_rows(&[[1.0, rho[0], rho[1]], [rho[0], 1.0, rho[2]], [rho[1], rho[2], 1.0]]).unwrap();
        let law = MultivariateNormal::new(&[0.0; 3], &r).unwrap();
        let expected = decimal(&entry["out"]).unwrap().unwrap().to_f64();
        let settings = BoxProbability { abs_tol: 0.0, rel_tol: 1e-4, max_points: 500_000, seed: 3 };
        let p = settings.normal(&law, &[f64::NEG_INFINITY; 3], &h).unwrap();
        assert!(p.converged && (p.value - expected).abs() <= p.error, "{p:?} for {expected:e}");
        assert_eq!(settings.normal(&law, &[f64::NEG_INFINITY; 3], &h).unwrap(), p);
    }
}
