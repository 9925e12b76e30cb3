//! What every law of counts has to obey, whatever its parameters: no law leaves this harness.
use crate::harness::parametric;
use ferronum_distuv::{DiscreteDistribution, FitOptions, Parametric};
use proptest::prelude::*;
use rand::distr::Distribution;
use rand_pcg::Pcg64;

/// Counts a user may pass by mistake, or at the edge of the range.
pub fn any_count() -> impl Strategy<Value = i64> {
    prop_oneof![
        prop::sample::select(vec![i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX]),
        -20..200i64,
        (0..62u32).prop_map(|e| 1i64 << e),
        any::<i64>(),
    ]
}

fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..1.0f64, (-300.0..0.0f64).prop_map(|e| 10f64.powf(e)), Just(0.0), Just(1.0)]
}

/// All laws of counts, over random parameters (as `build` sees them) and random arguments.
pub fn obeys<D, P>(parameters: impl Strategy<Value = P>, build: impl Fn(P) -> D)
where
    D: DiscreteDistribution + Distribution<i64> + Parametric<Outcome = i64>,
    P: std::fmt::Debug,
{
    obeys_with(200, parameters, build, parametric);
}

/// The same in fewer cases, for laws whose distribution function takes long.
pub fn obeys_in<D, P>(cases: u32, parameters: impl Strategy<Value = P>, build: impl Fn(P) -> D)
where
    D: DiscreteDistribution + Distribution<i64> + Parametric<Outcome = i64>,
    P: std::fmt::Debug,
{
    obeys_with(cases, parameters, build, parametric);
}

/// The same for laws without a fixed list of parameters.
pub fn obeys_without_parameters<D, P>(parameters: impl Strategy<Value = P>, build: impl Fn(P) -> D)
where
    D: DiscreteDistribution + Distribution<i64>,
    P: std::fmt::Debug,
{
    obeys_with(200, parameters, build, |_, _| Ok(()));
}

fn obeys_with<D, P>(
    cases: u32,
    parameters: impl Strategy<Value = P>,
    build: impl Fn(P) -> D,
    parametric: impl Fn(&D, i64) -> Result<(), TestCaseError>,
) where
    D: DiscreteDistribution + Distribution<i64>,
    P: std::fmt::Debug,
{
    let inputs = (parameters, prop::collection::vec(any_count(), 6), probability());
    proptest!(ProptestConfig::with_cases(cases), |((parameters, mut ks, p) in inputs)| {
        let law = build(parameters);
        let (low, high) = law.support();
        for wrong in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
            prop_assert_eq!((law.quantile(wrong), law.isf(wrong)), (None, None));
        }
        let (median, mode) = (law.median(), law.mode());
        ks.extend([median, mode, low, high]);
        ks.extend([law.quantile(p), law.isf(p)].into_iter().flatten());
        ks.extend([median.saturating_sub(1), median.saturating_add(1)]);
        ks.sort_unstable();
        for &k in &ks {
            total(&law, k)?;
            prop_assert!(law.pmf(mode) * (1.0 + 1e-12) >= law.pmf(k), "mode {mode}, but {k} is more likely");
        }
        for pair in ks.windows(2) {
            prop_assert!(law.cdf(pair[0]) <= law.cdf(pair[1]) * (1.0 + 1e-12), "cdf falls: {pair:?}");
            prop_assert!(law.sf(pair[1]) <= law.sf(pair[0]) * (1.0 + 1e-12), "sf rises: {pair:?}");
        }
        exact_quantiles(&law, p)?;
        if let Some(k) = law.quantile(p.clamp(0.001, 0.999)) {
            parametric(&law, k)?;
            step(&law, k)?;
            // At the boundary itself.
            let p = law.cdf(k);
            // Where p has been rounded up, the upper tail may say that k does not reach it.
            let beyond = law.sf(k) > 1.0 - p;
            // Steps below the error of `cdf`, documented as up to 1e-14, do not come out in order: a count that rounding puts at or
            // above p may then lie on either side of k, but p is still where the search ends.
            let steps = law.pmf(k) > 1e-14 * p;
            let exact = |q| law.cdf(q) == p && q <= k;
            let near = |q| (law.cdf(q) - p).abs() <= 1e-14 * p;
            let holds = law.quantile(p).map(|q| beyond || if steps { exact(q) } else { near(q) });
            prop_assert_eq!(holds, Some(true), "k = {}, p = {:e}", k, p);
        }
        for moment in [law.variance(), law.std_dev()] {
            prop_assert!(moment >= 0.0 || moment.is_nan(), "{moment}");
        }
        let mut draws = [0; 8];
        law.fill(&mut Pcg64::new(1, 2), &mut draws);
        prop_assert!(draws.iter().all(|&k| k >= low && k <= high), "{draws:?}");
    });
}

