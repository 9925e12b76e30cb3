//! Moments of e^(uY), for a Y whose moment generating function M is known: Weibull, Fréchet, extreme-value, log-logistic, Kumaraswamy.
//!
//! With L = ln M and the forward differences Δ² = L(2u) - 2L(u), Δ³ = L(3u) - 3L(2u) + 3L(u), … the central moments are
//! polynomials in e^Δ² - 1, e^Δ³ - 1, e^Δ⁴ - 1 whose large terms have cancelled on paper, as they do for the lognormal law, where
//! Δ³ = Δ⁴ = 0. The differences come from a double-double L, or for small u from its Taylor series, term by term.
use crate::double::{expm1_dd, ln1p_dd, power, power_rest};
use ferronum_special::{Dd, digamma, hurwitz_zeta, ln_dd};

/// ζ(2), ζ(3), … (DLMF 25.2.1): 1 + 2^-k + 3^-k is right to the last digit beyond.
const ZETA: [f64; 17] = [
    1.6449340668482264,
    1.2020569031595943,
    1.0823232337111382,
    1.0369277551433699,
    1.0173430619844491,
    1.0083492773819228,
    1.0040773561979443,
    1.0020083928260822,
    1.0009945751278181,
    1.0004941886041195,
    1.000246086553308,
    1.0001227133475785,
    1.0000612481350587,
    1.0000305882363070,
    1.0000152822594086,
    1.0000076371976379,
    1.0000038172932650,
];

/// Below this |u| the differences come from their series: fourteen terms of ratio 4u leave 2⁻⁵⁶.
const SMALL: f64 = 1.0 / 64.0;

/// The same where a coefficient of the series is a Hurwitz zeta function: Δ⁴ of order 2⁻⁴⁰ still has all digits of `f64`.
const SMALLER: f64 = 1.0 / 1024.0;

/// The differences of L = ln M at 0 with step u; NaN where M does not exist.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogMoments {
    second: Dd,
    third: Dd,
    fourth: Dd,
}

impl LogMoments {
    /// From L(s); `coefficient(k)` is that of s^k in its Taylor series, k ≥ 2.
    fn new(u: Dd, small: f64, l: impl Fn(Dd) -> Dd, coefficient: impl Fn(usize) -> f64) -> Self {
        if u.hi().abs() < small {
            return Self::from_series(u.hi(), coefficient);
        }
        let [a, b, c, d] = [1.0, 2.0, 3.0, 4.0].map(|n| l(u * n));
        Self { second: b - a * 2.0, third: c - b * 3.0 + a * 3.0, fourth: d - c * 4.0 + b * 6.0 - a * 4.0 }
    }

    fn from_series(u: f64, coefficient: impl Fn(usize) -> f64) -> Self {
        // All that is asked for has reached its limit at 2⁻⁵³.
        let u = if u.abs() < 2f64.powi(-53) { 2f64.powi(-53).copysign(u) } else { u };
        let [mut second, mut third, mut fourth] = [0.0; 3];
        for k in (2..=18).rev() {
            let i = k as i32;
            let term = coefficient(k) * u.powi(i);
            let (two, three, four) = (2f64.powi(i), 3f64.powi(i), 4f64.powi(i));
            // n! times the Stirling numbers of the second kind: the n-th difference of s^k (DLMF 26.8.6).
            second += term * (two - 2.0);
            third += term * (three - 3.0 * two + 3.0);
            fourth += term * (four - 4.0 * three + 6.0 * two - 4.0);
        }
        Self { second: Dd::from(second), third: Dd::from(third), fourth: Dd::from(fourth) }
    }

    /// For Y = ln E, E a standard exponential variable: M(s) = Γ(1 + s).
    pub fn of_ln_exponential(u: Dd) -> Self {
        let coefficient = |k: usize| zeta(k) / k as f64 * if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        Self::new(u, SMALL, |s| ln_gamma_dd(s + 1.0), coefficient)
    }

    /// For a standard logistic Y: M(s) = Γ(1 + s) Γ(1 - s).
    pub fn of_logistic(u: Dd) -> Self {
        let coefficient = |k: usize| if k.is_multiple_of(2) { 2.0 * zeta(k) / k as f64 } else { 0.0 };
        Self::new(u, SMALL, |s| ln_gamma_dd(s + 1.0) + ln_gamma_dd(-s + 1.0), coefficient)
    }

    /// For Y = ln(1 - V^(1/b)), V uniform: M(s) = Γ(1 + s) Γ(1 + b)/Γ(1 + b + s).
    pub fn of_kumaraswamy(b: f64, u: Dd) -> Self {
        let coefficient =
            |k: usize| zeta_drop(k, b) / k as f64 * if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        Self::new(u, SMALLER, |s| ln_moment_of_kumaraswamy(b, s), coefficient)
    }

