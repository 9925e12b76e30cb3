//! Linear algebra on a handful of parameters.

/// Solves `A d = g` and inverts A for symmetric A (row-major, k×k) by Cholesky's factorisation; `None` if A is not positive
/// definite.
pub(super) fn inverse(a: &[f64], k: usize) -> Option<Vec<f64>> {
    let mut l = vec![0.0; k * k];
    for i in 0..k {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|m| l[i * k + m] * l[j * k + m]).sum();
            let left = a[i * k + j] - dot;
            if i == j {
                // Far below the diagonal entry it is rounding.
                if !(left > 1e-13 * a[i * k + i] && left.is_finite()) {
                    return None;
                }
                l[i * k + i] = left.sqrt();
            } else {
                l[i * k + j] = left / l[j * k + j];
            }
        }
    }
    let mut inverse = vec![0.0; k * k];
    for column in 0..k {
        let mut x = vec![0.0; k];
        for i in 0..k {
            let dot: f64 = (0..i).map(|m| l[i * k + m] * x[m]).sum();
            x[i] = (f64::from(u8::from(i == column)) - dot) / l[i * k + i];
        }
        for i in (0..k).rev() {
            let dot: f64 = (i + 1..k).map(|m| l[m * k + i] * x[m]).sum();
            x[i] = (x[i] - dot) / l[i * k + i];
        }
        for i in 0..k {
            inverse[i * k + column] = x[i];
        }
    }
    Some(inverse)
}

/// `A x`.
pub(super) fn times(a: &[f64], x: &[f64]) -> Vec<f64> {
    a.chunks_exact(x.len().max(1)).map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_of_a_small_matrix() {
        let a = [4.0, 2.0, 0.6, 2.0, 3.0, 0.4, 0.6, 0.4, 1.0];
        let inverse = inverse(&a, 3).unwrap();
        let first = times(&inverse, &times(&a, &[1.0, -2.0, 3.0]));
        assert!(first.iter().zip([1.0, -2.0, 3.0]).all(|(a, b)| (a - b).abs() < 1e-14));
        assert!(super::inverse(&[1.0, 2.0, 2.0, 1.0], 2).is_none());
        assert!(super::inverse(&[f64::NAN], 1).is_none());
    }
}
