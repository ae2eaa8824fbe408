//! `createtrend`, the operator's command: what each subcommand does.

pub mod cli;
pub mod doctor;
pub mod evaluate;
pub mod import;
pub mod load;
pub mod migrate;
pub mod openapi;
pub mod progress;
pub mod reindex;
pub mod samples;
pub mod secrets;
pub mod seed;
pub mod start;
pub mod train;
pub mod user;
