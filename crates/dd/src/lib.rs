//! Double-double arithmetic: an unevaluated sum `hi + lo` of two `f64` carries about 32 significant digits.
//!
//! Ferronum uses it where a sum, a product or a small least-squares problem needs more digits than `f64` holds, and to
//! read decimals such as `0.1` to their full value instead of to the nearest `f64`.
//!
//! ```
//! use ferronum_dd::Dd;
//! let third = Dd::from(1.0) / Dd::from(3.0);
//! assert_eq!((third * Dd::from(3.0) - Dd::from(1.0)).to_f64(), 0.0);
//! let tenth: Dd = "0.1".parse()?;
//! assert_eq!(tenth.hi(), 0.1);
//! assert_eq!(tenth.lo(), -5.551115123125783e-18); // what the f64 nearest to one tenth has too much
//! # Ok::<(), ferronum_dd::ParseError>(())
//! ```
#![forbid(unsafe_code)]

mod decimal;
mod double;
mod eft;

pub use decimal::ParseError;
pub use double::Dd;
pub use eft::{fast_two_sum, two_prod, two_sum};
