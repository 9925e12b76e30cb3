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

/// ln f, F and 1 - F at points.
#[track_caller]
fn table(law: &impl ContinuousDistribution, digits: f64, rows: &[(f64, f64, f64, f64)]) {
    for &(x, ln_pdf, cdf, sf) in rows {
        let off = (law.ln_pdf(x) - ln_pdf).abs();
        assert!(off < digits * (1.0 + ln_pdf.abs()), "ln_pdf at {x}: off by {off:e}");
        near(law.cdf(x), cdf, digits);
        near(law.sf(x), sf, digits);
    }
}

/// Mean, variance, skewness, excess kurtosis, entropy.
#[track_caller]
fn moments(law: &impl ContinuousDistribution, digits: f64, expected: [f64; 5]) {
    let found = [law.mean(), law.variance(), law.skewness(), law.excess_kurtosis(), law.entropy()];
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() < digits * (0.1 + b.abs()), "{i}: {a:e}, expected {b:e}");
    }
}

#[test]
fn truncated_values() {
    let far = Truncated::new(Normal::new(0.0, 1.0).unwrap(), 40.0, f64::INFINITY).unwrap();
    near(far.ln_mass(), -804.60844201254537, 1e-15);
    let rows = [
        (40.001, 3.6495029793406952, 0.039235030388964176, 0.9607649696105143),
        (40.1, -0.31549652065930484, 0.98182110025072901, 0.018178898384723741),
        (40.5, -16.435496520659305, 0.9999999982034627, 1.7965372993132273e-9),
    ];
    // Half a digit of x is worth 1.4e-13, and ln P = -805 as much.
    table(&far, 1e-12, &rows);
    let expected = [
        40.024968846882434,
        0.00062266840212919439,
        1.9962769254015642,
        5.9702714750908203,
        -2.6901265481849645,
    ];
    moments(&far, 1e-12, expected);
    let body = Truncated::new(Normal::new(0.0, 1.0).unwrap(), -1.0, 3.0).unwrap();
    let rows = [
        (0.5, -0.86957901275169683, 0.6342981847897504, 0.3657018152102496),
        (-0.999, -1.2435795127516968, 0.00028820618415340108, 0.9997117938158466),
        (2.999, -5.2415795127516968, 0.99999471603652405, 5.2839634759486981e-6),
    ];
    table(&body, 5e-13, &rows);
    let expected = [
        0.28278611072715401,
        0.6161417353578293,
        0.53930184940278771,
        -0.20582065135274693,
        1.0926338726407066,
    ];
    moments(&body, 1e-13, expected);
    let short = Truncated::new(Exponential::new(1.0).unwrap(), 1.0, 1.5).unwrap();
    let rows = [
        (1.0009765625, 0.93177556706718857, 0.0024807163305569446, 0.99751928366944306),
        (1.25, 0.68275212956718857, 0.5621765008857981, 0.4378234991142019),
    ];
    table(&short, 1e-14, &rows);
    let expected = [
        1.2292529587316009,
        0.020575477741809059,
        0.17301526691633718,
        -1.1586135331593686,
        -0.70349917083558771,
    ];
    moments(&short, 1e-12, expected);
}

#[test]
fn truncated_values_of_other_laws() {
    let pole = Truncated::new(Gamma::new(0.3, 1.0).unwrap(), f64::NEG_INFINITY, 2.0).unwrap();
    let rows = [
        (1e-20, 31.162665481661678, 1.1393375352544656e-6, 0.99999886066246475),
        (0.5, -1.0883227938629997, 0.83214051571911409, 0.16785948428088591),
    ];
    table(&pole, 1e-13, &rows);
    let expected = [
        0.24305000438503775,
        0.14299170983905771,
        2.1883978938500977,
        4.6844998588497165,
        -1.2062327544082827,
    ];
    moments(&pole, 1e-11, expected);
    let heavy = Truncated::new(StudentT::standard(3.0).unwrap(), 5.0, f64::INFINITY).unwrap();
    let rows = [
        (5.001, -0.60176141731397247, 0.00054804148594903381, 0.99945195851405097),
        (10.0, -3.2060961438261406, 0.86172437087105836, 0.13827562912894164),
        (1e6, -49.198680399229966, 0.99999999999999986, 1.4327266227591842e-16),
    ];
    table(&heavy, 2e-12, &rows);
    near(heavy.mean(), 7.6753211933804039, 1e-11);
    near(heavy.variance(), 20.842656512249651, 1e-9);
    near(heavy.entropy(), 1.9163238942505838, 1e-11);
    assert!(heavy.skewness() == f64::INFINITY && heavy.excess_kurtosis() == f64::INFINITY);
}

