//! Sums over the support of a law on the integers.
use super::gauss::GAUSS_20;
use crate::DiscreteDistribution;
use ferronum_special::Dd;

/// Most terms of a sum on either side of the mode.
const TERMS: i64 = 4_000_000;

/// `-Σ p ln p`, outwards from the mode until a geometric tail of the terms is below rounding.
///
/// For laws whose probabilities fall off on both sides of the mode, at least as fast as a geometric sequence. A law of standard
/// deviation σ > 2000 is summed in steps of about σ/32: for a bell of that width the sum over all integers and the sum over every
/// step differ by the factor 1 + 2e^(-2·32²π²), and by 1e-15 still where one side of the bell is as short as that of a gamma law of
/// shape 100 (Poisson's summation formula).
pub(super) fn entropy<D: DiscreteDistribution>(law: &D) -> f64 {
    let mode = law.mode();
    let step = (law.std_dev() / 32.0) as i64;
    let step = if step < 60 { 1 } else { step };
    let term = |k: i64| {
        let ln = law.ln_pmf(k);
        if ln == f64::NEG_INFINITY { 0.0 } else { -ln * ln.exp() }
    };
    let (low, high) = law.support();
    let mut sum = term(mode);
    for direction in [step, -step] {
        let end = if direction > 0 { high } else { low };
        let (mut k, mut side, mut before) = (mode, 0.0, 0.0);
        for _ in 0..TERMS {
            if (i128::from(end) - i128::from(k)).abs() < i128::from(step) {
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
    sum * step as f64
}

/// ⌈x⌉ of a number that may have more digits than `f64`, within the range of counts.
pub(super) fn ceiling(x: Dd) -> i64 {
    let whole = x.hi().floor();
    // The fraction of the leading part is exact; the trailing part is far smaller than it, or the leading part whole.
    let rest = (x.hi() - whole) + x.lo();
    (whole as i64).saturating_add(rest.ceil() as i64)
}

/// `Σ_{t=0}^{length} f(t)` of a smooth positive function, from 0 upwards until a geometric tail of the terms is below rounding.
///
/// `scale(t)` is a length over which f is far from its singularities and changes by a factor of e^10 at most: an interval \[t, t + scale\]
/// is summed by its integral with 20 nodes where it holds 64 integers or more, and term by term otherwise. At both ends of the
/// integrals the difference to the sum is δf/24 - 17 δ³f/5760 + 367 δ⁵f/967680, in central differences (Steffensen, *Interpolation*,
/// 1927, §14); the next term is below 64⁻⁷/200 of f. The function has to be smooth for five integers beyond `length` or 0 where
/// `scale` does not shrink towards the end.
pub(super) fn total(f: impl Fn(f64) -> f64, scale: impl Fn(f64) -> f64, length: f64) -> f64 {
    const LEAST: f64 = 64.0;
    let (mut sum, mut t, mut before) = (0.0, 0.0, 0.0);
    let mut inside = false;
    for _ in 0..TERMS {
        if t > length {
            break;
        }
        let room = (length - t - 3.0).floor();
        let step = if t < 3.0 { 0.0 } else { scale(t).min(room).floor() };
        let next = if step >= LEAST {
            if !inside {
                sum += end_correction(&f, t);
            }
            integral(&f, t - 0.5, step)
        } else {
            if inside {
                sum -= end_correction(&f, t);
            }
            f(t)
        };
        inside = step >= LEAST;
        sum += next;
        let ratio = next / before;
        if ratio < 1.0 && next * ratio / (1.0 - ratio) < 1e-17 * sum {
            break;
        }
        before = next;
        t += if inside { step } else { 1.0 };
    }
    sum
}

/// What the sum from t on has beyond the integral from t - ½ on.
fn end_correction(f: &impl Fn(f64) -> f64, t: f64) -> f64 {
    let (a, b, c) = (f(t) - f(t - 1.0), f(t + 1.0) - f(t - 2.0), f(t + 2.0) - f(t - 3.0));
    a / 24.0 - 17.0 / 5760.0 * (b - 3.0 * a) + 367.0 / 967680.0 * (c - 5.0 * b + 10.0 * a)
}

/// The integral from `from` over `length`.
fn integral(f: &impl Fn(f64) -> f64, from: f64, length: f64) -> f64 {
    let (half, middle) = (0.5 * length, from + 0.5 * length);
    half * GAUSS_20.iter().map(|(x, w)| w * (f(middle - half * x) + f(middle + half * x))).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_known_value() {
        let close =
            |sum: f64, exact: f64| assert!((sum / exact - 1.0).abs() < 4e-15, "{sum:e}, not {exact:e}");
        // Σ 1/(t + 1)² = π²/6, where half of it is far out.
        close(total(|t| (t + 1.0).powi(-2), |t| t, f64::INFINITY), std::f64::consts::PI.powi(2) / 6.0);
        // A geometric sequence, whole and cut.
        let (q, n) = (-1e-6f64, 1_000_000.0);
        close(total(|t| (q * t).exp(), |_| 1e6, f64::INFINITY), -1.0 / q.exp_m1());
        close(total(|t| (q * t).exp(), |_| 1e6, n), (q * (n + 1.0)).exp_m1() / q.exp_m1());
        // A bell from its middle: (1 + √(2π) s ϑ)/2 with ϑ = 1 to 1e-300.
        let s = 1000.0f64;
        let half = total(|t| (-0.5 * (t / s) * (t / s)).exp(), |_| s, f64::INFINITY);
        close(half, 0.5 * (1.0 + (std::f64::consts::TAU).sqrt() * s));
        assert_eq!(total(|t| t + 1.0, |_| 1.0, 2.0), 6.0);
    }
}
