//! Waiting for a condition.

use std::time::{Duration, Instant};

/// How long a condition may take to become true.
const LIMIT: Duration = Duration::from_secs(20);

/// Checks a condition until it is true; panics, naming it, when that takes too long.
pub async fn eventually(name: &str, mut condition: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !condition().await {
        assert!(Instant::now() < deadline, "not in time: {name}");
        tokio::task::yield_now().await;
    }
}
