//! Per-observation diagnostics of a linear fit.

/// Fitted values, residuals and influence of single observations, one entry per kept observation.
///
/// With `e` the residual, `h` the leverage, `s²` the residual variance and `p` the rank, the internally studentized
/// residual is `e / (s √(1 − h))` and Cook's distance `D = r² h / (p (1 − h))`.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostics {
    /// 1-based row number in the data.
    pub rows: Vec<u64>,
    /// Fitted values.
    pub fitted: Vec<f64>,
    /// Residuals `y − ŷ`.
    pub residuals: Vec<f64>,
    /// Internally studentized residuals; NaN where the leverage is 1.
    pub standardized: Vec<f64>,
    /// Leverage: the diagonal of the hat matrix, between 0 and 1.
    pub leverage: Vec<f64>,
    /// Cook's distance; NaN where the leverage is 1.
    pub cooks: Vec<f64>,
    /// Rows of the fit; more than `rows.len()` when only a subsample is held.
    pub total_rows: u64,
    /// Number of estimated coefficients, p.
    pub rank: usize,
}
