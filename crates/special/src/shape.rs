//! Inversion of a tail in one of its shapes.

/// What is looked for: a tail that rises or falls in the shape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Monotone {
    pub rising: bool,
    /// The tail wanted, 0 < target ≤ ½.
    pub target: f64,
}

/// A tail at one shape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    pub value: f64,
    pub ln: f64,
    /// ∂ ln tail by the logarithm of the shape.
    pub slope: f64,
}

/// The shape s > 0 with tail(s) = target, by Newton's method for the logarithms kept inside a bracket.
///
/// 0 or ∞ where the shape lies outside 1e-300 … 1e300.
pub(crate) fn invert(start: f64, goal: Monotone, tail: impl Fn(f64) -> At) -> f64 {
    let ln_target = goal.target.ln();
    let (mut low, mut high) = (1e-300f64, 1e300f64);
    let mut s = start.clamp(1e-290, 1e290);
    for iteration in 0..160 {
        let at = tail(s);
        let mut residual = at.ln - ln_target;
        if residual.abs() < 0.5 && goal.target > 1e-290 {
            // The quotient keeps the digits that a difference of logarithms loses.
            residual = ((at.value - goal.target) / goal.target).ln_1p();
        }
        if residual == 0.0 {
            break;
        }
        if (residual > 0.0) == goal.rising {
            high = s;
        } else {
            low = s;
        }
        let step = -residual / at.slope;
        let newton = s * step.clamp(-700.0, 700.0).exp();
        // Newton's method gets its time; what it leaves, bisection of the exponent finishes.
        if step.abs() < 1e-9 {
            s = newton;
            break; // the next step would be its square
        }
        if newton > low && newton < high && iteration < 60 {
            s = newton;
        } else if (high / low - 1.0).abs() < 4e-16 {
            break;
        } else {
            s = low.sqrt() * high.sqrt();
        }
    }
    if s > 9e299 {
        f64::INFINITY
    } else if s < 2e-300 {
        0.0
    } else {
        s
    }
}

/// The x > 0 with tail(x) = target, for a tail whose slope is not at hand: the secant method of Anderson & Björck (*BIT* 13 (1973)
/// 253–264) for the logarithms, kept inside a bracket.
pub(crate) fn bracketed(start: f64, target: f64, tail: impl Fn(f64) -> f64, rising: bool) -> f64 {
    let residual = |t: f64| {
        let value = tail(t.exp());
        let ratio = value / target;
        let ln = if ratio > 0.5 && ratio < 2.0 { ((value - target) / target).ln_1p() } else { ratio.ln() };
        (if rising { ln } else { -ln }).clamp(-1e4, 1e4)
    };
    // Doubling steps from the start until the sign changes.
    let (mut a, mut fa) = (start.ln(), residual(start.ln()));
    let direction = if fa > 0.0 { -1.0 } else { 1.0 };
    let (mut b, mut fb, mut width) = (a, fa, 0.3);
    while fa * fb > 0.0 {
        if b.abs() > 690.0 {
            return if b > 0.0 { f64::INFINITY } else { 0.0 };
        }
        (a, fa) = (b, fb);
        b = a + direction * width;
        fb = residual(b);
        width *= 2.0;
    }
    for _ in 0..100 {
        if fb == 0.0 || (b - a).abs() < 1e-15 {
            break;
        }
        let c = b - fb * (b - a) / (fb - fa);
        let fc = residual(c);
        if fc * fb < 0.0 {
            (a, fa) = (b, fb);
        } else {
            let shrink = 1.0 - fc / fb;
            fa *= if shrink > 0.0 { shrink } else { 0.5 };
        }
        let moved = (c - b).abs();
        (b, fb) = (c, fc);
        // Below that the tail itself is rounded.
        if moved < 1e-15 * (1.0 + b.abs()) || fc.abs() < 2e-15 {
            break;
        }
    }
    b.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_steps() {
        let power = |s: f64| At {
            value: 0.5f64.powf(s),
            ln: -s * std::f64::consts::LN_2,
            slope: -s * std::f64::consts::LN_2,
        };
        for s in [1.0, 3.5, 400.0] {
            let found = invert(1e3, Monotone { rising: false, target: 0.5f64.powf(s) }, power);
            assert!((found / s - 1.0).abs() < 4e-16, "{s}: {found}");
        }
        // A slope that is of no use.
        let flat = |s: f64| At { slope: 0.0, ..power(s) };
        let found = invert(1e3, Monotone { rising: false, target: 0.125 }, flat);
        assert!((found / 3.0 - 1.0).abs() < 1e-15, "{found}");
    }
}
