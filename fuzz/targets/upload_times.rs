#![no_main]

#[path = "../../crates/common/fuzz/upload_times.rs"]
mod upload_times;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| upload_times::run(bytes));
