//! What every continuous law has to obey, whatever its parameters: no law leaves this harness.
use ferronum_distuv::ContinuousDistribution;
use proptest::prelude::*;
use rand::distr::Distribution;
use rand_pcg::Pcg64;

/// Numbers a user may pass by mistake, or at the edge of the range.
const HOSTILE: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    1e-200,
    1e200,
    1.0,
    -1.0,
];

/// Any number: hostile, of ordinary size, or of any exponent and sign.
pub fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::sample::select(HOSTILE.to_vec()),
        -10.0..10.0f64,
        (-300.0..300.0f64, any::<bool>()).prop_map(|(e, s)| if s { 10f64.powf(e) } else { -(10f64.powf(e)) }),
    ]
}

/// A positive parameter from 1e-10 to 1e10, mostly moderate.
pub fn shape() -> impl Strategy<Value = f64> {
    prop_oneof![0.05..50.0f64, (-10.0..10.0f64).prop_map(|e| 10f64.powf(e))]
}

/// Probabilities, tails included.
fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..1.0f64, (-300.0..0.0f64).prop_map(|e| 10f64.powf(e)), Just(0.0), Just(1.0)]
}

/// A law whose quantiles are the provided ones.
struct Provided<'a, D>(&'a D);

impl<D: ContinuousDistribution> ContinuousDistribution for Provided<'_, D> {
    fn support(&self) -> (f64, f64) {
        self.0.support()
    }
    fn pdf(&self, x: f64) -> f64 {
        self.0.pdf(x)
    }
    fn ln_pdf(&self, x: f64) -> f64 {
        self.0.ln_pdf(x)
    }
    fn cdf(&self, x: f64) -> f64 {
        self.0.cdf(x)
    }
    fn sf(&self, x: f64) -> f64 {
        self.0.sf(x)
    }
    fn ln_cdf(&self, x: f64) -> f64 {
        self.0.ln_cdf(x)
    }
    fn ln_sf(&self, x: f64) -> f64 {
        self.0.ln_sf(x)
    }
    fn mean(&self) -> f64 {
        self.0.mean()
    }
    fn variance(&self) -> f64 {
        self.0.variance()
    }
    fn skewness(&self) -> f64 {
        self.0.skewness()
    }
    fn excess_kurtosis(&self) -> f64 {
        self.0.excess_kurtosis()
    }
    fn entropy(&self) -> f64 {
        self.0.entropy()
    }
    fn mode(&self) -> f64 {
        self.0.mode()
    }
}

/// All laws, over random parameters (as `build` sees them) and random arguments.
pub fn obeys<D, P>(parameters: impl Strategy<Value = P>, build: impl Fn(P) -> D)
where
    D: ContinuousDistribution + Distribution<f64>,
    P: std::fmt::Debug,
{
    let inputs = (parameters, prop::collection::vec(any_number(), 6), probability());
    proptest!(ProptestConfig::with_cases(400), |((parameters, mut xs, p) in inputs)| {
        let law = build(parameters);
        let (low, high) = law.support();
        for &x in &xs {
            total(&law, x)?;
        }
        // Points where the probability lies.
        xs.extend([law.median(), law.quantile(p), law.isf(p), law.mode(), low, high]);
        xs.retain(|x| !x.is_nan());
        xs.sort_by(f64::total_cmp);
        for &x in &xs {
            complementary(&law, x)?;
        }
        for pair in xs.windows(2) {
            prop_assert!(law.cdf(pair[0]) <= law.cdf(pair[1]) * (1.0 + 1e-12), "cdf falls: {pair:?}");
            prop_assert!(law.sf(pair[1]) <= law.sf(pair[0]) * (1.0 + 1e-12), "sf rises: {pair:?}");
        }
        round_trip(&law, p)?;
        ends(&law)?;
        let mut draws = [0.0; 8];
        law.fill(&mut Pcg64::new(1, 2), &mut draws);
        prop_assert!(draws.iter().all(|&x| x >= low && x <= high), "{draws:?}");
    });
}

/// Every function answers, in its range; NaN only for NaN.
fn total(law: &impl ContinuousDistribution, x: f64) -> Result<(), TestCaseError> {
    let values = [law.pdf(x), law.cdf(x), law.sf(x), law.ln_pdf(x), law.ln_cdf(x), law.ln_sf(x)];
    if x.is_nan() {
        prop_assert!(values.iter().all(|v| v.is_nan()), "{values:?}");
        prop_assert!(law.quantile(x).is_nan() && law.isf(x).is_nan());
        return Ok(());
    }
    let [pdf, cdf, sf, ln_pdf, ln_cdf, ln_sf] = values;
    prop_assert!(pdf >= 0.0 && !ln_pdf.is_nan(), "x = {x:e}: {values:?}");
    prop_assert!((0.0..=1.0).contains(&cdf) && (0.0..=1.0).contains(&sf), "x = {x:e}: {values:?}");
    prop_assert!(ln_cdf <= 0.0 && ln_sf <= 0.0, "x = {x:e}: {values:?}");
    if !(0.0..=1.0).contains(&x) {
        prop_assert!(law.quantile(x).is_nan() && law.isf(x).is_nan(), "p = {x:e}");
    }
    Ok(())
}

