//! Any law cut to an interval.
use super::moments::{Moments, entropy, integral, moments};
use super::{ln_density, ln_value};
use crate::traits::solve;
use crate::{ContinuousDistribution, Error, check};
use ferronum_special::{Dd, Scaled};
use rand::distr::{Distribution, Open01};
use rand::{Rng, RngExt};

/// A law cut to an interval: the law of X given `lower ≤ X ≤ upper`.
///
/// ```text
/// f(x) = g(x) / (G(upper) - G(lower)),    lower ≤ x ≤ upper
/// ```
///
/// Either end may be infinite. The interval may lie far in a tail, also where its probability is below the range of `f64`.
///
/// # Special values
/// `mode` is the mode of the law before the cut moved into the interval, or the end of larger density. A moment towards an infinite end
/// where the tail falls as x^-α is infinite for orders of α and above.
///
/// # Accuracy
/// A few ulp plus 1e-16 |ln P| for an interval of probability P below 1e-290, beside the accuracy and conditioning of the law before
/// the cut. Moments and entropy to 1e-12, 1e-10 next to an infinite moment; each call integrates anew.
///
/// # Source
/// Probabilities between two points are differences of the smaller tail, or, where that cancels, the integral of the density by
/// Gauss's formula with halving.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Exponential, Truncated};
/// // An exponential waiting time has no memory, however late.
/// let late = Truncated::new(Exponential::new(1.0)?, 1000.0, f64::INFINITY)?;
/// assert!((late.sf(1001.0) - (-1.0f64).exp()).abs() < 1e-13);
/// assert!((late.mean() - 1001.0).abs() < 1e-9);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Truncated<D> {
    inner: D,
    lower: Point,
    upper: Point,
    mass: Scaled,
}

/// A point with the two tails of the law before the cut.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    below: f64,
    above: f64,
}

impl<D: ContinuousDistribution> Truncated<D> {
    /// Builds the law from the one before the cut and the ends of the interval.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if an end is NaN or `lower` < `upper` does not hold, [`Error::Degenerate`] if the interval carries no
    /// probability.
    pub fn new(inner: D, lower: f64, upper: f64) -> Result<Self, Error> {
        check::require(lower < f64::INFINITY, "Truncated", "lower", "a number or -∞", lower)?;
        check::require(upper > lower, "Truncated", "upper", "above lower", upper)?;
        let none = Err(Error::Degenerate { law: "Truncated", reason: "the interval carries no probability" });
        let (low, high) = inner.support();
        let (lower, upper) = (lower.max(low), upper.min(high));
        if lower >= upper {
            return none;
        }
        let point = |x: f64| Point { x, below: inner.cdf(x), above: inner.sf(x) };
        let (lower, upper) = (point(lower), point(upper));
        let mut law = Self { inner, lower, upper, mass: Scaled::plain(1.0) };
        law.mass = law.between(&lower, &upper);
        let holds = law.mass.mantissa > 0.0 && law.mass.exponent.hi().is_finite();
        if holds { Ok(law) } else { none }
    }

    /// The law before the cut.
    pub fn inner(&self) -> &D {
        &self.inner
    }

    /// Lower end of the interval.
    pub fn lower(&self) -> f64 {
        self.lower.x
    }

    /// Upper end of the interval.
    pub fn upper(&self) -> f64 {
        self.upper.x
    }

    /// Logarithm of the probability of the interval before the cut.
    pub fn ln_mass(&self) -> f64 {
        self.mass.ln()
    }

    fn point(&self, x: f64) -> Point {
        Point { x, below: self.inner.cdf(x), above: self.inner.sf(x) }
    }

    /// The probability between two points before the cut.
    fn between(&self, from: &Point, to: &Point) -> Scaled {
        // The smaller tail: the difference of probabilities there, in units of the larger one of the two.
        let by_lower = to.below <= from.above;
        let (outer, inner) = if by_lower { (from.below, to.below) } else { (to.above, from.above) };
        let (exponent, outer, inner) = if inner > 1e-280 {
            (0.0, outer, inner)
        } else {
            let ln = |x: f64| if by_lower { self.inner.ln_cdf(x) } else { self.inner.ln_sf(x) };
            let (far, near) = if by_lower { (ln(from.x), ln(to.x)) } else { (ln(to.x), ln(from.x)) };
            if near == f64::NEG_INFINITY {
                return Scaled::plain(0.0);
            }
            (near, (far - near).exp(), 1.0)
        };
        let mut mantissa = inner - outer;
        if mantissa < 0.5 * inner && to.x > from.x {
            let density = |x: f64| {
                if exponent == 0.0 { self.inner.pdf(x) } else { (self.inner.ln_pdf(x) - exponent).exp() }
            };
            let area = integral(to.x - from.x, |t| density(from.x + t));
            mantissa = if area.is_finite() { area } else { mantissa };
        }
        Scaled { mantissa, exponent: Dd::from(exponent) }
    }

