//! The trait of laws with parameters that can be estimated.
use crate::fit::{FitOptions, Fitted, Sample, fit};
use crate::{Error, check};

/// Where a parameter lives, and how its estimate is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Domain {
    /// Any number, in the units of the data.
    Location,
    /// Any number, without units; smaller ranges are enforced by the constructor.
    Real,
    /// Positive; searched for on a logarithmic scale.
    Positive,
    /// Between 0 and 1; searched for on the logit scale.
    Unit,
    /// A whole number: to be fixed in a fit, unless the law has a closed form for it.
    Count,
    /// An end of the support: to be fixed in a fit, unless the law has a closed form for it. It has no standard error.
    End,
}

/// Name and domain of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Name, as in the constructor.
    pub name: &'static str,
    /// Where it lives.
    pub domain: Domain,
}

impl Parameter {
    /// A parameter of a law.
    pub const fn new(name: &'static str, domain: Domain) -> Self {
        Self { name, domain }
    }
}

/// What data a law can be fitted to, whatever its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DataDomain {
    /// Finite numbers.
    Real,
    /// Finite numbers of at least 0.
    NonNegative,
    /// Finite numbers above 0.
    Positive,
    /// Numbers from 0 to 1, both included.
    Unit,
    /// Numbers strictly between 0 and 1.
    OpenUnit,
}

impl DataDomain {
    /// What a value has to be, if it is not.
    pub(crate) fn violated(self, x: f64) -> Option<&'static str> {
        let (holds, requirement) = match self {
            Self::Real => (true, ""),
            Self::NonNegative => (x >= 0.0, "at least 0"),
            Self::Positive => (x > 0.0, "positive"),
            Self::Unit => ((0.0..=1.0).contains(&x), "between 0 and 1"),
            Self::OpenUnit => (x > 0.0 && x < 1.0, "strictly between 0 and 1"),
        };
        if !x.is_finite() { Some("finite") } else { (!holds).then_some(requirement) }
    }
}

/// One observation: `f64`, or `i64` for laws of counts.
pub trait Outcome: Copy + std::fmt::Debug {
    /// The observation as a number.
    fn to_f64(self) -> f64;
}

impl Outcome for f64 {
    fn to_f64(self) -> f64 {
        self
    }
}

impl Outcome for i64 {
    fn to_f64(self) -> f64 {
        self as f64
    }
}

/// A law with a fixed list of real parameters, which can be fitted to data.
///
/// # Examples
/// ```
/// use ferronum_distuv::{FitOptions, Normal, Parametric};
/// let fitted = Normal::fit(&[4.1, 5.0, 5.2, 6.1], &FitOptions::default())?;
/// assert!((fitted.estimates[0].value - 5.1).abs() < 1e-15);
/// assert!((fitted.estimates[0].std_error - (0.505f64 / 4.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), ferronum_distuv::Error>(())
/// ```
pub trait Parametric: Sized + Clone {
    /// One observation.
    type Outcome: Outcome;

    /// Name of the law in messages.
    const LAW: &'static str;

    /// Names and domains of the parameters, in the order of the constructor.
    const PARAMETERS: &'static [Parameter];

    /// What data the law can be fitted to.
    const DATA: DataDomain;

    /// Values of the parameters, in the order of [`Self::PARAMETERS`].
    fn parameters(&self) -> Vec<f64>;

    /// Builds the law from values in the order of [`Self::PARAMETERS`].
    ///
    /// # Errors
    /// As the constructor; [`Error::ParameterCount`] if the number of values is wrong.
    fn from_parameters(values: &[f64]) -> Result<Self, Error>;

    /// The logarithm of the density or probability of an observation.
    fn ln_likelihood(&self, x: Self::Outcome) -> f64;

    /// The score: writes ∂ ln f(x) / ∂θ for each parameter θ into `out`.
    ///
    /// NaN for an x outside the support, and for parameters that are counts.
    ///
    /// # Panics
    /// If `out` is shorter than [`Self::PARAMETERS`].
    fn score(&self, x: Self::Outcome, out: &mut [f64]);

    /// The method of moments, or of quantiles where moments do not exist: parameters in their order.
    ///
    /// It is also where the search for the maximum of the likelihood starts. The sample is not empty and lies in [`Self::DATA`].
    ///
    /// # Errors
    /// [`Error::Degenerate`] if the sample does not determine the parameters.
    fn moment_estimate(sample: &Sample<'_, Self::Outcome>) -> Result<Vec<f64>, Error>;

    /// The maximum of the likelihood in closed form, with `fixed` parameters held; `None` where there is no closed form.
    ///
    /// # Errors
    /// [`Error::Degenerate`] if there is no maximum.
    fn closed_form(
        sample: &Sample<'_, Self::Outcome>,
        fixed: &[Option<f64>],
    ) -> Result<Option<Vec<f64>>, Error> {
        let _ = (sample, fixed);
        Ok(None)
    }

    /// Estimates the parameters from data.
    ///
    /// # Errors
    /// [`Error::Data`] names the first value the law cannot produce, [`Error::Weight`] the first wrong weight;
    /// [`Error::EmptyData`], [`Error::Degenerate`], [`Error::Unfixed`], [`Error::UnknownParameter`] or
    /// [`Error::InvalidParameter`] as they say.
    fn fit(data: &[Self::Outcome], options: &FitOptions<'_>) -> Result<Fitted<Self>, Error> {
        fit(data, options)
    }
}

/// Refuses a list of parameters of the wrong length.
pub(crate) fn expect_parameters<D: Parametric>(values: &[f64]) -> Result<(), Error> {
    check::count(D::LAW, D::PARAMETERS.len(), values.len())
}