#[test]
fn truncated_refusals() {
    let cut = |a, b| Truncated::new(Exponential::new(1.0).unwrap(), a, b);
    for (a, b) in [(f64::NAN, 1.0), (0.0, f64::NAN), (2.0, 1.0), (1.0, 1.0), (f64::INFINITY, f64::INFINITY)] {
        assert!(matches!(cut(a, b), Err(Error::InvalidParameter { .. })), "{a}, {b}");
    }
    assert!(matches!(cut(-2.0, -1.0), Err(Error::Degenerate { law: "Truncated", .. })));
    assert!(cut(-2.0, f64::INFINITY).unwrap().support() == (0.0, f64::INFINITY));
}

#[test]
fn mixture() {
    let normals = |a: f64, b: f64, w: f64| {
        Mixture::new(&[w, 1.0], vec![Normal::new(a, 1.0).unwrap(), Normal::new(b, 0.2).unwrap()]).unwrap()
    };
    obeys_without_parameters((-5.0..5.0f64, -5.0..5.0f64, 1e-6..10.0f64), |(a, b, w)| normals(a, b, w));
    obeys_without_parameters((0.1..5.0f64, 0.1..5.0f64), |(a, b)| {
        let parts = vec![StudentT::standard(a).unwrap(), StudentT::new(3.0, 2.0, b).unwrap()];
        Mixture::new(&[0.3, 0.7], parts).unwrap()
    });
    samples(&normals(-1.0, 2.0, 0.5));
    let normal = |mean, std_dev| Normal::new(mean, std_dev).unwrap();
    let law =
        Mixture::new(&[0.7, 0.2, 0.1], vec![normal(0.0, 1.0), normal(4.0, 0.5), normal(-3.0, 2.0)]).unwrap();
    let rows = [
        (-12.0, -14.039670806758664, 3.3976731247300604e-7, 0.99999966023268753),
        (-1.0, -1.7066206056564537, 0.19519315235887423, 0.80480684764112577),
        (3.0, -3.6920736335085383, 0.80347010796433177, 0.19652989203566823),
        (9.0, -21.914670804389905, 0.99999999990134124, 9.8658764782772526e-11),
    ];
    table(&law, 1e-14, &rows);
    moments(&law, 1e-13, [0.5, 5.0, -0.046957427527495584, 0.445, 2.002081965559461]);
    near(law.quantile(0.01), -5.5631041881496747, 1e-14);
    near(law.median(), 0.19999331329372781, 1e-14);
    near(law.isf(0.05), 4.3373804898013121, 1e-14);
}

#[test]
fn order_statistic() {
    obeys_without_parameters((1u64..20, 0u64..20), |(k, more)| {
        OrderStatistic::new(Normal::new(1.0, 2.0).unwrap(), k, k + more).unwrap()
    });
    obeys_without_parameters((1u64..1000, 0u64..1000, 0.5..5.0f64), |(k, more, shape)| {
        OrderStatistic::new(Weibull::new(shape, 1.0).unwrap(), k, k + more).unwrap()
    });
    samples(&OrderStatistic::new(Normal::new(1.0, 2.0).unwrap(), 3, 10).unwrap());
    let third = OrderStatistic::new(Normal::new(0.0, 1.0).unwrap(), 3, 10).unwrap();
    let rows = [
        (-6.0, -54.506372408610042, 1.1523602294046394e-25, 1.0),
        (-0.7, -0.054937620757499042, 0.45015290997801978, 0.54984709002198022),
        (2.0, -23.561150656186668, 0.99999999999690015, 3.0998540848760345e-12),
    ];
    table(&third, 1e-14, &rows);
    let expected = [
        -0.6560591053647612,
        0.17500328340301374,
        -0.12050125136694674,
        0.058091182051477958,
        0.54625720403631506,
    ];
    moments(&third, 1e-12, expected);
    let largest = OrderStatistic::new(Normal::new(0.0, 1.0).unwrap(), 1000, 1000).unwrap();
    let rows = [
        (1.0, -167.09220849864898, 9.4645164406109735e-76, 1.0),
        (3.2, 0.18212999451236415, 0.50289487568317085, 0.49710512431682915),
        (9.0, -34.511183254222536, 0.99999999999999989, 1.1285884059538406e-16),
    ];
    // G^1000 takes 1000 times the rounding of G = 0.841.
    table(&largest, 2e-13, &rows);
    let expected = [
        3.2414357691334409,
        0.12345541709394084,
        0.78642639160335856,
        1.0881074033426127,
        0.32536388547835677,
    ];
    moments(&largest, 1e-12, expected);
}

#[rustfmt::skip]
const WAITS: [f64; 50] = [
    54.0, 62.0, 74.0, 79.0, 85.0, 55.0, 88.0, 51.0, 85.0, 54.0, 84.0, 78.0, 47.0, 83.0, 52.0, 62.0, 84.0, 79.0, 51.0, 47.0, 78.0, 69.0, 74.0, 83.0, 55.0,
    76.0, 78.0, 79.0, 73.0, 77.0, 66.0, 80.0, 74.0, 52.0, 48.0, 80.0, 59.0, 90.0, 80.0, 58.0, 84.0, 58.0, 73.0, 83.0, 64.0, 53.0, 82.0, 59.0, 75.0, 90.0,
];

