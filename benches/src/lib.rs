//! Benchmarks of Ferronum.
