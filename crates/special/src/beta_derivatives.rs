//! Derivatives of the incomplete beta function, and its inverses in the shapes.
use crate::gamma_derivatives::reach;
use crate::quadrature::{gauss, gauss_pair};
use crate::shape::{At, Monotone, invert};
use crate::{IncompleteBeta, digamma, ln_minus_digamma, ln1p_minus_x, trigamma};

/// I_x(a, b) and its complement at one point, derivatives and logarithmic derivatives: see [`beta_inc_derivatives`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaDerivatives {
    /// ∂I/∂a, never positive.
    pub a: f64,
    /// ∂I/∂b, never negative.
    pub b: f64,
    /// ∂I/∂x, the density.
    pub x: f64,
    /// ∂ ln I by a, b and x.
    pub ln_lower: [f64; 3],
    /// ∂ ln(1 - I) by a, b and x.
    pub ln_upper: [f64; 3],
}

/// Derivatives of I_x(a, b) and of the logarithms of both tails by shapes and argument.
///
/// ```text
/// ∂ ln I/∂a = E[ln T | T < x] - ψ(a) + ψ(a + b),    ∂ ln I/∂b = E[ln(1 - T) | T < x] - ψ(b) + ψ(a + b)
/// ```
///
/// with T of the beta law. NaN outside a, b > 0 (finite) and 0 < x < 1.
///
/// # Accuracy
/// 1e-14 of each value, tails included, beside the conditioning in `a`, `b` and `x`.
///
/// # Source
/// As [`crate::gamma_p_derivatives`]: for each shape the tail is taken where ln x - ψ(a) + ψ(a + b) and the mean of ln(T/x) have
/// one sign. The mean is a quotient of integrals over the log-odds, where the density is log-concave and analytic for |Im| < π,
/// by Gauss–Legendre rules of 20 points; beyond ±40 it is an exponential.
///
/// # Examples
/// ```
/// let d = ferronum_special::beta_inc_derivatives(1.0, 2.0, 0.5); // 1 - I = (1 - x)²
/// assert!((d.ln_upper[1] + std::f64::consts::LN_2).abs() < 1e-15);
/// assert!((d.x - 1.0).abs() < 1e-15);
/// ```
pub fn beta_inc_derivatives(a: f64, b: f64, x: f64) -> BetaDerivatives {
    if !(a > 0.0 && b > 0.0 && x > 0.0 && x < 1.0 && a.is_finite() && b.is_finite()) {
        let nan = f64::NAN;
        return BetaDerivatives { a: nan, b: nan, x: nan, ln_lower: [nan; 3], ln_upper: [nan; 3] };
    }
    let at = IncompleteBeta::new(a, b, x);
    let tails = at.tails();
    let y = 1.0 - x;
    let density = at.weight().over(x).over(y);
    let (ln_lower_x, ln_upper_x) = (tails.rate(density, true), -tails.rate(density, false));
    let point = Point { x, y, odds: x / y };
    // By a, with T < x or T > x; by b the same with the ends exchanged.
    let (slope, lower) = by_first(a, b, point);
    let (by_a, other) = tails.complement_slope(slope, lower);
    let (ln_lower_a, ln_upper_a) = if lower { (slope, other) } else { (other, slope) };
    let by_a = if lower { by_a } else { -by_a };
    let (slope, upper) = by_first(b, a, point.mirrored());
    let (by_b, other) = tails.complement_slope(slope, !upper);
    let (ln_upper_b, ln_lower_b) = if upper { (slope, other) } else { (other, slope) };
    let by_b = if upper { -by_b } else { by_b };
    BetaDerivatives {
        a: by_a,
        b: by_b,
        x: density.value(),
        ln_lower: [ln_lower_a, ln_lower_b, ln_lower_x],
        ln_upper: [ln_upper_a, ln_upper_b, ln_upper_x],
    }
}

/// x, 1 - x and their quotient.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
    odds: f64,
}

impl Point {
    fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x, odds: 1.0 / self.odds }
    }
}

/// ∂ ln I/∂a and true, or ∂ ln(1 - I)/∂a and false: whichever is a sum of one sign.
fn by_first(a: f64, b: f64, at: Point) -> (f64, bool) {
    let ln_x = if at.x > 0.5 { (-at.y).ln_1p() } else { at.x.ln() };
    let drift = drift(a, b, at, ln_x);
    if drift < 0.0 {
        (drift - mean_below(a, b, at), true)
    } else {
        (drift + mean_above(a, b, at, ln_x), false)
    }
}

