//! Batches, merges and bytes give the fit of all data at once.
use ferronum_stat::Error;
use ferronum_stat::online::OnlineState;
use ferronum_stat::regression::{
    LinearFit, Method, Observations, OlsOptions, OlsState, QrState, ScoreState, Solution, WeightKind, ols,
};

const ROWS: usize = 20_000;
/// A multiple of the rows of a chunk, so that batches are cut as one.
const BATCH: usize = 8192;

/// Uniform numbers by a linear congruential generator.
pub(crate) fn noise(seed: u64, rows: usize) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    (0..rows).map(|_| next()).collect()
}

struct Data {
    x: Vec<Vec<f64>>,
    y: Vec<f64>,
    weights: Vec<f64>,
    groups: [Vec<u64>; 2],
}

/// Two predictors that differ by `difference` parts, on an offset.
fn data(offset: f64, difference: f64) -> Data {
    let a: Vec<f64> = noise(1, ROWS).iter().map(|x| x + offset).collect();
    let b: Vec<f64> = a.iter().zip(noise(2, ROWS)).map(|(a, e)| a + difference * e).collect();
    let y = (0..ROWS).map(|i| 1.0 + 2.0 * a[i] - b[i]).zip(noise(3, ROWS)).map(|(m, e)| m + e).collect();
    let groups = [(0..ROWS as u64).map(|i| i % 37).collect(), (0..ROWS as u64).map(|i| i / 977).collect()];
    Data { x: vec![a, b], y, weights: noise(4, ROWS).iter().map(|w| (w + 0.6).abs()).collect(), groups }
}

impl Data {
    fn columns(&self) -> Vec<&[f64]> {
        self.x.iter().map(Vec::as_slice).collect()
    }

    fn options(&self, covariance: &str) -> OlsOptions<'_> {
        let covariance = covariance.parse().unwrap();
        let ways = match &covariance {
            ferronum_stat::regression::Covariance::Cluster(names) => names.len(),
            _ => 0,
        };
        let groups = self.groups.iter().take(ways).map(Vec::as_slice).collect();
        OlsOptions { covariance, groups, weights: Some(&self.weights), ..OlsOptions::default() }
    }

    fn each(&self, size: usize, mut see: impl FnMut(&Observations<'_>)) {
        for from in (0..ROWS).step_by(size) {
            let to = (from + size).min(ROWS);
            let x: Vec<&[f64]> = self.x.iter().map(|column| &column[from..to]).collect();
            let groups: Vec<&[u64]> = self.groups.iter().map(|codes| &codes[from..to]).collect();
            see(&Observations {
                x: &x,
                y: &self.y[from..to],
                weights: Some(&self.weights[from..to]),
                groups: &groups,
            });
        }
    }
}

#[test]
fn batches_merge_to_the_fit_of_all() {
    for difference in [1.0, 1e-5] {
        let data = data(1e6, difference);
        for covariance in
            ["nonrobust", "HC0", "HC1", "HC2", "HC3", "newey-west(5)", "cluster(a)", "cluster(a, b)"]
        {
            let options = data.options(covariance);
            let exact = ols(
                &data.columns(),
                &data.y,
                &OlsOptions { method: Some(Method::DoubleDouble), ..options.clone() },
            )
            .unwrap();
            let fit = by_merging(&data, &options);
            assert_eq!(exact.method, Method::DoubleDouble);
            assert_eq!(fit.method, if difference == 1.0 { Method::Gram } else { Method::Qr });
            let bound = if difference == 1.0 { 1e-12 } else { 1e-9 };
            for (got, exact) in fit.terms.iter().zip(&exact.terms) {
                let off = (got.std_error / exact.std_error - 1.0).abs();
                assert!(off < bound, "{covariance}: {} off by {off:e}", got.name);
                let off = (got.estimate - exact.estimate).abs() / exact.std_error;
                assert!(off < bound, "{covariance}: {} off by {off:e} standard errors", got.name);
            }
            let off = (fit.f_statistic / exact.f_statistic - 1.0).abs();
            assert!(off < bound, "{covariance}: F off by {off:e}");
        }
    }
}

