//! Training and evaluation, from files and from tables.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod evaluate;
mod prediction_files;
mod train;
mod train_tables;
