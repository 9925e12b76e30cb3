//! The embedded font: advance widths and outlines.
use std::fmt::Write;
use std::sync::OnceLock;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

static REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.subset.otf");
static SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.subset.otf");

/// Height of a capital as a fraction of the font size.
pub(crate) const CAP_HEIGHT: f64 = 0.727;

/// Weight of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// One glyph of one weight: what an outline is drawn once for.
pub(crate) type GlyphKey = (Weight, u16);

fn face(weight: Weight) -> &'static Face<'static> {
    static FACES: OnceLock<[Face<'static>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [REGULAR, SEMI_BOLD].map(|bytes| Face::parse(bytes, 0).expect("the embedded font is well formed"))
    });
    &faces[usize::from(weight == Weight::SemiBold)]
}

/// Font units per em.
pub(crate) fn units_per_em(weight: Weight) -> f64 {
    f64::from(face(weight).units_per_em())
}

/// The glyphs of a line of text with the distance of each from the start, in font units.
///
/// Control characters are skipped; a character that the font lacks becomes its empty box.
pub(crate) fn layout(text: &str, weight: Weight) -> (Vec<(GlyphKey, u32)>, u32) {
    let face = face(weight);
    let mut glyphs = Vec::with_capacity(text.len());
    let mut pen = 0u32;
    for c in text.chars().filter(|c| !c.is_control()) {
        let glyph = face.glyph_index(c).unwrap_or(GlyphId(0));
        if !c.is_whitespace() {
            glyphs.push(((weight, glyph.0), pen));
        }
        pen = pen.saturating_add(u32::from(face.glyph_hor_advance(glyph).unwrap_or(0)));
    }
    (glyphs, pen)
}

/// Width of a line of text in pixels at a font size in pixels.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    f64::from(layout(text, weight).1) * size / units_per_em(weight)
}

/// The longest beginning of `text` that fits into `room` pixels, with an ellipsis where something was cut.
pub(crate) fn fit(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let ellipsis = f64::from(layout("…", weight).1);
    let face = face(weight);
    let limit = room * units_per_em(weight) / size - ellipsis;
    let (mut pen, mut kept) = (0.0, String::new());
    for c in text.chars() {
        let glyph = face.glyph_index(c).unwrap_or(GlyphId(0));
        pen += f64::from(face.glyph_hor_advance(glyph).unwrap_or(0));
        if pen > limit {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// The glyph's outline as SVG path data in font units, y downwards, in relative commands.
pub(crate) fn outline((weight, glyph): GlyphKey) -> String {
    let mut pen = Pen::default();
    face(weight).outline_glyph(GlyphId(glyph), &mut pen);
    pen.data
}

#[derive(Default)]
struct Pen {
    data: String,
    at: (i32, i32),
}

impl Pen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        let mut end = self.at;
        for (i, &(x, y)) in points.iter().enumerate() {
            // The outlines of this font are on whole units, so nothing is lost here.
            end = (x.round() as i32, (-y).round() as i32);
            for (j, d) in [end.0 - self.at.0, end.1 - self.at.1].into_iter().enumerate() {
                if d >= 0 && i + j > 0 {
                    self.data.push(' ');
                }
                let _ = write!(self.data, "{d}");
            }
        }
        self.at = end;
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        // Absolute: after `z` a relative move would start from the contour's first point, not from its last.
        self.at = (0, 0);
        self.push('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.push('l', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('c', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.data.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_that_figures_use_has_a_glyph() {
        for c in "0123456789−+×.,·–—…√⁰¹²³⁴⁵⁶⁷⁸⁹⁻≤≥αβγσµÅé ABCxyz()[]%".chars()
        {
            for weight in [Weight::Regular, Weight::SemiBold] {
                assert!(face(weight).glyph_index(c).is_some(), "{c} is missing");
            }
        }
    }

    #[test]
    fn widths_add_up_and_fitting_cuts() {
        let w = width("Residuals", 12.0, Weight::Regular);
        assert!((45.0..65.0).contains(&w), "{w}");
        assert!((width("ResidualsResiduals", 12.0, Weight::Regular) - 2.0 * w).abs() < 1e-9);
        let cut = fit("a rather long label for this place", 12.0, Weight::Regular, 80.0);
        assert!(cut.ends_with('…') && width(&cut, 12.0, Weight::Regular) <= 80.0);
        assert_eq!(fit("short", 12.0, Weight::Regular, 80.0), "short");
    }
}
