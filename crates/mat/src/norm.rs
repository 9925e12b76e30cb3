//! Norms. NaN anywhere gives NaN; a matrix without elements has norm zero.
use crate::{Error, Mat, MatRef, Scalar, singular_values};

impl<T: Scalar> MatRef<'_, T> {
    /// Largest absolute value of an element, maxᵢⱼ |aᵢⱼ|.
    pub fn norm_max(&self) -> T {
        self.iter().fold(T::ZERO, |max, x| x.abs().max_or_nan(max))
    }

    /// Largest column sum of absolute values, maxⱼ Σᵢ |aᵢⱼ|: the norm induced by the vector 1-norm.
    pub fn norm_1(&self) -> T {
        let sums = self.cols().map(|col| col.iter().map(T::abs).sum::<T>());
        sums.fold(T::ZERO, |max, sum| sum.max_or_nan(max))
    }

    /// Largest row sum of absolute values, maxᵢ Σⱼ |aᵢⱼ|: the norm induced by the vector maximum norm.
    pub fn norm_inf(&self) -> T {
        self.transpose().norm_1()
    }

    /// Frobenius norm √(Σᵢⱼ aᵢⱼ²), the Euclidean norm of a vector. No square overflows or underflows on the way.
    ///
    /// ```
    /// let v = ferronum_mat::MatRef::<f64>::column(&[3e200, 4e200]);
    /// assert!((v.norm_fro() / 5e200 - 1.0).abs() < 1e-15); // not infinite
    /// ```
    pub fn norm_fro(&self) -> T {
        let max = self.norm_max();
        if max == T::ZERO || !max.is_finite() {
            return max;
        }
        let exponent = max.exponent();
        let scaled = self.iter().map(|x| x.scale_by_power_of_two(-exponent));
        scaled.map(|x| x * x).sum::<T>().sqrt().scale_by_power_of_two(exponent)
    }

    /// Largest singular value: the norm induced by the Euclidean norm.
    ///
    /// # Errors
    /// Those of [`singular_values`].
    pub fn norm_2(&self) -> Result<T, Error> {
        Ok(singular_values(*self)?.first().copied().unwrap_or(T::ZERO))
    }
}

/// The same on an owned matrix; see [`MatRef`].
impl<T: Scalar> Mat<T> {
    /// Largest absolute value of an element; see [`MatRef::norm_max`].
    pub fn norm_max(&self) -> T {
        self.view().norm_max()
    }

    /// Largest column sum of absolute values; see [`MatRef::norm_1`].
    pub fn norm_1(&self) -> T {
        self.view().norm_1()
    }

    /// Largest row sum of absolute values; see [`MatRef::norm_inf`].
    pub fn norm_inf(&self) -> T {
        self.view().norm_inf()
    }

    /// Frobenius norm; see [`MatRef::norm_fro`].
    pub fn norm_fro(&self) -> T {
        self.view().norm_fro()
    }

    /// Largest singular value; see [`MatRef::norm_2`].
    ///
    /// # Errors
    /// Those of [`singular_values`].
    pub fn norm_2(&self) -> Result<T, Error> {
        self.view().norm_2()
    }
}
