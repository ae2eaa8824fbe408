//! Errors of whole files.

use std::{io, path::PathBuf};

/// An unusable file. Invalid rows are not an error: they are reported and rejected.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("{}: {source}", .file.display())]
    Unreadable {
        /// The path, as given.
        file: PathBuf,
        /// The I/O error.
        source: io::Error,
    },
    /// The file has no header.
    #[error("{}: the file is empty", .file.display())]
    Empty {
        /// The path, as given.
        file: PathBuf,
    },
    /// The content is not rows of videos or channels.
    #[error("{}: this is {what}", .file.display())]
    Unusable {
        /// The path, as given.
        file: PathBuf,
        /// A description of the content, with a remedy.
        what: String,
    },
    /// A required column is missing.
    #[error("{}: the column {column} is missing; the file has: {}", .file.display(), .found.join(", "))]
    MissingColumn {
        /// The path, as given.
        file: PathBuf,
        /// The usual name of the column.
        column: &'static str,
        /// The column names of the file.
        found: Vec<String>,
    },
    /// Neither the file nor the options have the day of observation.
    #[error(
        "{}: no column has the day of observation: give it as `--date DAY`; the file has: {}",
        .file.display(), .found.join(", ")
    )]
    NoObservationDate {
        /// The path, as given.
        file: PathBuf,
        /// The column names of the file.
        found: Vec<String>,
    },
    /// The rejects file cannot be written.
    #[error("{}: {source}", .file.display())]
    Rejects {
        /// The path, as given.
        file: PathBuf,
        /// The I/O error.
        source: io::Error,
    },
}
