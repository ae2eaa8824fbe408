//! Entry point of the service `keyword`.

use std::process::ExitCode;

fn main() -> ExitCode {
    common::run("keyword", keyword::service)
}
