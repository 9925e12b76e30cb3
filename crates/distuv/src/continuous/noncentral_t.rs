//! The non-central t distribution.
use crate::continuous::StudentT;
use crate::continuous::chi_squared::Sampler;
use crate::continuous::mixture::{Mixture, Tails};
use crate::continuous::quadrature::{GAUSS, panels};
use crate::double::expm1_minus_x;
use crate::fit::Sample;
use crate::traits::{expect_parameters, solve};
use crate::{ContinuousDistribution, DataDomain, Domain, Error, Parameter, Parametric, check};
use ferronum_special::{
    Dd, IncompleteGamma, Scaled, erfcx, gamma_ratio_half, ln_dd, ln_gamma_ratio_half_scaled,
    ln_minus_digamma, ln1p_minus_x,
};
use rand::Rng;
use rand::distr::Distribution;
use rand_distr::StandardNormal;
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, TAU};

/// Non-central t distribution: (Z + δ)/√(χ²/ν) of a standard normal Z and an independent chi-squared variable,
///
/// ```text
/// f(t) = ∫₀^∞ s φ(ts - δ) g(s) ds,    g the density of √(χ²_ν/ν),    ν = dof > 0, δ = noncentrality
/// ```
///
/// For δ = 0 it is Student's law. It gives the power of a t test.
///
/// # Special values
/// The moment of order r is NaN for ν ≤ r.
///
/// # Accuracy
/// 1e-13 for both tails, their logarithms and the density, beside the conditioning in `t`; 1e-12 for quantiles. Skewness and kurtosis lose
/// digits for large ν, where they tend to 0; the entropy comes from numerical integration, to about 1e-11.
///
/// # Source
/// * Where t and δ have the same sign: the Poisson mixture of Guenther, *Journal of Statistical Computation and Simulation* 6 (1978)
///   199–206 (Lenth's AS 243), of which each tail is summed by itself in positive terms, as Benton & Krishnamoorthy, *Computational
///   Statistics & Data Analysis* 43 (2003) 249–267, do for the lower one.
/// * Where the signs differ that mixture alternates: the tail is ∫ Q(ts - δ) g(s) ds, with a log-concave integrand over ln s, by
///   Gauss–Legendre rules of 8 points from the peak outwards until a piece adds less than 1e-18. So is the density everywhere.
///
/// # Examples
/// ```
/// use ferronum_distuv::{ContinuousDistribution, NoncentralT, StudentT};
/// let critical = StudentT::new(0.0, 1.0, 20.0)?.isf(0.025);
/// let power = NoncentralT::new(20.0, 3.0)?.sf(critical);
/// assert!(power > 0.8 && power < 0.85);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoncentralT {
    dof: f64,
    noncentrality: f64,
    central: StudentT,
    bottom: Sampler,
}

/// Past this |t| the tails are a power of t: the next factor is 1 + O((ν + δ²)/t²).
const FAR: f64 = 1e130;
/// Below this |t| the law is as at 0.
const NEAR: f64 = 1e-130;

impl NoncentralT {
    /// Builds the distribution from its degrees of freedom and its non-centrality.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if `dof` is not positive and finite, or `noncentrality` is not between -1e5 and 1e5.
    pub fn new(dof: f64, noncentrality: f64) -> Result<Self, Error> {
        check::positive("NoncentralT", "dof", dof)?;
        let holds = noncentrality.abs() <= 1e5;
        check::require(holds, "NoncentralT", "noncentrality", "between -1e5 and 1e5", noncentrality)?;
        let bottom = Sampler::new("NoncentralT", "dof", dof)?;
        Ok(Self { dof, noncentrality, central: StudentT::new(0.0, 1.0, dof)?, bottom })
    }

    /// Degrees of freedom ν.
    pub fn dof(&self) -> f64 {
        self.dof
    }

    /// Non-centrality δ.
    pub fn noncentrality(&self) -> f64 {
        self.noncentrality
    }

    fn is_central(&self) -> bool {
        self.noncentrality.abs() < 1e-130
    }

