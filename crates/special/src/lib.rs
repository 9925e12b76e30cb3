//! Special functions of statistics as plain functions on `f64`, right to the last digits over the whole domain.
//!
//! Every tail is computed as such: a complement is never `1 - x`, and a logarithm is right where the value itself
//! underflows. Scalar functions follow IEEE 754: NaN in, or an argument outside the domain, gives NaN.
//!
//! How rare is a value ten standard deviations out, and which one leaves a tail of 1e-300?
//!
//! ```
//! use ferronum_special::{gamma_q, ln_gamma_q, norm_isf, norm_sf};
//! assert!((norm_sf(10.0) / 7.619853024160526e-24 - 1.0).abs() < 1e-15);
//! assert!((norm_isf(1e-300) / 37.0470962993612 - 1.0).abs() < 1e-15);
//! assert_eq!(gamma_q(10.0, 1000.0), 0.0); // underflows: about e^-951 ...
//! let ln = ln_gamma_q(10.0, 1000.0); // ... but its logarithm does not
//! assert!((ln / -950.6229983701561 - 1.0).abs() < 1e-15);
//! ```
//!
//! * error functions: [`erf`], [`erfc`], [`erfcx`], [`erf_inv`], [`erfc_inv`];
//! * normal distribution: [`norm_cdf`], [`norm_sf`], [`ln_norm_cdf`], [`ln_norm_sf`], [`norm_quantile`], [`norm_isf`];
//! * gamma family: [`gamma`], [`ln_gamma`], [`digamma`], [`trigamma`], [`gamma_ratio_half`], [`stirling_remainder`];
//! * incomplete gamma: [`gamma_p`], [`gamma_q`], their logarithms and inverses, and [`IncompleteGamma`] for all at once;
//! * beta family: [`beta`], [`ln_beta`], [`beta_inc`], [`beta_inc_c`], their logarithms and inverses, [`IncompleteBeta`];
//! * Bessel functions of real order: [`bessel_j`], [`bessel_y`], [`bessel_i`], [`bessel_k`], scaled forms, logarithms and orders 0
//!   and 1; Airy functions [`airy_ai`], [`airy_bi`] and their derivatives;
//! * Marcum's functions [`marcum_q`], [`marcum_p`], their logarithms and [`Marcum`] for all at once;
//! * helpers: [`ln1p_minus_x`], [`ln1m_exp`], [`ln_sum_exp`], [`softplus`].
#![forbid(unsafe_code)]

mod airy;
mod bessel;
mod beta;
mod beta_inc;
mod beta_inv;
mod digamma;
mod double_ln;
mod double_trig;
mod elementary;
mod erf;
mod gamma;
mod gamma_inc;
mod gamma_inv;
mod marcum;
mod normal;
mod poly;
mod scaled;
mod stirling;
mod tables;
mod tail;

pub use airy::{
    airy_ai, airy_ai_prime, airy_ai_prime_scaled, airy_ai_scaled, airy_bi, airy_bi_prime,
    airy_bi_prime_scaled, airy_bi_scaled,
};
pub use bessel::{
    bessel_i, bessel_i_ratio, bessel_i_scaled, bessel_i0, bessel_i0_scaled, bessel_i1, bessel_i1_scaled,
    bessel_j, bessel_j0, bessel_j1, bessel_k, bessel_k_scaled, bessel_k0, bessel_k0_scaled, bessel_k1,
    bessel_k1_scaled, bessel_y, bessel_y0, bessel_y1, ln_bessel_i, ln_bessel_k,
};
pub use beta::{beta, ln_beta};
pub use beta_inc::{IncompleteBeta, beta_inc, beta_inc_c, ln_beta_inc, ln_beta_inc_c};
pub use beta_inv::{beta_inc_c_inv, beta_inc_inv, beta_inc_inv_odds, beta_inc_inv_pair};
pub use digamma::{digamma, ln_minus_digamma, trigamma, trigamma_minus_reciprocal};
pub use double_ln::{exp_dd, ln_dd};
pub use elementary::{ln_sum_exp, ln1m_exp, ln1p_minus_x, softplus};
pub use erf::{erf, erf_inv, erfc, erfc_inv, erfcx};
pub use ferronum_dd::Dd;
pub use gamma::{gamma, gamma_ratio_half, ln_gamma, ln_gamma_ratio_half_scaled, ln_gamma_sign};
pub use gamma_inc::{IncompleteGamma, gamma_p, gamma_q, ln_gamma_p, ln_gamma_q};
pub use gamma_inv::{gamma_inc_inv, gamma_inc_inv_scaled, gamma_p_inv, gamma_q_inv};
pub use marcum::{Marcum, ln_marcum_p, ln_marcum_q, marcum_p, marcum_q};
pub use normal::{
    ln_norm_cdf, ln_norm_cdf_dd, ln_norm_sf, norm_cdf, norm_cdf_dd, norm_isf, norm_quantile, norm_sf,
};
pub use scaled::Scaled;
pub use stirling::{ln_gamma_1p, stirling_remainder};
