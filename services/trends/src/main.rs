//! Entry point of the service `trends`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("trends", trends::service)
}
