//! Colours and sizes common to all figures.
use plotters::style::RGBAColor;
use plotters_backend::BackendColor;

/// An sRGB colour with opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour {
    pub rgb: (u8, u8, u8),
    pub alpha: f64,
}

impl Colour {
    pub(crate) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { rgb: (red, green, blue), alpha: 1.0 }
    }

    pub(crate) const fn alpha(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }

    pub(crate) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.rgb.0, self.rgb.1, self.rgb.2)
    }
}

impl From<BackendColor> for Colour {
    fn from(c: BackendColor) -> Self {
        Self { rgb: c.rgb, alpha: c.alpha }
    }
}

impl From<Colour> for RGBAColor {
    fn from(c: Colour) -> Self {
        Self(c.rgb.0, c.rgb.1, c.rgb.2, c.alpha)
    }
}

/// Titles and axis titles.
pub(crate) const INK: Colour = Colour::new(0x22, 0x22, 0x22);
/// Tick labels and captions.
pub(crate) const GREY: Colour = Colour::new(0x55, 0x55, 0x55);
/// Axis lines and ticks.
pub(crate) const AXIS: Colour = Colour::new(0x66, 0x66, 0x66);
/// Reference lines.
pub(crate) const REFERENCE: Colour = Colour::new(0x80, 0x80, 0x80);
/// Lines behind the data.
pub(crate) const GRID: Colour = Colour::new(0xec, 0xec, 0xec);
/// Data marks: the blue of Okabe & Ito's palette, which colour-blind readers tell from [`ACCENT`].
pub(crate) const DATA: Colour = Colour::new(0x00, 0x72, 0xb2);
/// Smoothers and fitted lines: their vermilion.
pub(crate) const ACCENT: Colour = Colour::new(0xd5, 0x5e, 0x00);
/// The paper.
pub(crate) const PAPER: Colour = Colour::new(0xff, 0xff, 0xff);

/// Font size of tick labels, in pixels.
pub(crate) const TICK_SIZE: f64 = 11.5;
/// Font size of axis titles.
pub(crate) const AXIS_SIZE: f64 = 12.5;
/// Font size of panel titles.
pub(crate) const PANEL_SIZE: f64 = 13.5;
/// Font size of the figure's title.
pub(crate) const TITLE_SIZE: f64 = 16.0;
/// Font size of captions, legends and labels of points.
pub(crate) const NOTE_SIZE: f64 = 11.0;

/// Above this many points a cloud is drawn as density.
pub(crate) const DENSITY_FROM: usize = 2_000;
