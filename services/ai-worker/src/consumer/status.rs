//! Progress of the consumer, for readiness and the detection of a stalled subscription.

use super::JobQueue;
use crate::{metrics::Metrics, outcome::Outcome};
use common::http::Dependency;
use parking_lot::Mutex;
use prometheus::IntGauge;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The state of the consumer. Clones share it.
#[derive(Clone)]
pub(crate) struct ConsumerStatus {
    queue: JobQueue,
    state: Arc<Mutex<State>>,
    limits: StallLimits,
    subscribed: IntGauge,
    in_progress: IntGauge,
}

/// Limits after which a consumer counts as stalled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StallLimits {
    /// Maximum number of concurrent requests.
    pub permits: usize,
    /// Maximum time without a delivery while requests are queued and a permit is free.
    pub idle: Duration,
    /// Maximum time without an acknowledgement while requests are queued and no permit is free.
    pub busy: Duration,
    /// Maximum time in which every request is requeued.
    pub failing: Duration,
}

#[derive(Debug, Default)]
struct State {
    subscribed: bool,
    in_progress: usize,
    /// Start of the period with queued requests and without a delivery or acknowledgement.
    waiting_since: Option<Instant>,
    stalled: bool,
    /// The first of the requests that were requeued since the last other outcome.
    failing_since: Option<Instant>,
    last_requeued: Option<Instant>,
}

/// Guard of a request in progress.
pub(super) struct InProgress(ConsumerStatus);

impl ConsumerStatus {
    pub(crate) fn new(queue: JobQueue, limits: StallLimits, metrics: &Metrics) -> Self {
        let subscribed = metrics.subscribed.with_label_values(&[queue.name()]);
        let in_progress = metrics.in_progress.clone();
        Self { queue, state: Arc::default(), limits, subscribed, in_progress }
    }

    /// Records whether the worker is subscribed to the queue.
    pub(super) fn set_subscribed(&self, subscribed: bool) {
        self.state.lock().subscribed = subscribed;
        self.subscribed.set(subscribed.into());
    }

    /// Records the delivery of a request.
    pub(super) fn start_request(&self) -> InProgress {
        let mut state = self.state.lock();
        state.in_progress += 1;
        state.record_progress();
        drop(state);
        self.in_progress.inc();
        InProgress(self.clone())
    }

    /// Records the outcome of a request at `now`.
    pub(super) fn record_outcome(&self, outcome: Outcome, now: Instant) {
        let mut state = self.state.lock();
        if outcome == Outcome::Requeued {
            state.failing_since.get_or_insert(now);
            state.last_requeued = Some(now);
        } else {
            (state.failing_since, state.last_requeued) = (None, None);
        }
    }

    /// Records the number of queued requests at `now`. Returns whether the consumer is stalled:
    /// requests were queued for longer than the limit without a delivery or acknowledgement.
    pub(super) fn observe_queue(&self, queued: u32, now: Instant) -> bool {
        let mut state = self.state.lock();
        if queued == 0 {
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
            // The next consumer gets the full limit.
            state.waiting_since = Some(now);
        }
        stalled
    }

    /// The consumer as a dependency of `/health/ready`.
    pub(crate) fn dependency(&self) -> Dependency {
        let status = self.clone();
        Dependency::new(self.queue.dependency(), move || std::future::ready(status.check()))
    }

    fn check(&self) -> Result<(), String> {
        self.check_at(Instant::now())
    }

    fn check_at(&self, now: Instant) -> Result<(), String> {
        let (state, queue) = (self.state.lock(), self.queue.name());
        if !state.subscribed {
            return Err(format!("not subscribed to {queue}"));
        }
        if state.stalled {
            return Err(format!("queued requests in {queue} are not delivered"));
        }
        // The requests can have expired since.
        let is_recent = |time: Instant| now.duration_since(time) < self.limits.failing;
        if state.last_requeued.is_some_and(is_recent)
            && state.failing_since.is_some_and(|since| !is_recent(since))
        {
            return Err(format!("requests from {queue} cannot be processed"));
        }
        Ok(())
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
        let mut state = self.0.state.lock();
        state.in_progress = state.in_progress.saturating_sub(1);
        state.record_progress();
        drop(state);
        self.0.in_progress.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: StallLimits = StallLimits {
        permits: 1,
        idle: Duration::from_secs(10),
        busy: Duration::from_mins(1),
        failing: Duration::from_secs(15),
    };

    fn new_status() -> ConsumerStatus {
        ConsumerStatus::new(JobQueue::Requests, LIMITS, &Metrics::new().unwrap())
    }

    fn subscribed() -> ConsumerStatus {
        let status = new_status();
        status.set_subscribed(true);
        status
    }

    #[test]
    fn check_without_subscription_fails() {
        let error = new_status().check().unwrap_err();
        assert!(error.contains("not subscribed"), "{error}");
    }

    #[test]
    fn consumer_without_deliveries_of_queued_requests_is_stalled() {
        let (status, start) = (subscribed(), Instant::now());
        assert!(!status.observe_queue(3, start));
        assert!(!status.observe_queue(3, start + Duration::from_secs(9)));
        assert!(status.check().is_ok());
        assert!(status.observe_queue(3, start + LIMITS.idle));
        assert!(status.check().unwrap_err().contains("are not delivered"));
        // The next consumer gets the full limit.
        assert!(!status.observe_queue(3, start + Duration::from_secs(19)));
        assert!(status.check().is_err());
        let _request = status.start_request();
        assert!(status.check().is_ok());
    }

    #[test]
    fn consumer_that_requeues_every_request_is_not_ready() {
        let (status, start) = (subscribed(), Instant::now());
        for seconds in [0, 5, 10, 14] {
            let now = start + Duration::from_secs(seconds);
            status.record_outcome(Outcome::Requeued, now);
            assert_eq!(status.check_at(now), Ok(()));
        }
        let later = start + Duration::from_secs(16);
        assert!(status.check_at(later).unwrap_err().contains("cannot be processed"));
        // No request was requeued lately.
        assert_eq!(status.check_at(start + Duration::from_secs(40)), Ok(()));
        status.record_outcome(Outcome::NotFound, later);
        assert_eq!(status.check_at(later), Ok(()));
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
