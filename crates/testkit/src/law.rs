//! Reference tables of a probability law: `NAME.points.tsv`, `NAME.quantiles.tsv`, `NAME.moments.tsv`.
use crate::{Bar, Comparison, Dd, Error, Row, Survey, Table, input_allowance};

/// What is asked of a law in one column of its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LawFunction {
    /// Density, or probability of a count.
    Pdf,
    /// Its logarithm.
    LnPdf,
    /// P(X ≤ x).
    Cdf,
    /// P(X > x).
    Sf,
    /// ln P(X ≤ x).
    LnCdf,
    /// ln P(X > x).
    LnSf,
    /// Smallest x with cdf(x) ≥ p.
    Quantile,
    /// Smallest x with sf(x) ≤ p.
    Isf,
    /// Mean.
    Mean,
    /// Variance.
    Variance,
    /// Skewness.
    Skewness,
    /// Kurtosis minus 3.
    ExcessKurtosis,
    /// Differential or Shannon entropy in nats.
    Entropy,
    /// Mean direction of a law on the circle.
    CircularMean,
    /// One minus the mean resultant length of a law on the circle.
    CircularVariance,
}

/// A column name, what it asks for, and what the line of the report is called.
const COLUMNS: [(&str, LawFunction); 17] = [
    ("pdf", LawFunction::Pdf),
    ("pmf", LawFunction::Pdf),
    ("logpdf", LawFunction::LnPdf),
    ("logpmf", LawFunction::LnPdf),
    ("cdf", LawFunction::Cdf),
    ("sf", LawFunction::Sf),
    ("logcdf", LawFunction::LnCdf),
    ("logsf", LawFunction::LnSf),
    ("quantile", LawFunction::Quantile),
    ("isf", LawFunction::Isf),
    ("mean", LawFunction::Mean),
    ("variance", LawFunction::Variance),
    ("skewness", LawFunction::Skewness),
    ("ex_kurtosis", LawFunction::ExcessKurtosis),
    ("entropy", LawFunction::Entropy),
    ("circular_mean", LawFunction::CircularMean),
    ("circular_variance", LawFunction::CircularVariance),
];

/// The parameter cells of a row.
#[derive(Debug, Clone, Copy)]
pub struct Parameters<'a> {
    names: &'a [String],
    cells: &'a [String],
}

impl<'a> Parameters<'a> {
    /// The parameter as an `f64`; NaN if it is not a number.
    pub fn number(&self, index: usize) -> f64 {
        self.cells[index].parse().unwrap_or(f64::NAN)
    }

    /// A comma-separated list of numbers.
    pub fn list(&self, index: usize) -> Vec<f64> {
        self.cells[index].split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect()
    }

    /// Names of the parameters.
    pub fn names(&self) -> &'a [String] {
        self.names
    }
}

