//! The zeta distribution.
use super::beta_tails::{power, whole};
use super::sums;
use crate::fit::Sample;
use crate::traits::{expect_parameters, smallest_near};
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, hurwitz_zeta, ln_dd, zeta, zeta_derivative, zeta_minus_1};
use rand::Rng;
use rand::distr::Distribution;

/// Zeta distribution, a power law on the positive integers,
///
/// ```text
/// p(k) = k^-s/ζ(s),    k = 1, 2, …,    s = exponent > 1
/// ```
///
/// # Special values
/// The mean is ∞ for s ≤ 2, the variance ∞ for 2 < s ≤ 3 and NaN below (there is no finite mean to measure from), the skewness ∞ for
/// 3 < s ≤ 4 and NaN below, the kurtosis ∞ for 4 < s ≤ 5 and NaN below.
///
/// # Accuracy
/// 4 ulp for probabilities and tails; 1e-14 for moments. Quantiles are exact with respect to `cdf` and `sf`, up to `i64::MAX`.
///
/// # Source
/// P(X > k) = ζ(s, k + 1)/ζ(s) with Hurwitz's function; the lower tail, where it is the smaller one, by summation. Johnson, Kemp &
/// Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), §11.2.20.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Zeta};
/// let law = Zeta::new(2.0)?;
/// assert!((law.pmf(1) - 6.0 / std::f64::consts::PI.powi(2)).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zeta {
    exponent: f64,
}

impl Zeta {
    /// Builds the distribution from its exponent s.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `exponent` is not above 1 and finite.
    pub fn new(exponent: f64) -> Result<Self, Error> {
        let holds = exponent > 1.0 && exponent < f64::INFINITY;
        check::require(holds, "Zeta", "exponent", "above 1 and finite", exponent)?;
        Ok(Self { exponent })
    }

    /// Exponent s.
    pub fn exponent(&self) -> f64 {
        self.exponent
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats: (s′ - s) E ln k + ln ζ(s′) - ln ζ(s).
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let constants = other.ln_constant() - self.ln_constant();
        ((other.exponent - self.exponent) * self.mean_ln() + constants).max(0.0)
    }

    fn ln_constant(&self) -> f64 {
        zeta_minus_1(self.exponent).ln_1p()
    }

    /// E ln k = -ζ′(s)/ζ(s).
    fn mean_ln(&self) -> f64 {
        -zeta_derivative(self.exponent) / zeta(self.exponent)
    }

    fn probability(&self, k: i64) -> Scaled {
        power(ln_dd(whole(k)), Dd::from(-self.exponent)).times(1.0 / zeta(self.exponent))
    }

    /// P(X > k) for k ≥ 1.
    fn upper(&self, k: i64) -> Scaled {
        let first = k as f64 + 1.0;
        let plain = hurwitz_zeta(self.exponent, first);
        if plain > 1e-290 {
            return Scaled::plain(plain / zeta(self.exponent));
        }
        let s = self.exponent;
        let relative = |t: f64| (-s * (t / first).ln_1p()).exp();
        let scale = |t: f64| (first + t) * (8.0 / s).min(1.0);
        self.probability(k.saturating_add(1)).times(sums::total(relative, scale, f64::INFINITY))
    }

    /// P(X ≤ k) by summation.
    fn lower(&self, k: i64) -> f64 {
        sums::power_sum(self.exponent, k) / zeta(self.exponent)
    }

    /// E(X - 1)^n, from differences of ζ - 1.
    fn about_one(&self, n: u32) -> f64 {
        let mut sum = Dd::ZERO;
        let mut coefficient = 1.0;
        for j in 0..=n {
            // (k - 1)^n = Σ C(n, j) (-1)^j k^(n - j)
            sum += Dd::product(coefficient, zeta_minus_1(self.exponent - f64::from(n - j)));
            coefficient *= -f64::from(n - j) / f64::from(j + 1);
        }
        sum.to_f64() / zeta(self.exponent)
    }

