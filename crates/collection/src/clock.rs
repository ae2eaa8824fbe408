//! The current time, which a simulation replaces.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A source of the current time. Clones share it.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    speed: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Clock {
    /// The clock of the system.
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// A clock that reads the time from `now`, at the speed of real time.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self::with_speed(now, || 1.0)
    }

    /// A clock of a simulation; `speed` is in simulated seconds per second.
    pub fn with_speed(
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        speed: impl Fn() -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), speed: Arc::new(speed) }
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// The time on this clock that passes while `real` passes: at least `real`, so that work that
    /// takes real time has enough of it.
    pub(crate) fn to_clock_time(&self, real: TimeDelta) -> TimeDelta {
        let seconds = real.as_seconds_f64() * (self.speed)().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        TimeDelta::try_milliseconds((seconds * 1000.0) as i64).unwrap_or(TimeDelta::MAX)
    }
}
