//! Waiting for a condition.

use std::time::{Duration, Instant};

/// Timeout of a condition and of starting a process.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// Waits until a condition is true; panics with `name` after the timeout.
pub async fn wait_until(name: &str, mut condition: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !condition().await {
        assert!(Instant::now() < deadline, "timed out: {name}");
        tokio::task::yield_now().await;
    }
}
