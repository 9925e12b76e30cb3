//! The normal distribution function in two and three dimensions.
use crate::quadrature::integrate;
use ferronum_special::{ln_norm_cdf, norm_cdf, owens_t};
use std::f64::consts::PI;

/// P(X ≤ h, Y ≤ k) for standard normal X, Y of correlation ρ.
///
/// # Special values
/// Infinite limits give the marginal law; ρ = ±1 the degenerate one; NaN for |ρ| > 1 or a NaN.
///
/// # Accuracy
/// 1e-14 relative in the body, 1e-13 in the tails, against 40-digit values; the digits that 1 − ρ² loses when ρ is rounded are not counted.
///
/// # Source
/// Owen, *Ann. Math. Statist.* 27 (1956) 1075–1090, (2.1), where its terms do not cancel; elsewhere the integral of φ(x) Φ((k − ρx)/√(1 − ρ²))
/// over x ≤ h by adaptive Gauss–Kronrod quadrature: its integrand is positive, so that tails keep their digits.
///
/// # Examples
/// ```
/// use ferronum_distmv::bivariate_normal_cdf;
/// assert!((bivariate_normal_cdf(0.0, 0.0, 0.5) - 1.0 / 3.0).abs() < 1e-15);
/// assert_eq!(bivariate_normal_cdf(f64::INFINITY, 0.0, 0.5), 0.5);
/// ```
pub fn bivariate_normal_cdf(h: f64, k: f64, rho: f64) -> f64 {
    if h.is_nan() || k.is_nan() || !(-1.0..=1.0).contains(&rho) {
        return f64::NAN;
    }
    conditional_cdf(h, k, rho, ((1.0 - rho) * (1.0 + rho)).sqrt())
}

/// The same with s = √(1 − ρ²) known.
fn conditional_cdf(h: f64, k: f64, rho: f64, s: f64) -> f64 {
    if h == f64::NEG_INFINITY || k == f64::NEG_INFINITY {
        return 0.0;
    }
    if h == f64::INFINITY || k == f64::INFINITY || rho == 0.0 {
        return norm_cdf(h) * norm_cdf(k);
    }
    if s == 0.0 {
        return if rho > 0.0 { norm_cdf(h.min(k)) } else { interval(-k, h) };
    }
    let value = by_owens_t(h, k, rho, s);
    // Absolute error about 2e-16 there.
    if value > 0.05 { value.min(1.0) } else { by_quadrature(h, k, rho, s) }
}

/// Φ(b) − Φ(a), 0 for a ≥ b, in the smaller tail.
pub(crate) fn interval(a: f64, b: f64) -> f64 {
    if a >= b {
        0.0
    } else if a > 0.0 {
        norm_cdf(-a) - norm_cdf(-b)
    } else {
        norm_cdf(b) - norm_cdf(a)
    }
}

fn by_owens_t(h: f64, k: f64, rho: f64, s: f64) -> f64 {
    // T(h, a) for a = (k - ρh)/(hs); at h = 0 its limit, the quarter turn.
    let term = |h: f64, k: f64| {
        if h == 0.0 {
            if k == 0.0 { f64::NAN } else { 0.25 * k.signum() }
        } else {
            owens_t(h, (k - rho * h) / (h * s))
        }
    };
    if h == 0.0 && k == 0.0 {
        return 0.25 + rho.atan2(s) / (2.0 * PI);
    }
    let opposite = h * k < 0.0 || (h * k == 0.0 && h + k < 0.0);
    0.5 * (norm_cdf(h) + norm_cdf(k)) - term(h, k) - term(k, h) - if opposite { 0.5 } else { 0.0 }
}

fn by_quadrature(h: f64, k: f64, rho: f64, s: f64) -> f64 {
    // The smaller limit outside: its tail is the shorter one.
    let (h, k) = if h <= k { (h, k) } else { (k, h) };
    over_normal(h, &|x| ln_norm_cdf((k - rho * x) / s), &[k / rho], s / rho.abs())
}

