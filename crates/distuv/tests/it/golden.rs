//! Every function of every law at every point of its golden tables.
use ferronum_distuv::{ChiSquared, ContinuousDistribution, FisherF, Normal, StudentT};
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

#[track_caller]
fn check<D: ContinuousDistribution>(name: &str, build: impl Fn(Parameters<'_>) -> Option<D>) {
    let mut failed = Vec::new();
    for kind in ["points", "quantiles", "moments"] {
        let table = golden_table(&format!("dist/{name}.{kind}.tsv")).expect("golden table");
        let law = |p: Parameters<'_>| build(p).map(|law| move |what, x| evaluate(&law, what, x));
        for survey in survey_law(name, &table, law).expect("decimal cells") {
            let summary = survey.summary();
            println!("{summary:?}");
            if !summary.pass {
                failed.push(summary);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
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
