//! Every function of every law at every point of its golden tables.
use ferronum_distuv::{
    Arcsine, AsymmetricLaplace, Bernoulli, Beta, BetaBinomial, BetaPrime, Binomial, Burr, Categorical,
    Cauchy, Chi, ChiSquared, ContinuousDistribution, DiscreteDistribution, DiscreteUniform, Erlang,
    Exponential, FisherF, Frechet, Gamma, GeneralizedExtremeValue, GeneralizedGamma, GeneralizedPareto,
    Geometric, GumbelLeft, GumbelRight, HalfCauchy, HalfNormal, HyperbolicSecant, Hypergeometric,
    InverseGamma, InverseGaussian, Kumaraswamy, Laplace, Levy, LogLogistic, LogNormal, Logarithmic, Logistic,
    Lomax, Maxwell, Nakagami, NegativeBinomial, NegativeHypergeometric, NoncentralChiSquared, NoncentralF,
    NoncentralT, Normal, Pareto, Pert, Poisson, Power, Rayleigh, Skellam, StudentT, Triangular,
    TruncatedNormal, Uniform, VonMises, Weibull, ZeroInflated, Zeta, Zipf,
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
fn arcsine() {
    check("arcsine", |p| Arcsine::new(p.number(0), p.number(1)).ok());
}

#[test]
fn asymmetric_laplace() {
    check("asymmetric_laplace", |p| AsymmetricLaplace::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn bernoulli() {
    check_counts("bernoulli", |p| Bernoulli::new(p.number(0)).ok());
}

#[test]
fn beta() {
    check("beta", |p| Beta::new(p.number(0), p.number(1)).ok());
}

#[test]
fn beta_binomial() {
    check_counts("beta_binomial", |p| BetaBinomial::new(p.number(0) as i64, p.number(1), p.number(2)).ok());
}

#[test]
fn beta_prime() {
    check("beta_prime", |p| BetaPrime::new(p.number(0), p.number(1)).ok());
}

#[test]
fn binomial() {
    check_counts("binomial", |p| Binomial::new(p.number(0) as i64, p.number(1)).ok());
}

#[test]
fn burr() {
    check("burr", |p| Burr::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn categorical() {
    check_counts("categorical", |p| Categorical::new(&p.list(0)).ok());
}

#[test]
fn cauchy() {
    check("cauchy", |p| Cauchy::new(p.number(0), p.number(1)).ok());
}

#[test]
fn chi() {
    check("chi", |p| Chi::new(p.number(0)).ok());
}

#[test]
fn chi_squared() {
    check("chi_squared", |p| ChiSquared::new(p.number(0)).ok());
}

#[test]
fn discrete_uniform() {
    check_counts("discrete_uniform", |p| DiscreteUniform::new(p.number(0) as i64, p.number(1) as i64).ok());
}

#[test]
fn erlang() {
    check("erlang", |p| Erlang::new(p.number(0) as u64, p.number(1)).ok());
}

#[test]
fn exponential() {
    check("exponential", |p| Exponential::new(p.number(0)).ok());
}

#[test]
fn extreme_parameters() {
    check("weibull_extreme", |p| Weibull::new(p.number(0), p.number(1)).ok());
    check("kumaraswamy_extreme", |p| Kumaraswamy::new(p.number(0), p.number(1)).ok());
    check("gev_extreme", |p| GeneralizedExtremeValue::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn fisher_f() {
    check("f", |p| FisherF::new(p.number(0), p.number(1)).ok());
}

#[test]
fn frechet() {
    check("frechet", |p| Frechet::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn gamma() {
    check("gamma", |p| Gamma::new(p.number(0), p.number(1)).ok());
}

#[test]
fn generalized_extreme_value() {
    check("gev", |p| GeneralizedExtremeValue::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn generalized_gamma() {
    check("generalized_gamma", |p| GeneralizedGamma::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn generalized_pareto() {
    check("generalized_pareto", |p| GeneralizedPareto::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn geometric() {
    check_counts("geometric", |p| Geometric::new(p.number(0)).ok());
}

#[test]
fn gumbel_left() {
    check("gumbel_left", |p| GumbelLeft::new(p.number(0), p.number(1)).ok());
}

#[test]
fn gumbel_right() {
    check("gumbel_right", |p| GumbelRight::new(p.number(0), p.number(1)).ok());
}

#[test]
fn half_cauchy() {
    check("half_cauchy", |p| HalfCauchy::new(p.number(0)).ok());
}

#[test]
fn half_normal() {
    check("half_normal", |p| HalfNormal::new(p.number(0)).ok());
}

#[test]
fn hyperbolic_secant() {
    check("hyperbolic_secant", |p| HyperbolicSecant::new(p.number(0), p.number(1)).ok());
}

#[test]
fn hypergeometric() {
    let count = |p: &Parameters<'_>, i| p.number(i) as i64;
    check_counts("hypergeometric", |p| Hypergeometric::new(count(&p, 0), count(&p, 1), count(&p, 2)).ok());
}

#[test]
fn inverse_gamma() {
    check("inverse_gamma", |p| InverseGamma::new(p.number(0), p.number(1)).ok());
}

#[test]
fn inverse_gaussian() {
    check("inverse_gaussian", |p| InverseGaussian::new(p.number(0), p.number(1)).ok());
}

#[test]
fn kumaraswamy() {
    check("kumaraswamy", |p| Kumaraswamy::new(p.number(0), p.number(1)).ok());
}

#[test]
fn laplace() {
    check("laplace", |p| Laplace::new(p.number(0), p.number(1)).ok());
}

#[test]
fn levy() {
    check("levy", |p| Levy::new(p.number(0), p.number(1)).ok());
}

#[test]
fn log_logistic() {
    check("log_logistic", |p| LogLogistic::new(p.number(0), p.number(1)).ok());
}

#[test]
fn log_normal() {
    check("lognormal", |p| LogNormal::new(p.number(0), p.number(1)).ok());
}

#[test]
fn logarithmic() {
    check_counts("logarithmic", |p| Logarithmic::new(p.number(0)).ok());
}

#[test]
fn logistic() {
    check("logistic", |p| Logistic::new(p.number(0), p.number(1)).ok());
}

#[test]
fn lomax() {
    check("lomax", |p| Lomax::new(p.number(0), p.number(1)).ok());
}

#[test]
fn maxwell() {
    check("maxwell", |p| Maxwell::new(p.number(0)).ok());
}

#[test]
fn nakagami() {
    check("nakagami", |p| Nakagami::new(p.number(0), p.number(1)).ok());
}

#[test]
fn negative_binomial() {
    check_counts("negative_binomial", |p| NegativeBinomial::new(p.number(0), p.number(1)).ok());
}

#[test]
fn negative_hypergeometric() {
    check_counts("negative_hypergeometric", |p| {
        NegativeHypergeometric::new(p.number(0) as i64, p.number(1) as i64, p.number(2) as i64).ok()
    });
}

#[test]
fn noncentral_chi_squared() {
    check("noncentral_chi_squared", |p| NoncentralChiSquared::new(p.number(0), p.number(1)).ok());
}

#[test]
fn noncentral_f() {
    check("noncentral_f", |p| NoncentralF::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn noncentral_t() {
    check("noncentral_t", |p| NoncentralT::new(p.number(0), p.number(1)).ok());
}

#[test]
fn normal() {
    check("normal", |p| Normal::new(p.number(0), p.number(1)).ok());
}

#[test]
fn pareto() {
    check("pareto", |p| Pareto::new(p.number(0), p.number(1)).ok());
}

#[test]
fn pert() {
    check("pert", |p| Pert::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn poisson() {
    check_counts("poisson", |p| Poisson::new(p.number(0)).ok());
}

#[test]
fn power() {
    check("power", |p| Power::new(p.number(0), p.number(1)).ok());
}

#[test]
fn rayleigh() {
    check("rayleigh", |p| Rayleigh::new(p.number(0)).ok());
}

#[test]
fn skellam() {
    check_counts("skellam", |p| Skellam::new(p.number(0), p.number(1)).ok());
}

#[test]
fn student_t() {
    check("students_t", |p| StudentT::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn triangular() {
    check("triangle", |p| Triangular::new(p.number(0), p.number(1), p.number(2)).ok());
}

#[test]
fn truncated_normal() {
    let build =
        |p: Parameters<'_>| TruncatedNormal::new(p.number(0), p.number(1), p.number(2), p.number(3)).ok();
    check("truncated_normal", build);
}

#[test]
fn uniform() {
    check("uniform", |p| Uniform::new(p.number(0), p.number(1)).ok());
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
fn weibull() {
    check("weibull", |p| Weibull::new(p.number(0), p.number(1)).ok());
}

#[test]
fn zero_inflated() {
    check_counts("zero_inflated_poisson", |p| {
        ZeroInflated::new(Poisson::new(p.number(0)).ok()?, p.number(1)).ok()
    });
}

#[test]
fn zeta() {
    check_counts("zeta", |p| Zeta::new(p.number(0)).ok());
}

#[test]
fn zipf() {
    check_counts("zipf", |p| Zipf::new(p.number(0), p.number(1) as i64).ok());
}
