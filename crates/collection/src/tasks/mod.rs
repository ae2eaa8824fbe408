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

use chrono::TimeDelta;

/// How long a row is claimed: longer than a request with its retries and the write.
const CLAIM_TTL: TimeDelta = TimeDelta::minutes(5);

/// Maximum number of concurrent requests of a process.
const CONCURRENT_REQUESTS: usize = 4;
