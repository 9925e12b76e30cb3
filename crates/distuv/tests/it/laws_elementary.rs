//! Laws with elementary distribution functions in the harness, their refusals, special values, fits and divergences.
use crate::harness::{obeys, recovers, refuses_bad_data, samples, shape};
use crate::laws::location_scale;
use ferronum_distuv::*;
use proptest::prelude::*;

#[track_caller]
fn close(actual: f64, expected: f64) {
    assert!((actual / expected - 1.0).abs() < 1e-13, "{actual:e}, expected {expected:e}");
}

/// A law of location and scale through the whole harness.
fn location_scale_law<D>(build: impl Fn(f64, f64) -> D)
where
    D: ContinuousDistribution + rand::distr::Distribution<f64> + Parametric<Outcome = f64>,
{
    obeys(location_scale(), |(location, scale)| build(location, scale));
    samples(&build(-3.0, 0.5));
    recovers(&build(-3.0, 0.5), &[]);
    recovers(&build(1e6, 2.0), &["location"]);
    recovers(&build(0.0, 1e-9), &["scale"]);
    refuses_bad_data::<D>();
}

#[test]
fn laplace() {
    location_scale_law(|location, scale| Laplace::new(location, scale).unwrap());
}

#[test]
fn logistic() {
    location_scale_law(|location, scale| Logistic::new(location, scale).unwrap());
}

#[test]
fn cauchy() {
    location_scale_law(|location, scale| Cauchy::new(location, scale).unwrap());
}

#[test]
fn log_normal() {
    obeys((-5.0..5.0f64, (-10.0..1.5f64).prop_map(|e| 10f64.powf(e))), |(m, s)| {
        LogNormal::new(m, s).unwrap()
    });
    obeys((-1e3..1e3f64, 0.01..10.0f64), |(m, s)| LogNormal::new(m, s).unwrap());
    samples(&LogNormal::new(-3.0, 0.5).unwrap());
    recovers(&LogNormal::new(-3.0, 0.5).unwrap(), &[]);
    recovers(&LogNormal::new(100.0, 2.0).unwrap(), &["ln_mean"]);
    recovers(&LogNormal::new(100.0, 2.0).unwrap(), &["ln_std_dev"]);
    refuses_bad_data::<LogNormal>();
}

#[test]
fn uniform() {
    obeys((-1e3..1e3f64, (-6.0..6.0f64)), |(a, w)| Uniform::new(a, a + 10f64.powf(w)).unwrap());
    samples(&Uniform::new(-3.0, 0.5).unwrap());
    recovers(&Uniform::new(-3.0, 0.5).unwrap(), &[]);
    recovers(&Uniform::new(-3.0, 0.5).unwrap(), &["lower"]);
    refuses_bad_data::<Uniform>();
}

#[test]
fn pareto() {
    obeys((shape(), shape()), |(scale, a)| Pareto::new(scale, a).unwrap());
    samples(&Pareto::new(3.0, 0.5).unwrap());
    recovers(&Pareto::new(3.0, 2.5).unwrap(), &[]);
    recovers(&Pareto::new(3.0, 0.5).unwrap(), &["scale"]);
    recovers(&Pareto::new(3.0, 0.5).unwrap(), &["shape"]);
    refuses_bad_data::<Pareto>();
}

#[test]
fn gumbel() {
    location_scale_law(|location, scale| GumbelRight::new(location, scale).unwrap());
    location_scale_law(|location, scale| GumbelLeft::new(location, scale).unwrap());
}

#[test]
fn weibull() {
    obeys((shape(), shape()), |(k, scale)| Weibull::new(k, scale).unwrap());
    samples(&Weibull::new(0.3, 2.0).unwrap());
    recovers(&Weibull::new(0.3, 2.0).unwrap(), &[]);
    recovers(&Weibull::new(200.0, 1e-3).unwrap(), &[]);
    recovers(&Weibull::new(3.0, 2.0).unwrap(), &["shape"]);
    recovers(&Weibull::new(3.0, 2.0).unwrap(), &["scale"]);
    refuses_bad_data::<Weibull>();
}

