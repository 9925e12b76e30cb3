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
    assert!(AsymmetricLaplace::fit(&[1.0, 2.0, 2.5, 9.0], &FitOptions::default()).is_ok());
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
