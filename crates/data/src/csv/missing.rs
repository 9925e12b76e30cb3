//! Which tokens mean a missing value.
use super::number;

/// Tokens that mean *missing* in every file: what R and pandas have in common and the spellings in between.
const USUAL: [&str; 6] = ["NA", "N/A", "NaN", "nan", "NULL", "null"];

/// The usual tokens and the user's. An empty field is always missing.
#[derive(Debug, Clone)]
pub(super) struct MissingTokens {
    tokens: Vec<Box<[u8]>>,
    /// Whether one of them would parse as a number.
    numeric: bool,
}

impl MissingTokens {
    pub fn new(user: &[String]) -> Self {
        let tokens: Vec<Box<[u8]>> = USUAL
            .into_iter()
            .chain(user.iter().map(String::as_str))
            .map(|token| number::trim(token.as_bytes()).into())
            .collect();
        let numeric = user.iter().any(|token| number::parse(token.as_bytes()).is_some_and(|v| !v.is_nan()));
        Self { tokens, numeric }
    }

    /// Whether the field means missing; spaces around it do not matter.
    #[inline]
    pub fn contains(&self, token: &[u8]) -> bool {
        let token = number::trim(token);
        token.is_empty() || self.tokens.iter().any(|known| **known == *token)
    }

    /// The number in a field, NaN if it is missing, `None` if it is text.
    #[inline]
    pub fn number(&self, token: &[u8]) -> Option<f64> {
        if token.is_empty() || (self.numeric && self.contains(token)) {
            return Some(f64::NAN);
        }
        number::parse(token).or_else(|| self.contains(token).then_some(f64::NAN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_and_user_tokens() {
        let missing = MissingTokens::new(&["-99".into(), " refused ".into()]);
        for token in ["", " ", "NA", " NA ", "NaN", "null", "-99", "refused"] {
            assert!(missing.contains(token.as_bytes()), "{token}");
            assert!(missing.number(token.as_bytes()).is_some_and(f64::is_nan), "{token}");
        }
        assert_eq!(missing.number(b"-99.0"), Some(-99.0));
        assert_eq!(missing.number(b"na"), None);
        assert!(!missing.contains(b"none"));
    }
}
