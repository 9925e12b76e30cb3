//! Legendre's elliptic integrals, complete and incomplete, with parameter m = k².
use crate::{carlson_rc, carlson_rd, carlson_rf, carlson_rj};
use ferronum_dd::Dd;
use std::f64::consts::{FRAC_PI_2, PI};

/// Complete elliptic integral of the first kind with parameter m = k² ≤ 1,
///
/// ```text
/// K(m) = ∫₀^(π/2) dθ / √(1 - m sin²θ)
/// ```
///
/// ∞ at 1, 0 at -∞, NaN above 1.
///
/// # Accuracy
/// 3 ulp.
///
/// # Source
/// The arithmetic-geometric mean of 1 and √(1 - m), DLMF 19.8.5.
///
/// # Examples
/// ```
/// assert!((ferronum_special::ellip_k(0.5) / 1.8540746773013719 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_k(m: f64) -> f64 {
    if m.is_nan() || m > 1.0 {
        return f64::NAN;
    }
    if m.is_infinite() {
        return 0.0;
    }
    let (mut a, mut g) = (1.0, (1.0 - m).sqrt());
    if g == 0.0 {
        return f64::INFINITY;
    }
    // The logarithm of the ratio halves until the convergence is quadratic: ten steps from 1e±154.
    for _ in 0..16 {
        if (a - g).abs() <= 1e-8 * a {
            break;
        }
        (a, g) = (0.5 * (a + g), (a * g).sqrt());
    }
    PI / (a + g)
}

/// Complete elliptic integral of the second kind with parameter m = k² ≤ 1,
///
/// ```text
/// E(m) = ∫₀^(π/2) √(1 - m sin²θ) dθ
/// ```
///
/// 1 at 1, ∞ at -∞, NaN above 1.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// DLMF 19.25.1, of its forms the one with positive terms: m < 0 or m ≥ 0.
///
/// # Examples
/// ```
/// // Perimeter of the ellipse with semi-axes 5 and 3
/// let perimeter = 20.0 * ferronum_special::ellip_e(1.0 - 9.0 / 25.0);
/// assert!((perimeter / 25.526998863398124 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_e(m: f64) -> f64 {
    if m.is_nan() || m > 1.0 {
        f64::NAN
    } else if m == 1.0 {
        1.0
    } else if m == f64::NEG_INFINITY {
        f64::INFINITY
    } else {
        second_kind(Angle::QUARTER, m)
    }
}

/// Incomplete elliptic integral of the first kind with parameter m = k²,
///
/// ```text
/// F(φ, m) = ∫₀^φ dθ / √(1 - m sin²θ)
/// ```
///
/// Odd in φ, with F(φ + jπ, m) = F(φ, m) + 2j K(m). For m > 1 it is real while |φ| ≤ arcsin(1/√m), and NaN beyond.
///
/// # Accuracy
/// 5 ulp for |φ| ≤ π/2, beside the conditioning in φ and m beyond.
///
/// # Source
/// DLMF 19.25.5; φ is reduced by π in double-double.
///
/// # Examples
/// ```
/// let f = ferronum_special::ellip_f_inc(0.5, 0.25);
/// assert!((f / 0.5050887275786480 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_f_inc(phi: f64, m: f64) -> f64 {
    periodic(phi, m, ellip_k, |angle| first_kind(angle, m))
}

/// Incomplete elliptic integral of the second kind with parameter m = k²,
///
/// ```text
/// E(φ, m) = ∫₀^φ √(1 - m sin²θ) dθ
/// ```
///
/// Odd in φ, with E(φ + jπ, m) = E(φ, m) + 2j E(m). For m > 1 it is real while |φ| ≤ arcsin(1/√m), and NaN beyond.
///
/// # Accuracy
/// 5 ulp for |φ| ≤ π/2, beside the conditioning in φ and m beyond.
///
/// # Source
/// DLMF 19.25.9–19.25.11: for m < 0, 0 ≤ m ≤ 1 and m > 1 the one with positive terms.
///
/// # Examples
/// ```
/// let e = ferronum_special::ellip_e_inc(0.5, 0.25);
/// assert!((e / 0.4950017030164151 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_e_inc(phi: f64, m: f64) -> f64 {
    periodic(phi, m, ellip_e, |angle| second_kind(angle, m))
}

