//! Poisson mixtures of incomplete beta functions: the distribution functions of non-central beta, F and t variables.
use ferronum_special::{Dd, IncompleteBeta, IncompleteGamma, Scaled};

/// Both tails at one point, one of them known and not above 0.6 or so.
pub(crate) struct Tails {
    pub tail: Scaled,
    pub is_lower: bool,
}

impl Tails {
    pub fn value(&self, lower: bool) -> f64 {
        let tail = self.tail.value();
        if lower == self.is_lower { tail.clamp(0.0, 1.0) } else { (1.0 - tail).clamp(0.0, 1.0) }
    }

    pub fn ln(&self, lower: bool) -> f64 {
        let ln = if lower == self.is_lower { self.tail.ln() } else { (-self.tail.value()).ln_1p() };
        ln.clamp(f64::NEG_INFINITY, 0.0)
    }
}

/// Terms of a sum at most.
const MOST: usize = 4_000_000;

/// `Σ w_j I_y(a + j, b)` and its relatives with w_j = e^-m m^(j+c)/Γ(j + c + 1), y = u/(u + v).
///
/// With g_j = y^(a+j) (1-y)^b/((a+j) B(a+j, b)), I(a+j) = I(a+j+1) + g_j and 1 - I(a+j+1) = 1 - I(a+j) + g_j. The first is used downwards
/// for the lower tail and the second upwards for the upper one, so that every sum has positive terms alone. The largest product w_j g_j
/// is found in full precision, the others from the ratios of neighbours; the terms are log-concave in j, and a sum ends where they are
/// 1e-18 of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mixture {
    pub a: f64,
    pub b: f64,
    /// c = 0 for Poisson weights, ½ for the odd terms of the t law.
    pub shift: f64,
    /// m > 0.
    pub mean: Dd,
    pub u: Dd,
    pub v: Dd,
}

/// Averages over the terms of the density.
pub(crate) struct Averages {
    /// E j.
    pub j: f64,
    /// E ψ(a + j).
    pub digamma_a: f64,
    /// E ψ(a + b + j).
    pub digamma_n: f64,
}

impl Mixture {
    fn y(&self) -> f64 {
        (self.u / (self.u + self.v)).hi()
    }

    fn beta(&self, j: f64) -> IncompleteBeta {
        IncompleteBeta::from_ratio(self.a + j, self.b, self.u, self.v)
    }

    /// w_(j+1) g_(j+1)/(w_j g_j).
    fn step(&self, j: f64, y: f64) -> f64 {
        self.mean.hi() / (j + self.shift + 1.0) * (y * ((self.a + self.b + j) / (self.a + j + 1.0)))
    }

    /// The j of the largest product w_j g_j, and that product.
    fn anchor(&self, y: f64) -> (f64, Scaled) {
        let product = self.mean.hi() * y;
        let half = 0.5 * (self.a + self.shift + 2.0 - product);
        let rest = (self.shift + 1.0) * (self.a + 1.0) - product * (self.a + self.b);
        let root = (half * half - rest).max(0.0).sqrt();
        let top = if half > 0.0 { -rest / (half + root) } else { root - half };
        let j = if top > 0.0 { top.floor() } else { 0.0 };
        let order = j + self.shift;
        let weight = if order == 0.0 {
            Scaled { mantissa: 1.0, exponent: -self.mean }
        } else {
            IncompleteGamma::at(order, self.mean).weight().times(1.0 / order)
        };
        let power = self.beta(j).weight();
        let mantissa = weight.mantissa * (power.mantissa / (self.a + j));
        (j, Scaled { mantissa, exponent: weight.exponent + power.exponent })
    }

    /// I(a + j)/g_j or (1 - I(a + j))/g_j.
    fn ratio(&self, j: f64, lower: bool) -> f64 {
        let beta = self.beta(j);
        let weight = beta.weight();
        let (tail, front) = (if lower { beta.lower() } else { beta.upper() }, weight.value());
        if tail > 1e-280 && front > 1e-280 {
            return tail / front * (self.a + j);
        }
        let ln = if lower { beta.ln_lower() } else { beta.ln_upper() };
        (ln - weight.ln()).exp() * (self.a + j)
    }

