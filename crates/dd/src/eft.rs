//! Error-free transformations: an operation's rounded result together with its exact rounding error.

/// `a + b` as the rounded sum `s` and its exact error `e`, so that `a + b = s + e`.
///
/// Exact unless the sum overflows.
///
/// # Source
/// Knuth, *The Art of Computer Programming* vol. 2 (1997), §4.2.2, theorem B.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_dd::two_sum(1e16, 1.0), (1e16, 1.0));
/// ```
#[inline]
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let s = a + b;
    let bb = s - a;
    (s, (a - (s - bb)) + (b - bb))
}

/// `a + b` as `s + e` exactly, for `|a| ≥ |b|` (or `a = 0`); three operations instead of six.
///
/// # Source
/// Dekker, *Numerische Mathematik* 18 (1971), 224–242.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_dd::fast_two_sum(1e16, 1.0), (1e16, 1.0));
/// ```
#[inline]
pub fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let s = a + b;
    (s, b - (s - a))
}

/// `a · b` as the rounded product `p` and its exact error `e`, so that `a b = p + e`, by a fused multiply–add.
///
/// Exact unless the product overflows or its error underflows.
///
/// # Examples
/// ```
/// let (p, e) = ferronum_dd::two_prod(0.1, 0.1);
/// assert_eq!(p, 0.1 * 0.1);
/// assert!(e != 0.0); // 0.1² is not an f64
/// ```
#[inline]
pub fn two_prod(a: f64, b: f64) -> (f64, f64) {
    let p = a * b;
    (p, a.mul_add(b, -p))
}
