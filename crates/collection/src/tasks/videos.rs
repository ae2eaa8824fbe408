//! Statistics of videos.

use super::{CLAIM_TTL, request_chunks};
use crate::{
    collector::Collector,
    error::CollectError,
    queries::{
        channels::track_channels,
        videos::{
            Claim, MAX_MISSES, NextCheck, VideoRow, claim_videos, release_videos, schedule_videos,
        },
    },
    records::{video_counts, video_observation},
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use std::{
    collections::HashMap,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
};
use tokio::sync::Mutex;
use youtube::{Bucket, IdResponse, LiveState, Part, Video, VideoId, VideoStats, next_check};

/// Maximum number of videos that are claimed together.
const CLAIM_LIMIT: i64 = 5_000;

/// The limit while sources are overdue: most of the youngest videos are found before the quota is used
/// for older ones.
const DISCOVERY_CLAIM_LIMIT: i64 = 250;

/// Maximum number of videos whose details one transaction stores. Each takes up to 20 kB of memory.
const DETAILS_BATCH_SIZE: usize = 1_000;

/// Maximum number of videos whose counts one transaction stores.
const COUNTS_BATCH_SIZE: usize = 2_500;

/// Maximum number of batches in progress: one is requested while another is stored.
const CONCURRENT_BATCHES: usize = 2;

/// How long details are not read again: until then, only counts are read, with the
/// quota of `videos:batchGetStats`.
pub(crate) const DETAILS_INTERVAL: TimeDelta = TimeDelta::hours(20);

/// Delay after a check in which YouTube did not return a video: an outage of the API ends before
/// the last of three.
const RETRY_AFTER_MISS: TimeDelta = TimeDelta::hours(6);

/// Delay after a check whose response could not be parsed.
const RETRY_AFTER_INVALID: TimeDelta = TimeDelta::days(1);

/// Delay after the planned start of a premiere or live stream.
const LIVE_START_DELAY: TimeDelta = TimeDelta::hours(1);

/// A response with videos or with counts only.
enum Response {
    Videos(IdResponse<Video, VideoId>),
    Counts(IdResponse<VideoStats, VideoId>),
}

/// Claimed videos that one transaction stores.
#[derive(Clone, Copy)]
struct VideoBatch<'a> {
    rows: &'a [&'a VideoRow],
    counts_only: bool,
}

/// Checks due videos, the youngest first: with `videos.list`, or only their counts with
/// `videos:batchGetStats` if their details are recent or the units of the day are used up.
pub(crate) async fn check_videos(
    collector: &Collector,
    has_overdue_sources: bool,
) -> Result<usize, CollectError> {
    let now = collector.clock.now();
    let is_usable = |bucket| collector.status.is_usable(bucket, now);
    let (has_units, has_calls) = (is_usable(Bucket::Units), is_usable(Bucket::BatchStats));
    if !has_units && !has_calls {
        return Ok(0);
    }
    let limit = if has_overdue_sources { DISCOVERY_CLAIM_LIMIT } else { CLAIM_LIMIT };
    let claim = Claim { now, until: now + collector.clock.to_clock_time(CLAIM_TTL), limit };
    let connection = collector.pool.get().await?;
    let claimed = claim_videos(&connection, claim, !has_units, now - DETAILS_INTERVAL).await?;
    drop(connection);
    // A video that was missing is looked up with `videos.list`, which alone shows that it is removed.
    let needs_details = |row: &VideoRow| has_units && (!row.has_details || row.misses > 0);
    let (counts, videos): (Vec<&VideoRow>, Vec<&VideoRow>) =
        claimed.iter().partition(|row| has_calls && row.is_stored && !needs_details(row));
    let details =
        videos.chunks(DETAILS_BATCH_SIZE).map(|rows| VideoBatch { rows, counts_only: false });
    let counts =
        counts.chunks(COUNTS_BATCH_SIZE).map(|rows| VideoBatch { rows, counts_only: true });
    let (has_failed, request_lock) = (&AtomicBool::new(false), &Mutex::new(()));
    let checks = stream::iter(details.chain(counts)).map(|batch| async move {
        if has_failed.load(Ordering::Relaxed) {
            return release(collector, batch.rows).await;
        }
        let result = check_batch(collector, batch, request_lock).await;
        has_failed.fetch_or(result.is_err(), Ordering::Relaxed);
        result
    });
    let mut checks = checks.buffered(CONCURRENT_BATCHES);
    let mut result = Ok(());
    while let Some(checked) = checks.next().await {
        result = result.and(checked);
    }
    result.map(|()| claimed.len())
}

/// Requests a batch and stores what was returned; releases the videos of failed requests. Only one
/// batch at a time is requested (`request_lock`), so that the youngest videos use the quota first.
async fn check_batch(
    collector: &Collector,
    batch: VideoBatch<'_>,
    request_lock: &Mutex<()>,
) -> Result<(), CollectError> {
    let request_guard = request_lock.lock().await;
    let mut requests =
        pin!(request_chunks(batch.rows, |rows| request(collector, rows, batch.counts_only)));
    let (mut checked, mut unchecked, mut result) = (Vec::new(), Vec::new(), Ok(()));
    // No connection is waited for here: requests in progress may hold all of the pool.
    while let Some((rows, response)) = requests.next().await {
        match response {
            Some(Ok(response)) => checked.push((rows, response)),
            Some(Err(error)) => {
                unchecked.extend_from_slice(rows);
                result = Err(error);
            }
            None => unchecked.extend_from_slice(rows),
        }
    }
    drop(request_guard);
    if !checked.is_empty() {
        store_responses(collector, &checked).await?;
    }
    if !unchecked.is_empty() {
        release(collector, &unchecked).await?;
    }
    result
}

