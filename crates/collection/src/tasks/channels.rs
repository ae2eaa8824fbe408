//! Statistics of channels.

use super::{CLAIM_TTL, request_chunks};
use crate::{
    collector::Collector,
    error::CollectError,
    queries::{
        channels::{ChannelRow, claim_channels, release_channels, schedule_channels},
        videos::MAX_MISSES,
    },
    records::channel_observation,
};
use chrono::TimeDelta;
use futures_util::StreamExt;
use std::pin::pin;
use youtube::{Channel, ChannelId, IdResponse};

/// Maximum number of channels that are claimed together and stored in one transaction.
const CLAIM_LIMIT: i64 = 500;

/// Interval between two checks of a channel.
const CHECK_INTERVAL: TimeDelta = TimeDelta::days(1);

/// Interval after three checks in which YouTube did not return a channel.
const INTERVAL_AFTER_MISSES: TimeDelta = TimeDelta::days(28);

/// Checks due channels.
pub(crate) async fn check_channels(collector: &Collector) -> Result<usize, CollectError> {
    let now = collector.clock.now();
    let connection = collector.pool.get().await?;
    let claimed = claim_channels(
        &connection,
        now,
        now + collector.clock.to_clock_time(CLAIM_TTL),
        CLAIM_LIMIT,
    )
    .await?;
    drop(connection);
    if claimed.is_empty() {
        return Ok(0);
    }
    let mut requests = pin!(request_chunks(&claimed, |rows| request_channels(collector, rows)));
    let (mut observations, mut next) = (Vec::new(), Vec::new());
    let (mut unchecked, mut failure) = (Vec::new(), None);
    while let Some((rows, result)) = requests.next().await {
        let batch = match result {
            Some(Ok(batch)) => batch,
            not_read => {
                unchecked.extend(rows.iter().map(|row| row.channel_id.as_str()));
                failure = not_read.and_then(Result::err).or(failure);
                continue;
            }
        };
        observations.extend(batch.items.iter().filter_map(|item| channel_observation(item, now)));
        for row in rows {
            let is_missing = batch.missing.iter().any(|id| id.as_str() == row.channel_id);
            let misses = if is_missing { row.misses + 1 } else { 0 };
            let interval = if misses < MAX_MISSES { CHECK_INTERVAL } else { INTERVAL_AFTER_MISSES };
            next.push((row.channel_id.clone(), now + interval, misses));
        }
    }
    if !unchecked.is_empty() {
        release_channels(&*collector.pool.get().await?, &unchecked).await?;
    }
    if !observations.is_empty() {
        collector.writer().await?.write(Vec::new(), observations).await?;
    }
    schedule_channels(&*collector.pool.get().await?, next, now).await?;
    failure.map_or(Ok(claimed.len()), Err)
}

async fn request_channels(
    collector: &Collector,
    rows: &[ChannelRow],
) -> Result<IdResponse<Channel, ChannelId>, CollectError> {
    let ids: Vec<ChannelId> = rows.iter().filter_map(|row| row.channel_id.parse().ok()).collect();
    Ok(collector.client.channels(&ids).await?)
}
