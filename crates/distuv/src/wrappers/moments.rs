//! Moments and entropy of any law by quadrature of its density.
//!
//! The line is cut at quantiles of both tails down to 2⁻⁶⁴; each piece is integrated by Gauss's formula with 8 points, halved until its
//! halves agree with it to 1e-14 of the whole. An infinite end with the tail of a power, `sf(x) ~ x^-α`, is integrated on
//! a logarithmic scale to the end of the range of `f64`; moments of order α and above are infinite.
use crate::ContinuousDistribution;
use crate::continuous::quadrature::gauss_each;

/// The four moments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub mean: f64,
    pub variance: f64,
    pub skewness: f64,
    pub excess_kurtosis: f64,
}

/// Halvings of a piece: next to a pole at 0 as far as the range of `f64` goes.
const DEPTH: u32 = 1000;

/// Share of the whole by which a piece and its halves may differ.
const TOLERANCE: f64 = 1e-14;

/// Exponents of ½ at whose quantiles the line is cut.
const CUTS: [i32; 7] = [1, 2, 4, 8, 16, 32, 64];

/// Adds `∫ f` over offsets from `start` to `start + width`, given the formula's value on the piece as a whole.
fn refine<const N: usize>(
    (start, width): (f64, f64),
    whole: [f64; N],
    tolerance: &[f64; N],
    depth: u32,
    f: &impl Fn(f64) -> [f64; N],
) -> [f64; N] {
    let half = 0.5 * width;
    let left = gauss_each(half, |t| f(start + t));
    let right = gauss_each(half, |t| f(start + half + t));
    let both: [f64; N] = std::array::from_fn(|i| left[i] + right[i]);
    let settled = (0..N).all(|i| (both[i] - whole[i]).abs() <= tolerance[i]);
    if depth == 0 || settled || start + half == start || both.iter().any(|v| !v.is_finite()) {
        return both;
    }
    let left = refine((start, half), left, tolerance, depth - 1, f);
    let right = refine((start + half, half), right, tolerance, depth - 1, f);
    std::array::from_fn(|i| left[i] + right[i])
}

/// `∫₀ʷ f` of a positive function, to 1e-14 of itself.
pub(super) fn integral(width: f64, f: impl Fn(f64) -> f64) -> f64 {
    let f = |t: f64| [f(t)];
    let whole = gauss_each(width, f);
    refine((0.0, width), whole, &[TOLERANCE * whole[0].abs()], DEPTH, &f)[0]
}

/// A law cut into pieces.
struct Pieces<'a, D: ?Sized> {
    law: &'a D,
    cuts: Vec<f64>,
    origin: f64,
    unit: f64,
    /// α in `P(X < -x) ~ x^-α` and in `P(X > x) ~ x^-α`; ∞ for lighter tails.
    indices: [f64; 2],
}

/// A point: its distance from the origin in units, density, ln density + ln of the measure, and measure.
struct At {
    s: f64,
    x: f64,
    ln_measure: Option<f64>,
    measure: f64,
}

impl<'a, D: ContinuousDistribution + ?Sized> Pieces<'a, D> {
    /// `corners` are points at which the density may have a corner.
    fn new(law: &'a D, corners: &[f64]) -> Self {
        let (low, high) = law.support();
        let mut cuts = vec![low, high];
        for k in CUTS {
            let p = 0.5f64.powi(k);
            cuts.extend([law.quantile(p), law.isf(p)]);
        }
        cuts.extend(corners);
        cuts.retain(|x| x.is_finite() && *x >= low && *x <= high);
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let origin = law.median();
        let spread = law.isf(0.25) - law.quantile(0.25);
        let unit = if spread > 0.0 && spread < f64::INFINITY { spread } else { 1.0 };
        let indices = [low, high].map(|end| if end.is_infinite() { index(law, end) } else { f64::INFINITY });
        Self { law, cuts, origin, unit, indices }
    }

    /// `∫ g`, for a g that gives its values times the density times the measure.
    fn integrate<const N: usize>(&self, g: impl Fn(&At) -> [f64; N]) -> [f64; N] {
        let bodies = self.cuts.windows(2).map(|ends| (ends[0], ends[1] - ends[0], 0.0));
        let mut pieces: Vec<(f64, f64, f64)> = bodies.collect();
        let (first, last) = (self.cuts[0], self.cuts[self.cuts.len() - 1]);
        let mut scales = [1.0; 2];
        for (i, (edge, sign)) in [(first, -1.0), (last, 1.0)].into_iter().enumerate() {
            if self.indices[i] < 60.0 {
                scales[i] = (edge - self.origin).abs().max(self.unit);
                let far = (1e300 / scales[i]).ln().max(1.0);
                let ends = [0.0, 1.0, 8.0, 40.0, 150.0, far.max(150.0)];
                pieces.extend(ends.windows(2).map(|u| (u[0], u[1] - u[0], sign)));
            }
        }
        let value = |(from, _, sign): (f64, f64, f64), t: f64| {
            let at = if sign == 0.0 {
                At { s: ((from - self.origin) + t) / self.unit, x: from + t, ln_measure: None, measure: 1.0 }
            } else {
                // x = edge ± scale (e^u - 1).
                let (edge, scale) = if sign < 0.0 { (first, scales[0]) } else { (last, scales[1]) };
                let u = from + t;
                let beyond = scale * u.exp_m1();
                let x = edge + sign * beyond;
                let s = (edge - self.origin) / self.unit + sign * beyond / self.unit;
                At { s, x, ln_measure: Some(scale.ln() + u), measure: 0.0 }
            };
            g(&at)
        };
        let rough: Vec<[f64; N]> =
            pieces.iter().map(|piece| gauss_each(piece.1, |t| value(*piece, t))).collect();
        let total: [f64; N] =
            std::array::from_fn(|i| rough.iter().map(|v| v[i].abs()).filter(|v| v.is_finite()).sum());
        let tolerance = total.map(|v| TOLERANCE * v);
        let mut sum = [0.0; N];
        for (piece, whole) in pieces.iter().zip(rough) {
            let part = refine((0.0, piece.1), whole, &tolerance, DEPTH, &|t| value(*piece, t));
            sum.iter_mut().zip(part).for_each(|(sum, v)| *sum += v);
        }
        sum
    }