/// A law of one scale through the whole harness.
fn scale_law<D>(build: impl Fn(f64) -> D)
where
    D: ContinuousDistribution + rand::distr::Distribution<f64> + Parametric<Outcome = f64>,
{
    obeys(shape(), &build);
    obeys((-300.0..300.0f64).prop_map(|e| 10f64.powf(e)), &build);
    samples(&build(2.5));
    recovers(&build(2.5), &[]);
    refuses_bad_data::<D>();
    assert!(D::fit(&[0.0, 0.0], &FitOptions::default()).is_err());
}

#[test]
fn half_normal() {
    scale_law(|scale| HalfNormal::new(scale).unwrap());
}

#[test]
fn rayleigh() {
    scale_law(|scale| Rayleigh::new(scale).unwrap());
}

#[test]
fn maxwell() {
    scale_law(|scale| Maxwell::new(scale).unwrap());
}

#[test]
fn log_logistic() {
    obeys((shape(), shape()), |(scale, b)| LogLogistic::new(scale, b).unwrap());
    samples(&LogLogistic::new(2.0, 0.3).unwrap());
    recovers(&LogLogistic::new(2.0, 0.3).unwrap(), &[]);
    recovers(&LogLogistic::new(1e-3, 200.0).unwrap(), &[]);
    refuses_bad_data::<LogLogistic>();
}

#[test]
fn half_cauchy() {
    scale_law(|scale| HalfCauchy::new(scale).unwrap());
}

#[test]
fn levy() {
    obeys(location_scale(), |(location, scale)| Levy::new(location, scale).unwrap());
    samples(&Levy::new(-3.0, 0.5).unwrap());
    recovers(&Levy::new(-3.0, 0.5).unwrap(), &[]);
    recovers(&Levy::new(-3.0, 0.5).unwrap(), &["location"]);
    recovers(&Levy::new(-3.0, 0.5).unwrap(), &["scale"]);
    refuses_bad_data::<Levy>();
}

#[test]
fn triangular() {
    let parts = (-1e3..1e3f64, (-6.0..6.0f64), prop_oneof![0.0..1.0f64, Just(0.0), Just(1.0)]);
    obeys(parts, |(a, w, t)| {
        let w = 10f64.powf(w);
        let mode = (a + t * w).min(a + w);
        Triangular::new(a, a + w, mode).unwrap()
    });
    samples(&Triangular::new(-3.0, 0.5, -1.0).unwrap());
    recovers(&Triangular::new(-3.0, 0.5, -1.0).unwrap(), &["lower", "upper"]);
    refuses_bad_data::<Triangular>();
}

#[test]
fn frechet() {
    obeys((shape(), shape()), |(a, scale)| Frechet::new(a, scale, 0.0).unwrap());
    obeys((0.1..50.0f64, 0.1..50.0f64, -10.0..10.0f64), |(a, s, m)| Frechet::new(a, s, m).unwrap());
    samples(&Frechet::new(0.3, 2.0, 1.0).unwrap());
    recovers(&Frechet::new(0.3, 2.0, 1.0).unwrap(), &["location"]);
    recovers(&Frechet::new(3.0, 2.0, 1.0).unwrap(), &["location", "shape"]);
    refuses_bad_data::<Frechet>();
}

/// A shape of either sign, close to 0 and 0 included.
fn either_sign() -> impl Strategy<Value = f64> {
    prop_oneof![
        -3.0..3.0f64,
        (-12.0..0.0f64).prop_map(|e| 10f64.powf(e)),
        (-12.0..0.0f64).prop_map(|e| -(10f64.powf(e))),
        Just(0.0)
    ]
}

#[test]
fn generalized_extreme_value() {
    obeys((location_scale(), either_sign()), |((l, s), xi)| GeneralizedExtremeValue::new(l, s, xi).unwrap());
    for xi in [-1.5, -0.3, 0.0, 0.2, 1.5] {
        samples(&GeneralizedExtremeValue::new(2.0, 3.0, xi).unwrap());
    }
    for xi in [-0.3, 0.0, 0.2, 1.5] {
        recovers(&GeneralizedExtremeValue::new(2.0, 3.0, xi).unwrap(), &[]);
    }
    recovers(&GeneralizedExtremeValue::new(2.0, 3.0, 0.1).unwrap(), &["shape"]);
    refuses_bad_data::<GeneralizedExtremeValue>();
}

