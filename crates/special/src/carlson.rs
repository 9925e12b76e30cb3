//! Carlson's symmetric elliptic integrals.
//!
//! All but R_C use the duplication theorem until the arguments agree to 0.6 %, then a Taylor series to seventh degree in their relative
//! differences; what is left out is of eighth degree, below 2e-18. The sums have positive terms only.

/// Largest relative difference of the arguments at which the series takes over.
const CLOSE: f64 = 0.006;
/// Each step takes the square root of a large ratio of arguments, and a quarter of a small difference: 20 steps for the widest.
const MOST_STEPS: usize = 40;

/// Symmetric elliptic integral of the first kind,
///
/// ```text
/// R_F(x, y, z) = ½ ∫₀^∞ dt / √((t + x)(t + y)(t + z))
/// ```
///
/// for x, y, z ≥ 0. ∞ if two of them are 0, 0 if one is ∞, NaN for a negative one.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// Carlson, *Numer. Algorithms* 10 (1995) 13–26; DLMF 19.26.18 and 19.36.1.
///
/// # Examples
/// ```
/// use std::f64::consts::FRAC_PI_2;
/// let circle = ferronum_special::carlson_rf(0.0, 1.0, 1.0);
/// assert!((circle / FRAC_PI_2 - 1.0).abs() < 1e-15);
/// ```
pub fn carlson_rf(x: f64, y: f64, z: f64) -> f64 {
    if negative(&[x, y, z]) {
        return f64::NAN;
    }
    if zeros(x, y, z) > 1 {
        return f64::INFINITY;
    }
    if x.max(y).max(z) == f64::INFINITY {
        return 0.0;
    }
    let unit = unit(x.max(y).max(z));
    let mut v = [x / unit, y / unit, z / unit];
    for _ in 0..MOST_STEPS {
        let mean = (v[0] + v[1] + v[2]) / 3.0;
        if v.iter().all(|a| (mean - a).abs() <= CLOSE * mean) {
            break;
        }
        let lambda = lambda(v);
        v = v.map(|a| 0.25 * (a + lambda));
    }
    let mean = (v[0] + v[1] + v[2]) / 3.0;
    let (a, b) = ((mean - v[0]) / mean, (mean - v[1]) / mean);
    let c = -(a + b);
    let (e2, e3) = (a * b - c * c, a * b * c);
    let series = e2 * (-1.0 / 10.0 + e2 * (1.0 / 24.0 - e2 * (5.0 / 208.0)))
        + e3 * (1.0 / 14.0 + e3 * (3.0 / 104.0) + e2 * (-3.0 / 44.0 + e2 / 16.0));
    (1.0 + series) / (mean.sqrt() * unit.sqrt())
}

/// Degenerate symmetric elliptic integral R_C(x, y) = R_F(x, y, y), an inverse tangent or hyperbolic tangent,
///
/// ```text
/// R_C(x, y) = ½ ∫₀^∞ dt / ((t + y) √(t + x))
/// ```
///
/// for x ≥ 0; for y < 0 the Cauchy principal value. ∞ at y = 0, 0 if an argument is infinite, NaN for x < 0.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// DLMF 19.2.18–19.2.20, with the logarithm in place of the hyperbolic tangent near 1.
///
/// # Examples
/// ```
/// let ln2 = ferronum_special::carlson_rc(2.25, 2.0); // (u - 1) R_C(((1 + u)/2)², u) = ln u
/// assert!((ln2 - 2f64.ln()).abs() < 1e-15);
/// ```
pub fn carlson_rc(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() || x < 0.0 {
        f64::NAN
    } else if y == 0.0 {
        f64::INFINITY
    } else if x == f64::INFINITY || y.is_infinite() {
        0.0
    } else if y < 0.0 {
        // In halves, against overflow: R_C is homogeneous of degree -½.
        let sum = 0.5 * x - 0.5 * y;
        0.5 * (x.sqrt() / sum.sqrt()) * carlson_rc(sum, -0.5 * y)
    } else if x < y {
        let rest = y - x;
        (rest / x).sqrt().atan() / rest.sqrt()
    } else if x == y {
        1.0 / x.sqrt()
    } else {
        let rest = x - y;
        inverse_tanh(x, y, (rest / x).sqrt()) / rest.sqrt()
    }
}

/// artanh of s = √((x - y)/x).
fn inverse_tanh(x: f64, y: f64, s: f64) -> f64 {
    if s < 0.5 {
        return 0.5 * (2.0 * s / (1.0 - s)).ln_1p();
    }
    let ratio = (1.0 + s) * (x.sqrt() / y.sqrt());
    if ratio.is_finite() { ratio.ln() } else { s.ln_1p() + 0.5 * (x.ln() - y.ln()) }
}

