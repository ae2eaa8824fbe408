//! Imports, the demo, loading and reindexing, on the real servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod bootstrap;
mod context;
mod fuzz_corpus;
mod import;
mod import_again;
mod import_bad_rows;
mod import_bulk;
mod import_channels;
mod import_derived;
mod import_stopped;
mod load;
mod old_rows;
mod reindex;
mod seed;
mod writer;
