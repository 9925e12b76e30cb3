//! The drawing surface: a plotters back end that writes compact SVG.
//!
//! Plotters addresses a back end in whole pixels; this one counts in tenths of a pixel ([`UNIT`]), so that positions
//! keep one decimal. Runs of shapes of one style share a group, dense shapes share a path, and text is drawn as outlines of
//! the embedded font, each glyph stored once: the picture is the same wherever it is opened.
use crate::font::{self, GlyphKey, Weight};
use crate::style::Colour;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Write;

/// Back-end units in a pixel.
pub(crate) const UNIT: f64 = 10.0;

/// Pixels to back-end units.
pub(crate) fn units(pixels: f64) -> i32 {
    (pixels * UNIT).round() as i32
}

/// Where the given point lies within the line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line of text looks; sizes in pixels, `y` of the position is the baseline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
    pub anchor: Anchor,
    /// Reads upwards.
    pub rotated: bool,
    /// A rim of the background's colour, for text on top of marks.
    pub halo: bool,
}

/// How a line is drawn; width in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub colour: Colour,
    pub width: f64,
    /// Lengths of dash and gap in pixels.
    pub dash: Option<(f64, f64)>,
}

/// An SVG document under construction.
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    body: String,
    /// Attributes of the group that is open.
    group: Option<String>,
    glyphs: BTreeSet<GlyphKey>,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        Self { width, height, body: String::new(), group: None, glyphs: BTreeSet::new() }
    }

    /// The finished document.
    pub(crate) fn finish(mut self, title: &str, description: &str) -> String {
        self.close_group();
        let (w, h) = (self.width, self.height);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<defs>",
            escape(title),
            escape(description)
        );
        for &key in &self.glyphs {
            let _ = write!(svg, "<path id=\"{}\" d=\"{}\"/>", glyph_id(key), font::outline(key));
        }
        let _ =
            write!(svg, "</defs>\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n{}</svg>\n", self.body);
        svg
    }

    fn close_group(&mut self) {
        if self.group.take().is_some() {
            self.body.push_str("</g>\n");
        }
    }

    /// Makes shapes that follow inherit `attributes`.
    fn open_group(&mut self, attributes: String) {
        if self.group.as_ref() != Some(&attributes) {
            self.close_group();
            let _ = writeln!(self.body, "<g {attributes}>");
            self.group = Some(attributes);
        }
    }

    fn fill_group(&mut self, colour: Colour, rim: Option<(Colour, f64)>) {
        let mut attributes = format!("fill=\"{}\"", colour.hex());
        if colour.alpha < 1.0 {
            let _ = write!(attributes, " fill-opacity=\"{}\"", short(colour.alpha));
        }
        if let Some((rim, width)) = rim {
            let _ = write!(attributes, " stroke=\"{}\" stroke-width=\"{}\"", rim.hex(), short(width));
            if rim.alpha < 1.0 {
                let _ = write!(attributes, " stroke-opacity=\"{}\"", short(rim.alpha));
            }
        }
        self.open_group(attributes);
    }

    fn stroke_group(&mut self, stroke: Stroke) {
        let mut attributes = format!(
            "fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
            stroke.colour.hex(),
            short(stroke.width)
        );
        if stroke.colour.alpha < 1.0 {
            let _ = write!(attributes, " stroke-opacity=\"{}\"", short(stroke.colour.alpha));
        }
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(attributes, " stroke-dasharray=\"{} {}\"", short(dash), short(gap));
        }
        self.open_group(attributes);
    }

    /// An open line through the points.
    pub(crate) fn polyline(&mut self, points: &[BackendCoord], stroke: Stroke) {
        if points.len() > 1 {
            self.stroke_group(stroke);
            self.body.push_str("<path d=\"");
            push_path(&mut self.body, points);
            self.body.push_str("\"/>\n");
        }
    }

    /// Separate straight lines of one look.
    pub(crate) fn segments(&mut self, pairs: &[(BackendCoord, BackendCoord)], stroke: Stroke) {
        if !pairs.is_empty() {
            self.stroke_group(stroke);
            self.body.push_str("<path d=\"");
            for &(a, b) in pairs {
                push_path(&mut self.body, &[a, b]);
            }
            self.body.push_str("\"/>\n");
        }
    }

    /// Closed polygons of one colour in one path: none lies on top of another.
    pub(crate) fn polygons<'a>(
        &mut self,
        shapes: impl IntoIterator<Item = &'a [BackendCoord]>,
        fill: Colour,
        rim: Option<(Colour, f64)>,
    ) {
        self.fill_group(fill, rim);
        self.body.push_str("<path d=\"");
        for points in shapes {
            push_path(&mut self.body, points);
            self.body.push('z');
        }
        self.body.push_str("\"/>\n");
    }

    /// A filled rectangle.
    pub(crate) fn rectangle(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        fill: Colour,
        rim: Option<(Colour, f64)>,
    ) {
        self.fill_group(fill, rim);
        self.push_rectangle(a, b);
    }

    fn push_rectangle(&mut self, a: BackendCoord, b: BackendCoord) {
        self.body.push_str("<rect x=\"");
        push_number(&mut self.body, a.0.min(b.0));
        self.body.push_str("\" y=\"");
        push_number(&mut self.body, a.1.min(b.1));
        self.body.push_str("\" width=\"");
        push_number(&mut self.body, (a.0 - b.0).abs());
        self.body.push_str("\" height=\"");
        push_number(&mut self.body, (a.1 - b.1).abs());
        self.body.push_str("\"/>\n");
    }

    /// Discs of one look.
    pub(crate) fn discs(
        &mut self,
        centres: impl IntoIterator<Item = BackendCoord>,
        radius: f64,
        fill: Colour,
        rim: Option<(Colour, f64)>,
    ) {
        self.fill_group(fill, rim);
        for c in centres {
            self.push_circle(c, units(radius));
        }
    }

    fn push_circle(&mut self, centre: BackendCoord, radius: i32) {
        self.body.push_str("<circle cx=\"");
        push_number(&mut self.body, centre.0);
        self.body.push_str("\" cy=\"");
        push_number(&mut self.body, centre.1);
        self.body.push_str("\" r=\"");
        push_number(&mut self.body, radius);
        self.body.push_str("\"/>\n");
    }

    /// A line of text with its baseline through `at`.
    pub(crate) fn text(&mut self, text: &str, at: BackendCoord, look: Look) {
        let (glyphs, advance) = font::layout(text, look.weight);
        if glyphs.is_empty() {
            return;
        }
        self.close_group();
        let shift = match look.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -0.5 * f64::from(advance),
            Anchor::End => -f64::from(advance),
        };
        let scale = look.size / font::units_per_em(look.weight);
        let mut transform = String::from("translate(");
        push_number(&mut transform, at.0);
        transform.push(' ');
        push_number(&mut transform, at.1);
        transform.push(')');
        if look.rotated {
            transform.push_str("rotate(-90)");
        }
        let _ = write!(transform, "scale({scale:.6})");
        let mut runs = String::new();
        for &(key, pen) in &glyphs {
            self.glyphs.insert(key);
            let _ = write!(runs, "<use href=\"#{}\" x=\"{:.0}\"/>", glyph_id(key), f64::from(pen) + shift);
        }
        if look.halo {
            let _ = writeln!(
                self.body,
                "<g fill=\"#fff\" stroke=\"#fff\" stroke-width=\"{:.0}\" stroke-linejoin=\"round\" stroke-opacity=\".85\" transform=\"{transform}\">{runs}</g>",
                3.0 / scale
            );
        }
        let _ = writeln!(
            self.body,
            "<g aria-label=\"{}\" fill=\"{}\" transform=\"{transform}\">{runs}</g>",
            escape(text),
            look.colour.hex()
        );
    }
}

