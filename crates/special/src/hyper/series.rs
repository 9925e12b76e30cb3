//! Sums of hypergeometric series to a stated number of bits, however much their terms cancel.
use crate::big::Big;
use ferronum_dd::Dd;

/// Σ_k Π(aᵢ)_k / Π(bⱼ)_k · z^k/k! with parameters exact in double-double.
#[derive(Debug, Clone, Copy)]
pub(super) struct Series<'a> {
    pub upper: &'a [Dd],
    pub lower: &'a [Dd],
    /// z = numerator/denominator, each exact.
    pub z: (Dd, Dd),
}

/// What a first pass in `f64` finds: how many terms to take, and how large Σ|t_k| is.
#[derive(Debug, Clone, Copy)]
struct Plan {
    terms: u32,
    /// e with Σ|t_k| < 2^e.
    size: i64,
}

/// The most terms summed: tens of milliseconds.
const MOST_TERMS: u32 = 400_000;

impl Series<'_> {
    /// The sum to N limbs, and a number of bits to which it is right at least.
    pub fn sum<const N: usize>(&self) -> Option<(Big<N>, i64)> {
        let plan = self.plan(64 * N as i64)?;
        let sum = self.horner::<N>(plan.terms);
        // Every step of Horner's rule is wrong by at most a few units of the last limb of Σ|t_k|.
        let steps = 3 + i64::from(32 - (plan.terms + 1).leading_zeros());
        Some((sum, 64 * N as i64 + sum.exponent() - plan.size - steps))
    }

    fn ratio(&self, z: f64, k: f64) -> f64 {
        let shifted = |p: &Dd| (p.hi() + k) + p.lo();
        let (up, down) = (self.upper.iter().map(shifted), self.lower.iter().map(shifted));
        // Taken in turn, so that the product stays in range.
        let mut down = down.chain([k + 1.0]);
        up.fold(z, |ratio, factor| ratio * (factor / down.next().unwrap_or(1.0)))
            * down.fold(1.0, |product: f64, factor| product / factor)
    }

    /// Bound on |ratio| from k on, k beyond the zeros of every factor: each quotient of factors moves monotonically to 1.
    fn bound(&self, z: f64, k: f64) -> f64 {
        let at = |p: &Dd| (p.hi() + k) + p.lo();
        let mut down = self.lower.iter().map(at).chain([k + 1.0]);
        let quotient = self
            .upper
            .iter()
            .map(at)
            .fold(z.abs(), |product, factor| product * (factor / down.next().unwrap_or(1.0)).max(1.0));
        down.fold(quotient, |product, factor| product / factor)
    }

    /// Follows the terms in `f64` until what is left is below 2^-bits of the largest one.
    fn plan(&self, bits: i64) -> Option<Plan> {
        let z = self.z.0.hi() / self.z.1.hi();
        let turn = self.upper.iter().chain(self.lower).fold(0.0, |turn: f64, p| turn.max(-p.hi()));
        // t_k = term · 2^exponent; Σ|t_k| likewise with the exponent of the largest.
        let (mut term, mut exponent) = (1.0f64, 0i64);
        let (mut total, mut base) = (1.0f64, 0i64);
        for k in 0..MOST_TERMS {
            let at = f64::from(k);
            term *= self.ratio(z, at);
            if term == 0.0 {
                return Some(Plan { terms: k, size: base + 64 });
            }
            if !term.is_finite() {
                return None;
            }
            if !(1e-150..1e150).contains(&term.abs()) {
                let shift = if term.abs() > 1.0 { -400 } else { 400 };
                term *= 2f64.powi(shift);
                exponent -= i64::from(shift);
            }
            let apart = (exponent - base).clamp(-1000, 1000);
            if apart > 0 {
                total *= 2f64.powi(-apart as i32);
                base = exponent;
                total += term.abs();
            } else {
                total += term.abs() * 2f64.powi(apart as i32);
            }
            if total > 1e150 {
                total *= 2f64.powi(-400);
                base += 400;
            }
            let below = |x: f64, e: i64| e as f64 + x.log2();
            if at > turn && k % 4 == 0 {
                let bound = self.bound(z, at + 1.0);
                if bound < 0.97
                    && below(term.abs() / (1.0 - bound), exponent) < below(total, base) - bits as f64
                {
                    return Some(Plan { terms: k + 1, size: below(total, base).ceil() as i64 + 1 });
                }
            }
        }
        None
    }

    /// 1 + r₀(1 + r₁(1 + …)) as a quotient of two numbers, so that nothing is divided on the way.
    fn horner<const N: usize>(&self, terms: u32) -> Big<N> {
        let big = |x: &Dd| Big::<N>::from_dd(*x);
        let (zp, zq) = (big(&self.z.0), big(&self.z.1));
        let (upper, lower): (Vec<_>, Vec<_>) =
            (self.upper.iter().map(big).collect(), self.lower.iter().map(big).collect());
        let one = Big::from_f64(1.0);
        let (mut p, mut q) = (one, one);
        let whole = self.z.1.hi() == 1.0 && self.z.1.lo() == 0.0;
        for k in (0..terms).rev() {
            let k = f64::from(k);
            let at = Big::from_f64(k);
            p = upper.iter().fold(p.mul(zp), |product, a| product.mul(a.add(at)));
            q = lower.iter().fold(q.mul(Big::from_f64(k + 1.0)), |product, b| product.mul(b.add(at)));
            if !whole {
                q = q.mul(zq);
            }
            p = p.add(q);
        }
        p.mul(q.recip())
    }
}

/// Calls `attempt` at rising precision until it is right to 60 bits; `None` where 4096 do not suffice.
///
/// An attempt gives a number and the bits to which it is right. Exact zeros never reach 60 bits: a zero at the last precision is
/// taken for one.
macro_rules! rising_precision {
    ($attempt:ident, $data:expr) => {{
        let mut result = None;
        for limbs in [2, 4, 8, 16, 32, 64] {
            let found = match limbs {
                2 => $attempt::<2>($data),
                4 => $attempt::<4>($data),
                8 => $attempt::<8>($data),
                16 => $attempt::<16>($data),
                32 => $attempt::<32>($data),
                _ => $attempt::<64>($data),
            };
            let Some((value, bits)) = found else { break };
            if bits >= 60 || limbs == 64 && value.mantissa == 0.0 {
                result = Some(value);
                break;
            }
        }
        result
    }};
}
pub(super) use rising_precision;
