//! What error a function's own inputs excuse.
use crate::measure::ulp;

/// Relative step of the difference quotient. The quotient is multiplied by half an ulp, so that even 40 bits of rounding
/// noise in the function leave the allowance right to about 10⁻¹⁶ of the value.
const STEP: f64 = 1.0 / (1u64 << 36) as f64;

/// Σᵢ ½ ulp(xᵢ) |∂f/∂xᵢ|: how far `f` moves when every input moves by half an ulp, the least that an argument computed or
/// stored in `f64` has been rounded by.
///
/// The derivative is the central difference quotient of `f` itself over xᵢ(1 ± 2⁻³⁶), one-sided where the other side leaves the
/// domain (is not finite). Arguments at the positions in `exact` (orders, counts, degrees) and zeros are not moved.
/// A step or a jump in `f` shows up as a large derivative; pass such arguments as exact.
///
/// # Examples
/// ```
/// let allowed = ferronum_testkit::input_allowance(|x| x[0].exp(), &[700.0], &[]);
/// assert!((allowed / (700f64.exp() * 0.5 * 2f64.powi(-43)) - 1.0).abs() < 1e-4);
/// ```
pub fn input_allowance(f: impl Fn(&[f64]) -> f64, inputs: &[f64], exact: &[usize]) -> f64 {
    let mut moved = inputs.to_vec();
    let mut at = |i: usize, x: f64| {
        moved[i] = x;
        let value = f(&moved);
        moved[i] = inputs[i];
        value
    };
    let here = f(inputs);
    let one = |i: usize| {
        let x = inputs[i];
        if exact.contains(&i) || x == 0.0 || !x.is_finite() {
            return 0.0;
        }
        let (left, right) = (x * (1.0 - STEP), x * (1.0 + STEP));
        let (below, above) = (at(i, left), at(i, right));
        let slope = match (below.is_finite(), above.is_finite()) {
            (true, true) => (above - below) / (right - left),
            (false, true) => (above - here) / (right - x),
            (true, false) => (here - below) / (x - left),
            (false, false) => 0.0,
        };
        if slope.is_finite() { 0.5 * ulp(x) * slope.abs() } else { 0.0 }
    };
    (0..inputs.len()).map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sided_at_the_edge_of_the_domain() {
        let x = 1.0 - 1e-12;
        let allowed = input_allowance(|x| (1.0 - x[0]).sqrt(), &[x], &[]);
        let exact = 0.5 * ulp(x) * 0.5 / (1.0 - x).sqrt();
        assert!(allowed > 0.4 * exact && allowed < 2.5 * exact, "{allowed:e} {exact:e}");
    }

    #[test]
    fn exact_arguments_and_zeros_excuse_nothing() {
        assert_eq!(input_allowance(|x| x[0].powf(x[1]), &[0.0, 3.0], &[1]), 0.0);
        let both = input_allowance(|x| x[0].powf(x[1]), &[2.0, 3.0], &[]);
        let first = input_allowance(|x| x[0].powf(x[1]), &[2.0, 3.0], &[1]);
        assert!(both > first && first > 0.0);
    }

    #[test]
    fn a_wrong_function_is_not_excused() {
        // Rounded to three digits: the noise of 1e-3 excuses itself to 1e-8 at most.
        let rough = |x: &[f64]| (x[0].sin() * 1e3).round() / 1e3;
        assert!(input_allowance(rough, &[1.2345], &[]) < 1e-8);
    }
}
