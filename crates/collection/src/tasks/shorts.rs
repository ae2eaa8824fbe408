//! Classification of Shorts by the playlist of a channel's Shorts.

use super::CONCURRENT_REQUESTS;
use crate::{
    collector::Collector,
    error::CollectError,
    queries::channels::{claim_unclassified, list_unclassified},
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use std::collections::HashSet;
use youtube::{Action, ChannelId};

/// Maximum number of channels that are claimed together.
const CLAIM_LIMIT: i64 = 20;

/// Interval between two requests for the Shorts of a channel.
const LIST_INTERVAL: TimeDelta = TimeDelta::hours(12);

/// Maximum age of classified videos.
const MAX_AGE: TimeDelta = TimeDelta::days(31);

/// Maximum number of pages of 50 Shorts that are read of a channel.
const MAX_PAGES: usize = 2;

/// Classifies new videos that are short enough to be Shorts. Returns their number.
pub(crate) async fn classify_shorts(collector: &Collector) -> Result<usize, CollectError> {
    let now = collector.clock.now();
    let connection = collector.pool.get().await?;
    let channels =
        claim_unclassified(&connection, now, now - LIST_INTERVAL, now - MAX_AGE, CLAIM_LIMIT)
            .await?;
    drop(connection);
    let requests = stream::iter(&channels).map(|channel| classify(collector, channel, now));
    let mut results = requests.buffer_unordered(CONCURRENT_REQUESTS);
    let (mut classified, mut failure) = (0, None);
    while let Some(result) = results.next().await {
        match result {
            Ok(count) => classified += count,
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(classified), Err)
}

async fn classify(
    collector: &Collector,
    channel: &str,
    now: DateTime<Utc>,
) -> Result<usize, CollectError> {
    let Ok(id) = channel.parse::<ChannelId>() else { return Ok(0) };
    let connection = collector.pool.get().await?;
    let videos = list_unclassified(&connection, channel, now - MAX_AGE).await?;
    drop(connection);
    let Some(oldest) = videos.iter().map(|video| video.upload_time).min() else { return Ok(0) };
    let (shorts, since) = list_shorts(collector, &id, oldest).await?;
    let known: Vec<_> = videos
        .into_iter()
        .filter_map(|video| {
            let is_short = shorts.contains(&video.video_id);
            (is_short || video.upload_time > since).then_some((video.video_id, is_short))
        })
        .collect();
    let ids: Vec<&str> = known.iter().map(|(id, _)| id.as_str()).collect();
    let is_short: Vec<bool> = known.iter().map(|(_, is_short)| *is_short).collect();
    collector.writer().await?.classify(&ids, &is_short).await?;
    Ok(ids.len())
}

/// The Shorts of a channel since `oldest`, and the time from which on they are complete.
async fn list_shorts(
    collector: &Collector,
    channel: &ChannelId,
    oldest: DateTime<Utc>,
) -> Result<(HashSet<String>, DateTime<Utc>), CollectError> {
    let (mut shorts, mut since, mut token) = (HashSet::new(), DateTime::<Utc>::MAX_UTC, None);
    for _ in 0..MAX_PAGES {
        let page = match collector.client.playlist_items(&channel.shorts(), token.as_ref()).await {
            Ok(page) => page,
            // A channel without Shorts has no such playlist.
            Err(error) if error.action() == Action::Skip => {
                return Ok((shorts, DateTime::UNIX_EPOCH));
            }
            Err(error) => return Err(error.into()),
        };
        for item in page.items {
            since = since.min(item.published_at.unwrap_or(item.added_at));
            shorts.insert(item.video_id.to_string());
        }
        token = page.next;
        if token.is_none() {
            return Ok((shorts, DateTime::UNIX_EPOCH));
        }
        if since < oldest {
            break;
        }
    }
    Ok((shorts, since))
}
