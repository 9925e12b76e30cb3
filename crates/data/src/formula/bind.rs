//! A formula looked up in the columns of a table.
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::arithmetic::Arithmetic;
use super::ast::{Atom, Contrast, Expr, Transform};
use super::coding::full_coding;
use super::error::{FormulaError, FormulaProblem, Span};
use super::functions::nearest;
use super::plan::{Item, ItemKind, Plan, Quantity, Variable, VariableKind};
use super::terms::{Expansion, Term, Variables, expand};
use super::{Formula, Learner};
use crate::{Field, Kind, Schema};

/// A formula whose columns are known.
#[derive(Debug, Clone)]
pub struct BoundFormula {
    formula: Formula,
    schema: Schema,
    plan: Arc<Plan>,
    columns: Vec<usize>,
}

impl BoundFormula {
    /// Binds to the columns of a table.
    pub(super) fn new(formula: &Formula, schema: &Schema, extras: &[&str]) -> Result<Self, FormulaError> {
        Self::with(Binder::new(formula, schema), extras)
    }

    /// Binds again to the columns that an earlier binding has used; `dot` is what `.` stood for then. Terms that are taken
    /// away may name columns that are not among them.
    pub(super) fn again(
        formula: &Formula,
        schema: &Schema,
        dot: Option<Vec<String>>,
        extras: &[&str],
    ) -> Result<Self, FormulaError> {
        Self::with(Binder { dot, again: true, ..Binder::new(formula, schema) }, extras)
    }

    fn with(binder: Binder<'_>, extras: &[&str]) -> Result<Self, FormulaError> {
        let (formula, schema) = (binder.formula, binder.schema);
        let plan = Arc::new(binder.plan(extras)?);
        let position = |field: &Field| schema.index_of(&field.name).expect("slots are columns of the schema");
        let columns = plan.columns.iter().map(position).collect();
        Ok(Self { formula: formula.clone(), schema: schema.clone(), plan, columns })
    }

    /// Adds columns that a kept row must have, in the order in which [`Block::extras`](super::Block::extras) will hold them:
    /// weights, clusters. A column may also be part of the formula. Earlier extras are replaced.
    ///
    /// # Errors
    /// [`FormulaProblem::UnknownColumn`].
    pub fn with_extras(&self, names: &[&str]) -> Result<Self, FormulaError> {
        Self::new(&self.formula, &self.schema, names)
    }

    /// The schema's columns to read, in the order in which batches must hold them.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The formula as it was read.
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// The response as written, such as `log(y)`.
    pub fn response_name(&self) -> Option<&str> {
        self.plan.response.as_ref().map(|r| r.name.as_str())
    }

    /// Whether the model has an intercept.
    pub fn has_intercept(&self) -> bool {
        self.plan.intercept
    }

    /// The terms as multiplied out, in model order, such as `a`, `b`, `a:b`.
    pub fn term_labels(&self) -> Vec<String> {
        self.plan.terms.iter().map(|t| self.plan.term_label(t)).collect()
    }

    /// Whether the data must be passed over before a design exists. If not, `learner().finish()` gives the design at once.
    pub fn needs_pass(&self) -> bool {
        !self.plan.items.is_empty()
    }

    /// A learner that has seen no data.
    pub fn learner(&self) -> Learner {
        Learner::new(self.plan.clone())
    }

    pub(super) fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }
}

/// Collects variables while terms are expanded, then gives slots to the columns of those that are left.
struct Binder<'a> {
    formula: &'a Formula,
    schema: &'a Schema,
    positions: HashMap<&'a str, usize>,
    dot: Option<Vec<String>>,
    dot_used: bool,
    again: bool,
    on_left: HashSet<&'a str>,
    response: Option<String>,
    atoms: Vec<(String, Atom, Span)>,
    numbers: HashMap<String, u32>,
    offsets: Vec<(Expr, Span)>,
    columns: Vec<Field>,
    slots: HashMap<String, usize>,
    items: Vec<Item>,
    item_numbers: HashMap<String, usize>,
}

