//! Sums over the support of a law on the integers.
use super::gauss::GAUSS_20;
use crate::DiscreteDistribution;
use ferronum_special::{Dd, Scaled};
use rand::distr::Distribution;
use rand::{Rng, RngExt};

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
/// `scale(t)` is a length over which f changes by a factor of e^10 at most, and from whose ends its singularities are at least as far:
/// an interval \[t, t + scale\]
/// is summed by its integral with 20 nodes where it holds 128 integers or more, and term by term otherwise. At both ends of the
/// integrals the difference to the sum is δf/24 - 17 δ³f/5760 + 367 δ⁵f/967680 - 27859 δ⁷f/464486400, in central differences
/// (Steffensen, *Interpolation*, 1927, §14). The next term is δ⁹f/94000, which is 3e-16 of the sum at most for e^(-8t/128) and for
/// (128 + t)⁻⁸, the steepest of their kinds. The function has to be smooth for five integers beyond `length` or 0 where
/// `scale` does not shrink towards the end.
pub(super) fn total(f: impl Fn(f64) -> f64, scale: impl Fn(f64) -> f64, length: f64) -> f64 {
    const LEAST: f64 = 128.0;
    let (mut sum, mut t, mut before) = (0.0, 0.0, 0.0);
    let mut inside = false;
    for _ in 0..TERMS {
        if t > length {
            break;
        }
        if t + 1.0 == t && length - t < 4.0 * LEAST {
            // The last few integers, which `f64` does not tell apart.
            sum += f(t) * (length - t + 1.0);
            break;
        }
        let room = (length - t - 3.0).floor();
        let step = if t < 4.0 { 0.0 } else { scale(t).min(room).floor() };
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
        // Terms are compared with terms, and intervals with intervals.
        let ratio = if inside == (step >= LEAST) { next / before } else { f64::NAN };
        inside = step >= LEAST;
        sum += next;
        if (ratio < 1.0 && next * ratio / (1.0 - ratio) < 1e-17 * sum)
            || (next == 0.0 && sum > 0.0 && t > 3.0)
        {
            break;
        }
        before = next;
        t += if inside { step } else { 1.0 };
    }
    sum
}

/// What the sum from t on has beyond the integral from t - ½ on.
fn end_correction(f: &impl Fn(f64) -> f64, t: f64) -> f64 {
    let [a, b, c, d] = [0.0, 1.0, 2.0, 3.0].map(|i| f(t + i) - f(t - i - 1.0));
    a / 24.0 - 17.0 / 5760.0 * (b - 3.0 * a) + 367.0 / 967680.0 * (c - 5.0 * b + 10.0 * a)
        - 27859.0 / 464486400.0 * (d - 7.0 * c + 21.0 * b - 35.0 * a)
}

/// The integral from `from` over `length`.
fn integral(f: &impl Fn(f64) -> f64, from: f64, length: f64) -> f64 {
    let (half, middle) = (0.5 * length, from + 0.5 * length);
    half * GAUSS_20.iter().map(|(x, w)| w * (f(middle - half * x) + f(middle + half * x))).sum::<f64>()
}

/// Σ_{t=0}^{length} P(t)/P(0) for log-concave probabilities of standard deviation `spread` on the side where they fall.
///
/// `ratio(t)` is P(t + 1)/P(t), and `relative(t)` is P(t)/P(0), for real t too, where `singular(t)` is the distance to the nearest point
/// at which it is not analytic. Up to 1000 terms are formed from one another; longer sums go by [`total`].
pub(super) fn tail(
    ratio: impl Fn(f64) -> f64,
    relative: impl Fn(f64) -> f64,
    singular: impl Fn(f64) -> f64,
    spread: f64,
    length: f64,
) -> f64 {
    const MOST: f64 = 1000.0;
    let fall = |t: f64| 1.0 - ratio(t);
    // A bell falls by e^-40 over nine standard deviations, a geometric sequence over 40/(1 - r) terms.
    if length <= MOST || 9.0 * spread <= MOST || 40.0 <= MOST * fall(0.0) {
        return by_ratios(ratio, length);
    }
    total(relative, |t| singular(t).min(spread).min(8.0 / fall(t).abs()), length)
}

