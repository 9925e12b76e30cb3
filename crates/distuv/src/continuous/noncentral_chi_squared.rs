//! The non-central chi-squared distribution.
use crate::continuous::chi_squared::{ChiSquared, Sampler};
use crate::continuous::fisher_f::at_zero;
use crate::continuous::quadrature::panels;
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{
    Dd, Marcum, Scaled, bessel_i_ratio, bessel_i_wide, digamma, gamma_inc_inv, ln_dd, ln_gamma, ln_gamma_1p,
};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::{Poisson, StandardNormal};
use std::f64::consts::LN_2;

/// Non-central chi-squared distribution: the sum of squares of k normal variables of unit variance whose means have the sum of squares λ,
/// with density
///
/// ```text
/// f(x) = ½ e^(-(x+λ)/2) (x/λ)^(k/4-½) I_(k/2-1)(√(λx)),    x ≥ 0,    k = dof > 0, λ = noncentrality ≥ 0
/// ```
///
/// For λ = 0 it is the chi-squared law.
///
/// # Special values
/// At x = 0 the density is ∞ for k < 2, ½e^(-λ/2) for k = 2, 0 above.
///
/// # Accuracy
/// 1e-13 for `cdf`, `sf`, their logarithms and the density, beside the conditioning in `x`; 1e-12 for quantiles. The entropy comes from
/// numerical integration, to about 1e-12 for k ≥ 1 and 1e-8 for k ≥ 0.05.
///
/// # Source
/// cdf = 1 - Q_(k/2)(√λ, √x), Marcum's function, by [`Marcum`]. Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*
/// vol. 2 (1995), ch. 29.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, NoncentralChiSquared};
/// let statistic = NoncentralChiSquared::new(2.0, 3.0)?;
/// assert_eq!((statistic.mean(), statistic.variance()), (5.0, 16.0));
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoncentralChiSquared {
    central: ChiSquared,
    dof: f64,
    noncentrality: f64,
    /// Draws the chi-squared variable that joins one shifted normal variable.
    rest: Option<Sampler>,
}

impl NoncentralChiSquared {
    /// Builds the distribution from its degrees of freedom and its non-centrality.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `dof` is not positive and finite, or `noncentrality` is negative or not finite.
    pub fn new(dof: f64, noncentrality: f64) -> Result<Self, Error> {
        check::positive("NoncentralChiSquared", "dof", dof)?;
        let holds = (0.0..f64::INFINITY).contains(&noncentrality);
        check::require(
            holds,
            "NoncentralChiSquared",
            "noncentrality",
            "at least 0 and finite",
            noncentrality,
        )?;
        let rest =
            if dof > 1.0 { Some(Sampler::new("NoncentralChiSquared", "dof", dof - 1.0)?) } else { None };
        Ok(Self { central: ChiSquared::new(dof)?, dof, noncentrality, rest })
    }

    /// Degrees of freedom k.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// Non-centrality λ.
    pub fn noncentrality(&self) -> f64 {
        self.noncentrality
    }

    fn tails(&self, x: f64) -> Marcum {
        if x > 0.0 && x < 1e-270 {
            return Marcum::new(0.5 * self.dof, self.noncentrality.sqrt(), x.sqrt());
        }
        let half = |s: f64| Dd::from(0.5 * s);
        Marcum::from_halves(0.5 * self.dof, half(self.noncentrality), half(if x < 0.0 { 0.0 } else { x }))
    }

    /// I_(ν+1)(z)/I_ν(z), ν = k/2 - 1, from the ratio one order up: ν may be negative.
    fn ratio(&self, z: f64) -> f64 {
        if z < 1e-100 {
            return z / self.dof;
        }
        1.0 / (bessel_i_ratio(0.5 * self.dof, z) + self.dof / z)
    }

    /// For 0 < x < ∞ and λ > 0.
    fn density(&self, x: f64) -> Scaled {
        let (half, lambda) = (0.5 * self.dof, self.noncentrality);
        let root = (if x * lambda > 1e-280 && x * lambda < 1e24 {
            Dd::product(x, lambda)
        } else {
            return self.density_from_logarithms(x);
        })
        .sqrt();
        let z = root.hi();
        let ratio = self.ratio(z);
        let order = half - 1.0;
        // I_ν = I_(ν+1)/ratio below ν = 1, where ν may be negative or rounded.
        let bessel =
            if order < 1.0 { bessel_i_wide(half, z).times(1.0 / ratio) } else { bessel_i_wide(order, z) };
        // The rounding of z: I′/I = I_(ν+1)/I_ν + ν/z.
        let correction = 1.0 + root.lo() * (ratio + order / z);
        let power = (ln_dd(Dd::from(x)) - ln_dd(Dd::from(lambda))) * (0.5 * order);
        let exponent = bessel.exponent + power + (Dd::sum(-0.5 * x, -0.5 * lambda) + z);
        Scaled { mantissa: 0.5 * bessel.mantissa * correction, exponent }
    }

