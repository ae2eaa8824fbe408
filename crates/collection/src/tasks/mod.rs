//! The kinds of work, and the deletion of expired data.

mod channels;
mod retention;
mod shorts;
mod sources;
mod videos;

pub(crate) use channels::check_channels;
pub(crate) use retention::delete_expired;
pub(crate) use shorts::classify_shorts;
pub(crate) use sources::check_sources;
pub(crate) use videos::{DETAILS_INTERVAL, check_videos};

use crate::error::CollectError;
use chrono::TimeDelta;
use futures_util::{Stream, StreamExt, stream};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use youtube::{Action, MAX_IDS};

/// How long a row is claimed: longer than a request with its retries and the write.
const CLAIM_TTL: TimeDelta = TimeDelta::minutes(5);

/// Maximum number of concurrent requests of a process.
const CONCURRENT_REQUESTS: usize = 4;

/// Requests chunks of rows in order, some concurrently. After a failure that the next requests would
/// share, such as an outage, they are not sent, because each costs quota: `None`.
fn request_chunks<'a, T, R, F>(
    rows: &'a [T],
    request: impl Fn(&'a [T]) -> F,
) -> impl Stream<Item = (&'a [T], Option<Result<R, CollectError>>)>
where
    F: Future<Output = Result<R, CollectError>>,
{
    let has_failed = Arc::new(AtomicBool::new(false));
    let requests = stream::iter(rows.chunks(MAX_IDS)).map(move |rows| {
        let (has_failed, request) = (Arc::clone(&has_failed), request(rows));
        async move {
            if has_failed.load(Ordering::Relaxed) {
                return (rows, None);
            }
            let result = request.await;
            if result.as_ref().is_err_and(|error| error.action() != Some(Action::Skip)) {
                has_failed.store(true, Ordering::Relaxed);
            }
            (rows, Some(result))
        }
    });
    requests.buffered(CONCURRENT_REQUESTS)
}