/// The sum of terms that are formed from one another by decreasing ratios.
pub(super) fn by_ratios(ratio: impl Fn(f64) -> f64, length: f64) -> f64 {
    let (mut sum, mut term, mut t) = (0.0, 1.0, 0.0);
    while t < length {
        let r = ratio(t);
        term *= r;
        sum += term;
        if term * r < 1e-17 * (1.0 - r) * (1.0 + sum) {
            break;
        }
        t += 1.0;
    }
    1.0 + sum
}

/// The probability asked for, from a tail and whether it is that tail or its complement.
pub(super) fn value((tail, asked): (Scaled, bool)) -> f64 {
    let value = tail.value().min(1.0);
    if asked { value } else { 1.0 - value }
}

/// The logarithm of [`value`].
pub(super) fn ln((tail, asked): (Scaled, bool)) -> f64 {
    if asked { tail.ln().min(0.0) } else { (-tail.value().min(1.0)).ln_1p() }
}

/// a/b as a number.
pub(super) fn quotient(a: Scaled, b: Scaled) -> f64 {
    Scaled { mantissa: a.mantissa / b.mantissa, exponent: a.exponent - b.exponent }.value()
}

/// a + b.
pub(super) fn plus(a: Scaled, b: Scaled) -> Scaled {
    if a.mantissa == 0.0 || a.exponent < b.exponent {
        b.times(1.0 + quotient(a, b))
    } else {
        a.times(1.0 + quotient(b, a))
    }
}

/// Σ_{k=1}^{n} k^-s for s ≥ 0.
pub(super) fn power_sum(s: f64, n: i64) -> f64 {
    total(|t| (1.0 + t).powf(-s), |t| (1.0 + t) * (8.0 / s).min(1.0), (n - 1) as f64)
}

/// Mean, variance, skewness and excess kurtosis of `t` under the positive weights f(t), t = 0, …, `length`.
///
/// From moments about 0: for laws that are not narrow beside their distance from 0.
pub(super) fn moments(f: impl Fn(f64) -> f64, scale: impl Fn(f64) -> f64, length: f64) -> [f64; 4] {
    let sum = |power: i32| total(|t| t.powi(power) * f(t), &scale, length);
    let whole = sum(0);
    let [a, b, c, d] = [1, 2, 3, 4].map(|power| sum(power) / whole);
    let variance = b - a * a;
    let third = c - 3.0 * a * b + 2.0 * a * a * a;
    let fourth = d - 4.0 * a * c + 6.0 * a * a * b - 3.0 * a.powi(4);
    [a, variance, third / variance.powf(1.5), fourth / (variance * variance) - 3.0]
}

/// A draw from a law with log-concave probabilities, given its mode: at most 5 evaluations of the probability on average.
///
/// # Source
/// Rejection from a bar with exponential wings: Devroye, *Computing* 39 (1987) 87–91.
pub(super) fn draw_log_concave<D: DiscreteDistribution, R: Rng + ?Sized>(law: &D, rng: &mut R) -> i64 {
    let mode = law.mode();
    let peak = law.pmf(mode);
    let width = 1.0 + 0.5 * peak;
    loop {
        let y = if rng.random::<f64>() * (1.0 + width) <= width {
            rng.random::<f64>() * width / peak
        } else {
            let e: f64 = rand_distr::Exp1.sample(rng);
            (width + e) / peak
        };
        let distance = y.round() as i64;
        let k =
            if rng.random::<bool>() { mode.saturating_add(distance) } else { mode.saturating_sub(distance) };
        let u: f64 = rng.random();
        if u * (width - peak * y).exp().min(1.0) * peak <= law.pmf(k) {
            return k;
        }
    }
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
        // a^s ζ(s, a), mpmath at 40 digits: powers that set out next to the shortest interval.
        for (s, a, sum) in
            [(8.0, 64.0, 9.653269997750311), (4.25, 62.0, 19.582634630133313), (3.0, 130.0, 65.5019230389948)]
        {
            close(total(|t| (1.0 + t / a).powf(-s), |t| a + t, f64::INFINITY), sum);
        }
        assert_eq!(total(|t| t + 1.0, |_| 1.0, 2.0), 6.0);
    }
}
