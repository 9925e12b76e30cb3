//! Laws on incomplete gamma and beta functions in the harness, their refusals, and their special values.
use crate::harness::{any_number, obeys, recovers, refuses_bad_data, samples, shape};
use ferronum_distuv::{
    Beta, BetaPrime, Chi, ChiSquared, ContinuousDistribution, Erlang, FitOptions, FitStatus, Gamma,
    GeneralizedGamma, InverseGamma, InverseGaussian, Nakagami, NoncentralChiSquared, Parametric, Pert,
    TruncatedNormal, VonMises,
};
use proptest::prelude::*;

const INFINITY: f64 = f64::INFINITY;

#[test]
fn gamma() {
    obeys((shape(), shape()), |(a, rate)| Gamma::new(a, rate).unwrap());
    for a in [1e-3, 0.1, 0.25, 0.5, 1.0, 3.5, 1e6] {
        samples(&Gamma::new(a, 0.3).unwrap());
    }
    recovers(&Gamma::new(3.5, 0.3).unwrap(), &[]);
    recovers(&Gamma::new(0.2, 1e5).unwrap(), &[]);
    recovers(&Gamma::new(900.0, 1e-3).unwrap(), &["rate"]);
    refuses_bad_data::<Gamma>();
    let law = Gamma::with_scale(2.0, 4.0).unwrap();
    assert_eq!((law.rate(), law.scale(), law.mean(), law.mode()), (0.25, 4.0, 8.0, 4.0));
    let at_zero = |a| Gamma::new(a, 0.25).unwrap().pdf(0.0);
    assert_eq!((at_zero(0.5), at_zero(1.0), at_zero(2.0)), (INFINITY, 0.25, 0.0));
    assert!(Gamma::with_scale(1.0, 0.0).is_err() && Gamma::with_scale(1.0, 1e-320).is_err());
    let error = Gamma::new(-1.0, 1.0).unwrap_err();
    assert_eq!(error.to_string(), "Gamma: shape must be positive and finite, got -1");
}

#[test]
fn erlang() {
    obeys((1..2000u64, shape()), |(k, rate)| Erlang::new(k, rate).unwrap());
    samples(&Erlang::new(4, 0.5).unwrap());
    recovers(&Erlang::new(4, 0.5).unwrap(), &["shape"]);
    let fitted = recovers(&Erlang::new(7, 0.5).unwrap(), &[]);
    assert_eq!((fitted.law.shape(), fitted.status), (7, FitStatus::ClosedForm));
    assert_eq!(recovers(&Erlang::new(30, 2.5).unwrap(), &["rate"]).law.shape(), 30);
    refuses_bad_data::<Erlang>();
    assert!(Erlang::new(0, 1.0).is_err() && Erlang::from_parameters(&[1.5, 1.0]).is_err());
    assert_eq!(Erlang::new(1, 0.5).unwrap().pdf(0.0), 0.5);
}

#[test]
fn inverse_gamma() {
    obeys((shape(), shape()), |(a, scale)| InverseGamma::new(a, scale).unwrap());
    for a in [1e-3, 0.25, 1.0, 3.5, 1e6] {
        samples(&InverseGamma::new(a, 0.3).unwrap());
    }
    recovers(&InverseGamma::new(3.5, 0.3).unwrap(), &[]);
    recovers(&InverseGamma::new(0.4, 1e5).unwrap(), &[]);
    refuses_bad_data::<InverseGamma>();
    let law = |a| InverseGamma::new(a, 2.0).unwrap();
    assert_eq!((law(0.5).mean(), law(1.5).variance(), law(2.5).skewness()), (INFINITY, INFINITY, INFINITY));
    assert!(law(0.5).variance().is_nan() && law(1.5).skewness().is_nan());
    assert_eq!((law(3.5).excess_kurtosis(), law(3.0).mean(), law(3.0).mode()), (INFINITY, 1.0, 0.5));
    assert_eq!((law(3.0).pdf(0.0), law(3.0).cdf(-1.0), law(3.0).score_x(0.0)), (0.0, 0.0, INFINITY));
}

#[test]
fn chi() {
    obeys(shape(), |dof| Chi::new(dof).unwrap());
    for dof in [0.01, 1.0, 2.0, 7.5, 1e7] {
        samples(&Chi::new(dof).unwrap());
    }
    recovers(&Chi::new(3.3).unwrap(), &[]);
    refuses_bad_data::<Chi>();
    let at_zero = |dof| Chi::new(dof).unwrap().pdf(0.0);
    assert_eq!((at_zero(0.5), at_zero(2.0)), (INFINITY, 0.0));
    assert!((at_zero(1.0) - 0.7978845608028654).abs() < 1e-16);
}

