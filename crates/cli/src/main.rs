//! `createtrend`, the operator's command.

use ::cli::{cli::Cli, run::run};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run(Cli::parse())
}
