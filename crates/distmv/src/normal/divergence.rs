//! Distances between normal laws.
use super::{LAW, MultivariateNormal};
use crate::scatter::dot;
use crate::{Error, check};
use ferronum_mat::{Svd, singular_values};
use ferronum_special::ln1p_minus_x;

impl MultivariateNormal {
    /// Kullback–Leibler divergence of `other` from this law, ∫ f ln(f/g), in nats.
    ///
    /// ```text
    /// ½ (tr(Σ₂⁻¹ Σ₁) - d - ln det(Σ₂⁻¹ Σ₁) + (μ₁ - μ₂)ᵀ Σ₂⁻¹ (μ₁ - μ₂))
    /// ```
    ///
    /// # Accuracy
    /// Summed over the factor M = L₂⁻¹ L₁ as Σ (mᵢᵢ² − 1 − ln mᵢᵢ²) + Σ mᵢⱼ²: no term is negative, so close laws lose no more digits than
    /// M − I does.
    ///
    /// # Errors
    /// [`Error::Dimension`] if the dimensions differ, [`Error::Degenerate`] if a law is degenerate.
    ///
    /// # Examples
    /// ```
    /// use ferronum_distmv::MultivariateNormal;
    /// use ferronum_mat::Mat;
    /// let narrow = MultivariateNormal::new(&[0.0, 0.0], &Mat::from_diagonal(&[0.25, 0.25]))?;
    /// let wide = MultivariateNormal::standard(2)?;
    /// assert!((narrow.kl_divergence(&wide)? - 0.6362943611198906).abs() < 1e-15);
    /// # Ok::<(), ferronum_distmv::Error>(())
    /// ```
    pub fn kl_divergence(&self, other: &Self) -> Result<f64, Error> {
        self.comparable(other)?;
        let m = self.scatter.relative_factor(&other.scatter);
        let mut sum = 0.0;
        for j in 0..m.ncols() {
            let column = m.col_slice(j);
            let diagonal = column[j];
            // m² - 1 - ln m² with m² - 1 as a product.
            sum +=
                -ln1p_minus_x((diagonal - 1.0) * (diagonal + 1.0)) + dot(&column[j + 1..], &column[j + 1..]);
        }
        Ok(0.5 * (sum + self.shift(other)))
    }

    /// Cross-entropy −∫ f ln g of this law and `other`, in nats: entropy plus divergence.
    ///
    /// # Errors
    /// As [`Self::kl_divergence`].
    pub fn cross_entropy(&self, other: &Self) -> Result<f64, Error> {
        Ok(self.entropy() + self.kl_divergence(other)?)
    }

    /// Rényi divergence of order α ≥ 0, ln ∫ f^α g^(1−α) / (α − 1), in nats; the limit, [`Self::kl_divergence`], at α = 1.
    ///
    /// ∞ where the integral is; NaN for α < 0.
    ///
    /// # Errors
    /// As [`Self::kl_divergence`].
    ///
    /// # Source
    /// Gil, Alajaji & Linder, *Information Sciences* 249 (2013) 124–131.
    pub fn renyi_divergence(&self, other: &Self, alpha: f64) -> Result<f64, Error> {
        self.comparable(other)?;
        if alpha.is_nan() || alpha < 0.0 {
            return Ok(f64::NAN);
        }
        if alpha == 1.0 {
            return self.kl_divergence(other);
        }
        if alpha == 0.0 {
            return Ok(0.0);
        }
        // In the coordinates that make Σ₂ = I and Σ₁ = diag(s²): ln det over the eigenvalues one by one.
        let svd = Svd::new(&self.scatter.relative_factor(&other.scatter))?;
        let shift = other.scatter.whiten(&self.difference(other), 0.0).unwrap_or_default();
        let mut sum = 0.0;
        for (j, s) in svd.values().iter().enumerate() {
            let excess = (s - 1.0) * (s + 1.0);
            let mixed = alpha + (1.0 - alpha) * s * s;
            if mixed <= 0.0 {
                return Ok(f64::INFINITY);
            }
            let along = (0..shift.len()).map(|i| svd.u()[(i, j)] * shift[i]).sum::<f64>();
            let ln_ratio = ((1.0 - alpha) * excess).ln_1p() - (1.0 - alpha) * 2.0 * s.ln();
            sum += alpha * along * along / mixed + ln_ratio / (1.0 - alpha);
        }
        Ok(0.5 * sum)
    }

