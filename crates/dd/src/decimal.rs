//! Decimal text to double-double.
use crate::Dd;
use std::str::FromStr;

/// Text that is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The text, cut to 40 characters.
    pub text: String,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is not a decimal number", self.text)
    }
}

impl std::error::Error for ParseError {}

impl FromStr for Dd {
    type Err = ParseError;

    /// Reads a decimal such as `-12.34e-5`, `inf` or `nan` as `f64` does, but to about 32 digits.
    ///
    /// `hi` is the correctly rounded `f64`. The relative error is below 1e-30 for exponents within ±250; beyond that the
    /// second part may be lost.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = || ParseError { text: text.chars().take(40).collect() };
        let nearest: f64 = text.trim().parse().map_err(|_| error())?;
        if !nearest.is_finite() || nearest == 0.0 {
            return Ok(Self::from(nearest));
        }
        let (digits, exponent) = significant_digits(text.trim());
        let value = scaled(digits, exponent);
        let value = if nearest < 0.0 { -value } else { value };
        let rest = value - nearest;
        // The digits agree with the nearest f64 unless the scaling left the exponent range.
        if rest.is_finite() && rest.hi().abs() <= nearest.abs() * f64::EPSILON {
            Ok(Self::sum(nearest, rest.hi()))
        } else {
            Ok(Self::from(nearest))
        }
    }
}

/// Up to 36 leading digits of a valid decimal as an integer, and the power of ten that scales it.
fn significant_digits(text: &str) -> (u128, i64) {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i64>().unwrap_or(0)),
        None => (text, 0),
    };
    let (mut digits, mut scale, mut seen_point) = (0u128, exponent, false);
    for byte in mantissa.bytes() {
        match byte {
            b'.' => seen_point = true,
            b'0'..=b'9' if digits < 10u128.pow(36) => {
                digits = digits * 10 + u128::from(byte - b'0');
                scale -= i64::from(seen_point);
            }
            b'0'..=b'9' => scale += i64::from(!seen_point),
            _ => {}
        }
    }
    (digits, scale)
}

/// `digits · 10^exponent`, with the powers of ten formed exactly up to 10⁴⁴ (5⁴⁴ < 2¹⁰⁶) and by products beyond.
fn scaled(digits: u128, exponent: i64) -> Dd {
    let high = (digits >> 64) as u64;
    let low = digits as u64;
    let wide = |n: u64| Dd::sum((n >> 32) as f64 * 4294967296.0, (n & 0xffff_ffff) as f64);
    let mut value = wide(high) * 18446744073709551616.0 + wide(low);
    let mut left = exponent.clamp(-700, 700);
    while left != 0 {
        let step = left.clamp(-22, 22);
        let power = 10f64.powi(step.unsigned_abs() as i32); // exact up to 10²²
        value = if step < 0 { value / power } else { value * power };
        left -= step;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_keep_what_f64_drops() {
        let x: Dd = "10000000.2".parse().unwrap();
        assert_eq!(x.hi(), 10000000.2);
        // In exact rational arithmetic.
        assert_eq!(x.lo(), 7.450580596923829e-10);
        let y: Dd = "-1e-3".parse().unwrap();
        assert!((y * 1000.0 + 1.0).to_f64().abs() < f64::EPSILON * f64::EPSILON);
    }

    #[test]
    fn odd_forms() {
        for text in ["", "abc", "1..2", "1e", "--1", "0x10"] {
            assert!(text.parse::<Dd>().is_err(), "{text}");
        }
        assert_eq!("+1.50".parse::<Dd>().unwrap().to_f64(), 1.5);
        assert_eq!("1e400".parse::<Dd>().unwrap().to_f64(), f64::INFINITY);
        assert_eq!("1e-400".parse::<Dd>().unwrap().to_f64(), 0.0);
        assert_eq!("5e-324".parse::<Dd>().unwrap().to_f64(), 5e-324);
        assert!("nan".parse::<Dd>().unwrap().to_f64().is_nan());
        let long = format!("0.{}7", "0".repeat(60));
        assert_eq!(long.parse::<Dd>().unwrap().to_f64(), 7e-61);
        let many = format!("1{}", "0".repeat(100));
        assert_eq!(many.parse::<Dd>().unwrap().to_f64(), 1e100);
    }

    proptest! {
        #[test]
        fn leading_part_is_the_nearest_f64(x in any::<f64>()) {
            prop_assume!(x.is_finite());
            let read: Dd = format!("{x:e}").parse().unwrap();
            prop_assert_eq!(read.hi(), x);
        }

        #[test]
        fn ratio_of_integers(a in 1u64..1_000_000_000, places in 0i32..20) {
            let read: Dd = format!("{a}e-{places}").parse().unwrap();
            let exact = Dd::from(a as f64) / 10f64.powi(places);
            prop_assert!((read - exact).abs().to_f64() <= 1e-30 * exact.to_f64());
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            let _ = text.parse::<Dd>();
        }
    }
}
