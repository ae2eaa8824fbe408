//! State of the simulator: catalog, clock, quota and faults.

use crate::{
    Catalog, Clock,
    faults::{Fault, FaultKind},
    recording::{Recording, RecordingError},
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use parking_lot::Mutex;
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use youtube::{Exhausted, Limits, Method, Usage, VideoId};

/// Configuration of a simulator.
#[derive(Debug, Clone)]
pub struct Config {
    /// The same seed gives the same channels and videos.
    pub seed: u64,
    /// Number of channels.
    pub channels: u32,
    /// The simulated time at the start.
    pub start: DateTime<Utc>,
    /// Simulated seconds per second; 0 to stand still.
    pub speed: f64,
    /// Daily quotas.
    pub limits: Limits,
    /// The accepted key; any if `None`.
    pub key: Option<String>,
    /// Whether feeds have an `ETag`.
    pub has_feed_etags: bool,
    /// The URL of a folder of thumbnails by topic, `food-1.svg` to `food-3.svg`; by default,
    /// thumbnails are at YouTube's host, which does not have them.
    pub thumbnails: Option<String>,
    /// A folder of recorded responses, which replace charts and add videos and channels.
    pub recording: Option<PathBuf>,
    /// Moves the recorded responses by whole days, so that the last one is of today.
    pub shift_to_now: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            channels: 500,
            start: Utc::now(),
            speed: 1.0,
            limits: Limits::default(),
            key: None,
            has_feed_etags: false,
            thumbnails: None,
            recording: None,
            shift_to_now: false,
        }
    }
}

/// The simulator cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The embedded words.
    #[error("cannot parse words.json: {0}")]
    Words(#[from] serde_json::Error),
    /// The recorded responses.
    #[error(transparent)]
    Recording(#[from] RecordingError),
}

/// A chart of the current hour.
type Chart = (DateTime<Utc>, Arc<Vec<VideoId>>);

/// Catalog, clock, quota and faults, shared by all connections.
#[derive(Debug)]
pub struct Simulator {
    pub(crate) config: Config,
    catalog: Catalog,
    clock: Clock,
    recording: Option<Recording>,
    usage: Mutex<Usage>,
    faults: Mutex<Vec<Fault>>,
    requests: [AtomicU64; Method::ALL.len()],
    charts: Mutex<HashMap<Option<u16>, Chart>>,
}

impl Simulator {
    /// A simulator that has had no requests.
    pub fn new(config: Config) -> Result<Self, SimulatorError> {
        let mut recording = config.recording.as_deref().map(Recording::open).transpose()?;
        if config.shift_to_now
            && let Some(recording) = &mut recording
        {
            recording.shift_to(Utc::now());
        }
        Ok(Self {
            catalog: Catalog::new(config.seed, config.channels)?,
            clock: Clock::new(config.start, config.speed),
            recording,
            usage: Mutex::new(Usage::new(config.start)),
            faults: Mutex::default(),
            requests: Default::default(),
            charts: Mutex::default(),
            config,
        })
    }

    /// The simulated channels and videos.
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The clock. If it goes back to an earlier day, use [`Self::set_time`].
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The recorded responses.
    pub const fn recording(&self) -> Option<&Recording> {
        self.recording.as_ref()
    }

    /// Sets the clock, and the speed if there is one. An earlier day starts with unused quotas.
    pub fn set_time(&self, time: DateTime<Utc>, speed: Option<f64>) {
        let mut usage = self.usage.lock();
        self.clock.set(time, speed);
        let unused = Usage::new(time);
        if unused.day() < usage.day() {
            *usage = unused;
        }
    }

    /// Adds a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.faults.lock().push(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.faults.lock().clear();
    }

    /// The active faults, with their remaining number of requests.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults.lock().clone()
    }

    /// The quota that was used on the day of the last request.
    pub fn usage(&self) -> Usage {
        self.usage.lock().clone()
    }

    /// The number of requests of a method, also of failed ones.
    pub fn requests(&self, method: Method) -> u64 {
        self.requests[method as usize].load(Ordering::Relaxed)
    }

    /// Counts a request and returns the faults that affect it.
    pub(crate) fn begin(&self, method: Method, now: DateTime<Utc>) -> Vec<FaultKind> {
        self.requests[method as usize].fetch_add(1, Ordering::Relaxed);
        let number = Method::ALL.into_iter().map(|method| self.requests(method)).sum();
        let mut faults = self.faults.lock();
        let applying = faults
            .iter_mut()
            .filter_map(|fault| fault.applies(method, now, number).then_some(fault.kind));
        applying.collect()
    }

    /// Takes the cost of a request from the quota.
    pub(crate) fn charge(&self, method: Method, now: DateTime<Utc>) -> Result<(), Exhausted> {
        let Some(cost) = method.cost() else { return Ok(()) };
        self.usage.lock().reserve(cost, now, &self.config.limits)
    }

    /// The chart of a category, computed once an hour; `None` if YouTube has none.
    pub(crate) fn chart(
        &self,
        category: Option<u16>,
        now: DateTime<Utc>,
    ) -> Option<Arc<Vec<VideoId>>> {
        let categories: &[u16] = match &category {
            None => &[1, 10, 20],
            Some(1 | 10 | 20) => category.as_slice(),
            Some(_) => return None,
        };
        let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
        let mut charts = self.charts.lock();
        let (cached, chart) = charts.entry(category).or_default();
        if *cached != hour {
            (*cached, *chart) = (hour, Arc::new(self.catalog.chart(categories, hour)));
        }
        Some(Arc::clone(chart))
    }
}
