//! Figures in characters, for a terminal.
use crate::sample::range;
use crate::ticks::count;
use crate::{Error, Histogram, Scatter};
use std::fmt::Write;

/// Fewest and most columns of a terminal figure.
const COLUMNS: std::ops::RangeInclusive<usize> = 24..=200;
/// Fewest and most rows.
const ROWS: std::ops::RangeInclusive<usize> = 4..=100;

impl Scatter<'_> {
    /// The cloud in braille characters, `columns` wide and `rows` high (80 × 20 suits a terminal; 24 … 200 by 4 … 100), with the
    /// extreme values of the axes. Axes are linear.
    ///
    /// # Errors
    /// [`Error::NoData`] if no point is finite.
    ///
    /// # Examples
    /// ```
    /// let (x, y) = ([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 4.0, 9.0]);
    /// let text = ferronum_plot::Scatter::new(&x, &y)?.to_terminal(40, 8)?;
    /// assert!(text.lines().all(|line| line.chars().count() <= 40));
    /// # Ok::<(), ferronum_plot::Error>(())
    /// ```
    pub fn to_terminal(&self, columns: usize, rows: usize) -> Result<String, Error> {
        let (points, notes) = self.points()?;
        let (columns, rows) = (clamp(columns, &COLUMNS), clamp(rows, &ROWS));
        let (x0, x1) = range(points.iter().map(|p| p.0));
        let (y0, y1) = range(points.iter().map(|p| p.1));
        let ys = ends(y0, y1);
        let gutter = ys.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let width = columns.saturating_sub(gutter + 2).max(4);
        let mut cells = vec![0u8; width * rows];
        for (x, y) in points {
            let column = step(x, (x0, x1), 2 * width);
            let row = 4 * rows - 1 - step(y, (y0, y1), 4 * rows);
            cells[row / 4 * width + column / 2] |= dot(column % 2, row % 4);
        }
        let mut out = String::new();
        for (i, line) in cells.chunks(width).enumerate() {
            let label = match i {
                0 => ys[1].as_str(),
                i if i + 1 == rows => ys[0].as_str(),
                _ => "",
            };
            let pad = " ".repeat(gutter - label.chars().count());
            let line: String =
                line.iter().filter_map(|&bits| char::from_u32(0x2800 + u32::from(bits))).collect();
            let _ = writeln!(out, "{pad}{label} │{}", line.trim_end_matches('\u{2800}'));
        }
        let _ = writeln!(out, "{} └{}", " ".repeat(gutter), "─".repeat(width));
        let xs = ends(x0, x1);
        let between = width.saturating_sub(xs[0].chars().count() + xs[1].chars().count()).max(1);
        let _ = writeln!(out, "{}  {}{}{}", " ".repeat(gutter), xs[0], " ".repeat(between), xs[1]);
        for note in notes {
            let _ = writeln!(out, "{}", note.chars().take(columns).collect::<String>());
        }
        Ok(out)
    }
}

impl Histogram<'_> {
    /// The bins as bars, one line each, at most `columns` wide (24 … 200; 80 suits a terminal), at most 24 bins unless a number was
    /// set.
    ///
    /// # Errors
    /// [`Error::NoData`] if no value is finite.
    ///
    /// # Examples
    /// ```
    /// let text = ferronum_plot::Histogram::new(&[1.0, 2.0, 2.0, 3.0]).to_terminal(40)?;
    /// assert_eq!(text.lines().count(), 3);
    /// # Ok::<(), ferronum_plot::Error>(())
    /// ```
    pub fn to_terminal(&self, columns: usize) -> Result<String, Error> {
        let columns = clamp(columns, &COLUMNS);
        let bins = self.bins_at_most(24)?;
        let edges: Vec<String> =
            bins.edges.iter().map(|edge| plain(*edge, bins.edges[1] - bins.edges[0])).collect();
        let label = |i: usize| format!("{} – {}", edges[i], edges[i + 1]);
        let gutter = (0..bins.counts.len()).map(|i| label(i).chars().count()).max().unwrap_or(0);
        let most = bins.counts.iter().copied().max().unwrap_or(1).max(1);
        let tail = count(most).chars().count() + 1;
        let width = columns.saturating_sub(gutter + 2 + tail).max(4);
        let mut out = String::new();
        for (i, &n) in bins.counts.iter().enumerate() {
            let label = label(i);
            let eighths = (n as f64 / most as f64 * 8.0 * width as f64).round() as usize;
            // A bin that holds anything shows something.
            let eighths = if n > 0 { eighths.max(1) } else { 0 };
            let mut bar = "█".repeat(eighths / 8);
            bar.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]);
            let pad = " ".repeat(gutter - label.chars().count());
            let _ = writeln!(out, "{pad}{label} │{bar} {}", count(n));
        }
        Ok(out)
    }
}

fn clamp(value: usize, to: &std::ops::RangeInclusive<usize>) -> usize {
    value.clamp(*to.start(), *to.end())
}

/// Which of `steps` equal parts of a range holds a value.
fn step(value: f64, (lo, hi): (f64, f64), steps: usize) -> usize {
    let t = if hi > lo { (0.5 * value - 0.5 * lo) / (0.5 * hi - 0.5 * lo) } else { 0.5 };
    ((t * steps as f64) as usize).min(steps - 1)
}

/// Bit of a dot in a braille character: columns of four, the lowest row added later (Unicode 15, ch. 21).
fn dot(column: usize, row: usize) -> u8 {
    [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]][column][row]
}

/// The ends of a range to three digits of its width.
fn ends(lo: f64, hi: f64) -> [String; 2] {
    [lo, hi].map(|v| plain(v, (0.5 * hi - 0.5 * lo) / 50.0))
}

/// A value to the decimals that tell apart values one `resolution` from each other.
fn plain(value: f64, resolution: f64) -> String {
    let size = value.abs();
    let decimals = if resolution > 0.0 { -resolution.log10().floor() } else { 6.0 };
    let text = if size != 0.0 && !(1e-5..1e12).contains(&size) {
        format!("{value:.4e}")
    } else {
        let decimals = decimals.clamp(0.0, 15.0) as usize;
        let text = format!("{value:.decimals$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_of_a_cloud() {
        let text = Scatter::new(&[0.0, 10.0], &[0.0, 5.0]).unwrap().to_terminal(30, 5).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 7);
        assert!(lines[0].starts_with("5 │") && lines[0].ends_with('⠈'), "{text}");
        assert!(lines[4].starts_with("0 │⡀"), "{text}");
        assert!(lines[6].trim_start().starts_with('0') && lines[6].ends_with("10"), "{text}");
    }

    #[test]
    fn numbers_show_what_tells_them_apart() {
        assert_eq!(plain(12.3456, 0.1), "12.3");
        assert_eq!(plain(-1200.0, 50.0), "−1200");
        assert_eq!(plain(-0.0001, 1.0), "0");
        assert_eq!(plain(2e-9, 1e-10), "2.0000e−9");
    }
}
