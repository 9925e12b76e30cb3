//! How far an answer is from the expected value.
use ferronum_dd::Dd;

/// Digits are counted up to here: −log₁₀ 2⁻⁵³ is 15.95.
pub const MAX_DIGITS: f64 = 15.9;

/// A value an answer is compared with: an `f64`, a decimal string of any length, or a double-double number.
pub trait Expected {
    /// The value to about 32 digits.
    fn value(&self) -> Dd;
}

impl Expected for Dd {
    fn value(&self) -> Dd {
        *self
    }
}

impl Expected for f64 {
    fn value(&self) -> Dd {
        Dd::from(*self)
    }
}

impl Expected for str {
    #[allow(clippy::panic, reason = "a malformed literal is a mistake in the test itself")]
    #[track_caller]
    fn value(&self) -> Dd {
        self.parse().unwrap_or_else(|error| panic!("expected value: {error}"))
    }
}

impl<E: Expected + ?Sized> Expected for &E {
    #[track_caller]
    fn value(&self) -> Dd {
        (*self).value()
    }
}

/// The distance from |`x`| to the next larger `f64`; NaN for an infinite or NaN argument.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_testkit::ulp(1.0), f64::EPSILON);
/// assert_eq!(ferronum_testkit::ulp(0.0), 5e-324);
/// ```
pub fn ulp(x: f64) -> f64 {
    if !x.is_finite() {
        return f64::NAN;
    }
    // 2^(e − 1075) for the biased exponent e, a subnormal power of two where e ≤ 52.
    match (x.to_bits() >> 52) & 0x7ff {
        e @ 53.. => f64::from_bits((e - 52) << 52),
        e => f64::from_bits(1 << e.saturating_sub(1)),
    }
}

/// |actual − expected|; 0 where both are the same infinity or both NaN, ∞ where only one is.
pub(crate) fn absolute_error(actual: f64, expected: Dd) -> f64 {
    let nearest = expected.to_f64();
    if actual.is_nan() || nearest.is_nan() {
        return if actual.is_nan() && nearest.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if actual.is_infinite() || nearest.is_infinite() {
        return if actual == nearest { 0.0 } else { f64::INFINITY };
    }
    let difference = (Dd::from(actual) - expected).abs().to_f64();
    if difference.is_nan() { f64::INFINITY } else { difference }
}

/// |actual − expected| / |expected|; the absolute error where `expected` is 0.
///
/// Equal infinities and two NaN count as no error, anything else involving them as an infinite one.
pub fn relative_error(actual: f64, expected: impl Expected) -> f64 {
    let expected = expected.value();
    let error = absolute_error(actual, expected);
    if error == 0.0 || error.is_infinite() || expected.to_f64() == 0.0 {
        error
    } else {
        error / expected.to_f64().abs()
    }
}

/// |actual − expected| in units in the last place of `expected`.
///
/// # Examples
/// ```
/// use ferronum_testkit::ulp_error;
/// assert_eq!(ulp_error(1.0 + f64::EPSILON, 1.0), 1.0);
/// assert!((ulp_error(0.1, "0.1") - 0.4).abs() < 1e-9); // even the nearest f64 is 0.4 ulp off
/// ```
pub fn ulp_error(actual: f64, expected: impl Expected) -> f64 {
    let expected = expected.value();
    let error = absolute_error(actual, expected);
    if error == 0.0 || error.is_infinite() { error } else { error / ulp(expected.to_f64()) }
}

/// Correct digits, −log₁₀ of the [`relative_error`], between 0 and [`MAX_DIGITS`].
///
/// # Examples
/// ```
/// use ferronum_testkit::lre;
/// assert!((lre(3.1416, std::f64::consts::PI) - 5.63).abs() < 0.01);
/// assert_eq!(lre(1.0, 1.0), ferronum_testkit::MAX_DIGITS);
/// assert_eq!(lre(f64::NAN, 1.0), 0.0);
/// ```
pub fn lre(actual: f64, expected: impl Expected) -> f64 {
    digits(relative_error(actual, expected))
}

pub(crate) fn digits(relative_error: f64) -> f64 {
    (-relative_error.log10()).clamp(0.0, MAX_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn special_values() {
        assert_eq!(relative_error(f64::NAN, f64::NAN), 0.0);
        assert_eq!(relative_error(f64::INFINITY, "1e400"), 0.0);
        assert_eq!(relative_error(0.0, "1e-400"), 0.0);
        assert_eq!(relative_error(f64::NEG_INFINITY, f64::INFINITY), f64::INFINITY);
        assert_eq!(relative_error(1.0, f64::NAN), f64::INFINITY);
        assert_eq!(lre(1e-7, 0.0), 7.0);
        assert_eq!(relative_error(-f64::MAX, f64::MAX), f64::INFINITY); // 2, but the sum itself overflows
        assert_eq!(lre(-f64::MAX, f64::MAX), 0.0);
    }

    #[test]
    fn ulp_at_the_ends_of_the_range() {
        assert_eq!(ulp(f64::MIN_POSITIVE), 5e-324);
        assert_eq!(ulp(5e-324), 5e-324);
        assert_eq!(ulp(f64::MAX), 2f64.powi(971));
        assert_eq!(ulp(1.999), f64::EPSILON);
        assert_eq!(ulp(-2.0), 2.0 * f64::EPSILON);
        assert!(ulp(f64::INFINITY).is_nan());
    }

    #[test]
    fn errors_below_half_an_ulp_are_seen() {
        let third = "0.333333333333333333333333333333333";
        assert!(ulp_error(1.0 / 3.0, third) > 0.3 && ulp_error(1.0 / 3.0, third) < 0.5);
    }

    proptest! {
        #[test]
        fn next_number_is_one_ulp_away(x in any::<f64>()) {
            prop_assume!(x.is_finite() && x.abs() < f64::MAX);
            prop_assume!(x != 0.0);
            let next = f64::from_bits(x.to_bits() + 1);
            prop_assert_eq!(ulp_error(next, x), 1.0);
        }

        #[test]
        fn digits_follow_the_size_of_the_error(x in 1e-200..1e200f64, digits in 1.0..13.0f64) {
            let off = x * (1.0 + 10f64.powf(-digits));
            prop_assert!((lre(off, x) - digits).abs() < 2e-3 * 10f64.powf(digits - 13.0).max(1e-2));
        }

        #[test]
        fn scale_does_not_matter(x in 0.5..2.0f64, y in 0.5..2.0f64, shift in -900i32..900) {
            let scale = 2f64.powi(shift);
            prop_assert_eq!(lre(x, y), lre(x * scale, y * scale));
        }
    }
}
