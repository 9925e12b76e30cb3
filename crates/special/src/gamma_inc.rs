//! The regularised incomplete gamma functions P and Q.
use crate::erf::erfcx_positive;
use crate::poly::horner;
use crate::scaled::Scaled;
use crate::tables::temme::TEMME;
use crate::tail::{Side, Tails, saddle_exponent};
use crate::{ln_gamma_1p, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::TAU;

/// One evaluation of the incomplete gamma functions: both tails, their logarithms and the density.
///
/// ```text
/// P(a, x) = 1/Γ(a) ∫₀ˣ t^(a-1) e^(-t) dt,    Q = 1 - P,    weight = x^a e^(-x)/Γ(a) = x dP/dx
/// ```
///
/// # Accuracy
/// 1e-15 in the body and about 1e-14 in far tails, beside the conditioning in `a` and `x`; the tail that is small is the one
/// computed, to values far below the range of `f64`.
///
/// # Source
/// * a ≥ 20 and |x - a| < 0.4 a: Temme's uniform expansion, DLMF 8.12.3–12, with its coefficients as Taylor series; the error
///   function enters as erfcx, times the power e^(-aη²/2) whose exponent is held in double-double.
/// * otherwise, x < a or x < 1.1: the series DLMF 8.11.4 of positive terms; for small `a`, where P is nearly 1, Q by
///   Gautschi's difference (*ACM TOMS* 5 (1979) 466–481).
/// * otherwise the continued fraction DLMF 8.9.2 (its even part) for Q.
#[derive(Debug, Clone, Copy)]
pub struct IncompleteGamma {
    tails: Tails,
    weight: Scaled,
}

impl IncompleteGamma {
    /// Evaluates at shape `a` > 0 and `x` ≥ 0; NaN for every value outside that domain.
    ///
    /// `a = 0` is the limit, P = 1 at every x > 0.
    pub fn new(a: f64, x: f64) -> Self {
        Self::at(a, Dd::from(x))
    }

    /// Evaluates at an `x` known to more digits than an `f64` holds, such as the product of a rate and a time: both its parts count.
    pub fn at(a: f64, exact: Dd) -> Self {
        let zero = Scaled::plain(0.0);
        let x = exact.hi();
        if a.is_nan() || x.is_nan() || a < 0.0 || x < 0.0 || (a == f64::INFINITY && x == f64::INFINITY) {
            return Self { tails: Tails::nan(), weight: Scaled::plain(f64::NAN) };
        }
        if a == f64::INFINITY || (x == 0.0 && a > 0.0) {
            return Self { tails: Tails::all(Side::Upper), weight: zero };
        }
        if x == f64::INFINITY || a == 0.0 {
            return Self { tails: Tails::all(Side::Lower), weight: zero };
        }
        let weight = weight(a, exact);
        Self { tails: tails(a, x, weight), weight }
    }

    /// Evaluates at `x` so small that only its logarithm is a number: the leading term x^a/Γ(1 + a).
    ///
    /// Meant for x < 1e-20, where the next term, a/(a+1) x times smaller, is below rounding.
    pub fn at_ln(a: f64, ln_x: Dd) -> Self {
        if !(a > 0.0 && a < f64::INFINITY) {
            return Self::new(a, 0.0);
        }
        let (tail, front) = if a < 1.0 {
            (Scaled { mantissa: (-ln_gamma_1p(a)).exp(), exponent: ln_x * a }, a)
        } else {
            // 1/Γ(1+a) = e^a a^-a / (a √(2π/a) Γ*(a)).
            let front = (a / TAU).sqrt() * (-stirling_remainder(a)).exp() / a;
            let ln_ratio = ln_x - crate::ln_dd(Dd::from(a));
            (Scaled { mantissa: front, exponent: (ln_ratio + 1.0) * a }, a)
        };
        let weight = tail.times(front);
        if a < 1.0 && tail.value() > 0.7 {
            let upper = -((ln_x * a).hi() - ln_gamma_1p(a)).exp_m1();
            return Self { tails: Tails { side: Side::Upper, tail: Scaled::plain(upper) }, weight };
        }
        Self { tails: Tails { side: Side::Lower, tail }, weight }
    }

    /// P(a, x).
    pub fn lower(&self) -> f64 {
        self.tails.value(Side::Lower)
    }

    /// Q(a, x).
    pub fn upper(&self) -> f64 {
        self.tails.value(Side::Upper)
    }

    /// ln P(a, x).
    pub fn ln_lower(&self) -> f64 {
        self.tails.ln(Side::Lower)
    }

    /// ln Q(a, x).
    pub fn ln_upper(&self) -> f64 {
        self.tails.ln(Side::Upper)
    }

    /// x^a e^(-x)/Γ(a), which is x times the density of the gamma distribution.
    pub fn weight(&self) -> Scaled {
        self.weight
    }

    pub(crate) fn tails(&self) -> Tails {
        self.tails
    }
}

/// Lower regularised incomplete gamma function P(a, x): the gamma distribution function of shape `a`.
///
/// 0 at x = 0, 1 at ∞, NaN for negative arguments. See [`IncompleteGamma`] for accuracy and method.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::gamma_p(1.0, 1e-20), 1e-20); // 1 - e^-x
/// ```
pub fn gamma_p(a: f64, x: f64) -> f64 {
    IncompleteGamma::new(a, x).lower()
}

/// Upper regularised incomplete gamma function Q(a, x) = 1 - P(a, x).
///
/// # Examples
/// ```
/// let q = ferronum_special::gamma_q(2.0, 50.0);
/// assert!((q / 9.83662422461598e-21 - 1.0).abs() < 1e-15); // 51 e^-50
/// ```
pub fn gamma_q(a: f64, x: f64) -> f64 {
    IncompleteGamma::new(a, x).upper()
}

/// ln P(a, x), right where P underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_gamma_p(1e3, 1e-3);
/// assert!((ln / -12819.884456471298 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_gamma_p(a: f64, x: f64) -> f64 {
    IncompleteGamma::new(a, x).ln_lower()
}

