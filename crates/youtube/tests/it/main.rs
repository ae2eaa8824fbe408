//! The client with the simulator, over HTTP.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up fails"
)]

mod collection;
mod control;
mod faults;
mod feeds;
mod lists;
mod quota;
mod recording;
mod secrets;
mod setup;
mod videos;
