//! Scatter plots.
use crate::axis::Axis;
use crate::cloud::Cloud;
use crate::panel::{Page, Words, line};
use crate::sample::{Pairs, left_out, range, same_length};
use crate::smooth::smoother;
use crate::style::{ACCENT, DENSITY_FROM};
use crate::words::titled;
use crate::{Error, Figure};

const FIGURE: &str = "scatter plot";

/// A scatter plot of two variables; more than 2,000 points are drawn as a density of hexagons, isolated ones as points.
///
/// # Examples
/// ```
/// use ferronum_plot::Scatter;
/// let (wt, mpg) = ([2.62, 2.875, 2.32, 3.215, 3.44], [21.0, 21.0, 22.8, 21.4, 18.7]);
/// let figure = Scatter::new(&wt, &mpg)?.x_label("wt").y_label("mpg").smoother().render(640, 480)?;
/// assert_eq!(figure.width(), 640);
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Scatter<'a> {
    x: &'a [f64],
    y: &'a [f64],
    words: Words,
    smoother: bool,
    log_x: bool,
    log_y: bool,
}

impl<'a> Scatter<'a> {
    /// A scatter plot of `y` against `x`.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if the two differ in length.
    pub fn new(x: &'a [f64], y: &'a [f64]) -> Result<Self, Error> {
        same_length(FIGURE, "y", y.len(), x.len())?;
        Ok(Self { x, y, words: Words::default(), smoother: false, log_x: false, log_y: false })
    }

    titled!();

    /// Adds a robust lowess line (span 2/3).
    #[must_use]
    pub fn smoother(mut self) -> Self {
        self.smoother = true;
        self
    }

    /// Makes the axis of `x` logarithmic; points with `x ≤ 0` are left out and counted in the caption.
    #[must_use]
    pub fn log_x(mut self) -> Self {
        self.log_x = true;
        self
    }

    /// Makes the axis of `y` logarithmic; points with `y ≤ 0` are left out and counted in the caption.
    #[must_use]
    pub fn log_y(mut self) -> Self {
        self.log_y = true;
        self
    }

    /// Draws the figure, `width` × `height` pixels. Points with a missing or infinite coordinate are left out and counted in the
    /// caption.
    ///
    /// # Errors
    /// [`Error::NoData`] if no point is left, [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let (points, notes) = self.points()?;
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.words.title, &mut inside);
        let (x, y) =
            (axis(points.iter().map(|p| p.0), self.log_x), axis(points.iter().map(|p| p.1), self.log_y));
        let plot = page.above_foot(&notes, points.len() > DENSITY_FROM, inside);
        let panel = page.single(plot, x, y, &self.words.untitled());
        let cloud = Cloud::new(&panel, &points);
        let largest = cloud.largest();
        cloud.draw(&panel, largest.unwrap_or(1))?;
        if self.smoother
            && let Some(curve) = self.curve(&points)
        {
            panel.curve(&curve, line(ACCENT, 1.8));
        }
        page.foot(&notes, largest.map(|n| (n, "points per hexagon")), &inside);
        Ok(page
            .finish(&self.words.title, &format!("Scatter plot of {} against {}", self.words.y, self.words.x)))
    }

    /// The points drawn, and the caption.
    #[allow(clippy::type_complexity, reason = "a pair of two plain vectors")]
    pub(crate) fn points(&self) -> Result<(Vec<(f64, f64)>, Vec<String>), Error> {
        let pairs = Pairs::finite(self.x, self.y);
        let (finite, mut points) = (pairs.len(), pairs.points);
        points.retain(|p| (!self.log_x || p.0 > 0.0) && (!self.log_y || p.1 > 0.0));
        if points.is_empty() {
            return Err(Error::NoData { figure: FIGURE, given: self.x.len() });
        }
        let missing = left_out(self.x.len() - finite, "point", "missing or infinite");
        let negative = left_out(finite - points.len(), "point", "not positive");
        Ok((points, self.words.notes(missing.into_iter().chain(negative))))
    }

    /// The smoother, fitted on the scales of the axes.
    fn curve(&self, points: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
        let on = |log: bool, v: f64| if log { v.log10() } else { v };
        let off = |log: bool, v: f64| if log { 10f64.powf(v) } else { v };
        let scaled: Vec<(f64, f64)> =
            points.iter().map(|p| (on(self.log_x, p.0), on(self.log_y, p.1))).collect();
        let curve = smoother(&scaled)?;
        Some(curve.into_iter().map(|p| (off(self.log_x, p.0), off(self.log_y, p.1))).collect())
    }
}

fn axis(values: impl Iterator<Item = f64>, log: bool) -> Axis {
    let (lo, hi) = range(values);
    if log { Axis::log10(lo, hi) } else { Axis::covering(lo, hi) }
}
