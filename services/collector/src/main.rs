//! Entry point of the service `collector`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("collector", collector::service)
}