/// Compares a law with one of its three tables: one survey per column of expected values.
///
/// `build` makes the law from the parameters of a row as a function of (what, x); x is meaningless for moments. `None` from `build`
/// is a law that cannot be built: its points count as NaN. Points are compared relatively, logarithms and the entropy absolutely near 0.
/// Excused are
///
/// * 4ε |x| pdf/cdf (or pdf/sf) for a probability and the same, absolutely, for its logarithm;
/// * 4ε |x f′| for a density f, taken from the difference quotient of `build`'s own ln f, likewise for its logarithm;
/// * [`input_allowance`] in p for a quantile.
///
/// A moment that is undefined or infinite may be given as NaN or as ∞; programs differ in which they return.
///
/// # Errors
/// [`Error::Table`] if a cell is not a decimal.
pub fn survey_law<F>(
    name: &str,
    table: &Table,
    build: impl Fn(Parameters<'_>) -> Option<F>,
) -> Result<Vec<Survey>, Error>
where
    F: Fn(LawFunction, f64) -> f64,
{
    let argument = ["x", "k", "p"].into_iter().find_map(|argument| table.column(argument));
    let first_value =
        table.columns().iter().position(|name| COLUMNS.iter().any(|(column, _)| column == name)).unwrap_or(0);
    // A parameter may also be called `k` or `p`: the argument is the last column before the values.
    let argument = argument.and(first_value.checked_sub(1)).filter(|_| !is_moments(table));
    let parameters = argument.unwrap_or(first_value);
    let inputs = argument.map_or(parameters, |at| at + 1);
    let mut surveys = Vec::new();
    for (column, title) in table.columns().iter().enumerate().skip(inputs) {
        let Some(&(_, what)) = COLUMNS.iter().find(|(known, _)| known == title) else { continue };
        let bar =
            if matches!(what, LawFunction::Quantile | LawFunction::Isf) { Bar::QUANTILE } else { Bar::LAW };
        let mut survey = Survey::new(format!("{name} {title}"), bar);
        for row in table.rows() {
            let Some(expected) = row.expected(column)? else { continue };
            let x = argument.map_or(Ok(f64::NAN), |at| row.number(at))?;
            let cells =
                Parameters { names: &table.columns()[..parameters], cells: &row.cells()[..parameters] };
            let law = build(cells);
            let at = row.describe(inputs);
            let discrete = table.column("pmf").is_some();
            survey.push(match &law {
                Some(law) => compare(law, what, x, expected, &row, at, discrete)?,
                None => Comparison::relative(format!("{at} (cannot be built)"), f64::NAN, Dd::ONE, 0.0),
            });
        }
        surveys.push(survey);
    }
    Ok(surveys)
}

fn is_moments(table: &Table) -> bool {
    ["mean", "entropy", "circular_mean"].iter().any(|name| table.column(name).is_some())
}

fn compare(
    law: &impl Fn(LawFunction, f64) -> f64,
    what: LawFunction,
    x: f64,
    expected: Dd,
    row: &Row<'_>,
    at: String,
    discrete: bool,
) -> Result<Comparison, Error> {
    let actual = law(what, x);
    let cell = |names: [&str; 2]| -> Result<f64, Error> {
        let column = names.into_iter().find_map(|name| row.table().column(name));
        Ok(column.map(|c| row.expected(c)).transpose()?.flatten().map_or(f64::NAN, Dd::to_f64))
    };
    // 4ε|x|; an integer argument is exact.
    let span = if discrete { 0.0 } else { 4.0 * f64::EPSILON * x.abs() };
    let slope = || if span == 0.0 { 0.0 } else { ln_pdf_move(law, x) * span / (0.5 * crate::ulp(x)) };
    // Formed from the logarithms, which do not underflow.
    let ratio = |ln_p: f64| Ok(span * (cell(["logpdf", "logpmf"])? - ln_p).exp());
    Ok(match what {
        LawFunction::Pdf => excused(Comparison::relative(at, actual, expected, 0.0), slope()),
        LawFunction::LnPdf => Comparison::logarithm(at, actual, expected, finite(slope())),
        LawFunction::Cdf => {
            excused(Comparison::relative(at, actual, expected, 0.0), ratio(cell(["logcdf"; 2])?)?)
        }
        LawFunction::Sf => {
            excused(Comparison::relative(at, actual, expected, 0.0), ratio(cell(["logsf"; 2])?)?)
        }
        LawFunction::LnCdf | LawFunction::LnSf => {
            Comparison::logarithm(at, actual, expected, finite(ratio(expected.to_f64())?))
        }
        LawFunction::Quantile | LawFunction::Isf => {
            let allowance = input_allowance(|p| law(what, p[0]), &[x], &[]);
            Comparison::relative(at, actual, expected, if discrete { 0.0 } else { allowance })
        }
        LawFunction::Entropy => Comparison::logarithm(at, actual, expected, 0.0),
        _ if !expected.is_finite() && !actual.is_finite() => Comparison::relative(at, 0.0, Dd::ZERO, 0.0),
        _ => Comparison::relative(at, actual, expected, 0.0),
    })
}

/// How far ln f moves when x moves by half an ulp.
fn ln_pdf_move(law: &impl Fn(LawFunction, f64) -> f64, x: f64) -> f64 {
    input_allowance(|x| law(LawFunction::LnPdf, x[0]), &[x], &[])
}

fn excused(mut comparison: Comparison, relative: f64) -> Comparison {
    comparison.allowance = finite(relative);
    comparison
}

fn finite(allowance: f64) -> f64 {
    if allowance.is_finite() { allowance } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(p: Parameters<'_>) -> Option<impl Fn(LawFunction, f64) -> f64 + use<>> {
        let rate = p.number(0);
        (rate > 0.0).then_some(move |what, x: f64| match what {
            LawFunction::Pdf => rate * (-rate * x).exp(),
            LawFunction::LnPdf => rate.ln() - rate * x,
            LawFunction::Cdf => -(-rate * x).exp_m1(),
            LawFunction::Sf => (-rate * x).exp(),
            LawFunction::LnSf => -rate * x,
            LawFunction::Quantile => -(-x).ln_1p() / rate,
            LawFunction::Mean => 1.0 / rate,
            LawFunction::Skewness => f64::NAN,
            _ => f64::INFINITY,
        })
    }

    #[test]
    fn one_survey_per_column() {
        // x = 700: exp(−700) to 25 digits; a relative error of 700 half-ulps is in the nature of the question.
        let text = "rate\tx\tpdf\tlogpdf\tsf\tlogsf\n1\t700\t9.859676543759770856404304e-305\t-700\t9.859676543759770856404304e-305\t-700\n";
        let table = Table::parse("e.points.tsv", text).unwrap();
        let surveys = survey_law("exponential", &table, exponential).unwrap();
        let names: Vec<_> = surveys.iter().map(|s| s.summary().name).collect();
        assert_eq!(names, ["exponential pdf", "exponential logpdf", "exponential sf", "exponential logsf"]);
        surveys.iter().for_each(Survey::assert);
        let excused = surveys[2].points()[0].allowance;
        assert!((excused / (4.0 * f64::EPSILON * 700.0) - 1.0).abs() < 1e-9, "{excused:e}");
        let excused = surveys[0].points()[0].allowance;
        assert!((excused / (4.0 * f64::EPSILON * 700.0) - 1.0).abs() < 1e-3, "{excused:e}");
    }

    #[test]
    fn parameters_may_be_called_k_or_p() {
        let table = Table::parse("t", "p\tk\tpmf\n0.5\t3\t0.125\n").unwrap();
        let law = |p: Parameters<'_>| {
            let p = p.number(0);
            Some(move |_: LawFunction, k: f64| p.powf(k))
        };
        let surveys = survey_law("geometric", &table, law).unwrap();
        assert_eq!(surveys[0].points()[0].at, "p=0.5 k=3");
        surveys[0].assert();
        let moments = Table::parse("t", "k\tmean\n4\t0.25\n").unwrap();
        survey_law("exponential", &moments, exponential).unwrap()[0].assert();
    }

    #[test]
    fn undefined_moments_and_laws_that_cannot_be_built() {
        let table = Table::parse("t", "rate\tskewness\tmean\n2\tinf\t0.5\n-1\tnan\tnan\n").unwrap();
        let surveys = survey_law("exponential", &table, exponential).unwrap();
        assert_eq!((surveys[0].summary().failures, surveys[1].summary().failures), (1, 1));
        assert!(surveys[0].points()[0].passes(&Bar::LAW));
    }

    #[test]
    fn wrong_values_fail() {
        let table =
            Table::parse("t", "rate\tp\tquantile\tisf\n2\t0.5\t0.346573590279972654708\t1\n").unwrap();
        let surveys = survey_law("exponential", &table, exponential).unwrap();
        assert!(surveys[0].summary().pass && !surveys[1].summary().pass);
    }
}
