//! What is imported, and how.

use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// What is imported, and how.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Files of the trending data set, CSV, plain or gzip.
    pub files: Vec<PathBuf>,
    /// A file with the subscribers of channels, CSV, plain or gzip.
    pub channels: Option<PathBuf>,
    /// Moves all times by whole days, so that the newest day is today.
    pub shift_to_now: bool,
    /// Where every report about a row is written, as `file:line: reason`.
    pub rejects: Option<PathBuf>,
    /// The present.
    pub now: DateTime<Utc>,
    /// Rows of a transaction. What comes out does not depend on it.
    pub batch_rows: usize,
    /// From how many bytes of files on, tables that hold little are filled in one
    /// transaction. What comes out does not depend on it.
    pub bulk_bytes: u64,
    /// How many videos are little: none, as nobody else can use the tables meanwhile.
    pub bulk_max_videos: i64,
}

impl ImportOptions {
    /// The usual import of `files`.
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
