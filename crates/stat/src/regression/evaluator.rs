//! A fit made ready for many rows.
use super::diagnostics::Influence;
use super::fit::{LinearFit, Prediction};
use super::inference::reach;
use super::options::WeightKind;
use crate::Error;

/// Rows worked on side by side. Each has its own sums, so a row's result does not depend on the rows beside it.
const SIDE: usize = 64;

/// A fit made ready for many rows: the estimated columns picked out, covariances packed, and room for intermediate values, so that
/// no row costs an allocation.
///
/// # Examples
/// ```
/// use ferronum_stat::regression::{OlsOptions, ols};
/// let (x, y) = ([1.0, 2.0, 3.0, 4.0], [3.1, 4.9, 7.2, 8.8]);
/// let fit = ols(&[&x], &y, &OlsOptions::default())?;
/// let mut found = Vec::new();
/// fit.evaluator().influence_into(&[&x], &y, None, &mut found)?;
/// assert!((found[0].leverage - 0.7).abs() < 1e-15);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RowEvaluator<'a> {
    fit: &'a LinearFit,
    /// The columns of x that are estimated, with their centres and slopes.
    kept: Vec<(usize, f64, f64)>,
    /// Distances from the centre, a stretch of [`SIDE`] for each kept column; then means, forms and inner sums.
    room: Vec<f64>,
}

impl LinearFit {
    /// The fit made ready for many rows.
    pub fn evaluator(&self) -> RowEvaluator<'_> {
        let lead = usize::from(self.intercept);
        let kept: Vec<(usize, f64, f64)> = (0..self.centre.len())
            .filter(|j| !self.terms[j + lead].dropped)
            .map(|j| (j, self.centre[j], self.terms[j + lead].estimate))
            .collect();
        let room = vec![0.0; (kept.len() + 3) * SIDE];
        RowEvaluator { fit: self, kept, room }
    }
}

impl RowEvaluator<'_> {
    /// Appends the predictions for `rows` rows, given as columns of x.
    ///
    /// # Errors
    /// [`Error::Shape`] if the number or lengths of the columns do not fit.
    pub fn predict_into(
        &mut self,
        x: &[&[f64]],
        rows: usize,
        confidence: f64,
        out: &mut Vec<Prediction>,
    ) -> Result<(), Error> {
        let (t, scale) = (reach(confidence, self.fit.df_inference), self.fit.scale);
        let form = Form::variance_of_mean(self.fit, &self.kept);
        out.reserve(rows);
        self.each(x, rows, &form, |_, mean, variance| {
            let std_error = variance.max(0.0).sqrt();
            let (ci, pi) = (t * std_error, t * (variance.max(0.0) + scale).sqrt());
            out.push(Prediction {
                mean,
                std_error,
                ci_low: mean - ci,
                ci_high: mean + ci,
                pi_low: mean - pi,
                pi_high: mean + pi,
            });
        })
    }

    /// Appends what each observation has to do with the fit; `x`, `y` and `weights` are of the data of the fit.
    ///
    /// # Errors
    /// [`Error::Shape`] if the number or lengths of the columns do not fit.
    pub fn influence_into(
        &mut self,
        x: &[&[f64]],
        y: &[f64],
        weights: Option<(&[f64], WeightKind)>,
        out: &mut Vec<Influence>,
    ) -> Result<(), Error> {
        if let Some((w, _)) = weights {
            check_length("weights", y.len(), w.len())?;
        }
        let (fit, form) = (self.fit, Form::leverage(self.fit, &self.kept));
        out.reserve(y.len());
        self.each(x, y.len(), &form, |i, mean, leverage| {
            let weight = weights.map(|(w, kind)| (w[i], kind));
            out.push(Influence { fitted: mean, ..Influence::new(fit, y[i], y[i] - mean, leverage, weight) });
        })
    }

    /// Hands out number, fitted value and value of the form for each row.
    fn each(
        &mut self,
        x: &[&[f64]],
        rows: usize,
        form: &Form,
        mut take: impl FnMut(usize, f64, f64),
    ) -> Result<(), Error> {
        let (expected_len, found_len) = (self.fit.centre.len(), x.len());
        if expected_len != found_len {
            let (what, expected) = ("a row to predict", "one value for each column");
            return Err(Error::Shape { what, expected, expected_len, found_len });
        }
        x.iter().try_for_each(|column| check_length("a column", rows, column.len()))?;
        let (d, rest) = self.room.split_at_mut(self.kept.len() * SIDE);
        let (means, rest) = rest.split_at_mut(SIDE);
        let (values, inner) = rest.split_at_mut(SIDE);
        for from in (0..rows).step_by(SIDE) {
            let count = SIDE.min(rows - from);
            means[..count].fill(self.fit.centre_response);
            for (d, (j, centre, slope)) in d.chunks_exact_mut(SIDE).zip(&self.kept) {
                let column = &x[*j][from..from + count];
                for ((d, mean), x) in d.iter_mut().zip(means.iter_mut()).zip(column) {
                    *d = x - centre;
                    *mean += slope * *d;
                }
            }
            form.evaluate(d, &mut values[..count], &mut inner[..count]);
            for i in 0..count {
                take(from + i, means[i], values[i]);
            }
        }
        Ok(())
    }
}

/// `c + bᵀd + dᵀA d` of the distances from the centre.
struct Form {
    constant: f64,
    linear: Vec<f64>,
    /// The lower triangle of A by rows, entries off the diagonal doubled.
    lower: Vec<f64>,
}

