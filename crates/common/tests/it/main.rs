//! What services share, on the real servers.

mod broker;
mod cache;
mod migrations;
mod pool;
mod schema;
mod server;