#[test]
fn generalized_pareto() {
    obeys((location_scale(), either_sign()), |((l, s), xi)| GeneralizedPareto::new(l, s, xi).unwrap());
    for xi in [-1.5, -0.3, 0.0, 0.2, 1.5] {
        samples(&GeneralizedPareto::new(2.0, 3.0, xi).unwrap());
    }
    for xi in [-0.3, 0.0, 0.2, 1.5] {
        recovers(&GeneralizedPareto::new(2.0, 3.0, xi).unwrap(), &["location"]);
    }
    refuses_bad_data::<GeneralizedPareto>();
}

#[test]
fn kumaraswamy() {
    obeys((shape(), shape()), |(a, b)| Kumaraswamy::new(a, b).unwrap());
    for (a, b) in [(0.3, 0.2), (5.0, 0.5), (2.0, 40.0)] {
        samples(&Kumaraswamy::new(a, b).unwrap());
    }
    recovers(&Kumaraswamy::new(2.0, 3.0).unwrap(), &[]);
    recovers(&Kumaraswamy::new(0.6, 1.5).unwrap(), &[]);
    recovers(&Kumaraswamy::new(0.6, 1.5).unwrap(), &["a"]);
    refuses_bad_data::<Kumaraswamy>();
}

#[test]
fn asymmetric_laplace() {
    let skew = (-3.0..3.0f64).prop_map(|e| 10f64.powf(e));
    obeys((location_scale(), skew), |((l, s), k)| AsymmetricLaplace::new(l, s, k).unwrap());
    samples(&AsymmetricLaplace::new(-3.0, 0.5, 0.4).unwrap());
    let law = AsymmetricLaplace::new(-3.0, 0.5, 0.4).unwrap();
    recovers(&law, &["location"]);
    recovers(&law, &["location", "scale"]);
    refuses_bad_data::<AsymmetricLaplace>();
    // The slope of the likelihood by the location jumps at its maximum; √α + √β is smallest at 2.2 here, and at an end of the other sample.
    let fitted =
        AsymmetricLaplace::fit(&[-3.0, 1.0, 2.0, 2.1, 2.2, 2.5, 5.0], &FitOptions::default()).unwrap();
    let (above, below) = ((0.3 + 2.8) / 7.0, (5.2 + 1.2 + 0.2 + 0.1) / 7.0);
    let asymmetry = f64::powf(below / above, 0.25);
    let expected = [2.2, asymmetry * above + below / asymmetry, asymmetry];
    fitted.estimates.iter().zip(expected).for_each(|(estimate, expected)| close(estimate.value, expected));
    let one_sided = AsymmetricLaplace::fit(&[1.0, 2.0, 2.5, 9.0], &FitOptions::default());
    assert!(matches!(one_sided, Err(Error::Degenerate { .. })));
}

#[test]
fn hyperbolic_secant() {
    location_scale_law(|location, scale| HyperbolicSecant::new(location, scale).unwrap());
}

#[test]
fn arcsine() {
    obeys((-1e3..1e3f64, (-6.0..6.0f64)), |(a, w)| Arcsine::new(a, a + 10f64.powf(w)).unwrap());
    samples(&Arcsine::new(-3.0, 0.5).unwrap());
    recovers(&Arcsine::new(-3.0, 0.5).unwrap(), &["lower", "upper"]);
    refuses_bad_data::<Arcsine>();
}

#[test]
fn power() {
    obeys((shape(), shape()), |(a, b)| Power::new(a, b).unwrap());
    samples(&Power::new(0.3, 2.0).unwrap());
    recovers(&Power::new(0.3, 2.0).unwrap(), &[]);
    recovers(&Power::new(7.0, 2.0).unwrap(), &["scale"]);
    refuses_bad_data::<Power>();
}

#[test]
fn lomax() {
    obeys((shape(), shape()), |(a, s)| Lomax::new(a, s).unwrap());
    samples(&Lomax::new(0.3, 2.0).unwrap());
    recovers(&Lomax::new(0.3, 2.0).unwrap(), &[]);
    recovers(&Lomax::new(4.0, 2.0).unwrap(), &[]);
    recovers(&Lomax::new(4.0, 2.0).unwrap(), &["scale"]);
    refuses_bad_data::<Lomax>();
}

