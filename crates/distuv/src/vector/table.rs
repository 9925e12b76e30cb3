//! Slices of any smooth law, by piecewise polynomials that are made from its scalar functions.
//!
//! The range of x is cut at the quantiles of the probabilities 2^-k, that of p at a few numbers per binade. In a piece, the
//! function is interpolated at Chebyshev points and the polynomial is compared with the function between them: a piece where they
//! differ by more than [`TOLERANCE`] is halved, or given up. What lies in no piece, in a tail or next to a kink, is left to the scalar
//! function. Pieces are made when they are first needed and depend on the law alone, so that an element's answer does not depend
//! on its neighbours.
use crate::ContinuousDistribution;
use crate::traits::map;
use pulp::{Arch, Simd, WithSimd};

/// Slices shorter than this go element by element: the pieces would not pay.
const LONG: usize = 1 << 14;

/// Points of interpolation in a piece.
const POINTS: usize = 14;

/// Largest relative difference at the points of comparison.
const TOLERANCE: f64 = 4e-15;

/// Binades of probability below ½ that are covered; the tails beyond hold 2 · 2^-40.
const BINADES: usize = 40;

/// Halvings of a piece before it is given up.
const DEPTH: u32 = 5;

/// The polynomial of one piece, in t = (x - middle) · scale, -1 ≤ t ≤ 1; without meaning where `sound` is false.
#[derive(Clone, Copy)]
struct Piece {
    middle: f64,
    scale: f64,
    sound: bool,
    c: [f64; POINTS],
}

impl Piece {
    /// Interpolates `f` over \[a, b\]; `slack` is what a value may be off besides [`TOLERANCE`].
    fn new(a: f64, b: f64, f: &impl Fn(f64) -> f64, slack: &impl Fn(f64, f64) -> f64) -> Self {
        let (middle, half) = (a + 0.5 * (b - a), 0.5 * (b - a));
        let mut piece = Self { middle, scale: 1.0 / half, sound: false, c: [0.0; POINTS] };
        if !(half > 0.0 && half.is_normal() && piece.scale.is_normal()) {
            return piece;
        }
        let n = POINTS as f64;
        let angle = |j: usize| std::f64::consts::PI * (j as f64 + 0.5) / n;
        let mut values = [0.0; POINTS];
        for (j, value) in values.iter_mut().enumerate() {
            *value = f(middle + half * angle(j).cos());
        }
        // Divided by the first value, so that rounding is relative to the size of the function.
        let size = values[POINTS / 2];
        let mut chebyshev = [0.0; POINTS];
        for (k, c) in chebyshev.iter_mut().enumerate() {
            let sum: f64 = (0..POINTS).map(|j| (values[j] / size - 1.0) * (k as f64 * angle(j)).cos()).sum();
            *c = sum * if k == 0 { 1.0 } else { 2.0 } / n;
        }
        powers(&chebyshev, &mut piece.c);
        piece.c[0] += 1.0;
        piece.c.iter_mut().for_each(|c| *c *= size);
        // Between the points of interpolation, and at the ends.
        piece.sound = [-1.0, -0.97, -0.83, -0.52, -0.13, 0.28, 0.61, 0.9, 1.0].into_iter().all(|t: f64| {
            let x = (middle + half * t).clamp(a, b);
            let exact = f(x);
            (piece.at(x) - exact).abs() <= TOLERANCE * exact.abs() + slack(x, exact)
        });
        piece
    }

    /// Horner's scheme in two chains.
    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        let t = (x - self.middle) * self.scale;
        let square = t * t;
        let (mut even, mut odd) = (self.c[POINTS - 2], self.c[POINTS - 1]);
        let mut k = POINTS - 2;
        while k >= 2 {
            even = even.mul_add(square, self.c[k - 2]);
            odd = odd.mul_add(square, self.c[k - 1]);
            k -= 2;
        }
        odd.mul_add(t, even)
    }
}