/// ∫ φ(x) exp(g(x)) dx over x ≤ h, for a log-concave integrand; `corners` and `width` tell where and how fast g bends.
fn over_normal(h: f64, ln_g: &dyn Fn(f64) -> f64, corners: &[f64], width: f64) -> f64 {
    let ln_f = |x: f64| -0.5 * x * x + ln_g(x);
    let top = h.min(40.0);
    // The largest value by golden sections of what is concave; rough is enough.
    let (mut a, mut b) = (top - 90.0, top);
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    for _ in 0..50 {
        let (x, y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
        if ln_f(x) < ln_f(y) { a = x } else { b = y }
    }
    let mode = if ln_f(top) >= ln_f(0.5 * (a + b)) { top } else { 0.5 * (a + b) };
    let peak = ln_f(mode);
    if peak == f64::NEG_INFINITY || peak.is_nan() {
        return 0.0;
    }
    // e^-42 = 6e-19 of the peak, and falling at least as fast as the normal density, is the end.
    let reach = |direction: f64| {
        let (mut near, mut far) = (0.0, 16.0);
        for _ in 0..30 {
            let middle = 0.5 * (near + far);
            if ln_f(mode + direction * middle) > peak - 42.0 { near = middle } else { far = middle }
        }
        far
    };
    let (from, to) = (mode - reach(-1.0), (mode + reach(1.0)).min(top));
    let mut breaks = vec![from, mode, to];
    for corner in corners {
        breaks.extend([-12.0, -3.0, 0.0, 3.0, 12.0].iter().map(|t| corner + t * width));
    }
    breaks.retain(|x| *x >= from && *x <= to);
    breaks.sort_by(f64::total_cmp);
    let scaled = integrate(&|x| (ln_f(x) - peak).exp(), &breaks, 1e-15, 120);
    scaled * peak.exp() / (2.0 * PI).sqrt()
}

/// P(X₁ ≤ h₁, X₂ ≤ h₂, X₃ ≤ h₃) for standard normal variables of correlations ρ₁₂, ρ₁₃, ρ₂₃.
///
/// # Special values
/// Infinite limits reduce the dimension; NaN for a NaN, or correlations that no three variables have.
///
/// # Accuracy
/// 1e-13 relative, 1e-14 absolute, against 30-digit values; correlation matrices next to singular lose what the rounding of ρ takes.
///
/// # Source
/// Genz, *Statistics and Computing* 14 (2004) 251–260, surveys the methods; this is the integral of φ(x) times the bivariate function of
/// the conditional law over x ≤ h₁ by adaptive Gauss–Kronrod quadrature, with the most independent variable outside.
///
/// # Examples
/// ```
/// use ferronum_distmv::trivariate_normal_cdf;
/// // Orthants: 1/8 + (asin ρ₁₂ + asin ρ₁₃ + asin ρ₂₃) / 4π
/// let p = trivariate_normal_cdf([0.0; 3], [0.5, 0.5, 0.5]);
/// assert!((p - 0.25).abs() < 1e-14);
/// ```
pub fn trivariate_normal_cdf(h: [f64; 3], rho: [f64; 3]) -> f64 {
    let [r12, r13, r23] = rho;
    let det = 1.0 - r12 * r12 - r13 * r13 - r23 * r23 + 2.0 * r12 * r13 * r23;
    if h.iter().any(|h| h.is_nan()) || rho.iter().any(|r| !(-1.0..=1.0).contains(r)) || det < -1e-14 {
        return f64::NAN;
    }
    // Each variable with its limit, its correlations to the other two, and theirs.
    let turns = [
        (h[0], h[1], h[2], r12, r13, r23),
        (h[1], h[0], h[2], r12, r23, r13),
        (h[2], h[0], h[1], r13, r23, r12),
    ];
    if let Some(t) = turns.iter().find(|t| t.0.is_infinite()) {
        return if t.0 > 0.0 { bivariate_normal_cdf(t.1, t.2, t.5) } else { 0.0 };
    }
    let strength = |t: &(f64, f64, f64, f64, f64, f64)| t.3.abs().max(t.4.abs());
    let Some(&(h1, h2, h3, a, b, c)) = turns.iter().min_by(|s, t| strength(s).total_cmp(&strength(t))) else {
        return f64::NAN;
    };
    let (sa, sb) = (((1.0 - a) * (1.0 + a)).sqrt(), ((1.0 - b) * (1.0 + b)).sqrt());
    if sa == 0.0 || sb == 0.0 {
        // All three are one variable or its mirror image.
        return degenerate(h1, [(a, h2), (b, h3)]);
    }
    let partial = ((c - a * b) / (sa * sb)).clamp(-1.0, 1.0);
    let s = (det.max(0.0)).sqrt() / (sa * sb);
    let inner = |x: f64| conditional_cdf((h2 - a * x) / sa, (h3 - b * x) / sb, partial, s.min(1.0)).ln();
    let corners: Vec<f64> = [h2 / a, h3 / b].into_iter().filter(|x| x.is_finite()).collect();
    over_normal(h1, &inner, &corners, (sa / a.abs()).min(sb / b.abs()).min(8.0))
}

fn degenerate(h: f64, others: [(f64, f64); 2]) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, h);
    for (sign, limit) in others {
        if sign > 0.0 { high = high.min(limit) } else { low = low.max(-limit) }
    }
    interval(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        let inf = f64::INFINITY;
        assert_eq!(bivariate_normal_cdf(inf, inf, 0.3), 1.0);
        assert_eq!(bivariate_normal_cdf(-inf, 1.0, 0.3), 0.0);
        assert!(
            bivariate_normal_cdf(0.0, 0.0, 1.1).is_nan() && bivariate_normal_cdf(f64::NAN, 0.0, 0.1).is_nan()
        );
        assert_eq!(bivariate_normal_cdf(1.0, 0.5, 1.0), norm_cdf(0.5));
        assert_eq!(bivariate_normal_cdf(-1.0, 0.5, -1.0), 0.0);
        assert!((bivariate_normal_cdf(1.0, 0.5, -1.0) - (norm_cdf(1.0) - norm_cdf(-0.5))).abs() < 1e-16);
        assert!(trivariate_normal_cdf([0.0; 3], [0.9, 0.9, -0.9]).is_nan());
        let two = trivariate_normal_cdf([0.3, inf, -0.2], [0.1, 0.4, 0.2]);
        assert_eq!(two, bivariate_normal_cdf(0.3, -0.2, 0.4));
    }
}
