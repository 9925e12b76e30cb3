//! The categorical distribution.
use crate::{DiscreteDistribution, Error, check};
use ferronum_special::Dd;
use rand::distr::Distribution;
use rand::{Rng, RngExt};

/// Categorical distribution: one of the categories 0, 1, …, with probabilities proportional to weights,
///
/// ```text
/// p(k) = w_k / Σ w,    k = 0, …, len - 1
/// ```
///
/// Its maximum likelihood estimate are the counts of the categories as weights. The number of its parameters varies, so it is not
/// [`Parametric`](crate::Parametric).
///
/// # Special values
/// The support goes from the first to the last positive weight. Where only one weight is positive the variance is 0 and skewness and
/// kurtosis are NaN.
///
/// # Accuracy
/// 4 ulp; sums are carried in double-double.
///
/// # Source
/// Sampling takes constant time by the alias method: Vose, *IEEE Trans. Software Eng.* 17 (1991) 972–975.
///
/// # Examples
/// ```
/// use ferronum_distuv::{Categorical, DiscreteDistribution};
/// let mut urn = Categorical::new(&[5.0, 3.0, 2.0])?;
/// assert_eq!((urn.pmf(1), urn.quantile(0.8)), (0.3, Some(1)));
/// urn.reweight(0, 0.0)?;
/// assert_eq!(urn.pmf(1), 0.6);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Weights", into = "Weights")
)]
pub struct Categorical {
    weights: Vec<f64>,
    /// Σ_{j ≤ k} w_j and Σ_{j > k} w_j.
    below: Vec<Dd>,
    above: Vec<Dd>,
    total: Dd,
    /// A draw from cell k stays there below `keep[k]`, and goes to `alias[k]` otherwise.
    keep: Vec<f64>,
    alias: Vec<usize>,
}

/// How the law is written and read.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Weights {
    weights: Vec<f64>,
}

#[cfg(feature = "serde")]
impl TryFrom<Weights> for Categorical {
    type Error = Error;

    fn try_from(read: Weights) -> Result<Self, Error> {
        Self::new(&read.weights)
    }
}

#[cfg(feature = "serde")]
impl From<Categorical> for Weights {
    fn from(law: Categorical) -> Self {
        Self { weights: law.weights }
    }
}

impl Categorical {
    /// Builds the distribution from the weights of the categories 0, 1, …, which need not add to 1.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] if a weight is negative, infinite or NaN, or their sum is 0 or overflows.
    pub fn new(weights: &[f64]) -> Result<Self, Error> {
        for &weight in weights {
            let holds = (0.0..f64::INFINITY).contains(&weight);
            check::require(holds, "Categorical", "weight", "finite and at least 0", weight)?;
        }
        let mut sum = Dd::ZERO;
        let below: Vec<Dd> = weights.iter().map(|w| add(&mut sum, *w)).collect();
        let total = sum;
        check::require(
            total.hi() > 0.0 && total.hi() < f64::INFINITY,
            "Categorical",
            "the sum of the weights",
            "positive and finite",
            total.hi(),
        )?;
        let mut rest = Dd::ZERO;
        let mut above: Vec<Dd> = weights.iter().rev().map(|w| add(&mut rest, *w)).collect();
        // What lies above a category excludes it.
        above.rotate_right(1);
        above[0] = Dd::ZERO;
        above.reverse();
        let (keep, alias) = alias_table(weights, total.hi());
        Ok(Self { weights: weights.to_vec(), below, above, total, keep, alias })
    }

    /// Number of categories, those of weight 0 included.
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// The weights as given.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Gives a category another weight. Takes time in proportion to the number of categories.
    ///
    /// # Errors
    /// As [`Self::new`], and if there is no such category; the law is then unchanged.
    pub fn reweight(&mut self, category: usize, weight: f64) -> Result<(), Error> {
        let mut weights = self.weights.clone();
        let Some(old) = weights.get_mut(category) else {
            let requirement = "one of the categories";
            return check::require(false, "Categorical", "category", requirement, category as f64);
        };
        *old = weight;
        self.reweight_all(&weights)
    }