    /// For Y = ln(V^(-1/b) - 1), V uniform: M(s) = Γ(1 + s) Γ(b - s)/Γ(b).
    pub fn of_burr(b: f64, u: Dd) -> Self {
        let coefficient = |k: usize| {
            (hurwitz_zeta(k as f64, b) + zeta(k) * if k.is_multiple_of(2) { 1.0 } else { -1.0 }) / k as f64
        };
        Self::new(u, SMALLER, |s| ln_moment_of_burr(b, s), coefficient)
    }

    /// Variance of a law with the given logarithm of its mean, no part of which overflows.
    pub fn variance(&self, ln_mean: Dd, u: f64) -> f64 {
        if u.abs() < 2f64.powi(-53) {
            return power(ln_mean * 2.0) * u * u * self.variance_over_square(u);
        }
        power(ln_mean * 2.0 + self.second) * power_rest(self.second)
    }

    /// Variance divided by the square of the mean and by u², which has a limit for small u.
    pub fn variance_over_square(&self, u: f64) -> f64 {
        let u = if u.abs() < 2f64.powi(-53) { 2f64.powi(-53) } else { u };
        expm1_dd(self.second).hi() / u / u
    }

    /// Skewness of e^(uY): [(w - 1)²(w + 2) + w³(e^Δ³ - 1)]/(w - 1)^(3/2), w = e^Δ².
    pub fn skewness(&self) -> f64 {
        let (d2, d3) = (self.second, self.third);
        if d2.hi() > 0.5 {
            let c3 = d2 * 3.0 + d3;
            let rest = 1.0 - 3.0 * power(d2 - c3) + 2.0 * power(-c3);
            return power(c3 - d2 * 1.5) * rest / (-(-d2.hi()).exp_m1()).powf(1.5);
        }
        let m = expm1_dd(d2);
        let w = m + 1.0;
        let third = m * m * (w + 2.0) + w * w * w * expm1_dd(d3);
        (third / (m * m.sqrt())).hi()
    }

    /// Excess kurtosis of e^(uY): (w - 1)(w³ + 3w² + 6w + 6) + w³[(w³ - 1)E + E - 4F]/(w - 1)² with w = e^Δ², F = e^Δ³ - 1 and
    /// E = e^(4Δ³ + Δ⁴) - 1.
    pub fn excess_kurtosis(&self) -> f64 {
        let (d2, d3, d4) = (self.second, self.third, self.fourth);
        if d2.hi() > 0.5 {
            let c3 = d2 * 3.0 + d3;
            let c4 = d2 * 6.0 + d3 * 4.0 + d4;
            let rest = 1.0 - 4.0 * power(c3 - c4) + 6.0 * power(d2 - c4) - 3.0 * power(-c4);
            return power(c4 - d2 * 2.0) * rest / (-d2.hi()).exp_m1().powi(2) - 3.0;
        }
        let m = expm1_dd(d2);
        let w = m + 1.0;
        let cube_less_one = m * (w * w + w + 1.0);
        let cube = cube_less_one + 1.0;
        let e = expm1_dd(d3 * 4.0 + d4);
        let rest = cube * (cube_less_one * e + (e - expm1_dd(d3) * 4.0));
        (m * (cube + w * w * 3.0 + w * 6.0 + 6.0) + rest / (m * m)).hi()
    }
}

/// ζ(k), k ≥ 2.
pub(crate) fn zeta(k: usize) -> f64 {
    ZETA.get(k - 2).copied().unwrap_or(1.0 + 0.5f64.powi(k as i32))
}

/// ln of Γ(1 + s) Γ(1 + b)/Γ(1 + b + s).
pub(crate) fn ln_moment_of_kumaraswamy(b: f64, s: Dd) -> Dd {
    ln_gamma_dd(s + 1.0) - ln_gamma_rise(Dd::sum(1.0, b), s)
}

/// ln of Γ(1 + s) Γ(b - s)/Γ(b).
pub(crate) fn ln_moment_of_burr(b: f64, s: Dd) -> Dd {
    ln_gamma_dd(s + 1.0) + ln_gamma_rise(Dd::from(b), -s)
}

