//! Each law of counts in the harness, its refusals, and its special values.
use crate::discrete_harness::{
    obeys, obeys_in, obeys_without_parameters, refuses_bad_counts, samples, samples_of,
};
use crate::harness::{recovers, shape};
use ferronum_distuv::{
    Bernoulli, BetaBinomial, Binomial, Categorical, DiscreteDistribution, DiscreteUniform, FitOptions,
    Geometric, Hurdle, Hypergeometric, Logarithmic, NegativeBinomial, NegativeHypergeometric, Parametric,
    Poisson, Skellam, ZeroInflated, Zeta, Zipf,
};
use proptest::prelude::*;

/// Probabilities, tiny and next to 1 as well.
fn share() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.001..0.999f64,
        (-20.0..0.0f64).prop_map(|e| 10f64.powf(e)),
        (-15.0..0.0f64).prop_map(|e| 1.0 - 10f64.powf(e)),
    ]
}

/// Counts from 0 to 2⁶⁰.
fn size() -> impl Strategy<Value = i64> {
    prop_oneof![0..100i64, (0.0..60.0f64).prop_map(|e| e.exp2() as i64)]
}

#[test]
fn bernoulli() {
    obeys(share(), |p| Bernoulli::new(p).unwrap());
    samples(&Bernoulli::new(0.3).unwrap());
    recovers(&Bernoulli::new(0.02).unwrap(), &[]);
    refuses_bad_counts::<Bernoulli>();
    for wrong in [-0.1, 1.1, f64::NAN] {
        assert!(Bernoulli::new(wrong).is_err());
    }
    let sure = Bernoulli::new(1.0).unwrap();
    assert_eq!((sure.pmf(0), sure.ln_pmf(1), sure.entropy(), sure.variance()), (0.0, 0.0, 0.0, 0.0));
    assert!(sure.skewness().is_infinite() || sure.skewness().is_nan());
    // ½ ln(25/24) + ½ ln(5/6 · …): mpmath, 0.5 ln(0.5/0.4) + 0.5 ln(0.5/0.6)
    let (a, b) = (Bernoulli::new(0.5).unwrap(), Bernoulli::new(0.4).unwrap());
    assert!((a.kl_divergence(&b) - 0.020410997260127582).abs() < 1e-16);
    assert_eq!(a.kl_divergence(&sure), f64::INFINITY);
}

#[test]
fn binomial() {
    obeys((size(), share()), |(n, p)| Binomial::new(n, p).unwrap());
    for (n, p) in [
        (10, 0.3),
        (10, 0.9),
        (1 << 30, 1e-9),
        (1_000_000_000_000_000, 3e-16),
        (1_000_000_000_000, 0.37),
        (1 << 60, 0.5),
        (1 << 60, 1e-17),
        (1000, 0.999),
    ] {
        samples(&Binomial::new(n, p).unwrap());
    }
    let fitted = recovers(&Binomial::new(12, 0.3).unwrap(), &["trials"]);
    assert_eq!(fitted.law.trials(), 12);
    refuses_bad_counts::<Binomial>();
    let free = Binomial::fit(&[1, 2, 3], &FitOptions::default()).unwrap_err();
    assert!(free.to_string().contains("trials cannot be estimated"), "{free}");
    let low = FitOptions { fixed: &[("trials", 2.0)], ..FitOptions::default() };
    assert!(
        Binomial::fit(&[1, 2, 3], &low).unwrap_err().to_string().contains("larger than the number of trials")
    );
    assert!(Binomial::new(-1, 0.5).is_err() && Binomial::new((1 << 60) + 1, 0.5).is_err());
    let sure = Binomial::new(5, 1.0).unwrap();
    assert_eq!((sure.pmf(5), sure.cdf(4), sure.sf(4), sure.mode(), sure.entropy()), (1.0, 0.0, 1.0, 5, 0.0));
    assert_eq!(Binomial::new(0, 0.3).unwrap().pmf(0), 1.0);
}