/// ln x - ψ(a) + ψ(a + b), each part relative to its own size.
fn drift(a: f64, b: f64, at: Point, ln_x: f64) -> f64 {
    let n = a + b;
    if b < 0.05 * a && b < 100.0 {
        // ψ(a + b) - ψ(a) is small: the difference itself loses digits.
        return ln_x + digamma_difference(a, b);
    }
    if a < 2.0 {
        return ln_x - digamma(a) + digamma(n);
    }
    // ln(x n/a) from x n - a = b x - a y over a.
    let excess = (b * at.x - a * at.y) / a;
    let ln_ratio = if excess > -0.5 && excess < 1.0 { excess.ln_1p() } else { ln_x + (b / a).ln_1p() };
    let rest = ln_minus_digamma(a) - ln_minus_digamma(n);
    ln_ratio + rest
}

/// ψ(a + b) - ψ(a) for b small beside a: b ψ'(a + b/2), with an error b³ψ'''/24.
fn digamma_difference(a: f64, b: f64) -> f64 {
    if b < 1e-8 * a {
        return b * trigamma(a + 0.5 * b);
    }
    // ∫ ψ' over (a, a + b), by a rule of degree 39; the nearest pole is 20 b away.
    gauss(0.0, b, |t| trigamma(a + t))
}

/// E[ln(x/T) | T < x]: with log-odds u below that of x, the density is e^(au)/(1 + e^u)^(a+b).
fn mean_below(a: f64, b: f64, at: Point) -> f64 {
    let n = a + b;
    // ln(x/T) = v + ln(y + x e^(-v)) = ln(1 + y(e^v - 1)), a small number next to x = 1.
    let ratio = |v: f64| if v < 700.0 { (at.y * v.exp_m1()).ln_1p() } else { v + ln_mixture(at.x, at.y, v) };
    let exponent = |v: f64| exponent(a, b, at.x, at.y, v);
    let slope = |v: f64| {
        let e = at.odds * (-v).exp();
        a - n * (e / (1.0 + e))
    };
    // Beyond `from` the odds no longer count: ln(x/T) has a mean of its value there and 1/a.
    quotient(exponent, slope, a, ratio, |from| ratio(from) + 1.0 / a)
}

/// E[ln(T/x) | T > x].
fn mean_above(a: f64, b: f64, at: Point, ln_x: f64) -> f64 {
    let n = a + b;
    // ln((1 + o e^v)/(1 + o)) = ln(1 + x (e^v - 1)) = v + ln(1 + y (e^-v - 1)).
    let rest = |v: f64| ln_mixture(at.y, at.x, v);
    let exponent = |v: f64| exponent(b, a, at.y, at.x, v);
    let slope = |v: f64| {
        let e = (-v).exp() / at.odds;
        b - n * (e / (1.0 + e))
    };
    quotient(exponent, slope, b, |v| -rest(v), |_| -ln_x)
}

/// ln(q + p e^(-v)) for p + q = 1.
fn ln_mixture(p: f64, q: f64, v: f64) -> f64 {
    let fall = p * (-v).exp_m1();
    if fall > -0.5 { fall.ln_1p() } else { (q + p * (-v).exp()).ln() }
}

/// E = a v + (a + b) ln(q + p e^(-v)) for p + q = 1, without the cancellation near the mean p = a/(a + b): with l(z) = ln(1 + z) - z,
/// m = 1 - e^(-v) and M = e^v - 1 it is (aq - bp) m + (a+b) l(-pm) - a l(-m) = (aq - bp) M + (a+b) l(qM) - b l(M).
fn exponent(a: f64, b: f64, p: f64, q: f64, v: f64) -> f64 {
    let n = a + b;
    let tilt = a * q - b * p;
    let m = -(-v).exp_m1();
    if p <= 0.5 {
        return if m < 0.5 {
            tilt * m + (n * ln1p_minus_x(-p * m) - a * ln1p_minus_x(-m))
        } else {
            a * v + n * (-p * m).ln_1p()
        };
    }
    let rise = v.exp_m1();
    if v < 0.5 {
        tilt * rise + (n * ln1p_minus_x(q * rise) - b * ln1p_minus_x(rise))
    } else if q * rise < 1.0 {
        n * (q * rise).ln_1p() - b * v
    } else {
        a * v + n * (q + p * (-v).exp()).ln()
    }
}

