//! Exponential, sine and cosine in double-double, for series that lose digits and for phases of many turns.
use ferronum_dd::Dd;

/// π.
pub(crate) const PI: Dd = Dd::from_parts(std::f64::consts::PI, 1.2246467991473532e-16);
/// ln 2.
const LN_2: Dd = Dd::from_parts(std::f64::consts::LN_2, 2.3190468138462996e-17);

/// e^x for |x| < 700, to a relative error of about 2⁻⁹⁵.
///
/// Reduction to |r| < 0.0007 by ln 2 and nine halvings, the series of e^r - 1 to r⁹, and nine squarings of 1 + s as s ← 2s + s².
pub(crate) fn exp(x: Dd) -> Dd {
    let k = (x.hi() / LN_2.hi()).round_ties_even().clamp(-1100.0, 1100.0);
    let r = (x - LN_2 * k) * (1.0 / 512.0);
    let mut s = Dd::ZERO;
    for n in (1..=9).rev() {
        s = (s + 1.0) * r / f64::from(n);
    }
    for _ in 0..9 {
        s = s * 2.0 + s * s;
    }
    (s + 1.0).ldexp(k as i32)
}

/// sin x and cos x for |x| ≤ 2 by their series, each to an absolute error of about 2⁻¹⁰² and sin relative to its size.
pub(crate) fn sin_cos_small(x: Dd) -> (Dd, Dd) {
    let square = -(x * x);
    let (mut sine, mut cosine) = (x, Dd::ONE);
    let (mut odd, mut even) = (x, Dd::ONE);
    for k in 1..20 {
        let n = f64::from(2 * k);
        even = even * square / (n * (n - 1.0));
        odd = odd * square / (n * (n + 1.0));
        cosine += even;
        sine += odd;
        if even.hi().abs() < 1e-34 {
            break;
        }
    }
    (sine, cosine)
}

/// sin πx and cos πx for |x| ≤ ½.
pub(crate) fn sin_cos_pi_half(x: f64) -> (Dd, Dd) {
    sin_cos_small(PI * x)
}

/// sinh(s)/s and cosh s.
pub(crate) fn sinhc_cosh(s: Dd) -> (Dd, Dd) {
    if s.hi().abs() < 0.5 {
        let square = s * s;
        let (mut sinhc, mut term) = (Dd::ONE, Dd::ONE);
        for k in 1..16 {
            let n = f64::from(2 * k);
            term = term * square / (n * (n + 1.0));
            sinhc += term;
        }
        let sinh = sinhc * s;
        return (sinhc, (sinh * sinh + 1.0).sqrt());
    }
    let up = exp(s);
    let down = Dd::ONE / up;
    ((up - down) / (s * 2.0), (up + down) * 0.5)
}

/// atan t for t ≥ 0: the `f64` value corrected by the sine of what it is off.
pub(crate) fn atan(t: Dd) -> Dd {
    let near = t.hi().atan();
    let (s, c) = sin_cos_small(Dd::from(near));
    // sin(atan t - near) = (t cos - sin)/√(1 + t²); below 2⁻⁵² a sine is its argument.
    let off = (t * c - s) / (t * t + 1.0).sqrt();
    Dd::from(near) + off
}

/// sin and cos of a phase in radians, rounded to `f64`; beyond 1e15, where a phase holds no more digits, those of its leading part.
pub(crate) fn sin_cos_phase(phase: Dd) -> (f64, f64) {
    if phase.hi().abs() > 1e15 {
        return phase.hi().sin_cos();
    }
    let turn = PI * 2.0;
    let n = (phase.hi() / turn.hi()).round_ties_even();
    let r = phase - turn * n;
    let (s, c) = r.hi().sin_cos();
    (s + c * r.lo(), c - s * r.lo())
}

/// sin πx and cos πx for any finite x, exact where they are 0 or ±1.
pub(crate) fn sin_cos_pi(x: f64) -> (f64, f64) {
    let r = x - 2.0 * (x * 0.5).round_ties_even(); // exact, in [-1, 1]
    let quarter = (r * 2.0).round_ties_even();
    let rest = r - quarter * 0.5; // exact, in [-¼, ¼]
    let (s, c) = (std::f64::consts::PI * rest).sin_cos();
    match quarter as i32 {
        0 => (s, c),
        1 => (c, -s),
        -1 => (-c, s),
        _ => (-s, -c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(got: Dd, expected: &str, tolerance: f64) {
        let expected: Dd = expected.parse().unwrap();
        let error = ((got - expected) / expected).abs().to_f64();
        assert!(error < tolerance, "{got:?}: {error:e}");
    }

    #[test]
    fn thirty_digits() {
        // mpmath, 45 digits.
        close(exp(Dd::from(1.0)), "2.71828182845904523536028747135266249775724709", 1e-29);
        close(exp(Dd::from(-30.0)), "9.35762296884017460491583222337870674495832269e-14", 1e-28);
        let (s, c) = sin_cos_small(Dd::from(1.25));
        close(s, "0.948984619355586214348490847036049250378016035", 1e-30);
        close(c, "0.315322362395268665447538552438038013727985708", 1e-30);
        close(atan(Dd::from(3.0)), "1.2490457723982544258299170772810901230778294", 1e-30);
    }

    #[test]
    fn multiples_of_a_quarter_turn_are_exact() {
        assert_eq!(sin_cos_pi(0.5), (1.0, 0.0));
        assert_eq!(sin_cos_pi(-1e15).0, 0.0);
        assert_eq!(sin_cos_pi(3.0).1, -1.0);
        assert_eq!(sin_cos_pi(-2.5).1, 0.0);
    }
}