impl Form {
    /// The variance of the estimated mean.
    fn variance_of_mean(fit: &LinearFit, kept: &[(usize, f64, f64)]) -> Self {
        let (lead, k) = (usize::from(fit.intercept), fit.terms.len());
        let linear = |j: usize| if fit.intercept { 2.0 * fit.centred_cov[(j + 1) * k] } else { 0.0 };
        Self {
            constant: if fit.intercept { fit.centred_cov[0] } else { 0.0 },
            linear: kept.iter().map(|(j, ..)| linear(*j)).collect(),
            lower: packed(&fit.centred_cov, k, lead, kept),
        }
    }

    /// The leverage of a row of weight one. Slopes do not depend on where x is measured from, nor then does their covariance.
    fn leverage(fit: &LinearFit, kept: &[(usize, f64, f64)]) -> Self {
        let lead = usize::from(fit.intercept);
        Self {
            constant: if fit.intercept { 1.0 / fit.sum_weights } else { 0.0 },
            linear: vec![0.0; kept.len()],
            lower: packed(&fit.unscaled_cov, fit.terms.len(), lead, kept),
        }
    }

    /// `d` holds a stretch of [`SIDE`] rows for each column; `inner` is room for as many rows as `out`.
    fn evaluate(&self, d: &[f64], out: &mut [f64], inner: &mut [f64]) {
        out.fill(self.constant);
        let mut entries = self.lower.iter();
        for (i, (own, b)) in d.chunks_exact(SIDE).zip(&self.linear).enumerate() {
            inner.fill(*b);
            for (other, a) in d.chunks_exact(SIDE).zip(entries.by_ref().take(i + 1)) {
                inner.iter_mut().zip(other).for_each(|(s, d)| *s += a * d);
            }
            for ((value, s), d) in out.iter_mut().zip(inner.iter()).zip(own) {
                *value += s * d;
            }
        }
    }
}

fn packed(cov: &[f64], k: usize, lead: usize, kept: &[(usize, f64, f64)]) -> Vec<f64> {
    let entry = |i: usize, j: usize| cov[(i + lead) * k + j + lead];
    let row = |i: usize| (0..=i).map(move |j| (i, j));
    let pairs = (0..kept.len()).flat_map(row).map(|(i, j)| (i == j, entry(kept[i].0, kept[j].0)));
    pairs.map(|(diagonal, value)| if diagonal { value } else { 2.0 * value }).collect()
}

fn check_length(what: &'static str, expected_len: usize, found_len: usize) -> Result<(), Error> {
    if expected_len == found_len {
        return Ok(());
    }
    Err(Error::Shape { what, expected: "one value for each row", expected_len, found_len })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regression::{OlsOptions, ols};

    /// A fit with a dropped column, on more rows than are worked on side by side.
    fn fitted() -> (Vec<Vec<f64>>, Vec<f64>, LinearFit) {
        let rows = 3 * SIDE + 5;
        let wave = |k: f64| (0..rows).map(|i| (k * i as f64).sin()).collect::<Vec<f64>>();
        let (a, b) = (wave(1.0), wave(0.37));
        let sum = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let y = a.iter().zip(wave(2.3)).map(|(a, e)| 1.0 + 2.0 * a + e).collect::<Vec<f64>>();
        let x = vec![a, b, sum];
        let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let options = OlsOptions { covariance: "HC3".parse().unwrap(), ..OlsOptions::default() };
        let fit = ols(&columns, &y, &options).unwrap();
        (x, y, fit)
    }

    #[test]
    fn a_row_has_the_same_bits_alone_and_among_others() {
        let (x, y, fit) = fitted();
        assert!(fit.terms[3].dropped);
        let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let mut influence = Vec::new();
        fit.evaluator().influence_into(&columns, &y, None, &mut influence).unwrap();
        let predicted = fit.predict(&columns, 0.9).unwrap();
        for i in 0..y.len() {
            let row = [x[0][i], x[1][i], x[2][i]];
            assert_eq!(fit.influence(&row, y[i], None).unwrap(), influence[i]);
            assert_eq!(fit.predict_row_at(&row, 0.9).unwrap(), predicted[i]);
        }
        let trace: f64 = influence.iter().map(|found| found.leverage).sum();
        assert!((trace - 3.0).abs() < 1e-13, "{trace}");
    }

    /// The form written out, `(1, x) V (1, x)ᵀ` with the covariance of the coefficients.
    #[test]
    fn the_variance_of_a_mean_is_that_of_the_coefficients() {
        let (x, y, fit) = fitted();
        let kept = [0, 1, 2];
        for i in 0..y.len() {
            let row = [1.0, x[0][i], x[1][i]];
            let pairs = kept.iter().flat_map(|a| kept.iter().map(move |b| (*a, *b)));
            let variance: f64 = pairs.map(|(a, b)| row[a] * row[b] * fit.cov[a * 4 + b]).sum();
            let found = fit.predict_row(&[x[0][i], x[1][i], x[2][i]]).unwrap();
            assert!((found.std_error / variance.sqrt() - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn shapes_are_checked() {
        let (x, y, fit) = fitted();
        let short: Vec<&[f64]> = vec![&x[0], &x[1], &x[2][1..]];
        let mut out = Vec::new();
        assert!(matches!(
            fit.evaluator().influence_into(&short, &y, None, &mut out),
            Err(Error::Shape { .. })
        ));
        assert!(matches!(fit.predict(&short[..2], 0.9), Err(Error::Shape { .. })));
        let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let weights = Some((&y[1..], WeightKind::Analytic));
        assert!(fit.evaluator().influence_into(&columns, &y, weights, &mut out).is_err());
        assert!(out.is_empty());
    }
}