/// ln Γ(a + s) - ln Γ(a), absolute error below 2⁻⁹⁰ of s ln a: for large a, differences of the terms of Stirling's formula.
fn ln_gamma_rise(a: Dd, s: Dd) -> Dd {
    let to = a + s;
    if a.hi() < 1e3 || to.hi() < 1e3 {
        return ln_gamma_dd(to) - ln_gamma_dd(a);
    }
    // 1/(12x) - 1/(360x³): the next difference is below 1e-3/x⁶, which is 1e-21 of s.
    let inverse = Dd::ONE / a - Dd::ONE / to;
    let cube = Dd::ONE / (a * a * a) - Dd::ONE / (to * to * to);
    let fifth = a.hi().powi(-5) - to.hi().powi(-5);
    let remainder = cube / 360.0 - inverse / 12.0 - fifth / 1260.0;
    (a - 0.5) * ln1p_dd(s / a) + s * (ln_dd(to) - 1.0) + remainder
}

/// ζ(k) - ζ(k, 1 + b), k ≥ 2, and the harmonic number of b for k = 1; for small b from the series of the difference.
pub(crate) fn zeta_drop(k: usize, b: f64) -> f64 {
    if b >= 0.1 {
        return if k == 1 {
            digamma(1.0 + b) + 0.5772156649015329
        } else {
            zeta(k) - hurwitz_zeta(k as f64, 1.0 + b)
        };
    }
    // Σ (-1)^(i+1) C(k+i-1, i) ζ(k+i) b^i; with b < 0.1 and k ≤ 18 the terms fall by at least a half from i = 5 on.
    let (mut sum, mut term) = (0.0, -1.0);
    for i in 1..=60 {
        term *= -b * (k + i - 1) as f64 / i as f64;
        sum += term * zeta(k + i);
    }
    sum
}

/// ln Γ(x) for x > 0 in double-double, absolute error below 2⁻⁹⁰ for x < 100 and relative beyond; NaN for x ≤ 0.
///
/// Upward recurrence to x ≥ 32, then Stirling's series (DLMF 5.11.1): the first term left out is below 4e-31.
pub(crate) fn ln_gamma_dd(x: Dd) -> Dd {
    if x.hi().is_nan() || x.hi() <= 0.0 {
        return Dd::from(f64::NAN);
    }
    const HALF_LN_TAU: Dd = Dd::from_parts(0.9189385332046728, -3.8782941580672414e-17);
    let (mut product, mut y) = (Dd::ONE, x);
    for _ in 0..32 {
        if y.hi() >= 32.0 {
            break;
        }
        product *= y;
        y += 1.0;
    }
    let w = Dd::ONE / y;
    let square = (w * w).hi();
    // B₂ₖ/(2k(2k - 1)) for k = 4..=10; these terms are below 2⁻⁵³ of the sum.
    const TAIL: [f64; 7] = [
        -174611.0 / 125400.0,
        43867.0 / 244188.0,
        -3617.0 / 122400.0,
        1.0 / 156.0,
        -691.0 / 360360.0,
        1.0 / 1188.0,
        -1.0 / 1680.0,
    ];
    let tail = TAIL.iter().fold(0.0, |sum, c| sum * square + c);
    let mut series = Dd::from(1.0) / 1260.0 + w * w * tail;
    series = w * w * series - Dd::from(1.0) / 360.0;
    series = w * w * series + Dd::from(1.0) / 12.0;
    (y - 0.5) * ln_dd(y) - y + HALF_LN_TAU + w * series - ln_dd(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ln_gamma_keeps_thirty_digits() {
        for (x, expected) in [
            (0.3, "1.095797994818075560562998500309163090233"),
            (5.5, "3.957813967618716293877400855822590998551"),
            (1e-3, "6.907178885383853661683681458648601783232"),
            (200.25, "859.2577802225489173372208857473722818055"),
        ] {
            let expected: Dd = expected.parse().unwrap();
            let error = ((ln_gamma_dd(Dd::from(x)) - expected) / expected).abs().hi();
            assert!(error < 1e-27, "{x}: {error:e}");
        }
        assert!(ln_gamma_dd(Dd::from(-0.5)).hi().is_nan());
    }

    #[test]
    fn series_and_differences_meet() {
        for u in [SMALL, -SMALL] {
            let (near, far) = (u * (1.0 - 1e-15), u * (1.0 + 1e-15));
            for moments in [LogMoments::of_ln_exponential, LogMoments::of_logistic] {
                let (a, b) = (moments(Dd::from(near)), moments(Dd::from(far)));
                assert!((a.skewness() / b.skewness() - 1.0).abs() < 1e-13, "{a:?} {b:?}");
                assert!((a.excess_kurtosis() / b.excess_kurtosis() - 1.0).abs() < 1e-13, "{a:?} {b:?}");
                assert!(
                    (a.variance_over_square(u) / b.variance_over_square(u) - 1.0).abs() < 1e-13,
                    "{a:?} {b:?}"
                );
            }
        }
    }
}
