//! The page and the panels on it.
use crate::axis::Axis;
use crate::canvas::{Anchor, Canvas, Look, Stroke, UNIT, units};
use crate::figure::{Figure, MAX_SIDE, MIN_SIDE};
use crate::font::{self, CAP_HEIGHT, Weight};
use crate::style::{AXIS, AXIS_SIZE, Colour, GREY, GRID, INK, NOTE_SIZE, PANEL_SIZE, TICK_SIZE, TITLE_SIZE};
use crate::{Error, colourmap, hexbin, ticks};
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::DrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};
use std::cell::{RefCell, RefMut};
use std::rc::Rc;

/// Length of a tick mark in pixels.
const TICK: f64 = 4.0;
/// Blank rim of the page.
pub(crate) const RIM: f64 = 14.0;
/// Distance of the lines of a caption.
const NOTE_LINE: f64 = NOTE_SIZE * 1.45;
/// Room for the legend of a density.
const LEGEND: f64 = 340.0;
/// Number of shades of a density.
pub(crate) const SHADES: usize = 12;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// Title, axis titles and caption of a figure; all may be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Words {
    pub title: String,
    pub x: String,
    pub y: String,
    pub caption: String,
}

/// A figure under construction.
pub(crate) struct Page {
    canvas: Rc<RefCell<Canvas>>,
    width: u32,
    height: u32,
}

impl Page {
    pub(crate) fn new(width: u32, height: u32) -> Result<Self, Error> {
        let sides = MIN_SIDE..=MAX_SIDE;
        if !(sides.contains(&width) && sides.contains(&height)) {
            return Err(Error::Size { width, height, min: MIN_SIDE, max: MAX_SIDE });
        }
        Ok(Self { canvas: Rc::new(RefCell::new(Canvas::new(width, height))), width, height })
    }

    /// The whole page inside its rim.
    pub(crate) fn inside(&self) -> Area {
        Area { left: RIM, top: RIM, right: f64::from(self.width) - RIM, bottom: f64::from(self.height) - RIM }
    }

    pub(crate) fn canvas(&self) -> RefMut<'_, Canvas> {
        self.canvas.borrow_mut()
    }

    /// Draws the figure's title and cuts its room off the area.
    pub(crate) fn title(&self, text: &str, area: &mut Area) {
        if text.is_empty() {
            return;
        }
        let text = font::fit(text, TITLE_SIZE, Weight::SemiBold, area.width());
        let at = point(area.left, area.top + TITLE_SIZE * CAP_HEIGHT + 1.0);
        self.canvas().text(&text, at, bold(TITLE_SIZE, INK));
        area.top += TITLE_SIZE + 8.0;
    }

    /// The area without the room that [`Self::foot`] will need.
    pub(crate) fn above_foot(&self, notes: &[String], dense: bool, area: Area) -> Area {
        let lines = caption_lines(notes, dense, &area).len().max(usize::from(dense)) as f64;
        let room = if lines > 0.0 { NOTE_LINE * lines + 6.0 } else { 0.0 };
        Area { bottom: area.bottom - room, ..area }
    }

    /// Draws the caption at the foot of the area, beside the legend of a density: largest count and what is counted.
    pub(crate) fn foot(&self, notes: &[String], density: Option<(u32, &str)>, area: &Area) {
        if let Some((largest, what)) = density {
            self.legend(largest, what, area);
        }
        for (i, text) in caption_lines(notes, density.is_some(), area).iter().rev().enumerate() {
            let at = point(area.left, area.bottom - 1.0 - NOTE_LINE * i as f64);
            self.canvas().text(text, at, plain(NOTE_SIZE, GREY));
        }
    }

    /// The one panel of a simple figure, filling the area.
    pub(crate) fn single(&self, area: Area, x: Axis, y: Axis, words: &Words) -> Panel {
        let below = bottom_room(&words.x);
        let height = (area.height() - below - 4.0).max(10.0);
        let y = y.upwards(height);
        let room = left_room(&y, &words.y);
        let plot = Area {
            left: area.left + room,
            top: area.top + 4.0,
            right: area.right - 10.0,
            bottom: area.bottom - below,
        };
        let x = x.along(plot.width());
        Panel::new(self, plot, (x, y), room, words)
    }

    /// The colour key of a density in the lower right corner.
    fn legend(&self, largest: u32, what: &str, area: &Area) {
        let high = ticks::count(u64::from(largest));
        let (bar, height) = (10.0 * SHADES as f64, 9.0);
        let high_width = font::width(&high, NOTE_SIZE, Weight::Regular);
        // Whole pixels: the steps of the key then meet without hairlines.
        let right = (area.right - high_width - 5.0).floor();
        let base = area.bottom - 1.0;
        let (top, left) = ((base - NOTE_SIZE * CAP_HEIGHT * 0.5 - 0.5 * height).round(), right - bar);
        let mut canvas = self.canvas();
        let step = bar / SHADES as f64;
        for i in 0..SHADES {
            let (a, b) = (left + step * i as f64, left + step * (i + 1) as f64);
            canvas.rectangle(point(a, top), point(b, top + height), shade_colour(i), None);
        }
        canvas.text(&high, point(right + 5.0, base), plain(NOTE_SIZE, GREY));
        let low = format!("{what}: 1");
        canvas.text(&low, point(left - 5.0, base), Look { anchor: Anchor::End, ..plain(NOTE_SIZE, GREY) });
    }

    /// The finished figure; title and description are read out in place of the picture.
    pub(crate) fn finish(self, title: &str, description: &str) -> Figure {
        let canvas = self.canvas.replace(Canvas::new(1, 1));
        Figure::new(canvas.finish(title, description), self.width, self.height)
    }
}