    fn tails(&self, t: f64) -> Tails {
        if t.is_nan() {
            return Tails { tail: Scaled::plain(t), is_lower: true };
        }
        if t.is_infinite() {
            return Tails { tail: Scaled::plain(0.0), is_lower: t < 0.0 };
        }
        let (size, delta) = if t < 0.0 { (-t, -self.noncentrality) } else { (t, self.noncentrality) };
        let Tails { tail, is_lower } = self.right(size, delta);
        Tails { tail, is_lower: is_lower != (t < 0.0) }
    }

    /// For t ≥ 0 and any δ.
    fn right(&self, t: f64, delta: f64) -> Tails {
        if t < NEAR {
            return Tails { tail: normal_tail(delta.abs()), is_lower: delta > 0.0 };
        }
        if t > FAR {
            let Tails { tail, is_lower } = self.right(FAR, delta);
            if is_lower {
                return Tails { tail, is_lower };
            }
            let exponent = tail.exponent - (ln_dd(Dd::from(t)) - ln_dd(Dd::from(FAR))) * self.dof;
            return Tails { tail: Scaled { exponent, ..tail }, is_lower };
        }
        if delta < 0.0 {
            return Tails { tail: self.far_side(t, -delta), is_lower: false };
        }
        let mixture = |a: f64, shift: f64| Mixture {
            a,
            b: 0.5 * self.dof,
            shift,
            mean: Dd::product(delta, delta) * 0.5,
            u: Dd::product(t, t),
            v: Dd::from(self.dof),
        };
        let (even, odd) = (mixture(0.5, 0.0), mixture(1.0, 0.5));
        let tail = |lower: bool| {
            let sum = if lower { add(even.lower(), odd.lower()) } else { add(even.upper(), odd.upper()) };
            let half = sum.times(0.5);
            let tail = if lower { add(half, normal_tail(delta)) } else { half };
            Tails { tail, is_lower: lower }
        };
        let guess = tail(t < delta);
        if guess.tail.value() < 0.6 { guess } else { tail(t >= delta) }
    }

    /// P(T > t) for t > 0 and non-centrality -δ < 0.
    fn far_side(&self, t: f64, delta: f64) -> Scaled {
        let half = 0.5 * self.dof;
        let peak = Peak::new(self.dof, t, self.dof, -delta - 0.8);
        let (w0, s2) = (peak.w, peak.square.hi());
        let start = mills(w0 + delta);
        let integrand = |v: f64| {
            let w = w0 * v.exp();
            let gap = w0 * v.exp_m1();
            let exponent =
                half * (2.0 * v * (1.0 - s2) - s2 * expm1_minus_x(2.0 * v)) - gap * (0.5 * gap + w0 + delta);
            [exponent.exp() * (mills(w + delta) / start)]
        };
        let gamma = IncompleteGamma::at(half, peak.square * half).weight();
        let shifted = Dd::sum(w0, delta);
        let front = Scaled {
            mantissa: gamma.mantissa * 2.0 * start / TAU.sqrt(),
            exponent: gamma.exponent - shifted * shifted * 0.5,
        };
        // Where w is below this, Q(w + δ) is Q(δ), and what is left is a gamma distribution function.
        // Not beyond the end that the rest takes over from.
        let floor = (1e-17 / (1.0 + delta) / w0).ln().min(0.0);
        let ([sum], reached) = peak.integrate(floor, integrand);
        let mut total = sum;
        if reached {
            let rest = IncompleteGamma::at(half, Dd::from(half * (peak.square.hi() * (2.0 * floor).exp())));
            total += (rest.ln_lower() + normal_tail(delta).ln() - front.ln()).exp();
        }
        front.times(total)
    }

