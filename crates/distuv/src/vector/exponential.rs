//! The exponential distribution on slices.
use super::elementary::{exp, exp_m1_negative, ln_1p};
use super::{Kernel, apply};

#[derive(Clone, Copy)]
struct Pdf {
    rate: f64,
}

impl Kernel for Pdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let value = self.rate * exp(-self.rate * x);
        if x < 0.0 { 0.0 } else { value }
    }
}

#[derive(Clone, Copy)]
struct LnPdf {
    rate: f64,
    ln_rate: f64,
}

impl Kernel for LnPdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let value = self.ln_rate - self.rate * x;
        if x < 0.0 { f64::NEG_INFINITY } else { value }
    }
}

#[derive(Clone, Copy)]
struct Cdf {
    rate: f64,
}

impl Kernel for Cdf {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let value = -exp_m1_negative(-self.rate * x);
        if x <= 0.0 { 0.0 } else { value }
    }
}

#[derive(Clone, Copy)]
struct Quantile {
    rate: f64,
}

impl Kernel for Quantile {
    #[inline(always)]
    fn at(self, p: f64) -> f64 {
        let value = -ln_1p(-p) / self.rate;
        if p < 0.0 { f64::NAN } else { value }
    }
}

pub(crate) fn pdf(rate: f64, x: &[f64], out: &mut [f64]) {
    apply(Pdf { rate }, x, out);
}

pub(crate) fn ln_pdf(rate: f64, x: &[f64], out: &mut [f64]) {
    apply(LnPdf { rate, ln_rate: rate.ln() }, x, out);
}

pub(crate) fn cdf(rate: f64, x: &[f64], out: &mut [f64]) {
    apply(Cdf { rate }, x, out);
}

pub(crate) fn quantile(rate: f64, p: &[f64], out: &mut [f64]) {
    apply(Quantile { rate }, p, out);
}
