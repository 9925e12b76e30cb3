//! Each law of counts in the harness, its refusals, and its special values.
use crate::discrete_harness::{obeys, samples};
use crate::harness::recovers;
use ferronum_distuv::{DiscreteDistribution, FitOptions, Parametric, Poisson};
use proptest::prelude::*;

#[test]
fn poisson() {
    obeys(prop_oneof![0.01..50.0f64, (-10.0..12.0f64).prop_map(|e| 10f64.powf(e))], |mean| {
        Poisson::new(mean).unwrap()
    });
    for mean in [1e-3, 0.7, 5.0, 33.3, 1e5, 1e12] {
        samples(&Poisson::new(mean).unwrap());
    }
    recovers(&Poisson::new(3.5).unwrap(), &[]);
    let error = Poisson::fit(&[0, 0], &FitOptions::default()).unwrap_err();
    assert!(error.to_string().contains("all counts are 0"), "{error}");
    assert_eq!(Poisson::new(4.0).unwrap().mode(), 3);
    assert_eq!(Poisson::new(0.5).unwrap().mode(), 0);
}
