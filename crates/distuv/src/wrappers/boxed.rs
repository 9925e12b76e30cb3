//! References and boxes of laws are laws, so that laws of several types go into one collection.
use crate::ContinuousDistribution;

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<D: ContinuousDistribution + ?Sized> ContinuousDistribution for $pointer {
            fn support(&self) -> (f64, f64) {
                (**self).support()
            }
            fn pdf(&self, x: f64) -> f64 {
                (**self).pdf(x)
            }
            fn ln_pdf(&self, x: f64) -> f64 {
                (**self).ln_pdf(x)
            }
            fn cdf(&self, x: f64) -> f64 {
                (**self).cdf(x)
            }
            fn sf(&self, x: f64) -> f64 {
                (**self).sf(x)
            }
            fn ln_cdf(&self, x: f64) -> f64 {
                (**self).ln_cdf(x)
            }
            fn ln_sf(&self, x: f64) -> f64 {
                (**self).ln_sf(x)
            }
            fn score_x(&self, x: f64) -> f64 {
                (**self).score_x(x)
            }
            fn mean(&self) -> f64 {
                (**self).mean()
            }
            fn variance(&self) -> f64 {
                (**self).variance()
            }
            fn skewness(&self) -> f64 {
                (**self).skewness()
            }
            fn excess_kurtosis(&self) -> f64 {
                (**self).excess_kurtosis()
            }
            fn entropy(&self) -> f64 {
                (**self).entropy()
            }
            fn mode(&self) -> f64 {
                (**self).mode()
            }
            fn quantile(&self, p: f64) -> f64 {
                (**self).quantile(p)
            }
            fn isf(&self, p: f64) -> f64 {
                (**self).isf(p)
            }
            fn median(&self) -> f64 {
                (**self).median()
            }
            fn std_dev(&self) -> f64 {
                (**self).std_dev()
            }
            fn pdf_into(&self, x: &[f64], out: &mut [f64]) {
                (**self).pdf_into(x, out);
            }
            fn ln_pdf_into(&self, x: &[f64], out: &mut [f64]) {
                (**self).ln_pdf_into(x, out);
            }
            fn cdf_into(&self, x: &[f64], out: &mut [f64]) {
                (**self).cdf_into(x, out);
            }
            fn quantile_into(&self, p: &[f64], out: &mut [f64]) {
                (**self).quantile_into(p, out);
            }
        }
    )*};
}

forward!(&D, Box<D>);