#[test]
fn nakagami() {
    obeys((shape(), shape()), |(m, spread)| Nakagami::new(m, spread).unwrap());
    for m in [0.01, 0.5, 1.0, 3.5, 1e5] {
        samples(&Nakagami::new(m, 3.0).unwrap());
    }
    recovers(&Nakagami::new(3.5, 0.3).unwrap(), &[]);
    recovers(&Nakagami::new(0.3, 12.0).unwrap(), &["shape"]);
    refuses_bad_data::<Nakagami>();
    let at_zero = |m| Nakagami::new(m, 2.0).unwrap().pdf(0.0);
    assert_eq!((at_zero(0.25), at_zero(2.0)), (INFINITY, 0.0));
    assert!((at_zero(0.5) - 0.5641895835477563).abs() < 1e-16); // 1/√π
    assert_eq!(Nakagami::new(0.5, 2.0).unwrap().mode(), 0.0);
}

#[test]
fn generalized_gamma() {
    obeys((shape(), 0.1..20.0f64, shape()), |(a, c, s)| GeneralizedGamma::new(a, c, s).unwrap());
    for (a, c) in [(1e-2, 2.0), (0.5, 0.5), (1.0, 3.0), (30.0, 0.2)] {
        samples(&GeneralizedGamma::new(a, c, 3.0).unwrap());
    }
    recovers(&GeneralizedGamma::new(2.0, 1.5, 3.0).unwrap(), &[]);
    recovers(&GeneralizedGamma::new(0.7, 4.0, 1e-4).unwrap(), &["power"]);
    refuses_bad_data::<GeneralizedGamma>();
    let stacy = GeneralizedGamma::with_stacy(2.0, 6.0, 3.0).unwrap();
    assert_eq!(stacy.parameters(), [2.0, 3.0, 2.0]);
    assert_eq!(GeneralizedGamma::new(0.25, 2.0, 2.0).unwrap().pdf(0.0), INFINITY);
}

#[test]
fn beta() {
    obeys((shape(), shape()), |(a, b)| Beta::new(a, b).unwrap());
    for (a, b) in [(1e-3, 1e-3), (0.3, 0.2), (0.01, 5.0), (1.0, 1.0), (3.0, 12.5), (1e5, 40.0)] {
        samples(&Beta::new(a, b).unwrap());
    }
    recovers(&Beta::new(3.0, 12.5).unwrap(), &[]);
    recovers(&Beta::new(0.5, 0.7).unwrap(), &["alpha"]);
    refuses_bad_data::<Beta>();
    let law = |a, b| Beta::new(a, b).unwrap();
    assert_eq!(
        (law(0.5, 2.0).pdf(0.0), law(1.0, 2.0).pdf(0.0), law(2.0, 2.0).pdf(0.0)),
        (INFINITY, 2.0, 0.0)
    );
    assert_eq!((law(2.0, 0.5).pdf(1.0), law(2.0, 1.0).pdf(1.0)), (INFINITY, 2.0));
    let modes = [law(2.0, 3.0).mode(), law(1.0, 1.0).mode(), law(1.0, 2.0).mode(), law(2.0, 0.5).mode()];
    assert_eq!(modes, [1.0 / 3.0, 0.5, 0.0, 1.0]);
    assert_eq!((law(0.4, 0.5).mode(), law(0.5, 0.4).mode(), law(3.0, 3.0).skewness()), (0.0, 1.0, 0.0));
}

#[test]
fn beta_prime() {
    obeys((shape(), shape()), |(a, b)| BetaPrime::new(a, b).unwrap());
    for (a, b) in [(0.3, 0.2), (0.01, 5.0), (1.0, 1.0), (3.0, 12.5), (1e5, 40.0)] {
        samples(&BetaPrime::new(a, b).unwrap());
    }
    recovers(&BetaPrime::new(3.0, 12.5).unwrap(), &[]);
    recovers(&BetaPrime::new(0.5, 0.7).unwrap(), &[]);
    refuses_bad_data::<BetaPrime>();
    let law = |b| BetaPrime::new(2.0, b).unwrap();
    assert_eq!((law(0.5).mean(), law(1.5).variance(), law(2.5).skewness()), (INFINITY, INFINITY, INFINITY));
    assert!(law(0.5).variance().is_nan() && law(1.5).skewness().is_nan());
    assert_eq!((law(3.0).mode(), law(3.0).mean(), law(3.5).excess_kurtosis()), (0.25, 1.0, INFINITY));
}

