//! Batches, merges and bytes give the fit of all data at once.
use ferronum_stat::Error;
use ferronum_stat::Rows;
use ferronum_stat::online::{CoMoments, OnlineState};
use ferronum_stat::regression::{
    LinearFit, Method, Observations, OlsOptions, OlsState, QrState, ScoreState, Solution, WeightKind, ols,
};
use proptest::prelude::*;

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

/// Batches on the grid, dealt out to workers of which each sums its own, and merged in the order of the data.
fn by_workers(empty: &OlsState, batch: &Observations<'_>, workers: usize) -> OlsState {
    let parts: Vec<OlsState> = std::thread::scope(|scope| {
        let work = |worker: usize| {
            (worker * BATCH..batch.y.len()).step_by(workers * BATCH).map(|from| {
                let to = (from + BATCH).min(batch.y.len());
                let x: Vec<&[f64]> = batch.x.iter().map(|column| &column[from..to]).collect();
                let weights = batch.weights.map(|weights| &weights[from..to]);
                let mut part = empty.clone();
                part.update(&Observations { x: &x, y: &batch.y[from..to], weights, groups: &[] }).unwrap();
                (from, part)
            })
        };
        let threads: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || work(worker).collect::<Vec<_>>())).collect();
        let mut parts: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        parts.sort_by_key(|(from, _)| *from);
        parts.into_iter().map(|(_, part)| part).collect()
    });
    let mut total = empty.clone();
    parts.iter().for_each(|part| total.merge(part).unwrap());
    total
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_number_of_workers_gives_the_same_bytes(
        seed in any::<u64>(),
        rows in 1..9 * BATCH,
        ncols in 1..14_usize,
        offset in prop_oneof![Just(0.0), Just(1e8), -1e3..1e3],
        weighted in any::<bool>(),
    ) {
        let columns: Vec<Vec<f64>> = (0..=ncols as u64)
            .map(|j| noise(seed.wrapping_add(j), rows).iter().map(|x| x + offset).collect())
            .collect();
        let x: Vec<&[f64]> = columns[1..].iter().map(Vec::as_slice).collect();
        let weights: Vec<f64> = noise(seed ^ 1, rows).iter().map(|w| w + 0.5).collect();
        let batch =
            Observations { x: &x, y: &columns[0], weights: weighted.then_some(&weights[..]), groups: &[] };
        let empty = OlsState::new(ncols, true, weighted.then_some(WeightKind::Analytic)).unwrap();
        let mut whole = empty.clone();
        whole.update(&batch).unwrap();
        let merged = by_workers(&empty, &batch, 1);
        if !weighted {
            // Weights are added up batch by batch, so that with them the grid of batches matters, but not who sums which.
            prop_assert_eq!(merged.to_bytes(), whole.to_bytes());
        }
        for workers in [1, 2, 7] {
            prop_assert_eq!(by_workers(&empty, &batch, workers).to_bytes(), merged.to_bytes());
            let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
            let mut spread = empty.clone();
            pool.install(|| spread.par_update(&batch)).unwrap();
            prop_assert_eq!(spread.to_bytes(), whole.to_bytes());
        }
    }
}

/// Slope and correlation of the stored values in rational arithmetic (Python's `fractions` on the same generator: 3000 rows of
/// `noise(21)`, and twice these plus `noise(22)`), rounded to 25 digits.
#[test]
fn slope_and_correlation_survive_an_offset() {
    let (a, e) = (noise(21, 3000), noise(22, 3000));
    let y: Vec<f64> = a.iter().zip(&e).map(|(a, e)| 2.0 * a + e).collect();
    for (offset, slope, correlation) in [
        (0.0, 2.0055760278991712903897641, 0.8929915728035401751151742),
        (1e8, 2.0055760272046071112159767, 0.8929915727505138928573643),
    ] {
        let x: Vec<f64> = a.iter().map(|x| x + offset).collect();
        let mut state = OlsState::new(1, true, None).unwrap();
        state.update(&Observations::new(&[&x], &y)).unwrap();
        let Solution::Done(solved) = state.finish().unwrap() else { panic!("well conditioned") };
        let off = (solved.fit().terms[1].estimate / slope - 1.0).abs();
        assert!(off <= 1e-14, "offset {offset:e}: the slope is off by {off:e}");
        let mut moments = CoMoments::new(2).unwrap();
        moments.update(&Rows::columns(&[&x, &y]).unwrap()).unwrap();
        let off = (moments.finish().unwrap().correlation(0, 1) / correlation - 1.0).abs();
        assert!(off <= 1e-14, "offset {offset:e}: the correlation is off by {off:e}");
        // Row by row in memory, which takes another kernel.
        let rows: Vec<f64> = x.iter().zip(&y).flat_map(|(x, y)| [*x, *y]).collect();
        let mut by_row = CoMoments::new(2).unwrap();
        by_row.update(&Rows::row_major(&rows, 2).unwrap()).unwrap();
        assert_eq!(by_row, moments);
    }
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
