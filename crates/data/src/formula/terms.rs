//! The algebra of terms: what `+ - * / : ^` and `.` multiply out to.
//!
//! A term is a set of variables, as in R's `terms.formula` (Wilkinson & Rogers, *Applied Statistics* 22, 1973, 392–399;
//! Chambers & Hastie, *Statistical Models in S*, 1992, ch. 2): `a:a` is `a`, a sum of terms is a set, `a * b` is
//! `a + b + a:b`, `a / b` is `a + a:b` and `(a + b) / c` is `a + b + a:b:c`.
use std::collections::HashMap;

use super::ast::{Crossing, Node, Sign};
use super::error::{FormulaError, FormulaProblem, Span};

/// Terms of the largest expansion.
pub(super) const MAX_TERMS: usize = 10_000;
/// Variables written out while terms are multiplied, over the whole expansion.
const MAX_WORK: usize = 20_000_000;

/// The variables of one term, ascending; a variable's number is its place in order of first appearance.
pub(super) type Term = Box<[u32]>;

/// A set of terms that remembers the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct TermSet {
    places: HashMap<Term, u64>,
    next: u64,
}

impl TermSet {
    pub fn single(variable: u32) -> Self {
        let mut set = Self::default();
        set.insert(Box::new([variable]));
        set
    }

    pub fn insert(&mut self, term: Term) {
        let place = self.next;
        self.next += 1;
        self.places.entry(term).or_insert(place);
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The terms in order of first appearance.
    pub fn in_order(&self) -> Vec<&Term> {
        let mut terms: Vec<(&Term, u64)> = self.places.iter().map(|(t, p)| (t, *p)).collect();
        terms.sort_unstable_by_key(|(_, place)| *place);
        terms.into_iter().map(|(t, _)| t).collect()
    }

    fn remove(&mut self, other: &Self) {
        for term in other.places.keys() {
            self.places.remove(term);
        }
    }
}

/// What a right side comes to.
#[derive(Debug)]
pub(super) struct Expansion {
    pub terms: Vec<Term>,
    pub intercept: bool,
}

/// What the expansion has to ask: the variables behind atoms and `.`, and where offsets go.
pub(super) trait Variables {
    /// The number of the variable.
    fn atom(&mut self, atom: &super::ast::Atom, span: Span) -> Result<u32, FormulaError>;
    /// The numbers of the variables that `.` stands for.
    fn dot(&mut self, span: Span) -> Result<Vec<u32>, FormulaError>;
    /// Takes an offset.
    fn offset(&mut self, offset: &super::ast::Expr, span: Span) -> Result<(), FormulaError>;
    /// The error at that place of the formula.
    fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError;
}

/// Multiplies out a right side. The terms come by degree, and in order of appearance within a degree, as R has them.
pub(super) fn expand(node: &Node, variables: &mut impl Variables) -> Result<Expansion, FormulaError> {
    let mut expander = Expander { variables, intercept: true, work: 0 };
    let set = expander.node(node, Place::Sum(Sign::Plus))?;
    let mut terms: Vec<Term> = set.in_order().into_iter().cloned().collect();
    terms.sort_by_key(|term| term.len());
    Ok(Expansion { terms, intercept: expander.intercept })
}

/// Where a node stands: numbers and offsets mean something in a sum alone.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Sum(Sign),
    Product,
}

struct Expander<'a, V> {
    variables: &'a mut V,
    intercept: bool,
    work: usize,
}

