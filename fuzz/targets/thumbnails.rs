#![no_main]

#[path = "../../crates/thumbnail/fuzz/thumbnails.rs"]
mod thumbnails;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| thumbnails::run(bytes));
