//! Moments of a power of a gamma variable, from ratios of Γ in double-double.
use ferronum_special::{Dd, Scaled, exp_dd, ln_dd};

/// Moments of G^(1/c), G a gamma variable of shape `a` and rate 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub mean: Scaled,
    /// Variance over the square of the mean.
    pub relative_variance: f64,
    pub skewness: f64,
    pub excess_kurtosis: f64,
}

impl Moments {
    /// With U_r = ln E(X/μ)^r, E_r = e^(U_r) - 1: variance E₂, third moment E₃ - 3E₂, fourth E₄ - 4E₃ + 6E₂.
    pub fn new(a: f64, c: f64) -> Self {
        let step = Dd::ONE / Dd::from(c);
        let first = ln_ratio(a, step);
        let relative = |r: f64| ln_ratio(a, step * r).rest - first.rest * r;
        let (u2, u3, u4) = (relative(2.0), relative(3.0), relative(4.0));
        let mean = Scaled { mantissa: 1.0, exponent: first.rest + first.ln_base * step };
        if u2.hi() > 1.0 {
            // No cancellation; the powers are taken relative to the largest, which may overflow.
            let power = |u: Dd| u.hi().exp();
            let spread = -(-u2.hi()).exp_m1();
            let third = 1.0 - 3.0 * power(u2 - u3) + 2.0 * power(-u3);
            let fourth = 1.0 - 4.0 * power(u3 - u4) + 6.0 * power(u2 - u4) - 3.0 * power(-u4);
            let scaled = |factor: f64, exponent: Dd| Scaled { mantissa: factor, exponent }.value();
            return Self {
                mean,
                relative_variance: u2.hi().exp_m1(),
                skewness: scaled(third / (spread * spread.sqrt()), u3 - u2 * 1.5),
                excess_kurtosis: scaled(fourth / (spread * spread), u4 - u2 * 2.0) - 3.0,
            };
        }
        let rise = |u: Dd| exp_dd(u) - 1.0;
        let (e2, e3, e4) = (rise(u2), rise(u3), rise(u4));
        let third = e3 - e2 * 3.0;
        let fourth = e4 - e3 * 4.0 + e2 * 6.0 - e2 * e2 * 3.0;
        Self {
            mean,
            relative_variance: e2.to_f64(),
            skewness: (third / (e2 * e2.sqrt())).to_f64(),
            excess_kurtosis: (fourth / (e2 * e2)).to_f64(),
        }
    }
}

/// ln Γ(a + h)/Γ(a) as `rest + h·ln_base`, so that the linear part can be left out of differences.
struct LnRatio {
    rest: Dd,
    ln_base: Dd,
}

/// By Stirling's formula at A = a + n ≥ 40: rest = (A + h - ½) ln(1 + h/A) - h + δ(A + h) - δ(A), and n steps of the recurrence.
fn ln_ratio(a: f64, h: Dd) -> LnRatio {
    let steps = if a < 40.0 { (40.0 - a).ceil() } else { 0.0 };
    let high = Dd::sum(a, steps);
    let mut product = Dd::ONE;
    let mut ln = Dd::ZERO;
    let mut j = 0.0;
    while j < steps {
        let low = Dd::sum(a, j);
        product = product * low / (low + h);
        if product.hi() < 1e-200 {
            ln += ln_dd(product);
            product = Dd::ONE;
        }
        j += 1.0;
    }
    let q = h / high;
    let rest = (high + h - 0.5) * ln_dd(q + 1.0) - h + (remainder(high + h) - remainder(high));
    LnRatio { rest: rest + ln + ln_dd(product), ln_base: ln_dd(high) }
}

/// The remainder of Stirling's formula for x ≥ 40, DLMF 5.11.1: B₂ₖ/(2k(2k-1)x^(2k-1)) with the first term left out below 1e-32.
fn remainder(x: Dd) -> Dd {
    // Numerators and denominators.
    const C: [(f64, f64); 12] = [
        (1.0, 12.0),
        (-1.0, 360.0),
        (1.0, 1260.0),
        (-1.0, 1680.0),
        (1.0, 1188.0),
        (-691.0, 360360.0),
        (1.0, 156.0),
        (-3617.0, 122400.0),
        (43867.0, 244188.0),
        (-174611.0, 125400.0),
        (77683.0, 5796.0),
        (-236364091.0, 1506960.0),
    ];
    let w = Dd::ONE / x;
    let square = w * w;
    let add = |sum: Dd, (top, bottom): &(f64, f64)| sum * square + Dd::from(*top) / Dd::from(*bottom);
    C.iter().rev().fold(Dd::ZERO, add) * w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_law() {
        // Γ(1 + r) = r!.
        let moments = Moments::new(1.0, 1.0);
        assert!((moments.mean.value() - 1.0).abs() < 1e-15);
        assert!((moments.relative_variance - 1.0).abs() < 1e-15);
        assert!((moments.skewness - 2.0).abs() < 1e-15 && (moments.excess_kurtosis - 6.0).abs() < 1e-14);
    }
}
