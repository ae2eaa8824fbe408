//! Fuzz target: the upload date of a planned video.

/// Parses the date or time.
pub fn run(bytes: &[u8]) {
    common::prediction::UploadTime::parse(&String::from_utf8_lossy(bytes));
}