/// Every function answers, in its range, and logarithms belong to their values.
fn total(law: &impl DiscreteDistribution, k: i64) -> Result<(), TestCaseError> {
    let (low, high) = law.support();
    let (pmf, cdf, sf) = (law.pmf(k), law.cdf(k), law.sf(k));
    for value in [pmf, cdf, sf] {
        prop_assert!((0.0..=1.0).contains(&value), "k = {k}: {pmf:e} {cdf:e} {sf:e}");
    }
    prop_assert!((cdf + sf - 1.0).abs() <= 2e-15, "k = {k}: {cdf:e} + {sf:e}");
    for (value, ln) in [(pmf, law.ln_pmf(k)), (cdf, law.ln_cdf(k)), (sf, law.ln_sf(k))] {
        prop_assert!(ln <= 0.0, "k = {k}: {ln:e}");
        if value > 1e-300 {
            let exact = if value == 1.0 { ln } else { value.ln() };
            prop_assert!((ln - exact).abs() <= 1e-13 * (1.0 + exact.abs()), "k = {k}: {value:e}, {ln:e}");
        }
    }
    if k < low || (k > high && high < i64::MAX) {
        prop_assert!(pmf == 0.0, "k = {k}: {pmf:e} outside the support");
    }
    if k < low {
        prop_assert_eq!((cdf, sf), (0.0, 1.0));
    }
    if k >= high && high < i64::MAX {
        prop_assert_eq!((cdf, sf), (1.0, 0.0));
    }
    Ok(())
}

/// `cdf` rises by `pmf`.
fn step(law: &impl DiscreteDistribution, k: i64) -> Result<(), TestCaseError> {
    let Some(before) = k.checked_sub(1) else { return Ok(()) };
    let (rise, fall) = (law.cdf(k) - law.cdf(before), law.sf(before) - law.sf(k));
    let pmf = law.pmf(k);
    prop_assert!((rise - pmf).abs() <= 1e-12 * pmf + 1e-15, "k = {k}: rise {rise:e}, probability {pmf:e}");
    prop_assert!((fall - pmf).abs() <= 1e-12 * pmf + 1e-15, "k = {k}: fall {fall:e}, probability {pmf:e}");
    Ok(())
}

/// The smallest k that meets its condition, not a neighbour.
fn exact_quantiles(law: &impl DiscreteDistribution, p: f64) -> Result<(), TestCaseError> {
    let (low, high) = law.support();
    let (Some(q), Some(i)) = (law.quantile(p), law.isf(p)) else {
        return Err(TestCaseError::fail(format!("no quantile of {p:e}")));
    };
    prop_assert!(q >= low && q <= high && i >= low && i <= high);
    prop_assert!(law.cdf(q) >= p || q == high, "p = {p:e}: quantile {q}");
    prop_assert!(
        q == low || law.cdf(q - 1) < p || law.sf(q - 1) > 1.0 - p,
        "p = {p:e}: quantile {q} is not the smallest"
    );
    if p > 0.0 {
        // Laws may go on beyond the largest count.
        prop_assert!(law.sf(i) <= p || i == i64::MAX, "p = {p:e}: isf {i}");
        prop_assert!(i == low || law.sf(i - 1) > p, "p = {p:e}: isf {i} is not the smallest");
    } else {
        prop_assert_eq!(i, high);
    }
    Ok(())
}

/// Distance of the distribution functions of 100,000 draws and of the law: for a law of counts √n D > 2.23 has probability below 1e-4.
/// Mean within 5 standard errors where the variance is finite.
pub fn samples<D: DiscreteDistribution + Distribution<i64>>(law: &D) {
    samples_of(law, 100_000);
}

/// The same with fewer draws, for laws whose distribution function takes long.
pub fn samples_of<D: DiscreteDistribution + Distribution<i64>>(law: &D, count: usize) {
    let mut draws = vec![0; count];
    law.fill(&mut Pcg64::new(0xcafef00dd15ea5e5, 0xa02bdbf7bb3c0a7), &mut draws);
    draws.sort_unstable();
    let n = draws.len() as f64;
    let mut distance = 0.0f64;
    for &k in &draws {
        let first = draws.partition_point(|&d| d < k) as f64;
        let last = draws.partition_point(|&d| d <= k) as f64;
        distance =
            distance.max((last / n - law.cdf(k)).abs()).max((law.cdf(k.saturating_sub(1)) - first / n).abs());
    }
    assert!(distance * n.sqrt() < 2.23, "√n D = {}", distance * n.sqrt());
    let (mean, spread) = (law.mean(), law.std_dev());
    if spread.is_finite() && mean.is_finite() && law.excess_kurtosis().is_finite() {
        let average = draws.iter().map(|&k| k as f64 - mean).sum::<f64>() / n;
        assert!(average.abs() <= 5.0 * spread / n.sqrt(), "mean off by {average:e}, σ = {spread:e}");
    }
}

/// Wrong data for a fit: a typed error, never a panic.
pub fn refuses_bad_counts<D: Parametric<Outcome = i64>>() {
    let fit = |k: &[i64]| D::fit(k, &FitOptions::default());
    assert!(fit(&[]).is_err());
    let _ = (
        fit(&[0]),
        fit(&[1, 1, 1]),
        fit(&[-1, -2]),
        fit(&[0, 0]),
        fit(&[i64::MAX, 0, 1]),
        fit(&[i64::MIN, 3]),
    );
    let unknown = FitOptions { fixed: &[("no such name", 1.0)], ..FitOptions::default() };
    assert!(D::fit(&[1, 2, 3], &unknown).is_err());
    let short = FitOptions { weights: Some(&[1.0]), ..FitOptions::default() };
    assert!(D::fit(&[1, 2, 3], &short).is_err());
    for held in [f64::NAN, f64::INFINITY, -1.5] {
        let wrong = FitOptions { fixed: &[(D::PARAMETERS[0].name, held)], ..FitOptions::default() };
        assert!(D::fit(&[1, 2, 3], &wrong).is_err(), "{} held at {held}", D::PARAMETERS[0].name);
    }
}
