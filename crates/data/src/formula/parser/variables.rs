//! The calls that are terms of their own: `C(...)`, `poly(...)`, `offset(...)`, and functions.
use super::super::ast::{Atom, Contrast, Node, Reference};
use super::super::error::{FormulaProblem, Span};
use super::super::lexer::{Lexeme, Token};
use super::{MAX_DEGREE, Parsed, Parser};

impl Parser<'_> {
    pub(super) fn term_call(&mut self, name: String, span: Span) -> Parsed<Node> {
        let atom = match name.as_str() {
            "C" => self.factor()?,
            "poly" => self.poly()?,
            "offset" => {
                let argument = self.only_argument("offset")?;
                return Ok(Node::Offset(argument, span.to(self.previous())));
            }
            _ => Atom::Numeric(self.call(&name, span)?),
        };
        Ok(Node::Atom(atom, span.to(self.previous())))
    }

    /// `(column)` or `(column, contrast)` after `C`.
    fn factor(&mut self) -> Parsed<Atom> {
        self.expect(&Token::Open, "`(`")?;
        let span = self.span();
        let requirement = "the first argument is the name of a column";
        let column = match self.next("a column") {
            Ok(Token::Name(name)) if self.peek() != Some(&Token::Open) => name,
            Ok(Token::Quoted(name)) => name,
            Err(error) => return Err(error),
            Ok(_) => {
                return Err(
                    self.error(FormulaProblem::BadArgument { function: "C".into(), requirement }, span)
                );
            }
        };
        let contrast = if self.take(&Token::Comma) { self.contrast()? } else { Contrast::Default };
        if !self.take(&Token::Close) {
            return Err(match self.peek() {
                Some(Token::Comma) => {
                    let problem = FormulaProblem::ArgumentCount {
                        function: "C".into(),
                        expected: "a column and a contrast",
                        found: 3,
                    };
                    self.error(problem, self.span())
                }
                _ => self.unexpected("`,` or `)`"),
            });
        }
        Ok(Atom::Factor { column, contrast })
    }

    fn contrast(&mut self) -> Parsed<Contrast> {
        let span = self.span();
        let requirement = "the contrast is Treatment, Treatment(level), Sum, Helmert or Poly";
        let bad = FormulaProblem::BadArgument { function: "C".into(), requirement };
        let Ok(Token::Name(name)) = self.next("a contrast") else {
            return Err(self.error(bad, span));
        };
        let plain = match name.as_str() {
            "Treatment" => Contrast::Treatment(None),
            "Sum" => Contrast::Sum,
            "Helmert" => Contrast::Helmert,
            "Poly" => Contrast::Poly,
            _ => return Err(self.error(bad, span)),
        };
        if !self.take(&Token::Open) || self.take(&Token::Close) {
            return Ok(plain);
        }
        if plain != Contrast::Treatment(None) {
            let problem = FormulaProblem::ArgumentCount { function: name, expected: "no argument", found: 1 };
            return Err(self.error(problem, self.span()));
        }
        let reference = self.reference()?;
        self.expect(&Token::Close, "`)`")?;
        Ok(Contrast::Treatment(Some(reference)))
    }

    /// A level, optionally after `ref =` or `reference =`.
    fn reference(&mut self) -> Parsed<Reference> {
        if matches!(self.peek(), Some(Token::Name(name)) if name == "ref" || name == "reference")
            && matches!(self.lexemes.get(self.at + 1), Some(Lexeme { token: Token::Equals, .. }))
        {
            self.at += 2;
        }
        let negative = self.take(&Token::Minus);
        match self.next("a level") {
            Ok(Token::Number(value)) => Ok(Reference::Number(if negative { -value } else { value })),
            Ok(Token::Name(name) | Token::Quoted(name)) if !negative => Ok(Reference::Name(name)),
            Ok(Token::Text(text)) if !negative => Ok(Reference::Text(text)),
            Err(error) => Err(error),
            Ok(_) => {
                self.at -= 1;
                Err(self.unexpected("a level"))
            }
        }
    }

    /// `(argument, degree)` or `(argument, degree, raw = TRUE)` after `poly`.
    fn poly(&mut self) -> Parsed<Atom> {
        self.expect(&Token::Open, "`(`")?;
        let argument = self.argument("poly", "a column and a degree")?;
        if !self.take(&Token::Comma) {
            let problem = FormulaProblem::ArgumentCount {
                function: "poly".into(),
                expected: "a column and a degree",
                found: 1,
            };
            return Err(self.error(problem, self.span()));
        }
        self.skip_keyword("degree");
        let span = self.span();
        let requirement = "the degree is a whole number from 1 to 30";
        let degree = match self.next("a degree") {
            Ok(Token::Number(d)) if d >= 1.0 && d <= MAX_DEGREE as f64 && d.fract() == 0.0 => d as usize,
            Err(error) => return Err(error),
            Ok(_) => {
                return Err(
                    self.error(FormulaProblem::BadArgument { function: "poly".into(), requirement }, span)
                );
            }
        };
        let mut raw = false;
        if self.take(&Token::Comma) {
            self.skip_keyword("raw");
            let span = self.span();
            raw = match self.next("TRUE or FALSE") {
                Ok(Token::Name(name)) if matches!(name.as_str(), "TRUE" | "True" | "true" | "T") => true,
                Ok(Token::Name(name)) if matches!(name.as_str(), "FALSE" | "False" | "false" | "F") => false,
                _ => {
                    let requirement = "raw is TRUE or FALSE";
                    let problem = FormulaProblem::BadArgument { function: "poly".into(), requirement };
                    return Err(self.error(problem, span));
                }
            };
        }
        self.expect(&Token::Close, "`)`")?;
        Ok(Atom::Poly { argument, degree, raw })
    }
}