#[test]
fn geometric() {
    obeys(share(), |p| Geometric::new(p).unwrap());
    for p in [0.9, 0.3, 1e-3, 3e-16] {
        samples(&Geometric::new(p).unwrap());
    }
    recovers(&Geometric::new(0.3).unwrap(), &[]);
    refuses_bad_counts::<Geometric>();
    assert!(Geometric::new(0.0).is_err() && Geometric::new(1.5).is_err());
    let sure = Geometric::new(1.0).unwrap();
    assert_eq!(
        (sure.pmf(1), sure.sf(1), sure.cdf(1), sure.entropy(), sure.pmf(2)),
        (1.0, 0.0, 1.0, 0.0, 0.0)
    );
}

#[test]
fn negative_binomial() {
    let successes = prop_oneof![0.05..50.0f64, (-10.0..10.0f64).prop_map(|e| 10f64.powf(e))];
    obeys((successes, share()), |(r, p)| NegativeBinomial::new(r, p).unwrap());
    for (r, p) in [(1e-3, 0.5), (0.5, 1e-6), (3.0, 0.3), (1e6, 0.2), (1e3, 1e-9), (1e10, 0.999)] {
        samples(&NegativeBinomial::new(r, p).unwrap());
    }
    recovers(&NegativeBinomial::new(2.5, 0.3).unwrap(), &[]);
    recovers(&NegativeBinomial::new(2.5, 0.3).unwrap(), &["successes"]);
    recovers(&NegativeBinomial::new(2.5, 0.3).unwrap(), &["probability"]);
    refuses_bad_counts::<NegativeBinomial>();
    let narrow = NegativeBinomial::fit(&[2, 3, 2, 3], &FitOptions::default()).unwrap_err();
    assert!(narrow.to_string().contains("Poisson"), "{narrow}");
    let model = NegativeBinomial::with_mean(3.0, 1e-12).unwrap();
    assert_eq!((model.mean(), model.dispersion()), (3.0, 1e-12));
    assert!(NegativeBinomial::with_mean(3.0, 0.0).is_err() && NegativeBinomial::new(0.0, 0.5).is_err());
    let sure = NegativeBinomial::new(2.0, 1.0).unwrap();
    assert_eq!(
        (sure.pmf(0), sure.pmf(1), sure.cdf(0), sure.sf(0), sure.entropy()),
        (1.0, 0.0, 1.0, 0.0, 0.0)
    );
}

#[test]
fn hypergeometric() {
    let sizes = (size(), 0.0..=1.0f64, 0.0..=1.0f64);
    obeys(sizes, |(population, a, b)| {
        let part = |share: f64| ((population as f64 * share) as i64).min(population);
        Hypergeometric::new(population, part(a), part(b)).unwrap()
    });
    samples(&Hypergeometric::new(20, 7, 12).unwrap());
    samples(&Hypergeometric::new(1000, 990, 500).unwrap());
    for (population, successes, draws) in
        [(1 << 40, 1 << 39, 1_000_000), (1 << 60, 1 << 20, 1 << 59), (1 << 60, 1 << 59, 1 << 58)]
    {
        samples_of(&Hypergeometric::new(population, successes, draws).unwrap(), 2000);
    }
    refuses_bad_counts::<Hypergeometric>();
    for (population, successes, draws) in [(-1, 0, 0), (5, 6, 1), (5, 1, 6), (5, -1, 1)] {
        assert!(Hypergeometric::new(population, successes, draws).is_err());
    }
    // Marked and recaptured: 100 marked, 60 caught, 15 of them marked.
    let marked = FitOptions { fixed: &[("successes", 100.0), ("draws", 60.0)], ..FitOptions::default() };
    assert_eq!(Hypergeometric::fit(&[15], &marked).unwrap().law.population(), 400);
    assert!(Hypergeometric::fit(&[0], &marked).is_err() && Hypergeometric::fit(&[15, 16], &marked).is_err());
    let none = Hypergeometric::new(0, 0, 0).unwrap();
    assert_eq!(
        (none.pmf(0), none.cdf(0), none.mean(), none.variance(), none.entropy()),
        (1.0, 1.0, 0.0, 0.0, 0.0)
    );
}

