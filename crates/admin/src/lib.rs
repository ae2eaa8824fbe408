//! `createtrend`, the operator's command: what each subcommand does.

pub mod doctor;
pub mod import;
pub mod load;
pub mod migrate;
pub mod openapi;
pub mod progress;
pub mod reindex;
