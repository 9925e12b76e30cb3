//! The beta-binomial distribution.
use super::beta_tails::{digamma_steps, weight, whole};
use super::sums::{self, ln, plus, quotient, value};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled};
use rand::Rng;
use rand::distr::Distribution;

/// Beta-binomial distribution: a binomial count whose probability of a success varies as a beta law,
///
/// ```text
/// p(k) = C(n, k) B(k + a, n - k + b)/B(a, b),    k = 0, …, n,    n = trials ≤ 2⁵³,  a, b > 0
/// ```
///
/// # Special values
/// n = 0 puts all probability at 0: variance 0, skewness and kurtosis NaN.
///
/// # Accuracy
/// 2e-14 for probabilities, tails and their logarithms, tails of 1e-300 and below included; quantiles are exact with respect to `cdf`
/// and `sf`. A tail costs at most 1000 terms, or 20 evaluations of p for each doubling of the distance to the ends of the support and
/// each standard deviation.
///
/// # Source
/// p(k) as a quotient of powers x^α (1-x)^β/B(α, β) at the x where that with the shapes k + a, n - k + b is at its peak, so that
/// nothing cancels. Tails by summation of ratios or by `sums::total`. Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd
/// ed. (2005), §6.2.2.
///
/// # Examples
/// ```
/// use ferronum_distuv::{BetaBinomial, DiscreteDistribution};
/// let flat = BetaBinomial::new(9, 1.0, 1.0)?;
/// assert!((flat.pmf(3) - 0.1).abs() < 1e-15);
/// assert!((flat.sf(6) - 0.3).abs() < 1e-15);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaBinomial {
    trials: i64,
    a: f64,
    b: f64,
}

impl BetaBinomial {
    /// Builds the distribution from the number of trials and the shapes of the beta law.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `trials` is not between 0 and 2⁵³, or `a` or `b` not positive and finite.
    pub fn new(trials: i64, a: f64, b: f64) -> Result<Self, Error> {
        let holds = (0..=1 << 53).contains(&trials);
        check::require(holds, "BetaBinomial", "trials", "between 0 and 2^53", trials as f64)?;
        check::positive("BetaBinomial", "a", a)?;
        check::positive("BetaBinomial", "b", b)?;
        Ok(Self { trials, a, b })
    }

    /// Number of trials n.
    pub fn trials(&self) -> i64 {
        self.trials
    }

    /// First shape of the beta law, a.
    pub fn a(&self) -> f64 {
        self.a
    }

    /// Second shape of the beta law, b.
    pub fn b(&self) -> f64 {
        self.b
    }

    fn size(&self) -> f64 {
        self.trials as f64
    }

    /// The probability of a real k from 0 to n.
    fn probability(&self, k: Dd) -> Scaled {
        let left = -k + self.size();
        let (up, down) = (k + self.a, left + self.b);
        let both = up + down;
        let (x, y) = (up / both, down / both);
        let counts = weight(k + 1.0, left + 1.0, x, y);
        let shapes = weight(Dd::from(self.a), Dd::from(self.b), x, y);
        let joint = weight(up, down, x, y);
        let mantissa = counts.mantissa * shapes.mantissa / joint.mantissa / (self.size() + 1.0);
        let exponent = counts.exponent + shapes.exponent - joint.exponent;
        Scaled { mantissa, exponent }.over(x.hi()).over(y.hi())
    }

    /// P(k + 1)/P(k).
    fn ratio(&self, k: f64) -> f64 {
        let left = self.size() - k;
        left / (k + 1.0) * ((self.a + k) / (self.b + (left - 1.0)))
    }

    /// P(low ≤ X ≤ high).
    fn between(&self, low: i64, high: i64) -> Scaled {
        if self.a < 1.0 && self.b < 1.0 && high - low > 1 {
            // Two ends with more probability than what lies between.
            let middle = low + (high - low) / 2;
            return plus(self.from(low, middle), self.from(high, middle + 1));
        }
        let (first, last) = (self.probability(whole(low)), self.probability(whole(high)));
        if first.ln() >= last.ln() { self.from(low, high) } else { self.from(high, low) }
    }

