//! The kinds of work. Each function claims due rows, does their work and returns how many there
//! were.

mod channels;
mod sources;
mod videos;

pub(crate) use channels::check_channels;
pub(crate) use sources::check_sources;
pub(crate) use videos::check_videos;

use chrono::TimeDelta;

/// How long a row is claimed: longer than a request with its retries and the write.
const CLAIM: TimeDelta = TimeDelta::minutes(5);

/// Rows that one transaction stores: ten requests.
const BATCH: i64 = 500;

/// Concurrent requests of a process.
const CONCURRENT_REQUESTS: usize = 4;