/// Coefficients of the powers of t from those of the Chebyshev polynomials.
fn powers(chebyshev: &[f64; POINTS], out: &mut [f64; POINTS]) {
    let (mut before, mut now) = ([0.0; POINTS], [0.0; POINTS]);
    (before[0], now[1]) = (1.0, 1.0);
    for (k, c) in chebyshev.iter().enumerate() {
        for i in 0..POINTS {
            out[i] += c * before[i];
        }
        let mut next = [0.0; POINTS];
        for i in 0..POINTS {
            next[i] = if i > 0 { 2.0 * now[i - 1] } else { 0.0 } - before[i];
        }
        (before, now) = (now, next);
        if k + 1 == POINTS {
            break;
        }
    }
}

/// Halves \[a, b\] until pieces are sound, and appends them from left to right with their right ends.
fn refine(a: f64, b: f64, depth: u32, f: &impl Fn(f64) -> f64, ends: &mut Vec<f64>, pieces: &mut Vec<Piece>) {
    let piece = Piece::new(a, b, f, &|_, _| 0.0);
    let middle = a + 0.5 * (b - a);
    if piece.sound || depth == 0 || !(a < middle && middle < b) {
        ends.push(b);
        pieces.push(piece);
        return;
    }
    refine(a, middle, depth - 1, f, ends, pieces);
    refine(middle, b, depth - 1, f, ends, pieces);
}

/// Pieces over the range of x.
struct Cells {
    start: f64,
    ends: Vec<f64>,
    pieces: Vec<Piece>,
    /// First piece that ends beyond each of equal steps of x from `start`.
    guide: Vec<u32>,
    steps: f64,
}

/// Equal steps of x in a guide.
const GUIDE: usize = 4096;

impl Cells {
    /// Pieces between the given points, of `f` below and above the median.
    fn new(cuts: &[f64], f: &impl Fn(f64) -> f64) -> Option<Self> {
        let (start, end) = (*cuts.first()?, *cuts.last()?);
        let steps = GUIDE as f64 / (end - start);
        if !(start < end && steps.is_normal()) {
            return None;
        }
        let (mut ends, mut pieces) = (Vec::new(), Vec::new());
        for pair in cuts.windows(2) {
            if pair[0] < pair[1] {
                refine(pair[0], pair[1], DEPTH, f, &mut ends, &mut pieces);
            }
        }
        let mut at = 0;
        let guide = (0..=GUIDE).map(|i| {
            let x = start + i as f64 / steps;
            while at + 1 < ends.len() && ends[at] <= x {
                at += 1;
            }
            at as u32
        });
        let guide = guide.collect();
        Some(Self { start, ends, pieces, guide, steps })
    }

    /// The piece of x; `None` outside, and where there is no sound one.
    #[inline(always)]
    fn find(&self, x: f64) -> Option<&Piece> {
        let step = (x - self.start) * self.steps;
        if !(step >= 0.0 && step <= GUIDE as f64) {
            return None;
        }
        let i = (step as usize).min(GUIDE - 1);
        // One step of slack on either side for rounding.
        let (mut low, mut high) =
            (self.guide[i.saturating_sub(1)] as usize, self.guide[(i + 2).min(GUIDE)] as usize);
        while low < high {
            let middle = (low + high) / 2;
            if self.ends[middle] <= x { low = middle + 1 } else { high = middle }
        }
        self.pieces.get(low).filter(|piece| piece.sound)
    }
}

/// The quantiles of 2^-k from either side, increasing: in between, a tail changes by a factor of 2 at most.
fn cuts<D: ContinuousDistribution + ?Sized>(law: &D) -> Option<Vec<f64>> {
    let power = |k: usize| 0.5f64.powi(k as i32);
    let lower = (1..=BINADES).rev().map(|k| law.quantile(power(k)));
    let upper = (2..=BINADES).map(|k| law.isf(power(k)));
    let cuts: Vec<f64> = lower.chain(upper).collect();
    let usable = cuts.iter().all(|x| x.is_finite()) && cuts.windows(2).all(|pair| pair[0] <= pair[1]);
    usable.then_some(cuts)
}

