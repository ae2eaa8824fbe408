//! The contract of `channel`, through its HTTP interface, on a real PostgreSQL.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod data_version;
mod detail;
mod fixture;
mod gateway;
mod health;
mod list;
mod old_rows;
mod paging;
mod period;
mod statements;
