//! Integration tests of the shared library, on real servers.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod auth;
mod broker;
mod cache;
mod fuzz_corpus;
mod migrations;
mod out_of_range_values;
mod pool;
mod schema;
mod search_nodes;
mod search_outage;
mod search_swap;
mod server;
