//! Entry point of the service `ai-worker`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("ai-worker", ai_worker::service)
}
