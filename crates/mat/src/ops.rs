//! Arithmetic: fallible methods, and operators beside them.
use crate::{Error, Mat, MatMut, MatRef, Scalar, check};
use std::ops::{Add, Mul, Neg, Sub};

impl<T: Scalar> MatRef<'_, T> {
    /// The matrix product `A B`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless `A` has as many columns as `B` has rows.
    ///
    /// # Examples
    /// ```
    /// use ferronum_mat::Mat;
    /// let a = Mat::from_rows(&[[1.0, 2.0], [3.0, 4.0]])?;
    /// let product = a.view().matmul(&[10.0, 1.0])?; // a slice is a column
    /// assert_eq!(product.as_slice(), [12.0, 34.0]);
    /// let error = a.view().matmul(&Mat::zeros(3, 1)).unwrap_err();
    /// assert_eq!(error.to_string(), "product: shapes 2×2 and 3×1 do not fit");
    /// # Ok::<(), ferronum_mat::Error>(())
    /// ```
    pub fn matmul<'b>(self, other: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        let other = other.into();
        let mut out = Mat::zeros(self.nrows(), other.ncols());
        self.matmul_into(other, &mut out)?;
        Ok(out)
    }

    /// The matrix product `A B`, written to `out`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the three shapes fit together.
    pub fn matmul_into<'b, 'c>(
        &self,
        other: impl Into<MatRef<'b, T>>,
        out: impl Into<MatMut<'c, T>>,
    ) -> Result<(), Error> {
        let (other, out) = (other.into(), out.into());
        if self.ncols() != other.nrows() {
            return Err(Error::ShapeMismatch {
                operation: "product",
                left: self.shape(),
                right: other.shape(),
            });
        }
        check::same_shape("product (output)", (self.nrows(), other.ncols()), out.shape())?;
        T::matmul(out.inner(), self.inner(), other.inner());
        Ok(())
    }

    /// The symmetric matrix `Aᵀ A` (n×n for an m×n matrix), at half the cost of a product.
    ///
    /// Both triangles are filled, with the same bits.
    pub fn gram(&self) -> Mat<T> {
        let n = self.ncols();
        let mut out = Mat::zeros(n, n);
        T::gram_lower(out.view_mut().inner(), self.inner());
        for j in 0..n {
            for i in 0..j {
                out[(i, j)] = out[(j, i)];
            }
        }
        out
    }

    /// The sum `A + B`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    #[allow(clippy::should_implement_trait)] // the operator panics where this returns an error
    pub fn add<'b>(self, other: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        self.combine("sum", other.into(), |x, y| x + y)
    }

    /// The difference `A − B`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    #[allow(clippy::should_implement_trait)] // the operator panics where this returns an error
    pub fn sub<'b>(self, other: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        self.combine("difference", other.into(), |x, y| x - y)
    }

    /// The products of corresponding elements (Hadamard product).
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    pub fn mul_elements<'b>(self, other: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        self.combine("product of elements", other.into(), |x, y| x * y)
    }

    /// The quotients of corresponding elements.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    pub fn div_elements<'b>(self, other: impl Into<MatRef<'b, T>>) -> Result<Mat<T>, Error> {
        self.combine("quotient of elements", other.into(), |x, y| x / y)
    }

    /// The matrix times a number.
    pub fn scale(&self, factor: T) -> Mat<T> {
        self.map(|x| x * factor)
    }

    fn combine(
        self,
        operation: &'static str,
        other: MatRef<'_, T>,
        f: impl Fn(T, T) -> T,
    ) -> Result<Mat<T>, Error> {
        check::same_shape(operation, self.shape(), other.shape())?;
        let elements = self.iter().zip(other.iter()).map(|(x, y)| f(x, y));
        Ok(Mat::from_elements(self.nrows(), self.ncols(), elements))
    }

    /// Sum of the elements.
    pub fn sum(&self) -> T {
        self.iter().sum()
    }

    /// Sum of the products of corresponding elements: the inner product of two vectors, or of two matrices.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    pub fn dot<'b>(&self, other: impl Into<MatRef<'b, T>>) -> Result<T, Error> {
        let other = other.into();
        check::same_shape("inner product", self.shape(), other.shape())?;
        Ok(self.iter().zip(other.iter()).map(|(x, y)| x * y).sum())
    }

    /// Sum of the diagonal elements.
    ///
    /// # Errors
    /// [`Error::NotSquare`] unless the matrix is square.
    pub fn trace(&self) -> Result<T, Error> {
        check::square("trace", *self)?;
        Ok(self.diagonal().sum())
    }
}