impl<'a> Binder<'a> {
    fn new(formula: &'a Formula, schema: &'a Schema) -> Self {
        let mut positions = HashMap::with_capacity(schema.len());
        for (i, field) in schema.fields().iter().enumerate() {
            positions.entry(field.name.as_str()).or_insert(i);
        }
        let mut on_left = HashSet::new();
        if let Some((response, _)) = &formula.ast.response {
            response.for_each_column(&mut |name, _| {
                on_left.insert(name);
            });
        }
        Self {
            formula,
            schema,
            positions,
            dot: None,
            dot_used: false,
            again: false,
            on_left,
            response: formula.ast.response.as_ref().map(|(response, _)| response.to_string()),
            atoms: Vec::new(),
            numbers: HashMap::new(),
            offsets: Vec::new(),
            columns: Vec::new(),
            slots: HashMap::new(),
            items: Vec::new(),
            item_numbers: HashMap::new(),
        }
    }

    fn plan(mut self, extras: &[&str]) -> Result<Plan, FormulaError> {
        let ast = &self.formula.ast;
        if let Some((response, span)) = &ast.response {
            self.check_response(response, *span)?;
        }
        let Expansion { terms, intercept } = expand(&ast.right, &mut self)?;
        if terms.is_empty() && !intercept {
            let text = &self.formula.text;
            let start = text.find('~').map_or(0, |at| at + 1);
            return Err(self.error(FormulaProblem::NothingLeft, Span::new(start, text.len())));
        }
        let (terms, variables) = self.variables(terms)?;
        let offsets = std::mem::take(&mut self.offsets)
            .into_iter()
            .map(|(expr, span)| self.quantity(&expr, span))
            .collect();
        let predictor_columns = self.columns.len();
        let response = ast.response.as_ref().map(|(expr, span)| self.quantity(expr, *span));
        let fit_columns = self.columns.len();
        let extras = extras.iter().map(|name| self.extra(name)).collect::<Result<Vec<_>, _>>()?;

        let is_factor: Vec<bool> =
            variables.iter().map(|v| matches!(v.kind, VariableKind::Factor { .. })).collect();
        let full = full_coding(&terms, &is_factor, intercept);
        Ok(Plan {
            text: self.formula.text.clone(),
            columns: self.columns,
            predictor_columns,
            fit_columns,
            dot: if self.dot_used { self.dot } else { None },
            response,
            offsets,
            variables,
            terms,
            full,
            intercept,
            extras,
            items: self.items,
        })
    }

    fn check_response(&self, response: &Expr, span: Span) -> Result<(), FormulaError> {
        if let Expr::Column(name, span) = response
            && self.kind(name, *span)? == Kind::Text
        {
            return Err(self.error(FormulaProblem::TextResponse { column: name.clone() }, *span));
        }
        self.check_arithmetic(response, span)
    }

    fn check_atom(&self, atom: &Atom, span: Span) -> Result<(), FormulaError> {
        match atom {
            Atom::Column(column) | Atom::Factor { column, .. } => self.kind(column, span).map(|_| ()),
            Atom::Numeric(expr) | Atom::Poly { argument: expr, .. } => self.check_arithmetic(expr, span),
        }
    }

    /// Each column exists and holds numbers, and there is one.
    fn check_arithmetic(&self, expr: &Expr, span: Span) -> Result<(), FormulaError> {
        let mut columns = Vec::new();
        expr.for_each_column(&mut |name, place| columns.push((name, place)));
        if columns.is_empty() {
            return Err(self.error(FormulaProblem::NoColumn { term: expr.to_string() }, span));
        }
        for (name, place) in columns {
            if self.kind(name, place)? == Kind::Text {
                return Err(self.error(FormulaProblem::TextInArithmetic { column: name.to_owned() }, place));
            }
        }
        Ok(())
    }

    fn kind(&self, name: &str, span: Span) -> Result<Kind, FormulaError> {
        match self.positions.get(name) {
            Some(&at) => Ok(self.schema.fields()[at].kind),
            None => Err(self.error(unknown_column(name, self.schema), span)),
        }
    }

    /// The variables that the terms use, renumbered, with slots for their columns.
    fn variables(&mut self, terms: Vec<Term>) -> Result<(Vec<Term>, Vec<Variable>), FormulaError> {
        let mut used = vec![false; self.atoms.len()];
        terms.iter().flat_map(|t| t.iter()).for_each(|&v| used[v as usize] = true);
        let mut new_numbers = vec![0; used.len()];
        let mut variables = Vec::new();
        for (old, (name, atom, span)) in std::mem::take(&mut self.atoms).into_iter().enumerate() {
            if used[old] {
                self.check_atom(&atom, span)?;
                new_numbers[old] = variables.len() as u32;
                variables.push(self.variable(name, &atom, span));
            }
        }
        let renumbered = terms.iter().map(|t| t.iter().map(|&v| new_numbers[v as usize]).collect()).collect();
        Ok((renumbered, variables))
    }

