//! Errors of an import.

use crate::{files::FileError, load::LoadError};
use std::path::PathBuf;

/// A failed import. Invalid rows are not an error: they are reported and rejected.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The option `--date` is after tomorrow.
    #[error("--date {0} is in the future")]
    FutureDate(chrono::NaiveDate),
    /// The rejects file would overwrite an imported file.
    #[error("--rejects {} is one of the imported files, which it would overwrite", .0.display())]
    RejectsIsInput(PathBuf),
    /// Two inputs are the standard input.
    #[error("`-`, the standard input, is given for several files: it can be read only once")]
    RepeatedStandardInput,
    /// With the shift of an earlier import, the newest row would be in the future.
    #[error(
        "the times of these videos were shifted by {days} days in an earlier import; with the same \
         shift the newest row would be dated {newest}, in the future: import it from then on, or \
         all files together into an empty database"
    )]
    ShiftedIntoFuture {
        /// The shift in days.
        days: i64,
        /// The day of the newest row, after the shift.
        newest: chrono::NaiveDate,
    },
    /// `--shift-to-now` without video files, and not exactly one shift of earlier imports.
    #[error(
        "--shift-to-now without a video file uses the shift of earlier imports, but they have {0} \
         shifts: import the channels together with the files of their videos"
    )]
    NoSingleShift(usize),
    /// The files have no valid row.
    #[error("nothing imported: the files have no valid row ({rejected} invalid rows)")]
    NothingImported {
        /// The number of invalid rows.
        rejected: u64,
    },
    /// The files have only channels without a public number of subscribers.
    #[error("nothing imported: all {0} channels of the file hide their subscribers")]
    OnlyHiddenChannels(u64),
    /// The database has data of the other kind than collected data: simulated or real.
    #[error(
        "the database contains {stored} data, which cannot be mixed with {collected} data: use \
         another database"
    )]
    MixedData {
        /// `simulated` or `real`.
        stored: &'static str,
        /// `simulated` or `real`.
        collected: &'static str,
    },
    /// PostgreSQL is unreachable, locked or not migrated.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<tokio_postgres::Error> for ImportError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Load(error.into())
    }
}
