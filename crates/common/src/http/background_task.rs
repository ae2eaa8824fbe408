//! The background task of a service.

use futures_util::future::LocalBoxFuture;
use std::{io, time::Duration};
use tokio::{task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;

/// A task that starts with the service and returns soon after its token is cancelled. It must
/// handle its errors: returning early ends the service's background work.
pub struct BackgroundTask(Box<dyn FnOnce(CancellationToken) -> LocalBoxFuture<'static, ()>>);

impl BackgroundTask {
    /// A task that runs `task`.
    pub fn new<F>(task: impl FnOnce(CancellationToken) -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        Self(Box::new(move |shutdown| Box::pin(task(shutdown))))
    }

    /// A task that calls `action` once per `interval`. It runs on the thread of the server: it
    /// must not block for more than some milliseconds.
    pub fn every(interval: Duration, mut action: impl FnMut() + 'static) -> Self {
        Self::new(async move |shutdown| {
            while shutdown.run_until_cancelled(sleep(interval)).await.is_some() {
                action();
            }
        })
    }

    pub(super) fn start(self) -> RunningTask {
        let shutdown = CancellationToken::new();
        let handle = actix_web::rt::spawn((self.0)(shutdown.clone()));
        RunningTask { shutdown, handle }
    }
}

/// A started [`BackgroundTask`].
pub(super) struct RunningTask {
    shutdown: CancellationToken,
    handle: JoinHandle<()>,
}

impl RunningTask {
    /// Cancels the task and waits for its end.
    pub(super) async fn stop(self) -> io::Result<()> {
        self.shutdown.cancel();
        self.handle.await.map_err(io::Error::other)
    }
}
