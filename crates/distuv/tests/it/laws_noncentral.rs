//! Skew and non-central laws in the harness, their refusals, and values from mpmath.
use crate::harness::{obeys, recovers, refuses_bad_data, samples};
use ferronum_distuv::{ContinuousDistribution, NoncentralBeta, NoncentralF, NoncentralT, Rice, SkewNormal};
use ferronum_testkit::assert_lre;

#[test]
fn skew_normal() {
    obeys((-10.0..10.0f64, 0.1..10.0f64, -20.0..20.0f64), |(m, s, a)| SkewNormal::new(m, s, a).unwrap());
    for shape in [-30.0, -1.0, 0.0, 2.0] {
        samples(&SkewNormal::new(1.0, 3.0, shape).unwrap());
    }
    recovers(&SkewNormal::new(1.0, 2.0, 4.0).unwrap(), &[]);
    recovers(&SkewNormal::new(1.0, 2.0, -3.0).unwrap(), &["location"]);
    refuses_bad_data::<SkewNormal>();
    assert!(SkewNormal::new(0.0, 0.0, 1.0).is_err() && SkewNormal::new(0.0, 1.0, f64::NAN).is_err());
}

#[test]
fn rice() {
    obeys((1e-3..100.0f64, 0.05..50.0f64), |(nu, sigma)| Rice::new(nu, sigma).unwrap());
    for nu in [0.0, 0.5, 3.0, 200.0] {
        samples(&Rice::new(nu, 1.5).unwrap());
    }
    recovers(&Rice::new(3.0, 1.5).unwrap(), &[]);
    recovers(&Rice::new(1.0, 1.0).unwrap(), &["scale"]);
    refuses_bad_data::<Rice>();
    assert!(Rice::new(-1.0, 1.0).is_err() && Rice::new(1.0, 0.0).is_err() && Rice::new(1.0, 1e-200).is_err());
}

#[test]
fn noncentral_f() {
    obeys((0.1..50.0f64, 0.3..50.0f64, 1e-3..50.0f64), |(a, b, l)| NoncentralF::new(a, b, l).unwrap());
    for (d1, d2, lambda) in [(0.3, 0.4, 2.0), (2.0, 7.0, 0.1), (30.0, 12.0, 1e3), (4.0, 3.0, 0.0)] {
        samples(&NoncentralF::new(d1, d2, lambda).unwrap());
    }
    refuses_bad_data::<NoncentralF>();
    assert!(NoncentralF::new(0.0, 1.0, 1.0).is_err() && NoncentralF::new(1.0, 1.0, -1.0).is_err());
}

#[test]
fn noncentral_beta() {
    obeys((0.3..30.0f64, 0.3..30.0f64, 1e-3..50.0f64), |(a, b, l)| NoncentralBeta::new(a, b, l).unwrap());
    for (a, b, lambda) in [(0.3, 0.7, 2.0), (2.0, 7.0, 0.1), (30.0, 12.0, 1e3), (4.0, 3.0, 0.0)] {
        samples(&NoncentralBeta::new(a, b, lambda).unwrap());
    }
    refuses_bad_data::<NoncentralBeta>();
    assert!(NoncentralBeta::new(0.0, 1.0, 1.0).is_err() && NoncentralBeta::new(1.0, 1.0, 1e11).is_err());
}

#[test]
fn noncentral_t() {
    obeys((0.5..50.0f64, -10.0..10.0f64), |(nu, delta)| NoncentralT::new(nu, delta).unwrap());
    for (nu, delta) in [(0.3, 2.0), (5.0, -4.0), (40.0, 0.0)] {
        samples(&NoncentralT::new(nu, delta).unwrap());
    }
    refuses_bad_data::<NoncentralT>();
    assert!(NoncentralT::new(0.0, 1.0).is_err() && NoncentralT::new(1.0, 1e6).is_err());
}

/// Density, cdf and sf by numerical integration: mpmath, 40 digits (tests/golden/noncentral.py).
#[test]
fn skew_normal_and_rice_values() {
    for (z, shape, pdf, cdf, sf) in [
        (-0.5, 3.0, "0.047040998289857675394", "0.0063694525739500742321", "0.99363054742604992577"),
        (-6.0, 2.0, "2.1587394395581235037e-41", "7.1180791906932412295e-43", "1.0"),
        (-30.0, 0.5, "1.0819410301774054093e-246", "2.880087168628422025e-248", "1.0"),
        (-3.0, -4.0, "0.0088636968238760143512", "0.0026997960632601890533", "0.99730020393673981095"),
        (0.25, 5.0, "0.69163343555687807161", "0.20502929551162581906", "0.79497070448837418094"),
        (0.25, 0.75, "0.44417779799082663837", "0.40119725348295791845", "0.59880274651704208155"),
        (8.0, -1.5, "1.7950538410541204391e-47", "1.0", "6.839338758996700364e-49"),
        (12.0, 7.0, "4.2927674713261206901e-32", "1.0", "3.5529642241553579954e-33"),
        (2.0, -0.5, "0.01713190100430928938", "0.99450002402286380706", "0.005499975977136192938"),
    ] {
        let law = SkewNormal::new(0.0, 1.0, shape).unwrap();
        assert_lre!(law.pdf(z), pdf, 14.0, "pdf {z} {shape}");
        assert_lre!(law.cdf(z), cdf, 14.0, "cdf {z} {shape}");
        assert_lre!(law.sf(z), sf, 14.0, "sf {z} {shape}");
    }
    for (x, nu, pdf, cdf, sf) in [
        (0.5, 1.0, "0.28462081411459586871", "0.073472602043352031731", "0.92652739795664796827"),
        (0.001, 3.0, "0.000011109015978989199247", "5.5545031293076305335e-9", "0.99999999444549687069"),
        (4.0, 3.0, "0.28246429104174811263", "0.80348781061159237723", "0.19651218938840762277"),
        (25.0, 5.0, "1.2357617076075132518e-87", "1.0", "6.1695905721884070604e-89"),
        (30.0, 31.0, "0.23806799242068845544", "0.15471998138010433288", "0.84528001861989566712"),
    ] {
        let law = Rice::new(nu, 1.0).unwrap();
        assert_lre!(law.pdf(x), pdf, 14.0, "pdf {x} {nu}");
        assert_lre!(law.cdf(x), cdf, 14.0, "cdf {x} {nu}");
        assert_lre!(law.sf(x), sf, 14.0, "sf {x} {nu}");
    }
    let skew = SkewNormal::new(0.0, 1.0, 3.0).unwrap();
    assert_lre!(skew.skewness(), "0.66702357015240795331", 14.0);
    assert_lre!(skew.excess_kurtosis(), "0.50977012944941361572", 14.0);
    assert_lre!(skew.entropy(), "0.95283496904081354381", 14.0);
    let rice = Rice::new(0.5, 1.0).unwrap();
    assert_lre!(rice.mean(), "1.3304473406107031708", 14.0);
    assert_lre!(rice.variance(), "0.47990987386190758138", 14.0);
    assert_lre!(rice.skewness(), "0.61774424626606353459", 13.0);
    assert_lre!(rice.excess_kurtosis(), "0.2104694648825942845", 13.0);
    assert_lre!(rice.entropy(), "0.99919766730701161658", 14.0);
}
