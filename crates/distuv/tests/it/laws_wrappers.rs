//! Laws made from other laws and from samples: the harness, golden values, refusals.
//!
//! Expected values come from `tests/golden/wrappers.py` (mpmath, SciPy) and `tests/golden/wrappers.R`.
use crate::harness::{obeys_without_parameters, samples, shape};
use ferronum_distuv::*;
use proptest::prelude::*;

#[track_caller]
fn near(actual: f64, expected: f64, relative: f64) {
    assert!((actual / expected - 1.0).abs() < relative, "{actual:e}, expected {expected:e}");
}

#[test]
fn shifted_scaled() {
    let scale =
        (-3.0..3.0f64, any::<bool>()).prop_map(|(e, s)| if s { 10f64.powf(e) } else { -(10f64.powf(e)) });
    obeys_without_parameters((shape(), -10.0..10.0f64, scale.clone()), |(k, location, scale)| {
        ShiftedScaled::new(Gamma::new(k, 1.0).unwrap(), location, scale).unwrap()
    });
    obeys_without_parameters((-10.0..10.0f64, scale), |(location, scale)| {
        ShiftedScaled::new(StudentT::standard(3.0).unwrap(), location, scale).unwrap()
    });
    samples(&ShiftedScaled::new(Gamma::new(2.0, 1.0).unwrap(), 1.0, -3.0).unwrap());
}

#[test]
fn truncated() {
    obeys_without_parameters((-8.0..8.0f64, 0.01..10.0f64), |(lower, width)| {
        Truncated::new(Normal::new(0.0, 1.0).unwrap(), lower, lower + width).unwrap()
    });
    obeys_without_parameters((0.1..20.0f64, -60.0..60.0f64), |(dof, lower)| {
        Truncated::new(StudentT::standard(dof).unwrap(), lower, f64::INFINITY).unwrap()
    });
    obeys_without_parameters((0.05..20.0f64, 0.1..60.0f64), |(k, upper)| {
        Truncated::new(Gamma::new(k, 1.0).unwrap(), f64::NEG_INFINITY, upper).unwrap()
    });
    samples(&Truncated::new(Normal::new(0.0, 1.0).unwrap(), -1.0, 3.0).unwrap());
    samples(&Truncated::new(Gamma::new(2.0, 1.0).unwrap(), 9.0, f64::INFINITY).unwrap());
}
