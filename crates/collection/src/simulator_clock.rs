//! The clock of the simulator of YouTube.

use crate::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use serde::Deserialize;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;

/// Interval at which the time is read: the speed can be changed.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// Path of the API, and path of the simulator's state, at the same host.
const API_PATH: &str = "/youtube/v3";
const STATE_PATH: &str = "/control/state";

/// The time of a simulator, read repeatedly.
#[derive(Clone)]
pub struct SimulatorClock {
    http: reqwest::Client,
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Copy)]
struct State {
    read_at: Instant,
    now: DateTime<Utc>,
    speed: f64,
}

#[derive(Deserialize)]
struct StateResponse {
    now: DateTime<Utc>,
    speed: f64,
}

impl SimulatorClock {
    /// The clock of the simulator at the base URL `api_url`. It shows the time of the system until
    /// [`Self::read`] succeeds.
    pub fn new(api_url: &str) -> Self {
        let base = api_url.trim_end_matches('/').trim_end_matches(API_PATH);
        let state = State { read_at: Instant::now(), now: Utc::now(), speed: 1.0 };
        let (http, url) = (reqwest::Client::new(), format!("{base}{STATE_PATH}"));
        Self { http, url, state: Arc::new(Mutex::new(state)) }
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        let (time, speed) = (Arc::clone(&self.state), Arc::clone(&self.state));
        let now = move || {
            let state = *time.lock();
            let elapsed = state.read_at.elapsed().mul_f64(state.speed);
            state.now + TimeDelta::from_std(elapsed).unwrap_or(TimeDelta::MAX)
        };
        Clock::with_speed(now, move || speed.lock().speed)
    }

    /// Reads the time.
    pub async fn read(&self) -> Result<(), reqwest::Error> {
        let response = self.http.get(&self.url).timeout(REQUEST_TIMEOUT).send().await?;
        let StateResponse { now, speed } = response.error_for_status()?.json().await?;
        *self.state.lock() = State { read_at: Instant::now(), now, speed };
        Ok(())
    }

    /// Reads the time until it succeeds. Returns false at shutdown.
    pub async fn wait(&self, shutdown: &CancellationToken) -> bool {
        while let Err(error) = self.read().await {
            tracing::warn!("cannot read the time of the simulator: {error}");
            select! {
                () = shutdown.cancelled() => return false,
                () = sleep(POLL_INTERVAL) => {}
            }
        }
        true
    }

    /// Reads the time repeatedly until shutdown.
    pub async fn poll(&self, shutdown: &CancellationToken) {
        loop {
            select! {
                () = shutdown.cancelled() => return,
                () = sleep(POLL_INTERVAL) => {}
            }
            if let Err(error) = self.read().await {
                tracing::debug!("cannot read the time of the simulator: {error}");
            }
        }
    }
}
