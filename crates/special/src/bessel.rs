//! Bessel functions of real order and real argument.
mod debye;
mod fast;
mod hankel;
mod orders;
mod small;

pub use orders::{
    bessel_i0, bessel_i0_scaled, bessel_i1, bessel_i1_scaled, bessel_j0, bessel_j1, bessel_k0,
    bessel_k0_scaled, bessel_k1, bessel_k1_scaled, bessel_y0, bessel_y1,
};
pub(crate) use small::integral as integral_k;

use crate::Scaled;
use crate::double_trig::sin_cos_pi;
use ferronum_dd::Dd;

/// The method for an order ν ≥ 0 and 0 < x < ∞.
enum Region {
    /// Order 0, or order 1 where true.
    Fast(bool),
    Small,
    Hankel,
    Debye,
}

fn region(nu: f64, x: f64) -> Region {
    if (nu == 0.0 || nu == 1.0) && x > 1e-290 {
        Region::Fast(nu == 1.0)
    } else if nu < 30.0 {
        if x < 30.0 { Region::Small } else { Region::Hankel }
    } else if x / nu > nu {
        Region::Hankel
    } else {
        Region::Debye
    }
}

/// J_ν(x), for ν ≥ 0 finite and 0 < x < ∞.
fn j_positive(nu: f64, x: f64) -> Scaled {
    match region(nu, x) {
        Region::Fast(first) => Scaled::plain(fast::j(first, x)),
        Region::Small => small::j(nu, x),
        Region::Hankel => Scaled::plain(hankel::jy(nu, x).0),
        Region::Debye => debye::jy(nu, x).0,
    }
}

/// Y_ν(x) likewise.
fn y_positive(nu: f64, x: f64) -> Scaled {
    match region(nu, x) {
        Region::Fast(first) => Scaled::plain(fast::y(first, x)),
        Region::Small => small::y(nu, x),
        Region::Hankel => Scaled::plain(hankel::jy(nu, x).1),
        Region::Debye => debye::jy(nu, x).1,
    }
}

/// e^-x I_ν(x) likewise.
fn i_positive(nu: f64, x: f64) -> Scaled {
    match region(nu, x) {
        Region::Fast(first) => fast::i_scaled(first, x),
        Region::Small => small::i_scaled(nu, x),
        // Hankel's expansion leaves out the second solution, e^(-2x + ν²/x) of I: the series up to x = 34 at ν = 30.
        Region::Hankel if 2.0 * x - nu / x * nu < 42.0 => small::i_scaled(nu, x),
        Region::Hankel => hankel::i_scaled(nu, x),
        Region::Debye => debye::i_scaled(nu, x),
    }
}

/// e^x K_ν(x) likewise.
fn k_positive(nu: f64, x: f64) -> Scaled {
    match region(nu, x) {
        Region::Fast(first) => fast::k_scaled(first, x),
        Region::Small => small::k_scaled(nu, x),
        Region::Hankel => hankel::k_scaled(nu, x),
        Region::Debye => debye::k_scaled(nu, x),
    }
}

fn is_integer(nu: f64) -> bool {
    nu.fract() == 0.0
}

/// (-1)^n f(-x) for an integer order and x < 0, NaN for another order.
fn reflect(nu: f64, x: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
    if !is_integer(nu) {
        f64::NAN
    } else if (nu * 0.5).fract() == 0.0 {
        f(nu, -x)
    } else {
        -f(nu, -x)
    }
}

/// J_ν(0) and I_ν(0): 1 for ν = 0, 0 for ν > 0 and negative integers, otherwise ±∞ with the sign of 1/Γ(ν + 1).
fn at_zero(nu: f64) -> f64 {
    if nu == 0.0 {
        1.0
    } else if nu > 0.0 || is_integer(nu) {
        0.0
    } else if nu.floor().rem_euclid(2.0) == 1.0 {
        f64::INFINITY // -1 < ν < 0, -3 < ν < -2, …
    } else {
        f64::NEG_INFINITY
    }
}

/// a·α + b·β where a term with a zero factor is left out, so that 0·∞ is 0.
fn combine(a: f64, alpha: Scaled, b: f64, beta: Scaled) -> f64 {
    let part = |factor: f64, value: Scaled| if factor == 0.0 { 0.0 } else { value.times(factor).value() };
    part(a, alpha) + part(b, beta)
}

