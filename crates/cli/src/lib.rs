//! `createtrend`, the operator's command.

pub mod cli;
pub mod collect;
pub mod doctor;
pub mod migrate;
pub mod openapi;
pub mod progress;
pub mod run;
pub mod secrets;
pub mod source;
pub mod user;
mod values;