/// The notes joined into lines that fit beside the legend of a density.
fn caption_lines(notes: &[String], dense: bool, area: &Area) -> Vec<String> {
    let room = if dense { area.width() - LEGEND } else { area.width() }.max(60.0);
    let mut lines: Vec<String> = Vec::new();
    for note in notes {
        match lines.last_mut() {
            Some(last) if font::width(&format!("{last} · {note}"), NOTE_SIZE, Weight::Regular) <= room => {
                last.push_str(" · ");
                last.push_str(note);
            }
            _ => lines.push(font::fit(note, NOTE_SIZE, Weight::Regular, room)),
        }
    }
    lines
}

/// Room that a panel needs on the left of its plot for an axis: tick labels and title.
pub(crate) fn left_room(y: &Axis, title: &str) -> f64 {
    let title = if y.titled(title).is_empty() { 0.0 } else { AXIS_SIZE + 8.0 };
    y.label_width() + TICK + 4.0 + title
}

/// Room below the plot.
pub(crate) fn bottom_room(title: &str) -> f64 {
    TICK + 5.0 + TICK_SIZE + if title.is_empty() { 0.0 } else { AXIS_SIZE + 7.0 }
}

/// Room above the plot.
pub(crate) fn top_room(title: &str) -> f64 {
    if title.is_empty() { 0.0 } else { PANEL_SIZE + 8.0 }
}

/// A plot with its axes.
pub(crate) struct Panel {
    area: DrawingArea<Canvas, Cartesian2d<Axis, Axis>>,
    canvas: Rc<RefCell<Canvas>>,
    pub plot: Area,
    pub x: Axis,
    pub y: Axis,
}

impl Panel {
    /// Draws grid, axes and titles around `plot`; the axes have their ticks already.
    ///
    /// `room` is the width on the left of the plot for tick labels and title of the upright axis, common to the panels of a
    /// column, so that their titles stand in line.
    pub(crate) fn new(page: &Page, plot: Area, (x, y): (Axis, Axis), room: f64, words: &Words) -> Self {
        // Half pixels: a line one pixel wide then fills one row of pixels.
        let snap = |v: f64| v.round() + 0.5;
        let (left, top) = (snap(plot.left), snap(plot.top));
        let plot = Area {
            left,
            top,
            right: snap(plot.right).max(left + 10.0),
            bottom: snap(plot.bottom).max(top + 10.0),
        };
        let pixels = (units(plot.left)..units(plot.right), units(plot.bottom)..units(plot.top));
        let root = DrawingArea::from(&page.canvas);
        let area = root.apply_coord_spec(Cartesian2d::new(x.clone(), y.clone(), pixels));
        let panel = Self { area, canvas: page.canvas.clone(), plot, x, y };
        panel.frame(words, room);
        panel
    }

