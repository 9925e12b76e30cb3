//! Quadrature of smooth positive integrands by fixed rules.
use crate::tables::gauss::GAUSS;

/// ∫ f over [lo, hi] by the Gauss–Legendre rule of 20 points, exact for polynomials of degree 39.
pub(crate) fn gauss(lo: f64, hi: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mid, half) = (0.5 * (lo + hi), 0.5 * (hi - lo));
    let sum: f64 = GAUSS.iter().map(|&(x, w)| w * (f(mid - half * x) + f(mid + half * x))).sum();
    half * sum
}

/// The same over `panels` pieces of equal length.
pub(crate) fn gauss_panels(lo: f64, hi: f64, panels: usize, mut f: impl FnMut(f64) -> f64) -> f64 {
    let step = (hi - lo) / panels as f64;
    (0..panels).map(|i| gauss(lo + step * i as f64, lo + step * (i + 1) as f64, &mut f)).sum()
}

/// ∫ f and ∫ g f over [lo, hi] by the same rule, for `terms` that give f and g f.
pub(crate) fn gauss_pair(lo: f64, hi: f64, terms: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let (mid, half) = (0.5 * (lo + hi), 0.5 * (hi - lo));
    let (mut first, mut second) = (0.0, 0.0);
    for &(x, w) in &GAUSS {
        let (left, right) = (terms(mid - half * x), terms(mid + half * x));
        first += w * (left.0 + right.0);
        second += w * (left.1 + right.1);
    }
    (half * first, half * second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_and_exponentials() {
        assert!((gauss(0.0, 2.0, |x| x.powi(39)) / (2f64.powi(40) / 40.0) - 1.0).abs() < 1e-14);
        assert!((gauss_panels(0.0, 40.0, 8, |x| (-x).exp()) - 1.0).abs() < 1e-15);
    }
}
