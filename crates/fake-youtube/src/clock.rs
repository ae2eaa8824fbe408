//! A clock that can run faster, stand still or be set.

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use std::time::Instant;

/// Simulated time.
#[derive(Debug)]
pub struct Clock(Mutex<State>);

#[derive(Debug, Clone, Copy)]
struct State {
    /// When the simulated time was `simulated`.
    real: Instant,
    simulated: DateTime<Utc>,
    speed: f64,
}

impl State {
    fn now(self) -> DateTime<Utc> {
        let elapsed = self.real.elapsed().mul_f64(self.speed);
        self.simulated + TimeDelta::from_std(elapsed).unwrap_or(TimeDelta::MAX)
    }
}

impl Clock {
    /// A clock that starts at `start`; `speed` is in simulated seconds per second, 0 to stand
    /// still. A speed outside of 0 to 10,000,000 is limited to that.
    pub fn new(start: DateTime<Utc>, speed: f64) -> Self {
        let speed = limit(speed);
        Self(Mutex::new(State { real: Instant::now(), simulated: start, speed }))
    }

    /// The simulated time.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.lock().now()
    }

    /// The speed.
    pub fn speed(&self) -> f64 {
        self.0.lock().speed
    }

    /// Sets the time, and the speed if there is one.
    pub fn set(&self, time: DateTime<Utc>, speed: Option<f64>) {
        let mut state = self.0.lock();
        let speed = speed.map_or(state.speed, limit);
        *state = State { real: Instant::now(), simulated: time, speed };
    }

    /// Moves the time forward.
    pub fn advance(&self, by: TimeDelta) {
        let mut state = self.0.lock();
        *state = State { real: Instant::now(), simulated: state.now() + by, speed: state.speed };
    }
}

fn limit(speed: f64) -> f64 {
    if speed.is_finite() { speed.clamp(0.0, 1e7) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_with_zero_speed_moves_only_when_set_or_advanced() {
        let start: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        let clock = Clock::new(start, 0.0);
        assert_eq!(clock.now(), start);
        clock.advance(TimeDelta::hours(5));
        assert_eq!(clock.now(), start + TimeDelta::hours(5));
        clock.set(start, None);
        assert_eq!(clock.now(), start);
    }

    #[test]
    fn fast_clock_runs_ahead_and_invalid_speed_is_limited() {
        let start: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        let clock = Clock::new(start, 1e6);
        let first = clock.now();
        assert!(first > start && clock.now() > first);
        clock.set(start, Some(f64::NAN));
        assert!((clock.speed() - 1.0).abs() < f64::EPSILON);
    }
}