impl<V: Variables> Expander<'_, V> {
    fn node(&mut self, node: &Node, place: Place) -> Result<TermSet, FormulaError> {
        match node {
            Node::Number(value, span) => self.number(*value, *span, place),
            Node::Dot(span) => {
                let mut set = TermSet::default();
                for variable in self.variables.dot(*span)? {
                    set.insert(Box::new([variable]));
                }
                self.check(&set, *span)?;
                Ok(set)
            }
            Node::Atom(atom, span) => Ok(TermSet::single(self.variables.atom(atom, *span)?)),
            Node::Offset(offset, span) => {
                if place != Place::Sum(Sign::Plus) {
                    let hint = "an offset is added: `y ~ x + offset(log(n))`";
                    return Err(self.error(FormulaProblem::Misplaced { what: "offset(...)", hint }, *span));
                }
                self.variables.offset(offset, *span)?;
                Ok(TermSet::default())
            }
            Node::Sum(items) => self.sum(items, place),
            Node::Chain(first, rest) => {
                let mut set = self.node(first, Place::Product)?;
                for (crossing, item) in rest {
                    let right = self.node(item, Place::Product)?;
                    set = self.cross(set, *crossing, &right, first_span(item))?;
                }
                Ok(set)
            }
            Node::Interaction(parts) => {
                let mut set = self.node(&parts[0], Place::Product)?;
                for part in &parts[1..] {
                    let right = self.node(part, Place::Product)?;
                    set = self.multiply(&set, &right, first_span(part))?;
                }
                Ok(set)
            }
            Node::Power(base, exponent, span) => {
                let base = self.node(base, Place::Product)?;
                self.power(base, *exponent, *span)
            }
        }
    }

    fn number(&mut self, value: f64, span: Span, place: Place) -> Result<TermSet, FormulaError> {
        let Place::Sum(sign) = place else {
            return Err(self.error(FormulaProblem::NumberAmongTerms, span));
        };
        match value {
            0.0 => self.intercept = sign == Sign::Minus,
            1.0 => self.intercept = sign == Sign::Plus,
            _ => return Err(self.error(FormulaProblem::NumberAmongTerms, span)),
        }
        Ok(TermSet::default())
    }

    fn sum(&mut self, items: &[(Sign, Node)], place: Place) -> Result<TermSet, FormulaError> {
        let mut set = TermSet::default();
        for (sign, item) in items {
            let inner = match place {
                Place::Sum(outer) if outer == *sign => Place::Sum(Sign::Plus),
                Place::Sum(_) => Place::Sum(Sign::Minus),
                Place::Product => Place::Product,
            };
            let other = self.node(item, inner)?;
            match sign {
                Sign::Minus => set.remove(&other),
                Sign::Plus if set.len() == 0 => set = other,
                Sign::Plus => {
                    for term in other.in_order() {
                        set.insert(term.clone());
                    }
                }
            }
            self.check(&set, first_span(item))?;
        }
        Ok(set)
    }

    fn cross(
        &mut self,
        mut left: TermSet,
        crossing: Crossing,
        right: &TermSet,
        span: Span,
    ) -> Result<TermSet, FormulaError> {
        let product = match crossing {
            Crossing::Cross => {
                let product = self.multiply(&left, right, span)?;
                right.in_order().into_iter().for_each(|term| left.insert(term.clone()));
                product
            }
            Crossing::Nest => {
                let mut all: Vec<u32> = left.places.keys().flat_map(|t| t.iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                let mut within = TermSet::default();
                within.insert(all.into());
                self.multiply(&within, right, span)?
            }
        };
        product.in_order().into_iter().for_each(|term| left.insert(term.clone()));
        self.check(&left, span)?;
        Ok(left)
    }

    /// All unions of a term of `left` and one of `right`.
    fn multiply(&mut self, left: &TermSet, right: &TermSet, span: Span) -> Result<TermSet, FormulaError> {
        let mut product = TermSet::default();
        let right = right.in_order();
        for l in left.in_order() {
            for r in &right {
                let term = union(l, r);
                self.work += term.len() + 1;
                product.insert(term);
                self.check(&product, span)?;
            }
        }
        Ok(product)
    }

    fn power(&mut self, base: TermSet, exponent: u32, span: Span) -> Result<TermSet, FormulaError> {
        let mut result = base.clone();
        for _ in 1..exponent {
            let before = result.len();
            let product = self.multiply(&result, &base, span)?;
            // The product holds every t:t = t of the base; terms keep the order of the product, as in R.
            let grown =
                product.len() > before || result.places.keys().any(|t| !product.places.contains_key(t));
            result = product;
            if !grown {
                break;
            }
        }
        Ok(result)
    }

    fn check(&self, set: &TermSet, span: Span) -> Result<(), FormulaError> {
        if set.len() > MAX_TERMS || self.work > MAX_WORK {
            return Err(self.error(FormulaProblem::TooManyTerms { limit: MAX_TERMS }, span));
        }
        Ok(())
    }

    fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError {
        self.variables.error(problem, span)
    }
}

/// The union of two ascending lists.
fn union(a: &[u32], b: &[u32]) -> Term {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let next = a[i].min(b[j]);
        i += usize::from(a[i] == next);
        j += usize::from(b[j] == next);
        out.push(next);
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out.into()
}

/// Whether each variable of `a` is in `b`; both ascend.
pub(super) fn is_subset(a: impl Iterator<Item = u32>, b: &[u32]) -> bool {
    let mut rest = b.iter();
    a.into_iter().all(|wanted| rest.by_ref().any(|have| *have == wanted))
}

