//! Probabilities of boxes under multivariate normal and t laws.
use crate::bivariate::{bivariate_normal_cdf, interval};
use crate::{Error, MultivariateDistribution, MultivariateNormal, MultivariateT, check};
use ferronum_mat::Mat;
use ferronum_special::{gamma_p_inv, norm_cdf, norm_isf, norm_quantile};

/// How to integrate: settings of [`Self::normal`] and [`Self::student_t`].
///
/// The probability of a box becomes an integral over the unit cube, with one dimension less, whose variables are ordered so that the
/// narrowest conditional limits come first. It is averaged over a lattice shifted at random 24 times; the points double until
/// the error is small enough or the budget is spent. The same seed gives the same answer, on every platform up to rounding.
///
/// # Source
/// Genz, *J. Comput. Graph. Statist.* 1 (1992) 141–149; Genz & Bretz, *Computation of Multivariate Normal and t Probabilities* (2009), §4.1
/// (transformation, variable order), §4.2.2 (shifted lattices, baker's transformation); the extensible Korobov lattice of Hickernell et al.,
/// *SIAM J. Sci. Comput.* 22 (2001) 1117–1138.
///
/// # Examples
/// ```
/// use ferronum_distmv::{BoxProbability, MultivariateNormal};
/// use ferronum_mat::Mat;
/// // All of four variables with correlations ½ are negative with probability 1/5.
/// let correlations = Mat::from_fn(4, 4, |i, j| if i == j { 1.0 } else { 0.5 });
/// let law = MultivariateNormal::new(&[0.0; 4], &correlations)?;
/// let p = BoxProbability::default().normal(&law, &[f64::NEG_INFINITY; 4], &[0.0; 4])?;
/// assert!(p.converged && (p.value - 0.2).abs() <= p.error);
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoxProbability {
    /// Absolute error to reach; 1e-6 by default.
    pub abs_tol: f64,
    /// Relative error that is as good; 0 by default.
    pub rel_tol: f64,
    /// Most evaluations of the integrand; 1 000 000 by default.
    pub max_points: usize,
    /// Seed of the random shifts; 0 by default.
    pub seed: u64,
}

impl Default for BoxProbability {
    fn default() -> Self {
        Self { abs_tol: 1e-6, rel_tol: 0.0, max_points: 1_000_000, seed: 0 }
    }
}

/// A probability with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoxEstimate {
    /// The probability.
    pub value: f64,
    /// Error estimate: 5 standard errors over the random shifts, or half the change from half as many points where that is more; in one
    /// and two dimensions the bound of the closed form.
    pub error: f64,
    /// Evaluations of the integrand.
    pub points: usize,
    /// Whether the error asked for was reached.
    pub converged: bool,
}

/// Random shifts over which the error is estimated.
const SHIFTS: usize = 24;

impl BoxProbability {
    /// P(lower ≤ X ≤ upper) of a normal law; limits may be infinite.
    ///
    /// # Errors
    /// [`Error::Dimension`]; [`Error::InvalidElement`] for a NaN; [`Error::Degenerate`] for a degenerate law.
    pub fn normal(
        &self,
        law: &MultivariateNormal,
        lower: &[f64],
        upper: &[f64],
    ) -> Result<BoxEstimate, Error> {
        if law.rank() < law.dim() {
            let reason = "box probabilities need a positive definite covariance";
            return Err(Error::Degenerate { law: "MultivariateNormal", reason });
        }
        self.run(&law.mean(), &law.covariance(), None, lower, upper)
    }

    /// P(lower ≤ X ≤ upper) of a t law; limits may be infinite.
    ///
    /// # Errors
    /// [`Error::Dimension`]; [`Error::InvalidElement`] for a NaN.
    pub fn student_t(&self, law: &MultivariateT, lower: &[f64], upper: &[f64]) -> Result<BoxEstimate, Error> {
        self.run(law.location(), &law.shape().to_owned(), Some(law.dof()), lower, upper)
    }

    fn run(
        &self,
        centre: &[f64],
        scatter: &Mat<f64>,
        dof: Option<f64>,
        lower: &[f64],
        upper: &[f64],
    ) -> Result<BoxEstimate, Error> {
        let law = "BoxProbability";
        for (name, limits) in [("lower", lower), ("upper", upper)] {
            check::length(law, name, centre.len(), limits.len())?;
            check::elements(law, name, limits, "a number", |x| !x.is_nan())?;
        }
        let exact = |value: f64, error: f64| BoxEstimate { value, error, points: 1, converged: true };
        if lower.iter().zip(upper).any(|(a, b)| a >= b) {
            return Ok(exact(0.0, 0.0));
        }
        let std: Vec<f64> = scatter.diagonal().map(f64::sqrt).collect();
        let standard = |x: &[f64], i: usize| (x[i] - centre[i]) / std[i];
        // Coordinates without limits integrate to 1.
        let bounded: Vec<usize> =
            (0..centre.len()).filter(|&i| lower[i] > f64::NEG_INFINITY || upper[i] < f64::INFINITY).collect();
        let a: Vec<f64> = bounded.iter().map(|&i| standard(lower, i)).collect();
        let b: Vec<f64> = bounded.iter().map(|&i| standard(upper, i)).collect();
        let n = bounded.len();
        let r = Mat::from_fn(n, n, |i, j| {
            let (i, j) = (bounded[i], bounded[j]);
            if i == j { 1.0 } else { scatter[(i, j)] / (std[i] * std[j]) }
        });
        if n == 0 {
            return Ok(exact(1.0, 0.0));
        }
        if dof.is_none() && n == 1 {
            return Ok(exact(interval(a[0], b[0]), 1e-15));
        }
        if dof.is_none() && n == 2 {
            return Ok(exact(rectangle(&a, &b, r[(0, 1)]), 1e-14));
        }
        Ok(self.average(&Separated::new(r, a, b, dof)))
    }

