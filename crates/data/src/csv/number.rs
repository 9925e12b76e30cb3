//! Decimal text to `f64`, correctly rounded.

/// 10⁰ … 10²², the powers of ten that are exact in `f64`.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The number that `token` spells: digits with sign, point and exponent, `inf`, `infinity` or `nan`, whatever their case;
/// spaces and tabs around it do not matter.
///
/// Correctly rounded. A short decimal is an integer below 2⁵³ times or over an exact power of ten, hence one rounding
/// (Clinger, *How to read floating point numbers accurately*, 1990); anything else goes to the standard library.
#[inline]
pub(crate) fn parse(token: &[u8]) -> Option<f64> {
    short_decimal(token).or_else(|| long_form(token))
}

#[inline]
fn short_decimal(token: &[u8]) -> Option<f64> {
    let (negative, digits) = match token {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, token),
    };
    // Up to 18 digits fit in an integer; one more place for the point.
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    let mut mantissa = 0u64;
    let mut point = None;
    for (i, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if byte == b'.' && point.is_none() {
            point = Some(i);
        } else {
            return None;
        }
    }
    let places = match point {
        None if digits.len() > 18 => return None,
        None => 0,
        Some(_) if digits.len() == 1 => return None,
        Some(i) => digits.len() - 1 - i,
    };
    if mantissa > 1 << 53 {
        return None;
    }
    let value = mantissa as f64 / POWERS[places];
    Some(if negative { -value } else { value })
}

#[cold]
fn long_form(token: &[u8]) -> Option<f64> {
    trim(token).is_ascii().then_some(())?;
    std::str::from_utf8(trim(token)).ok()?.parse().ok()
}

/// `token` without spaces and tabs around it.
#[inline]
pub(crate) fn trim(mut token: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = token {
        token = rest;
    }
    token
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_numbers() {
        let ok =
            [("1", 1.0), ("-0.5", -0.5), ("+3", 3.0), (" 7\t", 7.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1e3)];
        for (token, value) in ok {
            assert_eq!(parse(token.as_bytes()), Some(value), "{token}");
        }
        assert_eq!(parse(b"-Inf"), Some(f64::NEG_INFINITY));
        assert!(parse(b"NaN").is_some_and(f64::is_nan));
        assert!(parse(b"-0").is_some_and(|z| z == 0.0 && z.is_sign_negative()));
        for token in ["", " ", ".", "-", "-.", "1.2.3", "1,5", "0x10", "1_000", "one", "1 2", "٣"] {
            assert_eq!(parse(token.as_bytes()), None, "{token}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(value in any::<f64>(), places in 0usize..25, digits in "-?[0-9]{0,20}\\.?[0-9]{0,20}") {
            for token in [format!("{value}"), format!("{value:e}"), format!("{value:.places$}"), digits] {
                let expect = token.parse::<f64>().ok();
                prop_assert_eq!(parse(token.as_bytes()).map(f64::to_bits), expect.map(f64::to_bits), "{}", token);
            }
        }
    }
}
