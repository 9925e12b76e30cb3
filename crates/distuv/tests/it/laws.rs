//! Each distribution in the harness, its refusals, and its special values.
use crate::harness::{any_number, obeys, recovers, refuses_bad_data, samples, shape};
use ferronum_distuv::{ChiSquared, ContinuousDistribution, Error, Exponential, FisherF, Normal, StudentT};
use proptest::prelude::*;

pub fn location_scale() -> impl Strategy<Value = (f64, f64)> {
    prop_oneof![
        Just((0.0, 1.0)),
        (-1e3..1e3f64, (-6.0..6.0f64).prop_map(|e| 10f64.powf(e))),
        (-300.0..0.0f64).prop_map(|e| (0.0, 10f64.powf(e))),
    ]
}

#[test]
fn normal() {
    obeys(location_scale(), |(mean, std_dev)| Normal::new(mean, std_dev).unwrap());
    samples(&Normal::new(-3.0, 0.5).unwrap());
    recovers(&Normal::new(-3.0, 0.5).unwrap(), &[]);
    refuses_bad_data::<Normal>();
}

#[test]
fn student_t() {
    obeys((location_scale(), shape()), |((l, s), dof)| StudentT::new(l, s, dof).unwrap());
    for dof in [0.01, 0.4, 1.0, 2.5, 30.0, 1e6] {
        samples(&StudentT::new(2.0, 3.0, dof).unwrap());
    }
    recovers(&StudentT::new(2.0, 3.0, 4.0).unwrap(), &[]);
    recovers(&StudentT::new(1e8, 1e-2, 1.5).unwrap(), &["dof"]);
    refuses_bad_data::<StudentT>();
}

#[test]
fn fisher_f() {
    obeys((shape(), shape()), |(d1, d2)| FisherF::new(d1, d2).unwrap());
    for (d1, d2) in [(0.3, 0.2), (0.01, 5.0), (1.0, 1.0), (3.0, 12.5), (1e5, 40.0)] {
        samples(&FisherF::new(d1, d2).unwrap());
    }
    recovers(&FisherF::new(3.0, 12.5).unwrap(), &[]);
    refuses_bad_data::<FisherF>();
}

#[test]
fn chi_squared() {
    obeys(shape(), |dof| ChiSquared::new(dof).unwrap());
    for dof in [0.01, 0.3, 0.5, 1.0, 2.0, 7.5, 1e7] {
        samples(&ChiSquared::new(dof).unwrap());
    }
    recovers(&ChiSquared::new(3.3).unwrap(), &[]);
    refuses_bad_data::<ChiSquared>();
}

#[test]
fn exponential() {
    obeys(shape(), |rate| Exponential::new(rate).unwrap());
    samples(&Exponential::new(0.3).unwrap());
    recovers(&Exponential::new(0.3).unwrap(), &[]);
    refuses_bad_data::<Exponential>();
}

#[test]
fn refusals_name_law_parameter_requirement_and_value() {
    let error = StudentT::new(0.0, 1.0, -2.0).unwrap_err();
    assert_eq!(error.to_string(), "StudentT: dof must be positive and finite, got -2");
    assert!(matches!(error, Error::InvalidParameter { law: "StudentT", parameter: "dof", .. }));
    let error = Normal::new(f64::NAN, 1.0).unwrap_err();
    assert_eq!(error.to_string(), "Normal: mean must be finite, got NaN");
}

proptest! {
    /// Any parameters at all: a typed error, or a law that answers.
    #[test]
    fn constructors_take_anything(a in any_number(), b in any_number(), c in any_number(), x in any_number(), p in 0.0..1.0f64) {
        let laws: [Option<Box<dyn ContinuousDistribution>>; 4] = [
            Normal::new(a, b).ok().map(|law| Box::new(law) as _),
            StudentT::new(a, b, c).ok().map(|law| Box::new(law) as _),
            FisherF::new(a, b).ok().map(|law| Box::new(law) as _),
            ChiSquared::new(a).ok().map(|law| Box::new(law) as _),
        ];
        for law in laws.iter().flatten() {
            let _ = (law.pdf(x), law.ln_pdf(x), law.quantile(p), law.isf(p), law.quantile(x));
            let _ = (law.mean(), law.variance(), law.skewness(), law.excess_kurtosis(), law.entropy(), law.mode());
            for value in [law.cdf(x), law.sf(x)] {
                prop_assert!(value.is_nan() || (0.0..=1.0).contains(&value), "{value}");
            }
        }
    }
}

#[test]
fn special_values() {
    let t = |dof| StudentT::standard(dof).unwrap();
    assert!(t(1.0).mean().is_nan() && t(1.0).variance().is_nan());
    assert_eq!(t(1.5).variance(), f64::INFINITY);
    assert_eq!(t(3.0).excess_kurtosis(), f64::INFINITY);
    assert_eq!(t(7.0).median(), 0.0);
    let f = |d1, d2| FisherF::new(d1, d2).unwrap();
    assert_eq!(f(1.0, 2.0).mean(), f64::INFINITY);
    assert!(f(1.0, 2.0).variance().is_nan());
    assert_eq!((f(1.0, 3.0).pdf(0.0), f(2.0, 3.0).pdf(0.0), f(3.0, 3.0).pdf(0.0)), (f64::INFINITY, 1.0, 0.0));
    let chi2 = |k| ChiSquared::new(k).unwrap();
    assert_eq!((chi2(1.0).pdf(0.0), chi2(2.0).pdf(0.0), chi2(3.0).pdf(0.0)), (f64::INFINITY, 0.5, 0.0));
    assert_eq!(chi2(5.0).mode(), 3.0);
    assert_eq!(chi2(1.0).mode(), 0.0);
    assert_eq!(chi2(3.0).cdf(-1.0), 0.0);
    assert_eq!(Normal::standard().mode(), 0.0);
}

#[test]
fn distances_of_normal_laws() {
    // mpmath, 40 digits; the first also by quadrature of √(f g).
    let (a, b) = (Normal::standard(), Normal::new(1.0, 2.0).unwrap());
    assert!((a.bhattacharyya_distance(&b) / 0.16157177565710487788 - 1.0).abs() < 4e-16);
    assert!((a.hellinger_distance(&b) / 0.38625708776326656572 - 1.0).abs() < 4e-16);
    assert_eq!(
        (a.bhattacharyya_distance(&a), a.hellinger_distance(&a), a.kl_divergence(&a)),
        (0.0, 0.0, 0.0)
    );
    // ½ ln(1 + e²/2) with e = σ₂ - 1.
    let near = Normal::new(0.0, 1.0 + 1e-9).unwrap();
    let excess = (1.0f64 + 1e-9) - 1.0;
    assert!((a.bhattacharyya_distance(&near) / (0.25 * excess * excess) - 1.0).abs() < 1e-8);
}
