//! Refreshes `video_age_views` and `video_outlier`.

use super::{
    RefreshSummary,
    ages::{AgeViews, ViewObservation, gained_24h, views_at_ages},
    outliers::{AgedVideo, MAX_AGE_DIFFERENCE, OutlierComparison, VideoLength, compare},
};
use crate::{
    load::{LoadError, MAX_COMMIT_DELAY, connect},
    locks,
    progress::{Progress, Unit},
};
use chrono::{DateTime, Utc};
use common::{db::ADVANCE_DATA_VERSION, settings::PostgresSettings};
use futures_util::{FutureExt, future::BoxFuture};
use std::collections::BTreeMap;
use tokio_postgres::{Client, Row, Transaction};

/// Videos per transaction.
const CHUNK_SIZE: usize = 2_000;

/// The position up to which the rollups contain all changes.
struct Position {
    changed_until: DateTime<Utc>,
    last_views_idx: i32,
}

impl Position {
    const START: Self = Self { changed_until: DateTime::UNIX_EPOCH, last_views_idx: 0 };
}

/// Updates the rollups of videos with the changes since the last refresh, or all of them with
/// `rebuild`. `None` if another process is refreshing them. [`LoadError::Locked`] while an
/// import or seed is running.
pub fn refresh<'a>(
    settings: &'a PostgresSettings,
    rebuild: bool,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<Option<RefreshSummary>, LoadError>> {
    async move {
        let mut client = connect(settings).await?;
        if !locks::try_lock(&client, locks::VIDEO_ROLLUP).await? {
            return Ok(None);
        }
        let reached = current_position(&mut client).await?;
        let since = if rebuild { Position::START } else { stored_position(&client).await? };
        let query = include_str!("sql/changed_videos.sql");
        let from = since.changed_until - MAX_COMMIT_DELAY;
        let changed = client.query(query, &[&from, &since.last_views_idx]).await?;
        let changed: Vec<i32> = changed.iter().map(|row| row.get(0)).collect();
        let mut summary =
            RefreshSummary { changed: changed.len() as u64, ..RefreshSummary::default() };
        let mut task = progress.start("comparing videos", Unit::Rows, summary.changed);
        for chunk in changed.chunks(CHUNK_SIZE) {
            let transaction = client.transaction().await?;
            let (ages, outliers) = refresh_chunk(&transaction, chunk, rebuild).await?;
            if ages + outliers > 0 {
                transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
            }
            transaction.commit().await?;
            summary.ages += ages;
            summary.outliers += outliers;
            task.advance(chunk.len() as u64);
        }
        client.execute(include_str!("sql/expire_gains.sql"), &[]).await?;
        store_position(&client, &reached).await?;
        if since.last_views_idx == 0 {
            client.batch_execute(include_str!("sql/delete_unknown.sql")).await?;
            client.batch_execute("ANALYZE video_age_views, video_outlier").await?;
        }
        task.finish();
        Ok(Some(summary))
    }
    .boxed()
}

/// The position of the last committed changes. Waits until no batch is being loaded.
async fn current_position(client: &mut Client) -> Result<Position, LoadError> {
    let transaction = client.transaction().await?;
    transaction.batch_execute("SET LOCAL lock_timeout = '1min'").await?;
    transaction.execute("SELECT pg_advisory_xact_lock_shared($1)", &[&locks::LOADING]).await?;
    let statement = "SELECT clock_timestamp(), coalesce(max(idx), 0) FROM video_views";
    let row = transaction.query_one(statement, &[]).await?;
    transaction.commit().await?;
    Ok(Position { changed_until: row.get(0), last_views_idx: row.get(1) })
}

async fn stored_position(client: &Client) -> Result<Position, LoadError> {
    let statement = "SELECT changed_until, last_views_idx FROM video_rollup";
    let row = client.query_opt(statement, &[]).await?;
    Ok(row.map_or(Position::START, |row| Position {
        changed_until: row.get(0),
        last_views_idx: row.get(1),
    }))
}

