//! Statistical figures in SVG, PNG and characters.
//!
//! Each figure is a plain value: data by slice, titles by method, then `render(width, height)` gives a [`Figure`], which hands out
//! [SVG](Figure::to_svg) and [PNG](Figure::to_png) or [writes a file](Figure::save). Text is drawn as outlines of an embedded font:
//! no fonts of the system are needed, and SVG and PNG show the same picture everywhere. The same data give the same bytes.
//!
//! | figure | shows |
//! |---|---|
//! | [`DiagnosticPlots`] | the four views of a linear fit: residuals, normal Q–Q, scale–location, leverage |
//! | [`Scatter`] | two variables, with a smoother; also in a terminal |
//! | [`Histogram`] | the distribution of a variable; also in a terminal |
//! | [`BoxPlot`] | a variable by group |
//! | [`LinePlot`] | a variable in the order of another, such as time |
//! | [`QqPlot`] | a variable against the normal distribution |
//!
//! Many points are drawn as what they are together: a cloud of more than 2,000 becomes counts in hexagons on a logarithmic scale with
//! its isolated points drawn one by one, a line keeps the extremes of each column of pixels, a Q–Q plot thins its middle and keeps its
//! tails. So a figure of a million rows stays below 400 kB. Missing and infinite values are left out and counted in the caption.
//!
//! # Examples
//! ```
//! use ferronum_plot::Scatter;
//! let speed = [4.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0];
//! let stopping = [2.0, 4.0, 16.0, 10.0, 18.0, 17.0, 24.0, 34.0];
//! let figure = Scatter::new(&speed, &stopping)?
//!     .title("Stopping distances of cars")
//!     .x_label("speed (mph)")
//!     .y_label("distance (ft)")
//!     .smoother()
//!     .render(720, 480)?;
//! let png = figure.to_png(2.0)?; // 1440 × 960 pixels
//! assert_eq!(&png[1..4], b"PNG");
//! # Ok::<(), ferronum_plot::Error>(())
//! ```
#![forbid(unsafe_code)]

mod axis;
mod box_plot;
mod canvas;
mod cloud;
mod colourmap;
mod diagnostics;
mod error;
mod figure;
mod font;
mod hexbin;
mod histogram;
mod labels;
mod line_plot;
mod lowess;
mod panel;
mod qq_plot;
mod quantiles;
mod sample;
mod scatter;
mod smooth;
mod style;
mod terminal;
mod ticks;
mod words;

pub use box_plot::BoxPlot;
pub use diagnostics::DiagnosticPlots;
pub use error::Error;
pub use figure::Figure;
pub use histogram::{Bins, Histogram};
pub use line_plot::LinePlot;
pub use qq_plot::QqPlot;
pub use scatter::Scatter;
