//! Evaluation of the piecewise polynomials in `tables`.

/// A polynomial in the local variable `s = (x - mid) · scale`, |s| ≤ 1.
pub(crate) struct Piece {
    pub mid: f64,
    pub scale: f64,
    pub coefficients: &'static [f64],
}

impl Piece {
    /// The polynomial at `x`.
    #[inline]
    pub fn at(&self, x: f64) -> f64 {
        polynomial(self.coefficients, (x - self.mid) * self.scale)
    }

    /// Value at `x` and divided difference `(p(z) - p(x)) / (z - x)`, free of cancellation for `z` near `x`.
    pub fn divided_difference(&self, x: f64, z: f64) -> (f64, f64) {
        let (s, t) = ((x - self.mid) * self.scale, (z - self.mid) * self.scale);
        let (mut value, mut slope) = (0.0, 0.0);
        for &c in self.coefficients.iter().rev() {
            slope = slope * t + value;
            value = value * s + c;
        }
        (value, slope * self.scale)
    }
}

/// The piecewise polynomial of a table in ascending order at `x`; the last piece also answers for what lies beyond.
#[inline]
pub(crate) fn piecewise(table: &[Piece], x: f64) -> f64 {
    let last = table.len() - 1;
    let i = table[..last].iter().position(|piece| (x - piece.mid) * piece.scale <= 1.0).unwrap_or(last);
    table[i].at(x)
}

/// Σ c_k s^k by four interleaved Horner chains in s⁴: a quarter of the latency of one chain.
#[inline]
pub(crate) fn polynomial(c: &[f64], s: f64) -> f64 {
    let s2 = s * s;
    let s4 = s2 * s2;
    let (mut p, mut q, mut r, mut t) = (0.0, 0.0, 0.0, 0.0);
    let whole = c.len() / 4 * 4;
    match &c[whole..] {
        [a] => p = *a,
        [a, b] => (p, q) = (*a, *b),
        [a, b, d] => (p, q, r) = (*a, *b, *d),
        _ => {}
    }
    for group in c[..whole].chunks_exact(4).rev() {
        p = p * s4 + group[0];
        q = q * s4 + group[1];
        r = r * s4 + group[2];
        t = t * s4 + group[3];
    }
    // The small terms first: the constant term carries most of the value in every table used here.
    p + ((q * s + r * s2) + t * (s * s2))
}

/// Σ c_k x^k by Horner's rule, highest power last in `c`.
#[inline]
pub(crate) fn horner(c: &[f64], x: f64) -> f64 {
    c.iter().rev().fold(0.0, |sum, &c| sum * x + c)
}
