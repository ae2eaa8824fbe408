//! scratch
#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::print_stdout)]
use admin::{import::*, progress::Progress};
#[tokio::main]
async fn main() {
    let settings = common::settings::Settings::load("createtrend", "").unwrap().common.postgres;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let progress = Progress::on_stderr();
    let mut options =
        ImportOptions::new(args.iter().filter(|a| !a.starts_with("--")).map(Into::into).collect());
    options.shift_to_now = args.iter().any(|a| a == "--shift");
    match import(&options, &settings, &progress).await {
        Ok(s) => progress.say(s.to_string()),
        Err(e) => progress.say(format!("ERR {e}")),
    }
}
