//! From tokens to the shape of a formula, by recursive descent.
//!
//! ```text
//! formula     = [ arithmetic ] "~" sum
//! sum         = [ sign ] chain { sign chain }
//! chain       = interaction { ( "*" | "/" ) interaction }
//! interaction = power { ":" power }
//! power       = primary [ "^" integer ]
//! primary     = "(" sum ")" | "0" | "1" | "." | name | call
//! arithmetic  = product { sign product }
//! product     = unary { ( "*" | "/" ) unary }
//! unary       = { sign } operand [ "^" unary ]
//! operand     = "(" arithmetic ")" | number | name | call
//! ```
mod expressions;
mod variables;

use std::sync::Arc;

use super::ast::{Ast, Atom, Crossing, Node, Sign};
use super::error::{FormulaError, FormulaProblem, Span};
use super::lexer::{Lexeme, Token, tokens};

/// The highest degree of `poly`.
pub(super) const MAX_DEGREE: usize = 30;

/// Reads the whole text.
pub(super) fn parse(text: &Arc<str>) -> Result<Ast, FormulaError> {
    let lexemes = tokens(text)?;
    let end = Span::new(text.len(), text.len());
    if lexemes.is_empty() {
        return Err(FormulaError::at(FormulaProblem::Empty, text, end));
    }
    let tildes: Vec<usize> = (0..lexemes.len()).filter(|&i| lexemes[i].token == Token::Tilde).collect();
    match tildes[..] {
        [] => return Err(FormulaError::at(FormulaProblem::MissingTilde, text, Span::new(0, text.len()))),
        [at] if at + 1 == lexemes.len() => {
            return Err(FormulaError::at(FormulaProblem::NothingOnRight, text, end));
        }
        [_] => {}
        [_, second, ..] => {
            return Err(FormulaError::at(FormulaProblem::SecondTilde, text, lexemes[second].span));
        }
    }
    Parser { text, lexemes, at: 0, depth: 0 }.formula()
}

struct Parser<'a> {
    text: &'a Arc<str>,
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, FormulaError>;

