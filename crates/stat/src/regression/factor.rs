//! The triangular form to which every method reduces a regression.
use super::real::{Real, dot};
use super::triangle::Triangle;
use crate::Error;
use crate::online::CoMomentsSummary;
use ferronum_dd::Dd;

/// Where the columns are measured from: their means, with the digits below `f64`, on which residuals at a large offset depend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Centre {
    pub(crate) x: Vec<Dd>,
    pub(crate) y: Dd,
}

/// The triangular factor R of the weighted, centred and rank-complete design, and the response in its coordinates.
///
/// ```text
/// X_c = Q R,    z = Qᵀ y_c,    rss = ‖y_c − Q z‖²,    tss = ‖y_c‖²
/// ```
///
/// Without intercept nothing is centred.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Factor<T> {
    pub(crate) ncols: usize,
    pub(crate) intercept: bool,
    /// Columns of x that are estimated.
    pub(crate) kept: Vec<usize>,
    pub(crate) centre: Centre,
    pub(crate) sum_weights: T,
    /// Order q, the number of kept columns.
    pub(crate) r: Triangle<T>,
    pub(crate) z: Vec<T>,
    pub(crate) rss: T,
    pub(crate) tss: T,
    /// The smallest squared pivot relative to its column, among columns and response; 0 if one was dropped as collinear.
    pub(crate) smallest_pivot: f64,
}

impl<T: Real> Factor<T> {
    /// From the factor of `[1 x y]` (with intercept) or `[x y]`, x and y measured from `shift`.
    pub(crate) fn from_triangle(
        triangle: &Triangle<T>,
        shift: Centre,
        sum_weights: T,
        intercept: bool,
    ) -> Result<Self, Error> {
        if let Some(at) = triangle.r.iter().position(|x| !x.to_f64().is_finite()) {
            return Err(Error::Overflow { column: (at % triangle.order).max(1) });
        }
        let lead = usize::from(intercept);
        let ncols = triangle.order - lead - 1;
        let mut centre = shift;
        let mut inner = triangle.clone();
        let mut raw_norms = vec![T::from(0.0); ncols + 1];
        for (j, raw) in raw_norms.iter_mut().enumerate() {
            *raw = norm(triangle, 0, j + lead);
        }
        if intercept {
            inner = Triangle::new(ncols + 1);
            for i in 0..=ncols {
                for j in i..=ncols {
                    inner.r[i * (ncols + 1) + j] = triangle.at(i + 1, j + 1);
                }
            }
            let head = triangle.at(0, 0);
            for j in 0..ncols {
                centre.x[j] += (triangle.at(0, j + 1) / head).to_dd();
            }
            centre.y += (triangle.at(0, ncols + 1) / head).to_dd();
        }
        Self::reduce(inner, &raw_norms, centre, sum_weights, intercept)
    }

    /// Drops collinear columns, the later ones, and splits off the response.
    fn reduce(
        mut inner: Triangle<T>,
        raw_norms: &[T],
        centre: Centre,
        sum_weights: T,
        intercept: bool,
    ) -> Result<Self, Error> {
        let ncols = inner.order - 1;
        let mut kept: Vec<usize> = (0..ncols).collect();
        let mut smallest_pivot = 1.0_f64;
        let mut j = 0;
        while j < kept.len() {
            let length = norm(&inner, 0, j);
            let left = inner.at(j, j).to_f64().abs();
            let constant = length.to_f64() <= T::CONSTANT * raw_norms[kept[j]].to_f64();
            if constant || left <= T::COLLINEAR * length.to_f64() {
                smallest_pivot = if constant { smallest_pivot } else { 0.0 };
                inner = inner.without(j);
                kept.remove(j);
            } else {
                smallest_pivot = smallest_pivot.min((left / length.to_f64()).powi(2));
                j += 1;
            }
        }
        if kept.is_empty() && !intercept {
            return Err(Error::NothingToEstimate);
        }
        let q = kept.len();
        let z: Vec<T> = (0..q).map(|i| inner.at(i, q)).collect();
        let mut r = Triangle::new(q);
        for i in 0..q {
            r.r[i * q..][..q].copy_from_slice(&inner.r[i * (q + 1)..][..q]);
        }
        let mut rss = inner.at(q, q) * inner.at(q, q);
        let mut tss = rss + dot(&z, &z);
        let size = raw_norms[ncols].to_f64() + centre.y.to_f64().abs() * sum_weights.to_f64().sqrt();
        if intercept && tss.to_f64().sqrt() <= (T::CONSTANT * 0.1) * size {
            (rss, tss) = (T::from(0.0), T::from(0.0));
        }
        if rss.to_f64() <= T::EXACT * tss.to_f64() {
            rss = T::from(0.0);
        }
        if tss.to_f64() > 0.0 {
            smallest_pivot = smallest_pivot.min((rss / tss).to_f64());
        }
        Ok(Self { ncols, intercept, kept, centre, sum_weights, r, z, rss, tss, smallest_pivot })
    }

