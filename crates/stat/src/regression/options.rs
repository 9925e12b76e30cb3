//! What a regression is asked to do.
use crate::Error;
use std::fmt;
use std::str::FromStr;

/// What the weights of the observations mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum WeightKind {
    /// A row counts as `w` equal observations; n = Σw. Whole numbers.
    Frequency,
    /// Precision weights: Var(εᵢ) = σ²/wᵢ, as in R's `lm` and statsmodels' `WLS`; n is the number of rows with w > 0.
    #[default]
    Analytic,
    /// Inverse sampling probabilities: estimates as for analytic weights, covariance HC1 unless another is asked for.
    Probability,
}

/// How the covariance of the coefficients is estimated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Covariance {
    /// `s² (XᵀWX)⁻¹`.
    #[default]
    NonRobust,
    /// Sandwich with `e²` (White 1980).
    Hc0,
    /// HC0 times n/(n − k).
    Hc1,
    /// Sandwich with `e² / (1 − h)`.
    Hc2,
    /// Sandwich with `e² / (1 − h)²`.
    Hc3,
    /// Sandwich over the sums of scores in clusters, one name or two; two-way is V₁ + V₂ − V₁₂ (Cameron, Gelbach & Miller 2011).
    Cluster(Vec<String>),
    /// Newey & West (1987): Bartlett weights 1 − l/(L + 1) on autocovariances of the scores up to lag L, rows in time order.
    NeweyWest {
        /// The largest lag, L.
        lags: usize,
    },
}

impl Covariance {
    /// Whether it takes a second pass, for residuals.
    pub fn is_robust(&self) -> bool {
        *self != Self::NonRobust
    }
}

impl fmt::Display for Covariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NonRobust => f.write_str("nonrobust"),
            Self::Hc0 => f.write_str("HC0"),
            Self::Hc1 => f.write_str("HC1"),
            Self::Hc2 => f.write_str("HC2"),
            Self::Hc3 => f.write_str("HC3"),
            Self::Cluster(names) => write!(f, "cluster({})", names.join(", ")),
            Self::NeweyWest { lags } => write!(f, "newey-west({lags})"),
        }
    }
}

impl FromStr for Covariance {
    type Err = Error;

    /// `nonrobust`, `HC0` to `HC3`, `cluster(g)`, `cluster(g1, g2)` or `newey-west(4)`, in any case.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Covariance {
            what: format!("`{text}`"),
            reason: "expected nonrobust, HC0, HC1, HC2, HC3, cluster(g), cluster(g1, g2) or newey-west(lags)"
                .to_string(),
        };
        let (head, inside) = match text.trim().split_once('(') {
            Some((head, rest)) => (head.trim(), Some(rest.trim().strip_suffix(')').ok_or_else(bad)?)),
            None => (text.trim(), None),
        };
        match (head.to_ascii_lowercase().as_str(), inside) {
            ("nonrobust", None) => Ok(Self::NonRobust),
            ("hc0", None) => Ok(Self::Hc0),
            ("hc1", None) => Ok(Self::Hc1),
            ("hc2", None) => Ok(Self::Hc2),
            ("hc3", None) => Ok(Self::Hc3),
            ("cluster", Some(inside)) => {
                let names: Vec<String> = inside.split(',').map(|name| name.trim().to_string()).collect();
                let sound = names.len() <= 2 && names.iter().all(|name| !name.is_empty());
                if sound { Ok(Self::Cluster(names)) } else { Err(bad()) }
            }
            ("newey-west", Some(lags)) => {
                Ok(Self::NeweyWest { lags: lags.trim().parse().map_err(|_| bad())? })
            }
            _ => Err(bad()),
        }
    }
}

/// How the coefficients are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Method {
    /// Cholesky factor of the centred cross-products; loses log₁₀ κ² digits of 16.
    Gram,
    /// Householder QR of the centred rows; loses log₁₀ κ digits of 16.
    Qr,
    /// Householder QR in double-double arithmetic; loses log₁₀ κ digits of 32.
    DoubleDouble,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gram => "centred Gram matrix",
            Self::Qr => "Householder QR",
            Self::DoubleDouble => "QR in double-double",
        })
    }
}

/// Settings of a regression.
///
/// # Examples
/// ```
/// use ferronum_stat::regression::{Covariance, OlsOptions};
/// let options = OlsOptions { covariance: "HC3".parse()?, confidence: 0.9, ..OlsOptions::default() };
/// assert_eq!(options.covariance, Covariance::Hc3);
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OlsOptions<'a> {
    /// Names of the columns of x; `x1`, `x2`, … when empty.
    pub names: Vec<String>,
    /// Name of the response.
    pub response: String,
    /// Whether a column of ones is added. Default: true.
    pub intercept: bool,
    /// One weight for each row. Streaming states take weights with each batch instead.
    pub weights: Option<&'a [f64]>,
    /// What the weights mean.
    pub weight_kind: WeightKind,
    /// Estimator of the covariance.
    pub covariance: Covariance,
    /// Codes of the clusters, one slice for each name of [`Covariance::Cluster`]. Streaming states take them with each batch.
    pub groups: Vec<&'a [u64]>,
    /// Whether a clustered covariance has the factor G/(G − 1) · (n − 1)/(n − k) (CR1, the default) or none (CR0).
    pub small_sample: bool,
    /// Coverage of confidence intervals. Default: 0.95.
    pub confidence: f64,
    /// Forces a method; by default the fastest that keeps the digits.
    pub method: Option<Method>,
}

impl Default for OlsOptions<'_> {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            response: "y".to_string(),
            intercept: true,
            weights: None,
            weight_kind: WeightKind::default(),
            covariance: Covariance::default(),
            groups: Vec::new(),
            small_sample: true,
            confidence: 0.95,
            method: None,
        }
    }
}

impl OlsOptions<'_> {
    pub(crate) fn check(&self, ncols: usize) -> Result<(), Error> {
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            return Err(Error::InvalidArgument {
                name: "confidence",
                requirement: "between 0 and 1",
                value: self.confidence,
            });
        }
        if !self.names.is_empty() && self.names.len() != ncols {
            return Err(Error::Shape {
                what: "names",
                expected: "one for each column of x",
                expected_len: ncols,
                found_len: self.names.len(),
            });
        }
        Ok(())
    }

    pub(crate) fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_else(|| format!("x{}", column + 1))
    }
}
