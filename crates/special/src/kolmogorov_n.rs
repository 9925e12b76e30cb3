//! Kolmogorov–Smirnov laws of finite samples.
use crate::beta_inc::binomial_term;
use crate::double_ln::LN_2_DD;
use crate::gamma_inc::poisson_term;
use crate::quadrature::gauss_panels;
use crate::scaled::Scaled;
use crate::{kolmogorov_sf, stirling_remainder};
use ferronum_dd::Dd;
use std::f64::consts::{PI, TAU};

/// Upper tail of the one-sided Kolmogorov–Smirnov statistic of `n` observations, P(D⁺ ≥ d).
///
/// ```text
/// Σ_{j=0}^{⌊n(1-d)⌋} C(n, j) d (d + j/n)^(j-1) (1 - d - j/n)^(n-j)
/// ```
///
/// 1 for d ≤ 0, 0 for d ≥ 1; NaN for n = 0.
///
/// # Accuracy
/// 1e-14, beside the conditioning in `d`.
///
/// # Source
/// Birnbaum & Tingey, *Annals of Mathematical Statistics* 22 (1951) 592–596. Each term is d/(d + j/n) times a binomial
/// probability at a distance of exactly nd from its mean, with its exponent in double-double. For n > 20000 all but the 5000 terms
/// at either end are replaced by the integral and the first correction of the Euler–Maclaurin formula.
///
/// # Examples
/// ```
/// assert!((ferronum_special::smirnov_sf(1, 0.3) - 0.7).abs() < 1e-15);
/// ```
pub fn smirnov_sf(n: u64, d: f64) -> f64 {
    if n == 0 || d.is_nan() {
        return f64::NAN;
    }
    if d <= 0.0 || d >= 1.0 {
        return if d <= 0.0 { 1.0 } else { 0.0 };
    }
    let count = n as f64;
    let nd = Dd::product(count, d);
    let last = (Dd::from(count) - nd).to_f64().floor();
    let term = |j: f64| one_sided_term(count, d, nd, j);
    let range = |from: f64, to: f64| {
        let mut sum = 0.0;
        let mut j = from;
        while j <= to {
            sum += term(j);
            j += 1.0;
        }
        sum
    };
    if last < 20_000.0 {
        return range(0.0, last).min(1.0);
    }
    // Where j or n - j is below 5000 terms may change fast; between, Σ f = ∫ f over (a - ½, b + ½) - f'/24 |.
    let (a, b) = (5000.0, (last - 5000.0).min(count - 5000.0).floor());
    let slope = |at: f64| term(at + 0.5) - term(at - 0.5);
    let (lo, hi) = (a - 0.5, b + 0.5);
    let middle = 0.5 * (lo + hi);
    let mut integral = 0.0;
    for (end, sign) in [(0.0, 1.0), (last + 1.0, -1.0)] {
        let (mut from, stop) = ((if sign > 0.0 { lo } else { hi } - end) * sign, (middle - end) * sign);
        while from < stop {
            let to = (2.0 * from).min(stop);
            integral += gauss_panels(from, to, 4, |distance| term(end + sign * distance));
            from = to;
        }
    }
    let sum = range(0.0, a - 1.0) + range(b + 1.0, last) + integral - (slope(hi) - slope(lo)) / 24.0;
    sum.min(1.0)
}

/// Distribution function of the one-sided statistic, 1 - [`smirnov_sf`].
///
/// # Accuracy
/// Absolute 1e-14: the lower tail is a complement.
///
/// # Examples
/// ```
/// assert!((ferronum_special::smirnov_cdf(1, 0.3) - 0.3).abs() < 1e-15);
/// ```
pub fn smirnov_cdf(n: u64, d: f64) -> f64 {
    1.0 - smirnov_sf(n, d)
}

/// d/p · C(n, j) p^j (1 - p)^(n-j) at p = d + j/n.
fn one_sided_term(n: f64, d: f64, nd: Dd, j: f64) -> f64 {
    let rest = n - j;
    let p = (nd + j) / n;
    let q = (Dd::from(rest) - nd) / n;
    if q.hi() <= 0.0 {
        // The last term, at q = 0: nothing unless j = n.
        return 0.0;
    }
    if j < 1.0 {
        // (1 - d)^n.
        return (crate::ln_dd(q) * n).hi().exp() * (1.0 + (crate::ln_dd(q) * n).lo());
    }
    d / p.hi() * binomial_term(j, rest, p, q, -nd).value()
}

