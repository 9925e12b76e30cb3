//! The two real branches of Lambert's W function.
use crate::poly::piecewise;
use crate::tables::lambert::{INVERSE_E, W0, WM1};
use std::f64::consts::E;

/// Principal branch of Lambert's W function: the solution w ≥ -1 of w e^w = x, for x ≥ -1/e.
///
/// 0 at 0, ∞ at ∞, NaN below -1/e; the `f64` nearest to -1/e, 1.2e-17 below it, stands for the branch point and gives -1.
///
/// # Accuracy
/// 4 ulp, next to the branch point as well.
///
/// # Source
/// Next to -1/e polynomials for (w + 1)/p in p = √(2(1 + e x)), with 1/e in two parts (Corless, Gonnet, Hare, Jeffrey & Knuth, *Adv. Comput. Math.* 5
/// (1996) 329–359, §4); elsewhere the start of Iacono & Boyd (*Adv. Comput. Math.* 43 (2017) 1403–1436) and the fourth-order iteration
/// of Fritsch, Shafer & Crowley (*Commun. ACM* 16 (1973) 123–124).
///
/// # Examples
/// ```
/// assert!((ferronum_special::lambert_w0(1.0) - 0.5671432904097838).abs() < 1e-16); // the omega constant
/// ```
pub fn lambert_w0(x: f64) -> f64 {
    let p = branch_distance(x);
    if p.is_nan() || x == f64::INFINITY {
        return if x == f64::INFINITY { x } else { f64::NAN };
    }
    if p <= 0.9 {
        return -1.0 + p * piecewise(&W0, p);
    }
    if x.abs() < 1e-8 {
        // The next term, 3/2 x³, is below an ulp of x.
        return x - x * x;
    }
    let l = x.ln_1p();
    let start = l * (1.0 - l.ln_1p() / (2.0 + l));
    polish(start, |w| (x / w).ln())
}

/// Lower branch of Lambert's W function: the solution w ≤ -1 of w e^w = x, for -1/e ≤ x < 0.
///
/// -∞ at 0, NaN outside [-1/e, 0]; -1 at the `f64` nearest to -1/e, as [`lambert_w0`].
///
/// # Accuracy
/// 4 ulp, next to the branch point and in the tail towards 0 as well.
///
/// # Source
/// As [`lambert_w0`], started from the logarithms of -x (Corless et al., eq. 4.19).
///
/// # Examples
/// ```
/// let w = ferronum_special::lambert_wm1(-1e-300);
/// assert!((w / -697.3227762954601 - 1.0).abs() < 1e-15);
/// ```
pub fn lambert_wm1(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    let p = branch_distance(x);
    if p.is_nan() || x > 0.0 {
        return f64::NAN;
    }
    if p <= 0.9 {
        return -1.0 + p * piecewise(&WM1, p);
    }
    let l = (-x).ln();
    let ll = (-l).ln();
    // Far out x/w would be subnormal.
    if x > -1e-200 {
        polish(l - ll + ll / l, |w| l - (-w).ln())
    } else {
        polish(l - ll + ll / l, |w| (x / w).ln())
    }
}

/// p = √(2(1 + e x)): NaN below the branch point -1/e, whose nearest neighbour is taken for it.
fn branch_distance(x: f64) -> f64 {
    if x == -INVERSE_E.0 {
        return 0.0;
    }
    // x + 1/e is exact where it is small.
    let distance = (x + INVERSE_E.0) + INVERSE_E.1;
    (2.0 * E * distance).sqrt()
}

/// Three steps of w ← w(1 + ε): with the residual z = ln(x/w) - w each leaves an error of fourth order.
fn polish(start: f64, ln_over: impl Fn(f64) -> f64) -> f64 {
    let mut w = start;
    for _ in 0..3 {
        let z = ln_over(w) - w;
        let a = 1.0 + w;
        let q = 2.0 * a * (a + 2.0 / 3.0 * z);
        w += w * (z / a * ((q - z) / (q - 2.0 * z)));
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!((lambert_w0(0.0), lambert_w0(f64::INFINITY)), (0.0, f64::INFINITY));
        assert_eq!((lambert_wm1(0.0), lambert_wm1(-0.0)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert_eq!(lambert_w0(5e-324), 5e-324);
        let edge = -1.0 / std::f64::consts::E;
        assert_eq!((lambert_w0(edge), lambert_wm1(edge)), (-1.0, -1.0));
        for f in [lambert_w0, lambert_wm1] {
            assert!(f(-0.3678794411714424).is_nan() && f(f64::NAN).is_nan() && f(f64::NEG_INFINITY).is_nan());
        }
        assert!(lambert_wm1(1.0).is_nan());
    }

    #[test]
    fn beside_the_branch_point() {
        // mpmath, 60 digits, at the double next to -1/e
        assert_lre!(lambert_w0(-0.3678794411714423), "-0.9999999846957458715048287", 15.5);
        assert_lre!(lambert_wm1(-0.3678794411714423), "-1.000000015304254284641969", 15.5);
        assert_lre!(lambert_wm1(-5e-324), "-751.0615595398790806016478", 15.0);
    }
}
