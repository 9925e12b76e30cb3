//! What the Kullback–Leibler divergences of gamma and beta laws are made of, each part positive and free of cancellation.
use crate::continuous::quadrature::gauss;
use ferronum_special::{
    digamma, ln_gamma, ln_minus_digamma, ln1p_minus_x, stirling_remainder, trigamma_minus_reciprocal,
};

/// S = F(c) - F(a) - d F′(a) ≥ 0 with d = c - a given by the caller, and F(x) = ln Γ(x) - x ln x + x: the divergence of a gamma law of shape c from one of
/// shape a and the same mean.
///
/// |c/a - 1| < 0.3: d² ∫₀¹ (1 - t) F″(a + td) dt, d = c - a, F″(x) = ψ′(x) - 1/x, by Gauss's formula of 8 points, whose error is
/// below 1e-18 since the nearest pole of F″ is 3.3 intervals away. Elsewhere by Stirling's formula, where no large terms are left:
/// ½(q - ln(1 + q)) + q(a g(a) - ½) + δ(c) - δ(a) with q = d/a.
pub(crate) fn shape_divergence(a: f64, c: f64, d: f64) -> f64 {
    if d.abs() < 0.3 * a {
        return d * d * gauss(1.0, |t| (1.0 - t) * trigamma_minus_reciprocal(d.mul_add(t, a)));
    }
    let q = d / a;
    if a < 1.0 && c < 1.0 {
        // ln Γ(c) - ln Γ(a) - d ψ(a) - c ln(c/a) + d: the logarithms of a in F and in F′ cancel.
        return ln_gamma(c) - ln_gamma(a) - d * digamma(a) - c * (c / a).ln() + d;
    }
    0.5 * (q - (c / a).ln())
        + q * (a * ln_minus_digamma(a) - 0.5)
        + (stirling_remainder(c) - stirling_remainder(a))
}

/// x ln(x/y) - x + y ≥ 0, given y > 0 and the difference x - y.
pub(crate) fn poisson_divergence(y: f64, difference: f64) -> f64 {
    let q = difference / y;
    if !(-0.9..=4.0).contains(&q) {
        let x = y + difference;
        return if x > 0.0 { x * (x / y).ln() - difference } else { y };
    }
    // y((1 + q) ln(1 + q) - q), and (1 + q) ln(1 + q) - q = (1 + q)(ln(1 + q) - q) + q².
    y * ((1.0 + q) * ln1p_minus_x(q) + q * q)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual / expected - 1.0).abs() < 2e-14, "{actual:e} {expected:e}");
    }

    #[test]
    fn shapes() {
        // mpmath, 50 digits.
        assert_eq!(shape_divergence(5.0, 5.0, 5.0 - 5.0), 0.0);
        close(shape_divergence(5.0, 5.000001, 5.000001 - 5.0), 1.0661476406582993e-14);
        close(shape_divergence(0.01, 0.012, 0.012 - 0.01), 0.01749382383520404);
        close(shape_divergence(0.01, 0.5, 0.5 - 0.01), 43.781707436524255);
        close(shape_divergence(0.3, 40.0, 40.0 - 0.3), 88.572083549575775);
        close(shape_divergence(1e8, 1e8 + 1.0, 1e8 + 1.0 - 1e8), 2.4999999916666667e-17);
        close(shape_divergence(1e8, 3e8, 3e8 - 1e8), 0.45069385677705627);
        close(shape_divergence(1e10, 1e-10, 1e-10 - 1e10), 33.119837864034209);
        close(shape_divergence(20.0, 0.5, 0.5 - 20.0), 1.5021383315040807);
        close(shape_divergence(1e-10, 2e-10, 2e-10 - 1e-10), 0.30685281940142525);
        close(shape_divergence(1.0, 1.2999, 1.2999 - 1.0), 0.023901781928918763);
    }

    #[test]
    fn means() {
        close(poisson_divergence(0.5, 1e-9), 9.9999999933333346e-19);
        close(poisson_divergence(3.0, -2.9), 2.5598802618337842);
        close(poisson_divergence(3.0, 30.0), 49.130544002346228);
        close(poisson_divergence(2.0, -0.5), 0.068476891322328609);
        assert_eq!(poisson_divergence(2.0, -2.0), 2.0);
    }
}
