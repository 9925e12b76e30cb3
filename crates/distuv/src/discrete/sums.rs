//! Sums over the support of a law on the integers.
use crate::DiscreteDistribution;

/// Most terms of a sum on either side of the mode.
const TERMS: i64 = 4_000_000;

/// `-Σ p ln p`, outwards from the mode until a geometric tail of the terms is below rounding.
///
/// For laws whose probabilities fall off on both sides of the mode, at least as fast as a geometric sequence.
pub(super) fn entropy<D: DiscreteDistribution>(law: &D) -> f64 {
    let mode = law.mode();
    let term = |k: i64| {
        let ln = law.ln_pmf(k);
        if ln == f64::NEG_INFINITY { 0.0 } else { -ln * ln.exp() }
    };
    let (low, high) = law.support();
    let mut sum = term(mode);
    for direction in [1, -1] {
        let end = if direction > 0 { high } else { low };
        let (mut k, mut side, mut before) = (mode, 0.0, 0.0);
        for _ in 0..TERMS {
            if k == end {
                break;
            }
            k += direction;
            let next = term(k);
            side += next;
            // The rest is below next · r/(1 − r) with r the ratio of the last two terms.
            let ratio = next / before;
            if ratio < 1.0 && next * ratio / (1.0 - ratio) < 1e-17 * (sum + side) {
                break;
            }
            before = next;
        }
        sum += side;
    }
    sum
}
