//! What ends the command with status 1.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Data(#[from] ferronum_data::Error),
    #[error(transparent)]
    Model(#[from] ferronum_model::Error),
    #[error(transparent)]
    Plot(#[from] ferronum_plot::Error),
    #[error("{0}")]
    Message(String),
    /// The reader of our output has left; that is no fault.
    #[error("output closed")]
    ClosedPipe,
}