#[test]
fn burr() {
    obeys((shape(), shape(), shape()), |(c, k, s)| Burr::new(c, k, s).unwrap());
    samples(&Burr::new(0.7, 3.0, 2.0).unwrap());
    recovers(&Burr::new(2.5, 1.7, 3.0).unwrap(), &[]);
    refuses_bad_data::<Burr>();
}

/// 15 positive numbers, and 15 between 0 and 1.
const X: [f64; 15] =
    [0.31, 0.47, 0.52, 0.66, 0.85, 0.91, 1.04, 1.17, 1.33, 1.58, 1.72, 2.09, 2.46, 3.15, 4.82];
const Y: [f64; 15] =
    [0.05, 0.11, 0.18, 0.26, 0.31, 0.37, 0.44, 0.48, 0.55, 0.63, 0.71, 0.78, 0.86, 0.93, 0.97];

/// The likelihood estimate of all free parameters, to nine digits.
#[track_caller]
fn fits<D: Parametric<Outcome = f64>>(x: &[f64], fixed: &[(&str, f64)], expected: &[f64]) {
    let fitted = D::fit(x, &FitOptions { fixed, ..FitOptions::default() }).expect("a fit");
    let free = fitted.estimates.iter().filter(|estimate| !estimate.fixed);
    for (estimate, expected) in free.zip(expected) {
        assert!(
            (estimate.value / expected - 1.0).abs() < 1e-9,
            "{}: {estimate:?}, expected {expected}",
            D::LAW
        );
    }
}

/// From `scipy.stats` 1.17 (`fit`), polished to the root of the score in mpmath at 25 digits by `tests/golden/elementary_fits.py`.
#[test]
fn fits_agree_with_scipy() {
    fits::<Logistic>(&X, &[], &[1.357235860364137, 0.6021724676265665]);
    fits::<Cauchy>(&X, &[], &[1.070024100038905, 0.5006230560328922]);
    fits::<Weibull>(&X, &[], &[1.440353570059941, 1.709286510089577]);
    fits::<GumbelRight>(&X, &[], &[1.050797745901491, 0.7516699166151559]);
    fits::<GumbelLeft>(&X, &[], &[2.191751360796089, 1.471370257074108]);
    fits::<LogLogistic>(&X, &[], &[1.184914398660787, 2.356287604381072]);
    fits::<HalfCauchy>(&X, &[], &[1.185143374029027]);
    fits::<Frechet>(&X, &[("location", 0.0)], &[1.475059824723254, 0.8284626501660828]);
    fits::<GeneralizedExtremeValue>(&X, &[], &[0.9135641464181408, 0.603806433085925, 0.3791683974869075]);
    fits::<GeneralizedPareto>(&X, &[("location", 0.0)], &[1.979940398864911, -0.2894866606650744]);
    fits::<Kumaraswamy>(&Y, &[], &[1.106540413215422, 1.03913096967011]);
    fits::<HyperbolicSecant>(&X, &[], &[1.285750709833797, 1.108830871032386]);
    fits::<Burr>(&X, &[], &[2.230752309743565, 1.181164042393045, 1.325425782241099]);
    fits::<Levy>(&X, &[], &[0.2300231749809433, 0.4732691861582521]);
    fits::<Lomax>(&X.map(|x| x * x * x), &[], &[0.6163981370990682, 0.7004643050438477]);
}

/// Maxima that can be written down.
#[test]
fn closed_forms() {
    let square = X.iter().map(|x| x * x).sum::<f64>() / 15.0;
    fits::<HalfNormal>(&X, &[], &[square.sqrt()]);
    fits::<Rayleigh>(&X, &[], &[(square / 2.0).sqrt()]);
    fits::<Maxwell>(&X, &[], &[(square / 3.0).sqrt()]);
    let log = X.iter().map(|x| x.ln()).sum::<f64>() / 15.0;
    fits::<Pareto>(&X, &[], &[0.31, 1.0 / (log - 0.31f64.ln())]);
    fits::<Power>(&X, &[], &[1.0 / (4.82f64.ln() - log), 4.82]);
    fits::<Uniform>(&X, &[], &[0.31, 4.82]);
    let distance = X.iter().map(|x| (x - 1.17).abs()).sum::<f64>() / 15.0;
    fits::<Laplace>(&X, &[], &[1.17, distance]);
    // The likelihood of a triangle over [0, 5] is largest with its mode at one of the observations.
    let fitted = Triangular::fit(
        &X,
        &FitOptions { fixed: &[("lower", 0.0), ("upper", 5.0)], ..FitOptions::default() },
    )
    .unwrap();
    let likelihood = |mode: f64| {
        let law = Triangular::new(0.0, 5.0, mode).unwrap();
        X.iter().map(|x| law.ln_pdf(*x)).sum::<f64>()
    };
    let best = (0..=1000)
        .map(|i| likelihood(f64::from(i) * 0.005))
        .chain(X.map(likelihood))
        .fold(f64::MIN, f64::max);
    close(fitted.log_likelihood, best);
}

