//! The regularised incomplete beta function and its complement.
use crate::beta::ln_a_beta;
use crate::double_ln::{ln_dd, ln_dd_quick};
use crate::scaled::Scaled;
use crate::stirling::ln_gamma_step;
use crate::tail::{Side, Tails, saddle_exponent};
use crate::{ln_gamma_1p, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::TAU;

mod large;

/// One evaluation of the incomplete beta function: both tails, their logarithms and the density.
///
/// ```text
/// I_x(a, b) = 1/B(a, b) ∫₀ˣ t^(a-1) (1-t)^(b-1) dt,    weight = x^a (1-x)^b / B(a, b)
/// ```
///
/// # Accuracy
/// 1e-15 in the body and about 1e-14 in far tails, beside the conditioning in `a`, `b` and `x`; the tail that is small is the
/// one computed, to values far below the range of `f64`.
///
/// # Source
/// With a ≥ b (else the roles are exchanged) and y = 1 - x:
/// * b ≥ 100 and x within 3 % of b from the mean: the asymptotic expansion of DiDonato & Morris (*ACM TOMS* 18 (1992) 360–373, §9);
/// * x below the mean, or a y ≥ 1.1: the continued fraction of the same paper (§8; DLMF 8.17.22, even part) for I_x(a, b);
/// * otherwise the series of positive terms DLMF 8.17.8 for the other tail, or, where that is nearly 1 because `b` is small, the
///   difference 1 - y^b/(b B) - … of small quantities, each relatively accurate in `b`.
///
/// The power x^a y^b/B is taken relative to its peak, with the exponent in double-double.
#[derive(Debug, Clone, Copy)]
pub struct IncompleteBeta {
    tails: Tails,
    weight: Scaled,
}

impl IncompleteBeta {
    /// Evaluates at shapes `a`, `b` > 0 and 0 ≤ x ≤ 1; NaN for every value outside that domain.
    ///
    /// A shape of 0 or ∞ is the limit: all probability at one end (NaN where the limit depends on the path).
    pub fn new(a: f64, b: f64, x: f64) -> Self {
        Self::with_complement(a, b, Dd::from(x), Dd::sum(1.0, -x))
    }

    /// Evaluates at `x = u/(u + v)` for u, v ≥ 0: the form in which Student's t (u = ν, v = t²) and Fisher's F know `x`, and
    /// which keeps all digits of both x and 1 - x.
    pub fn from_ratio(a: f64, b: f64, u: Dd, v: Dd) -> Self {
        if u.hi().is_infinite() || v.hi().is_infinite() {
            let x = match (u.hi().is_finite(), v.hi().is_finite()) {
                (false, true) => 1.0,
                (true, false) => 0.0,
                _ => f64::NAN,
            };
            return Self::new(a, b, x);
        }
        let ratio = u.hi() / v.hi();
        if ratio < 1e-280 && ratio * b < 1e-20 && a > 0.0 && u.hi() > 0.0 {
            return Self::at_ln(a, b, ln_dd(u) - ln_dd(v));
        }
        if ratio > 1e280 && a / ratio < 1e-20 && b > 0.0 && v.hi() > 0.0 {
            let Self { tails, weight } = Self::at_ln(b, a, ln_dd(v) - ln_dd(u));
            return Self { tails: Tails { side: tails.side.other(), ..tails }, weight };
        }
        let sum = u + v;
        Self::with_complement(a, b, u / sum, v / sum)
    }

    /// Evaluates at `x` so small that only its logarithm is a number: the leading term x^a/(a B(a, b)).
    ///
    /// Meant for x < 1e-20/(1 + b), where the next term, (1-b) a/(a+1) x times smaller, is below rounding.
    pub fn at_ln(a: f64, b: f64, ln_x: Dd) -> Self {
        let exponent = ln_x * a - ln_a_beta(a, b);
        let tail = Scaled { mantissa: 1.0, exponent };
        // A small shape keeps the probability near 1 even there.
        let value = tail.value();
        let tails = if value > 0.7 {
            Tails { side: Side::Upper, tail: Scaled::plain(-exponent.hi().exp_m1()) }
        } else {
            Tails { side: Side::Lower, tail }
        };
        Self { tails, weight: tail.times(a) }
    }

    fn with_complement(a: f64, b: f64, x: Dd, y: Dd) -> Self {
        let zero = Scaled::plain(0.0);
        let nan = Self { tails: Tails::nan(), weight: Scaled::plain(f64::NAN) };
        if !(a >= 0.0 && b >= 0.0 && x.hi() >= 0.0 && y.hi() >= 0.0) {
            return nan;
        }
        let at_zero = a == 0.0 || b == f64::INFINITY; // all probability at x = 0
        let at_one = b == 0.0 || a == f64::INFINITY;
        if at_zero && at_one {
            return nan;
        }
        if y.hi() == 0.0 || (at_zero && x.hi() > 0.0) {
            return Self { tails: Tails::all(Side::Lower), weight: zero };
        }
        if x.hi() == 0.0 || at_one {
            return Self { tails: Tails::all(Side::Upper), weight: zero };
        }
        if at_zero {
            return Self { tails: Tails::all(Side::Lower), weight: zero };
        }
        if a >= b {
            let (tails, weight) = ordered(a, b, x, y);
            Self { tails, weight }
        } else {
            let (tails, weight) = ordered(b, a, y, x);
            Self { tails: Tails { side: tails.side.other(), ..tails }, weight }
        }
    }

    /// The weight x^a (1-x)^b/B(a, b) alone, at `x = u/(u + v)` as [`Self::from_ratio`] takes it and without the work for the tails; for
    /// finite a, b > 0 and u, v > 0, NaN otherwise.
    pub fn weight_from_ratio(a: f64, b: f64, u: Dd, v: Dd) -> Scaled {
        let holds = |z: f64| z > 0.0 && z < f64::INFINITY;
        if !(holds(a) && holds(b) && holds(u.hi()) && holds(v.hi())) {
            return Scaled::plain(f64::NAN);
        }
        let ratio = u.hi() / v.hi();
        if !(1e-280..=1e280).contains(&ratio) {
            return Self::from_ratio(a, b, u, v).weight();
        }
        let sum = u + v;
        let (x, y) = (u / sum, v / sum);
        if a >= b { weight(a, b, x, y, y * a - x * b) } else { weight(b, a, y, x, x * b - y * a) }
    }

    /// I_x(a, b).
    pub fn lower(&self) -> f64 {
        self.tails.value(Side::Lower)
    }

    /// 1 - I_x(a, b).
    pub fn upper(&self) -> f64 {
        self.tails.value(Side::Upper)
    }

    /// ln I_x(a, b).
    pub fn ln_lower(&self) -> f64 {
        self.tails.ln(Side::Lower)
    }

    /// ln(1 - I_x(a, b)).
    pub fn ln_upper(&self) -> f64 {
        self.tails.ln(Side::Upper)
    }

    /// x^a (1-x)^b/B(a, b), which is x(1 - x) times the density of the beta distribution.
    pub fn weight(&self) -> Scaled {
        self.weight
    }

    pub(crate) fn tails(&self) -> Tails {
        self.tails
    }
}

/// Regularised incomplete beta function I_x(a, b): the beta distribution function.
///
/// 0 at x = 0, 1 at x = 1, NaN outside the domain. See [`IncompleteBeta`] for accuracy and method.
///
/// # Examples
/// ```
/// let p = ferronum_special::beta_inc(3.0, 1.0, 1e-30);
/// assert!((p / 1e-90 - 1.0).abs() < 1e-15); // x³
/// ```
pub fn beta_inc(a: f64, b: f64, x: f64) -> f64 {
    IncompleteBeta::new(a, b, x).lower()
}

/// The complement 1 - I_x(a, b) = I_{1-x}(b, a).
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::beta_inc_c(1.0, 2.0, 0.75), 0.0625); // (1 - x)²
/// ```
pub fn beta_inc_c(a: f64, b: f64, x: f64) -> f64 {
    IncompleteBeta::new(a, b, x).upper()
}