    /// The leading term, where λx is next to 0 or out of range: ½ e^(-(x+λ)/2) (x/2)^(k/2-1)/Γ(k/2).
    fn density_from_logarithms(&self, x: f64) -> Scaled {
        let half = 0.5 * self.dof;
        let power = (ln_dd(Dd::from(x)) - ln_dd(Dd::from(2.0))) * (half - 1.0) - ln_gamma(half);
        if x * self.noncentrality > 1.0 {
            // I_ν(z) is nearly e^z/√(2πz), ν far below z.
            let (up, down) = (x.sqrt(), self.noncentrality.sqrt());
            let ln_ratio = ln_dd(Dd::from(x)) - ln_dd(Dd::from(self.noncentrality));
            let exponent = ln_ratio * (0.5 * (half - 1.0)) - 0.5 * (up - down) * (up - down);
            return Scaled {
                mantissa: 0.5 / (std::f64::consts::TAU.sqrt() * up.sqrt() * down.sqrt()),
                exponent,
            };
        }
        Scaled { mantissa: 0.5, exponent: power - 0.5 * x - 0.5 * self.noncentrality }
    }

    fn locate(&self, p: f64, q: f64) -> f64 {
        if !(p > 0.0 && q > 0.0) {
            return solve::root(self, p, q);
        }
        let (k, lambda) = (self.dof, self.noncentrality);
        // Patnaik's approximation, and the leading term of the lower tail.
        let (scale, shape) =
            ((k + 2.0 * lambda) / (k + lambda), 0.5 * (k + lambda) / (k + 2.0 * lambda) * (k + lambda));
        let start = 2.0 * scale * gamma_inc_inv(shape, p, q);
        let ln_p = if p <= q { p.ln() } else { (-q).ln_1p() };
        let leading = ((ln_p + 0.5 * lambda + ln_gamma_1p(0.5 * k)) * 2.0 / k + LN_2).exp();
        if leading * (1.0 + lambda / k) < 1e-17 {
            return leading;
        }
        solve::newton(self, p, q, if leading * (1.0 + lambda / k) < 0.1 { leading } else { start.max(1e-3) })
    }
}

impl ContinuousDistribution for NoncentralChiSquared {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if self.noncentrality == 0.0 {
            self.central.pdf(x)
        } else if x > 0.0 && x < f64::INFINITY {
            self.density(x).value()
        } else if x == 0.0 {
            at_zero(self.dof, 0.5 * (-0.5 * self.noncentrality).exp())
        } else if x.is_nan() {
            x
        } else {
            0.0
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.noncentrality == 0.0 {
            self.central.ln_pdf(x)
        } else if x > 0.0 && x < f64::INFINITY {
            self.density(x).ln()
        } else if x == 0.0 && self.dof == 2.0 {
            0.5f64.ln() - 0.5 * self.noncentrality
        } else {
            self.pdf(x).ln()
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).lower()
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).upper()
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        self.tails(x).ln_lower()
    }

    fn ln_sf(&self, x: f64) -> f64 {
        self.tails(x).ln_upper()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.locate(p, 1.0 - p)
    }

    fn isf(&self, p: f64) -> f64 {
        self.locate(1.0 - p, p)
    }

    /// (k/2 - 1)/x - ½ + ½ √(λ/x) I_(k/2)/I_(k/2-1).
    fn score_x(&self, x: f64) -> f64 {
        if x > 0.0 {
            let lambda = self.noncentrality;
            (0.5 * self.dof - 1.0) / x - 0.5
                + 0.5 * (lambda / x).sqrt() * self.ratio(lambda.sqrt() * x.sqrt())
        } else if x == 0.0 {
            (0.5 * self.dof - 1.0) / x
        } else {
            f64::NAN
        }
    }

    fn mean(&self) -> f64 {
        self.dof + self.noncentrality
    }

    fn variance(&self) -> f64 {
        2.0 * (self.dof + 2.0 * self.noncentrality)
    }

    fn skewness(&self) -> f64 {
        let spread = self.dof + 2.0 * self.noncentrality;
        (self.dof + 3.0 * self.noncentrality) / spread * (8.0 / spread).sqrt()
    }

    fn excess_kurtosis(&self) -> f64 {
        let spread = self.dof + 2.0 * self.noncentrality;
        12.0 * ((self.dof + 4.0 * self.noncentrality) / spread) / spread
    }

    /// `-∫ f ln f` over ln x, between the quantiles that leave 1e-18 on either side.
    fn entropy(&self) -> f64 {
        if self.noncentrality == 0.0 {
            return self.central.entropy();
        }
        let (low, high) = (self.quantile(1e-18).max(1e-300).ln(), self.isf(1e-18).ln());
        let [entropy] = panels(high - low, 400, |s| {
            let ln_x = low + s;
            let ln = self.ln_pdf(ln_x.exp());
            [-ln * (ln + ln_x).exp()]
        });
        entropy
    }

    /// Where the slope of the density changes its sign, by bisection; 0 for k < 2.
    fn mode(&self) -> f64 {
        if self.noncentrality == 0.0 || self.dof < 2.0 {
            return self.central.mode();
        }
        let (mut low, mut high) = (0.0, self.mean());
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high || middle < 1e-300 {
                break;
            }
            if self.score_x(middle) > 0.0 { low = middle } else { high = middle }
        }
        low
    }
}

