//! The hypergeometric distribution.
use super::beta_tails::{power, weight, whole};
use super::sums::{self, ln, value};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Hypergeometric distribution: the number of successes in n draws without replacement from a population of N with K successes,
///
/// ```text
/// p(k) = C(K, k) C(N - K, n - k)/C(N, n),    max(0, n + K - N) ≤ k ≤ min(n, K)
/// ```
///
/// with N = population ≤ 2⁶⁰, K = successes, n = draws.
///
/// # Special values
/// Where only one value is possible (n or K is 0 or N) the variance is 0 and skewness and kurtosis are NaN.
///
/// # Accuracy
/// 2e-14 for probabilities, tails and their logarithms. The tail that is away from the mean is the one computed, down to values far below
/// the range of `f64`; quantiles are exact with respect to `cdf` and `sf`. A tail costs at most 1000 terms, or 20 evaluations of p for
/// each standard deviation of its length.
///
/// # Source
/// p(k) as b(k; K, n/N) b(n-k; N-K, n/N)/b(n; N, n/N) with binomial probabilities b, in which nothing cancels (Loader, *Fast and
/// accurate computation of binomial probabilities*, 2000). Tails by summation of ratios; those longer than 1000 terms by the
/// integral of p with the corrections of a sum (`sums::total`). Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed.
/// (2005), ch. 6.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Hypergeometric};
/// let aces = Hypergeometric::new(52, 4, 5)?; // a hand of poker
/// assert!((aces.sf(1) - 0.04168436605).abs() < 1e-11);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hypergeometric {
    population: i64,
    successes: i64,
    draws: i64,
}

/// The law in a form with 2n ≤ N, 2K ≤ N and n ≤ K, where the support is 0, …, n.
#[derive(Clone, Copy)]
struct Reduced {
    population: i64,
    successes: i64,
    draws: i64,
    /// k of the law is `offset` + or - k of this one.
    offset: i64,
    mirrored: bool,
}

impl Hypergeometric {
    /// Builds the distribution from the sizes of the population, of its part that counts as a success, and of the sample.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `population` is not between 0 and 2⁶⁰, or `successes` or `draws` not between 0 and `population`.
    pub fn new(population: i64, successes: i64, draws: i64) -> Result<Self, Error> {
        check::count_up_to_limit("Hypergeometric", "population", population)?;
        let part = |name, value: i64| {
            let holds = (0..=population).contains(&value);
            check::require(holds, "Hypergeometric", name, "between 0 and population", value as f64)
        };
        part("successes", successes)?;
        part("draws", draws)?;
        Ok(Self { population, successes, draws })
    }

    /// Size N of the population.
    pub fn population(&self) -> i64 {
        self.population
    }

    /// Number K of successes in the population.
    pub fn successes(&self) -> i64 {
        self.successes
    }

    /// Number n of draws.
    pub fn draws(&self) -> i64 {
        self.draws
    }

    fn reduced(&self) -> Reduced {
        let n = self.population;
        let (mut successes, mut draws, mut offset, mut mirrored) = (self.successes, self.draws, 0, false);
        if draws > n - draws {
            // What is left in the population: k → K - k.
            (draws, offset, mirrored) = (n - draws, successes, true);
        }
        if successes > n - successes {
            // Failures in the sample: k → n - k.
            offset += if mirrored { -draws } else { draws };
            (successes, mirrored) = (n - successes, !mirrored);
        }
        if draws > successes {
            (draws, successes) = (successes, draws);
        }
        Reduced { population: n, successes, draws, offset, mirrored }
    }

    /// P(X > k) if `upper`, else P(X ≤ k): as such, or as what it is the complement of.
    fn side(&self, k: i64, upper: bool) -> (Scaled, bool) {
        let reduced = self.reduced();
        // The mirror image of X > k is X′ ≤ k′ - 1 with k′ that of k.
        if reduced.mirrored {
            reduced.side(reduced.offset - k - 1, !upper)
        } else {
            reduced.side(k - reduced.offset, upper)
        }
    }

    fn outside(&self, k: i64) -> Option<bool> {
        let (low, high) = self.support();
        if k < low {
            Some(false)
        } else if k >= high {
            Some(true)
        } else {
            None
        }
    }
}

/// C(m, k) π^k (1-π)^(m-k) for real k.
fn binomial(k: Dd, m: Dd, share: Dd, rest: Dd) -> Scaled {
    if k == Dd::ZERO {
        power(ln_dd(rest), m)
    } else if k == m {
        power(ln_dd(share), m)
    } else {
        let left = m - k;
        weight(left, k + 1.0, rest, share).over(share.hi()).over(left.hi())
    }
}

