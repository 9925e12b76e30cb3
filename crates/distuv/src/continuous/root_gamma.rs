//! Roots of gamma variables: what the chi and the Nakagami laws share.
use ferronum_special::{
    Dd, IncompleteGamma, exp_dd, gamma_inc_inv_scaled, ln_dd, ln_gamma_ratio_half_scaled,
};

/// The incomplete gamma function of shape `a` at x² top/bottom.
pub(crate) fn square_tails(a: f64, x: f64, top: f64, bottom: f64) -> IncompleteGamma {
    let x = if x < 0.0 { 0.0 } else { x };
    let size = x * x * top / bottom;
    let in_range = |s: f64| s == 0.0 || (s > 1e-140 && s < 1e140) || !s.is_finite();
    if size == 0.0 && x == 0.0 || size.is_nan() || x.is_infinite() {
        return IncompleteGamma::new(
            a,
            if x.is_nan() {
                x
            } else if x == 0.0 {
                0.0
            } else {
                f64::INFINITY
            },
        );
    }
    if size < 1e-200 || !in_range(x) || !in_range(top) || !in_range(bottom) {
        let ln = ln_dd(Dd::from(x)) * 2.0 + ln_dd(Dd::from(top)) - ln_dd(Dd::from(bottom));
        if ln.hi() < -60.0 {
            return IncompleteGamma::at_ln(a, ln);
        }
        return IncompleteGamma::at(a, exp_dd(ln));
    }
    IncompleteGamma::at(a, Dd::product(x, x) * top / bottom)
}

/// √(y bottom/top) for the y with P(a, y) = p, Q(a, y) = q.
pub(crate) fn root_quantile(a: f64, p: f64, q: f64, top: f64, bottom: f64) -> f64 {
    let y = gamma_inc_inv_scaled(a, p, q);
    if y.mantissa == 0.0 || !y.mantissa.is_finite() {
        return y.mantissa;
    }
    y.sqrt().times(bottom.sqrt() / top.sqrt()).value()
}

/// Moments of √(2G), G a gamma variable of shape a = k/2 and rate 1: the chi law of k degrees of freedom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RootMoments {
    /// E(√G)²/a.
    pub mean_square: f64,
    /// Variance of √(2G), which is ½ for large a.
    pub variance: f64,
    pub skewness: f64,
    pub excess_kurtosis: f64,
}

impl RootMoments {
    /// With W = E(√G)²/a: σ² = 2a(1 - W), γ₁ = μ(1 - 2σ²)/σ³, γ₂ = 2(1 - σ² - μ²(1 - 2σ²)/σ²)/σ².
    ///
    /// a ≥ 32: the series of these in 1/a, whose first term left out is below 1e-17 of the value. Below: W in double-double.
    pub fn new(a: f64) -> Self {
        if a >= 32.0 {
            let w = 1.0 / a;
            let series = |c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * w + c);
            let mean_square = (2.0 * ln_gamma_ratio_half_scaled(a)).exp();
            let variance = series(&VARIANCE);
            let skewness = (2.0 * mean_square / a).sqrt() * series(&SKEW) / (variance * variance.sqrt());
            return Self { mean_square, variance, skewness, excess_kurtosis: w * (w * series(&KURTOSIS)) };
        }
        let mean_square = mean_square(a);
        let variance = (-mean_square + 1.0) * (2.0 * a);
        let lean = variance * -2.0 + 1.0;
        let square = mean_square * (2.0 * a); // μ²
        let skewness = (square.sqrt() * lean / (variance * variance.sqrt())).to_f64();
        let excess = (-variance + 1.0 - square * lean / variance) * 2.0 / variance;
        Self {
            mean_square: mean_square.to_f64(),
            variance: variance.to_f64(),
            skewness,
            excess_kurtosis: excess.to_f64(),
        }
    }
}

/// Γ(a + ½)²/(a Γ(a)²) in double-double: the asymptotic series of the logarithm at a + 32, whose first term left out is below 1e-33,
/// and 32 steps of the recurrence.
fn mean_square(a: f64) -> Dd {
    let high = Dd::sum(a, 32.0);
    let w = Dd::ONE / high;
    let square = w * w;
    let sum = LN_RATIO.iter().rev().fold(Dd::ZERO, |sum, c| sum * square + Dd::from_parts(c.0, c.1)) * w;
    let mut ratio = exp_dd(sum) * high.sqrt();
    for j in 0..32 {
        let low = Dd::sum(a, f64::from(j));
        ratio = ratio * low / (low + 0.5);
    }
    ratio * ratio / a
}

// From tools/root_gamma.py, which states what they are: LN_RATIO as exact sums of two numbers.
const LN_RATIO: [(f64, f64); 12] = [
    (-0.125, 0.0),
    (0.005208333333333333, 2.8912057932946783e-19),
    (-0.0015625, 8.673617379884036e-20),
    (0.0011858258928571428, 9.29316147844718e-20),
    (-0.001681857638888889, 9.637352644315594e-20),
    (0.0038341175426136365, -1.182766006347823e-19),
    (-0.012819730318509616, 5.337610695313253e-19),
    (0.059100405375162764, -3.23815048849004e-18),
    (-0.359287374159869, -2.6122894697062506e-17),
    (2.784861777958117, 1.8698493046318425e-16),
    (-26.80572169735318, 1.691768418476429e-16),
    (313.69655055423146, -7.414358981844523e-15),
];
const VARIANCE: [f64; 13] = [
    0.5,
    -0.0625,
    -0.015625,
    0.0048828125,
    0.005615234375,
    -0.001617431640625,
    -0.00452423095703125,
    0.0012314319610595703,
    0.006563842296600342,
    -0.0017266198992729187,
    -0.015112055465579033,
    0.003899613511748612,
    0.05077933016582392,
];
const SKEW: [f64; 13] = [
    0.125,
    0.03125,
    -0.009765625,
    -0.01123046875,
    0.00323486328125,
    0.0090484619140625,
    -0.0024628639221191406,
    -0.013127684593200684,
    0.0034532397985458374,
    0.030224110931158066,
    -0.007799227023497224,
    -0.10155866033164784,
    0.025927031158062164,
];
const KURTOSIS: [f64; 13] = [
    0.1875,
    0.140625,
    -0.0439453125,
    -0.120849609375,
    0.034332275390625,
    0.18711090087890625,
    -0.05047917366027832,
    -0.4492565989494324,
    0.11780094355344772,
    1.5475352760404348,
    -0.3993314952822402,
    -7.260117099940544,
    1.8559215347522695,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_meet() {
        let (below, above) = (RootMoments::new(32f64.next_down()), RootMoments::new(32.0));
        for (b, a) in [
            (below.mean_square, above.mean_square),
            (below.variance, above.variance),
            (below.skewness, above.skewness),
            (below.excess_kurtosis, above.excess_kurtosis),
        ] {
            assert!((b / a - 1.0).abs() < 4e-15, "{b:e} {a:e}");
        }
    }
}
