//! Entry point of the service `auth`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("auth", auth::service)
}
