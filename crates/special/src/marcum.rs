//! Marcum's Q-function of real order, which is also the non-central χ² distribution.
use crate::double_ln::ln_dd;
use crate::tail::{Side, Tails};
use crate::{IncompleteGamma, Scaled};
use ferronum_dd::Dd;
use std::f64::consts::{PI, TAU};

/// One evaluation of the generalised Marcum functions: both tails and their logarithms.
///
/// ```text
/// Q_m(a, b) = ∫_b^∞ t (t/a)^(m-1) exp(-(t² + a²)/2) I_(m-1)(a t) dt,    P = 1 - Q,    m > 0
///           = e^-x Σ_n xⁿ/n! Q(m + n, y),    x = a²/2, y = b²/2
/// ```
///
/// with the incomplete gamma function Q(s, y) on the right. The non-central χ² distribution with k degrees of freedom and
/// non-centrality λ has the distribution function P at m = k/2, x = λ/2, y = half its argument.
///
/// # Accuracy
/// 1e-14 in both tails, to values far below the range of `f64`, beside the conditioning in m, a and b.
///
/// # Source
/// * m² + 4xy ≥ 25²: the contour integral of Gil, Segura & Temme, *Computation of the Marcum Q-function*, ACM TOMS 40 (2014),
///   section 5, here on the circle through the saddle point, by the trapezoidal rule, with the pole taken into account.
/// * otherwise the series above for Q, and for P its rearrangement in positive terms.
#[derive(Debug, Clone, Copy)]
pub struct Marcum {
    tails: Tails,
}

impl Marcum {
    /// Evaluates at order `m` > 0 and `a`, `b` ≥ 0; NaN for every value outside that domain.
    pub fn new(m: f64, a: f64, b: f64) -> Self {
        if !(a >= 0.0 && b >= 0.0) {
            return Self { tails: Tails::nan() };
        }
        if b > 0.0 && b < 1e-130 && a < f64::INFINITY && m > 0.0 && m < f64::INFINITY {
            let half = 0.5 * a * b;
            let ln_y = ln_dd(Dd::from(b)) * 2.0 - ln_dd(Dd::from(2.0));
            return Self { tails: tiny(m, half_square(a), half * half, ln_y) };
        }
        let largest = a.max(b);
        if largest > 1e150 && largest < f64::INFINITY && m > 0.0 && m < f64::INFINITY {
            return Self { tails: step(m, a, b) };
        }
        Self::from_halves(m, half_square(a), half_square(b))
    }

    /// Evaluates at order m, x = a²/2 and y = b²/2.
    pub fn from_halves(m: f64, x: Dd, y: Dd) -> Self {
        let (x0, y0) = (x.hi(), y.hi());
        if !(m > 0.0 && x0 >= 0.0 && y0 >= 0.0) || [m, x0, y0].iter().filter(|v| v.is_infinite()).count() > 1
        {
            return Self { tails: Tails::nan() };
        }
        if y0 == 0.0 || m == f64::INFINITY || x0 == f64::INFINITY {
            return Self { tails: Tails::all(Side::Upper) };
        }
        if y0 == f64::INFINITY {
            return Self { tails: Tails::all(Side::Lower) };
        }
        let size = m.hypot(2.0 * x0.sqrt() * y0.sqrt());
        let tails = if size > 1e290 * y0 && size >= 25.0 {
            tiny(m, x, x0 * y0, ln_dd(y))
        } else if size >= 25.0 {
            contour(m, x, y, size)
        } else {
            series(m, x, y)
        };
        Self { tails }
    }

    /// P_m(a, b) = 1 - Q_m(a, b).
    pub fn lower(&self) -> f64 {
        self.tails.value(Side::Lower)
    }

    /// Q_m(a, b).
    pub fn upper(&self) -> f64 {
        self.tails.value(Side::Upper)
    }

    /// ln P_m(a, b).
    pub fn ln_lower(&self) -> f64 {
        self.tails.ln(Side::Lower)
    }

    /// ln Q_m(a, b).
    pub fn ln_upper(&self) -> f64 {
        self.tails.ln(Side::Upper)
    }
}

/// Generalised Marcum function Q_m(a, b) for real m > 0; the power a radar detects, or the upper tail of Rice's law (m = 1).
///
/// 1 at b = 0, 0 at b = ∞, NaN for m ≤ 0 or negative a or b. See [`Marcum`] for definition, accuracy and method.
///
/// # Examples
/// ```
/// let q = ferronum_special::marcum_q(1.0, 2.0, 5.0);
/// assert!((q / 0.002220829737134698 - 1.0).abs() < 1e-14);
/// ```
pub fn marcum_q(m: f64, a: f64, b: f64) -> f64 {
    Marcum::new(m, a, b).upper()
}