/// ∫ g e^(-E)/∫ e^(-E) over (0, ∞) for a convex E that tends to a line of slope `rate`, beyond which the mean of g is `far`.
fn quotient(
    exponent: impl Fn(f64) -> f64,
    slope: impl Fn(f64) -> f64,
    rate: f64,
    g: impl Fn(f64) -> f64,
    far: impl Fn(f64) -> f64,
) -> f64 {
    let top = reach(&exponent, &slope, 45.0 / rate);
    // E bends where the odds are 1, at v < 709 (x is no smaller than 1e-308); 40 beyond it all is exponential.
    let limit = top.min(800.0);
    let panels = (limit / 1.5).clamp(6.0, 600.0).ceil();
    let step = limit / panels;
    let (mut zeroth, mut first) = (0.0, 0.0);
    for i in 0..panels as usize {
        let lo = step * i as f64;
        let (mass, moment) = gauss_pair(lo, lo + step, |v| {
            let e = (-exponent(v)).exp();
            (e, g(v) * e)
        });
        zeroth += mass;
        first += moment;
    }
    if top > limit {
        let mass = (-exponent(limit)).exp() / rate;
        zeroth += mass;
        first += mass * far(limit);
    }
    first / zeroth
}

/// The `a` with I_x(a, b) = p: ∞ at p = 0, 0 at p = 1, NaN unless b > 0 and 0 < x < 1.
///
/// # Accuracy
/// That of I divided by its slope in ln a: a few ulp where that slope is about 1.
///
/// # Source
/// Newton's method for the logarithm of the smaller tail in ln a, safeguarded by bisection.
///
/// # Examples
/// ```
/// let a = ferronum_special::beta_inc_inv_a(1.0, 0.5, 0.125); // x^a = p
/// assert!((a - 3.0).abs() < 1e-14);
/// ```
pub fn beta_inc_inv_a(b: f64, x: f64, p: f64) -> f64 {
    first_shape(b, x, p, 1.0 - p)
}

/// The `a` with 1 - I_x(a, b) = q.
///
/// # Examples
/// ```
/// let a = ferronum_special::beta_inc_c_inv_a(1.0, 0.5, 1e-20); // 1 - x^a = q
/// assert!((a * std::f64::consts::LN_2 / 1e-20 - 1.0).abs() < 1e-14);
/// ```
pub fn beta_inc_c_inv_a(b: f64, x: f64, q: f64) -> f64 {
    first_shape(b, x, 1.0 - q, q)
}

/// The `b` with I_x(a, b) = p: 0 at p = 0, ∞ at p = 1, NaN unless a > 0 and 0 < x < 1.
///
/// # Examples
/// ```
/// let b = ferronum_special::beta_inc_inv_b(1.0, 0.5, 0.875); // 1 - (1 - x)^b = p
/// assert!((b - 3.0).abs() < 1e-14);
/// ```
pub fn beta_inc_inv_b(a: f64, x: f64, p: f64) -> f64 {
    second_shape(a, x, p, 1.0 - p)
}

/// The `b` with 1 - I_x(a, b) = q.
///
/// # Examples
/// ```
/// let b = ferronum_special::beta_inc_c_inv_b(1.0, 0.5, 1e-30); // (1 - x)^b = q
/// assert!((b * std::f64::consts::LN_2 / 69.07755278982137 - 1.0).abs() < 1e-15);
/// ```
pub fn beta_inc_c_inv_b(a: f64, x: f64, q: f64) -> f64 {
    second_shape(a, x, 1.0 - q, q)
}

fn in_domain(shape: f64, x: f64, p: f64, q: f64) -> bool {
    shape > 0.0
        && shape < f64::INFINITY
        && x > 0.0
        && x < 1.0
        && (0.0..=1.0).contains(&p)
        && (0.0..=1.0).contains(&q)
}

fn first_shape(b: f64, x: f64, p: f64, q: f64) -> f64 {
    if !in_domain(b, x, p, q) {
        return f64::NAN;
    }
    if p == 0.0 || q == 0.0 {
        return if p == 0.0 { f64::INFINITY } else { 0.0 };
    }
    let lower = p <= q;
    invert(b * x / (1.0 - x), Monotone { rising: !lower, target: p.min(q) }, |a| at(a, b, x, lower, false))
}

