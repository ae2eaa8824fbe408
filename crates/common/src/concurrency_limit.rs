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
    acquire_timeout: Duration,
}

/// Permits of a running task; released on drop.
pub(crate) struct Permit {
    _admitted: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

impl ConcurrencyLimit {
    /// Lets `max_concurrent` tasks run and `max_queued` more wait, each for `acquire_timeout`.
    pub(crate) fn new(
        task: &'static str,
        max_concurrent: usize,
        max_queued: usize,
        acquire_timeout: Duration,
    ) -> Self {
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        let admitted = semaphore(max_concurrent.saturating_add(max_queued));
        Self { task, admitted, running: semaphore(max_concurrent), acquire_timeout }
    }

    /// A permit, after waiting for one; [`Error::Overloaded`] immediately if the queue is full, or
    /// after the timeout.
    pub(crate) async fn acquire(&self) -> Result<Permit, Error> {
        let overloaded = || Error::Overloaded(self.task);
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| overloaded())?;
        let acquiring = timeout(self.acquire_timeout, self.running.clone().acquire_owned());
        let running = acquiring.await.map_err(|_| overloaded())?.map_err(Error::internal)?;
        Ok(Permit { _admitted: admitted, _running: running })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn acquire_with_full_queue_returns_overloaded() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, ACQUIRE_TIMEOUT);
        let first = limit.acquire().await.unwrap();
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none(), "it waits for a permit");
        assert!(matches!(limit.acquire().await, Err(Error::Overloaded("responses"))));
        drop(first);
        let second = second.await.unwrap();
        assert!(limit.acquire().now_or_never().is_none(), "one runs and one waits");
        drop(second);
        assert!(limit.acquire().await.is_ok());
    }

    #[tokio::test]
    async fn cancelled_acquire_leaves_the_queue() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, ACQUIRE_TIMEOUT);
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
    async fn acquire_after_timeout_returns_overloaded() {
        let limit = ConcurrencyLimit::new("responses", 1, 1, Duration::ZERO);
        let running = limit.acquire().await.unwrap();
        assert!(matches!(limit.acquire().await, Err(Error::Overloaded("responses"))));
        drop(running);
        assert!(limit.acquire().await.is_ok(), "the rejected caller left the queue");
    }
}