/// ln I_x(a, b), right where the value underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_beta_inc(1e4, 1.0, 0.5); // 1e4 ln ½
/// assert!((ln / -6931.471805599453 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_beta_inc(a: f64, b: f64, x: f64) -> f64 {
    IncompleteBeta::new(a, b, x).ln_lower()
}

/// ln(1 - I_x(a, b)), right where the value underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_beta_inc_c(1.0, 1e4, 0.5);
/// assert!((ln / -6931.471805599453 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_beta_inc_c(a: f64, b: f64, x: f64) -> f64 {
    IncompleteBeta::new(a, b, x).ln_upper()
}

/// Tails and weight for a ≥ b > 0 and 0 < x, y < 1.
fn ordered(a: f64, b: f64, x: Dd, y: Dd) -> (Tails, Scaled) {
    // λ = a y - b x > 0 below the mean.
    let lambda = y * a - x * b;
    let weight = weight(a, b, x, y, lambda);
    let l = lambda.hi();
    if b >= 100.0 && l.abs() <= 0.03 * b {
        return (large::tails(a, b, l, -weight.exponent, weight), weight);
    }
    let (xs, ys) = (x.hi(), y.hi());
    let below_mean = l >= 0.0;
    let fraction_for_x = if b >= 1.0 { below_mean } else { a >= 1.0 && (a * ys >= 1.1 || ys >= 0.3) };
    let tails = if fraction_for_x && b < 20.0 {
        Tails { side: Side::Lower, tail: weight.times(1.0 / fraction_from_end(a, b, xs, ys, l)) }
    } else if fraction_for_x {
        Tails { side: Side::Lower, tail: weight.times(1.0 / fraction(a, b, xs, l)) }
    } else if b >= 20.0 {
        Tails { side: Side::Upper, tail: weight.times(1.0 / fraction(b, a, ys, -l)) }
    } else if a < 1.0 && ys > 0.5 {
        Tails { side: Side::Lower, tail: weight.times(series(a, b, xs) / a) }
    } else {
        let upper = weight.times(series(b, a, ys) / b);
        if b < 1.0 && upper.value() > 0.7 {
            Tails { side: Side::Lower, tail: Scaled::plain(small_shape(a, b, y)) }
        } else {
            Tails { side: Side::Upper, tail: upper }
        }
    };
    (tails, weight)
}