/// Bessel function of the first kind J_ν(x).
///
/// ```text
/// x² y″ + x y′ + (x² - ν²) y = 0,    J_ν(x) = (x/2)^ν Σ_k (-x²/4)^k / (k! Γ(ν + k + 1))
/// ```
///
/// For x < 0 real only for integer ν, otherwise NaN. J_ν(0) is 1 for ν = 0, 0 for ν > 0 and for integers, ±∞ for other negative
/// orders; 0 at ±∞. Orders from 0 to beyond 1e15.
///
/// # Accuracy
/// 4 ulp of the value (x < ν) or of the amplitude √(J² + Y²) (x > ν), beside the conditioning in ν and x.
///
/// # Source
/// * ν, x < 30: the power series in double-double, DLMF 10.2.2;
/// * x ≥ 30 > ν, or x > ν²: Hankel's expansion DLMF 10.17.3, the phase reduced in double-double;
/// * otherwise with ξ = ν|∫₁^(x/ν) √|1 - t²|/t dt|: ξ ≥ 30 Debye's expansions DLMF 10.19.3 and 10.19.6; ξ < 30 Olver's uniform
///   expansion in Airy functions DLMF 10.20.4;
/// * ν = 0 and 1: polynomials, for x > 5 those of Hankel's modulus form, interpolated in 60 digits;
/// * ν < 0: DLMF 10.4.7.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_j(2.5, 10.0) / 0.19665848358181841 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_j(nu: f64, x: f64) -> f64 {
    if nu.is_nan() || x.is_nan() || (nu.is_infinite() && (x.is_infinite() || nu < 0.0)) {
        f64::NAN
    } else if x < 0.0 && !nu.is_infinite() {
        reflect(nu, x, bessel_j)
    } else if x == f64::INFINITY || nu == f64::INFINITY {
        0.0
    } else if x == 0.0 {
        at_zero(nu)
    } else if nu >= 0.0 {
        j_positive(nu, x).value()
    } else if is_integer(nu) {
        let j = j_positive(-nu, x).value();
        if (nu * 0.5).fract() == 0.0 { j } else { -j }
    } else {
        let (sine, cosine) = sin_cos_pi(-nu);
        combine(cosine, j_positive(-nu, x), -sine, y_positive(-nu, x))
    }
}

/// Bessel function of the second kind Y_ν(x), x > 0.
///
/// -∞ at x = 0 (for ν < 0 the limit from the right), 0 at ∞, NaN for x < 0.
///
/// # Accuracy
/// As [`bessel_j`].
///
/// # Source
/// As [`bessel_j`]; ν, x < 30: Temme's series (*J. Comput. Phys.* 21 (1976) 343–350) in double-double at an order |μ| ≤ ½, and
/// the recurrence upwards, which is stable.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_y(2.5, 10.0) / -0.16417847961494106 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_y(nu: f64, x: f64) -> f64 {
    if nu.is_nan() || x.is_nan() || x < 0.0 || (nu.is_infinite() && (x.is_infinite() || nu < 0.0)) {
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return 0.0;
    }
    if nu == f64::INFINITY || (x == 0.0 && nu >= 0.0) {
        return f64::NEG_INFINITY;
    }
    if nu >= 0.0 {
        return y_positive(nu, x).value();
    }
    // Y_-ν = sin νπ J_ν + cos νπ Y_ν, DLMF 10.4.8.
    let (sine, cosine) = sin_cos_pi(-nu);
    if x == 0.0 {
        return if cosine == 0.0 { 0.0 } else { f64::NEG_INFINITY.copysign(-cosine) };
    }
    combine(sine, j_positive(-nu, x), cosine, y_positive(-nu, x))
}

/// The domain shared by the two forms of I: `finish` gets e^-|x| I_ν(|x|) for x ≠ 0 and ν ≥ 0.
fn i_with(nu: f64, x: f64, infinity: f64, finish: impl Fn(Scaled, f64) -> f64) -> f64 {
    if nu.is_nan() || x.is_nan() || (nu.is_infinite() && (x.is_infinite() || nu < 0.0)) {
        return f64::NAN;
    }
    if nu == f64::INFINITY {
        return 0.0;
    }
    if x < 0.0 {
        return reflect(nu, x, |nu, x| i_with(nu, x, infinity, &finish as &dyn Fn(Scaled, f64) -> f64));
    }
    if x == 0.0 {
        return at_zero(nu);
    }
    if x == f64::INFINITY {
        return infinity;
    }
    let order = nu.abs();
    let i = finish(i_positive(order, x), x);
    if nu >= 0.0 || is_integer(nu) {
        return i;
    }
    // I_-ν = I_ν + (2/π) sin νπ K_ν, DLMF 10.27.2.
    let k = k_positive(order, x);
    let k = Scaled { exponent: k.exponent - x - x, ..k };
    let (sine, _) = sin_cos_pi(order);
    i + finish(k.times(std::f64::consts::FRAC_2_PI * sine), x)
}

