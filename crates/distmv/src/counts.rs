//! The multinomial and Dirichlet-multinomial distributions, and draws without replacement.
use crate::dirichlet::{concentrations, deviance, proportions_covariance};
use crate::draw::{ln_gamma_variable, uniform};
use crate::traits::room;
use crate::{Error, MultivariateCounts, check};
use ferronum_mat::Mat;
use ferronum_special::{ln_beta, ln_sum_exp, stirling_remainder};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::Binomial;
use std::f64::consts::TAU;

/// Counts up to here are exact as `f64`.
const MAX_COUNT: u64 = 1 << 53;

/// Multinomial distribution: the counts of d outcomes in n independent trials,
///
/// ```text
/// P(k) = n! Π pᵢ^kᵢ / kᵢ!,    Σ kᵢ = n
/// ```
///
/// # Accuracy
/// Stirling's formula joins factorials and powers into Σ D(kᵢ, n pᵢ), D the Poisson deviance: large n loses no digits.
///
/// # Source
/// Loader, *Fast and accurate computation of binomial probabilities* (2000), extended to d outcomes.
///
/// # Examples
/// ```
/// use ferronum_distmv::{Multinomial, MultivariateCounts};
/// let dice = Multinomial::new(6, &[1.0 / 6.0; 6])?;
/// assert!((dice.pmf(&[1; 6]) - 720.0 / 46656.0).abs() < 1e-16);
/// assert_eq!(dice.pmf(&[2, 1, 1, 1, 1, 1]), 0.0);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Multinomial {
    trials: u64,
    probabilities: Vec<f64>,
}

impl Multinomial {
    /// Builds the distribution from the number of trials, at most 2⁵³, and the probabilities of the outcomes, which are rescaled to sum to 1.
    ///
    /// # Errors
    /// [`Error::TooShort`] without outcomes, [`Error::InvalidElement`] unless each probability is finite and at least 0,
    /// [`Error::InvalidParameter`] if their sum is not 1 up to 1e-9, or there are more trials.
    pub fn new(trials: u64, probabilities: &[f64]) -> Result<Self, Error> {
        const LAW: &str = "Multinomial";
        check::at_least(LAW, "probabilities", 1, probabilities.len())?;
        check::elements(LAW, "probabilities", probabilities, "between 0 and 1", |p| {
            (0.0..=1.0).contains(&p)
        })?;
        let sum: f64 = probabilities.iter().sum();
        check::require((sum - 1.0).abs() <= 1e-9, LAW, "sum of probabilities", "1", sum)?;
        check::require(trials <= MAX_COUNT, LAW, "trials", "at most 2^53", trials as f64)?;
        // A sum that is 1 up to its own rounding is left alone.
        let rounding = probabilities.len() as f64 * f64::EPSILON;
        let scale = if (sum - 1.0).abs() <= rounding { 1.0 } else { sum };
        Ok(Self { trials, probabilities: probabilities.iter().map(|p| p / scale).collect() })
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Probabilities of the outcomes.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }
}

impl MultivariateCounts for Multinomial {
    fn dim(&self) -> usize {
        self.probabilities.len()
    }

    fn ln_pmf(&self, k: &[i64]) -> f64 {
        if !composition(k, self.trials, self.probabilities.len()) {
            return f64::NEG_INFINITY;
        }
        let n = self.trials as f64;
        let mut sum = if n > 0.0 { stirling_remainder(n) + 0.5 * (TAU * n).ln() } else { 0.0 };
        for (&k, &p) in k.iter().zip(&self.probabilities) {
            let k = k as f64;
            if k > 0.0 && p == 0.0 {
                return f64::NEG_INFINITY;
            }
            sum -= deviance(k, n * p);
            if k > 0.0 {
                sum -= stirling_remainder(k) + 0.5 * (TAU * k).ln();
            }
        }
        sum
    }

    fn mean(&self) -> Vec<f64> {
        self.probabilities.iter().map(|p| self.trials as f64 * p).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        proportions_covariance(&self.probabilities, self.trials as f64)
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [i64]) {
        room(out.len(), self.probabilities.len());
        multinomial(rng, self.trials, &self.probabilities, out);
    }
}

/// One binomial draw after another; the sums of the remaining probabilities are taken from the end, so that nothing cancels.
fn multinomial<R: Rng + ?Sized>(rng: &mut R, trials: u64, p: &[f64], out: &mut [i64]) {
    let mut tail = vec![0.0; p.len() + 1];
    for i in (0..p.len()).rev() {
        tail[i] = tail[i + 1] + p[i];
    }
    // The last outcome that can occur takes what is left.
    let last = p.iter().rposition(|&p| p > 0.0).unwrap_or(0);
    let mut left = trials;
    for i in 0..p.len() {
        let share = if i == last { 1.0 } else { (p[i] / tail[i]).clamp(0.0, 1.0) };
        let k = if left == 0 || i > last || p[i] == 0.0 {
            0
        } else if share >= 1.0 {
            left
        } else {
            Binomial::new(left, share).map_or(0, |law| law.sample(rng).min(left))
        };
        out[i] = k as i64;
        left -= k;
    }
}

