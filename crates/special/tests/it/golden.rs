//! Every function at every point of its golden table, held to 1e-13 and, in the median, to 4 ulp after what the conditioning of the
//! problem excuses.
use ferronum_special as special;
use ferronum_testkit::{Bar, golden_table, survey_function};

#[track_caller]
fn check(table: &str, exact: &[usize], f: impl Fn(&[f64]) -> f64) {
    let name = format!("special/{table}.tsv");
    let points = golden_table(&name).expect("golden table");
    let summary = survey_function(table, &points, Bar::SPECIAL, exact, f).expect("decimal cells").summary();
    println!("{summary:?}");
    assert!(summary.pass, "{summary:?}");
}

/// `table [positions of counts and orders, which are not rounded]: |x| value;`
macro_rules! tables {
    ($($table:ident $([$($exact:literal),*])?: |$x:ident| $value:expr;)*) => {
        $(#[test] fn $table() { check(stringify!($table), &[$($($exact),*)?], |$x| $value); })*
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
    polygamma [0]: |x| special::polygamma(x[0] as u32, x[1]);
    zeta: |x| special::zeta(x[0]);
    hurwitz_zeta: |x| special::hurwitz_zeta(x[0], x[1]);
    polylog_dilog: |x| special::dilog(x[0]);
    lambert_w0: |x| special::lambert_w0(x[0]);
    lambert_wm1: |x| special::lambert_wm1(x[0]);
    dawson: |x| special::dawson(x[0]);
    expint_e1: |x| special::expint_e1(x[0]);
    expint_ei: |x| special::expint_ei(x[0]);
    expint_en [0]: |x| special::expint_en(x[0] as u32, x[1]);
    ellip_k: |x| special::ellip_k(x[0]);
    ellip_e: |x| special::ellip_e(x[0]);
    ellip_f_inc: |x| special::ellip_f_inc(x[0], x[1]);
    ellip_e_inc: |x| special::ellip_e_inc(x[0], x[1]);
    carlson_rc: |x| special::carlson_rc(x[0], x[1]);
    carlson_rd: |x| special::carlson_rd(x[0], x[1], x[2]);
    carlson_rf: |x| special::carlson_rf(x[0], x[1], x[2]);
    zeta_minus_1: |x| special::zeta_minus_1(x[0]);
    zeta_derivative: |x| special::zeta_derivative(x[0]);
    polygamma_negative [0]: |x| special::polygamma(x[0] as u32, x[1]);
    sin_integral: |x| special::sin_integral(x[0]);
    cos_integral: |x| special::cos_integral(x[0]);
    sinh_integral: |x| special::sinh_integral(x[0]);
    cosh_integral: |x| special::cosh_integral(x[0]);
    carlson_rj: |x| special::carlson_rj(x[0], x[1], x[2], x[3]);
    carlson_rg: |x| special::carlson_rg(x[0], x[1], x[2]);
    ellip_pi: |x| special::ellip_pi(x[0], x[1]);
    ellip_pi_inc: |x| special::ellip_pi_inc(x[0], x[1], x[2]);
    ln_binomial [0, 1]: |x| special::ln_binomial(x[0] as u64, x[1] as u64);
    ln_factorial [0]: |x| special::ln_factorial(x[0] as u64);
    hyp1f1: |x| special::hyp1f1(x[0], x[1], x[2]);
    hyp2f1: |x| special::hyp2f1(x[0], x[1], x[2], x[3]);
    owens_t: |x| special::owens_t(x[0], x[1]);
    gamma_p_da: |x| special::gamma_p_derivatives(x[0], x[1]).shape;
    ln_gamma_p_da: |x| special::gamma_p_derivatives(x[0], x[1]).ln_p_shape;
    ln_gamma_q_da: |x| special::gamma_p_derivatives(x[0], x[1]).ln_q_shape;
    beta_inc_da: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).a;
    beta_inc_db: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).b;
    ln_beta_inc_da: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_lower[0];
    ln_beta_inc_db: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_lower[1];
    ln_beta_inc_c_da: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_upper[0];
    ln_beta_inc_c_db: |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_upper[1];
    kolmogorov_cdf: |x| special::kolmogorov_cdf(x[0]);
    kolmogorov_sf: |x| special::kolmogorov_sf(x[0]);
    ln_kolmogorov_cdf: |x| special::ln_kolmogorov_cdf(x[0]);
    tukey_cdf: |x| special::tukey_cdf(x[0], x[1], x[2]);
    tukey_sf: |x| special::tukey_sf(x[0], x[1], x[2]);
}

#[track_caller]
fn check_counted(table: &str, f: impl Fn(&[f64]) -> f64) {
    // The first argument is a count.
    let points = golden_table(&format!("special/{table}.tsv")).expect("golden table");
    let summary = survey_function(table, &points, Bar::SPECIAL, &[0], f).expect("decimal cells").summary();
    println!("{summary:?}");
    assert!(summary.pass, "{summary:?}");
}

#[test]
fn kolmogorov_n_cdf() {
    check_counted("kolmogorov_n_cdf", |x| special::kolmogorov_n_cdf(x[0] as u64, x[1]));
}

#[test]
fn kolmogorov_n_sf() {
    check_counted("kolmogorov_n_sf", |x| special::kolmogorov_n_sf(x[0] as u64, x[1]));
}

#[test]
fn smirnov_sf() {
    check_counted("smirnov_sf", |x| special::smirnov_sf(x[0] as u64, x[1]));
}