    /// The sum from `start` to `end`, in either direction.
    fn from(&self, start: i64, end: i64) -> Scaled {
        let (first, at, n) = (self.probability(whole(start)), start as f64, self.size());
        let (length, sign) = ((end - start).unsigned_abs() as f64, if end < start { -1.0 } else { 1.0 });
        let place = |t: f64| at + sign * t;
        let ratio = |t: f64| if sign > 0.0 { self.ratio(at + t) } else { 1.0 / self.ratio(at - t - 1.0) };
        let relative = |t: f64| quotient(self.probability(Dd::sum(at, sign * t)), first);
        let (behind, ahead) = if sign > 0.0 { (0.0, n) } else { (n, 0.0) };
        let singular = |t: f64| (place(t) - behind).abs().min(0.5 * (ahead - place(t)).abs());
        let spread = self.std_dev();
        let sum = if self.a >= 1.0 && self.b >= 1.0 {
            sums::tail(ratio, relative, singular, spread, length)
        } else {
            let steep = |t: f64| 8.0 / (1.0 - ratio(t)).abs();
            sums::total(relative, |t| singular(t).min(steep(t)), length)
        };
        first.times(sum)
    }

    /// One tail and whether it is the one asked for: the other one where the first turns out to be nearly 1.
    fn side(&self, k: i64, upper: bool) -> (Scaled, bool) {
        let tail = |upper: bool| if upper { self.between(k + 1, self.trials) } else { self.between(0, k) };
        let guess = k as f64 + 0.5 >= self.mean();
        let first = tail(guess);
        if first.value() > 0.75 { (tail(!guess), guess != upper) } else { (first, guess == upper) }
    }
}

impl BetaBinomial {
    /// Whether all counts are equally likely: tails are then exact ratios.
    fn is_uniform(&self) -> bool {
        self.a == 1.0 && self.b == 1.0
    }
}

impl DiscreteDistribution for BetaBinomial {
    fn support(&self) -> (i64, i64) {
        (0, self.trials)
    }

    fn pmf(&self, k: i64) -> f64 {
        if k < 0 || k > self.trials { 0.0 } else { self.probability(whole(k)).value().min(1.0) }
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k < 0 || k > self.trials { f64::NEG_INFINITY } else { self.probability(whole(k)).ln().min(0.0) }
    }

    fn cdf(&self, k: i64) -> f64 {
        if self.is_uniform() && (0..self.trials).contains(&k) {
            return (k as f64 + 1.0) / (self.trials as f64 + 1.0);
        }
        if k < 0 || k >= self.trials { f64::from(u8::from(k >= 0)) } else { value(self.side(k, false)) }
    }

    fn sf(&self, k: i64) -> f64 {
        if self.is_uniform() && (0..self.trials).contains(&k) {
            return (self.trials - k) as f64 / (self.trials as f64 + 1.0);
        }
        if k < 0 || k >= self.trials { f64::from(u8::from(k < 0)) } else { value(self.side(k, true)) }
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        if k < 0 || k >= self.trials { self.cdf(k).ln() } else { ln(self.side(k, false)) }
    }

    fn ln_sf(&self, k: i64) -> f64 {
        if k < 0 || k >= self.trials { self.sf(k).ln() } else { ln(self.side(k, true)) }
    }

    fn mean(&self) -> f64 {
        (Dd::from(self.a) / Dd::sum(self.a, self.b) * self.size()).to_f64()
    }

    fn variance(&self) -> f64 {
        let both = Dd::sum(self.a, self.b);
        let share = Dd::from(self.a) / both * (Dd::from(self.b) / both);
        (share * self.size() * ((both + self.size()) / (both + 1.0))).to_f64()
    }

    fn skewness(&self) -> f64 {
        let (both, n) = (Dd::sum(self.a, self.b), self.size());
        let lean = (both + 2.0 * n) / (both + 2.0) * Dd::sum(self.b, -self.a) / both;
        let scale = (both + 1.0) / (both + n) / n * (both / self.a) * (both / self.b);
        (lean * scale.sqrt()).to_f64()
    }

