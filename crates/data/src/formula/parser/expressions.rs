//! Arithmetic inside calls and on the left side.
use super::super::ast::{Expr, Scaling, Sign, Transform};
use super::super::error::{FormulaProblem, Span};
use super::super::functions;
use super::super::lexer::{MAX_DEPTH, Token};
use super::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn arithmetic(&mut self) -> Parsed<Expr> {
        let mut items = vec![(Sign::Plus, self.product()?)];
        loop {
            let sign = match self.peek() {
                Some(Token::Plus) => Sign::Plus,
                Some(Token::Minus) => Sign::Minus,
                _ => break,
            };
            self.at += 1;
            items.push((sign, self.product()?));
        }
        Ok(if items.len() == 1 { items.remove(0).1 } else { Expr::Sum(items) })
    }

    fn product(&mut self) -> Parsed<Expr> {
        let mut items = vec![(Scaling::Times, self.unary()?)];
        loop {
            let scaling = match self.peek() {
                Some(Token::Star) => Scaling::Times,
                Some(Token::Slash) => Scaling::Over,
                _ => break,
            };
            self.at += 1;
            items.push((scaling, self.unary()?));
        }
        Ok(if items.len() == 1 { items.remove(0).1 } else { Expr::Product(items) })
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let sign = self.signs();
        let base = self.operand()?;
        let value = if self.take(&Token::Caret) {
            if self.depth == MAX_DEPTH {
                return Err(self.error(FormulaProblem::TooDeep { limit: MAX_DEPTH }, self.previous()));
            }
            self.depth += 1;
            let exponent = self.unary()?;
            self.depth -= 1;
            Expr::Power(Box::new(base), Box::new(exponent))
        } else {
            base
        };
        Ok(if sign == Some(Sign::Minus) { Expr::Negate(Box::new(value)) } else { value })
    }

    fn operand(&mut self) -> Parsed<Expr> {
        let span = self.span();
        match self.next("a number or a column") {
            Ok(Token::Open) => {
                let inner = self.arithmetic()?;
                self.expect(&Token::Close, "`)` or an operator")?;
                Ok(inner)
            }
            Ok(Token::Number(value)) => Ok(Expr::Number(value)),
            Ok(Token::Name(name)) if self.peek() == Some(&Token::Open) => self.call(&name, span),
            Ok(Token::Name(name) | Token::Quoted(name)) => Ok(Expr::Column(name, span)),
            Ok(Token::Dot) => {
                let problem =
                    FormulaProblem::Misplaced { what: "`.`", hint: "`.` stands for columns among the terms" };
                Err(self.error(problem, span))
            }
            Ok(_) => {
                self.at -= 1;
                Err(self.unexpected("a number or a column"))
            }
            Err(error) => Err(error),
        }
    }

    /// A call whose name has been taken and whose `(` comes next.
    pub(super) fn call(&mut self, name: &str, span: Span) -> Parsed<Expr> {
        let misplaced = match name {
            "C" => Some(("C(...)", "a factor is a term by itself, and not a response")),
            "poly" => {
                Some(("poly(...)", "it gives several columns and is a term by itself, and not a response"))
            }
            "offset" => Some(("offset(...)", "an offset is a term by itself: `y ~ x + offset(log(n))`")),
            _ => None,
        };
        if let Some((what, hint)) = misplaced {
            return Err(self.error(FormulaProblem::Misplaced { what, hint }, span));
        }
        let transform = match name {
            "center" => Some(Transform::Center),
            "scale" => Some(Transform::Scale),
            _ => None,
        };
        if let Some(transform) = transform {
            let argument = self.only_argument(name)?;
            return Ok(Expr::Learned(transform, Box::new(argument), span.to(self.previous())));
        }
        let Some(function) = functions::find(name) else {
            let problem = FormulaProblem::UnknownFunction {
                name: name.to_owned(),
                suggestion: functions::suggestion(name),
            };
            return Err(self.error(problem, span));
        };
        Ok(Expr::Call(function, Box::new(self.only_argument(name)?)))
    }

    /// `(arithmetic)`, and an error that counts if there are more or fewer arguments.
    pub(super) fn only_argument(&mut self, function: &str) -> Parsed<Expr> {
        self.expect(&Token::Open, "`(`")?;
        let argument = self.argument(function, "one argument")?;
        if self.peek() == Some(&Token::Comma) {
            let (found, span) = (1 + self.commas_ahead(), self.span());
            let problem = FormulaProblem::ArgumentCount {
                function: function.to_owned(),
                expected: "one argument",
                found,
            };
            return Err(self.error(problem, span));
        }
        self.expect(&Token::Close, "`)` or an operator")?;
        Ok(argument)
    }

    pub(super) fn argument(&mut self, function: &str, expected: &'static str) -> Parsed<Expr> {
        if self.peek() == Some(&Token::Close) {
            let problem = FormulaProblem::ArgumentCount { function: function.to_owned(), expected, found: 0 };
            return Err(self.error(problem, self.span()));
        }
        self.arithmetic()
    }

    /// Commas up to the parenthesis that closes the current call.
    fn commas_ahead(&self) -> usize {
        let mut depth = 0_usize;
        let mut commas = 0;
        for lexeme in &self.lexemes[self.at..] {
            match lexeme.token {
                Token::Open => depth += 1,
                Token::Close if depth == 0 => break,
                Token::Close => depth -= 1,
                Token::Comma if depth == 0 => commas += 1,
                _ => {}
            }
        }
        commas
    }
}
