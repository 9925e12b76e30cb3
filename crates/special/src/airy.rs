//! Airy functions of real argument.
use crate::Scaled;
use crate::bessel::integral_k;
use crate::double_trig::{PI, sin_cos_phase};
use ferronum_dd::Dd;
use std::f64::consts::FRAC_2_SQRT_PI;

/// Ai(0) and -Ai'(0), DLMF 9.2.3–4 (mpmath, 60 digits).
const AI_0: Dd = Dd::from_parts(0.3550280538878172, 2.05233632436212e-17);
const MINUS_AI_PRIME_0: Dd = Dd::from_parts(0.2588194037928068, -2.522243111610832e-17);
const SQRT_3: Dd = Dd::from_parts(1.7320508075688772, 1.0035084221806903e-16);

/// ξ = 30 at this |x|: asymptotic expansions from here on.
const FAR: f64 = 12.66;

/// Ai, Ai', Bi and Bi' at one point.
pub(crate) struct Airy {
    pub ai: Scaled,
    pub ai_prime: Scaled,
    pub bi: Scaled,
    pub bi_prime: Scaled,
}

/// ξ = ⅔|x|^(3/2).
fn xi(x: Dd) -> Dd {
    x.abs().sqrt() * x.abs() * 2.0 / 3.0
}

/// All four functions, relative to their size for x > 0 and to the amplitude |Ai + i Bi| for x < 0.
pub(crate) fn evaluate(x: Dd) -> Airy {
    let hi = x.hi();
    if hi.is_nan() {
        let nan = Scaled::plain(f64::NAN);
        return Airy { ai: nan, ai_prime: nan, bi: nan, bi_prime: nan };
    }
    if hi > FAR {
        return far_right(x);
    }
    if hi < -FAR {
        return far_left(x);
    }
    let near = maclaurin(x);
    if hi < 1.4 {
        return near;
    }
    // Ai is the small difference of large series here: K of order ⅓ and ⅔ instead, DLMF 9.6.2–3.
    let xi = xi(x);
    let (third, two_thirds) = integral_k(-1.0 / 3.0, xi.to_f64());
    let ai = std::f64::consts::FRAC_1_PI * (hi / 3.0).sqrt() * third;
    let ai_prime = -std::f64::consts::FRAC_1_PI * hi / SQRT_3.hi() * two_thirds;
    Airy {
        ai: Scaled { mantissa: ai, exponent: -xi },
        ai_prime: Scaled { mantissa: ai_prime, exponent: -xi },
        ..near
    }
}

/// DLMF 9.4.1–4 in double-double for |x| ≤ 12.66: the terms reach e³⁰, and 19 digits of the amplitude are left at x = -12.66.
fn maclaurin(x: Dd) -> Airy {
    let cube = x * x * x;
    let square = x * x;
    // f = Σ a_k x^3k, g = Σ b_k x^(3k+1); f' = Σ 3k a_k x^(3k-1), g' = Σ (3k + 1) b_k x^3k.
    let (mut f, mut g, mut f_prime, mut g_prime) = (Dd::ONE, Dd::ONE, Dd::ZERO, Dd::ONE);
    let (mut a, mut b) = (Dd::ONE, Dd::ONE);
    for k in 1..100 {
        let n = f64::from(3 * k);
        // 3k a_k x^(3k-1) = a_(k-1) x^(3k-3) x²/(3k - 1).
        let slope = a * square / (n - 1.0);
        a = a * cube / (n * (n - 1.0));
        b = b * cube / (n * (n + 1.0));
        f += a;
        f_prime += slope;
        g += b;
        g_prime += b * (n + 1.0);
        if a.hi().abs() < 1e-24 && slope.hi().abs() < 1e-24 && b.hi().abs() < 1e-24 {
            break;
        }
    }
    let g = g * x;
    let (left, right) = (f * AI_0, g * MINUS_AI_PRIME_0);
    let (left_prime, right_prime) = (f_prime * AI_0, g_prime * MINUS_AI_PRIME_0);
    let plain = |value: Dd| Scaled::plain(value.to_f64());
    Airy {
        ai: plain(left - right),
        ai_prime: plain(left_prime - right_prime),
        bi: plain((left + right) * SQRT_3),
        bi_prime: plain((left_prime + right_prime) * SQRT_3),
    }
}

