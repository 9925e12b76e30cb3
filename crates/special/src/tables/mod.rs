//! Constants computed by `tools/tables.py`.
pub(crate) mod erf;
pub(crate) mod gamma;
pub(crate) mod gauss;
pub(crate) mod ln;
pub(crate) mod temme;