/// The complement P_m(a, b) = 1 - Q_m(a, b), without cancellation.
///
/// # Examples
/// ```
/// let p = ferronum_special::marcum_p(1.0, 9.0, 0.5);
/// assert!((p / 2.0212146656607353e-18 - 1.0).abs() < 1e-14);
/// ```
pub fn marcum_p(m: f64, a: f64, b: f64) -> f64 {
    Marcum::new(m, a, b).lower()
}

/// ln Q_m(a, b), right where Q underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_marcum_q(2.5, 3.0, 100.0);
/// assert!((ln / -4702.983772384851 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_marcum_q(m: f64, a: f64, b: f64) -> f64 {
    Marcum::new(m, a, b).ln_upper()
}

/// ln P_m(a, b), right where P underflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_marcum_p(2.5, 100.0, 3.0);
/// assert!((ln / -4717.017093291303 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_marcum_p(m: f64, a: f64, b: f64) -> f64 {
    Marcum::new(m, a, b).ln_lower()
}

/// Where squares may overflow: no two numbers a and b but equal ones are within reach of each other.
fn step(m: f64, a: f64, b: f64) -> Tails {
    let centre = a.hypot((2.0 * m).sqrt());
    if b < centre {
        Tails::all(Side::Upper)
    } else if b > centre {
        Tails::all(Side::Lower)
    } else {
        Tails { side: Side::Lower, tail: Scaled::plain(0.5) }
    }
}

/// a²/2, exact but where it overflows.
fn half_square(a: f64) -> Dd {
    Dd::product(a, a) * 0.5
}

/// The circle t = t₀ e^(iw) through the saddle point t₀ = (m + R)/(2y), R = √(m² + 4xy):
///
/// ```text
/// P = e^φ(t₀) /(2π) ∫ exp(-R(1 - cos w) + iθ(w)) t/(t - 1) dw  (t₀ > 1),    the same is -Q for t₀ < 1
/// φ(t) = y(t - 1) - m ln t - x(1 - 1/t),    θ(w) = m(sin w - w)
/// ```
///
/// For R ≥ 25 the ends w = ±π count for e^-2R. The step is h = 1/(2√R), from the middle w = h/2, so that t = 1 is never met; the
/// rule's error is e^(-2π²/(h²R)) = e^-79, beside the pole of t/(t - 1), whose share is known: e^-φ(t₀)/(e^(2π|ln t₀|/h) + 1).
fn contour(m: f64, x: Dd, y: Dd, size: f64) -> Tails {
    let radius = (0.5 * (m + size)) / y.hi();
    let off = Dd::sum(radius, -1.0);
    let far = x / radius;
    // What rounding of t₀ leaves of the saddle point's condition y t₀ - x/t₀ = m; beyond R = 1e24 it is all rounding of x and y.
    let slope = if size < 1e24 { (y * radius - far - m).to_f64() } else { 0.0 };
    let exponent = off * (y - far) - ln_dd(Dd::from(radius)) * m;
    let d = off.to_f64();
    let step = 0.5 / size.sqrt();
    let mut sum = 0.0;
    for j in 0..40 {
        let w = (f64::from(j) + 0.5) * step;
        let half = (0.5 * w).sin();
        let fall = 2.0 * half * half;
        if size * fall > 45.0 {
            break;
        }
        let (sine, _) = w.sin_cos();
        let (s, c) = (m * sin_minus(w) + slope * sine).sin_cos();
        // t/(t - 1) = t₀ (t₀ - e^iw)/|t - 1|².
        let distance = d * d + 2.0 * radius * fall;
        sum += (-size * fall).exp() * ((d + fall) * c + sine * s) / distance;
    }
    let integral = sum * radius * step / PI;
    let ln_radius = radius.ln().abs();
    let pole = if ln_radius * step * size < TAU {
        (-exponent.hi()).exp() / ((TAU * ln_radius / step).exp() + 1.0)
    } else {
        0.0
    };
    let (side, mantissa) =
        if radius > 1.0 { (Side::Lower, integral + pole) } else { (Side::Upper, pole - integral) };
    Tails { side, tail: Scaled { mantissa, exponent } }
}

/// sin w - w.
fn sin_minus(w: f64) -> f64 {
    if w > 0.5 {
        return w.sin() - w;
    }
    let square = w * w;
    let mut sum = 1.0;
    for k in (2..9).rev() {
        let n = f64::from(2 * k);
        sum = 1.0 - sum * square / (n * (n + 1.0));
    }
    -w * square / 6.0 * sum
}

