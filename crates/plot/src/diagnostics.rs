//! The diagnostic figure of a linear fit.
mod panels;

use crate::canvas::Stroke;
use crate::cloud::Cloud;
use crate::panel::{Area, Page, Panel, bottom_room, left_room, top_room};
use crate::sample::{Pairs, same_length};
use crate::{Error, Figure, ticks};
use ferronum_stat::regression::Diagnostics;
use panels::View;

const FIGURE: &str = "diagnostic plots";
/// Pixels between panels.
const GAP: f64 = 26.0;
/// Pixels on the right of the plots, for the labels of Cook's contours.
const RIGHT: f64 = 20.0;

/// Four views of a linear fit on one page, to see whether its assumptions hold:
///
/// * residuals against fitted values, with a robust smoother: curvature, unequal spread;
/// * normal Q–Q plot of the standardized residuals, with the line through the quartiles: tails;
/// * scale–location: √|standardized residual| against fitted values: unequal spread;
/// * standardized residuals against leverage, with the contours of Cook's distance at 0.5 and 1: influence.
///
/// In each the most extreme observations are named by their row number. More than 2,000 observations are drawn as a density
/// of hexagons on a logarithmic scale, the isolated ones as points. Counts and quantiles use all of those given, the smoother 20,000
/// spread evenly.
///
/// # Source
/// The choice of views is that of `plot.lm` in R; Cook & Weisberg, *Residuals and Influence in Regression* (1982).
///
/// # Examples
/// ```
/// use ferronum_plot::DiagnosticPlots;
/// use ferronum_stat::regression::Diagnostics;
/// // y = 1, 3, 2, 5 at x = 0, 1, 2, 3
/// let fit = Diagnostics {
///     rows: vec![1, 2, 3, 4],
///     fitted: vec![1.1, 2.2, 3.3, 4.4],
///     residuals: vec![-0.1, 0.8, -1.3, 0.6],
///     standardized: vec![-0.1627, 0.8159, -1.3258, 0.9762],
///     leverage: vec![0.7, 0.3, 0.3, 0.7],
///     cooks: vec![0.0309, 0.1426, 0.3767, 1.1118],
///     total_rows: 4,
///     rank: 2,
///     stands_for: vec![],
/// };
/// let figure = DiagnosticPlots::new(&fit).title("y ~ x").render(1000, 800)?;
/// assert!(figure.to_svg().contains("Normal Q–Q"));
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct DiagnosticPlots<'a> {
    diagnostics: &'a Diagnostics,
    title: String,
    named: usize,
}

impl<'a> DiagnosticPlots<'a> {
    /// The figure of these diagnostics, without a title, with three observations named in each view.
    pub fn new(diagnostics: &'a Diagnostics) -> Self {
        Self { diagnostics, title: String::new(), named: 3 }
    }

    /// Sets the title of the page, usually the formula.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets how many extreme observations each view names.
    #[must_use]
    pub fn named(mut self, named: usize) -> Self {
        self.named = named.min(20);
        self
    }