/// Modified Bessel function of the first kind I_ν(x).
///
/// ```text
/// I_ν(x) = (x/2)^ν Σ_k (x²/4)^k / (k! Γ(ν + k + 1))
/// ```
///
/// For x < 0 real only for integer ν, otherwise NaN. I_ν(0) is 1 for ν = 0, 0 for ν > 0; ∞ at ∞.
///
/// # Accuracy
/// 4 ulp, beside the conditioning in ν and x.
///
/// # Source
/// ν, x < 30: the power series; x ≥ 30 > ν, or x > ν²: DLMF 10.40.1; otherwise Debye's uniform expansion DLMF 10.41.3 with its
/// exponent in double-double. ν = 0 and 1: polynomials interpolated in 60 digits. ν < 0: DLMF 10.27.2.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i(2.5, 10.0) / 2028.5127573919357 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i(nu: f64, x: f64) -> f64 {
    i_with(nu, x, f64::INFINITY, |i, x| Scaled { exponent: i.exponent + x, ..i }.value())
}

/// e^-|x| I_ν(x), which does not overflow. 0 at ∞. See [`bessel_i`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i_scaled(2.5, 1000.0) / 0.012577853469258328 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i_scaled(nu: f64, x: f64) -> f64 {
    i_with(nu, x, 0.0, |i, _| i.value())
}

/// e^-x I_ν(x) for ν ≥ 0 and 0 < x < ∞ over any range of exponents, for densities in which it meets a power that cancels it; NaN
/// outside that domain.
///
/// # Examples
/// ```
/// let i = ferronum_special::bessel_i_wide(1e4, 1.0);
/// assert_eq!(i.value(), 0.0);
/// assert!((i.ln() / -89041.399617416306 - 1.0).abs() < 1e-14);
/// ```
pub fn bessel_i_wide(nu: f64, x: f64) -> Scaled {
    if (0.0..f64::INFINITY).contains(&nu) && x > 0.0 && x < f64::INFINITY {
        i_positive(nu, x)
    } else {
        Scaled::plain(f64::NAN)
    }
}

/// ln I_ν(x) for ν ≥ 0, x ≥ 0, right where I_ν itself under- or overflows; NaN for ν < 0 or x < 0.
///
/// -∞ at x = 0 for ν > 0, 0 for ν = 0.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_bessel_i(100.0, 1e-3);
/// assert!((ln / -1123.8296215072965 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_bessel_i(nu: f64, x: f64) -> f64 {
    if !(nu >= 0.0 && x >= 0.0) || (nu == f64::INFINITY && x == f64::INFINITY) {
        f64::NAN
    } else if nu == f64::INFINITY || x == 0.0 {
        if nu == 0.0 { 0.0 } else { f64::NEG_INFINITY }
    } else if x == f64::INFINITY {
        x
    } else if nu == 0.0 && x <= 1.0 {
        fast::i0_minus_one(x).ln_1p()
    } else if nu < 1.0 && nu > 0.0 && x < 5.0 {
        small::ln_i(nu, x)
    } else {
        let i = i_positive(nu, x);
        Scaled { exponent: i.exponent + x, ..i }.ln()
    }
}