/// Complete elliptic integral of the third kind with characteristic n and parameter m = k² ≤ 1,
///
/// ```text
/// Π(n, m) = ∫₀^(π/2) dθ / ((1 - n sin²θ) √(1 - m sin²θ))
/// ```
///
/// For n > 1 the Cauchy principal value. ∞ at n = 1 and at m = 1 (-∞ at m = 1 for n > 1), NaN for m > 1.
///
/// # Accuracy
/// 5 ulp.
///
/// # Source
/// As [`ellip_pi_inc`].
///
/// # Examples
/// ```
/// assert!((ferronum_special::ellip_pi(0.25, 0.5) / 2.167619360766556 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_pi(n: f64, m: f64) -> f64 {
    if n.is_nan() || m.is_nan() || m > 1.0 {
        f64::NAN
    } else if n == 1.0 {
        f64::INFINITY
    } else if n.is_infinite() || m == f64::NEG_INFINITY {
        0.0
    } else if m == 1.0 {
        if n > 1.0 { f64::NEG_INFINITY } else { f64::INFINITY }
    } else {
        third_kind(Angle::QUARTER, n, m)
    }
}

/// Incomplete elliptic integral of the third kind with characteristic n, amplitude φ and parameter m = k²,
///
/// ```text
/// Π(n, φ, m) = ∫₀^φ dθ / ((1 - n sin²θ) √(1 - m sin²θ))
/// ```
///
/// Where n sin²θ passes 1 it is the Cauchy principal value, ±∞ at the pole itself. Odd in φ, with Π(n, φ + jπ, m) = Π(n, φ, m) + 2j Π(n, m).
/// For m > 1 it is real while |φ| ≤ arcsin(1/√m), and NaN beyond.
///
/// # Accuracy
/// 6 ulp for |φ| ≤ π/2 and n sin²φ ≤ 1, m ≤ 1; beside the conditioning elsewhere.
///
/// # Source
/// 0 ≤ n sin²φ ≤ 1: DLMF 19.25.14. n < 0, and the principal value: changes of the characteristic by DLMF 19.21.12, after which all terms are
/// positive (n < 0), or none is larger than the result at φ = π/2 (n > 1).
///
/// # Examples
/// ```
/// let pi = ferronum_special::ellip_pi_inc(-2.0, 0.5, 0.25);
/// assert!((pi / 0.4415089316653521 - 1.0).abs() < 1e-15);
/// ```
pub fn ellip_pi_inc(n: f64, phi: f64, m: f64) -> f64 {
    if n.is_nan() || n.is_infinite() {
        return f64::NAN;
    }
    periodic(phi, m, |m| ellip_pi(n, m), |angle| third_kind(angle, n, m))
}

/// Sine and cosine of an angle within ±π/2.
#[derive(Clone, Copy)]
struct Angle {
    sin: f64,
    cos: f64,
}

impl Angle {
    /// π/2.
    const QUARTER: Self = Self { sin: 1.0, cos: 0.0 };

    fn of(phi: f64) -> Self {
        Self { sin: phi.sin(), cos: phi.cos() }
    }

    /// 1 - a sin², without cancellation for a ≤ 1.
    fn one_minus(self, a: f64) -> f64 {
        self.cos * self.cos + (1.0 - a) * (self.sin * self.sin)
    }
}

/// `part` of φ - jπ plus 2j times the complete integral, for the nearest j.
fn periodic(phi: f64, m: f64, complete: impl Fn(f64) -> f64, part: impl Fn(Angle) -> f64) -> f64 {
    if phi.is_nan() || m.is_nan() || phi.is_infinite() || m.is_infinite() {
        return f64::NAN;
    }
    if phi == 0.0 {
        return phi;
    }
    if phi.abs() <= FRAC_PI_2 {
        return part(Angle::of(phi));
    }
    const PI_DD: Dd = Dd::from_parts(PI, 1.2246467991473532e-16);
    let j = (phi / PI).round();
    let rest = (Dd::from(phi) - PI_DD * j).to_f64();
    let whole = 2.0 * j * complete(m);
    // Beyond 2⁵² half-turns the angle itself is not known.
    if rest.abs() > 2.0 || whole.is_infinite() { whole } else { whole + part(Angle::of(rest)) }
}

fn first_kind(angle: Angle, m: f64) -> f64 {
    angle.sin * carlson_rf(angle.cos * angle.cos, angle.one_minus(m), 1.0)
}

