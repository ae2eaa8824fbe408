//! Entry point of the service `predict`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("predict", predict::service)
}
