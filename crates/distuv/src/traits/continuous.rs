//! The trait of continuous distributions.
use super::solve;
use crate::vector::table;
use rand::Rng;
use rand::distr::Distribution;

/// A continuous distribution on the real line.
///
/// The required methods are those whose accuracy no other one can supply: `pdf` cannot come from `exp(ln_pdf)` nor `sf` from
/// `1 - cdf` without loss of digits, and `ln_cdf` has to be right where `cdf` underflows. The provided ones lose nothing:
/// [`quantile`](Self::quantile) and [`isf`](Self::isf) bracket the root of the smaller tail, and laws with a better method override them.
///
/// NaN in gives NaN; `quantile` and `isf` give NaN for a probability outside \[0, 1\], and the ends of the support at 0 and 1.
pub trait ContinuousDistribution {
    /// The interval that carries all probability, `(lower, upper)`, infinite ends included.
    fn support(&self) -> (f64, f64);

    /// Density at `x`; 0 outside the support, ∞ at a pole.
    fn pdf(&self, x: f64) -> f64;

    /// Logarithm of the density, right where the density underflows; -∞ outside the support.
    fn ln_pdf(&self, x: f64) -> f64;

    /// Distribution function P(X ≤ x), with full relative accuracy in the lower tail.
    fn cdf(&self, x: f64) -> f64;

    /// Upper tail P(X > x), with full relative accuracy.
    fn sf(&self, x: f64) -> f64;

    /// ln P(X ≤ x), right where `cdf` underflows and next to 1.
    fn ln_cdf(&self, x: f64) -> f64;

    /// ln P(X > x), right where `sf` underflows and next to 1.
    fn ln_sf(&self, x: f64) -> f64;

    /// Derivative of `ln_pdf` by x; NaN outside the support, at a corner of the density the derivative from the right.
    fn score_x(&self, x: f64) -> f64;

    /// Mean; ∞ where it is infinite, NaN where it does not exist.
    fn mean(&self) -> f64;

    /// Variance; ∞ where it is infinite, NaN where it does not exist.
    fn variance(&self) -> f64;

    /// Skewness E(X-μ)³/σ³; ∞ or NaN as the law's documentation says.
    fn skewness(&self) -> f64;

    /// Kurtosis E(X-μ)⁴/σ⁴ minus 3; ∞ or NaN as the law's documentation says.
    fn excess_kurtosis(&self) -> f64;

    /// Differential entropy -E ln f(X), in nats.
    fn entropy(&self) -> f64;

    /// A point of largest density.
    fn mode(&self) -> f64;

    /// The `x` with `cdf(x) = p`.
    fn quantile(&self, p: f64) -> f64 {
        solve::root(self, p, 1.0 - p)
    }

    /// The `x` with `sf(x) = p`: the quantile counted from the upper end, accurate for small `p`.
    fn isf(&self, p: f64) -> f64 {
        solve::root(self, 1.0 - p, p)
    }

    /// The point that halves the probability.
    fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Standard deviation, √variance.
    fn std_dev(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Writes `pdf(x)` of each x.
    ///
    /// This and the other forms for slices agree with those for one number to 2e-14, relatively and beside the conditioning: laws on
    /// elementary functions are evaluated in wide registers, others, from 16,384 elements on, by piecewise polynomials made from
    /// the scalar function.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn pdf_into(&self, x: &[f64], out: &mut [f64]) {
        table::pdf(self, x, out);
    }

    /// Writes `ln_pdf(x)` of each x.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn ln_pdf_into(&self, x: &[f64], out: &mut [f64]) {
        map(x, out, |x| self.ln_pdf(x));
    }

    /// Writes `cdf(x)` of each x.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn cdf_into(&self, x: &[f64], out: &mut [f64]) {
        table::cdf(self, x, out);
    }

    /// Writes `quantile(p)` of each p.
    ///
    /// # Panics
    /// If the slices differ in length.
    fn quantile_into(&self, p: &[f64], out: &mut [f64]) {
        table::quantile(self, p, out);
    }

    /// Fills a slice with independent draws: the same numbers as drawing one by one.
    fn fill<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [f64])
    where
        Self: Sized + Distribution<f64>,
    {
        out.iter_mut().for_each(|x| *x = self.sample(rng));
    }
}

/// Writes `f(x)` of each x.
pub(crate) fn map(x: &[f64], out: &mut [f64], f: impl Fn(f64) -> f64) {
    assert_eq!(x.len(), out.len(), "{} arguments and room for {} values", x.len(), out.len());
    x.iter().zip(out).for_each(|(x, out)| *out = f(*x));
}
