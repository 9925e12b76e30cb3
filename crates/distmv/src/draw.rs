//! Draws that the laws share.
use rand::Rng;
use rand::distr::{Distribution, Open01};
use rand_distr::{Exp1, Gamma};

/// A number strictly between 0 and 1.
pub(crate) fn uniform<R: Rng + ?Sized>(rng: &mut R) -> f64 {
    Open01.sample(rng)
}

pub(crate) fn exponential<R: Rng + ?Sized>(rng: &mut R) -> f64 {
    Exp1.sample(rng)
}

/// A whole number from 0 to n − 1 without bias, n ≥ 1 (Lemire, *ACM TOMACS* 29 (2019) 3). Rejection ends with probability above ½ a round.
pub(crate) fn below<R: Rng + ?Sized>(rng: &mut R, n: u64) -> u64 {
    let threshold = n.wrapping_neg() % n;
    loop {
        let product = u128::from(rng.next_u64()) * u128::from(n);
        if product as u64 >= threshold {
            return (product >> 64) as u64;
        }
    }
}

/// Logarithm of a gamma variable of this shape and unit scale: right where the variable itself underflows.
///
/// For a shape a below 1, G(a) = G(a + 1) U^(1/a) (Marsaglia & Tsang, *ACM TOMS* 26 (2000) 363–372, §6).
pub(crate) fn ln_gamma_variable<R: Rng + ?Sized>(rng: &mut R, shape: f64) -> f64 {
    let (boosted, ln_power) =
        if shape < 1.0 { (shape + 1.0, -exponential(rng) / shape) } else { (shape, 0.0) };
    match Gamma::new(boosted, 1.0) {
        Ok(gamma) => gamma.sample(rng).ln() + ln_power,
        Err(_) => f64::NAN,
    }
}

/// Logarithm of a χ² variable.
pub(crate) fn ln_chi_squared<R: Rng + ?Sized>(rng: &mut R, dof: f64) -> f64 {
    std::f64::consts::LN_2 + ln_gamma_variable(rng, 0.5 * dof)
}

/// Logarithms of a beta variable and of its complement.
pub(crate) fn ln_beta_variable<R: Rng + ?Sized>(rng: &mut R, a: f64, b: f64) -> (f64, f64) {
    let (x, y) = (ln_gamma_variable(rng, a), ln_gamma_variable(rng, b));
    let sum = ferronum_special::ln_sum_exp(&[x, y]);
    (x - sum, y - sum)
}