#[test]
fn beta_binomial() {
    let trials = prop_oneof![0..100i64, (0.0..53.0f64).prop_map(|e| e.exp2() as i64)];
    obeys_in(40, (trials, shape(), shape()), |(n, a, b)| BetaBinomial::new(n, a, b).unwrap());
    for (n, a, b) in [(10, 2.0, 3.0), (50, 0.01, 0.02), (1000, 1e3, 1e-2), (200, 1e8, 3e8)] {
        samples(&BetaBinomial::new(n, a, b).unwrap());
    }
    for (n, a, b) in [(1 << 53, 2.0, 3.0), (1_000_000_000, 0.3, 1e6)] {
        samples_of(&BetaBinomial::new(n, a, b).unwrap(), 2000);
    }
    recovers(&BetaBinomial::new(20, 2.0, 3.5).unwrap(), &["trials"]);
    recovers(&BetaBinomial::new(20, 2.0, 3.5).unwrap(), &["trials", "a"]);
    refuses_bad_counts::<BetaBinomial>();
    assert!(BetaBinomial::new(-1, 1.0, 1.0).is_err() && BetaBinomial::new(1, 0.0, 1.0).is_err());
    let none = BetaBinomial::new(0, 2.0, 3.0).unwrap();
    assert_eq!((none.pmf(0), none.cdf(0), none.variance(), none.entropy()), (1.0, 1.0, 0.0, 0.0));
}

#[test]
fn zeta() {
    let exponent = prop_oneof![1.01..8.0f64, (-6.0..3.0f64).prop_map(|e| 1.0 + 10f64.powf(e))];
    obeys(exponent, |s| Zeta::new(s).unwrap());
    for s in [1.2, 2.5, 7.0, 40.0] {
        samples_of(&Zeta::new(s).unwrap(), 10_000);
    }
    recovers(&Zeta::new(2.5).unwrap(), &[]);
    refuses_bad_counts::<Zeta>();
    assert!(Zeta::new(1.0).is_err() && Zeta::new(f64::NAN).is_err());
    let heavy = Zeta::new(2.5).unwrap();
    assert!(heavy.mean().is_finite() && heavy.variance() == f64::INFINITY && heavy.skewness().is_nan());
}

#[test]
fn zipf() {
    let size = prop_oneof![1..100i64, (0.0..53.0f64).prop_map(|e| e.exp2() as i64)];
    let exponent = prop_oneof![0.0..5.0f64, (-10.0..3.0f64).prop_map(|e| 10f64.powf(e))];
    obeys((exponent, size), |(s, n)| Zipf::new(s, n).unwrap());
    for (s, n) in [(0.0, 10), (0.7, 1000), (1.0, 1 << 40), (3.0, 50)] {
        samples_of(&Zipf::new(s, n).unwrap(), 20_000);
    }
    recovers(&Zipf::new(1.3, 100).unwrap(), &["size"]);
    refuses_bad_counts::<Zipf>();
    assert!(Zipf::new(-1.0, 5).is_err() && Zipf::new(1.0, 0).is_err());
    let one = Zipf::new(2.0, 1).unwrap();
    assert_eq!((one.pmf(1), one.cdf(1), one.sf(1), one.variance(), one.entropy()), (1.0, 1.0, 0.0, 0.0, 0.0));
}

#[test]
fn logarithmic() {
    let parameter = prop_oneof![
        0.001..0.999f64,
        (-20.0..0.0f64).prop_map(|e| 10f64.powf(e)),
        (-15.0..-0.001f64).prop_map(|e| 1.0 - 10f64.powf(e)),
    ];
    obeys(parameter, |p| Logarithmic::new(p).unwrap());
    for p in [1e-3, 0.3, 0.9, 1.0 - 1e-6] {
        samples_of(&Logarithmic::new(p).unwrap(), 20_000);
    }
    recovers(&Logarithmic::new(0.8).unwrap(), &[]);
    refuses_bad_counts::<Logarithmic>();
    assert!(Logarithmic::new(0.0).is_err() && Logarithmic::new(1.0).is_err());
}