    /// Bhattacharyya distance −ln ∫ √(f g).
    ///
    /// # Accuracy
    /// A sum of ln(1 + (s − 1)²/2s) over the singular values s of L₂⁻¹ L₁: nothing cancels.
    ///
    /// # Errors
    /// As [`Self::kl_divergence`].
    pub fn bhattacharyya_distance(&self, other: &Self) -> Result<f64, Error> {
        self.comparable(other)?;
        let svd = Svd::new(&self.scatter.relative_factor(&other.scatter))?;
        let shift = other.scatter.whiten(&self.difference(other), 0.0).unwrap_or_default();
        let mut sum = 0.0;
        for (j, &s) in svd.values().iter().enumerate() {
            let along = (0..shift.len()).map(|i| svd.u()[(i, j)] * shift[i]).sum::<f64>();
            sum += 0.25 * along * along / (1.0 + s * s) + 0.5 * ((s - 1.0) * (s - 1.0) / (2.0 * s)).ln_1p();
        }
        Ok(sum)
    }

    /// Hellinger distance √(1 − ∫ √(f g)), from 0 to 1.
    ///
    /// # Errors
    /// As [`Self::kl_divergence`].
    pub fn hellinger_distance(&self, other: &Self) -> Result<f64, Error> {
        Ok((-(-self.bhattacharyya_distance(other)?).exp_m1()).sqrt())
    }

    /// Wasserstein distance of order 2: the square root of the least mean squared distance between draws of the two laws.
    ///
    /// ```text
    /// W² = |μ₁ - μ₂|² + tr(Σ₁ + Σ₂ - 2 (Σ₁^½ Σ₂ Σ₁^½)^½)
    /// ```
    ///
    /// Degenerate laws are welcome.
    ///
    /// # Accuracy
    /// The trace is the least ‖F₁ − F₂ Q‖² over orthogonal Q, which the polar factor of F₂ᵀ F₁ attains: no cancellation for close laws.
    ///
    /// # Errors
    /// [`Error::Dimension`] if the dimensions differ, [`Error::Matrix`] if an element overflows.
    ///
    /// # Source
    /// Givens & Shortt, *Michigan Math. J.* 31 (1984) 231–240.
    pub fn wasserstein_distance(&self, other: &Self) -> Result<f64, Error> {
        check::length(LAW, "other", self.mean.len(), other.mean.len())?;
        let (f, g) = (self.scatter.square_factor(), other.scatter.square_factor());
        let svd = Svd::full(&g.transpose().matmul(&f)?)?;
        let turned = g.matmul(&svd.u().matmul(svd.v().transpose())?)?;
        let apart = self.difference(other);
        Ok((f.sub(&turned)?.norm_fro()).hypot(dot(&apart, &apart).sqrt()))
    }

    /// The condition number of the covariance, largest over least standard deviation, squared.
    ///
    /// # Errors
    /// [`Error::Matrix`] if the decomposition fails.
    pub fn condition_number(&self) -> Result<f64, Error> {
        let values = singular_values(&self.scatter.square_factor())?;
        let (first, last) = (values.first().copied(), values.last().copied());
        let ratio = first.unwrap_or(0.0) / last.unwrap_or(0.0);
        Ok(ratio * ratio)
    }

    fn difference(&self, other: &Self) -> Vec<f64> {
        self.mean.iter().zip(&other.mean).map(|(x, y)| x - y).collect()
    }

    /// (μ₁ − μ₂)ᵀ Σ₂⁻¹ (μ₁ − μ₂)
    fn shift(&self, other: &Self) -> f64 {
        other.scatter.quadratic(&self.difference(other), 0.0).unwrap_or(f64::INFINITY)
    }

    fn comparable(&self, other: &Self) -> Result<(), Error> {
        check::length(LAW, "other", self.mean.len(), other.mean.len())?;
        if self.scatter.is_singular() || other.scatter.is_singular() {
            return Err(Error::Degenerate {
                law: LAW,
                reason: "divergences of degenerate laws are not defined here",
            });
        }
        Ok(())
    }
}
