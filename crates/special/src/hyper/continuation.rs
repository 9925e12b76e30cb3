//! Continuation of the Gauss function towards its singular point 1 by Taylor steps of its differential equation.
use super::series::Series;
use crate::big::Big;
use crate::double_ln::ln_dd;
use crate::scaled::Scaled;
use ferronum_dd::Dd;

/// 2F1(a, b; c; 1 - w) for 0 < w ≤ ½, w = numerator/denominator, and the bits to which the start is right.
///
/// F and θ = w dF/dw come from the series at w = ½. From w₀ = 2^-j a Taylor series carries them to w₀/2, half its radius of
/// convergence: with F = Σ v_k τ^k, w = w₀(1 + τ), DLMF 15.10.1 gives
///
/// ```text
/// (1-w₀)(k+1)(k+2) v_(k+2) = w₀(k+a)(k+b) v_k - (k+1)[(1-2w₀)k + 1 - s - (a+b+1)w₀] v_(k+1),   s = c - a - b
/// ```
///
/// Nothing depends on whether `s` is an integer. Below 2^-(100 + …) only the leading term of each local solution is left, so that
/// F = F₀ + θ₀ ((w/w₀)^s - 1)/s.
pub(super) fn continued<const N: usize>(
    a: Dd,
    b: Dd,
    c: Dd,
    (top, bottom): (Dd, Dd),
) -> Option<(Scaled, i64)> {
    let half = (Dd::ONE, Dd::from(2.0));
    let (value, bits) = Series { upper: &[a, b], lower: &[c], z: half }.sum::<N>()?;
    let (slope, slope_bits) = Series { upper: &[a + 1.0, b + 1.0], lower: &[c + 1.0], z: half }.sum::<N>()?;
    let big = |x: Dd| Big::<N>::from_dd(x);
    let (a, b, c) = (big(a), big(b), big(c));
    let one = Big::from_f64(1.0);
    let slope = slope.mul(a).mul(b).mul(c.recip()).scale(-1).neg();
    let s = c.sub(a).sub(b);
    let equation = Equation { a, b, one_minus_s: one.sub(s), sum: a.add(b).add(one) };
    let w = big(top).mul(big(bottom).recip());
    let depth = 100 + 2 * [a, b, c].iter().map(Big::exponent).max().unwrap_or(0).max(0);
    let (found, lost) = equation.walk((value, slope), s, (w, top, bottom), depth)?;
    // The leading terms are wrong by 2^-100 of F₀: no answer where they cancel by more than 2^40.
    if lost > 40 { None } else { Some((found, bits.min(slope_bits))) }
}

/// F₀ + θ₀ (e^(s·l) - 1)/s.
fn leading<const N: usize>(value: Big<N>, slope: Big<N>, s: Big<N>, l: Dd) -> Scaled {
    let high = s.to_f64();
    let sl = (Dd::from(high) + s.sub(Big::from_f64(high)).to_f64()) * l;
    if sl.hi().abs() < 1e-3 {
        // (e^(sl) - 1)/s = l (1 + sl/2 + …)
        let y = sl.hi();
        let rise = l * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y / 120.0))));
        return value.add(slope.mul(Big::from_dd(rise))).to_scaled();
    }
    let ratio = slope.mul(s.recip());
    let constant = value.sub(ratio);
    if sl.hi() < 600.0 {
        return constant.add(ratio.mul(exponential(sl))).to_scaled();
    }
    let dominant = ratio.to_scaled();
    Scaled { exponent: dominant.exponent + sl, ..dominant }
}

/// e^x to double precision, for x < 600.
fn exponential<const N: usize>(x: Dd) -> Big<N> {
    if x.hi() < -600.0 {
        return Big::ZERO;
    }
    let e = x.hi().exp();
    Big::from_f64(e).add(Big::from_f64(e * x.lo()))
}

struct Equation<const N: usize> {
    a: Big<N>,
    b: Big<N>,
    one_minus_s: Big<N>,
    /// a + b + 1
    sum: Big<N>,
}

impl<const N: usize> Equation<N> {
    /// From w = ½ to w, stepping as far as 2^-depth and from there by the leading terms; with the bits that these cancel.
    fn walk(
        &self,
        start: (Big<N>, Big<N>),
        s: Big<N>,
        (w, top, bottom): (Big<N>, Dd, Dd),
        depth: i64,
    ) -> Option<(Scaled, i64)> {
        let one = Big::<N>::from_f64(1.0);
        let (mut value, mut slope) = start;
        let target = (-w.exponent()).min(depth);
        for j in 1..target {
            (value, slope) = self.step(j, value, slope, Big::from_f64(-0.5))?;
        }
        if -w.exponent() <= depth {
            // 2^-(target + 1) ≤ w < 2^-target.
            let tau = w.scale(target.max(1)).sub(one);
            value = self.step(target.max(1), value, slope, tau)?.0;
            return Some((super::confluent::plain_or_scaled(value.to_f64(), value.to_scaled()), 0));
        }
        let (_, tiny) = self.step(target, value, slope, Big::ZERO)?;
        let ln_ratio = ln_dd(top) - ln_dd(bottom) + crate::double_ln::LN_2_DD * target as f64;
        let found = leading(value, tiny, s, ln_ratio);
        let size = value.exponent().max(tiny.exponent() - s.exponent().clamp(-10, 0));
        let magnitude = Scaled { mantissa: found.mantissa.abs(), ..found };
        Some((found, size - (magnitude.ln() / std::f64::consts::LN_2) as i64))
    }

    /// F and θ at w₀(1 + τ) from those at w₀ = 2^-j, |τ| ≤ ½.
    fn step(&self, j: i64, value: Big<N>, slope: Big<N>, tau: Big<N>) -> Option<(Big<N>, Big<N>)> {
        let one = Big::<N>::from_f64(1.0);
        let w0 = one.scale(-j);
        let inverse = one.sub(w0).recip();
        let twist = one.sub(w0.scale(1));
        let shift = self.one_minus_s.sub(self.sum.scale(-j));
        let (mut v, mut next) = (value, slope);
        let (mut power, mut sum, mut rise) = (one, Big::ZERO, Big::ZERO);
        let mut largest = i64::MIN / 4;
        let mut small = 0;
        for k in 0..20_000u32 {
            let term = v.mul(power);
            sum = sum.add(term);
            let at = Big::from_f64(f64::from(k));
            let up = at.add(one);
            let slope_term = next.mul(power).mul(up);
            rise = rise.add(slope_term);
            largest = largest.max(term.exponent()).max(slope_term.exponent());
            let current = term.exponent().max(slope_term.exponent());
            small = if current < largest - 64 * N as i64 - 2 { small + 1 } else { 0 };
            if small > 2 {
                return Some((sum, rise.mul(one.add(tau))));
            }
            let first = v.mul(at.add(self.a)).mul(at.add(self.b)).scale(-j);
            let second = next.mul(twist.mul(at).add(shift)).mul(up);
            let count = u64::from(k);
            let after = first.sub(second).mul(inverse).div_u64((count + 1) * (count + 2));
            (v, next) = (next, after);
            power = power.mul(tau);
        }
        None
    }
}
