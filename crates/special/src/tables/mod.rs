//! Constants computed by the scripts in `tools/`; each file names its own.
pub(crate) mod bessel;
pub(crate) mod bessel_orders;
pub(crate) mod dawson;
pub(crate) mod dilog;
pub(crate) mod erf;
pub(crate) mod expint;
pub(crate) mod factorial;
pub(crate) mod gamma;
pub(crate) mod gauss;
pub(crate) mod lambert;
pub(crate) mod ln;
pub(crate) mod olver;
pub(crate) mod temme;
pub(crate) mod trigonometric;
pub(crate) mod zeta;
