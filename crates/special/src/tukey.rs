//! Tukey's studentized range.
use crate::gamma_derivatives::exp_m1_minus;
use crate::quadrature::gauss;
use crate::shape::bracketed;
use crate::{IncompleteBeta, erf, gamma_p, norm_cdf, norm_sf, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::{FRAC_1_SQRT_2, PI, TAU};

/// Distribution function of the studentized range: the probability that the range of `groups` standard normal values, divided by
/// an independent √(χ²_ν/ν), is below `q`.
///
/// ```text
/// P(q; k, ν) = ∫ f_ν(s) W(qs) ds,    W(w) = k ∫ φ(z) (Φ(z) - Φ(z - w))^(k-1) dz
/// ```
///
/// ν = ∞ is the range of normal values with known variance. 0 for q ≤ 0, 1 at ∞; NaN unless 2 ≤ k ≤ 10⁶ and ν > 0. `groups` need
/// not be an integer.
///
/// # Accuracy
/// 1e-13 in both tails, beside the conditioning in `q`.
///
/// # Source
/// * k = 2: the distribution of √2 |t|.
/// * otherwise both integrands are positive, the upper tail being that of 1 - W. Inner integral: the trapezoidal rule on the whole
///   line, exponentially convergent for analytic integrands (Trefethen & Weideman, *SIAM Review* 56 (2014) 385–458). Outer
///   integral: over ln s, where the density is log-concave, by Gauss–Legendre rules of 20 points from the peak outwards until a
///   piece adds less than 1e-18; where W < 1e-18 the rest of the upper tail is an incomplete gamma function.
///
/// # Examples
/// ```
/// let p = ferronum_special::tukey_cdf(3.5, 3.0, 20.0);
/// assert!((p - 0.944108150918251).abs() < 1e-14);
/// ```
pub fn tukey_cdf(q: f64, groups: f64, nu: f64) -> f64 {
    tail(q, groups, nu, false)
}

/// Upper tail 1 - P(q; k, ν) of the studentized range, relatively accurate: the p-value of Tukey's test.
///
/// # Examples
/// ```
/// let p = ferronum_special::tukey_sf(30.0, 4.0, f64::INFINITY);
/// assert!((p / 4.327796503470724e-99 - 1.0).abs() < 1e-13); // 12 Φ(-30/√2)
/// ```
pub fn tukey_sf(q: f64, groups: f64, nu: f64) -> f64 {
    tail(q, groups, nu, true)
}

/// The `q` with P(q; k, ν) = p. 0 at p = 0, ∞ at 1.
///
/// # Accuracy
/// That of P divided by its slope.
///
/// # Source
/// A bracketing secant method for the logarithm of the smaller tail in ln q.
///
/// # Examples
/// ```
/// let q = ferronum_special::tukey_quantile(0.95, 3.0, 10.0);
/// assert!((q - 3.876776750013182).abs() < 1e-13); // tables: 3.88
/// ```
pub fn tukey_quantile(p: f64, groups: f64, nu: f64) -> f64 {
    inverse(p, 1.0 - p, groups, nu)
}

/// The `q` with upper tail `p`: the critical value of Tukey's test at level `p`.
///
/// # Examples
/// ```
/// let q = ferronum_special::tukey_isf(1e-20, 5.0, 12.0);
/// assert!((ferronum_special::tukey_sf(q, 5.0, 12.0) / 1e-20 - 1.0).abs() < 1e-12);
/// ```
pub fn tukey_isf(p: f64, groups: f64, nu: f64) -> f64 {
    inverse(1.0 - p, p, groups, nu)
}

fn in_domain(k: f64, nu: f64) -> bool {
    (2.0..=1e6).contains(&k) && nu > 0.0
}

fn tail(q: f64, k: f64, nu: f64, upper: bool) -> f64 {
    if !in_domain(k, nu) || q.is_nan() {
        return f64::NAN;
    }
    if q <= 0.0 || q == f64::INFINITY {
        return if (q > 0.0) == upper { 0.0 } else { 1.0 };
    }
    if k == 2.0 {
        return two_groups(q, nu, upper);
    }
    let range = Range::new(k, upper);
    // The correction for ν is of relative order w⁴/ν, below 1e-18.
    let value = if nu > 1e25 { range.at(q) } else { studentized(q, nu, &range) };
    value.min(1.0)
}

/// |t| > q/√2, or erf(q/2).
fn two_groups(q: f64, nu: f64, upper: bool) -> f64 {
    if nu > 1e25 {
        return if upper { crate::erfc(0.5 * q) } else { erf(0.5 * q) };
    }
    let beta = IncompleteBeta::from_ratio(0.5 * nu, 0.5, Dd::from(nu), Dd::product(q, q) * 0.5);
    if upper { beta.lower() } else { beta.upper() }
}

/// ∫ g(u) T(q e^u) du with T = W or 1 - W and g the density of ln s,
/// g = √(ν/π) e^(-δ(ν/2)) exp(-ν/2 (e^(2u) - 1 - 2u)), δ Stirling's remainder.
fn studentized(q: f64, nu: f64, range: &Range) -> f64 {
    let front = (nu / PI).sqrt() * (-stirling_remainder(0.5 * nu)).exp();
    let integrand = |u: f64| {
        let density = (-0.5 * nu * exp_m1_minus(2.0 * u)).exp();
        if density == 0.0 { 0.0 } else { density * range.at(q * u.exp()) }
    };
    // The peak lies between 0 and where T alone would draw it: e^(-w²/4) for the upper tail, w^(k-1) for the lower one.
    let k = range.k;
    let drawn =
        if range.upper { -0.5 * (0.5 * q * (q / nu)).ln_1p() } else { 0.5 * ((k - 1.0) / nu).ln_1p() };
    let drawn = drawn.clamp(-700.0, 700.0);
    let bend = 1.0 / (2.0 * if range.upper { nu } else { nu + k - 1.0 }).sqrt();
    let width = (4.0 * bend).min(2.0 / (4.0 + k.ln()));
    let (left, right) = (drawn.min(0.0), drawn.max(0.0));
    let (mut total, mut rest) = (0.0, 0.0);
    for i in 0..20_000 {
        let lo = drawn + width * f64::from(i);
        let piece = gauss(lo, lo + width, integrand);
        total += piece;
        if lo > right && piece <= 1e-18 * total {
            break;
        }
    }
    for i in 1..20_000 {
        let lo = drawn - width * f64::from(i);
        if range.upper && range.at_most(q * (lo + width).exp()) < 1e-18 {
            rest = gamma_p(0.5 * nu, 0.5 * nu * (2.0 * (lo + width)).exp());
            break;
        }
        let piece = gauss(lo, lo + width, integrand);
        total += piece;
        if lo + width < left && piece <= 1e-18 * total {
            break;
        }
    }
    front * total + rest
}

/// The range of k standard normal values, one of its tails.
struct Range {
    k: f64,
    upper: bool,
    step: f64,
    /// φ(z) Φ(z)^(k-1) and Φ(z) at z = -9 + i·step, for the upper tail.
    grid: Vec<(f64, f64)>,
}

/// No tail is left at a range of 54: 1 - W ~ e^(-w²/4).
const FARTHEST: f64 = 54.0;

impl Range {
    fn new(k: f64, upper: bool) -> Self {
        // For large k the integrand falls off over 1/√(2 ln k), for small w over 1/√k: steps short enough for e^(-40).
        let step = if upper {
            if k < 20.0 {
                0.125
            } else if k < 2e3 {
                0.0625
            } else {
                0.03125
            }
        } else {
            // A power of two, so that z² is exact.
            2f64.powi((0.5 / k.sqrt()).log2().floor() as i32).clamp(1e-4, 0.125)
        };
        let nodes = if upper { (9.0 + 0.5 * FARTHEST + 8.0) / step } else { 0.0 };
        let grid = (0..nodes as usize).map(|i| {
            let z = step * i as f64 - 9.0;
            let below = norm_cdf(z);
            (density(z) * ((k - 1.0) * ln_cdf(z, below)).exp(), below)
        });
        Self { k, upper, step, grid: grid.collect() }
    }

    fn at(&self, w: f64) -> f64 {
        if self.upper { self.beyond(w) } else { self.within(w) }
    }

    /// A bound on W(w): each of the other k - 1 values lies within w of the smallest, where the density is at most φ(0).
    fn at_most(&self, w: f64) -> f64 {
        self.k * (0.3989422804014327 * w).min(1.0).powf(self.k - 1.0)
    }

    /// 1 - W = k ∫ φ Φ^(k-1) [1 - (1 - Φ(z - w)/Φ(z))^(k-1)] dz.
    fn beyond(&self, w: f64) -> f64 {
        if w > FARTHEST {
            return 0.0;
        }
        let node = |z: f64| ((z + 9.0) / self.step) as usize;
        let first = node((0.5 * w - 9.0).max(-9.0));
        let last = node((0.5 * w + 8.0).max(11.0)).min(self.grid.len());
        let sum: f64 = (first..last)
            .map(|i| {
                let (weight, below) = self.grid[i];
                let z = self.step * i as f64 - 9.0;
                let ratio = (norm_cdf(z - w) / below).min(1.0);
                weight * -((self.k - 1.0) * (-ratio).ln_1p()).exp_m1()
            })
            .sum();
        self.k * self.step * sum
    }

    /// W = k ∫ φ(y + h) D(y)^(k-1) dy, D(y) = Φ(y + h) - Φ(y - h) even, h = w/2.
    fn within(&self, w: f64) -> f64 {
        let h = 0.5 * w;
        let power = |y: f64| ((self.k - 1.0) * ln_between(y, h)).exp();
        let mut sum = density(h) * power(0.0);
        for i in 1..200_000 {
            let y = self.step * f64::from(i);
            let term = (density(y + h) + density(y - h)) * power(y);
            sum += term;
            if y > h && term <= 1e-19 * sum {
                break;
            }
        }
        self.k * self.step * sum
    }
}

/// φ(z).
fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / TAU.sqrt()
}

