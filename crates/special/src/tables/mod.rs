//! Constants computed by `tools/tables.py` and `tools/integral_tables.py`.
pub(crate) mod dawson;
pub(crate) mod dilog;
pub(crate) mod erf;
pub(crate) mod expint;
pub(crate) mod factorial;
pub(crate) mod gamma;
pub(crate) mod lambert;
pub(crate) mod ln;
pub(crate) mod temme;
pub(crate) mod trigonometric;
pub(crate) mod zeta;
