//! Many comparisons of one function, and their summary.
use crate::measure::{absolute_error, digits, ulp};
use crate::{Error, Table, input_allowance};
use ferronum_dd::Dd;
use serde::Serialize;

/// The bar an answer has to reach.
///
/// A point passes if its error, after what its inputs excuse, is at most `relative`, or if the plain error is at most `ulps`
/// units in the last place (which is the weaker of the two only among the subnormal numbers).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bar {
    /// Largest relative error of a point.
    pub relative: f64,
    /// Largest error of a point in ulp, as an alternative.
    pub ulps: f64,
    /// Largest median error of all points in ulp, where the body of a function is held to more than its edges.
    pub median_ulps: Option<f64>,
}

impl Bar {
    /// Special functions: 10⁻¹³ everywhere, and half of the points within 4 ulp.
    pub const SPECIAL: Self = Self { relative: 1e-13, ulps: 4.0, median_ulps: Some(4.0) };
    /// Densities, probabilities, their logarithms, and moments: 10⁻¹³.
    pub const LAW: Self = Self::relative(1e-13);
    /// Quantiles: 10⁻¹².
    pub const QUANTILE: Self = Self::relative(1e-12);

    /// A bar on the relative error alone.
    pub const fn relative(relative: f64) -> Self {
        Self { relative, ulps: 4.0, median_ulps: None }
    }

    /// A bar in correct digits.
    pub fn digits(digits: f64) -> Self {
        Self { relative: 10f64.powf(-digits), ulps: 0.5, median_ulps: None }
    }
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0e}", self.relative)?;
        self.median_ulps.map_or(Ok(()), |ulps| write!(f, ", median {ulps} ulp"))
    }
}

/// One answer beside the expected one.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The inputs, for messages.
    pub at: String,
    /// Our answer.
    pub actual: f64,
    /// The right one.
    pub expected: Dd,
    /// |actual − expected| divided by the scale of the comparison: |expected|, or max(1, |expected|) for a logarithm.
    pub error: f64,
    /// |actual − expected| in ulp of `expected`.
    pub ulps: f64,
    /// What the conditioning of the problem excuses, on the scale of `error`.
    pub allowance: f64,
}

impl Comparison {
    /// Compares relative to |`expected`|; `allowance` is absolute. An expected 0 is compared absolutely.
    pub fn relative(at: impl Into<String>, actual: f64, expected: Dd, allowance: f64) -> Self {
        Self::scaled(at.into(), actual, expected, allowance, expected.to_f64().abs())
    }

    /// Compares a logarithm: absolutely where |`expected`| < 1, relatively elsewhere.
    pub fn logarithm(at: impl Into<String>, actual: f64, expected: Dd, allowance: f64) -> Self {
        Self::scaled(at.into(), actual, expected, allowance, expected.to_f64().abs().max(1.0))
    }

    fn scaled(at: String, actual: f64, expected: Dd, allowance: f64, scale: f64) -> Self {
        let absolute = absolute_error(actual, expected);
        let on_scale = |x: f64| if x == 0.0 || !(scale > 0.0 && scale.is_finite()) { x } else { x / scale };
        // Below the normal range the expected value itself is only held to one subnormal step.
        let absolute =
            if expected.to_f64().abs() < f64::MIN_POSITIVE && absolute <= 5e-324 { 0.0 } else { absolute };
        let ulps = if absolute == 0.0 || absolute.is_infinite() {
            absolute
        } else {
            absolute / ulp(expected.to_f64())
        };
        Self { at, actual, expected, error: on_scale(absolute), ulps, allowance: on_scale(allowance) }
    }

    /// The error beyond the allowance.
    pub fn excess(&self) -> f64 {
        if self.error.is_infinite() { self.error } else { (self.error - self.allowance).max(0.0) }
    }

