//! `fake-youtube`: the simulator as a program.

use chrono::{DateTime, Utc};
use clap::Parser;
use fake_youtube::{Config, FakeYoutube, Simulator, write_sources};
use std::{
    error::Error,
    fs::File,
    net::{TcpStream, ToSocketAddrs},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};
use youtube::Limits;

/// Simulates the YouTube Data API v3 (at /youtube/v3) and channel feeds (at /feeds/videos.xml).
///
/// GET /control/state shows time, quota and requests; /control/snapshot the exact state of videos
/// and channels; POST /control/clock and /control/faults change the simulation.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8090", env = "FAKE_YOUTUBE_LISTEN")]
    listen: String,
    /// The same seed gives the same channels and videos.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of channels.
    #[arg(long, default_value_t = 500)]
    channels: u32,
    /// The simulated time at the start, in RFC 3339; by default the present.
    #[arg(long)]
    start: Option<DateTime<Utc>>,
    /// Simulated seconds per second.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// The accepted key; by default any.
    #[arg(long, env = "FAKE_YOUTUBE_KEY", hide_env_values = true)]
    key: Option<String>,
    /// Units of the daily quota.
    #[arg(long, default_value_t = Limits::default().units)]
    units: u32,
    /// Calls of search.list in a day.
    #[arg(long, default_value_t = Limits::default().search)]
    searches: u32,
    /// Calls of videos:batchGetStats in a day.
    #[arg(long, default_value_t = Limits::default().batch_stats)]
    batch_stats: u32,
    /// URL of a folder of thumbnails by topic (food-1.svg to food-3.svg), instead of YouTube's host.
    #[arg(long, value_name = "URL")]
    thumbnails: Option<String>,
    /// Folder of recorded responses of videos.list (videos-list-20260131.json.gz), which replace
    /// charts. By default, the simulation starts with the first of them.
    #[arg(long)]
    replay: Option<PathBuf>,
    /// Moves the recorded responses by whole days, so that the last one is of today.
    #[arg(long, requires = "replay")]
    shift_to_now: bool,
    /// Writes the channels to this file, as CSV for `createtrend source import`, and exits.
    #[arg(long, value_name = "FILE")]
    write_sources: Option<PathBuf>,
    /// Exits with 0 if a simulator accepts connections at the address.
    #[arg(long)]
    healthcheck: bool,
}

/// Timeout of a health check.
const HEALTHCHECK_TIMEOUT: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match run(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), Box<dyn Error>> {
    if options.healthcheck {
        let address = options.listen.to_socket_addrs()?.next().ok_or("no address")?;
        TcpStream::connect_timeout(&address, HEALTHCHECK_TIMEOUT)?;
        return Ok(());
    }
    let has_recording = options.replay.is_some();
    let simulator = Simulator::new(Config {
        seed: options.seed,
        channels: options.channels,
        start: options.start.unwrap_or_else(Utc::now),
        speed: options.speed,
        limits: Limits {
            units: options.units,
            search: options.searches,
            batch_stats: options.batch_stats,
        },
        key: options.key,
        has_feed_etags: false,
        thumbnails: options.thumbnails,
        recording: options.replay,
        shift_to_now: options.shift_to_now,
    })?;
    if has_recording
        && options.start.is_none()
        && let Some(first) = simulator.recording().and_then(fake_youtube::Recording::start)
    {
        simulator.set_time(first, None);
    }
    if let Some(path) = options.write_sources {
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        write_sources(simulator.catalog(), simulator.clock().now(), file)?;
        return Ok(());
    }
    let server = FakeYoutube::start(simulator, options.listen.as_str())?;
    tracing::info!(address = %server.address(), now = %server.simulator().clock().now(), "listening");
    Ok(server.wait()?)
}
