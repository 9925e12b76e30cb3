//! Constants computed by `tools/tables.py` and `tools/integral_tables.py`.
pub(crate) mod dilog;
pub(crate) mod erf;
pub(crate) mod gamma;
pub(crate) mod ln;
pub(crate) mod temme;
pub(crate) mod zeta;
