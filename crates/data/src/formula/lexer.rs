//! From text to tokens, with the checks that need no grammar: quotations, numbers, balanced and bounded parentheses.
use std::sync::Arc;

use super::error::{FormulaError, FormulaProblem, Span};

/// Parentheses and powers may nest this deep.
pub(super) const MAX_DEPTH: usize = 64;
/// Bytes of the longest formula.
pub(super) const MAX_BYTES: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// A name written bare.
    Name(String),
    /// A name in back quotes: always a column.
    Quoted(String),
    /// Text in quotation marks.
    Text(String),
    Dot,
    Plus,
    Minus,
    Star,
    Slash,
    Colon,
    Caret,
    Open,
    Close,
    Comma,
    Tilde,
    Equals,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Span,
}

/// Splits `text` into tokens.
pub(super) fn tokens(text: &Arc<str>) -> Result<Vec<Lexeme>, FormulaError> {
    if text.len() > MAX_BYTES {
        let problem = FormulaProblem::TooLong { length: text.len(), limit: MAX_BYTES };
        return Err(FormulaError::new(problem));
    }
    let mut lexer = Lexer { text, at: 0 };
    let mut lexemes = Vec::new();
    while let Some(lexeme) = lexer.next_token()? {
        lexemes.push(lexeme);
    }
    check_parentheses(text, &lexemes)?;
    Ok(lexemes)
}

struct Lexer<'a> {
    text: &'a Arc<str>,
    at: usize,
}

impl Lexer<'_> {
    fn next_token(&mut self) -> Result<Option<Lexeme>, FormulaError> {
        self.skip_while(char::is_whitespace);
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let second = self.rest().chars().nth(1);
        let token = match first {
            '0'..='9' => self.number()?,
            '.' if second.is_some_and(|c| c.is_ascii_digit()) => self.number()?,
            '.' if second.is_some_and(|c| is_name_start(c) || c == '.') => self.name(),
            c if is_name_start(c) => self.name(),
            '`' => Token::Quoted(self.quotation('`')?),
            '"' | '\'' => Token::Text(self.quotation(first)?),
            _ => self.operator(first)?,
        };
        Ok(Some(Lexeme { token, span: Span::new(start, self.at) }))
    }

    fn operator(&mut self, first: char) -> Result<Token, FormulaError> {
        let start = self.at;
        self.at += first.len_utf8();
        Ok(match first {
            '.' => Token::Dot,
            '+' => Token::Plus,
            '-' => Token::Minus,
            '*' if self.peek() == Some('*') => {
                self.at += 1;
                Token::Caret
            }
            '*' => Token::Star,
            '/' => Token::Slash,
            ':' => Token::Colon,
            '^' => Token::Caret,
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '~' => Token::Tilde,
            '=' => Token::Equals,
            character => return Err(self.error(FormulaProblem::UnexpectedCharacter { character }, start)),
        })
    }

    fn number(&mut self) -> Result<Token, FormulaError> {
        let start = self.at;
        self.skip_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') {
            self.at += 1;
            self.skip_while(|c| c.is_ascii_digit());
        }
        self.exponent();
        if self.peek().is_some_and(is_name_part) {
            self.skip_while(is_name_part);
            let text = self.text[start..self.at].to_owned();
            return Err(self.error(FormulaProblem::BadName { text }, start));
        }
        let text = &self.text[start..self.at];
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Token::Number(value)),
            _ => Err(self.error(FormulaProblem::NumberOutOfRange { text: text.to_owned() }, start)),
        }
    }

    /// Takes `e10`, `E+10`, `e-10`; leaves an `e` without digits alone.
    fn exponent(&mut self) {
        let rest = self.rest().as_bytes();
        if !matches!(rest.first(), Some(b'e' | b'E')) {
            return;
        }
        let digits_at = if matches!(rest.get(1), Some(b'+' | b'-')) { 2 } else { 1 };
        if rest.get(digits_at).is_some_and(u8::is_ascii_digit) {
            self.at += digits_at;
            self.skip_while(|c| c.is_ascii_digit());
        }
    }

    fn name(&mut self) -> Token {
        let start = self.at;
        self.skip_while(is_name_part);
        Token::Name(self.text[start..self.at].to_owned())
    }

    /// Text up to the closing mark. The mark itself is written twice or after `\`.
    fn quotation(&mut self, quote: char) -> Result<String, FormulaError> {
        let start = self.at;
        self.at += 1;
        let mut content = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            let next = self.peek();
            let escaped = (c == '\\' && quote != '`' && matches!(next, Some(n) if n == quote || n == '\\'))
                || (c == quote && next == Some(quote));
            match next {
                Some(n) if escaped => {
                    content.push(n);
                    self.at += n.len_utf8();
                }
                _ if c == quote => return Ok(content),
                _ => content.push(c),
            }
        }
        self.at = start + 1;
        Err(self.error(FormulaProblem::UnclosedQuote { quote }, start))
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        let skipped: usize = self.rest().chars().take_while(|c| keep(*c)).map(char::len_utf8).sum();
        self.at += skipped;
    }

    fn error(&self, problem: FormulaProblem, start: usize) -> FormulaError {
        FormulaError::at(problem, self.text, Span::new(start, self.at))
    }
}

