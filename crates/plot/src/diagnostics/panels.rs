//! The four views.
use super::trend;
use crate::Error;
use crate::axis::Axis;
use crate::canvas::Look;
use crate::cloud::Cloud;
use crate::font::{self, CAP_HEIGHT, Weight};
use crate::labels::label_points;
use crate::panel::{Marks, Panel, Words, dashed, plain, point};
use crate::quantiles::NormalQuantiles;
use crate::sample::{Pairs, range};
use crate::smooth::smoother;
use crate::style::{DATA, DENSITY_FROM, GREY, NOTE_SIZE, REFERENCE};
use ferronum_stat::regression::Diagnostics;

/// Values of Cook's distance whose contours are drawn: the usual marks of notable and of strong influence.
const CONTOURS: [f64; 2] = [0.5, 1.0];

/// What sets one view apart.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Residuals,
    Quantiles,
    ScaleLocation,
    Leverage,
}

/// One view before it has a place: points, axes without ticks, words.
pub(super) struct View {
    kind: Kind,
    points: Vec<(f64, f64)>,
    /// For each point its entry in the diagnostics.
    entries: Vec<usize>,
    line: Option<(f64, f64)>,
    pub x: Axis,
    pub y: Axis,
    pub words: Words,
}

impl View {
    pub(super) fn residuals(d: &Diagnostics) -> Self {
        let mut view = Self::cloud_of(Kind::Residuals, &d.fitted, &d.residuals);
        view.words = words("Residuals and fitted values", "Fitted values", "Residuals");
        view.x = fitted_axis(&view.points);
        view
    }

    pub(super) fn scale_location(d: &Diagnostics) -> Self {
        let root: Vec<f64> = d.standardized.iter().map(|r| r.abs().sqrt()).collect();
        let mut view = Self::cloud_of(Kind::ScaleLocation, &d.fitted, &root);
        view.words = words("Scale–location", "Fitted values", "√|Standardized residuals|");
        view.x = fitted_axis(&view.points);
        if !view.points.is_empty() {
            view.y = Axis::covering(0.0, range(view.points.iter().map(|p| p.1)).1);
        }
        view
    }

    pub(super) fn leverage(d: &Diagnostics) -> Self {
        let mut view = Self::cloud_of(Kind::Leverage, &d.leverage, &d.standardized);
        view.words = words("Residuals and leverage", "Leverage", "Standardized residuals");
        if !view.points.is_empty() {
            view.x = Axis::covering(0.0, range(view.points.iter().map(|p| p.0)).1);
        }
        view
    }

    pub(super) fn quantiles(d: &Diagnostics) -> Self {
        let finite = d.standardized.iter().copied().enumerate().filter(|(_, r)| r.is_finite());
        let mut ordered: Vec<(f64, usize)> = finite.map(|(i, r)| (r, i)).collect();
        ordered.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let sorted: Vec<f64> = ordered.iter().map(|(r, _)| *r).collect();
        let counts: Vec<f64> =
            ordered.iter().filter_map(|(_, entry)| d.stands_for.get(*entry).copied()).collect();
        // No entry stands for less than itself.
        let sound = counts.len() == sorted.len() && counts.iter().all(|count| (1.0..1e18).contains(count));
        let quantiles = match sound {
            true => NormalQuantiles::of_subsample(&sorted, &counts),
            false => NormalQuantiles::new(&sorted),
        };
        let entries = quantiles.ranks.iter().map(|&rank| ordered[rank].1).collect();
        let mut view = Self::from_points(Kind::Quantiles, quantiles.points, entries);
        view.words = words("Normal Q–Q", "Theoretical quantiles", "Standardized residuals");
        view.line = quantiles.line;
        view
    }

    fn cloud_of(kind: Kind, x: &[f64], y: &[f64]) -> Self {
        let pairs = Pairs::finite(x, y);
        Self::from_points(kind, pairs.points, pairs.index)
    }

    fn from_points(kind: Kind, points: Vec<(f64, f64)>, entries: Vec<usize>) -> Self {
        let (x0, x1) = range(points.iter().map(|p| p.0));
        let (y0, y1) = range(points.iter().map(|p| p.1));
        let (x, y) = (Axis::covering(x0, x1), Axis::covering(y0, y1));
        Self { kind, points, entries, line: None, x, y, words: Words::default() }
    }

    /// Whether the cloud will be drawn as density.
    pub(super) fn is_dense(&self) -> bool {
        self.kind != Kind::Quantiles && self.points.len() > DENSITY_FROM
    }

    /// The cloud laid out in its panel; none for the quantiles, which are thinned instead.
    pub(super) fn cloud(&self, panel: &Panel) -> Option<Cloud> {
        (self.kind != Kind::Quantiles).then(|| Cloud::new(panel, &self.points))
    }

    pub(super) fn draw(
        &self,
        panel: &Panel,
        cloud: Option<&Cloud>,
        largest: u32,
        d: &Diagnostics,
        named: usize,
    ) -> Result<(), Error> {
        if self.points.is_empty() {
            panel.message(&["Standardized residuals are undefined:", "no residual variance is left"]);
            return Ok(());
        }
        let reference = dashed(REFERENCE, 1.0);
        match self.kind {
            Kind::Residuals | Kind::Leverage => panel.level(0.0, reference),
            Kind::Quantiles | Kind::ScaleLocation => {}
        }
        match cloud {
            Some(cloud) => cloud.draw(panel, largest)?,
            None => panel.draw(&Marks::cloud(&self.points, DATA))?,
        }
        match self.kind {
            Kind::Residuals | Kind::ScaleLocation => {
                if let Some(curve) = smoother(&self.points) {
                    panel.curve(&curve, trend());
                }
            }
            Kind::Quantiles => {
                if let Some((intercept, slope)) = self.line {
                    let (a, b) = (panel.x.lo(), panel.x.hi());
                    panel.curve(&[(a, intercept + slope * a), (b, intercept + slope * b)], reference);
                }
            }
            Kind::Leverage => contours(panel, d.rank, &self.points),
        }
        let extremes = self.extremes(d, named);
        let labels: Vec<((f64, f64), String)> =
            extremes.iter().map(|&i| (self.points[i], d.rows[self.entries[i]].to_string())).collect();
        label_points(panel, &labels, &self.points)
    }

