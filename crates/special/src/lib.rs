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
//! * Bessel functions of real order: [`bessel_j`], [`bessel_y`], [`bessel_i`], [`bessel_k`], scaled forms, logarithms and orders 0
//!   and 1; Airy functions [`airy_ai`], [`airy_bi`] and their derivatives;
//! * Marcum's functions [`marcum_q`], [`marcum_p`], their logarithms and [`Marcum`] for all at once;
//! * zeta family: [`zeta`], [`zeta_minus_1`], [`zeta_derivative`], [`hurwitz_zeta`], [`polygamma`], [`dilog`];
//! * [`lambert_w0`], [`lambert_wm1`], [`dawson`];
//! * exponential integrals: [`expint_e1`], [`expint_ei`], [`expint_en`], [`sin_integral`], [`cos_integral`], [`sinh_integral`], [`cosh_integral`];
//! * elliptic integrals: [`ellip_k`], [`ellip_e`], [`ellip_pi`], [`ellip_f_inc`], [`ellip_e_inc`], [`ellip_pi_inc`], [`carlson_rf`], [`carlson_rc`], [`carlson_rd`],
//!   [`carlson_rj`], [`carlson_rg`];
//! * derivatives by every parameter: [`gamma_p_derivatives`], [`beta_inc_derivatives`]; inverses in the shapes: [`gamma_p_inv_a`],
//!   [`gamma_q_inv_a`], [`beta_inc_inv_a`], [`beta_inc_c_inv_a`], [`beta_inc_inv_b`], [`beta_inc_c_inv_b`];
//! * Kolmogorov's laws: [`kolmogorov_cdf`], [`kolmogorov_sf`], their logarithms and inverses, [`kolmogorov_n_cdf`],
//!   [`kolmogorov_n_sf`], [`smirnov_cdf`], [`smirnov_sf`]; the studentized range: [`tukey_cdf`], [`tukey_sf`], [`tukey_quantile`],
//!   [`tukey_isf`];
//! * Owen's T and the hypergeometric functions: [`owens_t`], [`hyp1f1`], [`hyp2f1`];
//! * helpers: [`ln1p_minus_x`], [`ln1m_exp`], [`ln_expm1`], [`ln_sum_exp`], [`softplus`], [`expit`], [`ln_expit`], [`logit`], [`xlogy`],
//!   [`xlog1py`], [`powm1`], [`sin_pi`], [`cos_pi`], [`sinc_pi`].
#![forbid(unsafe_code)]

mod airy;
mod bessel;
mod beta;
mod beta_derivatives;
mod beta_inc;
mod beta_inv;
mod big;
mod carlson;
mod dawson;
mod digamma;
mod dilog;
mod double_ln;
mod double_trig;
mod elementary;
mod elliptic;
mod erf;
mod expint;
mod factorial;
mod gamma;
mod gamma_derivatives;
mod gamma_inc;
mod gamma_inv;
mod hurwitz;
mod hyper;
mod kolmogorov;
mod kolmogorov_n;
mod lambert;
mod logistic;
mod marcum;
mod normal;
mod owens_t;
mod poly;
mod polygamma;
mod power;
mod quadrature;
mod scaled;
mod shape;
mod stirling;
mod tables;
mod tail;
mod trig_pi;
mod trigonometric;
mod tukey;
mod zeta;

pub use airy::{
    airy_ai, airy_ai_prime, airy_ai_prime_scaled, airy_ai_scaled, airy_bi, airy_bi_prime,
    airy_bi_prime_scaled, airy_bi_scaled,
};
pub use bessel::{
    bessel_i, bessel_i_ratio, bessel_i_scaled, bessel_i_wide, bessel_i0, bessel_i0_scaled, bessel_i1,
    bessel_i1_scaled, bessel_j, bessel_j0, bessel_j1, bessel_k, bessel_k_scaled, bessel_k0, bessel_k0_scaled,
    bessel_k1, bessel_k1_scaled, bessel_y, bessel_y0, bessel_y1, ln_bessel_i, ln_bessel_k,
};
pub use beta::{beta, ln_beta};
pub use beta_derivatives::{
    BetaDerivatives, beta_inc_c_inv_a, beta_inc_c_inv_b, beta_inc_derivatives, beta_inc_inv_a, beta_inc_inv_b,
};
pub use beta_inc::{IncompleteBeta, beta_inc, beta_inc_c, ln_beta_inc, ln_beta_inc_c};
pub use beta_inv::{beta_inc_c_inv, beta_inc_inv, beta_inc_inv_odds, beta_inc_inv_pair};
pub use carlson::{carlson_rc, carlson_rd, carlson_rf, carlson_rg, carlson_rj};
pub use dawson::dawson;
pub use digamma::{digamma, ln_minus_digamma, trigamma, trigamma_minus_reciprocal};
pub use dilog::dilog;
pub use double_ln::{exp_dd, ln_dd};
pub use elementary::{ln_sum_exp, ln1m_exp, ln1p_minus_x, softplus};
pub use elliptic::{ellip_e, ellip_e_inc, ellip_f_inc, ellip_k, ellip_pi, ellip_pi_inc};
pub use erf::{erf, erf_inv, erfc, erfc_inv, erfcx};
pub use expint::{expint_e1, expint_ei, expint_en};
pub use factorial::{binomial, factorial, ln_binomial, ln_factorial};
pub use ferronum_dd::Dd;
pub use gamma::{
    gamma, gamma_ratio_half, ln_gamma, ln_gamma_ratio_half_scaled, ln_gamma_sign, ln_multivariate_gamma,
};
pub use gamma_derivatives::{GammaDerivatives, gamma_p_derivatives, gamma_p_inv_a, gamma_q_inv_a};
pub use gamma_inc::{IncompleteGamma, gamma_p, gamma_q, ln_gamma_p, ln_gamma_q};
pub use gamma_inv::{gamma_inc_inv, gamma_inc_inv_scaled, gamma_p_inv, gamma_q_inv};
pub use hurwitz::hurwitz_zeta;
pub use hyper::{hyp1f1, hyp2f1};
pub use kolmogorov::{
    kolmogorov_cdf, kolmogorov_isf, kolmogorov_quantile, kolmogorov_sf, ln_kolmogorov_cdf, ln_kolmogorov_sf,
};
pub use kolmogorov_n::{kolmogorov_n_cdf, kolmogorov_n_sf, smirnov_cdf, smirnov_sf};
pub use lambert::{lambert_w0, lambert_wm1};
pub use logistic::{expit, ln_expit, ln_expm1, logit};
pub use marcum::{Marcum, ln_marcum_p, ln_marcum_q, marcum_p, marcum_q};
pub use normal::{
    ln_norm_cdf, ln_norm_cdf_dd, ln_norm_sf, norm_cdf, norm_cdf_dd, norm_isf, norm_quantile, norm_sf,
};
pub use owens_t::owens_t;
pub use polygamma::polygamma;
pub use power::{powm1, xlog1py, xlogy};
pub use scaled::Scaled;
pub use stirling::{ln_gamma_1p, stirling_remainder};
pub use trig_pi::{cos_pi, sin_pi, sinc_pi};
pub use trigonometric::{cos_integral, cosh_integral, sin_integral, sinh_integral};
pub use tukey::{tukey_cdf, tukey_isf, tukey_quantile, tukey_sf};
pub use zeta::{zeta, zeta_derivative, zeta_minus_1};