/// Distribution function of the two-sided Kolmogorov–Smirnov statistic of `n` observations, P(D ≤ d).
///
/// 0 for d ≤ 1/(2n), 1 for d ≥ 1; NaN for n = 0.
///
/// # Accuracy
/// 1e-13 in both tails, beside the conditioning in `d`, as long as the exact method takes fewer than 4·10⁸ operations: for every
/// d up to about n = 14000. Beyond that, absolutely about 1/n².
///
/// # Source
/// Durbin's matrix (Marsaglia, Tsang & Wang, *J. Stat. Software* 8 (2003) no. 18), applied n times to a vector: its rows are
/// 1/j!, of which 28 suffice. What leaves the band at each step, times its probability to return without bounds, adds up to the
/// upper tail without cancellation. n d² > 7: twice [`smirnov_sf`], since both sides are passed with a probability below e^(-42) of
/// it. Beyond the stated effort: the expansion of Pelz & Good (*J. R. Stat. Soc. B* 38 (1976) 152–156); which where after
/// Simard & L'Ecuyer, *J. Stat. Software* 39 (2011) no. 11.
///
/// # Examples
/// ```
/// let p = ferronum_special::kolmogorov_n_cdf(10, 0.274); // Marsaglia, Tsang & Wang
/// assert!((p - 0.6284796154565043).abs() < 1e-14);
/// ```
pub fn kolmogorov_n_cdf(n: u64, d: f64) -> f64 {
    two_sided(n, d, false)
}

/// Upper tail of the two-sided statistic, P(D ≥ d): the p-value of the Kolmogorov–Smirnov test.
///
/// # Examples
/// ```
/// let p = ferronum_special::kolmogorov_n_sf(1, 0.75);
/// assert!((p - 0.5).abs() < 1e-15);
/// ```
pub fn kolmogorov_n_sf(n: u64, d: f64) -> f64 {
    two_sided(n, d, true)
}

/// The most multiplications spent on the exact law.
const EFFORT: f64 = 4e8;

fn two_sided(n: u64, d: f64, upper: bool) -> f64 {
    if n == 0 || d.is_nan() {
        return f64::NAN;
    }
    let count = n as f64;
    let nd = Dd::product(count, d);
    if nd.hi() <= 0.5 || d >= 1.0 {
        return if (d >= 1.0) == upper { 0.0 } else { 1.0 };
    }
    if nd.hi() * d > 7.0 || d >= 0.5 {
        let tail = 2.0 * smirnov_sf(n, d);
        return if upper { tail } else { 1.0 - tail };
    }
    let band = 2.0 * nd.hi() + 1.0;
    if count * band * band.min(28.0) < EFFORT {
        // The limit law has its median at 0.8276.
        let band = Band::new(count, nd);
        return if d * count.sqrt() < 0.83 {
            let inside = band.run(false).inside;
            if upper { 1.0 - inside } else { inside }
        } else {
            let outside = band.run(true).outside;
            if upper { outside } else { 1.0 - outside }
        };
    }
    let (cdf, sf) = pelz_good(count, d * count.sqrt());
    if upper { sf } else { cdf }
}

/// The walk of Durbin's matrix: state j = 1..=m, m = 2k - 1, d = (k - h)/n.
struct Band {
    n: f64,
    k: usize,
    m: usize,
    h: f64,
    /// 1/j!
    kernel: [f64; KERNEL],
    /// h^j/j!
    lost: [f64; KERNEL],
}

const KERNEL: usize = 29;

/// The numbers 1/j! as rounded add up to e(1 - 4.2775e-18), which counts once for each step.
const ROUNDED_KERNEL: f64 = 4.2775e-18;

struct Exact {
    inside: f64,
    outside: f64,
}

impl Band {
    fn new(n: f64, nd: Dd) -> Self {
        let floor = nd.hi().floor();
        let fraction = (nd - floor).to_f64();
        // ⌈nd⌉; a low part may put nd just below an integer.
        let (k, h) = if fraction > 0.0 { (floor + 1.0, 1.0 - fraction) } else { (floor, -fraction) };
        let (mut kernel, mut lost) = ([1.0; KERNEL], [1.0; KERNEL]);
        for j in 1..KERNEL {
            kernel[j] = kernel[j - 1] / j as f64;
            lost[j] = lost[j - 1] * (h / j as f64);
        }
        Self { n, k: k as usize, m: 2 * k as usize - 1, h, kernel, lost }
    }

    /// 1/j!, 0 beyond the table.
    fn weight(&self, j: usize) -> f64 {
        if j < KERNEL { self.kernel[j] } else { 0.0 }
    }