/// The place of the first thing in a node.
fn first_span(node: &Node) -> Span {
    match node {
        Node::Number(_, span) | Node::Dot(span) | Node::Atom(_, span) | Node::Offset(_, span) => *span,
        Node::Sum(items) => first_span(&items[0].1),
        Node::Chain(first, _) => first_span(first),
        Node::Interaction(parts) => first_span(&parts[0]),
        Node::Power(_, _, span) => *span,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::{Atom, Expr};
    use super::super::parser::parse;
    use super::*;
    use std::sync::Arc;

    /// Variables named by their text; `.` is p and q.
    #[derive(Default)]
    struct Names(Vec<String>);

    impl Variables for Names {
        fn atom(&mut self, atom: &Atom, _: Span) -> Result<u32, FormulaError> {
            let name = atom.to_string();
            let found = self.0.iter().position(|n| *n == name);
            Ok(found.unwrap_or_else(|| {
                self.0.push(name);
                self.0.len() - 1
            }) as u32)
        }
        fn dot(&mut self, span: Span) -> Result<Vec<u32>, FormulaError> {
            ["p", "q"].iter().map(|n| self.atom(&Atom::Column((*n).into()), span)).collect()
        }
        fn offset(&mut self, _: &Expr, _: Span) -> Result<(), FormulaError> {
            Ok(())
        }
        fn error(&self, problem: FormulaProblem, _: Span) -> FormulaError {
            FormulaError::new(problem)
        }
    }

    fn expanded(right: &str) -> Result<String, FormulaProblem> {
        let text: Arc<str> = format!("~ {right}").into();
        let mut names = Names::default();
        let out = expand(&parse(&text).unwrap().right, &mut names).map_err(|e| e.problem().clone())?;
        let term = |t: &Term| t.iter().map(|&v| names.0[v as usize].clone()).collect::<Vec<_>>().join(":");
        let terms = out.terms.iter().map(term);
        Ok([if out.intercept { "1" } else { "0" }.to_owned()]
            .into_iter()
            .chain(terms)
            .collect::<Vec<_>>()
            .join(" "))
    }

    #[track_caller]
    fn check(right: &str, expected: &str) {
        assert_eq!(expanded(right).unwrap(), expected, "{right}");
    }

    /// Expected: `attr(terms(...), "term.labels")` and `"intercept"` of R 4.2.2.
    #[test]
    fn expansion_agrees_with_r() {
        check("a*b*c", "1 a b c a:b a:c b:c a:b:c");
        check("(a+b+c)^2", "1 a b c a:b a:c b:c");
        check("(a+b+c)^99", "1 a b c a:b a:c b:c a:b:c");
        check("a/b", "1 a a:b");
        check("(a+b)/c", "1 a b a:b:c");
        check("a/(b+c)", "1 a a:b a:c");
        check("a/b/c", "1 a a:b a:b:c");
        check("b + a:b + a", "1 b a b:a");
        check("a*b - a", "1 b a:b");
        check("a - a + a", "1 a");
        check("a*b*c - a:b:c - 1", "0 a b c a:b a:c b:c");
        check("0 + a", "0 a");
        check("a + 0", "0 a");
        check("a - 1 + 1", "1 a");
        check("a - 0", "1 a");
        check("a - (b + 1)", "0 a");
        check("-1", "0");
        check("1", "1");
        check(". + a", "1 p q a");
        check("a + .:b", "1 a p:b q:b");
        check(".^2 - q", "1 p p:q");
        check("a:a", "1 a");
        check("(a + b):(a + c)", "1 a a:c a:b b:c");
        check("log(a) + I(b^2) + log( a )", "1 log(a) I(b^2)");
    }

    #[test]
    fn numbers_and_offsets_stand_in_sums() {
        assert_eq!(expanded("2 * a"), Err(FormulaProblem::NumberAmongTerms));
        assert_eq!(expanded("a + 2"), Err(FormulaProblem::NumberAmongTerms));
        assert_eq!(expanded("(1 + a):b"), Err(FormulaProblem::NumberAmongTerms));
        assert!(matches!(expanded("a:offset(b)"), Err(FormulaProblem::Misplaced { .. })));
        assert!(matches!(expanded("a - offset(b)"), Err(FormulaProblem::Misplaced { .. })));
        check("a + offset(b)", "1 a");
    }

    #[test]
    fn expansions_are_bounded() {
        let sum = (0..40).map(|i| format!("x{i}")).collect::<Vec<_>>().join(" + ");
        let too_many = Err(FormulaProblem::TooManyTerms { limit: MAX_TERMS });
        assert_eq!(expanded(&format!("({sum})^50")), too_many);
        assert_eq!(expanded(&format!("(({sum})^2):(({sum})^2):(({sum})^2)")), too_many);
        let many = (0..20_000).map(|i| format!("x{i}")).collect::<Vec<_>>();
        assert_eq!(expanded(&many.join("+")), too_many);
        assert_eq!(expanded(&format!("a^{}", u32::MAX)).unwrap(), "1 a");
    }
}
