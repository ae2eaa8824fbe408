//! scratch
#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::print_stdout)]
use admin::{progress::Progress, seed::*};
#[tokio::main]
async fn main() {
    let settings = common::settings::Settings::load("createtrend", "").unwrap().common.postgres;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let progress = Progress::on_stderr();
    let now =
        chrono::Utc::now() + chrono::TimeDelta::days(args.get(1).map_or(0, |d| d.parse().unwrap()));
    match seed(args[0].parse().unwrap(), &settings, now, &progress).await {
        Ok(s) => progress.say(s.to_string()),
        Err(e) => progress.say(format!("ERR {e}")),
    }
}
