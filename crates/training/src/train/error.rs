//! Errors of training.

use crate::samples::SampleError;
use chrono::NaiveDate;
use forecast::ModelError;
use std::{io, path::PathBuf};

/// Training failed.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// Neither files nor the database are given.
    #[error("no training data: use --file FILE, --tables, or both")]
    NoSource,
    /// The model's name is invalid.
    #[error("a model's name is 1 to 40 letters, digits, dots, dashes and underscores")]
    Name,
    /// Not enough videos.
    #[error(
        "not enough training data: {found} instead of {needed} videos of channels with known \
         subscribers were counted between 1 and 31 days after their upload; `createtrend \
         import --channels` imports subscribers"
    )]
    TooFewVideos {
        /// The number of usable videos.
        found: usize,
        /// The required number of videos.
        needed: usize,
    },
    /// There are too few new videos to compare models.
    #[error(
        "the models cannot be compared yet: {found} of the {needed} videos needed were uploaded{} and \
         counted at an age of about 7 days", .trained_until.map(|day| format!(" after {day}, \
         the last day on which the current model was trained,")).unwrap_or_default()
    )]
    TooFewNew {
        /// The number of usable videos.
        found: usize,
        /// The required number of videos.
        needed: usize,
        /// The last upload day in the training of the current model.
        trained_until: Option<NaiveDate>,
    },
    /// A source is unreadable.
    #[error(transparent)]
    Samples(#[from] SampleError),
    /// The fitted model is invalid.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model file cannot be written.
    #[error("cannot write {}: {source}", .file.display())]
    Unwritable {
        /// The path of the file.
        file: PathBuf,
        /// The I/O error.
        source: io::Error,
    },
}