/// mpmath quadrature, 30 digits, by `tests/golden/elementary_fits.py`.
#[test]
fn divergences() {
    close(Laplace::new(0.0, 1.0).unwrap().kl_divergence(&Laplace::new(0.5, 2.0).unwrap()), 0.246412510416262);
    close(Cauchy::new(0.0, 1.0).unwrap().kl_divergence(&Cauchy::new(0.5, 2.0).unwrap()), 0.1451820098444979);
    close(
        GumbelRight::new(0.0, 1.0).unwrap().kl_divergence(&GumbelRight::new(0.5, 2.0).unwrap()),
        0.2924772453435525,
    );
    close(
        GumbelLeft::new(0.0, 1.0).unwrap().kl_divergence(&GumbelLeft::new(-0.5, 2.0).unwrap()),
        0.2924772453435525,
    );
    close(
        Weibull::new(1.5, 2.0).unwrap().kl_divergence(&Weibull::new(0.8, 3.0).unwrap()),
        0.3254486383485727,
    );
    close(
        Frechet::new(3.0, 2.0, 0.0).unwrap().kl_divergence(&Frechet::new(1.5, 1.0, 0.0).unwrap()),
        0.7575886532779719,
    );
    close(Rayleigh::new(1.0).unwrap().kl_divergence(&Rayleigh::new(2.0).unwrap()), 0.6362943611198906);
    close(Maxwell::new(1.0).unwrap().kl_divergence(&Maxwell::new(2.0).unwrap()), 0.9544415416798359);
    // Close laws: the second-order term alone, ½ I δ² with the information I.
    let d = 1e-9;
    let near =
        |kl: f64, information: f64| assert!((kl / (0.5 * information * d * d) - 1.0).abs() < 1e-6, "{kl:e}");
    near(Laplace::new(0.0, 1.0).unwrap().kl_divergence(&Laplace::new(0.0, 1.0 + d).unwrap()), 1.0);
    near(Pareto::new(1.0, 1.0).unwrap().kl_divergence(&Pareto::new(1.0, 1.0 + d).unwrap()), 1.0);
    near(Power::new(1.0, 1.0).unwrap().kl_divergence(&Power::new(1.0 + d, 1.0).unwrap()), 1.0);
    near(GumbelRight::new(0.0, 1.0).unwrap().kl_divergence(&GumbelRight::new(d, 1.0).unwrap()), 1.0);
    let inner = Uniform::new(0.25, 0.5).unwrap();
    close(inner.kl_divergence(&Uniform::standard()), 4f64.ln());
    assert_eq!(Uniform::standard().kl_divergence(&inner), f64::INFINITY);
    assert_eq!(Pareto::new(1.0, 1.0).unwrap().kl_divergence(&Pareto::new(2.0, 1.0).unwrap()), f64::INFINITY);
}

