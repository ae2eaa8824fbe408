//! Merging a batch of a bulk load with stored rows: the latest observation wins.

use super::{
    Batch, EMPTY_STAGING, LoadError, NewVideo, StoredIds, UPDATE_VIDEOS,
    copy::{Copier, Target},
};
use chrono::{DateTime, NaiveDate, Utc};
use common::time::seoul_day;
use std::collections::{HashMap, HashSet};
use tokio_postgres::{Row, Transaction};

const REPLACE_VIEWS: &str = "UPDATE video_views x SET views = n.views, check_time = n.check_time
    FROM unnest($1::integer[], $2::bigint[], $3::timestamptz[]) n (idx, views, check_time)
    WHERE x.idx = n.idx";
const REPLACE_LIKES: &str = "UPDATE video_likes x
    SET likes = n.likes, dislikes = n.dislikes, check_time = n.check_time
    FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        n (idx, likes, dislikes, check_time)
    WHERE x.idx = n.idx";
const MARK_LATER: &str = "INSERT INTO known_video (index, idx, is_new, is_latest)
    SELECT index - 1, idx, false, true FROM unnest($1::integer[]) WITH ORDINALITY AS later (idx, index)";
const DELETE_KEYWORDS: &str = "DELETE FROM video_keyword_new k
    USING unnest($1::integer[], $2::text[]) n (video_idx, keyword)
    WHERE k.video_idx = n.video_idx AND k.keyword = n.keyword";

/// The number of changes to stored rows.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Videos with other texts.
    pub updated_videos: u64,
    /// View counts skipped because of a later one of the same day.
    pub superseded: u64,
    /// Videos whose keywords were deleted.
    pub touched: Vec<i32>,
}

/// The videos of a batch that are stored.
pub(super) fn stored_videos(batch: &Batch, ids: &StoredIds) -> Vec<(i32, NewVideo)> {
    let stored = |video: &NewVideo| Some((*ids.get(&video.video_id)?, video.clone()));
    batch.videos.iter().filter_map(stored).collect()
}

/// Removes from `batch`, whose rows refer to ids, what is stored, and updates stored rows of
/// earlier observations. `videos` are the stored videos of the batch.
pub(super) async fn merge(
    transaction: &Transaction<'_>,
    batch: &mut Batch,
    videos: Vec<(i32, NewVideo)>,
) -> Result<Merged, LoadError> {
    let ids: Vec<i32> = videos.iter().map(|(id, _)| *id).collect();
    let latest = latest_times(transaction, &ids).await?;
    let is_latest = |(id, video): &(i32, NewVideo)| {
        let stored = latest.get(id).copied().unwrap_or(DateTime::<Utc>::MIN_UTC);
        video.observed.is_some_and(|observed| observed >= stored)
    };
    let later: Vec<(i32, NewVideo)> = videos.into_iter().filter(is_latest).collect();
    let superseded = merge_views(transaction, &mut batch.views, &ids).await?;
    merge_likes(transaction, &mut batch.likes, &ids).await?;
    let touched = merge_keywords(transaction, batch, &ids, &later).await?;
    let updated_videos = replace_texts(transaction, later).await?;
    Ok(Merged { updated_videos, superseded, touched })
}

async fn latest_times(
    transaction: &Transaction<'_>,
    videos: &[i32],
) -> Result<HashMap<i32, DateTime<Utc>>, LoadError> {
    let statement = "SELECT video_idx, max(check_time) FROM video_views
        WHERE video_idx = ANY ($1) AND usable_time(check_time) IS NOT NULL GROUP BY video_idx";
    let rows = transaction.query(statement, &[&videos]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
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

/// How a count compares with the stored one of the same day.
#[derive(PartialEq, Eq)]
enum Outcome {
    Equal,
    Earlier,
    Replaces,
}

fn compare(stored: &Stored, check_time: DateTime<Utc>, counts: (i64, Option<i64>)) -> Outcome {
    if check_time < stored.check_time {
        Outcome::Earlier
    } else if check_time == stored.check_time && counts == stored.counts {
        Outcome::Equal
    } else {
        Outcome::Replaces
    }
}

/// Returns how many counts were replaced or skipped.
async fn merge_views(
    transaction: &Transaction<'_>,
    views: &mut Vec<super::NewViews>,
    videos: &[i32],
) -> Result<u64, LoadError> {
    let stored = stored_counts(transaction, "views, NULL::bigint", "video_views", videos).await?;
    let (mut ids, mut counts, mut times, mut superseded) = (Vec::new(), Vec::new(), Vec::new(), 0);
    views.retain(|row| {
        let Some(known) = stored.get(&(row.video, seoul_day(row.check_time))) else { return true };
        let outcome = compare(known, row.check_time, (row.views, None));
        superseded += u64::from(outcome != Outcome::Equal);
        if outcome == Outcome::Replaces {
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
        if compare(known, row.check_time, (row.likes, row.dislikes)) == Outcome::Replaces {
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

/// Keeps the missing keywords of new videos and of later observations, and deletes those that a
/// later observation does not have. Returns the videos of deleted keywords.
async fn merge_keywords(
    transaction: &Transaction<'_>,
    batch: &mut Batch,
    videos: &[i32],
    later: &[(i32, NewVideo)],
) -> Result<Vec<i32>, LoadError> {
    let statement = "SELECT video_idx, keyword FROM video_keyword_new WHERE video_idx = ANY ($1)";
    let rows = transaction.query(statement, &[&videos]).await?;
    let stored: HashSet<(i32, &str)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let replaced: HashSet<i32> =
        later.iter().filter(|(_, video)| video.has_tags).map(|(id, _)| *id).collect();
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

/// Replaces the texts of stored videos by those of later observations. Returns how many changed.
async fn replace_texts(
    transaction: &Transaction<'_>,
    later: Vec<(i32, NewVideo)>,
) -> Result<u64, LoadError> {
    if later.is_empty() {
        return Ok(0);
    }
    let (ids, videos): (Vec<i32>, Vec<NewVideo>) = later.into_iter().unzip();
    transaction.batch_execute(EMPTY_STAGING).await?;
    let batch = Batch { videos, ..Batch::default() };
    Copier::new(transaction, Target::Staging).copy_batch(&batch).await?;
    transaction.execute(MARK_LATER, &[&ids]).await?;
    Ok(transaction.execute(UPDATE_VIDEOS, &[]).await?)
}
