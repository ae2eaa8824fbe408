//! Merging a batch of a bulk load with stored rows: the latest observation wins.

use super::{
    EMPTY_STAGING, FIND_KNOWN, LoadError, NewVideo, RowBatch, StoredIds, Updated,
    copy::{Copier, Target},
};
use chrono::{DateTime, NaiveDate, Utc};
use common::time::seoul_day;
use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};
use tokio_postgres::{Row, Transaction};

const REPLACE_VIEWS: &str = "UPDATE video_views x SET views = n.views, check_time = n.check_time
    FROM unnest($1::integer[], $2::bigint[], $3::timestamptz[]) n (idx, views, check_time)
    WHERE x.idx = n.idx";
const REPLACE_LIKES: &str = "UPDATE video_likes x
    SET likes = n.likes, dislikes = n.dislikes, check_time = n.check_time
    FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        n (idx, likes, dislikes, check_time)
    WHERE x.idx = n.idx";
const SELECT_COMPARISONS: &str =
    "SELECT k.idx, k.is_latest, CASE WHEN k.moves THEN s.channel_index END
    FROM known_video k JOIN staged_video s ON s.index = k.index";
const SET_CHANNELS: &str = "WITH previous AS (DELETE FROM known_channel)
    INSERT INTO known_channel (index, idx, is_new)
    SELECT index - 1, idx, false FROM unnest($1::integer[]) WITH ORDINALITY AS ids (idx, index)
    WHERE idx IS NOT NULL";
const SELECT_TAGGED: &str = "SELECT k.idx FROM known_video k
    JOIN staged_video_update u ON u.index = k.index WHERE u.has_tags";
const DELETE_KEYWORDS: &str = "DELETE FROM video_keyword_new k
    USING unnest($1::integer[], $2::text[]) n (video_idx, keyword)
    WHERE k.video_idx = n.video_idx AND k.keyword = n.keyword";

/// The number of changes to stored rows.
#[derive(Debug, Default)]
pub(super) struct MergeCounts {
    /// The ids of videos whose metadata, keywords or channel changed.
    pub updated_videos: HashSet<i32>,
    /// View counts that were superseded by a later one of the same day.
    pub superseded: u64,
    /// Videos with other keywords.
    pub keywords_changed: Vec<i32>,
}

/// A stored video of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoredVideo {
    pub id: i32,
    /// Whether the batch has its latest observation.
    is_latest: bool,
    /// The position of its new channel, if it moves.
    pub new_channel: Option<i32>,
}

/// Stages the stored videos of `batch`, whose rows refer to positions, and compares them with the
/// stored observations.
pub(super) async fn compare_stored(
    transaction: &Transaction<'_>,
    batch: &RowBatch,
    ids: &StoredIds,
) -> Result<Vec<StoredVideo>, LoadError> {
    let is_stored = |video: &&NewVideo| ids.contains_key(&video.video_id);
    let videos = batch.videos.iter().filter(is_stored).cloned().collect();
    let staged = RowBatch { channels: batch.channels.clone(), videos, ..RowBatch::default() };
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_batch(&staged).await?;
    transaction.batch_execute(FIND_KNOWN).await?;
    let rows = transaction.query(SELECT_COMPARISONS, &[]).await?;
    let video =
        |row: &Row| StoredVideo { id: row.get(0), is_latest: row.get(1), new_channel: row.get(2) };
    Ok(rows.iter().map(video).collect())
}

/// Removes stored rows from `batch`, whose rows refer to ids, and updates stored rows of earlier
/// observations. `videos` are the stored videos of the batch, and `channels` the ids of its
/// channels by position.
pub(super) async fn merge(
    transaction: &Transaction<'_>,
    batch: &mut RowBatch,
    videos: &[StoredVideo],
    channels: &[Option<i32>],
) -> Result<MergeCounts, LoadError> {
    let ids: Vec<i32> = videos.iter().map(|video| video.id).collect();
    let latest: HashSet<i32> =
        videos.iter().filter(|video| video.is_latest).map(|video| video.id).collect();
    let mut updated = Updated::default();
    transaction.execute(SET_CHANNELS, &[&channels]).await?;
    updated.update_videos(transaction).await?;
    let superseded = merge_views(transaction, &mut batch.views, &ids).await?;
    merge_likes(transaction, &mut batch.likes, &ids).await?;
    let deleted = merge_keywords(transaction, batch, &ids, &latest).await?;
    let known: HashSet<i32> = ids.into_iter().collect();
    let extended = batch.keywords.iter().map(|row| row.video).filter(|id| known.contains(id));
    let keywords_changed: HashSet<i32> = deleted.into_iter().chain(extended).collect();
    updated.videos.extend(&keywords_changed);
    Ok(MergeCounts {
        updated_videos: updated.videos,
        superseded,
        keywords_changed: keywords_changed.into_iter().collect(),
    })
}

/// The latest stored count of a day.
struct Stored {
    id: i32,
    check_time: DateTime<Utc>,
    counts: (i64, Option<i64>),
}