/// ln Q(a, x), right where Q underflows.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln_gamma_q(1.0, 1e6), -1e6);
/// ```
pub fn ln_gamma_q(a: f64, x: f64) -> f64 {
    IncompleteGamma::new(a, x).ln_upper()
}

/// The Poisson probability e^-x x^n/n! of n = 0, 1, …; 0 for negative n.
pub(crate) fn poisson_term(n: f64, x: f64) -> f64 {
    if n < 0.0 || (x == 0.0 && n > 0.0) {
        0.0
    } else if n == 0.0 {
        (-x).exp()
    } else {
        weight(n, Dd::from(x)).value() / n
    }
}

/// x^a e^-x / Γ(a).
#[inline]
fn weight(a: f64, x: Dd) -> Scaled {
    if a < 1.0 {
        let ln = crate::double_ln::ln_dd_quick(x);
        return Scaled { mantissa: a * (-ln_gamma_1p(a)).exp(), exponent: ln * a - x };
    }
    let mu = (x - a) / Dd::from(a);
    let ratio = if mu.hi().abs() < 0.5 { mu + 1.0 } else { x / Dd::from(a) };
    let exponent = -saddle_exponent(a, mu, ratio);
    Scaled { mantissa: (a / TAU).sqrt() * (-stirling_remainder(a)).exp(), exponent }
}

fn tails(a: f64, x: f64, weight: Scaled) -> Tails {
    if a >= 20.0 && (x - a).abs() < 0.4 * a {
        return temme(a, x, weight.exponent);
    }
    if x >= 1.1 && x >= a {
        return Tails { side: Side::Upper, tail: weight.times(1.0 / upper_fraction(a, x)) };
    }
    let lower = weight.times(lower_series(a, x) / a);
    if a < 1.0 && lower.value() > 0.7 {
        return Tails { side: Side::Upper, tail: Scaled::plain(upper_small_shape(a, x)) };
    }
    Tails { side: Side::Lower, tail: lower }
}

/// Σ x^k / ((a+1)…(a+k)). Positive terms whose ratio is below x/(a+k): at most about 100 for a < 20, 80 for x < 0.6 a.
fn lower_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (0.0, 1.0, a);
    for _ in 0..1000 {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * 1e-17 || term == 0.0 {
            break;
        }
    }
    1.0 + sum
}

/// Q for a < 1, x < 1.1: [1 - x^a/Γ(1+a)] - x^a/Γ(1+a) · a Σ_{k≥1} (-x)^k/(k!(a+k)), relatively accurate as a → 0.
fn upper_small_shape(a: f64, x: f64) -> f64 {
    let exponent = a * x.ln() - ln_gamma_1p(a);
    let (mut sum, mut power) = (0.0, 1.0);
    for k in 1..40 {
        let k = f64::from(k);
        power *= -x / k;
        let term = power / (a + k);
        sum += term;
        if term.abs() < sum.abs() * 1e-17 {
            break;
        }
    }
    -exponent.exp_m1() - exponent.exp() * a * sum
}

