//! Draws at fixed seeds: moments within 5 standard errors, and Kolmogorov–Smirnov tests on projections, p > 1e-4.
use ferronum_distmv::*;
use ferronum_distuv::{ContinuousDistribution, Normal, StudentT};
use ferronum_mat::Mat;
use ferronum_special::{beta_inc, kolmogorov_n_sf};
use rand::distr::Distribution;
use rand_pcg::Pcg64;

const N: usize = 20_000;

fn rng() -> Pcg64 {
    Pcg64::new(7, 11)
}

/// Mean of f over the draws against its expectation, within 5 standard errors.
#[track_caller]
fn within(values: &[f64], expected: f64, what: &str) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt() + 1e-12 * expected.abs();
    assert!((mean - expected).abs() <= 5.0 * error, "{what}: {mean} for {expected}, standard error {error}");
}

#[track_caller]
fn follows(mut values: Vec<f64>, cdf: impl Fn(f64) -> f64) {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let distance = values.iter().enumerate().fold(0.0, |m: f64, (i, &x)| {
        let p = cdf(x);
        m.max((i + 1) as f64 / n as f64 - p).max(p - i as f64 / n as f64)
    });
    let p = kolmogorov_n_sf(n as u64, distance);
    assert!(p > 1e-4, "distance {distance}, p-value {p}");
}

/// Means and covariances of all coordinates.
#[track_caller]
fn moments<D: MultivariateDistribution>(law: &D) -> Mat<f64> {
    let draws = law.sample_rows(&mut rng(), N);
    let (mean, covariance) = (law.mean(), law.covariance());
    for i in 0..law.dim() {
        within(draws.col_slice(i), mean[i], "mean");
        for j in 0..=i {
            let product: Vec<f64> =
                (0..N).map(|k| (draws[(k, i)] - mean[i]) * (draws[(k, j)] - mean[j])).collect();
            within(&product, covariance[(i, j)], "covariance");
        }
    }
    draws
}

fn scatter() -> Mat<f64> {
    Mat::from_rows(&[[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]]).unwrap()
}

#[test]
fn normal_and_t() {
    let law = MultivariateNormal::new(&[1.0, 2.0, 3.0], &scatter()).unwrap();
    let draws = moments(&law);
    let sum = law
        .affine(&Mat::from_rows(&[[1.0, -2.0, 0.5]]).unwrap(), &[0.0])
        .unwrap()
        .marginal_single(0)
        .unwrap();
    let projected = (0..N).map(|k| draws[(k, 0)] - 2.0 * draws[(k, 1)] + 0.5 * draws[(k, 2)]).collect();
    follows(projected, |x| sum.cdf(x));
    let thin = MultivariateNormal::degenerate(&[0.0, 1.0], &Mat::filled(2, 2, 2.0)).unwrap();
    moments(&thin);
    let t = MultivariateT::new(&[1.0, 2.0, 3.0], &scatter(), 12.0).unwrap();
    let draws = moments(&t);
    let variance = 4.0 + 4.0 * 5.0 + 0.25 * 6.0 - 4.0 * 2.0 + 1.0 - 2.0 * 3.0;
    let margin = StudentT::new(1.0 - 4.0 + 1.5, f64::sqrt(variance), 12.0).unwrap();
    follows((0..N).map(|k| draws[(k, 0)] - 2.0 * draws[(k, 1)] + 0.5 * draws[(k, 2)]).collect(), |x| {
        margin.cdf(x)
    });
}

#[test]
fn dirichlet_down_to_concentrations_of_a_thousandth() {
    for alpha in [vec![2.0, 3.0, 0.5], vec![1e-3, 2e-3, 3e-3], vec![1e4, 2e4]] {
        let law = Dirichlet::new(&alpha).unwrap();
        let draws = moments(&law);
        assert!(draws.iter().all(|x| (0.0..=1.0).contains(&x)));
        assert!(draws.view().rows().all(|r| (r.iter().sum::<f64>() - 1.0).abs() < 1e-12));
        if alpha[0] > 0.1 {
            let (a, b) = law.marginal_beta(0).unwrap();
            follows(draws.col_slice(0).to_vec(), |x| beta_inc(a, b, x));
        }
    }
    moments(&UniformSimplex::new(3).unwrap());
}