    pub(crate) fn canvas(&self) -> RefMut<'_, Canvas> {
        self.canvas.borrow_mut()
    }

    fn frame(&self, words: &Words, room: f64) {
        let Area { left, top, right, bottom } = self.plot;
        let mut canvas = self.canvas.borrow_mut();
        let xs: Vec<f64> =
            self.x.ticks.ticks.iter().map(|t| left + self.x.position(t.value) * self.plot.width()).collect();
        let ys: Vec<f64> = self
            .y
            .ticks
            .ticks
            .iter()
            .map(|t| bottom - self.y.position(t.value) * self.plot.height())
            .collect();
        let grid: Vec<_> = ys
            .iter()
            .map(|&y| (point(left, y), point(right, y)))
            .chain(xs.iter().map(|&x| (point(x, top), point(x, bottom))))
            .collect();
        canvas.segments(&grid, line(GRID, 1.0));
        let mut marks =
            vec![(point(left, top), point(left, bottom)), (point(left, bottom), point(right, bottom))];
        marks.extend(xs.iter().map(|&x| (point(x, bottom), point(x, bottom + TICK))));
        marks.extend(ys.iter().map(|&y| (point(left - TICK, y), point(left, y))));
        canvas.segments(&marks, line(AXIS, 1.0));
        for (x, tick) in xs.iter().zip(&self.x.ticks.ticks) {
            let at = point(*x, bottom + TICK + 5.0 + TICK_SIZE * CAP_HEIGHT);
            canvas.text(&tick.label, at, Look { anchor: Anchor::Middle, ..plain(TICK_SIZE, GREY) });
        }
        for (y, tick) in ys.iter().zip(&self.y.ticks.ticks) {
            let at = point(left - TICK - 4.0, y + 0.5 * TICK_SIZE * CAP_HEIGHT);
            canvas.text(&tick.label, at, Look { anchor: Anchor::End, ..plain(TICK_SIZE, GREY) });
        }
        let title =
            font::fit(&self.x.titled(&words.x), AXIS_SIZE, Weight::Regular, self.plot.width().max(60.0));
        let at = point(0.5 * (left + right), bottom + TICK + 5.0 + TICK_SIZE + 5.0 + AXIS_SIZE * CAP_HEIGHT);
        canvas.text(&title, at, Look { anchor: Anchor::Middle, ..plain(AXIS_SIZE, INK) });
        let title =
            font::fit(&self.y.titled(&words.y), AXIS_SIZE, Weight::Regular, self.plot.height().max(60.0));
        let at = point(left - room + AXIS_SIZE - 1.0, 0.5 * (top + bottom));
        canvas.text(&title, at, Look { anchor: Anchor::Middle, rotated: true, ..plain(AXIS_SIZE, INK) });
        let title = font::fit(&words.title, PANEL_SIZE, Weight::SemiBold, self.plot.width().max(60.0));
        canvas.text(&title, point(left, top - 8.0), bold(PANEL_SIZE, INK));
        drop(canvas);
        self.axes();
    }

    /// Draws the axis lines; again after bars that stand on them.
    pub(crate) fn axes(&self) {
        let Area { left, top, right, bottom } = self.plot;
        self.canvas()
            .polyline(&[point(left, top), point(left, bottom), point(right, bottom)], line(AXIS, 1.0));
    }

    /// Pixels of a point of the data.
    pub(crate) fn pixel(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            self.plot.left + self.x.position(x) * self.plot.width(),
            self.plot.bottom - self.y.position(y) * self.plot.height(),
        )
    }

    /// Draws an element of plotters in the coordinates of the data.
    pub(crate) fn draw<'a, E>(&self, element: &'a E) -> Result<(), Error>
    where
        &'a E: PointCollection<'a, (f64, f64)>,
        E: Drawable<Canvas>,
    {
        self.area.draw(element).map_err(|e| Error::Drawing { message: e.to_string() })
    }

    /// Draws a line through points of the data, cut off at the edge of the plot.
    pub(crate) fn curve(&self, points: &[(f64, f64)], stroke: Stroke) {
        let mut run: Vec<BackendCoord> = Vec::new();
        for pair in points.windows(2) {
            match clip(self.pixel(pair[0]), self.pixel(pair[1]), &self.plot) {
                Some((a, b)) => {
                    let (a, b) = (point(a.0, a.1), point(b.0, b.1));
                    if run.last() != Some(&a) {
                        self.canvas().polyline(&run, stroke);
                        run.clear();
                        run.push(a);
                    }
                    run.push(b);
                }
                None => {
                    self.canvas().polyline(&run, stroke);
                    run.clear();
                }
            }
        }
        self.canvas().polyline(&run, stroke);
    }

    /// Draws a straight line across the plot at a height of the data, if it is in range.
    pub(crate) fn level(&self, y: f64, stroke: Stroke) {
        self.curve(&[(self.x.lo(), y), (self.x.hi(), y)], stroke);
    }

    /// Draws text in the middle of the plot, for a panel that has nothing to show.
    pub(crate) fn message(&self, lines: &[&str]) {
        let (x, y) = (0.5 * (self.plot.left + self.plot.right), 0.5 * (self.plot.top + self.plot.bottom));
        for (i, text) in lines.iter().enumerate() {
            let dy = AXIS_SIZE * 1.5 * (i as f64 - 0.5 * (lines.len() as f64 - 1.0));
            let text = font::fit(text, AXIS_SIZE, Weight::Regular, self.plot.width().max(40.0));
            self.canvas().text(
                &text,
                point(x, y + dy),
                Look { anchor: Anchor::Middle, ..plain(AXIS_SIZE, GREY) },
            );
        }
    }
}

