//! The subcommands of `createtrend`, on the real servers.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod dataset;
mod doctor;
mod evaluate;
mod import;
mod import_again;
mod import_bad_rows;
mod import_bulk;
mod import_channels;
mod import_derived;
mod import_stopped;
mod load;
mod old_rows;
mod openapi;
mod prediction_files;
mod reindex;
mod rights;
mod rights_broker;
mod secrets;
mod seed;
mod start;
mod tables;
mod train;
mod train_tables;
mod user;
mod world;
