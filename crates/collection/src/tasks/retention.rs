//! Deletion of expired data.

use crate::{
    collector::Collector,
    error::CollectError,
    queries::{
        channels::{list_missing, list_tracked_channels, untrack_deleted},
        videos::{MAX_MISSES, list_tracked_videos},
    },
};
use chrono::TimeDelta;

/// How long a removed video is kept: its document leaves the search index first.
const REMOVED_RETENTION: TimeDelta = TimeDelta::days(1);

/// Maximum number of videos or channels whose counts one transaction deletes.
const BATCH_SIZE: i64 = 1000;

/// Deletes removed videos, channels without videos that YouTube no longer returns, and counts that
/// are older than `collector.retention_days`. Videos that were not checked for as long have no counts
/// until their next check.
pub(crate) async fn delete_expired(collector: &Collector) -> Result<(), CollectError> {
    let now = collector.clock.now();
    let videos = collector.writer().await?.delete_removed(now - REMOVED_RETENTION).await?;
    let mut counts = 0;
    if let Some(retention) = collector.settings.retention() {
        let before = now - retention;
        let mut last = String::new();
        loop {
            let ids = list_tracked_videos(&*collector.pool.get().await?, &last, BATCH_SIZE).await?;
            let Some(next) = ids.last().cloned() else { break };
            last = next;
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            counts += collector.writer().await?.delete_counts(&ids, before).await?;
        }
        let mut last = String::new();
        loop {
            let ids =
                list_tracked_channels(&*collector.pool.get().await?, &last, BATCH_SIZE).await?;
            let Some(next) = ids.last().cloned() else { break };
            last = next;
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            counts += collector.writer().await?.delete_channel_counts(&ids, before).await?;
        }
    }
    let missing = list_missing(&*collector.pool.get().await?, MAX_MISSES).await?;
    let ids: Vec<&str> = missing.iter().map(String::as_str).collect();
    let channels = collector.writer().await?.delete_channels(&ids).await?;
    untrack_deleted(&*collector.pool.get().await?, &ids).await?;
    if videos + counts + channels > 0 {
        tracing::info!(
            videos,
            channels,
            counts,
            "deleted removed videos and channels, expired counts"
        );
    }
    Ok(())
}