    fn variable(&mut self, name: String, atom: &Atom, span: Span) -> Variable {
        let kind = match atom {
            Atom::Column(column) => {
                let slot = self.slot(column);
                match self.columns[slot].kind {
                    Kind::Number => VariableKind::Number(Arithmetic::Column(slot)),
                    Kind::Text => self.factor(&name, slot, Contrast::Default, span),
                }
            }
            Atom::Numeric(expr) => VariableKind::Number(self.compile(expr)),
            Atom::Factor { column, contrast } => {
                let slot = self.slot(column);
                self.factor(&name, slot, contrast.clone(), span)
            }
            Atom::Poly { argument, degree, raw: true } => {
                VariableKind::Powers { argument: self.compile(argument), degree: *degree }
            }
            Atom::Poly { argument, degree, raw: false } => {
                let argument = self.compile(argument);
                let kind = ItemKind::Poly { argument: argument.clone(), degree: *degree };
                VariableKind::Poly { item: self.item(name.clone(), span, kind), argument }
            }
        };
        Variable { name, span, kind }
    }

    fn factor(&mut self, name: &str, slot: usize, contrast: Contrast, span: Span) -> VariableKind {
        let item = self.item(name.to_owned(), span, ItemKind::Levels { slot });
        VariableKind::Factor { item, slot, contrast }
    }

    fn quantity(&mut self, expr: &Expr, span: Span) -> Quantity {
        Quantity { name: expr.to_string(), span, value: self.compile(expr) }
    }

    fn compile(&mut self, expr: &Expr) -> Arithmetic {
        match expr {
            Expr::Number(value) => Arithmetic::Number(*value),
            Expr::Column(name, _) => Arithmetic::Column(self.slot(name)),
            Expr::Negate(inner) => Arithmetic::Negate(Box::new(self.compile(inner))),
            Expr::Sum(items) => Arithmetic::Sum(items.iter().map(|(s, e)| (*s, self.compile(e))).collect()),
            Expr::Product(items) => {
                Arithmetic::Product(items.iter().map(|(s, e)| (*s, self.compile(e))).collect())
            }
            Expr::Power(base, exponent) => {
                Arithmetic::Power(Box::new(self.compile(base)), Box::new(self.compile(exponent)))
            }
            Expr::Call(function, inner) => Arithmetic::Call(*function, Box::new(self.compile(inner))),
            Expr::Learned(transform, inner, span) => {
                let argument = self.compile(inner);
                let kind = match transform {
                    Transform::Center => ItemKind::Center(argument.clone()),
                    Transform::Scale => ItemKind::Scale(argument.clone()),
                };
                Arithmetic::Learned(self.item(expr.to_string(), *span, kind), Box::new(argument))
            }
        }
    }

    /// The slot of a column that is known to exist.
    fn slot(&mut self, name: &str) -> usize {
        if let Some(&slot) = self.slots.get(name) {
            return slot;
        }
        let slot = self.columns.len();
        self.columns.push(self.schema.fields()[self.positions[name]].clone());
        self.slots.insert(name.to_owned(), slot);
        slot
    }

    fn extra(&mut self, name: &str) -> Result<usize, FormulaError> {
        if !self.positions.contains_key(name) {
            return Err(FormulaError::new(unknown_column(name, self.schema)));
        }
        Ok(self.slot(name))
    }

    fn item(&mut self, name: String, span: Span, kind: ItemKind) -> usize {
        if let Some(&known) = self.item_numbers.get(&name) {
            return known;
        }
        self.item_numbers.insert(name.clone(), self.items.len());
        self.items.push(Item { name, span, kind });
        self.items.len() - 1
    }
}

