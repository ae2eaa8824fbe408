//! The subcommands of `createtrend`, on the real servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod collect;
mod context;
mod doctor;
mod import_killed;
mod openapi;
mod privileges;
mod privileges_broker;
mod secrets;
mod sources;
mod user;