struct Evaluate<'a, F> {
    cells: &'a Cells,
    x: &'a [f64],
    out: &'a mut [f64],
    scalar: F,
    /// Beyond it pieces hold the upper tail.
    turn: f64,
}

impl<F: Fn(f64) -> f64> WithSimd for Evaluate<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (x, out) in self.x.iter().zip(self.out) {
            *out = match self.cells.find(*x) {
                Some(piece) if *x <= self.turn => piece.at(*x),
                Some(piece) => 1.0 - piece.at(*x),
                None => (self.scalar)(*x),
            };
        }
    }
}

/// `cdf` of a slice.
pub(crate) fn cdf<D: ContinuousDistribution + ?Sized>(law: &D, x: &[f64], out: &mut [f64]) {
    let cells = if x.len() < LONG { None } else { cuts(law) }.and_then(|cuts| {
        let turn = law.median();
        Some((Cells::new(&cuts, &|x| if x <= turn { law.cdf(x) } else { law.sf(x) })?, turn))
    });
    match cells {
        Some((cells, turn)) if x.len() == out.len() => {
            Arch::new().dispatch(Evaluate { cells: &cells, x, out, scalar: |x| law.cdf(x), turn });
        }
        _ => map(x, out, |x| law.cdf(x)),
    }
}

/// `pdf` of a slice.
pub(crate) fn pdf<D: ContinuousDistribution + ?Sized>(law: &D, x: &[f64], out: &mut [f64]) {
    let cells =
        if x.len() < LONG { None } else { cuts(law) }.and_then(|cuts| Cells::new(&cuts, &|x| law.pdf(x)));
    match cells {
        Some(cells) if x.len() == out.len() => {
            let turn = f64::INFINITY;
            Arch::new().dispatch(Evaluate { cells: &cells, x, out, scalar: |x| law.pdf(x), turn });
        }
        _ => map(x, out, |x| law.pdf(x)),
    }
}

/// Pieces of probability in a binade, and small ones in their place where the quantile changes too fast for them.
const PER_BINADE: usize = 4;
const SMALL: usize = 8;

/// Pieces over the smaller of p and 1 - p, the lower tail first; made when first needed.
struct Tails<'a, D: ?Sized> {
    law: &'a D,
    pieces: Vec<Option<Piece>>,
    small: Vec<Option<Piece>>,
}

impl<'a, D: ContinuousDistribution + ?Sized> Tails<'a, D> {
    fn new(law: &'a D) -> Self {
        Self { law, pieces: vec![None; 2 * BINADES * PER_BINADE], small: Vec::new() }
    }

    /// The piece of tails between a and b. Half a unit in the last place of p is no error of its quantile.
    fn make(&self, upper: bool, a: f64, b: f64) -> Piece {
        let law = self.law;
        let moved = |half_ulp: f64, x: f64| {
            let slack = half_ulp / law.pdf(x);
            if slack.is_finite() { slack } else { 0.0 }
        };
        if upper {
            Piece::new(a, b, &|q| law.isf(q), &|_, x| moved(0.25 * f64::EPSILON, x))
        } else {
            Piece::new(a, b, &|p| law.quantile(p), &|p, x| moved(0.25 * f64::EPSILON * p, x))
        }
    }

    #[cold]
    fn make_large(&mut self, upper: bool, index: usize) -> Piece {
        let bits = |i: usize| f64::from_bits((FIRST + i as u64) << 50);
        let piece = self.make(upper, bits(index), bits(index + 1));
        self.pieces[usize::from(upper) * SIDE + index] = Some(piece);
        piece
    }

    #[cold]
    fn make_small(&mut self, upper: bool, index: usize) -> Piece {
        let bits = |i: usize| f64::from_bits((FIRST * SMALL as u64 + i as u64) << 47);
        let piece = self.make(upper, bits(index), bits(index + 1));
        self.small.resize(2 * SIDE * SMALL, None);
        self.small[usize::from(upper) * SIDE * SMALL + index] = Some(piece);
        piece
    }

