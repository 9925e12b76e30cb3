//! Every function at every point of its golden table, held to 1e-13 and, in the median, to 4 ulp after what the conditioning of the
//! problem excuses.
use ferronum_special as special;
use ferronum_testkit::{Bar, golden_table, survey_function};

#[track_caller]
fn check(table: &str, f: impl Fn(&[f64]) -> f64) {
    let name = format!("special/{table}.tsv");
    let points = golden_table(&name).expect("golden table");
    let summary = survey_function(table, &points, Bar::SPECIAL, &[], f).expect("decimal cells").summary();
    println!("{summary:?}");
    assert!(summary.pass, "{summary:?}");
}

macro_rules! tables {
    ($($table:ident: |$x:ident| $value:expr;)*) => {
        $(#[test] fn $table() { check(stringify!($table), |$x| $value); })*
    };
}

tables! {
    erf: |x| special::erf(x[0]);
    erfc: |x| special::erfc(x[0]);
    erfcx: |x| special::erfcx(x[0]);
    erfinv: |x| special::erf_inv(x[0]);
    erfcinv: |x| special::erfc_inv(x[0]);
    norm_quantile: |x| special::norm_quantile(x[0]);
    gamma: |x| special::gamma(x[0]);
    lgamma: |x| special::ln_gamma(x[0]);
    lgamma_abs_negative: |x| special::ln_gamma(x[0]);
    digamma: |x| special::digamma(x[0]);
    trigamma: |x| special::trigamma(x[0]);
    log1pmx: |x| special::ln1p_minus_x(x[0]);
    gamma_ratio_half: |x| special::gamma_ratio_half(x[0]);
    beta: |x| special::beta(x[0], x[1]);
    lbeta: |x| special::ln_beta(x[0], x[1]);
    gamma_p: |x| special::gamma_p(x[0], x[1]);
    gamma_q: |x| special::gamma_q(x[0], x[1]);
    gamma_p_inv: |x| special::gamma_p_inv(x[0], x[1]);
    gamma_q_inv: |x| special::gamma_q_inv(x[0], x[1]);
    beta_inc: |x| special::beta_inc(x[0], x[1], x[2]);
    beta_inc_c: |x| special::beta_inc_c(x[0], x[1], x[2]);
    beta_inc_inv: |x| special::beta_inc_inv(x[0], x[1], x[2]);
    beta_inc_c_inv: |x| special::beta_inc_c_inv(x[0], x[1], x[2]);
    airy_ai: |x| special::airy_ai(x[0]);
    airy_ai_prime: |x| special::airy_ai_prime(x[0]);
    airy_bi: |x| special::airy_bi(x[0]);
    airy_bi_prime: |x| special::airy_bi_prime(x[0]);
    bessel_i: |x| special::bessel_i(x[0], x[1]);
    bessel_j: |x| special::bessel_j(x[0], x[1]);
    bessel_k: |x| special::bessel_k(x[0], x[1]);
    bessel_y: |x| special::bessel_y(x[0], x[1]);
    bessel_i0: |x| special::bessel_i0(x[0]);
    bessel_i0e: |x| special::bessel_i0_scaled(x[0]);
    bessel_i1: |x| special::bessel_i1(x[0]);
    bessel_i1e: |x| special::bessel_i1_scaled(x[0]);
    bessel_k0: |x| special::bessel_k0(x[0]);
    bessel_k1: |x| special::bessel_k1(x[0]);
}