/// Discs at points of the data: an element for plotters' drawing areas.
pub(crate) struct Marks<'a> {
    pub points: &'a [(f64, f64)],
    pub radius: f64,
    pub fill: Colour,
    pub rim: Option<(Colour, f64)>,
}

impl<'a> Marks<'a> {
    /// Discs for a cloud of `n` points: smaller and more transparent as they get more.
    pub(crate) fn cloud(points: &'a [(f64, f64)], colour: Colour) -> Self {
        let (radius, alpha) = match points.len() {
            0..=120 => (3.3, 0.75),
            121..=400 => (2.8, 0.6),
            401..=1000 => (2.3, 0.45),
            _ => (2.0, 0.35),
        };
        let rim = (points.len() <= 120).then_some((crate::style::PAPER, 0.6));
        Self { points, radius, fill: colour.alpha(alpha), rim }
    }
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Marks<'_> {
    type Point = &'a (f64, f64);
    type IntoIter = std::slice::Iter<'a, (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl Drawable<Canvas> for Marks<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        centres: I,
        canvas: &mut Canvas,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<<Canvas as DrawingBackend>::ErrorType>> {
        canvas.discs(centres, self.radius, self.fill, self.rim);
        Ok(())
    }
}

/// Pixels to the back end's coordinates.
pub(crate) fn point(x: f64, y: f64) -> BackendCoord {
    let limit = f64::from(MAX_SIDE) * UNIT;
    (
        (x * UNIT).round().clamp(-limit, 2.0 * limit) as i32,
        (y * UNIT).round().clamp(-limit, 2.0 * limit) as i32,
    )
}

/// A solid line.
pub(crate) fn line(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dash: None }
}

/// A dashed line.
pub(crate) fn dashed(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dash: Some((5.0, 4.0)) }
}

/// Text from the left.
pub(crate) fn plain(size: f64, colour: Colour) -> Look {
    Look { size, weight: Weight::Regular, colour, anchor: Anchor::Start, rotated: false, halo: false }
}

fn bold(size: f64, colour: Colour) -> Look {
    Look { weight: Weight::SemiBold, ..plain(size, colour) }
}

/// Colour of a density's shade.
pub(crate) fn shade_colour(shade: usize) -> Colour {
    colourmap::density(shade as f64 / (SHADES - 1) as f64)
}

/// Shade of a count.
pub(crate) fn shade_of(count: u32, largest: u32) -> usize {
    hexbin::shade(count, largest, SHADES)
}

/// The part of a segment inside an area (Liang & Barsky, ACM TOG 3 (1984) 1–22).
#[allow(clippy::type_complexity)]
fn clip(a: (f64, f64), b: (f64, f64), area: &Area) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (p, q) in
        [(-dx, a.0 - area.left), (dx, area.right - a.0), (-dy, a.1 - area.top), (dy, area.bottom - a.1)]
    {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from <= to).then_some(((a.0 + from * dx, a.1 + from * dy), (a.0 + to * dx, a.1 + to * dy)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_edge() {
        let area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        assert_eq!(clip((-10.0, 5.0), (20.0, 5.0), &area), Some(((0.0, 5.0), (10.0, 5.0))));
        assert_eq!(clip((5.0, 5.0), (6.0, 7.0), &area), Some(((5.0, 5.0), (6.0, 7.0))));
        assert_eq!(clip((-5.0, 1.0), (-1.0, 9.0), &area), None);
        assert_eq!(clip((0.0, f64::INFINITY), (1.0, 1.0), &area), None);
    }
}