impl Variables for Binder<'_> {
    fn atom(&mut self, atom: &Atom, span: Span) -> Result<u32, FormulaError> {
        let name = atom.to_string();
        if let Some(&known) = self.numbers.get(&name) {
            return Ok(known);
        }
        if self.response.as_ref() == Some(&name) {
            return Err(self.error(FormulaProblem::ResponseAmongTerms { name }, span));
        }
        if !self.again {
            self.check_atom(atom, span)?;
        }
        let number = self.atoms.len() as u32;
        self.numbers.insert(name.clone(), number);
        self.atoms.push((name, atom.clone(), span));
        Ok(number)
    }

    fn dot(&mut self, span: Span) -> Result<Vec<u32>, FormulaError> {
        self.dot_used = true;
        if self.dot.is_none() {
            let others = self.schema.fields().iter().filter(|f| !self.on_left.contains(f.name.as_str()));
            self.dot = Some(others.map(|f| f.name.clone()).collect());
        }
        let names = self.dot.clone().unwrap_or_default();
        names.into_iter().map(|name| self.atom(&Atom::Column(name), span)).collect()
    }

    fn offset(&mut self, offset: &Expr, span: Span) -> Result<(), FormulaError> {
        self.check_arithmetic(offset, span)?;
        self.offsets.push((offset.clone(), span));
        Ok(())
    }

    fn error(&self, problem: FormulaProblem, span: Span) -> FormulaError {
        FormulaError::at(problem, &self.formula.text, span)
    }
}

pub(super) fn unknown_column(name: &str, schema: &Schema) -> FormulaProblem {
    let names = schema.fields().iter().map(|f| f.name.as_str());
    FormulaProblem::UnknownColumn {
        name: name.to_owned(),
        suggestion: nearest(name, names).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        let field = |name: &str, kind| Field { name: name.into(), kind };
        Schema::new(vec![
            field("y", Kind::Number),
            field("x", Kind::Number),
            field("z", Kind::Number),
            field("g", Kind::Text),
            field("my col", Kind::Number),
        ])
    }

    fn bind(text: &str) -> Result<BoundFormula, FormulaError> {
        Formula::parse(text)?.bind(&schema())
    }

    #[track_caller]
    fn fails(text: &str, first_line: &str, carets: &str) {
        let shown = bind(text).unwrap_err().to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!((lines[0], lines.get(2).copied().unwrap_or_default()), (first_line, carets), "{shown}");
    }

    #[test]
    fn dot_leaves_out_the_left_side() {
        assert_eq!(bind("log(y) ~ .").unwrap().term_labels(), ["x", "z", "g", "`my col`"]);
        assert_eq!(bind("y + x ~ . - g").unwrap().term_labels(), ["z", "`my col`"]);
        assert_eq!(bind("~ .").unwrap().term_labels(), ["y", "x", "z", "g", "`my col`"]);
    }

    #[test]
    fn columns_of_the_right_side_come_first() {
        let bound = bind("y ~ g + log(x):z").unwrap().with_extras(&["my col", "x"]).unwrap();
        assert_eq!(bound.columns(), [3, 1, 2, 0, 4]);
        assert_eq!(bound.plan.extras, [4, 1]);
        assert_eq!(bind("y ~ x - z").unwrap().columns(), [1, 0]); // a term taken away is not read
        assert_eq!(bind("y ~ 1").unwrap().columns(), [0]);
        assert!(!bind("y ~ x + I(z^2)").unwrap().needs_pass());
        assert!(bind("y ~ scale(x)").unwrap().needs_pass());
    }

    #[test]
    fn faults_are_placed() {
        fails("y ~ x + zz", "unknown column `zz`", "          ^^");
        fails("yy ~ x", "unknown column `yy`", "  ^^");
        fails("y ~ log(g)", "`g` holds text, and arithmetic needs numbers", "          ^");
        fails("y ~ poly(g, 2)", "`g` holds text, and arithmetic needs numbers", "           ^");
        fails("g ~ x", "the response `g` holds text", "  ^");
        fails("log(g) ~ x", "`g` holds text, and arithmetic needs numbers", "      ^");
        fails("y ~ x + y", "`y` is the response and stands on the right side too", "          ^");
        fails("y ~ I(2)", "`I(2)` uses no column", "      ^^^^");
        fails("2 ~ x", "`2` uses no column", "  ^");
        fails("y ~ x - x - 1", "the right side leaves neither an intercept nor a term", "     ^^^^^^^^^^");
        fails("y ~ offset(q)", "unknown column `q`", "             ^");
        let missing = bind("y ~ x").unwrap().with_extras(&["wt"]).unwrap_err();
        assert_eq!(missing.to_string(), "unknown column `wt`");
    }
}
