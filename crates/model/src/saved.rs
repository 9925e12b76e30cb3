//! Models in files: JSON of some kilobytes, without data.
use crate::{Error, Model};
use ferronum_data::formula::Design;
use ferronum_stat::regression::{Covariance, LinearFit, WeightKind};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Version of the layout that is written; earlier ones are read.
const VERSION: u32 = 1;

/// Largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct File {
    ferronum_model: u32,
    formula: String,
    source: String,
    rows_read: u64,
    rows_dropped: u64,
    covariance: Covariance,
    weights: Option<(String, WeightKind)>,
    design: Design,
    fit: LinearFit,
    /// Lower triangle of [`LinearFit::centred_cov`], from which the other covariances follow. `null` where dropped.
    centred_cov: Vec<Option<f64>>,
}

impl Model {
    /// The model as JSON, to be read by [`Self::from_saved`]: no data, about 10 kB for 20 terms.
    pub fn to_saved(&self) -> String {
        let k = self.fit.terms.len();
        let lower = (0..k).flat_map(|i| (0..=i).map(move |j| i * k + j));
        let triangle = lower.map(|at| Some(self.fit.centred_cov[at]).filter(|x| x.is_finite()));
        let empty = || Vec::new();
        let file = File {
            ferronum_model: VERSION,
            formula: self.formula.clone(),
            source: self.source.clone(),
            rows_read: self.rows_read,
            rows_dropped: self.rows_dropped,
            covariance: self.covariance.clone(),
            weights: self.weights.clone(),
            design: self.design.clone(),
            centred_cov: triangle.collect(),
            fit: LinearFit { cov: empty(), unscaled_cov: empty(), centred_cov: empty(), ..self.fit.clone() },
        };
        serde_json::to_string(&file).expect("a tree of text and numbers has a JSON form")
    }

    /// Writes the model to a file, which appears complete or not at all.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let written =
            std::fs::write(&temporary, self.to_saved()).and_then(|()| std::fs::rename(&temporary, path));
        written.map_err(|e| {
            // The reason is reported; a leftover that cannot be removed either would only hide it.
            let _ = std::fs::remove_file(&temporary);
            Error::Io { path: path.display().to_string(), action: "write", message: e.to_string() }
        })
    }

    /// Reads a model from a file of [`Self::save`].
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Saved`] if it is not such a file, or one of a later version.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let shown = path.as_ref().display().to_string();
        let unreadable =
            |e: std::io::Error| Error::Io { path: shown.clone(), action: "read", message: e.to_string() };
        if std::fs::metadata(&path).map_err(unreadable)?.len() > MAX_BYTES {
            let reason = "is too large to be a saved model".to_owned();
            return Err(Error::Saved { path: shown, reason });
        }
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        Self::from_saved(&text).map_err(|reason| Error::Saved { path: shown, reason })
    }

    /// Reads a model from the text of [`Self::to_saved`].
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn from_saved(text: &str) -> Result<Self, String> {
        let file: serde_json::Value =
            serde_json::from_str(text).map_err(|e| format!("is not a saved model: {e}"))?;
        match file.get("ferronum_model").and_then(serde_json::Value::as_u64) {
            Some(version) if version <= u64::from(VERSION) => {}
            Some(version) => {
                return Err(format!(
                    "is of version {version}, this program reads up to {VERSION}; update ferronum"
                ));
            }
            None => return Err("is not a saved model".to_owned()),
        }
        let file: File = serde_json::from_value(file).map_err(|e| format!("is a damaged model: {e}"))?;
        let fit = restore(file.fit, &file.centred_cov, &file.covariance, &file.weights)?;
        if fit.centre.len() != file.design.term_names().len() {
            return Err("is a damaged model: design and coefficients do not agree".to_owned());
        }
        Ok(Self {
            formula: file.formula,
            fit,
            design: file.design,
            source: file.source,
            rows_read: file.rows_read,
            rows_dropped: file.rows_dropped,
            covariance: file.covariance,
            weights: file.weights,
            diagnostics: None,
        })
    }
}

/// Puts the covariances back: with `c` the centre, the intercept is `b₀ = b̄ − cᵀb`, so that `V = T C Tᵀ`, `T = [1 −cᵀ; 0 I]`.
fn restore(
    mut fit: LinearFit,
    triangle: &[Option<f64>],
    covariance: &Covariance,
    weights: &Option<(String, WeightKind)>,
) -> Result<LinearFit, String> {
    let k = fit.terms.len();
    let lead = usize::from(fit.intercept);
    if triangle.len() != k * (k + 1) / 2 || fit.centre.len() + lead != k {
        return Err("is a damaged model: terms and covariance do not agree".to_owned());
    }
    let mut centred = vec![f64::NAN; k * k];
    let mut entries = triangle.iter();
    for i in 0..k {
        for j in 0..=i {
            let value = entries.next().copied().flatten().unwrap_or(f64::NAN);
            (centred[i * k + j], centred[j * k + i]) = (value, value);
        }
    }
    fit.cov = centred.clone();
    if lead == 1 {
        let kept: Vec<usize> = (1..k).filter(|&j| !fit.terms[j].dropped).collect();
        let along = |i: usize| kept.iter().map(|&j| fit.centre[j - 1] * centred[i * k + j]).sum::<f64>();
        let spread: f64 = kept.iter().map(|&i| fit.centre[i - 1] * along(i)).sum();
        fit.cov[0] = centred[0] - 2.0 * along(0) + spread;
        for &i in &kept {
            let value = centred[i * k] - along(i);
            (fit.cov[i * k], fit.cov[i]) = (value, value);
        }
    }
    let classical = *covariance == Covariance::NonRobust
        && !matches!(weights, Some((_, WeightKind::Probability)))
        && fit.scale > 0.0;
    fit.unscaled_cov = fit.cov.iter().map(|v| if classical { v / fit.scale } else { f64::NAN }).collect();
    fit.centred_cov = centred;
    Ok(fit)
}
