//! Every function of every law at every point of its golden tables.
use ferronum_distuv::{
    Beta, BetaPrime, Chi, ChiSquared, ContinuousDistribution, DiscreteDistribution, Erlang, Exponential,
    FisherF, Gamma, GeneralizedGamma, InverseGamma, InverseGaussian, Nakagami, NoncentralChiSquared, Normal,
    Pert, Poisson, StudentT, TruncatedNormal, VonMises,
};
use ferronum_testkit::{LawFunction, Parameters, golden_table, survey_law};

fn evaluate(law: &impl ContinuousDistribution, what: LawFunction, x: f64) -> f64 {
    match what {
        LawFunction::Pdf => law.pdf(x),
        LawFunction::LnPdf => law.ln_pdf(x),
        LawFunction::Cdf => law.cdf(x),
        LawFunction::Sf => law.sf(x),
        LawFunction::LnCdf => law.ln_cdf(x),
        LawFunction::LnSf => law.ln_sf(x),
        LawFunction::Quantile => law.quantile(x),
        LawFunction::Isf => law.isf(x),
        LawFunction::Mean => law.mean(),
        LawFunction::Variance => law.variance(),
        LawFunction::Skewness => law.skewness(),
        LawFunction::ExcessKurtosis => law.excess_kurtosis(),
        LawFunction::Entropy => law.entropy(),
        _ => f64::NAN,
    }
}

fn evaluate_counts(law: &impl DiscreteDistribution, what: LawFunction, x: f64) -> f64 {
    let k = x as i64;
    let count = |k: Option<i64>| k.map_or(f64::NAN, |k| if k == i64::MAX { f64::INFINITY } else { k as f64 });
    match what {
        LawFunction::Pdf => law.pmf(k),
        LawFunction::LnPdf => law.ln_pmf(k),
        LawFunction::Cdf => law.cdf(k),
        LawFunction::Sf => law.sf(k),
        LawFunction::LnCdf => law.ln_cdf(k),
        LawFunction::LnSf => law.ln_sf(k),
        LawFunction::Quantile => count(law.quantile(x)),
        LawFunction::Isf => count(law.isf(x)),
        LawFunction::Mean => law.mean(),
        LawFunction::Variance => law.variance(),
        LawFunction::Skewness => law.skewness(),
        LawFunction::ExcessKurtosis => law.excess_kurtosis(),
        LawFunction::Entropy => law.entropy(),
        _ => f64::NAN,
    }
}

/// Compares a law with its golden tables: points, quantiles and moments, those that there are.
#[track_caller]
fn compare<F: Fn(LawFunction, f64) -> f64>(name: &str, build: impl Fn(Parameters<'_>) -> Option<F>) {
    let mut failed = Vec::new();
    let mut tables = 0;
    for kind in ["points", "quantiles", "moments"] {
        let Ok(table) = golden_table(&format!("dist/{name}.{kind}.tsv")) else { continue };
        tables += 1;
        for survey in survey_law(name, &table, &build).expect("decimal cells") {
            let summary = survey.summary();
            if summary.points == 0 {
                continue;
            }
            println!("{summary:?}");
            if !summary.pass {
                failed.push(summary);
            }
        }
    }
    assert!(tables > 0, "no golden table of {name}");
    assert!(failed.is_empty(), "{failed:#?}");
}

#[track_caller]
fn check<D: ContinuousDistribution>(name: &str, build: impl Fn(Parameters<'_>) -> Option<D>) {
    compare(name, |p: Parameters<'_>| build(p).map(|law| move |what, x| evaluate(&law, what, x)));
}

#[track_caller]
fn check_counts<D: DiscreteDistribution>(name: &str, build: impl Fn(Parameters<'_>) -> Option<D>) {
    compare(name, |p: Parameters<'_>| build(p).map(|law| move |what, x| evaluate_counts(&law, what, x)));
}

#[test]
fn normal() {
    check("normal", |p| Normal::new(p.number(0), p.number(1)).ok());
}

#[test]
fn student_t() {
    check("students_t", |p| StudentT::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn fisher_f() {
    check("f", |p| FisherF::new(p.number(0), p.number(1)).ok());
}

#[test]
fn chi_squared() {
    check("chi_squared", |p| ChiSquared::new(p.number(0)).ok());
}

#[test]
fn exponential() {
    check("exponential", |p| Exponential::new(p.number(0)).ok());
}

#[test]
fn poisson() {
    check_counts("poisson", |p| Poisson::new(p.number(0)).ok());
}

#[test]
fn gamma() {
    check("gamma", |p| Gamma::new(p.number(0), p.number(1)).ok());
}

#[test]
fn erlang() {
    check("erlang", |p| Erlang::new(p.number(0) as u64, p.number(1)).ok());
}

#[test]
fn inverse_gamma() {
    check("inverse_gamma", |p| InverseGamma::new(p.number(0), p.number(1)).ok());
}

#[test]
fn chi() {
    check("chi", |p| Chi::new(p.number(0)).ok());
}

#[test]
fn nakagami() {
    check("nakagami", |p| Nakagami::new(p.number(0), p.number(1)).ok());
}

#[test]
fn generalized_gamma() {
    check("generalized_gamma", |p| GeneralizedGamma::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn beta() {
    check("beta", |p| Beta::new(p.number(0), p.number(1)).ok());
}

#[test]
fn beta_prime() {
    check("beta_prime", |p| BetaPrime::new(p.number(0), p.number(1)).ok());
}

#[test]
fn pert() {
    check("pert", |p| Pert::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn inverse_gaussian() {
    check("inverse_gaussian", |p| InverseGaussian::new(p.number(0), p.number(1)).ok());
}

#[test]
fn von_mises() {
    compare("von_mises", |p| {
        let law = VonMises::new(p.number(0), p.number(1)).ok()?;
        Some(move |what, x| match what {
            LawFunction::CircularMean => law.circular_mean(),
            LawFunction::CircularVariance => law.circular_variance(),
            _ => evaluate(&law, what, x),
        })
    });
}

#[test]
fn noncentral_chi_squared() {
    check("noncentral_chi_squared", |p| NoncentralChiSquared::new(p.number(0), p.number(1)).ok());
}

#[test]
fn truncated_normal() {
    let build =
        |p: Parameters<'_>| TruncatedNormal::new(p.number(0), p.number(1), p.number(2), p.number(3)).ok();
    check("truncated_normal", build);
}
