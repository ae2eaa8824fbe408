//! Entry point of the service `video`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("video", video::service)
}