/// Σ u_k/ξ^k and Σ v_k/ξ^k (DLMF 9.7.2), given term by term. For ξ ≥ 30 the terms fall to e^-60.
fn expansion(xi: f64, mut add: impl FnMut(u32, f64, f64)) {
    let mut u = 1.0;
    add(0, 1.0, 1.0);
    for k in 1..60u32 {
        let n = f64::from(6 * k);
        u *= (n - 5.0) / 216.0 * (n - 3.0) * (n - 1.0) / (f64::from(k) * f64::from(2 * k - 1) * xi);
        add(k, u, -u * (n + 1.0) / (n - 1.0));
        if u < 1e-18 {
            break;
        }
    }
}

/// DLMF 9.7.5–8.
fn far_right(x: Dd) -> Airy {
    let xi = xi(x);
    let (mut u_plus, mut u_minus, mut v_plus, mut v_minus) = (0.0, 0.0, 0.0, 0.0);
    expansion(xi.to_f64(), |k, u, v| {
        let sign = if k & 1 == 0 { 1.0 } else { -1.0 };
        u_plus += u;
        v_plus += v;
        u_minus += sign * u;
        v_minus += sign * v;
    });
    let root = x.hi().sqrt().sqrt();
    let half = 0.5 * FRAC_2_SQRT_PI;
    let scaled = |mantissa: f64, exponent: Dd| Scaled { mantissa, exponent };
    Airy {
        ai: scaled(0.5 * half / root * u_minus, -xi),
        ai_prime: scaled(-0.5 * half * root * v_minus, -xi),
        bi: scaled(half / root * u_plus, xi),
        bi_prime: scaled(half * root * v_plus, xi),
    }
}

/// DLMF 9.7.9–12.
fn far_left(x: Dd) -> Airy {
    // Beyond 1e200 ξ might overflow; its phase has long been unknown, and the amplitude is right.
    let xi = xi(if x.hi() < -1e200 { Dd::from(-1e200) } else { x });
    let (mut u_even, mut u_odd, mut v_even, mut v_odd) = (0.0, 0.0, 0.0, 0.0);
    expansion(xi.to_f64(), |k, u, v| {
        let sign = if k & 2 == 0 { 1.0 } else { -1.0 };
        if k & 1 == 0 {
            u_even += sign * u;
            v_even += sign * v;
        } else {
            u_odd += sign * u;
            v_odd += sign * v;
        }
    });
    let (s, c) = sin_cos_phase(xi - PI * 0.25);
    let root = (-x.hi()).sqrt().sqrt();
    let half = 0.5 * FRAC_2_SQRT_PI;
    Airy {
        ai: Scaled::plain(half / root * (c * u_even + s * u_odd)),
        ai_prime: Scaled::plain(half * root * (s * v_even - c * v_odd)),
        bi: Scaled::plain(half / root * (c * u_odd - s * u_even)),
        bi_prime: Scaled::plain(half * root * (c * v_even + s * v_odd)),
    }
}

/// Value at x where the function has a limit at ±∞, and nothing else is to be computed.
fn at(x: f64, value: impl Fn(&Airy) -> Scaled, minus_infinity: f64, infinity: f64) -> f64 {
    if x == f64::INFINITY {
        infinity
    } else if x == f64::NEG_INFINITY {
        minus_infinity
    } else {
        value(&evaluate(Dd::from(x))).value()
    }
}

/// The same multiplied by e^(±ξ) for x > 0.
fn at_scaled(x: f64, value: impl Fn(&Airy) -> Scaled, sign: f64, minus_infinity: f64, infinity: f64) -> f64 {
    let scaled = |airy: &Airy| {
        let plain = value(airy);
        let shift = if x > 0.0 { xi(Dd::from(x)) * sign } else { Dd::ZERO };
        // Both exponents are the same number far out, and cancel.
        Scaled { exponent: if x > FAR { Dd::ZERO } else { plain.exponent + shift }, ..plain }
    };
    at(x, scaled, minus_infinity, infinity)
}

/// Airy function Ai(x), the solution of w'' = x w that falls for x > 0.
///
/// ```text
/// Ai(x) = 1/π ∫₀^∞ cos(t³/3 + x t) dt
/// ```
///
/// 0 at ±∞.
///
/// # Accuracy
/// 4 ulp for x > -2, beside the conditioning in x; for x < 0 relative to the amplitude, up to the conditioning in x next to zeros.
///
/// # Source
/// |x| < 12.66 (ξ = ⅔|x|^(3/2) < 30): the Maclaurin series DLMF 9.4 in double-double; for x > 1.4 the integral of K of order ⅓
/// (DLMF 9.6.2, 10.32.9) by the trapezoidal rule. Beyond: the expansions DLMF 9.7.5–12.
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_ai(1.0) / 0.1352924163128814 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_ai(x: f64) -> f64 {
    at(x, |airy| airy.ai, 0.0, 0.0)
}