/// Non-negative counts of this number and sum.
fn composition(k: &[i64], total: u64, dim: usize) -> bool {
    let sum: i128 = k.iter().map(|&k| i128::from(k)).sum();
    k.len() == dim && k.iter().all(|&k| k >= 0) && sum == i128::from(total)
}

/// Dirichlet-multinomial distribution: multinomial counts whose probabilities follow a Dirichlet law,
///
/// ```text
/// P(k) = n B(α₀, n) / Π kᵢ B(αᵢ, kᵢ) over kᵢ > 0,    Σ kᵢ = n
/// ```
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Discrete Multivariate Distributions* (1997), ch. 35 §13.1.
///
/// # Examples
/// ```
/// use ferronum_distmv::{DirichletMultinomial, MultivariateCounts};
/// let even = DirichletMultinomial::new(4, &[1.0, 1.0])?;
/// assert!((even.pmf(&[3, 1]) - 0.2).abs() < 1e-15); // every split is as likely
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DirichletMultinomial {
    trials: u64,
    concentration: Vec<f64>,
    total: f64,
}

impl DirichletMultinomial {
    /// Builds the distribution from the number of trials, at most 2⁵³, and at least two concentrations.
    ///
    /// # Errors
    /// [`Error::TooShort`], [`Error::InvalidElement`] unless each concentration is positive and finite, [`Error::InvalidParameter`] for
    /// more trials.
    pub fn new(trials: u64, concentration: &[f64]) -> Result<Self, Error> {
        const LAW: &str = "DirichletMultinomial";
        concentrations(LAW, concentration)?;
        check::require(trials <= MAX_COUNT, LAW, "trials", "at most 2^53", trials as f64)?;
        Ok(Self { trials, concentration: concentration.to_vec(), total: concentration.iter().sum() })
    }

    /// The concentrations α.
    pub fn concentration(&self) -> &[f64] {
        &self.concentration
    }

    /// Number of trials.
    pub fn trials(&self) -> u64 {
        self.trials
    }
}

impl MultivariateCounts for DirichletMultinomial {
    fn dim(&self) -> usize {
        self.concentration.len()
    }

    fn ln_pmf(&self, k: &[i64]) -> f64 {
        if !composition(k, self.trials, self.concentration.len()) {
            return f64::NEG_INFINITY;
        }
        // ln of k B(a, k); 0 at k = 0.
        let term = |a: f64, k: f64| if k > 0.0 { k.ln() + ln_beta(a, k) } else { 0.0 };
        let parts: f64 = k.iter().zip(&self.concentration).map(|(&k, &a)| term(a, k as f64)).sum();
        term(self.total, self.trials as f64) - parts
    }

    fn mean(&self) -> Vec<f64> {
        self.concentration.iter().map(|a| self.trials as f64 * (a / self.total)).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        let n = self.trials as f64;
        let p: Vec<f64> = self.concentration.iter().map(|a| a / self.total).collect();
        proportions_covariance(&p, n * ((n + self.total) / (1.0 + self.total)))
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [i64]) {
        room(out.len(), self.concentration.len());
        let mut p: Vec<f64> = self.concentration.iter().map(|&a| ln_gamma_variable(rng, a)).collect();
        let sum = ln_sum_exp(&p);
        p.iter_mut().for_each(|p| *p = (*p - sum).exp());
        multinomial(rng, self.trials, &p, out);
    }
}

/// Multivariate hypergeometric distribution: the colours of n balls drawn without replacement from an urn with Kᵢ balls of colour i,
///
/// ```text
/// P(k) = Π C(Kᵢ, kᵢ) / C(N, n),    N = Σ Kᵢ, Σ kᵢ = n
/// ```
///
/// # Accuracy
/// A quotient of binomial probabilities at p = n/N, each by its saddle-point form: large urns lose no digits.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Discrete Multivariate Distributions* (1997), ch. 39; Loader (2000).
///
/// # Examples
/// ```
/// use ferronum_distmv::{MultivariateCounts, MultivariateHypergeometric};
/// let hand = MultivariateHypergeometric::new(&[13, 13, 13, 13], 13)?;
/// assert!((hand.pmf(&[4, 3, 3, 3]) / 0.026340325788532973 - 1.0).abs() < 1e-13);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MultivariateHypergeometric {
    sizes: Vec<u64>,
    population: u64,
    draws: u64,
}

