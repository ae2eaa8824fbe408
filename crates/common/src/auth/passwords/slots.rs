//! So many at once, and so many more waiting.

use crate::Error;
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// There is no place left to wait.
#[derive(Debug, thiserror::Error)]
#[error("too many passwords wait to be hashed")]
struct Full;

/// Places for work on the blocking threads. Cloning shares them.
#[derive(Clone)]
pub(super) struct Slots {
    /// One for each that runs or waits.
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Slots {
    /// Places for `at_once` that run, and `waiting` more.
    pub(super) fn new(at_once: usize, waiting: usize) -> Self {
        let bounded = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Self { places: bounded(at_once.saturating_add(waiting)), running: bounded(at_once) }
    }

    /// Runs `work` when its turn comes. It keeps its place until it ends, also when nobody
    /// waits for it any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let full =
            |_| Error::Unavailable { dependency: "password hashing", source: Arc::new(Full) };
        let place = self.places.clone().try_acquire_owned().map_err(full)?;
        let turn = self.running.clone().acquire_owned().await.map_err(Error::internal)?;
        let working = spawn_blocking(move || {
            let _kept = (place, turn);
            work()
        });
        working.await.map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn who_finds_no_place_is_told_at_once() {
        let slots = Slots::new(1, 1);
        let (release, released) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let slots = slots.clone();
            async move { slots.run(move || released.recv().is_ok()).await }
        });
        let second = tokio::spawn({
            let slots = slots.clone();
            async move { slots.run(|| true).await }
        });
        while slots.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let third = slots.run(|| true).await;
        assert!(matches!(third, Err(Error::Unavailable { .. })), "{third:?}");
        release.send(()).unwrap();
        assert!(first.await.unwrap().unwrap() && second.await.unwrap().unwrap());
        assert!(slots.run(|| true).await.unwrap());
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_keeps_its_place_until_it_ends() {
        let slots = Slots::new(1, 0);
        let (release, released) = mpsc::channel::<()>();
        let (start, started) = tokio::sync::oneshot::channel();
        let given_up = tokio::spawn({
            let slots = slots.clone();
            async move {
                let work = move || {
                    start.send(()).ok();
                    released.recv().is_ok()
                };
                slots.run(work).await
            }
        });
        started.await.unwrap();
        given_up.abort();
        assert!(given_up.await.unwrap_err().is_cancelled());
        assert!(matches!(slots.run(|| true).await, Err(Error::Unavailable { .. })));
        release.send(()).unwrap();
        while slots.places.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(slots.run(|| true).await.unwrap());
    }
}
