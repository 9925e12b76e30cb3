//! Factorials and binomial coefficients of integers.
use crate::double_ln::ln_dd_quick;
use crate::stirling::LN_SQRT_2PI;
use crate::stirling_remainder;
use crate::tables::factorial::FACTORIAL;
use ferronum_dd::Dd;

/// Factorial n!, correctly rounded; ∞ from 171 on.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::factorial(10), 3_628_800.0);
/// ```
pub fn factorial(n: u64) -> f64 {
    usize::try_from(n).ok().and_then(|n| FACTORIAL.get(n)).copied().unwrap_or(f64::INFINITY)
}

/// ln n!.
///
/// # Accuracy
/// 1 ulp.
///
/// # Source
/// n ≤ 170: the logarithm of the exact value; above: Stirling's formula with its remainder, DLMF 5.11.1, the leading part in double-double.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::ln_factorial(1), 0.0);
/// assert!((ferronum_special::ln_factorial(1_000_000) / 12815518.38465816 - 1.0).abs() < 1e-15);
/// ```
pub fn ln_factorial(n: u64) -> f64 {
    if n <= 170 {
        return factorial(n).ln();
    }
    let n = n as f64;
    (ln_dd_quick(Dd::from(n)) * (n + 0.5) - n + (LN_SQRT_2PI + stirling_remainder(n))).to_f64()
}

/// Binomial coefficient C(n, k) = n!/(k! (n - k)!): exact where `f64` can hold it, else correctly rounded but for ties within 1e-29.
///
/// 0 for k > n, ∞ where it overflows.
///
/// # Source
/// The product of (n - k + i)/i with the shorter of k and n - k: every partial product is an integer, held in 128 bits and then in
/// double-double. At most 515 steps lead to an overflow.
///
/// # Examples
/// ```
/// assert_eq!(ferronum_special::binomial(52, 5), 2_598_960.0); // hands of poker
/// ```
pub fn binomial(n: u64, k: u64) -> f64 {
    if k > n {
        return 0.0;
    }
    let k = k.min(n - k);
    let (done, whole) = integer_part(n, k);
    // The quotient and remainder by 2⁶⁴ split the integer without loss.
    const HALF: f64 = 18446744073709551616.0;
    let mut product = split((whole >> 64) as u64) * HALF + split(whole as u64);
    for i in done + 1..=k {
        // Divided first: the product may leave the range one step before the coefficient does.
        product = product / split(i) * split(n - k + i);
        if product.hi() == f64::INFINITY {
            break;
        }
    }
    product.to_f64()
}

/// C(n - k + i, i) for the largest i ≤ k that 128 bits can reach, with that i.
fn integer_part(n: u64, k: u64) -> (u64, u128) {
    let mut product: u128 = 1;
    for i in 1..=k {
        let Some(next) = product.checked_mul(u128::from(n - k + i)) else { return (i - 1, product) };
        product = next / u128::from(i);
    }
    (k, product)
}

/// An integer of 64 bits without rounding.
fn split(n: u64) -> Dd {
    let low = n & 0xffff_ffff;
    Dd::sum((n - low) as f64, low as f64)
}

/// ln C(n, k), for any n and k: -∞ for k > n.
///
/// # Accuracy
/// 1 ulp while C(n, k) is in the range of `f64`, 2 ulp beyond.
///
/// # Source
/// The logarithm of [`binomial`]; where that overflows, Stirling's formula for all three factorials:
/// k ln(n/k) - (n - k) ln(1 - k/n) + ½ ln(n/(2π k (n - k))) + δ(n) - δ(k) - δ(n - k) with k ≤ n/2, in which nothing cancels.
///
/// # Examples
/// ```
/// use ferronum_special::ln_binomial;
/// assert!((ln_binomial(2_000_000, 1_000_000) / 1386286.8809995437 - 1.0).abs() < 1e-15);
/// assert_eq!(ln_binomial(u64::MAX, u64::MAX - 1), (u64::MAX as f64).ln());
/// ```
pub fn ln_binomial(n: u64, k: u64) -> f64 {
    let direct = binomial(n, k);
    if direct != f64::INFINITY {
        return direct.ln();
    }
    let k = k.min(n - k);
    let (n, k, rest) = (n as f64, k as f64, (n - k) as f64);
    let small = 0.5 * (n / rest / (std::f64::consts::TAU * k)).ln()
        + (stirling_remainder(n) - stirling_remainder(k) - stirling_remainder(rest));
    k * (n / k).ln() - rest * (-k / n).ln_1p() + small
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferronum_testkit::assert_lre;

    #[test]
    fn special_values() {
        assert_eq!(
            (factorial(0), factorial(20), factorial(171)),
            (1.0, 2432902008176640000.0, f64::INFINITY)
        );
        assert_eq!((ln_factorial(0), factorial(u64::MAX)), (0.0, f64::INFINITY));
        assert_eq!((binomial(5, 6), binomial(0, 0), binomial(7, 7)), (0.0, 1.0, 1.0));
        assert_eq!((ln_binomial(5, 6), ln_binomial(9, 0)), (f64::NEG_INFINITY, 0.0));
        assert_eq!(binomial(u64::MAX, u64::MAX / 2), f64::INFINITY);
    }

    #[test]
    fn exact_and_correctly_rounded() {
        // Integer arithmetic
        assert_eq!(binomial(56, 28), 7648690600760440.0);
        assert_eq!(binomial(1 << 52, 1), 4503599627370496.0);
        assert_eq!(binomial(1000, 500), 2.7028824094543655e+299);
        assert_eq!(binomial(u64::MAX, 5), 1.7799891966007584e+94);
        assert_eq!(binomial(1029, 514), 1.429820686498904e+308);
    }

    #[test]
    fn beyond_the_range() {
        // mpmath, 50 digits
        assert_lre!(ln_factorial(171), "711.7147258022900069535218", 15.5);
        assert_lre!(ln_factorial(u64::MAX), "799877009219260410589.2106", 15.5);
        assert_lre!(ln_binomial(1030, 515), "710.2469048650786294575879", 15.0);
        assert_lre!(ln_binomial(1_000_000_000_000, 40), "994.9202049216045328995721", 15.0);
        assert_lre!(ln_binomial(u64::MAX, 1 << 40), "19390472829852.66827405315", 15.0);
    }
}