const SAMPLE: [f64; 7] = [3.1, 0.4, 2.2, 2.2, 5.9, 4.0, 1.3];

#[test]
fn kde() {
    let kernels = prop::sample::select(vec![
        Kernel::Gaussian,
        Kernel::Epanechnikov,
        Kernel::Biweight,
        Kernel::Triweight,
    ]);
    obeys_without_parameters((prop::collection::vec(-3.0..3.0f64, 1..8), kernels), |(x, kernel)| {
        Kde::new(&x, kernel, Bandwidth::Fixed(2.0)).unwrap()
    });
    for kernel in [
        Kernel::Gaussian,
        Kernel::Epanechnikov,
        Kernel::Rectangular,
        Kernel::Triangular,
        Kernel::Biweight,
        Kernel::Triweight,
    ] {
        samples(&Kde::new(&SAMPLE, kernel, Bandwidth::Fixed(0.5)).unwrap());
    }
}

#[test]
fn kde_bandwidths_of_r() {
    let h = |rule| Kde::new(&WAITS, Kernel::Gaussian, rule).unwrap().bandwidth();
    near(h(Bandwidth::Silverman), 5.4518149599154109, 1e-14);
    near(h(Bandwidth::Scott), 6.4210265083448173, 1e-14);
    near(h(Bandwidth::SheatherJones), 3.7384903674471504, 1e-13);
}

#[test]
fn kde_values() {
    let data = [54.0, 62.0, 74.0, 79.0, 85.0];
    let law = Kde::new(&data, Kernel::Gaussian, Bandwidth::Fixed(9.701663441429908)).unwrap();
    for (x, pdf, cdf) in [
        (50.0, 0.011873524793573122, 0.09127176194673572),
        (70.0, 0.02335610538021695, 0.4647064356662118),
        (100.0, 0.0035096244189754327, 0.9840050843510906),
    ] {
        near(law.pdf(x), pdf, 2e-15);
        near(law.cdf(x), cdf, 2e-15);
    }
    let h = Bandwidth::Fixed(8.169750630669204);
    let law = Kde::with_weights(&data, &[1.0, 2.0, 3.0, 4.0, 5.0], Kernel::Gaussian, h).unwrap();
    near(law.pdf(50.0), 0.005257731785755643, 2e-15);
    near(law.pdf(100.0), 0.0035573350088579257, 2e-15);
    for (kernel, pdf, tail, cdf, entropy) in [
        (
            Kernel::Epanechnikov,
            0.24686190471597678,
            0.043369112693774068,
            0.37756352362183337,
            1.8856573477388626,
        ),
        (
            Kernel::Rectangular,
            0.24743582965269676,
            0.046684988463301753,
            0.38188644010812682,
            1.8448114434034105,
        ),
        (
            Kernel::Triangular,
            0.25704566529203392,
            0.040750732658344422,
            0.37335277170349798,
            1.8858835067301682,
        ),
        (
            Kernel::Biweight,
            0.25545329464123928,
            0.042215010936213583,
            0.37676001453383414,
            1.8884564219324536,
        ),
        (
            Kernel::Triweight,
            0.25756160951074531,
            0.041788571428571429,
            0.37634206336142139,
            1.8888699440496868,
        ),
    ] {
        let law = Kde::new(&SAMPLE, kernel, Bandwidth::Fixed(0.5)).unwrap();
        near(law.pdf(2.0), pdf, 2e-15);
        near(law.cdf(0.1), tail, 2e-15);
        near(law.cdf(2.0), cdf, 2e-15);
        near(law.entropy(), entropy, 1e-12);
    }
}

#[test]
fn empirical_quantiles_of_r() {
    let law = Empirical::new(&SAMPLE).unwrap();
    let p = [0.0, 0.1, 0.25, 0.5, 0.6, 0.9, 1.0];
    assert_eq!(p.map(|p| law.quantile(p)), [0.4, 0.4, 1.3, 2.2, 3.1, 5.9, 5.9]);
    for (p, expected) in p.into_iter().zip([0.4, 0.94, 1.75, 2.2, 2.74, 4.76, 5.9]) {
        near(law.quantile_interpolated(p), expected, 4e-16);
    }
    let draws: Vec<f64> = {
        let mut rng = rand_pcg::Pcg64::new(1, 2);
        (0..100_000).map(|_| rand::distr::Distribution::sample(&law, &mut rng)).collect()
    };
    let share = draws.iter().filter(|x| **x == 2.2).count() as f64 / 1e5;
    // Five standard errors.
    assert!((share - 2.0 / 7.0).abs() < 5.0 * (2.0f64 / 7.0 * 5.0 / 7.0 / 1e5).sqrt());
}
