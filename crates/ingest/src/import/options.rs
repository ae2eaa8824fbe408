//! Options of an import.

use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// Files and options of an import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Files of the trending data set, CSV, plain or gzip.
    pub files: Vec<PathBuf>,
    /// A file of channels with their subscribers, CSV, plain or gzip.
    pub channels: Option<PathBuf>,
    /// Shifts all times by whole days, so that the newest day is today.
    pub shift_to_now: bool,
    /// A file for every report about a row, as `file:line: reason`.
    pub rejects: Option<PathBuf>,
    /// The current time.
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
            shift_to_now: false,
            rejects: None,
            now: Utc::now(),
            batch_rows: 5_000,
            bulk_bytes: 16 << 20,
            bulk_max_videos: 0,
        }
    }
}
