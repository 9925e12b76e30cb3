//! The middle of the sandwich: robust covariances from the scores `w e x`.
use super::factor::Factor;
use super::fit::LinearFit;
use super::observations::Observations;
use super::options::{Covariance, WeightKind};
use super::real::{Real, add_multiple, dot};
use super::solved::infer;
use crate::Error;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The second pass of a robust regression, over residuals.
///
/// With `u = w e q` the score of a row in the orthonormal coordinates q of the design, it sums
///
/// ```text
/// HC0–HC3           Σ u uᵀ / (1 − h)^d             d = 0, 0, 1, 2; HC1 times n/(n − k)
/// clusters          Σ_g u_g u_gᵀ                   u_g the sum of u over cluster g
/// Newey–West        Σ_t u_t u_tᵀ + Σ_l (1 − l/(L + 1)) Σ_t (u_t u_{t−l}ᵀ + u_{t−l} u_tᵀ)
/// ```
///
/// Batches, and merges, follow row order. The orthonormal coordinates keep the digits that `XᵀX` would lose.
#[derive(Debug, Clone)]
pub struct ScoreState {
    scores: Scores<f64>,
    fit: LinearFit,
    rows: u64,
}

impl ScoreState {
    pub(crate) fn new(scores: Scores<f64>, fit: LinearFit, rows: u64) -> Self {
        Self { scores, fit, rows }
    }

    /// Takes in a batch of the rows that were fitted.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::NotFinite`] or [`Error::InvalidWeight`]; the state is then unchanged.
    pub fn update(&mut self, batch: &Observations<'_>) -> Result<(), Error> {
        self.scores.update(batch)
    }