/// C(a + b, a) x^a y^b for a + b trials, a ≥ 1, with λ = a y - b x given: the binomial probability, also at real `a` and `b`.
pub(crate) fn binomial_term(a: f64, b: f64, x: Dd, y: Dd, lambda: Dd) -> Scaled {
    if b == 0.0 {
        return Scaled { mantissa: 1.0, exponent: ln_dd(x) * a };
    }
    let weight = if a >= b { weight(a, b, x, y, lambda) } else { weight(b, a, y, x, -lambda) };
    weight.times((a + b) / (a * b))
}

/// x^a y^b/B(a, b) for a ≥ b.
fn weight(a: f64, b: f64, x: Dd, y: Dd, lambda: Dd) -> Scaled {
    let n = Dd::sum(a, b);
    if b >= 1.0 {
        // x^a y^b relative to the mean a/n, b/n: exponents a(μ - ln(1 + μ)) at μ = -λ/a and at μ = λ/b.
        let (down, up) = (-(lambda / a), lambda / b);
        let near = |mu: Dd, ratio: Dd| if mu.hi().abs() < 0.5 { mu + 1.0 } else { ratio };
        let exponent =
            saddle_exponent(a, down, near(down, x * n / a)) + saddle_exponent(b, up, near(up, y * n / b));
        let rest = stirling_remainder(n.hi()) - stirling_remainder(a) - stirling_remainder(b);
        Scaled { mantissa: (b * (a / n.hi()) / TAU).sqrt() * rest.exp(), exponent: -exponent }
    } else if a >= 1.0 {
        // (y n)^b x^a · b·exp(ln Γ(n) - ln Γ(a) - b ln n - ln Γ(1+b)).
        let rest = ln_gamma_step(a, b) - ln_gamma_1p(b);
        let exponent = ln_dd_quick(y * n) * b + power_of_near_one(a, x, y);
        Scaled { mantissa: b * rest.exp(), exponent }
    } else {
        let rest = ln_gamma_1p(n.hi()) - ln_gamma_1p(a) - ln_gamma_1p(b);
        let exponent = ln_dd_quick(x) * a + ln_dd_quick(y) * b;
        Scaled { mantissa: b / (n.hi() / a) * rest.exp(), exponent }
    }
}

