//! Special functions: `special/NAME.tsv`, arguments then `value`.
use super::{ReferenceFile, report::Report};
use ferronum_special as special;
use ferronum_testkit::{Bar, Error, Table, survey_function};

/// The function of a file, its arguments in the order of the columns.
struct Function {
    /// Name of the file without extension.
    file: &'static str,
    value: fn(&[f64]) -> f64,
    /// Positions of arguments that are orders or counts, which are not rounded.
    exact: &'static [usize],
}

const fn function(file: &'static str, value: fn(&[f64]) -> f64) -> Function {
    Function { file, value, exact: &[] }
}

/// One entry per file; what is not here is listed as not covered.
const FUNCTIONS: &[Function] = &[
    function("airy_ai", |x| special::airy_ai(x[0])),
    function("airy_ai_prime", |x| special::airy_ai_prime(x[0])),
    function("airy_bi", |x| special::airy_bi(x[0])),
    function("airy_bi_prime", |x| special::airy_bi_prime(x[0])),
    function("bessel_i", |x| special::bessel_i(x[0], x[1])),
    function("bessel_i0", |x| special::bessel_i0(x[0])),
    function("bessel_i0e", |x| special::bessel_i0_scaled(x[0])),
    function("bessel_i1", |x| special::bessel_i1(x[0])),
    function("bessel_i1e", |x| special::bessel_i1_scaled(x[0])),
    function("bessel_j", |x| special::bessel_j(x[0], x[1])),
    function("bessel_k", |x| special::bessel_k(x[0], x[1])),
    function("bessel_k0", |x| special::bessel_k0(x[0])),
    function("bessel_k1", |x| special::bessel_k1(x[0])),
    function("bessel_y", |x| special::bessel_y(x[0], x[1])),
    function("beta", |x| special::beta(x[0], x[1])),
    function("beta_inc", |x| special::beta_inc(x[0], x[1], x[2])),
    function("beta_inc_c", |x| special::beta_inc_c(x[0], x[1], x[2])),
    function("beta_inc_c_inv", |x| special::beta_inc_c_inv(x[0], x[1], x[2])),
    function("beta_inc_da", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).a),
    function("beta_inc_db", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).b),
    function("beta_inc_inv", |x| special::beta_inc_inv(x[0], x[1], x[2])),
    function("carlson_rc", |x| special::carlson_rc(x[0], x[1])),
    function("carlson_rd", |x| special::carlson_rd(x[0], x[1], x[2])),
    function("carlson_rf", |x| special::carlson_rf(x[0], x[1], x[2])),
    function("carlson_rg", |x| special::carlson_rg(x[0], x[1], x[2])),
    function("carlson_rj", |x| special::carlson_rj(x[0], x[1], x[2], x[3])),
    function("cos_integral", |x| special::cos_integral(x[0])),
    function("cosh_integral", |x| special::cosh_integral(x[0])),
    function("dawson", |x| special::dawson(x[0])),
    function("digamma", |x| special::digamma(x[0])),
    function("ellip_e", |x| special::ellip_e(x[0])),
    function("ellip_e_inc", |x| special::ellip_e_inc(x[0], x[1])),
    function("ellip_f_inc", |x| special::ellip_f_inc(x[0], x[1])),
    function("ellip_k", |x| special::ellip_k(x[0])),
    function("ellip_pi", |x| special::ellip_pi(x[0], x[1])),
    function("ellip_pi_inc", |x| special::ellip_pi_inc(x[0], x[1], x[2])),
    function("erf", |x| special::erf(x[0])),
    function("erfc", |x| special::erfc(x[0])),
    function("erfcinv", |x| special::erfc_inv(x[0])),
    function("erfcx", |x| special::erfcx(x[0])),
    function("erfinv", |x| special::erf_inv(x[0])),
    function("expint_e1", |x| special::expint_e1(x[0])),
    function("expint_ei", |x| special::expint_ei(x[0])),
    Function { file: "expint_en", value: |x| special::expint_en(x[0] as u32, x[1]), exact: &[0] },
    function("gamma", |x| special::gamma(x[0])),
    function("gamma_p", |x| special::gamma_p(x[0], x[1])),
    function("gamma_p_da", |x| special::gamma_p_derivatives(x[0], x[1]).shape),
    function("gamma_p_inv", |x| special::gamma_p_inv(x[0], x[1])),
    function("gamma_q", |x| special::gamma_q(x[0], x[1])),
    function("gamma_q_inv", |x| special::gamma_q_inv(x[0], x[1])),
    function("gamma_ratio_half", |x| special::gamma_ratio_half(x[0])),
    function("hurwitz_zeta", |x| special::hurwitz_zeta(x[0], x[1])),
    function("hyp1f1", |x| special::hyp1f1(x[0], x[1], x[2])),
    function("hyp2f1", |x| special::hyp2f1(x[0], x[1], x[2], x[3])),
    function("kolmogorov_cdf", |x| special::kolmogorov_cdf(x[0])),
    function("kolmogorov_sf", |x| special::kolmogorov_sf(x[0])),
    function("lambert_w0", |x| special::lambert_w0(x[0])),
    function("lambert_wm1", |x| special::lambert_wm1(x[0])),
    function("lbeta", |x| special::ln_beta(x[0], x[1])),
    function("lgamma", |x| special::ln_gamma(x[0])),
    function("lgamma_abs_negative", |x| special::ln_gamma(x[0])),
    function("ln_beta_inc_c_da", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_upper[0]),
    function("ln_beta_inc_c_db", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_upper[1]),
    function("ln_beta_inc_da", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_lower[0]),
    function("ln_beta_inc_db", |x| special::beta_inc_derivatives(x[0], x[1], x[2]).ln_lower[1]),
    Function {
        file: "ln_binomial",
        value: |x| special::ln_binomial(x[0] as u64, x[1] as u64),
        exact: &[0, 1],
    },
    Function { file: "ln_factorial", value: |x| special::ln_factorial(x[0] as u64), exact: &[0] },
    function("ln_gamma_p_da", |x| special::gamma_p_derivatives(x[0], x[1]).ln_p_shape),
    function("ln_gamma_q_da", |x| special::gamma_p_derivatives(x[0], x[1]).ln_q_shape),
    function("ln_kolmogorov_cdf", |x| special::ln_kolmogorov_cdf(x[0])),
    function("log1pmx", |x| special::ln1p_minus_x(x[0])),
    function("norm_quantile", |x| special::norm_quantile(x[0])),
    function("owens_t", |x| special::owens_t(x[0], x[1])),
    Function { file: "polygamma", value: |x| special::polygamma(x[0] as u32, x[1]), exact: &[0] },
    Function { file: "polygamma_negative", value: |x| special::polygamma(x[0] as u32, x[1]), exact: &[0] },
    function("polylog_dilog", |x| special::dilog(x[0])),
    function("sin_integral", |x| special::sin_integral(x[0])),
    function("sinh_integral", |x| special::sinh_integral(x[0])),
    function("trigamma", |x| special::trigamma(x[0])),
    function("tukey_cdf", |x| special::tukey_cdf(x[0], x[1], x[2])),
    function("tukey_sf", |x| special::tukey_sf(x[0], x[1], x[2])),
    function("zeta", |x| special::zeta(x[0])),
    function("zeta_derivative", |x| special::zeta_derivative(x[0])),
    function("zeta_minus_1", |x| special::zeta_minus_1(x[0])),
];

/// Compares one file; `false` if there is no function for it.
pub fn evaluate(file: &ReferenceFile, report: &mut Report) -> Result<bool, Error> {
    let Some(function) = FUNCTIONS.iter().find(|function| function.file == file.name) else {
        return Ok(false);
    };
    let table = Table::read(&file.path)?;
    report.add(
        &file.family,
        [survey_function(function.file, &table, Bar::SPECIAL, function.exact, function.value)?],
    );
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_once_in_order() {
        assert!(FUNCTIONS.windows(2).all(|pair| pair[0].file < pair[1].file));
    }
}