    /// The average of the integrand over shifted lattices of doubling size.
    fn average(&self, integrand: &Separated) -> BoxEstimate {
        let dims = integrand.cube();
        if dims == 0 {
            let value = integrand.value(&mut [], &mut []);
            return BoxEstimate { value, error: 1e-15, points: 1, converged: true };
        }
        let generators = korobov(dims);
        let mut state = self.seed;
        let shifts: Vec<Vec<f64>> =
            (0..SHIFTS).map(|_| (0..dims).map(|_| split_mix(&mut state)).collect()).collect();
        let mut sums = [0.0; SHIFTS];
        let (mut done, mut target) = (0usize, 256usize);
        let mut previous = f64::INFINITY;
        let (mut u, mut y) = (vec![0.0; dims], vec![0.0; integrand.a.len()]);
        loop {
            for (shift, sum) in shifts.iter().zip(&mut sums) {
                // A lattice twice as large adds its points of odd number.
                for k in (0..target as u64).filter(|k| done == 0 || k % 2 == 1) {
                    for j in 0..dims {
                        let point =
                            (k.wrapping_mul(generators[j]) & (target as u64 - 1)) as f64 / target as f64;
                        let x = (point + shift[j]).fract();
                        u[j] = (1.0 - (2.0 * x - 1.0).abs()).clamp(1e-16, 1.0 - 1e-16);
                    }
                    *sum += integrand.value(&mut u, &mut y);
                }
            }
            done = target;
            let means = sums.map(|s| s / done as f64);
            let value = means.iter().sum::<f64>() / SHIFTS as f64;
            let variance = means.iter().map(|m| (m - value) * (m - value)).sum::<f64>();
            let spread = 5.0 * (variance / (SHIFTS * (SHIFTS - 1)) as f64).sqrt();
            // The error is skewed: 24 shifts may agree by chance, so
            // the lattice half as large has to agree too.
            let error = spread.max(0.5 * (value - previous).abs()) + 1e-15 * value;
            previous = value;
            let converged = error <= self.abs_tol.max(self.rel_tol * value);
            if converged || 2 * done * SHIFTS > self.max_points {
                return BoxEstimate { value, error, points: done * SHIFTS, converged };
            }
            target = 2 * done;
        }
    }
}

/// A rectangle of the bivariate law, each limit reflected into the lower tail so that differences of large terms are avoided.
fn rectangle(a: &[f64], b: &[f64], rho: f64) -> f64 {
    let (mut a, mut b, mut rho) = ([a[0], a[1]], [b[0], b[1]], rho);
    for i in 0..2 {
        if a[i] + b[i] > 0.0 {
            (a[i], b[i], rho) = (-b[i], -a[i], -rho);
        }
    }
    let f = |x, y| bivariate_normal_cdf(x, y, rho);
    ((f(b[0], b[1]) - f(a[0], b[1])) - (f(b[0], a[1]) - f(a[0], a[1]))).max(0.0)
}

/// The integrand after separation of variables.
struct Separated {
    l: Mat<f64>,
    a: Vec<f64>,
    b: Vec<f64>,
    dof: Option<f64>,
}

impl Separated {
    /// Factorises the correlation matrix while it moves the variable with the least expected conditional probability forward.
    fn new(mut r: Mat<f64>, mut a: Vec<f64>, mut b: Vec<f64>, dof: Option<f64>) -> Self {
        let n = a.len();
        let mut l = Mat::zeros(n, n);
        let mut expected = vec![0.0; n];
        for step in 0..n {
            let conditional = |i: usize, l: &Mat<f64>, y: &[f64]| {
                let known: f64 = (0..step).map(|k| l[(i, k)] * y[k]).sum();
                let rest: f64 = r[(i, i)] - (0..step).map(|k| l[(i, k)] * l[(i, k)]).sum::<f64>();
                let s = rest.max(1e-300).sqrt();
                (interval((a[i] - known) / s, (b[i] - known) / s), known, s)
            };
            let best = (step..n)
                .min_by(|&i, &j| conditional(i, &l, &expected).0.total_cmp(&conditional(j, &l, &expected).0))
                .unwrap_or(step);
            let (p, known, s) = conditional(best, &l, &expected);
            let (from, to) = ((a[best] - known) / s, (b[best] - known) / s);
            swap(&mut r, &mut l, step, best);
            a.swap(step, best);
            b.swap(step, best);
            l[(step, step)] = s;
            for i in step + 1..n {
                let done: f64 = (0..step).map(|k| l[(i, k)] * l[(step, k)]).sum();
                l[(i, step)] = (r[(i, step)] - done) / s;
            }
            // Mean of a normal variable between its limits.
            let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let mean = (density(from) - density(to)) / p;
            expected[step] = if mean.is_finite() { mean } else { from.max(to.min(0.0)).clamp(-40.0, 40.0) };
        }
        Self { l, a, b, dof }
    }

