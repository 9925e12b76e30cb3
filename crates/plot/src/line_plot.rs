//! Line plots: a variable in the order of another, such as time.
use crate::axis::Axis;
use crate::panel::{Marks, Page, Panel, Words, line};
use crate::sample::{left_out, range, same_length};
use crate::style::DATA;
use crate::words::titled;
use crate::{Error, Figure};

const FIGURE: &str = "line plot";

/// A line through `y` in ascending order of `x`, broken where `y` is missing.
///
/// Long series keep, for each column of pixels, the first, lowest, highest and last value: the picture is that of the whole series.
///
/// # Source
/// U. Jugel et al., *M4: a visualization-oriented time series data aggregation*, PVLDB 7 (2014) 797–808.
///
/// # Examples
/// ```
/// use ferronum_plot::LinePlot;
/// let nile = [1120.0, 1160.0, 963.0, 1210.0, 1160.0];
/// let figure = LinePlot::series(1871.0, 1.0, &nile).x_label("year").y_label("flow").render(640, 320)?;
/// assert!(figure.to_svg().contains("1871"));
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct LinePlot<'a> {
    x: Place<'a>,
    y: &'a [f64],
    words: Words,
    log_y: bool,
}

#[derive(Debug, Clone)]
enum Place<'a> {
    Regular { start: f64, step: f64 },
    Given(&'a [f64]),
}

impl<'a> LinePlot<'a> {
    /// A line through the points `(x, y)`.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if the two differ in length.
    pub fn new(x: &'a [f64], y: &'a [f64]) -> Result<Self, Error> {
        same_length(FIGURE, "y", y.len(), x.len())?;
        Ok(Self { x: Place::Given(x), y, words: Words::default(), log_y: false })
    }

    /// A line through a regular series: `y[i]` at `start + i · step`.
    pub fn series(start: f64, step: f64, y: &'a [f64]) -> Self {
        Self { x: Place::Regular { start, step }, y, words: Words::default(), log_y: false }
    }

    titled!();

    /// Makes the upright axis logarithmic; the line breaks where `y ≤ 0`.
    #[must_use]
    pub fn log_y(mut self) -> Self {
        self.log_y = true;
        self
    }

    /// Draws the figure, `width` × `height` pixels.
    ///
    /// # Errors
    /// [`Error::NoData`] if no point is finite, [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let mut points: Vec<(f64, f64)> = match self.x {
            Place::Given(x) => x.iter().copied().zip(self.y.iter().copied()).collect(),
            Place::Regular { start, step } => {
                self.y.iter().enumerate().map(|(i, &y)| (start + i as f64 * step, y)).collect()
            }
        };
        points.retain(|p| p.0.is_finite());
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let visible = |y: f64| y.is_finite() && (!self.log_y || y > 0.0);
        let drawn: Vec<(f64, f64)> = points.iter().copied().filter(|p| visible(p.1)).collect();
        if drawn.is_empty() {
            return Err(Error::NoData { figure: FIGURE, given: self.y.len() });
        }
        let why = if self.log_y { "missing, infinite or not positive" } else { "missing or infinite" };
        let notes = self.words.notes(left_out(self.y.len() - drawn.len(), "point", why));
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.words.title, &mut inside);
        let (x0, x1) = range(drawn.iter().map(|p| p.0));
        let (y0, y1) = range(drawn.iter().map(|p| p.1));
        let y = if self.log_y { Axis::log10(y0, y1) } else { Axis::covering(y0, y1) };
        let panel = page.single(
            page.above_foot(&notes, false, inside),
            Axis::covering(x0, x1),
            y,
            &self.words.untitled(),
        );
        for run in points.split(|p| !visible(p.1)).filter(|run| !run.is_empty()) {
            draw_run(&panel, run)?;
        }
        page.foot(&notes, None, &inside);
        Ok(page.finish(&self.words.title, &format!("{} against {}", self.words.y, self.words.x)))
    }
}

/// One unbroken stretch: a line, or a dot if it is a single point.
fn draw_run(panel: &Panel, run: &[(f64, f64)]) -> Result<(), Error> {
    if run.len() == 1 {
        return panel.draw(&Marks { points: run, radius: 2.0, fill: DATA, rim: None });
    }
    let kept =
        if run.len() > 4 * panel.plot.width() as usize { by_columns(panel, run) } else { run.to_vec() };
    panel.curve(&kept, line(DATA, if kept.len() > 600 { 1.0 } else { 1.6 }));
    Ok(())
}

/// First, lowest, highest and last point of each column of pixels, in order.
fn by_columns(panel: &Panel, run: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let column = |p: &(f64, f64)| panel.pixel(*p).0 as i64;
    let mut kept = Vec::new();
    for group in run.chunk_by(|a, b| column(a) == column(b)) {
        let (mut low, mut high) = (0, 0);
        for i in 1..group.len() {
            if group[i].1 < group[low].1 {
                low = i;
            }
            if group[i].1 > group[high].1 {
                high = i;
            }
        }
        let mut chosen = [0, low, high, group.len() - 1];
        chosen.sort_unstable();
        let mut last = None;
        for i in chosen {
            if last != Some(i) {
                kept.push(group[i]);
                last = Some(i);
            }
        }
    }
    kept
}
