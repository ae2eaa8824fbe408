#![no_main]

#[path = "../../crates/ingest/fuzz/import_rows.rs"]
mod import_rows;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| import_rows::run(bytes));
