//! A cloud of points: as points while they are few, as density when they are many.
use crate::Error;
use crate::canvas::units;
use crate::hexbin::Honeycomb;
use crate::panel::{Marks, Panel, SHADES, point, shade_colour, shade_of};
use crate::style::{DATA, DENSITY_FROM};
use plotters_backend::BackendCoord;

/// Width of a hexagon in pixels.
const HEXAGON: f64 = 7.0;
/// Hexagons with at most this many points show the points themselves.
const FEW: u32 = 2;
/// At most this many points are drawn beside a density.
const STRAYS: usize = 500;

/// A cloud laid out in a panel.
pub(crate) enum Cloud {
    Points(Vec<(f64, f64)>),
    Density { comb: Honeycomb, strays: Vec<(f64, f64)>, few: u32 },
}

impl Cloud {
    /// Counts the points of the data in the panel's hexagons if there are too many to be drawn.
    pub(crate) fn new(panel: &Panel, points: &[(f64, f64)]) -> Self {
        if points.len() <= DENSITY_FROM {
            return Self::Points(points.to_vec());
        }
        let mut comb = Honeycomb::new(panel.plot.width(), panel.plot.height(), HEXAGON);
        let place = |p: (f64, f64)| {
            let (x, y) = panel.pixel(p);
            (x - panel.plot.left, y - panel.plot.top)
        };
        for &p in points {
            let (x, y) = place(p);
            comb.add(x, y);
        }
        let few = (0..=FEW).rev().find(|&few| comb.in_sparse(few) <= STRAYS).unwrap_or(0);
        let strays = if few == 0 {
            Vec::new()
        } else {
            let alone = |p: &&(f64, f64)| {
                let (x, y) = place(**p);
                comb.count(comb.cell(x, y)) <= few
            };
            points.iter().filter(alone).copied().collect()
        };
        Self::Density { comb, strays, few }
    }

    /// The largest count of a hexagon, if this is a density.
    pub(crate) fn largest(&self) -> Option<u32> {
        match self {
            Self::Points(_) => None,
            Self::Density { comb, .. } => Some(comb.largest()),
        }
    }

    /// Draws the cloud; `largest` is the count of the darkest shade.
    pub(crate) fn draw(&self, panel: &Panel, largest: u32) -> Result<(), Error> {
        match self {
            Self::Points(points) => panel.draw(&Marks::cloud(points, DATA)),
            Self::Density { comb, strays, few } => {
                let corners = comb.corners().map(|(x, y)| (units(x), units(y)));
                let mut shades: [Vec<[BackendCoord; 6]>; SHADES] = Default::default();
                for ((x, y), count) in comb.occupied().filter(|(_, count)| count > few) {
                    let centre = point(panel.plot.left + x, panel.plot.top + y);
                    let hexagon = corners.map(|(dx, dy)| (centre.0 + dx, centre.1 + dy));
                    shades[shade_of(count, largest)].push(hexagon);
                }
                for (shade, hexagons) in shades.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
                    let colour = shade_colour(shade);
                    // A rim of the same colour closes the hairlines that smoothing leaves between neighbours.
                    let shapes = hexagons.iter().map(<[BackendCoord; 6]>::as_slice);
                    panel.canvas().polygons(shapes, colour, Some((colour, 0.4)));
                }
                panel.draw(&Marks { points: strays, radius: 1.4, fill: DATA.alpha(0.7), rim: None })
            }
        }
    }
}
