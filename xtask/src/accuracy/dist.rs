//! Probability laws: `dist/NAME.points.tsv`, `NAME.quantiles.tsv`, `NAME.moments.tsv`.
use super::{ReferenceFile, report::Report};
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
use ferronum_testkit::{Error, LawFunction, Parameters, Table, survey_law};

/// A law with its parameters fixed, as a function of what is asked and of x, k or p.
type Evaluate = Box<dyn Fn(LawFunction, f64) -> f64>;

/// The law of a file, built from the parameter columns; `None` if it refuses the parameters.
struct Law {
    /// Name of the file up to the first dot.
    file: &'static str,
    build: fn(Parameters<'_>) -> Option<Evaluate>,
}

/// One entry per law; what is not here is listed as not covered.
const LAWS: &[Law] = &[
    Law { file: "arcsine", build: |p| continuous(Arcsine::new(p.number(0), p.number(1))) },
    Law {
        file: "asymmetric_laplace",
        build: |p| continuous(AsymmetricLaplace::new(p.number(0), p.number(1), p.number(2))),
    },
    Law { file: "bernoulli", build: |p| discrete(Bernoulli::new(p.number(0))) },
    Law { file: "beta", build: |p| continuous(Beta::new(p.number(0), p.number(1))) },
    Law {
        file: "beta_binomial",
        build: |p| discrete(BetaBinomial::new(count(&p, 0), p.number(1), p.number(2))),
    },
    Law { file: "beta_prime", build: |p| continuous(BetaPrime::new(p.number(0), p.number(1))) },
    Law { file: "binomial", build: |p| discrete(Binomial::new(count(&p, 0), p.number(1))) },
    Law { file: "burr", build: |p| continuous(Burr::new(p.number(0), p.number(1), p.number(2))) },
    Law { file: "categorical", build: |p| discrete(Categorical::new(&p.list(0))) },
    Law { file: "cauchy", build: |p| continuous(Cauchy::new(p.number(0), p.number(1))) },
    Law { file: "chi", build: |p| continuous(Chi::new(p.number(0))) },
    Law { file: "chi_squared", build: |p| continuous(ChiSquared::new(p.number(0))) },
    Law { file: "discrete_uniform", build: |p| discrete(DiscreteUniform::new(count(&p, 0), count(&p, 1))) },
    Law { file: "erlang", build: |p| continuous(Erlang::new(p.number(0) as u64, p.number(1))) },
    Law { file: "exponential", build: |p| continuous(Exponential::new(p.number(0))) },
    Law { file: "f", build: |p| continuous(FisherF::new(p.number(0), p.number(1))) },
    Law { file: "frechet", build: |p| continuous(Frechet::new(p.number(0), p.number(1), p.number(2))) },
    Law { file: "gamma", build: |p| continuous(Gamma::new(p.number(0), p.number(1))) },
    Law {
        file: "generalized_gamma",
        build: |p| continuous(GeneralizedGamma::new(p.number(0), p.number(1), p.number(2))),
    },
    Law {
        file: "generalized_pareto",
        build: |p| continuous(GeneralizedPareto::new(p.number(0), p.number(1), p.number(2))),
    },
    Law { file: "geometric", build: |p| discrete(Geometric::new(p.number(0))) },
    Law {
        file: "gev",
        build: |p| continuous(GeneralizedExtremeValue::new(p.number(0), p.number(1), p.number(2))),
    },
    Law { file: "gumbel_left", build: |p| continuous(GumbelLeft::new(p.number(0), p.number(1))) },
    Law { file: "gumbel_right", build: |p| continuous(GumbelRight::new(p.number(0), p.number(1))) },
    Law { file: "half_cauchy", build: |p| continuous(HalfCauchy::new(p.number(0))) },
    Law { file: "half_normal", build: |p| continuous(HalfNormal::new(p.number(0))) },
    Law { file: "hyperbolic_secant", build: |p| continuous(HyperbolicSecant::new(p.number(0), p.number(1))) },
    Law {
        file: "hypergeometric",
        build: |p| discrete(Hypergeometric::new(count(&p, 0), count(&p, 1), count(&p, 2))),
    },
    Law { file: "inverse_gamma", build: |p| continuous(InverseGamma::new(p.number(0), p.number(1))) },
    Law { file: "inverse_gaussian", build: |p| continuous(InverseGaussian::new(p.number(0), p.number(1))) },
    Law { file: "kumaraswamy", build: |p| continuous(Kumaraswamy::new(p.number(0), p.number(1))) },
    Law { file: "laplace", build: |p| continuous(Laplace::new(p.number(0), p.number(1))) },
    Law { file: "levy", build: |p| continuous(Levy::new(p.number(0), p.number(1))) },
    Law { file: "log_logistic", build: |p| continuous(LogLogistic::new(p.number(0), p.number(1))) },
    Law { file: "logarithmic", build: |p| discrete(Logarithmic::new(p.number(0))) },
    Law { file: "logistic", build: |p| continuous(Logistic::new(p.number(0), p.number(1))) },
    Law { file: "lognormal", build: |p| continuous(LogNormal::new(p.number(0), p.number(1))) },
    Law { file: "lomax", build: |p| continuous(Lomax::new(p.number(0), p.number(1))) },
    Law { file: "maxwell", build: |p| continuous(Maxwell::new(p.number(0))) },
    Law { file: "nakagami", build: |p| continuous(Nakagami::new(p.number(0), p.number(1))) },
    Law { file: "negative_binomial", build: |p| discrete(NegativeBinomial::new(p.number(0), p.number(1))) },
    Law {
        file: "negative_hypergeometric",
        build: |p| discrete(NegativeHypergeometric::new(count(&p, 0), count(&p, 1), count(&p, 2))),
    },
    Law {
        file: "noncentral_chi_squared",
        build: |p| continuous(NoncentralChiSquared::new(p.number(0), p.number(1))),
    },
    Law {
        file: "noncentral_f",
        build: |p| continuous(NoncentralF::new(p.number(0), p.number(1), p.number(2))),
    },
    Law { file: "noncentral_t", build: |p| continuous(NoncentralT::new(p.number(0), p.number(1))) },
    Law { file: "normal", build: |p| continuous(Normal::new(p.number(0), p.number(1))) },
    Law { file: "pareto", build: |p| continuous(Pareto::new(p.number(0), p.number(1))) },
    Law { file: "pert", build: |p| continuous(Pert::new(p.number(0), p.number(1), p.number(2))) },
    Law { file: "poisson", build: |p| discrete(Poisson::new(p.number(0))) },
    Law { file: "power", build: |p| continuous(Power::new(p.number(0), p.number(1))) },
    Law { file: "rayleigh", build: |p| continuous(Rayleigh::new(p.number(0))) },
    Law { file: "skellam", build: |p| discrete(Skellam::new(p.number(0), p.number(1))) },
    Law { file: "students_t", build: |p| continuous(StudentT::new(p.number(0), p.number(1), p.number(2))) },
    Law { file: "triangle", build: |p| continuous(Triangular::new(p.number(0), p.number(1), p.number(2))) },
    Law {
        file: "truncated_normal",
        build: |p| continuous(TruncatedNormal::new(p.number(0), p.number(1), p.number(2), p.number(3))),
    },
    Law { file: "uniform", build: |p| continuous(Uniform::new(p.number(0), p.number(1))) },
    Law { file: "von_mises", build: |p| von_mises(VonMises::new(p.number(0), p.number(1))) },
    Law { file: "weibull", build: |p| continuous(Weibull::new(p.number(0), p.number(1))) },
    Law {
        file: "zero_inflated_poisson",
        build: |p| discrete(Poisson::new(p.number(0)).and_then(|law| ZeroInflated::new(law, p.number(1)))),
    },
    Law { file: "zeta", build: |p| discrete(Zeta::new(p.number(0))) },
    Law { file: "zipf", build: |p| discrete(Zipf::new(p.number(0), count(&p, 1))) },
];

/// A parameter that is a count.
fn count(parameters: &Parameters<'_>, index: usize) -> i64 {
    parameters.number(index) as i64
}

/// A law on an interval as what is asked of it.
fn continuous<D: ContinuousDistribution + 'static>(
    law: Result<D, ferronum_distuv::Error>,
) -> Option<Evaluate> {
    let law = law.ok()?;
    Some(Box::new(move |what, x| match what {
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
    }))
}