    #[inline(always)]
    fn at(&mut self, p: f64) -> f64 {
        let upper = p > 0.5;
        let tail = if upper { 1.0 - p } else { p };
        let index = (tail.to_bits() >> 50).wrapping_sub(FIRST) as usize;
        if index >= SIDE {
            return self.law.quantile(p);
        }
        let piece = match &self.pieces[usize::from(upper) * SIDE + index] {
            Some(piece) => *piece,
            None => self.make_large(upper, index),
        };
        if piece.sound {
            return piece.at(tail);
        }
        let index = (tail.to_bits() >> 47) as usize - FIRST as usize * SMALL;
        let piece = match self.small.get(usize::from(upper) * SIDE * SMALL + index) {
            Some(Some(piece)) => *piece,
            _ => self.make_small(upper, index),
        };
        if piece.sound { piece.at(tail) } else { self.law.quantile(p) }
    }
}

/// Pieces of one tail.
const SIDE: usize = BINADES * PER_BINADE;

/// Exponent and two bits of the mantissa of 2^-(BINADES + 1).
const FIRST: u64 = (1022 - BINADES as u64) * PER_BINADE as u64;

struct Invert<'a, 'b, D: ?Sized> {
    tails: &'a mut Tails<'b, D>,
    p: &'a [f64],
    out: &'a mut [f64],
}

impl<D: ContinuousDistribution + ?Sized> WithSimd for Invert<'_, '_, D> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (p, out) in self.p.iter().zip(self.out) {
            *out = self.tails.at(*p);
        }
    }
}

/// `quantile` of a slice.
pub(crate) fn quantile<D: ContinuousDistribution + ?Sized>(law: &D, p: &[f64], out: &mut [f64]) {
    if p.len() < LONG || p.len() != out.len() {
        return map(p, out, |p| law.quantile(p));
    }
    let mut tails = Tails::new(law);
    Arch::new().dispatch(Invert { tails: &mut tails, p, out });
}

#[cfg(test)]
mod tests {
    use crate::{ChiSquared, ContinuousDistribution, FisherF, StudentT};

    /// A long slice agrees with single values: to 1e-14, and quantiles to 2e-14 and what the last digit of p is worth.
    fn check(law: &impl ContinuousDistribution) {
        let n = super::LONG + 3;
        let p: Vec<f64> = (0..n)
            .map(|i| (i as f64 + 0.5) / n as f64)
            .chain([0.0, 1.0, 1e-300, 1e-13, f64::NAN, -1.0])
            .collect();
        let mut found = vec![0.0; p.len()];
        law.quantile_into(&p, &mut found);
        let mut xs = Vec::new();
        for (p, x) in p.iter().zip(&found) {
            let one = law.quantile(*p);
            let worth = f64::EPSILON * p / law.pdf(one);
            let worth = if worth.is_finite() { worth } else { 0.0 };
            let close =
                (x - one).abs() <= 2e-14 * one.abs() + worth || *x == one || (x.is_nan() && one.is_nan());
            assert!(close, "quantile of {p}: {x:e}, alone {one:e}");
            xs.push(one);
        }
        xs.extend([f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 0.0, 1e300]);
        let mut found = vec![0.0; xs.len()];
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-14 * b.abs() || a == b || (a.is_nan() && b.is_nan());
        law.cdf_into(&xs, &mut found);
        for (x, f) in xs.iter().zip(&found) {
            assert!(close(*f, law.cdf(*x)), "cdf at {x:e}: {f:e}, alone {:e}", law.cdf(*x));
        }
        law.pdf_into(&xs, &mut found);
        for (x, f) in xs.iter().zip(&found) {
            assert!(close(*f, law.pdf(*x)), "pdf at {x:e}: {f:e}, alone {:e}", law.pdf(*x));
        }
    }

    #[test]
    fn long_slices_agree_with_single_values() {
        check(&ChiSquared::new(5.0).unwrap());
        check(&ChiSquared::new(0.1).unwrap());
        check(&FisherF::new(5.0, 3.0).unwrap());
        check(&StudentT::new(1e3, 2.0, 3.0).unwrap());
        check(&StudentT::standard(1e6).unwrap());
    }
}
