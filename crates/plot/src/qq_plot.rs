//! Normal quantile–quantile plots.
use crate::axis::Axis;
use crate::panel::{Marks, Page, Words, dashed};
use crate::quantiles::NormalQuantiles;
use crate::sample::{left_out, range, sorted_finite};
use crate::style::{DATA, REFERENCE};
use crate::words::titled;
use crate::{Error, Figure, ticks};

const FIGURE: &str = "Q–Q plot";

/// A normal quantile–quantile plot: ordered values against the quantiles of the standard normal distribution at
/// `(i − a) / (n + 1 − 2a)`, a = 3/8 up to ten values and 1/2 beyond, with the line through the quartiles.
///
/// Samples above 2,000 keep the 250 values of either end and 400 between, so that the tails lose nothing.
///
/// # Source
/// M. B. Wilk & R. Gnanadesikan, *Probability plotting methods for the analysis of data*, Biometrika 55 (1968) 1–17.
///
/// # Examples
/// ```
/// use ferronum_plot::QqPlot;
/// let mpg = [21.0, 22.8, 21.4, 18.7, 14.3, 24.4];
/// assert!(QqPlot::new(&mpg).y_label("mpg").render(480, 480)?.to_svg().contains("mpg"));
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct QqPlot<'a> {
    values: &'a [f64],
    words: Words,
}

impl<'a> QqPlot<'a> {
    /// A normal Q–Q plot of the finite values.
    pub fn new(values: &'a [f64]) -> Self {
        let (x, y) = ("Normal quantiles".to_owned(), "Sample quantiles".to_owned());
        Self { values, words: Words { x, y, ..Words::default() } }
    }

    titled!();

    /// Draws the figure, `width` × `height` pixels.
    ///
    /// # Errors
    /// [`Error::NoData`] if no value is finite, [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let sorted = sorted_finite(FIGURE, self.values)?;
        let quantiles = NormalQuantiles::new(&sorted);
        let missing = left_out(self.values.len() - sorted.len(), "value", "missing or infinite");
        let notes = self
            .words
            .notes([format!("n = {}", ticks::count(sorted.len() as u64))].into_iter().chain(missing));
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.words.title, &mut inside);
        let (x0, x1) = range(quantiles.points.iter().map(|p| p.0));
        let (x, y) = (Axis::covering(x0, x1), Axis::covering(sorted[0], sorted[sorted.len() - 1]));
        let panel = page.single(page.above_foot(&notes, false, inside), x, y, &self.words.untitled());
        if let Some((intercept, slope)) = quantiles.line {
            let (a, b) = (panel.x.lo(), panel.x.hi());
            panel.curve(&[(a, intercept + slope * a), (b, intercept + slope * b)], dashed(REFERENCE, 1.0));
        }
        panel.draw(&Marks::cloud(&quantiles.points, DATA))?;
        page.foot(&notes, None, &inside);
        Ok(page.finish(&self.words.title, &format!("Normal Q–Q plot of {}", self.words.y)))
    }
}