    /// Dimension of the cube: the last variable is integrated in closed form, the scale of a t law adds one.
    fn cube(&self) -> usize {
        self.a.len() - 1 + usize::from(self.dof.is_some())
    }

    fn value(&self, u: &mut [f64], y: &mut [f64]) -> f64 {
        let n = self.a.len();
        let (scale, u) = match self.dof {
            Some(dof) => ((2.0 * gamma_p_inv(0.5 * dof, u[0]) / dof).sqrt(), &u[1..]),
            None => (1.0, &u[..]),
        };
        let mut product = 1.0;
        for i in 0..n {
            let known: f64 = (0..i).map(|k| self.l[(i, k)] * y[k]).sum();
            let s = self.l[(i, i)];
            let limit = |x: f64| if x.is_infinite() { x } else { (scale * x - known) / s };
            let (from, to) = (limit(self.a[i]), limit(self.b[i]));
            let p = interval(from, to);
            product *= p;
            if product == 0.0 {
                return 0.0;
            }
            if i + 1 < n {
                y[i] = between(from, to, p, u[i]);
            }
        }
        product
    }
}

/// The normal quantile of Φ(a) + u p, in the tail that keeps its digits.
fn between(a: f64, b: f64, p: f64, u: f64) -> f64 {
    let y = if a > 0.0 { norm_isf(norm_cdf(-a) - u * p) } else { norm_quantile(norm_cdf(a) + u * p) };
    y.clamp(a.max(-40.0).min(b), b.min(40.0).max(a))
}

fn swap(r: &mut Mat<f64>, l: &mut Mat<f64>, i: usize, j: usize) {
    if i == j {
        return;
    }
    let n = r.nrows();
    for k in 0..n {
        (r[(i, k)], r[(j, k)]) = (r[(j, k)], r[(i, k)]);
        (l[(i, k)], l[(j, k)]) = (l[(j, k)], l[(i, k)]);
    }
    for k in 0..n {
        (r[(k, i)], r[(k, j)]) = (r[(k, j)], r[(k, i)]);
    }
}

/// Powers of 17797 modulo 2⁶⁴: an extensible lattice, good at every power of two of points.
fn korobov(n: usize) -> Vec<u64> {
    std::iter::successors(Some(1u64), |z| Some(z.wrapping_mul(17797))).take(n).collect()
}

/// Steele, Lea & Flood, *OOPSLA* 2014: a number in [0, 1) from a 64-bit state.
fn split_mix(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orthant(n: usize, dof: Option<f64>) -> BoxEstimate {
        let r = Mat::from_fn(n, n, |i, j| if i == j { 1.0 } else { 0.5 });
        let (low, high) = (vec![f64::NEG_INFINITY; n], vec![0.0; n]);
        let settings = BoxProbability { abs_tol: 1e-5, ..BoxProbability::default() };
        match dof {
            None => {
                settings.normal(&MultivariateNormal::new(&vec![0.0; n], &r).unwrap(), &low, &high).unwrap()
            }
            Some(dof) => {
                settings.student_t(&MultivariateT::new(&vec![0.0; n], &r, dof).unwrap(), &low, &high).unwrap()
            }
        }
    }

    #[test]
    fn orthants_of_equal_correlation_have_probability_one_over_n_plus_one() {
        for n in 1..=8 {
            let expected = 1.0 / (n + 1) as f64;
            // The orthant does not see the scale of a t law.
            for p in [orthant(n, None), orthant(n, Some(4.0))] {
                assert!((p.value - expected).abs() <= p.error.max(1e-9) && p.error < 1e-4, "{n}: {p:?}");
            }
        }
    }

    #[test]
    fn empty_and_unbounded_boxes() {
        let law = MultivariateNormal::standard(3).unwrap();
        let (inf, settings) = (f64::INFINITY, BoxProbability::default());
        assert_eq!(settings.normal(&law, &[-inf; 3], &[inf; 3]).unwrap().value, 1.0);
        assert_eq!(settings.normal(&law, &[1.0; 3], &[0.0; 3]).unwrap().value, 0.0);
        assert!(settings.normal(&law, &[f64::NAN; 3], &[0.0; 3]).is_err());
        assert!(settings.normal(&law, &[0.0; 2], &[0.0; 3]).is_err());
        let p = settings.normal(&law, &[8.0; 3], &[inf; 3]).unwrap();
        assert!((p.value / 6.220960574271785e-16f64.powi(3) - 1.0).abs() < 1e-12);
    }
}
