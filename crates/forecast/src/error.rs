//! Errors of models.

use std::{io, path::PathBuf};

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("the model {}: {source}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file is invalid.
    #[error("{}: {source}", .file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: Box<ModelError>,
    },
    /// The file is no model, or one of another shape.
    #[error("the model: {0}; `createtrend train` makes such files")]
    Syntax(#[from] serde_json::Error),
    /// The file is of another version of this program.
    #[error(
        "the model has format {found}, and this program reads format {wanted}: train a new one"
    )]
    Format {
        /// The format of the file.
        found: u32,
        /// The format that can be read.
        wanted: u32,
    },
    /// A number in the file is invalid.
    #[error("the model: {place}: {fault}")]
    Broken {
        /// The part of the file.
        place: String,
        /// The fault.
        fault: &'static str,
    },
}

/// What is wrong, and where: collected from the inside out.
#[derive(Debug)]
pub(crate) struct Fault(pub &'static str);

impl Fault {
    /// The error for a fault at `place`.
    pub(crate) fn at(self, place: impl Into<String>) -> ModelError {
        ModelError::Broken { place: place.into(), fault: self.0 }
    }
}

/// Rejects NaN and infinities.
pub(crate) fn finite(numbers: &[f64]) -> Result<(), Fault> {
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(())
    } else {
        Err(Fault("a number is not finite"))
    }
}

/// Rejects numbers that are not ascending, strictly or not.
pub(crate) fn growing(numbers: &[f64], strictly: bool) -> Result<(), Fault> {
    let grows = |pair: &[f64]| pair[0] < pair[1] || (!strictly && pair[0] <= pair[1]);
    if numbers.windows(2).all(grows) { Ok(()) } else { Err(Fault("numbers fall that must grow")) }
}
