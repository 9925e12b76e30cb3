//! Hostile input at every constructor and density: errors and NaN, never a panic.
use ferronum_distmv::*;
use ferronum_mat::Mat;
use proptest::prelude::*;
use rand_pcg::Pcg64;

fn any_number() -> impl Strategy<Value = f64> {
    let hostile = vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.0,
        -0.0,
        5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::MIN,
        1e-200,
        1e200,
        1.0,
        -1.0,
        0.5,
    ];
    prop_oneof![
        prop::sample::select(hostile),
        -3.0..3.0f64,
        0.0..1.0f64,
        (-300.0..300.0f64, any::<bool>()).prop_map(|(e, s)| if s { 10f64.powf(e) } else { -(10f64.powf(e)) }),
    ]
}

/// NaN for what is not finite or of the wrong length, otherwise a density.
fn density<D: MultivariateDistribution>(law: Result<D, Error>, x: &[f64]) -> Result<(), TestCaseError> {
    let Ok(law) = law else { return Ok(()) };
    let (value, bad) = (law.ln_pdf(x), x.len() != law.dim() || x.iter().any(|v| !v.is_finite()));
    prop_assert!(!bad || value.is_nan(), "{value}");
    let mut out = vec![0.0; law.dim()];
    law.sample_into(&mut Pcg64::new(1, 2), &mut out);
    let _ = (law.mean(), law.covariance(), law.pdf(x));
    Ok(())
}

fn counts<D: MultivariateCounts>(law: Result<D, Error>, k: &[i64]) -> Result<(), TestCaseError> {
    let Ok(law) = law else { return Ok(()) };
    prop_assert!(law.ln_pmf(k) <= 1e-9, "{}", law.ln_pmf(k));
    let _ = (law.mean(), law.covariance());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_input_panics(
        v in prop::collection::vec(any_number(), 0..4),
        x in prop::collection::vec(any_number(), 0..4),
        m in prop::collection::vec(any_number(), 9),
        p in any_number(),
        nrows in 0usize..4,
        square in any::<bool>(),
        definite in any::<bool>(),
        k in prop::collection::vec(prop_oneof![0i64..6, any::<i64>()], 0..4),
    ) {
        let n = nrows;
        let raw = Mat::from_fn(n, if square { n } else { 2 }, |i, j| m[3 * i + j]);
        let s = if definite && square {
            Mat::from_fn(n, n, |i, j| if i == j { m[4 * i].abs() } else { 0.0 })
        } else {
            raw.clone()
        };
        density(MultivariateNormal::new(&v, &s), &x)?;
        density(MultivariateNormal::degenerate(&v, &s), &x)?;
        density(MultivariateNormal::with_precision(&v, &s), &x)?;
        density(MultivariateNormal::with_cholesky(&v, &s), &x)?;
        density(MultivariateT::new(&v, &s, p), &x)?;
        density(Dirichlet::new(&v), &x)?;
        density(VonMisesFisher::new(&v, p), &x)?;
        density(UniformBox::new(&v, &x), &v)?;
        density(UniformBall::new(n), &x)?;
        density(UnitVector::new(n), &x)?;
        density(UniformSimplex::new(n), &x)?;
        let trials = k.first().map_or(0, |k| k.unsigned_abs());
        let sizes: Vec<u64> = k.iter().map(|k| k.unsigned_abs()).collect();
        counts(Multinomial::new(trials, &v), &k)?;
        counts(DirichletMultinomial::new(trials, &v), &k)?;
        counts(MultivariateHypergeometric::new(&sizes, trials), &k)?;
        if let Ok(law) = Wishart::new(&s, p) {
            let _ = (law.ln_pdf(&raw), law.mean(), law.entropy(), law.sample(&mut Pcg64::new(1, 2)));
        }
        if let Ok(law) = InverseWishart::new(&s, p) {
            let _ = (law.ln_pdf(&raw), law.mean(), law.sample(&mut Pcg64::new(1, 2)));
        }
        if let Ok(law) = MatrixNormal::new(&raw, &s, &s) {
            let _ = (law.ln_pdf(&raw), law.sample(&mut Pcg64::new(1, 2)));
        }
        if let Ok(law) = LkjCorrelation::new(n, p) {
            let _ = (law.ln_pdf(&raw), law.ln_pdf_cholesky(&raw), law.sample(&mut Pcg64::new(1, 2)));
        }
        if let Ok(law) = MultivariateNormal::degenerate(&v, &s) {
            let _ = (law.conditional(&[0], &[p]), law.affine(&raw, &x), law.marginal(&[n]), law.score_x(&x));
            let _ = (law.kl_divergence(&law), law.wasserstein_distance(&law));
        }
        let _ = (MultivariateNormal::fit(&raw, Some(&v)), MultivariateT::fit(&raw, Some(&v), Some(p)));
        let _ = (Dirichlet::fit(&raw, Some(&v)), VonMisesFisher::fit(&raw, None));
        let _ = GaussianMixtureFit::new(2).fit(&raw, &mut Pcg64::new(1, 2));
        let copulas: [(Option<f64>, Option<f64>); 3] = [
            (ClaytonCopula::new(2, p).ok().map(|c| c.cdf(&x)), ClaytonCopula::new(2, p).ok().map(|c| c.ln_pdf(&x))),
            (GumbelCopula::new(2, p).ok().map(|c| c.cdf(&x)), GumbelCopula::new(2, p).ok().map(|c| c.ln_pdf(&x))),
            (FrankCopula::new(2, p).ok().map(|c| c.cdf(&x)), FrankCopula::new(2, p).ok().map(|c| c.ln_pdf(&x))),
        ];
        for (cdf, _) in copulas {
            let nan = x.len() != 2 || x.iter().any(|u| u.is_nan());
            prop_assert!(cdf.is_none_or(|c| if nan { c.is_nan() } else { (0.0..=1.0).contains(&c) }), "{cdf:?} {p} {x:?}");
        }
        if let Ok(c) = GaussianCopula::bivariate(p) {
            let _ = (c.ln_pdf(&x), c.cdf(&x));
        }
        if let (Some(&h), Some(&k)) = (v.first(), x.first()) {
            let value = bivariate_normal_cdf(h, k, p);
            let nan = h.is_nan() || k.is_nan() || !(-1.0..=1.0).contains(&p);
            prop_assert!(if nan { value.is_nan() } else { (0.0..=1.0).contains(&value) }, "{h} {k} {p}: {value}");
        }
    }
}