#[test]
fn zero_inflated() {
    obeys_without_parameters((0.01..1e3f64, 0.0..=1.0f64), |(mean, inflation)| {
        ZeroInflated::new(Poisson::new(mean).unwrap(), inflation).unwrap()
    });
    samples(&ZeroInflated::new(Poisson::new(3.0).unwrap(), 0.4).unwrap());
    // With a binomial law of one trial it is a Bernoulli law.
    let (mixed, plain) =
        (ZeroInflated::new(Bernoulli::new(0.6).unwrap(), 0.5).unwrap(), Bernoulli::new(0.3).unwrap());
    for (a, b) in [
        (mixed.variance(), plain.variance()),
        (mixed.skewness(), plain.skewness()),
        (mixed.excess_kurtosis(), plain.excess_kurtosis()),
        (mixed.entropy(), plain.entropy()),
    ] {
        assert!((a / b - 1.0).abs() < 1e-14, "{a}, {b}");
    }
    assert!(ZeroInflated::new(DiscreteUniform::new(-1, 1).unwrap(), 0.5).is_err());
    assert!(ZeroInflated::new(Poisson::new(1.0).unwrap(), 1.5).is_err());
}

#[test]
fn hurdle() {
    obeys_without_parameters((0.01..1e3f64, 0.0..=1.0f64), |(mean, zero)| {
        Hurdle::new(Poisson::new(mean).unwrap(), zero).unwrap()
    });
    samples(&Hurdle::new(Poisson::new(3.0).unwrap(), 0.4).unwrap());
    samples_of(&Hurdle::new(Poisson::new(1e-4).unwrap(), 0.4).unwrap(), 5_000);
    let (cut, plain) =
        (Hurdle::new(Bernoulli::new(0.6).unwrap(), 0.7).unwrap(), Bernoulli::new(0.3).unwrap());
    for (a, b) in [
        (cut.variance(), plain.variance()),
        (cut.skewness(), plain.skewness()),
        (cut.excess_kurtosis(), plain.excess_kurtosis()),
        (cut.entropy(), plain.entropy()),
    ] {
        assert!((a / b - 1.0).abs() < 1e-14, "{a}, {b}");
    }
    assert!(Hurdle::new(Binomial::new(3, 0.0).unwrap(), 0.5).is_err());
}

#[test]
fn discrete_uniform() {
    let end = || prop_oneof![-20..20i64, (-(1i64 << 62)..=1 << 62)];
    obeys((end(), end()), |(a, b)| DiscreteUniform::new(a.min(b), a.max(b)).unwrap());
    samples(&DiscreteUniform::new(-3, 9).unwrap());
    recovers(&DiscreteUniform::new(-3, 9).unwrap(), &[]);
    refuses_bad_counts::<DiscreteUniform>();
    assert!(DiscreteUniform::new(2, 1).is_err() && DiscreteUniform::new(i64::MIN, 1).is_err());
    let wide = DiscreteUniform::new(-(1 << 62), 1 << 62).unwrap();
    assert_eq!((wide.pmf(0), wide.mean(), wide.sf(0)), (1.0 / 2f64.powi(63), 0.0, 0.5));
    // ln(1 + 1/10)
    let (a, b) = (DiscreteUniform::new(1, 10).unwrap(), DiscreteUniform::new(0, 10).unwrap());
    assert!((a.kl_divergence(&b) - 0.09531017980432487).abs() < 1e-16);
    assert_eq!(b.kl_divergence(&a), f64::INFINITY);
}

#[test]
fn categorical() {
    let weight = || prop_oneof![0.0..1.0f64, Just(0.0), (-300.0..10.0f64).prop_map(|e| 10f64.powf(e))];
    let weights =
        prop::collection::vec(weight(), 1..20).prop_filter("a positive sum", |w| w.iter().sum::<f64>() > 0.0);
    obeys_without_parameters(weights, |w| Categorical::new(&w).unwrap());
    samples(&Categorical::new(&[3.0, 0.0, 1.0, 1e-3, 7.0]).unwrap());
}

