//! Orthogonal polynomials over the values of a column, by the discretised Stieltjes procedure.
//!
//! ```text
//! p₀ = 1,   p₁ = t − α₀,   pⱼ₊₁ = (t − αⱼ) pⱼ − (‖pⱼ‖² / ‖pⱼ₋₁‖²) pⱼ₋₁,   αⱼ = Σ t pⱼ² / ‖pⱼ‖²,   t = x − centre
//! ```
//!
//! Each degree takes one pass over the data, with exact sums. The columns of the design are `pⱼ / ‖pⱼ‖`, as those of R's
//! `poly`; R finds them from a QR of the powers (Kennedy & Gentle, *Statistical Computing*, 1980, pp. 343–4) and keeps the same
//! α and ‖p‖².
//!
//! # Source
//! W. Gautschi, *Orthogonal Polynomials: Computation and Approximation* (2004), §2.2.3.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::exact::{ExactSum, mean, mean_remainder};

/// The constants of `poly(x, degree)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Recurrence {
    /// The mean of the values, to which `alpha` is relative.
    pub center: f64,
    /// α₀ to α of degree − 1.
    pub alpha: Vec<f64>,
    /// ‖p₀‖² = n to ‖p‖² of the degree.
    pub norm2: Vec<f64>,
}

impl Recurrence {
    pub fn degree(&self) -> usize {
        self.alpha.len()
    }

    /// Whether the numbers are such as the procedure gives.
    pub fn is_sound(&self) -> bool {
        self.norm2.len() == self.alpha.len() + 1
            && self.alpha.iter().chain([&self.center]).all(|v| v.is_finite())
            && self.norm2.iter().all(|v| v.is_finite() && *v > 0.0)
    }

    /// The normed polynomials of degree 1 and up at each `x`, by columns.
    pub fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let degree = self.degree();
        let ratios: Vec<f64> = self.norm2.windows(2).map(|w| w[1] / w[0]).collect();
        let norms: Vec<f64> = self.norm2[1..].iter().map(|v| v.sqrt()).collect();
        let mut columns = vec![vec![0.0; x.len()]; degree];
        for (i, &x) in x.iter().enumerate() {
            let t = x - self.center;
            let (mut before, mut last) = (1.0, t - self.alpha[0]);
            columns[0][i] = last / norms[0];
            for j in 1..degree {
                let next = (t - self.alpha[j]) * last - ratios[j - 1] * before;
                (before, last) = (last, next);
                columns[j][i] = last / norms[j];
            }
        }
        columns
    }

    /// The polynomial of the highest degree known, `alpha.len()`, without norm; needs `norm2` one shorter than usual.
    fn leading(&self, t: f64) -> f64 {
        let (mut before, mut last) = (1.0, t - self.alpha[0]);
        for j in 1..self.alpha.len() {
            let next = (t - self.alpha[j]) * last - self.norm2[j] / self.norm2[j - 1] * before;
            (before, last) = (last, next);
        }
        last
    }
}

/// The procedure between passes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stieltjes {
    degree: usize,
    known: Recurrence,
    /// Σx in the first pass, then ‖pⱼ‖².
    sum: ExactSum,
    /// Σ t pⱼ².
    weighted: ExactSum,
    /// The distinct values in the first pass, up to one more than the degree.
    distinct: BTreeSet<u64>,
    overflow: bool,
}

/// What a pass came to.
pub(super) enum Step {
    Again(Stieltjes),
    Done(Recurrence),
    TooFewDistinct(usize),
    Overflow,
}

impl Stieltjes {
    pub fn new(degree: usize) -> Self {
        let known = Recurrence { center: 0.0, alpha: Vec::new(), norm2: Vec::new() };
        Self {
            degree,
            known,
            sum: ExactSum::new(),
            weighted: ExactSum::new(),
            distinct: BTreeSet::new(),
            overflow: false,
        }
    }