/// Symmetric elliptic integral of the second kind,
///
/// ```text
/// R_D(x, y, z) = R_J(x, y, z, z) = 3/2 ∫₀^∞ dt / ((t + z) √((t + x)(t + y)(t + z)))
/// ```
///
/// for x, y ≥ 0, z > 0. ∞ if x = y = 0 or z = 0, 0 if an argument is ∞, NaN for a negative one.
///
/// # Accuracy
/// 4 ulp.
///
/// # Source
/// Carlson, *Numer. Algorithms* 10 (1995) 13–26; DLMF 19.26.20 and 19.36.2.
///
/// # Examples
/// ```
/// assert!((ferronum_special::carlson_rd(4.0, 4.0, 4.0) - 0.125).abs() < 1e-16); // 4^(-3/2)
/// ```
pub fn carlson_rd(x: f64, y: f64, z: f64) -> f64 {
    if negative(&[x, y, z]) {
        return f64::NAN;
    }
    if z == 0.0 || zeros(x, y, 1.0) > 1 {
        return f64::INFINITY;
    }
    if x.max(y).max(z) == f64::INFINITY {
        return 0.0;
    }
    let unit = unit(x.max(y).max(z));
    let mut v = [x / unit, y / unit, z / unit];
    let (mut sum, mut factor) = (0.0, 1.0);
    for _ in 0..MOST_STEPS {
        let mean = (v[0] + v[1] + 3.0 * v[2]) / 5.0;
        if v.iter().all(|a| (mean - a).abs() <= CLOSE * mean) {
            break;
        }
        let lambda = lambda(v);
        sum += factor / (v[2].sqrt() * (v[2] + lambda));
        factor *= 0.25;
        v = v.map(|a| 0.25 * (a + lambda));
    }
    let mean = (v[0] + v[1] + 3.0 * v[2]) / 5.0;
    let (a, b) = ((mean - v[0]) / mean, (mean - v[1]) / mean);
    let c = -(a + b) / 3.0;
    let (ab, cc) = (a * b, c * c);
    let series = third_kind(ab - 6.0 * cc, (3.0 * ab - 8.0 * cc) * c, 3.0 * (ab - cc) * cc, ab * cc * c);
    (3.0 * sum + factor * series / (mean * mean.sqrt())) / unit / unit.sqrt()
}

/// Symmetric elliptic integral of the third kind,
///
/// ```text
/// R_J(x, y, z, p) = 3/2 ∫₀^∞ dt / ((t + p) √((t + x)(t + y)(t + z)))
/// ```
///
/// for x, y, z ≥ 0; for p < 0 the Cauchy principal value. ∞ if p = 0 or two of the others are 0, 0 if an argument is infinite, NaN for a
/// negative x, y or z.
///
/// # Accuracy
/// 4 ulp for p > 0; for p < 0 relative to the largest of the three terms that give the principal value, which has a zero.
///
/// # Source
/// Carlson, *Numer. Algorithms* 10 (1995) 13–26; DLMF 19.26.21 with the R_C of each step in a form free of cancellation, 19.36.2, and
/// 19.20.14 for p < 0; where p is far beyond the others, 19.21.12.
///
/// # Examples
/// ```
/// assert!((ferronum_special::carlson_rj(0.0, 1.0, 2.0, 3.0) / 0.7768862377858233 - 1.0).abs() < 1e-15);
/// ```
pub fn carlson_rj(x: f64, y: f64, z: f64, p: f64) -> f64 {
    if negative(&[x, y, z]) || p.is_nan() {
        return f64::NAN;
    }
    if p == 0.0 || zeros(x, y, z) > 1 {
        return f64::INFINITY;
    }
    if x.max(y).max(z).max(p.abs()) == f64::INFINITY {
        return 0.0;
    }
    if p < 0.0 { principal_value(x, y, z, -p) } else { third(x, y, z, p) }
}

