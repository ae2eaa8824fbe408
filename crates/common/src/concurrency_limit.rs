//! A concurrency limit with a bounded queue.

use crate::Error;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Limits how many tasks of one kind run at a time, and how many wait. Cloning shares the
/// permits.
#[derive(Clone)]
pub(crate) struct ConcurrencyLimit {
    /// The kind of task, for the log.
    task: &'static str,
    /// One permit for each task that runs or waits.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// The right to run; released when it is dropped.
pub(crate) struct Permit {
    _admitted: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

impl ConcurrencyLimit {
    /// Lets `max_concurrent` tasks run and `max_waiting` more wait.
    pub(crate) fn new(task: &'static str, max_concurrent: usize, max_waiting: usize) -> Self {
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        let admitted = semaphore(max_concurrent.saturating_add(max_waiting));
        Self { task, admitted, running: semaphore(max_concurrent) }
    }

    /// A permit, after waiting for one; [`Error::Busy`] at once if the queue is full.
    pub(crate) async fn acquire(&self) -> Result<Permit, Error> {
        let full = |_| Error::Busy(self.task);
        let admitted = self.admitted.clone().try_acquire_owned().map_err(full)?;
        let running = self.running.clone().acquire_owned().await.map_err(Error::internal)?;
        Ok(Permit { _admitted: admitted, _running: running })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn acquire_with_a_full_queue_returns_busy_at_once() {
        let limit = ConcurrencyLimit::new("answers", 1, 1);
        let first = limit.acquire().await.unwrap();
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none(), "it waits for a permit");
        assert!(matches!(limit.acquire().await, Err(Error::Busy("answers"))));
        drop(first);
        let second = second.await.unwrap();
        assert!(limit.acquire().now_or_never().is_none(), "again one runs and one waits");
        drop(second);
        assert!(limit.acquire().await.is_ok());
    }

    #[tokio::test]
    async fn acquire_that_is_cancelled_leaves_the_queue() {
        let limit = ConcurrencyLimit::new("answers", 1, 1);
        let first = limit.acquire().await.unwrap();
        let mut cancelled = Box::pin(limit.acquire());
        assert!(cancelled.as_mut().now_or_never().is_none());
        drop(cancelled);
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        assert!(second.await.is_ok());
    }
}
