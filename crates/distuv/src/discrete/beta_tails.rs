//! Incomplete beta functions whose shapes are counts that `f64` may not hold.
use ferronum_special::{Dd, IncompleteBeta, Scaled, ln_dd, ln_minus_digamma};

/// An integer without rounding.
pub(super) fn whole(n: i64) -> Dd {
    let high = n as f64;
    Dd::sum(high, (i128::from(n) - high as i128) as f64)
}

/// ln(1 - p) for 0 ≤ p ≤ 1, relatively accurate in double-double however small p is.
pub(super) fn ln_complement(p: f64) -> Dd {
    if p < 1e-7 {
        // -p(1 + p/2 + p²/3 + p³/4): what is left out is below p⁴ < 1e-28 of it.
        let rest = p * (1.0 / 2.0 + p * (1.0 / 3.0 + p * 0.25));
        Dd::from(-p) * Dd::sum(1.0, rest)
    } else {
        ln_dd(Dd::sum(1.0, -p))
    }
}

/// base^n from the logarithm of the base.
pub(super) fn power(ln_base: Dd, n: Dd) -> Scaled {
    Scaled { mantissa: 1.0, exponent: if n == Dd::ZERO { Dd::ZERO } else { ln_base * n } }
}

/// I_x(a, b) for x + y = 1, where the shapes may have more digits than `f64`.
///
/// The shapes are rounded and x is moved so that λ = a y - b x, the distance from the mean, stays what it was: the functions depend
/// smoothly on the shapes at fixed λ, and a relative change of 1e-16 in them costs as much in the exponent -λ²(1/a + 1/b)/2, while at
/// fixed x the law would move by up to 1e-16·a, many standard deviations for a = 2^60.
pub(super) fn incomplete_beta(a: Dd, b: Dd, x: Dd, y: Dd) -> IncompleteBeta {
    let (a, b, x, y) = rounded(a, b, x, y);
    IncompleteBeta::from_ratio(a, b, x, y)
}

/// x^a y^b/B(a, b) in the same way.
pub(super) fn weight(a: Dd, b: Dd, x: Dd, y: Dd) -> Scaled {
    let (a, b, x, y) = rounded(a, b, x, y);
    IncompleteBeta::weight_from_ratio(a, b, x, y)
}

fn rounded(a: Dd, b: Dd, x: Dd, y: Dd) -> (f64, f64, Dd, Dd) {
    let (high_a, high_b) = (a.hi(), b.hi());
    let n = Dd::sum(high_a, high_b);
    // Where the smaller mean is below 100 its own rounding does not matter.
    if (a.lo() == 0.0 && b.lo() == 0.0) || n.hi() * f64::min(x.hi(), y.hi()) < 100.0 {
        return (high_a, high_b, x, y);
    }
    let lambda = a * y - b * x;
    (high_a, high_b, (Dd::from(high_a) - lambda) / n, (lambda + high_b) / n)
}

/// [ψ(a + k) - ψ(a)] - [ψ(s + n) - ψ(s)], without cancellation between the brackets: their logarithmic parts are
/// ln((a + k) s/(a (s + n))) = ln(1 + d) with d = (k s - a n)/(a (s + n)).
pub(super) fn digamma_steps(a: f64, k: f64, s: Dd, n: f64) -> f64 {
    let (under, over) = ((s + n) * a, Dd::sum(a, k) * s);
    let d = ((s * k - Dd::product(a, n)) / under).to_f64();
    let ln = if d > -0.5 { d.ln_1p() } else { (over / under).to_f64().ln() };
    let first = ln_minus_digamma(a) - ln_minus_digamma(a + k);
    let second = ln_minus_digamma(s.hi()) - ln_minus_digamma((s + n).hi());
    ln + first - second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_split_without_loss() {
        for n in [0, 1, -1, (1 << 53) + 1, (1 << 60) + 77, i64::MAX, i64::MIN] {
            let d = whole(n);
            assert_eq!(d.hi() as i128 + d.lo() as i128, i128::from(n));
        }
    }

    #[test]
    fn logarithm_of_a_complement() {
        assert_eq!(ln_complement(0.0).hi(), 0.0);
        assert_eq!(ln_complement(1e-300).hi(), -1e-300);
        // ln(1 - 2⁻³⁰) = -2⁻³⁰ - 2⁻⁶¹ - …
        let ln = ln_complement(2f64.powi(-30));
        assert_eq!((ln + 2f64.powi(-30)).hi(), -(2f64.powi(-61) + 2f64.powi(-90) / 3.0));
        assert_eq!(ln_complement(1.0).hi(), f64::NEG_INFINITY);
    }
}