fn ln_cdf(z: f64, cdf: f64) -> f64 {
    if z > 0.0 { (-norm_sf(z)).ln_1p() } else { cdf.ln() }
}

/// ln(Φ(y + h) - Φ(y - h)) for y, h ≥ 0.
fn ln_between(y: f64, h: f64) -> f64 {
    if y <= h && h >= 1.0 {
        (-(norm_sf(h - y) + norm_sf(h + y))).ln_1p()
    } else if y <= h {
        (0.5 * (erf((h + y) * FRAC_1_SQRT_2) + erf((h - y) * FRAC_1_SQRT_2))).ln()
    } else if h < 0.5 {
        // φ(y) ∫ e^(-yt - t²/2) over (-h, h).
        let rest = gauss(-h, h, |t| (-t * (y + 0.5 * t)).exp());
        rest.ln() - 0.5 * y * y - 0.5 * TAU.ln()
    } else {
        (norm_sf(y - h) - norm_sf(y + h)).ln()
    }
}

fn inverse(p: f64, upper: f64, k: f64, nu: f64) -> f64 {
    if !in_domain(k, nu) || !(0.0..=1.0).contains(&p) || !(0.0..=1.0).contains(&upper) {
        return f64::NAN;
    }
    if p == 0.0 || upper == 0.0 {
        return if p == 0.0 { 0.0 } else { f64::INFINITY };
    }
    let (target, use_upper) = if p <= upper { (p, false) } else { (upper, true) };
    bracketed(3.0, target, |q| tail(q, k, nu, use_upper), !use_upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((tukey_cdf(0.0, 3.0, 5.0), tukey_sf(-1.0, 3.0, 5.0)), (0.0, 1.0));
        assert_eq!((tukey_cdf(f64::INFINITY, 3.0, 5.0), tukey_sf(f64::INFINITY, 3.0, 5.0)), (1.0, 0.0));
        assert_eq!((tukey_quantile(0.0, 3.0, 5.0), tukey_quantile(1.0, 3.0, 5.0)), (0.0, f64::INFINITY));
        for (q, k, nu) in [(1.0, 1.5, 5.0), (1.0, 3.0, 0.0), (f64::NAN, 3.0, 5.0), (1.0, f64::NAN, 5.0)] {
            assert!(tukey_cdf(q, k, nu).is_nan() && tukey_sf(q, k, nu).is_nan(), "{q} {k} {nu}");
        }
        assert!(tukey_quantile(1.1, 3.0, 5.0).is_nan() && tukey_isf(-0.1, 3.0, 5.0).is_nan());
    }

    #[test]
    fn tails_add_to_one() {
        for k in [2.0, 3.0, 8.0, 50.0, 1000.0] {
            for nu in [1.0, 2.5, 10.0, 1e3, 1e8, f64::INFINITY] {
                for q in [0.5, 2.0, 3.5, 7.0] {
                    let total = tukey_cdf(q, k, nu) + tukey_sf(q, k, nu);
                    assert!((total - 1.0).abs() < 1e-13, "{q} {k} {nu}: {:e}", total - 1.0);
                }
            }
        }
    }

    #[test]
    fn general_method_on_two_groups() {
        for nu in [1.0, 7.0, 300.0] {
            for q in [0.01, 1.0, 4.0, 30.0] {
                for upper in [false, true] {
                    let general = studentized(q, nu, &Range::new(2.0, upper));
                    let exact = two_groups(q, nu, upper);
                    assert!((general / exact - 1.0).abs() < 1e-13, "{q} {nu} {upper}: {general:e} {exact:e}");
                }
            }
        }
    }
}
