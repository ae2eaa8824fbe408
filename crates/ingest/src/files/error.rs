//! Errors of whole files.

use std::{io, path::PathBuf};

/// An unusable file. Invalid rows are not an error: they are reported and skipped.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("{}: {source}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file has no header.
    #[error("{}: the file is empty", .file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// A required column is missing.
    #[error("{}: the column {column} is missing", .file.display())]
    MissingColumn {
        /// The file.
        file: PathBuf,
        /// The column's name.
        column: &'static str,
    },
    /// The file of reports cannot be written.
    #[error("{}: {source}", .file.display())]
    Reports {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
}