    /// Gives all categories other weights; their number may change.
    ///
    /// # Errors
    /// As [`Self::new`]; the law is then unchanged.
    pub fn reweight_all(&mut self, weights: &[f64]) -> Result<(), Error> {
        *self = Self::new(weights)?;
        Ok(())
    }

    /// Kullback–Leibler divergence `Σ p ln(p/q)` of `other` from this law, in nats; ∞ where `other` excludes a category that this law
    /// has.
    pub fn kl_divergence(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for (k, weight) in self.weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let (p, q) = (self.share(Dd::from(*weight)), other.share(other.weight(k)));
            if q.hi() == 0.0 {
                return f64::INFINITY;
            }
            // Terms p(r - ln(1 + r)) ≥ 0 with r = q/p - 1; Σ p r = -Σ q over the categories that this law lacks.
            sum += -p.hi() * ferronum_special::ln1p_minus_x(((q - p) / p).to_f64());
        }
        let lacking = (0..other.len()).filter(|k| self.weight(*k).hi() == 0.0).map(|k| other.weight(k));
        sum + other.share(lacking.sum()).to_f64()
    }

    fn weight(&self, k: usize) -> Dd {
        Dd::from(self.weights.get(k).copied().unwrap_or(0.0))
    }

    fn share(&self, weight: Dd) -> Dd {
        weight / self.total
    }

    fn index(&self, k: i64) -> Option<usize> {
        usize::try_from(k).ok().filter(|k| *k < self.len())
    }

    /// E(X - mean)^n in double-double.
    fn central(&self, n: i32) -> Dd {
        let mean = self.centre();
        let terms = self.weights.iter().enumerate().map(|(k, w)| (Dd::from(k as f64) - mean).powi(n) * *w);
        self.share(terms.sum())
    }

    fn centre(&self) -> Dd {
        self.share(self.weights.iter().enumerate().map(|(k, w)| Dd::product(k as f64, *w)).sum())
    }
}

fn add(sum: &mut Dd, weight: f64) -> Dd {
    *sum += weight;
    *sum
}

/// ln of a share, from the rest where that is smaller.
fn ln_share(share: Dd, rest: Dd) -> f64 {
    if rest < share { (-rest.to_f64()).ln_1p() } else { share.to_f64().ln() }
}

/// Vose's tables: cells of equal size, each filled by at most two categories.
fn alias_table(weights: &[f64], total: f64) -> (Vec<f64>, Vec<usize>) {
    let n = weights.len();
    let mut keep: Vec<f64> = weights.iter().map(|w| w / total * n as f64).collect();
    let mut alias: Vec<usize> = (0..n).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|k| keep[*k] < 1.0);
    while let (Some(&s), Some(&l)) = (small.last(), large.last()) {
        small.pop();
        alias[s] = l;
        keep[l] -= 1.0 - keep[s];
        if keep[l] < 1.0 {
            large.pop();
            small.push(l);
        }
    }
    // Rounding may leave cells that are full.
    for k in small {
        // A category of weight 0 must not be drawn.
        if weights[k] > 0.0 {
            keep[k] = 1.0;
        }
    }
    (keep, alias)
}

impl DiscreteDistribution for Categorical {
    fn support(&self) -> (i64, i64) {
        let positive = |w: &f64| *w > 0.0;
        let first = self.weights.iter().position(positive).unwrap_or(0);
        (first as i64, self.weights.iter().rposition(positive).unwrap_or(0) as i64)
    }

    fn pmf(&self, k: i64) -> f64 {
        self.index(k).map_or(0.0, |k| self.share(self.weight(k)).to_f64())
    }

    fn ln_pmf(&self, k: i64) -> f64 {
        let Some(k) = self.index(k) else { return f64::NEG_INFINITY };
        let before = if k == 0 { Dd::ZERO } else { self.below[k - 1] };
        ln_share(self.share(self.weight(k)), self.share(before + self.above[k]))
    }

