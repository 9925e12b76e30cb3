//! The normal distribution on slices.
use super::elementary::{exp, ln, polynomial};
use super::{Kernel, apply};

/// ln √(2π).
const LN_SQRT_2PI: f64 = 0.9189385332046727;
/// 1/√(2π).
const INV_SQRT_2PI: f64 = 0.3989422804014327;

/// Location and scale, with what divides by the scale.
#[derive(Clone, Copy)]
pub(crate) struct Standard {
    location: f64,
    scale: f64,
    inverse: f64,
}

impl Standard {
    /// `None` where 1/scale is not a normal number, which slices leave to the scalar functions.
    pub fn new(location: f64, scale: f64) -> Option<Self> {
        let inverse = 1.0 / scale;
        (inverse.is_normal() && scale.is_normal()).then_some(Self { location, scale, inverse })
    }

    /// (x - location)/scale as a sum of two.
    #[inline(always)]
    fn of(self, x: f64) -> (f64, f64) {
        let high = x - self.location;
        // Knuth's two-sum.
        let back = high - x;
        let low = (x - (high - back)) - (self.location + back);
        let z = high * self.inverse;
        let rest = (-z).mul_add(self.scale, high) + low;
        let rest = rest * self.inverse;
        // Infinities have no rest.
        (z, if rest.abs() < 1e300 { rest } else { 0.0 })
    }
}

/// e^(-(t + lo)²/2), with the square held exactly.
#[inline(always)]
fn bell(t: f64, lo: f64) -> f64 {
    let t = if t > 40.0 { 40.0 } else { t };
    let square = t * t;
    let rest = t.mul_add(t, -square);
    let power = exp(-0.5 * square);
    power * (-0.5f64).mul_add(rest, (-t).mul_add(lo, 1.0))
}

/// Φ(-(t + lo)) for t ≥ 0.
///
/// e^(-t²/2) 5r times a polynomial in v = 1.25 - 11.25 r, r = 1/(t + 5), -1 ≤ v ≤ 1 for t ≤ 40: 3e-17 relative
/// (`tools/vector_tables.py`). Beyond, the tail is below the smallest `f64`.
#[inline(always)]
fn tail(t: f64, lo: f64) -> f64 {
    const C: [f64; 22] = [
        3.596429043832882e-11,
        4.59979517407572e-11,
        -4.572864763431624e-10,
        -7.289699492055185e-10,
        3.892262433151222e-09,
        7.435322776691812e-09,
        -3.312274791714755e-08,
        -6.280640402429752e-08,
        3.263176530979702e-07,
        3.9626886644145256e-07,
        -3.6618983212435793e-06,
        8.053915201147641e-07,
        3.9672299135233527e-05,
        -0.0001062704298382839,
        -0.00017844719967501497,
        0.002247651848644175,
        -0.009287969694232295,
        0.02589633015010664,
        -0.055623896391733624,
        0.09687499682856597,
        -0.14009298543366258,
        0.1699391543435441,
    ];
    let near = if t > 40.0 { 40.0 } else { t };
    let r = 1.0 / (near + 5.0);
    let v = (-11.25f64).mul_add(r, 1.25);
    let sum = polynomial(v, &C);
    let value = bell(t, lo) * (sum * (5.0 * r));
    // Half at most, whatever the last digit; NaN fails the comparisons and stays.
    let value = if value > 0.5 { 0.5 } else { value };
    if t > 39.0 { 0.0 } else { value }
}

#[derive(Clone, Copy)]
struct Pdf(Standard);

impl Kernel for Pdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let (z, lo) = self.0.of(x);
        let lo = if z < 0.0 { -lo } else { lo };
        bell(z.abs(), lo) * (INV_SQRT_2PI * self.0.inverse)
    }
}

#[derive(Clone, Copy)]
struct LnPdf {
    standard: Standard,
    constant: f64,
}

impl Kernel for LnPdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let (z, lo) = self.standard.of(x);
        let half_square = 0.5 * z * z;
        let rest = (0.5 * z).mul_add(z, -half_square) + z * lo;
        // The rest of an infinite square is not a number.
        let rest = if rest.abs() < 1e300 { rest } else { 0.0 };
        (self.constant - rest) - half_square
    }
}

