//! The standard normal distribution: Φ, its complement, their logarithms and inverse.
use crate::erf::erfcx_positive;
use crate::poly::horner;
use ferronum_dd::{Dd, two_prod};
use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

/// Standard normal distribution function Φ(z).
///
/// # Accuracy
/// 4 ulp, the lower tail included, down to the subnormals at z = -38.5.
///
/// # Source
/// |z| < 1: ½ + ½ erf(z/√2). Tails: ½ e^(-z²/2) erfcx(|z|/√2), with z² held exactly.
///
/// # Examples
/// ```
/// assert!((ferronum_special::norm_cdf(-10.0) / 7.619853024160526e-24 - 1.0).abs() < 1e-15);
/// ```
pub fn norm_cdf(z: f64) -> f64 {
    if z < -1.0 {
        upper_tail(-z, 0.0)
    } else if z <= 1.0 {
        0.5 + 0.5 * libm::erf(z * FRAC_1_SQRT_2)
    } else if z > 1.0 {
        1.0 - upper_tail(z, 0.0)
    } else {
        f64::NAN
    }
}

/// Standard normal upper tail 1 - Φ(z) = Φ(-z), without cancellation.
///
/// # Examples
/// ```
/// assert!((ferronum_special::norm_sf(10.0) / 7.619853024160526e-24 - 1.0).abs() < 1e-15);
/// ```
pub fn norm_sf(z: f64) -> f64 {
    norm_cdf(-z)
}

/// Φ(z) for z in double-double: standardising `(x - μ)/σ` then costs no digits in the tail.
pub fn norm_cdf_dd(z: Dd) -> f64 {
    let (hi, lo) = (z.hi(), z.lo());
    if hi < -1.0 {
        upper_tail(-hi, -lo)
    } else if hi <= 1.0 {
        // φ(z) dz: the second part is below half an ulp of z, its square below anything seen.
        norm_cdf(hi) + lo * 0.3989422804014327 * (-0.5 * hi * hi).exp()
    } else if hi > 1.0 {
        1.0 - upper_tail(hi, lo)
    } else {
        f64::NAN
    }
}

/// ln Φ(z), right where Φ itself underflows.
///
/// # Accuracy
/// 4 ulp.
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_norm_cdf(-1e4) / -50000010.12927892 - 1.0).abs() < 1e-15);
/// assert!((ferronum_special::ln_norm_cdf(10.0) / -7.619853024160526e-24 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_norm_cdf(z: f64) -> f64 {
    ln_norm_cdf_dd(Dd::from(z))
}

/// ln(1 - Φ(z)) = ln Φ(-z).
///
/// # Examples
/// ```
/// assert!((ferronum_special::ln_norm_sf(1e4) / -50000010.12927892 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_norm_sf(z: f64) -> f64 {
    ln_norm_cdf(-z)
}

/// ln Φ(z) for z in double-double.
pub fn ln_norm_cdf_dd(z: Dd) -> f64 {
    let hi = z.hi();
    if hi < -1.0 {
        if hi < -1e150 {
            return -0.5 * hi * hi;
        }
        (z * z * -0.5 + (0.5 * erfcx_positive(-hi * FRAC_1_SQRT_2)).ln()).to_f64()
    } else if hi <= 0.0 {
        norm_cdf_dd(z).ln()
    } else {
        (-norm_cdf_dd(-z)).ln_1p()
    }
}

/// 1 - Φ(z + lo) for z > 0 and |lo| below an ulp of z.
#[inline]
fn upper_tail(z: f64, lo: f64) -> f64 {
    if z > 40.0 {
        return 0.0;
    }
    let (square, rest) = two_prod(z, z);
    // e^-((z + lo)²/2): what z² leaves over enters to first order.
    let power = (-0.5 * square).exp();
    let power = power - power * (0.5 * rest + z * lo);
    0.5 * power * erfcx_positive(z * FRAC_1_SQRT_2)
}

/// Standard normal quantile Φ⁻¹(p): -∞ at 0, ∞ at 1, NaN outside [0, 1].
///
/// # Accuracy
/// 4 ulp, beside the conditioning of `p` next to ½ and 1: use [`norm_isf`] for an upper tail.
///
/// # Source
/// Wichura, algorithm AS 241 (PPND16), *Applied Statistics* 37 (1988) 477–484; a Newton step in the tails.
///
/// # Examples
/// ```
/// assert!((ferronum_special::norm_quantile(0.975) / 1.959963984540054 - 1.0).abs() < 1e-15);
/// ```
pub fn norm_quantile(p: f64) -> f64 {
    // p - ½ is exact where the central branch reads it, and 1 - p is exact for p ≥ ½.
    quantile_from(p - 0.5, if p < 0.5 { p } else { 1.0 - p })
}

/// Inverse of the upper tail: the z with 1 - Φ(z) = p.
///
/// # Examples
/// ```
/// assert!((ferronum_special::norm_isf(1e-300) / 37.0470962993612 - 1.0).abs() < 1e-15);
/// ```
pub fn norm_isf(p: f64) -> f64 {
    -norm_quantile(p)
}

