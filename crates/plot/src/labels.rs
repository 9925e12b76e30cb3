//! Names beside marked points.
use crate::Error;
use crate::canvas::{Anchor, Look};
use crate::font::{self, CAP_HEIGHT, Weight};
use crate::panel::{Area, Marks, Panel, plain, point};
use crate::style::{DATA, INK, NOTE_SIZE};

/// Marks points of the data and writes their names beside them, on the side where there is room.
pub(crate) fn label_points(
    panel: &Panel,
    named: &[((f64, f64), String)],
    others: &[(f64, f64)],
) -> Result<(), Error> {
    let points: Vec<(f64, f64)> = named.iter().map(|(p, _)| *p).collect();
    panel.draw(&Marks { points: &points, radius: 3.3, fill: DATA, rim: Some((crate::style::PAPER, 0.6)) })?;
    // Points near enough to matter; a density's own are too many to avoid.
    let others: Vec<(f64, f64)> =
        if others.len() <= 2_000 { others.iter().map(|p| panel.pixel(*p)).collect() } else { Vec::new() };
    let mut taken: Vec<Area> = points
        .iter()
        .map(|p| panel.pixel(*p))
        .map(|(x, y)| Area { left: x - 3.0, top: y - 3.0, right: x + 3.0, bottom: y + 3.0 })
        .collect();
    for (at, name) in named {
        let (x, y) = panel.pixel(*at);
        let (w, h) = (font::width(name, NOTE_SIZE, Weight::Regular), NOTE_SIZE * CAP_HEIGHT);
        let candidates = [
            (x + 6.0, y + 0.5 * h),
            (x - 6.0 - w, y + 0.5 * h),
            (x - 0.5 * w, y - 7.0),
            (x - 0.5 * w, y + 7.0 + h),
            (x + 5.0, y - 4.0),
            (x - 5.0 - w, y - 4.0),
            (x + 5.0, y + 4.0 + h),
            (x - 5.0 - w, y + 4.0 + h),
        ];
        let boxes = candidates.map(|(x, y)| Area { left: x, top: y - h, right: x + w, bottom: y });
        let cost = |b: &Area| {
            let outside = f64::from(u8::from(
                b.left < panel.plot.left + 1.0
                    || b.right > panel.plot.right + 10.0
                    || b.top < panel.plot.top - 6.0
                    || b.bottom > panel.plot.bottom - 1.0,
            ));
            let clashes = taken.iter().filter(|t| overlap(b, t)).count() as f64;
            let covered = others
                .iter()
                .filter(|(x, y)| {
                    *x > b.left - 3.0 && *x < b.right + 3.0 && *y > b.top - 3.0 && *y < b.bottom + 3.0
                })
                .count() as f64;
            10_000.0 * outside + 100.0 * clashes + covered
        };
        let best = (0..boxes.len()).min_by(|&i, &j| cost(&boxes[i]).total_cmp(&cost(&boxes[j]))).unwrap_or(0);
        let look = Look { anchor: Anchor::Start, halo: true, ..plain(NOTE_SIZE, INK) };
        panel.canvas().text(name, point(candidates[best].0, candidates[best].1), look);
        taken.push(boxes[best]);
    }
    Ok(())
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.left < b.right + 1.0 && b.left < a.right + 1.0 && a.top < b.bottom + 1.0 && b.top < a.bottom + 1.0
}
