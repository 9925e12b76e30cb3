//! Kernels: laws about 0 with standard deviation 1 after scaling.
use ferronum_special::{ln_norm_cdf, norm_cdf};
use rand::{Rng, RngExt};
use rand_distr::{Beta as BetaSampler, Distribution, StandardNormal};

/// The shape of the bumps of a [`Kde`](crate::Kde).
///
/// Every kernel is scaled to standard deviation 1, so that a bandwidth means the same for all of them. All but the Gaussian one end at a
/// finite distance, `reach` standard deviations from their middle; with u = z/reach:
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Kernel {
    /// `e^(-z²/2)/√(2π)`.
    #[default]
    Gaussian,
    /// `¾ (1 - u²)`, reach √5: the one of least mean squared error.
    Epanechnikov,
    /// `½`, reach √3.
    Rectangular,
    /// `1 - |u|`, reach √6.
    Triangular,
    /// `15/16 (1 - u²)²`, reach √7.
    Biweight,
    /// `35/32 (1 - u²)³`, reach 3.
    Triweight,
}

impl Kernel {
    /// Where the kernel ends, in standard deviations; ∞ for the Gaussian one.
    pub fn reach(self) -> f64 {
        match self {
            Self::Gaussian => f64::INFINITY,
            Self::Epanechnikov => 5f64.sqrt(),
            Self::Rectangular => 3f64.sqrt(),
            Self::Triangular => 6f64.sqrt(),
            Self::Biweight => 7f64.sqrt(),
            Self::Triweight => 3.0,
        }
    }

    /// Density at z.
    pub(super) fn pdf(self, z: f64) -> f64 {
        if self == Self::Gaussian {
            return self.ln_pdf(z).exp();
        }
        let u = (z / self.reach()).abs();
        if u > 1.0 {
            return 0.0;
        }
        let v = (1.0 - u) * (1.0 + u);
        let value = match self {
            Self::Epanechnikov => 0.75 * v,
            Self::Rectangular => 0.5,
            Self::Triangular => 1.0 - u,
            Self::Biweight => 0.9375 * v * v,
            _ => 1.09375 * v * v * v,
        };
        value / self.reach()
    }

    /// ln of the density at z; finite for every finite z of moderate size only for the Gaussian kernel.
    pub(super) fn ln_pdf(self, z: f64) -> f64 {
        const LN_ROOT_TAU: f64 = 0.918_938_533_204_672_7;
        if self == Self::Gaussian { -0.5 * z * z - LN_ROOT_TAU } else { self.pdf(z).ln() }
    }

    /// Derivative of the density divided by the density, at a point where it is positive.
    pub(super) fn score(self, z: f64) -> f64 {
        let reach = self.reach();
        let u = z / reach;
        // (1 - u²)^m.
        let power = |m: f64| -2.0 * m * u / ((1.0 - u) * (1.0 + u)) / reach;
        match self {
            Self::Gaussian => -z,
            Self::Epanechnikov => power(1.0),
            Self::Rectangular => 0.0,
            Self::Triangular => {
                if u < 0.0 {
                    1.0 / (1.0 + u) / reach
                } else {
                    -1.0 / (1.0 - u) / reach
                }
            }
            Self::Biweight => power(2.0),
            Self::Triweight => power(3.0),
        }
    }

    /// Distribution function at z, as a multiple of a power of the distance from the lower end; the upper tail is `cdf(-z)`.
    pub(super) fn cdf(self, z: f64) -> f64 {
        if self == Self::Gaussian {
            return norm_cdf(z);
        }
        let u = z / self.reach();
        if u <= -1.0 {
            return 0.0;
        }
        if u >= 1.0 {
            return 1.0;
        }
        if u > 0.0 {
            return 1.0 - self.cdf(-z);
        }
        let v = 1.0 + u;
        match self {
            Self::Epanechnikov => 0.25 * v * v * (2.0 - u),
            Self::Rectangular => 0.5 * v,
            Self::Triangular => 0.5 * v * v,
            Self::Biweight => v.powi(3) * ((3.0 * u - 9.0) * u + 8.0) / 16.0,
            _ => v.powi(4) * (((-5.0 * u + 20.0) * u - 29.0) * u + 16.0) / 32.0,
        }
    }

    pub(super) fn ln_cdf(self, z: f64) -> f64 {
        if self == Self::Gaussian { ln_norm_cdf(z) } else { self.cdf(z).ln() }
    }

    /// E z⁴ - 3. For (1 - u²)^m it is -6/(2m + 5).
    pub(super) fn excess_kurtosis(self) -> f64 {
        match self {
            Self::Gaussian => 0.0,
            Self::Epanechnikov => -6.0 / 7.0,
            Self::Rectangular => -6.0 / 5.0,
            Self::Triangular => -0.6,
            Self::Biweight => -6.0 / 9.0,
            Self::Triweight => -6.0 / 11.0,
        }
    }

    /// A draw. (1 - u²)^m is the density of 2B - 1 for a beta variable B with shapes m + 1.
    pub(super) fn sample<R: Rng + ?Sized>(self, rng: &mut R) -> f64 {
        let symmetric = |shape: f64, rng: &mut R| {
            BetaSampler::new(shape, shape).map_or(0.0, |law| 2.0 * law.sample(rng) - 1.0)
        };
        let uniform = |rng: &mut R| -> f64 { rng.random() };
        let u = match self {
            Self::Gaussian => return StandardNormal.sample(rng),
            Self::Epanechnikov => symmetric(2.0, rng),
            Self::Rectangular => 2.0 * uniform(rng) - 1.0,
            Self::Triangular => uniform(rng) - uniform(rng),
            Self::Biweight => symmetric(3.0, rng),
            Self::Triweight => symmetric(4.0, rng),
        };
        u * self.reach()
    }
}
