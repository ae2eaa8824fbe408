//! The log line of a prediction.

use common::Error;
use std::time::Instant;

/// Logs the outcome of one prediction when it is dropped: `succeeded`, an error code, or
/// `abandoned` if the client disconnected.
pub(super) struct OutcomeLog {
    uuid: String,
    start: Instant,
    outcome: &'static str,
}

impl OutcomeLog {
    pub(super) fn new(uuid: &str) -> Self {
        Self { uuid: uuid.to_owned(), start: Instant::now(), outcome: "abandoned" }
    }

    pub(super) fn set<T>(&mut self, result: &Result<T, Error>) {
        self.outcome = result.as_ref().map_or_else(Error::code, |_| "succeeded");
    }
}

impl Drop for OutcomeLog {
    fn drop(&mut self) {
        let Self { uuid, start, outcome } = self;
        let seconds = start.elapsed().as_secs_f64();
        tracing::info!(uuid, outcome, seconds, "prediction finished");
    }
}
