//! Tests of the HTTP API of `channel`, with PostgreSQL and nginx.

#![expect(clippy::expect_used, reason = "a test whose setup fails must fail")]

mod data_version;
mod detail;
mod fixture;
mod freshness;
mod gateway;
mod health;
mod list;
mod old_rows;
mod paging;
mod period;
mod profile;
mod series;
mod statements;