/// m² + 4xy < 25²: the tail that is small, by its own series.
fn series(m: f64, x: Dd, y: Dd) -> Tails {
    let gamma = IncompleteGamma::new(m, y.hi());
    // y^m e^-y/Γ(m + 1), with the second part of y to first order.
    let weight = gamma.weight().times(1.0 / m).times(1.0 + y.lo() * (m / y.hi() - 1.0));
    let front = Scaled { exponent: weight.exponent - x, ..weight };
    let lower = || Tails { side: Side::Lower, tail: front.times(lower_sum(m, x.hi() * y.hi(), y.hi())) };
    let upper = || {
        let first = gamma.tails();
        let first = match first.side {
            Side::Upper => first.tail,
            Side::Lower => Scaled::plain(first.value(Side::Upper)),
        };
        upper_tail(m, x.hi(), y.hi(), first, weight, front)
    };
    let below = y.hi() < x.hi() + m;
    let guess = if below { lower() } else { upper() };
    if guess.tail.value() < 0.6 {
        return guess;
    }
    if below { upper() } else { lower() }
}

/// P e^x Γ(m + 1)/(y^m e^-y) = Σ_n (xy)ⁿ/(n! (m + 1)_n) r_n with r_n = Σ_k y^k/(m + n + 1)_k = 1 + y/(m + n + 1) r_(n+1).
///
/// For xy < 157 the terms fall from n = 12 on, and 80 are enough.
fn lower_sum(m: f64, product: f64, y: f64) -> f64 {
    const TERMS: usize = 80;
    let mut ratios = [1.0; TERMS + 1];
    // r_80 from its own end, y < 40 wherever P is small.
    let last = (TERMS + 60) as u32;
    let mut r = 1.0;
    for n in (0..last).rev() {
        r = 1.0 + y / (m + f64::from(n) + 1.0) * r;
        if let Some(slot) = ratios.get_mut(n as usize) {
            *slot = r;
        }
    }
    let (mut sum, mut term) = (0.0, 1.0);
    for (n, ratio) in (0u32..).zip(ratios) {
        sum += term * ratio;
        let n = f64::from(n);
        term *= product / ((n + 1.0) * (m + n + 1.0));
        if term < 1e-18 * sum {
            break;
        }
    }
    sum
}

/// Q = e^-x Σ_n xⁿ/n! Q(m + n, y), where Q(m + n, y) = Q(m, y) + weight Σ_{k<n} y^k/(m + 1)_k.
fn upper_tail(m: f64, x: f64, y: f64, first: Scaled, weight: Scaled, front: Scaled) -> Tails {
    // Relative to the larger of Q(m, y) and the weight, both as numbers.
    let start =
        Scaled { mantissa: first.mantissa / weight.mantissa, exponent: first.exponent - weight.exponent };
    let start = start.value();
    // p = xⁿ/n!, c = xⁿ/n! yⁿ/(m + 1)_n, b = xⁿ/n! Σ_{k<n} y^k/(m + 1)_k.
    let (mut sum, mut p, mut c, mut b) = (0.0, 1.0, 1.0, 0.0);
    for n in 0..400 {
        let term = p * start + b;
        sum += term;
        let next = f64::from(n) + 1.0;
        if next > x && term < 1e-18 * sum && c < 1e-18 * sum {
            break;
        }
        b = (b + c) * (x / next);
        p *= x / next;
        c *= x * y / (next * (m + next));
    }
    Tails { side: Side::Upper, tail: front.times(sum) }
}

