#![no_main]

#[path = "../../services/channel/fuzz/channel_parameters.rs"]
mod channel_parameters;
#[expect(dead_code, reason = "the target uses the parsers only")]
#[path = "../../services/channel/src/domain/mod.rs"]
mod domain;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| channel_parameters::run(bytes));
