//! Laws made from other laws and from samples, one per file.
mod boxed;
mod mixture;
mod moments;
mod order_statistic;
mod peak;
mod shifted_scaled;
mod truncated;

pub use mixture::Mixture;
pub use order_statistic::OrderStatistic;
pub use shifted_scaled::ShiftedScaled;
pub use truncated::Truncated;

/// The logarithm of a value: of the number itself within the range of `f64`, next to 1 from the complement, else as `far` has it.
fn ln_value(value: f64, complement: impl FnOnce() -> f64, far: impl FnOnce() -> f64) -> f64 {
    if value > 0.5 && value <= 1.0 {
        (-complement()).ln_1p()
    } else if value > 1e-290 && value < 1e290 {
        value.ln()
    } else {
        far()
    }
}

/// The logarithm of a density.
fn ln_density(value: f64, far: impl FnOnce() -> f64) -> f64 {
    if value > 1e-290 && value < 1e290 { value.ln() } else { far() }
}
