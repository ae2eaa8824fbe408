#![no_main]

#[path = "../../crates/common/fuzz/tokens.rs"]
mod tokens;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tokens::run(bytes));