#[derive(Clone, Copy)]
struct Cdf(Standard);

impl Kernel for Cdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let (z, lo) = self.0.of(x);
        let lo = if z < 0.0 { -lo } else { lo };
        let beyond = tail(z.abs(), lo);
        if z > 0.0 { 1.0 - beyond } else { beyond }
    }
}

pub(crate) fn pdf(standard: Standard, x: &[f64], out: &mut [f64]) {
    apply(Pdf(standard), x, out);
}

pub(crate) fn ln_pdf(standard: Standard, x: &[f64], out: &mut [f64]) {
    apply(LnPdf { standard, constant: -(LN_SQRT_2PI + standard.scale.ln()) }, x, out);
}

pub(crate) fn cdf(standard: Standard, x: &[f64], out: &mut [f64]) {
    apply(Cdf(standard), x, out);
}

/// Elements that are worked on together.
const BLOCK: usize = 128;

/// The quantiles of the central 85 %: Wichura's AS 241, |p - ½| ≤ 0.425; beyond, a number without meaning.
#[derive(Clone, Copy)]
struct Central(Standard);

impl Kernel for Central {
    #[inline(always)]
    fn at(self, p: f64) -> f64 {
        let q = p - 0.5;
        let r = 0.180625 - q * q;
        let top = polynomial(
            r,
            &[
                2.5090809287301226727e+3,
                3.3430575583588128105e+4,
                6.7265770927008700853e+4,
                4.5921953931549871457e+4,
                1.3731693765509461125e+4,
                1.9715909503065514427e+3,
                1.3314166789178437745e+2,
                3.3871328727963666080,
            ],
        );
        let bottom = polynomial(
            r,
            &[
                5.2264952788528545610e+3,
                2.8729085735721942674e+4,
                3.9307895800092710610e+4,
                2.1213794301586595867e+4,
                5.3941960214247511077e+3,
                6.8718700749205790830e+2,
                4.2313330701600911252e+1,
                1.0,
            ],
        );
        (q * (top / bottom)).mul_add(self.0.scale, self.0.location)
    }
}

/// The same outside, for tails of at least e^-25.
#[derive(Clone, Copy)]
struct Outer(Standard);

impl Kernel for Outer {
    #[inline(always)]
    fn at(self, p: f64) -> f64 {
        let beyond = if p < 0.5 { p } else { 1.0 - p };
        let r = (-ln(beyond)).sqrt() - 1.6;
        let top = polynomial(
            r,
            &[
                7.74545014278341407640e-4,
                2.27238449892691845833e-2,
                2.41780725177450611770e-1,
                1.27045825245236838258,
                3.64784832476320460504,
                5.76949722146069140550,
                4.63033784615654529590,
                1.42343711074968357734,
            ],
        );
        let bottom = polynomial(
            r,
            &[
                1.05075007164441684324e-9,
                5.47593808499534494600e-4,
                1.51986665636164571966e-2,
                1.48103976427480074590e-1,
                6.89767334985100004550e-1,
                1.67638483018380384940,
                2.05319162663775882187,
                1.0,
            ],
        );
        let z = top / bottom;
        let z = if p < 0.5 { -z } else { z };
        z.mul_add(self.0.scale, self.0.location)
    }
}

