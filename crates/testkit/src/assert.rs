//! Assertions that name the digits reached.
use crate::measure::{Expected, lre, relative_error, ulp_error};

/// Asserts that a value has so many correct digits: `assert_lre!(actual, expected, digits)`.
///
/// `expected` is an `f64`, a decimal string or a [`ferronum_dd::Dd`]. Further arguments are a message as in `assert!`.
/// NaN and infinities match only themselves.
///
/// # Panics
/// If fewer digits are right. The message prints both values, the digits and the error in ulp.
#[macro_export]
macro_rules! assert_lre {
    ($actual:expr, $expected:expr, $digits:expr $(,)?) => {
        $crate::assert_lre($actual, $expected, $digits as f64, stringify!($actual), format_args!(""))
    };
    ($actual:expr, $expected:expr, $digits:expr, $($message:tt)+) => {
        $crate::assert_lre($actual, $expected, $digits as f64, stringify!($actual), format_args!($($message)+))
    };
}

/// The function behind [`assert_lre!`](crate::assert_lre!).
///
/// # Panics
/// If `actual` has fewer than `digits` correct digits.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion")]
pub fn assert_lre(
    actual: f64,
    expected: impl Expected,
    digits: f64,
    what: &str,
    message: std::fmt::Arguments<'_>,
) {
    let expected = expected.value();
    let found = lre(actual, expected);
    if found < digits.min(crate::MAX_DIGITS) {
        panic!(
            "{what} has {found:.2} correct digits, wanted {digits}\n    actual: {actual:e}\n  expected: {:e}\n     error: {:.2e} relative, {:.3} ulp {message}",
            expected.to_f64(),
            relative_error(actual, expected),
            ulp_error(actual, expected),
        );
    }
}

/// Asserts that a value is within `ulps` units in the last place of the expected one.
///
/// # Panics
/// If it is not.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion")]
pub fn assert_ulps(actual: f64, expected: impl Expected, ulps: f64) {
    let expected = expected.value();
    let found = ulp_error(actual, expected);
    if found > ulps {
        panic!("{actual:e} is {found:.2} ulp from {:e}, wanted at most {ulps}", expected.to_f64());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn accepts_what_is_right() {
        assert_lre!(1.0 / 3.0, "0.3333333333333333333333333", 15.9);
        assert_lre!(f64::INFINITY, f64::INFINITY, 15);
        assert_lre!(1.0, 1.0000001, 6.9, "at {}", 3);
        super::assert_ulps(1.0 / 3.0, "0.3333333333333333333333333", 0.5);
    }

    #[test]
    #[should_panic(expected = "has 6.00 correct digits, wanted 7")]
    fn refuses_too_few_digits() {
        assert_lre!(1.000001, 1.0, 7);
    }

    #[test]
    #[should_panic(expected = "correct digits")]
    fn refuses_nan() {
        assert_lre!(f64::NAN, 1.0, 1);
    }
}
