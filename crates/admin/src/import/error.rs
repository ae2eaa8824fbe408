//! Why an import cannot go on.

use crate::load::LoadError;
use std::{io, path::PathBuf};

/// Why an import cannot go on. Bad rows are no reason: they are reported and left out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be opened or read at all.
    #[error("{}: {source}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file has no header.
    #[error("{}: the file is empty", .file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// A file lacks a column.
    #[error("{}: the column {column} is missing", .file.display())]
    MissingColumn {
        /// The file.
        file: PathBuf,
        /// The column's name.
        column: &'static str,
    },
    /// The file for the reports cannot be written.
    #[error("{}: {source}", .file.display())]
    Reports {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There was not one good row.
    #[error("nothing was imported: the files hold no good row ({rejected} bad rows)")]
    NothingImported {
        /// How many bad rows there were.
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
