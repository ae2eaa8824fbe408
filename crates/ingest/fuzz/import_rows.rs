//! Fuzz target: a CSV file that an operator imports.

/// Parses the file and discards its rows.
pub fn run(bytes: &[u8]) {
    ingest::import::parse_and_batch(bytes).ok();
}
