//! A concurrency limit with a bounded queue.

use crate::Error;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Limits how many tasks of one kind run at a time, and how many wait. Cloning shares the
/// permits.
#[derive(Clone)]
pub(crate) struct ConcurrencyLimit {
    /// The kind of task, for the log.
    task: &'static str,
    /// One permit for each task that runs or waits.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
    max_wait: Duration,
}

/// The right to run; released when it is dropped.
pub(crate) struct Permit {
    _admitted: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

impl ConcurrencyLimit {
    /// Lets `max_concurrent` tasks run and `max_waiting` more wait, each for `max_wait`.
    pub(crate) fn new(
        task: &'static str,
        max_concurrent: usize,
        max_waiting: usize,
        max_wait: Duration,
    ) -> Self {
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        let admitted = semaphore(max_concurrent.saturating_add(max_waiting));
        Self { task, admitted, running: semaphore(max_concurrent), max_wait }
    }

    /// A permit, after waiting for one; [`Error::Busy`] immediately if the queue is full, or
    /// after the maximum wait.
    pub(crate) async fn acquire(&self) -> Result<Permit, Error> {
        let busy = || Error::Busy(self.task);
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| busy())?;
        let acquiring = timeout(self.max_wait, self.running.clone().acquire_owned());
        let running = acquiring.await.map_err(|_| busy())?.map_err(Error::internal)?;
        Ok(Permit { _admitted: admitted, _running: running })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const MAX_WAIT: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn acquire_with_full_queue_returns_busy_immediately() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, MAX_WAIT);
        let first = limit.acquire().await.unwrap();
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none(), "it waits for a permit");
        assert!(matches!(limit.acquire().await, Err(Error::Busy("responses"))));
        drop(first);
        let second = second.await.unwrap();
        assert!(limit.acquire().now_or_never().is_none(), "one runs and one waits");
        drop(second);
        assert!(limit.acquire().await.is_ok());
    }

    #[tokio::test]
    async fn cancelled_acquire_leaves_the_queue() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, MAX_WAIT);
        let first = limit.acquire().await.unwrap();
        let mut cancelled = Box::pin(limit.acquire());
        assert!(cancelled.as_mut().now_or_never().is_none());
        drop(cancelled);
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        assert!(second.await.is_ok());
    }

    #[tokio::test]
    async fn acquire_returns_busy_after_max_wait() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, Duration::ZERO);
        let running = limit.acquire().await.unwrap();
        assert!(matches!(limit.acquire().await, Err(Error::Busy("responses"))));
        drop(running);
        assert!(limit.acquire().await.is_ok(), "the rejected caller left the queue");
    }
}
