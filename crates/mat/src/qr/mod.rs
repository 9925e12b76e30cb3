//! QR factorisations, with and without column pivoting.
mod pivoted;
mod plain;
mod reflectors;

pub use pivoted::PivotedQr;
pub use plain::Qr;
pub(crate) use reflectors::Reflectors;
