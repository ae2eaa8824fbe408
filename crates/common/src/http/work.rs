//! What a service does beside answering requests.

use futures_util::future::LocalBoxFuture;
use std::io;
use tokio::{sync::watch, task::JoinHandle};

/// Tells work that it shall end. Cloning shares the message.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Returns when the work shall take on nothing more, and end.
    pub async fn told(&mut self) {
        // A sender that is gone has nobody left to work for.
        self.0.wait_for(|stop| *stop).await.ok();
    }
}

/// Work that begins when the service does, and ends soon after it is told to. It mends
/// itself: it does not end for an error.
pub struct Work(Box<dyn FnOnce(Stop) -> LocalBoxFuture<'static, ()>>);

impl Work {
    /// What `work` does.
    pub fn new<F: Future<Output = ()> + 'static>(work: impl FnOnce(Stop) -> F + 'static) -> Self {
        Self(Box::new(move |stop| Box::pin(work(stop))))
    }

    pub(super) fn start(self) -> WorkUnderWay {
        let (tell, told) = watch::channel(false);
        WorkUnderWay { tell, task: actix_web::rt::spawn((self.0)(Stop(told))) }
    }
}

/// Work that has begun.
pub(super) struct WorkUnderWay {
    tell: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl WorkUnderWay {
    /// Tells it to stop, and waits until it has.
    pub(super) async fn stop(self) -> io::Result<()> {
        self.tell.send_replace(true);
        self.task.await.map_err(io::Error::other)
    }
}