impl Parser<'_> {
    fn formula(mut self) -> Parsed<Ast> {
        let response = match self.peek() {
            Some(Token::Tilde) => None,
            _ => {
                let start = self.span();
                let expr = self.arithmetic()?;
                Some((expr, start.to(self.previous())))
            }
        };
        self.expect(&Token::Tilde, "`~` or an operator")?;
        let right = self.sum()?;
        match self.peek() {
            None => Ok(Ast { response, right }),
            Some(_) => Err(self.unexpected("an operator or the end")),
        }
    }

    // The algebra of terms.

    fn sum(&mut self) -> Parsed<Node> {
        let mut items = Vec::new();
        let mut sign = self.signs().unwrap_or(Sign::Plus);
        loop {
            items.push((sign, self.chain()?));
            match self.signs() {
                Some(next) => sign = next,
                None => break,
            }
        }
        Ok(match items.len() {
            1 if items[0].0 == Sign::Plus => items.remove(0).1,
            _ => Node::Sum(items),
        })
    }

    fn chain(&mut self) -> Parsed<Node> {
        let first = self.interaction()?;
        let mut rest = Vec::new();
        loop {
            let crossing = match self.peek() {
                Some(Token::Star) => Crossing::Cross,
                Some(Token::Slash) => Crossing::Nest,
                _ => break,
            };
            self.at += 1;
            rest.push((crossing, self.interaction()?));
        }
        Ok(if rest.is_empty() { first } else { Node::Chain(Box::new(first), rest) })
    }

    fn interaction(&mut self) -> Parsed<Node> {
        let mut parts = vec![self.power()?];
        while self.take(&Token::Colon) {
            parts.push(self.power()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Interaction(parts) })
    }

    fn power(&mut self) -> Parsed<Node> {
        let start = self.span();
        let base = self.primary()?;
        if !self.take(&Token::Caret) {
            return Ok(base);
        }
        let span = self.span();
        match self.peek() {
            Some(Token::Number(value)) if *value >= 1.0 && value.fract() == 0.0 => {
                let exponent = value.min(f64::from(u32::MAX)) as u32;
                self.at += 1;
                if self.peek() == Some(&Token::Caret) {
                    return Err(self.error(FormulaProblem::BadPower, self.span()));
                }
                Ok(Node::Power(Box::new(base), exponent, start.to(span)))
            }
            _ => Err(self.error(FormulaProblem::BadPower, span)),
        }
    }

    fn primary(&mut self) -> Parsed<Node> {
        let span = self.span();
        match self.next("a term") {
            Ok(Token::Open) => {
                let inner = self.sum()?;
                self.expect(&Token::Close, "`)` or an operator")?;
                Ok(inner)
            }
            Ok(Token::Number(value)) => Ok(Node::Number(value, span)),
            Ok(Token::Dot) => Ok(Node::Dot(span)),
            Ok(Token::Name(name)) if self.peek() == Some(&Token::Open) => self.term_call(name, span),
            Ok(Token::Name(name) | Token::Quoted(name)) => Ok(Node::Atom(Atom::Column(name), span)),
            Ok(_) => {
                self.at -= 1;
                Err(self.unexpected("a term"))
            }
            Err(error) => Err(error),
        }
    }

    // Tokens.

    fn peek(&self) -> Option<&Token> {
        self.lexemes.get(self.at).map(|l| &l.token)
    }

    fn next(&mut self, expected: &'static str) -> Parsed<Token> {
        match self.lexemes.get(self.at) {
            Some(lexeme) => {
                self.at += 1;
                Ok(lexeme.token.clone())
            }
            None => Err(self.unexpected(expected)),
        }
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token, expected: &'static str) -> Parsed<()> {
        if self.take(token) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// A run of `+` and `-`, as the one sign it comes to.
    fn signs(&mut self) -> Option<Sign> {
        let mut sign = None;
        loop {
            let next = match self.peek() {
                Some(Token::Plus) => Sign::Plus,
                Some(Token::Minus) => Sign::Minus,
                _ => return sign,
            };
            self.at += 1;
            sign = Some(if sign.unwrap_or(Sign::Plus) == next { Sign::Plus } else { Sign::Minus });
        }
    }

    /// Passes over `word =`.
    fn skip_keyword(&mut self, word: &str) {
        if matches!(self.peek(), Some(Token::Name(name)) if name == word)
            && matches!(self.lexemes.get(self.at + 1), Some(Lexeme { token: Token::Equals, .. }))
        {
            self.at += 2;
        }
    }

    fn span(&self) -> Span {
        let end = Span::new(self.text.len(), self.text.len());
        self.lexemes.get(self.at).map_or(end, |l| l.span)
    }

    fn previous(&self) -> Span {
        self.at.checked_sub(1).and_then(|i| self.lexemes.get(i)).map_or(Span::default(), |l| l.span)
    }

    fn unexpected(&self, expected: &'static str) -> FormulaError {
        let span = self.span();
        let found = match self.text.get(span.start..span.end) {
            Some("") | None => "the end".to_owned(),
            Some(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
        };
        self.error(FormulaProblem::Unexpected { expected, found }, span)
    }

    fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError {
        FormulaError::at(problem, self.text, span)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::{Contrast, Reference};
    use super::*;

    fn ast(text: &str) -> Ast {
        parse(&text.into()).unwrap()
    }

    #[track_caller]
    fn fails(text: &str, message: &str) {
        let shown = parse(&text.into()).unwrap_err().to_string();
        assert_eq!(shown.lines().next().unwrap(), message, "{shown}");
    }

    /// The canonical text of a response.
    #[track_caller]
    fn canonical(text: &str, expected: &str) {
        let (expr, _) = ast(&format!("{text} ~ x")).response.unwrap();
        assert_eq!(expr.to_string(), expected);
        let (again, _) = ast(&format!("{expected} ~ x")).response.unwrap();
        assert_eq!(again.to_string(), expected);
    }

    #[test]
    fn arithmetic_binds_as_in_r() {
        canonical("-x^2*3", "-x^2 * 3");
        canonical("(x+1)*2/z", "(x + 1) * 2/z");
        canonical("x/(y/z)", "x/(y/z)");
        canonical("x-(y-z)", "x - (y - z)");
        canonical("2^-x", "2^-x");
        canonical("x**2**3", "x^2^3");
        canonical("(x^2)^3", "(x^2)^3");
        canonical("log(`a b`+1e-300)", "log(`a b` + 1e-300)");
        canonical("(-x)^2", "(-x)^2");
        canonical("--x", "x");
        canonical("x * (-y)", "x * -y");
    }

    #[test]
    fn faults_name_what_stands_there() {
        fails("", "the formula is empty");
        fails("  ", "the formula is empty");
        fails("y x", "the formula has no `~`");
        fails("y ~ a ~ b", "a formula has one `~`, this is the second");
        fails("y ~", "nothing stands on the right of `~`");
        fails("y ~ x +", "expected a term, found the end");
        fails("y ~ x z", "expected an operator or the end, found `z`");
        fails("y ~ x)", "this `)` closes nothing");
        fails("y ~ ()", "expected a term, found `)`");
        fails("y ~ lgo(x)", "unknown function `lgo`");
        fails("y ~ log()", "log takes one argument, here it has 0");
        fails("y ~ log(x, 2, sqrt(3))", "log takes one argument, here it has 3");
        fails("y ~ poly(x)", "poly takes a column and a degree, here it has 1");
        fails("y ~ poly(x, 0)", "poly: the degree is a whole number from 1 to 30");
        fails("y ~ C(log(x))", "C: the first argument is the name of a column");
        fails("y ~ C(x, Trement)", "C: the contrast is Treatment, Treatment(level), Sum, Helmert or Poly");
        fails("y ~ C(x, Sum, 3)", "C takes a column and a contrast, here it has 3");
        fails("y ~ C(x, Sum(3))", "Sum takes no argument, here it has 1");
        fails("y ~ x^1.5", "the power of a sum of terms is a whole number from 1 up, written out");
        fails("y ~ x^0", "the power of a sum of terms is a whole number from 1 up, written out");
        fails("C(y) ~ x", "C(...) cannot stand here");
        fails("y ~ log(.)", "`.` cannot stand here");
        fails("y ~ I(a:b)", "expected `)` or an operator, found `:`");
        fails("y ~ I(\"a\")", "expected a number or a column, found `\"a\"`");
    }

    #[test]
    fn depth_is_bounded() {
        fails(&format!("y ~ {}x", "(".repeat(100_000)), "nested more than 64 deep");
        fails(&format!("y ~ I(x{})", "^x".repeat(100_000)), "nested more than 64 deep");
        fails(&format!("y ~ I({}x", "-".repeat(100_000)), "this `(` is never closed");
        ast(&format!("y ~ {}x", "-".repeat(100_000)));
        ast(&format!("y ~ x{}", " + x".repeat(100_000)));
        ast(&format!("y ~ x{}", ":x".repeat(100_000)));
        ast(&format!("y ~ I(x{})", "/x".repeat(100_000)));
        ast(&format!("y ~ {}x{}", "(".repeat(64), ")".repeat(64)));
    }

    #[test]
    fn calls_and_quotations() {
        let Node::Atom(Atom::Factor { column, contrast }, _) = ast("y ~ C(`a b`, Treatment(ref = -4))").right
        else {
            panic!("a factor")
        };
        assert_eq!(column, "a b");
        assert_eq!(contrast, Contrast::Treatment(Some(Reference::Number(-4.0))));
        let Node::Atom(poly, _) = ast("~ poly(log(x), degree=2, raw=TRUE)").right else {
            panic!("a variable")
        };
        assert_eq!(poly.to_string(), "poly(log(x), 2, raw = TRUE)");
    }
}
