//! Every distribution against its golden tables and against the laws of probability.
mod discrete;
mod discrete_harness;
mod golden;
mod harness;
mod laws;
mod laws_elementary;
mod laws_gamma;
mod laws_noncentral;