async fn release(collector: &Collector, rows: &[&VideoRow]) -> Result<(), CollectError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.video_id.as_str()).collect();
    Ok(release_videos(&*collector.pool.get().await?, &ids).await?)
}

async fn request(
    collector: &Collector,
    rows: &[&VideoRow],
    counts_only: bool,
) -> Result<Response, CollectError> {
    let ids: Vec<VideoId> = rows.iter().filter_map(|row| row.video_id.parse().ok()).collect();
    Ok(if counts_only {
        Response::Counts(collector.client.video_stats(&ids).await?)
    } else {
        Response::Videos(collector.client.videos(&ids, &Part::ALL).await?)
    })
}

/// Stores the observations and the next checks of claimed videos.
async fn store_responses(
    collector: &Collector,
    checked: &[(&[&VideoRow], Response)],
) -> Result<(), CollectError> {
    let now = collector.clock.now();
    let (mut next, mut videos, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for (rows, response) in checked {
        match response {
            Response::Videos(batch) => {
                next.extend(next_checks(
                    rows,
                    batch,
                    |video| video.id.as_str(),
                    now,
                    |row, video| next_check_of(video, row.published_at, now),
                ));
                videos.extend(&batch.items);
            }
            Response::Counts(batch) => {
                let checks = next_checks(
                    rows,
                    batch,
                    |stats| stats.id.as_str(),
                    now,
                    |row, _| NextCheck {
                        video_id: row.video_id.clone(),
                        published_at: row.published_at,
                        at: next_check(row.published_at, now),
                        misses: 0,
                        has_details: false,
                    },
                );
                // Only `videos.list` shows that a video is removed.
                next.extend(
                    checks.into_iter().map(|check| NextCheck {
                        misses: check.misses.min(MAX_MISSES - 1),
                        ..check
                    }),
                );
                counts.extend(batch.items.iter().filter_map(|stats| video_counts(stats, now)));
            }
        }
    }
    store_observations(collector, videos.into_iter(), now).await?;
    if !counts.is_empty() {
        collector.metrics.observations.inc_by(counts.len() as u64);
        collector.writer().await?.write_counts(counts).await?;
    }
    let removed = next.iter().filter(|check| check.misses >= MAX_MISSES);
    let removed: Vec<&str> = removed.map(|check| check.video_id.as_str()).collect();
    if !removed.is_empty() {
        collector.writer().await?.mark_removed(&removed, now).await?;
    }
    schedule_videos(&*collector.pool.get().await?, &next, now).await?;
    Ok(())
}

/// The next checks of `rows`: `next` for returned videos, a retry for the others.
fn next_checks<T>(
    rows: &[&VideoRow],
    batch: &IdResponse<T, VideoId>,
    id: impl Fn(&T) -> &str,
    now: DateTime<Utc>,
    next: impl Fn(&VideoRow, &T) -> NextCheck,
) -> Vec<NextCheck> {
    for invalid in &batch.invalid {
        tracing::warn!(id = invalid.id, "invalid video in a response: {}", invalid.reason);
    }
    let items: HashMap<&str, &T> = batch.items.iter().map(|item| (id(item), item)).collect();
    let check = |row: &&VideoRow| {
        if let Some(item) = items.get(row.video_id.as_str()) {
            return next(row, item);
        }
        let is_missing = batch.missing.iter().any(|id| id.as_str() == row.video_id);
        postpone(row, is_missing, now)
    };
    rows.iter().map(check).collect()
}

/// Stores videos, and tracks their channels.
pub(super) async fn store_observations(
    collector: &Collector,
    videos: impl Iterator<Item = &Video>,
    now: DateTime<Utc>,
) -> Result<(), CollectError> {
    let observations: Vec<_> = videos.filter_map(|video| video_observation(video, now)).collect();
    if observations.is_empty() {
        return Ok(());
    }
    let (count, channels): (usize, Vec<String>) =
        (observations.len(), observations.iter().map(|row| row.channel_id.clone()).collect());
    collector.writer().await?.write(observations, Vec::new()).await?;
    collector.metrics.observations.inc_by(count as u64);
    // After the write, which stores the channels of new videos.
    let ids: Vec<&str> = channels.iter().map(String::as_str).collect();
    track_channels(&*collector.pool.get().await?, &ids, now).await?;
    Ok(())
}

/// The next check of a video that YouTube returned.
pub(super) fn next_check_of(video: &Video, known: DateTime<Utc>, now: DateTime<Utc>) -> NextCheck {
    let snippet = video.snippet.as_ref();
    let is_upcoming =
        snippet.is_some_and(|snippet| snippet.live_broadcast_content == LiveState::Upcoming);
    let published_at = snippet.map_or(known, |snippet| snippet.published_at);
    let at = if is_upcoming {
        let live = video.live_streaming_details.as_ref();
        let start = live.and_then(|live| live.scheduled_start_time).unwrap_or(now);
        // The start can be moved.
        (start.max(now) + LIVE_START_DELAY).min(now + TimeDelta::days(1))
    } else {
        next_check(published_at, now)
    };
    let has_details = video_observation(video, now).is_some();
    NextCheck { video_id: video.id.to_string(), published_at, at, misses: 0, has_details }
}

fn postpone(row: &VideoRow, is_missing: bool, now: DateTime<Utc>) -> NextCheck {
    let delay = if is_missing { RETRY_AFTER_MISS } else { RETRY_AFTER_INVALID };
    NextCheck {
        video_id: row.video_id.clone(),
        published_at: row.published_at,
        at: now + delay,
        misses: row.misses + i32::from(is_missing),
        has_details: false,
    }
}