/// Quantiles: the centre for all, then the tails packed together; `scalar` answers for what is beyond e^-25 or no probability.
pub(crate) fn quantile(standard: Standard, p: &[f64], out: &mut [f64], scalar: impl Fn(f64) -> f64) {
    assert_eq!(p.len(), out.len(), "{} arguments and room for {} values", p.len(), out.len());
    let (mut packed, mut found, mut places) = ([0.0; BLOCK], [0.0; BLOCK], [0usize; BLOCK]);
    for (p, out) in p.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        apply(Central(standard), p, out);
        let mut count = 0;
        for (i, p) in p.iter().enumerate() {
            // Written always, counted only outside the centre: no branch that is hard to foresee.
            packed[count] = *p;
            places[count] = i;
            let central = (p - 0.5).abs() <= 0.425;
            count += usize::from(!central);
        }
        apply(Outer(standard), &packed[..count], &mut found[..count]);
        for (at, z) in places[..count].iter().zip(&found) {
            let p = p[*at];
            // e^-25 = 1.4e-11.
            out[*at] = if p > 1.5e-11 && p < 1.0 - 1.5e-11 { *z } else { scalar(p) };
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{ContinuousDistribution, Normal};
    use ferronum_testkit::{golden_table, lre};

    /// The slices reach the bars of the golden tables, as the scalar functions do: 13 digits beside the conditioning in x.
    #[test]
    fn golden_points() {
        let table = golden_table("dist/normal.points.tsv").unwrap();
        let column = |name: &str| table.column(name).unwrap();
        for row in table.rows() {
            let law = Normal::new(row.number(0).unwrap(), row.number(1).unwrap()).unwrap();
            let x = row.number(column("x")).unwrap();
            let mut found = [0.0];
            law.cdf_into(&[x], &mut found);
            let cdf = row.expected(column("cdf")).unwrap().unwrap();
            let excused = 4.0 * f64::EPSILON * (x * law.pdf(x) / law.cdf(x)).abs();
            check(found[0], cdf, excused, row.describe(3));
            law.pdf_into(&[x], &mut found);
            let pdf = row.expected(column("pdf")).unwrap().unwrap();
            let excused = 4.0 * f64::EPSILON * (x * law.score_x(x)).abs();
            check(found[0], pdf, excused, row.describe(3));
            law.ln_pdf_into(&[x], &mut found);
            assert!(
                (found[0] - law.ln_pdf(x)).abs() <= 1e-15 * (1.0 + found[0].abs()) + excused,
                "{}",
                row.describe(3)
            );
        }
        let table = golden_table("dist/normal.quantiles.tsv").unwrap();
        for row in table.rows() {
            let law = Normal::new(row.number(0).unwrap(), row.number(1).unwrap()).unwrap();
            let p = row.number(table.column("p").unwrap()).unwrap();
            let mut found = [0.0];
            law.quantile_into(&[p], &mut found);
            let z = (law.quantile(p) - law.mean()) / law.std_dev();
            let error = (found[0] - law.quantile(p)).abs();
            assert!(error <= 1e-14 * (law.std_dev() * z.abs()).max(law.mean().abs()), "{}", row.describe(3));
        }
    }

    fn check(found: f64, expected: ferronum_testkit::Dd, excused: f64, at: String) {
        let expected = expected.to_f64();
        let subnormal = expected < f64::MIN_POSITIVE && (found - expected).abs() <= 1e-323;
        let error = if found == expected { 0.0 } else { ((found - expected) / expected).abs() };
        assert!(
            subnormal || error <= 1e-13 + excused,
            "{at}: {found:e}, expected {expected:e}, {:.1} digits",
            lre(found, expected)
        );
    }

    #[test]
    fn special_values() {
        let law = Normal::new(1.0, 2.0).unwrap();
        let x = [f64::NEG_INFINITY, -1e300, 1.0, 1e300, f64::INFINITY, f64::NAN];
        let mut out = [0.0; 6];
        law.cdf_into(&x, &mut out);
        assert_eq!(out[..5], [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert!(out[5].is_nan());
        law.pdf_into(&x, &mut out);
        assert_eq!((out[0], out[1], out[3], out[4]), (0.0, 0.0, 0.0, 0.0));
        assert!(out[5].is_nan());
        law.ln_pdf_into(&x, &mut out);
        assert_eq!((out[0], out[4]), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        let mut out = [0.0; 5];
        law.quantile_into(&[0.0, 1.0, 0.5, -0.1, f64::NAN], &mut out);
        assert_eq!(out[..3], [f64::NEG_INFINITY, f64::INFINITY, 1.0]);
        assert!(out[3].is_nan() && out[4].is_nan());
    }

    #[test]
    fn long_slices_are_the_same_as_short_ones() {
        let law = Normal::new(-3.0, 0.7).unwrap();
        let p: Vec<f64> = (0..1001).map(|i| f64::from(i) / 1000.0).collect();
        let (mut whole, mut one) = (vec![0.0; p.len()], [0.0]);
        law.quantile_into(&p, &mut whole);
        for (p, z) in p.iter().zip(&whole) {
            law.quantile_into(&[*p], &mut one);
            assert_eq!(one[0].to_bits(), z.to_bits(), "{p}");
        }
    }
}