    /// `Σ w_j I(a + j, b)`.
    pub fn lower(&self) -> Scaled {
        let y = self.y();
        let (anchor, scale) = self.anchor(y);
        let (mut j, mut p, mut check) = (anchor, 1.0, 1e-20);
        let mut ratio = 0.0;
        for _ in 0..MOST {
            p *= self.step(j, y);
            j += 1.0;
            if p < check {
                ratio = self.ratio(j, true);
                if p * ratio < 1e-19 {
                    break;
                }
                check = p * 1e-4;
            }
        }
        let mut term = p * ratio;
        let mut sum = term;
        for _ in 0..MOST {
            if j < 1.0 {
                break;
            }
            j -= 1.0;
            p = if j == anchor { 1.0 } else { p / self.step(j, y) };
            term = (j + self.shift + 1.0) / self.mean.hi() * term + p;
            sum += term;
            if term < 1e-18 * sum {
                break;
            }
        }
        scale.times(sum)
    }

    /// `Σ w_j (1 - I(a + j, b))`.
    pub fn upper(&self) -> Scaled {
        let y = self.y();
        let (anchor, scale) = self.anchor(y);
        let (mut j, mut p, mut check) = (anchor, 1.0, 1e-20);
        for _ in 0..MOST {
            if j < 1.0 {
                break;
            }
            j -= 1.0;
            p /= self.step(j, y);
            if p < check {
                if p * self.ratio(j, false) < 1e-19 {
                    break;
                }
                check = p * 1e-4;
            }
        }
        let mut term = p * self.ratio(j, false);
        let mut sum = term;
        for _ in 0..MOST {
            term = (term + p) * (self.mean.hi() / (j + self.shift + 1.0));
            p *= self.step(j, y);
            j += 1.0;
            if j == anchor {
                p = 1.0;
            }
            sum += term;
            if j > anchor && term < 1e-18 * sum {
                break;
            }
        }
        scale.times(sum)
    }

    /// The smaller tail, for weights that add to 1.
    pub fn tails(&self) -> Tails {
        if !(self.u.hi() > 0.0 && self.v.hi() > 0.0 && self.u.is_finite()) {
            // y is 0 or 1.
            let none = Scaled::plain(if self.u.hi().is_nan() { f64::NAN } else { 0.0 });
            return Tails { tail: none, is_lower: self.u.hi().is_nan() || self.u.hi() <= 0.0 };
        }
        let middle = self.a + self.mean.hi();
        let below = self.u.hi() / self.v.hi() < middle / self.b;
        let tail =
            |lower: bool| Tails { tail: if lower { self.lower() } else { self.upper() }, is_lower: lower };
        let guess = tail(below);
        if guess.tail.value() < 0.6 { guess } else { tail(!below) }
    }

    /// `y(1 - y) d/dy Σ w_j I(a + j, b)`, a sum of w_j g_j (a + j).
    pub fn weight(&self) -> Scaled {
        let y = self.y();
        let (anchor, scale) = self.anchor(y);
        let mut sum = self.a + anchor;
        self.outwards(anchor, y, |j, p| {
            let term = p * (self.a + j);
            sum += term;
            term > 1e-18 * sum
        });
        scale.times(sum)
    }

    /// Visits all j but the anchor with w_j g_j relative to the anchor, upwards and then downwards, each while `visit` says so.
    fn outwards(&self, anchor: f64, y: f64, mut visit: impl FnMut(f64, f64) -> bool) {
        let (mut j, mut p) = (anchor, 1.0);
        for _ in 0..MOST {
            p *= self.step(j, y);
            j += 1.0;
            if !visit(j, p) {
                break;
            }
        }
        (j, p) = (anchor, 1.0);
        for _ in 0..MOST {
            if j < 1.0 {
                break;
            }
            j -= 1.0;
            p /= self.step(j, y);
            if !visit(j, p) {
                break;
            }
        }
    }

    pub fn averages(&self) -> Averages {
        let y = self.y();
        let (anchor, _) = self.anchor(y);
        let (a, n) = (self.a, self.a + self.b);
        let mut total = a + anchor;
        let mut first = anchor * total;
        let (mut above_a, mut above_n) = (0.0, 0.0);
        // ψ(a + j) - ψ(a + anchor), from one j to the next.
        let (mut last, mut apart_a, mut apart_n) = (anchor, 0.0, 0.0);
        self.outwards(anchor, y, |j, p| {
            if j < anchor && last > anchor {
                (last, apart_a, apart_n) = (anchor, 0.0, 0.0);
            }
            let sign = j - last;
            apart_a += sign / (a + j.min(last));
            apart_n += sign / (n + j.min(last));
            last = j;
            let term = p * (a + j);
            total += term;
            first += term * j;
            above_a += term * apart_a;
            above_n += term * apart_n;
            term * (1.0 + j) > 1e-18 * first.min(total)
        });
        let psi = ferronum_special::digamma;
        Averages {
            j: first / total,
            digamma_a: psi(a + anchor) + above_a / total,
            digamma_n: psi(n + anchor) + above_n / total,
        }
    }
}
