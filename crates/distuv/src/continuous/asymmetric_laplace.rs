//! The asymmetric Laplace distribution.
use crate::continuous::normal::standardised;
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, Scaled};
use rand::Rng;
use rand::distr::{Distribution, Open01};

/// Asymmetric Laplace distribution with density
///
/// ```text
/// f(x) = exp(-κz) / (σ(κ + 1/κ)) for z ≥ 0,    exp(z/κ) / (σ(κ + 1/κ)) for z < 0
/// z = (x - μ)/σ,    μ = location, σ = scale > 0, κ = asymmetry > 0
/// ```
///
/// κ = 1 is the Laplace law; κ < 1 has the longer tail above.
///
/// # Accuracy
/// 4 ulp for every function; z is held in double-double, so that a far tail keeps its digits.
///
/// # Source
/// Kotz, Kozubowski & Podgórski, *The Laplace Distribution and Generalizations* (2001), ch. 3; its §3.5 for the likelihood estimate.
///
/// # Examples
/// ```
/// use ferronum_distuv::{AsymmetricLaplace, ContinuousDistribution};
/// let law = AsymmetricLaplace::new(0.0, 1.0, 2.0)?;
/// assert_eq!((law.cdf(0.0), law.sf(0.0), law.mean()), (0.8, 0.2, -1.5));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AsymmetricLaplace {
    location: f64,
    scale: f64,
    asymmetry: f64,
}

impl AsymmetricLaplace {
    /// Builds the distribution from its location, scale and asymmetry.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `location` is not finite, or `scale` or `asymmetry` is not positive and finite.
    pub fn new(location: f64, scale: f64, asymmetry: f64) -> Result<Self, Error> {
        check::finite("AsymmetricLaplace", "location", location)?;
        check::positive("AsymmetricLaplace", "scale", scale)?;
        check::positive("AsymmetricLaplace", "asymmetry", asymmetry)?;
        Ok(Self { location, scale, asymmetry })
    }

    /// The mode.
    pub fn location(&self) -> f64 {
        self.location
    }

    /// Scale: the geometric mean of the mean distances on the two sides.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Asymmetry κ: the probability below the mode is κ² times that above.
    pub fn asymmetry(&self) -> f64 {
        self.asymmetry
    }

    /// Probability below and above the location, κ²/(1 + κ²) and 1/(1 + κ²).
    fn shares(&self) -> (f64, f64) {
        let (k, inverse) = (self.asymmetry, 1.0 / self.asymmetry);
        (k / (k + inverse), inverse / (k + inverse))
    }

    /// The exponent of the density: z/κ below the location, -κz above.
    fn exponent(&self, z: Dd) -> Dd {
        if z.hi() >= 0.0 {
            -(z * self.asymmetry)
        } else if z.hi() > -1e290 {
            z / self.asymmetry
        } else {
            // The remainder of the division would overflow.
            Dd::from(z.hi() / self.asymmetry)
        }
    }

    fn density(&self, x: f64) -> Scaled {
        let z = standardised(x, self.location, self.scale);
        let mantissa = 1.0 / (self.asymmetry + 1.0 / self.asymmetry);
        Scaled { mantissa, exponent: self.exponent(z) }.over(self.scale)
    }

    /// cdf and sf: on the side of x a power, on the other side a sum of positive terms.
    fn tails(&self, x: f64) -> (Scaled, Scaled) {
        let z = standardised(x, self.location, self.scale);
        let (left, right) = self.shares();
        let exponent = self.exponent(z);
        let other = |own: f64, beyond: f64| {
            let tail = own * exponent.hi().exp();
            Scaled::plain(if tail < 0.25 { 1.0 - tail } else { beyond - own * exponent.hi().exp_m1() })
        };
        if z.hi() < 0.0 {
            (Scaled { mantissa: left, exponent }, other(left, right))
        } else {
            (other(right, left), Scaled { mantissa: right, exponent })
        }
    }

    /// The point with probability p below and q = 1 - p above it, the smaller one exact.
    fn locate(&self, p: f64, q: f64) -> f64 {
        let (left, right) = self.shares();
        // The probability between the location and the point.
        let square = Dd::product(self.asymmetry, self.asymmetry);
        let between = if p <= q {
            -(Dd::ONE / (Dd::ONE / square + 1.0) - p).hi()
        } else {
            (Dd::ONE / (square + 1.0) - q).hi()
        };
        let ln_share = |tail: f64, share: f64| {
            let part = between.abs() / share;
            if part < 0.5 { (-part).ln_1p() } else { (tail / share).ln() }
        };
        let z = if between < 0.0 {
            ln_share(p, left) * self.asymmetry
        } else {
            -ln_share(q, right) / self.asymmetry
        };
        z.mul_add(self.scale, self.location)
    }
}

/// The logarithm of a tail, given the other one.
fn ln_of(tail: Scaled, other: Scaled) -> f64 {
    let other = other.value();
    if other < 0.5 { (-other).ln_1p() } else { tail.ln() }
}