/// R_J(x, y, z, p) for p > 0.
fn third(x: f64, y: f64, z: f64, p: f64) -> f64 {
    let largest = x.max(y).max(z);
    if p > 1e4 * largest {
        return far_third(x, y, z, p);
    }
    let unit = unit(largest.max(p));
    let (mut v, mut p) = ([x / unit, y / unit, z / unit], p / unit);
    let (mut sum, mut factor) = (0.0, 1.0);
    for _ in 0..MOST_STEPS {
        let mean = (v[0] + v[1] + v[2] + 2.0 * p) / 5.0;
        if v.iter().chain([&p]).all(|a| (mean - a).abs() <= CLOSE * mean) {
            break;
        }
        let lambda = lambda(v);
        let root = p.sqrt();
        let mut roots = v.map(|a| root + a.sqrt());
        roots.sort_by(f64::total_cmp);
        let [c, b, a] = roots;
        // 1 + (p - x)(p - y)(p - z)/d² = 2√p (p + λ)/d for d = a b c, since d = √p (p + λ) + p(√x + √y + √z) + √(x y z). Neither d nor
        // the quotient has to be in the range; p + λ is at most 4 a b for the two largest factors.
        let ratio = 2.0 * (root / c) * ((p + lambda) / (a * b));
        sum += factor * carlson_rc(1.0, ratio.max(f64::MIN_POSITIVE)) / a / b / c;
        factor *= 0.25;
        v = v.map(|a| 0.25 * (a + lambda));
        p = 0.25 * (p + lambda);
    }
    let mean = (v[0] + v[1] + v[2] + 2.0 * p) / 5.0;
    let [a, b, c] = v.map(|a| (mean - a) / mean);
    let d = -0.5 * (a + b + c);
    let (abc, dd) = (a * b * c, d * d);
    let e2 = a * b + a * c + b * c - 3.0 * dd;
    let series =
        third_kind(e2, abc + 2.0 * d * (e2 + 2.0 * dd), (2.0 * abc + d * (e2 + 3.0 * dd)) * d, abc * dd);
    (6.0 * sum + factor * series / (mean * mean.sqrt())) / unit / unit.sqrt()
}

/// R_J(x, y, z, p) for p far beyond the others, from q = z + (z - x)(z - y)/(p - z) next to the largest, z (DLMF 19.21.12): R_F carries
/// all but two hundredths of the difference. The duplications would take steps in proportion to ln p.
fn far_third(x: f64, y: f64, z: f64, p: f64) -> f64 {
    let mut sorted = [x, y, z];
    sorted.sort_by(f64::total_cmp);
    let [x, y, z] = sorted;
    let beyond = (z - x) * ((z - y) / (p - z));
    let q = z + beyond;
    let small = if beyond == 0.0 { 0.0 } else { beyond * third(x, y, z, q) };
    let rest = carlson_rf(x, y, z) - carlson_rc(x * (y / z), p * (q / z));
    (3.0 * rest - small) / (p - z)
}

/// Cauchy principal value of R_J(x, y, z, -q): with x ≤ y ≤ z its first term is positive.
fn principal_value(x: f64, y: f64, z: f64, q: f64) -> f64 {
    let mut sorted = [x, y, z];
    sorted.sort_by(f64::total_cmp);
    let [x, y, z] = sorted;
    let beyond = (z - y) * ((y - x) / (y + q));
    let p = y + beyond;
    let first = if beyond == 0.0 { 0.0 } else { beyond * third(x, y, z, p) };
    let last = (x * y / (x * z + p * q) * z).sqrt() * carlson_rc(x * z + p * q, p * q);
    (first + 3.0 * (last - carlson_rf(x, y, z))) / (y + q)
}

/// Completely symmetric elliptic integral of the second kind,
///
/// ```text
/// R_G(x, y, z) = ¼ ∫₀^∞ (x/(t + x) + y/(t + y) + z/(t + z)) t dt / √((t + x)(t + y)(t + z))
/// ```
///
/// for x, y, z ≥ 0. The surface of the ellipsoid with semi-axes a, b, c is 4π R_G(a²b², a²c², b²c²). ∞ if an argument is ∞, NaN for a negative
/// one.
///
/// # Accuracy
/// 5 ulp.
///
/// # Source
/// DLMF 19.21.10 with the middle argument last, where all terms are positive.
///
/// # Examples
/// ```
/// assert!((ferronum_special::carlson_rg(0.0, 1.0, 1.0) - 0.25 * std::f64::consts::PI).abs() < 1e-15);
/// ```
pub fn carlson_rg(x: f64, y: f64, z: f64) -> f64 {
    if negative(&[x, y, z]) {
        return f64::NAN;
    }
    let mut sorted = [x, y, z];
    sorted.sort_by(f64::total_cmp);
    let [x, z, y] = sorted;
    if z == 0.0 || y == f64::INFINITY {
        return 0.5 * y.sqrt();
    }
    if y / z > 1e100 {
        // ½√y (1 + O(z/y ln(y/z))): the quotients below would leave the range.
        return 0.5 * y.sqrt();
    }
    // R_D is homogeneous of degree -3/2.
    let second = (y - z) / z * ((z - x) / z) * (z.sqrt() * carlson_rd(x / z, y / z, 1.0)) / 3.0;
    0.5 * (z * carlson_rf(x, y, z) + second + y.sqrt() * (x / z).sqrt())
}