#[track_caller]
fn count_moments<D: MultivariateCounts>(law: &D) {
    let mut generator = rng();
    let (mean, covariance, d) = (law.mean(), law.covariance(), law.dim());
    let mut out = vec![0; d];
    let draws: Vec<Vec<f64>> = (0..N)
        .map(|_| {
            law.sample_into(&mut generator, &mut out);
            assert!(law.ln_pmf(&out) > f64::NEG_INFINITY);
            out.iter().map(|&k| k as f64).collect()
        })
        .collect();
    for i in 0..d {
        within(&draws.iter().map(|x| x[i]).collect::<Vec<_>>(), mean[i], "mean");
        for j in 0..=i {
            let product: Vec<f64> = draws.iter().map(|x| (x[i] - mean[i]) * (x[j] - mean[j])).collect();
            within(&product, covariance[(i, j)], "covariance");
        }
    }
}

#[test]
fn counts() {
    count_moments(&Multinomial::new(20, &[0.1, 0.0, 0.6, 0.3]).unwrap());
    count_moments(&Multinomial::new(1_000_000_000_000, &[0.25, 0.75]).unwrap());
    count_moments(&DirichletMultinomial::new(30, &[0.5, 2.0, 3.0]).unwrap());
    count_moments(&MultivariateHypergeometric::new(&[5, 8, 12], 9).unwrap());
    count_moments(&MultivariateHypergeometric::new(&[50_000, 0, 120_000], 2_000).unwrap());
}

#[test]
fn every_probability_of_a_small_urn_is_hit_as_often_as_it_should_be() {
    let law = MultivariateHypergeometric::new(&[3, 4, 2], 4).unwrap();
    let mut generator = rng();
    let mut table = std::collections::BTreeMap::new();
    for _ in 0..N {
        let draw: Vec<i64> = law.sample(&mut generator);
        *table.entry(draw).or_insert(0.0) += 1.0;
    }
    let expected: Vec<f64> = table.keys().map(|k| law.pmf(k) * N as f64).collect();
    assert!((expected.iter().sum::<f64>() / N as f64 - 1.0).abs() < 1e-12);
    let chi2: f64 = table.values().zip(&expected).map(|(o, e): (&f64, &f64)| (o - e) * (o - e) / e).sum();
    let p = ferronum_special::gamma_q(0.5 * (table.len() - 1) as f64, 0.5 * chi2);
    assert!(p > 1e-4, "χ² {chi2} on {} cells", table.len());
}

#[test]
fn directions_and_balls() {
    for (d, kappa) in [(2, 0.0), (2, 3.0), (3, 0.5), (3, 1e4), (10, 25.0)] {
        let mut direction = vec![1.0; d];
        direction[0] = -2.0;
        let law = VonMisesFisher::new(&direction, kappa).unwrap();
        let draws = moments(&law);
        if d == 3 {
            // On the ordinary sphere 1 - w is a truncated exponential variable.
            let m = law.direction();
            let below = |w: f64| (kappa * (w - 1.0)).exp_m1() - (-2.0 * kappa).exp_m1();
            let along = (0..N).map(|k| (0..3).map(|i| m[i] * draws[(k, i)]).sum()).collect();
            follows(along, |w| below(w) / -(-2.0 * kappa).exp_m1());
        }
    }
    moments(&UnitVector::new(4).unwrap());
    let ball = moments(&UniformBall::new(3).unwrap());
    follows(ball.view().rows().map(|r| r.norm_fro()).collect(), |r| r.powi(3));
    moments(&UniformBox::new(&[-1.0, 5.0], &[2.0, 5.5]).unwrap());
}

