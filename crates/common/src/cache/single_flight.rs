//! At most one run of a task at a time, for any number of callers.

use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Notify, time::timeout_at};

/// Coalesces callers: the first starts the task, all others wait for the same run.
#[derive(Debug, Default)]
pub(super) struct SingleFlight {
    started_at: Mutex<Option<Instant>>,
    ended: Notify,
}

/// A run of the task; dropping it ends the run.
#[derive(Debug)]
pub(super) struct Flight(Arc<SingleFlight>);

impl SingleFlight {
    /// Starts the task unless a run is in progress, without waiting for its end.
    pub(super) fn start(self: &Arc<Self>, spawn: impl FnOnce(Flight)) {
        self.begin(spawn);
    }

    /// As [`SingleFlight::start`]; waits for the end of the run, but no longer than until
    /// `max_wait` has passed since its start.
    pub(super) async fn join(self: &Arc<Self>, max_wait: Duration, spawn: impl FnOnce(Flight)) {
        // Receives every notification from here on, also before it is polled.
        let ended = self.ended.notified();
        let deadline = self.begin(spawn) + max_wait;
        let _ = timeout_at(deadline.into(), ended).await;
    }

    /// The start of the run in progress, which may be a new one.
    fn begin(self: &Arc<Self>, spawn: impl FnOnce(Flight)) -> Instant {
        let now = Instant::now();
        {
            let mut started_at = self.started_at.lock();
            if let Some(started_at) = *started_at {
                return started_at;
            }
            *started_at = Some(now);
        }
        spawn(Flight(self.clone()));
        now
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        *self.0.started_at.lock() = None;
        self.0.ended.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn join_during_a_run_waits_for_the_same_run() {
        let flight = Arc::new(SingleFlight::default());
        let runs = AtomicUsize::new(0);
        let (finish, finished) = oneshot::channel::<()>();
        let first = flight.join(Duration::from_mins(1), |run| {
            runs.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                let _run = run;
                finished.await.ok();
            });
        });
        let second = flight.join(Duration::from_mins(1), |_| {
            runs.fetch_add(1, Ordering::Relaxed);
        });
        let finishing = async { finish.send(()) };
        futures_util::join!(first, second, finishing).2.unwrap();
        assert_eq!(runs.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn join_of_hanging_run_returns_after_max_wait() {
        let flight = Arc::new(SingleFlight::default());
        let mut held = None;
        flight.join(Duration::ZERO, |run| held = Some(run)).await;
        flight.join(Duration::ZERO, |_| panic!("a run is in progress")).await;
        drop(held);
        let mut is_started = false;
        flight.start(|_| is_started = true);
        assert!(is_started);
    }
}