/// 1 - 3E₂/14 + … of DLMF 19.36.2 to seventh degree.
fn third_kind(e2: f64, e3: f64, e4: f64, e5: f64) -> f64 {
    let second = e2 * (-3.0 / 14.0 + e2 * (9.0 / 88.0 - e2 / 16.0));
    let third = e3 * (1.0 / 6.0 + 3.0 / 40.0 * e3 + e2 * (-9.0 / 52.0 + 45.0 / 272.0 * e2));
    let fourth = e4 * (-3.0 / 22.0 + 3.0 / 20.0 * e2 - 9.0 / 68.0 * e3);
    let fifth = e5 * (3.0 / 26.0 - 9.0 / 68.0 * e2);
    1.0 + (second + third + fourth + fifth)
}

/// √x√y + √x√z + √y√z.
fn lambda(v: [f64; 3]) -> f64 {
    let [a, b, c] = v.map(f64::sqrt);
    a * (b + c) + b * c
}

fn negative(v: &[f64]) -> bool {
    v.iter().any(|&a| a.is_nan() || a < 0.0)
}

fn zeros(x: f64, y: f64, z: f64) -> usize {
    [x, y, z].iter().filter(|&&a| a == 0.0).count()
}

/// A power of four by which to divide, so that sums neither overflow nor lose digits among the subnormal numbers.
fn unit(largest: f64) -> f64 {
    const SMALL: f64 = 1.0 / (1u128 << 100) as f64;
    if largest > 1e300 {
        1.0 / SMALL
    } else if largest < 1e-270 {
        SMALL
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        let inf = f64::INFINITY;
        assert_eq!(
            (carlson_rf(0.0, 0.0, 1.0), carlson_rf(1.0, inf, 2.0), carlson_rf(4.0, 4.0, 4.0)),
            (inf, 0.0, 0.5)
        );
        assert_eq!((carlson_rc(1.0, 0.0), carlson_rc(inf, 1.0), carlson_rc(4.0, 4.0)), (inf, 0.0, 0.5));
        assert_eq!(
            (carlson_rd(1.0, 1.0, 0.0), carlson_rd(0.0, 0.0, 1.0), carlson_rd(1.0, 1.0, inf)),
            (inf, inf, 0.0)
        );
        assert_eq!((carlson_rj(1.0, 1.0, 1.0, 0.0), carlson_rj(0.0, 0.0, 1.0, 1.0)), (inf, inf));
        assert_eq!(
            (carlson_rg(0.0, 0.0, 16.0), carlson_rg(0.0, 0.0, 0.0), carlson_rg(1.0, 1.0, inf)),
            (2.0, 0.0, inf)
        );
        for value in [
            carlson_rf(-1.0, 1.0, 1.0),
            carlson_rc(-1.0, 1.0),
            carlson_rd(1.0, f64::NAN, 1.0),
            carlson_rj(1.0, 1.0, -1.0, 1.0),
            carlson_rj(1.0, 1.0, 1.0, f64::NAN),
            carlson_rg(1.0, 1.0, -1.0),
        ] {
            assert!(value.is_nan());
        }
    }

    #[test]
    fn published_values() {
        // Carlson (1995), to more digits by mpmath
        assert_lre!(carlson_rf(0.5, 1.0, 0.0), "1.85407467730137191843385", 15.3);
        assert_lre!(carlson_rc(0.25, -2.0), "0.2310490601866484364724107", 15.3);
        assert_lre!(carlson_rd(2.0, 3.0, 4.0), "0.1651052729426105334867134", 15.3);
        assert_lre!(carlson_rj(2.0, 3.0, 4.0, 5.0), "0.1429757966715675383323388", 15.3);
        assert_lre!(carlson_rj(2.0, 3.0, 4.0, -0.5), "0.247238197030515649016798", 15.0);
        assert_lre!(carlson_rg(2.0, 3.0, 4.0), "1.725503028069227760106115", 15.3);
    }

    #[test]
    fn ends_of_the_range() {
        // mpmath, 60 digits
        assert_lre!(carlson_rf(1e-300, 2e-300, 1e300), "6.91280448672314034664965e-148", 15.0);
        assert_lre!(carlson_rc(1e308, 5e-324), "7.275112874623336078170347e-152", 15.0);
        assert_lre!(carlson_rg(1e-298, 5e-118, 2e205), "2.236067977499789714986466e+102", 15.0);
        assert_lre!(carlson_rg(1e300, 2e300, 4e300), "1.505344298366756095961578e+150", 15.0);
        assert_lre!(carlson_rg(1e-300, 2e-300, 4e-300), "1.505344298366756075303988e-150", 15.0);
        assert_lre!(carlson_rj(1e-75, 1e-28, 8e-59, 3e72), "3.603664252815214701729479e-57", 15.0);
        assert_lre!(carlson_rd(1e-310, 2e-150, 1e300), "1.554364100083500468256564e-447", 15.0);
    }
}