    /// Follows the walk; `outside` only where asked for.
    fn run(&self, with_outside: bool) -> Exact {
        let m = self.m;
        let mut v = vec![0.0; m + 2];
        let mut next = vec![0.0; m + 2];
        v[self.k] = 1.0;
        // The vector is v · 2^scale; e^t v stands for the state after t steps.
        let mut scale = 0.0;
        let power = |step: f64, scale: f64| LN_2_DD * scale - step + step * ROUNDED_KERNEL;
        let mut outside = 0.0;
        for step in 0..self.n as u64 {
            let done = step as f64 + 1.0;
            if with_outside {
                outside += self.left_band(&v, self.n - done) * power(done, scale).to_f64().exp();
            }
            self.advance(&v, &mut next);
            std::mem::swap(&mut v, &mut next);
            let largest = v.iter().fold(0.0, |a: f64, &b| a.max(b));
            if largest == 0.0 {
                return Exact { inside: 0.0, outside: 1.0 };
            }
            if !(1e-100..1e100).contains(&largest) {
                let shift = if largest > 1.0 { -300 } else { 300 };
                v.iter_mut().for_each(|x| *x *= 2f64.powi(shift));
                scale -= f64::from(shift);
            }
        }
        // n! e^n / n^n.
        let front = (TAU * self.n).sqrt() * stirling_remainder(self.n).exp();
        let inside = Scaled { mantissa: front * v[self.k], exponent: power(self.n, scale) };
        Exact { inside: inside.value(), outside: front * outside }
    }

    /// next = H v. Index 0 is not used, index m + 1 stays 0.
    fn advance(&self, v: &[f64], next: &mut [f64]) {
        let m = self.m;
        for i in 1..=m {
            let most = (i + 1).min(KERNEL);
            let row = &v[i + 2 - most..i + 2];
            // The small terms first.
            let sum = row.iter().zip(self.kernel[..most].iter().rev()).fold(0.0, |sum, (x, w)| sum + x * w);
            next[i] = sum;
        }
        // The first column and the last row lose what passes the bounds between two steps.
        for i in 1..=m.min(KERNEL) {
            next[i] -= v[1] * self.lost_below(i);
        }
        for j in (m + 2).saturating_sub(KERNEL).max(2)..=m {
            next[m] -= v[j] * self.lost_above(m, j);
        }
        next[1..=m].iter_mut().for_each(|x| *x = x.max(0.0));
        next[m + 1] = 0.0;
    }

    /// From state 1 to i, leaving the band meanwhile: h^i/i!, or in the corner (2h^m - (2h - 1)₊^m)/m!.
    fn lost_below(&self, i: usize) -> f64 {
        if i >= KERNEL {
            return 0.0;
        }
        if i == self.m {
            let both = (2.0 * self.h - 1.0).max(0.0).powi(i as i32) * self.kernel[i];
            2.0 * self.lost[i] - both
        } else {
            self.lost[i]
        }
    }

    /// From state j > 1 to m, leaving the band meanwhile.
    fn lost_above(&self, m: usize, j: usize) -> f64 {
        self.lost.get(m + 1 - j).copied().unwrap_or(0.0)
    }

    /// What leaves the band in this step, each part times the probability to end at k after `rest` free steps.
    fn left_band(&self, v: &[f64], rest: f64) -> f64 {
        let m = self.m;
        let home = Home::new(self.k, rest);
        let mut sum = v[1] * self.weight(0) * home.from(0);
        for i in 1..=m.min(KERNEL) {
            sum += v[1] * self.lost_below(i) * home.from(i);
        }
        let first = (m + 2).saturating_sub(KERNEL).max(1);
        for j in first.max(2)..=m {
            sum += v[j] * self.lost_above(m, j) * home.from(m);
        }
        // Above m: jumps from j to i > m.
        let mut above = home.from(m + 1);
        for i in m + 1..m + KERNEL {
            let from = (i + 2).saturating_sub(KERNEL).max(1);
            let flow: f64 = (from..=m).map(|j| v[j] * self.weight(i + 1 - j)).sum();
            sum += flow * above;
            above = home.next(i, above);
        }
        sum
    }
}

/// Free walks back: from i to k in s steps with the Poisson probability of k - i + s arrivals.
struct Home {
    k: f64,
    s: f64,
}

impl Home {
    fn new(k: usize, s: f64) -> Self {
        Self { k: k as f64, s }
    }

    fn from(&self, i: usize) -> f64 {
        poisson_term(self.k - i as f64 + self.s, self.s)
    }

    /// The value from i + 1, given that from i.
    fn next(&self, i: usize, value: f64) -> f64 {
        let arrivals = self.k - i as f64 + self.s;
        if self.s > 0.0 { value * (arrivals / self.s).max(0.0) } else { self.from(i + 1) }
    }
}

