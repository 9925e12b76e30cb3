//! What every law has to obey, whatever its parameters: no law leaves this harness.
use ferronum_distuv::{ContinuousDistribution, Domain, FitOptions, FitStatus, Fitted, Outcome, Parametric};
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
    fn score_x(&self, x: f64) -> f64 {
        self.0.score_x(x)
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
    D: ContinuousDistribution + Distribution<f64> + Parametric<Outcome = f64>,
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
        slices(&law, &xs)?;
        round_trip(&law, p)?;
        ends(&law)?;
        slope(&law, law.quantile(p.clamp(0.001, 0.999)))?;
        parametric(&law, law.quantile(p.clamp(0.001, 0.999)))?;
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
            // A probability moves with the last digit of x.
            let moved = if x.is_finite() && law.pdf(x) > 0.0 && law.score_x(x).is_finite() {
                (x * law.score_x(x)).abs().max((x * law.pdf(x) / value).abs())
            } else {
                0.0
            };
            prop_assert!(
                (ln - exact).abs() <= 4e-16 * (2.0 + exact.abs() + moved),
                "x = {x:e}: {value:e}, {ln:e}"
            );
        }
    }
    Ok(())
}

/// The forms for slices agree with those for one number.
fn slices(law: &impl ContinuousDistribution, xs: &[f64]) -> Result<(), TestCaseError> {
    let xs: Vec<f64> = xs.iter().copied().chain([f64::NAN]).collect();
    let mut found = vec![0.0; xs.len()];
    let moved = |x: f64| {
        let slope = (x * law.score_x(x)).abs().max((x * law.pdf(x) / law.cdf(x)).abs());
        if slope.is_finite() { slope } else { 0.0 }
    };
    let near = |found: f64, one: f64, x: f64| {
        found == one
            || (found.is_nan() && one.is_nan())
            || (found - one).abs() <= 2e-15 * (one.abs() * (1.0 + moved(x))) + 1e-323
    };
    law.pdf_into(&xs, &mut found);
    for (x, f) in xs.iter().zip(&found) {
        prop_assert!(near(*f, law.pdf(*x), *x), "pdf at {x:e}: {f:e}, {:e}", law.pdf(*x));
    }
    law.cdf_into(&xs, &mut found);
    for (x, f) in xs.iter().zip(&found) {
        prop_assert!(near(*f, law.cdf(*x), *x), "cdf at {x:e}: {f:e}, {:e}", law.cdf(*x));
    }
    law.ln_pdf_into(&xs, &mut found);
    for (x, f) in xs.iter().zip(&found) {
        let one = law.ln_pdf(*x);
        let close = (f - one).abs() <= 2e-15 * (1.0 + one.abs() + moved(*x));
        prop_assert!(close || *f == one || (f.is_nan() && one.is_nan()), "ln_pdf at {x:e}: {f:e}, {one:e}");
    }
    let ps: Vec<f64> = xs.iter().map(|x| law.cdf(*x)).chain([0.0, 1.0, 0.3, -0.1, 1.1, 1e-300]).collect();
    let mut found = vec![0.0; ps.len()];
    law.quantile_into(&ps, &mut found);
    let size = law.median().abs().max(law.quantile(0.8).abs());
    for (p, f) in ps.iter().zip(&found) {
        let one = law.quantile(*p);
        let close = (f - one).abs() <= 4e-14 * one.abs() + 1e-15 * size;
        prop_assert!(close || *f == one || (f.is_nan() && one.is_nan()), "quantile at {p:e}: {f:e}, {one:e}");
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
        // No number lies between an end of the support and the answer: it has been rounded to the end.
        let inward = if x == low { x.next_up() } else { x.next_down() };
        if (x == low || x == high) && (back - p) * (again(law, inward) - p) <= 0.0 {
            continue;
        }
        // Next to an end of the range of f64 the answer is the end itself.
        if !(1e-290..=1e290).contains(&size) || (x != 0.0 && x.abs() < 1e-290) {
            continue;
        }
        let moved = 4e-16 * size * law.pdf(x);
        prop_assert!(
            (back - p).abs() <= 1e-12 * p.max(f64::MIN_POSITIVE) + moved + 1e-16 * (1.0 - p),
            "p = {p:e}: x = {x:e}, back {back:e}"
        );
        // At a pole of the density the same number is 0 times ∞.
        let near = if x == general { 0.0 } else { (x - general).abs() * law.pdf(x) };
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

/// The slope of `f` at 0 from its values at ±h and ±2h, with a bound on its error; `None` where they say nothing.
fn quotient(h: f64, f: impl Fn(f64) -> Option<(f64, f64)>) -> Option<(f64, f64)> {
    let central = |h: f64| {
        let ((low, below), (high, above)) = (f(-h)?, f(h)?);
        let usable = below.is_finite() && above.is_finite() && (above - below).abs() < 0.02 && low < high;
        let noise = 1e-14 * (below.abs() + above.abs()).max(1.0) / (high - low);
        usable.then_some(((above - below) / (high - low), noise))
    };
    let ((near, noise), (far, _)) = (central(h)?, central(2.0 * h)?);
    Some((near, (near - far).abs() + 1e-6 * near.abs() + 4.0 * noise))
}

/// `score_x` is the slope of `ln_pdf`.
fn slope(law: &impl ContinuousDistribution, x: f64) -> Result<(), TestCaseError> {
    // Small beside x, and beside the width of the law.
    let step = 1e-5 * x.abs().min((x - law.median()).abs());
    if x.abs() < 1e-290 || step < 1e-10 * x.abs() {
        return Ok(());
    }
    if let Some((slope, error)) = quotient(step, |by| Some((x + by, law.ln_pdf(x + by)))) {
        let score = law.score_x(x);
        // What the last digits of x are worth.
        let moved = |by: f64| (law.score_x(x * (1.0 + by * f64::EPSILON)) - score).abs();
        let error = error + 4.0 * moved(2.0).max(moved(-2.0));
        prop_assert!((score - slope).abs() <= error, "x = {x:e}: {score:e}, quotient {slope:e} ± {error:e}");
    }
    Ok(())
}

/// Parameters make the law again, and the score is the gradient of the log-likelihood.
pub fn parametric<D: Parametric>(law: &D, x: D::Outcome) -> Result<(), TestCaseError> {
    let values = law.parameters();
    prop_assert_eq!(values.len(), D::PARAMETERS.len());
    let again = D::from_parameters(&values);
    prop_assert!(again.is_ok_and(|again| again.parameters() == values));
    prop_assert!(D::from_parameters(&[values.clone(), vec![1.0]].concat()).is_err());
    let mut score = vec![0.0; values.len()];
    law.score(x, &mut score);
    for (i, value) in values.iter().enumerate() {
        // A location has the units of x; it may be 0 or far off. An end of the support, or another corner of the density, lies
        // no nearer than x.
        let away = (x.to_f64() - value).abs();
        let size = match D::PARAMETERS[i].domain {
            Domain::Location => away,
            Domain::Real | Domain::End if away > 0.0 => value.abs().min(away),
            _ => value.abs(),
        };
        let step = 1e-5 * size;
        if step < 1e-10 * value.abs() || size < 1e-290 {
            continue;
        }
        let moved = |by: f64| {
            let mut to = values.clone();
            to[i] += by;
            D::from_parameters(&to).ok().map(|law| (to[i], law.ln_likelihood(x)))
        };
        let Some((slope, error)) = quotient(step, moved) else { continue };
        if score[i].is_nan() && matches!(D::PARAMETERS[i].domain, Domain::Count | Domain::End) {
            continue;
        }
        // What the last digits of the parameters are worth.
        let mut nearby = score.clone();
        let mut error = error;
        for by in [4.0, -4.0] {
            let moved: Vec<f64> = values.iter().map(|v| v * (1.0 + by * f64::EPSILON)).collect();
            if let Ok(law) = D::from_parameters(&moved) {
                law.score(x, &mut nearby);
                let moved = (nearby[i] - score[i]).abs();
                error += if moved.is_finite() { 4.0 * moved } else { 0.0 };
            }
        }
        prop_assert!(
            (score[i] - slope).abs() <= error,
            "{} at {x:?}, parameters {values:?}: {:e}, quotient {slope:e} ± {error:e}",
            D::PARAMETERS[i].name,
            score[i]
        );
    }
    Ok(())
}

/// A fit to 20,000 draws: every estimate within 5 standard errors, and the score of the sample zero there.
///
/// `fixed` names parameters to be held at their true values.
pub fn recovers<D>(law: &D, fixed: &[&str]) -> Fitted<D>
where
    D: Parametric + Distribution<D::Outcome>,
{
    let mut rng = Pcg64::new(0xcafef00dd15ea5e5, 0xa02bdbf7bb3c0a7);
    let draws: Vec<D::Outcome> = (0..20_000).map(|_| law.sample(&mut rng)).collect();
    let truth = law.parameters();
    let held: Vec<(&str, f64)> = (0..truth.len())
        .filter(|i| fixed.contains(&D::PARAMETERS[*i].name))
        .map(|i| (D::PARAMETERS[i].name, truth[i]))
        .collect();
    let fitted = D::fit(&draws, &FitOptions { fixed: &held, ..FitOptions::default() }).expect("a fit");
    assert!(
        matches!(fitted.status, FitStatus::ClosedForm | FitStatus::Converged),
        "{}: {:?}",
        D::LAW,
        fitted.status
    );
    let mut total = vec![0.0; truth.len()];
    let mut one = vec![0.0; truth.len()];
    for x in &draws {
        fitted.law.score(*x, &mut one);
        total.iter_mut().zip(&one).for_each(|(sum, s)| *sum += s);
    }
    for (i, estimate) in fitted.estimates.iter().enumerate() {
        if estimate.fixed || estimate.std_error.is_nan() {
            continue;
        }
        let off = (estimate.value - truth[i]).abs() / estimate.std_error;
        assert!(off < 5.0, "{}: {estimate:?}, truth {}, {off} standard errors", D::LAW, truth[i]);
        assert!(
            (total[i] * estimate.std_error).abs()
                < 1e-5 + f64::EPSILON * estimate.value.abs() / estimate.std_error,
            "{}: the score of {} is {:e}, standard error {:e}",
            D::LAW,
            estimate.name,
            total[i],
            estimate.std_error
        );
    }
    // Weights are repetitions.
    let half = D::fit(
        &draws,
        &FitOptions { fixed: &held, weights: Some(&vec![0.5; draws.len()]), ..FitOptions::default() },
    )
    .expect("a weighted fit");
    for (a, b) in half.estimates.iter().zip(&fitted.estimates) {
        assert!((a.value - b.value).abs() <= 1e-8 * b.value.abs().max(1e-3), "{}: {a:?}, {b:?}", D::LAW);
    }
    fitted
}

/// Wrong data for a fit: a typed error, never a panic.
pub fn refuses_bad_data<D: Parametric<Outcome = f64>>() {
    let fit = |x: &[f64]| D::fit(x, &FitOptions::default());
    assert!(fit(&[]).is_err());
    assert!(fit(&[1.0, f64::NAN]).is_err());
    assert!(fit(&[0.5, f64::INFINITY]).is_err());
    let _ = (
        fit(&[0.5]),
        fit(&[0.25, 0.25, 0.25]),
        fit(&[-1.0, -2.0]),
        fit(&[0.0, 0.0]),
        fit(&[1e300, 1e-300, 1.0]),
    );
    let unknown = FitOptions { fixed: &[("no such name", 1.0)], ..FitOptions::default() };
    assert!(D::fit(&[0.25, 0.5, 0.75], &unknown).is_err());
    let short = FitOptions { weights: Some(&[1.0]), ..FitOptions::default() };
    assert!(D::fit(&[0.25, 0.5, 0.75], &short).is_err());
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