/// One state for each batch, merged in order.
fn by_merging(data: &Data, options: &OlsOptions<'_>) -> LinearFit {
    let empty = OlsState::new(2, true, Some(WeightKind::Analytic)).unwrap();
    let mut total = empty.clone();
    data.each(BATCH, |batch| {
        let mut part = empty.clone();
        part.update(batch).unwrap();
        total.merge(&OlsState::from_bytes(&part.to_bytes()).unwrap()).unwrap();
    });
    let solved = match total.solve(options).unwrap() {
        Solution::Done(solved) => *solved,
        Solution::NeedsQr(empty) => {
            let mut total = empty.clone();
            data.each(BATCH, |batch| {
                let mut part = empty.clone();
                part.update(batch).unwrap();
                total.merge(&QrState::from_bytes(&part.to_bytes()).unwrap()).unwrap();
            });
            total.solve(options).unwrap()
        }
    };
    if !solved.needs_scores() {
        return solved.into_fit();
    }
    let empty = solved.scores().unwrap();
    let mut total = empty.clone();
    let ways = options.groups.len();
    // Short batches too: a merge carries the lags of Newey and West over several.
    data.each(3001, |batch| {
        let mut part = empty.clone();
        part.update(&Observations { groups: &batch.groups[..ways], ..*batch }).unwrap();
        ScoreState::merge(&mut total, &part).unwrap();
    });
    total.finish().unwrap()
}

#[test]
fn aligned_batches_have_the_bits_of_one() {
    let data = data(0.0, 1.0);
    let mut whole = OlsState::new(2, true, Some(WeightKind::Analytic)).unwrap();
    data.each(ROWS, |batch| whole.update(batch).unwrap());
    let mut parts = OlsState::new(2, true, Some(WeightKind::Analytic)).unwrap();
    data.each(BATCH, |batch| parts.update(batch).unwrap());
    let fits = [&whole, &parts].map(|state| match state.finish().unwrap() {
        Solution::Done(solved) => solved.into_fit().coefficients(),
        Solution::NeedsQr(_) => panic!("well conditioned"),
    });
    assert_eq!(fits[0], fits[1]);
}

#[test]
fn short_merges_carry_lags() {
    let (x, y) = (noise(5, 12), noise(6, 12));
    let fit = |size: usize| {
        let mut state = OlsState::new(1, true, None).unwrap();
        state.update(&Observations::new(&[&x], &y)).unwrap();
        let options = OlsOptions { covariance: "newey-west(4)".parse().unwrap(), ..OlsOptions::default() };
        let Solution::Done(solved) = state.solve(&options).unwrap() else { panic!("well conditioned") };
        let empty = solved.scores().unwrap();
        let mut total = empty.clone();
        for (x, y) in x.chunks(size).zip(y.chunks(size)) {
            let mut part = empty.clone();
            part.update(&Observations::new(&[x], y)).unwrap();
            total.merge(&part).unwrap();
        }
        total.finish().unwrap().terms[1].std_error
    };
    for size in [1, 2, 3, 5, 7] {
        assert!((fit(size) / fit(12) - 1.0).abs() < 1e-13, "batches of {size}");
    }
}

#[test]
fn scores_want_the_rows_that_were_fitted() {
    let (x, y) = (noise(5, 12), noise(6, 12));
    let mut state = OlsState::new(1, true, None).unwrap();
    state.update(&Observations::new(&[&x], &y)).unwrap();
    let options = OlsOptions { covariance: "HC0".parse().unwrap(), ..OlsOptions::default() };
    let Solution::Done(solved) = state.solve(&options).unwrap() else { panic!("well conditioned") };
    let mut scores = solved.scores().unwrap();
    scores.update(&Observations::new(&[&x[..11]], &y[..11])).unwrap();
    assert!(matches!(scores.finish(), Err(Error::Merge { .. })));
}

#[test]
fn bytes_come_back_or_say_what_is_wrong() {
    let mut state = OlsState::new(2, true, None).unwrap();
    let (a, b, y) = (noise(7, 50), noise(8, 50), noise(9, 50));
    state.update(&Observations::new(&[&a, &b], &y)).unwrap();
    let bytes = state.to_bytes();
    assert_eq!(OlsState::from_bytes(&bytes).unwrap(), state);
    assert!(matches!(QrState::from_bytes(&bytes), Err(Error::Bytes { .. })));
    for cut in 0..bytes.len() {
        assert!(matches!(OlsState::from_bytes(&bytes[..cut]), Err(Error::Bytes { .. })));
    }
    let options = OlsOptions { method: Some(Method::Qr), ..OlsOptions::default() };
    let Solution::NeedsQr(mut qr) = state.solve(&options).unwrap() else { panic!("asked for") };
    qr.update(&Observations::new(&[&a, &b], &y)).unwrap();
    assert_eq!(QrState::from_bytes(&qr.to_bytes()).unwrap(), qr);
}

#[test]
fn an_error_leaves_the_state_as_it_was() {
    let mut state = OlsState::new(1, true, None).unwrap();
    state.update(&Observations::new(&[&[1.0, 2.0, 4.0]], &[1.0, 2.0, 2.0])).unwrap();
    let before = state.clone();
    let error = state.update(&Observations::new(&[&[1.0, f64::NAN]], &[1.0, 1.0])).unwrap_err();
    assert!(matches!(error, Error::NotFinite { row: 5, column: 1, .. }), "{error}");
    assert_eq!(state, before);
}