    /// Whether this point reaches the bar.
    pub fn passes(&self, bar: &Bar) -> bool {
        self.excess() <= bar.relative || self.ulps <= bar.ulps
    }
}

/// All comparisons made of one function.
#[derive(Debug, Clone)]
pub struct Survey {
    name: String,
    bar: Bar,
    points: Vec<Comparison>,
}

/// What a [`Survey`] found.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Name of the function.
    pub name: String,
    /// Number of points compared.
    pub points: usize,
    /// Median error.
    pub median: f64,
    /// Largest error, before any allowance.
    pub worst: f64,
    /// Largest error beyond the allowance of its point, over points that are not within the bar's ulps.
    pub excess: f64,
    /// Median error in ulp.
    pub median_ulps: f64,
    /// Largest error in ulp.
    pub worst_ulps: f64,
    /// Correct digits at the worst point, after its allowance.
    pub digits: f64,
    /// The inputs where the excess is largest.
    pub worst_at: String,
    /// The bar.
    pub bar: Bar,
    /// Number of points that miss it.
    pub failures: usize,
    /// Whether all points, and the median where the bar has one, reach the bar.
    pub pass: bool,
}

impl Survey {
    /// A survey without points.
    pub fn new(name: impl Into<String>, bar: Bar) -> Self {
        Self { name: name.into(), bar, points: Vec::new() }
    }

    /// Name of what is compared.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a comparison.
    pub fn push(&mut self, point: Comparison) {
        self.points.push(point);
    }

    /// Whether there is nothing to summarise.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The comparisons in the order made.
    pub fn points(&self) -> &[Comparison] {
        &self.points
    }

    /// Median, worst point and verdict. A survey without points passes nothing: its verdict is `false`.
    pub fn summary(&self) -> Summary {
        let counted = |p: &Comparison| if p.ulps <= self.bar.ulps.min(0.5) { 0.0 } else { p.excess() };
        let key = |p: &&Comparison| (counted(p), p.error);
        let worst = self
            .points
            .iter()
            .max_by(|a, b| key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal));
        let failures = self.points.iter().filter(|p| !p.passes(&self.bar)).count();
        let median_ulps = median(self.points.iter().map(|p| p.ulps));
        let excess = worst.map_or(f64::NAN, counted);
        Summary {
            name: self.name.clone(),
            points: self.points.len(),
            median: median(self.points.iter().map(|p| p.error)),
            worst: self.points.iter().map(|p| p.error).fold(0.0, f64::max),
            excess,
            median_ulps,
            worst_ulps: self.points.iter().map(|p| p.ulps).fold(0.0, f64::max),
            digits: digits(excess),
            worst_at: worst.map_or_else(String::new, |p| p.at.clone()),
            bar: self.bar,
            failures,
            pass: failures == 0
                && !self.is_empty()
                && self.bar.median_ulps.is_none_or(|bar| median_ulps <= bar),
        }
    }

    /// Asserts that the bar is reached.
    ///
    /// # Panics
    /// If it is not; the message lists the worst points.
    #[track_caller]
    #[allow(clippy::panic, reason = "an assertion")]
    pub fn assert(&self) {
        let summary = self.summary();
        if summary.pass {
            return;
        }
        let mut bad: Vec<&Comparison> = self.points.iter().filter(|p| !p.passes(&self.bar)).collect();
        bad.sort_by(|a, b| b.excess().total_cmp(&a.excess()));
        let line = |p: &&Comparison| {
            let expected = p.expected.to_f64();
            format!(
                "\n  {}: {:e}, expected {expected:e}, error {:.1e}, excused {:.1e}",
                p.at, p.actual, p.error, p.allowance
            )
        };
        panic!(
            "{}: {} of {} points miss {}, median {:.2} ulp{}",
            self.name,
            summary.failures,
            summary.points,
            self.bar,
            summary.median_ulps,
            bad.iter().take(12).map(line).collect::<String>()
        );
    }
}

