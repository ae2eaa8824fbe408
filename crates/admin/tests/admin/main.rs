//! The subcommands of `createtrend`, on the real servers.

mod doctor;
mod openapi;
mod reindex;