#[test]
fn special_values() {
    assert!(Cauchy::new(0.0, 1.0).unwrap().mean().is_nan());
    assert_eq!(HalfCauchy::new(1.0).unwrap().mean(), f64::INFINITY);
    assert_eq!(Levy::new(0.0, 3.0).unwrap().mode(), 1.0);
    let pareto = |a| Pareto::new(1.0, a).unwrap();
    assert_eq!(
        (pareto(1.0).mean(), pareto(2.0).variance(), pareto(3.0).skewness()),
        (f64::INFINITY, f64::INFINITY, f64::INFINITY)
    );
    assert!(pareto(1.0).variance().is_nan() && pareto(2.0).skewness().is_nan());
    let weibull = |k| Weibull::new(k, 2.0).unwrap();
    assert_eq!(
        (weibull(0.5).pdf(0.0), weibull(1.0).pdf(0.0), weibull(2.0).pdf(0.0)),
        (f64::INFINITY, 0.5, 0.0)
    );
    assert_eq!((weibull(0.5).mode(), weibull(1.0).sf(2.0)), (0.0, (-1f64).exp()));
    let gev = |xi| GeneralizedExtremeValue::new(0.0, 1.0, xi).unwrap();
    assert_eq!((gev(0.5).support().0, gev(-0.5).support().1), (-2.0, 2.0));
    assert_eq!((gev(1.0).mean(), gev(0.5).variance()), (f64::INFINITY, f64::INFINITY));
    let gumbel = GumbelRight::new(0.0, 1.0).unwrap();
    for x in [-3.0, 0.0, 2.0, 50.0] {
        close(gev(1e-300).sf(x), gumbel.sf(x));
        close(gev(0.0).pdf(x), gumbel.pdf(x));
    }
    close(gev(1e-16).skewness(), gumbel.skewness());
    close(gev(0.0).excess_kurtosis(), 2.4);
    let gpd = |xi| GeneralizedPareto::new(0.0, 1.0, xi).unwrap();
    assert_eq!((gpd(-1.0).pdf(0.5), gpd(-1.0).cdf(0.25), gpd(-2.0).support().1), (1.0, 0.25, 0.5));
    let kumaraswamy = Kumaraswamy::new(1.0, 1.0).unwrap();
    assert_eq!((kumaraswamy.pdf(0.0), kumaraswamy.pdf(0.5), kumaraswamy.pdf(1.0)), (1.0, 1.0, 1.0));
    let symmetric = AsymmetricLaplace::new(0.0, 1.0, 1.0).unwrap();
    close(symmetric.sf(40.0), Laplace::new(0.0, 1.0).unwrap().sf(40.0));
    close(Burr::new(2.0, 1.0, 3.0).unwrap().sf(7.0), LogLogistic::new(3.0, 2.0).unwrap().sf(7.0));
    close(Burr::new(1.0, 2.5, 3.0).unwrap().sf(7.0), Lomax::new(2.5, 3.0).unwrap().sf(7.0));
    close(Burr::new(9.0, 1.0, 3.0).unwrap().variance(), LogLogistic::new(3.0, 9.0).unwrap().variance());
    assert_eq!(Arcsine::new(0.0, 1.0).unwrap().pdf(1.0), f64::INFINITY);
    assert_eq!(Uniform::standard().median(), 0.5);
    close(LogNormal::with_moments(2.0, 3.0).unwrap().mean(), 2.0);
    close(LogNormal::with_moments(2.0, 3.0).unwrap().std_dev(), 3.0);
}

#[test]
fn refusals() {
    let text = Triangular::new(0.0, 1.0, 2.0).unwrap_err().to_string();
    assert_eq!(text, "Triangular: mode must be between lower and upper, got 2");
    assert_eq!(
        Uniform::new(1.0, 1.0).unwrap_err().to_string(),
        "Uniform: upper must be above lower by a finite number, got 1"
    );
    assert!(
        Weibull::new(0.0, 1.0).is_err()
            && Levy::new(f64::NAN, 1.0).is_err()
            && Burr::new(1.0, -1.0, 1.0).is_err()
    );
    let options = FitOptions::default();
    assert!(matches!(Arcsine::fit(&X, &options), Err(Error::Degenerate { .. })));
    assert!(matches!(
        GeneralizedPareto::fit(&X, &options),
        Err(Error::Unfixed { parameter: "location", .. })
    ));
    assert!(matches!(Triangular::fit(&X, &options), Err(Error::Unfixed { .. })));
    assert!(matches!(Cauchy::fit(&[1.0, 1.0, 1.0, 1.0, 2.0], &options), Err(Error::Degenerate { .. })));
    let beyond = FitOptions { fixed: &[("upper", 2.0)], ..options };
    assert!(matches!(Uniform::fit(&X, &beyond), Err(Error::Degenerate { .. })));
}