impl Distribution<f64> for NoncentralChiSquared {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let shifted = |rng: &mut R| {
            let z: f64 = StandardNormal.sample(rng);
            (z + self.noncentrality.sqrt()).powi(2)
        };
        match &self.rest {
            Some(Sampler::Direct(chi2)) => shifted(rng) + chi2.sample(rng),
            Some(log) => shifted(rng) + log.ln_sample(rng).exp(),
            None if self.dof == 1.0 => shifted(rng),
            // A chi-squared variable whose degrees of freedom are k and twice a Poisson count.
            None => {
                let count = Poisson::new(0.5 * self.noncentrality).map_or(0.0, |poisson| poisson.sample(rng));
                if count == 0.0 {
                    return self.central.sample(rng);
                }
                rand_distr::ChiSquared::new(self.dof + 2.0 * count).map_or(f64::NAN, |chi2| chi2.sample(rng))
            }
        }
    }
}

impl Parametric for NoncentralChiSquared {
    type Outcome = f64;
    const LAW: &'static str = "NoncentralChiSquared";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("dof", Domain::Positive), Parameter::new("noncentrality", Domain::Positive)];
    const DATA: DataDomain = DataDomain::Positive;

    fn parameters(&self) -> Vec<f64> {
        vec![self.dof, self.noncentrality]
    }

    fn from_parameters(values: &[f64]) -> Result<Self, Error> {
        expect_parameters::<Self>(values)?;
        Self::new(values[0], values[1])
    }

    fn ln_likelihood(&self, x: f64) -> f64 {
        self.ln_pdf(x)
    }

    /// ∂k: the mean of ½ (ln(x/2) - ψ(k/2 + j)) over the Poisson mixture given x. ∂λ = ½ (√(x/λ) I_(k/2)/I_(k/2-1) - 1).
    fn score(&self, x: f64, out: &mut [f64]) {
        if x.is_nan() || x <= 0.0 {
            out[..2].fill(f64::NAN);
            return;
        }
        let z = self.noncentrality.sqrt() * x.sqrt();
        let rise = if z < 1e-100 { x / self.dof } else { (x / self.noncentrality).sqrt() * self.ratio(z) };
        out[0] = 0.5 * ((0.5 * x).ln() - self.mean_digamma(z));
        out[1] = 0.5 * (rise - 1.0);
    }

    /// From mean and variance; where these belong to no such law, half of the mean for each parameter.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        let (mean, variance) = (sample.mean(), sample.variance());
        let noncentrality = 0.5 * variance - mean;
        if noncentrality > 0.01 * mean && noncentrality < 0.99 * mean {
            Ok(vec![mean - noncentrality, noncentrality])
        } else {
            Ok(vec![0.5 * mean, 0.5 * mean])
        }
    }
}

impl NoncentralChiSquared {
    /// Σ w_j ψ(k/2 + j)/Σ w_j with w_j = (z/2)^2j/(j! Γ(k/2 + j)), from the largest weight to both sides.
    fn mean_digamma(&self, z: f64) -> f64 {
        let (half, square) = (0.5 * self.dof, 0.25 * z * z);
        // j (k/2 + j - 1) = z²/4.
        let b = half - 1.0;
        let top = (0.5 * ((b * b + 4.0 * square).sqrt() - b)).max(0.0).floor();
        let psi = digamma(half + top);
        let (mut weight, mut sum) = (1.0, 1.0);
        let (mut apart, mut mean) = (0.0, 0.0);
        let mut j = top;
        for _ in 0..100_000 {
            weight *= square / ((j + 1.0) * (half + j));
            apart += 1.0 / (half + j);
            j += 1.0;
            sum += weight;
            mean += weight * apart;
            if weight < 1e-18 * sum {
                break;
            }
        }
        (weight, apart, j) = (1.0, 0.0, top);
        for _ in 0..100_000 {
            if j < 1.0 {
                break;
            }
            weight *= j * (half + j - 1.0) / square;
            apart -= 1.0 / (half + j - 1.0);
            j -= 1.0;
            sum += weight;
            mean += weight * apart;
            if weight < 1e-18 * sum {
                break;
            }
        }
        psi + mean / sum
    }
}