/// I_(ν+1)(x) / I_ν(x) for ν ≥ 0, the mean resultant length of a von Mises–Fisher distribution; odd in x.
///
/// 0 at x = 0, ±1 at ±∞; NaN for ν < 0.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// ν = 0: the quotient of I₁ and I₀. Otherwise, x < 30 or x ≤ ν: the continued fraction DLMF 10.33.1. Otherwise the quotient of the two values, their exponents subtracted in
/// double-double. Next to 0 the leading term x/(2ν + 2).
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_i_ratio(0.0, 2.0) / 0.697774657964008 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_i_ratio(nu: f64, x: f64) -> f64 {
    if x.is_nan() || nu.is_nan() || nu < 0.0 || (nu.is_infinite() && x.is_infinite()) {
        return f64::NAN;
    }
    let size = x.abs();
    if nu == f64::INFINITY || size == 0.0 {
        return 0.0 * x;
    }
    if size == f64::INFINITY {
        return 1f64.copysign(x);
    }
    // Amos's bounds (Math. Comp. 28 (1974) 239–251): the ratio is x/(c + √(c² + x²)) with ν + ½ < c < ν + 1.
    if size < 1e-9 * (nu + 1.0) {
        return 0.5 * x / (nu + 1.0);
    }
    if nu == 0.0 {
        let (below, above) = (fast::i_scaled(false, size), fast::i_scaled(true, size));
        return (above.mantissa / below.mantissa).min(1.0).copysign(x);
    }
    if size < 30.0 || size <= nu {
        return ratio_fraction(nu, size).copysign(x);
    }
    let next = Dd::sum(nu, 1.0);
    let (below, above) = (i_positive(nu, size), i_positive(next.hi(), size));
    let ratio =
        Scaled { mantissa: above.mantissa / below.mantissa, exponent: above.exponent - below.exponent };
    // ∂ ln I_ν/∂ν ≈ -asinh(ν/x) makes up for the rounding of ν + 1.
    let ratio = ratio.times(1.0 - next.lo() * (nu / size).asinh());
    ratio.value().min(1.0).copysign(x)
}

/// 1/(2(ν+1)/x + 1/(2(ν+2)/x + …)) from its end, all terms positive.
///
/// Each level shrinks an error by the square of its own ratio, which is below x/(2(ν+k)): after 45 + 1.5x levels less than 1e-17
/// is left of the error of the last ratio, itself bounded after Amos.
fn ratio_fraction(nu: f64, x: f64) -> f64 {
    let levels = if x < 30.0 { 45 + (1.5 * x) as u32 } else { 45 };
    let end = nu + f64::from(levels) + 0.5;
    let mut ratio = x / (end + end.hypot(x));
    for k in (1..=levels).rev() {
        ratio = 1.0 / (2.0 * ((nu + f64::from(k)) / x) + ratio);
    }
    ratio
}

/// The domain of K: `finish` gets e^x K_|ν|(x).
fn k_with(nu: f64, x: f64, infinity: f64, finish: impl Fn(Scaled, f64) -> f64) -> f64 {
    if nu.is_nan() || x.is_nan() || x < 0.0 || (nu.is_infinite() && x.is_infinite()) {
        f64::NAN
    } else if x == f64::INFINITY {
        infinity
    } else if x == 0.0 || nu.is_infinite() {
        f64::INFINITY
    } else {
        finish(k_positive(nu.abs(), x), x)
    }
}

/// Modified Bessel function of the second kind K_ν(x), x > 0; even in ν.
///
/// ```text
/// K_ν(x) = ∫₀^∞ exp(-x cosh t) cosh(νt) dt
/// ```
///
/// ∞ at 0, 0 at ∞, NaN for x < 0.
///
/// # Accuracy
/// 4 ulp, beside the conditioning in ν and x.
///
/// # Source
/// ν, x < 30: x ≤ 1 Temme's series (*J. Comput. Phys.* 19 (1975) 324–337), x > 1 the integral DLMF 10.32.9 by the trapezoidal rule,
/// both at an order |μ| ≤ ½ and carried upwards by the recurrence; ν = 0 and 1 by polynomials interpolated in 60 digits. x ≥ 30 > ν, or x > ν²: DLMF 10.40.2. Otherwise DLMF 10.41.4.
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k(2.5, 10.0) / 2.393132586462789e-5 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k(nu: f64, x: f64) -> f64 {
    k_with(nu, x, 0.0, |k, x| Scaled { exponent: k.exponent - x, ..k }.value())
}

/// e^x K_ν(x), which does not underflow. See [`bessel_k`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::bessel_k_scaled(2.5, 1000.0) / 0.03975229169480722 - 1.0).abs() < 1e-15);
/// ```
pub fn bessel_k_scaled(nu: f64, x: f64) -> f64 {
    k_with(nu, x, 0.0, |k, _| k.value())
}

