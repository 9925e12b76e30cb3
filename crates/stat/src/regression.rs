//! Linear regression.
mod diagnostics;

pub use diagnostics::Diagnostics;