async fn store_position(client: &Client, position: &Position) -> Result<(), LoadError> {
    let statement =
        "INSERT INTO video_rollup (id, changed_until, last_views_idx) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE
        SET changed_until = excluded.changed_until, last_views_idx = excluded.last_views_idx";
    client.execute(statement, &[&position.changed_until, &position.last_views_idx]).await?;
    Ok(())
}

/// Updates the ages of the videos `ids`, and the comparisons of their channels. Returns how many
/// ages and comparisons changed. With `rebuild`, channels of unchanged videos are compared as well.
async fn refresh_chunk(
    transaction: &Transaction<'_>,
    ids: &[i32],
    rebuild: bool,
) -> Result<(u64, u64), LoadError> {
    let rows = transaction.query(include_str!("sql/load_videos.sql"), &[&ids]).await?;
    let videos: Vec<VideoRollup> = rows.iter().map(VideoRollup::new).collect();
    store_ages(transaction, &videos).await?;
    let removed: Vec<i32> = videos.iter().filter(|v| v.is_removed).map(|v| v.idx).collect();
    let delete = "DELETE FROM video_outlier WHERE video_idx = ANY ($1)";
    let mut outliers = transaction.execute(delete, &[&removed]).await?;
    outliers += transaction.execute(include_str!("sql/update_outliers.sql"), &[&ids]).await?;
    // The earliest changed video of each channel.
    let mut affected: BTreeMap<i32, DateTime<Utc>> = BTreeMap::new();
    let changed: Vec<&VideoRollup> =
        videos.iter().filter(|video| rebuild || video.is_changed).collect();
    for video in &changed {
        if let Some(channel) = video.channel {
            let since = affected.entry(channel).or_insert(video.since);
            *since = video.since.min(*since);
        }
    }
    let (channels, since): (Vec<i32>, Vec<DateTime<Utc>>) = affected.into_iter().unzip();
    outliers += compare_channels(transaction, &channels, &since).await?;
    Ok((changed.len() as u64, outliers))
}

/// The computed values of a video.
struct VideoRollup {
    idx: i32,
    channel: Option<i32>,
    uploaded_at: DateTime<Utc>,
    length: VideoLength,
    category: Option<i16>,
    is_removed: bool,
    ages: AgeViews,
    observed_at: Option<DateTime<Utc>>,
    gained_24h: Option<i64>,
    /// Whether the comparisons of its channel have to be computed again.
    is_changed: bool,
    /// The earlier of the stored and the current upload time.
    since: DateTime<Utc>,
}

impl VideoRollup {
    fn new(row: &Row) -> Self {
        let uploaded_at: DateTime<Utc> = row.get("upload_time");
        let times: Option<Vec<DateTime<Utc>>> = row.get("times");
        let views: Option<Vec<i64>> = row.get("views");
        let observations: Vec<ViewObservation> = times
            .unwrap_or_default()
            .into_iter()
            .zip(views.unwrap_or_default())
            .map(|(at, views)| ViewObservation { at, views })
            .collect();
        let length = VideoLength::new(row.get("is_short"), row.get("duration_seconds"));
        let is_removed = row.get("is_removed");
        let stored: Vec<Option<i64>> = row.get("stored_ages");
        let stored_upload: Option<DateTime<Utc>> = row.get("stored_upload_time");
        let is_same_upload = stored_upload == Some(uploaded_at);
        let mut ages = views_at_ages(uploaded_at, &observations);
        // Observations may have been deleted.
        for (age, stored) in ages.iter_mut().zip(&stored).filter(|_| is_same_upload) {
            *age = age.or(*stored);
        }
        let channel = row.get("channel_idx");
        let is_changed = !row.get::<_, bool>("is_stored")
            || !is_same_upload
            || row.get::<_, Option<i32>>("stored_channel") != channel
            || row.get::<_, Option<&str>>("stored_length") != Some(length.name())
            || ages.as_slice() != stored;
        let observed_at = observations.last().map(|last| last.at);
        let gained_24h = if is_removed { None } else { gained_24h(uploaded_at, &observations) };
        Self {
            idx: row.get("idx"),
            channel,
            uploaded_at,
            length,
            category: row.get("category"),
            is_removed,
            ages,
            observed_at,
            gained_24h,
            is_changed,
            since: stored_upload.unwrap_or(uploaded_at).min(uploaded_at),
        }
    }
}