impl MultivariateHypergeometric {
    /// Builds the distribution from the number of balls of each colour, together at most 2⁵³, and the number drawn.
    ///
    /// # Errors
    /// [`Error::TooShort`] without colours, [`Error::InvalidParameter`] if there are more balls, or more are drawn than there are.
    pub fn new(sizes: &[u64], draws: u64) -> Result<Self, Error> {
        const LAW: &str = "MultivariateHypergeometric";
        check::at_least(LAW, "sizes", 1, sizes.len())?;
        let population: u128 = sizes.iter().map(|&k| u128::from(k)).sum();
        let fits = population <= u128::from(MAX_COUNT);
        check::require(fits, LAW, "sum of sizes", "at most 2^53", population as f64)?;
        let population = population as u64;
        check::require(draws <= population, LAW, "draws", "at most the number of balls", draws as f64)?;
        Ok(Self { sizes: sizes.to_vec(), population, draws })
    }
}

impl MultivariateCounts for MultivariateHypergeometric {
    fn dim(&self) -> usize {
        self.sizes.len()
    }

    fn ln_pmf(&self, k: &[i64]) -> f64 {
        let possible = composition(k, self.draws, self.sizes.len())
            && k.iter().zip(&self.sizes).all(|(&k, &size)| k as u64 <= size);
        if !possible {
            return f64::NEG_INFINITY;
        }
        if self.draws == 0 || self.draws == self.population {
            return 0.0;
        }
        let (n, all) = (self.draws as f64, self.population as f64);
        let one = |k: u64, size: u64| ln_binomial_pmf(k as f64, size as f64, n, all);
        let sum: f64 = k.iter().zip(&self.sizes).map(|(&k, &size)| one(k as u64, size)).sum();
        sum - one(self.draws, self.population)
    }

    fn mean(&self) -> Vec<f64> {
        let share = if self.population > 0 { self.draws as f64 / self.population as f64 } else { 0.0 };
        self.sizes.iter().map(|&k| k as f64 * share).collect()
    }

    fn covariance(&self) -> Mat<f64> {
        let (n, all) = (self.draws as f64, self.population as f64);
        if self.population < 2 {
            return Mat::zeros(self.sizes.len(), self.sizes.len());
        }
        let p: Vec<f64> = self.sizes.iter().map(|&k| k as f64 / all).collect();
        proportions_covariance(&p, n * ((all - n) / (all - 1.0)))
    }

    fn sample_into<R: Rng + ?Sized>(&self, rng: &mut R, out: &mut [i64]) {
        room(out.len(), self.sizes.len());
        let (mut left, mut population) = (self.draws, self.population);
        for (out, &size) in out.iter_mut().zip(&self.sizes) {
            let k = hypergeometric(rng, size, population - size, left);
            *out = k as i64;
            left -= k;
            population -= size;
        }
    }
}

/// ln of C(m, k) p^k q^(m−k) for p = n/N, 0 < p < 1.
fn ln_binomial_pmf(k: f64, m: f64, n: f64, all: f64) -> f64 {
    let (p, q) = (n / all, (all - n) / all);
    let mut sum = -deviance(k, m * p) - deviance(m - k, m * q);
    if k > 0.0 && k < m {
        let size = TAU.ln() + k.ln() + ((m - k) / m).ln();
        sum += stirling_remainder(m) - stirling_remainder(k) - stirling_remainder(m - k) - 0.5 * size;
    }
    sum
}

/// The number of good balls among `draws` from `good` and `bad` ones, by inversion outward from the mode.
///
/// The number of steps is of the order of the standard deviation: exact, and fast up to about 1e6 draws.
fn hypergeometric<R: Rng + ?Sized>(rng: &mut R, good: u64, bad: u64, draws: u64) -> u64 {
    let (low, high) = (draws.saturating_sub(bad), draws.min(good));
    if low == high {
        return low;
    }
    let mode = (u128::from(draws + 1) * u128::from(good + 1) / u128::from(good + bad + 2)) as u64;
    let mode = mode.clamp(low, high);
    let (n, all) = (draws as f64, (good + bad) as f64);
    let one = |k: u64, m: u64| ln_binomial_pmf(k as f64, m as f64, n, all);
    let at_mode = (one(mode, good) + one(draws - mode, bad) - one(draws, good + bad)).exp();
    let (g, b) = (good as f64, bad as f64);
    // P(k + 1) / P(k)
    let rise = |k: f64| (g - k) * (n - k) / ((k + 1.0) * (b - n + k + 1.0));
    let mut u = uniform(rng) - at_mode;
    let (mut below, mut above) = (mode, mode);
    let (mut p_below, mut p_above) = (at_mode, at_mode);
    while u > 0.0 && (below > low || above < high) {
        if above < high {
            p_above *= rise(above as f64);
            above += 1;
            u -= p_above;
            if u <= 0.0 {
                return above;
            }
        }
        if below > low {
            below -= 1;
            p_below /= rise(below as f64);
            u -= p_below;
            if u <= 0.0 {
                return below;
            }
        }
        // Rounding may leave a crumb of probability that no count takes.
        if p_above < 1e-300 && p_below < 1e-300 {
            break;
        }
    }
    mode
}
