//! `ferronum fit`.
use crate::arguments::{Fit, Missing};
use crate::error::Error;
use crate::output::{Pending, print};
use crate::progress::Bar;
use crate::report;
use ferronum_data::formula::NaPolicy;
use ferronum_model::{FitOptions, Model};
use ferronum_plot::{DiagnosticPlots, Figure};
use std::path::Path;
use std::time::Instant;

pub fn run(arguments: &Fit) -> Result<(), Error> {
    let start = Instant::now();
    let source = arguments.reading.open()?;
    let drawn = arguments.report.is_some() || arguments.plot.is_some();
    let model = {
        let bar = Bar::new();
        let tell = |progress| bar.tell(progress);
        let options = FitOptions {
            weights: arguments.weights.clone().zip(arguments.weight_kind.map(Into::into)),
            covariance: arguments.cov.clone(),
            na: policy(arguments.na),
            threads: arguments.reading.threads(),
            confidence: arguments.confidence,
            diagnostics: drawn,
            progress: Some(&tell),
        };
        ferronum_model::fit(&arguments.formula, &source, &options)?
    };
    let seconds = start.elapsed().as_secs_f64();
    let figure = if drawn { figure(&model)? } else { None };
    // Everything is made before anything appears under its name.
    let mut files = Vec::new();
    if let Some(path) = &arguments.save {
        files.push(Pending::write(path, model.to_saved().as_bytes())?);
    }
    if let Some(path) = &arguments.plot {
        let figure =
            figure.as_ref().ok_or_else(|| Error::Message("the fit has no residual to draw".to_owned()))?;
        files.push(Pending::write(path, &encoded(figure, path)?)?);
    }
    if let Some(path) = &arguments.report {
        let facts = report::Run { bytes: source.byte_len(), format: source.format().to_string(), seconds };
        let page = report::page(&model, figure.as_ref(), &facts)?;
        files.push(Pending::write(path, page.as_bytes())?);
    }
    files.into_iter().try_for_each(Pending::keep)?;
    match arguments.json {
        true => print(&(model.to_json() + "\n")),
        false => print(&model.to_string()),
    }
}

pub fn policy(missing: Missing) -> NaPolicy {
    match missing {
        Missing::Drop => NaPolicy::Drop,
        Missing::Error => NaPolicy::Error,
    }
}

/// The diagnostic figure; `None` if no residual is finite.
fn figure(model: &Model) -> Result<Option<Figure>, Error> {
    let Some(diagnostics) = &model.diagnostics else { return Ok(None) };
    if diagnostics.residuals.iter().all(|e| !e.is_finite()) {
        return Ok(None);
    }
    Ok(Some(DiagnosticPlots::new(diagnostics).title(&model.formula).render(1000, 800)?))
}

pub fn encoded(figure: &Figure, path: &Path) -> Result<Vec<u8>, Error> {
    let png = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
    if png { Ok(figure.to_png(2.0)?) } else { Ok(figure.to_svg().into_bytes()) }
}
