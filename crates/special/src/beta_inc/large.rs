//! The incomplete beta function for two large shapes near the mean.
use crate::erf::erfcx_positive;
use crate::scaled::Scaled;
use crate::tail::{Side, Tails};
use ferronum_dd::Dd;

/// Terms kept at most. For b ≥ 100 and |λ| ≤ 0.03 b the twentieth is below 1e-17.
const TERMS: usize = 21;

/// Tails for a ≥ b ≥ 100 and |λ| ≤ 0.03 b, λ = a y - b x, where `f` ≥ 0 is minus the exponent of the weight.
///
/// On the axis s with e^(-s²) = (t/x₀)^a ((1-t)/y₀)^b the integrand is Gaussian times Σ d_k w^k s^k; term by term it gives
/// half-range Gaussian moments J_k. All is divided by e^(-f), so that the far tail keeps its digits.
///
/// # Source
/// DiDonato & Morris, ACM TOMS 18 (1992) 360–373, §9 (BASYM).
pub(super) fn tails(a: f64, b: f64, lambda: f64, f: Dd, weight: Scaled) -> Tails {
    // The paper's tail is the one on the side of x; on the other side the roles of (a, x) and (b, y) are exchanged.
    let (side, a, b) = if lambda >= 0.0 { (Side::Lower, a, b) } else { (Side::Upper, b, a) };
    let mantissa = expansion(a, b, f.hi().max(0.0), weight.mantissa);
    Tails { side, tail: Scaled { mantissa, exponent: weight.exponent } }
}

fn expansion(a: f64, b: f64, f: f64, peak: f64) -> f64 {
    let (h, r0, r1, w0) = if a < b {
        let h = a / b;
        (h, 1.0 / (1.0 + h), (b - a) / b, 1.0 / (a * (1.0 + h)).sqrt())
    } else {
        let h = b / a;
        (h, 1.0 / (1.0 + h), (b - a) / a, 1.0 / (b * (1.0 + h)).sqrt())
    };
    let e1 = 0.125f64.sqrt(); // 2^(-3/2)
    let (z0, z2) = (f.sqrt(), 2.0 * f);
    let z = z2.sqrt();
    let (mut a0, mut b0, mut c, mut d) = ([0.0; TERMS], [0.0; TERMS], [0.0; TERMS], [0.0; TERMS]);
    a0[0] = 2.0 / 3.0 * r1;
    c[0] = -0.5 * a0[0];
    d[0] = -c[0];
    // J_0 = √π/4 · erfcx(z₀) and J_1; then J_n = e₁ z^(n-1) + (n - 1) J_(n-2).
    let (mut j0, mut j1) = (0.44311346272637897 * erfcx_positive(z0), e1);
    let mut sum = j0 + d[0] * w0 * j1;
    let (mut s, h2, mut hn, mut w) = (1.0, h * h, 1.0, w0);
    let (mut below, mut power) = (z, z2);
    let mut n = 2;
    while n < TERMS {
        let m = n as f64;
        hn *= h2;
        a0[n - 1] = 2.0 * r0 * (1.0 + h * hn) / (m + 2.0);
        s += hn;
        a0[n] = 2.0 * r1 * s / (m + 3.0);
        for i in n..=n + 1 {
            let r = -0.5 * (i as f64 + 1.0);
            b0[0] = r * a0[0];
            for k in 2..=i {
                let mut total = 0.0;
                for j in 1..k {
                    total += (j as f64 * r - (k - j) as f64) * a0[j - 1] * b0[k - j - 1];
                }
                b0[k - 1] = r * a0[k - 1] + total / k as f64;
            }
            c[i - 1] = b0[i - 1] / (i as f64 + 1.0);
            let crossed: f64 = (1..i).map(|j| d[i - j - 1] * c[j - 1]).sum();
            d[i - 1] = -(crossed + c[i - 1]);
        }
        j0 = e1 * below + (m - 1.0) * j0;
        j1 = e1 * power + m * j1;
        below *= z2;
        power *= z2;
        w *= w0;
        let t0 = d[n - 1] * w * j0;
        w *= w0;
        let t1 = d[n] * w * j1;
        sum += t0 + t1;
        if t0.abs() + t1.abs() <= 1e-17 * sum {
            break;
        }
        n += 2;
    }
    // 2/√π · sum · e^-(δ(a)+δ(b)-δ(a+b)), the last factor from the weight's own mantissa at its peak.
    let gaussian = (std::f64::consts::TAU * (1.0 + h) / f64::min(a, b)).sqrt();
    std::f64::consts::FRAC_2_SQRT_PI * sum * (peak * gaussian)
}
