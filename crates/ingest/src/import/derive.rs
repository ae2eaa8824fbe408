//! Derived columns.

use super::error::ImportError;
use crate::progress::{Progress, Unit};
use common::{
    db::ADVANCE_DATA_VERSION,
    time::{COUNTING_CHANGE_FROM, COUNTING_CHANGE_UNTIL},
};
use tokio_postgres::{GenericClient, types::ToSql};

const LATEST: &str = include_str!("sql/latest_counts.sql");
const SUBSCRIBERS: &str = include_str!("sql/derive_subscribers.sql");
const COUNT_VIDEOS: &str = "SELECT count(*) FROM video_to_derive";
const VIDEOS: &str = include_str!("sql/derive_videos.sql");
/// A running reindex may not have read the derived columns: the update keeps it from deleting the
/// mark.
const FINISH: &str = "
    WITH derived AS (DELETE FROM pending_derivation RETURNING 1)
    UPDATE pending_index SET since = since WHERE EXISTS (SELECT FROM derived)";

/// Videos or channels per statement.
const CHUNK_SIZE: i64 = 10_000;

/// The source of the subscribers of the touched channels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SubscriberSources {
    /// Channels with a real count.
    pub counted: u64,
    /// Channels with an estimate.
    pub estimated: u64,
}

/// Updates the derived columns of all touched videos, of the videos of an interrupted import, and
/// of the other videos of channels whose subscribers change.
///
/// Everything is computed from the tables, so that the result does not depend on the order of
/// files or batches; unchanged rows are not written.
///
/// - `video.views`: the latest count. `views_growth`: the views gained since the latest
///   observation at least 20 hours earlier, or else since the first one, per day (of at least 20
///   hours); 0 with one observation, if views were removed, and across August 2026, when YouTube
///   changed its view counting.
/// - `channel.subscriber_num`: the latest count. Without any, and only if `hidden_subscriber`
///   is set, an estimate: the median of the latest views of the channel's videos, at least 1.
///   Over many channels, log(views) is nearly linear in log(subscribers), with a slope of 0.96: a
///   trending video has about as many views as its channel has subscribers.
/// - `popularity`: views ÷ subscribers; NULL without a channel or without subscribers.
pub(super) async fn derive(
    client: &impl GenericClient,
    progress: &dyn Progress,
) -> Result<SubscriberSources, ImportError> {
    client.batch_execute(include_str!("sql/mark_interrupted_videos.sql")).await?;
    let videos = client.query_one(COUNT_VIDEOS, &[]).await?.get(0);
    let channels = client.query_one("SELECT count(*) FROM channel_to_derive", &[]).await?.get(0);
    let change: Parameters<'_> = &[&COUNTING_CHANGE_FROM, &COUNTING_CHANGE_UNTIL];
    in_chunks(client, (LATEST, change), "computing the latest counts", videos, progress).await?;
    client.batch_execute("ANALYZE latest_count").await?;
    in_chunks(client, (SUBSCRIBERS, &[]), "computing subscribers", channels, progress).await?;
    client.batch_execute(include_str!("sql/mark_videos_of_changed_channels.sql")).await?;
    let videos = client.query_one(COUNT_VIDEOS, &[]).await?.get(0);
    in_chunks(client, (VIDEOS, &[]), "computing popularity", videos, progress).await?;
    let counts = client.query_one(include_str!("sql/count_estimates.sql"), &[]).await?;
    client.execute(FINISH, &[]).await?;
    client
        .batch_execute("TRUNCATE video_to_derive, channel_to_derive, changed_channel, latest_count")
        .await?;
    let count = |column| u64::try_from(counts.get::<_, i64>(column)).unwrap_or_default();
    Ok(SubscriberSources { counted: count(0), estimated: count(1) })
}

/// Parameters of a statement after `$2`.
type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Runs `statement` repeatedly: each time it processes the `$2` rows after the id `$1`, and
/// returns the last id and the number of rows.
async fn in_chunks(
    client: &impl GenericClient,
    (statement, parameters): (&str, Parameters<'_>),
    name: &str,
    total: i64,
    progress: &dyn Progress,
) -> Result<(), ImportError> {
    let mut task = progress.start(name, Unit::Rows, u64::try_from(total).unwrap_or_default());
    let statement = client.prepare(statement).await?;
    let mut last_id = 0;
    loop {
        let mut bound: Vec<&(dyn ToSql + Sync)> = vec![&last_id, &CHUNK_SIZE];
        bound.extend(parameters);
        let chunk = client.query_one(&statement, &bound).await?;
        let Some(last) = chunk.get::<_, Option<i32>>(0) else {
            break;
        };
        last_id = last;
        client.execute(ADVANCE_DATA_VERSION, &[]).await?;
        task.advance(u64::try_from(chunk.get::<_, i64>(1)).unwrap_or_default());
    }
    task.finish();
    Ok(())
}