    /// Takes in what `other` has seen, its rows following those of `self`.
    ///
    /// # Errors
    /// [`Error::Merge`] if the two are not clones of one state.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scores.merge(&other.scores)
    }

    /// The fit with the robust covariance, tests and intervals.
    ///
    /// # Errors
    /// [`Error::Covariance`] if there are fewer than two clusters, or, for HC2 and HC3, a row of leverage one;
    /// [`Error::Merge`] if the rows seen are not as many as were fitted.
    pub fn finish(&self) -> Result<LinearFit, Error> {
        if self.scores.rows != self.rows {
            let reason =
                format!("{} rows were fitted, {} came in the second pass", self.rows, self.scores.rows);
            return Err(Error::Merge { reason });
        }
        let mut fit = self.fit.clone();
        self.scores.finish(&mut fit)?;
        Ok(fit)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Scores<T> {
    factor: Arc<Factor<T>>,
    covariance: Covariance,
    small_sample: bool,
    kind: Option<WeightKind>,
    rows: u64,
    meat: Vec<T>,
    saturated: Option<u64>,
    clusters: [BTreeMap<(u64, u64), Vec<T>>; 3],
    head: Vec<Vec<T>>,
    tail: VecDeque<Vec<T>>,
}

impl<T: Real> Scores<T> {
    pub(crate) fn new(
        factor: Arc<Factor<T>>,
        covariance: &Covariance,
        small_sample: bool,
        kind: Option<WeightKind>,
    ) -> Result<Self, Error> {
        let refuse = |reason: &str| {
            Err(Error::Covariance { what: covariance.to_string(), reason: reason.to_string() })
        };
        match covariance {
            Covariance::Cluster(names) if names.is_empty() || names.len() > 2 => {
                return refuse("one or two ways of clustering are supported");
            }
            Covariance::NeweyWest { .. } if kind == Some(WeightKind::Frequency) => {
                return refuse("rows that stand for several observations have no time order");
            }
            _ => {}
        }
        let meat = vec![T::from(0.0); factor.rank() * factor.rank()];
        Ok(Self {
            factor,
            covariance: covariance.clone(),
            small_sample,
            kind,
            rows: 0,
            meat,
            saturated: None,
            clusters: Default::default(),
            head: Vec::new(),
            tail: VecDeque::new(),
        })
    }

    fn ways(&self) -> usize {
        if let Covariance::Cluster(names) = &self.covariance { names.len() } else { 0 }
    }

    pub(crate) fn update<X: Real>(&mut self, batch: &Observations<'_, X>) -> Result<(), Error>
    where
        T: From<X>,
    {
        batch.check(self.factor.ncols, self.rows, self.kind)?;
        if self.ways() > 0 && batch.groups.len() != self.ways() {
            return Err(Error::Shape {
                what: "groups",
                expected: "one slice for each way of clustering",
                expected_len: self.ways(),
                found_len: batch.groups.len(),
            });
        }
        let mut u = vec![T::from(0.0); self.factor.rank()];
        for row in 0..batch.y.len() {
            let (w, e) = project(&self.factor, batch, row, &mut u);
            self.rows += 1;
            match &self.covariance {
                Covariance::NonRobust => {}
                Covariance::Hc0 | Covariance::Hc1 | Covariance::Hc2 | Covariance::Hc3 => {
                    self.square(w, e, &u)
                }
                // A row of no weight is no row, and its cluster none by it.
                Covariance::Cluster(_) if w.to_f64() == 0.0 => {}
                Covariance::Cluster(_) => {
                    u.iter_mut().for_each(|x| *x = *x * (w * e));
                    self.cluster(batch.groups, row, &u);
                }
                Covariance::NeweyWest { lags } => {
                    let lags = *lags;
                    self.follow(u.iter().map(|x| *x * (w * e)).collect(), lags);
                }
            }
        }
        Ok(())
    }

    /// Adds `w² e² q qᵀ / (1 − h)^d`; a row of frequency w is w rows.
    fn square(&mut self, w: T, e: T, q: &[T]) {
        let one = T::from(1.0);
        let frequency = self.kind == Some(WeightKind::Frequency);
        let h = dot(q, q) * if frequency { one } else { w };
        let power = match self.covariance {
            Covariance::Hc2 => one - h,
            Covariance::Hc3 => (one - h) * (one - h),
            _ => one,
        };
        if power.to_f64() < 1e-24 || (one - h).to_f64() < 1e-12 && power != one {
            self.saturated = self.saturated.or(Some(self.rows));
            return;
        }
        let factor = e * e * w * if frequency { one } else { w } / power;
        rank_one(&mut self.meat, factor, q, q);
    }

    fn cluster(&mut self, groups: &[&[u64]], row: usize, u: &[T]) {
        let mut add = |way: usize, key: (u64, u64)| {
            let sum = self.clusters[way].entry(key).or_insert_with(|| vec![T::from(0.0); u.len()]);
            add_multiple(sum, T::from(1.0), u);
        };
        for (way, codes) in groups.iter().enumerate().take(2) {
            add(way, (codes[row], 0));
        }
        if let [first, second, ..] = groups {
            add(2, (first[row], second[row]));
        }
    }

    /// Appends the score of the next row in time.
    fn follow(&mut self, u: Vec<T>, lags: usize) {
        self.lagged(&u, lags, 0);
        rank_one(&mut self.meat, T::from(0.5), &u, &u);
        if self.head.len() < lags {
            self.head.push(u.clone());
        }
        if lags > 0 {
            if self.tail.len() == lags {
                self.tail.pop_front();
            }
            self.tail.push_back(u);
        }
    }

    /// Adds `u Σ_l (1 − l/(L + 1)) u_{−l}ᵀ`, where u follows the last row of `tail` by `gap` further rows.
    fn lagged(&mut self, u: &[T], lags: usize, gap: usize) {
        let mut sum = vec![T::from(0.0); u.len()];
        for (back, earlier) in self.tail.iter().rev().enumerate() {
            let lag = back + 1 + gap;
            if lag > lags {
                break;
            }
            let bartlett = T::from(1.0) - T::from(lag as f64) / T::from(lags as f64 + 1.0);
            add_multiple(&mut sum, bartlett, earlier);
        }
        rank_one(&mut self.meat, T::from(1.0), u, &sum);
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let same = self.covariance == other.covariance && self.meat.len() == other.meat.len();
        if !same || self.kind != other.kind {
            return Err(Error::Merge { reason: "scores of different fits".to_string() });
        }
        if let Covariance::NeweyWest { lags } = self.covariance {
            for (gap, u) in other.head.iter().enumerate() {
                self.lagged(u, lags, gap);
            }
            let room = lags.saturating_sub(self.head.len());
            self.head.extend(other.head.iter().take(room).cloned());
            self.tail.extend(other.tail.iter().cloned());
            self.tail.drain(..self.tail.len().saturating_sub(lags));
        }
        add_multiple(&mut self.meat, T::from(1.0), &other.meat);
        for (own, others) in self.clusters.iter_mut().zip(&other.clusters) {
            for (key, sum) in others {
                let own = own.entry(*key).or_insert_with(|| vec![T::from(0.0); sum.len()]);
                add_multiple(own, T::from(1.0), sum);
            }
        }
        self.saturated = self.saturated.or(other.saturated.map(|row| row + self.rows));
        self.rows += other.rows;
        Ok(())
    }

    pub(crate) fn finish(&self, fit: &mut LinearFit) -> Result<(), Error> {
        let refuse = |reason: String| Err(Error::Covariance { what: self.covariance.to_string(), reason });
        if let Some(row) = self.saturated {
            return refuse(format!("row {row} has leverage 1: it is fitted exactly; use HC0 or HC1"));
        }
        let (n, k) = (fit.df_resid + fit.rank as f64, fit.rank as f64);
        let mut df = fit.df_resid;
        let mut meat = self.meat.clone();
        let label = match &self.covariance {
            Covariance::NonRobust => return Ok(()),
            Covariance::Hc1 => {
                let factor = T::from(n) / T::from(n - k);
                meat.iter_mut().for_each(|x| *x = *x * factor);
                "HC1, e² n/(n−k)".to_string()
            }
            Covariance::Hc0 => "HC0, e²".to_string(),
            Covariance::Hc2 => "HC2, e²/(1−h)".to_string(),
            Covariance::Hc3 => "HC3, e²/(1−h)²".to_string(),
            Covariance::NeweyWest { lags } => {
                let rank = fit.rank;
                let lower = meat.clone();
                for i in 0..rank {
                    for j in 0..rank {
                        meat[i * rank + j] = lower[i * rank + j] + lower[j * rank + i];
                    }
                }
                format!("Newey–West, {lags} lags, Bartlett 1−l/(L+1), no small-sample factor")
            }
            Covariance::Cluster(names) => {
                let counts: Vec<usize> = self.clusters.iter().take(names.len()).map(BTreeMap::len).collect();
                let fewest = counts.iter().copied().min().unwrap_or(0);
                if fewest < 2 {
                    return refuse(format!("at least 2 clusters are needed, found {fewest}"));
                }
                for (groups, sign) in
                    self.clusters.iter().zip([1.0, 1.0, -1.0]).filter(|(g, _)| !g.is_empty())
                {
                    let g = T::from(groups.len() as f64);
                    let one = T::from(1.0);
                    let cr1 = g / (g - one) * (T::from(n) - one) / T::from(n - k);
                    let factor = T::from(sign) * if self.small_sample { cr1 } else { one };
                    groups.values().for_each(|u| rank_one(&mut meat, factor, u, u));
                }
                df = fewest as f64 - 1.0;
                let counts: Vec<String> = counts.iter().map(|g| format!("G = {g}")).collect();
                let factor =
                    if self.small_sample { "CR1, G/(G−1)·(n−1)/(n−k)" } else { "CR0, no factor" };
                format!("cluster({}), {factor}, {}", names.join(", "), counts.join(", "))
            }
        };
        infer(fit, &self.factor, &meat, label, df);
        Ok(())
    }
}

/// Weight and residual of a row, and in `q` its orthonormal coordinates.
pub(crate) fn project<T: Real + From<X>, X: Real>(
    factor: &Factor<T>,
    batch: &Observations<'_, X>,
    row: usize,
    q: &mut [T],
) -> (T, T) {
    let lead = usize::from(factor.intercept);
    for (i, column) in factor.kept.iter().enumerate() {
        q[i + lead] = <T as From<X>>::from(batch.x[*column][row]).minus(factor.centre.x[*column]);
    }
    factor.coordinates(&mut q[lead..]);
    let e = <T as From<X>>::from(batch.y[row]).minus(factor.centre.y) - dot(&q[lead..], &factor.z);
    if factor.intercept {
        q[0] = <T as From<f64>>::from(1.0) / factor.sum_weights.sqrt();
    }
    let w = batch.weights.map_or(1.0, |w| w[row]);
    (<T as From<f64>>::from(w), e)
}

/// `M ← M + factor · a bᵀ`.
fn rank_one<T: Real>(m: &mut [T], factor: T, a: &[T], b: &[T]) {
    for (row, a) in m.chunks_exact_mut(b.len()).zip(a) {
        add_multiple(row, factor * *a, b);
    }
}
