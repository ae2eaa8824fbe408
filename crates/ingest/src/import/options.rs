//! Options of an import.

use crate::files::Format;
use chrono::{DateTime, NaiveDate, Utc};
use encoding_rs::Encoding;
use std::path::PathBuf;

/// Files and options of an import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Video files; `-` is the standard input.
    pub files: Vec<PathBuf>,
    /// A channel file with subscribers; `-` is the standard input.
    pub channels: Option<PathBuf>,
    /// The format of the video files, instead of the detected one.
    pub format: Option<Format>,
    /// The encoding of files without a byte order mark, instead of the detected one.
    pub encoding: Option<&'static Encoding>,
    /// The separator of columns, instead of the detected one.
    pub separator: Option<u8>,
    /// The day on which rows without a time were observed, instead of the one in the file's name.
    pub date: Option<NaiveDate>,
    /// Shifts all times by whole days, so that the newest day is today.
    pub shift_to_now: bool,
    /// The rejects file: rejected and repaired rows, as `file:line: reason`.
    pub rejects: Option<PathBuf>,
    /// Only read and check the files: nothing is stored, and no database is needed.
    pub dry_run: bool,
    /// The current time, for the shift and for checks of dates.
    pub now: DateTime<Utc>,
    /// Rows per transaction; does not affect the result.
    pub batch_rows: usize,
    /// The minimum size of files for a bulk load; does not affect the result.
    pub bulk_bytes: u64,
    /// The maximum number of stored videos for a bulk load, which locks the tables.
    pub bulk_max_videos: i64,
}

impl ImportOptions {
    /// The default options for `files`.
    pub fn new(files: Vec<PathBuf>) -> Self {
        Self {
            files,
            channels: None,
            format: None,
            encoding: None,
            separator: None,
            date: None,
            shift_to_now: false,
            rejects: None,
            dry_run: false,
            now: Utc::now(),
            batch_rows: 5_000,
            bulk_bytes: 16 << 20,
            bulk_max_videos: 0,
        }
    }
}
