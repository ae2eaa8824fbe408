//! HTTP API tests of `auth` with PostgreSQL.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod account;
mod api_keys;
mod digest;
mod django_hashes;
mod feed;
mod fixture;
mod forged_tokens;
mod gateway;
mod health;
mod http_rules;
mod infinite_timestamps;
mod invalid_bodies;
mod login;
mod overload;
mod rate_limits;
mod register;
mod sessions;
mod statement_counts;
mod userinfo;
mod watchlist;
