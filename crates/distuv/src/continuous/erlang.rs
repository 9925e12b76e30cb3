//! The Erlang distribution.
use crate::continuous::gamma::Gamma;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use rand::Rng;
use rand::distr::Distribution;

/// Erlang distribution: the time to the k-th event of a process of constant rate, a [`Gamma`] law of whole shape, with density
///
/// ```text
/// f(x) = λ^k x^(k-1) e^(-λx) / (k - 1)!,    x ≥ 0,    k = shape ∈ {1, 2, …}, λ = rate > 0
/// ```
///
/// # Special values
/// At x = 0 the density is λ for k = 1, 0 above.
///
/// # Accuracy
/// As [`Gamma`].
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Erlang};
/// let wait = Erlang::new(2, 1.5)?;
/// assert!((wait.sf(4.0) - 7.0 * (-6f64).exp()).abs() < 1e-16); // (1 + λx) e^(-λx)
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Erlang {
    gamma: Gamma,
}

impl Erlang {
    /// Builds the distribution from its shape and its rate. A shape above 2⁵³ is rounded to an `f64`.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `shape` is 0, or `rate` is not positive and finite.
    pub fn new(shape: u64, rate: f64) -> Result<Self, Error> {
        Self::whole(shape as f64, rate)
    }

    fn whole(shape: f64, rate: f64) -> Result<Self, Error> {
        let holds = shape >= 1.0 && shape.fract() == 0.0;
        check::require(holds, "Erlang", "shape", "a whole number of at least 1", shape)?;
        check::positive("Erlang", "rate", rate)?;
        Ok(Self { gamma: Gamma::new(shape, rate)? })
    }

    /// Number of events k.
    pub fn shape(&self) -> u64 {
        self.gamma.shape() as u64
    }

    /// Rate λ.
    pub fn rate(&self) -> f64 {
        self.gamma.rate()
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        self.gamma.kl_divergence(&other.gamma)
    }
}

impl ContinuousDistribution for Erlang {
    fn support(&self) -> (f64, f64) {
        self.gamma.support()
    }

    fn pdf(&self, x: f64) -> f64 {
        self.gamma.pdf(x)
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.gamma.ln_pdf(x)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.gamma.cdf(x)
    }

    fn sf(&self, x: f64) -> f64 {
        self.gamma.sf(x)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.gamma.ln_cdf(x)
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.gamma.ln_sf(x)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.gamma.quantile(p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.gamma.isf(p)
    }

    fn score_x(&self, x: f64) -> f64 {
        self.gamma.score_x(x)
    }

    fn mean(&self) -> f64 {
        self.gamma.mean()
    }

    fn variance(&self) -> f64 {
        self.gamma.variance()
    }

    fn std_dev(&self) -> f64 {
        self.gamma.std_dev()
    }

    fn skewness(&self) -> f64 {
        self.gamma.skewness()
    }

    fn excess_kurtosis(&self) -> f64 {
        self.gamma.excess_kurtosis()
    }

    fn entropy(&self) -> f64 {
        self.gamma.entropy()
    }

    fn mode(&self) -> f64 {
        self.gamma.mode()
    }
}

impl Distribution<f64> for Erlang {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.gamma.sample(rng)
    }
}

impl Parametric for Erlang {
    type Outcome = f64;
    const LAW: &'static str = "Erlang";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("shape", Domain::Count), Parameter::new("rate", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        self.gamma.parameters()
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::whole(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.gamma.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        self.gamma.score(x, out);
        out[0] = f64::NAN;
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        let gamma = Gamma::moment_estimate(sample)?;
        let shape = gamma[0].round().clamp(1.0, LARGEST);
        Ok(vec![shape, shape / sample.mean()])
    }

    /// The likelihood is concave along the whole shapes, each with its best rate k/mean (or the rate held): its first step that does not
    /// rise is found by bisection.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        let mean = sample.mean();
        let mean_ln = sample.average(f64::ln);
        let shape = match fixed {
            [Some(shape), _] => *shape,
            // ln λ + mean of ln x - ln k.
            [None, Some(rate)] => first_fall(|k| rate.ln() + mean_ln - k.ln()),
            _ => {
                sample.expect_spread()?;
                // (k + 1) ln(1 + 1/k) - 1 - (ln mean - mean of ln x), the latter as a mean of ln(x/mean).
                let lean = -sample.average(|x| (x / mean).ln());
                first_fall(|k| {
                    // (k + 1) ln(1 + u) - 1 = k (ln(1 + u) - u) + ln(1 + u) with u = 1/k.
                    let u = 1.0 / k;
                    k * ferronum_special::ln1p_minus_x(u) + u.ln_1p() - lean
                })
            }
        };
        let rate = fixed.get(1).copied().flatten().unwrap_or(shape / mean);
        Ok(Some(vec![shape, rate]))
    }
}

const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The smallest k ≥ 1 with rise(k) ≤ 0, for a falling function.
fn first_fall(rise: impl Fn(f64) -> f64) -> f64 {
    let (mut below, mut above) = (0.0, LARGEST);
    while above - below > 1.0 {
        let middle = (0.5 * (below + above)).floor();
        if rise(middle) > 0.0 { below = middle } else { above = middle }
    }
    above
}
