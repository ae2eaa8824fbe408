//! The columns that follow from others.

use super::error::ImportError;
use crate::progress::{Progress, Unit};
use common::db::ADVANCE_DATA_VERSION;
use tokio_postgres::GenericClient;

const LATEST: &str = include_str!("sql/latest_counts.sql");
const SUBSCRIBERS: &str = include_str!("sql/derive_subscribers.sql");
const VIDEOS: &str = include_str!("sql/derive_videos.sql");

/// Videos or channels of one transaction.
const CHUNK: i64 = 10_000;

/// How the subscribers of the touched channels are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Subscribers {
    /// Channels with a real count.
    pub counted: u64,
    /// Channels with an estimate.
    pub estimated: u64,
}

/// Brings the derived columns of all touched videos, and of all other videos of their
/// channels, up to date. Everything is computed from the tables, so that the result does
/// not depend on the order of the files or on how far an earlier import came; rows that
/// are right already are not written.
///
/// - `video.views`: as last observed. `views_growth`: the views gained between the last
///   two observations, scaled to a day; 0 with one; negative where views were taken away.
/// - `channel.subscriber_num`: as last observed. Without any observation, and only for
///   channels that say so with `hidden_subscriber`, an estimate: the median of the last
///   known views of the channel's videos, at least 1. Over many channels the logarithm of
///   a video's views is nearly linear in that of the subscribers, with a slope of 0.96: a
///   video that trends has about as many views as its channel has subscribers.
/// - `popularity`: views ÷ subscribers; nothing without a channel or without subscribers.
pub(super) async fn derive(
    client: &impl GenericClient,
    progress: &Progress,
) -> Result<Subscribers, ImportError> {
    client.batch_execute(include_str!("sql/touch_siblings.sql")).await?;
    let videos = client.query_one("SELECT count(*) FROM touched_video", &[]).await?.get(0);
    let channels = client.query_one("SELECT count(*) FROM touched_channel", &[]).await?.get(0);
    in_chunks(client, LATEST, "finding the latest counts", videos, progress).await?;
    client.batch_execute("ANALYZE latest_count").await?;
    in_chunks(client, SUBSCRIBERS, "finding the subscribers", channels, progress).await?;
    in_chunks(client, VIDEOS, "computing popularity", videos, progress).await?;
    let counts = client.query_one(include_str!("sql/count_estimates.sql"), &[]).await?;
    let count = |column| u64::try_from(counts.get::<_, i64>(column)).unwrap_or_default();
    Ok(Subscribers { counted: count(0), estimated: count(1) })
}

/// Runs `statement`, which does its work on the `$2` rows after the number `$1` and
/// answers the last number and how many there were, until there are no more.
async fn in_chunks(
    client: &impl GenericClient,
    statement: &str,
    name: &str,
    total: i64,
    progress: &Progress,
) -> Result<(), ImportError> {
    let mut task = progress.start(name, Unit::Rows, u64::try_from(total).unwrap_or_default());
    let statement = client.prepare(statement).await?;
    let mut after = 0;
    loop {
        let chunk = client.query_one(&statement, &[&after, &CHUNK]).await?;
        let Some(last) = chunk.get::<_, Option<i32>>(0) else {
            break;
        };
        after = last;
        client.execute(ADVANCE_DATA_VERSION, &[]).await?;
        task.advance(u64::try_from(chunk.get::<_, i64>(1)).unwrap_or_default());
    }
    task.finish();
    Ok(())
}
