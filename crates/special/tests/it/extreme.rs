//! Logarithms of tails far beyond the range of `f64`, and shapes from 1e-10 to 1e10.
//!
//! Reference: the tail as weight times ∫₀^∞ of the log-concave density of ln x (of the log-odds), by mpmath's quadrature at 50
//! digits; the arguments are taken as exact.
use ferronum_special::{ln_beta_inc, ln_beta_inc_c, ln_gamma_p, ln_gamma_q};
use ferronum_testkit::assert_lre;

#[test]
fn incomplete_gamma() {
    for (a, x, lower, upper) in [
        (10.0, 1e6, "", "-999888.4622234583715026"),
        (1e10, 1.0001e10, "-7.645285643512505254092e-24", "-53.22795302973227408944"),
        (1e10, 0.9999e10, "-53.23461777130668934091", "-7.594501210977073317291e-24"),
        (123.5, 12.25, "-177.3475807904600239084", ""),
        (1e-10, 1e-300, "-6.901983122333944441685e-8", "-16.48887199911922657873"),
        (0.25, 500.0, "", "-505.950474495471357085"),
        (1e5, 8e4, "-2319.421295497681582789", ""),
        (30.0, 2000.0, "", "-1850.816268945269195875"),
    ] {
        if !lower.is_empty() {
            assert_lre!(ln_gamma_p(a, x), lower, 14.5, "ln P({a}, {x})");
        }
        if !upper.is_empty() {
            assert_lre!(ln_gamma_q(a, x), upper, 14.5, "ln Q({a}, {x})");
        }
    }
}

#[test]
fn incomplete_beta() {
    for (a, b, x, lower, upper) in [
        (1e4, 1e4, 0.1, "-10222.16005469818284143", "-0"),
        (1e10, 2e10, 0.3334, "-8.539902270785040059723e-133", "-304.0990678041750630778"),
        (0.5, 1e10, 1e-7, "-0", "-1004.026791958917807816"),
        (5e9, 0.5, 0.999999999, "-6.459612303018602758217", "-0.001566629017237410538431"),
        (3.0, 1e8, 1e-12, "-29.42285555496835251145", "-1.666541721664166881613e-13"),
        (200.0, 0.001, 0.9, "-31.01409382385954395955", "-3.394299741600876968138e-14"),
        (2e5, 3e5, 0.41, "-2.760005817618250859515e-47", "-107.2062665831606104053"),
    ] {
        assert_lre!(ln_beta_inc(a, b, x), lower, 14.5, "ln I_{x}({a}, {b})");
        assert_lre!(ln_beta_inc_c(a, b, x), upper, 14.5, "ln(1 - I_{x}({a}, {b}))");
    }
}
