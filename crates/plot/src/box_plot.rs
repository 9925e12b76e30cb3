//! Box plots by group.
use crate::axis::Axis;
use crate::font::{self, Weight};
use crate::panel::{Marks, Page, Panel, Words, line, point};
use crate::sample::{left_out, quantile, range, same_length};
use crate::style::{AXIS, DATA, PAPER, TICK_SIZE};
use crate::ticks::count;
use crate::words::titled;
use crate::{Error, Figure};

const FIGURE: &str = "box plot";
/// Least height of a row in pixels.
const ROW: f64 = 17.0;
/// Above this many outliers in a group, those that would cover each other are drawn once.
const OUTLIERS: usize = 150;

/// Box plots of a variable, one row for each group, in the order of the groups.
///
/// The box spans the quartiles (type 7 of Hyndman & Fan) with a line at the median; the whiskers reach to the last values within
/// 1.5 times its length from it, and values beyond are drawn one by one.
///
/// # Source
/// J. W. Tukey, *Exploratory Data Analysis* (1977), ch. 2.
///
/// # Examples
/// ```
/// use ferronum_plot::BoxPlot;
/// let mpg = [21.0, 22.8, 21.4, 18.7, 14.3, 24.4];
/// let cylinders = [1, 0, 1, 2, 2, 0];
/// let levels = ["4", "6", "8"];
/// let figure = BoxPlot::by_group(&mpg, &cylinders, &levels)?.x_label("mpg").y_label("cyl").render(640, 320)?;
/// assert!(figure.to_svg().contains("4 (2)"));
/// # Ok::<(), ferronum_plot::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct BoxPlot {
    /// Name and ascending finite values.
    groups: Vec<(String, Vec<f64>)>,
    given: usize,
    words: Words,
}

/// The numbers that a box shows.
#[derive(Debug, Clone, PartialEq)]
struct Five {
    low: f64,
    q1: f64,
    median: f64,
    q3: f64,
    high: f64,
    outliers: Vec<f64>,
}

impl BoxPlot {
    /// One box of all values.
    pub fn new(values: &[f64]) -> Self {
        let mut plot = Self {
            groups: vec![(String::new(), values.to_vec())],
            given: values.len(),
            words: Words::default(),
        };
        plot.sort();
        plot
    }

    /// A box for each group: `values[i]` belongs to `levels[codes[i]]`, or to none if the code is [`u32::MAX`].
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if values and codes differ in length, [`Error::GroupCode`] if a code has no level.
    pub fn by_group<S: AsRef<str>>(values: &[f64], codes: &[u32], levels: &[S]) -> Result<Self, Error> {
        same_length(FIGURE, "codes", codes.len(), values.len())?;
        let mut groups: Vec<(String, Vec<f64>)> =
            levels.iter().map(|level| (level.as_ref().to_owned(), Vec::new())).collect();
        for (index, (&value, &code)) in
            values.iter().zip(codes).enumerate().filter(|(_, (_, code))| **code != u32::MAX)
        {
            match groups.get_mut(code as usize) {
                Some(group) => group.1.push(value),
                None => return Err(Error::GroupCode { index, code, groups: levels.len() }),
            }
        }
        let mut plot = Self { groups, given: values.len(), words: Words::default() };
        plot.sort();
        Ok(plot)
    }

    titled!();

    fn sort(&mut self) {
        for (_, values) in &mut self.groups {
            values.retain(|v| v.is_finite());
            values.sort_unstable_by(f64::total_cmp);
        }
    }

