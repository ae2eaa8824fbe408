//! Whether requests are consumed, for readiness and for the consumer itself.

use crate::metrics::Metrics;
use common::{http::Dependency, prediction::REQUEST_QUEUE};
use prometheus::IntGauge;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// The state of the consumer. Cloning shares it.
#[derive(Clone)]
pub(crate) struct ConsumerStatus {
    state: Arc<Mutex<State>>,
    limits: Limits,
    subscribed: IntGauge,
    in_progress: IntGauge,
}

/// When a consumer counts as stalled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How many requests a worker handles at a time.
    pub permits: usize,
    /// How long requests may wait while a permit is free and none is delivered.
    pub idle: Duration,
    /// How long requests may wait while all permits are in use and no request is settled.
    pub busy: Duration,
}

#[derive(Debug, Default)]
struct State {
    subscribed: bool,
    in_progress: usize,
    /// Since when requests have been waiting without a delivery or settlement.
    waiting_since: Option<Instant>,
    stalled: bool,
}

/// A request in progress, until it is dropped.
pub(super) struct InProgress(ConsumerStatus);

impl ConsumerStatus {
    /// Not subscribed, nothing in progress.
    pub(crate) fn new(limits: Limits, metrics: &Metrics) -> Self {
        let (subscribed, in_progress) = (metrics.subscribed.clone(), metrics.in_progress.clone());
        Self { state: Arc::default(), limits, subscribed, in_progress }
    }

    /// Records whether there is a consumer on the queue of requests.
    pub(super) fn set_subscribed(&self, subscribed: bool) {
        self.lock().subscribed = subscribed;
        self.subscribed.set(subscribed.into());
    }

    /// Records the delivery of a request.
    pub(super) fn start_request(&self) -> InProgress {
        let mut state = self.lock();
        state.in_progress += 1;
        state.record_progress();
        drop(state);
        self.in_progress.inc();
        InProgress(self.clone())
    }

    /// Records how many requests wait in the queue at `now`. Returns whether the consumer is
    /// stalled: requests have waited for longer than the limit, and none was delivered or
    /// settled meanwhile.
    pub(super) fn observe_queue(&self, waiting: u32, now: Instant) -> bool {
        let mut state = self.lock();
        if waiting == 0 {
            state.record_progress();
            return false;
        }
        let since = *state.waiting_since.get_or_insert(now);
        let limit = if state.in_progress < self.limits.permits {
            self.limits.idle
        } else {
            self.limits.busy
        };
        let stalled = now.duration_since(since) >= limit;
        if stalled {
            state.stalled = true;
            // The limit applies to the next consumer from now on.
            state.waiting_since = Some(now);
        }
        stalled
    }

    /// The consumer as a dependency of `/health/ready`.
    pub(crate) fn dependency(&self) -> Dependency {
        let status = self.clone();
        Dependency::new("consumer", move || std::future::ready(status.check()))
    }

    fn check(&self) -> Result<(), String> {
        let state = self.lock();
        if !state.subscribed {
            return Err(format!("not subscribed to {REQUEST_QUEUE}"));
        }
        if state.stalled {
            return Err(format!("requests wait in {REQUEST_QUEUE} and none is delivered"));
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn record_progress(&mut self) {
        self.waiting_since = None;
        self.stalled = false;
    }
}

impl Drop for InProgress {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.in_progress = state.in_progress.saturating_sub(1);
        state.record_progress();
        drop(state);
        self.0.in_progress.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { permits: 1, idle: Duration::from_secs(10), busy: Duration::from_mins(1) };

    fn subscribed() -> ConsumerStatus {
        let status = ConsumerStatus::new(LIMITS, &Metrics::new().unwrap());
        status.set_subscribed(true);
        status
    }

    #[test]
    fn check_without_subscription_fails() {
        let error = ConsumerStatus::new(LIMITS, &Metrics::new().unwrap()).check().unwrap_err();
        assert!(error.contains("not subscribed"), "{error}");
    }

    #[test]
    fn consumer_without_deliveries_while_requests_wait_is_stalled() {
        let (status, start) = (subscribed(), Instant::now());
        assert!(!status.observe_queue(3, start));
        assert!(!status.observe_queue(3, start + Duration::from_secs(9)));
        assert!(status.check().is_ok());
        assert!(status.observe_queue(3, start + LIMITS.idle));
        assert!(status.check().unwrap_err().contains("none is delivered"));
        // The consumer that replaces it gets the same time.
        assert!(!status.observe_queue(3, start + Duration::from_secs(19)));
        assert!(status.check().is_err());
        let _request = status.start_request();
        assert!(status.check().is_ok());
    }

    #[test]
    fn consumer_with_an_empty_queue_is_not_stalled() {
        let (status, start) = (subscribed(), Instant::now());
        assert!(!status.observe_queue(1, start));
        assert!(!status.observe_queue(0, start + LIMITS.idle));
        assert!(!status.observe_queue(1, start + LIMITS.idle * 2));
    }

    #[test]
    fn consumer_with_all_permits_in_use_has_the_longer_limit() {
        let (status, start) = (subscribed(), Instant::now());
        let request = status.start_request();
        assert!(!status.observe_queue(1, start));
        assert!(!status.observe_queue(1, start + LIMITS.idle));
        assert!(status.observe_queue(1, start + LIMITS.busy));
        drop(request);
        assert!(status.check().is_ok());
        assert_eq!(status.in_progress.get(), 0);
    }
}
