//! Exponentials and logarithms in double-double, and probabilities written as exponentials.
use ferronum_special::{Dd, Scaled, ln_dd};

/// ln 2 and π in double-double.
pub(crate) const LN_2: Dd = Dd::from_parts(std::f64::consts::LN_2, 2.3190468138462996e-17);
pub(crate) const PI: Dd = Dd::from_parts(std::f64::consts::PI, 1.2246467991473532e-16);

/// e^x: one Newton step on the logarithm of the rounded power, relative error below 2⁻⁹⁰. 0 and ∞ beyond the range of `f64`.
pub(crate) fn exp_dd(x: Dd) -> Dd {
    let power = x.hi().exp();
    if power == 0.0 || !power.is_finite() {
        return Dd::from(power);
    }
    let step = (x - ln_dd(Dd::from(power))).hi();
    Dd::from(power) + Dd::product(power, step) + 0.5 * power * step * step
}

/// e^x - 1, relative error below 2⁻⁷⁸.
pub(crate) fn expm1_dd(x: Dd) -> Dd {
    if x.hi().abs() > 2f64.powi(-8) {
        return exp_dd(x) - 1.0;
    }
    // Taylor: the first term left out, x¹⁰/10!, is below 2⁻⁹³ of x. The last five terms need no second part.
    const TAIL: [f64; 5] = [1.0 / 362880.0, 1.0 / 40320.0, 1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0];
    let h = x.hi();
    let tail = TAIL.iter().fold(0.0, |sum, c| sum * h + c);
    let mut sum = Dd::from(1.0) / 24.0 + x * tail;
    sum = x * sum + Dd::from(1.0) / 6.0;
    sum = x * sum + 0.5;
    x + x * x * sum
}

/// ln(1 + x) for x > -1, relative error below 2⁻⁷⁰.
pub(crate) fn ln1p_dd(x: Dd) -> Dd {
    if x.hi().abs() < 2f64.powi(-30) {
        // The first term left out, x⁴/4, is below 2⁻⁹² of x.
        return x - x * x * (Dd::from(0.5) - x / 3.0);
    }
    ln_dd(x + 1.0)
}

/// ln(1 - e^-h) for h > 0.
pub(crate) fn ln1m_exp_dd(h: Dd) -> Dd {
    if h.hi() < 0.7 { ln_dd(-expm1_dd(-h)) } else { ln1p_dd(-exp_dd(-h)) }
}

/// ln(1 + e^y).
pub(crate) fn softplus_dd(y: Dd) -> Dd {
    if y.hi() > 0.0 { y + ln1p_dd(exp_dd(-y)) } else { ln1p_dd(exp_dd(y)) }
}

/// ln(x / scale), a quotient out of range included.
pub(crate) fn ln_ratio(x: Dd, scale: f64) -> Dd {
    let quotient = x.hi() / scale;
    if quotient > 1e-270 && quotient < 1e270 && x.hi() > 1e-270 && x.hi() < 1e290 && scale > 1e-270 {
        ln_dd(x / scale)
    } else {
        ln_dd(x) - ln_dd(Dd::from(scale))
    }
}

/// e^x as `f64`, its last digit right for any size of x.
#[inline]
pub(crate) fn power(x: Dd) -> f64 {
    Scaled { mantissa: 1.0, exponent: x }.value()
}

/// 1 - e^-h for h ≥ 0.
#[inline]
pub(crate) fn power_rest(h: Dd) -> f64 {
    let hi = h.hi();
    if hi == f64::INFINITY { 1.0 } else { -(-hi).exp_m1() + h.lo() * (-hi).exp() }
}

/// ln(1 - e^-h) for h ≥ 0 as `f64`.
#[inline]
pub(crate) fn ln_power_rest(h: Dd) -> f64 {
    if h.hi() > 0.7 { (-power(-h)).ln_1p() } else { power_rest(h).ln() }
}

/// scale · e^t, with no overflow on the way.
pub(crate) fn grown(scale: f64, t: f64) -> f64 {
    if t.abs() < 700.0 { scale * t.exp() } else { (scale.ln() + t).exp() }
}

/// e^x - 1 - x without cancellation.
pub(crate) fn expm1_minus_x(x: f64) -> f64 {
    // Below, the next term x³/24 is 2⁻⁵⁴ of the first; above, the double-double difference keeps 2⁻⁵⁴.
    if x.abs() < 2f64.powi(-25) { 0.5 * x * x * (1.0 + x / 3.0) } else { (expm1_dd(Dd::from(x)) - x).hi() }
}