    fn cdf(&self, k: i64) -> f64 {
        let at = self.index(k).map(|k| self.share(self.below[k]).to_f64());
        at.unwrap_or(if k < 0 { 0.0 } else { 1.0 })
    }

    fn sf(&self, k: i64) -> f64 {
        let at = self.index(k).map(|k| self.share(self.above[k]).to_f64());
        at.unwrap_or(if k < 0 { 1.0 } else { 0.0 })
    }

    fn ln_cdf(&self, k: i64) -> f64 {
        self.index(k)
            .map_or(self.cdf(k).ln(), |k| ln_share(self.share(self.below[k]), self.share(self.above[k])))
    }

    fn ln_sf(&self, k: i64) -> f64 {
        self.index(k)
            .map_or(self.sf(k).ln(), |k| ln_share(self.share(self.above[k]), self.share(self.below[k])))
    }

    fn mean(&self) -> f64 {
        self.centre().to_f64()
    }

    fn variance(&self) -> f64 {
        self.central(2).to_f64()
    }

    fn skewness(&self) -> f64 {
        let variance = self.central(2);
        (self.central(3) / (variance * variance.sqrt())).to_f64()
    }

    fn excess_kurtosis(&self) -> f64 {
        let variance = self.central(2);
        (self.central(4) / (variance * variance) - 3.0).to_f64()
    }

    fn entropy(&self) -> f64 {
        (0..self.len() as i64).filter(|k| self.pmf(*k) > 0.0).map(|k| -self.pmf(k) * self.ln_pmf(k)).sum()
    }

    fn mode(&self) -> i64 {
        let most = self.weights.iter().copied().fold(0.0, f64::max);
        self.weights.iter().position(|w| *w == most).unwrap_or(0) as i64
    }
}

impl Distribution<i64> for Categorical {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        let cell = rng.random_range(0..self.len());
        let stays = rng.random::<f64>() < self.keep[cell];
        (if stays { cell } else { self.alias[cell] }) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_checked_and_changed() {
        for wrong in [&[][..], &[0.0, 0.0], &[1.0, -1.0], &[1.0, f64::NAN], &[f64::INFINITY], &[f64::MAX; 3]]
        {
            assert!(Categorical::new(wrong).is_err(), "{wrong:?}");
        }
        let mut law = Categorical::new(&[0.0, 1.0, 3.0, 0.0]).unwrap();
        assert_eq!((law.support(), law.len(), law.mode()), ((1, 2), 4, 2));
        assert!(law.reweight(4, 1.0).is_err() && law.reweight(1, -1.0).is_err());
        assert_eq!(law.pmf(2), 0.75);
        law.reweight_all(&[1.0]).unwrap();
        assert_eq!((law.len(), law.variance(), law.entropy()), (1, 0.0, 0.0));
        assert!(law.skewness().is_nan() && law.excess_kurtosis().is_nan());
    }

    #[test]
    fn alias_table_holds_the_weights() {
        let weights = [5.0, 0.0, 1.0, 2.5, 1e-3];
        let total: f64 = weights.iter().sum();
        let (keep, alias) = alias_table(&weights, total);
        let mut drawn = [0.0; 5];
        for k in 0..5 {
            drawn[k] += keep[k].min(1.0) / 5.0;
            drawn[alias[k]] += (1.0 - keep[k].min(1.0)) / 5.0;
        }
        assert!(drawn.iter().zip(weights).all(|(d, w)| (d - w / total).abs() < 1e-16), "{drawn:?}");
    }

    #[test]
    fn divergence() {
        let law = |w: &[f64]| Categorical::new(w).unwrap();
        let (a, b) = (law(&[1.0, 1.0]), law(&[1.0, 3.0]));
        // ½ ln(4/3)
        assert!((a.kl_divergence(&b) - 0.14384103622589045).abs() < 1e-16);
        assert!((law(&[1.0]).kl_divergence(&a) - std::f64::consts::LN_2).abs() < 1e-15);
        assert_eq!(a.kl_divergence(&law(&[1.0])), f64::INFINITY);
        assert_eq!(a.kl_divergence(&a), 0.0);
    }
}
