#![no_main]

#[path = "../../crates/common/fuzz/query_strings.rs"]
mod query_strings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| query_strings::run(bytes));