/// K₀ + K₁/√n + K₂/n + K₃/n^(3/2) and its complement.
fn pelz_good(n: f64, z: f64) -> (f64, f64) {
    let (z2, front) = (z * z, (0.5 * PI).sqrt());
    let (z4, z6) = (z2 * z2, z2 * z2 * z2);
    let (mut first, mut second, mut third) = (0.0, 0.0, 0.0);
    let (mut whole2, mut whole3) = (0.0, 0.0);
    for k in 0..40 {
        let half = (PI * (f64::from(k) + 0.5)).powi(2);
        let e = (-0.5 * half / z2).exp();
        first += 2.0 * (half - z2) * e;
        second +=
            2.0 * (6.0 * z6 + 2.0 * z4 + (2.0 * z4 - 5.0 * z2) * half + (1.0 - 2.0 * z2) * half * half) * e;
        third += 2.0
            * (half.powi(3) * (5.0 - 30.0 * z2)
                + half * half * (-60.0 * z2 + 212.0 * z4)
                + half * (135.0 * z4 - 96.0 * z6)
                - 30.0 * z6
                - 90.0 * z6 * z2)
            * e;
        let whole = (PI * f64::from(k)).powi(2);
        let e = (-0.5 * whole / z2).exp();
        whole2 += 2.0 * whole * e;
        whole3 += 2.0 * (3.0 * whole * z2 - whole * whole) * e;
    }
    let k1 = front * first / (6.0 * z4);
    let k2 = front * (second / (72.0 * z6 * z) - whole2 / (36.0 * z2 * z));
    let k3 = front * (third / (6480.0 * z6 * z4) + whole3 / (216.0 * z6));
    let correction = (k1 + (k2 + k3 / n.sqrt()) / n.sqrt()) / n.sqrt();
    let clamp = |p: f64| p.clamp(0.0, 1.0);
    (clamp(crate::kolmogorov_cdf(z) + correction), clamp(kolmogorov_sf(z) - correction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((kolmogorov_n_cdf(5, 0.1), kolmogorov_n_sf(5, 0.1)), (0.0, 1.0));
        assert_eq!((kolmogorov_n_cdf(5, 1.0), kolmogorov_n_sf(5, 1.0)), (1.0, 0.0));
        assert_eq!((smirnov_sf(5, 0.0), smirnov_sf(5, 1.0)), (1.0, 0.0));
        assert!(kolmogorov_n_cdf(0, 0.5).is_nan() && smirnov_sf(0, 0.5).is_nan());
        assert!(kolmogorov_n_cdf(5, f64::NAN).is_nan() && smirnov_sf(5, f64::NAN).is_nan());
        // n = 1: D is uniform on (½, 1).
        for d in [0.5001, 0.6, 0.9] {
            assert!((kolmogorov_n_cdf(1, d) - (2.0 * d - 1.0)).abs() < 1e-15);
        }
    }

    #[test]
    fn tails_add_to_one() {
        for n in [2, 7, 30, 140, 1000] {
            for z in [0.3, 0.6, 0.8276, 1.1, 1.7, 2.5] {
                let nd = Dd::product(n as f64, z / f64::sqrt(n as f64));
                if nd.hi() < 0.5 || nd.hi() > n as f64 {
                    continue;
                }
                let exact = Band::new(n as f64, nd).run(true);
                let total = exact.inside + exact.outside;
                assert!((total - 1.0).abs() < 1e-13, "{n} {z}: {} {}", exact.inside, exact.outside);
            }
        }
    }

    #[test]
    fn band_meets_the_one_sided_law() {
        for n in [50u64, 400] {
            let d = (7.0 / n as f64).sqrt();
            let exact = Band::new(n as f64, Dd::product(n as f64, d)).run(true).outside;
            let twice = 2.0 * smirnov_sf(n, d);
            assert!((exact / twice - 1.0).abs() < 1e-13, "{n}: {exact:e} {twice:e}");
        }
    }

    #[test]
    fn expansion_meets_the_exact_law() {
        let n = 4000.0;
        for z in [0.5, 0.8, 1.2, 2.0] {
            let d = z / f64::sqrt(n);
            let exact = Band::new(n, Dd::product(n, d)).run(true);
            let (cdf, sf) = pelz_good(n, d * f64::sqrt(n));
            assert!((cdf - exact.inside).abs() < 1.0 / (n * n), "{z}: {cdf} {}", exact.inside);
            assert!((sf - exact.outside).abs() < 1.0 / (n * n), "{z}");
        }
    }
}
