//! Statistics of videos.

use super::{BATCH, CLAIM, CONCURRENT_REQUESTS};
use crate::{
    collector::Collector,
    error::CollectError,
    queries::{
        channels::track_channels,
        videos::{NextCheck, VideoRow, claim_videos, release_videos, schedule_videos},
    },
    records::video_observation,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use std::collections::HashMap;
use youtube::{Batch, LiveState, MAX_IDS, Part, Video, VideoId, next_check};

/// Delay after a check in which YouTube did not return a video: an outage of the API ends before
/// the last of three.
const RETRY_AFTER_MISS: TimeDelta = TimeDelta::hours(6);

/// Delay after a check whose response could not be parsed.
const RETRY_AFTER_INVALID: TimeDelta = TimeDelta::days(1);

/// Delay after the planned start of a premiere or live stream.
const AFTER_START: TimeDelta = TimeDelta::hours(1);

/// Checks due videos, the youngest first.
pub(crate) async fn check_videos(collector: &Collector) -> Result<usize, CollectError> {
    let now = collector.clock.now();
    let connection = collector.pool.get().await?;
    let claimed = claim_videos(&connection, now, now + CLAIM, BATCH).await?;
    drop(connection);
    if claimed.is_empty() {
        return Ok(0);
    }
    let requests = stream::iter(claimed.chunks(MAX_IDS))
        .map(|rows| async move { (rows, request_videos(collector, rows).await) });
    let mut requests = requests.buffered(CONCURRENT_REQUESTS);
    let (mut checked, mut unchecked, mut failure) = (Vec::new(), Vec::new(), None);
    while let Some((rows, result)) = requests.next().await {
        match result {
            Ok(batch) => checked.push((rows, batch)),
            Err(error) => {
                unchecked.extend(rows.iter().map(|row| row.video_id.as_str()));
                failure = Some(error);
            }
        }
    }
    if !unchecked.is_empty() {
        release_videos(&*collector.pool.get().await?, &unchecked).await?;
    }
    store_videos(collector, &checked).await?;
    failure.map_or(Ok(claimed.len()), Err)
}

async fn request_videos(
    collector: &Collector,
    rows: &[VideoRow],
) -> Result<Batch<Video, VideoId>, CollectError> {
    let ids: Vec<VideoId> = rows.iter().filter_map(|row| row.video_id.parse().ok()).collect();
    Ok(collector.client.videos(&ids, &Part::ALL).await?)
}

/// Stores the observations and the next checks of claimed videos.
async fn store_videos(
    collector: &Collector,
    checked: &[(&[VideoRow], Batch<Video, VideoId>)],
) -> Result<(), CollectError> {
    let now = collector.clock.now();
    let mut next = Vec::new();
    for (rows, batch) in checked {
        let items: HashMap<&str, &Video> =
            batch.items.iter().map(|video| (video.id.as_str(), video)).collect();
        for invalid in &batch.invalid {
            tracing::warn!(id = invalid.id, "invalid video in a response: {}", invalid.reason);
        }
        for row in *rows {
            let is_missing = batch.missing.iter().any(|id| id.as_str() == row.video_id);
            next.push(match items.get(row.video_id.as_str()) {
                Some(video) => next_check_of(video, row.published_at, now),
                None => postpone(row, is_missing, now),
            });
        }
    }
    let videos = checked.iter().flat_map(|(_, batch)| &batch.items);
    store_observations(collector, videos, now).await?;
    schedule_videos(&*collector.pool.get().await?, &next, now).await?;
    Ok(())
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
    collector.write(observations, Vec::new()).await?;
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
        (start.max(now) + AFTER_START).min(now + TimeDelta::days(1))
    } else {
        next_check(published_at, now)
    };
    NextCheck { video_id: video.id.to_string(), published_at, at, misses: 0 }
}

fn postpone(row: &VideoRow, is_missing: bool, now: DateTime<Utc>) -> NextCheck {
    let delay = if is_missing { RETRY_AFTER_MISS } else { RETRY_AFTER_INVALID };
    NextCheck {
        video_id: row.video_id.clone(),
        published_at: row.published_at,
        at: now + delay,
        misses: row.misses + i32::from(is_missing),
    }
}
