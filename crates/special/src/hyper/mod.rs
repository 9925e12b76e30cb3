//! The confluent and the Gauss hypergeometric functions for real arguments.
mod confluent;
mod continuation;
mod gauss;
mod series;

pub use confluent::hyp1f1;
pub use gauss::hyp2f1;

/// Whether x is 0, -1, -2, …
fn is_pole(x: f64) -> bool {
    x <= 0.0 && x.fract() == 0.0
}