/// A law of counts as what is asked of it.
fn discrete<D: DiscreteDistribution + 'static>(law: Result<D, ferronum_distuv::Error>) -> Option<Evaluate> {
    let law = law.ok()?;
    let count = |k: Option<i64>| k.map_or(f64::NAN, |k| if k == i64::MAX { f64::INFINITY } else { k as f64 });
    Some(Box::new(move |what, x| match what {
        LawFunction::Pdf => law.pmf(x as i64),
        LawFunction::LnPdf => law.ln_pmf(x as i64),
        LawFunction::Cdf => law.cdf(x as i64),
        LawFunction::Sf => law.sf(x as i64),
        LawFunction::LnCdf => law.ln_cdf(x as i64),
        LawFunction::LnSf => law.ln_sf(x as i64),
        LawFunction::Quantile => count(law.quantile(x)),
        LawFunction::Isf => count(law.isf(x)),
        LawFunction::Mean => law.mean(),
        LawFunction::Variance => law.variance(),
        LawFunction::Skewness => law.skewness(),
        LawFunction::ExcessKurtosis => law.excess_kurtosis(),
        LawFunction::Entropy => law.entropy(),
        _ => f64::NAN,
    }))
}

/// Compares one file; `false` if there is no law for it.
pub fn evaluate(file: &ReferenceFile, report: &mut Report) -> Result<bool, Error> {
    let name = file.name.split('.').next().unwrap_or_default();
    let Some(law) = LAWS.iter().find(|law| law.file == name) else { return Ok(false) };
    let table = Table::read(&file.path)?;
    report.add(&file.family, survey_law(name, &table, law.build)?);
    Ok(true)
}

/// A law on the circle, with the moments of its direction.
fn von_mises(law: Result<VonMises, ferronum_distuv::Error>) -> Option<Evaluate> {
    let law = law.ok()?;
    let line = continuous(Ok(law))?;
    Some(Box::new(move |what, x| match what {
        LawFunction::CircularMean => law.circular_mean(),
        LawFunction::CircularVariance => law.circular_variance(),
        _ => line(what, x),
    }))
}