/// a ln x, x = 1 - y.
fn power_of_near_one(a: f64, x: Dd, y: Dd) -> Dd {
    let s = y.hi();
    if s < 1e-4 {
        // -a y(1 + y/2 + …): six terms leave y⁶, and the rounding of the sum is y/2 of an ulp.
        let t = s * (1.0 / 2.0 + s * (1.0 / 3.0 + s * (1.0 / 4.0 + s * (1.0 / 5.0))));
        return y * -a * (Dd::ONE + t);
    }
    (if a < 1e5 { ln_dd_quick(x) } else { ln_dd(x) }) * a
}

/// Σ_{k} Π_{j<k} (a + b + j) x/(a + 1 + j), so that I_x(a, b) = weight/a · sum. Used where x is below the mean or ½.
fn series(a: f64, b: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (0.0, 1.0);
    for j in 0..2000 {
        let j = f64::from(j);
        term *= (a + b + j) / (a + 1.0 + j) * x;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    1.0 + sum
}

/// I_x(a, b) for small b and y = 1 - x, where I_y(b, a) is nearly 1: with c = y^b/(b B(a, b)), it is
/// (1 - c) - c b Σ_{n≥1} (1-a)_n y^n/(n!(b+n)). Relatively accurate as b → 0.
fn small_shape(a: f64, b: f64, y: Dd) -> f64 {
    let exponent = (ln_dd_quick(y * Dd::sum(a, b)) * b).hi() + (ln_gamma_step(a, b) - ln_gamma_1p(b));
    let y = y.hi();
    let (mut sum, mut power) = (0.0, 1.0);
    for n in 1..200 {
        let n = f64::from(n);
        power *= (n - a) / n * y;
        let term = power / (b + n);
        sum += term;
        if term.abs() <= f64::abs(sum) * 1e-17 {
            break;
        }
    }
    -exponent.exp_m1() - exponent.exp() * b * sum
}

/// Partial numerator and denominator m of the continued fraction.
#[inline]
fn partial(a: f64, b: f64, x: f64, lambda: f64, m: f64) -> (f64, f64) {
    let d = a + 2.0 * m;
    let (under, over) = (1.0 / (d - 1.0), 1.0 / (d + 1.0));
    let shared = m * (b - m) * x * under;
    let numerator = (a + m - 1.0) * under * (a + b + m - 1.0) * x * shared;
    (numerator, m + shared + (a + m) * over * (lambda + 1.0 + m * (2.0 - x)))
}

/// The continued fraction with I_x(a, b) = weight / fraction, by its forward recurrence; λ = a y - b x ≥ 0.
fn fraction(a: f64, b: f64, x: f64, lambda: f64) -> f64 {
    let (mut p0, mut q0, mut p1, mut q1) = (1.0, 0.0, a * (lambda + 1.0) / (a + 1.0), 1.0);
    for m in 1..5000 {
        let (numerator, term) = partial(a, b, x, lambda, f64::from(m));
        (p0, p1) = (p1, term * p1 + numerator * p0);
        (q0, q1) = (q1, term * q1 + numerator * q0);
        if (p1 * q0 - p0 * q1).abs() <= 5.5e-17 * (p1 * q0).abs() {
            break;
        }
        if p1.abs() > 1e120 {
            (p0, p1, q0, q1) = (p0 * 1e-120, p1 * 1e-120, q0 * 1e-120, q1 * 1e-120);
        }
    }
    p1 / q1
}

/// The same from its end, which is stable where the numerators are negative, m > b, for most terms: for b < 20 ≤ …, a ≥ 1 and
/// z = a y ≥ 1.1 or y ≥ 0.3.
///
/// Like the fraction of the incomplete gamma function at z, which it becomes for large `a`, N terms leave e^(-4√(N z)) or less.
fn fraction_from_end(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    let terms = 100.0 / (a * y / x).max(4.0 * y.sqrt());
    let mut m = terms.ceil() + 12.0;
    let (mut numerator, mut after, mut p) = (0.0, 0.0, 1.0);
    while m >= 1.0 {
        let (next, term) = partial(a, b, x, lambda, m);
        (after, p) = (p, term * p + numerator * after);
        numerator = next;
        if p > 1e120 {
            (after, p) = (after * 1e-120, p * 1e-120);
        }
        m -= 1.0;
    }
    a * (lambda + 1.0) / (a + 1.0) + numerator * (after / p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(beta_inc(2.0, 3.0, 0.0), 0.0);
        assert_eq!(beta_inc(2.0, 3.0, 1.0), 1.0);
        assert_eq!(beta_inc_c(2.0, 3.0, 0.0), 1.0);
        assert_eq!(ln_beta_inc(2.0, 3.0, 0.0), f64::NEG_INFINITY);
        assert_eq!(beta_inc(0.0, 3.0, 0.5), 1.0);
        assert_eq!(beta_inc(3.0, 0.0, 0.5), 0.0);
        assert_eq!(beta_inc(3.0, f64::INFINITY, 0.5), 1.0);
        assert_eq!(beta_inc(f64::INFINITY, 1.0, 0.5), 0.0);
        for (a, b, x) in [
            (-1.0, 1.0, 0.5),
            (1.0, -1.0, 0.5),
            (1.0, 1.0, -0.1),
            (1.0, 1.0, 1.1),
            (0.0, 0.0, 0.5),
            (f64::INFINITY, f64::INFINITY, 0.5),
            (f64::NAN, 1.0, 0.5),
            (1.0, f64::NAN, 0.5),
            (1.0, 1.0, f64::NAN),
        ] {
            assert!(beta_inc(a, b, x).is_nan() && beta_inc_c(a, b, x).is_nan(), "{a} {b} {x}");
        }
    }

    #[test]
    fn the_weight_alone() {
        for (a, b, u, v) in
            [(3.0, 5.0, 0.2, 0.8), (500.0, 0.3, 1.0, 2.0), (2.0, 7.0, 1e-290, 1.0), (2.0, 7.0, 1.0, 1e-290)]
        {
            let (u, v) = (Dd::from(u), Dd::from(v));
            let (alone, whole) =
                (IncompleteBeta::weight_from_ratio(a, b, u, v), IncompleteBeta::from_ratio(a, b, u, v));
            assert_eq!(alone.ln(), whole.weight().ln());
        }
        assert!(IncompleteBeta::weight_from_ratio(0.0, 1.0, Dd::ONE, Dd::ONE).mantissa.is_nan());
    }

    #[test]
    fn methods_meet_at_their_borders() {
        let close = |a: f64, b: f64, x: f64| {
            for f in [beta_inc, beta_inc_c] {
                let (below, above) = (f(a, b, x.next_down()), f(a, b, x.next_up()));
                let slope = IncompleteBeta::new(a, b, x).weight().value() / (x * (1.0 - x));
                let allowed = 1e-14 * below + slope * x * 4.5e-16 + f64::MIN_POSITIVE;
                assert!((above - below).abs() < allowed, "{a} {b} {x}: {below:e} {above:e}");
            }
        };
        for a in [0.3, 0.999, 1.0, 5.0, 20.0, 99.9, 100.0, 1e4] {
            for b in [1e-6, 0.3, 1.0, 2.0, 19.9, 20.0, 99.9, 100.0, 1e3, 1e5] {
                let mean = a / (a + b);
                let offset = 0.03 * f64::min(a, b) / (a + b);
                for x in [0.5, 0.7, 0.3, mean, mean - offset, mean + offset, 1.0 - 1.1 / a, 1.1 / b] {
                    if x > 0.0 && x < 1.0 {
                        close(a, b, x);
                    }
                }
            }
        }
    }
}
