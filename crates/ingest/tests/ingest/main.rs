//! Importing, seeding, loading and reindexing, on real servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod bootstrap;
mod context;
mod fuzz_corpus;
mod import;
mod import_again;
mod import_bulk;
mod import_channels;
mod import_dates;
mod import_derived;
mod import_details;
mod import_dry_run;
mod import_formats;
mod import_interrupted;
mod import_json;
mod import_misread;
mod import_order;
mod import_rejected_rows;
mod import_stopped;
mod import_truncated;
mod import_unsupported;
mod import_warnings;
mod load;
mod out_of_range_rows;
mod reindex;
mod rollup;
mod rollup_keyword_lists;
mod rollup_keywords;
mod seed;
mod suggestions;
mod writer;