impl Reduced {
    /// The probability of k in the support, real as well.
    fn probability(&self, k: Dd) -> Scaled {
        let (all, draws) = (whole(self.population), whole(self.draws));
        let (share, rest) = (draws / all, (all - draws) / all);
        let drawn = binomial(draws, all, share, rest);
        let joint = self.joint(k);
        Scaled { mantissa: joint.mantissa / drawn.mantissa, exponent: joint.exponent - drawn.exponent }
    }

    /// b(k; K, n/N) b(n-k; N-K, n/N).
    fn joint(&self, k: Dd) -> Scaled {
        let (all, successes, draws) = (whole(self.population), whole(self.successes), whole(self.draws));
        let (share, rest) = (draws / all, (all - draws) / all);
        let a = binomial(k, successes, share, rest);
        let b = binomial(draws - k, all - successes, share, rest);
        Scaled { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent }
    }

    /// One tail and whether it is the one asked for or its complement, for 0 ≤ k < n.
    fn side(&self, k: i64, upper: bool) -> (Scaled, bool) {
        let mean = (whole(self.draws) * whole(self.successes) / whole(self.population)).to_f64();
        let computed_upper = k as f64 + 0.5 >= mean;
        let tail = if computed_upper { self.upward(k + 1) } else { self.downward(k) };
        (tail, computed_upper == upper)
    }

    /// P(X ≥ k).
    fn upward(&self, k: i64) -> Scaled {
        let (more, left) = ((self.successes - k) as f64, (self.draws - k) as f64);
        let others = (self.population - self.successes - self.draws + k) as f64;
        let at = k as f64;
        let ratio = |t: f64| (more - t) / (at + 1.0 + t) * ((left - t) / (others + 1.0 + t));
        self.sum(k, 1.0, ratio, |t| (at + t).min(0.5 * (left - t)), left)
    }

    /// P(X ≤ k).
    fn downward(&self, k: i64) -> Scaled {
        let (more, left) = ((self.successes - k) as f64, (self.draws - k) as f64);
        let others = (self.population - self.successes - self.draws + k) as f64;
        let at = k as f64;
        let ratio = |t: f64| (at - t) / (more + 1.0 + t) * ((others - t) / (left + 1.0 + t));
        self.sum(k, -1.0, ratio, |t| (0.5 * (at - t)).min(0.5 * (others - t)).min(left + t), at)
    }

    fn sum(
        &self,
        k: i64,
        direction: f64,
        ratio: impl Fn(f64) -> f64,
        singular: impl Fn(f64) -> f64,
        length: f64,
    ) -> Scaled {
        let first = self.joint(whole(k));
        let relative = |t: f64| {
            let p = self.joint(whole(k) + direction * t);
            Scaled { mantissa: p.mantissa / first.mantissa, exponent: p.exponent - first.exponent }.value()
        };
        self.probability(whole(k)).times(sums::tail(ratio, relative, singular, self.spread(), length))
    }

    fn spread(&self) -> f64 {
        let n = self.population as f64;
        let share = self.successes as f64 / n;
        (self.draws as f64 * share * (1.0 - share) * ((n - self.draws as f64) / (n - 1.0))).sqrt()
    }
}

impl DiscreteDistribution for Hypergeometric {
    fn support(&self) -> (i64, i64) {
        ((self.draws - (self.population - self.successes)).max(0), self.draws.min(self.successes))
    }

    fn pmf(&self, k: i64) -> f64 {
        let (low, high) = self.support();
        if k < low || k > high {
            return 0.0;
        }
        let reduced = self.reduced();
        reduced.probability(whole((k - reduced.offset).abs())).value().min(1.0)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        let (low, high) = self.support();
        if k < low || k > high {
            return f64::NEG_INFINITY;
        }
        let reduced = self.reduced();
        reduced.probability(whole((k - reduced.offset).abs())).ln().min(0.0)
    }

    fn cdf(&self, k: i64) -> f64 {
        match self.outside(k) {
            Some(above) => f64::from(u8::from(above)),
            None => value(self.side(k, false)),
        }
    }

    fn sf(&self, k: i64) -> f64 {
        match self.outside(k) {
            Some(above) => f64::from(u8::from(!above)),
            None => value(self.side(k, true)),
        }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        match self.outside(k) {
            Some(_) => self.cdf(k).ln(),
            None => ln(self.side(k, false)),
        }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        match self.outside(k) {
            Some(_) => self.sf(k).ln(),
            None => ln(self.side(k, true)),
        }
    }

    fn mean(&self) -> f64 {
        if self.population == 0 {
            return 0.0;
        }
        (whole(self.draws) * whole(self.successes) / whole(self.population)).to_f64()
    }