/// Compares `f` on every row of a table whose last column is the value and whose other columns are its arguments.
///
/// The error is relative; [`input_allowance`] is excused. Arguments at the positions in `exact` are counts or orders, which are not rounded.
///
/// # Errors
/// [`Error::Table`] if a cell is not a decimal.
pub fn survey_function(
    name: &str,
    table: &Table,
    bar: Bar,
    exact: &[usize],
    f: impl Fn(&[f64]) -> f64,
) -> Result<Survey, Error> {
    let inputs = table.columns().len() - 1;
    let mut survey = Survey::new(name, bar);
    for row in table.rows() {
        let Some(expected) = row.expected(inputs)? else { continue };
        let x = (0..inputs).map(|i| row.number(i)).collect::<Result<Vec<_>, _>>()?;
        let allowance = input_allowance(&f, &x, exact);
        survey.push(Comparison::relative(row.describe(inputs), f(&x), expected, allowance));
    }
    Ok(survey)
}

/// The median; NaN of nothing.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(actual: f64, expected: f64, allowance: f64) -> Comparison {
        Comparison::relative("x", actual, Dd::from(expected), allowance)
    }

    #[test]
    fn allowance_is_taken_off() {
        let point = one(2.0 + 2e-12, 2.0, 1.9e-12);
        assert!((point.excess() - 5e-14).abs() < 1e-15);
        assert!(point.passes(&Bar::LAW) && !one(2.0 + 2e-12, 2.0, 0.0).passes(&Bar::LAW));
        assert!(!one(f64::INFINITY, 2.0, f64::INFINITY).passes(&Bar::LAW));
        assert!(!one(f64::NAN, 2.0, 1.0).passes(&Bar::LAW));
    }

    #[test]
    fn subnormal_steps_are_not_errors() {
        assert!(one(1e-323, 5e-324, 0.0).passes(&Bar::LAW));
        assert!(one(0.0, 0.0, 0.0).passes(&Bar::LAW));
        assert!(!one(1e-310, 2e-310, 0.0).passes(&Bar::LAW));
    }

    #[test]
    fn logarithms_are_absolute_near_zero() {
        let near = Comparison::logarithm("x", 1e-14, Dd::from(1e-20), 0.0);
        assert!(near.passes(&Bar::LAW));
        let far = Comparison::logarithm("x", -1000.0000001, Dd::from(-1000.0), 0.0);
        assert!((far.error - 1e-10).abs() < 1e-15);
    }

    #[test]
    fn summary_names_the_worst_point() {
        let mut survey = Survey::new("f", Bar::SPECIAL);
        assert!(!survey.summary().pass);
        for (i, off) in [0.0, 3e-16, 1e-12, 2e-14].into_iter().enumerate() {
            survey.push(Comparison::relative(format!("x={i}"), 1.0 + off, Dd::ONE, 0.0));
        }
        let summary = survey.summary();
        assert_eq!((summary.points, summary.failures, summary.pass), (4, 1, false));
        assert_eq!(summary.worst_at, "x=2");
        assert!((summary.digits - 12.0).abs() < 1e-3);
    }

    #[test]
    fn a_crude_body_fails_on_its_median() {
        let mut survey = Survey::new("f", Bar::SPECIAL);
        (0..9).for_each(|_| survey.push(one(1.0 + 5e-14, 1.0, 0.0)));
        assert_eq!((survey.summary().failures, survey.summary().pass), (0, false));
    }

    #[test]
    fn table_of_a_function() {
        let table =
            Table::parse("square", "n\tx\tvalue\n2\t1.1\t1.21000000000000019540\n2\t3\t\n2\t1e200\t1e400\n")
                .unwrap();
        let survey = survey_function("pow", &table, Bar::SPECIAL, &[0], |x| x[1].powf(x[0])).unwrap();
        assert_eq!(survey.points().len(), 2);
        survey.assert();
    }
}