/// The quantile at ½ + q, where `tail` = ½ - |q| is the probability beyond it, given apart so that both are exact.
pub(crate) fn quantile_from(q: f64, tail: f64) -> f64 {
    if q.abs() <= 0.425 {
        const A: [f64; 8] = [
            3.3871328727963666080e0,
            1.3314166789178437745e+2,
            1.9715909503065514427e+3,
            1.3731693765509461125e+4,
            4.5921953931549871457e+4,
            6.7265770927008700853e+4,
            3.3430575583588128105e+4,
            2.5090809287301226727e+3,
        ];
        const B: [f64; 8] = [
            1.0,
            4.2313330701600911252e+1,
            6.8718700749205790830e+2,
            5.3941960214247511077e+3,
            2.1213794301586595867e+4,
            3.9307895800092710610e+4,
            2.8729085735721942674e+4,
            5.2264952788528545610e+3,
        ];
        let r = 0.180625 - q * q;
        return q * (horner(&A, r) / horner(&B, r));
    }
    if !(tail > 0.0 && tail < 0.5) {
        return if tail == 0.0 { f64::INFINITY.copysign(q) } else { f64::NAN };
    }
    let r = (-ln_tail(tail)).sqrt();
    let z = if r <= 5.0 {
        const C: [f64; 8] = [
            1.42343711074968357734e0,
            4.63033784615654529590e0,
            5.76949722146069140550e0,
            3.64784832476320460504e0,
            1.27045825245236838258e0,
            2.41780725177450611770e-1,
            2.27238449892691845833e-2,
            7.74545014278341407640e-4,
        ];
        const D: [f64; 8] = [
            1.0,
            2.05319162663775882187e0,
            1.67638483018380384940e0,
            6.89767334985100004550e-1,
            1.48103976427480074590e-1,
            1.51986665636164571966e-2,
            5.47593808499534494600e-4,
            1.05075007164441684324e-9,
        ];
        horner(&C, r - 1.6) / horner(&D, r - 1.6)
    } else {
        const E: [f64; 8] = [
            6.65790464350110377720e0,
            5.46378491116411436990e0,
            1.78482653991729133580e0,
            2.96560571828504891230e-1,
            2.65321895265761230930e-2,
            1.24266094738807843860e-3,
            2.71155556874348757815e-5,
            2.01033439929228813265e-7,
        ];
        const F: [f64; 8] = [
            1.0,
            5.99832206555887937690e-1,
            1.36929880922735805310e-1,
            1.48753612908506148525e-2,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5,
            1.42151175831644588870e-7,
            2.04426310338993978564e-15,
        ];
        horner(&E, r - 5.0) / horner(&F, r - 5.0)
    };
    // One Newton step for ln(1 - Φ): the rational functions leave up to 5 ulp, the tail to be met has 2 ulp / z².
    let z = if tail > 1e-300 { z + (upper_tail(z, 0.0) / tail - 1.0) * mills(z) } else { z };
    z.copysign(q)
}

/// Mills' ratio (1 - Φ(z))/φ(z) = √(π/2) erfcx(z/√2).
#[inline]
fn mills(z: f64) -> f64 {
    1.2533141373155003 * erfcx_positive(z * FRAC_1_SQRT_2)
}

/// ln p, subnormal p included.
#[inline]
fn ln_tail(p: f64) -> f64 {
    if p < f64::MIN_POSITIVE { (p * 18014398509481984.0).ln() - 54.0 * LN_2 } else { p.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(norm_cdf(0.0), 0.5);
        assert_eq!(norm_cdf(f64::INFINITY), 1.0);
        assert_eq!(norm_cdf(f64::NEG_INFINITY), 0.0);
        assert_eq!(norm_sf(-40.0), 1.0);
        assert_eq!(ln_norm_cdf(f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert_eq!(ln_norm_cdf(f64::INFINITY), 0.0);
        assert_eq!(ln_norm_cdf(-1e200), f64::NEG_INFINITY);
        assert_eq!(norm_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(norm_quantile(1.0), f64::INFINITY);
        assert_eq!(norm_quantile(0.5), 0.0);
        for f in [norm_cdf, norm_sf, ln_norm_cdf, ln_norm_sf, norm_quantile, norm_isf] {
            assert!(f(f64::NAN).is_nan());
        }
        assert!(norm_quantile(-0.1).is_nan() && norm_quantile(1.1).is_nan());
    }

    #[test]
    fn branches_meet() {
        for z in [-1.0f64, 1.0] {
            let (a, b) = (norm_cdf(z.next_down()), norm_cdf(z.next_up()));
            assert!(a <= b && (b - a) < 1e-15, "{z}");
        }
    }

    #[test]
    fn quantile_undoes_cdf() {
        for i in -370..=80 {
            let z = f64::from(i) / 10.0;
            let p = norm_cdf(z);
            let back = if z > 0.0 { norm_isf(norm_sf(z)) } else { norm_quantile(p) };
            assert!((back - z).abs() < 4e-15 * z.abs().max(0.1), "{z} {back}");
        }
    }
}