impl ContinuousDistribution for AsymmetricLaplace {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        self.density(x).value()
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.density(x).ln()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0.value().clamp(0.0, 1.0)
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).1.value().clamp(0.0, 1.0)
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        let (cdf, sf) = self.tails(x);
        ln_of(cdf, sf)
    }

    fn ln_sf(&self, x: f64) -> f64 {
        let (cdf, sf) = self.tails(x);
        ln_of(sf, cdf)
    }

    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { self.locate(p, 1.0 - p) } else { f64::NAN }
    }

    fn isf(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { self.locate(1.0 - p, p) } else { f64::NAN }
    }

    fn score_x(&self, x: f64) -> f64 {
        if x < self.location {
            1.0 / self.asymmetry / self.scale
        } else if x >= self.location {
            -self.asymmetry / self.scale
        } else {
            f64::NAN
        }
    }

    /// μ + σ (1/κ - κ).
    fn mean(&self) -> f64 {
        let k = self.asymmetry;
        ((1.0 - k) * (1.0 + k) / k).mul_add(self.scale, self.location)
    }

    fn variance(&self) -> f64 {
        let std_dev = self.std_dev();
        std_dev * std_dev
    }

    fn std_dev(&self) -> f64 {
        self.scale * self.asymmetry.hypot(1.0 / self.asymmetry)
    }

    /// 2 (1 - κ⁶)/(1 + κ⁴)^(3/2), odd under κ → 1/κ.
    fn skewness(&self) -> f64 {
        let k = self.asymmetry.min(1.0 / self.asymmetry);
        let s = k * k;
        let size = 2.0 * ((1.0 - k) * (1.0 + k)) * (1.0 + s * (1.0 + s)) / (1.0 + s * s).powf(1.5);
        if self.asymmetry > 1.0 { -size } else { size }
    }

    /// 6 (1 + κ⁸)/(1 + κ⁴)², even under κ → 1/κ.
    fn excess_kurtosis(&self) -> f64 {
        let fourth = self.asymmetry.min(1.0 / self.asymmetry).powi(4);
        6.0 * (1.0 + fourth * fourth) / ((1.0 + fourth) * (1.0 + fourth))
    }

    fn entropy(&self) -> f64 {
        1.0 + self.scale.ln() + (self.asymmetry + 1.0 / self.asymmetry).ln()
    }

    fn mode(&self) -> f64 {
        self.location
    }
}

impl Distribution<f64> for AsymmetricLaplace {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.quantile(Open01.sample(rng))
    }
}

impl Parametric for AsymmetricLaplace {
    type Outcome = f64;
    const LAW: &'static str = "AsymmetricLaplace";
    const PARAMETERS: &'static [Parameter] = &[
        Parameter::new("location", Domain::Location),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("asymmetry", Domain::Positive),
    ];
    const DATA: DataDomain = DataDomain::Real;

    fn parameters(&self) -> Vec<f64> {
        vec![self.location, self.scale, self.asymmetry]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1], values[2])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// At the location, where the density has a corner, the slope of the upper side.
    fn score(&self, x: f64, out: &mut [f64]) {
        let z = (x - self.location) / self.scale;
        let k = self.asymmetry;
        let common = (1.0 - k) * (1.0 + k) / (1.0 + k * k) / k;
        if z < 0.0 {
            out[0] = -1.0 / k / self.scale;
            out[1] = (-z / k - 1.0) / self.scale;
            out[2] = common - z / k / k;
        } else {
            out[0] = k / self.scale;
            out[1] = (k * z - 1.0) / self.scale;
            out[2] = common - z;
        }
    }

    /// The likelihood estimate.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Self::closed_form(sample, &[None; 3]).map(Option::unwrap_or_default)
    }

    /// With α and β the mean distances above and below the location, κ⁴ = β/α and σ = κα + β/κ; the best location is the
    /// observation with the smallest √α + √β, or for a held κ a quantile. No closed form for a held scale alone.
    fn closed_form(sample: &Sample<'_, f64>, fixed: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        if fixed[1].is_some() && fixed[2].is_none() {
            return Ok(None);
        }
        sample.expect_spread()?;
        let location = match (fixed[0], fixed[2]) {
            (Some(held), _) => held,
            (None, Some(k)) => sample.quantile(k / (k + 1.0 / k)),
            (None, None) => best_location(&sample.sorted(), sample.weight()),
        };
        let above = sample.average(|x| (x - location).max(0.0));
        let below = sample.average(|x| (location - x).max(0.0));
        let k = fixed[2].unwrap_or_else(|| (below / above).sqrt().sqrt());
        if !(k > 0.0 && k.is_finite()) {
            return Err(sample.degenerate(
                "the likelihood has no maximum: it rises towards an exponential law on one side of the location",
            ));
        }
        Ok(Some(vec![location, fixed[1].unwrap_or(k * above + below / k), k]))
    }
}

/// The observation with the smallest √(mean distance above) + √(mean distance below): between observations the sum is concave.
fn best_location(sorted: &[(f64, f64)], weight: f64) -> f64 {
    let origin = sorted[0].0;
    // Mean distance below and above the observation at hand, updated from one to the next.
    let mut above: f64 = sorted.iter().map(|(x, w)| w * (x - origin)).sum::<f64>() / weight;
    let (mut below, mut share) = (0.0, 0.0);
    let (mut best, mut at, mut last) = (f64::INFINITY, origin, origin);
    for &(x, w) in sorted {
        let step = x - last;
        below += share * step;
        above = (above - (1.0 - share) * step).max(0.0);
        share += w / weight;
        let sum = above.sqrt() + below.sqrt();
        if sum < best {
            (best, at) = (sum, x);
        }
        last = x;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_location_is_the_best() {
        let x = [3.0, -1.0, 0.5, 0.7, 9.0, 0.6, -0.2, 0.9];
        let mut sorted: Vec<(f64, f64)> = x.iter().map(|x| (*x, 1.0)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = best_location(&sorted, 8.0);
        let sum = |at: f64| {
            let above: f64 = x.iter().map(|x| (x - at).max(0.0)).sum();
            let below: f64 = x.iter().map(|x| (at - x).max(0.0)).sum();
            above.sqrt() + below.sqrt()
        };
        assert!(x.iter().all(|other| sum(at) <= sum(*other) + 1e-12), "{at}");
    }
}
