//! Random permutations.
use crate::draw::below;
use crate::{Error, check};
use ferronum_mat::Mat;
use ferronum_special::ln_factorial;
use rand::Rng;

/// Uniform distribution over the n! orders of n things.
///
/// # Source
/// Draws: the Fisher–Yates shuffle, Durstenfeld, *CACM* 7 (1964) 420.
///
/// # Examples
/// ```
/// use ferronum_distmv::UniformPermutation;
/// use rand_pcg::Pcg64;
/// let deck = UniformPermutation::new(52)?;
/// let mut order = deck.sample(&mut Pcg64::new(1, 2));
/// order.sort();
/// assert_eq!(order, (0..52).collect::<Vec<_>>());
/// # Ok::<(), ferronum_distmv::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UniformPermutation {
    len: usize,
}

impl UniformPermutation {
    /// Builds the distribution over the orders of `len` things.
    ///
    /// # Errors
    /// [`Error::InvalidParameter`] for 0 things.
    pub fn new(len: usize) -> Result<Self, Error> {
        check::require(len >= 1, "UniformPermutation", "len", "at least 1", len as f64)?;
        Ok(Self { len })
    }

    /// Logarithm of the probability of an order: −ln n!, or -∞ if `order` is no order of 0, …, n − 1.
    pub fn ln_pmf(&self, order: &[usize]) -> f64 {
        let fits =
            order.len() == self.len && check::coordinates("UniformPermutation", self.len, order).is_ok();
        if fits { -ln_factorial(self.len as u64) } else { f64::NEG_INFINITY }
    }

    /// Draws an order of 0, …, n − 1.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.len).collect();
        for i in (1..self.len).rev() {
            order.swap(i, below(rng, i as u64 + 1) as usize);
        }
        order
    }

    /// Draws a permutation matrix: row i has its 1 in the column that the order puts at i.
    pub fn sample_matrix<R: Rng + ?Sized>(&self, rng: &mut R) -> Mat<f64> {
        let order = self.sample(rng);
        Mat::from_fn(self.len, self.len, |i, j| f64::from(u8::from(order[i] == j)))
    }
}
