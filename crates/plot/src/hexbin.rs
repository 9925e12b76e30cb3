//! Counting points in hexagons.

/// √3 / 2: rows of hexagons of width 1 are this far apart.
const ROW: f64 = 0.866_025_403_784_438_6;

/// Counts over a honeycomb of upright hexagons (corners up and down) that covers `[0, width] × [0, height]` pixels.
///
/// # Source
/// D. B. Carr et al., *Scatterplot matrix techniques for large N*, JASA 82 (1987) 424–436.
pub(crate) struct Honeycomb {
    /// Width of a hexagon between its upright sides.
    pub size: f64,
    columns: usize,
    counts: Vec<u32>,
}

impl Honeycomb {
    /// An empty honeycomb.
    pub(crate) fn new(width: f64, height: f64, size: f64) -> Self {
        let columns = (width.max(0.0) / size) as usize + 3;
        let rows = (height.max(0.0) / (size * ROW)) as usize + 3;
        Self { size, columns, counts: vec![0; columns * rows] }
    }

    /// The hexagon that holds a point: the nearest centre, on either of the two rectangular lattices of the rows.
    pub(crate) fn cell(&self, x: f64, y: f64) -> usize {
        let (u, v) = (x / self.size, y / (self.size * ROW));
        let even = (u.round(), (0.5 * v).round() * 2.0);
        let odd = ((u - 0.5).round(), ((0.5 * (v - 1.0)).round()) * 2.0 + 1.0);
        let distance = |dx: f64, dy: f64| dx * dx + (ROW * dy) * (ROW * dy);
        let near_even = distance(u - even.0, v - even.1) <= distance(u - 0.5 - odd.0, v - odd.1);
        let (column, row) = if near_even { even } else { odd };
        let rows = self.counts.len() / self.columns;
        // Columns start at −1: half a hexagon sticks out on the left of odd rows.
        let column = ((column + 1.0).max(0.0) as usize).min(self.columns - 1);
        (row.max(0.0) as usize).min(rows - 1) * self.columns + column
    }

    pub(crate) fn add(&mut self, x: f64, y: f64) {
        let cell = self.cell(x, y);
        self.counts[cell] = self.counts[cell].saturating_add(1);
    }

    pub(crate) fn count(&self, cell: usize) -> u32 {
        self.counts[cell]
    }

    /// Occupied hexagons: centre and count.
    pub(crate) fn occupied(&self) -> impl Iterator<Item = ((f64, f64), u32)> {
        self.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(cell, &count)| {
            let (row, column) = (cell / self.columns, cell % self.columns);
            let shift = if row % 2 == 1 { 0.5 } else { 0.0 };
            let x = (column as f64 - 1.0 + shift) * self.size;
            ((x, row as f64 * ROW * self.size), count)
        })
    }

    /// Number of points in hexagons that hold at most `few`.
    pub(crate) fn in_sparse(&self, few: u32) -> usize {
        self.counts.iter().filter(|c| **c <= few).map(|c| *c as usize).sum()
    }

    pub(crate) fn largest(&self) -> u32 {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// Corners around a centre.
    pub(crate) fn corners(&self) -> [(f64, f64); 6] {
        let half = 0.5 * self.size;
        let radius = self.size / (2.0 * ROW);
        [
            (0.0, -radius),
            (half, -0.5 * radius),
            (half, 0.5 * radius),
            (0.0, radius),
            (-half, 0.5 * radius),
            (-half, -0.5 * radius),
        ]
    }
}

/// Shade from 0 to 1 of a count on the logarithmic scale up to `largest`, in steps of a `levels`-th.
pub(crate) fn shade(count: u32, largest: u32, levels: usize) -> usize {
    if largest <= 1 {
        return levels - 1;
    }
    let t = f64::from(count.max(1)).ln() / f64::from(largest).ln();
    ((t * levels as f64) as usize).min(levels - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_counted_in_the_nearest_hexagon() {
        let mut comb = Honeycomb::new(100.0, 80.0, 7.0);
        let mut n = 0u32;
        for i in 0..=100 {
            for j in 0..=80 {
                let (x, y) = (f64::from(i), f64::from(j));
                comb.add(x, y);
                n += 1;
            }
        }
        assert_eq!(comb.occupied().map(|(_, c)| c).sum::<u32>(), n);
        let centres: Vec<(f64, f64)> = comb.occupied().map(|(c, _)| c).collect();
        for (x, y) in [(0.0, 0.0), (50.3, 40.1), (99.9, 79.9), (3.4, 6.1)] {
            let nearest = centres.iter().map(|c| (c.0 - x).hypot(c.1 - y)).fold(f64::MAX, f64::min);
            // No point is farther from its centre than a corner is.
            assert!(nearest <= 7.0 / (2.0 * ROW) + 1e-9, "{x} {y}: {nearest}");
            let mut one = Honeycomb::new(100.0, 80.0, 7.0);
            one.add(x, y);
            let ((cx, cy), _) = one.occupied().next().unwrap();
            assert!(((cx - x).hypot(cy - y) - nearest).abs() < 1e-9);
        }
    }

    #[test]
    fn shades_are_logarithmic() {
        assert_eq!(shade(1, 1000, 9), 0);
        assert_eq!(shade(1000, 1000, 9), 8);
        assert_eq!(shade(11, 1000, 9), 3);
    }
}