    /// Number of kept columns of x.
    pub(crate) fn order(&self) -> usize {
        self.kept.len()
    }

    /// Number of estimated coefficients.
    pub(crate) fn rank(&self) -> usize {
        self.kept.len() + usize::from(self.intercept)
    }

    /// Coefficients of the kept columns, `R⁻¹ z`.
    pub(crate) fn slopes(&self) -> Vec<T> {
        let q = self.order();
        let mut b = self.z.clone();
        for i in (0..q).rev() {
            let s = (i + 1..q).fold(b[i], |s, j| s - self.r.at(i, j) * b[j]);
            b[i] = s / self.r.at(i, i);
        }
        b
    }

    /// `q = R⁻ᵀ d`, the coordinates of a centred row; `out` holds d.
    pub(crate) fn coordinates(&self, out: &mut [T]) {
        for i in 0..self.order() {
            let s = (0..i).fold(out[i], |s, j| s - self.r.at(j, i) * out[j]);
            out[i] = s / self.r.at(i, i);
        }
    }

    /// `A`, rank×rank row-major, with coefficients = A · (coordinates of the response), so that `(XᵀWX)⁻¹ = A Aᵀ`. With
    /// `centred`, the first coefficient is the value at the centre instead of at zero.
    pub(crate) fn root(&self, centred: bool) -> Vec<T> {
        let (q, rank, lead) = (self.order(), self.rank(), usize::from(self.intercept));
        let zero = T::from(0.0);
        let mut a = vec![zero; rank * rank];
        for j in 0..q {
            // Column j of R⁻¹.
            let mut column = vec![zero; q];
            column[j] = T::from(1.0);
            for i in (0..=j).rev() {
                let s = (i + 1..=j).fold(column[i], |s, l| s - self.r.at(i, l) * column[l]);
                column[i] = s / self.r.at(i, i);
                a[(i + lead) * rank + j + lead] = column[i];
            }
        }
        if self.intercept {
            a[0] = T::from(1.0) / self.sum_weights.sqrt();
            if !centred {
                let mut u: Vec<T> = self.kept.iter().map(|c| T::from_dd(self.centre.x[*c])).collect();
                self.coordinates(&mut u);
                for (j, u) in u.into_iter().enumerate() {
                    a[j + 1] = -u;
                }
            }
        }
        a
    }

    /// The intercept at x = 0.
    pub(crate) fn intercept(&self, slopes: &[T]) -> Dd {
        self.kept.iter().zip(slopes).fold(self.centre.y, |s, (c, b)| s - self.centre.x[*c] * b.to_dd())
    }

    /// Condition number in the 2-norm of `√W [1 X]`, and of the centred design with columns scaled to length one.
    pub(crate) fn condition_numbers(&self) -> (f64, f64) {
        let (q, rank, lead) = (self.order(), self.rank(), usize::from(self.intercept));
        let (mut full, mut scaled) = (vec![0.0; rank * rank], vec![0.0; q * q]);
        for j in 0..q {
            let length = norm(&self.r, 0, j).to_f64();
            for i in 0..=j {
                let r = self.r.at(i, j).to_f64();
                full[(j + lead) * rank + i + lead] = r;
                scaled[j * q + i] = r / length;
            }
        }
        if self.intercept {
            let root = self.sum_weights.to_f64().sqrt();
            full[0] = root;
            for (j, c) in self.kept.iter().enumerate() {
                full[(j + 1) * rank] = root * self.centre.x[*c].to_f64();
            }
        }
        (ratio_of_singular_values(full, rank), ratio_of_singular_values(scaled, q))
    }
}

