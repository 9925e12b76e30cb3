//! Copulas: dependence apart from the margins.
mod archimedean;
mod elliptical;
mod frank;

pub use archimedean::{ClaytonCopula, GumbelCopula};
pub use elliptical::{GaussianCopula, StudentTCopula};
pub use frank::FrankCopula;

/// What an argument of a copula density is.
pub(crate) enum Place {
    /// NaN, infinite or of the wrong length.
    Invalid,
    /// Outside the open unit cube.
    Outside,
    /// In the open unit cube.
    Inside,
}

pub(crate) fn place(u: &[f64], dim: usize) -> Place {
    if !crate::traits::regular(u, dim) {
        Place::Invalid
    } else if u.iter().any(|&u| u <= 0.0 || u >= 1.0) {
        Place::Outside
    } else {
        Place::Inside
    }
}

/// Answers that every copula's distribution function gives at the faces of the cube: NaN, 0, or the coordinates below 1.
pub(crate) fn below_one(u: &[f64], dim: usize) -> Result<Vec<f64>, f64> {
    if u.len() != dim || u.iter().any(|u| u.is_nan()) {
        return Err(f64::NAN);
    }
    if u.iter().any(|&u| u <= 0.0) {
        return Err(0.0);
    }
    let rest: Vec<f64> = u.iter().copied().filter(|&u| u < 1.0).collect();
    match rest.len() {
        0 => Err(1.0),
        1 => Err(rest[0]),
        _ => Ok(rest),
    }
}