    /// d^k f(x) dx, in logarithms far out, where the power overflows.
    fn weigh<const N: usize>(&self, at: &At, d: f64, powers: [i32; N]) -> [f64; N] {
        match at.ln_measure {
            None => {
                let density = self.law.pdf(at.x) * at.measure;
                powers.map(|k| d.powi(k) * density)
            }
            Some(ln_measure) => {
                let ln = self.law.ln_pdf(at.x) + ln_measure;
                powers.map(|k| (ln + f64::from(k) * d.abs().ln()).exp() * d.signum().powi(k))
            }
        }
    }
}

/// α in `tail(x) ~ |x|^-α` towards an infinite end.
fn index<D: ContinuousDistribution + ?Sized>(law: &D, end: f64) -> f64 {
    let tail = |x: f64| if end > 0.0 { law.ln_sf(x) } else { law.ln_cdf(-x) };
    let (near, far) = (tail(1e100), tail(1e200));
    if near.is_finite() && far.is_finite() { (near - far) / 1e100f64.ln() } else { f64::INFINITY }
}

/// The moments of a law.
pub(super) fn moments<D: ContinuousDistribution + ?Sized>(law: &D, corners: &[f64]) -> Moments {
    let pieces = Pieces::new(law, corners);
    let [down, up] = pieces.indices;
    // A moment of order k is finite above index k.
    let infinite = |k: f64| (down <= k * (1.0 + 1e-9), up <= k * (1.0 + 1e-9));
    let signed = |k: f64, value: f64| match infinite(k) {
        (false, false) => value,
        (false, true) => f64::INFINITY,
        (true, false) => f64::NEG_INFINITY,
        (true, true) => f64::NAN,
    };
    let [total, first] = pieces.integrate(|at| pieces.weigh(at, at.s, [0, 1]));
    let first = first / total;
    let mean = signed(1.0, first.mul_add(pieces.unit, pieces.origin));
    if !mean.is_finite() {
        let variance = if mean.is_nan() { f64::NAN } else { f64::INFINITY };
        return Moments { mean, variance, skewness: f64::NAN, excess_kurtosis: f64::NAN };
    }
    if infinite(2.0) != (false, false) {
        return Moments { mean, variance: f64::INFINITY, skewness: f64::NAN, excess_kurtosis: f64::NAN };
    }
    let central = pieces.integrate(|at| pieces.weigh(at, at.s - first, [2, 3, 4]));
    let [second, third, fourth] = central.map(|v| v / total);
    let kurtosis =
        if infinite(4.0) == (false, false) { fourth / second / second - 3.0 } else { f64::INFINITY };
    Moments {
        mean,
        variance: second * pieces.unit * pieces.unit,
        skewness: signed(3.0, third / (second * second.sqrt())),
        excess_kurtosis: kurtosis,
    }
}

/// -∫ f ln f, with ln f taken in units of the law.
pub(super) fn entropy<D: ContinuousDistribution + ?Sized>(law: &D, corners: &[f64]) -> f64 {
    let pieces = Pieces::new(law, corners);
    let ln_unit = pieces.unit.ln();
    let [total, sum] = pieces.integrate(|at| {
        let [weight] = pieces.weigh(at, 1.0, [0]);
        if weight > 0.0 { [weight, -weight * (law.ln_pdf(at.x) + ln_unit)] } else { [0.0; 2] }
    });
    sum / total + ln_unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Exponential, Gamma, Laplace, Normal, Pareto, StudentT};

    #[track_caller]
    fn check(law: &dyn ContinuousDistribution, digits: f64) {
        let found = moments(law, &[]);
        let near =
            |a: f64, b: f64| assert!((a - b).abs() <= digits * (1.0 + b.abs()), "{a:e}, expected {b:e}");
        near(found.mean, law.mean());
        near(found.variance, law.variance());
        near(found.skewness, law.skewness());
        near(found.excess_kurtosis, law.excess_kurtosis());
        near(entropy(law, &[]), law.entropy());
    }

    #[test]
    fn closed_forms() {
        check(&Normal::new(3.0, 0.5).unwrap(), 2e-13);
        check(&Exponential::new(2.0).unwrap(), 2e-13);
        check(&Laplace::new(0.0, 1.0).unwrap(), 2e-13);
        check(&Gamma::new(0.1, 1.0).unwrap(), 1e-12);
        check(&StudentT::standard(5.0).unwrap(), 1e-12);
        check(&Pareto::new(1.0, 4.2).unwrap(), 1e-11);
    }

    #[test]
    fn infinite_moments() {
        let found = moments(&StudentT::standard(1.0).unwrap(), &[]);
        assert!(found.mean.is_nan() && found.variance.is_nan());
        let found = moments(&StudentT::standard(2.0).unwrap(), &[]);
        assert!(found.mean.abs() < 1e-12 && found.variance == f64::INFINITY && found.skewness.is_nan());
        let found = moments(&Pareto::new(1.0, 1.0).unwrap(), &[]);
        assert!(found.mean == f64::INFINITY && found.variance == f64::INFINITY);
        let found = moments(&Pareto::new(1.0, 3.5).unwrap(), &[]);
        assert!(found.skewness.is_finite() && found.excess_kurtosis == f64::INFINITY);
    }
}