    /// Moments as for every law whose moments about 1 exist from some exponent on.
    fn central(&self) -> [f64; 4] {
        let [a, b, c, d] = [1, 2, 3, 4].map(|n| self.about_one(n));
        let variance = b - a * a;
        let third = c - 3.0 * a * b + 2.0 * a * a * a;
        let fourth = d - 4.0 * a * c + 6.0 * a * a * b - 3.0 * a.powi(4);
        [a, variance, third / variance.powf(1.5), fourth / (variance * variance) - 3.0]
    }

    /// The moment of the given order: NaN where the one before is infinite, ∞ where it is itself.
    fn moment(&self, order: u8) -> f64 {
        let s = self.exponent - f64::from(order);
        if s > 1.0 {
            self.central()[usize::from(order) - 1]
        } else if s > 0.0 || order == 1 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }
}

impl DiscreteDistribution for Zeta {
    fn support(&self) -> (i64, i64) {
        (1, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 1 { 0.0 } else { self.probability(k).value() }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        match k {
            ..1 => f64::NEG_INFINITY,
            1 => -self.ln_constant(),
            _ => self.probability(k).ln(),
        }
    }

    fn cdf(&self, k: i64) -> f64 {
        if k < 1 {
            return 0.0;
        }
        let upper = self.upper(k).value();
        if upper < 0.5 { 1.0 - upper } else { self.lower(k) }
    }

    fn sf(&self, k: i64) -> f64 {
        if k < 1 { 1.0 } else { self.upper(k).value() }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 1 {
            return f64::NEG_INFINITY;
        }
        let upper = self.upper(k).value();
        if upper < 0.5 { (-upper).ln_1p() } else { self.lower(k).ln() }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 1 {
            return 0.0;
        }
        let upper = self.upper(k);
        if upper.value() > 0.75 { (-self.lower(k)).ln_1p() } else { upper.ln() }
    }

    fn mean(&self) -> f64 {
        1.0 + self.moment(1)
    }

    fn variance(&self) -> f64 {
        self.moment(2)
    }

    fn skewness(&self) -> f64 {
        self.moment(3)
    }

    fn excess_kurtosis(&self) -> f64 {
        self.moment(4)
    }

    /// ln ζ(s) - s ζ′(s)/ζ(s).
    fn entropy(&self) -> f64 {
        self.ln_constant() + self.exponent * self.mean_ln()
    }

    fn mode(&self) -> i64 {
        1
    }

    /// For p ≥ ½ from the upper tail and 1 - p, which is exact: far out `cdf` does not resolve neighbours.
    fn quantile(&self, p: f64) -> Option<i64> {
        let start = if self.exponent > 2.0 { self.mean() as i64 } else { 1 };
        let reached = |k: i64| if p < 0.5 { self.cdf(k) >= p } else { self.sf(k) <= 1.0 - p };
        if p == 1.0 {
            return smallest_near(self, p, start, 1, |k| self.cdf(k) == 1.0);
        }
        smallest_near(self, p, start, 1, reached)
    }
}

impl Distribution<i64> for Zeta {
    /// Draws beyond `i64::MAX` are given as that.
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        // `rand_distr` refuses no exponent that the constructor takes.
        rand_distr::Zeta::new(self.exponent).map_or(1, |law| law.sample(rng) as i64)
    }
}

impl Parametric for Zeta {
    type Outcome = i64;
    const LAW: &'static str = "Zeta";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("exponent", Domain::Real)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.exponent]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        out[0] = if k < 1 { f64::NAN } else { self.mean_ln() - (k as f64).ln() };
    }

    /// 1 + 1/mean ln(2k), the estimate for the Pareto law from ½ on that the counts round; it uses no moments, which may not exist.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        pareto_exponent(sample).map(|exponent| vec![exponent])
    }
}

pub(super) fn pareto_exponent(sample: &Sample<'_, i64>) -> Result<f64, Error> {
    if sample.max() == 1.0 {
        return Err(
            sample.degenerate("all counts are 1, so that the likelihood rises with the exponent without end")
        );
    }
    Ok(1.0 + 1.0 / sample.average(|k| (2.0 * k).ln()))
}
