//! PNG and files.
use crate::support::{mtcars, png_size};
use ferronum_plot::{DiagnosticPlots, Error, Figure, Histogram};
use std::path::PathBuf;

fn figure() -> Figure {
    DiagnosticPlots::new(&mtcars()).render(640, 500).unwrap()
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ferronum-plot-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn png_has_the_size_asked_for() {
    assert_eq!(png_size(&figure().to_png(1.0).unwrap()), (640, 500));
    assert_eq!(png_size(&figure().to_png(1.5).unwrap()), (960, 750));
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9, 1e9] {
        assert!(matches!(figure().to_png(scale), Err(Error::Scale { .. })), "{scale}");
    }
}

#[test]
fn saves_by_extension_and_leaves_nothing_else() {
    let folder = folder("save");
    for name in ["a.svg", "b.png", "c.PNG"] {
        figure().save(folder.join(name)).unwrap();
    }
    assert_eq!(std::fs::read_to_string(folder.join("a.svg")).unwrap(), figure().to_svg());
    assert_eq!(png_size(&std::fs::read(folder.join("b.png")).unwrap()), (1280, 1000));
    for name in ["d.pdf", "e", "svg"] {
        let error = figure().save(folder.join(name)).unwrap_err();
        assert!(matches!(error, Error::UnknownExtension { .. }));
        assert!(error.to_string().contains(".svg or .png"), "{error}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 3);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_failed_write_leaves_no_partial_file() {
    let folder = folder("fail");
    let error = figure().save(folder.join("no/such/folder/a.svg")).unwrap_err();
    assert!(matches!(error, Error::Io { kind: std::io::ErrorKind::NotFound, .. }), "{error}");
    // The target is a folder: the temporary file is written, the rename fails.
    std::fs::create_dir(folder.join("b.svg")).unwrap();
    assert!(matches!(figure().save(folder.join("b.svg")), Err(Error::Io { .. })));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn sizes_out_of_range_are_errors() {
    for (width, height) in [(0, 400), (400, 0), (159, 400), (400, 8_193), (u32::MAX, u32::MAX)] {
        let error = Histogram::new(&[1.0, 2.0]).render(width, height).unwrap_err();
        assert!(matches!(error, Error::Size { .. }), "{width} {height}");
    }
}

#[test]
fn text_is_drawn_without_fonts() {
    // No text elements, no references to fonts or to anything outside.
    let svg = figure().to_svg();
    for word in ["<text", "font-family", "http://", "https://", "url("] {
        let rest = svg.replace("http://www.w3.org/2000/svg", "");
        assert!(!rest.contains(word), "{word}");
    }
    // And the PNG has dark pixels where the title is: a blank page would compress to far less.
    assert!(figure().to_png(1.0).unwrap().len() > 20_000);
}