/// A law whose one tail is e^-h with h = e^y: Weibull, Gumbel, Fréchet, Rayleigh and their relatives, told apart by y(x).
#[derive(Debug, Clone, Copy)]
pub(crate) struct DoubleExponential {
    y: Dd,
    h: Dd,
}

impl DoubleExponential {
    /// From y = ln h, infinite at the ends of the support.
    pub fn new(y: Dd) -> Self {
        Self { y, h: exp_dd(y) }
    }

    /// e^-h.
    pub fn tail(&self) -> f64 {
        power(-self.h)
    }

    /// 1 - e^-h.
    pub fn rest(&self) -> f64 {
        power_rest(self.h)
    }

    /// -h.
    pub fn ln_tail(&self) -> f64 {
        -self.h.hi()
    }

    /// ln(1 - e^-h), which is y where h itself underflows.
    pub fn ln_rest(&self) -> f64 {
        if self.y.hi() < -40.0 { self.y.hi() } else { ln_power_rest(self.h) }
    }

    /// ln(h e^-h) + `slope`, where `slope` = ln |dy/dx|.
    pub fn ln_density(&self, slope: Dd) -> Dd {
        if self.h.hi() == f64::INFINITY { Dd::from(f64::NEG_INFINITY) } else { self.y - self.h + slope }
    }

    /// h, which may be 0 or ∞.
    pub fn hazard(&self) -> f64 {
        self.h.hi()
    }
}

/// -ln(1 - p): the h with 1 - e^-h = p; NaN for p outside \[0, 1\].
pub(crate) fn hazard_below(p: f64) -> f64 {
    if (0.0..=1.0).contains(&p) { -(-p).ln_1p() } else { f64::NAN }
}

/// -ln p: the h with e^-h = p; NaN for p outside \[0, 1\].
pub(crate) fn hazard_above(p: f64) -> f64 {
    if (0.0..=1.0).contains(&p) { -p.ln() } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(actual: Dd, expected: &str, bits: i32) {
        let expected: Dd = expected.parse().unwrap();
        let error = ((actual - expected) / expected).abs().hi();
        assert!(error < 2f64.powi(-bits), "{actual:?}: {error:e}");
    }

    #[test]
    fn digits_beyond_f64() {
        // mpmath, 40 digits
        close(exp_dd(Dd::from(1.0)), "2.718281828459045235360287471352662497757", 90);
        close(exp_dd(Dd::from(-700.5)), "5.980196118639791206412107330495100047981e-305", 54);
        close(expm1_dd(Dd::from(0.00390625)), "0.003913889338347573443609603903460281898814", 78);
        close(expm1_dd(Dd::from(0.00390626)), "0.003913899377486516963159483690612823250847", 78);
        close(expm1_dd(Dd::from(1e-20)), "9.999999999999999451582714542095716511811e-21", 54);
        close(ln1p_dd(Dd::from(1e-9)), "9.999999995000000626149247285815983569321e-10", 70);
        close(ln1p_dd(Dd::from(-0.5)), "-0.6931471805599453094172321214581765680755", 90);
        close(ln1m_exp_dd(Dd::from(1e-5)), "-11.51293046496606167162064917953394842866", 80);
        close(ln1m_exp_dd(Dd::from(3.0)), "-0.05106918094270158653872374052225925040403", 80);
        close(softplus_dd(Dd::from(2.0)), "2.126928011042972496443726806358304431434", 90);
    }

    #[test]
    fn ends() {
        let (low, high) = (Dd::from(f64::NEG_INFINITY), Dd::from(f64::INFINITY));
        let (none, all) = (DoubleExponential::new(low), DoubleExponential::new(high));
        assert_eq!(
            (none.tail(), none.rest(), none.ln_tail(), none.ln_rest()),
            (1.0, 0.0, 0.0, f64::NEG_INFINITY)
        );
        assert_eq!(
            (all.tail(), all.rest(), all.ln_tail(), all.ln_rest()),
            (0.0, 1.0, f64::NEG_INFINITY, 0.0)
        );
        assert_eq!(DoubleExponential::new(Dd::from(-1e6)).ln_rest(), -1e6);
        assert_eq!(all.ln_density(Dd::ZERO).hi(), f64::NEG_INFINITY);
    }
}
