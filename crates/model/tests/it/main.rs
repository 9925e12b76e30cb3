//! Fits by formula against outside values.
mod offset;
mod streamed;