/// The values of one column of a statement that stores `rows`.
fn column<R, T>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

async fn store_ages(
    transaction: &Transaction<'_>,
    videos: &[VideoRollup],
) -> Result<(), LoadError> {
    let [day_1, day_2, day_3, day_7, day_14, day_28] =
        [0, 1, 2, 3, 4, 5].map(|index| column(videos, |video| video.ages[index]));
    let statement = transaction.prepare(include_str!("sql/store_ages.sql")).await?;
    transaction
        .execute(
            &statement,
            &[
                &column(videos, |video| video.idx),
                &column(videos, |video| video.channel),
                &column(videos, |video| video.uploaded_at),
                &column(videos, |video| video.length.name()),
                &column(videos, |video| video.category),
                &day_1,
                &day_2,
                &day_3,
                &day_7,
                &day_14,
                &day_28,
                &column(videos, |video| video.observed_at),
                &column(videos, |video| video.gained_24h),
            ],
        )
        .await?;
    Ok(())
}

/// Compares the videos of each channel that were uploaded since its time in `since`. Returns how
/// many comparisons changed.
async fn compare_channels(
    transaction: &Transaction<'_>,
    channels: &[i32],
    since: &[DateTime<Utc>],
) -> Result<u64, LoadError> {
    if channels.is_empty() {
        return Ok(0);
    }
    let days = i32::try_from(MAX_AGE_DIFFERENCE.num_days()).unwrap_or(i32::MAX);
    let query = include_str!("sql/load_channels.sql");
    let rows = transaction.query(query, &[&channels, &since, &days]).await?;
    let mut found: Vec<OutlierComparison> = Vec::new();
    for of_channel in rows.chunk_by(|one, other| channel_of(one) == channel_of(other)) {
        let videos: Vec<AgedVideo> = of_channel.iter().map(aged_video).collect();
        let channel = of_channel.first().map(channel_of);
        let index = channel.and_then(|channel| channels.binary_search(&channel).ok());
        if let Some(since) = index.and_then(|index| since.get(index)) {
            found.extend(compare(&videos, *since));
        }
    }
    let ids: Vec<i32> = found.iter().map(|row| row.idx).collect();
    let delete = include_str!("sql/delete_outliers.sql");
    let deleted = transaction.execute(delete, &[&channels, &since, &ids]).await?;
    Ok(deleted + store_outliers(transaction, &ids, &found).await?)
}

fn channel_of(row: &Row) -> i32 {
    row.get("channel_idx")
}

fn aged_video(row: &Row) -> AgedVideo {
    let ages: Vec<Option<i64>> = row.get("ages");
    AgedVideo {
        idx: row.get("video_idx"),
        uploaded_at: row.get("upload_time"),
        length: VideoLength::parse(row.get("length")),
        views: ages.try_into().unwrap_or_default(),
    }
}

async fn store_outliers(
    transaction: &Transaction<'_>,
    ids: &[i32],
    found: &[OutlierComparison],
) -> Result<u64, LoadError> {
    let statement = include_str!("sql/store_outliers.sql");
    let stored = transaction
        .execute(
            statement,
            &[
                &ids,
                &column(found, |row| row.age_days),
                &column(found, |row| row.views),
                &column(found, |row| row.expected),
                &column(found, |row| row.sample),
                &column(found, |row| row.ratio),
                &column(found, |row| row.shrunk),
                &column(found, |row| row.day_3_ratio),
            ],
        )
        .await?;
    Ok(stored)
}
