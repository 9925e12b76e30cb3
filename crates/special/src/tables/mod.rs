//! Constants computed by `tools/tables.py`.
pub(crate) mod bessel;
pub(crate) mod bessel_orders;
pub(crate) mod erf;
pub(crate) mod gamma;
pub(crate) mod gauss;
pub(crate) mod ln;
pub(crate) mod olver;
pub(crate) mod temme;