/// The two tails add to one, and logarithms belong to their values.
fn complementary(law: &impl ContinuousDistribution, x: f64) -> Result<(), TestCaseError> {
    let (cdf, sf) = (law.cdf(x), law.sf(x));
    prop_assert!((cdf + sf - 1.0).abs() <= 1e-15, "x = {x:e}: {cdf:e} + {sf:e}");
    for (value, ln) in [(cdf, law.ln_cdf(x)), (sf, law.ln_sf(x)), (law.pdf(x), law.ln_pdf(x))] {
        if value > 1e-300 && value.is_finite() {
            let exact = if value == 1.0 { ln } else { value.ln() };
            prop_assert!((ln - exact).abs() <= 4e-16 * (2.0 + exact.abs()), "x = {x:e}: {value:e}, {ln:e}");
        }
    }
    Ok(())
}

/// `cdf(quantile(p)) = p` up to what a last digit of x and of p is worth; the provided quantile agrees.
fn round_trip<D: ContinuousDistribution>(law: &D, p: f64) -> Result<(), TestCaseError> {
    let plain = Provided(law);
    for (x, again, general) in [
        (law.quantile(p), ContinuousDistribution::cdf as fn(&D, f64) -> f64, plain.quantile(p)),
        (law.isf(p), ContinuousDistribution::sf, plain.isf(p)),
    ] {
        prop_assert!(!x.is_nan(), "p = {p:e}");
        let (low, high) = law.support();
        prop_assert!(x >= low && x <= high);
        if p == 0.0 || p == 1.0 {
            continue;
        }
        let size = x.abs().max(law.median().abs()).max(f64::MIN_POSITIVE);
        let back = again(law, x);
        // Next to an end of the range of f64 the answer is the end itself.
        if !(1e-290..=1e290).contains(&size) || (x != 0.0 && x.abs() < 1e-290) {
            continue;
        }
        let moved = 4e-16 * size * law.pdf(x);
        prop_assert!(
            (back - p).abs() <= 1e-12 * p.max(f64::MIN_POSITIVE) + moved + 1e-16 * (1.0 - p),
            "p = {p:e}: x = {x:e}, back {back:e}"
        );
        let near = (x - general).abs() * law.pdf(x);
        prop_assert!(
            near <= 1e-12 * p + 4.0 * moved + 1e-15 * (1.0 - p),
            "p = {p:e}: {x:e}, provided {general:e}"
        );
    }
    Ok(())
}

/// Ends of the support.
fn ends(law: &impl ContinuousDistribution) -> Result<(), TestCaseError> {
    let (low, high) = law.support();
    prop_assert_eq!((law.quantile(0.0), law.quantile(1.0)), (low, high));
    prop_assert_eq!((law.isf(0.0), law.isf(1.0)), (high, low));
    prop_assert_eq!((law.cdf(low), law.sf(low)), (0.0, 1.0));
    prop_assert_eq!((law.cdf(high), law.sf(high)), (1.0, 0.0));
    prop_assert_eq!((law.ln_cdf(low), law.ln_sf(high)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
    for moment in [law.variance(), law.std_dev()] {
        prop_assert!(moment >= 0.0 || moment.is_nan(), "{moment}");
    }
    Ok(())
}

/// Kolmogorov–Smirnov distance of 100,000 draws: √n D > 2.23 has probability 1e-4.
pub fn samples<D: ContinuousDistribution + Distribution<f64>>(law: &D) {
    let mut draws = vec![0.0; 100_000];
    law.fill(&mut Pcg64::new(0xcafef00dd15ea5e5, 0xa02bdbf7bb3c0a7), &mut draws);
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let mut distance = 0.0f64;
    for &x in &draws {
        // Draws that round to the same number stand for an interval.
        let first = draws.partition_point(|&y| y < x) as f64;
        let last = draws.partition_point(|&y| y <= x) as f64;
        distance = distance.max(last / n - law.cdf(x.next_up())).max(law.cdf(x.next_down()) - first / n);
    }
    assert!(distance * n.sqrt() < 2.23, "√n D = {}", distance * n.sqrt());
}