#[test]
fn pert() {
    // Not much narrower than far from 0, where few numbers lie inside.
    let ends = (-1.0..1.0f64, 0.01..0.99f64, (0.0..6.0f64).prop_map(|e| 10f64.powf(e)));
    obeys(ends, |(min, share, width)| Pert::new(min, min + share * width, min + width).unwrap());
    obeys(0.0..=1.0f64, |mode| Pert::new(0.0, mode, 1.0).unwrap());
    samples(&Pert::new(-1.0, 2.0, 4.0).unwrap());
    samples(&Pert::new(0.0, 0.0, 4.0).unwrap());
    recovers(&Pert::new(-1.0, 2.0, 4.0).unwrap(), &["min", "max"]);
    refuses_bad_data::<Pert>();
    let error = Pert::fit(&[0.25, 0.5], &FitOptions::default()).unwrap_err();
    assert!(error.to_string().contains("hold it fixed"), "{error}");
    assert!(Pert::new(0.0, 2.0, 1.0).is_err() && Pert::new(1.0, 1.0, 1.0).is_err());
    assert!(Pert::new(-1e308, 0.0, 1e308).is_err() && Pert::new(f64::NAN, 0.0, 1.0).is_err());
    assert_eq!(Pert::new(1.0, 1.0, 3.0).unwrap().pdf(1.0), 2.5);
}

#[test]
fn inverse_gaussian() {
    obeys((shape(), shape()), |(mean, lambda)| InverseGaussian::new(mean, lambda).unwrap());
    for lambda in [1e-6, 0.1, 1.0, 20.0, 1e8] {
        samples(&InverseGaussian::new(3.0, lambda).unwrap());
    }
    recovers(&InverseGaussian::new(3.0, 2.0).unwrap(), &[]);
    recovers(&InverseGaussian::new(3.0, 2.0).unwrap(), &["mean"]);
    recovers(&InverseGaussian::new(3.0, 2.0).unwrap(), &["shape"]);
    refuses_bad_data::<InverseGaussian>();
    let law = InverseGaussian::new(2.0, 3.0).unwrap();
    assert_eq!(
        (law.pdf(0.0), law.cdf(0.0), law.sf(-1.0), law.mode()),
        (0.0, 0.0, 1.0, 2.0 / (1.0 + 2f64.sqrt()))
    );
}

#[test]
fn von_mises() {
    obeys((-7.0..7.0f64, shape()), |(mu, kappa)| VonMises::new(mu, kappa).unwrap());
    for kappa in [1e-9, 0.3, 0.99, 1.0, 30.0, 1e9] {
        samples(&VonMises::new(1.0, kappa).unwrap());
    }
    recovers(&VonMises::new(1.0, 2.5).unwrap(), &[]);
    recovers(&VonMises::new(-2.0, 1e6).unwrap(), &[]);
    refuses_bad_data::<VonMises>();
    let law = VonMises::new(0.5, 1e-10).unwrap();
    assert!((law.cdf(0.5 - 1.0) - (0.5 - 0.15915494309189535)).abs() < 1e-9); // uniform on the circle
    assert_eq!((law.circular_mean(), law.pdf(4.0), law.skewness()), (0.5, 0.0, 0.0));
}

#[test]
fn truncated_normal() {
    let build =
        |(m, s, a, w): (f64, f64, f64, f64)| TruncatedNormal::new(m, s, m + a * s, m + (a + w) * s).unwrap();
    obeys((-9.0..9.0f64, 1e-3..1e3f64, -50.0..50.0f64, 1e-3..60.0f64), build);
    obeys((-9.0..9.0f64, 1e-3..1e3f64, -50.0..50.0f64, Just(INFINITY)), build);
    obeys((-9.0..9.0f64, 1e-3..1e3f64, -50.0..50.0f64), |(m, s, b)| {
        TruncatedNormal::new(m, s, -INFINITY, m + b * s).unwrap()
    });
    for (a, b) in
        [(-1.0, 2.5), (0.1, 0.2), (40.0, INFINITY), (-INFINITY, -5.0), (-0.5, 0.7), (2.0, 4.0), (-3.0, 0.0)]
    {
        samples(&TruncatedNormal::new(0.0, 1.0, a, b).unwrap());
    }
    recovers(&TruncatedNormal::new(1.0, 2.0, -1.0, 4.0).unwrap(), &["lower", "upper"]);
    recovers(&TruncatedNormal::new(0.0, 1.0, 1.0, 60.0).unwrap(), &["lower", "upper", "mean"]);
    refuses_bad_data::<TruncatedNormal>();
    assert!(TruncatedNormal::new(0.0, 1.0, 2.0, 2.0).is_err());
    assert!(TruncatedNormal::new(0.0, 1.0, INFINITY, INFINITY).is_err());
    assert!(TruncatedNormal::new(0.0, 1.0, f64::NAN, 2.0).is_err());
    let whole = TruncatedNormal::new(1.0, 2.0, -INFINITY, INFINITY).unwrap();
    assert!((whole.mean() - 1.0).abs() < 1e-15 && (whole.variance() - 4.0).abs() < 1e-14);
    assert_eq!((whole.quantile(0.5), whole.mode(), whole.pdf(-INFINITY)), (1.0, 1.0, 0.0));
}