    /// Draws the figure, `width` × `height` pixels; 1000 × 800 shows it well.
    ///
    /// Observations of leverage 1, whose standardized residual is undefined, appear in the first view only, and the caption names
    /// them; so does it if only a subsample of the rows is drawn.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if the fields differ in length, [`Error::NoData`] if no fitted value and residual are finite,
    /// [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let d = self.diagnostics;
        self.check()?;
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.title, &mut inside);
        let views = [View::residuals(d), View::quantiles(d), View::scale_location(d), View::leverage(d)];
        // The foot is drawn when the largest count is known; its height is known before.
        let notes = self.notes();
        let dense = views.iter().any(View::is_dense);
        let above_foot = page.above_foot(&notes, dense, inside);
        let panels = lay_out(&page, above_foot, &views);
        let clouds: Vec<Option<Cloud>> =
            views.iter().zip(&panels).map(|(view, panel)| view.cloud(panel)).collect();
        let largest = clouds.iter().flatten().filter_map(Cloud::largest).max();
        for ((view, panel), cloud) in views.iter().zip(&panels).zip(&clouds) {
            view.draw(panel, cloud.as_ref(), largest.unwrap_or(1), d, self.named)?;
        }
        page.foot(&notes, largest.map(|n| (n, "observations per hexagon")), &inside);
        let subject = if self.title.is_empty() { "a linear fit" } else { &self.title };
        Ok(page.finish(
            &format!("Diagnostic plots of {subject}"),
            "Residuals against fitted values, normal Q–Q plot, scale–location plot, residuals against leverage",
        ))
    }

    fn check(&self) -> Result<(), Error> {
        let d = self.diagnostics;
        let n = d.rows.len();
        let fields = [
            ("fitted", d.fitted.len()),
            ("residuals", d.residuals.len()),
            ("standardized", d.standardized.len()),
            ("leverage", d.leverage.len()),
            ("cooks", d.cooks.len()),
        ];
        fields.into_iter().try_for_each(|(name, len)| same_length(FIGURE, name, len, n))?;
        if !d.stands_for.is_empty() {
            same_length(FIGURE, "stands_for", d.stands_for.len(), n)?;
        }
        if d.fitted.iter().zip(&d.residuals).any(|(f, e)| f.is_finite() && e.is_finite()) {
            Ok(())
        } else {
            Err(Error::NoData { figure: FIGURE, given: n })
        }
    }

    /// The lines of the caption.
    fn notes(&self) -> Vec<String> {
        let d = self.diagnostics;
        let n = d.rows.len() as u64;
        let mut notes = Vec::new();
        if d.total_rows > n {
            notes.push(format!(
                "A subsample is shown: {} of {} rows",
                ticks::count(n),
                ticks::count(d.total_rows)
            ));
        }
        let full: Vec<u64> = (0..d.rows.len())
            .filter(|&i| !d.standardized[i].is_finite() && d.leverage[i] > 1.0 - 1e-8)
            .map(|i| d.rows[i])
            .collect();
        if !full.is_empty() {
            let listed: Vec<String> = full.iter().take(5).map(|&row| ticks::count(row)).collect();
            let more = if full.len() > 5 {
                format!(" and {} more", ticks::count(full.len() as u64 - 5))
            } else {
                String::new()
            };
            let noun = if full.len() == 1 { "row" } else { "rows" };
            notes.push(format!(
                "Leverage 1, in the first panel only: {noun} {}{more}",
                listed.join(if full.len() > 5 { ", " } else { " and " })
            ));
        }
        let lost = d.rows.len() - Pairs::finite(&d.fitted, &d.residuals).len();
        notes.extend(crate::sample::left_out(lost, "row", "missing or infinite"));
        notes
    }
}

/// Places the panels in two columns with plots of equal width and two rows of equal height.
fn lay_out(page: &Page, inside: Area, views: &[View; 4]) -> Vec<Panel> {
    let above = top_room(&views[0].words.title);
    let below = bottom_room(&views[0].words.x);
    let height = (0.5 * (inside.height() - GAP) - above - below).max(10.0);
    let ys = [0, 1, 2, 3].map(|i| views[i].y.clone().upwards(height));
    let room = |i: usize| left_room(&ys[i], &views[i].words.y);
    let left = [room(0).max(room(2)), room(1).max(room(3))];
    let width = (0.5 * (inside.width() - GAP - left[0] - left[1] - RIGHT)).max(10.0);
    (0..4)
        .map(|i| {
            let (row, column) = (i / 2, i % 2);
            let x = inside.left + left[0] + if column == 1 { width + GAP + left[1] } else { 0.0 };
            let y = inside.top + above + row as f64 * (above + height + below + GAP);
            let plot = Area { left: x, top: y, right: x + width, bottom: y + height };
            Panel::new(
                page,
                plot,
                (views[i].x.clone().along(width), ys[i].clone()),
                left[column],
                &views[i].words,
            )
        })
        .collect()
}

/// The look of the smoother.
fn trend() -> Stroke {
    crate::panel::line(crate::style::ACCENT, 1.8)
}