    fn excess_kurtosis(&self) -> f64 {
        let (s, n) = (Dd::sum(self.a, self.b), self.size());
        let product = Dd::product(self.a, self.b);
        let share = product / s / s;
        let bracket = s * (s - 1.0 + 6.0 * n) + product * (3.0 * (n - 2.0)) + Dd::product(n, n) * 6.0
            - product / s * (Dd::product(n, 6.0 - n) * 3.0)
            - share * (Dd::product(n, n) * 18.0);
        ((s + 1.0) / (s + 2.0) * (bracket / (s + 3.0) / (s + n)) / (share * n) - 3.0).to_f64()
    }

    /// The sum itself; for a wide law from both ends by panels that double in length.
    fn entropy(&self) -> f64 {
        if self.trials == 0 {
            return 0.0;
        }
        if self.a >= 20.0 && self.b >= 20.0 {
            return sums::entropy(self);
        }
        let n = self.size();
        let term = |k: Dd| {
            let ln = self.probability(k).ln().min(0.0);
            -ln * ln.exp()
        };
        if self.a < 1.0 && self.b < 1.0 {
            let wide = |t: f64| t.min(0.5 * (n - t));
            let middle = (self.trials / 2) as f64;
            return sums::total(|t| term(Dd::from(t)), wide, middle)
                + sums::total(|t| term(Dd::sum(n, -t)), wide, n - middle - 1.0);
        }
        let larger = self.a.max(self.b);
        // Next to an end with a small shape the law falls like e^(-t/length).
        let length = (n + larger) / larger;
        let (mode, spread) = (self.mode() as f64, self.std_dev().max(length));
        let up = |t: f64| (mode + t).min(0.5 * (n - mode - t)).min(spread);
        let down = |t: f64| (n - mode + 1.0 + t).min(0.5 * (mode - 1.0 - t)).min(spread);
        let above = sums::total(|t| term(Dd::sum(mode, t)), up, n - mode);
        above
            + if mode > 0.0 { sums::total(|t| term(Dd::sum(mode - 1.0, -t)), down, mode - 1.0) } else { 0.0 }
    }

    /// ⌈(n + 1)(a - 1)/(a + b - 2)⌉ - 1 for a, b > 1, the smaller of two modes; otherwise an end of the support.
    fn mode(&self) -> i64 {
        let (a, b) = (self.a, self.b);
        if a > 1.0 && b >= 1.0 {
            let edge = (Dd::from(a) - 1.0) / (Dd::sum(a, b) - 2.0) * (self.size() + 1.0);
            return sums::ceiling(edge).saturating_sub(1).clamp(0, self.trials);
        }
        if b >= a { 0 } else { self.trials }
    }
}

impl Distribution<i64> for BetaBinomial {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        // The smaller shape first: its beta variate keeps its digits next to 0, where it often lies.
        let (small, large) = (self.a.min(self.b), self.a.max(self.b));
        let share = rand_distr::Beta::new(small, large).map_or(0.5, |law| law.sample(rng));
        let count = super::Binomial::new(self.trials, share).map_or(0, |law| law.sample(rng));
        if self.a <= self.b { count } else { self.trials - count }
    }
}

impl Parametric for BetaBinomial {
    type Outcome = i64;
    const LAW: &'static str = "BetaBinomial";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("trials", Domain::Count),
        Parameter::new("a", Domain::Positive),
        Parameter::new("b", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.size(), self.a, self.b]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(check::whole("BetaBinomial", "trials", values[0])?, values[1], values[2])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    fn score(&self, k: i64, out: &mut [f64]) {
        out[..3].fill(f64::NAN);
        if k < 0 || k > self.trials {
            return;
        }
        // [ψ(a + k) - ψ(a)] - [ψ(a + b + n) - ψ(a + b)], and the same for b with n - k.
        let (both, k) = (Dd::sum(self.a, self.b), k as f64);
        out[1] = digamma_steps(self.a, k, both, self.size());
        out[2] = digamma_steps(self.b, self.size() - k, both, self.size());
    }

    /// From mean and variance, with the largest count as the number of trials.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (n, mean, variance) = (sample.max(), sample.mean(), sample.variance());
        let share = mean / n;
        // variance = n p q (s + n)/(s + 1) with s = a + b.
        let plain = n * share * (1.0 - share);
        let size = (n * plain - variance) / (variance - plain);
        let size = if size > 0.0 && size.is_finite() { size } else { 2.0 };
        Ok(vec![n, share * size, (1.0 - share) * size])
    }
}
