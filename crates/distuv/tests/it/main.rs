//! Every distribution against its golden tables and against the laws of probability.
mod golden;
mod harness;
mod laws;
