//! Contrast matrices, with the values of R's `contr.*` and the column names of patsy.

/// Levels beyond which orthogonal polynomial contrasts are refused, as in R's `contr.poly`.
pub(super) const MAX_POLYNOMIAL_LEVELS: usize = 95;

/// How a factor of n levels becomes columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// One indicator per level.
    Full,
    /// An indicator for each level but the reference.
    Treatment { reference: usize },
    /// Each level against the mean of all; the last level is −1 throughout.
    Sum,
    /// Each level against the mean of those before it.
    Helmert,
    /// Orthogonal polynomials in the level's number.
    Poly,
}

impl Coding {
    /// The number of columns for `n` levels.
    pub fn width(self, n: usize) -> usize {
        if self == Self::Full { n } else { n - 1 }
    }

    /// Which indicator column is 1 at a level; `None` at the reference. `None` from codings that are not indicators.
    pub fn indicator(self, level: usize) -> Option<usize> {
        match self {
            Self::Full => Some(level),
            Self::Treatment { reference } if level < reference => Some(level),
            Self::Treatment { reference } if level > reference => Some(level - 1),
            _ => None,
        }
    }

    pub fn is_indicator(self) -> bool {
        matches!(self, Self::Full | Self::Treatment { .. })
    }

    /// The n×width matrix, by columns.
    pub fn matrix(self, n: usize) -> Vec<Vec<f64>> {
        match self {
            Self::Full | Self::Treatment { .. } => {
                let entry = |level, column| f64::from(u8::from(self.indicator(level) == Some(column)));
                (0..self.width(n)).map(|j| (0..n).map(|i| entry(i, j)).collect()).collect()
            }
            Self::Sum => (0..n - 1)
                .map(|j| {
                    (0..n)
                        .map(|i| {
                            if i == j {
                                1.0
                            } else if i + 1 == n {
                                -1.0
                            } else {
                                0.0
                            }
                        })
                        .collect()
                })
                .collect(),
            Self::Helmert => (0..n - 1)
                .map(|j| {
                    (0..n)
                        .map(|i| {
                            if i <= j {
                                -1.0
                            } else if i == j + 1 {
                                (j + 1) as f64
                            } else {
                                0.0
                            }
                        })
                        .collect()
                })
                .collect(),
            Self::Poly => polynomials(n),
        }
    }

    /// What stands behind the factor's name for each column: `[T.b]`, `[b]`, `[S.a]`, `[H.b]`, `.Linear`.
    pub fn suffixes(self, labels: &[String]) -> Vec<String> {
        let n = labels.len();
        match self {
            Self::Full => labels.iter().map(|l| format!("[{l}]")).collect(),
            Self::Treatment { reference } => {
                let others = (0..n).filter(|&i| i != reference);
                others.map(|i| format!("[T.{}]", labels[i])).collect()
            }
            Self::Sum => labels[..n - 1].iter().map(|l| format!("[S.{l}]")).collect(),
            Self::Helmert => labels[1..].iter().map(|l| format!("[H.{l}]")).collect(),
            Self::Poly => (1..n)
                .map(|degree| match degree {
                    1 => ".Linear".to_owned(),
                    2 => ".Quadratic".to_owned(),
                    3 => ".Cubic".to_owned(),
                    _ => format!("^{degree}"),
                })
                .collect(),
        }
    }
}

/// Orthonormal polynomials of degree 1..n−1 on the points 1..n, with positive leading coefficients, by columns.
///
/// The three-term recurrence for equally spaced points loses orthogonality when the degree nears n, so each new column is made
/// orthogonal to all before it, twice (Giraud, Langou & Rozložník, *Computers & Mathematics with Applications* 50, 2005,
/// 1069–1075: twice is enough). R's own values come from a QR of the powers, whose condition grows with n.
fn polynomials(n: usize) -> Vec<Vec<f64>> {
    let scores: Vec<f64> = (0..n).map(|i| i as f64 - (n - 1) as f64 / 2.0).collect();
    let mut basis = vec![vec![1.0 / (n as f64).sqrt(); n]];
    for degree in 1..n {
        let mut next: Vec<f64> = basis[degree - 1].iter().zip(&scores).map(|(q, t)| q * t).collect();
        for _ in 0..2 {
            for q in &basis {
                let projection: f64 = q.iter().zip(&next).map(|(a, b)| a * b).sum();
                next.iter_mut().zip(q).for_each(|(v, q)| *v -= projection * q);
            }
        }
        // Odd degrees are odd functions of the score, even ones even: take out the rounding that is neither.
        let parity = if degree % 2 == 1 { -1.0 } else { 1.0 };
        let folded: Vec<f64> = (0..n).map(|i| 0.5 * (next[i] + parity * next[n - 1 - i])).collect();
        let norm = folded.iter().map(|v| v * v).sum::<f64>().sqrt();
        basis.push(folded.into_iter().map(|v| v / norm).collect());
    }
    basis.remove(0);
    basis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_matrices() {
        let treatment = Coding::Treatment { reference: 1 };
        assert_eq!(treatment.matrix(3), [vec![1.0, 0.0, 0.0], vec![0.0, 0.0, 1.0]]);
        assert_eq!(Coding::Full.matrix(2), [vec![1.0, 0.0], vec![0.0, 1.0]]);
        assert_eq!(Coding::Sum.matrix(3), [vec![1.0, 0.0, -1.0], vec![0.0, 1.0, -1.0]]);
        assert_eq!(Coding::Helmert.matrix(3), [vec![-1.0, 1.0, 0.0], vec![-1.0, -1.0, 2.0]]);
    }

    #[test]
    fn names() {
        let labels: Vec<String> = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
        assert_eq!(
            Coding::Treatment { reference: 0 }.suffixes(&labels),
            ["[T.b]", "[T.c]", "[T.d]", "[T.e]"]
        );
        assert_eq!(Coding::Full.suffixes(&labels[..2]), ["[a]", "[b]"]);
        assert_eq!(Coding::Sum.suffixes(&labels[..3]), ["[S.a]", "[S.b]"]);
        assert_eq!(Coding::Helmert.suffixes(&labels[..3]), ["[H.b]", "[H.c]"]);
        assert_eq!(Coding::Poly.suffixes(&labels), [".Linear", ".Quadratic", ".Cubic", "^4"]);
    }

    /// Orthonormal to rounding for every n allowed.
    #[test]
    fn polynomials_are_orthonormal() {
        for n in [2, 3, 10, 40, MAX_POLYNOMIAL_LEVELS] {
            let columns = polynomials(n);
            for (i, a) in columns.iter().enumerate() {
                assert!(a.iter().sum::<f64>().abs() < 1e-14, "n = {n}, degree {}", i + 1);
                for (j, b) in columns.iter().enumerate().take(i + 1) {
                    let product: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
                    assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14, "n = {n}, {i} {j}");
                }
            }
        }
    }

    /// The cubic on 4 points is (−1, 3, −3, 1)/√20.
    #[test]
    fn cubic_on_four_points() {
        let expected = [-1.0, 3.0, -3.0, 1.0].map(|v| v / 20.0_f64.sqrt());
        for (value, expected) in polynomials(4)[2].iter().zip(expected) {
            assert!((value - expected).abs() < 1e-16, "{value} {expected}");
        }
    }
}