/// Derivative Ai'(x). 0 at ∞, NaN at -∞. See [`airy_ai`] for accuracy and method.
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_ai_prime(1.0) / -0.1591474412967932 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_ai_prime(x: f64) -> f64 {
    at(x, |airy| airy.ai_prime, f64::NAN, -0.0)
}

/// Airy function Bi(x), the solution of w'' = x w that grows for x > 0. 0 at -∞, ∞ at ∞. See [`airy_ai`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_bi(1.0) / 1.207423594952871 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_bi(x: f64) -> f64 {
    at(x, |airy| airy.bi, 0.0, f64::INFINITY)
}

/// Derivative Bi'(x). ∞ at ∞, NaN at -∞. See [`airy_ai`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_bi_prime(1.0) / 0.9324359333927756 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_bi_prime(x: f64) -> f64 {
    at(x, |airy| airy.bi_prime, f64::NAN, f64::INFINITY)
}

/// e^ξ Ai(x) with ξ = ⅔x^(3/2) for x > 0, which does not underflow; Ai(x) itself for x ≤ 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_ai_scaled(1e4) / 0.028209476238902756 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_ai_scaled(x: f64) -> f64 {
    at_scaled(x, |airy| airy.ai, 1.0, 0.0, 0.0)
}

/// e^ξ Ai'(x) for x > 0, Ai'(x) itself for x ≤ 0. See [`airy_ai_scaled`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_ai_prime_scaled(1e4) / -2.820948329126741 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_ai_prime_scaled(x: f64) -> f64 {
    at_scaled(x, |airy| airy.ai_prime, 1.0, f64::NAN, f64::NEG_INFINITY)
}

/// e^-ξ Bi(x) with ξ = ⅔x^(3/2) for x > 0, which does not overflow; Bi(x) itself for x ≤ 0.
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_bi_scaled(1e4) / 0.05641896423175517 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_bi_scaled(x: f64) -> f64 {
    at_scaled(x, |airy| airy.bi, -1.0, 0.0, 0.0)
}

/// e^-ξ Bi'(x) for x > 0, Bi'(x) itself for x ≤ 0. See [`airy_bi_scaled`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::airy_bi_prime_scaled(1e4) / 5.641895012700529 - 1.0).abs() < 1e-15);
/// ```
pub fn airy_bi_prime_scaled(x: f64) -> f64 {
    at_scaled(x, |airy| airy.bi_prime, -1.0, f64::NAN, f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    const INF: f64 = f64::INFINITY;

    #[test]
    fn special_values() {
        assert_eq!((airy_ai(INF), airy_ai(-INF), airy_bi(INF), airy_bi(-INF)), (0.0, 0.0, INF, 0.0));
        assert_eq!((airy_ai_prime(INF), airy_bi_prime(INF)), (0.0, INF));
        assert_eq!((airy_ai(1e300), airy_bi(1e300), airy_ai(200.0), airy_bi(200.0)), (0.0, INF, 0.0, INF));
        assert_eq!((airy_ai_scaled(-2.0), airy_bi_scaled(-2.0)), (airy_ai(-2.0), airy_bi(-2.0)));
        let functions = [
            airy_ai,
            airy_ai_prime,
            airy_bi,
            airy_bi_prime,
            airy_ai_scaled,
            airy_ai_prime_scaled,
            airy_bi_scaled,
            airy_bi_prime_scaled,
        ];
        for f in functions {
            assert!(f(f64::NAN).is_nan());
            for x in [-1e308, -1e20, -1e-310, 0.0, 5e-324, 1e20, 1e308] {
                assert!(!f(x).is_nan(), "{x:e}");
            }
        }
    }

    #[test]
    fn wronskian_on_both_sides_of_the_borders() {
        // Ai Bi' - Ai' Bi = 1/π (DLMF 9.2.7).
        for border in [-FAR, 1.4, FAR] {
            for x in [border.next_down(), border, border.next_up(), border + 0.1, border - 0.1] {
                let wronskian =
                    airy_ai_scaled(x) * airy_bi_prime_scaled(x) - airy_ai_prime_scaled(x) * airy_bi_scaled(x);
                assert_lre!(wronskian, std::f64::consts::FRAC_1_PI, 15.0, "{x}");
            }
        }
    }
}
