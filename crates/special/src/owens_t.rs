//! Owen's T function.
use crate::double_ln::scaled_exp;
use crate::quadrature::gauss_panels;
use crate::{erf, norm_sf};
use ferronum_dd::Dd;
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Owen's T function: the probability that X > h and 0 < Y < aX for independent standard normal X and Y.
///
/// ```text
/// T(h, a) = 1/(2π) ∫₀ᵃ e^(-h²(1 + x²)/2)/(1 + x²) dx
/// ```
///
/// Even in `h`, odd in `a`. T(0, a) = arctan(a)/(2π), T(h, ±∞) = ±½ Φ(-|h|), T(±∞, a) = 0. The distribution function of the
/// skew normal law is Φ(z) - 2T(z, α).
///
/// # Accuracy
/// 4 ulp over the whole domain, down to the subnormal numbers.
///
/// # Source
/// Owen, *Annals of Mathematical Statistics* 27 (1956) 1075–1090.
/// * |a| ≤ 1: e^(-h²/2)/(2π) times the integral of e^(-h²x²/2)/(1 + x²), whose integrand is positive, by Gauss–Legendre rules of
///   20 points on pieces no longer than 3 in hx; beyond hx = 9 less than 2⁻⁵⁸ of it is left. The exponent is held in double-double.
/// * |a| > 1: ½Q(h) + ½Q(ah) erf(h/√2) - T(ah, 1/a), Q = 1 - Φ, where what is subtracted is at most half of the rest.
///
/// # Examples
/// ```
/// let t = ferronum_special::owens_t(1.0, 2.0);
/// assert!((t / 0.07846818699308411 - 1.0).abs() < 1e-15);
/// assert_eq!(ferronum_special::owens_t(0.0, 1.0), 0.125);
/// ```
pub fn owens_t(h: f64, a: f64) -> f64 {
    if h.is_nan() || a.is_nan() {
        return f64::NAN;
    }
    let (h, slope) = (h.abs(), a.abs());
    let value = if slope <= 1.0 { wedge(h, slope) } else { steep(h, slope) };
    value.copysign(a)
}

/// T for 0 ≤ a ≤ 1, h ≥ 0.
fn wedge(h: f64, a: f64) -> f64 {
    if h < 1e-9 {
        return a.atan() / TAU; // the next factor is 1 - h²/2
    }
    if h > 40.0 {
        return 0.0; // below e^-800
    }
    let top = a.min(9.0 / h);
    let panels = (h * top / 3.0).ceil().max(1.0) as usize;
    let half_square = 0.5 * h * h;
    let integral = if top < 1e-9 {
        top
    } else {
        gauss_panels(0.0, top, panels, |x| (-half_square * x * x).exp() / (1.0 + x * x))
    };
    scaled_exp(integral / TAU, Dd::product(h, h) * -0.5)
}

/// T for a > 1, h ≥ 0.
fn steep(h: f64, a: f64) -> f64 {
    let far = a * h;
    if h == 0.0 {
        return a.atan() / TAU;
    }
    0.5 * norm_sf(h) + (0.5 * norm_sf(far) * erf(h * FRAC_1_SQRT_2) - wedge(far, 1.0 / a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(owens_t(0.0, 1.0), 0.125);
        assert_eq!(owens_t(0.0, f64::INFINITY), 0.25);
        assert_eq!(owens_t(1.0, 0.0), 0.0);
        assert_eq!(owens_t(f64::INFINITY, 1.0), 0.0);
        assert_eq!(owens_t(f64::NEG_INFINITY, f64::INFINITY), 0.0);
        assert_eq!(owens_t(2.0, f64::INFINITY), 0.5 * norm_sf(2.0));
        assert_eq!(owens_t(-2.0, f64::NEG_INFINITY), -0.5 * norm_sf(2.0));
        assert_eq!(owens_t(-1.3, 0.7), owens_t(1.3, 0.7));
        assert_eq!(owens_t(1.3, -0.7), -owens_t(1.3, 0.7));
        assert!(owens_t(f64::NAN, 1.0).is_nan() && owens_t(1.0, f64::NAN).is_nan());
    }

    #[test]
    fn at_slope_one() {
        // T(h, 1) = ½ Φ(h) Φ(-h), and both branches meet there.
        for h in [1e-12, 1e-3, 0.5, 2.9, 3.1, 8.9, 9.1, 20.0, 37.0] {
            let expected = 0.5 * norm_sf(h) * norm_sf(-h);
            for a in [1.0, 1f64.next_up()] {
                assert!((owens_t(h, a) / expected - 1.0).abs() < 2e-15, "{h} {a}");
            }
        }
    }
}