fn second_kind(angle: Angle, m: f64) -> f64 {
    let Angle { sin, cos } = angle;
    let (square, cosine, delta) = (sin * sin, cos * cos, angle.one_minus(m));
    if m < 0.0 {
        sin * (carlson_rf(cosine, delta, 1.0) - m / 3.0 * square * carlson_rd(cosine, delta, 1.0))
    } else if m <= 1.0 {
        if m == 1.0 {
            return sin;
        }
        let rest = carlson_rf(cosine, delta, 1.0) + m / 3.0 * square * carlson_rd(cosine, 1.0, delta);
        sin * ((1.0 - m) * rest + m * (cos / delta.sqrt()))
    } else {
        sin * ((m - 1.0) / 3.0 * square * carlson_rd(delta, 1.0, cosine) + delta.sqrt() / cos)
    }
}

fn third_kind(angle: Angle, n: f64, m: f64) -> f64 {
    let Angle { sin, cos } = angle;
    let (square, cosine, delta) = (sin * sin, cos * cos, angle.one_minus(m));
    let p = angle.one_minus(n);
    if n < 0.0 {
        // 19.21.12 with cos² in the first place: p - cos² = (1 - n) sin².
        let ratio = (1.0 - m) / (1.0 - n);
        let q = cosine + ratio * square;
        let rest =
            cos.abs() * carlson_rc(delta, p * q) + ratio * square / 3.0 * carlson_rj(cosine, delta, 1.0, q);
        sin * (carlson_rf(cosine, delta, 1.0) / (1.0 - n) + n / (n - 1.0) * rest)
    } else if p >= 0.0 {
        sin * (carlson_rf(cosine, delta, 1.0) + n / 3.0 * square * carlson_rj(cosine, delta, 1.0, p))
    } else {
        // 19.21.12 with 1 in the first place: (p - 1)(q - 1) = m sin⁴.
        let ratio = m / n;
        let q = angle.one_minus(ratio);
        sin * (carlson_rc(cosine * delta, p * q) - ratio / 3.0 * square * carlson_rj(cosine, delta, 1.0, q))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        let inf = f64::INFINITY;
        assert_eq!((ellip_k(0.0), ellip_k(1.0), ellip_k(-inf)), (FRAC_PI_2, inf, 0.0));
        assert_eq!((ellip_e(1.0), ellip_e(-inf)), (1.0, inf));
        assert_eq!((ellip_pi(1.0, 0.5), ellip_pi(0.5, 1.0), ellip_pi(2.0, 1.0)), (inf, inf, -inf));
        assert_eq!(
            (ellip_f_inc(0.0, 0.5), ellip_e_inc(0.0, 0.5), ellip_pi_inc(0.5, 0.0, 0.5)),
            (0.0, 0.0, 0.0)
        );
        assert_eq!((ellip_f_inc(3.0, 1.0), ellip_e_inc(0.5, 1.0)), (inf, 0.5f64.sin()));
        for value in [
            ellip_k(1.5),
            ellip_e(f64::NAN),
            ellip_pi(0.5, 2.0),
            ellip_f_inc(1.5, 2.0),
            ellip_e_inc(2.0, 1.5),
            ellip_pi_inc(f64::NAN, 0.5, 0.5),
            ellip_f_inc(inf, 0.5),
        ] {
            assert!(value.is_nan());
        }
        for m in [-3.0, 0.25, 0.99] {
            assert_eq!(ellip_f_inc(-1.0, m), -ellip_f_inc(1.0, m));
        }
    }

    #[test]
    fn beyond_a_quarter_turn_and_beyond_one() {
        // mpmath, 50 digits
        assert_lre!(ellip_f_inc(10.0, 0.75), "13.53920900062287374846248", 15.0);
        assert_lre!(ellip_e_inc(-10.0, 0.75), "-7.818468134079060082189991", 15.0);
        assert_lre!(ellip_e_inc(0.5, 3.0), "0.431851964039485596111034", 15.0);
        assert_lre!(ellip_pi_inc(-3.0, 4.0, 0.75), "2.556725043079488169996248", 15.0);
        assert_lre!(ellip_pi(-1e10, 0.75), "0.00001570805781253650688578712", 15.0);
        assert_lre!(ellip_pi(3.0, 0.75), "-0.3951988573662216844680789", 15.0);
    }
}