/// The continued fraction x - a + 1 + 1(a-1)/(x - a + 3 + 2(a-2)/(x - a + 5 + …)) with Q = weight / fraction, for
/// x ≥ max(a, 1.1), from its end: P_(k-1) = b_(k-1) P_k + s_k P_(k+1), whose ratio P_0/P_1 is the fraction.
///
/// Backwards the recurrence is stable though most s_k = k(a-k) are negative. The error of N terms falls like e^(-4√(N x)), so that
/// N = 100/x + 12 leaves less than 2⁻⁵⁷; with x ≥ 1.4 a ≥ 28 the fraction falls off still faster.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let first = (x - a) + 1.0;
    if first > 1e100 {
        return first; // the next term is smaller by a/b² < 1e-90
    }
    let mut k = (100.0 / x).ceil() + if a < 20.0 { 12.0 } else { 30.0 };
    let (mut after, mut p) = (0.0, 1.0);
    while k >= 1.0 {
        (after, p) = (p, (first + 2.0 * k) * p + (k + 1.0) * (a - (k + 1.0)) * after);
        if p > 1e150 {
            (after, p) = (after * 1e-150, p * 1e-150);
        }
        k -= 1.0;
    }
    first + (a - 1.0) * (after / p)
}

/// Temme's uniform expansion: e^(-aη²/2) [½ erfcx(|η|√(a/2)) ± S_a(η)/√(2πa)], exponent = -aη²/2.
fn temme(a: f64, x: f64, exponent: Dd) -> Tails {
    let half_square = (-exponent.hi()).max(0.0);
    let eta = (2.0 * half_square / a).sqrt().copysign(x - a);
    let w = 1.0 / a;
    // The number of functions c_k a^-k needed falls with a; each is below 0.34.
    let count = if a < 100.0 {
        12
    } else if a < 1e4 {
        8
    } else if a < 1e8 {
        4
    } else {
        2
    };
    let sum = TEMME[..count].iter().rev().fold(0.0, |sum, c| sum * w + horner(c, eta));
    let sum = sum / (TAU * a).sqrt();
    let half = 0.5 * erfcx_positive(half_square.sqrt());
    let (side, mantissa) = if x >= a { (Side::Upper, half + sum) } else { (Side::Lower, half - sum) };
    Tails { side, tail: Scaled { mantissa, exponent } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(gamma_p(2.0, 0.0), 0.0);
        assert_eq!(gamma_q(2.0, 0.0), 1.0);
        assert_eq!(gamma_p(2.0, f64::INFINITY), 1.0);
        assert_eq!(gamma_q(2.0, f64::INFINITY), 0.0);
        assert_eq!(gamma_p(0.0, 1.0), 1.0);
        assert_eq!(gamma_p(f64::INFINITY, 1.0), 0.0);
        assert_eq!(ln_gamma_p(2.0, 0.0), f64::NEG_INFINITY);
        assert_eq!(ln_gamma_q(2.0, 0.0), 0.0);
        for (a, x) in
            [(-1.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (1.0, f64::NAN), (f64::INFINITY, f64::INFINITY)]
        {
            assert!(gamma_p(a, x).is_nan() && gamma_q(a, x).is_nan() && ln_gamma_p(a, x).is_nan());
        }
    }

    #[test]
    fn methods_meet_at_their_borders() {
        let close = |a: f64, x: f64| {
            let moved = IncompleteGamma::new(a, x).weight().value() * 4.5e-16;
            for f in [gamma_p, gamma_q] {
                let (below, above) = (f(a, x.next_down()), f(a, x.next_up()));
                assert!((above - below).abs() < 1e-14 * below + moved, "{a} {x}: {below:e} {above:e}");
            }
        };
        for a in [20.0, 57.0, 99.99, 100.0, 1e3] {
            for x in [0.6 * a, a, 1.4 * a] {
                close(a, x);
            }
        }
        for a in [1e-9, 0.1, 0.5, 0.999, 1.0, 5.0, 19.99] {
            for x in [0.2, 1.1, a] {
                close(a, x);
            }
        }
    }
}
