//! Tests of the collector with the simulator of YouTube and PostgreSQL.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot be set up fails")]

mod faults;
mod fixture;
mod ledger;
mod retention;
mod sharing;
mod simulator_state;