#[test]
fn poisson() {
    obeys(prop_oneof![0.01..50.0f64, (-10.0..12.0f64).prop_map(|e| 10f64.powf(e))], |mean| {
        Poisson::new(mean).unwrap()
    });
    for mean in [1e-3, 0.7, 5.0, 11.9, 12.1, 33.3, 1e5, 1e12, 9e15] {
        samples(&Poisson::new(mean).unwrap());
    }
    recovers(&Poisson::new(3.5).unwrap(), &[]);
    let error = Poisson::fit(&[0, 0], &FitOptions::default()).unwrap_err();
    assert!(error.to_string().contains("all counts are 0"), "{error}");
    assert_eq!(Poisson::new(4.0).unwrap().mode(), 3);
    assert_eq!(Poisson::new(0.5).unwrap().mode(), 0);
}

#[test]
fn skellam() {
    let mean = || prop_oneof![0.01..50.0f64, (-10.0..12.0f64).prop_map(|e| 10f64.powf(e))];
    obeys((mean(), mean()), |(a, b)| Skellam::new(a, b).unwrap());
    for (a, b) in [(1e-3, 2e-3), (3.0, 0.5), (20.0, 30.0), (1e12, 1e12), (1e-6, 1e6), (4e15, 3e15)] {
        samples_of(&Skellam::new(a, b).unwrap(), 20_000);
    }
    recovers(&Skellam::new(3.5, 1.2).unwrap(), &[]);
    recovers(&Skellam::new(3.5, 1.2).unwrap(), &["mean2"]);
    refuses_bad_counts::<Skellam>();
    let error = Skellam::fit(&[2, 3, 2, 3], &FitOptions::default()).unwrap_err();
    assert!(error.to_string().contains("Poisson law"), "{error}");
    assert!(Skellam::fit(&[0, 0], &FitOptions::default()).is_err());
    assert!(Skellam::new(0.0, 1.0).is_err() && Skellam::new(1.0, 5e15).is_err());
    // The mirror image.
    let (law, mirrored) = (Skellam::new(3.0, 7.0).unwrap(), Skellam::new(7.0, 3.0).unwrap());
    assert_eq!((law.sf(4), law.ln_cdf(-9), law.mode()), (mirrored.cdf(-5), mirrored.ln_sf(8), -4));
    assert!((law.pmf(-4) / mirrored.pmf(4) - 1.0).abs() < 1e-15);
}

#[test]
fn negative_hypergeometric() {
    let sizes = ((0.0..53.0f64).prop_map(|e| e.exp2() as i64), 0.0..=1.0f64, 0.0..=1.0f64);
    obeys_in(40, sizes, |(population, a, b)| {
        let successes = ((population as f64 * a) as i64).min(population - 1);
        let failures = (((population - successes) as f64 * b) as i64).clamp(1, population - successes);
        NegativeHypergeometric::new(population, successes, failures).unwrap()
    });
    samples(&NegativeHypergeometric::new(52, 48, 1).unwrap());
    samples(&NegativeHypergeometric::new(1000, 30, 500).unwrap());
    refuses_bad_counts::<NegativeHypergeometric>();
    for (population, successes, failures) in [(0, 0, 1), (5, 5, 1), (5, -1, 1), (5, 3, 3), (5, 3, 0)] {
        assert!(NegativeHypergeometric::new(population, successes, failures).is_err());
    }
    // One of 4 aces among 52: C(51 - k, 3)/C(52, 4), at k = 10 from integers 10660/270725.
    let law = NegativeHypergeometric::new(52, 48, 1).unwrap();
    assert!((law.pmf(10) / (10660.0 / 270725.0) - 1.0).abs() < 4e-15);
    let none = NegativeHypergeometric::new(4, 0, 4).unwrap();
    assert_eq!((none.pmf(0), none.cdf(0), none.variance(), none.entropy()), (1.0, 1.0, 0.0, 0.0));
}
