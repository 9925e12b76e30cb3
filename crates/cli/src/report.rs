//! The page of a fit: self-contained HTML.
use crate::error::Error;
use crate::output::short;
use ferronum_model::Model;
use ferronum_plot::Figure;
use minijinja::{AutoEscape, Environment, context};

/// Facts of the run.
pub struct Run {
    pub bytes: u64,
    pub format: String,
    pub seconds: f64,
}

pub fn page(model: &Model, figure: Option<&Figure>, run: &Run) -> Result<String, Error> {
    let fault = |e: minijinja::Error| Error::Message(format!("cannot make the report: {e}"));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("report", include_str!("report.html")).map_err(fault)?;
    let fit = &model.fit;
    let terms: Vec<_> = fit
        .terms
        .iter()
        .map(|term| {
            context! {
                name => term.name.clone(), dropped => term.dropped, estimate => short(term.estimate),
                std_error => short(term.std_error), statistic => format!("{:.2}", term.statistic),
                p_value => p_value(term.p_value), stars => stars(term.p_value),
                ci_low => short(term.ci_low), ci_high => short(term.ci_high),
            }
        })
        .collect();
    let statistics = [
        ("Observations", fit.nobs.to_string()),
        ("Residual degrees of freedom", short(fit.df_resid)),
        ("R²", format!("{:.4}", fit.r_squared)),
        ("Adjusted R²", format!("{:.4}", fit.adj_r_squared)),
        ("Residual standard error", short(fit.scale.sqrt())),
        ("F statistic", format!("{} on {} and {}", short(fit.f_statistic), fit.df_model, fit.df_inference)),
        ("p of F", p_value(fit.f_p_value)),
        ("Log-likelihood", format!("{:.2}", fit.log_likelihood)),
        ("AIC", format!("{:.2}", fit.aic)),
        ("BIC", format!("{:.2}", fit.bic)),
    ];
    let mut facts = vec![
        ("Data", model.source.clone()),
        ("Format", run.format.clone()),
        ("Size", size(run.bytes)),
        ("Rows read", model.rows_read.to_string()),
        ("Rows dropped for missing values", model.rows_dropped.to_string()),
        ("Covariance of the coefficients", fit.cov_type.clone()),
        ("Method", fit.method.to_string()),
        ("Condition number", short(fit.condition_number)),
        ("Digits lost to conditioning", format!("{:.1}", fit.digits_lost)),
        ("Time to read and fit", format!("{:.3} s", run.seconds)),
        ("Made by", format!("ferronum {}", env!("CARGO_PKG_VERSION"))),
    ];
    if let Some((column, kind)) = &model.weights {
        facts.insert(5, ("Weights", format!("{column} ({})", format!("{kind:?}").to_lowercase())));
    }
    let dropped: Vec<&str> = fit.terms.iter().filter(|t| t.dropped).map(|t| &t.name[..]).collect();
    let template = environment.get_template("report").map_err(fault)?;
    template
        .render(context! {
            formula => model.formula.clone(), response => fit.response.clone(), kind => model.kind(), terms, statistics, facts,
            confidence => short(100.0 * fit.confidence), dropped => dropped.join(", "), cov_type => fit.cov_type.clone(),
            figure => figure.map(|f| minijinja::Value::from_safe_string(inline(&f.to_svg()))),
        })
        .map(|page| page.trim_end().to_owned() + "\n")
        .map_err(fault)
}

/// An SVG document as part of a page: without the XML declaration.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or(svg, |at| &svg[at..]).to_owned()
}

fn p_value(p: f64) -> String {
    match p {
        p if p.is_nan() => "–".to_owned(),
        p if p < 1e-300 => "< 1e-300".to_owned(),
        p if p < 1e-4 => format!("{p:.1e}"),
        p => format!("{p:.4}"),
    }
}

fn stars(p: f64) -> &'static str {
    match p {
        p if p < 0.001 => "***",
        p if p < 0.01 => "**",
        p if p < 0.05 => "*",
        _ => "",
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}
