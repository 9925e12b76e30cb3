//! Accuracy of every function on the golden tables.
mod extreme;
mod golden;
