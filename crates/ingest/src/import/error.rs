//! Errors of an import.

use crate::{files::FileError, load::LoadError};

/// Why an import fails. Invalid rows are no reason: they are reported and skipped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// There was not one valid row.
    #[error("nothing was imported: the files hold no good row ({rejected} bad rows)")]
    NothingImported {
        /// The number of invalid rows.
        rejected: u64,
    },
    /// PostgreSQL.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<tokio_postgres::Error> for ImportError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Load(error.into())
    }
}
