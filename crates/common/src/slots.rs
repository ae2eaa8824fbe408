//! So many at once, and so many more waiting.

use crate::Error;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Places for work of one kind. Cloning shares them.
#[derive(Clone)]
pub(crate) struct Slots {
    /// What is done there, for the log.
    work: &'static str,
    /// One for each that runs or waits.
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// A place, until it is dropped.
pub(crate) struct Slot {
    _place: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Slots {
    /// Places for `at_once` that run, and `waiting` more.
    pub(crate) fn new(work: &'static str, at_once: usize, waiting: usize) -> Self {
        let bounded = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Self { work, places: bounded(at_once.saturating_add(waiting)), running: bounded(at_once) }
    }

    /// A place, when it is one's turn; an error at once where all are taken.
    pub(crate) async fn take(&self) -> Result<Slot, Error> {
        let full = |_| Error::Busy(self.work);
        let place = self.places.clone().try_acquire_owned().map_err(full)?;
        let turn = self.running.clone().acquire_owned().await.map_err(Error::internal)?;
        Ok(Slot { _place: place, _turn: turn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn who_finds_no_place_is_told_at_once() {
        let slots = Slots::new("answers", 1, 1);
        let first = slots.take().await.unwrap();
        let mut second = Box::pin(slots.take());
        assert!(second.as_mut().now_or_never().is_none(), "it waits for its turn");
        assert!(matches!(slots.take().await, Err(Error::Busy("answers"))));
        drop(first);
        let second = second.await.unwrap();
        assert!(slots.take().now_or_never().is_none(), "again one runs and one waits");
        drop(second);
        assert!(slots.take().await.is_ok());
    }

    #[tokio::test]
    async fn who_no_longer_waits_gives_up_the_place() {
        let slots = Slots::new("answers", 1, 1);
        let first = slots.take().await.unwrap();
        let mut given_up = Box::pin(slots.take());
        assert!(given_up.as_mut().now_or_never().is_none());
        drop(given_up);
        let mut second = Box::pin(slots.take());
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        assert!(second.await.is_ok());
    }
}
