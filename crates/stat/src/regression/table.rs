//! The summary table of a fit, 80 columns wide at most.
use super::fit::{LinearFit, Term};
use super::options::Method;
use std::fmt;

const WIDTH: usize = 80;
/// Width of the numbers of a row: estimate, standard error, t, p, two ends, stars.
const NUMBERS: usize = 60;

impl fmt::Display for LinearFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = "─".repeat(WIDTH);
        writeln!(f, "{:^WIDTH$}", "Linear regression")?;
        writeln!(f, "{rule}")?;
        let f_label = format!("F({}, {})", plain(self.df_model), plain(self.df_inference));
        pair(f, "Response", &clip(&self.response, 22), "R²", &fixed(self.r_squared, 6))?;
        pair(f, "Observations", &self.nobs.to_string(), "Adjusted R²", &fixed(self.adj_r_squared, 6))?;
        pair(f, "Residual d.f.", &plain(self.df_resid), &f_label, &number(self.f_statistic))?;
        pair(f, "Residual s.d.", &number(self.scale.sqrt()), "P>F", &p_value(self.f_p_value))?;
        pair(f, "Log-likelihood", &number(self.log_likelihood), "AIC", &number(self.aic))?;
        let weight =
            if self.sum_weights == self.nobs as f64 { String::new() } else { number(self.sum_weights) };
        pair(f, if weight.is_empty() { "" } else { "Sum of weights" }, &weight, "BIC", &number(self.bic))?;
        writeln!(f, "{rule}")?;
        let names = WIDTH - NUMBERS;
        let percent = plain((1e6 * self.confidence).round() / 1e4);
        let heading = format!("[{percent}% interval]");
        writeln!(
            f,
            "{:<names$}{:>11}{:>11}{:>8}{:>8}{heading:>18}",
            "", "estimate", "std. error", "t", "P>|t|"
        )?;
        for term in &self.terms {
            self.row(f, term, names)?;
        }
        writeln!(f, "{rule}")?;
        writeln!(f, "*** p < 0.001   ** p < 0.01   * p < 0.05   . p < 0.1")?;
        self.footer(f)
    }
}

impl LinearFit {
    fn row(&self, f: &mut fmt::Formatter<'_>, term: &Term, names: usize) -> fmt::Result {
        let mut name = &term.name[..];
        if name.chars().count() >= names {
            // A name cut short may be that of another row: it has lines of its own.
            let letters: Vec<char> = name.chars().collect();
            for line in letters.chunks(WIDTH) {
                writeln!(f, "{}", line.iter().collect::<String>())?;
            }
            name = "";
        }
        if term.dropped {
            return writeln!(f, "{name:<names$}    dropped: a combination of the columns before it");
        }
        let stars = match term.p_value {
            p if p < 0.001 => "***",
            p if p < 0.01 => "**",
            p if p < 0.05 => "*",
            p if p < 0.1 => ".",
            _ => "",
        };
        let line = format!(
            "{name:<names$}{:>11}{:>11}{:>8}{:>8}{:>9}{:>9} {stars}",
            short(term.estimate, 10),
            short(term.std_error, 10),
            statistic(term.statistic),
            p_value(term.p_value),
            short(term.ci_low, 8),
            short(term.ci_high, 8)
        );
        writeln!(f, "{}", line.trim_end())
    }

    fn footer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wrapped(f, &format!("Covariance: {}; t with {} d.f.", self.cov_type, plain(self.df_inference)))?;
        let digits = if self.method == Method::DoubleDouble { 32 } else { 16 };
        wrapped(
            f,
            &format!(
                "Method: {}, condition number {}, digits lost {:.1} of {digits}.",
                self.method,
                short(self.condition_number, 8),
                self.digits_lost
            ),
        )?;
        if self.tss == 0.0 {
            wrapped(f, "The response does not vary: R² and F are not defined.")?;
        } else if self.rss <= 1e-28 * self.tss {
            wrapped(f, "The fit is exact: standard errors and tests say nothing.")?;
        }
        if digits as f64 - self.digits_lost < 4.0 {
            wrapped(f, "Warning: the predictors are nearly collinear; few digits of the estimates hold.")?;
        }
        Ok(())
    }
}

fn pair(f: &mut fmt::Formatter<'_>, a: &str, x: &str, b: &str, y: &str) -> fmt::Result {
    writeln!(f, "{a:<15}{x:>23}    {b:<18}{y:>20}")
}

/// Words in lines of at most 80 characters.
fn wrapped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > WIDTH {
            writeln!(f)?;
            used = 0;
        }
        write!(f, "{}{word}", if used > 0 { " " } else { "" })?;
        used += length + usize::from(used > 0);
    }
    writeln!(f)
}

fn clip(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_string();
    }
    name.chars().take(width - 1).chain(['…']).collect()
}

fn plain(x: f64) -> String {
    if x.abs() < 1e7 { x.to_string() } else { format!("{x:.3e}") }
}

fn fixed(x: f64, places: usize) -> String {
    format!("{x:.places$}")
}

/// Six significant digits.
fn number(x: f64) -> String {
    short(x, 13)
}

/// As many significant digits as fit in `width` characters, six at most.
fn short(x: f64, width: usize) -> String {
    if x == 0.0 || !x.is_finite() {
        return x.to_string();
    }
    let exponent = x.abs().log10().floor() as i32;
    (1..=6_i32)
        .rev()
        .map(|digits| match exponent {
            -4..=6 => format!("{x:.*}", (digits - 1 - exponent).max(0) as usize),
            _ => format!("{x:.*e}", (digits - 1) as usize),
        })
        .find(|text| text.len() <= width)
        .unwrap_or_else(|| format!("{x:.0e}"))
}

fn statistic(t: f64) -> String {
    match t.abs() {
        a if a < 999.995 => format!("{t:.2}"),
        a if a < 99_999.5 => format!("{t:.0}"),
        _ => short(t, 7),
    }
}

fn p_value(p: f64) -> String {
    match p {
        p if p.is_nan() => "NaN".to_string(),
        p if p < 1e-4 => "<0.0001".to_string(),
        p => format!("{p:.4}"),
    }
}
