//! Laws that every state obeys: grid, merge, bytes, offsets.
use super::{CHUNK_ROWS, CoMoments, Moments, OnlineState};
use crate::{Error, Rows};

/// Whole numbers without a pattern.
fn numbers(len: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((state >> 33) % 20001) as f64 - 10000.0
    };
    (0..len).map(|_| next()).collect()
}

fn comoments(values: &[f64], ncols: usize) -> CoMoments {
    let mut state = CoMoments::new(ncols).unwrap();
    state.update(&Rows::row_major(values, ncols).unwrap()).unwrap();
    state
}

#[test]
fn batches_on_the_grid_and_threads_do_not_change_a_bit() {
    let ncols = 5;
    let values = numbers((5 * CHUNK_ROWS + 777) * ncols, 1);
    let whole = comoments(&values, ncols);
    let mut batches = CoMoments::new(ncols).unwrap();
    let mut merged = CoMoments::new(ncols).unwrap();
    for batch in values.chunks(CHUNK_ROWS * ncols) {
        batches.update(&Rows::row_major(batch, ncols).unwrap()).unwrap();
        merged.merge(&comoments(batch, ncols)).unwrap();
    }
    assert_eq!(whole, batches);
    assert_eq!(whole, merged);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut spread = CoMoments::new(ncols).unwrap();
        pool.install(|| spread.par_update(&Rows::row_major(&values, ncols).unwrap(), None)).unwrap();
        assert_eq!(whole, spread, "{threads} threads");
    }
}

#[test]
fn row_major_and_columns_agree_to_the_bit() {
    let (ncols, nrows) = (3, 1000);
    let values = numbers(nrows * ncols, 2);
    let columns: Vec<Vec<f64>> =
        (0..ncols).map(|j| values.iter().skip(j).step_by(ncols).copied().collect()).collect();
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut by_column = CoMoments::new(ncols).unwrap();
    by_column.update(&Rows::columns(&slices).unwrap()).unwrap();
    assert_eq!(by_column, comoments(&values, ncols));
}

/// Scatter about the mean in exact integer arithmetic: `Σ a b − Σ a Σ b / n`.
fn exact_scatter(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as i128;
    let whole = |v: &[f64]| v.iter().map(|x| *x as i128).collect::<Vec<_>>();
    let (a, b) = (whole(a), whole(b));
    let products: i128 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
    (products * n - a.iter().sum::<i128>() * b.iter().sum::<i128>()) as f64 / n as f64
}

#[test]
fn an_offset_costs_no_digit() {
    let a = numbers(100_000, 3);
    let noise = numbers(100_000, 4);
    let b: Vec<f64> = a.iter().zip(&noise).map(|(x, e)| 2.0 * x + e).collect();
    for offset in [0.0, 1e4, 1e8, 1e12] {
        let shifted: Vec<f64> = a.iter().map(|x| x + offset).collect();
        let mut state = CoMoments::new(2).unwrap();
        state.update(&Rows::columns(&[&shifted, &b]).unwrap()).unwrap();
        let summary = state.finish().unwrap();
        for (i, j, x, y) in [(0, 0, &a, &a), (0, 1, &a, &b), (1, 1, &b, &b)] {
            let exact = exact_scatter(x, y);
            let error = (summary.scatter(i, j) / exact - 1.0).abs();
            assert!(error <= 1e-14, "offset {offset:e}: S{i}{j} is off by {error:e}");
        }
        let mut moments = Moments::new();
        moments.update(&shifted).unwrap();
        let error = (moments.finish().unwrap().sum_of_squares / exact_scatter(&a, &a) - 1.0).abs();
        assert!(error <= 1e-14, "offset {offset:e}: Σ(x − x̄)² is off by {error:e}");
    }
}

#[test]
fn a_frequency_weight_is_a_repeated_row() {
    let values = numbers(600, 5);
    let weights: Vec<f64> = (0..300).map(|i| f64::from(i % 4)).collect();
    let mut weighted = CoMoments::new(2).unwrap();
    weighted.update_weighted(&Rows::row_major(&values, 2).unwrap(), &weights).unwrap();
    let repeated: Vec<f64> = values
        .chunks(2)
        .zip(&weights)
        .flat_map(|(row, w)| std::iter::repeat_n(row, *w as usize))
        .flatten()
        .copied()
        .collect();
    let (a, b) = (weighted.finish().unwrap(), comoments(&repeated, 2).finish().unwrap());
    assert_eq!((a.weight(), a.count()), (b.weight(), 225));
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        assert!((a.scatter(i, j) / b.scatter(i, j) - 1.0).abs() < 1e-14);
    }
}

#[test]
fn bad_rows_are_named_and_leave_the_state_alone() {
    let mut state = comoments(&numbers(20_000, 6), 2);
    let before = state.clone();
    let mut bad = numbers(20_000, 7);
    bad[2 * 9000 + 1] = f64::NAN;
    let error = state.update(&Rows::row_major(&bad, 2).unwrap()).unwrap_err();
    assert!(matches!(error, Error::NotFinite { row: 19_001, column: 2, value } if value.is_nan()), "{error}");
    bad[2 * 9000 + 1] = 1e200;
    let error = state.update(&Rows::row_major(&bad, 2).unwrap()).unwrap_err();
    assert_eq!(error, Error::Overflow { column: 2 });
    let error = state.update_weighted(&Rows::row_major(&[1.0, 2.0], 2).unwrap(), &[-1.0]).unwrap_err();
    assert!(matches!(error, Error::InvalidWeight { row: 10_001, .. }), "{error}");
    assert_eq!(state, before);
}

#[test]
fn every_flipped_bit_and_every_cut_is_detected() {
    let state = comoments(&numbers(40, 8), 2);
    let mut moments = Moments::new();
    moments.update(&numbers(40, 9)).unwrap();
    assert_eq!(CoMoments::from_bytes(&state.to_bytes()).unwrap(), state);
    assert_eq!(Moments::from_bytes(&moments.to_bytes()).unwrap(), moments);
    assert!(CoMoments::from_bytes(&moments.to_bytes()).is_err());
    let bytes = state.to_bytes();
    for at in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[at / 8] ^= 1 << (at % 8);
        assert!(CoMoments::from_bytes(&damaged).is_err(), "bit {at}");
    }
    for len in 0..bytes.len() {
        assert!(CoMoments::from_bytes(&bytes[..len]).is_err(), "{len} bytes");
    }
}

#[test]
fn third_and_fourth_moments_merge() {
    // 0, 1, …, 9 and 100: exact sums of powers about the mean 145/11 give g₁ and g₂ (rational arithmetic).
    let values: Vec<f64> = (0..10).map(f64::from).chain([100.0]).collect();
    let mean = 145.0 / 11.0;
    let power = |p: i32| values.iter().map(|x| (x - mean).powi(p)).sum::<f64>() / 11.0;
    let mut merged = Moments::new();
    for x in &values {
        let mut one = Moments::new();
        one.update(&[*x]).unwrap();
        merged.merge(&one).unwrap();
    }
    let summary = merged.finish().unwrap();
    assert!((summary.skewness / (power(3) / power(2).powf(1.5)) - 1.0).abs() < 1e-13);
    assert!((summary.excess_kurtosis / (power(4) / power(2).powi(2) - 3.0) - 1.0).abs() < 1e-13);
    assert_eq!((summary.min, summary.max, summary.count), (0.0, 100.0, 11));
}