    /// With the integrand of the density over v = ln(ts/w₀): |t| f(t), and the averages of w - δ, w(w - δ) and ln s² + 1 - s², w = |t|s.
    fn density(&self, t: f64, delta: f64) -> (Scaled, [f64; 3]) {
        let half = 0.5 * self.dof;
        let peak = Peak::new(self.dof, t, self.dof + 1.0, delta);
        let (w0, s2) = (peak.w, peak.square.hi());
        let integrand = |v: f64| {
            let w = w0 * v.exp();
            let gap = w0 * v.exp_m1();
            let exponent = half * (2.0 * v * (1.0 - s2) - s2 * expm1_minus_x(2.0 * v)) + v
                - gap * (0.5 * gap + (w0 - delta));
            let f = exponent.exp();
            let off = w - delta;
            let square = s2 * (2.0 * v).exp();
            let stretch =
                if square > 1e-10 { ln1p_minus_x(square - 1.0) } else { square.ln() + 1.0 - square };
            [f, f * off, f * w * off, f * stretch]
        };
        let gamma = IncompleteGamma::at(half, peak.square * half).weight();
        let shifted = Dd::sum(w0, -delta);
        let front = Scaled {
            mantissa: gamma.mantissa * 2.0 * w0 / TAU.sqrt(),
            exponent: gamma.exponent - shifted * shifted * 0.5,
        };
        let ([sum, first, second, third], _) = peak.integrate(f64::NEG_INFINITY, integrand);
        (front.times(sum), [first / sum, second / sum, third / sum])
    }

    /// f(t) for a finite t that is not next to 0.
    fn scaled_density(&self, t: f64) -> Scaled {
        let size = t.abs().min(FAR);
        let (density, _) = self.density(size, self.noncentrality * t.signum());
        let mut density = density.over(size);
        if t.abs() > FAR {
            let power = (ln_dd(Dd::from(t.abs())) - ln_dd(Dd::from(FAR))) * (self.dof + 1.0);
            density.exponent -= power;
        }
        density
    }

    /// Newton steps for the logarithm of the smaller tail over asinh t.
    fn locate(&self, p: f64, q: f64) -> f64 {
        if !(p > 0.0 && q > 0.0) {
            return solve::root(self, p, q);
        }
        let (lower, target) = if p <= q { (true, p) } else { (false, q) };
        let spread = (1.0 + self.noncentrality * (self.noncentrality / self.dof)).sqrt();
        let quantile = if lower { self.central.quantile(p) } else { self.central.isf(q) };
        let mut u = (self.noncentrality + spread * quantile).asinh();
        for _ in 0..60 {
            let t = u.sinh();
            let tails = self.tails(t);
            let ln_tail = tails.ln(lower);
            let mut excess = ln_tail - target.ln();
            if excess.abs() < 0.5 && target > 1e-290 {
                excess = ((tails.value(lower) - target) / target).ln_1p();
            }
            let rate = (self.ln_pdf(t) - ln_tail).exp();
            let step = if lower { -excess / rate } else { excess / rate };
            if !step.is_finite() {
                break;
            }
            if step.abs() < 1e-7 * t.abs() && excess.abs() < 1e-3 {
                return t + step;
            }
            u += (step / u.cosh()).clamp(-3.0, 3.0);
        }
        // The ends of the range of `f64` stand for what lies beyond them.
        let t = solve::root(self, p, q);
        if t.abs() == f64::MAX { t.signum() * f64::INFINITY } else { t }
    }

    /// E T/δ.
    fn mean_factor(&self) -> f64 {
        (0.5 * self.dof).sqrt() / gamma_ratio_half(0.5 * (self.dof - 1.0))
    }
}

/// Where an integrand over ln w is largest, and how wide its pieces are.
struct Peak {
    w: f64,
    /// (w/t)².
    square: Dd,
    width: f64,
}

impl Peak {
    /// The root of `order - ν w²/t² - w (w - δ)`.
    fn new(dof: f64, t: f64, order: f64, delta: f64) -> Self {
        let bend = 1.0 + dof / t / t;
        let root = (delta * delta + 4.0 * bend * order).sqrt();
        let w = if delta > 0.0 { (delta + root) / (2.0 * bend) } else { 2.0 * order / (root - delta) };
        let s = Dd::from(w) / t;
        let curvature = 2.0 * dof * (s * s).hi() + w * (2.0 * w - delta).abs();
        Self { w, square: s * s, width: (0.7 / curvature.sqrt()).min(0.15) }
    }

