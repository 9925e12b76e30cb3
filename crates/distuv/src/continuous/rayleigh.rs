//! The Rayleigh distribution.
use crate::continuous::gumbel_right::EULER;
use crate::double::{DoubleExponential, LN_2, hazard_above, hazard_below, ln_ratio, power};
use crate::fit::Sample;
use crate::traits::expect_parameters;
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{Dd, ln_dd};
use rand::Rng;
use rand::distr::Distribution;
use std::f64::consts::{FRAC_PI_2, PI};

/// Rayleigh distribution: the length of a vector of two independent normal components, with density
///
/// ```text
/// f(x) = x/σ² exp(-x²/(2σ²)),    x ≥ 0,    σ = scale > 0
/// ```
///
/// # Accuracy
/// 4 ulp for every function; x/σ is held in double-double, so that a far tail keeps its digits.
///
/// # Source
/// Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions* vol. 1 (1994), ch. 18.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, Rayleigh};
/// let wave = Rayleigh::new(2.0)?;
/// assert_eq!(wave.ln_sf(4e3), -2e6);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rayleigh {
    scale: f64,
}

impl Rayleigh {
    /// Builds the distribution from the standard deviation of a component.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `scale` is not positive and finite.
    pub fn new(scale: f64) -> Result<Self, Error> {
        check::positive("Rayleigh", "scale", scale)?;
        Ok(Self { scale })
    }

    /// The mode.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Kullback–Leibler divergence `∫ f ln(f/g)` of `other` from this law, in nats: r - 1 - ln r with r = (σ₁/σ₂)².
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        square_divergence(self.scale, other.scale)
    }

    fn tails(&self, x: f64) -> DoubleExponential {
        let y = if x > 0.0 {
            ln_ratio(Dd::from(x), self.scale) * 2.0 - LN_2
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        };
        DoubleExponential::new(y)
    }

    fn ln_density(&self, x: f64) -> Dd {
        if x > 0.0 && x < f64::INFINITY {
            self.tails(x).ln_density(LN_2 - ln_dd(Dd::from(x)))
        } else {
            Dd::from(if x.is_nan() { x } else { f64::NEG_INFINITY })
        }
    }

    fn at_hazard(&self, h: f64) -> f64 {
        self.scale * (2.0 * h).sqrt()
    }
}

/// r - 1 - ln r for r = (a/b)²: half of it is the divergence of normal laws of deviations a and b.
pub(crate) fn square_divergence(a: f64, b: f64) -> f64 {
    let excess = (a - b) / b;
    -ferronum_special::ln1p_minus_x(excess * (2.0 + excess))
}

impl ContinuousDistribution for Rayleigh {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        power(self.ln_density(x))
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_density(x).hi()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).rest()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).tail()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_rest()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_tail()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.at_hazard(hazard_below(p))
    }

    fn isf(&self, p: f64) -> f64 {
        self.at_hazard(hazard_above(p))
    }

    fn score_x(&self, x: f64) -> f64 {
        if x >= 0.0 { 1.0 / x - x / self.scale / self.scale } else { f64::NAN }
    }

    fn mean(&self) -> f64 {
        FRAC_PI_2.sqrt() * self.scale
    }

    fn variance(&self) -> f64 {
        (2.0 - FRAC_PI_2) * self.scale * self.scale
    }

    fn std_dev(&self) -> f64 {
        (2.0 - FRAC_PI_2).sqrt() * self.scale
    }

    /// 2√π (π - 3)/(4 - π)^(3/2).
    fn skewness(&self) -> f64 {
        0.6311106578189371
    }

    /// -(6π² - 24π + 16)/(4 - π)².
    fn excess_kurtosis(&self) -> f64 {
        0.2450893006876381
    }

    fn entropy(&self) -> f64 {
        1.0 + 0.5 * (EULER - std::f64::consts::LN_2) + self.scale.ln()
    }

    fn mode(&self) -> f64 {
        self.scale
    }
}

impl Distribution<f64> for Rayleigh {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        self.at_hazard(rand_distr::Exp1.sample(rng))
    }
}

impl Parametric for Rayleigh {
    type Outcome = f64;
    const LAW: &'static str = "Rayleigh";
    const PARAMETERS: &'static [Parameter] = &[Parameter::new("scale", Domain::Positive)];
    const DATA: DataDomain = DataDomain::NonNegative;

    fn parameters(&self) -> Vec<f64> {
        vec![self.scale]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    fn score(&self, x: f64, out: &mut [f64]) {
        let z = x / self.scale;
        out[0] = if x >= 0.0 { (z * z - 2.0) / self.scale } else { f64::NAN };
    }

    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        Ok(vec![positive(sample, sample.mean() * (2.0 / PI).sqrt())?])
    }

    fn closed_form(sample: &Sample<'_, f64>, _: &[Option<f64>]) -> Result<Option<Vec<f64>>, Error> {
        Ok(Some(vec![root_mean_square(sample)? * std::f64::consts::FRAC_1_SQRT_2]))
    }
}

/// Refuses the scale 0 of a sample of zeros.
pub(crate) fn positive(sample: &Sample<'_, f64>, scale: f64) -> Result<f64, Error> {
    if scale > 0.0 {
        Ok(scale)
    } else {
        Err(sample.degenerate("all observations are 0, so that the likelihood has no maximum"))
    }
}

/// √(mean x²), with no overflow on the way.
pub(crate) fn root_mean_square(sample: &Sample<'_, f64>) -> Result<f64, Error> {
    let top = positive(sample, sample.max())?;
    Ok(top * sample.average(|x| (x / top) * (x / top)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        let law = Rayleigh::new(1.0).unwrap();
        let c = 4.0 - PI;
        assert!((law.skewness() / (2.0 * PI.sqrt() * (PI - 3.0) / c.powf(1.5)) - 1.0).abs() < 1e-14);
        assert!((law.excess_kurtosis() + (6.0 * PI * PI - 24.0 * PI + 16.0) / (c * c)).abs() < 1e-13);
    }
}