    pub fn observe(&mut self, x: &[f64]) {
        if self.known.alpha.is_empty() {
            x.iter().for_each(|&x| self.sum.add(x));
            self.collect_distinct(x.iter().map(|x| (x + 0.0).to_bits()));
            return;
        }
        for &x in x {
            let t = x - self.known.center;
            let p = self.known.leading(t);
            let tp = t * p;
            self.overflow |= !tp.is_finite() || !p.is_finite();
            self.sum.add_product(p, p);
            self.weighted.add_product(tp, p);
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.sum.merge(other.sum);
        self.weighted.merge(other.weighted);
        self.collect_distinct(other.distinct.into_iter());
        self.overflow |= other.overflow;
    }

    pub fn finish(mut self, rows: u64) -> Step {
        let mut known =
            std::mem::replace(&mut self.known, Recurrence { center: 0.0, alpha: vec![], norm2: vec![] });
        if known.alpha.is_empty() {
            if self.distinct.len() <= self.degree {
                return Step::TooFewDistinct(self.distinct.len());
            }
            known.center = mean(&self.sum, rows);
            known.norm2.push(rows as f64);
            known.alpha.push(mean_remainder(&self.sum, rows, known.center));
        } else {
            let norm2 = self.sum.over(1.0);
            known.norm2.push(norm2);
            if known.norm2.len() <= self.degree {
                known.alpha.push(self.weighted.over(norm2));
            }
        }
        let sound = known.norm2.iter().all(|v| v.is_finite() && *v > 0.0)
            && known.alpha.iter().all(|v| v.is_finite());
        if self.overflow || !sound || !known.center.is_finite() {
            Step::Overflow
        } else if known.norm2.len() == self.degree + 1 {
            Step::Done(known)
        } else {
            Step::Again(Self { known, ..Self::new(self.degree) })
        }
    }

    fn collect_distinct(&mut self, bits: impl Iterator<Item = u64>) {
        for bits in bits {
            if self.distinct.len() > self.degree {
                return;
            }
            self.distinct.insert(bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(x: &[f64], degree: usize) -> Recurrence {
        let mut state = Stieltjes::new(degree);
        loop {
            state.observe(x);
            match state.finish(x.len() as u64) {
                Step::Again(next) => state = next,
                Step::Done(recurrence) => return recurrence,
                Step::TooFewDistinct(_) | Step::Overflow => panic!("fits"),
            }
        }
    }

    /// On 1..4 shifted by `shift`: (−3, −1, 1, 3)/√20, (1, −1, −1, 1)/2, (−1, 3, −3, 1)/√20.
    #[test]
    fn four_points_wherever_they_lie() {
        for shift in [0.0, 1e8, -1e12] {
            let x = [1.0, 2.0, 3.0, 4.0].map(|x| x + shift);
            let columns = fit(&x, 3).columns(&x);
            let root = 20f64.sqrt();
            let expected = [
                [-3.0, -1.0, 1.0, 3.0].map(|v| v / root),
                [0.5, -0.5, -0.5, 0.5],
                [-1.0, 3.0, -3.0, 1.0].map(|v| v / root),
            ];
            for (column, expected) in columns.iter().zip(expected) {
                for (value, expected) in column.iter().zip(expected) {
                    assert!((value - expected).abs() < 1e-15, "{shift}: {value} {expected}");
                }
            }
        }
    }

    #[test]
    fn orthonormal_on_uneven_values() {
        let x: Vec<f64> = (0..500).map(|i| (f64::from(i) * 0.37).sin().exp() * 40.0).collect();
        let columns = fit(&x, 8).columns(&x);
        for (i, a) in columns.iter().enumerate() {
            assert!(a.iter().sum::<f64>().abs() < 1e-12);
            for (j, b) in columns.iter().enumerate() {
                let product: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-11, "{i} {j} {product}");
            }
        }
    }

    #[test]
    fn faults() {
        let mut few = Stieltjes::new(3);
        few.observe(&[1.0, 2.0, 1.0, 2.0, 0.0, -0.0]);
        assert!(matches!(few.finish(6), Step::TooFewDistinct(3)));
        let mut large = Stieltjes::new(1);
        large.observe(&[1e308, -1e308, 0.0]);
        let Step::Again(mut large) = large.finish(3) else { panic!("the mean is 0") };
        large.observe(&[1e308, -1e308, 0.0]);
        assert!(matches!(large.finish(3), Step::Overflow));
    }
}
