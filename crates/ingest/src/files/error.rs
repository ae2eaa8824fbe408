//! Errors of whole files.

use crate::column_fit::truncate;
use std::{io, path::PathBuf};

/// The maximum number of names in a message.
const MAX_NAMES: usize = 20;

/// The maximum length of a name in a message, in characters.
const MAX_NAME_CHARACTERS: usize = 40;

/// The first names of columns, separated by commas, without the ends of long ones.
pub(crate) fn join_names(names: &[String]) -> String {
    let shown =
        names.iter().take(MAX_NAMES).map(|name| match truncate(name, MAX_NAME_CHARACTERS) {
            (start, true) => format!("{start}…"),
            (name, false) => name.to_owned(),
        });
    let more = names.len().saturating_sub(MAX_NAMES);
    let shown = shown.collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

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
    #[error("{}: the column {column} is missing; the file has: {}", .file.display(), join_names(.found))]
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
        .file.display(), join_names(.found)
    )]
    NoObservationDate {
        /// The path, as given.
        file: PathBuf,
        /// The column names of the file.
        found: Vec<String>,
    },
    /// Two columns may be the same field.
    #[error(
        "{}: the columns {:?} and {:?} may both be {field}: remove or rename the one that is not",
        .file.display(), .columns[0], .columns[1]
    )]
    AmbiguousColumns {
        /// The path, as given.
        file: PathBuf,
        /// The field.
        field: &'static str,
        /// The names of the columns in the file.
        columns: [String; 2],
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_many_names_are_truncated() {
        let names = |count| vec!["n".to_owned(); count];
        assert_eq!(join_names(&names(3)), "n, n, n");
        assert!(join_names(&names(25)).ends_with("n and 5 more"));
        assert_eq!(join_names(&["가".repeat(1000)]), "가".repeat(40) + "…");
    }
}