#[test]
fn noncentral_chi_squared() {
    obeys((0.05..200.0f64, 1e-3..500.0f64), |(k, lambda)| NoncentralChiSquared::new(k, lambda).unwrap());
    for (k, lambda) in [(0.3, 2.0), (1.0, 7.0), (1.2, 0.1), (2.0, 3.0), (30.0, 1e4), (4.0, 0.0)] {
        samples(&NoncentralChiSquared::new(k, lambda).unwrap());
    }
    recovers(&NoncentralChiSquared::new(3.0, 5.0).unwrap(), &[]);
    recovers(&NoncentralChiSquared::new(3.0, 5.0).unwrap(), &["dof"]);
    refuses_bad_data::<NoncentralChiSquared>();
    let central = NoncentralChiSquared::new(3.0, 0.0).unwrap();
    assert_eq!((central.pdf(1.5), central.mode()), (ChiSquared::new(3.0).unwrap().pdf(1.5), 1.0));
    assert!(NoncentralChiSquared::new(3.0, -1.0).is_err());
    assert_eq!(NoncentralChiSquared::new(1.0, 2.0).unwrap().pdf(0.0), INFINITY);
}

/// Divergences against numerical integration: mpmath, 40 digits.
#[test]
fn divergences() {
    let close = |actual: f64, expected: f64| {
        assert!((actual / expected - 1.0).abs() < 1e-13, "{actual:e} {expected:e}");
    };
    let gamma = |a, r| Gamma::new(a, r).unwrap();
    close(gamma(2.0, 3.0).kl_divergence(&gamma(3.5, 1.25)), 2.4642710137713566);
    close(gamma(2.0, 3.0).kl_divergence(&gamma(2.0 + 1e-9, 3.0)), 3.2246708671884707e-19);
    close(gamma(2.0, 3.0).bhattacharyya_distance(&gamma(3.5, 1.25)), 0.70903108732566864);
    let inverse = |a, b| InverseGamma::new(a, b).unwrap();
    close(inverse(2.0, 3.0).kl_divergence(&inverse(3.5, 1.25)), 2.4642710137713566);
    let beta = |a, b| Beta::new(a, b).unwrap();
    close(beta(2.0, 3.0).kl_divergence(&beta(0.5, 4.25)), 1.467323768254002);
    close(beta(2.0, 3.0).kl_divergence(&beta(2.0 + 1e-9, 3.0)), 2.118055905460768e-19);
    close(beta(2.0, 3.0).bhattacharyya_distance(&beta(0.5, 4.25)), 0.44506347043679795);
    close(beta(2.0, 3.0).hellinger_distance(&beta(0.5, 4.25)), 0.59934664099637691);
    let wald = |m, l| InverseGaussian::new(m, l).unwrap();
    close(wald(2.0, 3.0).kl_divergence(&wald(0.5, 4.25)), 9.5966799861992254);
    let prime = |a, b| BetaPrime::new(a, b).unwrap();
    close(prime(2.0, 3.0).kl_divergence(&prime(0.5, 4.25)), 1.467323768254002);
    assert_eq!(beta(2.0, 3.0).kl_divergence(&beta(2.0, 3.0)), 0.0);
}

proptest! {
    /// Any parameters at all: a typed error, or a law that answers.
    #[test]
    fn constructors_take_anything(a in any_number(), b in any_number(), c in any_number(), x in any_number(), p in 0.0..1.0f64) {
        let laws: [Option<Box<dyn ContinuousDistribution>>; 11] = [
            Gamma::new(a, b).ok().map(|law| Box::new(law) as _),
            InverseGamma::new(a, b).ok().map(|law| Box::new(law) as _),
            Chi::new(a).ok().map(|law| Box::new(law) as _),
            Nakagami::new(a, b).ok().map(|law| Box::new(law) as _),
            GeneralizedGamma::new(a, b, c).ok().map(|law| Box::new(law) as _),
            InverseGaussian::new(a, b).ok().map(|law| Box::new(law) as _),
            VonMises::new(a, b).ok().map(|law| Box::new(law) as _),
            TruncatedNormal::new(a, b, c, x).ok().map(|law| Box::new(law) as _),
            Beta::new(a, b).ok().map(|law| Box::new(law) as _),
            BetaPrime::new(a, b).ok().map(|law| Box::new(law) as _),
            Pert::new(a, b, c).ok().map(|law| Box::new(law) as _),
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