    fn variance(&self) -> f64 {
        let (all, successes, draws) = (whole(self.population), whole(self.successes), whole(self.draws));
        if self.population < 2 {
            return 0.0;
        }
        (draws / all * successes * ((all - successes) / all) * ((all - draws) / (all - 1.0))).to_f64()
    }

    fn skewness(&self) -> f64 {
        let (all, successes, draws) = (whole(self.population), whole(self.successes), whole(self.draws));
        let spread = draws * successes * (all - successes) * (all - draws);
        if spread.hi() == 0.0 {
            return f64::NAN;
        }
        if self.population == 2 {
            return 0.0;
        }
        let lean = (all - successes * 2.0) * (all - draws * 2.0) / (all - 2.0);
        (lean * ((all - 1.0) / spread).sqrt()).to_f64()
    }

    fn excess_kurtosis(&self) -> f64 {
        let r = self.reduced();
        let (all, successes, draws) = (whole(r.population), whole(r.successes), whole(r.draws));
        let (failures, left) = (all - successes, all - draws);
        let spread = draws * successes * failures * left;
        if spread.hi() == 0.0 {
            return f64::NAN;
        }
        if r.draws == 1 {
            let spread = successes / all * (failures / all);
            return (Dd::ONE / spread - 6.0).to_f64();
        }
        let first =
            (all - 1.0) * all * all * (all * (all + 1.0) - successes * failures * 6.0 - draws * left * 6.0);
        let second = spread * 6.0 * (all * 5.0 - 6.0);
        ((first + second) / (spread * (all - 2.0) * (all - 3.0))).to_f64()
    }

    fn entropy(&self) -> f64 {
        if self.variance() == 0.0 { 0.0 } else { sums::entropy(self) }
    }

    /// ⌈(n + 1)(K + 1)/(N + 2)⌉ - 1: of two modes the smaller.
    fn mode(&self) -> i64 {
        let product = (i128::from(self.draws) + 1) * (i128::from(self.successes) + 1);
        let (low, high) = self.support();
        (((product - 1) / (i128::from(self.population) + 2)) as i64).clamp(low, high)
    }
}

impl Distribution<i64> for Hypergeometric {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let (low, high) = self.support();
        if low == high {
            return low;
        }
        sums::draw_log_concave(self, rng)
    }
}

impl Parametric for Hypergeometric {
    type Outcome = i64;
    const LAW: &'static str = "Hypergeometric";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("population", Domain::Count),
        Parameter::new("successes", Domain::Count),
        Parameter::new("draws", Domain::Count),
    ];
    const DATA: DataDomain = DataDomain::NonNegative;

    /// Numbers beyond 2⁵³ are rounded.
    fn parameters(&self) -> Vec<f64> {
        vec![self.population as f64, self.successes as f64, self.draws as f64]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        let whole = |name, value| check::whole("Hypergeometric", name, value);
        Self::new(whole("population", values[0])?, whole("successes", values[1])?, whole("draws", values[2])?)
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    /// NaN: all parameters are counts.
    fn score(&self, _: i64, out: &mut [f64]) {
        out[..3].fill(f64::NAN);
    }

    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        Err(sample.degenerate("the counts alone do not determine population, successes and draws"))
    }

    /// One of K, n and N is estimated where the other two are held: K = ⌊(N + 1) k̄/n⌋ and n likewise, N = ⌊K n/k̄⌋, the maximum of the
    /// likelihood of a single count.
    fn closed_form(sample: &Sample<'_, i64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        if sample.min() < sample.max() {
            return match fixed {
                [Some(a), Some(b), Some(c)] => Ok(Some(vec![*a, *b, *c])),
                _ => Ok(None),
            };
        }
        let count = sample.mean();
        Ok(match fixed {
            [Some(population), None, Some(draws)] => {
                let successes = ((population + 1.0) * count / draws).floor();
                Some(vec![*population, successes.max(count).min(*population), *draws])
            }
            [Some(population), Some(successes), None] => {
                let draws = ((population + 1.0) * count / successes).floor();
                Some(vec![*population, *successes, draws.max(count).min(*population)])
            }
            [None, Some(successes), Some(draws)] if count > 0.0 => {
                let least = successes + draws - count;
                Some(vec![(successes * draws / count).floor().max(least), *successes, *draws])
            }
            [None, Some(_), Some(_)] => {
                return Err(sample.degenerate("a count of 0 leaves the population without an upper bound"));
            }
            [Some(a), Some(b), Some(c)] => Some(vec![*a, *b, *c]),
            _ => None,
        })
    }
}