/// ln K_ν(x), right where K_ν itself under- or overflows.
///
/// # Examples
/// ```
/// let ln = ferronum_special::ln_bessel_k(100.0, 1e-3);
/// assert!((ln / 1118.5313041406984 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_bessel_k(nu: f64, x: f64) -> f64 {
    k_with(nu, x, f64::NEG_INFINITY, |k, x| Scaled { exponent: k.exponent - x, ..k }.ln())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    const INF: f64 = f64::INFINITY;

    #[test]
    fn special_values() {
        assert_eq!((bessel_j(0.0, 0.0), bessel_j(2.5, 0.0), bessel_j(-2.0, 0.0)), (1.0, 0.0, 0.0));
        assert_eq!((bessel_j(-0.5, 0.0), bessel_j(-1.5, 0.0), bessel_j(-2.5, 0.0)), (INF, -INF, INF));
        assert_eq!((bessel_i(0.0, 0.0), bessel_i(1e-300, 0.0), bessel_i(-0.5, 0.0)), (1.0, 0.0, INF));
        assert_eq!((bessel_y(0.0, 0.0), bessel_y(7.5, 0.0), bessel_y(-1.0, 0.0)), (-INF, -INF, INF));
        assert_eq!((bessel_y(-0.5, 0.0), bessel_k(3.0, 0.0), bessel_k(-3.0, 0.0)), (0.0, INF, INF));
        assert_eq!((bessel_j(1.5, INF), bessel_y(1.5, INF), bessel_k(1.5, INF)), (0.0, 0.0, 0.0));
        assert_eq!(
            (bessel_i(1.5, INF), bessel_i_scaled(1.5, INF), bessel_k_scaled(1.5, INF)),
            (INF, 0.0, 0.0)
        );
        assert_eq!(
            (bessel_j(INF, 2.0), bessel_y(INF, 2.0), bessel_i(INF, 2.0), bessel_k(INF, 2.0)),
            (0.0, -INF, 0.0, INF)
        );
        assert_eq!((ln_bessel_i(0.0, 0.0), ln_bessel_i(1.0, 0.0), ln_bessel_k(1.0, 0.0)), (0.0, -INF, INF));
        assert_eq!(
            (bessel_i_ratio(2.0, 0.0), bessel_i_ratio(2.0, INF), bessel_i_ratio(2.0, -INF)),
            (0.0, 1.0, -1.0)
        );
    }

    #[test]
    fn outside_the_domain() {
        let functions: [fn(f64, f64) -> f64; 9] = [
            bessel_j,
            bessel_y,
            bessel_i,
            bessel_k,
            bessel_i_scaled,
            bessel_k_scaled,
            ln_bessel_i,
            ln_bessel_k,
            bessel_i_ratio,
        ];
        for f in functions {
            assert!(f(f64::NAN, 1.0).is_nan() && f(1.0, f64::NAN).is_nan() && f(INF, INF).is_nan());
        }
        assert!(bessel_j(0.5, -1.0).is_nan() && bessel_i(0.5, -1.0).is_nan());
        assert!(
            bessel_y(1.0, -1.0).is_nan() && bessel_k(1.0, -1.0).is_nan() && ln_bessel_i(-1.0, 1.0).is_nan()
        );
    }

    #[test]
    fn ends_of_the_range() {
        let numbers = [
            5e-324,
            1e-300,
            1e-20,
            0.3,
            1.0,
            2.5,
            29.9,
            30.0,
            100.0,
            1e8,
            1e16,
            1e100,
            1e154,
            1e300,
            f64::MAX,
        ];
        for nu in [0.0].into_iter().chain(numbers) {
            for x in numbers {
                for order in [nu, -nu] {
                    for f in [bessel_j, bessel_y, bessel_i, bessel_k, bessel_i_scaled, bessel_k_scaled] {
                        assert!(!f(order, x).is_nan(), "{order:e} {x:e}");
                    }
                }
                assert!(
                    bessel_j(nu, x).abs() <= 1.0 && (0.0..=1.0).contains(&bessel_i_scaled(nu, x)),
                    "{nu:e} {x:e}"
                );
                assert!((0.0..=1.0).contains(&bessel_i_ratio(nu, x)), "{nu:e} {x:e}");
                assert!(!ln_bessel_i(nu, x).is_nan() && !ln_bessel_k(nu, x).is_nan(), "{nu:e} {x:e}");
            }
        }
    }

    #[test]
    fn reflections() {
        assert_eq!(bessel_j(3.0, -2.0), -bessel_j(3.0, 2.0));
        assert_eq!(bessel_i(4.0, -2.0), bessel_i(4.0, 2.0));
        assert_eq!(bessel_j(-3.0, 2.0), -bessel_j(3.0, 2.0));
        // Arb, 40 digits.
        assert_lre!(bessel_j(-2.3, 1.7), "0.8810878992300207898409945", 15.0);
        assert_lre!(bessel_y(-2.3, 1.7), "-0.3870045336255927886285268", 15.0);
        assert_lre!(bessel_i(-2.3, 1.7), "0.5979728592940142946094232", 15.0);
    }

    #[test]
    fn large_orders_and_the_turning_point() {
        // Arb, printed to 25 digits.
        for (nu, x, j, y) in [
            (30.0, 30.0, "0.1439358500103072102934171", "-0.2493743939669741534641660"),
            (100.0, 100.0, "0.09636667329586155967431402", "-0.1669214114175765065400065"),
            (100.0, 93.5, "0.01293369656728808012956667", "-0.7142549361059703931768655"),
            (100.5, 112.25, "-0.1060303496014324799783573", "0.03779934228329756706154453"),
            (1000.0, 1002.0, "0.05279171860760387854774113", "-0.06303986395642105094481981"),
            (300.0, 150.0, "4.386129482356853121006236e-61", "-2.793304698555238499133417e+57"),
            (64.0, 1000.0, "-0.01560339110045708447641446", "0.01986105970893638980018818"),
            (10000.0, 10000.0, "0.02076216527720078450367339", "-0.03596112951561016540249883"),
        ] {
            assert_lre!(bessel_j(nu, x), j, 14.5, "J_{nu}({x})");
            assert_lre!(bessel_y(nu, x), y, 14.5, "Y_{nu}({x})");
        }
        for (nu, x, ln_i, ln_k) in [
            (1000000.0, 1e-300, "-704284193.4634318201140067", "704284178.9547740815897872"),
            (1000000.0, 1000000.0, "532831.9753729594281407954", "-532846.8306042882323797387"),
            (10000.0, 3.5, "-76512.76965124075321806003", "76502.86616362696709315361"),
            (30.0, 100000.0, "99993.32009996184997037096", "-100005.5261726523676420833"),
            (12.5, 1e-200, "-5786.387148398358227777859", "5783.168272573490027028658"),
            (1e-10, 10000000.0, "9999991.022013653816167989", "-10000007.83325648533443184"),
            (400.0, 20000.0, "19990.12935727260014935673", "-20000.72619196539526027875"),
        ] {
            assert_lre!(ln_bessel_i(nu, x), ln_i, 15.0, "ln I_{nu}({x})");
            assert_lre!(ln_bessel_k(nu, x), ln_k, 15.0, "ln K_{nu}({x})");
        }
    }

    #[test]
    fn methods_meet_at_their_borders() {
        let close = |a: f64, b: f64, size: f64, at: (f64, f64)| {
            assert!((a - b).abs() < 2e-14 * size, "{at:?}: {a:e} {b:e}");
        };
        for nu in [0.0, 0.5, 3.2, 17.0, 29.5] {
            let (below, above) = (30f64.next_down(), 30f64.next_up());
            let amplitude = bessel_j(nu, 30.0).hypot(bessel_y(nu, 30.0));
            close(bessel_j(nu, below), bessel_j(nu, above), amplitude, (nu, 30.0));
            close(bessel_y(nu, below), bessel_y(nu, above), amplitude, (nu, 30.0));
            close(
                bessel_i_scaled(nu, below),
                bessel_i_scaled(nu, above),
                bessel_i_scaled(nu, 30.0),
                (nu, 30.0),
            );
            close(
                bessel_k_scaled(nu, below),
                bessel_k_scaled(nu, above),
                bessel_k_scaled(nu, 30.0),
                (nu, 30.0),
            );
            let k = bessel_k(nu, 1.0);
            close(bessel_k(nu, 1.0), bessel_k(nu, 1f64.next_up()), k, (nu, 1.0));
        }
        for x in [0.5, 8.0, 28.0, 31.0, 300.0, 899.0] {
            let (below, above) = (30f64.next_down(), 30.0);
            let (j, y) = (bessel_j(30.0, x), bessel_y(30.0, x));
            let (i, k) = (bessel_i_scaled(30.0, x), bessel_k_scaled(30.0, x));
            let (wave, wave_y) = if x > 30.0 { (j.hypot(y), j.hypot(y)) } else { (j.abs(), y.abs()) };
            close(bessel_j(below, x), bessel_j(above, x), wave, (30.0, x));
            close(bessel_y(below, x), bessel_y(above, x), wave_y, (30.0, x));
            close(bessel_i_scaled(below, x), bessel_i_scaled(above, x), i, (30.0, x));
            close(bessel_k_scaled(below, x), bessel_k_scaled(above, x), k, (30.0, x));
        }
    }
}