impl Factor<f64> {
    /// By the Cholesky factor of the cross-products of `[x y]`, centred when there is an intercept.
    pub(crate) fn from_gram(gram: &CoMomentsSummary, intercept: bool) -> Result<Self, Error> {
        let p = gram.ncols();
        let entry = |i: usize, j: usize| match intercept {
            true => gram.scatter(i, j),
            false => gram.weight().mul_add(gram.mean(i) * gram.mean(j), gram.scatter(i, j)),
        };
        let raw_norms: Vec<f64> =
            (0..p).map(|j| (gram.scatter(j, j) + gram.weight() * gram.mean(j).powi(2)).sqrt()).collect();
        if let Some(j) = raw_norms.iter().position(|x| !x.is_finite()) {
            return Err(Error::Overflow { column: j + 1 });
        }
        let mut inner = Triangle::new(p);
        for i in 0..p {
            for j in i..p {
                let s = (0..i).fold(entry(i, j), |s, l| s - inner.at(l, i) * inner.at(l, j));
                inner.r[i * p + j] = match (i == j, inner.at(i, i)) {
                    (true, _) if s > 0.0 => s.sqrt(),
                    (false, pivot) if pivot > 0.0 => s / pivot,
                    _ => 0.0,
                };
            }
        }
        let centre = match intercept {
            true => Centre { x: (0..p - 1).map(|j| gram.mean_dd(j)).collect(), y: gram.mean_dd(p - 1) },
            false => Centre { x: vec![Dd::ZERO; p - 1], y: Dd::ZERO },
        };
        Self::reduce(inner, &raw_norms, centre, gram.weight(), intercept)
    }
}

/// Norm of the part of column `j` from row `from` to the diagonal.
fn norm<T: Real>(triangle: &Triangle<T>, from: usize, j: usize) -> T {
    (from..=j).fold(T::from(0.0), |s, i| s + triangle.at(i, j) * triangle.at(i, j)).sqrt()
}

/// Largest over smallest singular value of an n×n matrix, column-major, by one-sided Jacobi rotations, which give small singular
/// values to full relative accuracy.
///
/// # Source
/// Demmel & Veselić, *SIAM J. Matrix Anal. Appl.* 13 (1992), 1204–1245.
///
/// Beyond 64 columns by bidiagonalisation, which is faster and right to the last digits of the largest.
fn ratio_of_singular_values(mut a: Vec<f64>, n: usize) -> f64 {
    const SWEEPS: usize = 60;
    if n > 64 {
        let matrix = ferronum_mat::MatRef::column_major(&a, n, n);
        return matrix.and_then(ferronum_mat::condition_number).unwrap_or(f64::INFINITY);
    }
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for i in 0..n {
            for j in i + 1..n {
                let (head, tail) = a.split_at_mut(j * n);
                let (x, y) = (&mut head[i * n..][..n], &mut tail[..n]);
                let (xx, yy, xy) = (dot(x, x), dot(y, y), dot(x, y));
                if xy.abs() <= 1e-15 * xx.sqrt() * yy.sqrt() {
                    continue;
                }
                rotated = true;
                let zeta = (yy - xx) / (2.0 * xy);
                let t = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                for (x, y) in x.iter_mut().zip(y) {
                    (*x, *y) = (c * (*x - t * *y), c * (t * *x + *y));
                }
            }
        }
        if !rotated {
            break;
        }
    }
    let lengths = a.chunks_exact(n.max(1)).map(|column| dot(column, column).sqrt());
    let (low, high) = lengths.fold((f64::INFINITY, 0.0_f64), |(low, high), s| (low.min(s), high.max(s)));
    if n == 0 { 1.0 } else { high / low }
}