fn second_shape(a: f64, x: f64, p: f64, q: f64) -> f64 {
    if !in_domain(a, x, p, q) {
        return f64::NAN;
    }
    if p == 0.0 || q == 0.0 {
        return if p == 0.0 { 0.0 } else { f64::INFINITY };
    }
    let lower = p <= q;
    invert(a * (1.0 - x) / x, Monotone { rising: lower, target: p.min(q) }, |b| at(a, b, x, lower, true))
}

/// The lower or upper tail as a function of `a` (or of `b` if `second`).
fn at(a: f64, b: f64, x: f64, lower: bool, second: bool) -> At {
    let at = IncompleteBeta::new(a, b, x);
    let point = Point { x, y: 1.0 - x, odds: x / (1.0 - x) };
    let (slope, same) = if second { by_first(b, a, point.mirrored()) } else { by_first(a, b, point) };
    // `same` says whether the slope is that of the tail below the point, in the mirrored sense for `b`.
    let of_lower = same != second;
    let slope = if of_lower == lower { slope } else { at.tails().complement_slope(slope, of_lower).1 };
    let slope = slope * if second { b } else { a };
    if lower {
        At { value: at.lower(), ln: at.ln_lower(), slope }
    } else {
        At { value: at.upper(), ln: at.ln_upper(), slope }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{beta_inc, beta_inc_c};

    #[test]
    fn outside_the_domain() {
        for (a, b, x) in
            [(0.0, 1.0, 0.5), (1.0, 0.0, 0.5), (1.0, 1.0, 0.0), (1.0, 1.0, 1.0), (f64::NAN, 1.0, 0.5)]
        {
            assert!(beta_inc_derivatives(a, b, x).a.is_nan(), "{a} {b} {x}");
        }
        assert_eq!((beta_inc_inv_a(2.0, 0.5, 0.0), beta_inc_inv_a(2.0, 0.5, 1.0)), (f64::INFINITY, 0.0));
        assert_eq!((beta_inc_inv_b(2.0, 0.5, 0.0), beta_inc_inv_b(2.0, 0.5, 1.0)), (0.0, f64::INFINITY));
        for f in [beta_inc_inv_a, beta_inc_inv_b, beta_inc_c_inv_a, beta_inc_c_inv_b] {
            for (s, x, p) in [(0.0, 0.5, 0.5), (1.0, 0.0, 0.5), (1.0, 0.5, 1.5), (1.0, f64::NAN, 0.5)] {
                assert!(f(s, x, p).is_nan(), "{s} {x} {p}");
            }
        }
    }

    #[test]
    fn closed_forms() {
        // b = 1: I = x^a; a = 1: 1 - I = (1 - x)^b.
        for a in [1e-5, 0.7, 3.0, 2e4] {
            for x in [1e-10, 0.2, 0.9, 0.999] {
                let ln_x = f64::ln(x);
                let d = beta_inc_derivatives(a, 1.0, x);
                assert!((d.ln_lower[0] / ln_x - 1.0).abs() < 1e-14, "{a} {x} {:e}", d.ln_lower[0]);
                let d = beta_inc_derivatives(1.0, a, x);
                assert!((d.ln_upper[1] / f64::ln_1p(-x) - 1.0).abs() < 1e-14, "{a} {x} {:e}", d.ln_upper[1]);
            }
        }
    }

    #[test]
    fn inverses_return_the_shapes() {
        for (a, b) in [(0.01, 3.0), (2.0, 0.7), (40.0, 300.0), (1e5, 2e3)] {
            for x in [0.5 * a / (a + b), a / (a + b), 0.5 + 0.5 * a / (a + b)] {
                let (p, q) = (beta_inc(a, b, x), beta_inc_c(a, b, x));
                if p < 1e-290 || q < 1e-290 {
                    continue;
                }
                let found = if p < q {
                    [beta_inc_inv_a(b, x, p), beta_inc_inv_b(a, x, p)]
                } else {
                    [beta_inc_c_inv_a(b, x, q), beta_inc_c_inv_b(a, x, q)]
                };
                let d = beta_inc_derivatives(a, b, x);
                let slopes = if p < q { d.ln_lower } else { d.ln_upper };
                for (found, (shape, slope)) in found.into_iter().zip([(a, slopes[0]), (b, slopes[1])]) {
                    let allowed = 2e-14 / (slope * shape).abs().min(1.0) + 1e-14;
                    assert!((found / shape - 1.0).abs() < allowed, "{a} {b} {x}: {found:e} {shape:e}");
                }
            }
        }
    }
}