    /// Draws the figure, `width` × `height` pixels. Each group is named with its number of values.
    ///
    /// # Errors
    /// [`Error::NoData`] if no value is finite, [`Error::TooManyGroups`] if the height has no room for a row each,
    /// [`Error::Size`] if a side is below 160 or above 8,192 pixels.
    pub fn render(&self, width: u32, height: u32) -> Result<Figure, Error> {
        let drawn: usize = self.groups.iter().map(|(_, values)| values.len()).sum();
        if drawn == 0 {
            return Err(Error::NoData { figure: FIGURE, given: self.given });
        }
        let notes = self.words.notes(left_out(
            self.given - drawn,
            "value",
            "missing or infinite, or without a group",
        ));
        let page = Page::new(width, height)?;
        let mut inside = page.inside();
        page.title(&self.words.title, &mut inside);
        let room = 0.35 * inside.width();
        let names = self.groups.iter().map(|(name, values)| {
            let n = if name.is_empty() {
                format!("n = {}", count(values.len() as u64))
            } else {
                format!(" ({})", count(values.len() as u64))
            };
            let name = font::fit(
                name,
                TICK_SIZE,
                Weight::Regular,
                room - font::width(&n, TICK_SIZE, Weight::Regular),
            );
            format!("{name}{n}")
        });
        let (lo, hi) = range(self.groups.iter().flat_map(|(_, v)| [v.first(), v.last()]).flatten().copied());
        let plot = page.above_foot(&notes, false, inside);
        let limit = ((plot.height() - crate::panel::bottom_room(&self.words.x)) / ROW).max(1.0) as usize;
        if self.groups.len() > limit {
            return Err(Error::TooManyGroups { figure: FIGURE, groups: self.groups.len(), limit, height });
        }
        let panel =
            page.single(plot, Axis::covering(lo, hi), Axis::names(names.collect()), &self.words.untitled());
        for (i, (_, values)) in self.groups.iter().enumerate().filter(|(_, (_, values))| !values.is_empty()) {
            draw_box(&panel, i, &five_numbers(values))?;
        }
        page.foot(&notes, None, &inside);
        Ok(page.finish(&self.words.title, &format!("Box plots of {} by {}", self.words.x, self.words.y)))
    }
}

/// Quartiles, whiskers and outliers of ascending values, at least one.
fn five_numbers(sorted: &[f64]) -> Five {
    let (q1, median, q3) = (quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    let reach = 1.5 * (q3 - q1);
    let from = sorted.partition_point(|&v| v < q1 - reach);
    let to = sorted.partition_point(|&v| v <= q3 + reach).max(from + 1);
    let outliers = sorted[..from].iter().chain(&sorted[to..]).copied().collect();
    Five { low: sorted[from], q1, median, q3, high: sorted[to - 1], outliers }
}

fn draw_box(panel: &Panel, row: usize, five: &Five) -> Result<(), Error> {
    let middle = row as f64 + 0.5;
    let (_, y) = panel.pixel((five.median, middle));
    let x = |v: f64| panel.pixel((v, middle)).0;
    let half = (0.32 * panel.plot.height() / panel.y.lo()).clamp(3.0, 26.0);
    {
        let mut canvas = panel.canvas();
        let cap = 0.4 * half;
        let whiskers = [
            (point(x(five.low), y), point(x(five.q1), y)),
            (point(x(five.q3), y), point(x(five.high), y)),
            (point(x(five.low), y - cap), point(x(five.low), y + cap)),
            (point(x(five.high), y - cap), point(x(five.high), y + cap)),
        ];
        canvas.segments(&whiskers, line(AXIS, 1.0));
        let corners = (point(x(five.q1), y - half), point(x(five.q3), y + half));
        canvas.rectangle(corners.0, corners.1, PAPER, None);
        canvas.rectangle(corners.0, corners.1, DATA.alpha(0.3), Some((DATA, 1.0)));
        let median = [(point(x(five.median), y - half), point(x(five.median), y + half))];
        canvas.segments(&median, line(DATA, 2.4));
    }
    let mut outliers: Vec<(f64, f64)> = five.outliers.iter().map(|&v| (v, middle)).collect();
    let crowded = outliers.len() > OUTLIERS;
    if crowded {
        outliers.dedup_by(|b, a| x(b.0) - x(a.0) < 2.0);
    }
    let (radius, alpha) = if crowded { (1.6, 0.45) } else { (2.0, 0.6) };
    panel.draw(&Marks { points: &outliers, radius, fill: DATA.alpha(alpha), rim: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whiskers_end_at_values() {
        let five = five_numbers(&[1.0, 2.0, 3.0, 4.0, 5.0, 30.0]);
        // Quartiles 2.25 and 4.75: whiskers may reach from −1.5 to 8.5.
        assert_eq!((five.low, five.q1, five.median, five.q3, five.high), (1.0, 2.25, 3.5, 4.75, 5.0));
        assert_eq!(five.outliers, [30.0]);
        let one = five_numbers(&[7.0]);
        assert_eq!((one.low, one.high, one.outliers.len()), (7.0, 7.0, 0));
    }
}