/// The same on an owned matrix; see [`MatRef`].
impl<T: Scalar> Mat<T> {
    /// The matrix product `A B`; see [`MatRef::matmul`].
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless `A` has as many columns as `B` has rows.
    pub fn matmul<'b>(&self, other: impl Into<MatRef<'b, T>>) -> Result<Self, Error> {
        self.view().matmul(other)
    }

    /// The symmetric matrix `Aᵀ A`; see [`MatRef::gram`].
    pub fn gram(&self) -> Self {
        self.view().gram()
    }

    /// The sum `A + B`; see [`MatRef::add`].
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    pub fn add<'b>(&self, other: impl Into<MatRef<'b, T>>) -> Result<Self, Error> {
        self.view().add(other)
    }

    /// The difference `A − B`; see [`MatRef::sub`].
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] unless the shapes are equal.
    pub fn sub<'b>(&self, other: impl Into<MatRef<'b, T>>) -> Result<Self, Error> {
        self.view().sub(other)
    }

    /// The matrix times a number.
    pub fn scale(&self, factor: T) -> Self {
        self.view().scale(factor)
    }
}

#[track_caller]
#[allow(clippy::panic)] // documented at each operator, as for an index out of bounds
fn or_panic<T>(result: Result<Mat<T>, Error>) -> Mat<T> {
    match result {
        Ok(matrix) => matrix,
        Err(error) => panic!("{error}"),
    }
}

macro_rules! operator {
    ($trait:ident, $op:ident, $method:ident, $left:ty, $right:ty, $doc:literal) => {
        #[doc = $doc]
        ///
        /// # Panics
        /// If the shapes do not fit, naming both; the method of [`MatRef`] returns an error instead.
        impl<T: Scalar> $trait<$right> for $left {
            type Output = Mat<T>;
            #[track_caller]
            fn $op(self, other: $right) -> Mat<T> {
                or_panic(MatRef::from(self).$method(other))
            }
        }
    };
}
macro_rules! operators {
    ($left:ty, $right:ty) => {
        operator!(Add, add, add, $left, $right, "The sum of two matrices.");
        operator!(Sub, sub, sub, $left, $right, "The difference of two matrices.");
        operator!(Mul, mul, matmul, $left, $right, "The matrix product.");
    };
}
operators!(&Mat<T>, &Mat<T>);
operators!(&Mat<T>, MatRef<'_, T>);
operators!(MatRef<'_, T>, &Mat<T>);
operators!(MatRef<'_, T>, MatRef<'_, T>);

/// A matrix times a number.
impl<T: Scalar> Mul<T> for &Mat<T> {
    type Output = Mat<T>;
    fn mul(self, factor: T) -> Mat<T> {
        self.scale(factor)
    }
}

/// A matrix times a number.
impl<T: Scalar> Mul<T> for MatRef<'_, T> {
    type Output = Mat<T>;
    fn mul(self, factor: T) -> Mat<T> {
        self.scale(factor)
    }
}

/// The matrix with the opposite sign.
impl<T: Scalar> Neg for &Mat<T> {
    type Output = Mat<T>;
    fn neg(self) -> Mat<T> {
        self.map(|x| -x)
    }
}
