//! The Skellam distribution.
use super::sums;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{DataDomain, DiscreteDistribution, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Marcum, Scaled, bessel_i_ratio, bessel_i_wide, ln_bessel_i, ln_dd};
use rand::Rng;
use rand::distr::Distribution;

/// Skellam distribution: the difference of two independent Poisson counts,
///
/// ```text
/// p(k) = e^(-μ₁-μ₂) (μ₁/μ₂)^(k/2) I_|k|(2√(μ₁μ₂)),    k = …, -1, 0, 1, …,    μ₁ = mean1, μ₂ = mean2
/// ```
///
/// with both means positive and at most 4e15.
///
/// # Accuracy
/// 1e-14 for probabilities, both tails and their logarithms, tails of 1e-300 and below included, beside the conditioning in the means;
/// quantiles are exact with respect to `cdf` and `sf`.
///
/// # Source
/// Skellam, *J. Royal Statistical Society* 109 (1946) 296. P(X ≤ -n) for n ≥ 1 is the non-central χ² distribution function with 2n
/// degrees of freedom and non-centrality 2μ₁ at 2μ₂ (Johnson, *Biometrika* 46 (1959) 352–363), by [`Marcum`]; the upper tail is its
/// mirror image.
///
/// # Examples
/// ```
/// use ferronum_distuv::{DiscreteDistribution, Skellam};
/// let goals = Skellam::new(1.5, 1.5)?; // the margin of a match between equals
/// assert!((goals.pmf(0) - 0.24300035416182539).abs() < 1e-15); // e⁻³ I₀(3)
/// assert!((goals.sf(-1) - goals.cdf(0)).abs() < 1e-16);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skellam {
    mean1: f64,
    mean2: f64,
}

impl Skellam {
    /// Largest mean: differences and their spread are exact in `f64` up to there.
    const MAX_MEAN: f64 = 4e15;

    /// Builds the distribution from the mean of the count that is added and that of the count that is subtracted.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `mean1` or `mean2` is not positive and at most 4e15.
    pub fn new(mean1: f64, mean2: f64) -> Result<Self, Error> {
        let check = |name, mean: f64| {
            let holds = mean > 0.0 && mean <= Self::MAX_MEAN;
            check::require(holds, "Skellam", name, "positive and at most 4e15", mean)
        };
        check("mean1", mean1)?;
        check("mean2", mean2)?;
        Ok(Self { mean1, mean2 })
    }

    /// Mean μ₁ of the count that is added.
    pub fn mean1(&self) -> f64 {
        self.mean1
    }

    /// Mean μ₂ of the count that is subtracted.
    pub fn mean2(&self) -> f64 {
        self.mean2
    }

    /// 2√(μ₁μ₂).
    fn argument(&self) -> Dd {
        Dd::from(self.mean1).sqrt() * Dd::from(self.mean2).sqrt() * 2.0
    }

    fn probability(&self, k: i64) -> Scaled {
        let (z, order) = (self.argument(), k.unsigned_abs() as f64);
        let bessel = bessel_i_wide(order, z.hi());
        // -μ₁ - μ₂ + z = -(√μ₁ - √μ₂)².
        let (a, b) = (Dd::from(self.mean1).sqrt(), Dd::from(self.mean2).sqrt());
        let apart = Dd::sum(self.mean1, -self.mean2) / (a + b);
        let power = (ln_dd(Dd::from(self.mean1)) - ln_dd(Dd::from(self.mean2))) * (0.5 * k as f64);
        // The rounding of z: d ln(e^-z I_n)/dz = I_(n+1)/I_n + n/z - 1.
        let rest = z.lo() * (bessel_i_ratio(order, z.hi()) - 1.0) + z.lo() / z.hi() * order;
        Scaled { mantissa: bessel.mantissa, exponent: bessel.exponent + power - apart * apart + rest }
    }

    /// P(X ≤ k) for k < 0 as the lower function of the result, P(X > k) for k ≥ 0 as that of the mirrored law.
    fn tails(&self, k: i64) -> Marcum {
        let (x, y) = (Dd::from(self.mean1), Dd::from(self.mean2));
        if k < 0 {
            Marcum::from_halves(k.unsigned_abs() as f64, x, y)
        } else {
            Marcum::from_halves(k as f64 + 1.0, y, x)
        }
    }

    /// The same tail as its first term, where that is all of it: p(-n - 1)/p(-n) < μ₂/(n + 1), from the bound z/(2n + 2) on the ratio
    /// of Bessel functions.
    fn first_term(&self, k: i64) -> Option<Scaled> {
        let (mean, first) = if k < 0 { (self.mean2, k) } else { (self.mean1, k.saturating_add(1)) };
        (mean < 1e-17).then(|| self.probability(first))
    }

