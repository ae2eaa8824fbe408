//! Entry point of the service `channel`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("channel", channel::service)
}