/// Whether a bare name can start with `c`: letters of any script and the underscore.
pub(super) fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Whether a bare name can go on with `c`: also digits, the point, and marks outside ASCII that combine with letters.
pub(super) fn is_name_part(c: char) -> bool {
    // U+2000 to U+2BFF are punctuation, arrows and mathematical operators.
    is_name_start(c)
        || c.is_alphanumeric()
        || c == '.'
        || (c >= '\u{300}'
            && !c.is_whitespace()
            && !c.is_control()
            && !('\u{2000}'..='\u{2bff}').contains(&c))
}

fn check_parentheses(text: &Arc<str>, lexemes: &[Lexeme]) -> Result<(), FormulaError> {
    let mut open: Vec<Span> = Vec::new();
    for lexeme in lexemes {
        match lexeme.token {
            Token::Open if open.len() == MAX_DEPTH => {
                return Err(FormulaError::at(
                    FormulaProblem::TooDeep { limit: MAX_DEPTH },
                    text,
                    lexeme.span,
                ));
            }
            Token::Open => open.push(lexeme.span),
            Token::Close if open.pop().is_none() => {
                return Err(FormulaError::at(FormulaProblem::Unopened, text, lexeme.span));
            }
            _ => {}
        }
    }
    match open.last() {
        Some(span) => Err(FormulaError::at(FormulaProblem::Unclosed, text, *span)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Token> {
        tokens(&text.into()).unwrap().into_iter().map(|l| l.token).collect()
    }

    fn problem(text: &str) -> FormulaProblem {
        tokens(&text.into()).unwrap_err().problem().clone()
    }

    #[test]
    fn names_numbers_and_quotations() {
        assert_eq!(kinds("Sepal.Length"), [Token::Name("Sepal.Length".into())]);
        assert_eq!(kinds(".5"), [Token::Number(0.5)]);
        assert_eq!(kinds(". .x"), [Token::Dot, Token::Name(".x".into())]);
        assert_eq!(kinds("1e-3 2E4"), [Token::Number(1e-3), Token::Number(2e4)]);
        assert_eq!(kinds("`a ``b`"), [Token::Quoted("a `b".into())]);
        assert_eq!(kinds(r#""a\"b" 'c''d'"#), [Token::Text("a\"b".into()), Token::Text("c'd".into())]);
        assert_eq!(kinds("a**b"), [Token::Name("a".into()), Token::Caret, Token::Name("b".into())]);
        assert_eq!(kinds("длина_1"), [Token::Name("длина_1".into())]);
    }

    #[test]
    fn faults() {
        assert_eq!(problem("1e999"), FormulaProblem::NumberOutOfRange { text: "1e999".into() });
        assert_eq!(problem("2nd"), FormulaProblem::BadName { text: "2nd".into() });
        assert_eq!(problem("a | b"), FormulaProblem::UnexpectedCharacter { character: '|' });
        assert_eq!(problem("`a"), FormulaProblem::UnclosedQuote { quote: '`' });
        assert_eq!(problem("(a"), FormulaProblem::Unclosed);
        assert_eq!(problem("a)"), FormulaProblem::Unopened);
        assert_eq!(problem(&"(".repeat(100_000)), FormulaProblem::TooDeep { limit: MAX_DEPTH });
        assert!(matches!(problem(&"a+".repeat(MAX_BYTES)), FormulaProblem::TooLong { .. }));
    }
}
