//! Why a model cannot be trained.

use crate::samples::SampleError;
use forecast::ModelError;
use std::{io, path::PathBuf};

/// Why a model cannot be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// No source was given.
    #[error("name what to train on: --file FILE, --tables, or both")]
    NoSource,
    /// The name is invalid.
    #[error("a model's name is 1 to 40 letters, digits, dots, dashes and underscores")]
    Name,
    /// There are not enough videos.
    #[error(
        "there is too little to train on: {found} videos of channels with a known number of \
         subscribers that were counted between 1 and 31 days after their upload, and {needed} \
         are needed; `createtrend import --channels` brings numbers of subscribers into the \
         tables"
    )]
    TooLittle {
        /// Usable videos.
        found: usize,
        /// Required videos.
        needed: usize,
    },
    /// A source cannot be read.
    #[error(transparent)]
    Samples(#[from] SampleError),
    /// The fitted model is invalid.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model file cannot be written.
    #[error("{}: {source}", .file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
}