/// The counts of `videos` in a table, by video and day.
async fn stored_counts(
    transaction: &Transaction<'_>,
    columns: &str,
    table: &str,
    videos: &[i32],
) -> Result<HashMap<(i32, NaiveDate), Stored>, LoadError> {
    let statement = format!(
        "SELECT video_idx, check_time, idx, {columns} FROM {table}
            WHERE video_idx = ANY ($1) AND usable_time(check_time) IS NOT NULL
            ORDER BY check_time, idx"
    );
    let rows = transaction.query(&statement, &[&videos]).await?;
    let entry = |row: &Row| {
        let check_time = row.get(1);
        let counts = (row.get(3), row.get(4));
        ((row.get(0), seoul_day(check_time)), Stored { id: row.get(2), check_time, counts })
    };
    Ok(rows.iter().map(entry).collect())
}

/// The order of a count and the stored count of the same day.
#[derive(PartialEq, Eq)]
enum CountComparison {
    Equal,
    Earlier,
    Replaces,
}

fn compare(
    stored: &Stored,
    check_time: DateTime<Utc>,
    counts: (i64, Option<i64>),
) -> CountComparison {
    match (check_time, counts).cmp(&(stored.check_time, stored.counts)) {
        Ordering::Less => CountComparison::Earlier,
        Ordering::Equal => CountComparison::Equal,
        Ordering::Greater => CountComparison::Replaces,
    }
}

/// Merges view counts. Returns the number of superseded counts.
async fn merge_views(
    transaction: &Transaction<'_>,
    views: &mut Vec<super::NewViews>,
    videos: &[i32],
) -> Result<u64, LoadError> {
    let stored = stored_counts(transaction, "views, NULL::bigint", "video_views", videos).await?;
    let (mut ids, mut counts, mut times, mut superseded) = (Vec::new(), Vec::new(), Vec::new(), 0);
    views.retain(|row| {
        let Some(known) = stored.get(&(row.video, seoul_day(row.check_time))) else { return true };
        let comparison = compare(known, row.check_time, (row.views, None));
        superseded += u64::from(comparison != CountComparison::Equal);
        if comparison == CountComparison::Replaces {
            ids.push(known.id);
            counts.push(row.views);
            times.push(row.check_time);
        }
        false
    });
    if !ids.is_empty() {
        transaction.execute(REPLACE_VIEWS, &[&ids, &counts, &times]).await?;
    }
    Ok(superseded)
}

async fn merge_likes(
    transaction: &Transaction<'_>,
    likes: &mut Vec<super::NewLikes>,
    videos: &[i32],
) -> Result<(), LoadError> {
    let stored = stored_counts(transaction, "likes, dislikes", "video_likes", videos).await?;
    let (mut ids, mut counts, mut times) = (Vec::new(), (Vec::new(), Vec::new()), Vec::new());
    likes.retain(|row| {
        let Some(known) = stored.get(&(row.video, seoul_day(row.check_time))) else { return true };
        if compare(known, row.check_time, (row.likes, row.dislikes)) == CountComparison::Replaces {
            ids.push(known.id);
            counts.0.push(row.likes);
            counts.1.push(row.dislikes);
            times.push(row.check_time);
        }
        false
    });
    if !ids.is_empty() {
        transaction.execute(REPLACE_LIKES, &[&ids, &counts.0, &counts.1, &times]).await?;
    }
    Ok(())
}

/// Keeps the missing keywords of new videos and of later observations, and deletes stored keywords
/// that a later observation does not have. Returns the videos of deleted keywords.
async fn merge_keywords(
    transaction: &Transaction<'_>,
    batch: &mut RowBatch,
    videos: &[i32],
    latest: &HashSet<i32>,
) -> Result<Vec<i32>, LoadError> {
    let statement = "SELECT video_idx, keyword FROM video_keyword_new WHERE video_idx = ANY ($1)";
    let rows = transaction.query(statement, &[&videos]).await?;
    let stored: HashSet<(i32, &str)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let tagged: HashSet<i32> =
        transaction.query(SELECT_TAGGED, &[]).await?.iter().map(|row| row.get(0)).collect();
    let replaced: HashSet<i32> = latest.intersection(&tagged).copied().collect();
    let current: HashSet<(i32, &str)> =
        batch.keywords.iter().map(|row| (row.video, row.keyword.as_str())).collect();
    let is_deleted = |(video, keyword): &(i32, &str)| {
        replaced.contains(video) && !current.contains(&(*video, *keyword))
    };
    let mut deleted: Vec<(i32, &str)> = stored.iter().copied().filter(is_deleted).collect();
    deleted.sort_unstable();
    let (ids, keywords): (Vec<i32>, Vec<&str>) = deleted.into_iter().unzip();
    if !ids.is_empty() {
        transaction.execute(DELETE_KEYWORDS, &[&ids, &keywords]).await?;
    }
    let known: HashSet<i32> = videos.iter().copied().collect();
    batch.keywords.retain(|row| {
        !known.contains(&row.video)
            || replaced.contains(&row.video) && !stored.contains(&(row.video, row.keyword.as_str()))
    });
    Ok(ids)
}
