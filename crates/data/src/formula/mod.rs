//! Formulas, and the design matrices they describe.