#[test]
fn matrices() {
    let mut generator = rng();
    for dof in [2.5, 7.0] {
        let law = Wishart::new(&scatter(), dof).unwrap();
        let draws: Vec<Mat<f64>> = (0..N).map(|_| law.sample(&mut generator)).collect();
        let (mean, variance) = (law.mean(), law.variance());
        for i in 0..3 {
            for j in 0..3 {
                let x: Vec<f64> = draws.iter().map(|d| d[(i, j)]).collect();
                within(&x, mean[(i, j)], "Wishart mean");
                let square: Vec<f64> = x.iter().map(|x| (x - mean[(i, j)]).powi(2)).collect();
                within(&square, variance[(i, j)], "Wishart variance");
            }
        }
    }
    let law = InverseWishart::new(&scatter(), 12.0).unwrap();
    let draws: Vec<Mat<f64>> = (0..N).map(|_| law.sample(&mut generator)).collect();
    let mean = law.mean();
    for (i, j) in [(0, 0), (1, 0), (2, 1), (2, 2)] {
        within(&draws.iter().map(|d| d[(i, j)]).collect::<Vec<_>>(), mean[(i, j)], "inverse Wishart mean");
    }
    let cols = Mat::from_rows(&[[1.0, 0.5], [0.5, 2.0]]).unwrap();
    let law = MatrixNormal::new(&Mat::filled(3, 2, 1.0), &scatter(), &cols).unwrap();
    let draws: Vec<Mat<f64>> = (0..N).map(|_| law.sample(&mut generator)).collect();
    let product: Vec<f64> = draws.iter().map(|x| (x[(0, 0)] - 1.0) * (x[(1, 1)] - 1.0)).collect();
    within(&product, 2.0 * 0.5, "matrix normal covariance");
    let margin = Normal::new(1.0, (6.0f64 * 2.0).sqrt()).unwrap();
    follows(draws.iter().map(|x| x[(2, 1)]).collect(), |x| margin.cdf(x));
}

#[test]
fn correlations() {
    let mut generator = rng();
    for (d, eta) in [(2, 0.5), (4, 1.0), (5, 3.0)] {
        let law = LkjCorrelation::new(d, eta).unwrap();
        let draws: Vec<Mat<f64>> = (0..N / 2).map(|_| law.sample(&mut generator)).collect();
        assert!(draws.iter().all(|r| law.ln_pdf(r) > f64::NEG_INFINITY));
        let b = eta - 1.0 + 0.5 * d as f64;
        for (i, j) in [(1, 0), (d - 1, 0), (d - 1, d - 2)] {
            follows(draws.iter().map(|r| r[(i, j)]).collect(), |r| beta_inc(b, b, 0.5 * (1.0 + r)));
        }
    }
    let orders = UniformPermutation::new(4).unwrap();
    let first: Vec<f64> = (0..N).map(|_| orders.sample(&mut generator)[0] as f64).collect();
    within(&first, 1.5, "first of a permutation");
}

/// Kendall's τ of the draws, by their first 1500.
fn tau(draws: &[Vec<f64>]) -> f64 {
    let n = 1500;
    let mut sum = 0.0;
    for i in 0..n {
        for j in 0..i {
            sum += ((draws[i][0] - draws[j][0]) * (draws[i][1] - draws[j][1])).signum();
        }
    }
    sum / (n * (n - 1) / 2) as f64
}

#[track_caller]
fn copula(d: usize, expected: f64, cdf: impl Fn(&[f64]) -> f64, mut draw: impl FnMut(&mut [f64])) {
    let draws: Vec<Vec<f64>> = (0..N)
        .map(|_| {
            let mut out = vec![0.0; d];
            draw(&mut out);
            out
        })
        .collect();
    for i in 0..d {
        follows(draws.iter().map(|u| u[i]).collect(), |u| u.clamp(0.0, 1.0));
    }
    // The standard error of τ is at most √(2/(n)) (1 - τ²)^½: 5 of them.
    assert!(
        (tau(&draws) - expected).abs() < 5.0 * (2.0f64 / 1500.0).sqrt() * (1.0 - expected * expected).sqrt()
    );
    for at in [0.2, 0.5, 0.8] {
        let corner = vec![at; d];
        let hits: Vec<f64> = draws.iter().map(|u| f64::from(u8::from(u.iter().all(|&u| u <= at)))).collect();
        within(&hits, cdf(&corner), "copula corner");
    }
}

