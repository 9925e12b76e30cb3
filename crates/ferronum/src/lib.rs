//! Ferronum ferronum.