    /// Integrates outwards from the peak; the first integrand is positive and decides the end. True if the left side reached `floor`.
    fn integrate<const N: usize>(&self, floor: f64, f: impl Fn(f64) -> [f64; N]) -> ([f64; N], bool) {
        let mut sums = [0.0; N];
        let mut piece = |from: f64, to: f64| {
            let (mut first, width) = (0.0, to - from);
            for (node, weight) in &GAUSS {
                for at in [0.5 - node, 0.5 + node] {
                    let values = f(from + width * at);
                    first += weight * width * values[0];
                    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * width * value);
                }
            }
            first > 1e-18 * sums[0]
        };
        for i in 0..100_000 {
            let at = self.width * f64::from(i);
            if !piece(at, at + self.width) && i > 3 {
                break;
            }
        }
        let mut reached = false;
        for i in 0..100_000 {
            let at = -self.width * f64::from(i);
            if at <= floor {
                reached = true;
                break;
            }
            if !piece((at - self.width).max(floor), at) && i > 3 {
                break;
            }
        }
        (sums, reached)
    }
}

/// Mills' ratio (1 - Φ(y))/φ(y) for y ≥ 0.
fn mills(y: f64) -> f64 {
    FRAC_PI_2.sqrt() * erfcx(y * FRAC_1_SQRT_2)
}

/// Φ(-δ) for δ ≥ 0.
fn normal_tail(delta: f64) -> Scaled {
    Scaled { mantissa: mills(delta) / TAU.sqrt(), exponent: Dd::product(delta, delta) * -0.5 }
}

fn add(a: Scaled, b: Scaled) -> Scaled {
    let apart = b.exponent - a.exponent;
    if apart.hi() > 0.0 {
        return add(b, a);
    }
    Scaled { mantissa: a.mantissa + b.mantissa * apart.hi().exp(), ..a }
}

impl ContinuousDistribution for NoncentralT {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn pdf(&self, x: f64) -> f64 {
        if x.is_infinite() {
            0.0
        } else if self.is_central() || x.is_nan() {
            self.central.pdf(x)
        } else if x.abs() < NEAR {
            self.central.pdf(0.0) * (-0.5 * self.noncentrality * self.noncentrality).exp()
        } else {
            self.scaled_density(x).value()
        }
    }

    fn ln_pdf(&self, x: f64) -> f64 {
        if self.is_central() || x.is_nan() || x.is_infinite() {
            self.central.ln_pdf(x)
        } else if x.abs() < NEAR {
            self.central.ln_pdf(0.0) - 0.5 * self.noncentrality * self.noncentrality
        } else {
            self.scaled_density(x).ln()
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.cdf(x) } else { self.tails(x).value(true) }
    }

