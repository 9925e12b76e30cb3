//! Requirements on parameters.
use crate::Error;
use ferronum_mat::{Mat, MatRef};

pub(crate) fn require(
    holds: bool,
    law: &'static str,
    parameter: &'static str,
    requirement: &'static str,
    value: f64,
) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::InvalidParameter { law, parameter, requirement, value }) }
}

pub(crate) fn positive(law: &'static str, parameter: &'static str, value: f64) -> Result<(), Error> {
    require(value > 0.0 && value < f64::INFINITY, law, parameter, "positive and finite", value)
}

/// Every element satisfies the requirement.
pub(crate) fn elements(
    law: &'static str,
    parameter: &'static str,
    values: &[f64],
    requirement: &'static str,
    holds: impl Fn(f64) -> bool,
) -> Result<(), Error> {
    match values.iter().position(|&v| !holds(v)) {
        Some(index) => {
            Err(Error::InvalidElement { law, parameter, index, requirement, value: values[index] })
        }
        None => Ok(()),
    }
}

pub(crate) fn finite(law: &'static str, parameter: &'static str, values: &[f64]) -> Result<(), Error> {
    elements(law, parameter, values, "finite", f64::is_finite)
}

pub(crate) fn length(
    law: &'static str,
    parameter: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), Error> {
    if expected == found { Ok(()) } else { Err(Error::Dimension { law, parameter, expected, found }) }
}

pub(crate) fn at_least(
    law: &'static str,
    parameter: &'static str,
    least: usize,
    found: usize,
) -> Result<(), Error> {
    if found >= least { Ok(()) } else { Err(Error::TooShort { law, parameter, least, found }) }
}

/// Coordinates exist and none is named twice.
pub(crate) fn coordinates(law: &'static str, dim: usize, indices: &[usize]) -> Result<(), Error> {
    let mut seen = vec![false; dim];
    for &index in indices {
        if index >= dim || std::mem::replace(&mut seen[index], true) {
            return Err(Error::Coordinate { law, index, dim });
        }
    }
    Ok(())
}

/// The coordinates that are not named.
pub(crate) fn others(dim: usize, indices: &[usize]) -> Vec<usize> {
    (0..dim).filter(|i| !indices.contains(i)).collect()
}

pub(crate) fn finite_matrix(
    law: &'static str,
    parameter: &'static str,
    a: MatRef<'_, f64>,
) -> Result<(), Error> {
    for col in 0..a.ncols() {
        for row in 0..a.nrows() {
            let value = a[(row, col)];
            if !value.is_finite() {
                return Err(Error::InvalidEntry { law, parameter, row, col, requirement: "finite", value });
            }
        }
    }
    Ok(())
}

/// A square matrix of finite numbers; returns its number of rows, at least 1.
pub(crate) fn square(law: &'static str, parameter: &'static str, a: MatRef<'_, f64>) -> Result<usize, Error> {
    let (nrows, ncols) = a.shape();
    if nrows != ncols {
        return Err(Error::NotSquare { law, parameter, nrows, ncols });
    }
    at_least(law, parameter, 1, nrows)?;
    finite_matrix(law, parameter, a)?;
    Ok(nrows)
}

/// The symmetric matrix, its two triangles averaged.
///
/// Inverses and products computed in floating point are symmetric up to rounding: a difference of 1e-9 of the element, or of
/// the geometric mean of the diagonal elements, is taken for rounding.
pub(crate) fn symmetric(
    law: &'static str,
    parameter: &'static str,
    a: MatRef<'_, f64>,
) -> Result<Mat<f64>, Error> {
    let n = square(law, parameter, a)?;
    for col in 0..n {
        for row in col + 1..n {
            let (value, mirrored) = (a[(row, col)], a[(col, row)]);
            let diagonal = a[(row, row)].abs().sqrt() * a[(col, col)].abs().sqrt();
            let size = value.abs().max(mirrored.abs()).max(diagonal);
            if (0.5 * value - 0.5 * mirrored).abs() > 0.5e-9 * size {
                return Err(Error::NotSymmetric { law, parameter, row, col, value, mirrored });
            }
        }
    }
    Ok(Mat::from_fn(n, n, |i, j| 0.5 * a[(i, j)] + 0.5 * a[(j, i)]))
}

/// Observations in rows, all finite, with weights that are not all zero.
pub(crate) fn data(
    law: &'static str,
    data: MatRef<'_, f64>,
    weights: Option<&[f64]>,
    requirement: &'static str,
    holds: impl Fn(f64) -> bool,
) -> Result<(), Error> {
    at_least(law, "data (columns)", 1, data.ncols())?;
    for row in 0..data.nrows() {
        for col in 0..data.ncols() {
            let value = data[(row, col)];
            if !holds(value) {
                return Err(Error::Data { law, row, col, requirement, value });
            }
        }
    }
    let mut total = data.nrows() as f64;
    if let Some(weights) = weights {
        length(law, "weights", data.nrows(), weights.len())?;
        if let Some(row) = weights.iter().position(|w| !(*w >= 0.0 && w.is_finite())) {
            return Err(Error::Weight { law, row, value: weights[row] });
        }
        total = weights.iter().sum();
    }
    if total > 0.0 && total.is_finite() { Ok(()) } else { Err(Error::EmptyData { law }) }
}
