#![no_main]

#[path = "../../crates/common/fuzz/ai_responses.rs"]
mod ai_responses;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ai_responses::run(bytes));
