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
//! * counting: [`factorial`], [`ln_factorial`], [`binomial`], [`ln_binomial`];
//! * incomplete gamma: [`gamma_p`], [`gamma_q`], their logarithms and inverses, and [`IncompleteGamma`] for all at once;
//! * beta family: [`beta`], [`ln_beta`], [`beta_inc`], [`beta_inc_c`], their logarithms and inverses, [`IncompleteBeta`];
//! * zeta family: [`zeta`], [`zeta_minus_1`], [`zeta_derivative`], [`hurwitz_zeta`], [`polygamma`], [`dilog`];
//! * [`lambert_w0`], [`lambert_wm1`], [`dawson`];
//! * exponential integrals: [`expint_e1`], [`expint_ei`], [`expint_en`], [`sin_integral`], [`cos_integral`], [`sinh_integral`], [`cosh_integral`];
//! * elliptic integrals: [`ellip_k`], [`ellip_e`], [`ellip_pi`], [`ellip_f_inc`], [`ellip_e_inc`], [`ellip_pi_inc`], [`carlson_rf`], [`carlson_rc`], [`carlson_rd`],
//!   [`carlson_rj`], [`carlson_rg`];
//! * helpers: [`ln1p_minus_x`], [`ln1m_exp`], [`ln_sum_exp`], [`softplus`].
#![forbid(unsafe_code)]

mod beta;
mod beta_inc;
mod beta_inv;
mod carlson;
mod dawson;
mod digamma;
mod dilog;
mod double_ln;
mod elementary;
mod elliptic;
mod erf;
mod expint;
mod factorial;
mod gamma;
mod gamma_inc;
mod gamma_inv;
mod hurwitz;
mod lambert;
mod normal;
mod poly;
mod polygamma;
mod scaled;
mod stirling;
mod tables;
mod tail;
mod trigonometric;
mod zeta;

pub use beta::{beta, ln_beta};
pub use beta_inc::{IncompleteBeta, beta_inc, beta_inc_c, ln_beta_inc, ln_beta_inc_c};
pub use beta_inv::{beta_inc_c_inv, beta_inc_inv, beta_inc_inv_odds, beta_inc_inv_pair};
pub use carlson::{carlson_rc, carlson_rd, carlson_rf, carlson_rg, carlson_rj};
pub use dawson::dawson;
pub use digamma::{digamma, ln_minus_digamma, trigamma};
pub use dilog::dilog;
pub use double_ln::ln_dd;
pub use elementary::{ln_sum_exp, ln1m_exp, ln1p_minus_x, softplus};
pub use elliptic::{ellip_e, ellip_e_inc, ellip_f_inc, ellip_k, ellip_pi, ellip_pi_inc};
pub use erf::{erf, erf_inv, erfc, erfc_inv, erfcx};
pub use expint::{expint_e1, expint_ei, expint_en};
pub use factorial::{binomial, factorial, ln_binomial, ln_factorial};
pub use ferronum_dd::Dd;
pub use gamma::{gamma, gamma_ratio_half, ln_gamma, ln_gamma_sign};
pub use gamma_inc::{IncompleteGamma, gamma_p, gamma_q, ln_gamma_p, ln_gamma_q};
pub use gamma_inv::{gamma_inc_inv, gamma_p_inv, gamma_q_inv};
pub use hurwitz::hurwitz_zeta;
pub use lambert::{lambert_w0, lambert_wm1};
pub use normal::{
    ln_norm_cdf, ln_norm_cdf_dd, ln_norm_sf, norm_cdf, norm_cdf_dd, norm_isf, norm_quantile, norm_sf,
};
pub use polygamma::polygamma;
pub use scaled::Scaled;
pub use stirling::{ln_gamma_1p, stirling_remainder};
pub use trigonometric::{cos_integral, cosh_integral, sin_integral, sinh_integral};
pub use zeta::{zeta, zeta_derivative, zeta_minus_1};
