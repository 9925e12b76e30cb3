//! A fitted model.
use crate::document::FitDocument;
use ferronum_data::formula::Design;
use ferronum_stat::regression::{Covariance, Diagnostics, LinearFit, WeightKind};
use std::fmt;

/// A fitted linear model: the regression, and what it takes to make the same columns of new data.
///
/// Its `Display` is the summary of the fit, in at most 80 columns where names are short.
#[derive(Debug, Clone)]
pub struct Model {
    /// The formula as it was given.
    pub formula: String,
    /// The regression.
    pub fit: LinearFit,
    /// The design: levels, contrasts and constants learned from the data.
    pub design: Design,
    /// The file or data set of the fit.
    pub source: String,
    /// Rows read.
    pub rows_read: u64,
    /// Rows left out for missing values.
    pub rows_dropped: u64,
    /// Estimator of the covariance.
    pub covariance: Covariance,
    /// The column of weights, and what they mean.
    pub weights: Option<(String, WeightKind)>,
    /// Residuals and influence, if they were asked for; not saved.
    pub diagnostics: Option<Diagnostics>,
}

impl Model {
    /// The fit as a document with stable keys.
    pub fn document(&self) -> FitDocument {
        FitDocument::new(self)
    }

    /// The document as JSON. Numbers that are not finite are `null`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.document()).expect("a tree of text and numbers has a JSON form")
    }

    /// What the model is called: `OLS` or `WLS`.
    pub fn kind(&self) -> &'static str {
        if self.weights.is_some() { "WLS" } else { "OLS" }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}   ({}, {})\n", self.formula, self.kind(), self.source)?;
        write!(f, "{}", self.fit)?;
        if let Some((column, kind)) = &self.weights {
            let kind = format!("{kind:?}").to_lowercase();
            writeln!(f, "Weights: {column} ({kind})")?;
        }
        if self.rows_dropped > 0 {
            writeln!(
                f,
                "{} of {} rows dropped for missing values",
                grouped(self.rows_dropped),
                grouped(self.rows_read)
            )?;
        }
        Ok(())
    }
}

/// A count with commas between thousands.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands() {
        assert_eq!([0, 999, 1000, 1234567].map(super::grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