    fn sf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.sf(x) } else { self.tails(x).value(false) }
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.ln_cdf(x) } else { self.tails(x).ln(true) }
    }

    fn ln_sf(&self, x: f64) -> f64 {
        if self.is_central() { self.central.ln_sf(x) } else { self.tails(x).ln(false) }
    }

    fn quantile(&self, p: f64) -> f64 {
        if self.is_central() { self.central.quantile(p) } else { self.locate(p, 1.0 - p) }
    }

    fn isf(&self, p: f64) -> f64 {
        if self.is_central() { self.central.isf(p) } else { self.locate(1.0 - p, p) }
    }

    /// -E w(w - δ)/t over the mixture of normal laws given t, w = ts.
    fn score_x(&self, x: f64) -> f64 {
        if self.is_central() || x.is_nan() || x.is_infinite() {
            return self.central.score_x(x);
        }
        if x.abs() < NEAR {
            // δ E s² /E s, s of one degree of freedom more.
            return self.noncentrality * gamma_ratio_half(0.5 * (self.dof + 1.0)) * (2.0 / self.dof).sqrt();
        }
        let size = x.abs().min(FAR);
        let (_, [_, second, _]) = self.density(size, self.noncentrality * x.signum());
        -second / x
    }

    fn mean(&self) -> f64 {
        if self.dof > 1.0 { self.noncentrality * self.mean_factor() } else { f64::NAN }
    }

    /// ν/(ν - 2) (1 + δ² (1 - c²(ν - 2)/ν)), c = E T/δ.
    fn variance(&self) -> f64 {
        let nu = self.dof;
        if nu <= 2.0 {
            return f64::NAN;
        }
        let half = 0.5 * (nu - 1.0);
        let small = ln_gamma_ratio_half_scaled(half);
        let short = -((-1.0 / (nu - 1.0)).ln_1p() - 2.0 * small).exp_m1();
        nu / (nu - 2.0) * (1.0 + self.noncentrality * self.noncentrality * short)
    }

    fn skewness(&self) -> f64 {
        let (nu, delta) = (self.dof, self.noncentrality);
        if nu <= 3.0 {
            return f64::NAN;
        }
        let variance = self.variance();
        let bracket = nu / (nu - 2.0) * ((2.0 * nu - 3.0 + delta * delta) / (nu - 3.0)) - 2.0 * variance;
        self.mean() * bracket / variance.powf(1.5)
    }

    fn excess_kurtosis(&self) -> f64 {
        let (nu, square) = (self.dof, self.noncentrality * self.noncentrality);
        if nu <= 4.0 {
            return f64::NAN;
        }
        let (mean, variance) = (self.mean(), self.variance());
        let raw = nu / (nu - 2.0) * (nu / (nu - 4.0)) * (3.0 + square * (6.0 + square));
        let bracket =
            nu / (nu - 2.0) * (((nu + 1.0) * square + 3.0 * (3.0 * nu - 5.0)) / (nu - 3.0)) - 3.0 * variance;
        (raw - mean * mean * bracket) / variance / variance - 3.0
    }

    /// `-∫ f ln f` over asinh t, between the quantiles that leave 1e-18 on either side.
    fn entropy(&self) -> f64 {
        if self.is_central() {
            return self.central.entropy();
        }
        let (low, high) = (self.quantile(1e-18).asinh(), self.isf(1e-18).asinh());
        let [entropy] = panels(high - low, 150, |s| {
            let u = low + s;
            let ln = self.ln_pdf(u.sinh());
            [-ln * ln.exp() * u.cosh()]
        });
        entropy
    }

    /// Where the slope of the density changes its sign, between 0 and δ, by bisection.
    fn mode(&self) -> f64 {
        if self.is_central() {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, self.noncentrality.abs());
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            let slope = self.score_x(middle * self.noncentrality.signum()) * self.noncentrality.signum();
            if slope > 0.0 { low = middle } else { high = middle }
        }
        low * self.noncentrality.signum()
    }
}

impl Distribution<f64> for NoncentralT {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        let top = z + self.noncentrality;
        match &self.bottom {
            Sampler::Direct(bottom) => top / (bottom.sample(rng) / self.dof).sqrt(),
            log => top * (0.5 * (self.dof.ln() - log.ln_sample(rng))).exp(),
        }
    }
}

impl Parametric for NoncentralT {
    type Outcome = f64;
    const LAW: &'static str = "NoncentralT";
    const PARAMETERS: &'static [Parameter] =
        &[Parameter::new("dof", Domain::Positive), Parameter::new("noncentrality", Domain::Real)];
    const DATA: DataDomain = DataDomain::Real;

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

    /// Means given t: ∂ν = ½ (ln a - ψ(a) + E(ln s² + 1 - s²)) with a = ν/2, ∂δ = E(ts - δ).
    fn score(&self, x: f64, out: &mut [f64]) {
        if !x.is_finite() {
            out[..2].fill(f64::NAN);
            return;
        }
        let size = x.abs().clamp(NEAR, FAR);
        let sign = if x < 0.0 { -1.0 } else { 1.0 };
        let (_, [off, _, stretch]) = self.density(size, self.noncentrality * sign);
        out[0] = 0.5 * (ln_minus_digamma(0.5 * self.dof) + stretch - 2.0 * (x.abs() / size).max(1.0).ln());
        out[1] = sign * off;
    }

    /// The median for the non-centrality, and 10 degrees of freedom.
    fn moment_estimate(sample: &Sample<'_, f64>) -> Result<Vec<f64>, Error> {
        sample.expect_spread()?;
        Ok(vec![10.0, sample.median().clamp(-1e4, 1e4)])
    }
}
