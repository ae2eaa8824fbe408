//! The contract of `auth`, through its HTTP interface, on a real PostgreSQL.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod fixture;
mod forged;
mod gateway;
mod health;
mod http_rules;
mod login;
mod old_hashes;
mod old_times;
mod register;
mod sessions;
mod statements;
mod storm;
mod throttle;
mod userinfo;
mod wrong_bodies;