#[test]
fn copulas() {
    let mut g = rng();
    for theta in [0.3, 2.0, 30.0] {
        let c = ClaytonCopula::new(3, theta).unwrap();
        copula(3, c.kendall_tau(), |u| c.cdf(u), |out| c.sample_into(&mut g, out));
    }
    for theta in [1.0, 1.7, 9.0] {
        let c = GumbelCopula::new(3, theta).unwrap();
        copula(3, c.kendall_tau(), |u| c.cdf(u), |out| c.sample_into(&mut g, out));
    }
    for (d, theta) in [(2, -6.0), (2, 4.0), (3, 4.0), (3, 25.0)] {
        let c = FrankCopula::new(d, theta).unwrap();
        copula(d, c.kendall_tau(), |u| c.cdf(u), |out| c.sample_into(&mut g, out));
    }
    let r = Mat::from_rows(&[[1.0, 0.5, 0.2], [0.5, 1.0, -0.3], [0.2, -0.3, 1.0]]).unwrap();
    let c = GaussianCopula::new(&r).unwrap();
    copula(3, c.kendall_tau(0, 1).unwrap(), |u| c.cdf(u).unwrap().value, |out| c.sample_into(&mut g, out));
    let c = StudentTCopula::new(&r, 3.0).unwrap();
    let settings = BoxProbability { abs_tol: 1e-4, ..BoxProbability::default() };
    copula(
        3,
        c.kendall_tau(0, 1).unwrap(),
        |u| c.cdf(u, &settings).unwrap().value,
        |out| c.sample_into(&mut g, out),
    );
}

#[test]
fn fits_recover_the_law() {
    let mut g = rng();
    let t = MultivariateT::new(&[1.0, 2.0, 3.0], &scatter(), 4.0).unwrap();
    let data = t.sample_rows(&mut g, 4000);
    let fit = MultivariateT::fit(&data, None, None).unwrap();
    assert!(fit.converged, "{} iterations", fit.iterations);
    assert!((fit.law.dof() / 4.0).ln().abs() < 0.25 && (fit.law.location()[1] - 2.0).abs() < 0.2);
    // At the maximum no neighbour is better.
    let likelihood = |law: &MultivariateT| {
        data.view().rows().map(|r| law.ln_pdf(&r.iter().collect::<Vec<_>>())).sum::<f64>()
    };
    for factor in [0.999, 1.001] {
        let near = MultivariateT::new(fit.law.location(), fit.law.shape(), fit.law.dof() * factor).unwrap();
        assert!(likelihood(&near) < fit.ln_likelihood);
        let near =
            MultivariateT::new(fit.law.location(), &fit.law.shape().scale(factor), fit.law.dof()).unwrap();
        assert!(likelihood(&near) < fit.ln_likelihood);
    }
    let dirichlet = Dirichlet::new(&[0.7, 2.0, 5.0]).unwrap();
    let data = dirichlet.sample_rows(&mut g, 4000);
    let fitted = Dirichlet::fit(&data, None).unwrap();
    for (a, b) in fitted.concentration().iter().zip(dirichlet.concentration()) {
        assert!((a / b).ln().abs() < 0.1);
    }
    // The score is zero at the maximum.
    for (j, expected) in fitted.mean_ln().iter().enumerate() {
        let mean = data.col_slice(j).iter().map(|x| x.ln()).sum::<f64>() / 4000.0;
        assert!((mean - expected).abs() < 1e-12);
    }
    let vmf = VonMisesFisher::new(&[1.0, 2.0, -2.0, 0.5], 6.0).unwrap();
    let fitted = VonMisesFisher::fit(&vmf.sample_rows(&mut g, 4000), None).unwrap();
    assert!((fitted.concentration() / 6.0).ln().abs() < 0.1);
}

#[test]
fn mixtures() {
    let a = MultivariateNormal::new(&[0.0, 0.0, 0.0], &scatter()).unwrap();
    let b = MultivariateNormal::new(&[9.0, -4.0, 2.0], &Mat::identity(3)).unwrap();
    let law = GaussianMixture::new(&[0.3, 0.7], vec![a, b]).unwrap();
    moments(&law);
    let data = law.sample_rows(&mut rng(), 1000);
    let fit = |k: usize, covariance| {
        GaussianMixtureFit { covariance, ..GaussianMixtureFit::new(k) }.fit(&data, &mut rng()).unwrap()
    };
    for kind in [CovarianceKind::Full, CovarianceKind::Diagonal, CovarianceKind::Spherical] {
        let found = fit(2, kind);
        assert!(
            found.converged && found.trace.windows(2).all(|w| w[1] >= w[0] - 1e-6 * w[0].abs()),
            "{kind:?}"
        );
    }
    let (one, two, three) =
        (fit(1, CovarianceKind::Full), fit(2, CovarianceKind::Full), fit(3, CovarianceKind::Full));
    assert!(two.bic < one.bic && two.bic < three.bic);
    assert_eq!(two, fit(2, CovarianceKind::Full)); // the same seed, the same fit
}