    /// The points to name: largest in absolute residual, or in Cook's distance where influence is shown.
    fn extremes(&self, d: &Diagnostics, named: usize) -> Vec<usize> {
        let size = |&i: &usize| {
            let entry = self.entries[i];
            let v = match self.kind {
                Kind::Residuals => d.residuals[entry].abs(),
                Kind::Quantiles | Kind::ScaleLocation => d.standardized[entry].abs(),
                Kind::Leverage => d.cooks[entry],
            };
            if v.is_finite() { v } else { 0.0 }
        };
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        let by_size = |i: &usize, j: &usize| size(j).total_cmp(&size(i)).then(i.cmp(j));
        if named < order.len() {
            if named == 0 {
                return Vec::new();
            }
            order.select_nth_unstable_by(named - 1, by_size);
            order.truncate(named);
        }
        order.retain(|i| size(i) > 0.0);
        order.sort_unstable_by(by_size);
        order
    }
}

/// Contours of Cook's distance, `r = ±√(D p (1 − h) / h)`, where they cross the plot.
fn contours(panel: &Panel, rank: usize, points: &[(f64, f64)]) {
    let hi = panel.x.hi().min(1.0);
    let (p, bound) = (rank as f64, panel.y.lo()..=panel.y.hi());
    let height = |distance: f64, h: f64| (distance * p * (1.0 - h) / h).sqrt();
    let edge = |distance: f64| panel.pixel((hi, height(distance, hi))).1;
    // At the right edge the labels stand clear of the points, unless the contours meet there.
    let apart = (edge(CONTOURS[0]) - edge(CONTOURS[1])).abs() > NOTE_SIZE;
    let mut in_the_way = points.to_vec();
    let mut shown = false;
    for (distance, sign) in CONTOURS.iter().flat_map(|&d| [(d, 1.0), (d, -1.0)]) {
        let (limit, at_edge) =
            (if sign > 0.0 { *bound.end() } else { *bound.start() }, sign * height(distance, hi));
        if !bound.contains(&at_edge) || sign * limit <= 0.0 {
            continue;
        }
        shown = true;
        // From where the contour enters the plot; squares put more points on its steep part.
        let enters = distance * p / (distance * p + limit * limit);
        let curve: Vec<(f64, f64)> = (0..=80)
            .map(|i| enters + (hi - enters) * (f64::from(i) / 80.0).powi(2))
            .map(|h| (h, sign * height(distance, h)))
            .collect();
        panel.curve(&curve, dashed(REFERENCE, 1.0));
        in_the_way.extend(curve);
        let text = if distance == 1.0 { "1" } else { "0.5" };
        let (x, y) = if apart { panel.pixel((hi, at_edge)) } else { panel.pixel((enters, limit)) };
        let (dx, dy) = if apart { (4.0, 0.0) } else { (5.0, sign * 10.0) };
        let at = point(x + dx, y + dy + 0.5 * NOTE_SIZE * CAP_HEIGHT);
        panel.canvas().text(text, at, Look { halo: !apart, ..plain(NOTE_SIZE - 1.0, GREY) });
    }
    if shown {
        contour_key(panel, &in_the_way);
    }
}

/// Names the contours in the corner that covers the least of points and curves.
fn contour_key(panel: &Panel, points: &[(f64, f64)]) {
    let text = "Cook’s distance";
    let (width, height) = (29.0 + font::width(text, NOTE_SIZE, Weight::Regular), NOTE_SIZE + 6.0);
    let plot = &panel.plot;
    let (left, right) = (plot.left + 10.0, plot.right - 10.0 - width);
    let (high, low) = (plot.top + 8.0, plot.bottom - 8.0 - height);
    let covered = |&(x, y): &(f64, f64)| {
        let inside = |p: &&(f64, f64)| {
            let (px, py) = panel.pixel(**p);
            px > x - 6.0 && px < x + width + 24.0 && py > y - 6.0 && py < y + height + 6.0
        };
        points.iter().filter(inside).count()
    };
    let corners = [(left, low), (left, high), (right, low), (right, high)];
    let (x, y) = corners.into_iter().min_by_key(covered).unwrap_or((left, low));
    let base = y + 0.5 * (height + NOTE_SIZE * CAP_HEIGHT);
    let middle = base - 0.5 * NOTE_SIZE * CAP_HEIGHT;
    let mut canvas = panel.canvas();
    canvas.segments(&[(point(x, middle), point(x + 23.0, middle))], dashed(REFERENCE, 1.0));
    canvas.text(text, point(x + 29.0, base), Look { halo: true, ..plain(NOTE_SIZE, GREY) });
}

/// Fitted values equal up to rounding count as one value, or their rounding errors would fill the axis.
fn fitted_axis(points: &[(f64, f64)]) -> Axis {
    let (lo, hi) = range(points.iter().map(|p| p.0));
    if hi - lo < 1e-13 * lo.abs().max(hi.abs()) {
        let middle = 0.5 * (lo + hi);
        return Axis::covering(middle, middle);
    }
    Axis::covering(lo, hi)
}

fn words(title: &str, x: &str, y: &str) -> Words {
    Words { title: title.into(), x: x.into(), y: y.into(), caption: String::new() }
}