/// y so small that it, or m/y, might leave the range: P = e^-x P(m, y) Σ_n (xy)ⁿ/(n! (m + 1)_n), P(m, y) its leading term.
fn tiny(m: f64, x: Dd, product: f64, ln_y: Dd) -> Tails {
    // The product is larger only where e^-x or y^m is 0, and its share of their logarithm below rounding.
    let sum = lower_sum(m, product.min(150.0), 0.0);
    let leading = IncompleteGamma::at_ln(m, ln_y).tails();
    if leading.side == Side::Lower {
        let tail = leading.tail.times(sum);
        return Tails { side: Side::Lower, tail: Scaled { exponent: tail.exponent - x, ..tail } };
    }
    // Q(m, y) is the number known: 1 - e^-x (1 - Q).
    let x = x.to_f64();
    let upper = leading.value(Side::Upper);
    if x > 1.0 {
        let tail = Scaled { mantissa: 1.0 - upper, exponent: Dd::from(-x) };
        return Tails { side: Side::Lower, tail };
    }
    Tails { side: Side::Upper, tail: Scaled::plain((-x).exp() * upper - (-x).exp_m1()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    const INF: f64 = f64::INFINITY;

    #[test]
    fn special_values() {
        assert_eq!((marcum_q(1.0, 2.0, 0.0), marcum_p(1.0, 2.0, 0.0)), (1.0, 0.0));
        assert_eq!(
            (marcum_q(1.0, 2.0, INF), marcum_q(1.0, INF, 2.0), marcum_q(INF, 1.0, 2.0)),
            (0.0, 1.0, 1.0)
        );
        assert_eq!(ln_marcum_p(1.0, 2.0, 0.0), -INF);
        for (m, a, b) in [
            (0.0, 1.0, 1.0),
            (-1.0, 1.0, 1.0),
            (1.0, -1.0, 1.0),
            (1.0, 1.0, -1.0),
            (f64::NAN, 1.0, 1.0),
            (1.0, f64::NAN, 1.0),
            (1.0, 1.0, f64::NAN),
            (1.0, INF, INF),
            (INF, 1.0, INF),
        ] {
            for f in [marcum_q, marcum_p, ln_marcum_q, ln_marcum_p] {
                assert!(f(m, a, b).is_nan(), "{m} {a} {b}");
            }
        }
    }

    #[test]
    fn extreme_arguments_stay_probabilities() {
        for m in [1e-300, 1e-10, 0.5, 30.0, 1e9, 1e300] {
            for a in [0.0, 1e-300, 1e-5, 3.0, 1e9, 1e150, 1e300] {
                for b in [1e-300, 1e-140, 1e-20, 0.7, 40.0, 1e9, 1e150, 1e300] {
                    let (p, q) = (marcum_p(m, a, b), marcum_q(m, a, b));
                    assert!(
                        (0.0..=1.0).contains(&p) && (p + q - 1.0).abs() < 1e-15,
                        "{m:e} {a:e} {b:e}: {p:e} {q:e}"
                    );
                    assert!(ln_marcum_p(m, a, b) <= 0.0 && ln_marcum_q(m, a, b) <= 0.0, "{m:e} {a:e} {b:e}");
                }
            }
        }
    }

    #[test]
    fn central_case_is_the_incomplete_gamma_function() {
        for (m, b) in [(0.3, 1e-8), (0.3, 0.7), (2.0, 3.0), (40.0, 6.0), (40.0, 12.0), (500.0, 30.0)] {
            assert_lre!(marcum_q(m, 0.0, b), crate::gamma_q(m, 0.5 * b * b), 13.5, "{m} {b}");
            assert_lre!(marcum_p(m, 0.0, b), crate::gamma_p(m, 0.5 * b * b), 13.5, "{m} {b}");
        }
    }

    #[test]
    fn logarithms_of_both_tails() {
        // The series of the definition in Arb.
        for (m, a, b, ln_p, ln_q) in [
            (1.0, 2.0, 5.0, "-0.002223299436694363583748", "-6.109874397461044135978"),
            (0.5, 0.001, 1e-05, "-11.73871731763162242065", "-7.978873449599970459103e-6"),
            (0.001, 0.5, 3.0, "-0.001706427590928015140481", "-6.374206314318551512169"),
            (3.5, 0.0, 2.0, "-1.513116464477984257285", "-0.2487467737744185474484"),
            (20.0, 3.0, 7.0, "-0.6375992202574597851336", "-0.7519631368637533103852"),
            (2.5, 30.0, 31.0, "-0.1924282942961295020012", "-1.742703454411709207680"),
            (2.5, 30.0, 0.01, "-475.9533042315429618757", "-1.977453722225945560533e-207"),
            (100.0, 12.0, 40.0, "-3.613952854550312271592e-125", "-286.5383344773975724636"),
            (1.0, 5.0, 5.0, "-0.7767426966661953530594", "-0.6160039582906993632364"),
            (7.0, 1.5, 5.5, "-0.02458760695680977781705", "-3.717781359232880768976"),
        ] {
            assert_lre!(ln_marcum_p(m, a, b), ln_p, 14.5, "ln P_{m}({a}, {b})");
            assert_lre!(ln_marcum_q(m, a, b), ln_q, 14.5, "ln Q_{m}({a}, {b})");
        }
    }

    #[test]
    fn methods_meet() {
        // m² + 4xy = 25² at b = √(25² - m²)/a.
        for (m, a) in [(0.5, 5.0), (3.0, 3.0), (20.0, 4.0), (24.9, 0.3), (1.0, 0.7)] {
            let b = f64::sqrt(625.0 - m * m) / a;
            let (below, above) = (Marcum::new(m, a, b * (1.0 - 1e-15)), Marcum::new(m, a, b * (1.0 + 1e-15)));
            assert!(
                (below.ln_lower() - above.ln_lower()).abs() < 1e-12 * above.ln_lower().abs().max(0.01),
                "{m} {a}"
            );
            assert!(
                (below.ln_upper() - above.ln_upper()).abs() < 1e-12 * above.ln_upper().abs().max(0.01),
                "{m} {a}"
            );
        }
    }
}
