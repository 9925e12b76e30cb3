//! Statistical figures in SVG and PNG.
#![forbid(unsafe_code)]
#![allow(dead_code)]

mod axis;
mod canvas;
mod cloud;
mod colourmap;
mod diagnostics;
mod error;
mod figure;
mod font;
mod hexbin;
mod labels;
mod lowess;
mod panel;
mod quantiles;
mod sample;
mod smooth;
mod style;
mod ticks;

pub use diagnostics::DiagnosticPlots;
pub use error::Error;
pub use figure::Figure;
