//! A finished figure and the forms it is handed out in.
use crate::Error;
use resvg::{tiny_skia, usvg};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Smallest side of a figure, in pixels.
pub(crate) const MIN_SIDE: u32 = 160;
/// Largest side of a figure, in pixels.
pub(crate) const MAX_SIDE: u32 = 8_192;
/// Largest side of a PNG, in pixels.
const MAX_PNG_SIDE: u32 = 16_384;
/// Scale at which [`Figure::save`] writes a PNG: two pixels of the file to one of the figure.
const SAVE_SCALE: f64 = 2.0;

/// A drawn figure.
///
/// It holds an SVG document without outside references, its text as outlines of the embedded font; a PNG is made
/// from the same document, so that both show the same picture on any machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    svg: String,
    width: u32,
    height: u32,
}

impl Figure {
    pub(crate) fn new(svg: String, width: u32, height: u32) -> Self {
        Self { svg, width, height }
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The SVG document; it can be written to a file or put into an HTML page as it is.
    pub fn to_svg(&self) -> String {
        self.svg.clone()
    }

    /// The figure as the bytes of a PNG file of `scale · width` × `scale · height` pixels.
    ///
    /// # Errors
    /// [`Error::Scale`] if the scale is not positive, or a side would be less than 1 or more than 16,384 pixels.
    pub fn to_png(&self, scale: f64) -> Result<Vec<u8>, Error> {
        let side = |pixels: u32| {
            let scaled = (f64::from(pixels) * scale).round();
            (scaled >= 1.0 && scaled <= f64::from(MAX_PNG_SIDE)).then_some(scaled as u32)
        };
        let wrong = Error::Scale { scale, width: self.width, height: self.height, max: MAX_PNG_SIDE };
        let (Some(width), Some(height)) = (side(self.width), side(self.height)) else { return Err(wrong) };
        let defect = |message: String| Error::Drawing { message };
        let tree =
            usvg::Tree::from_str(&self.svg, &usvg::Options::default()).map_err(|e| defect(e.to_string()))?;
        let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(wrong)?;
        let transform = tiny_skia::Transform::from_scale(
            width as f32 / self.width as f32,
            height as f32 / self.height as f32,
        );
        resvg::render(&tree, transform, &mut pixels.as_mut());
        pixels.encode_png().map_err(|e| defect(e.to_string()))
    }

    /// Writes the figure as SVG or PNG, by the extension of the file name; a PNG at twice the figure's pixels.
    ///
    /// The file appears complete or not at all: it is written beside its place under a temporary name, then renamed.
    ///
    /// # Errors
    /// [`Error::UnknownExtension`] for anything but `.svg` and `.png`; [`Error::Io`] if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "svg" => write_whole(path, self.svg.as_bytes()),
            "png" => write_whole(path, &self.to_png(SAVE_SCALE)?),
            _ => Err(Error::UnknownExtension { path: path.to_owned() }),
        }
    }
}

/// Writes a file under a temporary name beside its place and renames it; leaves nothing behind on failure.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed =
        |e: std::io::Error| Error::Io { path: path.to_owned(), kind: e.kind(), message: e.to_string() };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = fs::File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    });
    written.map_err(|e| {
        // The reason is reported; a leftover that cannot be removed either would only hide it.
        let _ = fs::remove_file(&temporary);
        failed(e)
    })
}
