//! Bandwidths for kernel density estimates.
use crate::Error;
use std::f64::consts::PI;

/// How wide the kernel of a [`Kde`](crate::Kde) is: its standard deviation h.
///
/// s is the standard deviation of the sample (divisor n - 1), IQR the distance of its quartiles (type 7), n its size. Weights do not
/// enter the rules.
///
/// # Source
/// Silverman, *Density Estimation* (1986), eq. 3.31; Scott, *Multivariate Density Estimation* (1992), eq. 6.42; Sheather & Jones,
/// *J. R. Statist. Soc. B* 53 (1991) 683–690, "solve the equation".
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Bandwidth {
    /// h as given.
    Fixed(f64),
    /// `0.9 min(s, IQR/1.34) n^(-1/5)`: a safe choice, also for two peaks. s alone, or 1, where the IQR, or s too, is 0.
    Silverman,
    /// `1.06 min(s, IQR/1.34) n^(-1/5)`: for a single peak like the normal one.
    Scott,
    /// The solution of Sheather's and Jones's equation, with all n²/2 differences of the sample.
    SheatherJones,
}

impl Bandwidth {
    /// The bandwidth for a sorted sample.
    pub(super) fn of(self, sorted: &[f64]) -> Result<f64, Error> {
        let degenerate = |reason| Error::Degenerate { law: "Kde", reason };
        let n = sorted.len() as f64;
        let deviation = std_dev(sorted);
        let quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        let rule = |factor: f64| {
            if n < 2.0 {
                return Err(degenerate("a bandwidth rule needs two observations or more"));
            }
            let spread = deviation.min(quartiles / 1.34);
            let first = sorted[0].abs();
            let candidates = [spread, deviation, first, 1.0];
            let spread = candidates.into_iter().find(|s| *s > 0.0).unwrap_or(1.0);
            Ok(factor * spread * n.powf(-0.2))
        };
        match self {
            Self::Fixed(h) => Ok(h),
            Self::Silverman => rule(0.9),
            Self::Scott if deviation.min(quartiles) == 0.0 => {
                Err(degenerate("the quartiles coincide, Scott's rule gives no bandwidth"))
            }
            Self::Scott => rule(1.06),
            Self::SheatherJones => sheather_jones(sorted, deviation.min(quartiles / 1.349))
                .ok_or_else(|| degenerate("the equation of Sheather and Jones has no solution")),
        }
    }
}

fn std_dev(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x[0] + x.iter().map(|v| v - x[0]).sum::<f64>() / n;
    (x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// The quantile of type 7 of a sorted sample.
fn quantile(x: &[f64], p: f64) -> f64 {
    let h = p * (x.len() - 1) as f64;
    let low = h.floor() as usize;
    let high = (low + 1).min(x.len() - 1);
    x[low] + (h - low as f64) * (x[high] - x[low])
}

/// Σ over pairs of distinct observations of g((xᵢ - xⱼ)²/h²) e^(-(xᵢ-xⱼ)²/(2h²)); terms below e^-500 are left out.
fn pairs(sorted: &[f64], h: f64, g: impl Fn(f64) -> f64) -> f64 {
    let mut sum = 0.0;
    for (i, x) in sorted.iter().enumerate() {
        for y in &sorted[i + 1..] {
            let z = (y - x) / h;
            let square = z * z;
            if square >= 1000.0 {
                break;
            }
            sum += (-0.5 * square).exp() * g(square);
        }
    }
    2.0 * sum
}

/// The estimate of ∫ (f″)² with bandwidth h.
fn roughness(sorted: &[f64], h: f64) -> f64 {
    let n = sorted.len() as f64;
    let sum = pairs(sorted, h, |s| s * s - 6.0 * s + 3.0) + 3.0 * n;
    sum / (n * (n - 1.0) * h.powi(5) * (2.0 * PI).sqrt())
}

/// The estimate of ∫ (f‴)² with bandwidth h.
fn roughness_of_slope(sorted: &[f64], h: f64) -> f64 {
    let n = sorted.len() as f64;
    let sum = pairs(sorted, h, |s| ((s - 15.0) * s + 45.0) * s - 15.0) - 15.0 * n;
    -sum / (n * (n - 1.0) * h.powi(7) * (2.0 * PI).sqrt())
}

/// The root of `(R(K)/(n S(α(h))))^(1/5) = h` with α(h) = 1.357 (S(a)/T(b))^(1/7) h^(5/7), by bisection.
fn sheather_jones(sorted: &[f64], scale: f64) -> Option<f64> {
    let n = sorted.len() as f64;
    if n < 2.0 || scale.is_nan() || scale <= 0.0 {
        return None;
    }
    let a = 1.24 * scale * n.powf(-1.0 / 7.0);
    let b = 1.23 * scale * n.powf(-1.0 / 9.0);
    let alpha = 1.357 * (roughness(sorted, a) / roughness_of_slope(sorted, b)).powf(1.0 / 7.0);
    let constant = 1.0 / (2.0 * PI.sqrt() * n);
    let excess = |h: f64| (constant / roughness(sorted, alpha * h.powf(5.0 / 7.0))).powf(0.2) - h;
    let reach = 1.144 * scale * n.powf(-0.2);
    let (mut low, mut high) = (0.1 * reach, reach);
    for _ in 0..40 {
        if excess(low) > 0.0 && excess(high) < 0.0 {
            break;
        }
        (low, high) = (low / 1.2, high * 1.2);
    }
    let (mut at_low, mut at_high) = (excess(low), excess(high));
    if !(at_low > 0.0 && at_high < 0.0) {
        return None;
    }
    for step in 0..100 {
        let secant = low + (high - low) * (at_low / (at_low - at_high));
        let middle = 0.5 * (low + high);
        let h = if step % 3 != 0 && secant > low && secant < high { secant } else { middle };
        let value = excess(h);
        if value.is_nan() {
            return None;
        }
        if value > 0.0 {
            (low, at_low) = (h, value);
        } else {
            (high, at_high) = (h, value);
        }
        if high - low <= 4e-16 * high || value == 0.0 {
            break;
        }
    }
    Some(if at_low < -at_high { low } else { high })
}
