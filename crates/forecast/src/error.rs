//! Errors of models.

use std::{io, path::PathBuf};

/// A model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("the model {}: {source}", .file.display())]
    Unreadable {
        /// The path of the file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file is invalid.
    #[error("{}: {source}", .file.display())]
    Unusable {
        /// The path of the file.
        file: PathBuf,
        /// The cause.
        source: Box<ModelError>,
    },
    /// The file is not a model.
    #[error("invalid model file: {0}; `createtrend train` creates model files")]
    Syntax(#[from] serde_json::Error),
    /// The file has an unsupported format.
    #[error("the model has format {found} instead of {expected}: train a new one")]
    Format {
        /// The format of the file.
        found: u32,
        /// The supported format.
        expected: u32,
    },
    /// A number in the file is invalid.
    #[error("invalid model: {location}: {reason}")]
    Invalid {
        /// The part of the file.
        location: String,
        /// The reason.
        reason: &'static str,
    },
}

/// The reason why a number is invalid.
#[derive(Debug)]
pub(crate) struct Invalid(pub &'static str);

impl Invalid {
    /// The error with its location in the file.
    pub(crate) fn at(self, location: impl Into<String>) -> ModelError {
        ModelError::Invalid { location: location.into(), reason: self.0 }
    }
}

/// Rejects NaN and infinities.
pub(crate) fn finite(numbers: &[f64]) -> Result<(), Invalid> {
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(())
    } else {
        Err(Invalid("a number is not finite"))
    }
}

/// Rejects numbers that are not ascending.
pub(crate) fn ascending(numbers: &[f64], strictly: bool) -> Result<(), Invalid> {
    let is_ascending = |pair: &[f64]| pair[0] < pair[1] || (!strictly && pair[0] <= pair[1]);
    if numbers.windows(2).all(is_ascending) {
        Ok(())
    } else {
        Err(Invalid("numbers are not ascending"))
    }
}