/// The contract by which plotters' own elements and series draw here.
impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width * UNIT as u32, self.height * UNIT as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        p: BackendCoord,
        colour: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.rectangle(p, (p.0 + 1, p.1 + 1), colour.into(), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.polyline(&[from, to], stroke_of(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if fill {
            self.rectangle(a, b, style.color().into(), None);
        } else {
            self.stroke_group(stroke_of(style));
            self.push_rectangle(a, b);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        self.polyline(&points, stroke_of(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if fill {
            self.fill_group(style.color().into(), None);
        } else {
            self.stroke_group(stroke_of(style));
        }
        self.push_circle(centre, i32::try_from(radius).unwrap_or(i32::MAX));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<BackendCoord> = vertices.into_iter().collect();
        self.polygons([points.as_slice()], style.color().into(), None);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let size = style.size() / UNIT;
        let rotated = matches!(style.transform(), FontTransform::Rotate270);
        let drop = match style.anchor().v_pos {
            VPos::Top => font::CAP_HEIGHT,
            VPos::Center => 0.5 * font::CAP_HEIGHT,
            VPos::Bottom => 0.0,
        };
        let drop = units(size * drop);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let at = if rotated { (at.0 + drop, at.1) } else { (at.0, at.1 + drop) };
        let colour = style.color().into();
        self.text(text, at, Look { size, weight: weight_of(style), colour, anchor, rotated, halo: false });
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((
            font::width(text, style.size(), weight_of(style)) as u32,
            (style.size() * font::CAP_HEIGHT) as u32,
        ))
    }
}

fn weight_of<T: BackendTextStyle>(style: &T) -> Weight {
    if matches!(style.style(), FontStyle::Bold) { Weight::SemiBold } else { Weight::Regular }
}

fn stroke_of<S: BackendStyle>(style: &S) -> Stroke {
    Stroke { colour: style.color().into(), width: f64::from(style.stroke_width()) / UNIT, dash: None }
}

fn glyph_id((weight, glyph): GlyphKey) -> String {
    format!("{}{glyph}", if weight == Weight::Regular { "fr" } else { "fs" })
}

/// `M` to the first point, then relative lines: `M120.5 40l2.5-1.4 3 .2`.
fn push_path(out: &mut String, points: &[BackendCoord]) {
    let mut from = (0, 0);
    for (i, &p) in points.iter().enumerate() {
        if i == 0 {
            out.push('M');
            push_number(out, p.0);
            if p.1 >= 0 {
                out.push(' ');
            }
            push_number(out, p.1);
        } else {
            let (dx, dy) = (p.0 - from.0, p.1 - from.1);
            if (dx, dy) == (0, 0) {
                continue;
            }
            if dx == 0 {
                out.push('v');
                push_number(out, dy);
            } else if dy == 0 {
                out.push('h');
                push_number(out, dx);
            } else {
                out.push('l');
                push_number(out, dx);
                if dy >= 0 {
                    out.push(' ');
                }
                push_number(out, dy);
            }
        }
        from = p;
    }
}

/// A length of `tenths` in pixels: `12.3`, `4`, `-.5`.
fn push_number(out: &mut String, tenths: i32) {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenths < 0 {
        out.push('-');
    }
    if whole > 0 || rest == 0 {
        let _ = write!(out, "{whole}");
    }
    if rest > 0 {
        let _ = write!(out, ".{rest}");
    }
}

/// A number of at most three decimals without trailing zeros.
fn short(x: f64) -> String {
    let text = format!("{x:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text as XML character data; characters that XML does not allow are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let text = |t| {
            let mut out = String::new();
            push_number(&mut out, t);
            out
        };
        assert_eq!(
            [0, 5, -5, 10, 123, -120].map(text),
            ["0", ".5", "-.5", "1", "12.3", "-12"].map(String::from)
        );
    }

    #[test]
    fn text_cannot_break_the_document() {
        assert_eq!(escape("a<b & \"c\"\u{0}\n"), "a&lt;b &amp; &quot;c&quot;");
    }

    #[test]
    fn plotters_elements_draw_on_it() {
        use plotters::prelude::*;
        use std::cell::RefCell;
        use std::rc::Rc;
        let canvas = Rc::new(RefCell::new(Canvas::new(100, 50)));
        {
            let area: DrawingArea<Canvas, _> = DrawingArea::from(&canvas);
            area.draw(&Circle::new((105, 200), 25, RED.filled())).unwrap();
            area.draw(&Rectangle::new([(0, 0), (100, 100)], BLUE)).unwrap();
            let style = ("sans-serif", 120.0).into_font().style(FontStyle::Bold).into_text_style(&area);
            area.draw(&Text::new("Aa", (100, 300), style)).unwrap();
        }
        let svg = canvas.replace(Canvas::new(1, 1)).finish("", "");
        assert!(svg.contains("<circle cx=\"10.5\" cy=\"20\" r=\"2.5\"/>"), "{svg}");
        assert!(svg.contains("aria-label=\"Aa\"") && svg.contains("#fs"), "{svg}");
    }
}
