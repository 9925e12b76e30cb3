//! Data and checks that the tests share.
use ferronum_plot::Figure;
use ferronum_stat::regression::Diagnostics;
use ferronum_testkit::{numbers, read_json};
use std::path::Path;

/// Numbers of a golden entry.
pub fn golden(entry: &str, field: &str) -> Vec<f64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/figures.json");
    numbers(&read_json(&path).unwrap()[entry][field]).unwrap()
}

/// The fit of mpg on wt and hp, from R.
pub fn mtcars() -> Diagnostics {
    let field = |name| golden("mtcars", name);
    Diagnostics {
        rows: (1..=32).collect(),
        fitted: field("fitted"),
        residuals: field("residuals"),
        standardized: field("standardized"),
        leverage: field("leverage"),
        cooks: field("cooks"),
        total_rows: 32,
        rank: 3,
        stands_for: Vec::new(),
    }
}

/// Diagnostics of n heavy-tailed observations.
pub fn heavy_tails(n: usize) -> Diagnostics {
    let mut state = 7u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    // Cauchy quantiles, clipped: a distribution without moments in the middle of its range.
    let standardized: Vec<f64> = (0..n).map(|_| (3.1 * (uniform() - 0.5)).tan()).collect();
    let fitted: Vec<f64> = (0..n).map(|_| 100.0 * uniform() * uniform()).collect();
    let leverage: Vec<f64> = (0..n).map(|_| (1.0 + 9.0 * uniform().powi(8)) / n as f64).collect();
    let cooks = standardized.iter().zip(&leverage).map(|(r, h)| r * r * h / (3.0 * (1.0 - h))).collect();
    let residuals = standardized.iter().map(|r| 15.0 * r).collect();
    let rows = (1..=n as u64).collect();
    Diagnostics {
        rows,
        fitted,
        residuals,
        standardized,
        leverage,
        cooks,
        total_rows: n as u64,
        rank: 3,
        stands_for: Vec::new(),
    }
}

/// All tags close in order, attributes are quoted, and no number is NaN.
#[track_caller]
pub fn assert_well_formed(figure: &Figure) {
    let svg = figure.to_svg();
    // Outside of what is written on it, which may speak of infinite values.
    let shapes: String =
        svg.split("aria-label=\"").map(|s| s.split_once('"').map_or("", |(_, rest)| rest)).collect();
    assert!(!shapes.contains("NaN") && !shapes.contains("inf"), "a number is not finite");
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert!(!text.contains('"') || !text.contains("=\""), "text holds markup: {text}");
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        let name = tag.split([' ', '/']).find(|s| !s.is_empty()).unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    // A second opinion: the parser of the rasteriser.
    figure.to_png(0.25).unwrap();
}

/// Texts of a figure.
pub fn texts(figure: &Figure) -> Vec<String> {
    figure.to_svg().split("aria-label=\"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()).collect()
}

/// Width and height from the header of a PNG.
pub fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (word(16), word(20))
}