    /// P(X > k) if `upper`, else P(X ≤ k).
    fn side(&self, k: i64, upper: bool) -> f64 {
        let small = upper == (k >= 0);
        match self.first_term(k) {
            Some(term) => sums::value((term, small)),
            None if small => self.tails(k).lower(),
            None => self.tails(k).upper(),
        }
    }

    /// The logarithm of [`Self::side`].
    fn ln_side(&self, k: i64, upper: bool) -> f64 {
        let small = upper == (k >= 0);
        match self.first_term(k) {
            Some(term) => sums::ln((term, small)),
            None if small => self.tails(k).ln_lower(),
            None => self.tails(k).ln_upper(),
        }
    }
}

impl DiscreteDistribution for Skellam {
    fn support(&self) -> (i64, i64) {
        (i64::MIN, i64::MAX)
    }

    fn pmf(&self, k: i64) -> f64 {
        self.probability(k).value().min(1.0)
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        if k == 0 && self.mean1 + self.mean2 < 1.0 {
            // Probabilities next to 1.
            return ln_bessel_i(0.0, self.argument().hi()) - (self.mean1 + self.mean2);
        }
        self.probability(k).ln().min(0.0)
    }

    fn cdf(&self, k: i64) -> f64 {
        self.side(k, false)
    }

    fn sf(&self, k: i64) -> f64 {
        self.side(k, true)
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        self.ln_side(k, false)
    }

    fn ln_sf(&self, k: i64) -> f64 {
        self.ln_side(k, true)
    }

    fn mean(&self) -> f64 {
        self.mean1 - self.mean2
    }

    fn variance(&self) -> f64 {
        self.mean1 + self.mean2
    }

    fn skewness(&self) -> f64 {
        (self.mean1 - self.mean2) / self.variance() / self.std_dev()
    }

    fn excess_kurtosis(&self) -> f64 {
        1.0 / self.variance()
    }

    /// The sum itself.
    fn entropy(&self) -> f64 {
        sums::entropy(self)
    }

    /// The top next to μ₁ - μ₂ - (μ₁ - μ₂)/(2μ₁ + 2μ₂); of two modes the smaller.
    fn mode(&self) -> i64 {
        let lean = 0.5 * (self.mean1 - self.mean2) / self.variance();
        let mut k = (self.mean() - lean).round() as i64;
        for _ in 0..3 {
            let here = self.ln_pmf(k);
            if self.ln_pmf(k + 1) > here {
                k += 1;
            } else if self.ln_pmf(k - 1) >= here {
                k -= 1;
            } else {
                break;
            }
        }
        k
    }
}

impl Distribution<i64> for Skellam {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        // `rand_distr` refuses no mean that the constructor takes.
        let mut count = |mean| rand_distr::Poisson::new(mean).map_or(0, |law| law.sample(rng) as i64);
        let up = count(self.mean1);
        up - count(self.mean2)
    }
}

impl Parametric for Skellam {
    type Outcome = i64;
    const LAW: &'static str = "Skellam";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("mean1", Domain::Positive), Parameter::new("mean2", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.mean1, self.mean2]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, k: i64) -> f64 {
        self.ln_pmf(k)
    }

    /// k⁺/μ₁ - 1 + √(μ₂/μ₁) R and k⁻/μ₂ - 1 + √(μ₁/μ₂) R with R = I_(|k|+1)/I_|k| at 2√(μ₁μ₂), k⁺ and k⁻ the positive parts of ±k.
    fn score(&self, k: i64, out: &mut [f64]) {
        let ratio = bessel_i_ratio(k.unsigned_abs() as f64, self.argument().hi());
        let slope = |own: f64, other: f64, count: f64| (count - own) / own + (other / own).sqrt() * ratio;
        out[0] = slope(self.mean1, self.mean2, (k as f64).max(0.0));
        out[1] = slope(self.mean2, self.mean1, (-(k as f64)).max(0.0));
    }

    /// From mean and variance.
    fn moment_estimate(sample: &Sample<'_, i64>) -> Result<Vec<f64>, Error> {
        let (mean, variance) = (sample.mean(), sample.variance());
        if sample.min() == 0.0 && sample.max() == 0.0 {
            return Err(sample
                .degenerate("all counts are 0, so that the likelihood has no maximum at positive means"));
        }
        if variance <= mean.abs() && (sample.min() >= 0.0 || sample.max() <= 0.0) {
            return Err(sample.degenerate(
                "the variance is not above the mean: the likelihood rises towards a Poisson law, one mean 0",
            ));
        }
        let least = 0.05 * variance;
        Ok(vec![(0.5 * (variance + mean)).max(least), (0.5 * (variance - mean)).max(least)])
    }
}