    /// The probability between two points.
    fn share(&self, from: &Point, to: &Point) -> Scaled {
        let part = self.between(from, to);
        Scaled { mantissa: part.mantissa / self.mass.mantissa, exponent: part.exponent - self.mass.exponent }
    }

    /// Where x is outside the interval: 0 below, 1 above.
    fn outside(&self, x: f64) -> Option<f64> {
        if x.is_nan() {
            Some(x)
        } else if x <= self.lower.x {
            Some(0.0)
        } else if x >= self.upper.x {
            Some(1.0)
        } else {
            None
        }
    }

    fn shares(&self, x: f64) -> (Scaled, Scaled) {
        let at = self.point(x);
        (self.share(&self.lower, &at), self.share(&at, &self.upper))
    }

    /// The quantile of the law before the cut, corrected by Newton steps for the logarithm of the smaller tail.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q)) {
            return f64::NAN;
        }
        if p == 0.0 || q == 0.0 {
            return if p == 0.0 { self.lower.x } else { self.upper.x };
        }
        let mass = self.mass.value();
        let (below, above) = (self.lower.below + p * mass, self.upper.above + q * mass);
        let start = if below <= above { self.inner.quantile(below) } else { self.inner.isf(above) };
        if below.min(above) > 1e-280 && start > self.lower.x && start < self.upper.x {
            if let Some(x) = self.polish(p, q, start) {
                return x;
            }
        }
        solve::root(self, p, q)
    }

    fn polish(&self, p: f64, q: f64, start: f64) -> Option<f64> {
        let mut x = start;
        for _ in 0..6 {
            let tail = if p <= q { self.cdf(x) } else { self.sf(x) };
            let step = if p <= q { (p - tail) / self.pdf(x) } else { (tail - q) / self.pdf(x) };
            let next = x + step;
            if !(next > self.lower.x && next < self.upper.x) {
                return None;
            }
            if step.abs() <= 1e-15 * x.abs() {
                return Some(next);
            }
            x = next;
        }
        None
    }

    fn moments(&self) -> Moments {
        moments(self, &[self.inner.mode()])
    }
}

/// A tail from its share and that of the other one, which is the exact one next to 1.
fn tail(share: Scaled, other: Scaled) -> f64 {
    let value = share.value();
    if value > 0.5 { (1.0 - other.value()).clamp(0.0, 1.0) } else { value }
}

impl<D: ContinuousDistribution> ContinuousDistribution for Truncated<D> {
    fn support(&self) -> (f64, f64) {
        (self.lower.x, self.upper.x)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x < self.lower.x || x > self.upper.x {
            return 0.0;
        }
        if self.mass.exponent.hi() == 0.0 {
            return self.inner.pdf(x) / self.mass.mantissa;
        }
        Scaled {
            mantissa: 1.0 / self.mass.mantissa,
            exponent: Dd::from(self.inner.ln_pdf(x)) - self.mass.exponent,
        }
        .value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.lower.x || x > self.upper.x {
            return f64::NEG_INFINITY;
        }
        ln_density(self.pdf(x), || self.inner.ln_pdf(x) - self.mass.ln())
    }

    fn cdf(&self, x: f64) -> f64 {
        self.outside(x).unwrap_or_else(|| {
            let (below, above) = self.shares(x);
            tail(below, above)
        })
    }

    fn sf(&self, x: f64) -> f64 {
        self.outside(x).map(|below| 1.0 - below).unwrap_or_else(|| {
            let (below, above) = self.shares(x);
            tail(above, below)
        })
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return below.ln();
        }
        let (below, above) = self.shares(x);
        ln_value(tail(below, above), || above.value(), || below.ln())
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if let Some(below) = self.outside(x) {
            return (1.0 - below).ln();
        }
        let (below, above) = self.shares(x);
        ln_value(tail(above, below), || below.value(), || above.ln())
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= self.lower.x && x <= self.upper.x { self.inner.score_x(x) } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        self.moments().mean
    }

    fn variance(&self) -> f64 {
        self.moments().variance
    }

    fn skewness(&self) -> f64 {
        self.moments().skewness
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moments().excess_kurtosis
    }

    fn entropy(&self) -> f64 {
        entropy(self, &[self.inner.mode()])
    }

    fn mode(&self) -> f64 {
        let mut best = self.inner.mode().clamp(self.lower.x, self.upper.x);
        for end in [self.lower.x, self.upper.x] {
            if self.inner.ln_pdf(end) > self.inner.ln_pdf(best) {
                best = end;
            }
        }
        best
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }
}

impl<D: ContinuousDistribution + Distribution<f64>> Distribution<f64> for Truncated<D> {
    /// Draws of the law before the cut until one falls into the interval, or the quantile where that is rare.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        if self.mass.value() < 0.1 {
            let p: f64 = rng.sample(Open01);
            return if p < 0.5 { self.quantile(p) } else { self.isf(1.0 - p) };
        }
        loop {
            let x = self.inner.sample(rng);
            if x >= self.lower.x && x <= self.upper.x {
                return x;
            }
        }
    }
}
